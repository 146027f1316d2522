"""docs/architecture.md shows the rooms as they are: the picture, the table, the journey of a file."""

from __future__ import annotations

import re

from tests.rooms import PAGE, arrows, picture, reached, with_picture

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_picture_is_that_of_the_imports() -> None:
    """`make generated` remakes it."""
    assert with_picture(TEXT) == TEXT


def test_no_room_imports_from_one_above_it() -> None:
    assert [room for room, others in arrows().items() if room in reached(others, arrows()) | others] == []


def test_an_arrow_that_a_longer_way_implies_is_not_drawn() -> None:
    drawn = picture({"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset()})
    assert re.findall(r"(\w) --> (\w)", drawn) == [("a", "b"), ("b", "c")]


def test_the_table_says_what_is_in_every_room() -> None:
    table = TEXT.partition("## The rooms")[2].partition("\n## ")[0]
    first = " ".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))
    assert {name.rstrip("/") for name in re.findall(r"`([^`]+)`", first)} == arrows().keys() - {"books/partner/reading"}


def test_the_journey_of_one_file_passes_through_twelve_modules_at_most() -> None:
    journey = TEXT.partition("## One file's journey")[2]
    steps = re.findall(r"^\d+\. (.*(?:\n   .*)*)", journey.partition("\nWhat may be published")[0], re.MULTILINE)
    assert 8 <= len(steps) <= 12
    assert len([name for step in steps for name in re.findall(r"`([\w/]+(?:\.py|/))`", step)]) <= 12
