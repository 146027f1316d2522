"""The kinds of sheets that workbooks are made of: XlsxWriter's, without what ours never need."""

from __future__ import annotations

import codecs
import io
import tempfile
import weakref
import zlib
from typing import Any, NamedTuple, TextIO

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet for formulas in functions that every spreadsheet has: XlsxWriter looks through each formula for thirty
    newer ones, which is half of the time that a sheet of formulas takes. Its cells are told by numbers, so that no
    call looks for « A1 » before."""

    fh: Any
    table: Any
    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_blank = Worksheet._write_blank

    def write_formula(self, row: int, col: int, formula: str, cell_format: Format | None = None, value: Any = 0) -> int:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """XlsxWriter's own words, for most cells without its list of attributes: a third of the time they take."""
        kind, style = type(cell).__name__, cell.format
        if style is None or kind not in ("String", "Number", "Blank"):
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{style._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind == "Number":
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        else:
            self.fh.write(f"{start}/>")

    def _assemble_xml_file(self) -> None:
        super()._assemble_xml_file()
        # XlsxWriter writes the way to a file with backslashes, which lead nowhere outside Windows; slashes always do.
        for link in vars(self)["external_hyper_links"]:
            link[1] = link[1].replace("\\", "/")


class GrowingSheet(PlainSheet):
    """A sheet whose rows keep an automatic height: XlsxWriter marks every height as chosen by hand, and a row so marked
    hides the end of a long comment instead of growing."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class OwnText(NamedTuple):
    """A cell with a text that stands in it, not in the table of shared texts."""

    text: str
    format: Format | None


class StreamedSheet(PlainSheet):
    """A sheet whose rows are written from top to bottom: those done leave memory, compressed, block by block.

    What stands in the file is what a `PlainSheet` writes, but for the texts of `write_own_text`; XlsxWriter's own
    `constant_memory` would repeat every text in its cell, and keep the rows in a file that a crash leaves behind.
    """

    dim_rowmin: int | None
    dim_rowmax: int
    row_info: dict[int, Any]
    row_sizes: dict[int, Any]
    BLOCK = 16  # rows with one `spans` attribute in common, which XlsxWriter works out when it writes them

    def __init__(self) -> None:
        super().__init__()
        self._block = 0
        self._done = _PutAway()

    def write_own_text(self, row: int, col: int, text: str, cell_format: Format | None = None) -> int:
        """Write a `text` that no other cell repeats: it leaves memory with its row."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = OwnText(text, cell_format)
        return 0

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if isinstance(cell, OwnText):
            style = [("s", cell.format._get_xf_index())] if cell.format else []
            place = ("r", xl_rowcol_to_cell_fast(row, col))
            self._xml_inline_string(cell.text, cell.text != cell.text.strip(), [place, *style])
        else:
            super()._write_cell(row, col, cell)

    def _check_dimensions(self, row: int, col: int, ignore_row: bool = False, ignore_col: bool = False) -> int:
        block = row // self.BLOCK
        if block != self._block and not ignore_row:
            if block < self._block:
                raise ValueError(f"row {row} of {self.name} comes after rows below it")
            self._pack()
            self._block = block
        return int(super()._check_dimensions(row, col, ignore_row, ignore_col))

    def _pack(self) -> None:
        """Write the rows of the current block as XML, and let go of their cells and heights."""
        if self.dim_rowmin is None:
            return
        whole, fh = (self.dim_rowmin, self.dim_rowmax), self.fh
        first = self._block * self.BLOCK
        self.dim_rowmin, self.dim_rowmax = max(whole[0], first), min(whole[1], first + self.BLOCK - 1)
        self.fh = io.StringIO()
        self._write_rows()
        self._done.add(self.fh.getvalue())
        (self.dim_rowmin, self.dim_rowmax), self.fh = whole, fh
        for rows in (self.table, self.row_info, self.row_sizes):
            rows.clear()

    def _position_object_pixels(self, *place: Any) -> Any:
        raise ValueError(f"{self.name} has let go of the heights of its rows: no picture or note would find its place")

    def _write_sheet_data(self) -> None:
        self._pack()
        self._xml_start_tag("sheetData")
        self._done.pour(self.fh)
        self._xml_end_tag("sheetData")


class _PutAway:
    """Text that waits on the disk, compressed, in a temporary file that goes with the run, however it ends."""

    CHUNK = 1 << 16  # bytes

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lasts as long as the sheet
        self._packer = zlib.compressobj(level=1)
        weakref.finalize(self, self._file.close)

    def add(self, text: str) -> None:
        self._file.write(self._packer.compress(text.encode()))

    def pour(self, into: TextIO) -> None:
        """Write all of it, in order; nothing can be added afterwards."""
        self._file.write(self._packer.flush())
        self._file.seek(0)
        unpacked, decoded = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")()
        while piece := self._file.read(self.CHUNK):
            into.write(decoded.decode(unpacked.decompress(piece)))
        self._file.close()
