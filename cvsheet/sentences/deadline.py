"""The last day to answer: as a person types it, and what is said where it is past."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cvsheet.text.french import french_count, french_date

if TYPE_CHECKING:
    from cvsheet import AtHand

FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")
IN_DAYS = re.compile(r"\+?(\d{1,4}) ?j(?:ours?)?")  # 30j, 30 jours
DAYS_GIVEN = 14  # of the date that is proposed


def read_day(text: str) -> date | None:
    """The day that `text` names, as a French keyboard types it, as programs do, or in so many days; None where it is
    none."""
    if match := IN_DAYS.fullmatch(text.strip().lower()):
        return date.today() + timedelta(days=int(match[1]))
    for form in FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def day_proposed(today: date) -> date:
    """A new last day, where a person is asked for one."""
    return today + timedelta(days=DAYS_GIVEN)


def heading(hand: AtHand, before: date | None) -> str:
    """What is said first of the campaign at hand, with the new last day `before` where one was given."""
    return replace(hand, limit=before or hand.limit).heading


def is_past(hand: AtHand, today: date) -> str:
    """That nobody can answer in time any more: since when. The campaign has a last day."""
    assert hand.limit is not None, "asked of a campaign that is overdue"
    return (
        f"La date limite de « {hand.campaign.title} » ({hand.campaign.code}) est passée depuis "
        f"{french_count((today - hand.limit).days, 'jour')} : c’était le {french_date(hand.limit)}."
    )
