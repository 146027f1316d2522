"""In what a unit counts money: euros, thousands or millions of them, in all or per head; how an amount is shown."""

from __future__ import annotations

import re

from cvsheet.text.numerals import plain

EURO, CENTS = "€", 2
DECIMALS = {"k€": 1, "M€": CENTS, "Md€": CENTS}  # 1,25 M€ is not 1 M€; « 98 765,3 k€ » has room in a column
_EURO_WORD = r"(?:€|euros?|eur)(?![a-z])"
_SCALED = re.compile(
    rf"(?:en )?(?:(?P<letter>k|md|m)? ?|(?P<word>millier|million|milliard)s? (?:d['’]? ?)?){_EURO_WORD}"
)
_SIGNS = {"k": "k€", "m": "M€", "md": "Md€", "millier": "k€", "million": "M€", "milliard": "Md€"}
_PER = re.compile(r"/|\bp(?:ar|our)\b")


def money_sign(unit: str) -> str:
    """``€``, ``k€``, ``M€`` or ``Md€`` for the unit of an amount, ``€ TTC`` and « milliers d’euros » too; empty for
    another money. An amount without a unit is in euros."""
    found = _SCALED.match(plain(unit or EURO))
    return _SIGNS.get(found["letter"] or found["word"] or "", EURO) if found else ""


def amount_decimals(unit: str) -> int:
    """With how many decimals an amount is shown."""
    return CENTS if _PER.search(plain(unit)) else DECIMALS.get(money_sign(unit), 0)
