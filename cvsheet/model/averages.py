"""Whether the words of a measure say for sure that it is an average, a median, a rate or an amount per head: such
figures never add up, neither between partners nor over categories. Or that it is a balance or a change, which may be
negative.

`outline.additive` asks the opposite question of a plain document, where any doubt forbids a guess: here
a doubt leaves the rules on.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cvsheet.schema.tables import fold

_HEADS = (
    "habitant", "hab", "tete", "personne", "foyer", "menage", "famille", "logement", "beneficiaire", "participant",
    "eleve", "enfant", "jeune", "usager", "agent", "salarie", "allocataire", "locataire", "adherent", "seance", "uc",
    "unite de consommation", "m2", "km2", "hectare",
)  # fmt: skip
_TITLE = re.compile(
    r"\bmedian(?:e?s?)\b|\bmoyennes?\b(?! section)|\bmoyen\b(?! (?:de|d)\b)"
    r"|\b(?:revenu|cout|loyer|montant|salaire|prix|delai|temps|effectif|niveau)s? moyens?\b"
    r"|\btaux (?:de|d|du|des)\b|\bratios?\b"
    r"|\b(?:au|du) (?:m2|metre carre|kilo|litre)\b|\ba l (?:hectare|heure|habitant|unite)\b"
    rf"|\bpar (?:{'|'.join(_HEADS)})s?\b"
    rf"|/ ?(?:{'|'.join(_HEADS)})s?\b"
    r"|\bpour (?:1 ?000|10 ?000|100 ?000|100|mille|cent)\b"
)
_MEASURED = re.compile(  # what a title begins with: how long, how old, how dear something is, however many there are
    r"(?:l |le |la |les )?(?:delais?|duree(?! (?:totale|cumulee))|ages?|anciennete|indices?|index|scores?|rangs?"
    r"|densites?|temperatures?|frequences?|quotients?|coefficients?|taux|proportion|pourcentage|part (?:de|d|du|des)"
    r"|loyer|salaire|(?:prix|tarifs?) (?:de|d|du|des|au|a)|niveau de vie|esperance de vie)\b"
)
_RATED = re.compile(r"ans|%.*|(?:en )?pour ?cent(?:age)?|indice\b.*")  # a whole unit
_BALANCE = re.compile(r"(?:le |l )?(?:soldes?|ecarts?)\b")
_CHANGE = re.compile(r"(?:l |la )?(?:taux (?:annuel )?(?:de |d ))?(?:evolution|variation|croissance|hausse|baisse)\b")
_CLASS = re.compile(r"\bclasses? moyennes?\b|\b(?:petite|grande|toute)s? sections?\b")
_TIMES = ("an", "annee", "semestre", "trimestre", "mois", "semaine", "jour")
_UNIT = re.compile(rf"/ ?(?!(?:{'|'.join(_TIMES)})s?\b)[a-z]")


@lru_cache(maxsize=4096)
def names_an_average(title: str, unit: str) -> bool:
    """``Revenu médian``, ``coût moyen par élève``, ``délai``, ``€/hab`` are averages; ``heures/an`` is not."""
    words, counted = _CLASS.sub(" ", fold(title)), fold(unit.replace("‰", " pour mille "))
    said = _TITLE.search(words) or _MEASURED.match(words)
    return bool(said or _TITLE.search(counted) or _UNIT.search(counted) or _RATED.fullmatch(counted))


def may_be_negative(kind: str, title: str) -> bool:
    """Whether a count or a percentage of that title may be below 0, a percentage above 100: « Solde migratoire »,
    « Évolution du chômage » in %. « Évolution du nombre d’inscrits » often just counts them."""
    words = fold(title)
    return bool(_BALANCE.match(words)) or (kind == "pourcentage" and bool(_CHANGE.match(words)))
