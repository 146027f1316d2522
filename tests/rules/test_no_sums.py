"""Rules of sums ask how answers are aggregated: the categories of a mean are compared with no total."""

from __future__ import annotations

import dataclasses

import pytest

from cvsheet.model.framework import Aggregation, Framework
from tests.rules.good import arriving, judged, of
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned

ALL = ["A-2021.xlsx", "A-REF.xlsx", "B-2021.xlsx", "B-REF.xlsx"]
BROKEN = (
    "T4.M1 | 1000 | oui",
    "T4.M1/J | 1300 | oui",
    "T4.M1/A | 900 | oui",
    "T4.M1/V | 950 | oui",
    "T4.M1/JD | 1200 | oui",
)


def contract(**differing: object) -> Framework:
    """T4.M1 alone, an amount of at least 0 split by tranche (exclusive) and outil (overlapping), changed as told."""
    split = dataclasses.replace(FRAMEWORK.measure["T4.M1"], breakdowns=("tranche", "outil"), **differing)  # type: ignore[arg-type]
    return dataclasses.replace(FRAMEWORK, measures=(split,), rules=())


def sums(framework: Framework) -> set[str]:
    table = "\n".join(["ligne | valeur | commentaire", *BROKEN])
    assessment = judged(arriving(of(returned(table)), instead_of=ALL)(), framework)
    return {one.code for one in assessment.findings if one.code in ("COH-001", "COH-002", "COH-003")}


@pytest.mark.parametrize("kind", ["nombre", "montant", "volume"])
@pytest.mark.parametrize("aggregation", ["moyenne", "moyenne pondérée", "maximum"])
def test_categories_of_what_is_no_sum_are_compared_with_no_total(aggregation: str, kind: str) -> None:
    assert sums(contract(aggregation=Aggregation(aggregation), type=kind)) == set()


@pytest.mark.parametrize("aggregation", ["somme", "source unique", "aucune"])
def test_categories_of_a_sum_are(aggregation: str) -> None:
    assert sums(contract(aggregation=Aggregation(aggregation))) == {"COH-001", "COH-002"}


@pytest.mark.parametrize("aggregation", ["source unique", "aucune"])
@pytest.mark.parametrize(
    "named",
    [
        {"title": "Revenu médian"},
        {"title": "Coût moyen"},
        {"unit": "€/hab"},
        {"title": "Délai de traitement", "unit": "jours"},
        {"title": "Vie chère", "unit": "indice base 100"},
    ],
)
def test_where_the_aggregation_does_not_say_it_the_words_do(named: dict[str, str], aggregation: str) -> None:
    assert sums(contract(aggregation=Aggregation(aggregation), **named)) == set()


def test_a_sum_is_one_whatever_its_words() -> None:
    assert sums(contract(title="Coût moyen")) == {"COH-001", "COH-002"}
