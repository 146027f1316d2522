"""What the HTML page shows, arranged for its template: partners, findings by cause, receipt, rules that are cited.

The template only lays out; every choice (what is folded, which facts stand in which column) is made here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cvsheet.judging.campaign.reception import Reception, reception
from cvsheet.judging.engine.assessment import Assessment, SkippedRule
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import SHOWN_AT_MOST, shown
from cvsheet.judging.files.unusable import unusable_files
from cvsheet.model.findings import Fact, Finding, Severity
from cvsheet.model.framework import Campaign, Framework
from cvsheet.reports.grouping import Cause, Counts, Section, Spot, cause_of, counts_of, sections_of
from cvsheet.reports.receipt import Receipt, receipts_of, saved_on, tally_of
from cvsheet.reports.rules_page import page_parts
from cvsheet.text.french import french_count

LISTED = 12  # cells of one cause in plain sight: the others are folded
TOGETHER = "Ensemble des partenaires"
FOUND = ("typed", "value", "found", "contract", "campaign", "new", "left_value", "women", "total")
EXPECTED = ("expected", "bounds", "plausible", "old", "other_value", "beneficiaries")
DIFFERENCE = ("difference", "change")


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding of a cause. Empty strings are unknown, or said once for the whole cause."""

    where: str
    line: str
    label: str
    fault: str
    found: str
    expected: str
    difference: str
    advice: str


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """A cause: what is wrong, its cells (`cells` in plain sight, `more` folded), what to do, what is allowed.

    `columns` names the fields of `FindingView` that at least one of its cells fills. `each` are the cells of its
    gestures, one by one, folded: none where nothing else is said of them.
    """

    cause: Cause
    word: str
    amount: str
    cells: tuple[FindingView, ...]
    more: tuple[FindingView, ...]
    columns: frozenset[str]
    each: tuple[FindingView, ...]
    each_columns: frozenset[str]
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileFindings:
    """What is said of one file; `infos` is what calls for nothing, shown folded."""

    anchor: str
    title: str
    campaign: str
    file: str
    tally: str
    groups: tuple[CauseGroup, ...]
    infos: tuple[CauseGroup, ...]


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner in one campaign; `anchor` leads to what is said of its file, empty where nothing is."""

    reception: Reception
    anchor: str
    saved: str


@dataclass(frozen=True, slots=True)
class CampaignTable:
    """The partners asked in one campaign; `folded` where nothing in it calls for a correction."""

    title: str
    tally: str
    folded: bool
    rows: tuple[PartnerView, ...]


@dataclass(frozen=True, slots=True)
class CitedRule:
    """The public page of a rule that the report names."""

    code: str
    title: str
    word: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """The whole page. `beside` counts what the rows of `campaigns` leave out: with it, they add up to `counts`."""

    contract: str
    territory: str
    files: str
    counts: Counts
    campaigns: tuple[CampaignTable, ...]
    beside: str
    findings: tuple[FileFindings, ...]
    skipped: tuple[SkippedRule, ...]
    incidents: tuple[str, ...]
    receipts: tuple[Receipt, ...]
    rules: tuple[CitedRule, ...]


def view_of(assessment: Assessment, framework: Framework) -> View:
    """`assessment` as the page shows it."""
    findings = file_findings(framework, assessment.findings)
    anchors = {one.file: one.anchor for one in findings}
    kept = french_count(len(assessment.counted_files), "pris en compte", "pris en compte")
    counts, campaigns = counts_of(assessment), _campaigns(assessment, framework, anchors)
    return View(
        contract=framework.contract.name,
        territory=framework.contract.territory,
        files=f"{french_count(assessment.files_received, 'fichier reçu', 'fichiers reçus')}, {kept}.",
        counts=counts,
        campaigns=campaigns,
        beside=_beside(counts, campaigns),
        findings=findings,
        skipped=assessment.skipped,
        incidents=assessment.incidents,
        receipts=receipts_of(assessment),
        rules=_cited(assessment),
    )


def file_findings(framework: Framework, findings: Iterable[Finding]) -> tuple[FileFindings, ...]:
    """`findings` by file, then by cause."""
    sections = enumerate(sections_of(findings), start=1)
    return tuple(_file_findings(framework, section, f"fichier-{rank}") for rank, section in sections)


def _campaigns(assessment: Assessment, framework: Framework, anchors: Mapping[str, str]) -> tuple[CampaignTable, ...]:
    """A table per campaign that somebody answered, the latest first."""
    answered = assessment.answered
    latest_first = sorted(framework.campaigns, key=lambda campaign: campaign.end, reverse=True)
    chosen = [campaign for campaign in latest_first if campaign.code in answered]
    unusable = unusable_files(framework, assessment)
    return tuple(
        _campaign(
            campaign,
            reception(framework, assessment, campaign.code, unusable=unusable),
            anchors,
            latest=campaign is chosen[0],
        )
        for campaign in chosen
    )


def _beside(counts: Counts, campaigns: Iterable[CampaignTable]) -> str:
    rows = [row.reception for campaign in campaigns for row in campaign.rows]
    errors, warnings = counts.errors - sum(r.errors for r in rows), counts.warnings - sum(r.warnings for r in rows)
    return tally_of(errors, warnings, 0)


def _campaign(
    campaign: Campaign, rows: tuple[Reception, ...], anchors: Mapping[str, str], *, latest: bool
) -> CampaignTable:
    came = sum(bool(row.file) for row in rows)
    remarks = sum(row.errors + row.warnings for row in rows)
    state = (
        "rien à corriger" if not remarks else tally_of(sum(r.errors for r in rows), sum(r.warnings for r in rows), 0)
    )
    return CampaignTable(
        title=f"{campaign.title} ({campaign.code})",
        tally=f"{french_count(came, 'retour', 'retours')} sur {len(rows)}, {state}",
        folded=not remarks and not latest,
        rows=tuple(
            PartnerView(row, anchors.get(row.file, "") if row.file else "", saved_on(row.saved_at)) for row in rows
        ),
    )


def _file_findings(framework: Framework, section: Section, anchor: str) -> FileFindings:
    groups = [_group(framework, cause) for cause in section.causes]
    count = Counter(cause.severity for cause in section.causes for spot in cause.spots for _ in spot.findings)
    partner = framework.partner.get(section.partner)
    name = partner.name if partner else section.partner
    return FileFindings(
        anchor=anchor,
        title=(name or section.file) if section.file else TOGETHER,
        campaign=section.campaign,
        file=section.file,
        tally=tally_of(*(count[severity] for severity in Severity)),
        groups=tuple(group for group in groups if group.cause.severity is not Severity.INFO),
        infos=tuple(group for group in groups if group.cause.severity is Severity.INFO),
    )


def _group(framework: Framework, cause: Cause) -> CauseGroup:
    cells = tuple(_cell(framework, cause, spot) for spot in cause.spots)
    amount = sum(len(spot.findings) for spot in cause.spots)
    each = _each(framework, cause)
    allowed = dict.fromkeys(
        str(spot.finding.facts["allowed"]) for spot in cause.spots if "allowed" in spot.finding.facts
    )
    return CauseGroup(
        cause,
        cause.severity.value.capitalize(),
        french_count(amount, "cellule") if all(cell.where for cell in cells) else french_count(amount, "cas", "cas"),
        cells[:LISTED],
        cells[LISTED:],
        _filled(cells),
        each,
        _filled(each),
        tuple(choices for choices in allowed if len(choices) > SHOWN_AT_MOST),  # the advice lists shorter ones in full
    )


def _each(framework: Framework, cause: Cause) -> tuple[FindingView, ...]:
    """The cells of gestures one by one, where more is said of them than their places."""
    gestures = [cause_of(spot.findings) for spot in cause.spots if spot.finding.also]
    told = [gesture for gesture in gestures if not gesture.said_once]
    return tuple(_cell(framework, gesture, spot) for gesture in told for spot in gesture.spots)


def _filled(cells: Sequence[FindingView]) -> frozenset[str]:
    return frozenset(name for name in FindingView.__slots__ if any(getattr(cell, name) for cell in cells))


def _cell(framework: Framework, cause: Cause, spot: Spot) -> FindingView:
    facts = {} if spot.finding.also else spot.finding.facts  # its sentence gives the first as an example
    found, difference = _first(facts, FOUND), _first(facts, DIFFERENCE)
    expected = _first(facts, (*EXPECTED, "sum") if difference else EXPECTED)
    in_columns = {found, expected, difference, "allowed", "line" if spot.line == facts.get("line") else ""}
    told = cause.said_once or (not spot.finding.also and in_columns.issuperset(find_rule(cause.code).fields))
    return FindingView(
        where=spot.where,
        line=spot.line,
        label=framework.label_of(spot.line),
        fault="" if told else spot.fault,
        found=shown(facts[found]) if found else "",
        expected=shown(facts[expected]) if expected else "",
        difference=shown(facts[difference]) if difference else "",
        advice="" if cause.advice else spot.advice,
    )


def _first(facts: Mapping[str, Fact], names: Iterable[str]) -> str:
    """The first of `names` that `facts` hold; empty where there is none."""
    return next((name for name in names if name in facts), "")


def _cited(assessment: Assessment) -> tuple[CitedRule, ...]:
    codes = {finding.code for finding in assessment.findings} | {one.code for one in assessment.skipped}
    return tuple(cited_rule(code) for code in sorted(codes))


def cited_rule(code: str) -> CitedRule:
    """The public page of the rule called `code`; KeyError where there is none."""
    rule = find_rule(code)
    return CitedRule(rule.code, rule.title, rule.severity.value.capitalize(), page_parts(rule))
