"""The sheet *Accueil*: what the workbook is, how to use it, what each sheet holds and what is left to settle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.contract.pilotage import SHEET as PILOT
from cvsheet.books.contract.writing.home_texts import CONTENTS, HABITS, PILLAR_TITLES, PURPOSE, STEPS
from cvsheet.books.contract.writing.layout import HOME, LISTS, POINTS, SETTINGS_SHEET, Block, SheetPlan, pillars_of
from cvsheet.books.contract.writing.lists import PILLARS_OF_ACTIONS, PILLARS_WITHOUT_PILOT
from cvsheet.books.kit.book import Book, put, put_formula, put_text
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.page import set_widths, write_header, write_section, write_titles
from cvsheet.books.kit.style import HOME_TAB
from cvsheet.files.addresses import cell_name, quoted
from cvsheet.model.records import Canonical, Record
from cvsheet.text.french import french_date, typeset

WIDTHS = (22, 52, 9.5, 10, 10, 11.5, 12, 12.5, 12)
_Test = Callable[[Record], bool]
_Counted = tuple[str, int]  # a formula and its value


def write_home(book: Book, canonical: Canonical, sheets: Sequence[SheetPlan], *, points: bool = False) -> None:
    """Write the sheet *Accueil*; its counts are live formulas. `points`: there is a sheet of points to decide."""
    sheet = book.sheet(HOME, tab_color=HOME_TAB)
    set_widths(sheet, WIDTHS)
    _write_title(book, sheet, canonical)
    row = _write_texts(book, sheet, 4, "À quoi sert ce classeur", (("", PURPOSE),))
    campaign = next((record.text("code") for record in canonical.rows("campagnes")), "2021")
    steps = tuple((label, text.format(campaign=campaign)) for label, text in STEPS)
    row = _write_texts(book, sheet, row + 1, "Comment s’en servir", steps)
    row = _write_pillars(book, sheet, row + 1, canonical, sheets)
    row = _write_sheets(book, sheet, row + 1, [plan for plan in sheets if not plan.pillar], (POINTS,) * points)
    _write_texts(book, sheet, row + 1, "Bon à savoir", HABITS)
    sheet.fit_to_pages(1, 1)
    sheet.activate()


def _write_title(book: Book, sheet: Worksheet, canonical: Canonical) -> None:
    settings = next(iter(canonical.rows("contrat")), Record("contrat", {}))
    days = (settings.values.get("debut"), settings.values.get("fin"))
    dates = " au ".join(french_date(day) for day in days if isinstance(day, date))
    write_titles(book, sheet, settings.text("nom") or "Contrat à nommer", settings.text("territoire"), 32)
    put_text(sheet, 2, 0, f"Du {dates}" if dates else "", book.style("subtitle"))


def _write_texts(book: Book, sheet: Worksheet, row: int, title: str, texts: Sequence[tuple[str, str]]) -> int:
    """Write a section of labelled sentences at `row`; the row after it."""
    write_section(book, sheet, row, title, len(WIDTHS))
    for at, (label, text) in enumerate(texts, start=row + 1):
        if label:
            put_text(sheet, at, 0, label, book.style("plain", bold=True))
        put_text(sheet, at, 1 if label else 0, typeset(text), book.style())
        sheet.set_row(at, 17)
    return row + 1 + len(texts)


def _write_pillars(book: Book, sheet: Worksheet, row: int, canonical: Canonical, sheets: Sequence[SheetPlan]) -> int:
    """One row per pillar with what is left to settle, and a total; the row after it."""
    write_section(book, sheet, row, "Les piliers, et ce qui reste à préciser", len(WIDTHS))
    write_header(book, sheet, row + 1, PILLAR_TITLES, 32)
    first, plans = row + 2, [plan for plan in sheets if plan.pillar]
    actions = next(plan.block for plan in sheets if plan.block.table.name == "actions")
    pillar_of = pillars_of(canonical)
    for at, plan in enumerate(plans, start=first):
        _write_link(book, sheet, at, plan.name)
        _write_whole(book, sheet, at, plan.title)
        counts = (*_action_counts(actions, plan.pillar, pillar_of), *_measure_counts(plan.block))
        _write_counts(book, sheet, at, counts, "cell")
    if not plans:
        put_text(sheet, first, 0, typeset("Aucun pilier : ajoutez-en un, feuille « Piliers »."), book.style())
        return first + 1
    total = first + len(plans)
    put_text(sheet, total, 0, "Ensemble", book.style("group"))
    put(sheet, total, 1, None, book.style("group"))
    _write_counts(book, sheet, total, _total_counts(actions, plans, first), "group")
    return total + 1


def _write_counts(book: Book, sheet: Worksheet, row: int, counts: Iterable[_Counted], style: str) -> None:
    for column, (formula, value) in enumerate(counts, start=2):
        put_formula(sheet, row, column, formula, value, book.style(style, align="center"))


def _total_counts(actions: Block, plans: Sequence[SheetPlan], first: int) -> Iterator[_Counted]:
    """The counts of the whole contract: all actions, those of an unknown objective too; then sums over the pillars."""
    yield _count(actions, "", lambda row: True)
    yield _count(actions, f'*({actions.reference("pilote")}="")', lambda row: not row.text("pilote"))
    measures = [_measure_counts(plan.block) for plan in plans]
    for column, values in enumerate(zip(*measures, strict=True), start=5):
        area = f"{cell_name(first + 1, column)}:{cell_name(first + len(plans), column)}"
        yield f"=SUM({area})", sum(value for _, value in values)


def _action_counts(actions: Block, pillar: str, pillar_of: Callable[[Record], str]) -> tuple[_Counted, _Counted]:
    """How many actions a pillar has, and how many of them without a pilot, by the columns of the sheet *Listes*."""
    here = [row for row in actions.records if row.text("code") and pillar_of(row) == pillar]
    code = pillar.replace('"', '""')
    return (
        (f'=SUMPRODUCT(--({PILLARS_OF_ACTIONS}="{code}"))', len(here)),
        (f'=SUMPRODUCT(--({PILLARS_WITHOUT_PILOT}="{code}"))', sum(not row.text("pilote") for row in here)),
    )


def _measure_counts(measures: Block) -> tuple[_Counted, ...]:
    """The formula and value of each count of a pillar's measures, in the order of PILLAR_TITLES."""
    return (
        _count(measures, "", lambda row: True),
        _count(measures, f'*({measures.reference("reference")}="")', lambda row: not row.text("reference")),
        _count(
            measures,
            f'*({measures.reference("cible")}="")*({measures.reference("sens")}<>"suivi")',
            lambda row: not row.text("cible") and row.text("sens") != "suivi",
        ),
        _count(
            measures,
            f'*({measures.reference("producteurs")}="")*({measures.reference("saisie")}="saisie")',
            lambda row: not row.text("producteurs") and row.text("saisie") == "saisie",
        ),
        _count(measures, f'*({measures.reference("questions")}<>"")', lambda row: bool(row.text("questions"))),
    )


def _count(block: Block, condition: str, test: _Test) -> _Counted:
    """How many rows of `block` have a code and meet the condition, as a formula and as a number."""
    value = sum(bool(row.text("code")) and test(row) for row in block.records)
    return f'=SUMPRODUCT(({block.reference("code")}<>""){condition or "*1"})', value


def _write_sheets(book: Book, sheet: Worksheet, row: int, plans: Sequence[SheetPlan], before: Sequence[str]) -> int:
    """One row per other sheet, those named `before` first, with how many rows it holds; the row after it."""
    write_section(book, sheet, row, "Les autres feuilles", len(WIDTHS))
    write_header(book, sheet, row + 1, ("Feuille", "Ce qu’elle contient", "Lignes"), 32)
    at = row + 2
    for name in (*before, PILOT, SETTINGS_SHEET, *(plan.name for plan in plans), LISTS):
        plan = next((plan for plan in plans if plan.name == name), None)
        _write_link(book, sheet, at, name)
        _write_whole(book, sheet, at, typeset(CONTENTS.get(name) or (plan.subtitle if plan else "")))
        put(sheet, at, 2, None, book.style("cell"))
        if plan:
            key = plan.block.table.key[0]
            filled = sum(bool(row.text(key)) for row in plan.block.records)
            put_formula(
                sheet, at, 2, f"=COUNTA({plan.block.reference(key)})", filled, book.style("cell", align="center")
            )
        at += 1
    return at


def _write_whole(book: Book, sheet: Worksheet, row: int, text: str) -> None:
    """Write a text beside a link, in a row that shows it whole."""
    put_text(sheet, row, 1, text, book.style("cell", text_wrap=True))
    sheet.set_row(row, row_height([(text, WIDTHS[1])]))


def _write_link(book: Book, sheet: Worksheet, row: int, name: str) -> None:
    style = book.style("cell", font_color="#0B57A4", underline=1)
    sheet.write_url(row, 0, f"internal:{quoted(name)}!A1", style, name)
