"""Open workbooks: what kind each is, where its file lies, and its present content as a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import xlwings as xw

from cvsheet import ContractFolder
from cvsheet.addin.cell_values import values_of
from cvsheet.books.contract.pilotage import SHEET as PILOT
from cvsheet.errors import CvsheetError, UnreadableFile
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Grid
from cvsheet.files.open_book import OpenSheet, changed_cells, open_book_grid
from cvsheet.workflows.excel_setup import SYNCHRONISED

MASTER_SHEETS = frozenset({"Données", "Journal", "Synthèse"})
FILE_ENDINGS = (".xlsx", ".xlsm", ".ods")


def is_master(book: xw.Book) -> bool:
    """Whether `book` is a master workbook."""
    return {sheet.name for sheet in book.sheets} >= MASTER_SHEETS


def has_pilot(book: xw.Book) -> bool:
    """Whether `book` has the sheet *Pilotage*."""
    return PILOT in [sheet.name for sheet in book.sheets]


def is_remote(book: xw.Book) -> bool:
    """Whether `book` is open in a browser, out of reach of this machine's files."""
    return str(book.app.engine.type) == "remote"


def open_books(book: xw.Book) -> list[xw.Book]:
    """The workbooks open beside `book`, itself first; on the web itself only, as a server also sees those of others."""
    beside = [] if is_remote(book) else [one for one in book.app.books if one.name != book.name]
    return [book, *beside]


def others(book: xw.Book) -> list[xw.Book]:
    """The other open workbooks that could be returned ones: neither a contract's nor a master."""
    return [one for one in open_books(book)[1:] if not has_pilot(one) and not is_master(one)]


def file_of(book: xw.Book, folder: ContractFolder) -> Path:
    """The file of `book`; on the web, which tells no path, that of its name in the contract folder.

    Where there is none, or several, a place in `retours/` that stands for it. CvsheetError where the workbook lies in a
    synchronised folder, of which Excel tells a web address that leads to no file.
    """
    try:
        path = Path(book.fullname)
    except xw.XlwingsError as error:
        raise CvsheetError(f"« {book.name} » : {SYNCHRONISED}") from error
    if path.is_absolute():
        return path
    places = [folder.root / book.name, folder.results / book.name, *sorted(folder.inbox.rglob(book.name))]
    found = [place for place in places if place.is_file()]
    return found[0] if len(found) == 1 else folder.inbox / book.name


def content_of(book: xw.Book, path: Path) -> Grid:
    """What `book` holds now, over its file at `path` as it was last saved."""
    base = _saved(path)
    known = {sheet.name: sheet for sheet in base.sheets} if base else {}
    sheets = [_open_sheet(sheet) for sheet in book.sheets]
    told = [
        replace(one, percents=_percents(sheet, changed_cells(one, known.get(one.name))))
        for one, sheet in zip(sheets, book.sheets, strict=True)
    ]
    return open_book_grid(book.name, told, base)


def _saved(path: Path) -> Grid | None:
    """The file as last saved, None where there is none that can be read."""
    if path.suffix.lower() not in FILE_ENDINGS:
        return None
    try:
        return open_grid(path)
    except UnreadableFile:
        return None


def _open_sheet(sheet: xw.Sheet) -> OpenSheet:
    last = sheet.used_range.last_cell
    area = sheet.range((1, 1), (last.row, last.column))
    return OpenSheet(sheet.name, not sheet.visible, values_of(area), _formulas(area))


def _formulas(area: xw.Range) -> Sequence[Sequence[str]] | None:
    """The formulas of `area`, None where this Excel does not tell them."""
    try:
        found = area.formula
    except NotImplementedError:
        return None
    return [[found]] if isinstance(found, str) else _two_dimensional(found, area.shape[0])


def _two_dimensional(found: Sequence[object], rows: int) -> Sequence[Sequence[str]]:
    """A single row or column of formulas comes flat."""
    lines = [list(one) if isinstance(one, list | tuple) else one for one in found]
    if all(isinstance(one, list) for one in lines):
        return [[str(cell) for cell in one] for one in lines if isinstance(one, list)]
    return [[str(one) for one in lines]] if rows == 1 else [[str(one)] for one in lines]


def _percents(sheet: xw.Sheet, cells: Iterator[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Those of `cells` that are shown as percentages, as far as this Excel tells."""
    try:
        return frozenset(cell for cell in cells if "%" in str(sheet.range(cell).number_format))
    except NotImplementedError:
        return frozenset()
