"""Texts as Excel is to take them: never as a formula, a number or a date."""

from __future__ import annotations

from cvsheet.reports.visible import visible

TEXT_SIGN = "'"
LONGEST = 32_000  # characters: a cell holds 32 767


def as_text(text: str) -> str:
    """`text` to be written in a cell: the leading sign makes it a text in every Excel, and is not shown."""
    return f"{TEXT_SIGN}{text[:LONGEST]}" if text else ""


def as_message(text: str) -> str:
    """The same for what may hold a partner's words: what would act or hide is shown as signs."""
    return as_text(visible(text))
