"""`check` shows a few cells of each cause, and with --tout every one of them, however many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from cvsheet.cli.main import execute
from cvsheet.reports.console import CELLS_SHOWN
from cvsheet.workflows.check import check
from tests.canonical.conftest import TEMPLATE
from tests.opened import opened

MANY = 60


def words_without_meaning(workbook: Workbook) -> None:
    sheet = workbook["Glossaire"]
    start = sheet.max_row + 1
    for row in range(start, start + MANY):
        sheet.cell(row, 1, f"Mot {row}")


def unknown_pilots(workbook: Workbook) -> None:
    places = [one.place for one in check(TEMPLATE).findings if one.code == "REF-031"][:MANY]
    for number, place in enumerate(places):
        workbook[place.sheet][place.cell] = f"INCONNU{number}"


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What `check` says, on one line and with ordinary spaces."""
    execute(["check", *arguments])
    return " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("damage", "code"),
    [(words_without_meaning, "REF-010"), (unknown_pilots, "REF-021")],
    ids=["all say the same", "each says something else"],
)
@pytest.mark.sample(1)
def test_every_cell_of_a_rule_is_listed_where_it_is_asked_for(
    contract: Path, damage: Callable[[Workbook], None], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = opened(contract)
    damage(workbook)
    workbook.save(contract)
    places = [f"{one.place.sheet}!{one.place.cell} " for one in check(contract).findings if one.code == code]
    assert len(set(places)) == MANY
    few, every = shown(capsys, str(contract)), shown(capsys, str(contract), "--tout")
    assert sum(place in few for place in places) == CELLS_SHOWN
    assert f"et {MANY - CELLS_SHOWN} autres" in few
    assert [place for place in places if place not in every] == []
    assert f"et {MANY - CELLS_SHOWN} autres" not in every
