"""One indicator as a small line chart: figures in, static SVG out.

It shows what it is given and nothing else: a figure that is masked or missing leaves a gap in the line and its word
above the axis, and no part of the drawing depends on it. Colours and widths are those of ``chart.css``, so that a page
has its dark mode and its print, and a strict policy of contents allows it. The numbers stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isfinite
from typing import TypeAlias

from markupsafe import Markup

from cvsheet.reports.chart_scales import Axis, axis_of_days, axis_of_values, day_labels
from cvsheet.reports.html import page_environment
from cvsheet.text.french import NARROW_SPACE, french_number

LEFT, RIGHT, TOP, BOTTOM = 8.0, 18.0, 26.0, 24.0  # around the plot, in units of the view box; labels of the axis beside
INSET = 10.0  # between the axis and the first point
TICKS = 3
LETTER, LINE, GAP = 7.2, 14.0, 6.0  # width and height of a letter in the 13 units high type of chart.css; between words
WORD_RISE = 6.0  # of « ns » above the axis
DOT = 5.0  # half the width of a point
LARGE = ((1e9, "Md"), (1e6, "M"))
HUGE, MINUTE = 1e15, 1e-5  # written with a power of ten from there on
LONGEST = 9  # letters of a number beside its point


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """A figure and the day it holds for. Where `value` is None, `word` says why (« ns », « nd »), or is empty."""

    day: date
    value: float | None
    word: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number to draw."""
        return self.value is not None and isfinite(self.value)


@dataclass(frozen=True, slots=True)
class IndicatorChart:
    """What a chart shows: `values` in any order, the `sign` of the situation beside the last one, its `kind` as the
    class of the drawing (good, warning, error, info). `label` names the chart for who does not see it."""

    label: str
    values: tuple[DatedFigure, ...]
    baseline: DatedFigure | None = None
    target: DatedFigure | None = None
    sign: str = ""
    kind: str = "info"
    shown: Callable[[float], str] = french_number


Box: TypeAlias = tuple[float, float, float, float]
"""Left, right, top and bottom of what stands on the drawing."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text on the drawing: `anchor` says which end of it stands at `x`."""

    x: float
    y: float
    text: str
    anchor: str = "middle"

    @property
    def box(self) -> Box:
        """As wide as the text may be."""
        wide = LETTER * len(self.text)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, left + wide, self.y - LINE, self.y


def chart_svg(chart: IndicatorChart, width: int = 400, height: int = 180) -> Markup:
    """The drawing as an ``svg`` element, nothing where no figure is known."""
    drawing = Drawing(chart, width, height)
    if not drawing.known:
        return Markup()
    drawn = page_environment().get_template("chart.svg").render(chart=chart, drawing=drawing)
    return Markup(drawn.replace("\n", ""))


@dataclass(frozen=True)
class Drawing:
    """Where everything of a chart stands, in a view box of `width` by `height`."""

    chart: IndicatorChart
    width: int
    height: int

    @cached_property
    def known(self) -> list[DatedFigure]:
        """The figures that are drawn, baseline and target included."""
        return [one for one in (self.chart.baseline, *self.values, self.chart.target) if one is not None and one.known]

    @cached_property
    def values(self) -> list[DatedFigure]:
        """The values in the order of time."""
        return sorted(self.chart.values, key=lambda one: one.day)

    @cached_property
    def days(self) -> list[date]:
        """The days of all that is known, and of the values that are not."""
        return sorted({one.day for one in (*self.known, *self.values)})

    @cached_property
    def upright(self) -> Axis:
        """The axis of values, upwards."""
        return axis_of_values([one.value or 0.0 for one in self.known], self.floor, TOP)

    @cached_property
    def across(self) -> Axis:
        """The axis of time."""
        return axis_of_days(self.days, self.left + INSET, self.width - RIGHT)

    @property
    def floor(self) -> float:
        """The height of the axis of time."""
        return self.height - BOTTOM

    @cached_property
    def ticks(self) -> list[tuple[float, str]]:
        """Height and label of each line of the grid."""
        return [(self.upright.at(tick), _short(tick)) for tick in self.upright.ticks(TICKS)]

    @cached_property
    def left(self) -> float:
        """Where the plot starts: beside the longest label of its axis."""
        longest = max(len(_short(tick)) for tick in (*self.upright.ticks(TICKS), 0.0))
        return LEFT + LETTER * longest

    def spot(self, figure: DatedFigure) -> tuple[float, float]:
        """Where a known figure stands."""
        return self.across.at(figure.day.toordinal()), self.upright.at(figure.value or 0.0)

    @cached_property
    def runs(self) -> list[list[tuple[float, float]]]:
        """The points of the line of values, broken where one of them is not known."""
        runs: list[list[tuple[float, float]]] = [[]]
        for one in self.values:
            if one.known:
                runs[-1].append(self.spot(one))
            else:
                runs.append([])
        return [run for run in runs if run]

    @cached_property
    def path(self) -> list[tuple[float, float]]:
        """The straight line from baseline to target, level after it; nothing without both, in this order of time."""
        start, aim = self.chart.baseline, self.chart.target
        if start is None or aim is None or not (start.known and aim.known and start.day < aim.day):
            return []
        later = [DatedFigure(day, aim.value) for day in self.days[-1:] if day > aim.day]
        return [self.spot(one) for one in (start, aim, *later)]

    @cached_property
    def day_texts(self) -> list[PlacedText]:
        """What is written below the axis: the last day first, then all that fits beside it."""
        labels, placed = day_labels(self.days), list[PlacedText]()
        for day in (self.days[-1], *self.days[:-1]):
            text = self._around(self.across.at(day.toordinal()), self.height - 6, labels[day], 0.0)
            left, right, top, bottom = text.box
            if _free((left - GAP, right + GAP, top, bottom), [other.box for other in placed]):
                placed.append(text)
        return placed

    @cached_property
    def words(self) -> list[PlacedText]:
        """Why there is no number, above the axis, at the day of the value."""
        y = self.floor - WORD_RISE
        return [
            self._around(self.across.at(one.day.toordinal()), y, one.word, self.left)
            for one in self.values
            if not one.known and one.word
        ]

    @cached_property
    def labels(self) -> list[PlacedText]:
        """The numbers that matter most, beside their points: target, last value, baseline; each where it fits."""
        spots = [self.spot(one) for one in self.known]
        taken = [word.box for word in self.words] + [(x - DOT, x + DOT, y - DOT, y + DOT) for x, y in spots]
        placed = []
        for name, one in self._named():
            number = self.chart.shown(one.value or 0.0)
            text = f"{name} {number if len(number) <= LONGEST else _short(one.value or 0.0)}".strip()
            fitting = (label for label in self._places(*self.spot(one), text) if _free(label.box, taken))
            placed += [label for label in [next(fitting, None)] if label is not None]
            taken += [label.box for label in placed[-1:]]
        return placed

    def _named(self) -> Iterator[tuple[str, DatedFigure]]:
        last = next((one for one in reversed(self.values) if one.known), None)
        for name, one in (("cible", self.chart.target), (self.chart.sign, last), ("réf.", self.chart.baseline)):
            if one is not None and one.known:
                yield name, one

    def _places(self, x: float, y: float, text: str) -> Iterator[PlacedText]:
        """Where `text` may stand beside the point at `x`, `y`: above it, below it, further away."""
        for rise in (-9.0, 9.0 + LINE, -9.0 - LINE, 9.0 + 2 * LINE):
            if TOP - LINE <= y + rise <= self.floor:
                yield self._around(x, y + rise, text, self.left)

    def _around(self, x: float, y: float, text: str, left: float) -> PlacedText:
        """`text` around `x`, or from the edge that it would pass."""
        half = LETTER * len(text) / 2
        if x - half < left:
            return PlacedText(left, y, text, "start")
        if x + half > self.width:
            return PlacedText(self.width, y, text, "end")
        return PlacedText(x, y, text)


def _free(box: Box, taken: list[Box]) -> bool:
    """Whether nothing that is `taken` would be read over `box`."""
    left, right, top, bottom = box
    return not any(left < other[1] and other[0] < right and top < other[3] and other[2] < bottom for other in taken)


def _short(number: float) -> str:
    """A number beside the axis, large ones in millions: ``12,5 M``."""
    if abs(number) >= HUGE or 0 < abs(number) < MINUTE:
        return f"{number:.2g}".replace(".", ",").replace("-", "−")
    for size, name in LARGE:
        if abs(number) >= size:
            return f"{french_number(number / size)}{NARROW_SPACE}{name}"
    return french_number(number, 6)
