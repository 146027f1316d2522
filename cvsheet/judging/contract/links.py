"""REF-020 to REF-027: codes that name another row of the canonical workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvsheet.judging.contract.survey import LINE_COLUMNS, Survey, fault, suggestion
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Ruling, Rulings
from cvsheet.model.findings import Fact, Severity
from cvsheet.model.records import Record
from cvsheet.schema.tables import load_table

PARENTS = ("piliers.code", "priorites.code", "objectifs.code")


@rule(
    "REF-020",
    Severity.ERROR,
    "« {unknown} » n’existe pas (« {column} »).{hint}",
    "Corrigez le code, ou ajoutez sa ligne.",
)
def unknown_parent(survey: Survey) -> Rulings:
    """Le pilier, la priorité ou l’objectif nommé n’existe pas.

    Constat : un code de parent n’est dans aucune ligne de sa table.
    Pourquoi : la ligne n’aurait pas de place dans l’arbre du contrat.
    Exemple : l’objectif « 2-9 », alors que la liste va de « 2-1 » à « 2-3 ».
    Correction : choisissez dans la liste déroulante, ou ajoutez d’abord le parent.
    """
    for reference in PARENTS:
        yield from _unknown(unknown_parent, survey, reference)


@rule(
    "REF-021",
    Severity.ERROR,
    "Le partenaire « {unknown} » n’existe pas (« {column} »).{hint}",
    "Corrigez le code, ou ajoutez sa ligne dans « Partenaires ».",
)
def unknown_partner(survey: Survey) -> Rulings:
    """Le partenaire nommé n’existe pas.

    Constat : un code de pilote, de producteur ou de partenaire cité n’est pas dans la table « Partenaires ».
    Pourquoi : personne ne recevrait la ligne à remplir.
    Exemple : « CAFF » au lieu de « CAF ».
    Correction : corrigez le code ; séparez plusieurs codes par « ; ».
    """
    yield from _unknown(unknown_partner, survey, "partenaires.code")


@rule(
    "REF-022",
    Severity.ERROR,
    "La ventilation « {unknown} » n’existe pas (« {column} »).{hint}",
    "Corrigez le nom, ou ajoutez ses modalités dans « Ventilations ».",
)
def unknown_breakdown(survey: Survey) -> Rulings:
    """La ventilation nommée n’existe pas.

    Constat : le nom d’une ventilation n’est dans aucune ligne de la table « Ventilations ».
    Pourquoi : ses modalités ne seraient pas demandées.
    Exemple : « quartiers » au lieu de « quartier ».
    Correction : corrigez le nom ; séparez plusieurs noms par « ; ».
    """
    yield from _unknown(unknown_breakdown, survey, "ventilations.ventilation")


@rule("REF-023", Severity.ERROR, "La ligne « {unknown} » n’existe pas (« {column} »).{hint}", "Corrigez le code.")
def unknown_line_in_calculation(survey: Survey) -> Rulings:
    """Le numérateur, le dénominateur ou le poids nommé n’existe pas.

    Constat : une mesure calculée nomme une ligne qui n’existe pas.
    Pourquoi : son résultat resterait vide.
    Exemple : « EMP-P1-I09.M1 » alors que cet indicateur a été supprimé.
    Correction : corrigez le code.
    """
    yield from _unknown_lines(unknown_line_in_calculation, survey, "indicateurs")


@rule(
    "REF-024",
    Severity.ERROR,
    "La ligne « {unknown} » n’existe pas (« {column} »).{hint}",
    "Corrigez le code, ou supprimez la règle.",
)
def unknown_line_in_rule(survey: Survey) -> Rulings:
    """Une règle de cohérence nomme une ligne qui n’existe pas.

    Constat : un des deux côtés d’une règle n’est ni une mesure, ni une de ses modalités.
    Pourquoi : la règle ne serait jamais vérifiée.
    Exemple : « EMP-P1-I02.M1/NORD » alors que la modalité s’appelle « VER ».
    Correction : corrigez le code, ou supprimez la règle.
    """
    yield from _unknown_lines(unknown_line_in_rule, survey, "regles")


@rule(
    "REF-025",
    Severity.ERROR,
    "La ligne « {unknown} » n’existe pas (« {column} »).{hint}",
    "Corrigez le code, ou supprimez la ligne.",
)
def unknown_line_in_reference(survey: Survey) -> Rulings:
    """Une référence par modalité nomme une ligne qui n’existe pas.

    Constat : le code n’est pas celui d’une mesure suivi de « / » et d’une de ses modalités.
    Pourquoi : la référence et la cible ne serviraient à aucune ligne.
    Exemple : « EMP-P1-I02.M1/X ».
    Correction : corrigez le code.
    """
    yield from _unknown_lines(unknown_line_in_reference, survey, "references_modalites")


@rule(
    "REF-026",
    Severity.ERROR,
    "La priorité « {found} » appartient au pilier « {expected} », pas à « {other} ».",
    "Corrigez l’un des deux codes.",
)
def priority_of_another_pillar(survey: Survey) -> Rulings:
    """La priorité d’une mesure appartient à un autre pilier que le sien.

    Constat : le pilier de la mesure n’est pas celui de sa priorité.
    Pourquoi : la mesure serait sur une feuille et comptée sur une autre.
    Exemple : pilier « EMP » et priorité « P3 », qui est du pilier « COH ».
    Correction : corrigez le code faux, ou videz « Pilier » : celui de la priorité vaut alors.
    """
    for row, facts in _elsewhere(survey, "priorites", "priorite", above="pilier"):
        yield fault(priority_of_another_pillar, survey, row, "priorite", facts)


@rule(
    "REF-027",
    Severity.ERROR,
    "L’objectif « {found} » appartient à la priorité « {expected} », pas à « {other} ».",
    "Corrigez l’un des deux codes.",
)
def objective_of_another_priority(survey: Survey) -> Rulings:
    """L’objectif d’une mesure appartient à une autre priorité que la sienne.

    Constat : la priorité de la mesure n’est pas celle de son objectif.
    Pourquoi : la mesure serait rangée à deux endroits de l’arbre.
    Exemple : priorité « P1 » et objectif « 2-1 », qui est de la priorité « P2 ».
    Correction : corrigez le code faux.
    """
    for row, facts in _elsewhere(survey, "objectifs", "objectif", above="priorite"):
        yield fault(objective_of_another_priority, survey, row, "objectif", facts)


def _elsewhere(survey: Survey, table: str, column: str, *, above: str) -> Iterator[tuple[Record, dict[str, Fact]]]:
    """The measures whose `column` names a row of `table` that stands under another `above` than they say themselves."""
    homes = {row.text("code"): row.text(above) for row in survey.canonical.rows(table)}
    for row in survey.canonical.rows("indicateurs"):
        own, expected = row.text(above), homes.get(row.text(column))
        if own and own != expected and expected in survey.codes.get(f"{above}s.code", ()):
            yield row, {"expected": expected, "other": own}


def _unknown(judge: AnyRule, survey: Survey, reference: str) -> Iterator[Ruling]:
    """Every code that should be in `reference` and is not. Where that table is missing, that is the one fault."""
    if reference not in survey.codes:
        return
    known = survey.codes[reference]
    for table, row in survey.rows:
        for column in table.columns:
            if column.reference == reference:
                codes = row.codes(column.name) if column.separator else (row.text(column.name),)
                for code in filter(None, codes):
                    if code not in known:
                        facts = {"unknown": code, "hint": suggestion(code, known)}
                        yield fault(judge, survey, row, column.name, facts)


def _unknown_lines(judge: AnyRule, survey: Survey, table: str) -> Iterator[Ruling]:
    """Every line that `table` names and that is nowhere. Where the sheet of a pillar is lost, that is the one fault."""
    if survey.lost_pillars:
        return
    for row in survey.canonical.rows(table):
        for column in LINE_COLUMNS[table]:
            yield from _unknown_line(judge, survey, row, column)


def _unknown_line(judge: AnyRule, survey: Survey, row: Record, column: str) -> Iterator[Ruling]:
    code, pattern = row.text(column), load_table(row.table).column(column).pattern
    if code and re.fullmatch(pattern or ".*", code) and code not in survey.lines:
        yield fault(judge, survey, row, column, {"unknown": code, "hint": suggestion(code, survey.lines)})
