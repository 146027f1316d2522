"""The mistakes that partners make, put on purpose into fictitious answers: for the demonstration and the examples.

Each takes what a partner would type (see `fictitious`) and gives it back with one mistake, at the first line where that
mistake is possible; unchanged where it is not.
"""

from __future__ import annotations

from collections.abc import Callable

from cvsheet.demo.fictitious import TypedCells
from cvsheet.model.framework import Framework, Line
from cvsheet.text.french import french_number

Mistake = Callable[[Framework, TypedCells], TypedCells]


def approximate(framework: Framework, typed: TypedCells) -> TypedCells:
    """A figure with a word before it, which no program can add up."""
    for line, value in _numbers(framework, typed):
        return {**typed, (line.code, "valeur"): f"env. {french_number(value)}"}
    return typed


def wrong_sum(framework: Framework, typed: TypedCells) -> TypedCells:
    """A total that its categories do not make."""
    for line, value in _numbers(framework, typed):
        parts = [c for name in line.measure.breakdowns for c in framework.breakdown[name] if c.exclusive]
        if line.category is None and line.measure.adds_up and parts and _room(line, value):
            return {**typed, (line.code, "valeur"): value + 7}
    return typed


def out_of_bounds(framework: Framework, typed: TypedCells) -> TypedCells:
    """A figure under the minimum."""
    for line, _ in reversed(_numbers(framework, typed)):
        if line.measure.minimum is not None:
            return {**typed, (line.code, "valeur"): line.measure.minimum - 5}
    return typed


def typed_as_text(framework: Framework, typed: TypedCells) -> TypedCells:
    """Every figure typed as text with spaces, as after a copy from a letter: still readable without doubt."""
    return {**typed, **{(line.code, "valeur"): french_number(value) for line, value in _numbers(framework, typed)}}


def unavailable(framework: Framework, typed: TypedCells) -> TypedCells:
    """``nd`` without a word of explanation, on a whole measure."""
    numbers = _numbers(framework, typed)
    if not numbers:
        return typed
    measure = numbers[-1][0].measure
    return {**typed, **{(line.code, "valeur"): "nd" for line, _ in numbers if line.measure is measure}}


def strong_change(framework: Framework, typed: TypedCells) -> TypedCells:
    """A measure three times what it was, its categories with it, and no comment."""
    numbers = _numbers(framework, typed)
    for line, value in numbers:
        if value >= framework.contract.change_minimum and line.measure.maximum is None:
            same = [(other, figure) for other, figure in numbers if other.measure is line.measure]
            return {**typed, **{(other.code, "valeur"): figure * 3 for other, figure in same}}
    return typed


def nothing_filled(framework: Framework, typed: TypedCells) -> TypedCells:
    """The workbook sent back as it came."""
    del framework, typed
    return {}


def _numbers(framework: Framework, typed: TypedCells) -> list[tuple[Line, float]]:
    """The lines of `typed` that hold a number, in order."""
    return [
        (framework.line[code], float(value))
        for (code, column), value in typed.items()
        if column == "valeur" and isinstance(value, int | float)
    ]


def _room(line: Line, value: float) -> bool:
    return line.measure.maximum is None or value + 7 <= line.measure.maximum
