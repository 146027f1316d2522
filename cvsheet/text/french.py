"""Numbers, dates and lists as a French reader expects them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import floor, isfinite, log10

from cvsheet.memoising import remembered

MANY, TOO_MANY = 1e15, 1e21  # between them a number is written with all its digits, beyond with an exponent
NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


TYPED_DECIMALS, NOISE, SMALL = 6, 1e-9, 0.01  # NOISE: of a sum of binary fractions


def french_number(value: float, decimals: int = 2) -> str:
    """`value` as ``1 234,5``: decimal comma, narrow no-break spaces, at most `decimals` decimals."""
    text = f"{value:,.{decimals}f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    whole = whole.replace(",", NARROW_SPACE).replace("-", "−") if value else "0"
    return f"{whole},{fraction}" if fraction else ("0" if whole == "−0" else whole)


def french_figure(value: float) -> str:
    """`value` with the decimals that somebody typed, up to six, and two of a quotient, which has no end: ``12,345``,
    ``33,33``. What is not 0 is not shown as 0: ``0,0033``."""
    if not isfinite(value) or abs(value - round(value, TYPED_DECIMALS)) <= NOISE:
        return french_number(value, TYPED_DECIMALS)
    return french_number(value) if abs(value) >= SMALL else french_number(value, 1 - floor(log10(abs(value))))


def french_exact(value: float) -> str:
    """`value` with all its digits (15, as spreadsheets keep them), written as `french_number` does: ``0,0004``."""
    exponent = Decimal(f"{value:.15g}").as_tuple().exponent if isfinite(value) else 0
    return french_number(value, max(0, -int(exponent)))


def french_digits(value: float) -> str:
    """`value` with a decimal comma and all its digits, without spaces: what compares two values as texts."""
    whole = abs(value) >= MANY and abs(value) < TOO_MANY
    return f"{value:.0f}" if whole else f"{value:.15g}".replace(".", ",")


def french_percent(value: float, decimals: int = 1) -> str:
    """`value` (12.5 for 12,5 %) with its sign: ``12,5 %``."""
    return f"{french_number(value, decimals)}{NO_BREAK_SPACE}%"


def french_part(share: float) -> str:
    """A `share` of a whole (1 is all of it) in whole percent: ``100 %`` only of the whole, ``99 %`` just before."""
    return french_percent(min(100 * share, 100 if share >= 1 else 99), 0)


def french_interval(low: float | None, high: float | None, shown: Callable[[float], str] = french_number) -> str:
    """``de 0 à 100``, ``au moins 0``, ``au plus 100``; an end that is None or not finite is none."""
    first, last = (shown(end) if end is not None and isfinite(end) else "" for end in (low, high))
    if first and last:
        return f"de {first} à {last}"
    return f"au moins {first}" if first else last and f"au plus {last}"


def french_date(day: date | datetime) -> str:
    """``31/12/2021``; a year of the first centuries in four digits too, as it was typed: ``01/03/0202``."""
    return f"{day:%d/%m}/{day.year:04}"


def french_count(count: int, singular: str, plural: str = "") -> str:
    """``1 fichier``, ``0 fichier``, ``3 fichiers``: in French the plural starts at 2."""
    noun = (plural or f"{singular}s") if count > 1 else singular
    return f"{french_number(count)}{NO_BREAK_SPACE}{noun}"


def french_list(words: Sequence[str]) -> str:
    """``a, b et c``."""
    return " et ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def few(words: Sequence[str], most: int) -> list[str]:
    """The first of `words`, at `most`, and an ellipsis for the others."""
    return [*words[:most], *(["…"] if len(words) > most else [])]


def quoted(names: Sequence[str]) -> str:
    """``« a », « b » et « c »``"""
    return french_list([typeset(f"« {name} »") for name in names])


@remembered
def typeset(text: str) -> str:
    """`text` with the no-break spaces that French typography wants: « a », b ; c ? d ! e : 12 % 3 €."""
    text = re.sub(r" ([;?!])", f"{NARROW_SPACE}\\1", text)
    text = re.sub(r" (:(?=\s|$)|»|[%€](?!\w))", f"{NO_BREAK_SPACE}\\1", text)
    return text.replace("« ", f"«{NO_BREAK_SPACE}")
