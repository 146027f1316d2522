"""A row of a pillar sheet, and the cells that its formulas look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.writing.formulas import SETTINGS
from cvsheet.figures.consolidation import Consolidated
from cvsheet.figures.progress import Cells
from cvsheet.model.framework import Line

SPREADSHEET_START = date(1899, 12, 30)  # day 0 of dates as numbers


@dataclass(frozen=True, slots=True)
class PillarRow:
    """One line in its sheet, with the A1 names that its formulas need."""

    content: MasterContent
    line: Line
    sheet: str
    row: int

    def cell(self, name: str, campaign: str = "") -> str:
        return self.content.cell(self.row, name, campaign)

    @property
    def value_cell(self) -> str:
        """The value judged."""
        return self.cell("retenu")

    @property
    def judged_by(self) -> Cells:
        """The cells that progress and situation are worked out from."""
        return Cells(
            value=self.value_cell,
            baseline=self.cell("reference"),
            target=self.cell("cible"),
            direction=self.cell("sens"),
            start=self.cell("date_reference"),
            elapsed=self.cell("part_ecoulee"),
            progress=self.cell("progression"),
            settings=SETTINGS,
        )

    @property
    def result(self) -> Consolidated:
        return self.content.result(self.line.code)

    @property
    def opens_indicator(self) -> bool:
        """Whether it is the first line of its indicator, where the indicator's text stands in full."""
        return self.content.opens_indicator(self.line)
