"""`schemas/attentes.json` beside the rules, the tables and the library that it names; and no subject judged twice."""

from __future__ import annotations

import pytest

from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.campaign.checkpoint import silence
from cvsheet.judging.campaign.expectations import Expectation, audited_tables, expectations
from cvsheet.judging.campaign.subject import Subject
from cvsheet.judging.engine.catalogue import all_rules
from cvsheet.judging.engine.rule import Rule
from cvsheet.workflows.audit import suites_of

from .campaigns import FRAMEWORK, judged, returns

RULES = {rule.code: rule for rule in all_rules()}
COLUMNS = ("column", "column_A", "column_B", "column_list")

SUBJECTS = """
VAL-001 cellule : vide                        | VAL-002 cellule : texte pour un nombre
VAL-003 cellule : date pour un nombre         | VAL-004 cellule : vrai ou faux
VAL-005 cellule : erreur du tableur           | VAL-006 cellule : formule sans résultat
VAL-007 cellule : valeur approchée            | VAL-008 cellule : intervalle
VAL-009 cellule : comparaison                 | VAL-010 cellule : nombre à deux lectures
VAL-011 cellule : autre unité                 | VAL-012 cellule : date attendue
VAL-013 cellule : date à deux lectures        | VAL-014 cellule : hors de la liste
VAL-015 cellule : nombre entier               | VAL-016 cellule : bornes
VAL-017 cellule : plage plausible             | VAL-018 cellule : fraction pour un pourcentage
VAL-019 cellule : nd sans explication         | VAL-020 cellule : texte d’attente
VAL-021 cellule : donnée personnelle          | VAL-022 cellule : date éloignée
VAL-030 cellule : texte lu                    | VAL-031 cellule : format pourcentage lu
VAL-032 cellule : formule lue                 | COH-001 ventilation d’un retour : somme
COH-002 ventilation d’un retour : modalité    | COH-003 ventilation d’un retour : somme partielle
COH-010 deux lignes d’un retour : ≤           | COH-011 deux lignes d’un retour : =
COH-012 deux lignes d’un retour : suppose     | COH-013 deux lignes d’un retour : entre max et somme
COH-014 moyenne pondérée : poids manquant     | COH-015 moyenne pondérée : poids non demandé
COH-020 référence et cible : sens             | COH-021 référence et cible : cible manquante
COH-022 référence et cible : année manquante  | COH-023 référence et cible : ordre des années
COH-030 action : femmes                       | COH-031 action : réalisée
COH-032 action : non démarrée                 | COH-033 action : dates
COH-034 action : statut                       | COH-035 action : intitulé
COH-037 action : début après la campagne      | HIS-001 cellule dans le temps : saut
HIS-002 retour : identique à l’an dernier     | HIS-003 cellule dans le temps : réponse vidée
HIS-004 cellule dans le temps : N-3           | HIS-005 retour : colonne décalée
HIS-006 cellule dans le temps : vidée, gardée | VAL-025 cellule : trop de chiffres
VAL-024 cellule : heure pour un nombre        | VAL-023 cellule : réponse en commentaire
ENS-001 ligne entre partenaires : sources     | ENS-003 partenaire : sans réponse
ENS-002 ligne entre partenaires : même valeur | ENS-004 ligne entre partenaires : personne
ENS-005 deux totaux : règle du contrat        | ENS-006 part : partenaires des deux termes
ENS-007 évolution : base positive             | ENS-008 part : dénominateur nul
ENS-009 référence : partenaires de la valeur
"""
"""What each rule on answers looks at, and for what. A new rule takes its line here, and no subject that is taken."""


def every_expectation(function: object) -> object:
    return pytest.mark.parametrize("one", expectations(), ids=lambda one: one.code)(function)  # type: ignore[arg-type]


def test_each_rule_of_the_family_has_its_expectation_and_the_other_way_round() -> None:
    assert [one.code for one in expectations()] == [code for code in RULES if code.startswith("ATT")]


@every_expectation
def test_file_and_rule_say_the_same(one: Expectation) -> None:
    rule: Rule = RULES[one.code]
    assert (one.title, one.severity) == (rule.title, rule.severity)


@every_expectation
def test_the_columns_that_it_judges_are_described_and_there(one: Expectation) -> None:
    text = next(table for table in audited_tables() if table.name == one.table)
    assessment = judged(returns())
    campaign = FRAMEWORK.campaign["2021"]
    subject = Subject(FRAMEWORK, assessment, aggregate(FRAMEWORK, assessment.frame), campaign)
    frame = next(suite.table.frame for suite in suites_of(subject, {}) if suite.text.name == one.table)
    for check in one.checks:
        named = [check.parameters[name] for name in COLUMNS if name in check.parameters]
        columns = {column for value in named for column in ([value] if isinstance(value, str) else value)}
        assert columns | set(check.at_least) <= set(text.columns) & set(frame.columns)


@every_expectation
def test_the_library_has_it(one: Expectation) -> None:
    with silence():
        from great_expectations import expectations as library
    assert all(hasattr(library, check.type) for check in one.checks)


def test_no_expectation_repeats_another_rule() -> None:
    others = dict(cell.strip().split(" ", 1) for row in SUBJECTS.strip().splitlines() for cell in row.split("|"))
    assert set(others) == {code for code in RULES if code[:3] in ("VAL", "COH", "HIS", "ENS")}
    subjects = [*others.values(), *(one.subject for one in expectations())]
    assert len(set(subjects)) == len(subjects)


def test_no_expectation_is_about_a_single_cell() -> None:
    objects = {one.subject.partition(" : ")[0] for one in expectations()}
    assert objects == {"jeu de données", "retour", "pilier", "total"}


def test_what_is_compared_in_time_is_known_as_such() -> None:
    comparing = {code for code, rule in RULES.items() if rule.needs_former}
    assert comparing == {
        code for code, rule in RULES.items() if {"previous", "previous_campaign"} & set(rule.fields)
    } & {one.code for one in expectations()}
