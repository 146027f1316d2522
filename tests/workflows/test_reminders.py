"""`status --relances`: a message with its workbook for each partner that is not done, and for no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_file_name, partner_workbook
from cvsheet.judging.campaign.reception import Standing
from cvsheet.judging.files.identity import has_answers
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Submission
from cvsheet.workflows.generate import generate
from cvsheet.workflows.reminders import RemindResult, remind
from cvsheet.workflows.status import status
from tests.partner.conftest import MESSAGE_END, small
from tests.words import body_of, parsed
from tests.workflows.late_campaign import AFTER, BEFORE, CAMPAIGN, filled, four_ways, framework, judged

__all__ = ["framework", "small"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reminded(framework: Framework, root: Path, today: date = AFTER) -> RemindResult:
    """The reminders of the campaign of `four_ways`, in a folder of their own."""
    assessment = judged(framework, root, four_ways(framework))
    return remind(framework, assessment, CAMPAIGN, root / "relances", today=today, outbox=root / "envois")


def attached(framework: Framework, path: Path, folder: Path) -> tuple[str, Submission, bytes]:
    """The name of what is attached to the message at `path`, and what our own reader finds in it."""
    (part,) = parsed(path).iter_attachments()
    assert part.get_content_type() == XLSX
    (folder / "joint.xlsx").write_bytes(part.get_content())
    return str(part.get_filename()), read_returned(folder / "joint.xlsx", framework, "joint.xlsx"), part.get_content()


def message_of(result: RemindResult, partner: str) -> Path:
    return next(one.message for one in result.reminders if one.partner == partner)


def test_a_message_for_who_is_late_or_incomplete_and_for_nobody_else(framework: Framework, tmp_path: Path) -> None:
    result = reminded(framework, tmp_path)
    assert [(one.partner, one.standing) for one in result.reminders] == [
        ("C", Standing.OVERDUE),
        ("B", Standing.UNUSABLE),
        ("A", Standing.INCOMPLETE),
    ]
    assert result.complete == ("D",)
    assert result.without_address == ("C", "A")
    assert sorted(path.name for path in (tmp_path / "relances").iterdir()) == [
        "test_2021_A_relance.eml",
        "test_2021_B_relance.eml",
        "test_2021_C_relance.eml",
    ]


def test_it_opens_as_a_draft_from_the_coordinator_to_the_partner(framework: Framework, tmp_path: Path) -> None:
    message = parsed(message_of(reminded(framework, tmp_path), "B"))
    assert (message["From"], message["To"], message["X-Unsent"]) == ("contrat@ville.example", "b@b.example", "1")
    assert message["Subject"] == "Contrat d’essai – Bilan 2021 : votre réponse est attendue"
    assert message.defects == []


def test_who_sent_nothing_gets_its_blank_workbook_and_what_is_asked(framework: Framework, tmp_path: Path) -> None:
    path = message_of(reminded(framework, tmp_path), "C")
    name, submission, content = attached(framework, path, tmp_path)
    assert name == "test_2021_C.xlsx"
    assert submission.identity is not None
    assert submission.identity.partner == "C"
    assert content == partner_workbook(framework, CAMPAIGN, "C")
    assert body_of(path).splitlines() == [  # A2 has no pilot yet: A and C both report it
        "Bonjour,",
        "",
        "Nous n’avons pas encore de réponse de votre part pour « Bilan 2021 ».",
        "",
        "Ce qui vous est demandé :",
        "- L'emploi & l’insertion : 1 action",
        "- Habitat : 1 ligne",
        "",
        "Ouvrez le classeur joint, qui est le vôtre, remplissez les cellules colorées, enregistrez-le, puis "
        "renvoyez-le en réponse à ce message. Une donnée manque ? Saisissez nd si elle n’est pas disponible, "
        "so si elle est sans objet, 0 si c’est zéro.",
        "",
        "La date limite était le 28/02/2022 : merci de nous le renvoyer dès que possible. Si vous nous avez répondu "
        "entre-temps, ne tenez pas compte de ce message.",
        *MESSAGE_END,
    ]


def test_who_left_something_out_gets_its_answers_back_and_what_is_missing(framework: Framework, tmp_path: Path) -> None:
    path = message_of(reminded(framework, tmp_path), "A")
    name, submission, _ = attached(framework, path, tmp_path)
    assert name == "de-A_correction.xlsx"
    assert has_answers(submission)
    words = body_of(path)
    assert parsed(path)["Subject"].endswith("il reste 3 réponses à donner")
    assert "Merci pour votre envoi « de A.xlsx » (Bilan 2021). Il n’est pas encore complet." in words
    assert "- L'emploi & l’insertion : 1 ligne et 1 action\r\n- Habitat : 1 ligne\r\n" in words


def test_who_sent_a_file_that_cannot_be_read_is_told_so(framework: Framework, tmp_path: Path) -> None:
    path = message_of(reminded(framework, tmp_path), "B")
    assert "Votre fichier « test_2021_B (1).xlsx » est arrivé, mais il n’a pas pu être repris." in body_of(
        path.read_bytes()
    )
    assert not has_answers(attached(framework, path, tmp_path)[1])


def test_who_sent_its_workbook_back_empty_is_told_so(framework: Framework, tmp_path: Path) -> None:
    empty = {"c.xlsx": partner_workbook(framework, CAMPAIGN, "C")}
    result = remind(framework, judged(framework, tmp_path, empty), CAMPAIGN, tmp_path / "relances", today=AFTER)
    words = body_of(message_of(result, "C"))
    assert "Votre classeur « c.xlsx » (Bilan 2021) nous est revenu vide" in words
    assert "Vos réponses sont déjà" not in words


def test_before_the_deadline_it_is_called_by_its_date(framework: Framework, tmp_path: Path) -> None:
    path = message_of(reminded(framework, tmp_path, BEFORE), "C")
    assert "Merci de nous le renvoyer au plus tard le 28/02/2022." in body_of(path)


def test_the_workbook_that_was_sent_is_sent_again_unless_it_is_another_partners(
    framework: Framework, tmp_path: Path
) -> None:
    """A figure of the year before, unknown to this run, tells the workbook that was sent from a new one."""
    outbox = tmp_path / "envois"
    generate(framework, CAMPAIGN, None, outbox, previous={"C": {"H-I1.M1": 77}, "B": {"H-I1.M1": 77}})
    foreign = outbox / partner_file_name(framework, CAMPAIGN, "B")
    foreign.write_bytes(filled(framework, "D"))
    result = reminded(framework, tmp_path)
    kept = (outbox / partner_file_name(framework, CAMPAIGN, "C")).read_bytes()
    assert attached(framework, message_of(result, "C"), tmp_path)[2] == kept
    assert attached(framework, message_of(result, "B"), tmp_path)[2] == partner_workbook(framework, CAMPAIGN, "B")


@pytest.mark.parametrize("damage", ["filled", "older contract", "no workbook"])
@pytest.mark.sample(1)
def test_a_workbook_that_is_not_as_it_was_sent_is_made_anew(framework: Framework, tmp_path: Path, damage: str) -> None:
    other = replace(framework, rules=(), measures=framework.measures[1:])
    content = {
        "filled": filled(framework, "C"),
        "older contract": partner_workbook(other, CAMPAIGN, "C"),
        "no workbook": b"PK",
    }[damage]
    (tmp_path / "envois").mkdir()
    (tmp_path / "envois" / partner_file_name(framework, CAMPAIGN, "C")).write_bytes(content)
    path = message_of(reminded(framework, tmp_path), "C")
    assert attached(framework, path, tmp_path)[2] == partner_workbook(framework, CAMPAIGN, "C")


def test_no_path_and_no_other_partner_stands_in_a_message(framework: Framework, tmp_path: Path) -> None:
    result = reminded(framework, tmp_path)
    assert all(str(tmp_path) not in one.message.read_text("utf-8", "replace") for one in result.reminders)
    assert all("Association" not in body_of(message_of(result, code)) for code in "BC")


@pytest.mark.long
def test_the_same_inputs_give_the_same_bytes(framework: Framework, tmp_path: Path) -> None:
    first = {one.partner: one.message.read_bytes() for one in reminded(framework, tmp_path).reminders}
    assert {one.partner: one.message.read_bytes() for one in reminded(framework, tmp_path).reminders} == first


def test_a_message_of_yesterday_to_who_answered_since_is_told(framework: Framework, tmp_path: Path) -> None:
    old = tmp_path / "relances" / "test_2021_D_relance.eml"
    old.parent.mkdir()
    old.write_bytes(b"")
    assert reminded(framework, tmp_path).outdated == (old,)


def test_some_partners_only(framework: Framework, tmp_path: Path) -> None:
    """Of the others nothing is said, nor that what they were written before is not to be sent any more."""
    reminded(framework, tmp_path)
    assessment = judged(framework, tmp_path, four_ways(framework))
    found = status(framework, assessment, framework.campaign[CAMPAIGN], AFTER)
    found = replace(found, rows=tuple(row for row in found.rows if row.partner == "C"))
    result = remind(framework, assessment, CAMPAIGN, tmp_path / "relances", today=AFTER, found=found)
    assert [one.partner for one in result.reminders] == ["C"]
    assert (result.complete, result.outdated, result.unfiled) == ((), (), ())


@pytest.mark.parametrize("hostile", ["x\r\nBcc: a@b.example", "a@b.example\nX-Evil: 1", "\u2028Bcc: x", "nul\x00"])
def test_no_name_or_address_becomes_a_header(framework: Framework, tmp_path: Path, hostile: str) -> None:
    partners = tuple(replace(one, name=hostile, email=hostile, contact=hostile) for one in framework.partners)
    contract = replace(framework.contract, name=hostile, coordinator=hostile, email=hostile, phone=hostile)
    campaigns = tuple(replace(one, title=f"{one.title} {hostile}") for one in framework.campaigns)
    evil = replace(framework, partners=partners, contract=contract, campaigns=campaigns)
    result = remind(evil, judged(evil, tmp_path, {}), CAMPAIGN, tmp_path / "relances", today=AFTER)
    for one in result.reminders:
        message = parsed(one.message)
        assert {*message.keys()} - {"From"} == {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"}
        assert [part.get_content_type() for part in message.walk()] == ["multipart/mixed", "text/plain", XLSX]


def test_codes_that_a_file_name_cannot_hold_or_tell_apart_give_names_that_differ(
    framework: Framework, tmp_path: Path
) -> None:
    renamed = {"B": "x+y", "C": "x/y", "D": "X?Y"}
    partners = tuple(replace(one, code=renamed.get(one.code, one.code)) for one in framework.partners)
    measures = tuple(
        replace(one, producers=tuple(renamed.get(code, code) for code in one.producers)) for one in framework.measures
    )
    odd = replace(framework, partners=partners, measures=measures, actions=())
    result = remind(odd, judged(odd, tmp_path, {}), CAMPAIGN, tmp_path / "relances", today=AFTER)
    assert sorted(one.message.name for one in result.reminders) == [
        "test_2021_A_relance.eml",
        "test_2021_X-Y_relance (3).eml",
        "test_2021_x-y_relance (2).eml",
        "test_2021_x-y_relance.eml",
    ]
