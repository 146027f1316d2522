"""The plain tables of the master: actions, findings, reception."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from cvsheet.findings import Finding, Severity
from cvsheet.framework import Action
from cvsheet.rules.catalogue import find_rule
from cvsheet.submission import ActionReport, AnswerKind, Entry
from cvsheet.tables import load_table
from cvsheet.writing.book import Book
from cvsheet.writing.master.content import FIRST_ROW, MasterContent
from cvsheet.writing.master.tables import SEVERITY_COLOURS, colour_words, write_listing

Values = dict[str, object]
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def write_actions_sheet(book: Book, content: MasterContent) -> Worksheet:
    """One row per report; an action that nobody reported has a row of its own."""
    return write_listing(
        book,
        "Actions",
        "suivi_actions",
        list(_action_rows(content)),
        "Un rapport par ligne. Les actions proposées par les partenaires suivent celles du contrat.",
        "Le contrat ne comporte pas d’action.",
    )


def write_findings_sheet(book: Book, content: MasterContent) -> Worksheet:
    """Every finding, the blocking ones first."""
    findings = sorted(content.assessment.findings, key=lambda finding: _ORDER[finding.severity])
    sheet = write_listing(
        book,
        "Anomalies",
        "anomalies",
        [_finding_row(finding) for finding in findings],
        "ERREUR : réponse tenue hors des totaux. AVERTISSEMENT : réponse gardée, à confirmer. INFO : pour mémoire.",
        "Aucun constat.",
    )
    if findings:
        colour_words(book, sheet, (FIRST_ROW, 0, FIRST_ROW + len(findings) - 1, 0), SEVERITY_COLOURS)
    return sheet


def write_reception_sheet(book: Book, content: MasterContent) -> Worksheet:
    """Who was asked in every campaign that has returns, and what came."""
    rows: list[Values] = [
        {
            "campagne": one.campaign,
            "partenaire": one.partner,
            "nom": one.name,
            "etat": "Reçu" if one.file else "En attente",
            "enregistre": one.saved_at,
            "attendues": one.expected,
            "renseignees": one.answered,
            "taux": round(100 * one.answered / one.expected) if one.expected else None,
            "erreurs": one.errors,
            "avertissements": one.warnings,
            "versions": one.versions,
            "fichier": one.file,
        }
        for one in content.receptions
    ]
    return write_listing(
        book,
        "Réception",
        "reception",
        rows,
        "Une ligne par partenaire sollicité dans la campagne jugée.",
        "Aucun partenaire n’est sollicité dans cette campagne.",
    )


def _action_rows(content: MasterContent) -> Iterator[Values]:
    framework = content.framework
    reports: dict[str, list[ActionReport]] = {}
    for report in content.assessment.action_reports:
        reports.setdefault(report.action, []).append(report)
    for action in framework.actions:
        known = sorted(reports.pop(action.code, []), key=lambda one: (one.campaign, one.partner), reverse=True)
        for report in known:
            yield _described(content, action) | _reported(content, report)
        if not known:
            yield _described(content, action)
    for added in reports.values():
        for report in added:
            yield {
                "code": report.action,
                "objectif": report.objective,
                "action": report.title,
                "pilote": "",
            } | _reported(content, report)


def _described(content: MasterContent, action: Action) -> Values:
    framework = content.framework
    return {
        "code": action.code,
        "pilier": framework.pillar[framework.pillar_of_action(action)].sheet,
        "objectif": f"{action.objective} {framework.objective[action.objective].title}",
        "action": action.title,
        "pilote": action.pilot,
    }


def _reported(content: MasterContent, report: ActionReport) -> Values:
    """The entries of a report; one that a rule sets aside is left blank and stands in *Anomalies*."""
    names = [column.name for column in load_table("suivi_actions").columns]
    values: Values = {"partenaire": report.partner, "campagne": report.campaign, "fichier": report.file}
    for name, entry in report.entries.items():
        if name in names and (report.file, report.sheet, entry.cell) not in content.assessment.aside:
            values[name] = _shown(entry)
    return values


def _shown(entry: Entry) -> object:
    answer = entry.answer
    if answer.kind is AnswerKind.NUMBER:
        return answer.number
    if answer.day is not None:
        return answer.day
    return answer.text or (entry.raw if answer.kind is not AnswerKind.BLANK else None)


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
