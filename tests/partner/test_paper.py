"""What a printer makes of the tables that a partner fills in: one page wide, and no band apart from its rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.books.kit.paper import starts_of_pages
from cvsheet.model.framework import Framework
from tests.partner.cells import made
from tests.partner.test_screen import LIBREOFFICE, on_paper, pixels, typed_in

LONG_SIDE, SHORT_SIDE = 297 / 25.4, 210 / 25.4  # inches of a page of A4


def scale(sheet: Worksheet) -> float:
    return (sheet.page_setup.scale or 100) / 100


def height(sheet: Worksheet, row: int) -> float:
    return sheet.row_dimensions[row].height or 15.0


def pages(sheet: Worksheet) -> Iterator[range]:
    """The rows of each page."""
    header = int(sheet.print_title_rows.replace("$", "").split(":")[0])
    last = int(sheet.print_area.rpartition("$")[2])
    ends = [*(one.id for one in sheet.row_breaks.brk), last]
    for before, end in zip([header, *ends], ends, strict=False):
        yield range(before + 1, end + 1)


def is_band(sheet: Worksheet, row: int) -> bool:
    return bool(sheet.cell(row, 1).value) and not any(sheet.cell(row, column).value for column in range(2, 20))


@pytest.mark.sample(2)
def test_a_page_is_as_wide_as_its_columns_in_every_program(books: list[Workbook]) -> None:
    """Excel passes over breaks where it fits a page to a width."""
    for book in books:
        for sheet in typed_in(book):
            assert not sheet.sheet_properties.pageSetUpPr.fitToPage
            wide = sum(pixels(sheet, column, column) for column in on_paper(sheet)) * LIBREOFFICE / 96
            margins = sheet.page_margins.left + sheet.page_margins.right
            assert wide * scale(sheet) <= LONG_SIDE - margins, sheet.title


@pytest.mark.sample(2)
def test_every_page_holds_its_rows(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            room = (SHORT_SIDE - sheet.page_margins.top - sheet.page_margins.bottom) * 72 / scale(sheet)
            above = 4
            for number, page in enumerate(pages(sheet)):
                titles = sum(height(sheet, row) for row in (range(1, above + 1) if number == 0 else (above,)))
                assert titles + sum(height(sheet, row) for row in page) <= room, (sheet.title, page)


@pytest.mark.sample(2)
def test_no_band_is_parted_from_its_rows(books: list[Workbook]) -> None:
    for book in books:
        for sheet in typed_in(book):
            for page in pages(sheet):
                assert not any(is_band(sheet, row) for row in page[-1:]), (sheet.title, page)


@pytest.mark.sample(2)
def test_the_first_sheet_takes_one_page_while_its_letters_can_be_read(books: list[Workbook]) -> None:
    """A last line of small print on a page of its own is what one throws away."""
    for book in books:
        guide = book.worksheets[0]
        assert (guide.page_setup.fitToWidth, guide.page_setup.fitToHeight) in ((1, 1), (None, None)), guide.title


def test_a_table_of_many_rows_takes_several_pages(amboise: Framework) -> None:
    assert len([*pages(made(amboise, "2021", "VILLE")["Emploi"])]) > 1


ROW = 10.0


@pytest.mark.parametrize(
    ("blocks", "starts"),
    [
        ([(1, [ROW] * 4), (1, [ROW] * 4)], []),  # ten rows a page
        ([(1, [ROW] * 5), (1, [ROW] * 5)], []),
        ([(1, [ROW] * 5), (1, [ROW] * 2), (1, [ROW] * 4)], [7]),  # whole on the next page
        ([(1, [ROW] * 5), (2, [ROW] * 8)], [10]),  # long: its heading with three rows, then as they come
        ([(1, [ROW] * 4), (1, [ROW] * 3), (1, [ROW] * 8)], [7]),  # two rows below its heading would be too few
        ([(1, [ROW] * 25)], [10, 20]),
    ],
)  # fmt: skip
def test_a_block_stays_whole_or_begins_with_a_few_rows(
    blocks: list[tuple[int, list[float]]], starts: list[int]
) -> None:
    assert [*starts_of_pages(blocks, 10 * ROW, 10 * ROW)] == starts
