"""What was typed in a generated workbook is what is read, for every line, action and partner of the framework."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.rows import partner_sheets
from cvsheet.model.framework import CampaignType, Line
from cvsheet.model.submission import Answer, AnswerKind, Entry, Quantity, Submission
from tests.conftest import Convert
from tests.examples import examples

from .conftest import Typed, amboise, answers, workbook

REASONS = {"nd": AnswerKind.NOT_AVAILABLE, "N.S.": AnswerKind.SECRET, "s.o.": AnswerKind.NOT_APPLICABLE}
TEXTS = ("Oui, en partie", "Élargi à l’école\nen juin", "=1+1", "« à suivre » œuvre 🙂", "12 ateliers")
YEARLY, BASELINE = "2021", "2019-REF"


def random_number(chance: random.Random, line: Line) -> float:
    low, high = line.measure.minimum, line.measure.maximum
    value = chance.uniform(low if low is not None else -1e6, high if high is not None else 1e6)
    return float(round(value)) if line.measure.type == "nombre" else float(f"{value:.15g}")


def random_answer(chance: random.Random, line: Line) -> tuple[str | float | None, Answer]:
    """Something to type for `line`, one of the five kinds of answer, and what it must be read as."""
    kind = chance.choice(("value", "value", "zero", "reason", "blank"))
    if kind == "blank":
        return None, Answer(AnswerKind.BLANK)
    if kind == "reason":
        typed = chance.choice(list(REASONS))
        return typed, Answer(REASONS[typed])
    if line.measure.is_text:
        text = chance.choice(TEXTS)
        return text, Answer(AnswerKind.TEXT, text=text)
    value = 0.0 if kind == "zero" else random_number(chance, line)
    return value, Answer(AnswerKind.NUMBER, value)


def fill_lines(chance: random.Random, partner: str, campaign: str) -> tuple[Typed, dict[tuple[str, Quantity], Answer]]:
    """Answers to every line of `partner`, and what must be read, by line and quantity."""
    typed: dict[tuple[str, str], str | float | date | None] = {}
    wanted = {}
    yearly = amboise().campaign[campaign].type is CampaignType.YEARLY
    columns = {"valeur": Quantity.VALUE} if yearly else {"reference": Quantity.BASELINE, "cible": Quantity.TARGET}
    for line in amboise().lines_for(partner):
        for column, quantity in columns.items():
            typed[line.code, column], wanted[line.code, quantity] = random_answer(chance, line)
        typed[line.code, "commentaire"] = f"{chance.choice(TEXTS)} {line.code}"
        if not yearly:
            typed[line.code, "annee_reference"] = 2015 + chance.randrange(5)
            typed[line.code, "source_reference"] = f"Source {line.code}"
    return typed, wanted


def check_lines(submission: Submission, typed: Typed, wanted: dict[tuple[str, Quantity], Answer]) -> None:
    assert {(seen.line, seen.quantity): seen.entry.answer for seen in submission.observations} == wanted
    assert len(submission.observations) == len(wanted)
    for seen in submission.observations:
        assert seen.comment == typed[seen.line, "commentaire"]
        assert seen.source == typed.get((seen.line, "source_reference"), "")
        year = seen.year.answer.number if seen.year and seen.quantity is Quantity.BASELINE else None
        assert year == typed.get((seen.line, "annee_reference")) or seen.quantity is not Quantity.BASELINE
    assert submission.structure == submission.leftovers == ()


@pytest.mark.parametrize("campaign", [YEARLY, BASELINE])
@examples(2)
@given(seed=st.integers(0, 2**32))
@pytest.mark.long
def test_every_line_of_every_partner_is_read_as_it_was_typed(tmp_path: Path, campaign: str, seed: int) -> None:
    chance, lines = random.Random(seed), set()
    for partner in amboise().reporting_partners:
        typed, wanted = fill_lines(chance, partner, campaign)
        path = tmp_path / "retour.xlsx"
        path.write_bytes(workbook(partner, campaign, typed))
        submission = read_returned(path, amboise(), "retour.xlsx")
        check_lines(submission, typed, wanted)
        assert submission.identity is not None
        assert (submission.identity.partner, submission.identity.campaign) == (partner, campaign)
        lines |= {seen.line for seen in submission.observations}
    assert lines == {line.code for line in amboise().input_lines}


def fill_actions(partner: str) -> dict[tuple[str, str], str | float | date | None]:
    """A report on every action of `partner`, and one complementary action per sheet."""
    typed: dict[tuple[str, str], str | float | date | None] = {}
    for sheet in partner_sheets(amboise(), YEARLY, partner):
        for rank, row in enumerate(sheet.actions):
            if row.complementary and not row.code.endswith("-1"):
                continue
            if row.complementary:
                typed |= {(row.code, "action"): "Café des parents", (row.code, "objectif"): "1-1 Agir"}
            typed |= {
                (row.code, "statut"): "En cours",
                (row.code, "avancement"): 10.0 + rank,
                (row.code, "debut"): date(2021, 3, 1),
                (row.code, "fin"): date(2021, 12, 31),
                (row.code, "budget_prevu"): 12000.5,
                (row.code, "beneficiaires"): 35.0,
                (row.code, "femmes"): 0.0,
                (row.code, "commentaire"): f"Vu {row.code}",
            }
    return typed


def value_of(entry: Entry) -> object:
    return entry.answer.day or (entry.answer.number if entry.answer.number is not None else entry.answer.text)


def check_actions(submission: Submission, typed: Typed) -> None:
    """Every expected action has a report, and every filled free row; all entries as typed."""
    reports = {report.action: report for report in submission.actions}
    assert {code for code, _ in typed} <= set(reports)
    assert all((code in {c for c, _ in typed}) or not reports[code].complementary for code in reports)
    for code, report in reports.items():
        for column, entry in report.entries.items():
            assert value_of(entry) == (typed.get((code, column)) if typed.get((code, column)) is not None else "")
        if report.complementary:
            assert (report.title, report.objective) == ("Café des parents", "1-1 Agir")
        else:
            assert report.title == amboise().action[code].title


@pytest.mark.long
def test_every_action_of_every_partner_is_read_as_it_was_typed(tmp_path: Path) -> None:
    actions = set()
    for partner in amboise().reporting_partners:
        typed = fill_actions(partner)
        path = tmp_path / "retour.xlsx"
        path.write_bytes(workbook(partner, YEARLY, typed))
        submission = read_returned(path, amboise(), "retour.xlsx")
        check_actions(submission, typed)
        actions |= {report.action for report in submission.actions if not report.complementary}
        assert submission.structure == submission.leftovers == ()
    piloted = {action.code for action in amboise().actions if action.pilot in amboise().reporting_partners}
    assert piloted <= actions


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
@pytest.mark.parametrize(("partner", "campaign"), [("VILLE", YEARLY), ("CS", BASELINE)])
def test_a_round_trip_through_libreoffice_changes_nothing(
    tmp_path: Path, libreoffice: Convert, partner: str, campaign: str, extension: str
) -> None:
    typed, wanted = fill_lines(random.Random(7), partner, campaign)
    reports = fill_actions(partner) if campaign == YEARLY else {}
    path = tmp_path / "retour.xlsx"
    path.write_bytes(workbook(partner, campaign, {**typed, **reports}))
    before = read_returned(path, amboise(), "retour")
    after = read_returned(libreoffice(path, extension), amboise(), "retour")
    assert after.format == extension
    check_lines(after, typed, wanted)
    check_actions(after, reports)
    assert answers(after) == answers(before)
    assert after.identity == before.identity
    assert [seen.entry.cell for seen in after.observations] == [seen.entry.cell for seen in before.observations]
