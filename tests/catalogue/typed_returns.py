"""Returns made from typed answers without writing and reading a file: hundreds of campaigns in a minute.

`tests/catalogue/test_good_campaigns.py` checks on real files that the reader gives the very same answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cvsheet.books.partner.rows import PartnerRow, partner_sheets
from cvsheet.demo.fictitious import TypedCells, typed_answers
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.framework import CampaignType, Framework
from cvsheet.model.submission import (
    BLANK,
    ActionReport,
    Answer,
    AnswerKind,
    Entry,
    Identity,
    Observation,
    Quantity,
    Submission,
)
from cvsheet.schema.tables import load_table
from tests.beside import beside

YEARLY = ((Quantity.VALUE, "valeur", ""),)
BASELINE = ((Quantity.BASELINE, "reference", "annee_reference"), (Quantity.TARGET, "cible", "annee_cible"))


def good_campaign(framework: Framework, campaign: str, seed: int) -> tuple[Received, ...]:
    """What comes in when every partner answers without a fault."""
    received = []
    for partner in framework.partners_asked(campaign):
        typed = typed_answers(framework, campaign, partner.code, seed)
        submission = typed_return(framework, campaign, partner.code, typed)
        received.append(Received(submission.file, submission))
    return tuple(received)


def typed_return(framework: Framework, campaign: str, partner: str, typed: TypedCells) -> Submission:
    """The return in which `typed` stands, as the reader would give it."""
    file = f"{campaign}-{partner}.xlsx"
    observations: list[Observation] = []
    reports: list[ActionReport] = []
    for sheet in partner_sheets(framework, campaign, partner):
        own = (file, sheet.name)
        for place, row in enumerate((*sheet.indicators, *sheet.actions), start=5):
            if row.line is not None:
                observations += _observations(framework, campaign, partner, row, (*own, place), typed)
            elif row.action is not None:
                reports.append(_report(campaign, partner, row, (*own, place), typed))
    identity = Identity(framework.contract.code, campaign, partner, framework.version_for(campaign))
    return Submission(file, file, "xlsx", None, identity, tuple(observations), tuple(reports))


def _observations(
    framework: Framework, campaign: str, partner: str, row: PartnerRow, place: tuple[str, str, int], typed: TypedCells
) -> Iterator[Observation]:
    file, sheet, number = place
    yearly = framework.campaign[campaign].type is CampaignType.YEARLY
    for at, (quantity, column, year) in enumerate(YEARLY if yearly else BASELINE):
        yield Observation(
            campaign,
            partner,
            row.code,
            quantity,
            _entry(typed.get((row.code, column)), f"{'KM'[at]}{number}"),
            file,
            sheet,
            beside(
                quantity,
                str(typed.get((row.code, "commentaire")) or ""),
                _entry(typed.get((row.code, year)), f"{'LN'[at]}{number}") if year else None,
                str(typed.get((row.code, "source_reference")) or ""),
            ),
        )


def _report(
    campaign: str, partner: str, row: PartnerRow, place: tuple[str, str, int], typed: TypedCells
) -> ActionReport:
    file, sheet, number = place
    columns = [column.name for column in load_table("saisie_actions").columns if column.input]
    entries = {
        name: _entry(typed.get((row.code, name)), f"{chr(ord('F') + at)}{number}") for at, name in enumerate(columns)
    }
    title, objective = str(row.locked["action"] or ""), str(row.locked["objectif"] or "")
    return ActionReport(campaign, partner, row.code, title, objective, False, entries, file, sheet)


def _entry(value: str | float | date | None, cell: str) -> Entry:
    if value is None:
        return Entry(BLANK, cell=cell)
    if isinstance(value, date):
        return Entry(Answer(AnswerKind.TEXT, text=value.isoformat(), day=value), raw=str(value), cell=cell)
    if isinstance(value, str):
        return Entry(Answer(AnswerKind.TEXT, text=value), raw=value, cell=cell)
    return Entry(Answer(AnswerKind.NUMBER, float(value)), raw=str(value), cell=cell)
