"""Where a line stands as it may be published: every figure a number, an empty answer, or masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from cvsheet.figures.changes import ChangeKind, change_of
from cvsheet.figures.consolidation import NOTHING, Consolidation
from cvsheet.figures.contributions import FOLLOWED, KEPT_SECRET
from cvsheet.figures.disclosure.confidentiality import Secrecy
from cvsheet.figures.disclosure.figures import VALUE, contexts, has_value, point_sources, retained
from cvsheet.figures.points import COMPUTED, Point
from cvsheet.figures.progress import Judgement, Situation, judge, schedule
from cvsheet.model.framework import Campaign, CampaignType, Direction, Line
from cvsheet.model.submission import AnswerKind, Quantity, judged_quantity

Shown: TypeAlias = float | AnswerKind | None
"""A published figure: a number; AnswerKind.SECRET where it is masked; another kind or None where there is no number."""

_Moved: TypeAlias = tuple[Shown, ChangeKind]

SECRET_SITUATION = "Secret statistique"
"""What stands for a situation that would tell something of a masked figure; it is counted apart."""


class FigureState(StrEnum):
    """What stands for a figure in open data."""

    PUBLISHED = "publiee"
    SECRET = "ns"
    NOT_AVAILABLE = "nd"
    NOT_APPLICABLE = "so"
    SET_ASIDE = "ecartee"
    ABSENT = "absente"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One line in one campaign. `progress` 1 is the target, `lag` in months, `change` against N-1, counted in
    `change_kind`."""

    line: Line
    campaign: Campaign
    baseline: Shown
    baseline_status: str
    baseline_date: date | None
    target: Shown
    target_status: str
    value: Shown
    change: Shown
    change_kind: ChangeKind
    progress: Shown
    expected: Shown
    lag: Shown
    situation: str


def shown(consolidation: Consolidation, secrecy: Secrecy, campaign: str, line: str, quantity: str = VALUE) -> Shown:
    """The figure as it is published."""
    if secrecy.hides(campaign, line, quantity):
        return AnswerKind.SECRET
    value = retained(consolidation, campaign, line, quantity)
    if value is not None:
        return value
    state = state_of(consolidation, secrecy, campaign, line, quantity)
    return AnswerKind(state.value) if state.value in ("ns", "nd", "so") else None


def state_of(consolidation: Consolidation, secrecy: Secrecy, campaign: str, line: str, quantity: str) -> FigureState:
    """Whether there is a number to publish, and why not."""
    if secrecy.hides(campaign, line, quantity):
        return FigureState.SECRET
    if retained(consolidation, campaign, line, quantity) is not None:
        return FigureState.PUBLISHED
    given = consolidation.typed.get((campaign, line, quantity), NOTHING).contributions
    decided = (campaign, line, quantity) in consolidation.arbitrated
    kinds = {one.kind for one in given if one.kept}
    told = (
        (KEPT_SECRET.value(decided, None, given), FigureState.SECRET),
        (decided, FigureState.SET_ASIDE),  # no value is retained
        (AnswerKind.NUMBER in kinds, FigureState.SET_ASIDE),  # it makes no value: its weight is missing
        (AnswerKind.NOT_AVAILABLE in kinds, FigureState.NOT_AVAILABLE),
        (kinds == {AnswerKind.NOT_APPLICABLE}, FigureState.NOT_APPLICABLE),
        (bool(given) and not kinds, FigureState.SET_ASIDE),
    )
    return next((state for so, state in told if so), FigureState.ABSENT)


def published_figures(consolidation: Consolidation) -> Iterator[tuple[str, Line, str]]:
    """Campaign, line and quantity of every figure of the campaigns that have answers, in the order of time."""
    answered = {(campaign, quantity) for campaign, _, quantity in consolidation.typed}
    for campaign, quantity in contexts(consolidation.framework):
        if (campaign, quantity) in answered:
            for line in consolidation.framework.line.values():
                proposed = line.measure.computed and quantity != VALUE
                if not proposed and has_value(consolidation, campaign, line, quantity):
                    yield campaign, line, quantity


def follow_up(consolidation: Consolidation, secrecy: Secrecy, line: Line, campaign: Campaign) -> FollowUp:
    """Where `line` stands in `campaign`: what is worked out from a masked figure is masked with it."""
    code, quantity = line.code, judged_quantity(campaign).value
    valued = has_value(consolidation, campaign.code, line, quantity)
    value = shown(consolidation, secrecy, campaign.code, code, quantity) if valued else None
    known = consolidation.point(code, Quantity.BASELINE, campaign.end)
    aim = consolidation.point(code, Quantity.TARGET, campaign.end)
    baseline = _shown_point(consolidation, secrecy, line, Quantity.BASELINE, campaign)
    target = _shown_point(consolidation, secrecy, line, Quantity.TARGET, campaign)
    judged = _judged(consolidation, line, campaign, known, aim)
    # Masks show by what there is, never by what was worked out: an empty lag would say that value and target are equal,
    # a share of a masked count that is « Non renseigné », or has no baseline, that there is nobody. A masked value has
    # one word, always; so has a masked share.
    figures = (value, baseline, target)
    shares = line.measure.computed and AnswerKind.SECRET in (baseline, target)
    followed = line.measure.direction is Direction.WATCH
    judgeable = not followed and all(_is_known(figure) for figure in figures)
    secret = judgeable and AnswerKind.SECRET in figures
    aim_secret = secret and (line.measure.computed or AnswerKind.SECRET in (baseline, target))
    told = _situation(consolidation, line, campaign, judged.situation, value)
    unsaid = value is AnswerKind.SECRET or (shares and not followed and _is_known(value))
    situation = SECRET_SITUATION if secret or unsaid else told
    change, kind = _change(consolidation, secrecy, line, campaign, value)
    return FollowUp(
        line=line,
        campaign=campaign,
        baseline=baseline,
        baseline_status=_status(line, baseline, known),
        baseline_date=None if known.value is None or (shares and baseline is AnswerKind.SECRET) else known.since,
        target=target,
        target_status=_status(line, target, aim),
        value=value,
        change=change,
        change_kind=kind,
        progress=AnswerKind.SECRET if secret else judged.progress,
        expected=AnswerKind.SECRET if aim_secret else judged.expected,
        lag=AnswerKind.SECRET if secret else judged.lag,
        situation=situation,
    )


def _judged(consolidation: Consolidation, line: Line, campaign: Campaign, known: Point, aim: Point) -> Judgement:
    """What is said of the value in `campaign`, whoever may know it."""
    framework, code = consolidation.framework, campaign.code
    value = retained(consolidation, code, line.code, judged_quantity(campaign).value)
    when = schedule(framework, code, known.since)
    return judge(value, known.value, aim.value, line.measure.direction, when, framework.contract)


def _status(line: Line, figure: Shown, known: Point) -> str:
    """The status of a baseline or a target. A masked share has one in any case: without, its denominator is zero."""
    masked = figure is AnswerKind.SECRET and line.measure.computed
    return known.status or (COMPUTED if masked else "")


def _shown_point(
    consolidation: Consolidation, secrecy: Secrecy, line: Line, quantity: Quantity, campaign: Campaign
) -> Shown:
    """The baseline or the target known at the end of `campaign`, masked with any figure that it is or is made of."""
    known = consolidation.point(line.code, quantity, campaign.end)
    sources = point_sources(consolidation, line, quantity, campaign.end)
    if any(secrecy.hides(*key) for key in sources):
        return AnswerKind.SECRET
    return known.value


def unfilled_situation(value: Shown) -> str:
    """The word for a line without a number: a value that partners keep secret is not one that they owe."""
    return SECRET_SITUATION if value is AnswerKind.SECRET else Situation.NOT_FILLED.value


def _is_known(figure: Shown) -> bool:
    """Whether there is a number, shown or masked."""
    return figure is AnswerKind.SECRET or (figure is not None and not isinstance(figure, AnswerKind))


def _situation(consolidation: Consolidation, line: Line, campaign: Campaign, judged: Situation, value: Shown) -> str:
    """The situation where nothing of it is secret; a value that a partner kept secret cannot be judged either."""
    if has_value(consolidation, campaign.code, line, judged_quantity(campaign).value):
        return unfilled_situation(value) if judged is Situation.NOT_FILLED else judged.value
    given = consolidation.typed.get((campaign.code, line.code, judged_quantity(campaign).value), NOTHING).contributions
    return FOLLOWED.value(given, line.measure).value


def _change(consolidation: Consolidation, secrecy: Secrecy, line: Line, campaign: Campaign, value: Shown) -> _Moved:
    """Against N-1; masked with either of the two values. What it is counted in is known of shown figures only."""
    before = consolidation.before(campaign) if campaign.type is CampaignType.YEARLY else None
    if before is None or value is None:
        return None, ChangeKind.RELATIVE
    former = shown(consolidation, secrecy, before.code, line.code)
    if AnswerKind.SECRET in (value, former):
        return AnswerKind.SECRET, ChangeKind.RELATIVE
    if isinstance(value, AnswerKind) or isinstance(former, AnswerKind) or former is None:
        return None, ChangeKind.RELATIVE
    change = change_of(line.measure, former, value)
    return change.amount, change.kind
