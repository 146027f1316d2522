"""What the words of an indicator say about its measure, and only that: the rest is asked of the coordinator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvsheet.reading.outline.words import FIRMS, PEOPLE
from cvsheet.tables import fold

_TYPES = (  # the first that the folded text begins with
    (r"(?:nombre|nb|nbre|effectif|quantite) ", "nombre"),
    (r"(?:taux|part|proportion|pourcentage|%|poids) ", "pourcentage"),
    (r"(?:montant|budget|cout|depense|subvention)s? ", "montant"),
    (r"(?:volume|tonnage|surface|superficie)s? ", "volume"),
    (r"(?:note|barometre|score)s? ", "note"),
)
_INSIDE = ((r"\b(?:proportion|pourcentage|taux) (?:de|d|des|du)\b", "pourcentage"), (r" en (?:€|euros)\b", "montant"))
_BOTH = re.compile(
    r"(?:nombre|nb) (?:et|ou) (?:\w+ )?(?:part|pourcentage|proportion|taux|%|montant|type|nombre)|.* en %"
)
_UNIT = re.compile(r"(?:nombre|nb|nbre) (?:(?:de|d|des|du) )?(?:l )?(?P<unit>[a-z]+)")
_UNITS = {"pourcentage": "%", "montant": "€"}
_AGGREGATIONS = {"nombre": "somme", "montant": "somme", "volume": "somme"}
_UP = re.compile(r"(?:augmentation|hausse|progression|amelioration|accroissement)\b")
_DOWN = re.compile(r"(?:baisse|diminution|reduction|recul)\b")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the words say of a measure: empty where they say nothing. `questions` are what they leave open."""

    type: str
    unit: str
    aggregation: str
    direction: str
    publication: str
    questions: tuple[str, ...]


def guess_measure(text: str) -> Guess:
    """What the text of an indicator says of its first measure."""
    words = fold(text)
    kind = next((kind for start, kind in _TYPES if re.match(start, f"{words} ")), "")
    kind = kind or next((kind for inside, kind in _INSIDE if re.search(inside, words)), "")
    counted = _UNIT.match(words)
    unit = _word_as_typed(text, counted["unit"]) if counted and kind == "nombre" else _UNITS.get(kind, "")
    direction = "hausse" if _UP.match(words) else "baisse" if _DOWN.match(words) else ""
    publication = _publication(fold(unit)) if kind == "nombre" else ""
    return Guess(kind, unit, _AGGREGATIONS.get(kind, ""), direction, publication, tuple(_questions(words, kind)))


def _questions(words: str, kind: str) -> list[str]:
    asked = []
    if not kind:
        asked.append("Que compte-t-on exactement : un nombre, un pourcentage, un montant, une note ?")
    if kind == "pourcentage":
        asked.append("Quel numérateur et quel dénominateur ? Un taux se recalcule à partir de deux nombres.")
    if kind == "note":
        asked.append("Sur quelle échelle ?")
    if kind == "volume":
        asked.append("Dans quelle unité ?")
    if _BOTH.match(words) or " / nombre " in words:
        asked.append("Plusieurs mesures dans un même indicateur : ajoutez une ligne .M2 par mesure en plus.")
    return asked


def _publication(unit: str) -> str:
    if unit in PEOPLE:
        return "personnes"
    return "entreprises" if unit in FIRMS else ""


def _word_as_typed(text: str, folded: str) -> str:
    """The word of `text` that folds to `folded`, with its accents."""
    return next((word for word in re.findall(r"[^\W\d_]+", text) if fold(word) == folded), folded)
