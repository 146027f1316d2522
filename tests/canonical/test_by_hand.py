"""A workbook that is edited by hand for years: what a coordinator does in Excel or LibreOffice changes nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.files.grid import open_grid
from cvsheet.model.framework import Framework
from cvsheet.model.records import Canonical
from tests.canonical.conftest import TEMPLATE
from tests.conftest import Convert
from tests.opened import opened

Edit = Callable[[Workbook], None]
LISTS = {"liste_partenaires": 23, "liste_objectifs": 21, "liste_ventilations": 11, "liste_oui_non": 2, "liste_sens": 3}


def edited(path: Path, edit: Edit) -> Canonical:
    workbook = opened(path)
    edit(workbook)
    workbook.save(path)
    return read_canonical(path)


def rows_of(canonical: Canonical) -> dict[str, list[tuple[str, ...]]]:
    """The content of every table, the order of rows aside."""
    return {
        name: sorted(tuple(row.text(column) for column in row.values) for row in rows)
        for name, rows in canonical.tables.items()
    }


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_a_round_trip_through_libreoffice_keeps_every_record(
    libreoffice: Convert, extension: str, amboise: Canonical, contract: Path
) -> None:
    def count_choices(workbook: Workbook) -> None:
        sheet = workbook.create_sheet("Mes comptes")
        for row, name in enumerate(LISTS, start=1):
            sheet.cell(row, 1).value = f"=ROWS({name})"

    edited(contract, count_choices)
    converted = libreoffice(contract, extension)
    saved = read_canonical(converted)
    assert {name: list(rows) for name, rows in rows_of(saved).items() if rows} == rows_of(amboise)
    assert framework_from(saved) == framework_from(amboise)
    counts = [cell.value for cell in open_grid(converted).sheets[-1].cells()]
    assert counts == list(LISTS.values()), "dropdowns hold the rows that are filled and no blank ones"


def sort_measures(workbook: Workbook) -> None:
    sheet = workbook["Emploi"]
    first = header_row(sheet, "Code mesure") + 1
    last = next(row for row in range(first, 1000) if sheet.cell(row, 1).value is None) - 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=last)]
    for number, row in enumerate(reversed(rows), start=first):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


def insert_blank_rows(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        sheet.insert_rows(header_row(sheet, "Code action") + 3, 2)
        sheet.insert_rows(1)


def delete_title_rows(workbook: Workbook) -> None:
    for name in ("Partenaires", "Contrat", "Emploi", "Ventilations"):
        workbook[name].delete_rows(1, 2)


def rename_and_move_sheets(workbook: Workbook) -> None:
    workbook["Emploi"].title = "Pilier 1 (en cours)"
    workbook["Contrat"].title = "Réglages"
    workbook.move_sheet("Partenaires", 9)


def swap_columns(workbook: Workbook) -> None:
    sheet = workbook["Partenaires"]
    for row in sheet.iter_rows():
        row[0].value, row[6].value = row[6].value, row[0].value


def insert_columns(workbook: Workbook) -> None:
    workbook["Règles"].insert_cols(3, 2)
    workbook["Contrat"].insert_cols(1)


def colour_and_annotate(workbook: Workbook) -> None:
    sheet = workbook["Cohésion"]
    for row in sheet.iter_rows(max_col=5):
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFDD00")
    sheet.auto_filter.ref = None
    sheet.row_dimensions[12].hidden = True


@pytest.mark.parametrize(
    "edit",
    [sort_measures, insert_blank_rows, delete_title_rows, rename_and_move_sheets, swap_columns, insert_columns,
     colour_and_annotate],
    ids=lambda edit: edit.__name__,
)  # fmt: skip
@pytest.mark.sample(1)
def test_the_framework_stays_the_same(edit: Edit, amboise: Canonical, contract: Path) -> None:
    canonical = edited(contract, edit)
    assert {name: rows for name, rows in rows_of(canonical).items() if rows} == rows_of(amboise)


@pytest.mark.long
def test_columns_added_at_the_right_are_kept_beside_their_rows(contract: Path) -> None:
    def add_column(workbook: Workbook) -> None:
        sheet = workbook["Partenaires"]
        sheet.cell(header_row(sheet, "Code"), 8).value = "Relancé le"
        sheet.cell(header_row(sheet, "Code") + 2, 8).value = "lundi"

    extras = [row.extras for row in edited(contract, add_column).rows("partenaires")]
    assert extras[:3] == [{}, {"Relancé le": "lundi"}, {}]


def test_a_coordinator_adds_an_indicator_a_partner_a_campaign_by_typing_rows(contract: Path) -> None:
    def type_rows(workbook: Workbook) -> None:
        type_row(workbook["Partenaires"], {"Code": "MDS", "Nom": "Maison des solidarités"})
        type_row(workbook["Campagnes"], {
            "Code": 2023, "Intitulé": "Bilan 2023", "Type": "Annuelle", "Année": "2023",
            "Début": "01/01/2023", "Fin": "31/12/2023",
        })  # fmt: skip
        type_row(workbook["Emploi"], {
            "Code mesure": "EMP-P1-I09.M1", "Code indicateur": "EMP-P1-I09", "Libellé de l’indicateur": "Ateliers",
            "Priorité": "P1", "Mesure": "Ateliers tenus", "Type de mesure": "Nombre", "Sens": "hausse",
            "Saisie ou calcul": "Saisie", "Producteurs": "MDS ; CAF", "Ventilations": "sexe", "Référence": "12,5",
        })  # fmt: skip

    framework = framework_from(edited(contract, type_rows))
    assert framework.partner["MDS"].name == "Maison des solidarités"
    assert framework.campaign["2023"].year == 2023
    lines = [line.code for line in framework.lines_for("MDS")]
    assert lines == ["EMP-P1-I09.M1", "EMP-P1-I09.M1/F", "EMP-P1-I09.M1/H"]
    assert framework.reference["EMP-P1-I09.M1"].baseline == 12.5
    assert framework.measure["EMP-P1-I09.M1"].pillar == "EMP"


def test_a_coordinator_adds_a_pillar_by_copying_a_sheet(contract: Path, amboise: Canonical) -> None:
    def add_pillar(workbook: Workbook) -> None:
        pillars, priorities = workbook["Piliers"], workbook["Priorités"]
        type_row(pillars, {"Code du pilier": "SAN", "Nom de la feuille": "Santé", "Intitulé du pilier": "Santé"})
        priority = {"Code de la priorité": "P9", "Pilier de la priorité": "SAN", "Intitulé de la priorité": "Soins"}
        type_row(priorities, priority)
        objective = {"Code de l’objectif": "9-1", "Priorité de l’objectif": "P9", "Intitulé de l’objectif": "Accès"}
        type_row(workbook["Objectifs"], objective)
        copy = workbook.copy_worksheet(workbook["Habitat cadre de vie"])
        copy.title = "Santé"
        empty_table(copy)
        action = {"Code action": "SAN-A1", "Objectif de l’action": "9-1", "Action": "Bus santé", "Pilote": "CCAS"}
        type_row(workbook["Actions"], action)
        type_row(copy, {
            "Code mesure": "SAN-I1.M1", "Code indicateur": "SAN-I1", "Libellé de l’indicateur": "Visites",
            "Priorité": "P9", "Mesure": "Visites", "Type de mesure": "nombre", "Sens": "hausse",
            "Saisie ou calcul": "saisie", "Producteurs": "CCAS",
        })  # fmt: skip

    framework = framework_from(edited(contract, add_pillar))
    before = framework_from(amboise)
    assert framework.pillar["SAN"].sheet == "Santé"
    assert [action.code for action in framework.actions_for("CCAS") if action.pilot] == ["SAN-A1"]
    assert framework.measure["SAN-I1.M1"].pillar == "SAN"
    assert without_pillar(framework, "SAN") == before.measures


def without_pillar(framework: Framework, pillar: str) -> tuple[object, ...]:
    return tuple(measure for measure in framework.measures if measure.pillar != pillar)


def header_row(sheet: Worksheet, title: str) -> int:
    return next((cell.row for row in sheet.iter_rows(max_col=3) for cell in row if cell.value == title), 1)


def type_row(sheet: Worksheet, values: dict[str, object]) -> None:
    """Type `values` in the first blank row below the header that has their titles."""
    header = header_row(sheet, next(iter(values)))
    titles = {cell.value: cell.column for cell in sheet[header]}
    blank = next(row for row in range(header + 1, 2000) if sheet.cell(row, 1).value is None)
    for title, value in values.items():
        sheet.cell(blank, titles[title]).value = value


def empty_table(sheet: Worksheet) -> None:
    row = header_row(sheet, "Code mesure") + 1
    while sheet.cell(row, 1).value is not None:
        for cell in sheet[row]:
            cell.value = None
        row += 1


def test_every_column_with_a_closed_list_has_a_dropdown() -> None:
    workbook = opened(TEMPLATE)
    for sheet, title in (
        ("Emploi", "Sens"), ("Emploi", "Producteurs"), ("Actions", "Pilote"), ("Actions", "Objectif de l’action"),
        ("Emploi", "Obligatoire"), ("Emploi", "Ventilations"), ("Emploi", "Poids"), ("Règles", "Opérateur"),
        ("Campagnes", "Type"), ("Priorités", "Pilier de la priorité"), ("Ventilations", "Exclusive"),
    ):  # fmt: skip
        page = workbook[sheet]
        cell = next(cell for row in page.iter_rows() for cell in row if cell.value == title)
        below = page.cell(cell.row + 1, cell.column).coordinate
        lists = [dv for dv in page.data_validations.dataValidation if below in dv.sqref and dv.type == "list"]
        assert lists, f"{sheet} / {title}"
        name = lists[0].formula1.lstrip("=")
        assert name.startswith("OFFSET(") or name in workbook.defined_names, name
