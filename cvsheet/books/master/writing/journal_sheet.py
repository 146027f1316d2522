"""*Journal*: the dates and thresholds of the calculation, the accounts, and what became of every file."""

from __future__ import annotations

from collections import Counter

from xlsxwriter.worksheet import Worksheet

from cvsheet import __version__
from cvsheet.books.kit.book import Book, put, put_formula, put_text
from cvsheet.books.kit.page import set_widths, write_header, write_titles
from cvsheet.books.kit.style import TABLE_TAB
from cvsheet.books.kit.tables import height, listing_style
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.data_seal import SEAL_LABEL, seal_of_answers
from cvsheet.books.master.decisions import CONTRACT_LABEL, REGISTER_LABEL, DecisionKey
from cvsheet.books.master.writing.formulas import JOURNAL
from cvsheet.books.master.writing.margin import MarginWriter
from cvsheet.files.addresses import cell_name
from cvsheet.judging.engine.assessment import Assessment, Received
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
    set_widths(sheet, (column.width for column in table.columns))
    versions = f"cvsheet {__version__} · version du contrat {content.framework.version_for(content.campaign.code)}"
    write_titles(book, sheet, table.title, versions)
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
    put_text(sheet, SEAL, 1, seal_of_answers(content.assessment.answers, content.data.order), plain)


def _files(book: Book, sheet: Worksheet, content: MasterContent, header: int) -> frozenset[DecisionKey]:
    """One row per file below `header`; returns their keys."""
    table = load_table("journal")
    margin = MarginWriter(book, sheet, table, len(table.columns), content.coordination.margin(table.name))
    margin.titles(header)
    put_text(sheet, header - 1, 0, "Fichiers", book.style("section", bottom=0))
    write_header(book, sheet, header, (column.title for column in table.columns), 32, valign="vcenter")
    twice = frozenset[CellKey]().union(*(submission.given_twice for submission in content.assessment.current))
    companions = content.assessment.companions
    aside = Counter(file for file, _, _ in twice.union(content.assessment.aside))
    findings = {finding.place.file: finding for finding in reversed(content.assessment.findings)}
    styles = [listing_style(book, column) for column in table.columns]
    for row, received in enumerate(content.assessment.listed, start=header + 1):
        others = companions.get(received.file)
        fate = _fate(content.assessment, received, others, findings.get(received.file))
        values = _file_row(received, fate, None if others is None else aside[received.file])
        sheet.set_row(row, height(table.columns, values))
        for position, column in enumerate(table.columns):
            put(sheet, row, position, values.get(column.name), styles[position])
        margin.row(row, values)
    last = header + max(1, len(content.assessment.listed))
    sheet.autofilter(f"{cell_name(header + 1, 1)}:{cell_name(last + 1, margin.last + 1)}")
    return margin.placed


def _file_row(received: Received, fate: str, aside: int | None) -> dict[str, object]:
    """The values of a row by column; `aside` of its answers are set aside, all of them where it is None."""
    submission = received.submission
    values: dict[str, object] = {"fichier": received.file, "sort": fate}
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
        "ecartees": answers if aside is None else aside,
        "version": identity.version if identity else "",
        "sha256": submission.sha256,
    }
    return values


def _fate(assessment: Assessment, received: Received, others: tuple[str, ...] | None, finding: Finding | None) -> str:
    """What became of a file, in French: it counts with `others`, or not (None); `finding` is the first on it."""
    if received.submission is not None and others is not None:
        return f"Pris en compte avec {quoted(others)}" if others else "Pris en compte"
    if received.file in assessment.superseded:
        return f"Remplacé par {assessment.superseded[received.file]}"
    if finding is not None:
        return find_rule(finding.code).message(finding)
    return "Non lu : incident" if received.incident else "Non pris en compte"
