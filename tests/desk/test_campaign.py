"""*Campagne*: the same figures and sentences as `cvsheet status`, and actions that do what the commands do."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

import cvsheet
from cvsheet.cli.main import execute
from cvsheet.desk.jobs import Done, Jobs, TellStage
from cvsheet.desk.office import Office
from cvsheet.desk.wording import for_the_desk
from tests.desk.conftest import Browser, opened, until

Captured = pytest.CaptureFixture[str]


def printed(capsys: Captured, *arguments: str) -> str:
    capsys.readouterr()
    execute([*arguments])
    return capsys.readouterr().out


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_page_shows_what_status_prints(visitor: Browser, folder: Path, capsys: Captured) -> None:
    said = plain(printed(capsys, "status", "-C", str(folder)))
    page = visitor.text("/campagne")
    assert plain(re.search(r"Campagne en cours : .*?\.", said)[0]) in page  # type: ignore[index]
    came = re.search(r"Reçus : (\d+ sur \d+)", said)
    assert came is not None
    assert f"Reçus : {came[1]}" in page
    status = cvsheet.open_contract(folder).status()
    for row in status.rows:
        assert re.search(rf"{row.partner} {row.standing.value.capitalize()} .*?{row.answered} sur {row.expected}", page)


def test_another_campaign_is_shown_where_it_is_chosen(visitor: Browser) -> None:
    assert "Campagne : Bilan annuel 2020 (2020)" in visitor.text("/campagne?campagne=2020")


@pytest.mark.parametrize("code", ["1999", "<script>", "../.."])
def test_a_campaign_that_is_not_there_is_said(visitor: Browser, code: str) -> None:
    page = visitor.get("/campagne", params={"campagne": code})
    assert "n’existe pas" in page.text
    assert "<script>»" not in page.text


@pytest.mark.long
def test_consolidating_writes_the_master_of_the_command(
    browser: Browser, folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    said = printed(capsys, "consolidate", "-C", str(folder), "-o", str(tmp_path / "maitre.xlsx"))
    job = browser.does("consolider")
    assert job.error == ""
    (master,) = job.result.made
    assert master.read_bytes()[:2] == b"PK"
    accounts = next(line for line in said.splitlines() if "réponses reçues" in line)
    page = browser.text("/travail")
    assert plain(accounts) in page
    assert "Consolider : terminé" in page
    (number,) = re.findall(r'href="/fichiers/([\w-]+)"', browser.get("/travail").text)
    assert browser.get(f"/fichiers/{number}").content == master.read_bytes()


@pytest.mark.long
@pytest.mark.parametrize(
    ("action", "words", "made"),
    [
        ("preparer", {"campagne": "2021", "sans-date": "oui"}, "envois/2021/amboise_2021_PE.xlsx"),
        ("relancer", {"sans-date": "oui"}, "sorties/relances/amboise_2021_SMICTOM_relance.eml"),
        ("controler", {"sans-date": "oui"}, "sorties/corrections/amboise_2021_PE_correction.xlsx"),
        ("publier", {}, "sorties/amboise_2021_diffusion.xlsx"),
        ("site", {"campagne": "2021"}, "sorties/amboise_site.html"),
        ("exporter", {"choix": "public-csv"}, "sorties/export-diffusion/datapackage.json"),
        ("exporter", {"choix": "real-xlsx"}, "sorties/export/amboise_export.xlsx"),
        ("adopter", {"campagne": "2019-REF", "choix": "write"}, "contrat.xlsx"),
        ("verifier", {}, "contrat.xlsx"),
    ],
)
def test_each_action_makes_the_files_of_its_command(
    browser: Browser, folder: Path, action: str, words: dict[str, str], made: str
) -> None:
    job = browser.does(action, **words)
    assert job.error == ""
    assert made in [browser.desk.shelf.shown(path) for path in job.result.made]
    assert (folder / made).is_file()
    assert "cvsheet " not in " ".join(map(for_the_desk, job.result.lines))


def test_a_deadline_that_is_past_is_asked_about_before_anything_is_written(browser: Browser, folder: Path) -> None:
    assert "Nouvelle date limite" in browser.text("/campagne")
    job = browser.does("relancer")
    assert "Continuer sans nouvelle date" in job.error
    assert not (folder / "sorties").exists()
    for wrong in ("hier", "01/01/2020"):
        assert "n’est pas une date à venir" in browser.does("relancer", avant=wrong).error


@pytest.mark.long
@pytest.mark.parametrize(
    ("action", "partner", "folder_made"),
    [
        ("preparer", "TL", "envois/2021"),
        ("relancer", "SMICTOM", "sorties/relances"),
        ("controler", "PE", "sorties/corrections"),
    ],
)
def test_only_the_partners_that_are_chosen_are_written_to(
    browser: Browser, folder: Path, action: str, partner: str, folder_made: str
) -> None:
    assert browser.does(action, partenaire=partner, **{"sans-date": "oui"}).error == ""
    made = [path.name for path in (folder / folder_made).iterdir()]
    assert made
    assert [name for name in made if f"_2021_{partner}" not in name] == []


@pytest.mark.parametrize("choice", ["real-pdf", "public", "-", "<b>"])
def test_a_choice_that_no_page_offers_is_refused(visitor: Browser, choice: str) -> None:
    answer = visitor.post("/actions/exporter", data={"choix": choice})
    assert (answer.status_code, "n’a pas été comprise : rien n’a été fait" in plain(answer.text)) == (400, True)
    assert visitor.desk.jobs.latest is None


@pytest.mark.parametrize("action", ["preparer", "relancer", "controler"])
def test_a_partner_that_the_contract_has_no_longer_is_named(browser: Browser, folder: Path, action: str) -> None:
    """As of a tab that stayed open."""
    job = browser.does(action, partenaire="PARTI", **{"sans-date": "oui"})
    assert "Le partenaire « PARTI » n’existe pas" in plain(job.error)
    assert [path for path in (folder / "sorties").rglob("*") if path.suffix != ".html"] == []


def test_of_one_partner_nothing_is_concluded_for_all(browser: Browser) -> None:
    told = browser.does("relancer", partenaire="CCIT", **{"sans-date": "oui"}).result.lines
    assert "Personne à relancer : aucun message." in map(plain, told)
    assert "Tout le monde" not in " ".join(told)


@pytest.mark.long
def test_an_adoption_is_shown_before_it_is_written(browser: Browser, folder: Path) -> None:
    before = (folder / "contrat.xlsx").read_bytes()
    assert "Aperçu : rien n’a été écrit" in browser.does("adopter", campagne="2019-REF").result.lines[-1]
    assert (folder / "contrat.xlsx").read_bytes() == before


@pytest.mark.long
def test_what_fails_says_why_and_the_pages_stay(browser: Browser, folder: Path) -> None:
    (folder / "sorties").write_text("a file where a folder is to be")
    job = browser.does("consolider")
    assert job.error.startswith("Erreur : ")
    assert "Consolider : arrêté" in browser.text("/travail")
    assert "Reçus :" in browser.text("/campagne")
    (folder / "sorties").unlink()
    assert browser.does("consolider").error == ""


def test_a_fault_of_ours_is_no_traceback_but_one_to_pass_on(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvsheet.workflows.publish.publish", lambda *_: 1 / 0)
    job = browser.does("publier")
    assert "Erreur imprévue (ZeroDivisionError)" in job.error
    assert "ZeroDivisionError" in job.detail
    assert "à transmettre" in browser.text("/travail")


def test_one_thing_at_a_time(browser: Browser) -> None:
    going, free = threading.Event(), threading.Event()

    def wait(tell: TellStage) -> Done:
        going.set()
        free.wait()
        return Done(("fini",))

    job = browser.desk.jobs.start("Attendre", wait)
    going.wait()
    other = browser.post("/actions/consolider")
    closing = browser.post("/fermer")
    free.set()
    assert [other.status_code, closing.status_code] == [409, 409]
    assert "Un autre travail est en cours" in other.text
    until(lambda: job is not None and job.over)


def test_jobs_say_how_far_they_are() -> None:
    jobs, states = Jobs(), list[str]()

    def count(tell: TellStage) -> Done:
        for done in range(3):
            tell("Lecture", done, 2)
            assert jobs.latest is not None
            states.append(jobs.latest.state)
        return Done(())

    job = jobs.start("Compter", count)
    until(lambda: job is not None and job.over)
    assert states == ["1-Lecture-0-2", "1-Lecture-1-2", "1-Lecture-2-2"]


def test_the_page_follows_the_folder(browser: Browser, folder: Path) -> None:
    before, came = browser.get("/etat").json()["pages"], browser.text("/campagne")
    (folder / "retours" / "2021" / "amboise_2021_CAF.xlsx").unlink()
    until(lambda: browser.get("/etat").json()["pages"] != before)
    assert re.findall(r"Reçus : \d+", came) != re.findall(r"Reçus : \d+", browser.text("/campagne"))


@pytest.mark.long
def test_a_command_line_beside_it_is_seen(browser: Browser, folder: Path) -> None:
    """*suivi.csv* says to whom another deadline was given meanwhile."""
    assert "28/02/2022" in browser.text("/campagne")
    before = browser.get("/etat").json()["pages"]
    assert execute(["generate", "-q", "-C", str(folder), "-c", "2021", "--avant", "30j"]) == 0
    until(lambda: browser.get("/etat").json()["pages"] != before)
    until(lambda: "28/02/2022" not in browser.text("/campagne"))
    before = browser.desk.follower.version
    (folder / "retours" / "2021" / "amboise_2021_CAF.xlsx").unlink()
    until(lambda: browser.desk.follower.version != before)
    assert "28/02/2022" not in browser.text("/campagne")  # nor once a return comes or goes


def test_a_contract_that_cannot_serve_is_said_and_serves_once_it_is_mended(tmp_path: Path) -> None:
    root = cvsheet.new_contract(tmp_path / "contrat", identity="").folder.root
    good = (root / "contrat.xlsx").read_bytes()
    (root / "contrat.xlsx").write_bytes(b"")
    desk = opened(root)
    browser = Browser(desk)
    until(lambda: desk.follower.failure)
    assert "Impossible d’afficher cette page" in browser.text("/campagne")
    (root / "contrat.xlsx").write_bytes(good)
    until(lambda: desk.follower.seen)
    assert "n’a pas été envoyée" in browser.text("/campagne")
    desk.follower.stop()


@pytest.mark.long
def test_a_folder_of_returns_that_is_gone_is_said_until_it_is_back(
    browser: Browser, desk: Office, folder: Path, tmp_path: Path
) -> None:
    (folder / "envois").mkdir(exist_ok=True)
    (folder / "retours").rename(tmp_path / "ailleurs")
    until(lambda: "« retours » de ce contrat n’existe plus" in browser.text("/campagne"))
    (tmp_path / "ailleurs").rename(folder / "retours")
    until(lambda: "n’existe plus" not in browser.text("/campagne"))


@pytest.mark.parametrize("page", ["suivi", "a-decider"])
def test_before_any_return_the_figures_are_no_failure(tmp_path: Path, page: str) -> None:
    desk = opened(cvsheet.new_contract(tmp_path / "contrat", identity="").folder.root)
    browser = Browser(desk)
    until(lambda: desk.follower.seen)
    shown = browser.text(f"/{page}")
    desk.follower.stop()
    assert "Rien à montrer encore Aucun retour utilisable. Déposez les fichiers des partenaires" in shown
    assert "Impossible" not in shown
    assert "rien n’a été écrit" not in shown


@pytest.mark.parametrize("page", ["suivi", "a-decider"])
def test_a_campaign_without_returns_leads_to_those_that_have_some(visitor: Browser, page: str) -> None:
    assert "Aucun retour utilisable de cette campagne." in visitor.text(f"/{page}?campagne=2022")
    assert 'href="?campagne=2021"' in visitor.get(f"/{page}?campagne=2022").text


def test_until_the_folder_is_read_the_page_says_so(tmp_path: Path) -> None:
    browser = Browser(Office(tmp_path, opened(tmp_path).door))
    assert "Un instant" in browser.text("/campagne")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("À faire : cvsheet consolidate", "À faire : « Consolider »"),
        ("Pour eux : cvsheet validate --annotate", "Pour eux : « Contrôler »"),
        ("puis : cvsheet status --campaign 2021 --relances", "puis : « Relancer » (campagne 2021)"),
        ("Pour publier : cvsheet export --diffusion. Sinon", "Pour publier : « Exporter ». Sinon"),
        ("cvsheet generate --campaign 2019-REF -p A -p B.", "« Préparer » (campagne 2019-REF)."),
        ("adoptez : cvsheet adopt --campaign 2019-REF", "adoptez : « Adopter » (campagne 2019-REF)"),
    ],
)
def test_commands_to_type_become_buttons_to_press(line: str, shown: str) -> None:
    assert plain(for_the_desk(line)) == shown
