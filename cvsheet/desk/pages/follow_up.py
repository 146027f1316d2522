"""*Suivi*: where each indicator of a pillar stands, with its chart; every figure opens into its contributions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from cvsheet.books.kit.charts import GROUPS, SituationGroup
from cvsheet.books.master.content import MasterContent
from cvsheet.desk.office import Office
from cvsheet.desk.pages import render, seen_in
from cvsheet.desk.pages.figures import figure_text, group_of, kind_of, value_text, word_of
from cvsheet.figures.points import held
from cvsheet.model.framework import Line, Pillar
from cvsheet.model.groups import grouped
from cvsheet.model.submission import Quantity
from cvsheet.reports.charts import DatedFigure, IndicatorChart, chart_svg
from cvsheet.text.french import french_count, french_date, french_part

SituationCounts = tuple[tuple[SituationGroup, str, int], ...]


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure as text, and the address of its contributions, empty where it has none; `note` says what it is."""

    text: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A line of the contract: its figures, those of `values` in the order of the campaigns."""

    code: str
    label: str
    unit: str
    is_total: bool
    baseline: OpenedFigure
    values: tuple[OpenedFigure, ...]
    target: OpenedFigure
    progress: str
    lag: str
    situation: str
    kind: str


@dataclass(frozen=True, slots=True)
class FollowedIndicator:
    """An indicator with its chart and its lines; its situation is that of the line that stands for it."""

    code: str
    title: str
    situation: str
    sign: str
    kind: str
    chart: Markup
    lines: tuple[FollowedLine, ...]


@dataclass(frozen=True, slots=True)
class FollowedPriority:
    """A priority with its indicators."""

    title: str
    indicators: tuple[FollowedIndicator, ...]


def follow_up_page(office: Office, request: Request) -> str:
    """The indicators of the pillar that is asked for, by default the first, in the campaign asked for."""
    seen = seen_in(office)
    campaign = seen.campaign(request.query_params.get("campagne") or None)
    content = seen.content(campaign.code)
    pillars = {pillar.code: pillar for pillar in seen.framework.pillars}
    pillar = pillars.get(request.query_params.get("pilier", ""), seen.framework.pillars[0])
    return render(
        office,
        "follow_up.html",
        page="suivi",
        campaigns=content.answered_campaigns[::-1],
        campaign=campaign,
        columns=[one.code for one in content.campaigns],
        day=french_date(campaign.end),
        pillar=pillar,
        pillars=[(one, counts_of(content, one)) for one in seen.framework.pillars],
        counts=counts_of(content),
        priorities=priorities_of(content, pillar),
    )


def counts_of(content: MasterContent, pillar: Pillar | None = None) -> SituationCounts:
    """How many indicators of `pillar`, by default of all, are in each group of situations."""
    lines = [one for one in content.headline_lines if pillar is None or one.measure.pillar == pillar.code]
    found = Counter(group_of(content.shown_situation(line)).title for line in lines)
    return tuple((group, group.kind, found[group.title]) for group in GROUPS if found[group.title])


def priorities_of(content: MasterContent, pillar: Pillar) -> tuple[FollowedPriority, ...]:
    """The priorities of `pillar` that have indicators, in their order."""
    framework = content.framework
    by_priority = grouped((line.measure.priority, line) for line in framework.lines_of(pillar))
    return tuple(
        FollowedPriority(
            f"{code} {framework.priority[code].title}" if code in framework.priority else code,
            tuple(_indicator(content, own) for own in grouped((one.measure.indicator, one) for one in lines).values()),
        )
        for code, lines in by_priority.items()
    )


def _indicator(content: MasterContent, lines: Sequence[Line]) -> FollowedIndicator:
    headlines = content.framework.headlines
    first = next((one for one in lines if one.category is None and one.measure.code in headlines), lines[0])
    situation = content.shown_situation(first)
    return FollowedIndicator(
        first.measure.indicator,
        first.measure.indicator_title,
        situation,
        group_of(situation).sign,
        kind_of(situation),
        _chart(content, first, situation),
        tuple(_line(content, line) for line in lines),
    )


def _line(content: MasterContent, line: Line) -> FollowedLine:
    judged, situation = content.judgements[line.code], content.shown_situation(line)
    values = tuple(
        OpenedFigure(value_text(content, one.code, line, Quantity.VALUE), address_of(one.code, line, Quantity.VALUE))
        for one in content.campaigns
    )
    return FollowedLine(
        line.code,
        line.full_title if line.category is None else line.label,
        "" if line.category else line.measure.unit,
        line.category is None,
        _point(content, line, Quantity.BASELINE),
        values,
        _point(content, line, Quantity.TARGET),
        "" if judged.progress is None else french_part(judged.progress),
        _lag(judged.lag),
        situation,
        kind_of(situation),
    )


def _lag(months: float | None) -> str:
    """``4 mois de retard``; nothing of less than a month."""
    whole = 0 if months is None else round(months)
    words = french_count(abs(whole), "mois", "mois")
    return "" if not whole else f"{words} de retard" if whole > 0 else f"{words} d’avance"


def _point(content: MasterContent, line: Line, quantity: Quantity) -> OpenedFigure:
    """A baseline or a target with its status, and the campaign whose answers it comes from."""
    known = content.point(line.code, quantity)
    if line.measure.is_text:
        return OpenedFigure("")
    origin = known.campaign or next(
        (
            one.code
            for one in held(content.framework, content.campaign.end)
            if content.consolidation.result(one.code, line.code, quantity).contributions
        ),
        "",
    )
    return OpenedFigure(figure_text(known.value), address_of(origin, line, quantity) if origin else "", known.status)


def address_of(campaign: str, line: Line, quantity: Quantity) -> str:
    """Where the contributions to a figure are shown."""
    return f"/contributions?{urlencode({'campagne': campaign, 'ligne': line.code, 'grandeur': quantity.value})}"


def _chart(content: MasterContent, line: Line, situation: str) -> Markup:
    """The values of the yearly campaigns between baseline and target."""
    if line.measure.is_text:
        return Markup()
    values = tuple(
        DatedFigure(
            one.end,
            content.consolidation.retained(one.code, line.code),
            word_of(content, one.code, line, Quantity.VALUE),
        )
        for one in content.campaigns
    )
    baseline, target = (content.point(line.code, one) for one in (Quantity.BASELINE, Quantity.TARGET))
    chart = IndicatorChart(
        f"{line.measure.indicator_title} : {situation}",
        values,
        DatedFigure(baseline.since, baseline.value),
        DatedFigure(content.framework.contract.end, target.value),
        group_of(situation).sign,
        kind_of(situation),
    )
    return chart_svg(chart)
