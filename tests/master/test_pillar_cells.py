"""What stands in each column of a line: which of the other cells its formula looks at, and what it yields."""

from __future__ import annotations

import pytest

from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.writing.pillar_cells import Written, cell_of, texts_of
from cvsheet.books.master.writing.pillar_row import PillarRow
from cvsheet.model.framework import Framework, Reference
from tests.consolidation.frameworks import evolution, framework, measure, share
from tests.master.test_content import content

CONTRACT = framework(
    measure("N.M1"),
    measure("D.M1", headline=False, breakdowns=("quartier",)),
    share("S.M1", "N.M1", "D.M1"),
    evolution("E.M1", "N.M1"),
    measure("T.M1", "texte", type="texte"),
    measure("A.M1"),
    references={"A.M1": Reference(7, 2019, "validée", 9, 2023, "validée")},
)
REF = ("REF A N.M1 10 - référence", "REF A N.M1 40 - cible")
YEARS = ("2020 A N.M1 4", "2021 A N.M1 5", "2021 A D.M1 20")


def cells(line: str, *rows: str, campaign: str = "2021", made: Framework = CONTRACT) -> dict[str, Written]:
    """By column, those of campaigns by their code; what names the value that is judged is told by `value`."""
    found = content(*rows, made=made, campaign=campaign)
    row = PillarRow(found, made.line[line], "Pilier", FIRST_ROW)
    texts = texts_of(row)
    written = {spread.campaign or spread.column.name: cell_of(row, spread, texts) for spread in found.spread}
    return {name: (formula.replace(row.value_cell, "value"), value) for name, (formula, value) in written.items()}


SAME = '=IF(ISNUMBER(value),value,"")'


def test_the_judged_campaign_repeats_the_value_and_others_are_worked_out() -> None:
    found = cells("N.M1", *YEARS)
    assert found["2021"] == (SAME, 5)
    formula, value = found["2020"]
    assert "Données!" in formula
    assert value == 4


@pytest.mark.parametrize(
    ("line", "rows", "campaign", "baseline", "target"),
    [
        ("N.M1", (*REF, *YEARS), "2021", ("Données!", 10), ("Données!", 40)),
        ("N.M1", REF, "REF", (SAME, 10), ("Données!", 40)),  # it is what is judged
        ("N.M1", (), "REF", (SAME, None), ("", None)),  # it is awaited
        ("N.M1", YEARS, "2021", ("", None), ("", None)),
        ("A.M1", (), "2021", ("", 7), ("", 9)),  # the contract's own
        ("A.M1", ("REF A A.M1 8 - référence",), "REF", ("", 7), ("", 9)),
        ("T.M1", (), "REF", ("", None), ("", None)),
    ],
)
def test_a_baseline_stands_there_or_is_looked_up(
    line: str, rows: tuple[str, ...], campaign: str, baseline: tuple[str, float], target: tuple[str, float]
) -> None:
    found = cells(line, *rows, campaign=campaign)
    for name, (formula, value) in (("reference", baseline), ("cible", target)):
        assert found[name][1] == value
        assert formula in found[name][0]
        assert bool(found[name][0]) == bool(formula)


def test_a_text_has_a_situation_and_no_figures() -> None:
    found = cells("T.M1", "2021 A T.M1 bien")
    formula, said = found["situation"]
    assert formula.startswith("=")
    assert said == "Suivi"
    figures = ("2021", "calcule", "retenu", "variation", "progression", "attendu", "retard")
    assert {found[name] for name in figures} == {("", None)}


def test_what_is_worked_out_is_nobody_s_answer() -> None:
    found = cells("S.M1", *YEARS)
    assert (found["couverture"], found["retenu"][1], found["calcule"][1]) == (("", None), 25, 25)
    assert cells("N.M1", *YEARS)["couverture"][1] == "1/3"


@pytest.mark.parametrize(
    ("rows", "change"),
    [(YEARS, 0.25), (YEARS[:1], None), (YEARS[1:], None), (("2020 A N.M1 nd", "2021 A N.M1 5"), None)],
)
def test_a_variation_wants_both_years(rows: tuple[str, ...], change: float | None) -> None:
    assert cells("N.M1", *rows)["variation"][1] == change


@pytest.mark.parametrize(("line", "mark"), [("N.M1", "oui"), ("D.M1", ""), ("D.M1/N", ""), ("S.M1", "oui")])
def test_the_total_that_stands_for_its_indicator_is_marked(line: str, mark: str) -> None:
    made = framework(measure("D.M2"), *CONTRACT.measures[:1], *CONTRACT.measures[1:])
    assert cells(line, made=made)["principale"] == ("", mark)
