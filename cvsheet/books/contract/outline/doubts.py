"""What the coordinator has to decide about branches, cells beside several of them and cells cut by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cvsheet.books.contract.outline.coded import CodedTree, title_of
from cvsheet.books.contract.outline.codes import mark_of_branch
from cvsheet.books.contract.outline.items import Items
from cvsheet.books.contract.outline.model import NOWHERE, WORDS, Leaf, Level, OpenPoint, PointSubject
from cvsheet.text.french import french_count, french_list


def leaf_points(tree: CodedTree, cells: Iterable[tuple[Leaf, Items]]) -> Iterator[OpenPoint]:
    """Cells of actions or indicators beside several branches, or cut into items by a guess."""
    for leaf, items in cells:
        one, several = WORDS[leaf.level]
        if len(leaf.branches) > 1:
            yield _spanning_point(tree, leaf)
        if not items.sure:
            count = french_count(len(items.texts), one, several)
            yield OpenPoint(
                PointSubject.CUT,
                leaf.passage,
                f"Découpée en {count}, sans puces pour les séparer : {' | '.join(items.texts)}",
                "Le découpage est-il le bon ?",
            )


def aggregation_point(leaf: Leaf, code: str, title: str) -> OpenPoint:
    """An indicator whose answers must not be added up."""
    done = f"« {title} » : aucune agrégation proposée, une moyenne, un taux ou un prix ne s’additionne pas."
    question = "Moyenne pondérée, recalcul à partir de deux nombres, ou source unique ?"
    return OpenPoint(PointSubject.AGGREGATION, leaf.passage, done, question, code)


def _spanning_point(tree: CodedTree, leaf: Leaf) -> OpenPoint:
    codes = codes_beside(tree, leaf)
    cells = "les cases en dessous sont vides" if leaf.inferred else "la cellule est fusionnée"
    if leaf.level is Level.ACTION:
        done = f"En face de {codes} ({cells}) : rattachée au premier."
        return OpenPoint(PointSubject.BESIDE_ACTION, leaf.passage, done, "Quel objectif sert chaque action ?")
    done = f"En face de {codes} ({cells}) : indicateurs rattachés à la priorité, sans objectif."
    question = "Chaque indicateur vaut-il pour toute la priorité, ou pour un seul objectif ?"
    return OpenPoint(PointSubject.BESIDE_INDICATOR, leaf.passage, done, question)


def branch_points(tree: CodedTree) -> Iterator[OpenPoint]:
    """Branches that the document does not name, and objectives numbered as if they were of another priority."""
    for branch in (*tree.pillars, *tree.priorities, *tree.objectives):
        code = tree.codes[branch]
        if branch.passage is None:
            done = f"Le document n’en nomme pas : « {title_of(branch)} » est proposé, code {code}."
            yield OpenPoint(
                PointSubject.UNNAMED, NOWHERE, done, f"Quel intitulé pour {_the(branch.level)} {code} ?", code
            )
    for objective in tree.objectives:
        priority = tree.raised(objective, Level.PRIORITY)
        own, above = mark_of_branch(objective), mark_of_branch(priority).number
        says = re.split(r"[.\-]", own.number)[0] if own.kind == "number 2" else above
        if objective.passage and above and says != above:
            code, parent = tree.codes[objective], tree.codes[priority]
            done = f"Rattaché à {parent}, sous laquelle il se trouve."
            yield OpenPoint(
                PointSubject.NUMBER, objective.passage, done, f"{code} relève-t-il bien de {parent} ?", code
            )


def _the(level: Level) -> str:
    word = WORDS[level][0]
    return {Level.PILLAR: f"le {word}", Level.PRIORITY: f"la {word}"}.get(level, f"l’{word}")


def leaf_doubts(tree: CodedTree, leaf: Leaf, items: Items) -> Iterator[str]:
    """The same doubts in short, for the remark beside each row made of the cell."""
    if len(leaf.branches) > 1:
        yield f"À vérifier : la cellule {leaf.passage.cell} est en face de {codes_beside(tree, leaf)}."
    if not items.sure:
        yield f"À vérifier : découpage proposé de la cellule {leaf.passage.cell}."


def codes_beside(tree: CodedTree, leaf: Leaf) -> str:
    """The branches that a cell stands beside: « 1-1, 1-2 et 1-3 »."""
    return french_list([tree.codes.get(branch, "?") for branch in leaf.branches])
