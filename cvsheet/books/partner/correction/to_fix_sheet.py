"""*À corriger*: every finding in order, with a link to its cell, what was typed, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_text, shorten
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.style import MUTED, POOR, RULE
from cvsheet.books.partner.correction import wording
from cvsheet.books.partner.correction.remarks import NOTED, Remark
from cvsheet.books.partner.identity import TO_FIX_TITLE
from cvsheet.books.partner.writing.pillar import protect
from cvsheet.files.addresses import quoted
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.gestures import told_together
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity
from cvsheet.text.french import french_count, typeset

_COLUMNS = (("Gravité", 14.0), ("Où", 17.0), ("Ligne", 36.0), ("Vous avez saisi", 18.0), ("Constat", 44.0),
            ("À faire", 44.0))  # fmt: skip
_FIRST = 1  # column B
_WHERE, _TYPED = 1, 3
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "summary": {"font_size": 13, "bold": True, "font_color": POOR[0]},
    "step": {"font_size": 11},
    "section": {"font_size": 12, "bold": True, "font_color": MUTED},
    "information": {"font_color": MUTED},
}
_HEIGHTS = {"title": 28.0, "summary": 22.0, "step": 17.0, "header": 22.0, "section": 20.0}
_LONGEST = 300  # characters of what was typed: the cell itself holds it all


@dataclass(frozen=True, slots=True)
class ToFixRow:
    """One line of the sheet, from column B on: `style` names its look, `link` is the place that column C leads to."""

    texts: tuple[str, ...]
    style: str
    severity: Severity | None = None
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ToFix:
    """What the sheet says."""

    framework: Framework
    identity: Identity
    remarks: tuple[Remark, ...]
    kept: bool
    today: date | None = None


def rows_of(sheet: ToFix) -> tuple[ToFixRow, ...]:
    """Every line of the sheet, in order; an empty one has no texts."""
    noted = [remark for remark in sheet.remarks if remark.finding.severity in NOTED]
    steps = wording.steps(sheet.framework, sheet.identity, sheet.today, kept=sheet.kept)
    return (
        ToFixRow((TO_FIX_TITLE,), "title"),
        ToFixRow((wording.subtitle(sheet.framework, sheet.identity),), "subtitle"),
        ToFixRow((), ""),
        ToFixRow((wording.summary(sheet.remarks),), "summary"),
        *(ToFixRow((step,), "step") for step in steps),
        ToFixRow((), ""),
        ToFixRow(tuple(title for title, _ in _COLUMNS), "header"),
        *map(_row, _gestures(noted)),
        *_for_information([remark for remark in sheet.remarks if remark.finding.severity is Severity.INFO]),
    )


def write_to_fix(book: Book, name: str, rows: Sequence[ToFixRow]) -> None:
    """Add the sheet, the first that is seen."""
    sheet = book.sheet(name, tab_color=POOR[0])
    sheet.set_column(0, 0, 2)
    widths = _widths(rows)
    for column, width in enumerate(widths, start=_FIRST):
        sheet.set_column(column, column, width)
    header = next(number for number, row in enumerate(rows) if row.style == "header")
    for number, row in enumerate(rows):
        _write(book, sheet, number, row)
        sheet.set_row(number, _height(row, widths))
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    sheet.print_area(0, _FIRST, len(rows) - 1, len(_COLUMNS))
    protect(sheet)
    sheet.activate()
    sheet.set_first_sheet()


def _gestures(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """`remarks` with one for many that one gesture made in a sheet."""
    first = {_identity(remark.finding): remark for remark in reversed(remarks)}
    for finding in told_together(remark.finding for remark in remarks):
        yield replace(first[_identity(finding)], finding=finding)


def _identity(finding: Finding) -> tuple[str, Place, str]:
    return finding.code, finding.place, finding.line


def _row(remark: Remark) -> ToFixRow:
    finding, rule = remark.finding, find_rule(remark.finding.code)
    place = finding.place
    where = f"{place.sheet} {place.cell}".strip() if place.cell else place.sheet
    texts = (
        wording.WORDS[finding.severity],
        where or "Tout le classeur",
        wording.line_title(remark),
        shorten(remark.typed, _LONGEST),
        typeset(rule.fault(finding)),
        find_rule(finding.code).advice_in_correction(finding),
    )
    return ToFixRow(texts, "finding", finding.severity, (place.sheet, place.cell) if place.cell else None)


def _for_information(remarks: Sequence[Remark]) -> Iterator[ToFixRow]:
    """What calls for nothing, one line per cause."""
    if not remarks:
        return
    yield ToFixRow((), "")
    yield ToFixRow(("Pour information : rien à faire si c’est juste",), "section")
    causes: dict[str, list[Remark]] = {}
    for remark in remarks:
        causes.setdefault(remark.finding.code, []).append(remark)
    for code, group in causes.items():
        said = {typeset(find_rule(code).fault(one.finding)) for one in group}
        text = said.pop() if len(said) == 1 else typeset(find_rule(code).title)
        count = f" ({french_count(len(group), 'cas', 'cas')})" if len(group) > 1 else ""
        yield ToFixRow((f"{text}{count}",), "information")


def _write(book: Book, sheet: Worksheet, number: int, row: ToFixRow) -> None:
    for offset, text in enumerate(row.texts):
        style = _style(book, row, offset)
        if offset == _WHERE and row.link:
            target = f"internal:{quoted(row.link[0])}!{row.link[1]}"
            sheet.write_url(number, _FIRST + offset, target, style, text, typeset(f"Aller à la cellule {row.link[1]}"))
        else:
            put_text(sheet, number, _FIRST + offset, text, style)


def _style(book: Book, row: ToFixRow, offset: int) -> Format:
    if row.style == "finding" and row.severity:
        ink, paper = wording.COLOURS[row.severity]
        if offset == 0:
            return book.style("cell", bold=True, font_color=ink, bg_color=paper)
        if offset == _WHERE and row.link:
            return book.style("link", border=1, border_color=RULE, valign="top", text_wrap=True)
        if offset == _TYPED:
            return book.style("cell", text_wrap=True, bold=True)
        return book.style("cell", text_wrap=True)
    return book.style("plain", **_LOOKS[row.style]) if row.style in _LOOKS else book.style(row.style)


def _widths(rows: Sequence[ToFixRow]) -> list[float]:
    """The width of each column; that of the links is their longest, since LibreOffice does not wrap a link."""
    longest = max((len(row.texts[_WHERE]) for row in rows if row.style == "finding"), default=0)
    return [max(width, longest + 1.0) if place == _WHERE else width for place, (_, width) in enumerate(_COLUMNS)]


def _height(row: ToFixRow, widths: Sequence[float]) -> float:
    if row.style != "finding":
        return _HEIGHTS.get(row.style, 15.0)
    return row_height(zip(row.texts, widths, strict=True))
