"""The tree with a code for every branch, and with the branches that the tables need and the document does not name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from cvsheet.books.contract.outline.codes import mark_of_branch, objective_codes, pillar_codes, priority_codes
from cvsheet.books.contract.outline.model import Branch, Leaf, Level, Outline

WHOLE = "Ensemble du contrat"  # the pillar of a document that names none


@dataclass(frozen=True, slots=True)
class CodedTree:
    """Every branch with its code. `raised` gives the branch of a level at or above another one, made up where the
    document names none."""

    pillars: tuple[Branch, ...]
    priorities: tuple[Branch, ...]
    objectives: tuple[Branch, ...]
    codes: Mapping[Branch, str]
    raised: Callable[[Branch | None, Level], Branch]

    def code_at(self, branch: Branch | None, level: Level) -> str:
        """The code of the branch of `level` at or above `branch`."""
        return self.codes[self.raised(branch, level)]


def coded_tree(outline: Outline) -> CodedTree:
    """The branches of `outline` in order, completed and coded."""

    @cache
    def placeholder(parent: Branch | None, level: Level) -> Branch:
        return Branch(level, None, parent)

    def raised(branch: Branch | None, level: Level) -> Branch:
        if branch is not None and branch.level is level:
            return branch
        if branch is not None and branch.level > level:
            return raised(branch.parent, level)
        return placeholder(None if level is Level.PILLAR else raised(branch, Level(level - 1)), level)

    homes = [(home_of(leaf), leaf.level) for leaf in outline.leaves]
    needed = {
        Level.PILLAR: [*outline.branches, *(home for home, _ in homes)],
        Level.PRIORITY: [
            *(branch for branch in outline.branches if branch.level >= Level.PRIORITY),
            *(home for home, _ in homes),
        ],
        Level.OBJECTIVE: [
            *(branch for branch in outline.branches if branch.level is Level.OBJECTIVE),
            *(home for home, level in homes if level is Level.ACTION),
        ],
    }
    found = {level: tuple(dict.fromkeys(raised(one, level) for one in some)) for level, some in needed.items()}
    pillars, priorities, objectives = found[Level.PILLAR], found[Level.PRIORITY], found[Level.OBJECTIVE]
    codes = dict(zip(pillars, pillar_codes([title_of(pillar) for pillar in pillars]), strict=True))
    codes |= dict(zip(priorities, priority_codes(priorities), strict=True))
    above = {objective: codes[raised(objective, Level.PRIORITY)] for objective in objectives}
    codes |= dict(zip(objectives, objective_codes(objectives, above), strict=True))
    return CodedTree(pillars, priorities, objectives, codes, raised)


def home_of(leaf: Leaf) -> Branch | None:
    """The branch that a cell of actions or indicators stands beside, the first of several."""
    return leaf.branches[0] if leaf.branches else None


def title_of(branch: Branch) -> str:
    """The title of a branch without its number, on one line; that of its parent where the document does not name it."""
    if branch.passage is not None:
        return " ".join(mark_of_branch(branch).rest.split())
    return title_of(branch.parent) if branch.parent is not None else WHOLE
