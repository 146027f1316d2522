"""How a partner workbook says what it is: on a hidden sheet, in small print, and in a fingerprint per row.

Only cell content survives every program that a partner may use (reliability notes: properties, names and protection
each die in at least one), so identity is cell text, twice; either one suffices.
It is a key to look things up, not a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import date
from enum import StrEnum

from cvsheet.model.framework import fingerprint
from cvsheet.model.submission import Identity
from cvsheet.schema.tables import Table

HIDDEN_SHEET = "_cvsheet"
READING_SHEET = "_lecture"
"""Where formulas read what is typed, for *Contrôle*."""
FORMAT_VERSION = "1"
IDENTITY_KEYS = ("contrat", "campagne", "partenaire", "version", "empreinte")  # of the fields of an identity, in order
TEXTS_KEY = "textes"
COLUMNS_KEY = "colonnes"
MARKS_PER_ROW = 2000  # of 13 characters: a cell holds 32 767
TO_FIX_TITLE = "À corriger"
KEPT_TITLE = "Contenu non repris"
SETTLED = YES, NO = "oui", "non"  # what *À corriger* says of each line, while the partner types
SIGN = "cvsheet"
"""Stands in every printed identity."""


class TextPlace(StrEnum):
    """Where cvsheet writes fixed texts outside the tables."""

    GUIDE = "guide"  # the first sheet
    SHEET = "feuille"  # above and between the tables of a pillar sheet
    HIDDEN = "interne"  # the hidden sheet
    READING = "lecture"  # the hidden sheet on which formulas read what is typed
    CONTROL = "controle"  # what a live control may say
    CORRECTION = "correction"  # the sheets of a correction workbook: À corriger, Contenu non repris
    KEPT = "non repris"  # one row of the latter: sheet, cell, content
    NOTE = "note"  # a note on a cell in fault


_PRINTED = re.compile(
    r"Réf\.\s*cvsheet\s*:\s*(?P<contract>\S+)\s+·\s+(?P<campaign>\S+)\s+·\s+(?P<partner>\S+)"
    r"\s+·\s+(?P<version>[0-9a-f]{12})-(?P<content>[0-9a-f]{12})-(?P<check>[0-9a-f]{4})"
)


def identity_pairs(identity: Identity) -> tuple[tuple[str, str], ...]:
    """The key and value of each row of the hidden sheet."""
    stated = zip(IDENTITY_KEYS, astuple(identity), strict=True)
    return (("format", FORMAT_VERSION), *stated, ("controle", _check(identity)))


def text_mark(place: TextPlace, value: object) -> str:
    """The fingerprint by which a fixed text (or figure) of the workbook is recognised in its place."""
    return fingerprint(f"{place.value}\x1f{normal_text(value)}")


def texts_pairs(texts: Iterable[tuple[TextPlace, object]]) -> tuple[tuple[str, str], ...]:
    """More rows of the hidden sheet: the marks of what cvsheet wrote outside the tables, and of the words of the
    controls. Whatever else stands there was typed by the partner."""
    marks = list(dict.fromkeys(text_mark(place, text) for place, text in texts if normal_text(text)))
    rows = [" ".join(marks[start : start + MARKS_PER_ROW]) for start in range(0, len(marks), MARKS_PER_ROW)]
    return tuple((f"{TEXTS_KEY} {number}" if number > 1 else TEXTS_KEY, row) for number, row in enumerate(rows, 1))


def columns_pairs(tables: Iterable[Table]) -> tuple[tuple[str, str], ...]:
    """More rows of the hidden sheet: the columns of each table, in their order."""
    said = {f"{COLUMNS_KEY} {table.name}": " ".join(column.name for column in table.columns) for table in tables}
    return tuple(said.items())


def known_columns(pairs: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The columns of each table, as the rows of the hidden sheet name them."""
    keys = {key: key.removeprefix(f"{COLUMNS_KEY} ") for key in pairs if key.startswith(f"{COLUMNS_KEY} ")}
    return {table: tuple(pairs[key].split()) for key, table in keys.items()}


def known_texts(pairs: Mapping[str, str]) -> frozenset[str]:
    """The marks that `texts_pairs` put among the rows of the hidden sheet."""
    return frozenset(mark for key, row in pairs.items() if key.split(" ")[0] == TEXTS_KEY for mark in row.split())


def identity_from_pairs(pairs: Mapping[str, str]) -> Identity | None:
    """The identity that the hidden sheet's rows state; None where a field is missing or the check digits disagree."""
    try:
        identity = Identity(*(pairs[key] for key in IDENTITY_KEYS))
    except KeyError:
        return None
    return identity if pairs.get("controle") == _check(identity) else None


def printed_identity(identity: Identity) -> str:
    """The small print of the first sheet."""
    return (
        f"Réf. cvsheet : {identity.contract} · {identity.campaign} · {identity.partner} · "
        f"{identity.version}-{identity.content}-{_check(identity)} (ne pas supprimer)"
    )


def identity_from_print(text: str) -> Identity | None:
    """The identity in a cell's `text`, None where it holds none or the check digits disagree."""
    match = _PRINTED.search(re.sub(r"\s", " ", text)) if SIGN in text else None
    if match is None:
        return None
    *stated, check = match.groups()
    identity = Identity(*stated)
    return identity if check == _check(identity) else None


def file_stem(contract: str, campaign: str, partner: str) -> str:
    """``<contract>_<campaign>_<partner>``: the name of a workbook without its ending; whatever a file name cannot hold
    becomes a hyphen."""
    return "_".join(re.sub(r"[^\w.-]+", "-", code) for code in (contract, campaign, partner))


def row_fingerprint(values: Iterable[object]) -> str:
    """The fingerprint of a row's locked cells, the same before and after Excel, LibreOffice or Google Sheets."""
    return fingerprint("\x1f".join(map(normal_text, values)))


def row_mark(contract: str, campaign: str, partner: str, values: Iterable[object]) -> str:
    """What the hidden column *Empreinte* holds: the fingerprint of a row's locked cells and of whose workbook it is.

    Workbooks made before marks knew the partner hold the `row_fingerprint` of the cells alone.
    """
    return row_fingerprint((contract, campaign, partner, *values))


def normal_text(value: object) -> str:
    """A cell's content as compared: numbers at 12 significant digits, spaces folded, dates in ISO form.

    LibreOffice rewrites numbers with 15 significant digits and ODS loses tabs, so nothing finer can be compared.
    """
    if isinstance(value, str):
        return " ".join(value.split())
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return f"{value:.12g}"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return " ".join(str(value).split())


def _check(identity: Identity) -> str:
    return fingerprint("|".join(astuple(identity)))[:4]
