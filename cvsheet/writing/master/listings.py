"""The plain tables of the master: findings, reception."""

from __future__ import annotations

from cvsheet.coordination import Key
from cvsheet.findings import Finding, Severity
from cvsheet.rules.catalogue import find_rule
from cvsheet.rules.reception import Reception
from cvsheet.tables import load_table
from cvsheet.writing.book import Book
from cvsheet.writing.master.content import FIRST_ROW, MasterContent
from cvsheet.writing.master.tables import SEVERITY_COLOURS, colour_words, write_listing
from cvsheet.writing.style import FAIR, GOOD, POOR

Values = dict[str, object]
RECEIVED, RECEIVED_LATE, AWAITED = "Reçu", "Reçu après la date limite", "En attente"
RECEPTION_COLOURS = {RECEIVED: GOOD, RECEIVED_LATE: FAIR, AWAITED: POOR}
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def write_findings_sheet(book: Book, content: MasterContent) -> frozenset[Key]:
    """Every finding, the blocking ones first."""
    findings = sorted(content.assessment.findings, key=lambda finding: _ORDER[finding.severity])
    listing = write_listing(
        book,
        "Anomalies",
        "anomalies",
        [_finding_row(finding) for finding in findings],
        "ERREUR : réponse tenue hors des totaux. AVERTISSEMENT : réponse gardée, à confirmer. INFO : pour mémoire.",
        "Aucun constat.",
        content.coordination,
    )
    if findings:
        colour_words(book, listing.sheet, (FIRST_ROW, 0, FIRST_ROW + len(findings) - 1, 0), SEVERITY_COLOURS)
    return listing.placed


def write_reception_sheet(book: Book, content: MasterContent) -> frozenset[Key]:
    """Who was asked in every campaign that has returns, and what came."""
    rows = [_reception_row(content, one) for one in content.receptions]
    subtitle = "Une ligne par partenaire sollicité et par campagne, la plus récente en tête."
    nothing = "Aucun partenaire n’est sollicité."
    listing = write_listing(book, "Réception", "reception", rows, subtitle, nothing, content.coordination)
    if rows:
        state = load_table("reception").position("etat")
        colour_words(book, listing.sheet, (FIRST_ROW, state, FIRST_ROW + len(rows) - 1, state), RECEPTION_COLOURS)
    return listing.placed


def _reception_row(content: MasterContent, one: Reception) -> Values:
    deadline = content.framework.campaign[one.campaign].deadline
    state = RECEIVED if one.file else AWAITED
    if one.saved_at is not None and deadline is not None and one.saved_at.date() > deadline:
        state = RECEIVED_LATE
    return {
        "campagne": one.campaign,
        "partenaire": one.partner,
        "nom": one.name,
        "limite": deadline,
        "etat": state,
        "enregistre": one.saved_at,
        "attendues": one.expected,
        "renseignees": one.answered,
        "taux": round(100 * one.answered / one.expected) if one.expected else None,
        "erreurs": one.errors,
        "avertissements": one.warnings,
        "versions": one.versions,
        "fichier": one.file,
    }


def _finding_row(finding: Finding) -> Values:
    return {
        "severite": finding.severity.value.upper(),
        "code": finding.code,
        "campagne": finding.campaign,
        "partenaire": finding.partner,
        "message": find_rule(finding.code).message(finding),
        "ligne": finding.line,
        "fichier": finding.place.file,
        "feuille": finding.place.sheet,
        "cellule": finding.place.cell,
    }
