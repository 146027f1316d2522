"""The first sheet, *Mode d’emploi*: who, which campaign, until when, how, how far; the identity in small print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format

from cvsheet.books.kit.book import Book, put, put_formula
from cvsheet.books.kit.paper import LONG_SIDE, POINTS
from cvsheet.books.kit.style import MUTED, NAVY, POOR, RULE
from cvsheet.books.partner.identity import TextPlace
from cvsheet.books.partner.writing import wording
from cvsheet.books.partner.writing.pillar import CONTROL_COLOURS, protect
from cvsheet.books.partner.writing.progress import Live, Missing, SheetProgress, sentence, sentence_formula
from cvsheet.files.addresses import quoted
from cvsheet.model.framework import Campaign, Framework, Partner
from cvsheet.text.french import french_date, typeset

GUIDE_SHEET = "Mode d’emploi"
_MARGIN, _LABELS, _FIGURES = 2, 25, 14  # widths of column A, column B and the columns of figures
_B, _C = 1, 2
_LAST = 6  # the last column of the page
_COUNTED = ("Renseigné", "Attendu", "À revoir")
_ROW, _SECTION_ROW, _HEADER_ROW, _TITLE_ROW = 16.5, 24.0, 31.0, 28.0  # heights in points
_PAGE = LONG_SIDE - 1.1 * POINTS  # points between the margins of a page
_READABLE = 0.75  # of their size at least have the letters of a sheet that is made to fit one page
GuideValue = str | int | date | Live[int] | Live[str] | None


@dataclass(frozen=True, slots=True)
class GuideCell:
    """One cell of the sheet: `link` is the pillar sheet that it leads to, `height` what its row needs in points
    where that is more than usual."""

    row: int
    column: int
    content: GuideValue
    style: Format | None = None
    link: str = ""
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Guide:
    """What the first sheet says, and to whom; `done` once nothing is missing."""

    framework: Framework
    campaign: Campaign
    partner: Partner
    progress: tuple[SheetProgress, ...]
    small_print: str
    done: str


def guide_cells(book: Book, guide: Guide) -> tuple[GuideCell, ...]:
    """Every cell of the first sheet, in reading order."""
    cells = list(_heading(book, guide))
    for section in (_instructions, _progress, _legend, _small_print):
        cells += section(book, guide, cells[-1].row + 2)
    return tuple(cells)


def write_guide(book: Book, cells: Sequence[GuideCell], *, first: bool = True) -> None:
    """Add the sheet: portrait, one page wide, nothing to type in; the workbook opens on it where it is the `first`."""
    sheet = book.sheet(GUIDE_SHEET, landscape=False, tab_color=NAVY)
    sheet.set_default_row(_ROW)
    sheet.set_column(0, 0, _MARGIN)
    sheet.set_column(_B, _B, _LABELS)
    sheet.set_column(_C, _LAST, _FIGURES)
    for cell in cells:
        if isinstance(cell.content, Live) and cell.content.formula:
            put_formula(sheet, cell.row, cell.column, cell.content.formula, cell.content.value, cell.style)
        elif cell.link:
            target = f"internal:{quoted(cell.link)}!A1"
            sheet.write_url(cell.row, cell.column, target, cell.style, cell.link, f"Aller à la feuille « {cell.link} »")
        else:
            content = cell.content.value if isinstance(cell.content, Live) else cell.content
            put(sheet, cell.row, cell.column, content, cell.style)
    own = {0: _TITLE_ROW} | {cell.row: cell.height for cell in cells if cell.height}
    for row, height in own.items():
        sheet.set_row(row, height)
    tall = sum(own.values()) + _ROW * (cells[-1].row + 1 - len(own))
    sheet.fit_to_pages(1, int(tall * _READABLE <= _PAGE))  # 0: as many as it takes
    sheet.print_area(0, 0, cells[-1].row, _LAST)
    protect(sheet)
    if first:
        sheet.activate()


def fixed_texts(cells: Sequence[GuideCell]) -> Iterator[tuple[TextPlace, object]]:
    """What stands on the sheet in so many words and figures, formulas aside."""
    for cell in cells:
        if not isinstance(cell.content, Live):
            yield TextPlace.GUIDE, cell.link or cell.content
        elif not cell.content.formula:
            yield TextPlace.GUIDE, cell.content.value


def _heading(book: Book, guide: Guide) -> Iterator[GuideCell]:
    contract, campaign = guide.framework.contract, guide.campaign
    label, text = book.style("plain", font_size=11, font_color=MUTED), book.style("plain", font_size=11)
    strong = book.style("plain", font_size=11, bold=True)
    yield GuideCell(0, _B, contract.name, book.style("title"))
    yield GuideCell(1, _B, f"{campaign.title} · mode d’emploi", book.style("subtitle"))
    period = f"du {french_date(campaign.start)} au {french_date(campaign.end)}"
    limit = campaign.deadline_for(guide.partner.code)
    facts = (
        ("Partenaire", guide.partner.name, strong),
        ("Campagne", f"{campaign.title} ({campaign.code}), {period}", text),
        ("Date limite", french_date(limit) if limit else "", strong),
        ("Une question ?", " · ".join(filter(None, (contract.coordinator, contract.email, contract.phone))), text),
    )
    shown = [fact for fact in facts if fact[1]]
    for row, (name, content, style) in enumerate(shown, start=3):
        yield GuideCell(row, _B, typeset(name), label)
        yield GuideCell(row, _C, content, style)


def _instructions(book: Book, guide: Guide, row: int) -> Iterator[GuideCell]:
    yield from _section(book, row, "Comment faire")
    style = book.style("plain", font_size=11)
    lines = wording.instructions(guide.framework.contract, guide.campaign)
    for number, line in enumerate(lines, start=1):
        yield GuideCell(row + number, _B, typeset(f"{number}. {line}"), style)


def _progress(book: Book, guide: Guide, row: int) -> Iterator[GuideCell]:
    yield from _section(book, row, "Où vous en êtes")
    first, total = row + 3, row + 3 + len(guide.progress)
    header = book.style("header")
    yield _sentence(book, guide, row + 1, first, total)
    yield GuideCell(first - 1, _B, "Feuille", header, height=_HEADER_ROW)
    yield from (GuideCell(first - 1, _C + n, title, header) for n, title in enumerate(_COUNTED))
    link, figure = book.style("link", border=1, border_color=RULE), book.style("cell", align="right", valign="vcenter")
    for line, sheet in enumerate(guide.progress, start=first):
        yield GuideCell(line, _B, sheet.sheet, link, link=sheet.sheet)
        yield from (GuideCell(line, _C + n, value, figure) for n, value in enumerate(_counts(sheet)))
    band = book.style("group", align="right", valign="vcenter")
    yield GuideCell(total, _B, "Total", book.style("group", valign="vcenter"))
    for n, values in enumerate(zip(*map(_counts, guide.progress), strict=True)):
        letter = "CDE"[n]
        formula = f"=SUM({letter}{first + 1}:{letter}{total})"
        yield GuideCell(total, _C + n, Live(formula, sum(value.value for value in values)), band)


def _counts(sheet: SheetProgress) -> tuple[Live[int], ...]:
    return sheet.filled, Live("", sheet.expected), sheet.again


def _sentence(book: Book, guide: Guide, row: int, first: int, total: int) -> GuideCell:
    """`first` and `total` are the rows of the first sheet and of the totals, from 0."""
    left = [(sheet.expected - sheet.filled.value, sheet.of_actions) for sheet in guide.progress]
    missing = Missing(
        sum(count for count, of_actions in left if not of_actions),
        sum(count for count, of_actions in left if of_actions),
        sum(sheet.again.value for sheet in guide.progress),
    )
    places = [row + 1 for row, sheet in enumerate(guide.progress, start=first) if sheet.of_actions]
    actions = "".join(f"(D{place}-C{place})" for place in places) or "0"
    lines = f"(D{total + 1}-C{total + 1}-{actions})"
    formula = sentence_formula(lines, actions, f"E{total + 1}", guide.done)
    style = book.style("plain", font_size=12, bold=True, font_color=NAVY)
    return GuideCell(row, _B, Live(formula, sentence(missing, guide.done)), style, height=_SECTION_ROW)


def _legend(book: Book, guide: Guide, row: int) -> Iterator[GuideCell]:
    yield from _section(book, row, "Légende")
    plain, middle = book.style("plain", indent=1, align="left"), {"valign": "vcenter", "locked": True, "align": "left"}
    entries = [(book.style(style, **middle), term, meaning) for style, term, meaning in wording.CELLS]
    entries += [(book.style("input", **middle), term, meaning) for term, meaning in wording.REASONS]
    for word, meaning in wording.control_words(guide.campaign):
        ink, paper = CONTROL_COLOURS.get(word, POOR)
        entries.append((book.style("control", font_color=ink, bg_color=paper, **middle), str(word), meaning))
    for line, (style, term, meaning) in enumerate(entries, start=row + 1):
        yield GuideCell(line, _B, term, style)
        yield GuideCell(line, _C, typeset(meaning), plain)


def _small_print(book: Book, guide: Guide, row: int) -> Iterator[GuideCell]:
    yield GuideCell(row, _B, guide.small_print, book.style("small"))


def _section(book: Book, row: int, title: str) -> Iterator[GuideCell]:
    style = book.style("section")
    yield GuideCell(row, _B, title, style, height=_SECTION_ROW)
    yield from (GuideCell(row, column, None, style) for column in range(_C, _LAST + 1))
