"""What is said of returns once judged: of other campaigns, of the corrections written, of what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.model.findings import Severity
from cvsheet.reports.grouping import counts_of, to_settle
from cvsheet.reports.kept import kept_sentence
from cvsheet.reports.visible import visible
from cvsheet.sentences import Show
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import AnnotateResult, Assessment, AuditResult

NO_RETURN = "Aucun retour utilisable : aucune correction à écrire."


def other_campaigns(every: Assessment, shown: Assessment) -> Iterator[str]:
    """What is known of the returns of other campaigns than the one `shown`."""
    told = {id(one) for one in shown.findings}
    left = [one for one in every.findings if id(one) not in told and one.severity is not Severity.INFO]
    errors = sum(one.severity is Severity.ERROR for one in left)
    codes = dict.fromkeys(one.campaign for one in left if one.campaign)
    count = every.files_received - shown.files_received
    if count:
        files = french_count(count, "fichier reçu", "fichiers reçus")
        commands = " ; ".join(f"cvsheet validate --campaign {code}" for code in codes)
        where = f" Pour les voir : {commands}" if codes else ""
        yield f"Autres campagnes : {files}, {to_settle(errors, len(left) - errors)}.{where}"


def corrected(result: AnnotateResult, folder: Path, show: Show) -> Iterator[str]:
    """Which corrections were written; a file without a known partner has none."""
    yield from (f"{one.partner} : {visible(one.workbook.name)}, {visible(one.message.name)}" for one in result.files)
    yield from (kept_sentence(one.workbook, one.kept) for one in result.files if one.kept is not None)
    count = french_count(len(result.files), "classeur de correction", "classeurs de correction")
    if result.files:
        yield f"{count} dans {show(folder)}, chacun avec un message prêt à envoyer."
    else:
        yield "Aucun classeur de correction à envoyer."
    if result.receipts:
        thanks = french_count(len(result.receipts), "accusé de réception", "accusés de réception")
        yield f"{thanks} pour qui a bien répondu : {', '.join(one.partner for one in result.receipts)}."
    if result.without_correction:
        yield f"Sans correction possible : {visible(', '.join(result.without_correction))}."


def closed(code: str) -> str:
    """That no correction of the campaign `code` is written any more."""
    return (
        f"La campagne « {code} » est adoptée, donc close : aucune correction n’a été écrite. Pour en écrire tout "
        f"de même : cvsheet validate --campaign {code} --annotate"
    )


def exit_code(assessment: Assessment) -> int:
    """0 without ERREUR, 1 with, 3 where a part of cvsheet itself failed."""
    if assessment.incidents:
        return 3
    return 1 if assessment.count(Severity.ERROR) else 0


def after_checking(assessment: Assessment) -> str:
    """What comes next."""
    if not assessment.arrived:
        return "Aucun fichier reçu. À faire : déposez les fichiers des partenaires dans retours/."
    if not assessment.current:
        return "Rien à consolider : aucun fichier n’a pu être pris en compte. À faire : ce qui est dit de chacun."
    if exit_code(assessment):
        return (
            "À faire : demandez les corrections aux partenaires, ou consolidez sans ces valeurs : cvsheet consolidate"
        )
    return "À faire : cvsheet consolidate"


def left_to_settle(assessment: Assessment) -> Iterator[str]:
    """That a consolidation is done although findings remain."""
    counts = counts_of(assessment)
    yield f"Terminé, des points restent : {to_settle(counts.errors, counts.warnings)} (feuille « Anomalies »)."
    for incident in assessment.incidents:
        yield f"Incident de cvsheet, à transmettre à qui le maintient : {incident}"


def beside_audit(assessment: Assessment) -> Iterator[str]:
    """What `validate` says of the same files, in one line."""
    errors, warnings = assessment.count(Severity.ERROR), assessment.count(Severity.WARNING)
    if errors + warnings:
        said = f"{french_count(errors, 'erreur')} et {french_count(warnings, 'avertissement')}"
        yield f"Par ailleurs, fichier par fichier : {said}. Pour les voir : cvsheet validate"


def after_audit(result: AuditResult) -> str:
    """What comes next."""
    if not result.own.findings:
        return "L’audit n’ajoute aucun constat. À faire : cvsheet consolidate"
    return "À faire : revoyez ces points avec les partenaires avant de présenter les chiffres."
