"""The outline as the records of a canonical workbook, with codes proposed and every doubt written beside its row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from cvsheet.books.contract.outline.coded import CodedTree, coded_tree, home_of, title_of
from cvsheet.books.contract.outline.doubts import aggregation_point, branch_points, leaf_doubts, leaf_points
from cvsheet.books.contract.outline.guesses import guess_measure
from cvsheet.books.contract.outline.items import Items, split_items
from cvsheet.books.contract.outline.model import Branch, Draft, Leaf, Level, Outline, PointSubject
from cvsheet.books.contract.outline.numbering import numbering_end
from cvsheet.books.contract.outline.words import NOT_IN_CODES
from cvsheet.model.records import Canonical, Record, Scalar
from cvsheet.model.sheet_names import is_reserved
from cvsheet.schema.tables import fold, load_table

DOUBT = "À vérifier"  # the added column of the tables that have none for remarks
LONGEST_SHEET_NAME = 31
SETTINGS: Mapping[str, Scalar] = {
    "seuil_bonne_voie": 95,
    "seuil_surveiller": 75,
    "seuil_trop_tot": 10,
    "seuil_secret": 5,
    "seuil_secret_entreprises": 3,
    "variation_forte": 50,
    "variation_minimum": 10,
    "licence": "Licence Ouverte 2.0",
}


def draft_contract(outline: Outline) -> Draft:
    """The records that `outline` gives, and its points with those that drafting raised."""
    tree = coded_tree(outline)
    made = [(leaf, split_items(leaf.passage.text, leaf.level)) for leaf in outline.leaves]
    about_branches = tuple(branch_points(tree))
    doubts = {point.code: point.question for point in about_branches}
    tables = {
        "contrat": (_settings(outline),),
        "piliers": tuple(_pillars(tree, doubts)),
        "priorites": tuple(_branches("priorites", "pilier", tree.priorities, tree, doubts)),
        "objectifs": tuple(_branches("objectifs", "priorite", tree.objectives, tree, doubts)),
        "actions": tuple(_actions(tree, made)),
        "indicateurs": tuple(_indicators(tree, made)),
    }
    undecided = (
        aggregation_point(leaf, f"{code}.M1", _item_title(item))
        for leaf, _, code, item in _coded_items(tree, made)
        if guess_measure(_item_title(item)).undecided
    )
    points = (*outline.points, *about_branches, *leaf_points(tree, made), *undecided)
    return Draft(
        Canonical(outline.file, tables),
        tuple(sorted(points, key=lambda point: list(PointSubject).index(point.subject))),
    )


def _settings(outline: Outline) -> Record:
    stem = re.sub(r"[^\w.+\-]+", "-", PurePath(outline.file).stem).strip("-.+") or "contrat"
    return Record("contrat", {"code": stem, "nom": outline.title or None, **SETTINGS})


def _pillars(tree: CodedTree, doubts: Mapping[str, str]) -> Iterator[Record]:
    names: list[str] = []
    for pillar in tree.pillars:
        code, title = tree.codes[pillar], title_of(pillar)
        names.append(_sheet_name(title, code, names))
        yield Record(
            "piliers",
            {"code": code, "feuille": names[-1], "intitule": title, "source": _source(pillar)},
            extras=_doubt(doubts, code),
        )


def _sheet_name(title: str, code: str, taken: list[str]) -> str:
    """A sheet's name from a pillar's title, cut at a word; its code in front where another sheet has that name."""
    name: list[str] = []
    for word in re.sub(r"[:\\/?*\[\]]", " ", title).split():
        if len(" ".join([*name, word])) > LONGEST_SHEET_NAME:
            break
        name.append(word)
    while name and fold(name[-1]) in {"", *NOT_IN_CODES}:
        name.pop()
    found = " ".join(name).strip("' ,;.-") or code  # Excel refuses an apostrophe at an end
    known = {fold(one) for one in taken}
    free = fold(found) not in known and not is_reserved(found)
    return found if free else f"{code} {found}"[:LONGEST_SHEET_NAME].strip("' ")


def _branches(
    table: str, parent: str, branches: tuple[Branch, ...], tree: CodedTree, doubts: Mapping[str, str]
) -> Iterator[Record]:
    for branch in branches:
        code = tree.codes[branch]
        above = tree.code_at(branch.parent, Level(branch.level - 1))
        values = {"code": code, parent: above, "intitule": title_of(branch), "source": _source(branch)}
        yield Record(table, values, extras=_doubt(doubts, code))


def _source(branch: Branch) -> str | None:
    return branch.passage.text if branch.passage else None


def _doubt(doubts: Mapping[str, str], code: str) -> dict[str, Scalar]:
    return {DOUBT: doubts[code]} if code in doubts else {}


def _actions(tree: CodedTree, made: list[tuple[Leaf, Items]]) -> Iterator[Record]:
    ranks: Counter[Branch] = Counter()
    for leaf, items in made:
        if leaf.level is not Level.ACTION:
            continue
        objective = tree.raised(home_of(leaf), Level.OBJECTIVE)
        for item in items.texts:
            ranks[objective] += 1
            pillar = tree.code_at(objective, Level.PILLAR)
            values: dict[str, Scalar] = {
                "code": f"{pillar}-{tree.codes[objective]}-A{ranks[objective]:02}",
                "objectif": tree.codes[objective],
                "intitule": _item_title(item),
                "source": item,
                "note": " ".join(leaf_doubts(tree, leaf, items)) or None,
            }
            yield Record("actions", values, extras=_extras("actions", leaf))


def _indicators(tree: CodedTree, made: list[tuple[Leaf, Items]]) -> Iterator[Record]:
    for leaf, items, code, item in _coded_items(tree, made):
        yield _measure(tree, leaf, items, code, item)


def _coded_items(tree: CodedTree, made: list[tuple[Leaf, Items]]) -> Iterator[tuple[Leaf, Items, str, str]]:
    """Every indicator: the cell that it comes from, with all of its items, its code and its text."""
    ranks: Counter[Branch] = Counter()
    for leaf, items in made:
        if leaf.level is not Level.INDICATOR:
            continue
        priority = tree.raised(home_of(leaf), Level.PRIORITY)
        for item in items.texts:
            ranks[priority] += 1
            pillar = tree.code_at(priority, Level.PILLAR)
            yield leaf, items, f"{pillar}-{tree.codes[priority]}-I{ranks[priority]:02}", item


def _measure(tree: CodedTree, leaf: Leaf, items: Items, code: str, item: str) -> Record:
    home = home_of(leaf)
    beside = tree.codes.get(home) if home is not None and home.level is Level.OBJECTIVE else None
    title, guess = _item_title(item), guess_measure(_item_title(item))
    values: dict[str, Scalar] = {
        "code": f"{code}.M1",
        "indicateur": code,
        "libelle_indicateur": title,
        "priorite": tree.code_at(home, Level.PRIORITY),
        "objectif": beside if len(leaf.branches) == 1 else None,
        "mesure": title,
        "type": guess.type or None,
        "unite": guess.unit or None,
        "sens": guess.direction or None,
        "agregation": guess.aggregation or None,
        "saisie": "saisie",
        "obligatoire": True,
        "principale": True,
        "diffusion": guess.publication or None,
        "statut_reference": "à préciser",
        "statut_cible": "à préciser",
        "questions": " ".join(guess.questions) or None,
        "source": item,
        "ligne_source": beside,
        "note": " ".join(leaf_doubts(tree, leaf, items)) or None,
    }
    return Record("indicateurs", values, extras=_extras("indicateurs", leaf))


def _item_title(item: str) -> str:
    """The text of an item on one line, without the number that the document gives it."""
    return " ".join(item[numbering_end(item) :].split()).rstrip(" ;")


def _extras(table: str, leaf: Leaf) -> dict[str, Scalar]:
    """The document's other columns, under a title that is none of the table's own."""
    own = {title for column in load_table(table).columns for title in column.titles}
    return {f"{title} (document)" if fold(title) in own else title: text for title, text in leaf.extras.items()}
