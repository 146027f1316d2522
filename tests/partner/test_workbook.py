"""How a partner workbook is built: what is open and what is locked, what identifies it, what never gets into it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.partner.identity import HIDDEN_SHEET, identity_from_pairs, identity_from_print
from cvsheet.books.partner.rows import content_fingerprint, partner_sheets
from cvsheet.books.partner.writing import partner_file_name, partner_workbook
from cvsheet.books.partner.writing.action_controls import input_columns
from cvsheet.files.addresses import cell_name
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity
from cvsheet.schema.tables import load_table
from tests.partner.cells import cell, layouts, made
from tests.partner.dump import dump

GOLDEN = Path(__file__).parent / "golden"
SHEET = "L'emploi & l’insertion"
HIDDEN = (["Priorité / objectif", "Indicateur", "Empreinte"], ["Empreinte de l’action"])  # of lines, of actions
WORKBOOKS = [("2021", "VILLE"), ("2021", "EN"), ("2019-REF", "VILLE")]


@pytest.mark.same_bytes
@pytest.mark.parametrize("campaign", ["2021", "REF"])
def test_the_workbook_as_text(small: Framework, campaign: str) -> None:
    """To accept a change: CVSHEET_ACCEPT=1 pytest tests/partner/test_workbook.py, then read the diff."""
    golden = GOLDEN / f"{campaign}_A.txt"
    seen = dump(made(small, campaign, "A"))
    if os.environ.get("CVSHEET_ACCEPT"):
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8")


def test_an_objective_that_the_band_says_stays_in_its_cell_and_is_shown_in_two_words(small: Framework) -> None:
    known = cell(made(small, "2021", "A"), "Actions", "A1", "objectif")
    assert known.value == "1-1 Accompagner"
    assert known.number_format == ';;;"voir plus haut"'


@pytest.mark.parametrize(("campaign", "partner"), WORKBOOKS)
def test_unlocked_cells_are_exactly_the_input_cells(amboise: Framework, campaign: str, partner: str) -> None:
    book = made(amboise, campaign, partner)
    expected = {
        (layout.name, area.cell(column.name, row))
        for layout in layouts(amboise, campaign, partner)
        for area in layout.areas
        for row, entry in area.placed()
        for column in input_columns(area, entry)
    }
    assert {(sheet, name) for sheet, name in unlocked(book)} == expected
    assert all(sheet.protection.sheet for sheet in book)


@pytest.mark.parametrize(("campaign", "partner"), WORKBOOKS)
def test_every_input_cell_is_validated_and_every_list_exists(amboise: Framework, campaign: str, partner: str) -> None:
    book = made(amboise, campaign, partner)
    validated = {
        (sheet.title, cell_name(row, column))
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for line in area.rows
        for row, column in line
    }
    assert unlocked(book) <= validated
    for source in {r.formula1 for sheet in book for r in sheet.data_validations.dataValidation if r.type == "list"}:
        sheet, _, area = source.replace("'", "").replace("$", "").partition("!")
        column, first, _, last = range_boundaries(area)
        assert all(book[sheet].cell(row, column).value for row in range(first, last + 1))
        assert book[sheet].cell(last + 1, column).value is None


def test_the_list_of_a_status_takes_a_reason_too(amboise: Framework) -> None:
    """Excel refuses whatever is typed that is not in the list: nd is an answer."""
    sheet = made(amboise, "2021", "VILLE")[HIDDEN_SHEET]
    words = load_table("saisie_actions").column("statut").enum
    lists = [[value for value in column if value] for column in sheet.iter_cols(values_only=True)]
    assert [*words, "nd", "ns", "so"] in [values[1:] for values in lists]


@pytest.mark.parametrize(("campaign", "partner"), WORKBOOKS)
def test_sheets_can_be_read_filtered_and_printed(amboise: Framework, campaign: str, partner: str) -> None:
    book = made(amboise, campaign, partner)
    assert book.active.title == "Mode d’emploi"
    assert book.worksheets[0].page_setup.orientation == "portrait"
    for sheet in [sheet for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes == ("B5" if sheet.title == "Actions" else "C5")
        assert hidden_titles(sheet) == HIDDEN[sheet.title == "Actions"]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$4:$4"


def test_heights_are_first_estimates_that_the_spreadsheet_may_change(amboise: Framework) -> None:
    sheet = part(partner_workbook(amboise, "2021", "CAF"), "xl/worksheets/sheet2.xml")
    assert ' ht="' in sheet
    assert "customHeight" not in sheet


def test_properties_name_the_document_and_fix_its_date(small: Framework) -> None:
    book = made(small, "2021", "A")
    assert book.properties.title == "Contrat d’essai – Bilan 2021"
    assert book.properties.created.date() == date(2021, 1, 1)
    assert [(p.name, p.value) for p in book.custom_doc_props.props] == [("Language", "fr-FR")]


def test_identity_stands_on_the_hidden_sheet_and_in_small_print(small: Framework) -> None:
    book = made(small, "2021", "A")
    content = content_fingerprint(partner_sheets(small, "2021", "A"))
    identity = Identity("test", "2021", "A", small.version_for("2021"), content)
    pairs = {str(row[0].value): str(row[1].value) for row in book[HIDDEN_SHEET].iter_rows()}
    assert book[HIDDEN_SHEET].sheet_state == "hidden"
    assert identity_from_pairs(pairs) == identity
    printed = [str(found.value) for row in book.worksheets[0].iter_rows() for found in row if found.value]
    assert [identity_from_print(text) for text in printed if "cvsheet" in text] == [identity]


def test_previous_answers_and_references_are_shown_beside_the_cell_to_fill(small: Framework) -> None:
    content = partner_workbook(small, "2021", "A", previous={"E-I1.M1": 110, "E-I1.M2": "nd"})
    book = load_workbook(io.BytesIO(content))
    shown = [cell(book, SHEET, "E-I1.M1", name) for name in ("reference", "cible", "precedente")]
    assert [found.value for found in shown] == [120, 180.5, 110]
    assert cell(book, SHEET, "E-I1.M2", "precedente").value == "nd"


FIGURES = ("valeur", "precedente", "reference", "cible")


@pytest.mark.parametrize(
    ("line", "known", "typed", "look"),
    [
        ("E-I1.M1", 110, None, "#,##0.0##"),  # a target of 180,5
        ("E-I1.M2", None, None, "#,##0.0##"),  # decimals may be typed
        ("E-I1.M2", 12.25, 40, "#,##0.00#"),
        ("E-I1.M2", 12, 0.12345, "#,##0.000"),
        ("E-I1.M1/F", 12, None, "#,##0"),
        ("E-I1.M1/F", 1234, 12.5, "#,##0.0##"),
    ],
)
def test_all_figures_of_a_row_have_one_format(
    small: Framework, line: str, known: float | None, typed: float | None, look: str
) -> None:
    book = load_workbook(io.BytesIO(partner_workbook(
        small, "2021", "A", previous={line: known} if known else {}, prefill={(line, "valeur"): typed})))  # fmt: skip
    cells = [cell(book, SHEET, line, name) for name in FIGURES]
    assert {each.number_format for each in cells if each.value is not None or each.column_letter == "D"} == {look}


def test_what_is_typed_is_written_as_typed(small: Framework) -> None:
    typed = {
        ("E-I1.M1", "valeur"): "=1+1",
        ("E-I1.M1", "commentaire"): "@SUM(A1)\nhttp://exemple.fr",
        ("E-I1.M2", "valeur"): 12.5,
        ("E-I2.M1", "valeur"): date(2021, 3, 1),
        ("A1", "debut"): date(2021, 3, 1),
        ("A1", "statut"): " fini",
    }
    book = made(small, "2021", "A", typed)
    found = {key: cell(book, "Actions" if key[0] == "A1" else SHEET, *key) for key in typed}
    assert {key: each.data_type for key, each in found.items()} == dict(zip(typed, "ssndds", strict=True))
    assert found["E-I1.M1", "valeur"].value == "=1+1"
    assert found["E-I1.M1", "commentaire"].hyperlink is None
    assert found["A1", "debut"].value.date() == date(2021, 3, 1)
    assert found["A1", "statut"].value == " fini"


def test_actions_have_one_sheet_with_titles_of_its_own_and_the_partners_own_actions_stand_there_once(
    amboise: Framework,
) -> None:
    book = made(amboise, "2021", "EN")
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"][-1] == "Actions"
    assert (book["Actions"]["A4"].value, book["Actions"].print_title_rows) == ("Action", "$4:$4")
    visible = [sheet for sheet in book if sheet.sheet_state == "visible"]
    codes = [value for sheet in visible for row in sheet.values for value in row if str(value).startswith("COMPL-")]
    assert codes == [f"COMPL-{number}" for number in range(1, 6)]


def test_no_word_of_another_partner_gets_in(small: Framework) -> None:
    with zipfile.ZipFile(io.BytesIO(partner_workbook(small, "2021", "A"))) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Association" in text
    assert not re.search(r"Bureau|Cité|H-I1|Rénover|Habitat", text)


def test_no_partner_is_named_to_another(amboise: Framework) -> None:
    """Unless the contract's own words name it: "Job Dating (notamment ceux de la Mission locale)"."""
    for campaign, partner in WORKBOOKS:
        with zipfile.ZipFile(io.BytesIO(partner_workbook(amboise, campaign, partner))) as archive:
            text = "".join(archive.read(name).decode() for name in archive.namelist())
        sheets = partner_sheets(amboise, campaign, partner)
        rows = [row for sheet in sheets for row in sheet.rows]
        words = " ".join(str(value) for row in rows for value in row.locked.values())
        others = [other.name for other in amboise.partners if other.code != partner and len(other.name) > 12]
        assert [name for name in others if name in text and name not in words] == []


def test_the_same_framework_gives_the_same_bytes(small: Framework) -> None:
    script = (
        "import hashlib; from cvsheet.books.partner.writing import partner_workbook; "
        "from cvsheet.books.contract.reading.csv_folder import read_csv_folder; "
        "from cvsheet.books.contract.reading.framework_records import framework_from; from pathlib import Path; "
        "framework = framework_from(read_csv_folder(Path('examples/amboise/referentiel'))); "
        "print(hashlib.sha256(partner_workbook(framework, '2021', 'VILLE')).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True, text=True, cwd=GOLDEN.parent.parent.parent,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_file_name(small: Framework) -> None:
    assert partner_file_name(small, "2021", "A") == "test_2021_A.xlsx"
    assert partner_file_name(small, "2021", "../É A") == "test_2021_..-É-A.xlsx"


def hidden_titles(sheet: Worksheet) -> list[str]:
    """The titles of the columns that are for programs only."""
    return [str(found.value) for found in sheet[4] if sheet.column_dimensions[found.column_letter].hidden]


def unlocked(book: Workbook) -> set[tuple[str, str]]:
    return {
        (sheet.title, found.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for found in row
        if not found.protection.locked
    }


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()
