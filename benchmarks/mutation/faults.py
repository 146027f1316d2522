"""The small faults: a sign, a number or a word exchanged, in Python and in the formulas of the master, which are texts.

They are those that stand at a limit: a comparison moved to its other side, a number one off, `and` for `or`, a sign.
What turns a whole condition, loop or default round is left out: nearly all of it was seen (docs/mutants.md).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import parso
from parso.tree import Leaf, NodeOrLeaf

SIDES = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
WORDS = {"and": "or", "or": "and"}
SIGNS = {"+": "-", "-": "+", "*": "/", "/": "*", "//": "*", "&": "|", "|": "&", "+=": "-=", "-=": "+="}
COLUMN = {"ge": "gt", "gt": "ge", "le": "lt", "lt": "le", "eq": "ne", "ne": "eq"}
"""The methods that pandas has where Python has signs of comparison."""
EQUALS = {"=": "<>", "<>": "="}
FUNCTIONS = {"AND(": "OR(", "OR(": "AND(", "NOT(": "(", "MIN(": "MAX(", "MAX(": "MIN("}
FORMULA = SIDES | SIGNS | EQUALS | FUNCTIONS
IN_FORMULA = re.compile(r"<=|>=|<>|[<>=+*/-]|\b(?:AND|OR|NOT|MIN|MAX)\(|(?<![\w$.])\d+(?![\w.])")
"""What is exchanged in a formula; not the digits of a cell's name."""
OPERATIONS = ("term", "arith_expr", "expr", "and_expr", "expr_stmt", "augassign")
MEANINGLESS = re.compile(r"TYPE_CHECKING|(?:slots|frozen|kw_only|strict|maxsize)=|\bTINY \*")
"""Lines that say nothing of figures: imports for the type checker, memory, guards against our own mistakes, and
the size of the tolerance for binary noise."""
TYPES = re.compile(r"isinstance|->|\| None|\b(?:Mapping|tuple|dict)\[|def |^\w+: ")
"""Lines in which a bar stands between types."""
PROSE = re.compile(r"[a-zà-ÿ’]{2,} |^ *[a-zà-ÿ’ ]+$")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault in one module, whose path is given from the folder cvsheet/."""

    module: str
    kind: str
    line: int
    was: str  # the line
    became: str
    nth: int  # of the same fault in equal lines
    start: int  # its place in the text of the module
    end: int
    new: str

    @property
    def key(self) -> str:
        """The same from run to run, and when lines are added above."""
        told = f"{self.module} {self.was} {self.became} {self.nth}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def text(self, source: Path) -> str:
        """The text of the module with the fault."""
        text = text_of(source / self.module)
        return f"{text[: self.start]}{self.new}{text[self.end :]}"


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def mutants_of(source: Path, module: str, *, formulas: bool) -> Iterator[Mutant]:
    """Every mutant of a module that means something; of one that writes formulas, `formulas` says to change these."""
    text = text_of(source / module)
    lines = text.splitlines(keepends=True)
    seen: Counter[tuple[str, str]] = Counter()
    for leaf in _leaves(parso.parse(text)):
        line, column = leaf.start_pos
        was = lines[line - 1]
        at = sum(map(len, lines[: line - 1])) + column
        if MEANINGLESS.search(was) or (leaf.value == "|" and TYPES.search(was)):
            continue
        for kind, start, end, new in _faults(leaf, formulas=formulas):
            became = f"{was[: column + start]}{new}{was[column + end :]}".strip()
            yield Mutant(module, kind, line, was.strip(), became, seen[was, became], at + start, at + end, new)
            seen[was, became] += 1


def _leaves(tree: NodeOrLeaf) -> Iterator[Leaf]:
    leaf = tree.get_first_leaf()
    while leaf.type != "endmarker":
        yield leaf
        leaf = leaf.get_next_leaf()


def _faults(leaf: Leaf, *, formulas: bool) -> Iterator[tuple[str, int, int, str]]:
    """The kind of each fault, where it begins and ends within the leaf, and what stands there instead."""
    if leaf.type == "fstring_string" and formulas:
        yield from (("formula", place.start(), place.end(), _other(place)) for place in _signs(leaf))
    elif leaf.type == "number" and not _is_place(leaf):
        number = float(leaf.value) if set(leaf.value) & set(".e") else int(leaf.value)
        yield from (("number", 0, len(leaf.value), str(number + off)) for off in (1, -1))
    elif other := _exchanged(leaf):
        yield other[0], 0, len(leaf.value), other[1]


def _exchanged(leaf: Leaf) -> tuple[str, str] | None:
    """The kind of the fault that an operator or a word makes, and the other."""
    around, before = leaf.parent.type, leaf.get_previous_leaf()
    if around == "comparison" and leaf.value in SIDES:
        within_tolerance = leaf.value not in ("==", "!=") and "TINY" in leaf.parent.get_code()
        return None if within_tolerance else ("side", SIDES[leaf.value])
    if leaf.type == "keyword" and leaf.value in WORDS:
        return "word", WORDS[leaf.value]
    if leaf.type == "operator" and around in OPERATIONS and leaf.value in SIGNS:
        return "sign", SIGNS[leaf.value]
    if leaf.type == "name" and leaf.value in COLUMN and before is not None and before.value == ".":
        return "side", COLUMN[leaf.value]
    return None


def _is_place(number: Leaf) -> bool:
    """Whether it is the place of an item, as in `pair[0]` or `run[-1]`: no limit."""
    around = number.parent.parent if number.parent.type == "factor" else number.parent
    return around is not None and around.type == "trailer" and around.children[0].value == "["


def _signs(leaf: Leaf) -> list[re.Match[str]]:
    """The places to change in a piece of an f-string that is no prose: not the sign that opens a formula, nor the side
    of a comparison within the tolerance."""
    if PROSE.search(leaf.value):
        return []
    opens, tolerant = leaf.get_previous_leaf().type == "fstring_start", "TINY" in leaf.parent.get_code()
    return [
        place
        for place in IN_FORMULA.finditer(leaf.value)
        if not (opens and place.start() == 0 and place[0] == "=") and not (tolerant and place[0][0] in "<>")
    ]


def _other(place: re.Match[str]) -> str:
    return FORMULA.get(place[0]) or str(int(place[0]) + 1)
