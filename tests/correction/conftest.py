"""A small contract, and what A types in it when all is well."""

from __future__ import annotations

from datetime import date

import pytest

from cvsheet.books.partner.writing.entries import Prefill
from tests.partner.conftest import amboise, small

__all__ = ["amboise", "small"]


@pytest.fixture
def good() -> Prefill:
    return {
        ("E-I1.M1", "valeur"): 30,
        ("E-I1.M1/F", "valeur"): 18,
        ("E-I1.M1/H", "valeur"): 12,
        ("E-I1.M1/X1", "valeur"): 10,
        ("E-I1.M1/X2", "valeur"): 0,
        ("E-I1.M2", "valeur"): 45.5,
        ("E-I2.M1", "valeur"): "1 234,5",
        ("E-I2.M1", "commentaire"): "Hors subventions",
        ("E-I2.M2", "valeur"): "Un bon climat",
        ("E-I2.M3", "valeur"): "so",
        ("A1", "statut"): "En cours",
        ("A1", "avancement"): 50,
        ("A1", "debut"): date(2021, 2, 1),
        ("A2", "statut"): "Non démarrée",
        ("A3", "statut"): "Non démarrée",
        ("COMPL-1", "action"): "Un forum",
        ("COMPL-1", "statut"): "Réalisée",
    }
