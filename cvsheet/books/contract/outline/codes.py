"""The codes proposed: from the document's own numbers where they tell its branches apart, else in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cvsheet.books.contract.outline.marks import OpeningMark, mark_of
from cvsheet.books.contract.outline.model import Branch
from cvsheet.books.contract.outline.words import NOT_IN_CODES
from cvsheet.schema.tables import fold

_SHORT = 3  # letters of a pillar's code


def mark_of_branch(branch: Branch) -> OpeningMark:
    """How the document numbers `branch`; no number where it does not name it."""
    return mark_of(branch.passage.text) if branch.passage else OpeningMark("", "", "")


def pillar_codes(titles: Sequence[str]) -> list[str]:
    """A short code per pillar, from its first words: « Emploi et développement » is EMP."""
    codes: list[str] = []
    for title in titles:
        words = [word for word in re.findall(r"[a-z]+", fold(title)) if word not in NOT_IN_CODES] or ["pilier"]
        wishes = [words[0][:_SHORT], "".join(word[0] for word in words[:4]) if len(words) > 1 else "", *words[:1]]
        wishes += [f"{words[0][:_SHORT]}{rank}" for rank in range(2, len(titles) + 2)]
        codes.append(next(wish.upper() for wish in wishes if wish and wish.upper() not in codes))
    return codes


def priority_codes(priorities: Sequence[Branch]) -> list[str]:
    """P1, P2...: the document's own numbers where all have one and no two the same, else in order."""
    numbers = [mark_of_branch(priority).number for priority in priorities]
    own = all(numbers) and len(set(numbers)) == len(numbers)
    return [f"P{number}" for number in numbers] if own else [f"P{rank}" for rank in range(1, len(priorities) + 1)]


def objective_codes(objectives: Sequence[Branch], priorities: Mapping[Branch, str]) -> list[str]:
    """The document's own codes where they are one objective's only (« 1-2 », « OS3 »), else ``<priority>-<rank>``.

    `priorities` gives the code of each objective's priority.
    """
    wishes = [_own_code(mark_of_branch(objective)) for objective in objectives]
    counts = Counter(wishes)
    taken = {wish for wish in wishes if wish and counts[wish] == 1}
    codes: list[str] = []
    for objective, wish in zip(objectives, wishes, strict=True):
        if wish in taken:
            codes.append(wish)
            continue
        stem = priorities[objective].removeprefix("P")
        code = next(code for rank in range(1, len(objectives) + 2) if (code := f"{stem}-{rank}") not in taken)
        taken.add(code)
        codes.append(code)
    return codes


def _own_code(mark: OpeningMark) -> str:
    letters = mark.kind.removeprefix("word ") if mark.kind.startswith("word ") else ""
    if mark.kind == "number 1" or (letters and not letters.isupper()):
        letters = "O"  # « Objectif 3 », « 3. »: a bare 3 is no telling code
    return f"{letters}{mark.number}" if mark.number else ""
