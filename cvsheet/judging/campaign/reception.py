"""Who was asked, who answered, with what: a row per partner and campaign, for *Réception* and `cvsheet status`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.identity import has_answers
from cvsheet.judging.files.unusable import UnusableFile, unusable_files
from cvsheet.model.findings import Severity
from cvsheet.model.framework import CampaignType, Direction, Framework, Line
from cvsheet.model.groups import grouped
from cvsheet.model.submission import AnswerKind, Entry, Quantity, Submission
from cvsheet.text.french import french_count, french_list

NO_ANSWER = (AnswerKind.BLANK, AnswerKind.UNREADABLE)


class Standing(StrEnum):
    """Where a partner stands in a campaign, the most urgent first. The values are shown."""

    OVERDUE = "en retard"  # nothing came, the deadline has passed
    UNUSABLE = "inutilisable"  # a file came, and none that counts
    UNFILED = "à extraire"  # an answer came, and still lies in a message, an archive or behind a link
    UNSENT = "pas envoyé"  # nothing came, and nothing was asked yet
    EMPTY = "revenu vide"
    AWAITED = "rien reçu"  # nothing came, nothing tells that the deadline has passed
    INCOMPLETE = "incomplet"
    TO_CORRECT = "à corriger"  # everything is answered, not everything rightly
    COMPLETE = "complet"


URGENCY = tuple(Standing)
ANSWERED = (Standing.COMPLETE, Standing.TO_CORRECT)
"""Where nothing more is awaited: nobody is reminded."""
NOT_LATE = (*ANSWERED, Standing.UNFILED, Standing.UNSENT)
"""Whom no reminder is for."""


@dataclass(frozen=True, slots=True)
class PillarShare:
    """What is asked of a partner in one pillar and what is given; `lines` and `actions` count what misses an answer.

    In a `référence` campaign a line asks for two answers, its baseline and its target.
    """

    pillar: str
    expected: int
    answered: int
    lines: int
    actions: int

    @property
    def complete(self) -> bool:
        return self.answered == self.expected

    @property
    def percent(self) -> int:
        """Rounded down: only what is complete is at 100."""
        return 100 * self.answered // self.expected


@dataclass(frozen=True, slots=True)
class Reception:
    """One partner in one campaign. `file` is empty while nothing usable has come; `saved_at` is what the file says.

    `expected` counts the answers that are asked for, the status of each action among them, `answered` those given, nd,
    ns and so among them. `filled` says whether `file` holds anything at all. `versions` counts the files that can be
    used, of which `file` is the one that counts, together with the `joined` ones; `unusable` are the others.
    `late_days` counts from the deadline: to the day on which `file` was saved or, while there is none, to the day of
    asking. `sent` says whether its workbook was prepared, as far as one knows.
    """

    campaign: str
    partner: str
    name: str
    pillars: tuple[PillarShare, ...] = ()
    file: str = ""
    saved_at: datetime | None = None
    filled: bool = False
    versions: int = 0
    errors: int = 0
    warnings: int = 0
    late_days: int = 0
    unusable: tuple[UnusableFile, ...] = ()
    joined: tuple[str, ...] = ()
    sent: bool = True

    @property
    def files(self) -> tuple[str, ...]:
        """The files that count; none while nothing usable has come."""
        return (self.file, *self.joined) if self.file else ()

    @property
    def standing(self) -> Standing:
        """The first that holds."""
        if not self.file:
            return self._standing_without_return
        if not self.filled:
            return Standing.EMPTY
        if not all(share.complete for share in self.pillars):
            return Standing.INCOMPLETE
        return Standing.TO_CORRECT if self.errors else Standing.COMPLETE

    @property
    def _standing_without_return(self) -> Standing:
        if self.unfiled:
            return Standing.UNFILED
        if self.unusable:
            return Standing.UNUSABLE
        if not self.sent:
            return Standing.UNSENT
        return Standing.OVERDUE if self.late_days else Standing.AWAITED

    @property
    def unfiled(self) -> tuple[UnusableFile, ...]:
        """The files out of which whoever filed them must take the answer."""
        return tuple(one for one in self.unusable if one.unfiled)

    @property
    def expected(self) -> int:
        return sum(share.expected for share in self.pillars)

    @property
    def answered(self) -> int:
        return sum(share.answered for share in self.pillars)

    @property
    def percent(self) -> int | None:
        """Rounded down; None where nothing is asked."""
        return 100 * self.answered // self.expected if self.expected else None


def reception(
    framework: Framework,
    assessment: Assessment,
    campaign: str,
    today: date | None = None,
    unusable: Sequence[UnusableFile] | None = None,
    sent: Collection[str] | None = None,
) -> tuple[Reception, ...]:
    """The partners asked in `campaign`, in the order of the framework, then those who answered without being asked.

    `today` tells who is late; without it nobody is who sent nothing. `unusable` are the `unusable_files`, for who has
    them already: of many stray files they take long. `sent` are the partners whose workbooks were prepared, None where
    all were.
    """
    current = {
        one.identity.partner: one for one in assessment.current if one.identity and one.identity.campaign == campaign
    }
    asked = [one.code for one in framework.partners_asked(campaign)]
    severities = Counter((finding.place.file, finding.severity) for finding in assessment.findings)
    versions = Counter(assessment.superseded.values())
    unusable = unusable_files(framework, assessment) if unusable is None else unusable
    theirs = grouped((one.partner, one) for one in unusable if one.campaign in ("", campaign))
    rows = []
    for code in dict.fromkeys([*asked, *current]):
        submission = current.get(code)
        asked_of = Reception(
            campaign,
            code,
            framework.partner[code].name,
            _shares(framework, campaign, code, submission),
            late_days=_days_late(framework, campaign, code, submission, today),
            sent=sent is None or code in sent,
            unusable=tuple(theirs.get(code, ())),
        )
        rows.append(asked_of if submission is None else _answered(asked_of, submission, severities, versions))
    return tuple(rows)


def _answered(
    row: Reception,
    submission: Submission,
    severities: Mapping[tuple[str, Severity], int],
    versions: Mapping[str, int],
) -> Reception:
    """`row` with the return that came; both counts are by file."""
    return replace(
        row,
        file=submission.file,
        saved_at=submission.saved_at,
        filled=has_answers(submission),
        joined=submission.files[1:],
        versions=sum(1 + versions[file] for file in submission.files),
        errors=sum(severities[file, Severity.ERROR] for file in submission.files),
        warnings=sum(severities[file, Severity.WARNING] for file in submission.files),
    )


def asked_answers(framework: Framework, campaign: str, partner: str) -> frozenset[tuple[str, Quantity]]:
    """The answers to lines that a complete return holds: required lines, and their targets where some are expected."""
    yearly = framework.campaign[campaign].type is CampaignType.YEARLY
    lines = (line for line in framework.lines_for(partner) if line.required)
    return frozenset((line.code, quantity) for line in lines for quantity in _asked_of(line, yearly=yearly))


def pillar_shares(rows: Sequence[Reception]) -> tuple[PillarShare, ...]:
    """What is asked of all partners of `rows` together in each pillar, and what is given."""
    shares: dict[str, PillarShare] = {}
    for share in (one for row in rows for one in row.pillars):
        known = shares.get(share.pillar, PillarShare(share.pillar, 0, 0, 0, 0))
        shares[share.pillar] = PillarShare(
            share.pillar,
            known.expected + share.expected,
            known.answered + share.answered,
            known.lines + share.lines,
            known.actions + share.actions,
        )
    return tuple(shares.values())


def by_urgency(rows: Sequence[Reception]) -> tuple[Reception, ...]:
    """Whom to call first: `rows` by standing, the latest first in each, else in their order."""
    return tuple(sorted(rows, key=lambda row: (URGENCY.index(row.standing), -row.late_days)))


def unattributed(unusable: Sequence[UnusableFile], campaign: str | None = None) -> tuple[UnusableFile, ...]:
    """Those of the `unusable` files whose names tell no partner, other campaigns than `campaign` aside."""
    return tuple(one for one in unusable if not one.partner and (campaign is None or one.campaign in ("", campaign)))


def missing_words(share: PillarShare) -> str:
    """``3 lignes et 2 actions``; empty where nothing is missing."""
    words = [french_count(share.lines, "ligne")] if share.lines else []
    words += [french_count(share.actions, "action")] if share.actions else []
    return french_list(words)


def latest_saving(assessment: Assessment) -> date | None:
    """The day on which the last of the files received was saved: today is no earlier. None where no file says."""
    days = [one.submission.saved_at.date() for one in assessment.received
            if one.submission is not None and one.submission.saved_at is not None]  # fmt: skip
    return max(days, default=None)


def _days_late(
    framework: Framework, campaign: str, partner: str, submission: Submission | None, today: date | None
) -> int:
    deadline = framework.campaign[campaign].deadline_for(partner)
    day = today
    if submission is not None:
        day = submission.saved_at.date() if submission.saved_at else None
    return max(0, (day - deadline).days) if day and deadline else 0


def _shares(
    framework: Framework, campaign: str, partner: str, submission: Submission | None
) -> tuple[PillarShare, ...]:
    """The pillars that concern `partner`, in their order."""
    answered, reported = _given(submission)
    yearly = framework.campaign[campaign].type is CampaignType.YEARLY
    asked = asked_answers(framework, campaign, partner)
    actions = framework.actions_for(partner) if yearly else ()
    shares = []
    for pillar in framework.pillars:
        lines = {key for key in asked if framework.line[key[0]].measure.pillar == pillar.code}
        own = {action.code for action in actions if framework.pillar_of_action(action) == pillar.code}
        missing, waiting = lines - answered, own - reported
        expected = len(lines) + len(own)
        if expected:
            given = expected - len(missing) - len(waiting)
            shares.append(PillarShare(pillar.code, expected, given, len({code for code, _ in missing}), len(waiting)))
    return tuple(shares)


def _given(submission: Submission | None) -> tuple[frozenset[tuple[str, Quantity]], frozenset[str]]:
    """The lines that are answered, and the actions whose status is."""
    if submission is None:
        return frozenset(), frozenset()
    answered = {(seen.line, seen.quantity) for seen in submission.observations if _is_answer(seen.entry)}
    reported = {
        report.action
        for report in submission.actions
        if "statut" in report.entries and _is_answer(report.entries["statut"])
    }
    return frozenset(answered), frozenset(reported)


def _is_answer(entry: Entry) -> bool:
    return entry.answer.kind not in NO_ANSWER


def _asked_of(line: Line, *, yearly: bool) -> tuple[Quantity, ...]:
    """No target on texts, nor on what is followed without judgement."""
    if yearly:
        return (Quantity.VALUE,)
    judged = not line.measure.is_text and line.measure.direction is not Direction.WATCH
    return (Quantity.BASELINE, Quantity.TARGET) if judged else (Quantity.BASELINE,)
