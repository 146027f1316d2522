"""*Contrôle* of indicator lines, in yearly campaigns and in those that collect baselines and targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cvsheet.framework import Category, Direction, Framework, Line
from cvsheet.partner_rows import target_expected
from cvsheet.tables import Column
from cvsheet.writing.partner.checks import (
    Check,
    Seen,
    Typed,
    Word,
    blank,
    is_error,
    is_outside,
    literal,
    not_an_answer,
    not_whole,
    outside,
    reason,
    text_literal,
)
from cvsheet.writing.partner.layout import Area

ANSWER_COLUMNS = ("valeur", "reference", "cible")  # hold an answer where they are input columns
_NOT_AVAILABLE = ";nd;"
_WHOLE_SLACK = 0.001  # whole numbers add up exactly
_LOWEST = "-1E+300"


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


def line_checks(control: LineControl) -> tuple[Check, ...]:
    """The checks of one line, in the order in which they speak."""
    yearly = any(column.name == "valeur" for column in control.area.table.columns)
    return tuple(_yearly(control) if yearly else _baseline(control))


def _yearly(control: LineControl) -> Iterator[Check]:
    value, line = control.seen("valeur"), control.line
    yield is_error((value,))
    yield Check(Word.TO_FILL if line.required else Word.OPTIONAL, blank((value,)), value.blank)
    if not line.measure.is_text:
        yield not_an_answer(value)
        yield from _bounds(control, value)
        yield from _sums(control, "valeur")
    yield from _comments(control, value)


def _baseline(control: LineControl) -> Iterator[Check]:
    value, target, line = control.seen("reference"), control.seen("cible"), control.line
    years = (control.seen("annee_reference"), control.seen("annee_cible"))
    yield is_error((value, years[0], target, years[1]))
    if not line.measure.is_text:
        yield from (not_an_answer(seen) for seen in (value, target, *years))
        yield from (check for seen in (value, target) for check in _bounds(control, seen))
        yield from (check for seen, name in zip(years, _YEARS, strict=True) for check in _year(control, seen, name))
    yield from _missing(line, value, target)
    if not line.measure.is_text:
        yield from (check for column in ("reference", "cible") for check in _sums(control, column))
        yield from (_year_missing(seen, year) for seen, year in zip((value, target), years, strict=True))
        yield from _against_direction(line, value, target)
    yield from _comments(control, value)


_YEARS = ("annee_reference", "annee_cible")


def _bounds(control: LineControl, value: Seen) -> Iterator[Check]:
    measure = control.line.measure
    yield from outside(value, measure.minimum, measure.maximum)
    if measure.type == "nombre":
        yield not_whole(value)


def _year(control: LineControl, seen: Seen, name: str) -> Iterator[Check]:
    column: Column = control.area.table.column(name)
    yield from outside(seen, column.minimum, column.maximum)
    yield not_whole(seen)


def _missing(line: Line, value: Seen, target: Seen) -> Iterator[Check]:
    """A required line wants its baseline, and a target unless it is only followed; the others want nothing."""
    if not line.required:
        yield Check(Word.OPTIONAL, blank((value, target)), value.blank and target.blank)
    elif target_expected(line):
        yield Check(Word.TO_FILL, f"OR({blank((value,))},{blank((target,))})", value.blank or target.blank)
    else:
        yield Check(Word.TO_FILL, blank((value,)), value.blank)


def _year_missing(value: Seen, year: Seen) -> Check:
    return Check(Word.YEAR, f"AND(ISNUMBER({value.cell}),{blank((year,))})", value.number is not None and year.blank)


def _against_direction(line: Line, value: Seen, target: Seen) -> Iterator[Check]:
    """A target on the wrong side of the baseline (the design, section 6: Cible incohérente)."""
    if line.measure.direction is Direction.WATCH:
        return
    rise = line.measure.direction is Direction.RISE
    numbers = value.number is not None and target.number is not None
    difference = (target.number or 0) - (value.number or 0)
    yield Check(
        Word.TARGET,
        f"AND(ISNUMBER({value.cell}),ISNUMBER({target.cell}),{target.cell}{'<' if rise else '>'}{value.cell})",
        numbers and (difference < 0 if rise else difference > 0),
    )


def _comments(control: LineControl, value: Seen) -> Iterator[Check]:
    """`nd`, or a number outside the plausible range, wants a word of explanation."""
    measure, comment = control.line.measure, control.seen("commentaire")
    asked, holds = [reason(value, _NOT_AVAILABLE)], value.reason == "nd"
    if not measure.is_text:
        low, high = measure.plausible_minimum, measure.plausible_maximum
        asked += [check.excel for check in outside(value, low, high)]
        holds = holds or is_outside(value, low, high)
    excel = f"OR({','.join(asked)})" if len(asked) > 1 else asked[0]
    yield Check(Word.COMMENT, f"AND({blank((comment,))},{excel})", comment.blank and holds)


def _sums(control: LineControl, column: str) -> Iterator[Check]:
    """On a total: each exclusive breakdown whose categories are all numbers adds up to it."""
    line = control.line
    if line.category is not None or not line.measure.adds_up:
        return
    for name in line.measure.breakdowns:
        categories = control.framework.breakdown.get(name, ())
        if categories and all(category.exclusive for category in categories):
            yield _sum(control, column, categories)


def _sum(control: LineControl, column: str, categories: tuple[Category, ...]) -> Check:
    area, total = control.area, control.seen(column)
    suffixes = ",".join(text_literal(f"/{category.code}") for category in categories)
    codes = f"{area.cell('code', control.row)}&{{{suffixes}}}"
    where, cells = area.range("code"), area.range(column)
    slack = sum_slack(control.line, len(categories))
    numbers = [Seen("", control.typed.get((f"{control.line.code}/{c.code}", column))).number for c in categories]
    known = [number for number in numbers if number is not None]
    return Check(
        Word.SUM,
        f"AND(ISNUMBER({total.cell}),"
        f'SUMPRODUCT(COUNTIFS({where},{codes},{cells},">{_LOWEST}"))={len(categories)},'
        f"ABS(SUMPRODUCT(SUMIFS({cells},{where},{codes}))-N({total.cell}))>{literal(slack)})",
        total.number is not None and len(known) == len(categories) and abs(sum(known) - total.number) > slack,
    )


def sum_slack(line: Line, parts: int) -> float:
    """The difference that rounding explains: half a unit for the total and for each of its `parts`."""
    return _WHOLE_SLACK if line.measure.type == "nombre" else 0.5 * (parts + 1)
