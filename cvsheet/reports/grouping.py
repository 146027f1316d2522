"""An assessment arranged as people read it: by file, then by cause, each cause once with all its cells.

Every report (console, HTML, messages to partners) shows what this module returns, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cvsheet.judging.engine.assessment import MOST_BESIDE, Assessment
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.gestures import apart, told_together
from cvsheet.judging.files.versions import natural_key
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.groups import grouped
from cvsheet.model.submission import CellKey
from cvsheet.text.french import french_count

ORDER = tuple(Severity)  # the gravest first


@dataclass(frozen=True, slots=True)
class Spot:
    """One finding of a cause, or one gesture: where it is (``Emploi!J12``), its line, and what is said of it alone."""

    where: str
    line: str
    fault: str
    advice: str
    finding: Finding

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of a gesture, each for itself."""
        return tuple(apart([self.finding]))


@dataclass(frozen=True, slots=True)
class Cause:
    """All findings of one rule in one file. `fault` and `advice` say it once where it is the same for all."""

    code: str
    severity: Severity
    fault: str
    advice: str
    spots: tuple[Spot, ...]

    @property
    def said_once(self) -> bool:
        """Whether `fault` says all that the spots say."""
        return all(spot.fault == self.fault for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Section:
    """What is to be said of one file, the gravest first; `file` is empty for what concerns several partners."""

    file: str
    partner: str
    campaign: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings of each severity, and how many answered cells call for no remark."""

    errors: int
    warnings: int
    infos: int
    good_cells: int

    @property
    def sentence(self) -> str:
        """``3 erreurs à corriger, 2 avertissements à confirmer, 41 cellules bonnes.``"""
        good = french_count(self.good_cells, "cellule bonne", "cellules bonnes")
        return f"{to_settle(self.errors, self.warnings)}, {good}."


def to_settle(errors: int, warnings: int) -> str:
    """``3 erreurs à corriger, 2 avertissements à confirmer``: the same words in every report."""
    correct = french_count(errors, "erreur à corriger", "erreurs à corriger")
    return f"{correct}, {french_count(warnings, 'avertissement à confirmer', 'avertissements à confirmer')}"


def sections_of(findings: Iterable[Finding]) -> tuple[Section, ...]:
    """`findings` by file in natural order, then by cause; what concerns no file comes last."""
    by_file = grouped((finding.place.file, finding) for finding in in_file_order(findings))
    return _gathered(
        [
            Section(file, _common(one.partner for one in group), _common(one.campaign for one in group), _causes(group))
            for file, group in by_file.items()
        ]
    )


def counts_of(assessment: Assessment) -> Counts:
    """The counts of the summary sentence."""
    errors, warnings, infos = (assessment.count(severity) for severity in ORDER)
    answered = {place for submission in assessment.current for place in submission.filled_cells}
    return Counts(errors, warnings, infos, len(answered - _questioned_cells(assessment)))


def in_file_order(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` by file in natural order, otherwise as they came; those of no file last."""
    return sorted(findings, key=lambda one: (not one.place.file, natural_key(one.place.file), one.place.file))


def _gathered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """`sections` with one in the place of many files of which the same is said, and nothing else."""
    alike = grouped((_only_fault(section) or section.file, section) for section in sections)
    return tuple(
        one for group in alike.values() for one in (group if len(group) <= MOST_BESIDE else [_one_section(group)])
    )


def _only_fault(section: Section) -> tuple[str, str, str] | None:
    """What is said of the whole file, where nothing else is."""
    (cause, *others) = section.causes
    whole = section.file and not others and len(cause.spots) == 1 and not cause.spots[0].where
    return (cause.code, cause.severity, cause.fault) if whole else None


def _one_section(group: Sequence[Section]) -> Section:
    cause = group[0].causes[0]
    spots = tuple(replace(one.causes[0].spots[0], where=one.file) for one in group)
    title = french_count(len(group), "fichier")
    return Section(title, _common(one.partner for one in group), _common(one.campaign for one in group),
                   (replace(cause, spots=spots),))  # fmt: skip


def _causes(findings: Sequence[Finding]) -> tuple[Cause, ...]:
    groups = grouped(((ORDER.index(one.severity), one.code), one) for one in told_together(findings))
    return tuple(cause_of(groups[key]) for key in sorted(groups))


def cause_of(findings: Sequence[Finding]) -> Cause:
    """What `findings`, all of one rule, say."""
    rule = find_rule(findings[0].code)
    spots = tuple(
        Spot(_where(one), one.line, rule.fault(one), rule.advice(one), one)
        for one in {_identity(one): one for one in findings}.values()
    )
    faults, advices = {spot.fault for spot in spots}, {spot.advice for spot in spots}
    fault = spots[0].fault if len(faults) == 1 else rule.title
    advice = spots[0].advice if len(advices) == 1 else ""
    return Cause(rule.code, findings[0].severity, fault, advice, spots)


def _where(finding: Finding) -> str:
    place = finding.place
    return f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.sheet or place.cell


def _identity(finding: Finding) -> object:
    return finding.place, finding.line, finding.partner, finding.campaign, tuple(finding.facts.items())


def _common(values: Iterable[str]) -> str:
    """The one value of `values`, empty where they differ or are unknown."""
    known = {value for value in values if value}
    return known.pop() if len(known) == 1 else ""


def _questioned_cells(assessment: Assessment) -> set[CellKey]:
    grave = [one.place for one in assessment.findings if one.severity is not Severity.INFO]
    return {(place.file, place.sheet, place.cell) for place in grave} | set(assessment.aside)
