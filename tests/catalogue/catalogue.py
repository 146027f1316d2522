"""The whole catalogue, in the order of the table."""

from __future__ import annotations

from . import entries, files, rows, sheets
from .verdicts import Case, Elsewhere

CASES: tuple[Case, ...] = (*files.CASES, *sheets.CASES, *rows.CASES, *entries.CASES)
ELSEWHERE: tuple[Elsewhere, ...] = (*files.ELSEWHERE, *sheets.ELSEWHERE, *entries.ELSEWHERE)
