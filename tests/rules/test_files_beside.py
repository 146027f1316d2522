"""What lies beside the returns and asks for nothing is told without a word to the partner."""

from __future__ import annotations

from typing import Any

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.assessment import MOST_BESIDE, Assessment, Ignored, Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.files.refusals import unread_files
from cvsheet.judging.files.unusable import Blame, unusable_files
from cvsheet.model.findings import Severity
from tests.rules.small import FRAMEWORK


def said(*received: Received) -> list[tuple[str, str]]:
    found = [ruling.finding for ruling in unread_files(received)]
    return [(one.code, find_rule(one.code).message(one).replace("\u00a0", " ")) for one in found]


def test_many_files_of_the_system_are_no_partner_s_answers() -> None:
    traces = [Received(f"2021/{n}/Thumbs.db", ignored=Ignored.HIDDEN) for n in range(MOST_BESIDE + 1)]
    assert set(said(*traces)) == {("FIC-020", "Fichier caché, ignoré.")}
    photos = [Received(f"2021/{n}.jpg", ignored=Ignored.NOT_A_WORKBOOK) for n in range(MOST_BESIDE + 1)]
    (told,) = [text for code, text in said(*traces, *photos) if code == "FIC-052"]
    assert told.startswith(f"{MOST_BESIDE + 1} fichiers qui ne sont pas des classeurs")
    assert "Par exemple : « 0.jpg », « 1.jpg », « 2.jpg »." in told
    assert {code for code, _ in said(*photos[:MOST_BESIDE])} == {"FIC-021"}  # twenty are told one by one


@pytest.mark.parametrize(("photos", "listed"), [(0, 2), (MOST_BESIDE, MOST_BESIDE + 2), (MOST_BESIDE + 1, 2)])
def test_a_report_lists_what_lies_beside_as_long_as_it_is_little(photos: int, listed: int) -> None:
    returns = [Received(f"{partner}.xlsx") for partner in "AB"]
    beside = [Received(f"{number}.jpg", ignored=Ignored.NOT_A_WORKBOOK) for number in range(photos)]
    nothing: Any = None  # no answer is looked at
    assert len(Assessment((*beside, *returns), (), nothing, ()).listed) == listed


@pytest.mark.parametrize(
    ("refusal", "blame"),
    [
        (UnreadableFile(Refusal.EMAIL, names=("a.xlsx",)), Blame.COORDINATION),
        (UnreadableFile(Refusal.EMAIL), Blame.COORDINATION),
        (UnreadableFile(Refusal.SHORTCUT), Blame.COORDINATION),
        (UnreadableFile(Refusal.MISSING), Blame.COORDINATION),
        (UnreadableFile(Refusal.PLAIN_ZIP, names=("a.xlsx",)), Blame.COORDINATION),  # nobody unpacked it
        (UnreadableFile(Refusal.PLAIN_ZIP), Blame.FILE),  # nothing is in it
        (UnreadableFile(Refusal.DAMAGED, names=("a.xlsx",)), Blame.FILE),
        (UnreadableFile(Refusal.DAMAGED), Blame.FILE),
        (None, Blame.FILE),  # reading it failed
    ],
)
def test_whoever_filed_an_envelope_unopened_is_to_open_it(refusal: UnreadableFile | None, blame: Blame) -> None:
    nothing: Any = None  # no answer is looked at
    received = Received("x", refusal=refusal, incident="" if refusal else "lecture impossible")
    (found,) = unusable_files(FRAMEWORK, Assessment((received,), (), nothing, ()))
    assert found.blame is blame


@pytest.mark.parametrize(
    ("reason", "names", "severity"),
    [
        (Refusal.EMAIL, ("a.xlsx",), Severity.ERROR),
        (Refusal.EMAIL, ("b.pdf", "a.ods"), Severity.ERROR),
        (Refusal.EMAIL, ("b.pdf",), Severity.WARNING),
        (Refusal.EMAIL, (), Severity.WARNING),
        (Refusal.PLAIN_ZIP, (), Severity.ERROR),
        (Refusal.PLAIN_ZIP, ("a.xlsx",), Severity.ERROR),
        (Refusal.DAMAGED, (), Severity.ERROR),
    ],
)
def test_a_message_is_grave_where_a_workbook_is_attached(
    reason: Refusal, names: tuple[str, ...], severity: Severity
) -> None:
    (ruling,) = unread_files([Received("x", refusal=UnreadableFile(reason, names=names))])
    assert ruling.finding.severity is severity


def test_a_message_without_a_workbook_is_asked_for_one() -> None:
    ((_, bare),) = said(Received("x.eml", refusal=UnreadableFile(Refusal.EMAIL, "a@a.example")))
    assert "Il n’a pas de pièce jointe reconnue." in bare
    assert "sinon, demandez-le à qui l’a envoyé" in bare
    assert "ses pièces jointes" not in bare
    ((_, full),) = said(Received("x.eml", refusal=UnreadableFile(Refusal.EMAIL, "a@a.example", ("a.xlsx",))))
    assert "« a.xlsx »" in full
    assert "S’il porte un classeur, enregistrez-le dans « retours/ »" in full
