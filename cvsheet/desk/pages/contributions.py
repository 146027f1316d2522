"""*Contributions*: what a figure is made of, answer by answer, down to the cell of the received file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.writing.contributions_sheet import NOT_ANSWERED, NOT_RECEIVED
from cvsheet.desk.follower import FolderView
from cvsheet.desk.office import Office
from cvsheet.desk.pages import render, seen_in
from cvsheet.desk.pages.figures import value_text
from cvsheet.desk.pages.follow_up import OpenedFigure, address_of
from cvsheet.errors import UsageError
from cvsheet.figures.consolidation import fate
from cvsheet.figures.contributions import COVERAGE, READING, Contribution
from cvsheet.figures.points import paired
from cvsheet.model.framework import Line
from cvsheet.model.submission import Quantity, judged_quantity
from cvsheet.text.french import french_number


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One partner's part in a figure: what was typed, what became of it, where it stands. `path` is the received file,
    None where nothing came."""

    partner: str
    code: str
    reading: str
    typed: str
    comment: str
    fate: str
    path: Path | None = None
    sheet: str = ""
    cell: str = ""


def contributions_page(office: Office, request: Request) -> str:
    """What the figure asked for is made of; UsageError where there is no such line, campaign or quantity."""
    seen, query = seen_in(office), request.query_params
    line = seen.framework.line.get(query.get("ligne", ""))
    quantity = next((one for one in Quantity if one.value == query.get("grandeur", "")), None)
    if line is None or quantity is None:
        raise UsageError("Cette ligne n’est pas, ou plus, dans le contrat.")
    campaign = seen.contract.campaign(query.get("campagne"), seen.assessment)
    content = seen.content(seen.campaign().code)
    result = content.consolidation.result(campaign.code, line.code, quantity)
    arbitration = content.arbitration(campaign.code, line.code)
    decided = arbitration.decides and quantity is judged_quantity(campaign)
    return render(
        office,
        "contributions.html",
        page="suivi",
        line=line,
        pillar=seen.framework.pillar[line.measure.pillar],
        campaign=campaign,
        quantity=quantity.value,
        value=value_text(content, campaign.code, line, quantity),
        coverage=COVERAGE.value(result.contributions, line.measure) if line.measure.producers else "",
        answers=[*_answers(seen, content, campaign.code, line, quantity)],
        terms=[*_terms(content, campaign.code, line, quantity)],
        arbitration=arbitration if decided else None,
        computed="" if result.value is None else french_number(result.value),
    )


def _answers(
    seen: FolderView, content: MasterContent, campaign: str, line: Line, quantity: Quantity
) -> Iterator[AnswerView]:
    """The answers, then the producers that gave none."""
    result = content.consolidation.result(campaign, line.code, quantity)
    rows = seen.assessment.answers.records(one.row for one in result.contributions)
    for one, row in zip(result.contributions, rows, strict=True):
        yield AnswerView(
            seen.framework.partner_name(one.partner),
            one.partner,
            _reading(one),
            str(row["saisie"]),
            str(row["commentaire"]),
            fate(seen.framework, line.code, result, one),
            seen.contract.folder.root / row["fichier"],
            str(row["feuille"]),
            str(row["cellule"]),
        )
    answered = {one.partner for one in result.contributions}
    came = {
        one.identity.partner for one in seen.assessment.current if one.identity and one.identity.campaign == campaign
    }
    for partner in dict.fromkeys(line.measure.producers):
        if partner not in answered:
            word = NOT_ANSWERED if partner in came else NOT_RECEIVED
            yield AnswerView(seen.framework.partner_name(partner), partner, word, "", "", "")


def _reading(one: Contribution) -> str:
    told = READING.value(one)
    return told if isinstance(told, str) else french_number(told)


def _terms(content: MasterContent, campaign: str, line: Line, quantity: Quantity) -> Iterator[tuple[str, OpenedFigure]]:
    """What a computed figure is worked out from."""
    measure, framework = line.measure, content.framework
    if not measure.computed:
        return
    for name, code in (("Numérateur", measure.numerator), ("Dénominateur", measure.denominator)):
        term = framework.line.get(paired(framework, code, line)) if code else None
        if term is not None:
            text = value_text(content, campaign, term, quantity)
            yield f"{name} : {term.full_title}", OpenedFigure(text, address_of(campaign, term, quantity))
