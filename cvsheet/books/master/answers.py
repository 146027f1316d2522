"""The answers behind a value, as one text: what a decision is based on, and is compared with later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cvsheet.figures.contributions import Contribution
from cvsheet.text.french import french_digits

LONGEST_ANSWERS = 30_000  # characters: the answers of thousands of partners would not fit into a cell


def answers_as_text(answers: Iterable[Contribution]) -> str:
    """Who answered what. Where that does not fit into a cell, the first of them with a fingerprint of all, so that a
    change among the others still shows."""
    text = " · ".join(f"{one.partner} {_said(one)}" for one in answers)
    if len(text) <= LONGEST_ANSWERS:
        return text
    fingerprint = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    first = text[:LONGEST_ANSWERS].rpartition(" · ")[0]
    return f"{first} · … (empreinte de l’ensemble : {fingerprint})"


def _said(one: Contribution) -> str:
    """An answer in a few characters: its number or reason, and whether a rule sets it aside."""
    said = one.kind.value if one.number is None else french_digits(one.number)
    return said if one.kept else f"{said} (écartée)"
