"""What stands in each cell of *Bilan*: the formula, and the value that it yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cvsheet.books.kit.book import shorten
from cvsheet.books.kit.tables import FIRST_ROW, number_format
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.review import (
    REVIEW,
    REVIEW_SHEET,
    ReviewRow,
    comments_of,
    doubt_words,
    doubtful,
    review_rows,
)
from cvsheet.books.master.writing import formulas
from cvsheet.books.master.writing.pillar_cells import Written, campaign_before, variation_of
from cvsheet.figures.changes import Change, is_rate
from cvsheet.figures.overview import (
    TO_CONFIRM,
    move,
    move_formula,
    strength,
    strength_formula,
    told,
    told_formula,
    urgency,
    urgency_formula,
)
from cvsheet.figures.pilots import pilots_of
from cvsheet.files.addresses import cell_name, column_letters, parse_cell_name
from cvsheet.model.framework import Line
from cvsheet.model.records import Scalar
from cvsheet.model.submission import Quantity
from cvsheet.schema.tables import load_table

LONGEST_PILOT = 60  # characters of the names of who pilots: more would make rows tall for nothing


@dataclass(frozen=True)
class Review:
    """The rows of *Bilan* with what stands in each of their cells."""

    content: MasterContent

    @cached_property
    def rows(self) -> tuple[ReviewRow, ...]:
        return review_rows(self.content)

    @cached_property
    def indicators(self) -> tuple[tuple[ReviewRow, Line], ...]:
        return tuple((row, row.line) for row in self.rows if row.line is not None)

    @cached_property
    def comments(self) -> Mapping[DecisionKey, Scalar]:
        return comments_of(self.content)

    @cached_property
    def doubts(self) -> frozenset[tuple[str, str]]:
        return doubtful(self.content)

    @cached_property
    def formats(self) -> tuple[str, ...]:
        """The formats of numbers that occur, by which the first page knows how to show whichever row it names."""
        return tuple(dict.fromkeys(number_format(line.measure) for _, line in self.indicators))

    @cached_property
    def written(self) -> Mapping[int, Mapping[str, Written]]:
        """Row of an indicator -> what stands in its cells, by column."""
        return {row.row: self._cells(row, line) for row, line in self.indicators}

    def plain(self, row: ReviewRow) -> dict[str, object]:
        """The columns that are no formulas."""
        line = row.line
        return {
            "code": row.code,
            "intitule": row.title,
            "pilote": shorten(pilots_of(self.content.framework, line.measure), LONGEST_PILOT) if line else "",
            "format": self.formats.index(number_format(line.measure)) if line else None,
            "pilier": row.pillar.code,
            "nature": row.nature,
            "campagne": self.content.campaign.code,
        }

    def comment(self, row: ReviewRow) -> Written:
        """The comment of the row's own; of an indicator without one, that on its line in the pillar sheet."""
        own = self.comments.get(row.key(self.content.campaign.code))
        if own is not None or row.line is None:
            return "", own if isinstance(own, str | float | int | None) else str(own)
        cell = self._source(row.line.code, "note")
        said = self.content.arbitration(self.content.campaign.code, row.line.code).comment
        return f'=IF({cell}="","",{cell})', said

    def change(self, line: Line) -> Change | None:
        """How its value moved; None where there is no number to compare."""
        return variation_of(self.content, line) if not line.measure.is_text else None

    def values(self, name: str) -> list[float | str | None]:
        """The values of a column, indicator by indicator."""
        return [self.written[row.row][name][1] for row, _ in self.indicators]

    def area(self, name: str) -> str:
        """The absolute range of a column."""
        letters = column_letters(load_table(REVIEW).position(name) + 1)
        return f"{REVIEW_SHEET}!${letters}${FIRST_ROW + 1}:${letters}${FIRST_ROW + max(1, len(self.rows))}"

    @staticmethod
    def cell(row: int, name: str) -> str:
        return cell_name(row + 1, load_table(REVIEW).position(name) + 1)

    def _source(self, line: str, name: str, campaign: str = "") -> str:
        """A cell of the pillar sheet, fixed: the rows of *Bilan* may be sorted."""
        sheet, mark, cell = self.content.cell_of(line, name, campaign).rpartition("!")
        row, column = parse_cell_name(cell) if mark else (0, 0)
        return f"{sheet}!${column_letters(column)}${row}" if mark else '""'

    def _cells(self, row: ReviewRow, line: Line) -> dict[str, Written]:
        content, former = self.content, campaign_before(self.content)
        progress = content.judgements[line.code].progress if not line.measure.is_text else None
        now = content.retained(line.code) if not line.measure.is_text else None
        then = content.consolidation.retained(former, line.code) if former and not line.measure.is_text else None
        target = content.point(line.code, Quantity.TARGET).value
        change = self.change(line)
        situation = self._source(line.code, "situation")
        return {
            "situation": (f'=IF({situation}="","",{situation})', content.shown_situation(line)),
            "precedente": (formulas.same(self._source(line.code, "campagnes", former or "")), then),
            "valeur": (formulas.same(self._source(line.code, "retenu")), now),
            "cible": (formulas.same(self._source(line.code, "cible")), target),
            "ecart": self._gap(row, now, target),
            "variation": (formulas.same(self._source(line.code, "variation")), change.amount if change else None),
            "fiabilite": self._reliability(row, line, now),
            "progression": (formulas.same(self._source(line.code, "progression")), progress),
            **self._moves(row, line, now, then),
        }

    def _gap(self, row: ReviewRow, now: float | None, target: float | None) -> Written:
        value, aim = self.cell(row.row, "valeur"), self.cell(row.row, "cible")
        gap = None if now is None or target is None else now - target
        return f'=IF(AND(ISNUMBER({value}),ISNUMBER({aim})),{value}-{aim},"")', gap

    def _reliability(self, row: ReviewRow, line: Line, now: float | None) -> Written:
        undecided, decided = doubt_words(self.content, line, self.doubts)
        cell = self._source(line.code, "arbitre")
        word = f'IF(ISNUMBER({cell}),"{decided}","{undecided}")'  # a reason leaves no value to speak of
        said = decided if self.content.arbitration(self.content.campaign.code, line.code).decides else undecided
        return f'=IF(ISNUMBER({self.cell(row.row, "valeur")}),{word},"")', "" if now is None else said

    def _moves(self, row: ReviewRow, line: Line, now: float | None, then: float | None) -> dict[str, Written]:
        cells = {name: self.cell(row.row, name) for name in ("valeur", "precedente", "variation", "evolution")}
        before = (campaign_before(self.content), line.code) in self.doubts
        said = (self.content.campaign.code, line.code) in self.doubts
        doubt = "TRUE" if before else f'{self.cell(row.row, "fiabilite")}="{TO_CONFIRM}"'
        direction, points = line.measure.direction, is_rate(line.measure)
        moved = move(now, then, direction, doubt=before or said)
        change = self.change(line)
        situation, progress = self.cell(row.row, "situation"), self.cell(row.row, "progression")
        judged = self.content.judgements[line.code].progress if not line.measure.is_text else None
        rank = urgency(self.content.shown_situation(line), judged, row.row + 1)
        two = cells["valeur"], cells["precedente"]
        return {
            "evolution": (move_formula(*two, doubt, direction), moved),
            "force": (strength_formula(*two, cells["evolution"]), strength(now, then, moved)),
            "dite": (
                told_formula(cells["variation"], points=points),
                told(change.amount if change else None, points=points),
            ),
            "urgence": (urgency_formula(situation, progress), rank),
        }
