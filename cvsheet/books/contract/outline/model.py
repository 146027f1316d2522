"""What a one-table document says: branches (pillar, priority, objective), what hangs on them, points left to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from cvsheet.model.records import Canonical


class Level(IntEnum):
    """The five levels of a framework, from the most general down."""

    PILLAR = 0
    PRIORITY = 1
    OBJECTIVE = 2
    ACTION = 3
    INDICATOR = 4


BRANCH_LEVELS = (Level.PILLAR, Level.PRIORITY, Level.OBJECTIVE)
WORDS = {
    Level.PILLAR: ("pilier", "piliers"),
    Level.PRIORITY: ("priorité", "priorités"),
    Level.OBJECTIVE: ("objectif", "objectifs"),
    Level.ACTION: ("action", "actions"),
    Level.INDICATOR: ("indicateur", "indicateurs"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One cell of the document: its text as typed and its place. Rows are counted from 1."""

    text: str
    sheet: str
    cell: str
    row: int


NOWHERE = Passage("", "", "", 0)  # of what the document does not say


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A pillar, a priority or an objective. `parent` is None for a pillar, or where the document names none.

    `passage` is None for a branch that the document does not name and that the levels below need all the same.
    """

    level: Level
    passage: Passage | None
    parent: Branch | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A cell of actions or of indicators; `branches` are those that it stands beside, the first one in its own row.

    `inferred` says that only blank cells below make it stand beside several; `extras` gives, by title, what other
    columns say in its row.
    """

    level: Level
    passage: Passage
    branches: tuple[Branch, ...]
    inferred: bool = False
    extras: Mapping[str, str] = field(default_factory=dict)


class PointSubject(StrEnum):
    """What a point is about, in the order in which to look at them."""

    SHIFTED = "Cellule décalée"
    UNNAMED = "Branche à nommer"
    NUMBER = "Numéro à vérifier"
    AGGREGATION = "Agrégation à choisir"
    BESIDE_INDICATOR = "Indicateur en face de plusieurs objectifs"
    BESIDE_ACTION = "Action en face de plusieurs objectifs"
    CUT = "Cellule découpée"
    STRUCK = "Cellules barrées"
    HEADING = "Titre de colonne"
    OUTSIDE = "Texte hors du tableau"
    NOTE = "Commentaire de cellule"
    SHEET = "Autre feuille"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something for the coordinator to decide, in French: what stands where, what was done, what to look at.

    Without a question it is for information. `code` is the code proposed for what it is about, where there is one.
    """

    subject: PointSubject
    passage: Passage
    done: str
    question: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The document, taken apart. `title` is the only text above the table, where there is just one."""

    file: str
    title: str
    branches: tuple[Branch, ...]
    leaves: tuple[Leaf, ...]
    points: tuple[OpenPoint, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A canonical workbook to be: its records, and what the coordinator has to decide."""

    canonical: Canonical
    points: tuple[OpenPoint, ...]
