"""What is struck through in a plain table is taken like the rest, and left to decide once, with its cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from cvsheet.books.contract.outline.model import Draft, PointSubject
from tests.conftest import Convert
from tests.outline.documents import as_xlsx, column, drafted, table

ROWS = """
Pilier | Priorité | Objectif | Action | Indicateur
Emploi | Insertion | Accompagner | - Atelier CV | - Nombre de jeunes suivis
 | | Former | - Stage | - Nombre de stages
 | | Recruter | - Forum | - Nombre de visiteurs
"""


def points(draft: Draft) -> list[tuple[str, str, str]]:
    told = [one for one in draft.points if one.subject is PointSubject.STRUCK]
    return [(one.passage.cell, one.done, one.question) for one in told]


@pytest.mark.parametrize("extension", ["xlsx", pytest.param("ods", marks=pytest.mark.other_program)])
def test_one_point_names_every_struck_cell(tmp_path: Path, extension: str, request: pytest.FixtureRequest) -> None:
    path = as_xlsx(tmp_path / "cadre.xlsx", table(ROWS))
    book = openpyxl.load_workbook(path)
    for cell in ("C3", "D3", "E3", "E4"):
        book["Cadre"][cell].font = Font(strike=True)
    book.save(path)
    if extension == "ods":
        convert: Convert = request.getfixturevalue("libreoffice")
        path = convert(path, "ods")
    draft = drafted(path)
    ((cell, done, question),) = points(draft)
    assert cell == "C3"
    assert done.endswith("C3, D3 et E3:E4.")
    assert "abandonné" in question
    assert column(draft, "actions", "intitule") == ["Atelier CV", "Stage", "Forum"]


def test_a_text_struck_as_a_run_keeps_its_words_and_a_part_its_mark(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "cadre.xlsx", table(ROWS))
    book = openpyxl.load_workbook(path, rich_text=True)
    line = InlineFont(strike=True)
    book["Cadre"]["D3"] = CellRichText(TextBlock(line, "- Stage"))
    book["Cadre"]["D4"] = CellRichText("- Forum ", TextBlock(line, "annuel"))
    book.save(path)
    draft = drafted(path)
    assert column(draft, "actions", "intitule") == ["Atelier CV", "Stage", "Forum [barré : annuel]"]
    ((cell, done, _),) = points(draft)
    assert (cell, "D3:D4" in done) == ("D3", True)


def test_a_table_without_any_has_no_such_point(tmp_path: Path) -> None:
    assert points(drafted(as_xlsx(tmp_path / "cadre.xlsx", table(ROWS)))) == []
