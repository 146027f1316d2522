"""*Contrôle* of indicator lines, in yearly campaigns and in those that collect baselines and targets.

The words anticipate what `cvsheet validate` will say (rules VAL-001, 002, 015 to 019, COH-001 to 003, 020 to 023).
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
    not_an_answer,
    not_whole,
    outside,
    reason,
)
from cvsheet.books.partner.writing.sums import ANY_TEXT, LineControl, sum_checks, total_is_filled, total_is_number
from cvsheet.model.framework import Direction
from cvsheet.schema.tables import Column, Role

_YEARS = ("annee_reference", "annee_cible")
_NOT_AVAILABLE = "|nd|"
_SPELLED = ("nd", "n.d.")


def line_checks(control: LineControl) -> tuple[ControlCheck, ...]:
    """The checks of one line, in the order in which they speak."""
    yearly = any(column.name == "valeur" for column in control.area.table.columns)
    return tuple(_yearly(control) if yearly else _baseline(control))


def _yearly(control: LineControl) -> Iterator[ControlCheck]:
    value = control.seen("valeur")
    yield is_error((value, *(control.seen(column.name) for column in _counted(control))))
    yield _unanswered(control, (value,))
    if not control.line.measure.is_text:
        yield not_an_answer(value)
        yield from _bounds(control, value)
        yield from sum_checks(control, "valeur")
        yield from _implausible(control, (value,))
    yield from _beside(control)
    yield _unexplained(control, "valeur", ("commentaire",))


def _baseline(control: LineControl) -> Iterator[ControlCheck]:
    value, target = control.seen("reference"), control.seen("cible")
    years = tuple(control.seen(name) for name in _YEARS)
    yield is_error((value, years[0], target, years[1], *(control.seen(column.name) for column in _counted(control))))
    if control.line.measure.is_text:
        yield _unanswered(control, (value,))
    else:
        yield from (not_an_answer(seen) for seen in (value, target, *years))
        yield from (check for seen in (value, target) for check in _bounds(control, seen))
        yield from (check for name in _YEARS for check in _year(control, name))
        yield _unanswered(control, (value,) if control.line.required else (value, target))
        yield from (check for column in ("reference", "cible") for check in sum_checks(control, column))
        yield from _targets(control, value, target)
        yield from _implausible(control, (value, target))
    yield from _beside(control)
    yield _unexplained(control, "reference", ("commentaire", "source_reference"))


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
        f"AND(ISNUMBER({first.cell}),ISNUMBER({last.cell}),{last.cell}<={first.cell})",
        first.number is not None and last.number is not None and last.number <= first.number,
    )


def _year_missing(control: LineControl, value: Seen) -> ControlCheck:
    """A category without a year takes that of its total."""
    year = control.seen("annee_reference")
    excel, holds = f"ISNUMBER({value.cell}),{blank((year,))}", value.number is not None and year.blank
    if control.line.category is not None:
        dated, is_dated = total_is_number(control, "annee_reference")
        excel, holds = f"{excel},NOT({dated})", holds and not is_dated
    return ControlCheck(Word.YEAR, f"AND({excel})", holds)


def _target_missing(control: LineControl, value: Seen, target: Seen) -> ControlCheck:
    """Nothing is asked of a category whose total has no target."""
    excel, holds = f"ISNUMBER({value.cell}),{blank((target,))}", value.number is not None and target.blank
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
        f"AND({blank((comment,))},ISNUMBER({value.cell}),ISNUMBER({target.cell}),{target.cell}{sign}{value.cell})",
        comment.blank and numbers and (difference < 0 if rise else difference > 0),
    )


def _implausible(control: LineControl, cells: tuple[Seen, ...]) -> Iterator[ControlCheck]:
    """A number that is possible but surprising wants a word of explanation; so does 0,35 for 35 %."""
    limits, comment = control.line.limits, control.seen("commentaire")
    low, high = limits.plausible_minimum, limits.plausible_maximum
    tests = [check.excel for seen in cells for check in outside(seen, low, high)]
    holds = any(is_outside(seen, low, high) for seen in cells)
    if control.line.measure.type == "pourcentage" and not (low and low < 1):
        tests += [f"AND(ISNUMBER({seen.cell}),{seen.cell}>0,{seen.cell}<1)" for seen in cells]
        holds = holds or any(seen.number is not None and 0 < seen.number < 1 for seen in cells)
    if tests:
        yield ControlCheck(Word.COMMENT, f"AND({blank((comment,))},{any_of(tests)})", comment.blank and holds)


def _unexplained(control: LineControl, column: str, explanations: tuple[str, ...]) -> ControlCheck:
    """`nd` without a word in any of the columns `explanations`.

    A category is asked for none where its total says nd or has a word, nor where one before it in its breakdown says
    nd: one cause is asked about once.
    """
    value, words = control.seen(column), tuple(control.seen(name) for name in explanations)
    excel = f"AND({blank(words)},{reason(value, _NOT_AVAILABLE)})"
    holds = all(seen.blank for seen in words) and value.reason == "nd"
    if control.line.category is not None:
        said = [f'"{word}"' for word in _SPELLED]
        counts = [control.count_of_total(column, criterion) for criterion in said]
        counts += [control.count_of_total(name, ANY_TEXT) for name in explanations]
        counts += [control.count_before(column, criterion) for criterion in said if control.before]
        unavailable = any(
            str(seen.value).lower() in _SPELLED for seen in (control.total(column), *control.seen_before(column))
        )
        explained = any(control.total(name).value not in (None, "") for name in explanations)
        # IF: the counts go through whole columns, and are needed where nd is typed only.
        excel, holds = f"IF({excel},{'+'.join(counts)}=0)", holds and not unavailable and not explained
    return ControlCheck(Word.COMMENT, excel, holds)
