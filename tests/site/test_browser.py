"""The page in a real browser: accessible, quiet, searchable, printable, its data within reach."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.other_program
DESK, PHONE = (1366, 768), (390, 844)
FOCUSED = """(() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return [one.tagName, one.textContent.trim().slice(0, 20), style.outlineStyle, style.outlineWidth];
})()"""
LARGEST = 200_000  # bytes, of the demonstration: its contract, the answers of one campaign more


@contextmanager
def opened(chromium: Browser, path: Path, size: tuple[int, int] = DESK, **more: object) -> Iterator[Page]:
    """The page at `path`, and the assertion that it asked for nothing and complained of nothing."""
    window = {"width": size[0], "height": size[1]}
    context = chromium.new_context(viewport=window, **more)  # type: ignore[arg-type]
    page, heard = context.new_page(), list[str]()
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(path.as_uri())
    yield page
    assert [one for one in heard if not one.startswith("blob:")] == [path.as_uri()]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_no_fault(chromium: Browser, example_page: Path, size: tuple[int, int], scheme: str) -> None:
    with opened(chromium, example_page, size, color_scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_it_weighs_little(example_page: Path) -> None:
    assert example_page.stat().st_size < LARGEST


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "54"),
        ("pmsmp", "2"),
        ("PMSMP periodes", "1"),
        ("L’INSTANCE", None),  # either apostrophe
        ("xyz", "0"),
    ],
)
def test_a_word_leaves_the_indicators_that_hold_it(
    chromium: Browser, example_page: Path, typed: str, found: str
) -> None:
    with opened(chromium, example_page) as page:
        page.get_by_label("Chercher un indicateur").fill(typed)
        seen = page.locator("article:visible").count()
        assert page.locator("#trouve").inner_text() == (f"{seen} sur 54" if typed else "")
        assert (found is None and 0 < seen < 54) or str(seen) == found
        empty = page.locator(".priority:visible").filter(has_not=page.locator("article:visible"))
        assert empty.count() == 0


def test_the_contents_lead_to_what_a_search_had_hidden(chromium: Browser, example_page: Path) -> None:
    with opened(chromium, example_page) as page:
        page.get_by_label("Chercher un indicateur").fill("pmsmp")
        page.get_by_role("link", name="Cohésion").click()
        assert page.locator("article:visible").count() == 54
        assert page.get_by_role("heading", name="Cohésion").is_visible()


def test_without_a_script_the_page_is_whole_and_shows_no_dead_field(chromium: Browser, example_page: Path) -> None:
    with opened(chromium, example_page, java_script_enabled=False) as page:
        assert page.locator("article:visible").count() == 54
        assert page.locator("input:visible, button:visible").count() == 0
        page.locator("summary").first.click()
        assert page.locator("article table").first.is_visible()


def test_the_archive_downloads_without_a_server(chromium: Browser, example_page: Path, tmp_path: Path) -> None:
    with opened(chromium, example_page) as page:
        with page.expect_download() as waiting:
            page.get_by_role("link", name=re.compile("Toutes les données")).click()
        waiting.value.save_as(tmp_path / "data.zip")
        assert waiting.value.suggested_filename == "amboise_donnees.zip"
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        assert archive.testzip() is None and "valeurs.csv" in archive.namelist()


def downloaded_table(chromium: Browser, path: Path, target: Path) -> bytes:
    with opened(chromium, path) as page:
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Tableau des indicateurs (CSV)").click()
        waiting.value.save_as(target)
    return target.read_bytes()


def test_the_table_is_the_one_that_is_shown_as_a_french_spreadsheet_reads_it(
    chromium: Browser, example_page: Path, tmp_path: Path
) -> None:
    content = downloaded_table(chromium, example_page, tmp_path / "table.csv")
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    texts = ["Pilier", "Priorité", "Indicateur", "Mesure", "Modalité", "Unité"]
    assert head == [*texts, "Référence", "2020", "2021", "Cible", "Situation", "Remarques"]
    page = html.document_fromstring(example_page.read_text(encoding="utf-8"))
    shown = page.xpath("//article//tbody/tr")
    assert len(rows) == len(shown)
    for row, cells in zip(rows, shown, strict=True):
        assert row[6:10] == [_as_number(cell.text or "") for cell in cells.xpath("./td")[:4]]
        assert row[10] == cells.xpath("./td")[4].text_content().strip()
    numbers = [field for row in rows for field in row[6:10]]
    assert all(re.fullmatch(r"|ns|nd|so|-?\d+(,\d+)?%?", field) for field in numbers)


def _as_number(shown: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]", "", shown).replace("\u2212", "-").replace("–", "")


def test_a_text_that_could_act_in_a_spreadsheet_cannot(chromium: Browser, example_page: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "page.html"
    text = example_page.read_text(encoding="utf-8")
    hostile.write_text(re.sub(r"<h4>[^<]*", '<h4>=1+1;"a"', text, count=1), encoding="utf-8")
    content = downloaded_table(chromium, hostile, tmp_path / "table.csv").decode("utf-8-sig")
    assert '\'=1+1;"a"' in {row[2] for row in csv.reader(io.StringIO(content, newline=""), delimiter=";")}


def test_the_keyboard_alone_goes_everywhere_and_the_focus_is_seen(chromium: Browser, example_page: Path) -> None:
    reached = []
    with opened(chromium, example_page) as page:
        for _ in range(90):
            page.keyboard.press("Tab")
            now = page.evaluate(FOCUSED)
            reached.append(now)
            if now[0] == "BUTTON":
                break
        page.keyboard.press("Shift+Tab")
    assert reached[0][1] == "Aller au contenu"
    assert [one[0] for one in reached].count("SUMMARY") == 54 and reached[-1][0] == "BUTTON"
    assert {tuple(one[2:]) for one in reached} == {("solid", "3px")}


def test_on_paper_every_table_is_there_and_no_row_is_cut(chromium: Browser, example_page: Path, tmp_path: Path) -> None:
    with opened(chromium, example_page) as page:
        page.pdf(path=tmp_path / "page.pdf", format="A4", print_background=False)
        rows = [row.inner_text() for row in page.locator("#EMP-P1-I01 tbody th").all()]
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    sheets = text.split("\f")
    assert 10 < len(sheets) < 40
    assert all(len(sheet.strip()) > 200 for sheet in sheets[:-1])  # none is nearly empty
    assert "Demandeurs d'emploi – bassin d'emploi" in text and len(rows) > 10
    assert "Chercher un indicateur" not in text


def test_nothing_moves(example_page: Path) -> None:
    text = example_page.read_text(encoding="utf-8")
    assert not re.search(r"\b(transition|animation|scroll-behavior)\b", text.partition("</style>")[0])
