"""A workbook that counts its days from 1904: every date moves by 1,462 days, and cvsheet says so, xlsx and ods."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cvsheet.books.partner.reading import read_returned
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.submission import StructureKind, Submission
from tests.conftest import Convert
from tests.returned.conftest import Returns, amboise, damaged, facts, workbook

PARTNER, ACTION = next((who.code, one.code) for who in amboise().partners for one in amboise().actions_for(who.code))
TYPED = {(ACTION, "statut"): "En cours", (ACTION, "debut"): date(2021, 1, 15)}
SENT = workbook(PARTNER, "2021", TYPED)
FACTS = {"found": "01/01/1904", "shift": 1462, "count": 1}


def from_1904(book: Workbook) -> None:
    """The setting of Excel for Mac, on a workbook whose days were counted from 1900: what is stored stays."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, datetime):
                    cell.value, cell.number_format = (cell.value - datetime(1899, 12, 30)).days, "dd/mm/yyyy"
    book.epoch = CALENDAR_MAC_1904


def start(submission: Submission) -> date | None:
    report = next(report for report in submission.actions if report.action == ACTION)
    return report.entries["debut"].answer.day


def hint_of(submission: Submission) -> object:
    (fact,) = facts(submission, StructureKind.DAYS_FROM_ELSEWHERE)
    assert {name: fact.facts[name] for name in FACTS} == FACTS
    return fact.facts["hint"]


def test_a_workbook_as_it_was_sent_says_nothing(returns: Returns) -> None:
    read = returns.read(SENT)
    assert start(read) == date(2021, 1, 15)
    assert not facts(read, StructureKind.DAYS_FROM_ELSEWHERE)


def test_days_from_1904_are_read_as_they_show_and_said(returns: Returns) -> None:
    read = returns.read(damaged(SENT, from_1904))
    assert start(read) == date(2025, 1, 16)
    assert "16/01/2025, peut-être 15/01/2021 à l’origine." in str(hint_of(read))


def test_so_are_those_of_libreoffice_in_both_formats(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "retour.xlsx"
    path.write_bytes(damaged(SENT, from_1904))
    for extension in ("ods", "xlsx"):
        saved = libreoffice(path, extension)
        read = read_returned(saved, amboise(), saved.name)
        assert start(read) == date(2025, 1, 16)
        assert "peut-être 15/01/2021 à l’origine." in str(hint_of(read))


def test_an_ods_from_the_usual_day_says_nothing(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "retour.xlsx"
    path.write_bytes(SENT)
    saved = libreoffice(path, "ods")
    assert not facts(read_returned(saved, amboise(), saved.name), StructureKind.DAYS_FROM_ELSEWHERE)


def test_the_coordination_reads_both_days_and_is_asked_about_the_year(returns: Returns) -> None:
    read = returns.read(damaged(SENT, from_1904))
    found = {one.code: one for one in assess(amboise(), [Received(read.file, read)]).findings}
    assert {"STR-039", "VAL-022"} <= set(found)
    said = find_rule("STR-039").message(found["STR-039"]).replace("\u00a0", " ")
    assert said.startswith("Le classeur compte les jours depuis le 01/01/1904 et non depuis 1900 : ses dates (1)")
