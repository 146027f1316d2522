"""A number that a coordinator types in the contract is read as a partner's answer to the same measure is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.files.values import read_number
from cvsheet.judging.contract.judge import judge_canonical
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.records import Canonical
from cvsheet.model.submission import AnswerKind
from tests.canonical.sheets import cell_of
from tests.opened import opened

COUNT, AMOUNT, RATE = "EMP-P1-I02.M1", "HAB-P5-I01.M1", "VAL-P7-I01.M3"
FORMS = [
    ("1 234", 1234, 1234), ("1\u202f234,5", 1234.5, 1234.5), ("12,5", 12.5, 12.5), ("12.5", 12.5, 12.5),
    ("120 personnes", 120, None), ("12,5 %", None, None), ("1 234 €", None, 1234), ("1 234 euros", None, 1234),
    ("env. 20", None, None), ("20-25", None, None), ("> 5", None, None), ("1,234.5", None, None), ("nd", None, None),
]  # fmt: skip


@pytest.fixture(scope="module")
def blank(amboise: Canonical, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract with these measures only."""
    path = tmp_path_factory.mktemp("contrat") / "contrat.xlsx"
    measures = tuple(row for row in amboise.rows("indicateurs") if row.text("code") in (COUNT, AMOUNT, RATE))
    few = replace(amboise, tables={**amboise.tables, "indicateurs": measures, "actions": (), "regles": ()})
    path.write_bytes(canonical_workbook(few))
    return path


def typed(blank: Path, to: Path, places: dict[str, str]) -> tuple[Canonical, dict[str, str]]:
    """The contract with a text in *Référence* of each of these measures; their cells."""
    book, cells = opened(blank), {}
    for sheet in book:
        titles = {cell.value: cell.column for cell in sheet[4]}
        for row in sheet.iter_rows(min_row=5):
            if row[0].value in places and "Référence" in titles:
                cell = sheet.cell(row[0].row, titles["Référence"])
                cell.value, cells[str(row[0].value)] = places[str(row[0].value)], cell.coordinate
    book.save(to)
    return read_canonical(to), cells


@pytest.mark.parametrize(("text", "count", "amount"), FORMS)
@pytest.mark.sample(3)
def test_a_baseline_reads_as_an_answer_does(
    text: str, count: float | None, amount: float | None, blank: Path, tmp_path: Path
) -> None:
    canonical, cells = typed(blank, tmp_path / "contrat.xlsx", {COUNT: text, AMOUNT: text})
    rows = {row.text("code"): row for row in canonical.rows("indicateurs")}
    for code, number in ((COUNT, count), (AMOUNT, amount)):
        row = rows[code]
        answer = read_number(cell_of(1, 1, text), row.text("type"), row.text("unite")).answer
        assert (answer.number if answer.kind is AnswerKind.NUMBER else None) == number
        assert row.values["reference"] == (text if number is None else number)
    said = [(one.code, one.place.cell) for one in judge_canonical(canonical).findings if one.code == "REF-012"]
    assert said == [("REF-012", cells[code]) for code, number in ((COUNT, count), (AMOUNT, amount)) if number is None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12,5 %", "« 12,5 % » n’est pas dans l’unité de la mesure, « personnes »"),
        ("40 k€", "« 40 k€ » n’est pas dans l’unité de la mesure, « personnes »"),
        ("environ 40 %", "« environ 40 % » n’est pas un nombre"),
        ("beaucoup", "« beaucoup » n’est pas un nombre"),
    ],
)
@pytest.mark.parametrize("sheet", ["indicateurs", "references_modalites"])
@pytest.mark.sample(3)
def test_where_only_the_unit_is_wrong_the_unit_is_said(
    text: str, said: str, sheet: str, blank: Path, tmp_path: Path
) -> None:
    if sheet == "indicateurs":
        canonical, _ = typed(blank, tmp_path / "contrat.xlsx", {COUNT: text})
    else:
        book = opened(blank)
        book["Références par modalité"]["A5"], book["Références par modalité"]["B5"] = f"{COUNT}/VER", text
        book.save(tmp_path / "contrat.xlsx")
        canonical = read_canonical(tmp_path / "contrat.xlsx")
    (one,) = (one for one in judge_canonical(canonical).findings if one.code == "REF-012")
    told = find_rule("REF-012").fault(one).replace("\u00a0", " ")
    assert told.startswith(f"{said} (« Référence")


@pytest.mark.parametrize(("text", "read"), [("40 personnes", 40), ("1 234", 1234), ("40 %", "40 %"), ("40 €", "40 €")])
def test_so_does_the_baseline_of_a_category(text: str, read: float | str, blank: Path, tmp_path: Path) -> None:
    book = opened(blank)
    sheet = book["Références par modalité"]
    sheet["A5"], sheet["B5"] = f"{COUNT}/VER", text
    book.save(tmp_path / "contrat.xlsx")
    (row,) = read_canonical(tmp_path / "contrat.xlsx").rows("references_modalites")
    assert row.values["reference"] == read


@pytest.mark.parametrize(("measure", "read"), [(COUNT, "12,5 %"), (RATE, "12.5")])
def test_a_cell_that_shows_a_percentage_is_a_number_for_a_rate_only(
    measure: str, read: str, blank: Path, tmp_path: Path
) -> None:
    book = opened(blank)
    for sheet in book:
        titles = {cell.value: cell.column for cell in sheet[4]}
        for row in sheet.iter_rows(min_row=5):
            if row[0].value == measure and "Référence" in titles:
                cell = sheet.cell(row[0].row, titles["Référence"])
                cell.value, cell.number_format = 0.125, "0.0%"
    book.save(tmp_path / "contrat.xlsx")
    rows = {row.text("code"): row for row in read_canonical(tmp_path / "contrat.xlsx").rows("indicateurs")}
    assert str(rows[measure].values["reference"]).replace("\u00a0", " ") == read
