"""What import-framework reads in the words of an indicator, and above all what it must not guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.contract.outline.guesses import guess_measure
from cvsheet.books.contract.outline.model import PointSubject
from tests.outline.documents import drawn, pairs

NOT_ADDED = """
Coût moyen par logement
Coûts moyens d’une rénovation
Montant des aides par habitant
Montant des aides par élève
Montant des aides pour 1 000 habitants
Montant des aides pour mille habitants
Montant moyen versé
Montant médian versé
Montant unitaire
Montant du loyer
Montant des aides en €/hab.
Montant des aides (€/ménage)
Dépenses / logement
Dépenses rapportées à la population
Dépense au m²
Nombre d’agents par rapport à la population
Budget consacré (%)
Nombre moyen de visites
Nombre d’élèves en retard (%)
Nombre d’élèves en retard en %
Nombre de crimes pour 1000 habitants
Nombre de places pour 100 enfants
Nombre d’habitants par médecin
Nombre d’élèves / enseignant
NOMBRE DE LIVRES PAR HABITANT
Nombre de jours d’attente
Nombre maximum de participants
Nombre de bénéficiaires uniques
Volume de déchets (kg/hab)
Volume de déchets par ménage
Surface moyenne des logements (m²)
Surface par habitant
Consommation d’énergie par logement (kWh)
Ratio d’encadrement
Indice de position sociale
Densité de commerces
Délai moyen de relogement (jours)
Durée moyenne des parcours
Âge moyen des allocataires
Revenu médian (€)
Taux de délinquance (‰)
Taux de chômage
Part des femmes
""".strip().splitlines()
ADDED = """
Nombre de logements rénovés
Nombre de jeunes accompagnés par les médiateurs
Nombre de jeunes accompagnés par Pôle emploi
Nombre de jeunes accompagnés par l’association
Nombre de jeunes ayant pris part à un chantier
Nombre d’actions par quartier
Nombre de demandeurs d’emploi et situation comparée par rapport au bassin
Nombre de visites par an
Nombre de demandeurs d’emploi de longue durée
Nombre de petites et moyennes entreprises
Nombre de moyens mis en place
Nombre d’actions / Nombre de personnes sensibilisées
Nombre de femmes et/ou d’hommes
Nombre de participants (femmes/hommes)
Nombre et part des habitants bénéficiaires
Nombre de bénéficiaires, en nombre et en %
Nombre de tonnes collectées
Montant des travaux (en k€)
Montant des aides pour 2021
Budget de l’action
Volume d’heures d’insertion
Consommation d’énergie (MWh)
Surface réhabilitée (m²)
""".strip().splitlines()


@pytest.mark.parametrize("text", NOT_ADDED)
def test_a_mean_a_ratio_or_a_price_is_never_added_up_by_a_guess(text: str) -> None:
    guess = guess_measure(text)
    assert guess.aggregation == ""
    assert guess.undecided or guess.type == "pourcentage"  # of a percentage, the two numbers are asked


@pytest.mark.parametrize("text", ADDED)
def test_counts_and_amounts_are_added_up(text: str) -> None:
    assert guess_measure(text).aggregation == "somme"


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("Consommation d’énergie (MWh)", "MWh", "volume"),
        ("Montant des travaux (en k€)", "k€", "montant"),
        ("Montant des travaux en millions d’euros", "millions d’euros", "montant"),
        ("Montant des travaux en euros", "€", "montant"),
        ("Surface réhabilitée (m²)", "m²", "volume"),
        ("Déchets collectés [en tonnes]", "tonnes", "volume"),
        ("Quantité de déchets (unité : kg)", "kg", "volume"),
        ("Émissions évitées (tCO₂)", "tCO₂", "volume"),
        ("Délai moyen de relogement (jours)", "jours", ""),
        ("Consommation (kWh/m²)", "kWh/m²", ""),
        ("Coût du service (€/hab.)", "€/hab.", "montant"),
        ("Taux de délinquance (‰)", "‰", ""),
        ("Taux de délinquance pour 1 000 habitants", "pour 1 000 habitants", ""),
        ("Taux de satisfaction (%)", "%", "pourcentage"),
        ("Satisfaction des habitants (en pourcentage)", "%", "pourcentage"),
        ("Fréquentation de la piscine (personnes)", "personnes", ""),
        ("Nombre de m² réhabilités", "m²", "volume"),
        ("Nombre d’ETP", "ETP", "volume"),
        ("Nombre d’emplois créés (ETP)", "ETP", "volume"),
        ("Nombre d’heures d’insertion", "heures", "volume"),
        ("Nombre moyen de visites", "", ""),
        ("Nombre et part des habitants bénéficiaires", "habitants", "nombre"),
        ("Nombre et type de documents diffusés", "documents", "nombre"),
        ("Nombre de bénéficiaires (femmes)", "bénéficiaires", "nombre"),
        ("Nombre de bénéficiaires (H/F)", "bénéficiaires", "nombre"),
        ("Nombre de bénéficiaires du dispositif (PRE)", "bénéficiaires", "nombre"),
        ("Nombre de bénéficiaires logés en famille", "bénéficiaires", "nombre"),
        ("Budget consacré (%)", "%", ""),
    ],
)
def test_units_between_brackets_or_after_en(text: str, unit: str, kind: str) -> None:
    guess = guess_measure(text)
    assert (guess.unit, guess.type) == (unit, kind)


def test_what_is_not_added_up_is_a_point_to_decide(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier  | Priorité | Objectif      | Action | Indicateur
        Emploi  | Insérer  | Accompagner   | Forum  | Coût moyen par jeune\\nNombre de jeunes
        """,
    )
    codes = [code for code, how in pairs(draft, "indicateurs", "code", "agregation") if not how]
    points = [point for point in draft.points if point.subject is PointSubject.AGGREGATION]
    assert [point.code for point in points] == codes
    assert len(codes) == 1
    assert "Coût moyen par jeune" in points[0].done
