"""The document as sheets of cells, whatever its format: xlsx and ods by the careful reader, csv, tsv and txt here.

A text is decoded as UTF-8, UTF-16, cp1252 or Mac Roman and cut at tabs, semicolons or commas, whichever shows most
columns of a framework. Its cells are named as a spreadsheet would name them.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from pathlib import Path

from cvsheet.books.contract.outline.headings import most_levels
from cvsheet.errors import FrameworkError, Refusal, UnreadableFile
from cvsheet.files.addresses import cell_name
from cvsheet.files.grid import DEFAULT_LIMITS, open_grid
from cvsheet.files.grid.model import Cell, CellKind, Sheet

TEXT_KINDS = (".csv", ".tsv", ".txt", ".tab")
_DELIMITERS = "\t;,|"
_FRENCH = frozenset("éèêëàâçîïôöûùüœÉÈÊÀÂÇÎÔÙŒ’«»°–…\u00a0")
_NO_TEXT = frozenset(map(chr, range(32))) - set("\t\n\r\f\v\x1f\x1e")


def open_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of the document at `path`; UnreadableFile where it is neither a workbook nor a text."""
    try:
        return open_grid(path).sheets
    except UnreadableFile as error:
        if error.reason is not Refusal.CSV and not (
            error.reason in (Refusal.PROSE, Refusal.UNKNOWN, Refusal.OTHER_DOCUMENT)
            and path.suffix.lower() in TEXT_KINDS
        ):
            raise
        sheet = _text_sheet(path)
        if sheet is None:
            raise
        return (sheet,)


def _text_sheet(path: Path) -> Sheet | None:
    text = _decoded(path.read_bytes())
    if text is None or _NO_TEXT & set(text):
        return None
    readings = [rows for delimiter in _DELIMITERS if (rows := _rows(text, delimiter)) is not None]
    if not readings:
        raise FrameworkError(f"« {path} » n’est pas un texte à colonnes lisible : enregistrez le tableau en .xlsx.")
    sheets = (_sheet(path.name, rows) for rows in readings)
    return max(sheets, key=lambda sheet: (*most_levels(sheet), sum(map(len, sheet.rows.values()))))


def _decoded(data: bytes) -> str | None:
    """The text of `data`; None where no encoding of a French office gives one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data[:200]:
        encodings = ("utf-16-le",) if data[1:2] == b"\0" else ("utf-16-be",)
    else:
        encodings = ("utf-8-sig",)
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return _of_one_byte(data)


def _of_one_byte(data: bytes) -> str | None:
    """The text of `data` as Windows or as an older Excel for Mac writes it: whichever shows more French letters."""
    readings = []
    for encoding in ("cp1252", "mac_roman"):
        with contextlib.suppress(UnicodeDecodeError):
            readings.append(data.decode(encoding))
    return max(readings, key=lambda text: sum(letter in _FRENCH for letter in text), default=None)


def _rows(text: str, delimiter: str) -> list[list[str]] | None:
    """The rows of `text`; a quote sign that nothing closes is a character like another."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            source = io.StringIO(text, newline="")
            return list(csv.reader(source, delimiter=delimiter, quoting=quoting, strict=True))
        except csv.Error:
            continue
    return None


def _sheet(name: str, rows: list[list[str]]) -> Sheet:
    cells: dict[int, dict[int, Cell]] = {}
    for row, texts in enumerate(rows, start=1):
        filled = {column: text for column, text in enumerate(texts, start=1) if text.strip()}
        if filled:
            cells[row] = {column: _cell(row, column, text) for column, text in filled.items()}
    return Sheet(name, False, cells)


def _cell(row: int, column: int, text: str) -> Cell:
    if len(text) > DEFAULT_LIMITS.text_length:
        raise FrameworkError(
            f"La cellule {cell_name(row, column)} contient plus de 32 767 caractères : ce n’est pas un tableau. "
            "Vérifiez le fichier, ou enregistrez le tableau en .xlsx."
        )
    return Cell(row, column, CellKind.TEXT, text, text)
