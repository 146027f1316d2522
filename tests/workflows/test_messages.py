"""`generate --messages`: the message that is due to each partner, once, with its place in the list of the campaign."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cvsheet.demo import mistakes
from cvsheet.workflows.messages import MessagesResult
from cvsheet.workflows.tracking import Tracked, read_tracking
from tests.words import Captured, body_of, parsed
from tests.workflows.at_hand import Folder


@pytest.fixture
def place(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "contrat").make()


def sent(place: Folder, days: int, *partners: str, before: int | None = None) -> MessagesResult:
    """The messages that are due so many days after the deadline of A1, with a new one so many days after it."""
    limit = place.limit("A1")
    assert limit is not None
    new = None if before is None else limit + timedelta(days=before)
    folder = place.root / "sorties" / "messages"
    result = place.on(limit + timedelta(days=days)).generate("A1", partners, before=new, messages=folder).messages
    assert result is not None
    return result


def kinds(place: Folder, days: int) -> dict[str, list[str]]:
    """Who gets what."""
    result = sent(place, days)
    return {
        "first": [one.partner for one in result.first],
        "reminder": [one.partner for one in result.reminders.reminders],
        "correction": [one.partner for one in result.corrections.files],
        "receipt": [one.partner for one in result.receipts],
    }


def row(place: Folder, partner: str) -> Tracked:
    return read_tracking(place.root).of("A1", partner)


BOTH = ["ASSO-1", "Ville-2"]
NOBODY: list[str] = []


def test_at_first_everybody_gets_its_workbook(place: Folder) -> None:
    assert kinds(place, -10) == {"first": BOTH, "reminder": NOBODY, "correction": NOBODY, "receipt": NOBODY}


@pytest.mark.long
def test_once_more_before_the_deadline_it_is_the_same_message(place: Folder) -> None:
    result = sent(place, -10)
    before = {one.message: one.message.read_bytes() for one in result.first}
    again = sent(place, -10)
    assert {one.message: one.message.read_bytes() for one in again.first} == before
    assert kinds(place, 0)["first"] == BOTH


def test_the_day_after_it_is_a_reminder_and_the_first_one_is_not_to_be_sent_any_more(place: Folder) -> None:
    first = [one.message for one in sent(place, -10).first]
    result = sent(place, 1)
    assert [one.partner for one in result.reminders.reminders] == BOTH
    assert sorted(result.outdated) == sorted(first)


def test_who_is_asked_for_the_first_time_after_the_deadline_is_not_reminded(place: Folder) -> None:
    sent(place, -10, "ASSO-1")
    assert kinds(place, 5) | {"correction": NOBODY} == {
        "first": ["Ville-2"], "reminder": ["ASSO-1"], "correction": NOBODY, "receipt": NOBODY,
    }  # fmt: skip


def test_a_return_with_a_fault_gets_its_correction_and_a_good_one_its_receipt(place: Folder) -> None:
    sent(place, -10)
    place.answer("A1", "ASSO-1", mistakes.out_of_bounds)
    place.answer("A1", "Ville-2")
    assert kinds(place, -5) == {
        "first": NOBODY, "reminder": NOBODY, "correction": ["ASSO-1"], "receipt": ["Ville-2"],
    }  # fmt: skip


def test_a_return_that_is_not_complete_gets_a_reminder_with_its_answers(place: Folder) -> None:
    place.answer("A1", "ASSO-1", lambda _, typed: dict(list(typed.items())[1:]))
    (reminder,) = sent(place, -5, "ASSO-1").reminders.reminders
    (attached,) = parsed(reminder.message).iter_attachments()
    assert str(attached.get_filename()).endswith("_correction.xlsx")


def test_the_receipt_says_when_how_many_and_that_nothing_is_to_be_corrected(place: Folder) -> None:
    place.answer("A1", "Ville-2")
    (receipt,) = sent(place, -5).receipts
    limit = place.limit("A1")
    assert limit is not None
    came = f"reçu le {limit - timedelta(days=5):%d/%m/%Y}, 4 réponses, 0 à corriger"
    assert str(parsed(receipt.message)["Subject"]).replace("\u00a0", " ").endswith(came)
    assert came in body_of(receipt.message)
    assert not list(parsed(receipt.message).iter_attachments())


def test_a_receipt_is_written_once_and_again_for_another_file(place: Folder) -> None:
    place.answer("A1", "Ville-2")
    assert kinds(place, -5)["receipt"] == ["Ville-2"]
    assert kinds(place, -4)["receipt"] == []
    (path,) = (place.root / "retours" / "A1").iterdir()
    path.rename(path.with_name("une autre version.xlsx"))
    assert kinds(place, -3)["receipt"] == ["Ville-2"]


def test_a_new_deadline_is_told_with_the_old_one(place: Folder) -> None:
    sent(place, -10)
    (reminder,) = sent(place, 5, "ASSO-1", before=30).reminders.reminders
    limit = place.limit("A1")
    assert limit is not None
    new = limit + timedelta(days=30)
    assert f"La date limite était le {limit:%d/%m/%Y} : merci de nous le renvoyer au plus tard le {new:%d/%m/%Y}." in (
        body_of(reminder.message)
    )


@pytest.mark.parametrize(("days", "asked"), [(0, "pour le"), (1, "dès que possible")])
def test_no_correction_asks_for_a_day_that_is_past(place: Folder, days: int, asked: str) -> None:
    place.answer("A1", "ASSO-1", mistakes.out_of_bounds)
    (file,) = sent(place, days).corrections.files
    assert f"Merci de le renvoyer {asked}" in body_of(file.message)


def test_the_list_tells_each_step_with_its_day(place: Folder) -> None:
    limit = place.limit("A1")
    assert limit is not None
    sent(place, -10)
    place.answer("A1", "Ville-2")
    sent(place, 2, before=20)
    assert row(place, "ASSO-1") == Tracked(
        prepared=limit - timedelta(days=10),
        until=limit + timedelta(days=20),
        invited=limit - timedelta(days=10),
        reminded=limit + timedelta(days=2),
    )
    ville = row(place, "Ville-2")
    assert (ville.received, ville.answers, ville.errors, ville.thanked) == (
        limit + timedelta(days=2), 4, 0, limit + timedelta(days=2),
    )  # fmt: skip


def test_annotating_writes_receipts_too(place: Folder, capsys: Captured) -> None:
    place.answer("A1", "Ville-2")
    assert place.run("validate", "--annotate") == 0
    assert [path.name for path in (place.root / "sorties" / "corrections").glob("*.eml")] == [
        "saint-étienne-d-été_A1_Ville-2_accuse.eml"
    ]
    assert "accusé de réception" in capsys.readouterr().out


def test_the_command_says_what_there_is_to_send_and_who_has_no_address(place: Folder, capsys: Captured) -> None:
    assert place.run("generate", "-c", "A1", "--messages") == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "2 premiers envois" in said
    assert "Sans adresse connue (feuille « Partenaires ») : Ville-2." in said
    assert "suivi.csv" in said
    assert len(list((place.root / "sorties" / "messages").glob("*_envoi.eml"))) == 2


def test_nothing_is_written_among_what_came_back(place: Folder) -> None:
    assert place.run("generate", "-c", "A1", "--messages", str(place.root / "retours" / "m")) == 2
    assert not (place.root / "envois").exists()
