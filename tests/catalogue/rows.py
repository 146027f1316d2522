"""The catalogue, third part: rows inserted, deleted, sorted, copied, hidden; codes damaged."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from .contract import COUNT, NORTH, SOUTH, TOTAL
from .editing import CODE, FIRST, LAST, MEASURE, VALUE, in_sheet, line_rows, move_rows, row_of
from .verdicts import Case, structure


def row_inserted(sheet: Worksheet) -> None:
    """A new row inside the table, with a label and a value."""
    sheet.insert_rows(FIRST + 1)
    sheet.cell(FIRST + 1, MEASURE).value, sheet.cell(FIRST + 1, VALUE).value = "dont femmes", 200


def blank_rows(sheet: Worksheet) -> None:
    sheet.insert_rows(FIRST + 1, 2)


def subtotal(sheet: Worksheet) -> None:
    row = max(line_rows(sheet)) + 1
    sheet.insert_rows(row)
    sheet.cell(row, MEASURE).value, sheet.cell(row, VALUE).value = "Total", 480


def row_deleted(sheet: Worksheet) -> None:
    sheet.delete_rows(row_of(sheet, COUNT))


def rows_sorted(sheet: Worksheet) -> None:
    move_rows(sheet, line_rows(sheet)[::-1])


def sorted_without_codes(sheet: Worksheet) -> None:
    move_rows(sheet, line_rows(sheet)[::-1], 1, CODE - 1)


def copied(value: float | None) -> object:
    """The first line again below the table, with `value`."""

    def edit(sheet: Worksheet) -> None:
        row = max(line_rows(sheet)) + 1
        sheet.insert_rows(row)
        for column in range(1, LAST + 1):
            sheet.cell(row, column).value = sheet.cell(row_of(sheet, COUNT), column).value
        if value is not None:
            sheet.cell(row, VALUE).value = value

    return edit


def codes_cleared(sheet: Worksheet) -> None:
    for row in line_rows(sheet):
        sheet.cell(row, CODE).value = None


def code_edited(sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet, COUNT), CODE).value = "EMP-P1-I01.M9"


def code_invented(sheet: Worksheet) -> None:
    row = max(line_rows(sheet)) + 1
    sheet.insert_rows(row)
    sheet.cell(row, CODE).value, sheet.cell(row, VALUE).value = "EMP-P1-I99.M1", 5


def codes_padded(sheet: Worksheet) -> None:
    for row in line_rows(sheet):
        sheet.cell(row, CODE).value = f" {str(sheet.cell(row, CODE).value).lower()}\u00a0\u200b".replace("-", "–")


def filtered(sheet: Worksheet) -> None:
    for code in (NORTH, SOUTH):
        sheet.row_dimensions[row_of(sheet, code)].hidden = True


def free_rows_deleted(sheet: Worksheet) -> None:
    sheet.delete_rows(row_of(sheet, "COMPL-1"), 5)


def breakdown_deleted(sheet: Worksheet) -> None:
    sheet.delete_rows(row_of(sheet, NORTH), 2)


def shifted(sheet: Worksheet) -> None:
    """Answers pasted one row too low: the total's answer on its first category, and so on."""
    rows = [row_of(sheet, code) for code in (TOTAL, NORTH, SOUTH)]
    values = [sheet.cell(row, VALUE).value for row in rows]
    for row, value in zip(rows, [None, *values[:-1]], strict=True):
        sheet.cell(row, VALUE).value = value


CASES: tuple[Case, ...] = (
    structure("032", "row inserted in the table, with a value", in_sheet(row_inserted), "W", "STR-025"),
    structure("034", "row deleted", in_sheet(row_deleted), "E", "STR-012", 2),
    structure("034b", "rows of a breakdown deleted", in_sheet(breakdown_deleted), "E", "STR-012 STR-012", 2),
    structure("034c", "free rows deleted", in_sheet(free_rows_deleted, "Actions"), "A"),
    structure("035", "rows sorted, codes follow", in_sheet(rows_sorted), "A"),
    structure("036", "rows sorted without their codes", in_sheet(sorted_without_codes), "E", "STR-015 " * 4, 5),
    structure("037", "row copied with its code, another value", in_sheet(copied(43)), "E", "STR-014", 1),
    structure("037b", "row copied with its code, same value", in_sheet(copied(None)), "N", "STR-022"),
    structure("045", "codes cleared", in_sheet(codes_cleared), "W", "STR-016 " * 4,
              note="the texts of each row are those of one line only: the answers are kept, the change is told"),
    structure("046", "code edited", in_sheet(code_edited), "W", "STR-016", note="as above"),
    structure("046b", "row with a code of one’s own", in_sheet(code_invented), "E", "STR-013"),
    structure("047", "codes padded, in lower case, with dashes", in_sheet(codes_padded), "A"),
    structure("048", "blank rows", in_sheet(blank_rows), "A"),
    structure("049", "subtotal row", in_sheet(subtotal), "W", "STR-025"),
    structure("051", "filter left on", in_sheet(filtered), "N", "STR-018",
              note="all rows are read and their number told: there is nothing to correct"),
    structure("+", "answers pasted one row too low", in_sheet(shifted), "W", "VAL-001", 3,
              note="30 and 18 for two districts without a total contradict nothing"),
)  # fmt: skip
