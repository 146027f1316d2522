"""The formulas of the master that need its sheets: aggregation over *Données*, points, decisions. What is reckoned
with the cells of one line stands beside its Python in `cvsheet.figures` and `cvsheet.model.methods`.

Functions of Excel 2016 and LibreOffice 7 only, plain A1 references. A campaign, line and quantity are one key in
*Données*, so that sorting or filtering it changes nothing. As long as nobody sorts it, its rows are known by their
place, and no formula searches the whole sheet: what a spreadsheet takes grows with the number of answers, not faster.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from cvsheet.books.master.content import MasterContent
from cvsheet.figures.changes import EVOLUTION, SHARE
from cvsheet.figures.contributions import RETAINED
from cvsheet.figures.points import Point, moments, paired
from cvsheet.figures.progress import Settings
from cvsheet.model.data_rows import DataRows
from cvsheet.model.framework import Calculation, Campaign, Line
from cvsheet.model.submission import Quantity

JOURNAL = "Journal"
SETTINGS = Settings(*(f"{JOURNAL}!$B${row}" for row in range(5, 5 + len(fields(Settings)))))
"""The cells of *Journal* that hold the dates and thresholds, in the order in which they are written there."""


def key_of(code_cell: str, campaign: str, quantity: Quantity) -> str:
    """The key of a line, as an expression over the cell that holds its code."""
    return f'"{campaign}|"&{code_cell}&"|{quantity.value}"'


def aggregated(content: MasterContent, line: Line, code_cell: str, campaign: str, quantity: Quantity) -> str:
    """The consolidated value of a typed line; empty where nobody answered, no formula where answers yield none."""
    return line.measure.method.total(rows_of(content, line, code_cell, campaign, quantity))


def rows_of(content: MasterContent, line: Line, code_cell: str, campaign: str, quantity: Quantity) -> DataRows:
    """The answers to a line whose code stands in `code_cell`."""
    key = key_of(code_cell, campaign, quantity)
    return DataRows(key, content.data.column, content.data.placed(campaign, line.code, quantity))


def computed(content: MasterContent, line: Line, sheet: str, campaign: Campaign) -> str:
    """The formula of a computed line in the column of a yearly campaign."""
    numerator, denominator = terms(content, line)
    top, bottom = (
        content.cell_of(term, "campagnes", campaign.code, seen_from=sheet) for term in (numerator, denominator)
    )
    if line.measure.calculation is Calculation.SHARE:
        return SHARE.formula(top, bottom)
    base = _former(content, numerator, sheet, campaign)
    return EVOLUTION.formula(top, base) if base else ""


def terms(content: MasterContent, line: Line) -> tuple[str, str]:
    """The lines that a computed `line` divides; the second is empty of a yearly change."""
    measure = line.measure
    return paired(content.framework, measure.numerator, line), paired(content.framework, measure.denominator, line)


def _former(content: MasterContent, numerator: str, sheet: str, campaign: Campaign) -> str:
    """The cell of N-1, empty where there is none."""
    former = content.consolidation.former(numerator, campaign)
    if former is None:
        return ""
    if former.campaign is not None:
        return content.cell_of(numerator, "campagnes", former.campaign.code, seen_from=sheet)
    return point_at(content, numerator, Quantity.BASELINE, campaign.end, sheet)


def point_at(content: MasterContent, code: str, quantity: Quantity, at: date, sheet: str) -> str:
    """The baseline or target of `code` as it was known at `at`: the cell that shows it where it is the one of the
    judged campaign, else an expression over *Données*."""
    known = content.consolidation.point(code, quantity, at)
    if known.value is None:
        return '""'
    displayed = content.point(code, quantity)
    if (known.value, known.campaign) == (displayed.value, displayed.campaign):
        name = "reference" if quantity is Quantity.BASELINE else "cible"
        return content.cell_of(code, name, seen_from=sheet)
    return point_expression(content, content.framework.line[code], quantity, known, at, sheet).removeprefix("=")


def point_expression(content: MasterContent, line: Line, quantity: Quantity, known: Point, at: date, sheet: str) -> str:
    """The formula of a baseline or target that is not adopted, as `known` at `at`; arbitrated ones come first."""
    made = (
        _share_point(content, line, quantity, known, at, sheet)
        if line.measure.computed
        else aggregated(content, line, f'"{line.code}"', known.campaign, quantity)
    )
    decided = quantity is Quantity.BASELINE and known.campaign
    cell = content.arbitration_cell(known.campaign, line.code, seen_from=sheet) if decided else ""
    return RETAINED.formula(cell, made) if cell else made


def _share_point(content: MasterContent, line: Line, quantity: Quantity, known: Point, at: date, sheet: str) -> str:
    """The share of the two points at the time from which `known` is."""
    chosen = dict(moments(content.consolidation, at)).get(known.campaign) or at
    return SHARE.formula(*(point_at(content, term, quantity, chosen, sheet) for term in terms(content, line)))


def same(cell: str) -> str:
    """The number of another cell; empty where it holds none."""
    return f'=IF(ISNUMBER({cell}),{cell},"")'
