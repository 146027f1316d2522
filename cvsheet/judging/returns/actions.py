"""COH-030 to COH-037: what a partner reports of one action, its entries compared with one another."""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.judging.cells.values import speaks_of_percents
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Ruling, Rulings, found
from cvsheet.model.findings import Fact, Named, Place, Severity
from cvsheet.model.submission import ActionReport, AnswerKind, place_of
from cvsheet.text.french import french_date

DONE, NOT_STARTED, FULL = "Réalisée", "Non démarrée", 100
_BESIDE = {"avancement": ("statut", "avancement"), "debut": ("statut", "debut")}  # what is compared at these columns
TO_COME = (NOT_STARTED, "En préparation", "Reportée", "Abandonnée")  # their start may be one that is planned


@rule(
    "COH-030",
    Severity.ERROR,
    "« Dont femmes »{at_femmes} vaut {women}, « Bénéficiaires »{at_beneficiaires} {beneficiaries}.",
    "Corrigez l’un des deux nombres.",
)
def more_women_than_beneficiaries(evidence: Evidence) -> Rulings:
    """Il y a plus de femmes que de bénéficiaires.

    Constat : « Dont femmes » dépasse « Bénéficiaires ». Les deux nombres n’entrent pas dans les totaux.
    Pourquoi : les femmes sont comptées parmi les bénéficiaires.
    Exemple : 18 femmes pour 15 bénéficiaires.
    Correction : corrigez le nombre faux.
    """
    for report in evidence.reports:
        women, everyone = _number(evidence, report, "femmes"), _number(evidence, report, "beneficiaires")
        if women is not None and everyone is not None and women > everyone:
            facts = {"women": women, "beneficiaries": everyone}
            yield _found(more_women_than_beneficiaries, report, "femmes", facts, ("femmes", "beneficiaires"))


@rule(
    "COH-031",
    Severity.WARNING,
    "L’action est « Réalisée »{at_statut} mais son avancement{at_avancement} est de {progress} %.",
    "Saisissez 100, ou corrigez le statut.",
)
def done_below_full(evidence: Evidence) -> Rulings:
    """Une action réalisée n’est pas à 100 %.

    Constat : le statut est « Réalisée » et l’avancement est inférieur à 100.
    Pourquoi : l’un des deux n’a sans doute pas été mis à jour.
    Exemple : « Réalisée », 80 %.
    Correction : accordez les deux.
    """
    for report in evidence.reports:
        progress = _progress(evidence, report)
        if _text(evidence, report, "statut") == DONE and progress is not None and progress < FULL:
            yield _found(done_below_full, report, "avancement", {"progress": progress})


@rule(
    "COH-032",
    Severity.WARNING,
    "L’action est « Non démarrée »{at_statut} mais son avancement{at_avancement} est de {progress} %.",
    "Saisissez 0, ou corrigez le statut.",
)
def progress_before_start(evidence: Evidence) -> Rulings:
    """Une action non démarrée a déjà un avancement.

    Constat : le statut est « Non démarrée » et l’avancement est supérieur à 0.
    Pourquoi : l’un des deux n’a sans doute pas été mis à jour.
    Exemple : « Non démarrée », 30 %.
    Correction : accordez les deux.
    """
    for report in evidence.reports:
        progress = _progress(evidence, report)
        if _text(evidence, report, "statut") == NOT_STARTED and progress is not None and progress > 0:
            yield _found(progress_before_start, report, "avancement", {"progress": progress})


@rule(
    "COH-033",
    Severity.ERROR,
    "L’action finit le {end}{at_fin}, avant de commencer, le {start}{at_debut}.",
    "Corrigez l’une des deux dates.",
)
def end_before_start(evidence: Evidence) -> Rulings:
    """Une action finit avant de commencer.

    Constat : la date de fin précède la date de début. Les deux dates sont écartées.
    Pourquoi : l’une des deux est fausse, souvent l’année.
    Exemple : début 01/09/2021, fin 30/06/2021.
    Correction : corrigez la date fausse.
    """
    for report in evidence.reports:
        start, end = (evidence.usable(report, column) for column in ("debut", "fin"))
        first, last = (entry.answer.day if entry else None for entry in (start, end))
        if first is not None and last is not None and last < first:
            facts = {"start": french_date(first), "end": french_date(last)}
            yield _found(end_before_start, report, "fin", facts, ("debut", "fin"))


@rule("COH-034", Severity.WARNING, "L’action est renseignée mais son statut est vide.", "Choisissez un statut.")
def status_missing(evidence: Evidence) -> Rulings:
    """Le statut d’une action manque.

    Constat : des colonnes de l’action sont remplies et son statut est vide.
    Pourquoi : l’action ne peut pas être comptée parmi les actions en cours ou réalisées.
    Exemple : 35 bénéficiaires, sans statut.
    Correction : choisissez dans la liste.
    """
    for report in evidence.reports:
        status = report.entries.get("statut")
        if status is not None and status.answer.kind is AnswerKind.BLANK and status.cell:
            yield _found(status_missing, report, "statut", {})


@rule(
    "COH-035",
    Severity.WARNING,
    "Une action complémentaire est renseignée sans intitulé.",
    "Donnez-lui un intitulé dans la colonne « Action ».",
)
def untitled_action(evidence: Evidence) -> Rulings:
    """Une action complémentaire n’a pas d’intitulé.

    Constat : une rangée libre du tableau des actions est remplie, sans texte dans la colonne « Action ».
    Pourquoi : personne ne saura de quelle action il s’agit.
    Exemple : « En cours », 60 %, sans intitulé.
    Correction : donnez un intitulé.
    """
    for report in evidence.reports:
        if report.complementary and not report.title.strip():
            yield _found(untitled_action, report, "statut", {})


@rule(
    "COH-037",
    Severity.WARNING,
    "L’action est « {status} »{at_statut} mais ne commence que le {start}{at_debut}, après la fin de la campagne "
    "({end}).",
    "Corrigez la date ou le statut.",
)
def start_after_the_campaign(evidence: Evidence) -> Rulings:
    """Une action engagée commence après la fin de la campagne.

    Constat : la date de début est après la fin de la campagne, et l’action n’est ni « Non démarrée », ni « En
        préparation », ni « Reportée », ni « Abandonnée ».
    Pourquoi : ce qui n’a pas commencé ne peut pas être en cours ; l’année est sans doute fausse.
    Exemple : « En cours », début 01/03/2022, pour la campagne 2021.
    Correction : corrigez la date, ou choisissez « En préparation ».
    """
    for report in evidence.reports:
        entry, end = evidence.usable(report, "debut"), evidence.framework.campaign[report.campaign].end
        start, status = entry.answer.day if entry else None, _text(evidence, report, "statut")
        if start is not None and end < start <= evidence.framework.contract.end and status not in TO_COME:
            facts = {"status": status or "sans statut", "start": french_date(start), "end": french_date(end)}
            yield _found(start_after_the_campaign, report, "debut", facts)


def _number(evidence: Evidence, report: ActionReport, column: str) -> float | None:
    entry = evidence.usable(report, column)
    return entry.answer.number if entry else None


def _progress(evidence: Evidence, report: ActionReport) -> float | None:
    """The progress, unless VAL-018 asks what it means: one cause, one finding."""
    progress = _number(evidence, report, "avancement")
    told = speaks_of_percents(_text(evidence, report, "commentaire"))
    in_doubt = progress is not None and 0 < progress <= 1 and not told
    return None if in_doubt else progress


def _text(evidence: Evidence, report: ActionReport, column: str) -> str:
    entry = evidence.usable(report, column)
    return entry.answer.text if entry else ""


def _found(
    judge: AnyRule,
    report: ActionReport,
    column: str,
    facts: Mapping[str, Fact],
    doubtful: tuple[str, ...] = (),
) -> Ruling:
    """The fault at the cell of `column`; the entries of the columns `doubtful` are in doubt."""
    entry = report.entries.get(column)
    compared = [name for name in (*doubtful, *_BESIDE.get(column, ())) if name in report.entries]
    return found(
        judge,
        Place(*place_of(report, entry)) if entry else Place(report.file, report.sheet),
        line=report.action,
        partner=report.partner,
        campaign=report.campaign,
        facts={**facts},
        doubtful=[place_of(report, report.entries[name]) for name in doubtful],
    ).naming({name: Named((Place(*place_of(report, report.entries[name])),)) for name in compared})
