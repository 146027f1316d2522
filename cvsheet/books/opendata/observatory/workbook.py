"""The workbook of an observatory: how many indicators stand where in each contract, who answered, what could be read.

The totals above the tables are live formulas over the rows that a filter leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put, put_formula, put_text
from cvsheet.books.kit.charts import PUBLIC_GROUPS
from cvsheet.books.kit.heights import row_height
from cvsheet.books.kit.page import set_widths, write_header, write_titles
from cvsheet.books.kit.style import FAIR, GOOD, HOME_TAB, NEUTRAL, POOR, TABLE_TAB
from cvsheet.books.opendata.observatory.entries import CampaignEntry, ContractEntry
from cvsheet.files.addresses import cell_name
from cvsheet.judging.campaign.reception import Standing
from cvsheet.schema.tables import fold
from cvsheet.text.french import french_count, french_date, typeset

MANY_ROWS = 20_000  # from here on rows leave memory as they are written
TOTALS, HEADERS, FIRST = 3, 4, 5  # rows
LABELS = (("Contrat", 23.0), ("Territoire", 16.0), ("Campagne", 10.0), ("Année", 7.0))
COUNT_WIDTH = 9.4  # all of it on a screen of 1366 pixels
HEADERS_HEIGHT = 48.0  # a sign and two lines, above the buttons of the filter
COUNTED = '#,##0;-#,##0;"–"'  # a dash is calmer than a zero
YEAR = "0"
UP_TO_DATE = "À jour"

ColumnLook = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A column of counts: its heading, its ink and paper where it has some, the words that it counts."""

    heading: str
    look: ColumnLook | None
    words: frozenset[str]

    def of(self, counts: Mapping[str, int]) -> int:
        return sum(number for word, number in counts.items() if word in self.words)


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A sheet of counts, with a row for each campaign of `rows` and what is counted of it."""

    name: str
    title: str
    subtitle: str
    columns: tuple[CountColumn, ...]
    rows: Sequence[tuple[ContractEntry, CampaignEntry]]
    counts: Callable[[CampaignEntry], Mapping[str, int]]
    nothing: str


@dataclass(frozen=True, slots=True)
class ContractState:
    """What became of a contract, or of a folder in which none could be read, at the last run."""

    name: str
    sentence: str
    contract: ContractEntry | None = None


def _situation_columns() -> tuple[CountColumn, ...]:
    groups = [
        CountColumn(f"{one.sign}\n{one.title}", one.look, frozenset(map(str, one.situations))) for one in PUBLIC_GROUPS
    ]
    return (CountColumn("Indicateurs", None, frozenset().union(*(one.words for one in groups))), *groups)


def _reception_columns() -> tuple[CountColumn, ...]:
    looks = {
        Standing.COMPLETE: GOOD,
        Standing.TO_CORRECT: FAIR,
        Standing.INCOMPLETE: FAIR,
        Standing.OVERDUE: POOR,
        Standing.UNUSABLE: POOR,
    }
    standings = (*looks, *(one for one in Standing if one not in looks))
    single = (CountColumn(one.value.capitalize(), looks.get(one, NEUTRAL), frozenset({one.value})) for one in standings)
    return (CountColumn("Sollicités", None, frozenset(one.value for one in Standing)), *single)


def observatory_workbook(contracts: Sequence[ContractEntry], states: Sequence[ContractState], *, public: bool) -> bytes:
    """The bytes of an xlsx file. The same content gives the same bytes."""
    ordered = sorted(contracts, key=lambda one: (fold(one.name), one.code))
    yearly = [(one, campaign) for one in ordered for campaign in one.campaigns if campaign.situations]
    everything = [(one, campaign) for one in ordered for campaign in one.campaigns]
    latest = [(one, campaign) for one, campaign in yearly if campaign is _latest(one)]
    created = max((campaign.end for _, campaign in everything), default=date(2000, 1, 1))
    book = Book("Observatoire des contrats de ville", created, "cvsheet", large=len(everything) > MANY_ROWS)
    for sheet in _sheets(latest, yearly, everything, public=public):
        _write_counts(book, sheet)
    _write_states(book, states)
    return book.content()


def _latest(contract: ContractEntry) -> CampaignEntry:
    return max((one for one in contract.campaigns if one.situations), key=lambda one: (one.end, one.code))


def _sheets(
    latest: Sequence[tuple[ContractEntry, CampaignEntry]],
    yearly: Sequence[tuple[ContractEntry, CampaignEntry]],
    everything: Sequence[tuple[ContractEntry, CampaignEntry]],
    *,
    public: bool,
) -> Sequence[CountSheet]:
    secret = " Les petits effectifs sont masqués." if public else ""
    counted = "Indicateurs par situation" + (" (secret compris)." if public else ".")
    nothing = "Aucune campagne annuelle n’a encore de réponse."
    sheets = [
        CountSheet(
            "Synthèse",
            "Observatoire des contrats de ville",
            f"{french_count(len(latest), 'contrat')}, chacun à sa dernière campagne annuelle. {counted}{secret}",
            _situation_columns(),
            latest,
            lambda one: one.situations,
            nothing,
        ),
        CountSheet(
            "Par campagne",
            "Campagne par campagne",
            f"Une ligne par contrat et campagne annuelle : filtrez une année pour la totaliser. {counted}",
            _situation_columns(),
            yearly,
            lambda one: one.situations,
            nothing,
        ),
    ]
    if not public:
        sheets.append(
            CountSheet(
                "Réception",
                "Qui a répondu",
                "Partenaires par état, une ligne par contrat et campagne. « En retard » : rien reçu, alors qu’un autre "
                "fichier a été enregistré après la date limite.",
                _reception_columns(),
                everything,
                lambda one: one.receptions,
                "Aucune campagne n’a encore été envoyée.",
            )
        )
    return sheets


def _write_counts(book: Book, wanted: CountSheet) -> None:
    sheet = _start(book, wanted.name, wanted.title, wanted.subtitle, HOME_TAB)
    widths = [*(width for _, width in LABELS), *[COUNT_WIDTH] * len(wanted.columns)]
    set_widths(sheet, widths)
    if not wanted.rows:
        put_text(sheet, TOTALS, 0, wanted.nothing, book.style("paragraph", text_wrap=False))
        return
    counted = [[column.of(wanted.counts(campaign)) for column in wanted.columns] for _, campaign in wanted.rows]
    _write_totals(book, sheet, counted)
    write_header(book, sheet, HEADERS, (title for title, _ in LABELS), HEADERS_HEIGHT, valign="top")
    for position, column in enumerate(wanted.columns, start=len(LABELS)):
        colours = {"font_color": column.look[0], "bg_color": column.look[1]} if column.look else {}
        style = book.style("header", align="center", valign="top", font_size=8, **colours)
        put_text(sheet, HEADERS, position, typeset(column.heading), style)
    for row, ((contract, campaign), counts) in enumerate(zip(wanted.rows, counted, strict=True), start=FIRST):
        _write_row(book, sheet, row, contract, campaign, counts)
    sheet.autofilter(HEADERS, 0, FIRST + len(counted) - 1, len(widths) - 1)
    sheet.freeze_panes(FIRST, 1)
    sheet.repeat_rows(TOTALS, HEADERS)


def _write_totals(book: Book, sheet: Worksheet, counted: Sequence[Sequence[int]]) -> None:
    """The sums of the rows that a filter leaves, above the headers, where sorting and filtering leave them alone."""
    sheet.set_row(TOTALS, 24)
    for position in range(len(LABELS)):
        put(sheet, TOTALS, position, "Ensemble" if not position else None, book.style("group", valign="vcenter"))
    style = book.style("group", align="center", valign="vcenter", num_format=COUNTED, font_size=12)
    for position, numbers in enumerate(zip(*counted, strict=True), start=len(LABELS)):
        first, last = cell_name(FIRST + 1, position + 1), cell_name(FIRST + len(counted), position + 1)
        put_formula(sheet, TOTALS, position, f"=SUBTOTAL(109,{first}:{last})", sum(numbers), style)


def _write_row(
    book: Book, sheet: Worksheet, row: int, contract: ContractEntry, campaign: CampaignEntry, counts: Sequence[int]
) -> None:
    labels = (contract.name, contract.territory, campaign.code, campaign.year)
    texts = [(str(label or ""), width) for label, (_, width) in zip(labels, LABELS, strict=True)]
    sheet.set_row(row, row_height(texts))
    for position, label in enumerate(labels):
        looks = {"num_format": YEAR, "align": "center"} if isinstance(label, int) else {"text_wrap": True}
        put(sheet, row, position, label, book.style("cell", valign="vcenter", **looks))
    style = book.style("cell", align="center", valign="vcenter", num_format=COUNTED)
    for position, count in enumerate(counts, start=len(LABELS)):
        put(sheet, row, position, count, style)


def _write_states(book: Book, states: Sequence[ContractState]) -> None:
    """Every contract of the observatory, and every folder in which none could be read: what to do about it."""
    columns = (("Contrat", 29.0), ("Code", 18.0), ("Campagnes", 12.0), ("Dernière", 12.0), ("État", 84.0))
    subtitle = "Ce que la dernière exécution a lu de chaque contrat, et ce qui reste à faire."
    sheet = _start(book, "Contrats", "Contrats lus", subtitle, TABLE_TAB)
    set_widths(sheet, (width for _, width in columns))
    write_header(book, sheet, HEADERS, (title for title, _ in columns), 24, valign="vcenter")
    for row, state in enumerate(states, start=FIRST):
        _write_state(book, sheet, row, state)
        sheet.set_row(row, row_height([(state.name, columns[0][1]), (state.sentence, columns[-1][1])]))
    if states:
        sheet.autofilter(HEADERS, 0, FIRST + len(states) - 1, len(columns) - 1)
    sheet.freeze_panes(FIRST, 1)
    sheet.repeat_rows(HEADERS)


def _write_state(book: Book, sheet: Worksheet, row: int, state: ContractState) -> None:
    one = state.contract
    last = max((campaign.end for campaign in one.campaigns), default=None) if one else None
    ink, paper = GOOD if state.sentence == UP_TO_DATE else POOR
    centred, wrapped = book.style("cell", valign="vcenter", align="center"), {"valign": "vcenter", "text_wrap": True}
    cells = (
        (state.name, book.style("cell", **wrapped)),
        (one and one.code, book.style("cell", valign="vcenter")),
        (one and len(one.campaigns), centred),
        (last and french_date(last), centred),
        (typeset(state.sentence), book.style("cell", **wrapped, font_color=ink, bg_color=paper)),
    )
    for position, (value, style) in enumerate(cells):
        put(sheet, row, position, value, style)


def _start(book: Book, name: str, title: str, subtitle: str, tab: str) -> Worksheet:
    sheet = book.sheet(name, in_order=True, tab_color=tab)
    write_titles(book, sheet, title, typeset(subtitle))
    return sheet
