"""The small faults: cosmic-ray's in Python, and those of the master's formulas, which are texts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from parso.tree import Leaf, NodeOrLeaf

SIDES = {"Lt": "LtE", "LtE": "Lt", "Gt": "GtE", "GtE": "Gt", "Eq": "NotEq", "NotEq": "Eq", "Is": "IsNot", "IsNot": "Is"}
OPERATORS = (
    *(f"ReplaceComparisonOperator_{one}_{other}" for one, other in SIDES.items()),
    *(f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul")),
    "AddNot",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceContinueWithBreak",
    "NumberReplacer",
    "ZeroIterationForLoop",
)
MEANINGLESS = re.compile(r"TYPE_CHECKING|(?:slots|frozen|kw_only|strict)=")
"""Lines that say nothing of figures: imports for the type checker, memory, guards against our own mistakes."""
PROSE = re.compile(r"[a-zà-ÿ’]{2,} |^ *[a-zà-ÿ’ ]+$")
SIGN = re.compile(r"<=|>=|<>|[<>=+*/-]|\b(?:AND|OR|NOT|MIN|MAX)\(|(?<![\w$.])\d+(?![\w.])")
"""What is exchanged in a formula; not the digits of a cell's name."""
EXCHANGED = {
    "<=": "<",
    ">=": ">",
    "<>": "=",
    "<": "<=",
    ">": ">=",
    "=": "<>",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "AND(": "OR(",
    "OR(": "AND(",
    "NOT(": "(",
    "MIN(": "MAX(",
    "MAX(": "MIN(",
}


class FormulaFault(Operator):
    """One sign, number or function exchanged in the text of a spreadsheet formula."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for _ in _signs(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Leaf, index: int) -> Leaf:
        place = _signs(node)[index]
        other = EXCHANGED.get(place[0]) or str(int(place[0]) + 1)
        node.value = node.value[: place.start()] + other + node.value[place.end() :]
        return node

    @classmethod
    def examples(cls) -> Iterable[object]:
        return ()


def _signs(node: NodeOrLeaf) -> list[re.Match[str]]:
    """The places to change in a piece of an f-string that is no prose; the sign that opens a formula is none."""
    if node.type != "fstring_string" or PROSE.search(node.value):
        return []
    opens = node.get_previous_leaf().type == "fstring_start"
    return [place for place in SIGN.finditer(node.value) if not (opens and place.start() == 0 and place[0] == "=")]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault in one module, whose path is given from the folder cvsheet/."""

    module: str
    operator: str
    occurrence: int  # of the places where the operator finds something to do
    line: int
    was: str  # the line
    nth: int  # of the same fault in equal lines

    @property
    def key(self) -> str:
        """The same from run to run, and when lines are added above; runs go in this order, which mixes all modules."""
        told = f"{self.module} {self.operator} {self.was} {self.nth}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def text(self, source: Path) -> str:
        """The text of the module with the fault."""
        return mutate_code(
            (source / self.module).read_text(encoding="utf-8"), _operator(self.operator), self.occurrence
        )

    def change(self, source: Path) -> tuple[str, str]:
        """What the fault changes: the lines as they are, and as they become."""
        texts = ((source / self.module).read_text(encoding="utf-8"), self.text(source))
        lines = list(unified_diff(*(text.splitlines() for text in texts), lineterm="", n=0))[2:]
        gone, new = ([line[1:].strip() for line in lines if line.startswith(sign)] for sign in "-+")
        return " ".join(gone), " ".join(new)


def mutants_of(source: Path, module: str, *, formulas: bool) -> Iterator[Mutant]:
    """Every mutant of a module that means something; of one that writes formulas, `formulas` says to change these."""
    text = (source / module).read_text(encoding="utf-8")
    nodes, lines = list(ast_nodes(parso.parse(text))), text.splitlines()
    for name in (*OPERATORS, *(("formula",) if formulas else ())):
        seen: Counter[str] = Counter()
        places = (place for node in nodes for place in _operator(name).mutation_positions(node))
        for occurrence, ((line, _), _) in enumerate(places):
            was = lines[line - 1].strip()
            if not MEANINGLESS.search(was):
                yield Mutant(module, name, occurrence, line, was, seen[was])
                seen[was] += 1


def _operator(name: str) -> Operator:
    return FormulaFault() if name == "formula" else get_operator(f"core/{name}")()
