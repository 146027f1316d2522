"""*Retours*: files dropped into `retours/`, never over another one, and judged like any return; their corrections."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet import ContractFolder, UsageError
from cvsheet.cli.main import execute
from cvsheet.desk.app import MOST_FILES
from cvsheet.files.grid.limits import DEFAULT_LIMITS
from cvsheet.workflows import dropping
from cvsheet.workflows.dropping import drop, safe_name
from tests.conftest import ROOT
from tests.desk.conftest import Browser, until
from tests.desk.test_follow_up import plain

PE = ROOT / "examples" / "campagne" / "retours" / "2021" / "amboise_2021_PE.xlsx"


def dropped(browser: Browser, *files: tuple[str, bytes]) -> list[str]:
    """The names under which the desk keeps `files`, once their pages are made."""
    before = browser.desk.follower.version
    answer = browser.post(
        "/retours/deposer", files=[("fichiers", one) for one in files], headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    until(lambda: browser.desk.follower.version != before)
    return list(answer.json()["kept"])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("caf.xlsx", "caf.xlsx"),
        ("Réponse CAF (v2).ods", "Réponse CAF (v2).ods"),
        ("../../contrat.xlsx", "contrat.xlsx"),
        ("..\\..\\contrat.xlsx", "contrat.xlsx"),
        ("/etc/x.xlsx", "x.xlsx"),
        ("C:\\dossier\\x.xlsx", "x.xlsx"),
        ("..", "_"),
        ("", "_"),
        (".caché.xlsx", "fichier_caché.xlsx"),
        ("~$caf.xlsx", "fichier_caf.xlsx"),
        (".~lock.caf.xlsx#", "fichier_lock.caf.xlsx"),
        ("thumbs.db", "fichier_thumbs.db"),
        ("Bureau cvsheet.bat", "fichier_Bureau cvsheet.bat"),
        ("CON.xlsx", "fichier_CON.xlsx"),
        ("a:b*c?.xlsx", "a_b_c_.xlsx"),
        ("a\u202exslx.exe", "a_xslx.exe"),
        ("a\nb.xlsx", "a_b.xlsx"),
        ("x" * 300 + ".xlsx", "x" * 180 + ".xlsx"),
        ("x." + "y" * 300, "x." + "y" * 19),
    ],
)
def test_a_file_is_kept_under_a_safe_name(tmp_path: Path, name: str, kept: str) -> None:
    assert safe_name(name) == kept
    place = drop(ContractFolder(tmp_path), name, io.BytesIO(b"content"))
    assert place == tmp_path / "retours" / kept
    assert place.read_bytes() == b"content"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [kept]


@pytest.mark.parametrize("links", [True, False])
def test_no_file_is_ever_replaced(tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """On disks without links too."""

    def refused(*_: object) -> None:
        raise PermissionError

    if not links:
        monkeypatch.setattr("os.link", refused)
    place = ContractFolder(tmp_path)
    names = [drop(place, "caf.xlsx", io.BytesIO(content)).name for content in (b"1", b"2", b"3")]
    assert names == ["caf.xlsx", "caf (2).xlsx", "caf (3).xlsx"]
    assert [(place.inbox / name).read_bytes() for name in names] == [b"1", b"2", b"3"]


def test_what_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "DEFAULT_LIMITS", replace(DEFAULT_LIMITS, file_size=10))
    assert drop(ContractFolder(tmp_path), "a.xlsx", io.BytesIO(b"x" * 10)).is_file()
    with pytest.raises(UsageError, match="Rien n’a été gardé"):
        drop(ContractFolder(tmp_path), "b.xlsx", io.BytesIO(b"x" * 11))
    assert [path.name for path in (tmp_path / "retours").iterdir()] == ["a.xlsx"]


def test_more_than_the_desk_takes_at_once_is_not_even_read(visitor: Browser) -> None:
    answer = visitor.post("/retours/deposer", content=b"x", headers={"Content-Length": "200000001"})
    assert answer.status_code == 413


@pytest.mark.parametrize("content", [b"--x\r\nnonsense", b"", b"\0" * 100])
def test_a_request_that_is_no_form_keeps_nothing(visitor: Browser, content: bytes) -> None:
    before = {*(visitor.desk.root / "retours").rglob("*")}
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = visitor.post("/retours/deposer", content=content, headers=kind, follow_redirects=False)
    assert answer.status_code in (303, 400)
    assert {*(visitor.desk.root / "retours").rglob("*")} == before


@pytest.mark.usefixtures("in_workers")
def test_a_dropped_file_is_judged_by_cause_with_the_cell_and_what_to_type(browser: Browser, folder: Path) -> None:
    (folder / "retours" / "2021" / PE.name).unlink()
    until(lambda: "amboise_2021_PE" not in browser.text("/retours"))
    assert dropped(browser, (f"../{PE.name}", PE.read_bytes())) == [f"retours/{PE.name}"]
    page = browser.text("/retours")
    assert page.index(PE.name) < page.index("amboise_2021_CAF")  # the latest first
    said = r"Erreur « env. 181 » est une valeur approchée. À faire : Saisissez le nombre seul .*? Cellule Emploi!D\d+"
    assert re.search(said, page), page[page.index(PE.name) :][:900]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_more_files_than_are_taken_at_once_are_refused_with_their_limit(visitor: Browser, accept: str) -> None:
    before = {*(visitor.desk.root / "retours").rglob("*")}
    files = [("fichiers", (f"{number}.csv", b"a;b")) for number in range(MOST_FILES + 1)]
    answer = visitor.post("/retours/deposer", files=files, headers={"Accept": accept})
    assert answer.status_code == 400
    assert "Rien n’a été gardé : déposez au plus 200 fichiers à la fois." in plain(answer.text)
    assert {*(visitor.desk.root / "retours").rglob("*")} == before


def test_the_script_is_told_in_a_sentence_why_a_file_is_refused(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dropping, "DEFAULT_LIMITS", replace(DEFAULT_LIMITS, file_size=1))
    answer = visitor.post(
        "/retours/deposer", files={"fichiers": ("a.csv", b"a;b")}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400
    assert plain(answer.text).startswith("« a.csv » fait plus de")
    assert "<" not in answer.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("la %22 CAF.xlsx", "la _ CAF.xlsx"), ("a%0D%0Ab.xlsx", "a__b.xlsx"), ("45%20.xlsx", "45%20.xlsx")],
)
def test_signs_that_forms_write_otherwise_are_no_part_of_a_name(browser: Browser, sent: str, kept: str) -> None:
    assert dropped(browser, (sent, b"a;b")) == [f"retours/{kept}"]


def test_a_file_that_nobody_can_read_is_said_like_any_other(browser: Browser) -> None:
    kept = dropped(browser, ("photo.xlsx", b"no workbook"), ("caf.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    assert kept == ["retours/photo.xlsx", "retours/caf.xls"]
    until(lambda: "caf.xls" in browser.text("/retours"))
    assert browser.text("/retours").count("Refusé") >= 2


def test_without_a_script_the_page_comes_back(browser: Browser) -> None:
    answer = browser.post("/retours/deposer", files={"fichiers": ("a.csv", b"a;b")}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/retours")


def test_a_file_that_arrives_by_other_means_shows_up(browser: Browser, folder: Path) -> None:
    shutil.copy(PE, folder / "retours" / "copie.xlsx")
    until(lambda: "retours/copie.xlsx" in browser.text("/retours"))


def test_a_hostile_name_is_only_ever_text(browser: Browser) -> None:
    (kept,) = dropped(browser, ("<img src=x onerror=alert(1)>.csv", b"a;b"))
    assert "<" not in kept
    (browser.desk.root / "retours" / "a<script>b.csv").write_text("a;b")
    until(lambda: "b.csv" in browser.get("/retours").text)
    assert "a<script>" not in browser.get("/retours").text


@pytest.mark.parametrize(("what", "ending"), [("correction", ".xlsx"), ("message", ".eml")])
@pytest.mark.sample(1)
def test_correction_and_message_are_one_click_away(
    browser: Browser, read_example: Path, folder: Path, tmp_path: Path, what: str, ending: str
) -> None:
    """The very files of `cvsheet validate --annotate`, noted in *suivi.csv* like there."""
    other = Path(shutil.copytree(read_example, tmp_path / "autre"))
    execute(["validate", "-q", "-C", str(other), "--annotate", "--oui"])
    number = browser.desk.shelf.put(folder / "retours" / "2021" / PE.name)
    assert f'action="/retours/{number}/{what}"' in browser.get("/retours").text
    answer = browser.post(f"/retours/{number}/{what}")
    assert f"amboise_2021_PE_correction{ending}" in answer.headers["content-disposition"]
    assert answer.content == (other / "sorties" / "corrections" / f"amboise_2021_PE_correction{ending}").read_bytes()
    rows = (folder / "suivi.csv").read_text(encoding="utf-8-sig").splitlines()
    corrected = rows[0].split(";").index("Correction")
    assert {row.split(";")[1] for row in rows[1:] if row.split(";")[corrected]} == {"PE"}


@pytest.mark.parametrize("name", ["amboise_2021_CCIT.xlsx", "amboise_2021_CCIT (1).xlsx"])
def test_what_has_no_correction_offers_none_and_says_so(visitor: Browser, name: str) -> None:
    number = visitor.desk.shelf.put(visitor.desk.root / "retours" / "2021" / name)
    assert f"/retours/{number}/correction" not in visitor.get("/retours").text
    answer = visitor.post(f"/retours/{number}/correction")
    assert (answer.status_code, "rien à corriger" in answer.text) == (409, True)


@pytest.mark.parametrize("path", ["/retours/x/correction", "/retours/../contrat.xlsx/correction"])
def test_only_what_is_on_the_shelf_is_corrected(visitor: Browser, path: str) -> None:
    assert visitor.post(path).status_code == 404


def test_files_of_other_campaigns_are_shown_where_they_are_chosen(visitor: Browser) -> None:
    counts = [
        len(re.findall('<article class="file"', visitor.get(f"/retours?campagne={code}").text))
        for code in ("2020", "toutes")
    ]
    seen = visitor.desk.follower.seen
    assert seen is not None
    assert counts == [6, len(seen.assessment.received)]
