"""Where everything stands in a master, and what of it is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cvsheet.books.kit.tables import FIRST_ROW
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import Arbitration, Coordination
from cvsheet.figures.consolidation import aggregate
from cvsheet.files.addresses import parse_cell_name
from cvsheet.files.scalars import answer_of
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework, Pillar, Priority
from tests.consolidation.frameworks import answers, framework, measure

NO_TABLE: Any = None  # nothing here looks at the answers themselves
CONTRACT = framework(
    measure("A-I1.M1", breakdowns=("quartier",)),
    measure("A-I1.M2", headline=False, producers=("A",)),
    measure("A-I2.M1", "moyenne pondérée", weight="A-I1.M1"),
    measure("B-I1.M1", "texte", type="texte", pillar="Q", priority="Q1"),
)
CONTRACT = replace(
    CONTRACT,
    pillars=(*CONTRACT.pillars, Pillar("Q", "Autre pilier", "Autre pilier")),
    priorities=(*CONTRACT.priorities, Priority("Q1", "Q", "Priorité")),
)
WITHOUT_WEIGHT = ("A A-I2.M1 6", "B A-I2.M1 9")


def content(
    *rows: str, campaign: str = "2021", decided: tuple[tuple[str, str], ...] = (), made: Framework = CONTRACT
) -> MasterContent:
    found = {key: Arbitration(*key, 3.0, answer_of(3.0)) for key in decided}
    judged = Assessment((), (), NO_TABLE, ())
    table = aggregate(made, answers(*rows))
    return MasterContent(made, table, judged, made.campaign[campaign], (), (), Coordination(found))


@pytest.mark.parametrize(
    ("rows", "campaigns"),
    [
        ((), ["2021"]),  # the one judged
        (("2020 A A-I1.M1 1",), ["2020", "2021"]),
        (("REF A A-I1.M1 1 - référence", "2021 A A-I1.M1 1"), ["REF", "2021"]),
    ],
)
def test_the_campaigns_with_answers_and_the_one_judged_are_there(rows: tuple[str, ...], campaigns: list[str]) -> None:
    assert [one.code for one in content(*rows).answered_campaigns] == campaigns


@pytest.mark.parametrize(("rows", "drawn"), [(("2021 A A-I1.M1 1",), False), (("2020 A A-I1.M1 1",), True)])
def test_a_trend_wants_two_campaigns(rows: tuple[str, ...], drawn: bool) -> None:
    found = content(*rows)
    assert (found.position("tendance") >= 0) == drawn
    assert {"code", "retenu"} <= {one.column.name for one in found.spread}


def test_a_column_is_known_by_its_name() -> None:
    found = content()
    names = [one.column.name for one in found.spread]
    assert [found.position(name) for name in ("code", "retenu")] == [names.index("code"), names.index("retenu")]
    assert found.position("nulle part") < 0


def test_contributions_have_a_row_for_each_producer() -> None:
    places = content().contributions_place
    rows = {line: row - FIRST_ROW for line, (_, row) in places.items()}
    assert rows == {"A-I1.M1": 0, "A-I1.M1/N": 3, "A-I1.M1/S": 6, "A-I1.M2": 9, "A-I2.M1": 10, "B-I1.M1": 13}


@pytest.mark.parametrize(
    ("line", "name", "campaign", "seen_from", "sheet"),
    [
        ("A-I1.M1", "retenu", "", "", "'Pilier'"),
        ("A-I1.M1", "retenu", "", "Pilier", ""),
        ("A-I1.M1", "retenu", "", "Autre pilier", "'Pilier'"),
        ("B-I1.M1", "retenu", "", "", "'Autre pilier'"),
        ("A-I1.M1", "campagnes", "2021", "", "'Pilier'"),
        ("A-I1.M1", "campagnes", "2020", "", None),  # it has no column
        ("C-I1.M1", "retenu", "", "", None),  # there is no such line
    ],
)
def test_a_cell_is_named_with_its_sheet_unless_seen_from_there(
    line: str, name: str, campaign: str, seen_from: str, sheet: str | None
) -> None:
    found = content()
    cell = found.cell_of(line, name, campaign, seen_from=seen_from)
    if sheet is None:
        assert cell == '""'
        return
    *before, own = cell.rsplit("!", 1)
    assert before == ([sheet] if sheet else [])
    row, column = parse_cell_name(own)
    assert row == found.place[line][1] + 1
    assert found.spread[column - 1].column.name == name


def test_decisions_lists_what_was_decided_and_what_waits_in_other_campaigns() -> None:
    """The one judged has its own sheets for what waits."""
    rows = [f"{year} {row}" for year in (2020, 2021) for row in WITHOUT_WEIGHT]
    assert content(*rows).decided == {("2020", "A-I2.M1"): FIRST_ROW}
    decided = (("2021", "A-I1.M1"), ("2020", "A-I1.M2"))
    assert content(*rows, decided=decided).decided == {
        ("2021", "A-I1.M1"): FIRST_ROW,
        ("2020", "A-I1.M2"): FIRST_ROW + 1,
        ("2020", "A-I2.M1"): FIRST_ROW + 2,
    }
    targets = [f"REF {row} - cible" for row in WITHOUT_WEIGHT]
    assert content(*targets).decided == {}  # only baselines are judged, and arbitrated


def test_a_value_is_arbitrated_beside_its_line_or_on_decisions() -> None:
    found = content("2020 A A-I1.M1 1", decided=(("2020", "A-I1.M1"),))
    assert found.arbitration_cell("2021", "A-I1.M1") == found.cell_of("A-I1.M1", "arbitre")
    assert found.arbitration_cell("2020", "A-I1.M1") == "Décisions!D5"
    assert found.arbitration_cell("2020", "A-I1.M2") == ""


@pytest.mark.parametrize(("row", "name", "cell"), [(0, "campagne", "A1"), (4, "campagne", "A5"), (4, "etat", "E5")])
def test_a_cell_of_decisions(row: int, name: str, cell: str) -> None:
    assert MasterContent.decision_cell(row, name) == cell


def test_an_indicator_is_opened_by_the_total_of_its_first_measure() -> None:
    found = content()
    opening = [code for code, line in CONTRACT.line.items() if found.opens_indicator(line)]
    assert opening == ["A-I1.M1", "A-I2.M1", "B-I1.M1"]
    assert [line.code for line in found.headline_lines] == ["A-I1.M1", "A-I2.M1", "B-I1.M1"]


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ((), "A-I1.M1", "Non renseigné"),
        (("2021 A A-I1.M1 ns",), "A-I1.M1", "Secret statistique"),
        (("2021 A A-I1.M1 5",), "A-I1.M1", "Référence à préciser"),
        ((), "B-I1.M1", "Non renseigné"),
        (("2021 A B-I1.M1 bien",), "B-I1.M1", "Suivi"),
    ],
)
def test_the_situation_that_is_shown(rows: tuple[str, ...], line: str, said: str) -> None:
    assert content(*rows).shown_situation(CONTRACT.line[line]) == said
