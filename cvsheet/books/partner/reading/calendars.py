"""Whether the days of a workbook are counted from another day than in the one that was sent.

A spreadsheet stores a date as a number of days; which day is 0 is a setting of the workbook. Excel's « calendrier
depuis 1904 » shows every date that was typed before 1,462 days later, and no cell tells. An .ods stores the days in
full, as they were shown when it was saved: the setting tells there too that they may have moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cvsheet.files.grid.model import DAY_ZERO
from cvsheet.model.findings import Fact
from cvsheet.model.submission import ActionReport, Entry, Form, StructureFact, StructureKind
from cvsheet.text.french import french_date


def calendar_facts(first_day: date, reports: Sequence[ActionReport]) -> Iterator[StructureFact]:
    """The fact that days are counted from `first_day`, with the first of the dates of `reports` as it may have been."""
    if first_day == DAY_ZERO:
        return
    shift = first_day - DAY_ZERO
    dates = [
        (report.sheet, entry, entry.answer.day)
        for report in reports
        for entry in report.entries.values()
        if entry.answer.day is not None and _is_counted(entry)
    ]
    hint = ""
    for sheet, entry, day in dates[:1]:
        was = french_date(day - shift) if day.toordinal() > shift.days else "une autre date"
        hint = f" Feuille « {sheet} », {entry.cell} : {french_date(day)}, peut-être {was} à l’origine."
    facts: dict[str, Fact] = {
        "found": french_date(first_day), "shift": shift.days, "count": len(dates), "hint": hint,
    }  # fmt: skip
    yield StructureFact(StructureKind.DAYS_FROM_ELSEWHERE, facts=facts)


def _is_counted(entry: Entry) -> bool:
    """Whether the day was read from a number of days, and not from a text."""
    return entry.form in (Form.PLAIN, Form.FORMULA)
