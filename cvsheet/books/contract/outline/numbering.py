"""The number that a plan gives an item: « Fiche action n° 4 : », « 1.a - », « P1-A2 », « (3) », « Axe 1 - Action 2 : ».

It is no item of its own, and no part of the item's title.
"""

from __future__ import annotations

import re

_LABELS = (
    "fiche|action|act|fa|f.a|mesure|projet|opération|operation|indicateur|ind|objectif|obj|sous-axe|axe|volet|priorité|"
    "priorite|pilier|orientation|engagement|thème|theme|enjeu"
).replace(".", r"\.")
_LETTERED = "[a-df-gi-z]"  # « 1a » is a number, « 6e » a class and « 24h » a time
# Lists by letters are short: « M. » and « L. » begin a name.
_PART = rf"(?:\d{{1,3}}(?:\s?(?:bis|ter|quater)\b|{_LETTERED}\b)?(?!\d)|[IVX]{{1,5}}\b|[A-Ka-k]\b)"
_NUMBER = re.compile(
    rf"[(\[]?(?P<label>(?:(?i:{_LABELS})s?\b\.?[\s-]*){{0,2}}(?:(?:[nN]\s?[°ºo]\.?|(?i:numéro)|\#)\s*)?)"
    rf"(?P<code>[A-Z][A-Z.]{{0,5}}[\s.\-_]?(?=\d))?(?P<parts>{_PART}(?:[.\-_]{_PART})*)"
    r"(?P<sign>\s*[.:)\]/°•]+[\s\-–—]*|\s+[\-–—]\s*|\s*[\-–—]\s+|[\-_.](?=[A-Z]{1,4}\d))?\s*"
)
_CAPITAL = re.compile(r"[«\"“(]?\s?(?![KM]€)[A-ZÀ-ÖØ-Þ]")
_MOST = 3  # numbers one after another: those of the axis and of the objective before that of the action


def numbering_end(text: str) -> int:
    """Where the words of an item begin, behind its number and the signs after it; 0 where it has no number.

    A letter or a Roman numeral alone needs a sign behind it. So does any number before a small letter: « 3 ateliers »
    counts them, « 3 - ateliers » numbers the item.
    """
    end = at = len(text) - len(text.lstrip())
    for _ in range(_MOST):
        found = _NUMBER.match(text, at)
        if found is None or not (found["sign"] or text[found.end() - 1].isspace()):
            break
        at = found.end()
        named = bool(found["label"] or found["code"] or found["parts"][0].isdigit())
        if at < len(text) and not text[at].isdigit() and (found["sign"] or (named and _CAPITAL.match(text, at))):
            end = at
    return end if end < len(text) and text[:end].strip() else 0
