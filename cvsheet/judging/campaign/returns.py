"""The tables *retours* and *piliers*: how much of what was asked came back, and whether the figures look counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cvsheet.judging.campaign.data_set import return_half_empty
from cvsheet.judging.campaign.expectations import expectation
from cvsheet.judging.campaign.reception import asked_answers
from cvsheet.judging.campaign.subject import AuditTable, Subject, cells_of, percent, table_of
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import LooksAt
from cvsheet.judging.files.identity import has_answers
from cvsheet.judging.returns.relations import SAME
from cvsheet.model.findings import Severity
from cvsheet.model.framework import Campaign
from cvsheet.model.submission import AnswerKind, Observation, Quantity, Submission, judged_quantity
from cvsheet.text.french import french_count

RETURNS, PILLARS = "retours", "piliers"
LARGE, ROUND = 30, 10
MISSING_SHOWN = 5
NO_FIGURE = (AnswerKind.NOT_AVAILABLE, AnswerKind.SECRET)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the required answers: neither `so` nor what an ERROR already wants corrected is in the counts."""

    usable: int = 0
    without_figure: int = 0
    blank: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.usable + other.usable, self.without_figure + other.without_figure, self.blank + other.blank)

    @property
    def asked(self) -> int:
        return self.usable + self.without_figure + self.blank

    @property
    def share(self) -> float | None:
        """The usable ones for a hundred."""
        return percent(self.usable, self.asked)

    @property
    def rest(self) -> str:
        """``9 nd ou ns, 2 sans réponse``: what is not usable."""
        parts = (
            (self.without_figure, "nd ou ns", "nd ou ns"),
            (self.blank, "sans réponse", "sans réponse"),
        )
        return ", ".join(french_count(count, one, many) for count, one, many in parts if count)


def returns_table(subject: Subject) -> AuditTable:
    """A row per return of the campaign; one that came back wholly empty is judged by FIC-035 alone."""
    known = sorted(subject.returns.items())
    rows = [
        _return_row(subject, partner, submission)
        for (campaign, partner), submission in known
        if campaign == subject.campaign.code and has_answers(submission)
    ]
    return table_of(RETURNS, rows)


def pillars_table(subject: Subject) -> AuditTable:
    """A row per pillar, over the partners whose return is not already known to be half empty."""
    floor = expectation(return_half_empty.code).floor
    asked = [partner.code for partner in subject.framework.partners_asked(subject.campaign.code)]
    shares = {partner: tally_of(subject, subject.campaign, partner).share for partner in asked}
    missing = {partner for partner in asked if (subject.campaign.code, partner) not in subject.returns}
    told = {partner for partner, share in shares.items() if share is not None and share < floor} - missing
    counted = [partner for partner in asked if partner not in told]
    rows = []
    for pillar in subject.framework.pillars:
        tally = sum((tally_of(subject, subject.campaign, one, pillar.code) for one in counted), Tally())
        rows.append(
            {
                "campagne": subject.campaign.code,
                "pilier": pillar.title,
                "demandees": tally.asked,
                "utilisables": tally.usable,
                "part_utilisable": tally.share,
                "inutilisables": tally.rest,
            }
        )
    return table_of(PILLARS, rows)


def tally_of(subject: Subject, campaign: Campaign, partner: str, pillar: str = "") -> Tally:
    """What became of what was asked of `partner`, of one pillar only where it is given."""
    submission = subject.returns.get((campaign.code, partner))
    given = _given(submission) if submission else {}
    wanted = asked_answers(subject.framework, campaign.code, partner)
    lines = subject.framework.line
    counts = Counter(
        _fate(subject, given.get(key)) for key in wanted if not pillar or lines[key[0]].measure.pillar == pillar
    )
    return Tally(counts["usable"], counts["without_figure"], counts["blank"])


def _given(submission: Submission) -> Mapping[tuple[str, Quantity], Observation]:
    return {(seen.line, seen.quantity): seen for seen in submission.observations}


def _fate(subject: Subject, seen: Observation | None) -> str:
    """The field of `Tally` that counts the answer, or another word."""
    kind = seen.entry.answer.kind if seen else AnswerKind.BLANK
    if seen is None or kind is AnswerKind.BLANK:
        return "blank"
    if subject.is_aside(seen):
        return "aside"
    if kind in NO_FIGURE:
        return "without_figure"
    return "excused" if kind is AnswerKind.NOT_APPLICABLE else "usable"


def _return_row(subject: Subject, partner: str, submission: Submission) -> Mapping[str, Any]:
    tally = tally_of(subject, subject.campaign, partner)
    figures = _figures(subject, submission)
    return {
        "campagne": subject.campaign.code,
        "partenaire": partner,
        "fichier": submission.file,
        "nom": subject.framework.partner[partner].name,
        "demandees": tally.asked,
        "utilisables": tally.usable,
        "part_utilisable": tally.share,
        "inutilisables": tally.rest,
        "nd": tally.without_figure,
        **_lines(subject, partner, submission),
        **_former(subject, partner, tally),
        **_round(subject, figures),
        **_repeated(subject, figures),
        **_zeros(subject, figures),
    }


def _lines(subject: Subject, partner: str, submission: Submission) -> Mapping[str, Any]:
    """How many lines the return holds beside those asked; nothing is expected where a STR rule has spoken."""
    asked = [line.code for line in subject.framework.lines_for(partner)]
    held = {seen.line for seen in submission.observations}
    missing = [code for code in asked if code not in held]
    listed = ", ".join(missing[:MISSING_SHOWN]) + ("…" if len(missing) > MISSING_SHOWN else "")
    told = any(
        one.place.file in submission.files and find_rule(one.code).looks_at is LooksAt.STRUCTURE
        for one in subject.assessment.findings
        if one.severity is not Severity.INFO
    )
    return {
        "lignes": float(len(held)),
        "lignes_demandees": None if told else float(len(asked)),
        "absentes": listed or "aucune",
    }


def _former(subject: Subject, partner: str, tally: Tally) -> Mapping[str, Any]:
    """The same share of answers without figure in the partner's former return; nothing where half is unusable now."""
    former = subject.former
    before = tally_of(subject, former, partner) if former and (former.code, partner) in subject.returns else Tally()
    now, then = percent(tally.without_figure, tally.asked), percent(before.without_figure, before.asked)
    half_empty = (tally.share or 0) < expectation(return_half_empty.code).floor
    return {
        "hausse_nd": None if now is None or then is None or half_empty else now - then,
        "nd_avant": before.without_figure,
        "demandees_avant": before.asked,
        "campagne_avant": former.code if former else "",
    }


def _figures(subject: Subject, submission: Submission) -> Sequence[Observation]:
    """The numbers that count, of measures that add up, and that nobody comments on."""
    wanted, lines = judged_quantity(subject.campaign), subject.framework.line
    return [
        seen
        for seen in submission.observations
        if seen.quantity is wanted
        and seen.line in lines
        and lines[seen.line].measure.adds_up
        and seen.entry.answer.number is not None
        and not (subject.is_aside(seen) or seen.comment)
    ]


def _round(subject: Subject, figures: Iterable[Observation]) -> Mapping[str, Any]:
    lines = subject.framework.line
    large = [one for one in figures if lines[one.line].measure.type == "nombre" and _number(one) >= LARGE]
    ends = [one for one in large if _number(one) % ROUND == 0]
    return {
        "grands_nombres": len(large),
        "ronds": len(ends),
        "part_ronde": percent(len(ends), len(large)),
        "cellules_rondes": cells_of(ends),
    }


def _repeated(subject: Subject, figures: Iterable[Observation]) -> Mapping[str, Any]:
    least = subject.framework.contract.change_minimum
    totals = [one for one in _totals(subject, figures) if abs(_number(one)) >= least]
    (value, times), *_ = Counter(map(_number, totals)).most_common(1) or [(0.0, 0)]
    return {
        "totaux": len(totals),
        "valeur_repetee": value,
        "repetitions": times,
        "part_repetee": percent(times, len(totals)),
        "cellules_repetees": cells_of(one for one in totals if _number(one) == value),
    }


def _zeros(subject: Subject, figures: Iterable[Observation]) -> Mapping[str, Any]:
    totals = _totals(subject, figures)
    zeros = [one for one in totals if _number(one) == 0]
    return {
        "totaux_saisis": len(totals),
        "zeros": len(zeros),
        "part_nulle": percent(len(zeros), len(totals)),
        "cellules_nulles": cells_of(zeros),
    }


def _totals(subject: Subject, figures: Iterable[Observation]) -> list[Observation]:
    """The totals among `figures`, without those that a rule ``=`` says to equal another."""
    repeats = {rule.left for rule in subject.framework.rules if rule.operator == SAME}
    lines = subject.framework.line
    return [one for one in figures if lines[one.line].category is None and one.line not in repeats]


def _number(seen: Observation) -> float:
    return seen.entry.answer.number or 0.0
