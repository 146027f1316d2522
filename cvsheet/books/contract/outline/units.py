"""The unit that an indicator names: between brackets, « (MWh) », « (en k€) », or after « en », « en m² »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvsheet.books.contract.outline.words import FIRMS, PEOPLE
from cvsheet.schema.tables import fold

PERCENT = "%"
OTHER = "autre"  # a ratio that is no percentage: per thousand, kWh per m²
_MONEY = r"(?:[km]|md)?(?:€|eur|euros?)(?: (?:ttc|ht|constants|courants))?|(?:milliers?|millions?) (?:d euros?|d €|€)"
_QUANTITY = (
    r"[kmgt]?wh(?:ep|ef)?|[kmg]wc?|m[23]|metres? (?:carres?|cubes?|lineaires?)|km2?|kilometres?|ml|hl|litres?"
    r"|ha|hectares?|kg|kilos?|kilogrammes?|tonnes?|tep|(?:t|kg|kt|tonnes?|teq)(?: eq| equivalent)? ?co2e?q?"
)
_WORKED = r"etp|equivalents?(?: temps pleins?)?|heures?"  # 12,5 ETP: a type *nombre* is whole
_TIME = r"minutes?|jours?|semaines?|mois|ans|annees?"
_SHORT = r"h|t|j|l|min"  # letters that are a unit between brackets only
_COUNTED = {*PEOPLE, *FIRMS, "logements", "places", "lits", "passages", "visites", "repas", "foyers", "emplois"}
_PERCENT_WORDS = r"%|pourcentage|pourcent|pour cent"
_KINDS = ((_PERCENT_WORDS, "pourcentage"), (_MONEY, "montant"), (f"{_QUANTITY}|{_WORKED}", "volume"))
_BRACKETS = re.compile(r"[(\[]\s*(?:exprimée?s? )?(?:en |unité ?: ?)?([^()\[\]]{1,40}?)\s*[)\]]", re.IGNORECASE)
_PER_MANY = re.compile(r"‰|\b(?:pour|sur) (?:mille|1\s?0{3}|10\s?0{3}|100\s?0{3})\b(?: [\w-]+)?", re.IGNORECASE)
_AFTER_EN = re.compile(r"\ben\s+(?=(\S+(?:\s+\S+){0,2}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is typed, and the type of measure that it tells: OTHER for none of them, empty for any."""

    text: str
    kind: str = ""


def unit_in(text: str) -> Unit | None:
    """The first unit that `text` names: between brackets, else after « en », else « pour 1 000 habitants »."""
    for bracket in _BRACKETS.finditer(text):
        found = unit_of(bracket[1], letters=True)
        if found:
            return found
    for place in _AFTER_EN.finditer(text):
        words = place[1].split()
        for count in range(len(words), 0, -1):
            found = unit_of(" ".join(words[:count]).rstrip(".,;:)"))
            if found and not counts(found):  # « en famille », « en logement » name a place
                return found
    many = _PER_MANY.search(" ".join(text.split()))
    return Unit(many[0], OTHER) if many else None


def counts(unit: Unit) -> bool:
    """Whether the unit is what one counts: persons, places, visits."""
    return fold(unit.text) in _COUNTED


def unit_of(text: str, letters: bool = False) -> Unit | None:
    """`text` as a unit; None where it is none. `letters`: « (h) » and « (t) » are read too."""
    typed = " ".join(text.split())
    if _PER_MANY.match(typed):
        return Unit(typed, OTHER)
    first, slash, rest = re.sub(r" ?/ ?| par ", "/", fold(typed)).partition("/")
    kind = next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, first)), "")
    known = kind or first in _COUNTED or re.fullmatch(_TIME, first) or (letters and re.fullmatch(_SHORT, first))
    if not known or (slash and (not rest or len(first) == len(rest) == 1)):
        return None  # « H/F » counts women and men
    if slash:
        return Unit(typed, kind if kind == "montant" else OTHER)
    if first in ("euro", "euros", "eur"):
        return Unit("€", kind)
    return Unit(PERCENT if kind == "pourcentage" else typed, kind or ("volume" if first == "t" else ""))
