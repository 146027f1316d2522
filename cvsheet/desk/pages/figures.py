"""Figures as the pages show them: the words of the master, the colours of situations."""

from __future__ import annotations

from cvsheet.books.kit.charts import GROUPS, SituationGroup
from cvsheet.books.master.content import MasterContent
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY
from cvsheet.figures.follow_up import shown
from cvsheet.model.framework import Line
from cvsheet.model.submission import Quantity
from cvsheet.text.french import french_number

NOTHING = "–"


def group_of(situation: str) -> SituationGroup:
    """The group that a situation is counted in."""
    return next(group for group in GROUPS if situation in group.situations)


def kind_of(situation: str) -> str:
    """The class that colours a situation."""
    return group_of(situation).kind


def figure_text(value: float | None) -> str:
    """A number as a French reader expects it; a dash, never a zero, where there is none."""
    return NOTHING if value is None else french_number(value)


def value_text(content: MasterContent, campaign: str, line: Line, quantity: Quantity) -> str:
    """What is retained of a line: its number, else its texts, else why there is none."""
    number = content.consolidation.retained(campaign, line.code, quantity)
    if number is not None:
        return french_number(number)
    result = content.consolidation.result(campaign, line.code, quantity)
    return result.text or word_of(content, campaign, line, quantity) or NOTHING


def word_of(content: MasterContent, campaign: str, line: Line, quantity: Quantity) -> str:
    """Why there is no number: *nd*, *ns*, *so*; empty where nobody says."""
    told = shown(content.consolidation, NO_SECRECY, campaign, line.code, quantity.value)
    return told.value if told is not None and not isinstance(told, float | int) else ""
