"""Addresses and codes that `check` takes or refuses, in the table of partners."""

from __future__ import annotations

import re

import pytest

from cvsheet.judging.contract.settings import _RESERVED_FILES
from cvsheet.schema.tables import load_table


@pytest.mark.parametrize("table", ["partenaires", "contrat"])
@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("a@x.fr", True),
        ("a@x.fr ; b@y.fr", True),
        ("a@x.fr, b@y.fr", True),
        ("a@x.fr / b@y.fr", True),
        ("a@x.fr\nb@y.fr", True),
        ("Mme Dupont <a@x.fr>", True),
        ('"Dupont, Marie" <a@x.fr> ; b@y.fr;', True),
        ("a@x", False),
        ("Mme Dupont", False),
        ("a@x.fr ; à demander", False),
        ("Mme Dupont <a@x.fr", False),
    ],
)
def test_one_address_or_several(table: str, typed: str, taken: bool) -> None:
    pattern = load_table(table).column("courriel").pattern
    assert bool(re.fullmatch(pattern, typed)) is taken


@pytest.mark.parametrize(
    ("code", "reserved"),
    [("AUX", True), ("con", True), ("NUL", True), ("COM1", True), ("Lpt9", True), ("PRN", True), ("COM\u00b9", True),
     ("COM10", False), ("AUXI", False), ("CAF", False), ("COM", False), ("CONSEIL", False)],
)  # fmt: skip
def test_what_windows_reserves(code: str, reserved: bool) -> None:
    assert bool(_RESERVED_FILES.fullmatch(code)) is reserved
