"""One indicator of the published page: its key figures, its chart, its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from cvsheet.books.kit.charts import PUBLIC_GROUPS, SituationGroup
from cvsheet.figures.progress import TINY, Situation
from cvsheet.reports.charts import DatedFigure, IndicatorChart, chart_svg
from cvsheet.reports.site_rows import NO_FIGURE, PublishedContract, PublishedFigure, PublishedLine
from cvsheet.text.amounts import amount_decimals
from cvsheet.text.french import french_date, french_number, french_part, typeset

USUAL_DECIMALS, OF_PERCENT, MOST_DECIMALS = 2, 1, 6
PERCENT = "%"
SETTLED = ("validée", "calculée")  # by the contract, from other figures
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class SiteCell:
    """A figure as text; `note` says what is not settled of it, `known` that it is a number."""

    text: str
    known: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A line of the contract in a table; `unit` is empty for a category."""

    label: str
    unit: str
    is_total: bool
    cells: tuple[SiteCell, ...]
    situation: str


@dataclass(frozen=True, slots=True)
class SiteIndicator:
    """One indicator: `facts` are its key figures, `drawn` what its chart shows, `rows` its measures with their
    categories."""

    code: str
    title: str
    situation: str
    sign: str
    kind: str
    facts: tuple[tuple[str, str, str], ...]
    progress: str
    definitions: tuple[tuple[str, str], ...]
    drawn: str
    chart: Markup
    rows: tuple[SiteRow, ...]


def indicator_of(published: PublishedContract, line: PublishedLine) -> SiteIndicator:
    """What is shown of the indicator that `line` stands for."""
    own = [one for one in published.lines if one.text("indicateur") == line.text("indicateur")]
    totals = [one for one in own if one.is_total]
    group = PUBLIC_GROUPS[slot_of(line.situation)]
    return SiteIndicator(
        code=line.text("indicateur"),
        title=line.text("indicateur_intitule"),
        situation=line.situation,
        sign=group.sign,
        kind=group.kind,
        facts=tuple(_facts(published, line)),
        progress=_progress(line),
        definitions=tuple(
            (one.text("mesure_intitule"), one.text("definition")) for one in totals if one.row["definition"]
        ),
        drawn=f"{line.text('mesure_intitule')} ({line.text('unite')})",
        chart=chart_svg(_chart(published, line, group)),
        rows=tuple(_row(published, one) for one in own),
    )


def _facts(published: PublishedContract, line: PublishedLine) -> Iterator[tuple[str, str, str]]:
    """Name with its day, figure with its unit, and what is not settled, of the value, the baseline and the target; what
    is unknown is left out."""
    at, end = published.campaign.end, published.when.end
    value = line.values.get(published.shown, NO_FIGURE)
    for name, figure, status, day in (
        ("Valeur", value, "", at),
        ("Référence", line.baseline, line.baseline_status, line.baseline_day),
        ("Cible", line.target, line.target_status, end),
    ):
        cell = _cell(line, figure, status)
        if cell.text != NOTHING:
            dated = f"{name} au {french_date(day)}" if day and cell.known else name
            yield dated, with_unit(line, cell), cell.note


def with_unit(line: PublishedLine, cell: SiteCell) -> str:
    """The figure of `cell` with what it counts; a percentage has its sign already."""
    unit = line.text("unite").removeprefix(PERCENT).strip() if cell.text.endswith(PERCENT) else line.text("unite")
    return f"{cell.text} {unit}".strip() if cell.known else cell.text


def _progress(line: PublishedLine) -> str:
    """How much of the way to the target is gone; nothing where that is not told or would say nothing."""
    done = line.progress.value
    if done is None or not 0 <= done < 1 - TINY or line.situation == Situation.NOT_HELD:
        return ""
    return typeset(f"{french_part(done)} du chemin vers la cible")


def _chart(published: PublishedContract, line: PublishedLine, group: SituationGroup) -> IndicatorChart:
    ends = {one.code: one.end for one in published.columns}
    values = tuple(DatedFigure(ends[code], one.value, one.word) for code, one in line.values.items())
    start, value = line.baseline_day, line.values.get(published.shown, NO_FIGURE).value
    return IndicatorChart(
        label="Graphique",
        values=values,
        baseline=None if start is None else DatedFigure(start, line.baseline.value),
        target=DatedFigure(published.when.end, line.target.value),
        sign="" if value is None else group.sign,
        kind=group.kind,
        shown=lambda number: shown_number(line, number),
    )


def _row(published: PublishedContract, line: PublishedLine) -> SiteRow:
    figures = (
        _cell(line, line.baseline, line.baseline_status),
        *(_cell(line, line.values[one.code]) for one in published.columns),
        _cell(line, line.target, line.target_status),
    )
    label = line.text("mesure_intitule" if line.is_total else "modalite_intitule")
    unit = line.text("unite") if line.is_total and line.text("unite") != PERCENT else ""
    return SiteRow(label, unit, line.is_total, figures, line.situation)


def _cell(line: PublishedLine, figure: PublishedFigure, status: str = "") -> SiteCell:
    if figure.value is None:
        return SiteCell(figure.word or NOTHING, known=False)
    return SiteCell(shown_number(line, figure.value), note="" if status in SETTLED else status)


def shown_number(line: PublishedLine, number: float) -> str:
    """A figure of `line` as people read it: what is not 0 is not shown as 0."""
    decimals = _decimals(line.text("type"), line.text("unite"))
    while number and not round(number, decimals) and decimals < MOST_DECIMALS:
        decimals += 1
    text = french_number(number, decimals)
    return typeset(f"{text} %") if line.text("unite").startswith(PERCENT) else text


def _decimals(kind: str, unit: str) -> int:
    return OF_PERCENT if kind == "pourcentage" else amount_decimals(unit) if kind == "montant" else USUAL_DECIMALS


def slot_of(situation: str) -> int:
    """The group that a situation is counted in; what has no situation cannot be measured."""
    known = situation or Situation.NOT_FILLED.value
    return next(slot for slot, group in enumerate(PUBLIC_GROUPS) if known in group.situations)
