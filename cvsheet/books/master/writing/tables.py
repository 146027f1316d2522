"""What the sheets of the master share: titles, a header row, rows of values with a style per column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import MESSAGE_LIMIT, MOST_ROWS, Book, put, put_text, put_url, shorten
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.style import FAIR, GOOD, NEUTRAL, NUMBER_FORMATS, POOR
from cvsheet.books.master.content import FIRST_ROW, HEADER_ROW, SPARE_ROWS, TITLE_ROW, quoted
from cvsheet.books.master.decisions import NOTHING_WRITTEN, TO_REVIEW, Coordination, Key, State
from cvsheet.books.master.writing.margin import MarginWriter
from cvsheet.books.master.writing.spreads import Spread, spread_columns
from cvsheet.errors import CvsheetError
from cvsheet.figures.changes import TINY, ChangeKind
from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.model.framework import Measure
from cvsheet.schema.tables import Column, load_table
from cvsheet.text.french import french_count, french_number, typeset

MEASURE_FORMATS = {
    "nombre": "#,##0",
    "pourcentage": '0.0" %"',
    "montant": '#,##0" €"',
    "volume": "#,##0.0",
    "note": "0.0",
}
EVERYWHERE = "A1:XFD1048576"  # Excel would mark every year written as a code, every formula unlike its neighbour
LINK = "#0B57A4"  # ink of a cell that leads to another sheet
Area = tuple[int, int, int, int]  # first row and column, last row and column, from 0
A3 = 8  # Excel's number for the paper: wide sheets are read as posters
TOTAL_PAPER = "#EEF2F8"
SEVERITY_COLOURS = {"ERREUR": POOR, "AVERTISSEMENT": FAIR, "INFO": NEUTRAL}
STATE_COLOURS = {State.ARBITRATED.value: GOOD, **{state.value: FAIR for state in TO_REVIEW}}
SITUATION_COLOURS = {
    "Cible atteinte": GOOD,
    "Maintenue": GOOD,
    "En bonne voie": GOOD,
    "À surveiller": FAIR,
    "Trop tôt": NEUTRAL,
    "En retard": POOR,
    "En recul": POOR,
    "Non maintenue": POOR,
    "Cible incohérente": POOR,
    SECRET_SITUATION: NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet that was written, and the keys of its rows."""

    sheet: Worksheet
    placed: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a listing that leads away: to a place as `put_link` takes it; `outside`, as `put_file_link` does."""

    text: str
    target: str | tuple[str, int]
    outside: bool = False

    def __str__(self) -> str:
        return self.text


def start_table(
    book: Book, name: str, spreads: Sequence[Spread], title: str, subtitle: str, *, rows: int | None = None
) -> Worksheet:
    """A new sheet with its titles, header row, widths, frozen panes and repeated header.

    `rows` says how many rows follow, which are then written from top to bottom; CvsheetError where a sheet is too
    small for them.
    """
    if rows is not None and FIRST_ROW + rows + SPARE_ROWS > MOST_ROWS:
        raise CvsheetError(
            f"La feuille « {name} » aurait {french_count(rows, 'ligne')}, une feuille de calcul en contient au plus "
            f"{french_number(MOST_ROWS)} : rien n’a été écrit. Consolidez une campagne à la fois, en ne donnant que "
            "son dossier : cvsheet consolidate retours/2021"
        )
    sheet = book.sheet(name, in_order=rows is not None)
    sheet.set_row(TITLE_ROW, 27)
    put_text(sheet, TITLE_ROW, 0, title, book.style("title"))
    put_text(sheet, TITLE_ROW + 1, 0, subtitle, book.style("subtitle"))
    sheet.set_row(HEADER_ROW, 32)
    for position, spread in enumerate(spreads):
        sheet.set_column(position, position, spread.column.width)
        style = "header_input" if spread.column.input else "header"
        put_text(sheet, HEADER_ROW, position, spread.title, book.style(style, valign="vcenter"))
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    sheet.ignore_errors(dict.fromkeys(("number_stored_as_text", "formula_differs", "empty_cell_reference"), EVERYWHERE))
    return sheet


def write_listing(
    book: Book,
    name: str,
    table_name: str,
    rows: Sequence[Mapping[str, object]],
    subtitle: str,
    nothing: str,
    coordination: Coordination = NOTHING_WRITTEN,
) -> Listing:
    """A plain table of values and links, or the sentence `nothing` where it has no row."""
    table = load_table(table_name)
    spreads = spread_columns(table_name)
    sheet = start_table(book, name, spreads, table.title, subtitle, rows=len(rows))
    styles = [(spread.column.name, listing_style(book, spread.column)) for spread in spreads]
    margin = MarginWriter(book, sheet, table, len(spreads), coordination.margin(table_name))
    margin.titles(HEADER_ROW)
    for row, values in enumerate(rows, start=FIRST_ROW):
        sheet.set_row(row, height(table.columns, values))
        for position, (column, style) in enumerate(styles):
            value = values.get(column)
            put(sheet, row, position, value, style)
            if isinstance(value, Link):
                _put_over(
                    sheet, row, position, value, book.style("cell", font_color=LINK, text_wrap=True, valign="top")
                )
        margin.row(row, values)
    if rows:
        sheet.autofilter(HEADER_ROW, 0, FIRST_ROW + len(rows) - 1, margin.last)
    else:
        put_text(sheet, FIRST_ROW, 0, nothing, book.style("paragraph", text_wrap=False))
    return Listing(sheet, margin.placed)


def _put_over(sheet: Worksheet, row: int, column: int, link: Link, style: Format) -> None:
    if link.outside:
        put_file_link(sheet, row, column, link.text, str(link.target), style)
    else:
        put_link(sheet, row, column, link.text, link.target, style)


def listing_style(book: Book, column: Column, name: str = "cell", *, wrap: bool = True, **looks: Any) -> Format:
    """The style `name` for a schema column, with `looks` over it."""
    by_type = {"date": NUMBER_FORMATS["date"], "integer": NUMBER_FORMATS["integer"]}
    number_format = NUMBER_FORMATS[column.format] if column.format else by_type.get(column.type, "General")
    align = {"align": "center"} if column.type in by_type else {}
    # A partner's text that looks like a formula stays a text even when someone edits its cell in Excel.
    kind = {"quote_prefix": True} if column.type == "string" else {}
    styled = {"text_wrap": column.wrap and wrap, "num_format": number_format, **kind, **align, **looks}
    return book.style(name, **styled)


def put_link(sheet: Worksheet, row: int, column: int, text: str, target: tuple[str, int] | str, style: Format) -> None:
    """Write `text` as a link into this workbook: to a row (sheet, row from 0), or a cell with its sheet's name."""
    if isinstance(target, str):
        place, tip = target, f"Aller à la {in_words(target)}"
    else:
        place, tip = f"{quoted(target[0])}!A{target[1] + 1}", f"Aller à la feuille « {target[0]} »"
    put_url(sheet, row, column, f"internal:{place}", text, shorten(typeset(tip), MESSAGE_LIMIT), style)


def in_words(cell: str) -> str:
    """``'Emploi'!T5`` as a person says it; empty for an empty text."""
    sheet, _, place = cell.rpartition("!")
    name = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
    return f"cellule {place}, feuille « {name} »" if cell else ""


def put_file_link(sheet: Worksheet, row: int, column: int, text: str, target: str, style: Format) -> None:
    """Write `text` as a link to a file by its way from this workbook, ``../retours/caf.xlsx#'Emploi'!J12``."""
    put_url(sheet, row, column, f"external:{target}", text, "Ouvrir le fichier reçu, à cette cellule", style)


def height(columns: Sequence[Column], values: Mapping[str, object]) -> float:
    """The height that shows every wrapped text of a row."""
    texts = [(str(values.get(c.name) or ""), c.width) for c in columns if c.wrap]
    return row_height(texts)


def number_format(measure: Measure) -> str:
    """How a measure's values are shown; the mean of whole numbers is none itself."""
    if measure.type == "nombre" and not measure.method.whole:
        return "#,##0.0"
    return MEASURE_FORMATS.get(measure.type, "General")


def change_format(measure: Measure, kind: ChangeKind) -> str:
    """How a change of a measure's values is shown, with its sign."""
    if kind is ChangeKind.RELATIVE:
        return "+0%;-0%;0%"
    shown = '0.0" pt"' if kind is ChangeKind.POINTS else number_format(measure)
    return f"+{shown};-{shown};{shown}"


def follow_base(
    book: Book, sheet: Worksheet, area: Area, measure: Measure, former: str, value: str, change: str
) -> None:
    """Show the changes of `area` as what they are counted in, also once another base was decided: relative to a
    positive figure, else the difference. The three are the A1 names of the first row's cells.

    What is relative is known by its value: rows of rates may have been sorted into the area.
    """
    tiny = f"{TINY:.9f}"
    relative = f"IF({former}>{tiny},ABS({change}-({value}-{former})/{former})<={tiny},FALSE)"
    for kind, test in ((ChangeKind.RELATIVE, relative), (ChangeKind.DIFFERENCE, f"{former}<={tiny}")):
        look = book.workbook.add_format({"num_format": change_format(measure, kind)})
        criteria = f"=IF(ISNUMBER({former}),{test},FALSE)"
        sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": look})


def colour_words(book: Book, sheet: Worksheet, area: Area, colours: Mapping[str, tuple[str, str]]) -> None:
    """Colour the cells of `area` that hold one of the words: beside the word, never instead of it."""
    for word, (ink, paper) in colours.items():
        style = book.workbook.add_format({"font_color": ink, "bg_color": paper})
        sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style})
