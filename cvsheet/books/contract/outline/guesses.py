"""What the words of an indicator say about its measure, and only that: the rest is asked of the coordinator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvsheet.books.contract.outline.additive import adds_up, is_average
from cvsheet.books.contract.outline.units import OTHER, Unit, counts, unit_in, unit_of
from cvsheet.books.contract.outline.words import FIRMS, PEOPLE
from cvsheet.schema.tables import fold

SUMMED = ("nombre", "montant", "volume")  # types whose answers add up, unless the words speak of a mean or a ratio
NOT_SUMMED = (
    "Comment réunir les réponses de plusieurs partenaires ? Une moyenne, un taux ou un prix ne s’additionne pas : "
    "choisissez moyenne pondérée, recalcul (à partir de deux nombres) ou source unique."
)
_TYPES = (  # the first that the folded text begins with
    (r"(?:nombre|nb|nbre|effectif)s? ", "nombre"),
    (r"(?:taux|part|proportion|pourcentage|%|poids) ", "pourcentage"),
    (r"(?:montant|budget|cout|depense|subvention)s? ", "montant"),
    (r"(?:volume|tonnage|surface|superficie)s? ", "volume"),
    (r"(?:note|barometre|score)s? ", "note"),
)
_INSIDE = ((r"\b(?:proportion|pourcentage|taux) (?:de|d|des|du)\b", "pourcentage"), (r"^quantites? ", "nombre"))
_EXTENSIVE = re.compile(  # what adds up once its unit says what it is
    r"(?:recette|investissement|financement|aide|credit|dotation|impaye|dette|chiffre d affaires|consommation"
    r"|production|emission|economie|longueur|lineaire|quantite|energie|dechet|collecte)s?\b"
)
_ANOTHER_MEASURE = re.compile(
    r"(?:\ben nombre )?\b(?:et|ou) (?:en |la |leur )?(?:(?:parts?|pourcentages?|proportions?|taux)\b|%)(?:\s*\(%\))?"
    r"|\s/\s*nombre\b.*",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:nombre|nb) (?:et|ou) (?:\w+ )?(?:part|pourcentage|proportion|taux|%|montant|type|nombre)|.* en %"
)
_UNIT = re.compile(
    r"(?:nombre|nb|nbre) (?:(?:et|ou) [a-z]+ )?(?:(?:moyen|median|total|annuel|mensuel|maxim\w+|minim\w+) )*"
    r"(?:(?:de|d|des|du) )?(?:l )?(?!et\b|ou\b)(?P<unit>[a-z€][a-z0-9€]*)"
)
_UNITS = {"pourcentage": "%", "montant": "€"}
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

    @property
    def undecided(self) -> bool:
        """Whether its words forbid to add up what several partners answer."""
        return NOT_SUMMED in self.questions


def guess_measure(text: str) -> Guess:
    """What the text of an indicator says of its first measure."""
    first = _ANOTHER_MEASURE.sub(" ", text)  # « nombre et part » asks for two measures: the number comes first
    words, average = fold(first), is_average(first)
    match = _UNIT.match(words)
    counted = _word_as_typed(text, match["unit"]) if match else ""
    named = unit_in(first)
    if counted and (named is None or counts(named)):  # « nombre de bénéficiaires (femmes) » still counts bénéficiaires
        named = None if average else unit_of(counted) or Unit(counted)
    kind = _kind(words, named, average)
    fits = adds_up(first, kind)
    summed = fits and kind in SUMMED and bool(_first_words(words) or _EXTENSIVE.match(words))
    asked = [NOT_SUMMED] if (kind in SUMMED and not summed) or (not fits and kind != "pourcentage") else []
    return Guess(
        kind,
        named.text if named else _UNITS.get(kind, ""),
        "somme" if summed else "",
        "hausse" if _UP.match(words) else "baisse" if _DOWN.match(words) else "",
        _publication(fold(counted)),
        (*_questions(fold(text), kind), *asked),
    )


def _kind(words: str, named: Unit | None, average: bool) -> str:
    """The type that the first words tell, then the unit, then the other words. None where the first two disagree, nor
    for a mean number, since a type *nombre* is whole."""
    said, told = _first_words(words), named.kind if named else ""
    if (said == "nombre" and average) or {said, told} in ({"pourcentage", OTHER}, {"pourcentage", "montant"}):
        return ""
    if told and told != OTHER:
        return told if said in ("", told) or (said, told) == ("nombre", "volume") else ""
    return said or next((kind for inside, kind in _INSIDE if re.search(inside, words)), "")


def _first_words(words: str) -> str:
    return next((kind for start, kind in _TYPES if re.match(start, f"{words} ")), "")


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
