"""*Journal*: the dates and thresholds of the calculation, the accounts, and what became of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from cvsheet import __version__
from cvsheet.books.kit.book import Book, put, put_formula, put_text
from cvsheet.books.kit.style import TABLE_TAB
from cvsheet.books.kit.tables import height, listing_style
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.data_seal import SEAL_LABEL, seal_of_answers
from cvsheet.books.master.decisions import CONTRACT_LABEL, REGISTER_LABEL, DecisionKey
from cvsheet.books.master.writing.formulas import JOURNAL
from cvsheet.books.master.writing.margin import MarginWriter
from cvsheet.files.addresses import cell_name
from cvsheet.judging.engine.assessment import Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding
from cvsheet.model.submission import CellKey
from cvsheet.schema.tables import load_table
from cvsheet.text.french import quoted

FIRST_SETTING = 4  # row 5: what `formulas` refers to
IN_ORDER = 13  # row 14: `content.DATA_IN_ORDER`
SEAL = 14
ACCOUNTS = 17


def write_journal_sheet(book: Book, content: MasterContent) -> frozenset[DecisionKey]:
    """Settings first, where the formulas look for them; then the accounts; then one row per file."""
    sheet = book.sheet(JOURNAL, in_order=True, tab_color=TABLE_TAB)
    table = load_table("journal")
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, column.width)
    sheet.set_row(0, 27)
    put_text(sheet, 0, 0, table.title, book.style("title"))
    versions = f"cvsheet {__version__} · version du contrat {content.framework.version_for(content.campaign.code)}"
    put_text(sheet, 1, 0, versions, book.style("subtitle"))
    put_text(sheet, FIRST_SETTING - 1, 0, "Dates et seuils du calcul", book.style("section", bottom=0))
    _settings(book, sheet, content)
    put_text(sheet, ACCOUNTS - 1, 0, "Réponses reçues, consolidées, écartées", book.style("section", bottom=0))
    for row, (label, count) in enumerate(content.accounts, start=ACCOUNTS):
        put_text(sheet, row, 0, label, book.style("cell"))
        put(sheet, row, 1, count, book.style("cell", align="left", num_format="#,##0"))
    return _files(book, sheet, content, ACCOUNTS + len(content.accounts) + 2)


def _settings(book: Book, sheet: Worksheet, content: MasterContent) -> None:
    contract, when = content.framework.contract, content.schedule
    day = book.style("cell", num_format="dd/mm/yyyy", align="left")
    plain = book.style("cell", align="left")
    settings = (
        ("Date de la cible", when.end, day),
        ("Date jugée", when.at, day),
        ("Seuil « En bonne voie » (%)", contract.on_track_from, plain),
        ("Seuil « À surveiller » (%)", contract.watch_from, plain),
        ("Part de durée « Trop tôt » (%)", contract.too_early_until, plain),
        (CONTRACT_LABEL, contract.code, plain),
        ("Campagne jugée", content.campaign.code, plain),
        *(((REGISTER_LABEL, content.coordination.registered, plain),) if content.coordination.registered else ()),
    )
    for row, (label, value, style) in enumerate(settings, start=FIRST_SETTING):
        put_text(sheet, row, 0, label, book.style("cell"))
        put(sheet, row, 1, value, style)
    put_text(sheet, IN_ORDER, 0, "« Données » dans son ordre (1 : les totaux ne cherchent rien)", book.style("cell"))
    put_formula(sheet, IN_ORDER, 1, content.data.in_order_formula, float(content.data.rows > 0), plain)
    put_text(sheet, SEAL, 0, SEAL_LABEL, book.style("cell"))
    put_text(sheet, SEAL, 1, seal_of_answers(content.assessment.answers.records(content.data.order)), plain)


def _files(book: Book, sheet: Worksheet, content: MasterContent, header: int) -> frozenset[DecisionKey]:
    """One row per file below `header`; returns their keys."""
    table = load_table("journal")
    margin = MarginWriter(book, sheet, table, len(table.columns), content.coordination.margin(table.name))
    margin.titles(header)
    put_text(sheet, header - 1, 0, "Fichiers", book.style("section", bottom=0))
    sheet.set_row(header, 32)
    for position, column in enumerate(table.columns):
        put_text(sheet, header, position, column.title, book.style("header", valign="vcenter"))
    known = _Known.of(content)
    styles = [listing_style(book, column) for column in table.columns]
    for row, received in enumerate(content.assessment.listed, start=header + 1):
        values = _file_row(known, received)
        sheet.set_row(row, height(table.columns, values))
        for position, column in enumerate(table.columns):
            put(sheet, row, position, values.get(column.name), styles[position])
        margin.row(row, values)
    last = header + max(1, len(content.assessment.listed))
    sheet.autofilter(f"{cell_name(header + 1, 1)}:{cell_name(last + 1, margin.last + 1)}")
    return margin.placed


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of files by their names: those that count, each with the others of its return, how many of
    their answers are set aside, which later file replaces them, the first finding on them."""

    counted: Mapping[str, tuple[str, ...]]
    aside: Mapping[str, int]
    superseded: Mapping[str, str]
    finding: Mapping[str, Finding]

    @classmethod
    def of(cls, content: MasterContent) -> _Known:
        assessment = content.assessment
        twice = frozenset[CellKey]().union(*(submission.given_twice for submission in assessment.current))
        return cls(
            assessment.companions,
            Counter(file for file, _, _ in twice.union(assessment.aside)),
            assessment.superseded,
            {finding.place.file: finding for finding in reversed(assessment.findings)},
        )


def _file_row(known: _Known, received: Received) -> dict[str, object]:
    submission = received.submission
    values: dict[str, object] = {"fichier": received.file, "sort": _fate(known, received)}
    if submission is None:
        return values
    identity = submission.identity
    answers = len(submission.filled_cells)
    values |= {
        "campagne": identity.campaign if identity else "",
        "partenaire": identity.partner if identity else "",
        "format": submission.format,
        "enregistre": submission.saved_at,
        "reponses": answers,
        "ecartees": known.aside.get(received.file, 0) if received.file in known.counted else answers,
        "version": identity.version if identity else "",
        "sha256": submission.sha256,
    }
    return values


def _fate(known: _Known, received: Received) -> str:
    """What became of a file, in French."""
    if received.submission is not None and received.file in known.counted:
        others = known.counted[received.file]
        return f"Pris en compte avec {quoted(others)}" if others else "Pris en compte"
    if received.file in known.superseded:
        return f"Remplacé par {known.superseded[received.file]}"
    if received.file in known.finding:
        reason = known.finding[received.file]
        return find_rule(reason.code).message(reason)
    return "Non lu : incident" if received.incident else "Non pris en compte"
