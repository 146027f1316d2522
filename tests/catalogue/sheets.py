"""The catalogue, second part: sheets, columns and what surrounds the tables."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from .contract import COUNT, NORTH
from .editing import (
    CODE,
    COMMENT,
    FIRST,
    HEADER,
    LABEL,
    LAST,
    MEASURE,
    UNIT,
    VALUE,
    Parts,
    by_hand,
    by_parts,
    cell_xml,
    in_cell,
    in_part,
    in_sheet,
    line_rows,
    row_of,
)
from .verdicts import Elsewhere, structure

EMPLOI = 5  # answers and comments of the good return on that sheet
Edit = Callable[[Worksheet], object]


def put(row: int, column: int, value: object) -> Edit:
    """Type in one cell."""
    return lambda sheet: sheet.cell(row, column, value)  # type: ignore[arg-type]


def state(title: str, visible: str) -> Callable[[Workbook], object]:
    return lambda book: setattr(book[title], "sheet_state", visible)


def deleted(title: str) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        del book[title]

    return edit


def without_print(book: Workbook) -> None:
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if "Réf. cvsheet" in str(cell.value):
                cell.value = None


def swapped(sheet: Worksheet, left: int, right: int) -> None:
    for row in range(HEADER, max(line_rows(sheet)) + 1):
        one, other = sheet.cell(row, left), sheet.cell(row, right)
        one.value, other.value = other.value, one.value


def titles_restyled(sheet: Worksheet) -> None:
    for column in range(1, LAST + 1):
        cell = sheet.cell(HEADER, column)
        cell.value = f" {str(cell.value).upper().replace('É', 'E')}\n"


def transposed(sheet: Worksheet) -> None:
    """Rows for columns, formulas aside."""
    cells = [(cell.row, cell.column, cell.value) for row in sheet.iter_rows() for cell in row]
    for row, column, _ in cells:
        sheet.cell(row, column).value = None
    for row, column, value in cells:
        if not str(value).startswith("="):
            sheet.cell(column, row).value = value


def value_twice(sheet: Worksheet) -> None:
    sheet.cell(HEADER, 15).value = "Valeur"
    sheet.cell(FIRST, 15).value = 77


def list_extended(book: Workbook) -> None:
    """One more statement in the hidden list, and chosen."""
    sheet = book["_cvsheet"]
    sheet.cell(10, 4).value = "En retard"


def hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def odd_styles(sheet: Worksheet) -> None:
    for row in line_rows(sheet):
        sheet.cell(row, VALUE).font = Font(name="Wingdings", sz=34, color="FFFFFF")
        sheet.cell(row, VALUE).number_format = ";;;"


def odd_font_family(parts: Parts) -> None:
    """A font family that openpyxl refuses and Excel writes."""
    assert b'<family val="2"/>' in parts["xl/styles.xml"]
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'<family val="2"/>', b'<family val="34"/>')


def formatted_far(rows: int) -> Callable[[Parts], None]:
    """Empty formatted rows far below the tables."""

    def edit(parts: Parts) -> None:
        name = "xl/worksheets/sheet2.xml"
        far = "".join(f'<row r="{row}" ht="20" customHeight="1" s="1"/>' for row in range(200, 200 + rows))
        parts[name] = parts[name].replace(b"</sheetData>", f'{far}<row r="1048576" s="1"/></sheetData>'.encode())

    return edit


def unprotected(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.protection.sheet = False


def without_rules(book: Workbook) -> None:
    """No protection, no data validation, no conditional format, no defined name."""
    unprotected(book)
    for sheet in book.worksheets:
        sheet.data_validations.dataValidation.clear()
        sheet.conditional_formatting._cf_rules.clear()
        sheet.defined_names.clear()
        sheet.print_title_rows = sheet.print_area = None  # type: ignore[assignment]


def merged_values(sheet: Worksheet) -> None:
    row = row_of(sheet, NORTH)
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=VALUE, end_column=VALUE)


def linked(target: str) -> Edit:
    """A link on a comment."""

    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, COUNT), COMMENT).hyperlink = target
        sheet.cell(row_of(sheet, COUNT), COMMENT).value = "Au 31 décembre"

    return edit


def new_sheet(book: Workbook) -> None:
    book.create_sheet("Feuil1")["B3"] = "mes calculs"


def moved_sheet(book: Workbook) -> None:
    book.move_sheet("Emploi", offset=2)


def code_title(sheet: Worksheet) -> None:
    sheet.cell(HEADER, CODE).value = "n°"


CASES = (
    structure("020", "sheet renamed", by_hand(lambda book: setattr(book["Emploi"], "title", "Emploi 2021")), "N",
              "STR-004"),
    structure("021", "sheet name with a trailing space", by_hand(lambda book: setattr(book["Emploi"], "title",
              "Emploi ")), "A"),
    structure("022", "sheets reordered", by_hand(moved_sheet), "A"),
    structure("024", "sheet deleted", by_hand(deleted("Emploi")), "E", "STR-003", EMPLOI,
              "one ERROR: the other sheets are good and are read"),
    structure("025", "sheet added", by_hand(new_sheet), "N", "STR-006"),
    structure("026", "technical sheet shown", by_hand(state("_cvsheet", "visible")), "A"),
    structure("027", "technical sheet deleted", by_hand(deleted("_cvsheet")), "N", "STR-001"),
    structure("027b", "small print deleted", by_hand(without_print), "N", "STR-001"),
    structure("027c", "guide deleted", by_hand(deleted("Mode d’emploi")), "N", "STR-001"),
    structure("028", "data sheet hidden", by_hand(state("Emploi", "hidden")), "W", "STR-005"),
    structure("030", "value added to a hidden list", by_hand(list_extended), "N", "STR-019",
              note="nothing refused was chosen; the choice itself: row 094c"),
    structure("033", "rows inserted above the titles", in_sheet(lambda sheet: sheet.insert_rows(1, 3)), "A",
              note="tables are found by their titles, wherever they stand: nothing was recovered"),
    structure("038", "column inserted", in_sheet(lambda sheet: sheet.insert_cols(VALUE)), "A", note="as above"),
    structure("039", "value column deleted", in_sheet(lambda sheet: sheet.delete_cols(VALUE)), "E",
              "STR-007", 5, "the rest of the workbook is read"),
    structure("039b", "unit column deleted", in_sheet(lambda sheet: sheet.delete_cols(UNIT)), "W", "STR-008"),
    structure("040", "columns swapped", in_sheet(lambda sheet: swapped(sheet, LABEL, VALUE)), "N", "STR-009 STR-009",
              note="the design asks for a note where something was recovered"),
    structure("041", "titles in other case, accents, spaces", in_sheet(titles_restyled), "A"),
    structure("042", "title replaced by « Chiffre 2021 »", in_sheet(put(HEADER, VALUE, "Chiffre 2021")), "N", "STR-010",
              note="both neighbours stand: the column can be no other, and an ERROR would cost every answer"),
    structure("042b", "title « Code » replaced by « n° »", in_sheet(code_title), "N", "STR-010",
              note="as above, by the codes below"),
    structure("043", "title twice", in_sheet(value_twice), "E", "STR-011 STR-019", 4),
    structure("044", "row of titles deleted", in_sheet(lambda sheet: sheet.delete_rows(HEADER)), "N", "STR-024",
              note="columns are recognised by the codes and texts below: nothing is lost"),
    structure("044b", "rows above the titles deleted", in_sheet(lambda sheet: sheet.delete_rows(1, HEADER - 1)), "A"),
    structure("052", "text below the table", in_sheet(put(40, 4, "Chiffres provisoires")), "N", "STR-019"),
    structure("053", "sheet transposed", in_sheet(transposed), "E", "STR-003 STR-006", EMPLOI,
              "one ERROR for the sheet, which no longer counts as ours; the other one is read"),
    structure("056", "formatted down to row 60 200 and in row 1 048 576", by_parts(formatted_far(60_000)), "A"),
    structure("152-155", "protection, validations, colours and names removed", by_hand(without_rules), "A"),
    structure("156", "defined names broken (#REF!)", in_part("xl/workbook.xml", "!$4:$4</definedName>",
              "!#REF!</definedName>"), "A",
              note="names are not read"),
    structure("159", "link file:/// on a comment", in_sheet(linked("file:///C:/prive/compta.xlsx")), "A",
              note="targets of links are never read nor copied: the comment alone is"),
    structure("160", "link javascript: on a comment", in_sheet(linked("javascript:sansEffet")), "A", note="as above"),
    structure("161", "column hidden", in_sheet(hidden_column), "N", "STR-018"),
    structure("162", "odd fonts, white text, format ;;;", in_sheet(odd_styles), "A"),
    structure("162b", "font family 34", by_parts(odd_font_family), "A"),
    structure("150", "locked cell changed (unit)", in_sheet(put(FIRST, UNIT, "ménages")), "W", "STR-016",
              note="the answer is kept, flagged: what was sent is what counts"),
    structure("150b", "locked cell changed (measure)", in_sheet(put(FIRST, MEASURE, "Tout autre chose")), "W",
              "STR-016", note="as above"),
    structure("151", "formula of Contrôle overwritten by a number", in_cell((COUNT, "controle"),
              lambda place: cell_xml(place, "<v>12</v>")), "N", "STR-019",
              note="nothing is ever read from Contrôle"),
    structure("+", "two answers merged", in_sheet(merged_values), "E", "STR-017 STR-017", 2),
)  # fmt: skip

ELSEWHERE = (
    Elsewhere("029", "list sheet deleted", "our lists stand on the technical sheet: row 027"),
    Elsewhere("054, 055", "table turned into a range, renamed", "partner workbooks hold no Excel tables"),
)
