"""*Contrôle* across rows: a total and its categories, in the answers of one column of one sheet.

Rows are found by their code, so that sorting breaks nothing. A formula never names the categories one by one: they are
what begins with the measure's code or, of a measure with several breakdowns, the lists that stand side by side on the
hidden sheet, all reckoned with at once, a column each; so it is as short for 200 categories and many breakdowns as for
two. The bounds of what rounding explains are those of the rules COH-001 to COH-003, to the
first decimal: a sheet cannot see how many decimals were typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cvsheet.books.partner.writing.checks import ControlCheck, Seen, Word, literal, text_literal
from cvsheet.books.partner.writing.layout import Area, CodeList
from cvsheet.books.partner.writing.slots import seen_in, slot_of
from cvsheet.books.partner.writing.typed import AnswerRead, CellValue, answer_in
from cvsheet.files.addresses import column_letters, quoted
from cvsheet.model.framework import Campaign, Category, Framework, Line, Measure
from cvsheet.schema.roles import name_of
from cvsheet.schema.tables import Role

ANY_NUMBER = '">-1E+300"'  # as a criterion
ANY_TEXT = '"?*"'
_WHOLE_SLACK = 0.001  # whole numbers add up exactly
_ROUNDED, _DECIMAL = 0.5, 0.05  # half a unit of what a whole number, or one with decimals, was rounded to


@dataclass(frozen=True, slots=True)
class LineControl:
    """One line in its sheet row, with everything that is typed in the workbook so far. `lists` are the codes of the
    categories, by breakdown, of measures that have several."""

    framework: Framework
    area: Area
    row: int
    line: Line
    typed: Mapping[tuple[str, str], CellValue]
    lists: Mapping[str, CodeList]
    campaign: Campaign

    def seen(self, column: str) -> Seen:
        return seen_in(self.area, self.row, self.area.entry(self.row), column, self.typed)

    def answer_of(self, line: str, column: str) -> AnswerRead:
        """What another line of this measure says in `column`; its cell is not known by name."""
        slot = slot_of(self.area.entry(self.row), self.area.table.column(column))
        return answer_in(slot, self.typed.get((line, column)))

    def total(self, column: str) -> AnswerRead:
        """What the total of this line's measure says."""
        return self.answer_of(self.line.measure.code, column)

    def number_of_total(self, column: str) -> str:
        """The number that the total says in `column`, 0 where it says none."""
        cells, code = self.area.answers(column), text_literal(self.line.measure.code)
        return f"SUMIFS({cells},{self.area.codes},{code},{cells},{ANY_NUMBER})"

    def former(self, line: str) -> float | None:
        """The former value that is shown beside `line`, of this measure; None where there is none."""
        value = next((row.locked.get(name_of(Role.FORMER)) for row in self.area.rows if row.code == line), None)
        return float(value) if isinstance(value, int | float) else None

    def count_of_total(self, column: str, criterion: str) -> str:
        """1 where the cell of the total meets `criterion`, else 0."""
        area, code = self.area, text_literal(self.line.measure.code)
        if column in area.read_columns:
            return f"COUNTIFS({area.codes},{code},{area.answers(column)},{criterion})"
        return f"COUNTIFS({area.range('code')},{code},{area.range(column)},{criterion})"

    @property
    def before(self) -> tuple[str, ...]:
        """The lines of the categories that stand before this one in its breakdown."""
        category = self.line.category
        if category is None:
            return ()
        siblings = self.framework.breakdown[category.breakdown]
        return tuple(f"{self.line.measure.code}/{each.code}" for each in siblings[: siblings.index(category)])

    def count_before(self, column: str, criterion: str) -> str:
        """How many cells of the lines of `before` meet `criterion`: they stand above, beginning with the same code, or
        begin the list of their breakdown. There is at least one such line."""
        area, category, measure = self.area, self.line.category, self.line.measure
        if category is None or not has_lists(measure):
            where, cells = area.codes_above(self.row), area.answers_above(column, self.row)
            return f"COUNTIFS({where},{text_literal(measure.code + '/*')},{cells},{criterion})"
        codes = self.lists[category.breakdown].range(len(self.before))
        where = f"{area.codes},{text_literal(measure.code + '/')}&{codes}"
        return f"SUMPRODUCT(COUNTIFS({where},{area.answers(column)},{criterion}))"

    def over(self, column: str, function: str, cells: str = "") -> str:
        """`function` (SUMIFS over `cells`, or COUNTIFS) over the numbers that the categories hold in `column`, on the
        row of their total: of a measure with several breakdowns, a row of such figures, one for each list."""
        own, code = self.area.cell("code", self.row), self.area.codes
        if not has_lists(self.line.measure):
            return f'{function}({cells}{code},{own}&"/*",{self.area.answers(column)},{ANY_NUMBER})'
        each = f'{own}&"/"&{side_by_side(self.lists)}'
        return f"MMULT({ones(self.lists)},{function}({cells}{code},{each},{self.area.answers(column)},{ANY_NUMBER}))"

    def sizes(self, breakdowns: Collection[str]) -> str:
        """How many categories each of `breakdowns` has, in the shape of `over`; 0 at the lists of others."""
        size = {name: len(self.framework.breakdown[name]) for name in breakdowns}
        if not has_lists(self.line.measure):
            return str(next(iter(size.values())))
        return "{" + ",".join(str(size.get(name, 0)) for name in self.lists) + "}"


def side_by_side(lists: Mapping[str, CodeList]) -> str:
    """All `lists` as one range; what a shorter one leaves empty makes the code of no row."""
    first, *_, last = (*lists.values(), *lists.values())  # of one list both are it
    bottom = first.top + _longest(lists) - 1
    return f"{quoted(first.sheet)}!${first.letters}${first.top}:${last.letters}${bottom}"


def ones(lists: Mapping[str, CodeList]) -> str:
    """A row of as many ones as the longest of `lists` has cells: its product with a range adds up each column."""
    first = next(iter(lists.values()))
    return f"COLUMN({quoted(first.sheet)}!$A$1:${column_letters(_longest(lists))}$1)^0"


def _longest(lists: Mapping[str, CodeList]) -> int:
    return max(each.size for each in lists.values())


def has_lists(measure: Measure) -> bool:
    """Whether the hidden sheet lists the categories of `measure`: the beginning of a code does not tell breakdowns
    apart."""
    return len(measure.breakdowns) > 1


def sum_checks(control: LineControl, column: str) -> Iterator[ControlCheck]:
    """On a total, each exclusive breakdown adds up to it; on a category of another breakdown, it is not above it."""
    line = control.line
    if not line.measure.adds_up:
        return
    if line.category is not None:
        if not line.category.exclusive and line.measure.never_negative:
            yield _above_total(control, column)
        return
    known = {name: control.framework.breakdown.get(name, ()) for name in line.measure.breakdowns}
    adding_up = {name: each for name, each in known.items() if each and all(one.exclusive for one in each)}
    if adding_up:
        yield _sum(control, column, adding_up)


def total_is_filled(control: LineControl, column: str) -> tuple[str, bool]:
    """Whether anything stands in the total's cell, as a formula and as it is now."""
    texts, numbers = control.count_of_total(column, ANY_TEXT), control.count_of_total(column, ANY_NUMBER)
    return f"{texts}+{numbers}>0", control.total(column) != ""


def total_is_number(control: LineControl, column: str) -> tuple[str, bool]:
    return f"{control.count_of_total(column, ANY_NUMBER)}>0", isinstance(control.total(column), float)


def _sum(control: LineControl, column: str, breakdowns: Mapping[str, Sequence[Category]]) -> ControlCheck:
    """Of one of `breakdowns`, all categories are numbers and do not make the total, or some are and exceed it already:
    of what may be negative, the missing ones may make up for that. Conditions are factors, so that they hold for one
    figure and for a row of them."""
    line, total = control.line, control.seen(column)
    whole, sizes = f"N({total.read})", control.sizes(breakdowns)
    added = control.over(column, "SUMIFS", f"{control.area.answers(column)},")
    wrong = f"({control.over(column, 'COUNTIFS')}={sizes})"
    slack = literal(_WHOLE_SLACK)
    if not line.limits.whole:
        slack = f"{_half_unit(whole)}+{sizes}*{_half_unit(added)}"
    if line.measure.never_negative:
        wrong = f"({wrong}+({added}>{whole})>0)"
    found = f"(ABS({added}-{whole})>{slack})*{wrong}"
    if has_lists(line.measure):
        found = f"SUMPRODUCT({found}*({sizes}>0))"
    return ControlCheck(
        Word.SUM,
        f"AND(ISNUMBER({total.read}),{found}>0)",
        any(_sum_differs(line, total.number, _known(control, column, each), len(each)) for each in breakdowns.values()),
    )


def _known(control: LineControl, column: str, categories: Sequence[Category]) -> list[float]:
    """The numbers that the categories of this total hold."""
    answers = (control.answer_of(f"{control.line.code}/{each.code}", column) for each in categories)
    return [answer for answer in answers if isinstance(answer, float)]


def _sum_differs(line: Line, total: float | None, known: list[float], size: int) -> bool:
    if total is None:
        return False
    gap = sum(known) - total
    slack = _WHOLE_SLACK if line.limits.whole else _half(total) + size * _half(sum(known))
    return abs(gap) > slack and (len(known) == size or (line.measure.never_negative and gap > 0))


def _above_total(control: LineControl, column: str) -> ControlCheck:
    value, total = control.seen(column), control.total(column)
    of_total = control.number_of_total(column)
    slack, excel = _WHOLE_SLACK, literal(_WHOLE_SLACK)
    if not control.line.limits.whole:
        slack = _half(total if isinstance(total, float) else 0) + _half(value.number or 0)
        excel = f"{_half_unit(of_total)}+{_half_unit(f'N({value.read})')}"
    there, _ = total_is_number(control, column)
    return ControlCheck(
        Word.ABOVE,
        f"AND(ISNUMBER({value.read}),{there},N({value.read})-{of_total}>{excel})",
        value.number is not None and isinstance(total, float) and value.number - total > slack,
    )


def _half_unit(number: str) -> str:
    return f"({_DECIMAL}+{_ROUNDED - _DECIMAL}*({number}=INT({number})))"


def _half(number: float) -> float:
    return _ROUNDED if number == int(number) else _DECIMAL
