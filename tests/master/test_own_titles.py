"""What the coordination added under a name that cvsheet gave to something of its own since: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.master.notes import added_columns, margin_notes
from cvsheet.books.master.read_back import read_master
from cvsheet.files.grid import open_grid
from cvsheet.files.headers import FoundTable, find_tables
from cvsheet.schema.tables import load_table
from tests.consolidation.frameworks import framework, measure

Rows = Sequence[Sequence[object]]


def found(folder: Path, table: str, rows: Rows) -> FoundTable:
    """The table called `table` in a sheet of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "maitre.xlsx")
    (one,) = find_tables(open_grid(folder / "maitre.xlsx").sheets[0], [load_table(table)])
    return one


FORMER = ("Sévérité", "Constat", "Campagne", "Règle", "Feuille", "Cellule", "Partenaire", "Ligne", "Fichier")
LINE = ("erreur", "Trop grand", "2021", "VAL-016", "Emploi", "D7", "CAF", "I.M1", "a.xlsx")
NOW = tuple(column.title for column in load_table("anomalies").columns)


@pytest.mark.parametrize(
    ("titles", "own"),
    [
        ((*FORMER, "Nom du partenaire"), {"Nom du partenaire (coordination)": 10}),
        ((*FORMER, "Mesure ou action", "Nom du partenaire"),
         {"Mesure ou action (coordination)": 10, "Nom du partenaire (coordination)": 11}),
        ((*FORMER, "Nom du partenaire", "Relance"), {"Nom du partenaire (coordination)": 10, "Relance": 11}),
        (FORMER, {}),
        (NOW, {}),
        ((*NOW, "Nom du partenaire"), {"Nom du partenaire (2)": 12}),
    ],
)  # fmt: skip
def test_a_column_that_stood_right_of_all_of_ours_is_the_coordinations(
    titles: Sequence[str], own: dict[str, int], tmp_path: Path
) -> None:
    assert added_columns(found(tmp_path, "anomalies", [titles])) == own


def test_what_stands_in_it_is_read_under_a_title_that_says_whose_it_is(tmp_path: Path) -> None:
    one = found(tmp_path, "anomalies", [(*FORMER, "Mesure ou action"), (*LINE, "vu avec la CAF le 3 mars")])
    assert [(note.title, note.value) for note in margin_notes(one, "maitre.xlsx")] == [
        ("Mesure ou action (coordination)", "vu avec la CAF le 3 mars")
    ]


@pytest.mark.parametrize("name", ["Bilan", "Décisions", "Par ventilation", "Synthèse détaillée", "Mesure"])
def test_an_own_sheet_is_named_whatever_cvsheet_calls_its_own_since(name: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Journal"
    for row in ([column.title for column in load_table("journal").columns], ["a.xlsx", "pris en compte"]):
        book.active.append(row)
    book.create_sheet(name).append(["Préparation du comité"])
    book.save(tmp_path / "maitre.xlsx")
    former = read_master(tmp_path / "maitre.xlsx", framework(measure("I.M1")))
    assert former is not None
    assert former.own_sheets == (name,)
