"""Which word stands in the name of a file: what a search for each word would find, without one search a word."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from cvsheet.judging.files.unusable import _Words
from tests.examples import examples

TEXTS = st.text(alphabet="aAbBéÉ1 _-.·ß", max_size=14)


def searched(words: list[str], text: str) -> str:
    """The same, word by word."""
    found = [word for word in words if re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text, re.IGNORECASE)]
    longest = [word for word in found if not any(word != other and word in other for other in found)]
    return longest[0] if len(longest) == 1 else ""


@examples(300)
@given(st.lists(TEXTS.filter(bool), max_size=5, unique=True), TEXTS)
@example(["CAF", "CAF-1"], "envoi_caf-1 (2)")
@example(["CAF", "ML"], "CAF et ML 2021")
@example(["A.B", "B"], "a.b_2021")
def test_a_word_is_found_wherever_a_search_finds_it(words: list[str], text: str) -> None:
    assert _Words(words).only_in(text) == searched(words, text)
