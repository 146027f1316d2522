"""The right-hand lists of *Synthèse détaillée*: what waits for a decision, and what moved most since a year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_formula, put_text, shorten
from cvsheet.books.kit.style import GOOD, POOR
from cvsheet.books.kit.tables import FITTED, LINK, change_format, follow_base, number_format, put_link
from cvsheet.books.master.content import DECISIONS_SHEET, MasterContent
from cvsheet.books.master.decisions import TO_REVIEW
from cvsheet.books.master.review import doubtful
from cvsheet.books.master.writing import formulas
from cvsheet.books.master.writing.conflicts_sheet import unsettled
from cvsheet.books.master.writing.orphans_sheet import NAME as ORPHANS
from cvsheet.books.master.writing.pillar_cells import campaign_before, variation_of
from cvsheet.figures.changes import is_rate, relative_change
from cvsheet.figures.points import ARBITRATED, PROPOSED
from cvsheet.files.addresses import cell_name
from cvsheet.model.findings import Severity
from cvsheet.model.framework import Direction, Line
from cvsheet.model.submission import Quantity
from cvsheet.text.french import french_count, typeset

COLUMN = 12  # of the first list column; the ones before hold the tables
LABEL_WIDTH, FIGURE_WIDTH, GAP_WIDTH = 56, 11, 2.5
MOST_MOVED = 4  # lines each way
LONGEST_LABEL = 90
SMALLEST_MOVE = 0.005  # relative: below, a figure stands still
NOTHING_WAITS = "Rien n’attend de décision."


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the coordination: how many, in words, and the sheet where it is settled."""

    words: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Move:
    """A line whose value changed since the campaign before.

    `share` is the change relative to a former value above 0, else to the larger of the two, which only ranks the lines
    for which no percentage exists; positive where it is progress.
    """

    line: Line
    share: float
    ranked_last: bool


def set_up_lists(sheet: Worksheet) -> None:
    """The widths of the columns on the right."""
    sheet.set_column(COLUMN - 1, COLUMN - 1, GAP_WIDTH)
    sheet.set_column(COLUMN, COLUMN, LABEL_WIDTH)
    sheet.set_column(COLUMN + 1, COLUMN + 3, FIGURE_WIDTH)


def waiting_of(content: MasterContent, orphans: int = 0) -> tuple[Waiting, ...]:
    """What waits for a decision, the most pressing first; `orphans` notes have lost their row."""
    errors = content.assessment.count(Severity.ERROR)
    review = sum(content.decision_state(*key) in TO_REVIEW for key in content.coordination.arbitrations)
    awaited = sum(one.campaign == content.campaign.code and not one.file for one in content.receptions)
    proposed = sum(_is_proposed(content, line) for line in content.headline_lines)
    lacking = sum(_lacks_reference(content, line) for line in content.headline_lines)
    counted = (
        (errors, "erreur à corriger par les partenaires", "erreurs à corriger par les partenaires", "Anomalies"),
        (len(unsettled(content)), "désaccord à trancher", "désaccords à trancher", "Conflits"),
        (review, "arbitrage à revoir", "arbitrages à revoir", DECISIONS_SHEET),
        (awaited, "partenaire à relancer", "partenaires à relancer", "Réception"),
        (orphans, "note sans ligne, à reprendre ou à effacer", "notes sans ligne, à reprendre ou à effacer", ORPHANS),
        (proposed, "référence ou cible proposée, à adopter", "références ou cibles proposées, à adopter", ""),
        (lacking, "indicateur sans référence ou sans cible", "indicateurs sans référence ou sans cible", ""),
    )
    first = content.sheet_of(content.framework.pillars[0]) if content.framework.pillars else ""
    return tuple(
        Waiting(french_count(count, one, many), sheet or first) for count, one, many, sheet in counted if count
    )


def write_waiting(book: Book, sheet: Worksheet, content: MasterContent, orphans: int, row: int) -> None:
    """The list of what waits, from `row` on, each with a link to its sheet."""
    _section(book, sheet, row, "À décider")
    style = book.style(font_size=12, font_color=LINK)
    found = waiting_of(content, orphans)
    for number, one in enumerate(found, start=row + 1):
        put_link(sheet, number, COLUMN, typeset(f"{one.words} – feuille « {one.sheet} »"), (one.sheet, 0), style)
    if not found:
        put_text(sheet, row + 1, COLUMN, NOTHING_WAITS, book.style(font_size=12))


def moves_of(content: MasterContent) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """The headline lines that progressed most and those that went back most, the strongest first; none of which a value
    is to be confirmed."""
    doubts, campaigns = doubtful(content), (content.campaign.code, campaign_before(content))
    moves = [
        move
        for line in content.headline_lines
        if line.measure.direction is not Direction.WATCH
        and not any((campaign, line.code) in doubts for campaign in campaigns)
        and (move := _move(content, line)) is not None
    ]
    moves.sort(key=lambda one: (one.ranked_last, -abs(one.share)))
    ahead = [one for one in moves if one.share > SMALLEST_MOVE]
    back = [one for one in moves if one.share < -SMALLEST_MOVE]
    return tuple(ahead[:MOST_MOVED]), tuple(back[:MOST_MOVED])


def write_moves(book: Book, sheet: Worksheet, content: MasterContent, row: int) -> None:
    """Two short tables from `row` on: the strongest progress, the strongest decline. Their figures are formulas."""
    former = campaign_before(content)
    if former is None:
        return
    ahead, back = moves_of(content)
    nothing = "aucun indicateur n’est dans ce cas"
    for moves, words, colours in ((ahead, "Progrès les plus forts", GOOD), (back, "Reculs les plus forts", POOR)):
        _header(book, sheet, row, words, (former, content.campaign.code), colours)
        if not moves:
            put_text(sheet, row + 1, COLUMN, nothing, book.style(font_size=11, italic=True))
        for number, move in enumerate(moves, start=row + 1):
            _write_move(book, sheet, content, number, move, former)
        row += MOST_MOVED + 1


def _move(content: MasterContent, line: Line) -> Move | None:
    """The change towards the target, whatever the unit: relative of rates too, so that all compare."""
    former = campaign_before(content)
    if former is None:
        return None
    now, then = content.retained(line.code), content.consolidation.retained(former, line.code)
    if now is None or then is None:
        return None
    relative = relative_change(then, now)
    share = (now - then) / (max(abs(then), abs(now)) or 1) if relative is None else relative
    return Move(line, -share if line.measure.direction is Direction.FALL else share, relative is None)


def _is_proposed(content: MasterContent, line: Line) -> bool:
    points = (content.point(line.code, quantity) for quantity in (Quantity.BASELINE, Quantity.TARGET))
    return any(point.status in (PROPOSED, ARBITRATED) for point in points)


def _lacks_reference(content: MasterContent, line: Line) -> bool:
    """Whether a line that is to progress cannot be judged for want of a baseline or a target."""
    if line.measure.is_text or line.measure.direction is Direction.WATCH:
        return False
    points = (content.point(line.code, quantity) for quantity in (Quantity.BASELINE, Quantity.TARGET))
    return any(point.value is None for point in points)


def _section(book: Book, sheet: Worksheet, row: int, words: str) -> None:
    style = book.style("section")
    put_text(sheet, row, COLUMN, words, style)
    for column in range(COLUMN + 1, COLUMN + 4):
        sheet.write_blank(row, column, None, style)


def _header(
    book: Book, sheet: Worksheet, row: int, words: str, campaigns: Sequence[str], colours: tuple[str, str]
) -> None:
    looks = {"font_color": colours[0], "bg_color": colours[1], "valign": "vcenter"}
    put_text(sheet, row, COLUMN, words, book.style("header", **looks))
    for column, title in enumerate((*campaigns, "Variation"), start=COLUMN + 1):
        put_text(sheet, row, column, title, book.style("header", **{**looks, "align": "center"}))


def _write_move(book: Book, sheet: Worksheet, content: MasterContent, row: int, move: Move, former: str) -> None:
    line = move.line
    label = shorten(line.measure.title, LONGEST_LABEL)
    link = book.style("cell", font_color=LINK, text_wrap=True, valign="vcenter")
    put_link(sheet, row, COLUMN, label, content.place[line.code], link)
    figures = book.style("cell", num_format=number_format(line.measure), align="center", valign="vcenter", **FITTED)
    then, now = content.cell_of(line.code, "campagnes", former), content.cell_of(line.code, "retenu")
    values = (content.consolidation.retained(former, line.code), content.retained(line.code))
    for column, (cell, value) in enumerate(zip((then, now), values, strict=True), start=COLUMN + 1):
        put_formula(sheet, row, column, formulas.same(cell), value, figures)
    change = variation_of(content, line)
    shown = change_format(line.measure, change.kind) if change else "General"
    style = book.style("cell", num_format=shown, align="center", bold=True, valign="vcenter", **FITTED)
    cell = content.cell_of(line.code, "variation")
    put_formula(sheet, row, COLUMN + 3, formulas.same(cell), change.amount if change else None, style)
    if change and not is_rate(line.measure):
        place = (row, COLUMN + 3, row, COLUMN + 3)
        cells = (f"${cell_name(row + 1, column + 1)}" for column in range(COLUMN + 1, COLUMN + 4))
        follow_base(book, sheet, place, line.measure, *cells)
