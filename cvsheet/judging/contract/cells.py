"""REF-010 to REF-015: single cells of the canonical workbook, as the schemas describe their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cvsheet.judging.contract.survey import Survey, fault, readable
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Ruling, Rulings
from cvsheet.model.findings import Severity
from cvsheet.model.measured import MEASURED, MEASURES, measure_of_line, unit_of
from cvsheet.model.records import Record, is_number
from cvsheet.model.submission import Form
from cvsheet.schema.tables import CANONICAL_TABLES, Column, load_table
from cvsheet.text.french import french_interval
from cvsheet.text.numerals import number_in, unit_said, units_of

KINDS = {"number": "un nombre", "integer": "un nombre entier", "date": "une date, par exemple 31/12/2021"}
_ANY, _CONVERT = "Corrigez cette cellule.", "Tapez le nombre seul, converti dans cette unité."


@rule("REF-010", Severity.ERROR, "« {column} » doit être rempli.", "Remplissez cette cellule, ou supprimez la ligne.")
def required_cell_empty(survey: Survey) -> Rulings:
    """Une cellule obligatoire est vide.

    Constat : une cellule dont le titre de colonne est jaune est vide sur une ligne commencée.
    Pourquoi : sans elle, la ligne ne peut pas servir.
    Exemple : une mesure sans libellé d’indicateur.
    Correction : remplissez la cellule, ou videz toute la ligne.
    """
    for table, row in survey.rows:
        for column in table.columns:
            if column.required and column.name in row.cells and not row.text(column.name):
                yield fault(required_cell_empty, survey, row, column.name)


@rule(
    "REF-011",
    Severity.ERROR,
    "« {found} » n’est pas dans la liste de « {column} ».",
    "Choisissez : {allowed}.",
)
def not_in_list(survey: Survey) -> Rulings:
    """La valeur n’est pas dans la liste.

    Constat : une cellule à choix fermé contient autre chose qu’un des choix. Casse et accents ne comptent pas.
    Pourquoi : cvsheet ne saurait pas quoi en faire.
    Exemple : « augmentation » au lieu de « hausse » dans « Sens ».
    Correction : choisissez dans la liste déroulante.
    """
    for table, row in survey.rows:
        for column in table.columns:
            value = row.values.get(column.name)
            known = isinstance(value, bool) if column.type == "boolean" else value in column.enum
            if column.enum and readable(row, column) and not known:
                yield fault(not_in_list, survey, row, column.name, {"allowed": ", ".join(column.enum)})


@rule("REF-012", Severity.ERROR, "« {found} » n’est pas {expected} (« {column} »).", "{remedy}")
def wrong_type(survey: Survey) -> Rulings:
    """La valeur n’est pas du type attendu.

    Constat : un texte se trouve là où un nombre ou une date est attendu, et il ne se lit pas comme tel sans doute ; ou
        un nombre est donné dans une autre unité que celle de sa mesure.
    Pourquoi : un nombre mal lu fausserait tout ce qui en dépend.
    Exemple : « environ 120 » dans « Référence » ; « 12,5 % » pour une mesure en personnes.
    Correction : tapez le nombre seul, ou la date sous la forme 31/12/2021.
    """
    for table, row in survey.rows:
        for column in table.columns:
            if column.type in KINDS and readable(row, column) and not _is_typed(row.values.get(column.name), column):
                yield fault(wrong_type, survey, row, column.name, _expected(survey, row, column))


@rule(
    "REF-013",
    Severity.ERROR,
    "{found} est hors des bornes de « {column} » ({expected}).",
    "Corrigez cette cellule.",
)
def out_of_range(survey: Survey) -> Rulings:
    """Le nombre est hors des bornes de sa colonne.

    Constat : un nombre est plus petit ou plus grand que ce que sa colonne admet.
    Pourquoi : c’est une faute de frappe, ou une autre unité.
    Exemple : l’année 21 au lieu de 2021.
    Correction : corrigez le nombre.
    """
    for table, row in survey.rows:
        for column in table.columns:
            value = row.values.get(column.name)
            if is_number(value):
                low, high = column.minimum, column.maximum
                if (low is not None and value < low) or (high is not None and value > high):
                    facts = {"expected": french_interval(low, high, "{:g}".format)}
                    yield fault(out_of_range, survey, row, column.name, facts)


@rule(
    "REF-014",
    Severity.ERROR,
    "« {found} » n’a pas la forme attendue pour « {column} ».",
    "{expected}",
)
def malformed_text(survey: Survey) -> Rulings:
    """Le texte n’a pas la forme attendue.

    Constat : un code contient une espace ou un signe interdit, une adresse n’en est pas une, un code a été changé en
        date par Excel, un nom de feuille est trop long.
    Pourquoi : les codes servent de clés et de noms de fichiers.
    Exemple : « Mission locale » au lieu de « ML » dans « Code » ; « 01/02/2026 » au lieu de « 1-2 ».
    Correction : retapez le code ; devant un code comme 1-2, tapez une apostrophe : '1-2.
    """
    for table, row in survey.rows:
        for column in table.columns:
            if column.pattern and readable(row, column) and not re.fullmatch(column.pattern, row.text(column.name)):
                yield fault(malformed_text, survey, row, column.name, {"expected": column.description})


@rule(
    "REF-015",
    Severity.ERROR,
    "« {found} » est déjà pris par la ligne de la feuille « {first_sheet} », cellule {first_cell}.",
    "Donnez un autre code à l’une des deux lignes.",
)
def duplicate_code(survey: Survey) -> Rulings:
    """Un code figure deux fois.

    Constat : deux lignes d’une même table ont le même code ; seule la seconde est signalée.
    Pourquoi : tout se retrouve par code. Deux codes qui ne diffèrent que par la casse donneraient le même fichier.
    Exemple : une ligne copiée pour en faire une autre, dont le code n’a pas été changé.
    Correction : donnez un code nouveau à la ligne ajoutée.
    """
    for name in CANONICAL_TABLES:
        table = load_table(name)
        unique: list[tuple[str, ...]] = [(column.name,) for column in table.columns if column.unique]
        for columns in unique or [table.key]:
            yield from _duplicates(survey, table.name, columns)


def _is_typed(value: object, column: Column) -> bool:
    if column.type == "date":
        return isinstance(value, date)
    return is_number(value)


def _expected(survey: Survey, row: Record, column: Column) -> dict[str, str]:
    """What should stand in the cell: a number in the unit of its measure where only this is wrong."""
    measure = row if row.table == MEASURES else survey.measures.get(measure_of_line(row.values))
    unit = unit_of(measure.values) if measure and column.name in MEASURED.get(row.table, ()) else None
    if unit is None or number_in(row.text(column.name), units_of(*unit)) is not Form.OTHER_UNIT:
        return {"expected": KINDS[column.type], "remedy": _ANY}
    name = unit_said(*unit)
    said = f"dans l’unité de la mesure, « {name} »" if name else "un nombre seul, et la mesure n’a pas d’unité"
    return {"expected": said, "remedy": _CONVERT if name else _ANY}


def _duplicates(survey: Survey, table: str, columns: tuple[str, ...]) -> Iterator[Ruling]:
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in survey.canonical.rows(table):
        key = tuple(row.text(column).casefold() for column in columns)
        if not all(key):
            continue
        if key in first:
            sheet, cell = first[key]
            yield fault(duplicate_code, survey, row, columns[-1], {"first_sheet": sheet, "first_cell": cell})
        else:
            first[key] = (row.sheet, row.cells.get(columns[-1], "?"))
