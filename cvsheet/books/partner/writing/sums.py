"""*Contrôle* across rows: a total and its categories, in the answers of one column of one sheet.

Rows are found by their code, so that sorting breaks nothing. The bounds of what rounding explains are those of the
rules COH-001 to COH-003, to the first decimal: a sheet cannot see how many decimals were typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cvsheet.books.partner.writing.checks import Check, Seen, Typed, Word, literal, text_literal
from cvsheet.books.partner.writing.layout import Area
from cvsheet.model.framework import Category, Framework, Line

_ANY_NUMBER = '">-1E+300"'  # as a criterion
ANY_TEXT = '"?*"'
_WHOLE_SLACK = 0.001  # whole numbers add up exactly
_ROUNDED, _DECIMAL = 0.5, 0.05  # half a unit of what a whole number, or one with decimals, was rounded to


@dataclass(frozen=True, slots=True)
class LineControl:
    """One line in its sheet row, with everything that is typed in the workbook so far."""

    framework: Framework
    area: Area
    row: int
    line: Line
    typed: Mapping[tuple[str, str], Typed]

    def seen(self, column: str) -> Seen:
        return Seen(self.area.cell(column, self.row), self.typed.get((self.line.code, column)))

    def total(self, column: str) -> Seen:
        """What the total of this line's measure holds; its cell is not known by name."""
        return Seen("", self.typed.get((self.line.measure.code, column)))

    def count_of_total(self, column: str, criterion: str) -> str:
        """1 where the cell of the total meets `criterion`, else 0."""
        where, cells = self.area.range("code"), self.area.range(column)
        return f"COUNTIFS({where},{text_literal(self.line.measure.code)},{cells},{criterion})"

    @property
    def before(self) -> tuple[str, ...]:
        """The lines of the categories that stand before this one in its breakdown."""
        category = self.line.category
        if category is None:
            return ()
        siblings = self.framework.breakdown[category.breakdown]
        return tuple(f"{self.line.measure.code}/{each.code}" for each in siblings[: siblings.index(category)])

    def seen_before(self, column: str) -> tuple[Seen, ...]:
        """What the lines of `before` hold; their cells are not known by name."""
        return tuple(Seen("", self.typed.get((code, column))) for code in self.before)

    def count_before(self, column: str, criterion: str) -> str:
        """How many cells of the lines of `before` meet `criterion`. There is at least one such line."""
        codes = ",".join(text_literal(code) for code in self.before)
        where, cells = self.area.range("code"), self.area.range(column)
        return f"SUMPRODUCT(COUNTIFS({where},{{{codes}}},{cells},{criterion}))"


def sum_checks(control: LineControl, column: str) -> Iterator[Check]:
    """On a total, each exclusive breakdown adds up to it; on a category of another breakdown, it is not above it."""
    line = control.line
    if not line.measure.adds_up:
        return
    if line.category is not None:
        if not line.category.exclusive and line.measure.never_negative:
            yield _above_total(control, column)
        return
    for name in line.measure.breakdowns:
        categories = control.framework.breakdown.get(name, ())
        if categories and all(category.exclusive for category in categories):
            yield _sum(control, column, categories)


def total_is_filled(control: LineControl, column: str) -> tuple[str, bool]:
    """Whether anything stands in the total's cell, as a formula and as it is now."""
    texts, numbers = control.count_of_total(column, ANY_TEXT), control.count_of_total(column, _ANY_NUMBER)
    return f"{texts}+{numbers}>0", control.total(column).value not in (None, "")


def total_is_number(control: LineControl, column: str) -> tuple[str, bool]:
    return f"{control.count_of_total(column, _ANY_NUMBER)}>0", control.total(column).number is not None


def _sum(control: LineControl, column: str, categories: tuple[Category, ...]) -> Check:
    """All categories are numbers and do not make the total, or some are and exceed it already: of what may be negative,
    the missing ones may make up for that."""
    area, total, size = control.area, control.seen(column), len(categories)
    suffixes = ",".join(text_literal(f"/{category.code}") for category in categories)
    matching = (
        f"{area.range('code')},{area.cell('code', control.row)}&{{{suffixes}}},{area.range(column)},{_ANY_NUMBER}"
    )
    added, counted = f"SUMPRODUCT(SUMIFS({area.range(column)},{matching}))", f"SUMPRODUCT(COUNTIFS({matching}))"
    gap = f"{added}-N({total.cell})"
    slack = literal(_WHOLE_SLACK)
    if not control.line.limits.whole:
        slack = f"{_half_unit(f'N({total.cell})')}+{size}*{_half_unit(added)}"
    partial = f"IF({counted}>0,{gap},0)" if control.line.measure.never_negative else "0"
    seen = (Seen("", control.typed.get((f"{control.line.code}/{each.code}", column))).number for each in categories)
    return Check(
        Word.SUM,
        f"AND(ISNUMBER({total.cell}),IF({counted}={size},ABS({gap}),{partial})>{slack})",
        _sum_differs(control.line, total.number, [number for number in seen if number is not None], size),
    )


def _sum_differs(line: Line, total: float | None, known: list[float], size: int) -> bool:
    if total is None or not known:
        return False
    gap = sum(known) - total
    slack = _WHOLE_SLACK if line.limits.whole else _half(total) + size * _half(sum(known))
    if len(known) == size:
        return abs(gap) > slack
    return line.measure.never_negative and gap > slack


def _above_total(control: LineControl, column: str) -> Check:
    value, total = control.seen(column), control.total(column).number
    where, cells = control.area.range("code"), control.area.range(column)
    code = text_literal(control.line.measure.code)
    of_total = f"SUMIFS({cells},{where},{code},{cells},{_ANY_NUMBER})"
    slack, excel = _WHOLE_SLACK, literal(_WHOLE_SLACK)
    if not control.line.limits.whole:
        slack = _half(total or 0) + _half(value.number or 0)
        excel = f"{_half_unit(of_total)}+{_half_unit(f'N({value.cell})')}"
    there, _ = total_is_number(control, column)
    return Check(
        Word.ABOVE,
        f"AND(ISNUMBER({value.cell}),{there},N({value.cell})-{of_total}>{excel})",
        value.number is not None and total is not None and value.number - total > slack,
    )


def _half_unit(number: str) -> str:
    return f"IF({number}=INT({number}),{_ROUNDED},{_DECIMAL})"


def _half(number: float) -> float:
    return _ROUNDED if number == int(number) else _DECIMAL
