"""What a partner sees first on the screen of a town hall (1366 x 768), and what the printer makes of it."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.model.framework import Framework
from cvsheet.schema.roles import ACTIONS, BASELINES, YEARLY
from cvsheet.schema.tables import Role, load_table
from cvsheet.text.widths import PLAIN, ems
from tests.partner.cells import made

WIDE, FROZEN = 1280, 500  # pixels of the columns that are seen first, and of those that never leave
HIGH = 570  # pixels that a spreadsheet of 768 leaves to the rows
A4 = (297 - 2 * 0.4 * 25.4) / 25.4 * 96  # pixels between the margins of a page on its side
SMALLEST = 8.0  # points
LIBREOFFICE = 1.058  # times as wide are columns there, which shrinks no page for the columns that it repeats


def typed_in(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]


def pixels(sheet: Worksheet, first: int, last: int) -> float:
    """The width of visible columns, as Excel shows them."""
    looks = [look for look in sheet.column_dimensions.values() if not look.hidden]  # of neighbours alike: one for all
    shared = ((look, min(look.max, last) - max(look.min, first) + 1) for look in looks)
    return sum((7 * round(look.width - 0.71, 2) + 5) * max(0, count) for look, count in shared)


def unlocked(sheet: Worksheet) -> list[tuple[int, int]]:
    return [(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if not cell.protection.locked]


@pytest.mark.sample(2)
def test_all_that_is_typed_lies_within_the_first_screen(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            cells = unlocked(sheet)
            assert pixels(sheet, 1, max(column for _, column in cells)) <= WIDE, sheet.title
            first = min(row for row, _ in cells)
            heights = [sheet.row_dimensions[row].height or 15.0 for row in range(1, first + 1)]
            assert sum(heights) * 96 / 72 <= HIGH, sheet.title


@pytest.mark.sample(2)
def test_the_labels_stay_and_leave_room(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            column, row = range_boundaries(f"{sheet.freeze_panes}:{sheet.freeze_panes}")[:2]
            titles = [cell.value for cell in sheet[row - 1][: column - 1]]
            assert titles == (["Action"] if sheet.title == "Actions" else ["Mesure", "Ventilation"])
            assert pixels(sheet, 1, column - 1) < FROZEN


@pytest.mark.parametrize("name", [YEARLY, BASELINES, ACTIONS])
def test_answers_then_control_then_comment_come_right_after_the_labels(name: str) -> None:
    columns = [column for column in load_table(name).columns if not column.frozen]
    known = [column.role for column in columns if column.role is not Role.NONE]
    asked = [role for role in known if role in (Role.ANSWER, Role.CONTROL, Role.COMMENT)]
    assert asked == sorted(asked, key=[Role.ANSWER, Role.CONTROL, Role.COMMENT].index)
    shown = [role for role in known if role is not Role.LABEL]
    assert shown[-2:] == [Role.CODE, Role.MARK]
    if name == YEARLY:
        assert shown[3:-2] == [Role.FORMER, Role.GOAL, Role.GOAL]


def on_paper(sheet: Worksheet) -> list[int]:
    """The columns of a page: those repeated on each, then those of the print area."""
    first, _, last, _ = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))
    return sorted({*range(1, repeated(sheet) + 1), *range(first, last + 1)})


def repeated(sheet: Worksheet) -> int:
    """The last of the columns that stand on each page; 0 where there are none."""
    titles = sheet.print_title_cols
    return column_index_from_string(titles.replace("$", "").split(":")[1]) if titles else 0


@pytest.mark.parametrize(
    ("campaign", "partner", "sheet", "titles"),
    [
        ("2021", "VILLE", "Emploi", ["Mesure", "Ventilation", "Unité", "Valeur", "Commentaire"]),
        ("2019-REF", "VILLE", "Emploi", ["Mesure", "Ventilation", "Unité", "Valeur de référence",
                                         "Année de la référence", "Cible proposée", "Année de la cible", "Source",
                                         "Commentaire"]),
    ],
)  # fmt: skip
def test_what_speaks_while_one_types_is_not_printed(
    amboise: Framework, campaign: str, partner: str, sheet: str, titles: list[str]
) -> None:
    page = made(amboise, campaign, partner)[sheet]
    header = int(page.print_title_rows.replace("$", "").split(":")[0])
    assert [page.cell(header, column).value for column in on_paper(page)] == titles


@pytest.mark.sample(2)
def test_texts_above_the_rows_end_with_the_columns_repeated_on_paper(books: list[Workbook]) -> None:
    """A program cuts there what runs over empty cells."""
    for book in books:
        for sheet in typed_in(book):
            end = repeated(sheet) or on_paper(sheet)[-1]
            room = pixels(sheet, 1, end)
            for row in range(1, sheet.max_row + 1):
                cell, others = sheet.cell(row, 1), [sheet.cell(row, column).value for column in range(2, end + 1)]
                if isinstance(cell.value, str) and not any(others) and not cell.value.startswith("="):
                    assert ems(cell.value) * cell.font.sz * 96 / 72 <= room * (1 if cell.font.b else PLAIN), cell.value


@pytest.mark.sample(2)
def test_on_paper_letters_stay_large_and_each_page_has_its_own_titles(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None}
            columns = on_paper(sheet)
            wide, whole = sum(pixels(sheet, each, each) for each in columns), columns[-1] == len(columns)
            assert min(sizes) * min(1.0, A4 / wide) >= SMALLEST, sheet.title
            assert whole or wide * LIBREOFFICE <= A4, sheet.title
            (row,) = {int(part) for part in sheet.print_title_rows.replace("$", "").split(":")}
            assert {"Mesure", "Action"} & {cell.value for cell in sheet[row]}
            assert sheet.HeaderFooter.scaleWithDoc is False


def test_a_band_says_priority_and_indicator_once_above_each_block(amboise: Framework) -> None:
    sheet = made(amboise, "2021", "CCVA")["Cohésion"]
    texts = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows(min_row=5, max_row=7)]
    assert texts[0] == ["P4 Favoriser l'accès aux droits et aux services"]
    assert texts[1] == ["Nombre d'actions dans le domaine de la mobilité à destination des adultes"]
    assert texts[2][:2] == ["Actions mobilité – adultes", "Total"]


@pytest.mark.sample(2)
def test_no_band_is_cut_and_none_is_taller_than_its_line(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            for row in sheet.iter_rows(min_row=5):
                if row[0].value and not any(cell.value for cell in row[1:]):
                    assert (sheet.row_dimensions[row[0].row].height or 15) <= 16


@pytest.mark.sample(2)
def test_no_message_covers_the_rows_below(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            assert [rule for rule in sheet.data_validations.dataValidation if rule.prompt] == []


def test_each_sheet_says_how_far_it_is(small: Framework) -> None:
    typed = {("E-I1.M1", "valeur"): -5, ("E-I2.M1", "valeur"): 3, ("A1", "statut"): "En cours"}
    book = made(small, "2021", "A", typed, values=True)
    lines, actions = typed_in(book)
    assert (lines["A3"].value, actions["A3"].value) == ("1 sur 8 · 1 à revoir", "1 sur 2")


@pytest.mark.sample(2)
def test_only_input_cells_are_selected_so_that_enter_passes_over_the_bands(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            assert sheet.protection.sheet
            assert sheet.protection.selectLockedCells
            assert not sheet.protection.selectUnlockedCells
