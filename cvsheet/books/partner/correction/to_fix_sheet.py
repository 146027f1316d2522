"""*À corriger*: what is wrong in order, a line per cell or gesture: a link to it, what was typed, what is wrong, what
to do, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, format_where, put_formula, put_text, shorten
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.page import set_widths
from cvsheet.books.kit.style import GOOD, MUTED, POOR, RULE
from cvsheet.books.partner.correction import wording
from cvsheet.books.partner.correction.answers import AnswerKey
from cvsheet.books.partner.correction.remarks import NOTED, CorrectionCell, Remark
from cvsheet.books.partner.correction.settled import TO_CHECK, settled_formula
from cvsheet.books.partner.identity import NO, TO_FIX_TITLE, YES
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.books.partner.writing.pillar import protect
from cvsheet.books.partner.writing.workbook import subtitle_of
from cvsheet.files.addresses import quoted
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.gestures import apart, told_together
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.model.groups import grouped
from cvsheet.model.submission import Identity
from cvsheet.text.french import french_count, typeset

_COLUMNS = (("Gravité", 13.0), ("Où", 17.0), ("Ligne", 27.0), ("Vous avez saisi", 15.0), ("Constat", 37.0),
            ("À faire", 32.0), ("Réglé ?", 9.0))  # fmt: skip
_FIRST = 1  # column B
_WHERE, _TYPED, _DONE = 1, 3, 6
_GIVING, MOST_GIVEN = (2, 4, 5), 7.0  # columns of sentences, and how much each may give
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
    """One line of the sheet, from column B on: `style` names its look, `link` is the place that column C leads to,
    `formula` what the last column is made of."""

    texts: tuple[str, ...]
    style: str
    severity: Severity | None = None
    link: tuple[str, str] | None = None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class ToFix:
    """What the sheet says. `cells` are those of the workbook, `sent` what stands in them."""

    framework: Framework
    identity: Identity
    remarks: tuple[Remark, ...]
    kept: bool
    cells: Mapping[AnswerKey, CorrectionCell]
    sent: Prefill
    today: date | None = None


def rows_of(sheet: ToFix) -> tuple[ToFixRow, ...]:
    """Every line of the sheet, in order; an empty one has no texts."""
    noted = [remark for remark in sheet.remarks if remark.finding.severity in NOTED]
    steps = wording.steps(sheet.framework, sheet.identity, sheet.today, kept=sheet.kept)
    return (
        ToFixRow((TO_FIX_TITLE,), "title"),
        ToFixRow((subtitle_of(sheet.framework, sheet.identity.campaign, sheet.identity.partner),), "subtitle"),
        ToFixRow((), ""),
        ToFixRow((wording.summary(sheet.remarks),), "summary"),
        *(ToFixRow((step,), "step") for step in steps),
        ToFixRow((), ""),
        ToFixRow(tuple(title for title, _ in _COLUMNS), "header"),
        *(_row(told, sheet) for told in _causes(noted)),
        *_for_information([remark for remark in sheet.remarks if remark.finding.severity is Severity.INFO]),
    )


def write_to_fix(book: Book, name: str, rows: Sequence[ToFixRow]) -> None:
    """Add the sheet, the first that is seen."""
    sheet = book.sheet(name, tab_color=POOR[0])
    sheet.set_column(0, 0, 2)
    widths = _widths(rows)
    set_widths(sheet, widths, _FIRST)
    header = next(number for number, row in enumerate(rows) if row.style == "header")
    for number, row in enumerate(rows):
        _write(book, sheet, number, row)
        sheet.set_row(number, _height(row, widths))
    ink, paper = GOOD
    done = {"type": "cell", "criteria": "==", "value": f'"{YES}"'}
    area = (header + 1, _FIRST + _DONE, len(rows), _FIRST + _DONE)
    format_where(sheet, area, {**done, "format": book.workbook.add_format({"font_color": ink, "bg_color": paper})})
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    sheet.print_area(0, _FIRST, len(rows) - 1, len(_COLUMNS))
    protect(sheet)
    sheet.activate()
    sheet.set_first_sheet()


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence: a finding, or a gesture, with every remark that it stands for."""

    finding: Finding
    remarks: tuple[Remark, ...]


def _causes(remarks: Sequence[Remark]) -> Iterator[list[_Told]]:
    """What `remarks` say, those of one gesture as one sentence, the sentences on one cell together, gravest first."""
    own = {_identity(remark.finding): remark for remark in remarks}
    sentences = told_together(remark.finding for remark in remarks)
    told = (_Told(one, tuple(own.get(_identity(part), Remark(part)) for part in apart([one]))) for one in sentences)
    place = (one.place if one.place.cell else rank for rank, one in enumerate(sentences))
    yield from grouped(zip(place, told, strict=True)).values()


def _identity(finding: Finding) -> object:
    return finding.code, finding.place, finding.line, tuple(finding.facts.items())


def _row(several: Sequence[_Told], sheet: ToFix) -> ToFixRow:
    """The line for what is said of one cell."""
    finding, remark = several[0].finding, several[0].remarks[0]
    place = finding.place
    where = f"{place.sheet} {place.cell}".strip() if place.cell else place.sheet
    rules = [(find_rule(told.finding.code), told.finding) for told in several]
    done = settled_formula([one for told in several for one in told.remarks], sheet.cells, sheet.sent)
    texts = (
        wording.WORDS[finding.severity],
        where or "Tout le classeur",
        wording.line_title(remark),
        shorten(remark.typed, _LONGEST),
        "\n".join(dict.fromkeys(typeset(rule.fault(one)) for rule, one in rules)),
        "\n".join(dict.fromkeys(rule.advice_in_correction(one) for rule, one in rules)),
        NO if done else TO_CHECK,
    )
    return ToFixRow(texts, "finding", finding.severity, (place.sheet, place.cell) if place.cell else None, done)


def _for_information(remarks: Sequence[Remark]) -> Iterator[ToFixRow]:
    """What calls for nothing, one line per cause."""
    if not remarks:
        return
    yield ToFixRow((), "")
    yield ToFixRow(("Pour information : rien à faire si c’est juste",), "section")
    for code, group in grouped((remark.finding.code, remark) for remark in remarks).items():
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
        elif offset == _DONE and row.formula:
            put_formula(sheet, number, _FIRST + offset, row.formula, text, style)
        else:
            put_text(sheet, number, _FIRST + offset, text, style)


def _style(book: Book, row: ToFixRow, offset: int) -> Format:
    if row.style == "finding" and row.severity:
        ink, paper = wording.COLOURS[row.severity]
        if offset == 0:
            return book.style("cell", bold=True, font_color=ink, bg_color=paper)
        if offset == _WHERE and row.link:
            return book.style("link", border=1, border_color=RULE, valign="top", text_wrap=True)
        if offset == _DONE:
            return book.style("cell", bold=True, align="center")
        if offset == _TYPED:
            return book.style("cell", text_wrap=True, bold=True)
        return book.style("cell", text_wrap=True)
    return book.style("plain", **_LOOKS[row.style]) if row.style in _LOOKS else book.style(row.style)


def _widths(rows: Sequence[ToFixRow]) -> list[float]:
    """The width of each column; that of the links is their longest, since LibreOffice does not wrap a link: what they
    need more is taken from the columns of sentences, so that all stay on the screen."""
    longest = max((len(row.texts[_WHERE]) for row in rows if row.style == "finding"), default=0)
    more = max(0.0, longest + 1.0 - _COLUMNS[_WHERE][1])
    widths = [width - min(more / len(_GIVING), MOST_GIVEN) if at in _GIVING else width
              for at, (_, width) in enumerate(_COLUMNS)]  # fmt: skip
    widths[_WHERE] += more
    return widths


def _height(row: ToFixRow, widths: Sequence[float]) -> float:
    if row.style != "finding":
        return _HEIGHTS.get(row.style, 15.0)
    return row_height(zip(row.texts, widths, strict=True))
