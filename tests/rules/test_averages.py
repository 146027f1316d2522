"""What words say for sure that a measure is an average, and what words only look like it."""

from __future__ import annotations

import pytest

from cvsheet.model.averages import names_an_average
from cvsheet.model.framework import Line
from tests.consolidation.frameworks import measure

AVERAGES = (
    ("Revenu médian par unité de consommation", "€"), ("Revenus médians", "€"), ("Loyer moyen", "€"),
    ("Âge moyen des bénéficiaires", "ans"), ("Coûts moyens de rénovation", "€"), ("Montant d’aide par habitant", "€"),
    ("Dépense", "€/hab"), ("Dépense", "€ / logement"), ("Dépense par m²", "€"), ("Médecins pour 10 000 habitants", ""),
    ("Consommation d’énergie", "kWh/m²"), ("Moyenne des séjours", "jours"), ("Taux d’effort des locataires", "€"),
    ("Aides versées", "€ par habitant"),
    ("Délai de traitement des demandes", "jours"), ("Durée d’attente", "mois"), ("Âge des bénéficiaires", "ans"),
    ("Ancienneté dans le logement", "années"), ("Indice de position sociale", ""), ("Entreprises", "indice base 100"),
    ("Score de bien-être", "points"), ("Densité commerciale", "commerces"), ("Quotient familial", "€"),
    ("Taux brut de natalité", "‰"), ("Natalité", "‰"), ("Ménages pauvres", "% des ménages"), ("Prix du repas", "€"),
    ("Loyer", "€"), ("Loyer demandé au m²", "€"), ("Part des femmes", ""), ("Fréquence des bus", "passages"),
)  # fmt: skip
SUMS = (
    ("Montant des moyens alloués", "€"), ("Nombre de moyens de transport", ""), ("Élèves de moyenne section", "élèves"),
    ("Heures d’insertion", "heures/an"), ("Déchets collectés", "tonnes / mois"),
    ("Jeunes suivis par quartier", "jeunes"),
    ("Entrepreneurs accompagnés, par opérateur et par étape", "personnes"),
    ("Allocataires dont 100 % des ressources sont des prestations", "foyers"), ("Médiateurs en poste", "personnes"),
    ("Habitants ayant pris part à une action", "habitants"), ("Ménages de la classe moyenne", "ménages"),
    ("Prêts à taux zéro", "prêts"), ("Actions menées par les habitants", "actions"),
)  # fmt: skip


@pytest.mark.parametrize(("title", "unit"), AVERAGES)
def test_words_of_an_average(title: str, unit: str) -> None:
    assert names_an_average(title, unit)


@pytest.mark.parametrize(("title", "unit"), SUMS)
def test_words_of_a_sum(title: str, unit: str) -> None:
    assert not names_an_average(title, unit)


@pytest.mark.parametrize(
    ("kind", "title", "bounds"),
    [
        ("pourcentage", "Taux de chômage", (0, 100)),
        ("pourcentage", "Évolution du chômage", (None, None)),
        ("pourcentage", "Taux de croissance des effectifs", (None, None)),
        ("pourcentage", "Écart de taux d’emploi", (None, None)),
        ("pourcentage", "Taux de réduction accordé", (0, 100)),
        ("nombre", "Solde migratoire", (None, None)),
        ("nombre", "Évolution du nombre d’inscrits", (0, None)),  # which often just counts them
        ("nombre", "Entreprises créées", (0, None)),
        ("montant", "Solde", (None, None)),
    ],
)
def test_a_balance_or_a_change_may_be_negative(
    kind: str, title: str, bounds: tuple[float | None, float | None]
) -> None:
    limits = Line(measure("M.M1", type=kind, title=title)).limits
    assert (limits.minimum, limits.maximum) == bounds


def test_what_the_contract_says_of_its_bounds_counts() -> None:
    limits = Line(measure("M.M1", title="Solde migratoire", minimum=0.0, maximum=50.0)).limits
    assert (limits.minimum, limits.maximum) == (0, 50)
