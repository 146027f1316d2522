"""Row heights: enough lines for the text, not many more."""

from __future__ import annotations

import pytest

from cvsheet.books.kit.heights import LINE, PADDING, height_of


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Total", 20, 1),
        ("Nombre d'enfants et de jeunes des QPV accompagnés par les médiateurs", 32, 2),
        ("MMMMMMMMMM", 10, 2),
        ("iiiiiiiiii", 10, 1),
        ("un\ndeux\ntrois", 20, 3),
        ("x" * 100, 10, 9),
        ("", 10, 1),
    ],
)
def test_lines_of_a_text(text: str, width: float, lines: int) -> None:
    assert height_of([(text, width)]) == PADDING + LINE * lines


def test_the_tallest_text_counts() -> None:
    assert height_of([("a", 10), ("b\nc", 10)], 1) == height_of([], 2)
