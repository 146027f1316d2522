"""The plain tables of the master: findings, reception."""

from __future__ import annotations

from itertools import chain

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.colours import SEVERITY_COLOURS
from cvsheet.books.kit.style import FAIR, GOOD, NEUTRAL, POOR
from cvsheet.books.kit.tables import A3
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.writing.listing import write_listing
from cvsheet.judging.campaign.reception import Reception, Standing, missing_words
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.gestures import told_together
from cvsheet.judging.files.unusable import Names, UnusableFile
from cvsheet.model.findings import Finding, Severity
from cvsheet.text.french import NO_BREAK_SPACE, typeset

Values = dict[str, object]
STANDING_COLOURS = {
    Standing.OVERDUE: POOR,
    Standing.UNUSABLE: POOR,
    Standing.UNFILED: POOR,
    Standing.EMPTY: POOR,
    Standing.INCOMPLETE: FAIR,
    Standing.TO_CORRECT: FAIR,
    Standing.AWAITED: NEUTRAL,
    Standing.COMPLETE: GOOD,
}
ALL_COMPLETE = typeset("tous à 100 %")
NOT_TAKEN = "Non repris"  # of a file whose sender nobody knows
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def write_findings_sheet(book: Book, content: MasterContent) -> frozenset[DecisionKey]:
    """The blocking findings first; what one gesture did to many cells on one row, as every report tells it."""
    told = told_together(content.assessment.findings)
    findings = sorted(told, key=lambda finding: _ORDER[finding.severity])
    names = Names(content.framework)
    rows = (_finding_row(content, names, finding) for finding in findings)
    subtitle = (
        "ERREUR : réponse tenue hors des totaux. AVERTISSEMENT : réponse gardée, à confirmer. INFO : pour mémoire."
    )
    listing = write_listing(book, "Anomalies", "anomalies", rows, len(findings), subtitle, content.coordination)
    return listing.finish(len(findings), "Aucun constat.", {"severite": SEVERITY_COLOURS})


def write_reception_sheet(book: Book, content: MasterContent) -> frozenset[DecisionKey]:
    """Who was asked in every campaign that has returns, and what came; then the files whose sender nobody knows."""
    partners = (_reception_row(content, one) for one in content.receptions)
    rows = chain(partners, (_unattributed_row(one) for one in content.unattributed))
    count = len(content.receptions) + len(content.unattributed)
    subtitle = "Une ligne par partenaire sollicité et par campagne, la plus récente en tête, qui relancer d’abord."
    listing = write_listing(book, "Réception", "reception", rows, count, subtitle, content.coordination)
    listing.sheet.set_paper(A3)
    colours = {_state(standing): colour for standing, colour in STANDING_COLOURS.items()} | {NOT_TAKEN: POOR}
    return listing.finish(count, "Aucun partenaire n’est sollicité.", {"etat": colours})


def _reception_row(content: MasterContent, one: Reception) -> Values:
    sheets = {pillar.code: pillar.sheet for pillar in content.framework.pillars}
    shares = [f"{sheets[share.pillar]} {share.percent}{NO_BREAK_SPACE}%" for share in one.pillars]
    missing = [f"{sheets[share.pillar]} {missing_words(share)}" for share in one.pillars if not share.complete]
    return {
        "campagne": one.campaign,
        "partenaire": one.partner,
        "nom": one.name,
        "etat": _state(one.standing),
        "taux": one.percent,
        "piliers": "\n".join(shares) if missing else ALL_COMPLETE,
        "manque": "\n".join(missing),
        "erreurs": one.errors or None,
        "avertissements": one.warnings or None,
        "limite": content.framework.campaign[one.campaign].deadline_for(one.partner),
        "enregistre": one.saved_at,
        "retard": one.late_days or None,
        "attendues": one.expected,
        "renseignees": one.answered,
        "versions": one.versions or None,
        "fichier": "\n".join(one.files),
        "remarque": "\n".join(_unusable(other) for other in one.unusable),
    }


def _unattributed_row(one: UnusableFile) -> Values:
    """In the place of a partner, the file: notes beside a row are kept by its key."""
    return {
        "campagne": one.campaign,
        "partenaire": f"? {one.file}",
        "nom": "Partenaire non reconnu",
        "etat": NOT_TAKEN,
        "remarque": _unusable(one),
    }


def _unusable(one: UnusableFile) -> str:
    return typeset(f"{one.file} : {one.fault}")


def _state(standing: Standing) -> str:
    return standing.value.capitalize()


def _finding_row(content: MasterContent, names: Names, finding: Finding) -> Values:
    """The partner of a file that could not be read is the one that its name tells, as in *Réception*."""
    named = ("", "") if finding.partner or not finding.place.file else names.told(finding.place.file)
    partner = finding.partner or named[1]
    return {
        "severite": finding.severity.value.upper(),
        "code": finding.code,
        "campagne": finding.campaign or named[0],
        "partenaire": partner,
        "nom": content.framework.partner_name(partner),
        "message": find_rule(finding.code).message(finding),
        "mesure": content.framework.label_of(finding.line),
        "ligne": finding.line,
        "fichier": finding.place.file,
        "feuille": finding.place.sheet,
        "cellule": finding.place.cell,
    }
