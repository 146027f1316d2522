"""What the sentence of a VAL rule says of a cell. Spaces are written as ~ (no-break) and _ (narrow)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from math import inf

import pytest

from cvsheet.judging.cells.schema import FACTS
from cvsheet.model.submission import AnswerKind
from tests.conftest import ROOT

NUMBER, TEXT, NOT_AVAILABLE = AnswerKind.NUMBER, AnswerKind.TEXT, AnswerKind.NOT_AVAILABLE


def said(fact: str, **row: object) -> str:
    return str(FACTS[fact](row)).replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(("share", "shown"), [(0.45, 45), (1, 100), (-0.5, -50)])
def test_a_share_of_1_as_a_percentage(share: float, shown: float) -> None:
    assert FACTS["hundredfold"]({"nombre": share}) == shown


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"reponse": NUMBER, "colonne": "valeur", "nombre": 1234.5}, "1_234,5"),
        ({"reponse": NUMBER, "colonne": "valeur", "nombre": 0.123456}, "0,123456"),
        ({"reponse": NUMBER, "colonne": "valeur", "nombre": 0.1234564}, "0,123456"),
        ({"reponse": NUMBER, "colonne": "annee_reference", "nombre": 2031.0}, "2031"),
        ({"reponse": TEXT, "colonne": "debut", "attendu": "date", "texte": "2021-03-01"}, "01/03/2021"),
        ({"reponse": TEXT, "colonne": "statut", "attendu": "choix", "texte": "En cours"}, "«~En cours~»"),
        ({"reponse": NOT_AVAILABLE, "colonne": "debut", "attendu": "date", "texte": ""}, "«~nd~»"),
    ],
)
def test_what_was_read(row: Mapping[str, object], shown: str) -> None:
    assert said("read", **row) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0, 100, "de 0 à 100"),
        (0, inf, "au moins 0"),
        (-inf, 100, "au plus 100"),
        (0.0004, 1200, "de 0,0004 à 1_200"),
    ],
)
def test_bounds(low: float, high: float, shown: str) -> None:
    assert said("bounds", minimum=low, maximum=high) == shown
    assert said("plausible", plausible_minimum=low, plausible_maximum=high) == shown


@pytest.mark.parametrize(
    ("expected", "shown"), [("date", "du 01/01/2019 au 31/12/2022"), ("nombre", "de 2019 à 2022")]
)  # fmt: skip
def test_likely_days_and_years(expected: str, shown: str) -> None:
    assert said("likely", attendu=expected, premier_jour="2019-01-01", dernier_jour="2022-12-31") == shown


@pytest.mark.long
@pytest.mark.parametrize(("returns", "imported"), [("2019-REF", "False"), ("2021", "True")])
def test_pandera_is_imported_where_a_cell_breaks_a_constraint_and_only_there(returns: str, imported: str) -> None:
    """It takes as long as sixty returns."""
    program = (
        "import sys, pathlib, cvsheet\n"
        "root = pathlib.Path(sys.argv[1])\n"
        "cvsheet.open_contract(root).validate([root / 'retours' / sys.argv[2]])\n"
        "print('pandera' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(ROOT / "examples" / "campagne"), returns]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == imported
