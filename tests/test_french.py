"""Numbers, dates and lists as a French reader expects them. Spaces are written as ~ (no-break) and _ (narrow)."""

from __future__ import annotations

from datetime import date, datetime
from math import inf, nan

import pytest

from cvsheet.text.french import (
    few,
    french_count,
    french_date,
    french_digits,
    french_exact,
    french_figure,
    french_interval,
    french_list,
    french_number,
    french_part,
    french_percent,
    quoted,
)


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 2, "0"),
        (-0.0, 2, "0"),
        (-0.001, 2, "0"),  # no minus before nothing
        (-0.01, 2, "−0,01"),
        (999, 2, "999"),
        (1000, 2, "1_000"),
        (1234.5, 2, "1_234,5"),
        (1234567.891, 2, "1_234_567,89"),
        (0.005, 2, "0,01"),
        (0.004, 2, "0"),
        (-12.5, 1, "−12,5"),
        (12.5, 0, "12"),
        (100, 0, "100"),
    ],
)
def test_a_number(value: float, decimals: int, text: str) -> None:
    assert shown(french_number(value, decimals)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e14, "100_000_000_000_000"),
        (0.0004, "0,0004"),
        (1.25, "1,25"),
        (12, "12"),
        (1200, "1_200"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_with_all_its_digits(value: float, text: str) -> None:
    assert shown(french_exact(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1234,5"),
        (1e15 - 1, "999999999999999"),
        (1e15, "1000000000000000"),
        (-1e15, "-1000000000000000"),
        (999e18, "999000000000000000000"),
        (1e21, "1e+21"),
        (-1e21, "-1e+21"),
    ],
)
def test_digits_that_are_compared_as_texts(value: float, text: str) -> None:
    assert french_digits(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(12.5, 1, "12,5~%"), (12.55, 1, "12,6~%"), (12.5, 0, "12~%"), (0, 1, "0~%")]
)
def test_a_percentage(value: float, decimals: int, text: str) -> None:
    assert shown(french_percent(value, decimals)) == text


def test_a_number_has_two_decimals_and_a_percentage_one_unless_more_are_asked() -> None:
    assert shown(french_number(1.2345)) == "1,23"
    assert shown(french_percent(12.345)) == "12,3~%"


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0"), (0.004, "0"), (0.006, "1"), (0.99, "99"), (0.999, "99"), (1, "100"), (1.2, "100")]
)
def test_only_the_whole_is_100_percent(share: float, text: str) -> None:
    assert shown(french_part(share)) == f"{text}~%"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0~ligne"), (1, "1~ligne"), (2, "2~lignes"), (1000, "1_000~lignes")]
)  # fmt: skip
def test_the_plural_starts_at_two(count: int, text: str) -> None:
    assert shown(french_count(count, "ligne")) == text
    assert shown(french_count(count, "ligne", "lignes")) == text


def test_a_plural_of_its_own() -> None:
    assert (shown(french_count(1, "cheval", "chevaux")), shown(french_count(2, "cheval", "chevaux"))) == (
        "1~cheval",
        "2~chevaux",
    )


@pytest.mark.parametrize(
    ("words", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a et b"), (("a", "b", "c"), "a, b et c")]
)
def test_a_list(words: tuple[str, ...], text: str) -> None:
    assert french_list(words) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0, 100, "de 0 à 100"),
        (0, None, "au moins 0"),
        (None, 0, "au plus 0"),
        (-1.5, inf, "au moins −1,5"),
        (nan, 1234, "au plus 1_234"),
        (None, nan, ""),
    ],
)
def test_an_interval(low: float | None, high: float | None, text: str) -> None:
    assert shown(french_interval(low, high)) == text


def test_a_list_of_names() -> None:
    assert shown(quoted(["a", "b"])) == "«~a~» et «~b~»"


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2021, 12, 31), "31/12/2021"), (datetime(2021, 1, 2, 23), "02/01/2021"), (date(202, 3, 1), "01/03/0202")],
)
def test_a_day(day: date, text: str) -> None:
    assert french_date(day) == text


@pytest.mark.parametrize(("words", "shown"), [("", ""), ("ab", "ab"), ("abc", "ab…")])
def test_few_of_many_words_say_that_there_are_more(words: str, shown: str) -> None:
    assert few([*words], 2) == [*shown]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.345, "12,345"), (12.0, "12"), (0.004, "0,004"), (-0.004, "−0,004"), (1 / 3, "0,33"), (100 / 3, "33,33"),
        (1 / 300, "0,0033"), (-1 / 300, "−0,0033"), (0.1 + 0.2, "0,3"), (1e-12, "0"), (0, "0"), (1234.5, "1_234,5"),
        (0.0099999, "0,01"), (1e15, "1_000_000_000_000_000"),
    ],
)  # fmt: skip
def test_a_figure_has_the_decimals_that_tell_it_apart(value: float, text: str) -> None:
    assert shown(french_figure(value)) == text
