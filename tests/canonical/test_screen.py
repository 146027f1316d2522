"""What a coordinator sees first: one table a sheet, its titles frozen, what a beginner needs within 1280 pixels."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import ironcalc
import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.contract.outline.model import NOWHERE, OpenPoint, PointSubject
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.books.contract.writing.home import WIDTHS
from cvsheet.books.contract.writing.layout import plan_sheets
from cvsheet.books.kit.heights import LEAST, LINE, height_of
from cvsheet.files.grid import open_grid
from cvsheet.files.headers import find_tables
from cvsheet.model.records import Canonical
from cvsheet.schema.tables import CANONICAL_TABLES, Table, load_table
from cvsheet.workflows.check import check_records
from tests.canonical.conftest import CSV_FOLDER
from tests.conftest import Convert
from tests.letters import cut_letters
from tests.master.test_first_page import only
from tests.partner.test_screen import LIBREOFFICE

FIRST_SEEN = 1280  # pixels of a window of 1366, which a sidebar or scroll bars narrow
PIXEL = 0.75  # points, to which heights are rounded
A4_WIDTH = 841.9  # points, of a landscape page
NUMBERS_OF_ROWS = 37  # pixels at the left edge
DIGIT = 7.83  # pixels of a unit of width in LibreOffice, measured on its window; Excel takes 7
LATER = {"questions"}  # remarks at the end of a row, in sight but at its right
ORDER = ("check", "generate", "validate", "consolidate", "Arbitrer", "adopt", "export")
UPRIGHT = [load_table(name) for name in CANONICAL_TABLES if not load_table(name).vertical]


@pytest.fixture(scope="module")
def book(amboise: Canonical) -> Workbook:
    return openpyxl.load_workbook(BytesIO(canonical_workbook(amboise, [OpenPoint(PointSubject.UNNAMED, NOWHERE, "")])))


def pixels(width: float) -> float:
    """Of a column of that width, its margin included."""
    return (width + 5 / 7) * DIGIT


def looks(sheet: Worksheet) -> dict[int, ColumnDimension]:
    """How each column looks; one entry may hold several."""
    return {at: look for look in sheet.column_dimensions.values() for at in range(look.min, look.max + 1)}


def shown(sheet: Worksheet) -> int:
    """The width of what is not folded."""
    return NUMBERS_OF_ROWS + sum(look.width * DIGIT for look in looks(sheet).values() if not look.hidden)


@pytest.mark.parametrize("table", UPRIGHT, ids=lambda table: table.name)
def test_a_beginner_sees_the_needed_columns_within_1280_pixels(table: Table) -> None:
    needed = [column for column in table.columns if not column.folded and column.name not in LATER]
    assert NUMBERS_OF_ROWS + sum(pixels(column.width) for column in needed) <= FIRST_SEEN
    assert len(needed) <= 12
    assert not [column.name for column in table.columns if column.required and column.folded], "folded, though required"


@pytest.mark.parametrize("name", ["Accueil", "Pilotage", "Contrat", "Points à décider"])
def test_the_other_sheets_are_no_wider(name: str, book: Workbook) -> None:
    assert shown(book[name]) <= FIRST_SEEN


def test_what_is_folded_opens_at_the_column_that_it_specifies(book: Workbook) -> None:
    sheet, table = book["Emploi"], load_table("indicateurs")
    assert not sheet.sheet_properties.outlinePr.summaryRight, "the [+] stands at the left of what it opens"
    for column, cell in zip(table.columns, sheet[4], strict=True):
        assert cell.value == column.title
        look = looks(sheet)[cell.column]
        assert (look.hidden, look.outlineLevel) == (column.folded, int(column.folded)), column.name


def test_the_titles_of_each_table_stay_in_sight(book: Workbook, amboise: Canonical, tmp_path: Path) -> None:
    path = tmp_path / "contrat.xlsx"
    book.save(path)
    found = {sheet.name: find_tables(sheet, UPRIGHT) for sheet in open_grid(path).sheets}
    assert {name for name, tables in found.items() if tables} == {plan.name for plan in plan_sheets(amboise)}
    for name, tables in found.items():
        for table in tables:
            (frozen,) = re.findall(r"\d+", book[name].freeze_panes or "0")
            assert table.header_row < int(frozen), f"{name}: titles in row {table.header_row}, frozen above {frozen}"
            assert book[name].print_title_rows == f"${table.header_row}:${table.header_row}"


def test_the_steps_are_all_there_in_the_order_of_a_campaign(book: Workbook) -> None:
    rows = book["Accueil"].iter_rows(max_col=2, values_only=True)
    texts = [f"{label} {text}" for label, text in rows if re.match(r"\d+\. ", str(label))]
    assert [int(text.split(".")[0]) for text in texts] == list(range(1, len(texts) + 1))
    places = [next(at for at, text in enumerate(texts) if word in text) for word in ORDER]
    assert places == sorted(places)


def test_no_text_of_cvsheet_names_a_place_of_its_example() -> None:
    settings = (CSV_FOLDER / "contrat.csv").read_text(encoding="utf-8")
    assert "Amboise" in settings
    empty = openpyxl.load_workbook(BytesIO(canonical_workbook(Canonical("", {}))))
    cells = [cell for sheet in empty for row in sheet.iter_rows() for cell in row]
    texts = [str(cell.value or "") + (cell.comment.text if cell.comment else "") for cell in cells]
    texts += [rule.prompt or "" for sheet in empty for rule in sheet.data_validations.dataValidation]
    for name in ("Amboise", "Verrerie", "Patte d", "Malétrenne", "Plaisance"):
        assert not [text for text in texts if name in text], name
    about = (empty.properties.title, empty.properties.subject, empty["Accueil"]["A1"].value)
    assert about == ("Contrat : classeur du contrat", None, "Contrat à nommer"), "it may be no contrat de ville"


def test_the_counts_of_accueil_follow_what_is_typed(amboise: Canonical, tmp_path: Path) -> None:
    """A pilot named, an action of another pillar's objective: the counts of both pillars move."""
    before, after = tmp_path / "contrat.xlsx", tmp_path / "apres.xlsx"
    before.write_bytes(canonical_workbook(amboise))
    stored = counts(before)
    model = ironcalc.load_from_xlsx(str(before), "en", "UTC", "en")
    sheet = openpyxl.load_workbook(before, read_only=True).sheetnames.index("Actions")
    model.evaluate()
    model.save_to_xlsx(str(after))
    assert counts(after) == stored, "what is stored is what a spreadsheet computes"
    other = next(row.text("code") for row in amboise.rows("objectifs") if row.text("priorite") == "P4")
    model.update_cell_with_text(sheet, 5, 4, "VILLE")
    model.update_cell_with_text(sheet, 6, 2, other)
    model.evaluate()
    after.unlink()
    model.save_to_xlsx(str(after))
    now = counts(after)
    moved = {name: (stored[name][0:2], now[name][0:2]) for name in stored if stored[name] != now[name]}
    assert moved == {
        "Emploi": ((21, 21), (20, 19)),
        "Cohésion": ((35, 35), (36, 36)),
        "Ensemble": ((89, 89), (89, 88)),
    }


def counts(path: Path) -> dict[str, tuple[float, ...]]:
    """What *Accueil* counts, pillar by pillar."""
    rows = list(openpyxl.load_workbook(path, data_only=True)["Accueil"].iter_rows(values_only=True))
    start = next(at for at, row in enumerate(rows) if row[:2] == ("Pilier", "Intitulé du pilier")) + 1
    end = next(at for at, row in enumerate(rows) if row[0] == "Ensemble") + 1
    return {row[0]: row[2:9] for row in rows[start:end]}


@pytest.mark.long
def test_a_contract_of_the_former_layout_is_read_alike(amboise: Canonical, tmp_path: Path) -> None:
    """Two or three tables below one another, each with its title and what it is: sheets of earlier versions."""
    path = tmp_path / "contrat.xlsx"
    path.write_bytes(canonical_workbook(amboise))
    book = openpyxl.load_workbook(path)
    for above, below in (
        ("Actions", "Emploi"),
        ("Priorités", "Objectifs"),
        ("Piliers", "Priorités"),
        ("Règles", "Sévérités"),
    ):
        stack(book, above, below)
    now = read_canonical(path)
    book.save(path)
    found = read_canonical(path)
    for name in CANONICAL_TABLES:
        assert [row.values for row in found.rows(name)] == [row.values for row in amboise.rows(name)]
    assert [one.code for one in check_records(found).findings] == [one.code for one in check_records(now).findings]


def stack(book: Workbook, above: str, below: str) -> None:
    """Put the table of the sheet `below` under that of `above`, and delete its sheet."""
    top, bottom = book[above], book[below]
    for table in list(bottom.tables):
        del bottom.tables[table]
    at = top.max_row + 2
    bottom.delete_rows(3)  # links
    for row in bottom.iter_rows(values_only=True):
        for column, value in enumerate(row, start=1):
            top.cell(at, column, value)
        at += 1
    del book[below]


def test_large_letters_are_not_cut_at_their_top(book: Workbook) -> None:
    assert cut_letters(book) == []


def test_what_each_sheet_holds_is_read_whole_on_the_first_one(amboise: Canonical) -> None:
    """Also the title of a pillar, however long: nothing runs into the counts beside it."""
    title = "Valeurs de la République, citoyenneté, accès aux droits " * 2
    pillars = tuple(replace(row, values={**row.values, "intitule": title}) for row in amboise.rows("piliers"))
    made = canonical_workbook(replace(amboise, tables={**amboise.tables, "piliers": pillars}))
    home = openpyxl.load_workbook(BytesIO(made))["Accueil"]
    texts = [cell for (cell,) in home.iter_rows(min_col=2, max_col=2) if cell.value and cell.border.left.style]
    heights = {cell.coordinate: home.row_dimensions[cell.row].height or LEAST for cell in texts}
    needed = {cell.coordinate: height_of([(cell.value, WIDTHS[1])]) for cell in texts}
    assert max(needed.values()) > 2 * LINE
    assert [place for place in heights if heights[place] < needed[place] - PIXEL] == []
    assert [cell.coordinate for cell in texts if not (cell.alignment.wrap_text or cell.font.b)] == []


def test_on_paper_what_is_in_sight_takes_the_width_of_a_page(book: Workbook) -> None:
    """No page holds the last column alone."""
    for sheet in book:
        setup, margins = sheet.page_setup, sheet.page_margins
        room = A4_WIDTH - 72 * (margins.left + margins.right)
        seen = [look.width - 0.71 for look in looks(sheet).values() if not look.hidden]
        wide = sum(int(7 * width + 5) for width in seen) * PIXEL * LIBREOFFICE
        fits = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
        assert fits or wide * (setup.scale or 100) / 100 <= room, sheet.title


def test_lists_for_programs_do_not_go_on_paper(book: Workbook) -> None:
    (area,) = book["Listes"].print_area if isinstance(book["Listes"].print_area, list) else [book["Listes"].print_area]
    assert re.fullmatch(r"'Listes'!\$A\$1:\$[A-Z]\$1\d", str(area))


def test_several_codes_in_a_cell_are_read_whole(book: Workbook) -> None:
    """They are wrapped in a row that is tall enough, and asked for with an input message all the same."""
    sheet = book["Cohésion"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("dispositif_de_par")][:1]
    assert cell.alignment.wrap_text
    assert (sheet.row_dimensions[cell.row].height or 15) >= 2 * LINE
    asked = [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]
    assert [bool(rule.prompt) for rule in asked] == [True]


def test_few_empty_rows_go_on_paper_and_dropdowns_reach_further(book: Workbook, amboise: Canonical) -> None:
    """Blank rows are printed like others; no print area leaves them out, since it would hide what is typed there."""
    tables = [(sheet, table) for sheet in book for table in sheet.tables.values()
              if sheet.title != "Contrat"]  # fmt: skip
    for sheet, table in tables:
        _, first, _, last = range_boundaries(table.ref)
        filled = sum(sheet.cell(row, 1).value is not None for row in range(first + 1, last + 1))
        assert last - first - filled == (4 if filled else 12), sheet.title
        assert not sheet.print_area
        rules = [area.max_row for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges]
        assert all(row >= last + 100 for row in rules), sheet.title


@pytest.mark.parametrize("sheet", ["Partenaires", "Objectifs", "Glossaire", "Règles"])
def test_no_page_holds_blank_rows_alone(sheet: str, amboise: Canonical, tmp_path: Path, libreoffice: Convert) -> None:
    """The records of these fill a page."""
    path = tmp_path / "contrat.xlsx"
    path.write_bytes(canonical_workbook(amboise))
    pages = libreoffice(only(path, sheet), "pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pages)) == 1
