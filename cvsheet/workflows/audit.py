"""`audit`: a campaign, already validated, judged once more as one data set; findings and Data Docs come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cvsheet.errors import CvsheetError
from cvsheet.figures.consolidation import consolidated
from cvsheet.files.atomic import held_in, move_aside, replace_folder
from cvsheet.judging.campaign import data_set, data_set_totals
from cvsheet.judging.campaign.answers import answers_table, names_in_contract
from cvsheet.judging.campaign.checkpoint import RefusedRow, Suite, Verdict, require_library, run_checkpoint
from cvsheet.judging.campaign.expectations import Row, audited_tables, expectations
from cvsheet.judging.campaign.returns import pillars_table, returns_table
from cvsheet.judging.campaign.subject import AuditTable, Subject
from cvsheet.judging.campaign.totals import totals_table
from cvsheet.judging.engine.assessment import Assessment, SkippedRule
from cvsheet.judging.engine.catalogue import rules_of
from cvsheet.judging.engine.ruling import Outcome, Severities, run_rule, switched_off
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Campaign, Framework
from cvsheet.reports.audit_pages import INDEX, AuditView, CheckLine, audit_pages
from cvsheet.reports.ours import is_our_page
from cvsheet.reports.visible import visible
from cvsheet.text.french import french_count, french_list, quoted, typeset
from cvsheet.workflows.current import named_campaign

NO_HISTORY = "aucun retour d’une campagne antérieure parmi les fichiers lus"
RULES = {rule.code: rule for rule in rules_of(data_set, data_set_totals)}
DOCS = "audit"  # the folder of its pages in sorties/
MOST_MOVED = 5  # files that are named


@dataclass(frozen=True, slots=True)
class AuditResult:
    """`assessment` is all that is known of the returns, `own` what the audit adds; `pages` are its files."""

    campaign: Campaign
    assessment: Assessment
    own: Assessment
    sentence: str
    pages: Mapping[str, bytes]


def audit(framework: Framework, assessment: Assessment, campaign: str | None, *, docs: bool = True) -> AuditResult:
    """What `schemas/attentes.json` expects of `campaign` (by default the latest with a usable return), judged.

    CvsheetError where great_expectations is not installed, or no return of the campaign counts; UsageError where there
    is no such campaign.
    """
    require_library()
    audited = audited_campaign(framework, assessment, campaign)
    subject = Subject(framework, assessment, consolidated(framework, assessment.answers.records()), audited)
    severities = dict(framework.severities)
    suites = suites_of(subject, severities)
    verdict = run_checkpoint(
        [suite for suite in suites if len(suite.table.frame) and suite.expectations], audited, docs=docs
    )
    outcome = _outcome({suite.table.name: suite.table for suite in suites}, verdict, severities)
    outcome += Outcome(skipped=tuple(_not_judged(subject, severities)), incidents=verdict.incidents)
    own = replace(
        assessment,
        findings=_without_covered(outcome.findings, assessment),
        skipped=outcome.skipped,
        incidents=outcome.incidents,
    )
    answering = [partner for campaign_code, partner in subject.returns if campaign_code == audited.code]
    view = AuditView(
        framework, audited, audited_tables(), _lines(suites, verdict), own.findings, own.skipped, verdict.pages
    )
    sentence = f"Campagne {audited.code}, {french_count(len(answering), 'retour')} : {view.sentence}"
    return AuditResult(audited, _joined(assessment, own), own, sentence, audit_pages(view) if docs else {})


def write_audit(result: AuditResult, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Put the Data Docs at `folder` in place of former ones, whole or not at all: the page to open, and what a person
    must know, in French. Pages of somebody else are moved beside."""
    strangers = [path for path in held_in(folder) if not _is_ours(path)]
    aside = move_aside(folder, strangers)
    replace_folder(folder, result.pages)
    return folder / INDEX, () if aside is None else (_moved(folder, strangers, aside),)


def _is_ours(path: Path) -> bool:
    """Whether `path` may be replaced with the pages: one of them, or what `replace_folder` refuses to touch."""
    return path.is_file() and (path.suffix != ".html" or is_our_page(path.read_bytes()))


def _moved(folder: Path, strangers: Sequence[Path], aside: Path) -> str:
    names = quoted([visible(path.name) for path in strangers[:MOST_MOVED]])
    more = len(strangers) - MOST_MOVED
    others = f" et {french_count(more, 'autre')}" if more > 0 else ""
    return typeset(
        f"Le dossier « {folder.name} » contenait aussi ce qui n’est pas une page de l’audit : {names}{others}. Déplacé "
        f"dans « {aside.name} »."
    )


def audited_campaign(framework: Framework, assessment: Assessment, code: str | None) -> Campaign:
    """The campaign called `code`, or the latest that has a usable return."""
    wanted = None if code is None else named_campaign(framework, code)
    answered = assessment.answered
    held = [campaign for campaign in framework.campaigns if campaign.code in answered]
    if not held:
        received = french_count(assessment.files_received, "fichier reçu", "fichiers reçus")
        raise CvsheetError(
            f"Aucun retour utilisable parmi {received} : rien à auditer. Pour savoir pourquoi : cvsheet validate"
            if assessment.arrived
            else "Aucun fichier reçu : rien à auditer. Déposez les fichiers des partenaires dans retours/."
        )
    if wanted is None:
        return max(held, key=lambda campaign: campaign.end)
    if wanted.code not in answered:
        others = french_list([campaign.code for campaign in held])
        raise CvsheetError(
            f"La campagne « {wanted.code} » n’a aucun retour utilisable : rien à auditer. Campagnes qui en ont : "
            f"{others}. Pour celle-là : cvsheet audit --campaign {held[-1].code}"
        )
    return wanted


def suites_of(subject: Subject, severities: Severities) -> tuple[Suite, ...]:
    """Each table of the audit with what is expected of it, rules that the contract switches off aside."""
    names = names_in_contract(subject.framework)
    made = (answers_table(subject), returns_table(subject), pillars_table(subject), totals_table(subject))
    tables = {table.name: table for table in made}
    wanted = [
        replace(one, checks=tuple(check.with_names(names) for check in one.checks))
        for one in expectations()
        if severities.get(one.code, one.severity) is not None
    ]
    return tuple(
        Suite(text, tables[text.name], tuple(one for one in wanted if one.table == text.name))
        for text in audited_tables()
    )


def _outcome(tables: Mapping[str, AuditTable], verdict: Verdict, severities: Severities) -> Outcome:
    """A finding for every row that was refused, as severe as the contract wants it."""
    total = Outcome()
    for refusal in verdict.refusals:
        total += run_rule(RULES[refusal.code], _row(tables, refusal), severities)
    return total


def _row(tables: Mapping[str, AuditTable], refusal: RefusedRow) -> Row:
    (values,) = tables[refusal.table].frame.iloc[[refusal.row]].to_dict("records")
    return {str(name): value for name, value in values.items()}


def _not_judged(subject: Subject, severities: Severities) -> Iterable[SkippedRule]:
    """What the contract switches off, and what needs an earlier campaign where there is none."""
    off = list(switched_off(severities, audit=True))
    yield from off
    if subject.former is None:
        comparing = {code for code, rule in RULES.items() if rule.needs_former} - {one.code for one in off}
        where = f"campagne {subject.campaign.code}"
        yield from (SkippedRule(code, where, NO_HISTORY) for code in sorted(comparing))


def _without_covered(findings: Sequence[Finding], assessment: Assessment) -> tuple[Finding, ...]:
    """`findings` without those that another says better, or at whose very cell something is to be put right first."""
    covered = {(less.code, one.partner, one.line) for one in findings for less in RULES[one.code].covers}
    asked = {one.place for one in assessment.findings if one.place.cell and one.severity is not Severity.INFO}
    return tuple(
        one
        for one in findings
        if one.place not in asked and not any((one.code, one.partner, line) in covered for line in ("", one.line))
    )


def _joined(assessment: Assessment, own: Assessment) -> Assessment:
    """One report: what was said of each file, and what the audit adds."""
    return replace(
        assessment,
        findings=(*assessment.findings, *own.findings),
        skipped=(*assessment.skipped, *own.skipped),
        incidents=(*assessment.incidents, *own.incidents),
    )


def _lines(suites: Sequence[Suite], verdict: Verdict) -> Mapping[str, Sequence[CheckLine]]:
    """What became of each check, by table in the order of ``attentes.json``."""
    came = {(one.code, one.sentence): one for one in verdict.results}
    return {
        suite.text.name: [
            CheckLine(one.code, check.sentence, came[key].refused, came[key].crashed)
            for one in suite.expectations
            for check in one.checks
            if (key := (one.code, check.sentence)) in came
        ]
        for suite in suites
    }
