"""The days and years that nobody is asked about: those of the contract and of the campaign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cvsheet.model.framework import Campaign, Framework

YEARS_BEFORE = 15  # a baseline this much older than the contract is asked about


def likely_days(framework: Framework, campaign: Campaign) -> Mapping[str, tuple[date, date]]:
    """Column of a date or a year -> the first and the last day that is not asked about."""
    start, end = min(framework.contract.start, campaign.start), max(framework.contract.end, campaign.end)
    opening, closing = date(start.year, 1, 1), date(end.year, 12, 31)
    return {
        "debut": (opening, end),
        "fin": (start, closing),
        "annee_reference": (date(start.year - YEARS_BEFORE, 1, 1), date(campaign.end.year, 12, 31)),
        "annee_cible": (date(start.year - YEARS_BEFORE, 1, 1), closing),
    }
