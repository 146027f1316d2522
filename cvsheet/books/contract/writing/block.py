"""One table of the canonical workbook: header, records, prepared blank rows, dropdowns and input messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.contract.writing.layout import HEADER_ROW, Block
from cvsheet.books.contract.writing.lists import growing, list_name
from cvsheet.books.kit.book import Book, format_where, input_message, put, validate
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.style import NUMBER_FORMATS
from cvsheet.files.scalars import is_code
from cvsheet.model.records import Scalar
from cvsheet.schema.tables import Column
from cvsheet.text.french import french_date, typeset

FILTER_BUTTON = 3.0  # characters that the filter's button takes from a title
LARGEST = 1e15
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def write_block(book: Book, sheet: Worksheet, block: Block) -> list[float]:
    """Write `block` on `sheet`: columns, header, records, prepared rows, dropdowns; gives the height of header and
    records."""
    widths = block.widths
    fold_columns(sheet, [column.folded for column in block.table.columns], widths)
    heights = [_write_header(book, sheet, block, widths), *_write_records(book, sheet, block, widths)]
    _write_prepared(book, sheet, block)
    for position, column in enumerate(block.table.columns):
        _write_validation(sheet, block, position, column)
    _mark_duplicates(book, sheet, block)
    return heights


def value_format(column: Column) -> str:
    """The number format of a column: codes are text, or Excel would make a date of ``1-1``."""
    if column.type == "string":
        return "@" if is_code(column) or column.enum else "General"
    return NUMBER_FORMATS["date" if column.type == "date" else "year" if column.format == "year" else ""]


def rule_for(column: Column) -> dict[str, Any]:
    """The validation of a cell of `column`, without its message: a list, a number within bounds, a day, or anything."""
    if name := list_name(column):
        refusing = not column.separator
        return {
            "validate": "list",
            "source": f"={name}",
            "show_error": refusing,
            "error_title": "Hors liste",
            "error_message": "Choisissez dans la liste déroulante. Pour un code nouveau, ajoutez d’abord sa ligne.",
        }
    if column.type in ("number", "integer"):
        return {
            "validate": "integer" if column.type == "integer" else "decimal",
            "criteria": "between",
            "minimum": -LARGEST if column.minimum is None else column.minimum,
            "maximum": LARGEST if column.maximum is None else column.maximum,
            "error_title": "Nombre attendu",
            "error_message": _bounds(column),
        }
    if column.type == "date":
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DAY,
            "maximum": LAST_DAY,
            "error_title": "Date attendue",
            "error_message": "Tapez une date, par exemple 31/12/2021.",
        }
    return {"validate": "any"}


def explanation(column: Column) -> str:
    """What a cell of `column` wants, as comments and input messages say it."""
    text = column.description if column.example is None else f"{column.description}\nExemple : {_example(column)}"
    return typeset(text)


def put_free(book: Book, sheet: Worksheet, row: int, column: int, value: Scalar, style: str = "cell") -> None:
    """Write what a coordinator typed on their own, by its type and not by a schema."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, book.style(style))
    elif isinstance(value, datetime):
        put(sheet, row, column, value, book.style(style, num_format="dd/mm/yyyy hh:mm:ss"))
    elif isinstance(value, date):
        put(sheet, row, column, value, book.style(style, num_format=NUMBER_FORMATS["date"]))
    else:
        put(sheet, row, column, value, book.style(style, text_wrap=True))


def fold_columns(sheet: Worksheet, folded: Sequence[bool], widths: Sequence[float]) -> None:
    """Give the columns their `widths`, those `folded` out of sight behind the [+] of the column at their left.

    Excel reads at that column that they are, LibreOffice at the one after them.
    """
    sheet.outline_settings(symbols_right=False)
    hidden = {position for position, fold in enumerate(folded) if fold}
    for position, width in enumerate(widths):
        beside = not hidden.isdisjoint((position - 1, position + 1))
        options = {"level": 1, "hidden": True} if position in hidden else {"collapsed": beside}
        sheet.set_column(position, position, width, None, options)


def _write_header(book: Book, sheet: Worksheet, block: Block, widths: Sequence[float]) -> float:
    columns = [
        *(
            (column.title, book.style("header_input" if column.required else "header"))
            for column in block.table.columns
        ),
        *((title, book.style("header", italic=True)) for title in _distinct(block)),
    ]
    sheet.add_table(
        HEADER_ROW,
        0,
        block.last_row,
        len(columns) - 1,
        {
            "name": block.excel_name,
            "style": None,
            "columns": [{"header": title, "header_format": style} for title, style in columns],
        },
    )
    texts = [(title, width - FILTER_BUTTON) for (title, _), width in zip(columns, widths, strict=False)]
    height = max(30.0, row_height(texts))
    sheet.set_row(HEADER_ROW, height)
    for position, column in enumerate(block.table.columns):
        text = explanation(column)
        options = {"x_scale": 2.2, "y_scale": 0.35 + 0.2 * (1 + len(text) // 45 + text.count("\n")), "font_size": 9}
        sheet.write_comment(HEADER_ROW, position, text, options)
    return height


def _distinct(block: Block) -> tuple[str, ...]:
    """The titles of the coordinator's columns, none equal to another of the table for Excel, which ignores case."""
    taken = {column.title.casefold() for column in block.table.columns}
    titles: list[str] = []
    for extra in block.extras:
        rank, title = 1, extra
        while title.casefold() in taken:
            rank += 1
            title = f"{extra} ({rank})"
        taken.add(title.casefold())
        titles.append(title)
    return tuple(titles)


def _write_records(book: Book, sheet: Worksheet, block: Block, widths: Sequence[float]) -> list[float]:
    heights = []
    styles = [_cell_style(book, column, key=column.name in block.table.key) for column in block.table.columns]
    for row, record in enumerate(block.records, start=HEADER_ROW + 1):
        for position, column in enumerate(block.table.columns):
            put(sheet, row, position, record.values.get(column.name), styles[position])
        for position, title in enumerate(block.extras, start=len(styles)):
            put_free(book, sheet, row, position, record.extras.get(title))
        texts = [
            (record.text(column.name), width)
            for column, width in zip(block.table.columns, widths, strict=False)
            if column.wrap and not column.folded
        ]
        heights.append(row_height(texts))
        sheet.set_row(row, heights[-1])
    return heights


def _write_prepared(book: Book, sheet: Worksheet, block: Block) -> None:
    styles = [_cell_style(book, column, style="input") for column in block.table.columns]
    styles += [book.style("input", text_wrap=True) for _ in block.extras]
    for row in range(HEADER_ROW + 1 + len(block.records), block.last_row + 1):
        for position, style in enumerate(styles):
            sheet.write_blank(row, position, None, style)


def _cell_style(book: Book, column: Column, style: str = "cell", *, key: bool = False) -> Format:
    overrides = {"bold": True} if key else {}
    return book.style(style, num_format=value_format(column), text_wrap=column.wrap, **overrides)


def _write_validation(sheet: Worksheet, block: Block, position: int, column: Column) -> None:
    rule = rule_for(column)
    if column.reference == f"{block.table.name}.{block.table.key[0]}":  # codes of the same sheet
        source = growing(block.area(block.table.key[0], header=True), block.area(block.table.key[0]))
        rule = {"validate": "list", "source": source, "show_error": False}
    message = {} if column.wrap and not column.separator else input_message(column.title, explanation(column))
    if rule["validate"] != "any" or message:
        validate(sheet, (HEADER_ROW + 1, position, block.last_typed_row, position), {**rule, **message})


def _mark_duplicates(book: Book, sheet: Worksheet, block: Block) -> None:
    for position, column in enumerate(block.table.columns):
        if column.unique:
            bad = book.workbook.add_format({"font_color": "#8E1B1B", "bg_color": "#FBE0DE"})
            area = (HEADER_ROW + 1, position, block.last_typed_row, position)
            format_where(sheet, area, {"type": "duplicate", "format": bad})


def _bounds(column: Column) -> str:
    kind = "un nombre entier" if column.type == "integer" else "un nombre"
    if column.minimum is not None and column.maximum is not None:
        return f"Tapez {kind} entre {column.minimum:g} et {column.maximum:g}."
    return f"Tapez {kind}, sans unité ni texte."


def _example(column: Column) -> str:
    if column.type == "date":
        return french_date(date.fromisoformat(str(column.example)))
    return str(column.example).replace(".", ",") if column.type == "number" else str(column.example)
