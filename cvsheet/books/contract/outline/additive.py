"""Whether the answers of several partners may be added up, as far as the words of an indicator tell.

A mean, a ratio, a price: adding those of two partners gives a figure that nobody measured, and that looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvsheet.books.contract.outline.words import NOT_DIVIDED_BY
from cvsheet.schema.tables import fold

_MANY = r"(?:mille|cent|1 ?0[ 0]*0)"  # 100, 1 000, 10 000
_NEVER = re.compile(  # in the folded text
    r"\bmoy(?:en(?:ne)?s?)?\b|\bmedian\w*|\b(?:quart|dec|cent|quint)iles?\b|\becarts?\b"
    r"|\btaux\b|\bratios?\b|\bindices?\b|\bindex\b|\bdensites?\b|\bfrequences?\b|\bcoefficients?\b|\bquotients?\b"
    r"|\bparts?\b|\bproportions?\b|\bpourcentages?\b|%|\bpour chaque\b"
    rf"|\b(?:pour|sur) {_MANY}\b|/ ?{_MANY}\b"
    r"|\b(?:au|le|du) (?:m2|km2?|metre|kilometre|kilo|litre)\b|\ba l (?:hectare|heure|habitant|unite)\b"
    r"|\brapport(?:e[es]*)? (?:a|au|aux|entre)\b|\bramenee?s? (?:a|au|aux)\b|\brelati(?:f|ve)s? (?:a|au|aux)\b"
    r"|\bunitaires?\b|\bmaxim\w+|\bminim\w+"
)
_HARMLESS = re.compile(  # « moyens » that are means, medium-sized firms, « prendre part »
    r"\b(?:de|des|les|aux|nos|ses|leurs|ces) moyens\b|\b(?:un|ce|du|au) moyen (?:de|d)\b|\bmoyens? (?:de|d) transport"
    r"|\bmoyens (?:humains|financiers|techniques|materiels)\b|\bpetites et moyennes\b"
    r"|\bmoyennes? (?:entreprises?|sections?)\b|\bminima sociaux\b|\bcomparee?s? par rapport\b|\btaux zero\b"
    r"|\b(?:d une|d autre|de la|pris|prenant|prendre|prennent|quelque|autre) part\b|\b(?:faire|faite?s?) part\b"
)
_DURATION = re.compile(r"\bd?e? ?(?:jours|semaines|mois|annees) (?:de delai|d attente|entre|avant|apres)\b")
_PRICE = re.compile(
    r"\b(?:loyers?|prix|tarifs?|salaires?|revenus?|horaires?|journalier\w*|niveau de vie|reste a \w+)\b"
)
_DISTINCT = re.compile(r"\b(?:uniques|distincte?s|differente?s personnes|sans doubles? comptes?|file active)\b")
_DIVISORS = (
    r"hab|habitant|personne|pers|menage|foyer|famille|logement|eleve|enfant|jeune|femme|homme|beneficiaire|usager|agent"
    r"|salarie|etp|place|lit|classe|groupe|tete|unite|action|m2|m3|km|km2|ha|hectare|heure|h|jour|j|nuit|nuitee|repas"
)
_SLASH = re.compile(
    rf"/ ?(?:{_DIVISORS})\b|\b[a-z]{{3,}}s ?/ ?[a-z]{{2,}}[^\Wsx]\b"
)  # « élèves / enseignant », no list
_ONE_FOR = re.compile(rf"\bpour (?:1|une?) (?:{_DIVISORS}|medecin|poste|emploi)\b")


def is_average(text: str) -> bool:
    """Whether `text` speaks of a mean, a ratio or a rank: of what is no count and no amount."""
    words = fold(text.replace("‰", " pour mille "))
    plain = _HARMLESS.sub(" ", words)
    said = _NEVER.search(plain) or _DURATION.search(plain) or _SLASH.search(plain) or _ONE_FOR.search(plain)
    return bool(said) or any(_divided_by(text))


def adds_up(text: str, kind: str) -> bool:
    """Whether nothing in `text`, an indicator of this type, speaks against adding the answers of several partners."""
    words = fold(text)
    price = kind == "montant" and _PRICE.search(words)
    return not (is_average(text) or price or _DISTINCT.search(words))


def _divided_by(text: str) -> Iterator[str]:
    """What follows « par » and names what one divides by: « par habitant », not « par les habitants »."""
    shouted = text.upper() == text
    for place in re.finditer(r"\bpar\s+([\w-]+)", text, re.IGNORECASE):
        word = place[1]
        named = word[0].isupper() and not shouted
        if not named and fold(word) not in NOT_DIVIDED_BY:
            yield word
