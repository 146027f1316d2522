"""The whole campaign of the demonstration by clicks in Chromium, from the first workbooks to what is published; and
every page with the keyboard, on a phone, in the dark, on paper, without a fault that axe-core knows."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

import cvsheet
from cvsheet.cli.main import execute
from cvsheet.demo.returns import drop_into, flawed_campaign, good_return
from cvsheet.files.grid import open_grid
from tests.conftest import ROOT
from tests.desk.test_follow_up import in_master, plain, rows_of
from tests.desk.test_server import Started

PAGES = ("campagne", "retours", "constats", "suivi", "a-decider")
PATIENCE = 60_000  # milliseconds: a loaded machine is no fault of the desk's
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
Captured = pytest.CaptureFixture[str]


def entered(chromium: Browser, desk: Started, **context: object) -> Page:
    """A page of a browser that was let in; what goes wrong in its script or is asked for elsewhere fails the test."""
    opened: BrowserContext = chromium.new_context(**{"viewport": WIDE, "locale": "fr-FR", **context})  # type: ignore[arg-type]
    opened.set_default_timeout(PATIENCE)
    page = opened.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on(
        "request", lambda request: request.url.startswith((desk.home, "blob:", "data:")) or pytest.fail(request.url)
    )
    page.goto(desk.address)
    page.wait_for_url("**/campagne*")
    page.get_by_role("heading", name="Partenaires", exact=True).wait_for()
    return page


def goes(page: Page, address: str) -> None:
    """Open `address`; again where the page that is left was just coming back by itself."""
    with contextlib.suppress(Error):
        page.goto(address)
        return
    page.wait_for_load_state()
    page.goto(address)


def works(page: Page, desk: Started, button: str, campaign: str = "") -> str:
    """Press `button` on *Campagne* and wait until the work is done: what the page says of it."""
    goes(page, f"{desk.home}/campagne?campagne={campaign}")
    page.get_by_role("button", name=button, exact=True).click()
    done = page.locator(".work.finished, .work.failed")
    done.get_by_role("heading", name=f"{button} :").wait_for()
    assert page.locator(".work.failed").count() == 0, done.inner_text()
    for folded in done.locator("summary").all():
        folded.click()
    return plain(done.inner_html())


def drops(page: Page, desk: Started, files: list[Path], campaign: str) -> None:
    """Choose `files` on *Retours* and wait until each is judged."""
    goes(page, f"{desk.home}/retours?campagne={campaign}")
    page.set_input_files("#fichiers", files)
    expect(page.locator("#deposes li", has_text="gardé sous")).to_have_count(len(files), timeout=PATIENCE)
    expect(page.locator("#recus .lead")).to_contain_text(f"{len(files)} fichiers reçus", timeout=PATIENCE)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    root = cvsheet.new_contract(tmp_path / "contrat", identity="").folder.root
    desk = Started(root)
    yield desk
    desk.process.kill()
    desk.process.wait()
    if desk.process.stdout is not None:
        desk.process.stdout.close()


def returned(folder: Path, root: Path, campaign: str, *, flawed: bool) -> list[Path]:
    """What the partners of the demonstration send back."""
    framework = cvsheet.open_contract(root).framework
    asked = tuple(partner.code for partner in framework.partners_asked(campaign))
    made = flawed_campaign(framework, campaign, asked) if flawed else tuple(
        good_return(framework, campaign, partner) for partner in asked
    )  # fmt: skip
    drop_into(folder / campaign, made)
    return sorted((folder / campaign).iterdir())


def printed(capsys: Captured, *arguments: str) -> str:
    capsys.readouterr()
    execute([*arguments])
    return plain(capsys.readouterr().out)


@pytest.mark.long
def test_the_whole_campaign_by_clicks(chromium: Browser, started: Started, tmp_path: Path, capsys: Captured) -> None:
    root, place = tmp_path / "contrat", tmp_path / "mails"
    page = entered(chromium, started)
    assert "18 classeurs dans envois/2019-REF" in works(page, started, "Préparer", "2019-REF")
    drops(page, started, returned(place, root, "2019-REF", flawed=False), "2019-REF")
    works(page, started, "Consolider", "2019-REF")
    assert "Aperçu : rien n’a été écrit" in works(page, started, "Adopter", "2019-REF")
    goes(page, f"{started.home}/campagne?campagne=2019-REF")
    page.get_by_label("Inscrire").check()
    page.get_by_role("button", name="Adopter", exact=True).click()
    page.locator(".work.finished", has_text="556 valeurs inscrites dans contrat.xlsx").wait_for()
    for campaign, flawed in (("2020", False), ("2021", True)):
        assert f"18 classeurs dans envois/{campaign}" in works(page, started, "Préparer", campaign)
        drops(page, started, returned(place, root, campaign, flawed=flawed), campaign)
    at_command(page, started, root, capsys)
    told = works(page, started, "Contrôler", "2021")
    corrections = [*(root / "sorties" / "corrections").glob("*_correction.xlsx")]
    assert f"{len(corrections)} classeurs de correction dans sorties/corrections" in told
    assert "2 messages dans sorties/relances" in works(page, started, "Relancer", "2021")
    consolidated(page, started, root, capsys)
    assert "sorties/audit/index.html" in works(page, started, "Auditer", "2021")
    told = works(page, started, "Publier", "2021")
    assert "amboise_2021_diffusion.xlsx" in told
    assert "export-diffusion" in works(page, started, "Exporter", "2021")
    assert "Page à publier : sorties/amboise_site.html" in works(page, started, "Faire la page", "2021")
    assert {path.name for path in (root / "sorties").iterdir()} >= {
        "amboise_2021_maitre.xlsx", "amboise_2021_diffusion.xlsx", "amboise_site.html", "audit",
        "corrections", "export-diffusion", "messages", "relances",
    }  # fmt: skip
    page.get_by_role("button", name="Fermer le bureau").click()
    page.get_by_role("heading", name="Le bureau est fermé").wait_for()
    assert started.ended()[0] == 0


def at_command(page: Page, desk: Started, root: Path, capsys: Captured) -> None:
    """*Campagne* and *Retours* say what `status` and `validate` print."""
    goes(page, f"{desk.home}/campagne?campagne=2021")
    said, shown = printed(capsys, "status", "-C", str(root), "-c", "2021"), plain(page.content())
    came = re.search(r"Reçus : (\d+ sur \d+)", said)
    assert came is not None
    assert f"Reçus : {came[1]}" in shown
    for row in cvsheet.open_contract(root).status("2021").rows:
        assert re.search(
            rf"{row.partner} {row.standing.value.capitalize()} .*?{row.answered} sur {row.expected}", shown
        )
    said = printed(capsys, "validate", "-C", str(root), "-c", "2021")
    counts = re.search(r"(\d+) fichiers reçus, (\d+) pris en compte. (\d+) erreurs? .*?(\d+) avertissements?", said)
    assert counts is not None
    goes(page, f"{desk.home}/retours?campagne=2021")
    assert f"{counts[1]} fichiers reçus, {counts[2]} pris en compte" in plain(page.content())
    goes(page, f"{desk.home}/constats?campagne=2021")
    assert f"{counts[3]} erreurs {counts[4]} avertissements" in plain(page.content())


def consolidated(page: Page, desk: Started, root: Path, capsys: Captured) -> None:
    """What *Consolider* says is what `consolidate` prints, and *Suivi* shows what the master holds."""
    told = works(page, desk, "Consolider", "2021")
    said = printed(capsys, "consolidate", "-C", str(root), "-c", "2021")
    accounts = re.search(r"[\d ]+ réponses reçues = [^.]*\.", said)
    assert accounts is not None
    assert accounts[0].strip() in told
    grid = open_grid(root / "sorties" / "amboise_2021_maitre.xlsx")
    for pillar in cvsheet.open_contract(root).framework.pillars:
        goes(page, f"{desk.home}/suivi?campagne=2021&pilier={pillar.code}")
        (sheet,) = (one for one in grid.sheets if one.name == pillar.sheet)
        situations = {code: cells[-1] for code, cells in rows_of(page.content()).items()}
        assert situations == {code: str(cells[-1]) for code, cells in in_master(sheet)}


def dropped_on(page: Page, *paths: Path) -> None:
    """Drop what lies at `paths` on the page, as from a window of the system."""
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})


@pytest.fixture
def example(tmp_path: Path) -> Iterator[Started]:
    desk = Started(Path(shutil.copytree(ROOT / "examples" / "campagne", tmp_path / "contrat")))
    yield desk
    desk.process.kill()
    desk.process.wait()
    if desk.process.stdout is not None:
        desk.process.stdout.close()


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found]


def test_every_page_is_accessible_wide_on_a_phone_and_in_the_dark(chromium: Browser, example: Started) -> None:
    for shape in ({"viewport": WIDE}, {"viewport": PHONE, "color_scheme": "dark"}):
        page = entered(chromium, example, **shape)
        works(page, example, "Consolider", "2021")
        opened = "contributions?campagne=2021&ligne=EMP-P1-I01.M1&grandeur=valeur"
        for name in (*PAGES, "constats?fiche=VAL-007", opened, "nowhere", "campagne?campagne=2019-REF"):
            goes(page, f"{example.home}/{name}")
            page.locator("main h1").wait_for()
            assert faults(page) == [], name
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= shape["viewport"]["width"], name  # type: ignore[index]


def test_a_phone_shows_the_way_to_every_page(chromium: Browser, example: Started) -> None:
    """No link lies beyond the edge, where nothing says that one may scroll; common phones have them on one line."""
    for width, lines in ((390, 1), (320, 2)):
        page = entered(chromium, example, viewport={"width": width, "height": 700})
        for name in ("campagne", "a-decider"):
            goes(page, f"{example.home}/{name}")
            boxes = [link.bounding_box() or {} for link in page.locator(".top nav a").all()]
            assert [box for box in boxes if box["x"] < 0 or box["x"] + box["width"] > width] == [], (width, name)
            assert len({box["y"] for box in boxes}) <= lines, (width, name)


def test_a_narrow_window_scrolls_the_partners_and_not_the_page(chromium: Browser, example: Started) -> None:
    page = entered(chromium, example, viewport={"width": 900, "height": 700})
    table = page.locator(".partners").bounding_box() or {}
    assert table["width"] > 900
    assert page.evaluate("document.documentElement.scrollWidth") <= 900


def test_everything_is_reached_by_keyboard(chromium: Browser, example: Started) -> None:
    """The link to the content first; pages, actions, files and closing in turn, each with a visible focus."""
    page = entered(chromium, example)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(document.activeElement.textContent || '').trim().split('\\n')[0]"))
        outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outlined != "none" or page.evaluate("document.activeElement === document.body"), reached[-1]
    wanted = ("Campagne", "Retours", "Constats", "Suivi", "À décider", "Fermer le bureau")
    assert {*wanted, "Préparer", "Relancer", "Contrôler", "Consolider", "Auditer", "Publier", "Exporter"} <= {*reached}
    page.get_by_role("button", name="Consolider", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(".work.finished").wait_for()
    goes(page, f"{example.home}/retours")
    several: list[bool] = []  # of each window for choosing files, whether it takes several
    page.on("filechooser", lambda chooser: several.append(chooser.is_multiple()))
    until = time.monotonic() + PATIENCE / 1000
    while not several and time.monotonic() < until:
        page.locator("#fichiers").press("Space")  # a browser may lose the keys that come before its first picture
        page.wait_for_timeout(500)
    assert several[:1] == [True]


def test_two_tabs_and_a_command_line_see_the_same(chromium: Browser, example: Started, tmp_path: Path) -> None:
    """One tab works while the other follows; a command beside them shows up in both."""
    one, other = entered(chromium, example), entered_again(chromium, example)
    goes(other, f"{example.home}/suivi")
    works(one, example, "Consolider", "2021")
    other.locator("#travail", has_text="Consolider : terminé").wait_for()
    goes(one, f"{example.home}/campagne?campagne=2021")
    goes(other, f"{example.home}/campagne?campagne=2021")
    assert execute(["generate", "-q", "-C", str(tmp_path / "contrat"), "-c", "2021", "--avant", "30j"]) == 0
    for page in (one, other):
        expect(page.locator("#etat")).not_to_contain_text("28/02/2022", timeout=PATIENCE)


def entered_again(chromium: Browser, desk: Started) -> Page:
    """A second browser: it has the address that the terminal shows."""
    return entered(chromium, desk)


def test_without_a_script_everything_works(chromium: Browser, example: Started) -> None:
    page = entered(chromium, example, java_script_enabled=False)
    page.get_by_role("button", name="Consolider", exact=True).click()
    page.locator(".work.finished, .work.failed").wait_for()  # the page reloads itself while work goes on
    goes(page, f"{example.home}/retours")
    page.set_input_files("#fichiers", [ROOT / "README.md"])
    page.get_by_role("button", name="Déposer").click()
    goes(page, f"{example.home}/constats")
    page.get_by_label("Sévérité").select_option("erreur")
    page.get_by_role("button", name="Filtrer").click()
    assert "0 avertissement" in plain(page.content())


def test_a_folder_that_is_dropped_is_said_and_the_files_beside_it_are_kept(
    chromium: Browser, example: Started, tmp_path: Path
) -> None:
    folder, file = tmp_path / "Réponses", tmp_path / "note.csv"
    folder.mkdir()
    file.write_text("a;b")
    page = entered(chromium, example)
    goes(page, f"{example.home}/retours")
    dropped_on(page, folder, file)
    told = page.locator("#deposes li")
    expect(told.nth(1)).to_contain_text("gardé sous retours/note.csv", timeout=PATIENCE)
    expect(told.nth(0)).to_contain_text("Réponses : ne peut pas être lu, rien n’est gardé. Si c’est un dossier")


def test_on_paper_the_buttons_are_gone(chromium: Browser, example: Started) -> None:
    page = entered(chromium, example)
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Consolider", exact=True).is_visible()
    assert page.get_by_role("heading", name="Partenaires", exact=True).is_visible()
