"""*Contrôle* of indicator lines, in yearly campaigns and in those that collect baselines and targets.

The words anticipate what `cvsheet validate` will say (rules VAL-001 to 025, COH-001 to 003, 020 to 023,
HIS-001).
"""

from __future__ import annotations

from collections.abc import Iterator

from cvsheet.books.partner.writing.checks import (
    ControlCheck,
    Seen,
    Word,
    any_of,
    blank,
    is_error,
    is_outside,
    literal,
    not_an_answer,
    not_whole,
    outside,
    unlikely,
)
from cvsheet.books.partner.writing.sums import (
    ANY_NUMBER,
    ANY_TEXT,
    LineControl,
    sum_checks,
    total_is_filled,
    total_is_number,
)
from cvsheet.figures.changes import strong_change
from cvsheet.figures.likely_days import likely_days
from cvsheet.model.framework import Direction
from cvsheet.schema.roles import name_of
from cvsheet.schema.tables import Column, Role

_YEARS = ("annee_reference", "annee_cible")
_NOT_AVAILABLE = "nd"


def line_checks(control: LineControl) -> tuple[ControlCheck, ...]:
    """The checks of one line, in the order in which they speak."""
    yearly = any(column.name == "valeur" for column in control.area.table.columns)
    return tuple(_yearly(control) if yearly else _baseline(control))


def _yearly(control: LineControl) -> Iterator[ControlCheck]:
    value = control.seen("valeur")
    yield _is_error(control)
    yield _unanswered(control, (value,))
    yield not_an_answer(value)
    if not control.line.measure.is_text:
        yield from _bounds(control, value)
        yield from sum_checks(control, "valeur")
        yield from _implausible(control, (value,))
        yield from _changed(control, value)
    yield from _beside(control)
    yield _unexplained(control, "valeur", ("commentaire",))


def _baseline(control: LineControl) -> Iterator[ControlCheck]:
    value, target = control.seen("reference"), control.seen("cible")
    years = tuple(control.seen(name) for name in _YEARS)
    yield _is_error(control)
    if control.line.measure.is_text:
        yield _unanswered(control, (value,))
        yield not_an_answer(value)
    else:
        yield from (not_an_answer(seen) for seen in (value, target, *years))
        yield from (check for seen in (value, target) for check in _bounds(control, seen))
        yield from (check for name in _YEARS for check in _year(control, name))
        yield _unanswered(control, (value,) if control.line.required else (value, target))
        yield from (check for column in ("reference", "cible") for check in sum_checks(control, column))
        yield from _targets(control, value, target)
        yield from _implausible(control, (value, target))
        yield from _unlikely_years(control)
    yield from _beside(control)
    yield _unexplained(control, "reference", ("commentaire", "source_reference"))


def _is_error(control: LineControl) -> ControlCheck:
    """An Excel error in what nothing reads."""
    columns = control.area.table.columns
    words = [column.name for column in columns if column.input and column.name not in control.area.read_columns]
    return is_error([control.seen(name) for name in words])


def _counted(control: LineControl) -> tuple[Column, ...]:
    """The columns beside the answer in which a number is typed, years aside."""
    columns = (column for column in control.area.table.columns if column.beside and column.role is Role.NONE)
    return tuple(column for column in columns if column.type in ("number", "integer"))


def _beside(control: LineControl) -> Iterator[ControlCheck]:
    for column in _counted(control):
        seen = control.seen(column.name)
        yield not_an_answer(seen)
        yield from outside(seen, column.minimum, column.maximum)
        if column.type == "integer":
            yield not_whole(seen)


def _unanswered(control: LineControl, cells: tuple[Seen, ...]) -> ControlCheck:
    word = Word.TO_FILL if control.line.required else Word.OPTIONAL
    return ControlCheck(word, blank(cells), all(seen.blank for seen in cells))


def _bounds(control: LineControl, value: Seen) -> Iterator[ControlCheck]:
    limits = control.line.limits
    yield from outside(value, limits.minimum, limits.maximum)
    if limits.whole:
        yield not_whole(value)


def _year(control: LineControl, name: str) -> Iterator[ControlCheck]:
    column, year = control.area.table.column(name), control.seen(name)
    yield from outside(year, column.minimum, column.maximum)
    yield not_whole(year)


def _targets(control: LineControl, value: Seen, target: Seen) -> Iterator[ControlCheck]:
    """A dated baseline, a target on the right side of it, later."""
    yield _year_missing(control, value)
    if control.line.required and control.line.measure.direction is not Direction.WATCH:
        yield _target_missing(control, value, target)
    yield from _against_direction(control, value, target)
    first, last = (control.seen(name) for name in _YEARS)
    yield ControlCheck(
        Word.YEARS,
        f"AND(ISNUMBER({first.read}),ISNUMBER({last.read}),{last.read}<={first.read})",
        first.number is not None and last.number is not None and last.number <= first.number,
    )


def _year_missing(control: LineControl, value: Seen) -> ControlCheck:
    """A category without a year takes that of its total."""
    year = control.seen("annee_reference")
    excel, holds = f"ISNUMBER({value.read}),{blank((year,))}", value.number is not None and year.blank
    if control.line.category is not None:
        dated, is_dated = total_is_number(control, "annee_reference")
        excel, holds = f"{excel},NOT({dated})", holds and not is_dated
    return ControlCheck(Word.YEAR, f"AND({excel})", holds)


def _target_missing(control: LineControl, value: Seen, target: Seen) -> ControlCheck:
    """Nothing is asked of a category whose total has no target."""
    excel, holds = f"ISNUMBER({value.read}),{blank((target,))}", value.number is not None and target.blank
    if control.line.category is not None:
        filled, is_filled = total_is_filled(control, "cible")
        excel, holds = f"{excel},{filled}", holds and is_filled
    return ControlCheck(Word.TARGET_MISSING, f"AND({excel})", holds)


def _against_direction(control: LineControl, value: Seen, target: Seen) -> Iterator[ControlCheck]:
    """A target on the wrong side of the baseline without a comment (the design, section 6: Cible incohérente)."""
    direction, comment = control.line.measure.direction, control.seen("commentaire")
    if direction is Direction.WATCH:
        return
    rise = direction is Direction.RISE
    numbers = value.number is not None and target.number is not None
    difference = (target.number or 0) - (value.number or 0)
    sign = "<" if rise else ">"
    yield ControlCheck(
        Word.TARGET,
        f"AND({blank((comment,))},ISNUMBER({value.read}),ISNUMBER({target.read}),{target.read}{sign}{value.read})",
        comment.blank and numbers and (difference < 0 if rise else difference > 0),
    )


def _implausible(control: LineControl, cells: tuple[Seen, ...]) -> Iterator[ControlCheck]:
    """A number that is possible but surprising wants a word of explanation; so does 0,35 for 35 %."""
    limits, comment = control.line.limits, control.seen("commentaire")
    low, high = limits.plausible_minimum, limits.plausible_maximum
    tests = [check.excel for seen in cells for check in outside(seen, low, high)]
    holds = any(is_outside(seen, low, high) for seen in cells)
    if control.line.measure.type == "pourcentage" and not (high is not None and high <= 1):
        below = f",{{cell}}<{literal(low)}" if low and low > 0 else ""
        tests += [f"AND(N({seen.read})<>0,ABS(N({seen.read}))<1{below.format(cell=seen.read)})" for seen in cells]
        holds = holds or any(_is_share(seen.number, low) for seen in cells)
    if tests:
        yield ControlCheck(Word.COMMENT, f"AND({blank((comment,))},{any_of(tests)})", comment.blank and holds)


def _is_share(number: float | None, low: float | None) -> bool:
    """Whether a percentage looks like a share of 1, and not like the few percents expected from `low` on."""
    return number is not None and 0 < abs(number) < 1 and not (low and 0 < low <= number)


def _changed(control: LineControl, value: Seen) -> Iterator[ControlCheck]:
    """HIS-001: far from the former value, without a word; a category follows its total."""
    former, of_total = (control.former(code) for code in (control.line.code, control.line.measure.code))
    if former is None:
        return
    change, comment = strong_change(control.framework.contract), control.seen("commentaire")
    cell = control.area.cell(name_of(Role.FORMER), control.row)
    excel = f"{blank((comment,))},{change.formula(cell, value.read)}"
    holds = comment.blank and value.number is not None and change.holds(former, value.number)
    if control.line.category is not None and of_total is not None:
        total = control.total("valeur")
        moved, there = control.number_of_total("valeur"), control.count_of_total("valeur", ANY_NUMBER)
        excel += f",IF({there}>0,NOT({change.formula(literal(of_total), moved)}),TRUE)"
        holds = holds and not (isinstance(total, float) and change.holds(of_total, total))
    yield ControlCheck(Word.CHANGE, f"AND({excel})", holds)


def _unlikely_years(control: LineControl) -> Iterator[ControlCheck]:
    days, comment = likely_days(control.framework, control.campaign), control.seen("commentaire")
    for name in _YEARS:
        first, last = days[name]
        yield unlikely(control.seen(name), comment, (first.year, last.year))


def _unexplained(control: LineControl, column: str, explanations: tuple[str, ...]) -> ControlCheck:
    """`nd` without a word in any of the columns `explanations`.

    A category is asked for none where its total says nd or has a word, nor where one before it in its breakdown says
    nd: one cause is asked about once.
    """
    value, words = control.seen(column), tuple(control.seen(name) for name in explanations)
    excel, holds = f'{blank(words)},{value.read}="{_NOT_AVAILABLE}"', value.answer == _NOT_AVAILABLE
    excel, holds = f"AND({excel})", holds and all(seen.blank for seen in words)
    if control.line.category is not None:
        said, lines = f'"{_NOT_AVAILABLE}"', (control.line.measure.code, *control.before)
        counts = [control.count_of_total(column, said)]
        counts += [control.count_of_total(name, ANY_TEXT) for name in explanations]
        counts += [control.count_before(column, said)] if control.before else []
        unavailable = any(control.answer_of(line, column) == _NOT_AVAILABLE for line in lines)
        explained = any(control.typed.get((lines[0], name)) not in (None, "") for name in explanations)
        # IF: the counts go through whole columns, and are needed where nd is typed only.
        excel, holds = f"IF({excel},{'+'.join(counts)}=0)", holds and not unavailable and not explained
    return ControlCheck(Word.COMMENT, excel, holds)
