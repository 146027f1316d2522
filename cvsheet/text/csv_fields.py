"""Texts as the fields of a CSV file that is opened in a spreadsheet."""

from __future__ import annotations

ACTING = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts so is taken for a formula when the CSV is opened in a spreadsheet."""
PREFIX = "'"


def disarmed(text: str) -> str:
    """`text`, with an apostrophe before what would act."""
    kept = clean(text)
    return PREFIX + kept if kept.startswith(ACTING) else kept


def clean(text: str) -> str:
    """`text` without what UTF-8 or a reader of CSV cannot hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
