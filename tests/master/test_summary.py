"""*Synthèse*: what waits for a decision and what moved most, as the steering committee reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit.book import Book, put
from cvsheet.books.kit.style import WHOLE
from cvsheet.books.kit.tables import never_rounded_up
from cvsheet.books.master.decisions import NOTHING_WRITTEN, Arbitration, Coordination
from cvsheet.books.master.writing import MasterContent
from cvsheet.books.master.writing.summary_lists import moves_of, waiting_of
from cvsheet.figures.consolidation import aggregate
from cvsheet.files.scalars import answer_of
from cvsheet.judging.campaign.reception import Reception
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Direction, Framework, Reference
from cvsheet.text.french import french_part
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, framework, measure

KNOWN = {
    code: Reference(10, 2019, "validée", 40, 2023, "validée") for code in ("UP.M1", "DOWN.M1", "FALL.M1", "SEEN.M1")
}
CONTRACT = framework(
    measure("UP.M1"),
    measure("DOWN.M1", "source unique"),
    measure("FALL.M1", direction=Direction.FALL),
    measure("SEEN.M1", direction=Direction.WATCH),
    references=KNOWN,
)


def content(
    *rows: str,
    contract: Framework = CONTRACT,
    findings: tuple[Finding, ...] = (),
    receptions: tuple[Reception, ...] = (),
    decided: Coordination = NOTHING_WRITTEN,
) -> MasterContent:
    table = answers(*rows)
    assessment = Assessment((), (), as_table(table), findings)
    judged = contract.campaign["2021"]
    return MasterContent(contract, aggregate(contract, table), assessment, judged, receptions, (), decided)


@pytest.mark.parametrize(
    ("former", "now", "ahead", "back"),
    [
        ("2020 A UP.M1 10", "2021 A UP.M1 15", ["UP.M1"], []),
        ("2020 A UP.M1 10", "2021 A UP.M1 8", [], ["UP.M1"]),
        ("2020 A FALL.M1 10", "2021 A FALL.M1 8", ["FALL.M1"], []),
        ("2020 A SEEN.M1 10", "2021 A SEEN.M1 90", [], []),
        ("2020 A UP.M1 10", "2021 A UP.M1 10", [], []),
        ("2020 A UP.M1 0", "2021 A UP.M1 10", ["UP.M1"], []),
        ("2020 A UP.M1 -100", "2021 A UP.M1 -65", ["UP.M1"], []),
        ("2020 A FALL.M1 -60", "2021 A FALL.M1 -90", ["FALL.M1"], []),
        ("2020 A UP.M1 -60", "2021 A UP.M1 -90", [], ["UP.M1"]),
        ("2020 A UP.M1 10", "2021 A UP.M1 nd", [], []),
    ],
)
def test_a_move_is_progress_in_the_direction_of_its_measure(
    former: str, now: str, ahead: list[str], back: list[str]
) -> None:
    found = moves_of(content(former, now))
    assert tuple([move.line.code for move in moves] for moves in found) == (ahead, back)


def test_the_strongest_moves_come_first() -> None:
    ahead, _ = moves_of(content("2020 A UP.M1 10", "2021 A UP.M1 11", "2020 A DOWN.M1 10", "2021 A DOWN.M1 15"))
    assert [move.line.code for move in ahead] == ["DOWN.M1", "UP.M1"]


def test_moves_without_a_percentage_come_after_those_with_one() -> None:
    ahead, _ = moves_of(content("2020 A UP.M1 -10", "2021 A UP.M1 90", "2020 A DOWN.M1 10", "2021 A DOWN.M1 11"))
    assert [move.line.code for move in ahead] == ["DOWN.M1", "UP.M1"]


def words(given: MasterContent, orphans: int = 0) -> list[str]:
    return [f"{one.words} > {one.sheet}".replace("\u00a0", " ") for one in waiting_of(given, orphans)]


def test_nothing_waits_in_a_campaign_that_is_in_order() -> None:
    assert words(content("2021 A UP.M1 15")) == []


def test_notes_that_lost_their_row_wait_where_they_are_seen() -> None:
    assert words(content("2021 A DOWN.M1 15"), orphans=2)[-1] == (
        "2 notes sans ligne, à reprendre ou à effacer > Notes orphelines"
    )


def test_an_error_a_disagreement_and_a_silent_partner_wait() -> None:
    error = Finding("VAL-003", Severity.ERROR)
    disagreement = Finding(
        "ENS-001", Severity.WARNING, line="DOWN.M1", campaign="2021", partner="B", facts={"value": 5.0}
    )
    silent = Reception("2021", "C", "Partenaire C")
    given = content("2021 A DOWN.M1 15", "2021 B DOWN.M1 5", findings=(error, disagreement), receptions=(silent,))
    assert words(given) == [
        "1 erreur à corriger par les partenaires > Anomalies",
        "1 désaccord à trancher > Conflits",
        "1 partenaire à relancer > Réception",
    ]


def test_a_disagreement_that_was_arbitrated_waits_no_more_but_wants_its_motive() -> None:
    disagreement = Finding(
        "ENS-001", Severity.WARNING, line="DOWN.M1", campaign="2021", partner="B", facts={"value": 5.0}
    )
    decision = Arbitration("2021", "DOWN.M1", 12, answer_of(12))
    rows = ("2021 A DOWN.M1 15", "2021 B DOWN.M1 5")
    decided = Coordination({("2021", "DOWN.M1"): decision})
    assert words(content(*rows, findings=(disagreement,), decided=decided)) == ["1 arbitrage à revoir > Décisions"]
    settled = Coordination({("2021", "DOWN.M1"): replace(decision, motive="vu avec A")})
    assert words(content(*rows, findings=(disagreement,), decided=settled)) == []


def test_proposed_and_missing_references_wait() -> None:
    unknown = replace(CONTRACT, references=(("UP.M1", KNOWN["UP.M1"]), ("FALL.M1", Reference(10, 2019, "validée"))))
    given = content("REF A DOWN.M1 10 - référence", "REF A DOWN.M1 20 - cible", contract=unknown)
    assert words(given) == [
        "1 référence ou cible proposée, à adopter > Pilier",
        "1 indicateur sans référence ou sans cible > Pilier",
    ]


PARTS = {1: "100 %", 0.9999: "99 %", 0.997: "99 %", 0.994: "99 %", 0.984: "98 %", 0: "0 %"}


@pytest.mark.parametrize("share", PARTS)
def test_only_the_whole_is_100_percent_in_a_sentence(share: float) -> None:
    assert french_part(share).replace("\u00a0", " ") == PARTS[share]


def test_only_the_whole_is_shown_as_100_percent_in_a_cell(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "part.xlsx"
    book = Book("Essai", date(2021, 12, 31))
    sheet = book.sheet("Feuille")
    for row, share in enumerate(PARTS):
        put(sheet, row, 0, share, book.style(num_format=WHOLE))
    book.save(path)
    assert in_cells(libreoffice(path, "html")) == list(PARTS.values())


def test_a_progress_is_shown_as_100_percent_once_the_target_is_reached(tmp_path: Path) -> None:
    """On paper LibreOffice shows 99 % up to just before 1; its web pages leave formats under a condition out."""
    path = tmp_path / "part.xlsx"
    book = Book("Essai", date(2021, 12, 31))
    never_rounded_up(book, book.sheet("Feuille"), (4, 2, 9, 2))
    book.save(path)
    [area] = openpyxl.load_workbook(path)["Feuille"].conditional_formatting
    [rule] = area.rules
    low, high = (float(limit) for limit in rule.formula)
    assert (str(area.sqref), rule.operator, rule.dxf.numFmt.formatCode) == ("C5:C10", "between", '"99\u00a0%"')
    assert low == 0.995
    assert 0.999999 < high < 1


def in_cells(page: Path) -> list[str]:
    """The percentages of a page that LibreOffice made of a sheet, as they are shown."""
    shown = re.findall(r">([\d,.]+(?:&nbsp;|\s)*%)<", page.read_text(encoding="utf-8"))
    return [re.sub(r"&nbsp;|\s", " ", one) for one in shown]
