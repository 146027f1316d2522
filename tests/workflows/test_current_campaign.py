"""One campaign at hand for all commands: the latest that was sent or received, never one that nobody was asked for."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

import cvsheet
from cvsheet.demo import mistakes
from cvsheet.demo.fictitious import TypedCells
from cvsheet.files.grid import open_grid
from cvsheet.judging.campaign.reception import Standing
from cvsheet.model.framework import Framework
from cvsheet.workflows.current import named_partners
from cvsheet.workflows.tracking import FILE, Tracking, read_tracking, write_tracking
from tests.words import Captured, said
from tests.workflows.at_hand import Folder

TODAY = date.today()


def about(_: Framework, typed: TypedCells) -> TypedCells:
    """A baseline with a word before it."""
    first = next(key for key in typed if key[1] == "reference")
    return {**typed, first: "env. 12"}


@pytest.fixture
def place(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "contrat").make()


def current(place: Folder) -> str:
    return place.contract.campaign().code


def test_without_anything_sent_or_received_there_is_none(place: Folder) -> None:
    with pytest.raises(cvsheet.UsageError, match="Pour commencer : cvsheet generate --campaign A1"):
        current(place)


@pytest.mark.parametrize("command", ["status", "consolidate", "adopt", "export"])
def test_no_command_takes_one_that_was_not_sent(place: Folder, command: str, capsys: Captured) -> None:
    assert place.run(command) in (2, 3)
    assert "Campagne en cours" not in said(capsys)


def test_one_is_sent_once_its_workbooks_are_made(place: Folder) -> None:
    place.contract.generate("A1")
    assert current(place) == "A1"


def test_the_latest_counts_in_whatever_order_they_were_sent(place: Folder) -> None:
    place.contract.generate("A1")
    place.contract.generate("R")
    assert current(place) == "A1"


def test_one_is_received_once_a_return_counts(place: Folder) -> None:
    place.answer("R", "ASSO-1")
    place.answer("A1", "ASSO-1")
    assert current(place) == "A1"


def test_what_was_sent_is_known_when_the_folder_of_workbooks_is_gone(place: Folder) -> None:
    place.contract.generate("A1")
    shutil.rmtree(place.root / "envois")
    assert current(place) == "A1"


def test_workbooks_of_before_the_list_tell_that_they_were_sent(place: Folder) -> None:
    place.contract.generate("A1")
    (place.root / FILE).unlink()
    assert current(place) == "A1"
    assert {row.standing for row in place.contract.status().rows} == {Standing.AWAITED}


def test_so_does_a_return_of_a_contract_whose_workbooks_are_gone(place: Folder) -> None:
    """Who did not answer was asked all the same, and is reminded."""
    place.answer("A1", "ASSO-1")
    rows = {row.partner: row.standing for row in place.contract.status().rows}
    assert rows == {"ASSO-1": Standing.COMPLETE, "Ville-2": Standing.AWAITED}
    place.contract.generate("A1", ["ASSO-1"])
    rows = {row.partner: row.standing for row in place.contract.status().rows}
    assert rows["Ville-2"] is Standing.AWAITED


@pytest.mark.parametrize("trace", ["Thumbs.db", ".DS_Store", "~$contrat_A1_X.xlsx", "liste.pdf"])
def test_traces_in_an_outbox_are_no_workbooks(place: Folder, trace: str) -> None:
    (place.root / "envois" / "A2").mkdir(parents=True)
    (place.root / "envois" / "A2" / trace).write_bytes(b"")
    with pytest.raises(cvsheet.UsageError):
        current(place)


def test_deleting_its_rows_unsends_a_campaign_made_by_mistake(place: Folder) -> None:
    place.contract.generate("A1")
    place.contract.generate("A2")
    kept = [row for row in (place.root / FILE).read_text("utf-8").splitlines() if not row.startswith("A2;")]
    (place.root / FILE).write_text("\n".join(kept), "utf-8")
    shutil.rmtree(place.root / "envois" / "A2")
    assert current(place) == "A1"


@pytest.mark.parametrize("command", ["generate", "validate", "status", "consolidate", "export"])
@pytest.mark.sample(2)
def test_every_command_says_it_first(place: Folder, command: str, capsys: Captured) -> None:
    place.contract.generate("A1")
    place.answer("A1", "ASSO-1")
    place.run(command)
    assert said(capsys).startswith("Campagne en cours : Première année (A1), à renvoyer avant le ")


def test_another_one_is_said_to_be_another(place: Folder, capsys: Captured) -> None:
    place.contract.generate("A1")
    place.answer("R", "ASSO-1")
    place.run("adopt", "--preview")
    assert "Campagne : Départ (R)" in said(capsys)
    place.run("status", "-c", "r")
    assert "La campagne en cours est A1." in said(capsys)


def test_without_a_last_day_it_is_said_so(place: Folder, capsys: Captured) -> None:
    place.days["A1"] = None
    place.make().contract.generate("A1")
    assert place.run("status", "--relances") == 0
    assert "sans date limite" in said(capsys)


def test_the_current_one_without_returns_is_named_with_what_to_type(place: Folder, capsys: Captured) -> None:
    place.answer("R", "ASSO-1")
    place.contract.generate("A1")
    assert place.run("consolidate") == 3
    assert "Aucun retour utilisable de la campagne « A1 »" in (text := said(capsys))
    assert "cvsheet consolidate" in text and "--campaign R" in text


def test_codes_answer_in_any_case_and_a_near_one_is_proposed(place: Folder, capsys: Captured) -> None:
    assert place.run("generate", "-c", "a1", "-p", "asso-1") == 0
    assert place.run("status", "-c", "A11") == 2
    assert "Vouliez-vous dire « A1 » ?" in said(capsys)
    assert place.run("generate", "-c", "A1", "-p", "VILLE") == 2
    assert "Vouliez-vous dire « Ville-2 » ?" in said(capsys)


class TestWhoWasAsked:
    def test_nobody_is_reminded_of_a_campaign_that_was_not_sent(self, place: Folder, capsys: Captured) -> None:
        assert place.run("status", "-c", "A2", "--relances") == 0
        assert "n’a pas été envoyée. À faire : cvsheet generate" in said(capsys)
        assert not (place.root / "sorties" / "relances").exists()

    def test_a_partner_whose_workbook_was_not_made_is_not_reminded_but_named(
        self, place: Folder, capsys: Captured
    ) -> None:
        place.contract.generate("A1", ["ASSO-1"])
        assert {row.partner: row.standing for row in place.contract.status().rows} == {
            "ASSO-1": Standing.AWAITED,
            "Ville-2": Standing.UNSENT,
        }
        result = place.contract.remind(place.root / "relances")
        assert [one.partner for one in result.reminders] == ["ASSO-1"]
        assert result.unsent == ("Ville-2",)
        place.run("status")
        assert "Rien n’a été envoyé à Ville-2. À faire : cvsheet generate" in said(capsys)


class TestDeadline:
    def test_one_that_is_past_stops_what_writes_to_partners(self, place: Folder, capsys: Captured) -> None:
        assert place.run("generate", "-c", "R") == 2
        text = said(capsys)
        assert "est passée depuis 300 jours" in text
        assert f"cvsheet generate -c R -C {place.root} --avant " in text
        assert not (place.root / "envois").exists()
        assert not (place.root / FILE).exists()

    def test_the_last_day_itself_is_not_past(self, place: Folder) -> None:
        place.days["A1"] = 0
        assert place.make().run("generate", "-c", "A1") == 0

    @pytest.mark.parametrize("command", [["status", "--relances"], ["validate", "--annotate"]])
    def test_so_are_reminders_and_corrections(self, place: Folder, command: list[str], capsys: Captured) -> None:
        place.answer("R", "ASSO-1", about)
        place.contract.generate("R")
        assert place.run(*command) == 2
        assert "Rien n’a été écrit" in said(capsys)
        assert not (place.root / "sorties").exists()
        assert place.run(*command, "--oui") in (0, 1)
        assert list((place.root / "sorties").rglob("*.eml"))

    def test_a_new_one_stands_in_the_workbook_and_is_the_one_of_all_later_commands(
        self, place: Folder, capsys: Captured
    ) -> None:
        new = TODAY + timedelta(days=30)
        assert place.run("generate", "-c", "R", "--avant", f"{new:%d/%m/%Y}") == 0
        book = open_grid(next((place.root / "envois" / "R").glob("*ASSO-1.xlsx")))
        assert f"{new:%d/%m/%Y}" in {str(cell.value) for row in book.sheets[0].rows.values() for cell in row.values()}
        assert place.run("status", "--relances") == 0
        assert f"à renvoyer avant le {new:%d/%m/%Y}" in said(capsys)

    @pytest.mark.parametrize("typed", ["hier", "31/02/2027", "01/01/2020", "2020-01-01"])
    def test_one_that_is_no_day_to_come_is_refused(self, place: Folder, typed: str, capsys: Captured) -> None:
        assert place.run("generate", "-c", "A1", "--avant", typed) == 2
        assert "date" in said(capsys)

    @pytest.mark.parametrize(
        ("answers", "written"), [("oui", True), ("non", False), ("", False), ("demain\n31/12/2998", True)]
    )
    def test_on_a_terminal_a_person_is_asked(
        self, place: Folder, answers: str, written: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cvsheet.cli.deadline.asked_on_terminal", lambda: True)
        replies = iter(answers.split("\n"))
        monkeypatch.setattr("click.prompt", lambda *_, **__: next(replies) or "non")
        assert place.run("generate", "-c", "R") == (0 if written else 2)
        assert (place.root / "envois").exists() is written

    def test_moved_later_in_the_contract_it_makes_no_return_an_old_one(self, place: Folder) -> None:
        place.contract.generate("A1")
        place.answer("A1", "ASSO-1")
        place.days["A1"] = 60
        place.make()
        assert [one.code for one in place.contract.validate().findings if one.code.startswith("FIC")] == []
        assert place.contract.at_hand().limit == place.limit("A1")

    def test_moved_earlier_the_day_that_partners_were_told_stays_theirs(self, place: Folder) -> None:
        place.contract.generate("A1")
        told = place.limit("A1")
        place.days["A1"] = -5
        place.make()
        assert place.contract.at_hand().limit == told
        assert {row.late_days for row in place.contract.status().rows} == {0}


class TestScope:
    def test_validate_shows_the_campaign_at_hand_and_counts_the_others(self, place: Folder, capsys: Captured) -> None:
        place.answer("R", "ASSO-1", about)
        place.answer("A1", "ASSO-1")
        assert place.run("validate") == 0
        text = said(capsys)
        assert "VAL-007" not in text
        assert "Autres campagnes : 1 fichier reçu, 1 erreur à corriger" in text
        assert "--campaign R" in text
        assert place.run("validate", "-c", "R") == 1
        assert "VAL-007" in said(capsys)

    def test_a_named_file_is_judged_whatever_its_campaign(self, place: Folder, capsys: Captured) -> None:
        place.answer("R", "ASSO-1", about)
        place.contract.generate("A1")
        assert place.run("validate", str(place.root / "retours" / "R")) == 1
        assert "VAL-007" in said(capsys)

    def test_corrections_are_those_of_the_campaign_at_hand(self, place: Folder) -> None:
        place.answer("R", "ASSO-1", about)
        place.answer("A1", "Ville-2", mistakes.approximate)
        assert place.run("validate", "--annotate") == 1
        assert {path.stem for path in (place.root / "sorties" / "corrections").glob("*.xlsx")} == {
            "saint-étienne-d-été_A1_Ville-2_correction"
        }

    def test_none_is_written_of_a_campaign_that_is_adopted_unless_it_is_named(
        self, place: Folder, capsys: Captured
    ) -> None:
        place.answer("R", "ASSO-1")
        place.answer("R", "Ville-2", about)
        place.contract.adopt("R")
        assert place.run("validate", "--annotate", "--oui") == 1
        assert "est adoptée, donc close" in said(capsys)
        assert not (place.root / "sorties" / "corrections").exists()
        assert place.run("validate", "-c", "R", "--annotate", "--oui") == 1
        assert list((place.root / "sorties" / "corrections").glob("*.xlsx"))


class TestList:
    def test_it_is_read_as_it_was_written_and_keeps_a_persons_columns(self, place: Folder) -> None:
        tracking = Tracking().noting("A1", ["ASSO-1", "=X"], prepared=TODAY, answers=37, file="retours/a ; b.xlsx")
        write_tracking(place.root, place.framework, tracking)
        assert read_tracking(place.root) == tracking
        lines = (place.root / FILE).read_text("utf-8-sig").splitlines()
        (place.root / FILE).write_text("\n".join([f"{lines[0]};Appelé", f"{lines[1]};oui", *lines[2:]]), "utf-8")
        write_tracking(place.root, place.framework, read_tracking(place.root).noting("A1", ["ASSO-1"], errors=2))
        assert read_tracking(place.root).of("A1", "ASSO-1").extra == {"Appelé": "oui"}

    def test_one_that_cannot_be_read_is_named_and_nothing_is_written(self, place: Folder, capsys: Captured) -> None:
        (place.root / FILE).write_text("n’importe quoi\n1\n", "utf-8")
        assert place.run("generate", "-c", "A1") == 3
        assert FILE in said(capsys)
        assert not (place.root / "envois").exists()

    def test_one_that_is_open_elsewhere_stops_before_anything_is_written(self, place: Folder, capsys: Captured) -> None:
        place.contract.generate("R")
        (place.root / f".~lock.{FILE}#").write_text(",moi,poste,28.11.2026 10:00,file:///x;", "utf-8")
        assert place.run("generate", "-c", "A1") == 3
        assert FILE in said(capsys)
        assert not (place.root / "envois" / "A1").exists()


@pytest.mark.parametrize(
    ("received", "following"), [((), "A1"), (("A1",), "A2"), (("A2",), "A1"), (("A1", "A2"), None)]
)
def test_what_comes_after_an_adoption_is_what_nobody_was_asked_yet(
    place: Folder, received: tuple[str, ...], following: str | None
) -> None:
    for campaign in received:
        place.answer(campaign, "ASSO-1")
    found = place.contract.following("R")
    assert (found and found.code) == following


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("ville-2",), ("Ville-2",)),
        (("ASSO-1,Ville-2",), ("ASSO-1", "Ville-2")),
        (("ASSO-1 ; ville-2", "asso-1"), ("ASSO-1", "Ville-2")),
        (("la ville",), ("Ville-2",)),  # its name
        (("L’Association d’à côté, « Là-bas » & Cie",), ("ASSO-1",)),  # a name with a comma
    ],
)
def test_partners_are_named_by_code_or_by_name_one_or_several(
    place: Folder, typed: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    assert named_partners(place.framework, typed) == meant
