"""What damages a workbook: somebody with a spreadsheet program (openpyxl), or one part of the file rewritten.

A damage takes the bytes of the good return and gives those of the damaged one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from html import escape

import openpyxl
from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.files.addresses import cell_name, parse_cell_name
from cvsheet.schema.tables import load_table
from tests.opened import opened, saved

from .contract import good_return

Damage = Callable[[bytes], bytes]
Parts = dict[str, bytes]

HEADER, FIRST = 4, 7  # rows of the titles and of the first line of each pillar, below its two bands
MEASURE, LABEL, UNIT, VALUE, COMMENT, CODE, LAST = 1, 2, 3, 4, 6, 10, 13  # columns
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = {
    "Emploi": "xl/worksheets/sheet2.xml",
    "Habitat": "xl/worksheets/sheet3.xml",
    "Actions": "xl/worksheets/sheet4.xml",
}
Place = tuple[str, str]  # sheet, cell
InCell = Callable[[Place], Damage]


def by_hand(edit: Callable[[Workbook], object]) -> Damage:
    """Open the workbook, do `edit`, save it."""

    def damage(content: bytes) -> bytes:
        book = opened(content)
        edit(book)
        return saved(book)

    return damage


def in_sheet(edit: Callable[[Worksheet], object], sheet: str = "Emploi") -> Damage:
    """Do `edit` on one sheet."""
    return by_hand(lambda book: edit(book[sheet]))


def by_parts(edit: Callable[[Parts], object]) -> Damage:
    """Rewrite parts of the archive."""

    def damage(content: bytes) -> bytes:
        parts = parts_of(content)
        edit(parts)
        return zipped(parts)

    return damage


def in_part(name: str, old: str, new: str) -> Damage:
    """Replace a text that one part holds."""

    def edit(parts: Parts) -> None:
        assert old.encode() in parts[name], f"{old} is not in {name}"
        parts[name] = parts[name].replace(old.encode(), new.encode())

    return by_parts(edit)


def typed(place: Place, text: str) -> Damage:
    """Type `text` in a cell, as text."""
    literal = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    escaped = re.sub("[\x00-\x08\x0b-\x1f]", lambda match: f"_x{ord(match[0]):04X}_", escape(literal, quote=False))
    return cell_xml(place, f'<is><t xml:space="preserve">{escaped}</t></is>', kind="inlineStr")


def number(place: Place, value: float, like: Place | None = None) -> Damage:
    """Type a number in a cell; `like` gives the cell whose format it takes."""
    return cell_xml(place, f"<v>{value!r}</v>", like=like)


def cell_xml(place: Place, inner: str, kind: str = "", like: Place | None = None) -> Damage:
    """Write a cell as XML: what it holds, its type, and the cell whose format it takes."""

    def edit(parts: Parts) -> None:
        part = SHEETS[place[0]]
        tree = etree.fromstring(parts[part])
        cell = _cell(tree, place[1])
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if kind:
            cell.set("t", kind)
        if like is not None:
            cell.set("s", _cell(etree.fromstring(parts[SHEETS[like[0]]]), like[1]).get("s", "0"))
        wrapped = etree.fromstring(f'<c xmlns="{NAMESPACE[1:-1]}">{inner}</c>')
        cell.extend(wrapped)
        parts[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    return by_parts(edit)


def in_cell(at: tuple[str, str], damage: InCell) -> Damage:
    """Do `damage` in the cell of the code and column `at`."""

    def in_its_cell(content: bytes) -> bytes:
        return damage(place_of(*at))(content)

    return in_its_cell


def also(*damages: Damage) -> Damage:
    """One damage after the other."""

    def damage(content: bytes) -> bytes:
        for one in damages:
            content = one(content)
        return content

    return damage


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def row_of(sheet: Worksheet, code: str) -> int:
    """The row of a line or action."""
    return next(row for row in range(1, sheet.max_row + 1) if code in [cell.value for cell in sheet[row]])


def line_rows(sheet: Worksheet) -> list[int]:
    """The rows of the indicator lines."""
    return [row for row in range(FIRST, sheet.max_row + 1) if "." in str(sheet.cell(row, CODE).value or "")]


def move_rows(sheet: Worksheet, order: list[int], first_column: int = 1, last_column: int = 15) -> None:
    """Put the rows of `order` in that order, between two columns, values only."""
    columns = range(first_column, last_column + 1)
    kept = [[sheet.cell(row, column).value for column in columns] for row in order]
    for row, values in zip(sorted(order), kept, strict=True):
        for column, value in zip(columns, values, strict=True):
            sheet.cell(row, column).value = value


@cache
def place_of(code: str, column: str) -> Place:
    """Where the entry of `code` in `column` stands in the good return."""
    sheet = "Actions" if "." not in code else "Emploi" if "EMP" in code else "Habitat"
    table = load_table("saisie_annuelle" if "." in code else "saisie_actions")
    return sheet, cell_name(row_of(_good_book()[sheet], code), table.position(column) + 1)


@cache
def _good_book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(good_return()))


def _cell(tree: etree._Element, name: str) -> etree._Element:
    row_number, _ = parse_cell_name(name)
    row = next(row for row in tree.iter(f"{NAMESPACE}row") if row.get("r") == str(row_number))
    return next(cell for cell in row if cell.get("r") == name)
