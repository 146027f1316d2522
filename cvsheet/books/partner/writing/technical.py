"""The hidden sheet: what identifies the workbook when it comes back, the lists behind the dropdowns and *Contrôle*.

It is readable and says what it is for: some programs show hidden sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cvsheet.books.kit.book import Book, put_text
from cvsheet.books.partner.identity import HIDDEN_SHEET, TextPlace, identity_pairs, texts_pairs
from cvsheet.books.partner.writing.layout import CodeList, SheetLayout
from cvsheet.books.partner.writing.pillar import protect
from cvsheet.books.partner.writing.sums import has_lists
from cvsheet.files.addresses import column_letters
from cvsheet.model.framework import Framework
from cvsheet.model.submission import REASONS, Identity

EXPLANATION = "Feuille technique : elle permet de reconnaître ce classeur à son retour. Ne pas modifier."
_FIRST_ROW = 2  # of the pairs, and of the lists' titles
_FIRST_LIST = 3  # column


@dataclass(frozen=True, slots=True)
class ValueList:
    """A list that other sheets refer to: the choices of `column`, or the codes of the categories of `breakdown`."""

    column: str
    values: tuple[str, ...]
    breakdown: str = ""

    @property
    def title(self) -> str:
        return f"liste {self.column} {self.breakdown}".strip()


def value_lists(framework: Framework, layouts: Sequence[SheetLayout]) -> tuple[ValueList, ...]:
    """The lists that these sheets need."""
    return (*_choices(framework, layouts), *_categories(framework, layouts))


def _choices(framework: Framework, layouts: Sequence[SheetLayout]) -> tuple[ValueList, ...]:
    """The lists behind the dropdowns: the choices, and the reasons that may stand for one."""
    typed = (column for layout in layouts for column in layout.area.table.columns if column.input)
    reasons = tuple(reason.value for reason in REASONS)
    listed = {column.name: (*column.enum, *reasons) for column in typed if column.enum}
    choices = tuple(ValueList(name, values) for name, values in listed.items())
    if not any(layout.of_actions for layout in layouts):
        return choices
    return (*choices, ValueList("objectif", _objectives(framework, layouts)))


def _objectives(framework: Framework, layouts: Sequence[SheetLayout]) -> tuple[str, ...]:
    """Code and title of every objective, as locked rows show them, of the pillars that concern the partner."""
    rows = [row for layout in layouts for row in layout.area.rows]
    pillars = {row.line.measure.pillar for row in rows if row.line is not None}
    pillars |= {framework.pillar_of_action(row.action) for row in rows if row.action is not None}
    return tuple(
        f"{objective.code} {objective.title}"
        for objective in framework.objectives
        if objective.priority in framework.priority and framework.priority[objective.priority].pillar in pillars
    )


def _categories(framework: Framework, layouts: Sequence[SheetLayout]) -> Iterator[ValueList]:
    """The breakdowns that *Contrôle* cannot tell apart by the beginning of a code."""
    rows = (row for layout in layouts for row in layout.area.rows)
    measures = (row.line.measure for row in rows if row.line is not None)
    for name in dict.fromkeys(name for measure in measures if has_lists(measure) for name in measure.breakdowns):
        codes = tuple(category.code for category in framework.breakdown.get(name, ()))
        if codes:
            yield ValueList("ventilation", codes, name)


def list_ranges(lists: Sequence[ValueList]) -> Mapping[str, str]:
    """Column name -> the range that holds its choices."""
    return {each.column: cells.range() for each, cells in _placed(lists) if each.values and not each.breakdown}


def code_lists(lists: Sequence[ValueList]) -> Mapping[str, CodeList]:
    """Breakdown -> where the codes of its categories stand."""
    return {each.breakdown: cells for each, cells in _placed(lists) if each.breakdown}


def _placed(lists: Sequence[ValueList]) -> Iterator[tuple[ValueList, CodeList]]:
    for column, each in enumerate(lists, start=_FIRST_LIST + 1):
        yield each, CodeList(HIDDEN_SHEET, column_letters(column), _FIRST_ROW + 2, len(each.values))


def hidden_texts(lists: Sequence[ValueList]) -> Iterator[tuple[TextPlace, object]]:
    """The fixed texts of the hidden sheet, identity aside."""
    texts = (EXPLANATION, *(text for each in lists for text in (each.title, *each.values)))
    return ((TextPlace.HIDDEN, text) for text in texts)


def write_technical(
    book: Book,
    identity: Identity,
    lists: Sequence[ValueList],
    texts: Iterable[tuple[TextPlace, object]],
    more: Iterable[tuple[str, str]] = (),
) -> None:
    """Add the hidden sheet; `texts` is everything that cvsheet writes outside the tables of the workbook, `more` are
    further keys and values."""
    further = tuple(more)
    texts = (*texts, *((TextPlace.HIDDEN, text) for pair in further for text in pair))
    sheet = book.sheet(HIDDEN_SHEET)
    sheet.set_column(0, 1, 20)
    put_text(sheet, 0, 0, EXPLANATION)
    for row, (key, value) in enumerate((*identity_pairs(identity), *texts_pairs(texts), *further), start=_FIRST_ROW):
        put_text(sheet, row, 0, key)
        put_text(sheet, row, 1, value)
    for column, each in enumerate(lists, start=_FIRST_LIST):
        put_text(sheet, _FIRST_ROW, column, each.title)
        for row, value in enumerate(each.values, start=_FIRST_ROW + 1):
            put_text(sheet, row, column, value)
    protect(sheet)
    sheet.hide()
