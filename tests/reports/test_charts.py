"""A chart shows each figure where its value and its day say, and nothing of a figure that it is not given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from math import inf, nan
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.reports.chart_scales import axis_of_values
from cvsheet.reports.charts import DatedFigure, Drawing, IndicatorChart, chart_svg

NEAR = 1.1  # units of the drawing, whose coordinates are whole numbers
AIM = re.compile(r"M([\d.]+) ([\d.]+)m")

numbers = st.one_of(
    st.floats(-1e12, 1e12).filter(lambda number: number == 0 or abs(number) > 1e-6),
    st.integers(-20, 100).map(float),
    st.floats(0, 100).map(lambda number: round(number, 1)),
)
days = st.dates(date(2015, 1, 1), date(2031, 12, 31))
figures = st.builds(DatedFigure, days, st.none() | numbers, st.sampled_from(["", "ns", "nd"]))
charts = st.builds(
    IndicatorChart,
    st.just("Demandeurs d’emploi"),
    st.lists(figures, max_size=7, unique_by=lambda one: one.day).map(tuple),
    st.none() | figures,
    st.none() | figures,
    st.sampled_from(["", "▲", "▼"]),
)


def on(year: int, value: float | None, word: str = "") -> DatedFigure:
    return DatedFigure(date(year, 12, 31), value, word)


def drawn(chart: IndicatorChart) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(chart))


def values(svg: ElementTree.Element) -> list[tuple[float, float]]:
    """The points of the values, in the order of time."""
    return [(float(x), float(y)) for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)h0", line(svg, "dots"))]


def base(svg: ElementTree.Element) -> list[tuple[float, float]]:
    return [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in svg.iter("circle")]


def aim(svg: ElementTree.Element) -> list[tuple[float, float]]:
    found = [AIM.match(one.get("d", "")) for one in svg.iter("path") if one.get("class") == "aim"]
    return [(float(one[1]), float(one[2])) for one in found if one]


def line(svg: ElementTree.Element, name: str) -> str:
    return next((one.get("d", "") for one in svg.iter("path") if one.get("class") == name), "")


def texts(svg: ElementTree.Element, name: str) -> list[str]:
    return [text.text or "" for group in svg.iter("g") if group.get("class") == name for text in group]


def below_the_axis(svg: ElementTree.Element) -> list[str]:
    return [
        text.text or ""
        for group in svg.iter("g")
        if group.get("transform", "")[:12] == "translate(0 "
        for text in group
    ]


def every_text(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter("text")]


def ticks(svg: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Each number beside the axis that is written in full, with the height of its line."""
    for group in svg.iter("g"):
        for text in group if group.get("class") == "ticks" else ():
            written = (text.text or "").replace("\u202f", "").replace("−", "-").replace(",", ".")
            if re.fullmatch(r"-?[\d.]+", written):
                yield float(text.get("y", "")), float(written)


def placed(chart: IndicatorChart, svg: ElementTree.Element) -> list[tuple[DatedFigure, tuple[float, float]]]:
    """Each known figure with the point that stands for it."""
    told = sorted((one for one in chart.values if one.known), key=lambda one: one.day)
    kinds = (([chart.baseline], base(svg)), (told, values(svg)), ([chart.target], aim(svg)))
    pairs = []
    for shown, points in kinds:
        known = [one for one in shown if one is not None and one.known]
        assert len(known) == len(points)
        pairs += list(zip(known, points, strict=True))
    return pairs


@given(charts)
def test_every_point_lies_where_its_value_and_its_day_say(chart: IndicatorChart) -> None:
    if not any(one is not None and one.known for one in (*chart.values, chart.baseline, chart.target)):
        assert chart_svg(chart) == ""
        return
    found = placed(chart, drawn(chart))
    assert all(0 <= x <= 400 and 0 <= y <= 180 for _, (x, y) in found)
    for (one, (x, y)), (other, (u, v)) in combinations(found, 2):
        rise = (one.value or 0.0) - (other.value or 0.0)
        assert (v - y) * rise >= -NEAR * abs(rise)  # higher values stand higher
        assert (x - u) * (one.day - other.day).days >= -NEAR * abs((one.day - other.day).days)
    for (a, (_, y)), (b, (_, v)), (c, (_, w)) in combinations(found, 3):
        one, two, three = (figure.value or 0.0 for figure in (a, b, c))
        widest = max(abs(one - two), abs(one - three), abs(two - three)) or 1.0
        assert abs((v - y) * ((three - one) / widest) - (w - y) * ((two - one) / widest)) <= 4 * NEAR


@given(charts)
def test_the_numbers_beside_the_axis_are_those_of_the_points(chart: IndicatorChart) -> None:
    if not chart_svg(chart):
        return
    svg = drawn(chart)
    scale, found = sorted(ticks(svg)), placed(chart, svg)
    for (y, low), (v, high) in pairwise(scale):
        assert y < v and low > high
        for figure, (_, at) in found:
            value = y + (v - y) * ((figure.value or 0.0) - low) / (high - low)
            assert abs(value - at) <= NEAR * max(1.0, 180 / (v - y))


@given(charts)
def test_numbers_that_are_written_do_not_cover_each_other(chart: IndicatorChart) -> None:
    if not chart_svg(chart):
        return
    for name in ("labels", "day_texts"):
        boxes = [one.box for one in getattr(Drawing(chart, 400, 180), name)]
        for one, other in combinations(boxes, 2):
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_time_is_as_long_as_it_was() -> None:
    svg = drawn(
        IndicatorChart("x", (DatedFigure(date(2020, 1, 1), 1.0), DatedFigure(date(2020, 7, 1), 2.0), on(2021, 3)))
    )
    (first, _), (second, _), (third, _) = values(svg)
    assert (second - first) / (third - first) == pytest.approx(182 / 730, abs=0.01)


def test_a_figure_that_is_not_published_breaks_the_line_and_leaves_its_word() -> None:
    svg = drawn(IndicatorChart("x", (on(2020, 10), on(2021, None, "ns"), on(2022, 30), on(2023, 40))))
    assert len(values(svg)) == 3
    assert re.sub(r"[\d. ]+", "", line(svg, "run")) == "MML"
    assert every_text(svg).count("ns") == every_text(svg).count("2021") == 1


@pytest.mark.parametrize("nothing", [None, nan, inf])
def test_what_is_no_number_is_no_point(nothing: float | None) -> None:
    assert chart_svg(IndicatorChart("x", (on(2020, nothing),), on(2019, nothing), on(2022, nothing))) == ""
    assert len(values(drawn(IndicatorChart("x", (on(2020, nothing), on(2021, 5)))))) == 1


@pytest.mark.parametrize(
    ("baseline", "target", "drawn_as"),
    [
        (on(2019, 10), on(2022, 40), "ML"),
        (on(2019, 10), on(2020, 40), "MLL"),  # level once the contract has ended
        (on(2019, 10), None, ""),
        (None, on(2022, 40), ""),
        (on(2019, None, "ns"), on(2022, 40), ""),
        (on(2022, 10), on(2022, 40), ""),
    ],
)
def test_the_straight_line_needs_both_ends(baseline: DatedFigure, target: DatedFigure, drawn_as: str) -> None:
    svg = drawn(IndicatorChart("x", (on(2021, 20),), baseline, target))
    assert re.sub(r"[\d. ]+", "", line(svg, "path")) == drawn_as


def test_the_straight_line_ends_where_baseline_and_target_stand() -> None:
    svg = drawn(IndicatorChart("x", (on(2021, 20),), on(2019, 10), on(2022, 40)))
    ends = [tuple(map(float, end.split())) for end in line(svg, "path").strip("M").split("L")]
    assert ends == [*base(svg), *aim(svg)]


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ((90.0, 100.0), 80, 90),  # a small change of a high level fills the height: the axis says so
        ((50.0, 100.0), 0, 0),  # zero is near
        ((-5.0, 5.0), -6, -5),
        ((-5.0, -2.0), -6, -5),
        ((7.0,), 3.5, 3.5),
        ((0.0,), 0, 0),
    ],
)
def test_the_axis_starts_at_zero_where_zero_is_near(values: tuple[float, ...], low: float, high: float) -> None:
    assert low <= axis_of_values(values, 0, 100).low <= high


@pytest.mark.parametrize(
    ("moments", "labels"),
    [
        (((2020, 12), (2021, 12)), ["2020", "2021"]),
        (((2020, 6), (2020, 12)), ["06/2020", "12/2020"]),
        (((2019, 12), (2020, 1), (2020, 12)), ["12/2020", "2019"]),  # 01/2020 would touch 2019
    ],
)
def test_days_are_named_as_shortly_as_tells_them_apart(moments: tuple[tuple[int, int], ...], labels: list[str]) -> None:
    values = tuple(DatedFigure(date(year, month, 28), 1.0) for year, month in moments)
    assert sorted(below_the_axis(drawn(IndicatorChart("x", values)))) == labels


@pytest.mark.parametrize(
    ("value", "beside"),
    [(175.0, "▼ 175"), (12.5, "▼ 12,5"), (-3.0, "▼ −3"), (1234.5, "▼ 1\u202f234,5"), (2.9e9, "▼ 2,9\u202fMd")],
)
def test_the_last_value_is_written_beside_its_point_with_the_sign_of_the_situation(value: float, beside: str) -> None:
    assert beside in texts(drawn(IndicatorChart("x", (on(2020, value),), sign="▼")), "told")


def test_texts_are_escaped_and_nothing_is_styled_in_place() -> None:
    svg = chart_svg(IndicatorChart('<b> & "c"', (on(2020, 1.0, ""), on(2021, None, "<i>"))))
    assert 'aria-label="&lt;b&gt; &amp; &#34;c&#34;"' in svg and "<i>" not in svg and "style=" not in svg
    assert drawn(IndicatorChart('<b> & "c"', (on(2020, 1.0),))).get("aria-label") == '<b> & "c"'


def test_a_chart_is_small() -> None:
    usual = IndicatorChart("Demandeurs d’emploi", (on(2020, 188), on(2021, 175)), on(2019, 196), on(2022, 157), "▼")
    assert len(chart_svg(usual).encode()) < 950
