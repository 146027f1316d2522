"""One partner's workbook for one campaign, from the framework to the bytes of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cvsheet.books.kit.book import Book
from cvsheet.books.partner.identity import TextPlace, columns_pairs, file_stem, printed_identity
from cvsheet.books.partner.rows import HELP, content_fingerprint, entry_table, partner_sheets
from cvsheet.books.partner.writing.checks import Word
from cvsheet.books.partner.writing.entries import Marks, Prefill, fill
from cvsheet.books.partner.writing.guide import Guide, fixed_texts, guide_cells, write_guide
from cvsheet.books.partner.writing.layout import SheetLayout, sheet_layouts
from cvsheet.books.partner.writing.pillar import write_pillar
from cvsheet.books.partner.writing.progress import sheet_progress, when_done
from cvsheet.books.partner.writing.reading_sheet import reading_texts, write_reading
from cvsheet.books.partner.writing.technical import code_lists, hidden_texts, list_ranges, value_lists, write_technical
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity
from cvsheet.text.french import typeset


@dataclass(frozen=True, slots=True)
class Additions:
    """What a correction adds: `identity` is that of the workbook sent back, `marks` speak of its cells, `before` and
    `after` write sheets at either end, `texts` are those that stand there, `pairs` go on the hidden sheet."""

    identity: Identity
    marks: Marks
    before: Callable[[Book], None]
    after: Callable[[Book], None]
    texts: Sequence[tuple[TextPlace, object]] = ()
    pairs: Sequence[tuple[str, str]] = ()


def partner_workbook(
    framework: Framework,
    campaign: str,
    partner: str,
    *,
    previous: Mapping[str, float | str] | None = None,
    prefill: Prefill | None = None,
    additions: Additions | None = None,
    added: Sequence[str] = (),
) -> bytes:
    """The workbook of `partner` for `campaign` (codes of the framework) as the bytes of an .xlsx file.

    `previous` holds its own answers to the campaign before, by line code. `prefill` holds what is typed already, by
    row code and column name of the schema, and is written as typed. `additions` make it a correction. `added` as
    in `partner_sheets`. The same arguments give the same bytes.
    """
    chosen, typed = framework.campaign[campaign], prefill or {}
    sheets = partner_sheets(framework, campaign, partner, previous, added)
    sent = Identity(
        framework.contract.key, campaign, partner, framework.version_for(campaign), content_fingerprint(sheets)
    )
    identity = additions.identity if additions else sent
    layouts = sheet_layouts(sheets, entry_table(framework, campaign))
    lists = value_lists(framework, layouts)
    filled = {layout.name: fill(framework, campaign, layout.area, typed, code_lists(lists)) for layout in layouts}
    book = Book(f"{framework.contract.name} – {chosen.title}", chosen.start, framework.partner[partner].name)
    progress = tuple(sheet_progress(layout, filled[layout.name]) for layout in layouts)
    done = when_done(progress, correction=additions is not None)
    guide = Guide(framework, chosen, framework.partner[partner], progress, printed_identity(identity), done)
    cells = guide_cells(book, guide)
    if additions:
        additions.before(book)
    write_guide(book, cells, first=additions is None)
    subtitle, marks = subtitle_of(framework, campaign, partner), additions.marks if additions else {}
    for layout in layouts:
        write_pillar(book, layout, subtitle, filled[layout.name], typed, list_ranges(lists), marks)
    texts = (*_sheet_texts(layouts, subtitle), *fixed_texts(cells), *hidden_texts(lists), *reading_texts(layouts))
    if additions:
        additions.after(book)
        texts = (*texts, *additions.texts)
    pairs = (*columns_pairs(layout.area.table for layout in layouts), *(additions.pairs if additions else ()))
    write_technical(book, identity, lists, texts, pairs)
    write_reading(book, layouts, typed)
    return book.content()


def partner_file_name(framework: Framework, campaign: str, partner: str) -> str:
    """``<contract>_<campaign>_<partner>.xlsx``."""
    return f"{file_stem(framework.contract.code, campaign, partner)}.xlsx"


def subtitle_of(framework: Framework, campaign: str, partner: str) -> str:
    """Contract, campaign and partner, as each sheet names them."""
    return f"{framework.contract.name} · {framework.campaign[campaign].title} · {framework.partner[partner].name}"


def _sheet_texts(layouts: Sequence[SheetLayout], subtitle: str) -> Iterator[tuple[TextPlace, object]]:
    """What stands outside the tables of the pillar sheets, and the words that *Contrôle* may show."""
    for layout in layouts:
        texts = (layout.title, subtitle, typeset(HELP), *(text for _, _, text in layout.area.banded()))
        yield from ((TextPlace.SHEET, text) for text in texts)
    yield from ((TextPlace.CONTROL, word.value) for word in Word)
