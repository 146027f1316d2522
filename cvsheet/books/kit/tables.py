"""What the sheets of the master share: titles, a header row, rows of values with a style per column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import (
    BOTTOM_MARGIN,
    MESSAGE_LIMIT,
    MOST_ROWS,
    SIDE_MARGIN,
    TOP_MARGIN,
    Book,
    format_where,
    put,
    put_text,
    put_url,
    shorten,
)
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.page import write_titles
from cvsheet.books.kit.paper import LONG_SIDE, POINTS, TWICE, room_for_rows, scale_for, starts_of_pages
from cvsheet.books.kit.spreads import Spread
from cvsheet.books.kit.style import NUMBER_FORMATS, SHARE, TABLE_TAB
from cvsheet.errors import CvsheetError
from cvsheet.figures.changes import TINY, ChangeKind
from cvsheet.files.addresses import quoted
from cvsheet.memoising import MOST
from cvsheet.model.framework import Line, Measure
from cvsheet.schema.tables import Column
from cvsheet.text.amounts import amount_decimals, money_sign
from cvsheet.text.french import NO_BREAK_SPACE, french_count, french_number, typeset

TITLE_ROW = 0
HEADER_ROW = 3
FIRST_ROW = 4  # of the data, under the header; all counted from 0
ABOVE = (27.0, 15.0, 15.0, 32.0)  # points of height of the rows above it
SPARE_ROWS = 200  # rows that a coordinator may add under Données without losing them from the totals
MEASURE_FORMATS = {
    "nombre": "#,##0",
    "pourcentage": '0.0" %"',
    "volume": "#,##0.0",
    "note": "0.0",
}
FITTED = {"shrink": True, "text_wrap": False}  # 98 765 432 € in a narrow column is small, where one that wraps is ###
FIGURE = {"align": "right", **FITTED}
EVERYWHERE = "A1:XFD1048576"  # Excel would mark every year written as a code, every formula unlike its neighbour
ALMOST = 0.995  # of the way to a target: what whole percents round up to all of it
LINK = "#0B57A4"  # ink of a cell that leads to another sheet
CellRange = tuple[int, int, int, int]  # first row and column, last row and column, from 0
A3 = 8  # Excel's number for the paper: wide sheets are read as posters
TOTAL_PAPER = "#EEF2F8"
TYPE_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "date": {"num_format": NUMBER_FORMATS["date"], "align": "center"},
    "integer": {"num_format": NUMBER_FORMATS["integer"], **FIGURE, "indent": 1},  # digits under digits
    "number": FITTED,
    "string": {"quote_prefix": True},  # what looks like a formula stays a text, also once somebody edits the cell
}


def start_table(
    book: Book,
    name: str,
    spreads: Sequence[Spread],
    title: str,
    subtitle: str,
    *,
    rows: int | None = None,
    tab: str = TABLE_TAB,
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
    sheet = book.sheet(name, in_order=rows is not None, tab_color=tab)
    write_titles(book, sheet, title, subtitle)
    sheet.set_row(HEADER_ROW, ABOVE[HEADER_ROW])
    for position, spread in enumerate(spreads):
        style = "header_input" if spread.column.input else "header"
        put_text(sheet, HEADER_ROW, position, spread.title, book.style(style, valign="vcenter"))
    _lay_out(sheet, [spread.column for spread in spreads])
    sheet.repeat_rows(HEADER_ROW)
    sheet.ignore_errors(dict.fromkeys(("number_stored_as_text", "formula_differs", "empty_cell_reference"), EVERYWHERE))
    return sheet


def _lay_out(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Widths; the first columns frozen with the header; what is read later in groups of columns that start folded."""
    sheet.outline_settings(symbols_below=False)  # the button of a group of rows stands at its total, above it
    after_folded = False
    for position, column in enumerate(columns):
        group = {"level": 1, "hidden": True} if column.folded else {"collapsed": after_folded}
        sheet.set_column(position, position, column.width, None, group)
        after_folded = column.folded
    sheet.set_column(len(columns), len(columns), None, None, {"collapsed": after_folded})  # where the last button is
    sheet.freeze_panes(FIRST_ROW, sum(column.frozen for column in columns))


def write_bands(
    book: Book, sheet: Worksheet, spreads: Sequence[Spread], bands: Mapping[str, str], campaign: str
) -> None:
    """The headings `bands` above the header row, each from the first column of its name on, on every page."""
    sheet.repeat_rows(HEADER_ROW - 1, HEADER_ROW)
    names = [spread.column.name for spread in spreads]
    for position, name in enumerate(names):
        starts = name in bands and names.index(name) == position
        title = bands[name].format(campaign=campaign) if starts else None
        put(sheet, HEADER_ROW - 1, position, title, book.style("band_start" if starts else "band"))


def keep_together(sheet: Worksheet, columns: Sequence[Column], blocks: Sequence[tuple[int, Sequence[float]]]) -> None:
    """Print on A3 the `columns` that are in sight, broken between `blocks` (rows of a heading, the height of each row)
    of the rows below the header; bands and header stand on each page.

    Excel passes over breaks where it fits a page to a width.
    """
    sheet.set_paper(A3)
    widths = (column.width for column in columns if not column.folded)
    scale = scale_for(widths, TWICE * LONG_SIDE - 2 * SIDE_MARGIN * POINTS)
    sheet.set_print_scale(scale)
    sheet.repeat_columns(0, sum(column.frozen for column in columns) - 1)  # once somebody opens what is folded
    room = room_for_rows(scale, TOP_MARGIN, BOTTOM_MARGIN, side=LONG_SIDE) - sum(ABOVE[HEADER_ROW - 1 :])
    starts = starts_of_pages(blocks, room, room - sum(ABOVE[: HEADER_ROW - 1]))
    sheet.set_h_pagebreaks([FIRST_ROW + start for start in starts])


def last_in_sight(columns: Sequence[Column]) -> int:
    """The position of the last column that is not folded."""
    return max(position for position, column in enumerate(columns) if not column.folded)


def listing_style(book: Book, column: Column, name: str = "cell", *, wrap: bool = True, **looks: Any) -> Format:
    """The style `name` for a schema column, with `looks` over it."""
    own = {"num_format": NUMBER_FORMATS[column.format]} if column.format else {}
    styled = {"text_wrap": column.wrap and wrap, "num_format": "General", **TYPE_LOOKS.get(column.type, {}), **own}
    return book.style(name, **{**styled, **looks})


def put_link(sheet: Worksheet, row: int, column: int, text: str, target: tuple[str, int] | str, style: Format) -> None:
    """Write `text` as a link into this workbook: to a row (sheet, row from 0), or a cell with its sheet's name."""
    url, tip = _way_and_tip(target)
    put_url(sheet, row, column, url, text, tip, style)


@lru_cache(maxsize=MOST)  # all answers to a line lead to it
def _way_and_tip(target: tuple[str, int] | str) -> tuple[str, str]:
    if isinstance(target, str):
        place, tip = target, f"Aller à la {in_words(target)}"
    else:
        place, tip = f"{quoted(target[0])}!A{target[1] + 1}", f"Aller à la feuille « {target[0]} »"
    return f"internal:{place}", shorten(typeset(tip), MESSAGE_LIMIT)


def in_words(cell: str) -> str:
    """``'Emploi'!T5`` as a person says it; empty for an empty text."""
    sheet, _, place = cell.rpartition("!")
    name = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
    return f"cellule {place}, feuille « {name} »" if cell else ""


def put_file_link(sheet: Worksheet, row: int, column: int, text: str, target: str, style: Format) -> None:
    """Write `text` as a link to a file by its way from this workbook, ``../retours/caf.xlsx#'Emploi'!J12``."""
    put_url(sheet, row, column, f"external:{target}", text, "Ouvrir le fichier reçu, à cette cellule", style)


def by_measure(lines: Sequence[Line], heights: Sequence[float]) -> Iterator[tuple[int, Sequence[float]]]:
    """The rows of `lines`, of these `heights`, in blocks of a total with its categories."""
    for _, rows in groupby(zip(lines, heights, strict=True), lambda pair: pair[0].measure.code):
        yield 1, [tall for _, tall in rows]


def height(columns: Sequence[Column], values: Mapping[str, object]) -> float:
    """The height that shows every wrapped text of a row, but for folded columns, which must not stretch it."""
    texts = [(str(values.get(c.name) or ""), c.width) for c in columns if c.wrap and not c.folded]
    return row_height(texts)


def number_format(measure: Measure) -> str:
    """How a measure's values are shown; the mean of whole numbers is none itself."""
    if measure.type == "nombre" and not measure.method.whole:
        return "#,##0.0"
    if measure.type == "montant":
        sign, decimals = money_sign(measure.unit), amount_decimals(measure.unit)
        return f"#,##0{'.' * bool(decimals)}{'0' * decimals}" + (f'" {sign}"' if sign else "")
    return MEASURE_FORMATS.get(measure.type, "General")


def change_format(measure: Measure, kind: ChangeKind) -> str:
    """How a change of a measure's values is shown, with its sign."""
    if kind is ChangeKind.RELATIVE:
        return f"+{SHARE};-{SHARE};{SHARE}"
    shown = '0.0" pt"' if kind is ChangeKind.POINTS else number_format(measure)
    return f"+{shown};-{shown};{shown}"


def never_rounded_up(book: Book, sheet: Worksheet, area: CellRange) -> None:
    """Show the progress in `area` as 99 % just before the target: 100 % is said of targets that are reached."""
    just_before = book.workbook.add_format({"num_format": f'"99{NO_BREAK_SPACE}%"'})
    limits = {"criteria": "between", "minimum": ALMOST, "maximum": 1 - TINY}
    format_where(sheet, area, {"type": "cell", "format": just_before, **limits})


def follow_base(
    book: Book, sheet: Worksheet, area: CellRange, measure: Measure, former: str, value: str, change: str
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
        format_where(sheet, area, {"type": "formula", "criteria": criteria, "format": look})
