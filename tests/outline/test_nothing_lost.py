"""Every text of the document is found again in the workbook, which `cvsheet check` reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.books.contract.outline import Draft
from cvsheet.books.contract.outline.sources import open_sheets
from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.errors import FrameworkError
from cvsheet.files.grid import open_grid
from cvsheet.workflows.check import check
from cvsheet.workflows.import_framework import import_framework
from tests.conftest import ROOT
from tests.examples import examples
from tests.outline.documents import Rows, as_text, as_xlsx, drafted, table, words

DOCUMENT = ROOT / "examples" / "amboise" / "source.txt"
ODD = """
 | | Cadre du contrat |
Thématique | N° | Objectif | Actions menées | Pilote | Indicateur | Observations
Emploi | 1.1 | Recruter | Forum. Atelier de quartier | ML | - Nombre d’emplois - Taux de retour | à revoir
 | | | | CAF | | orphelin
Santé | 1.2 | | - Bus\\n   • dentaire\\n- Maison | | =1+1 | +33
 | | Soigner | @acteurs | | |
 | | | | | Nombre de soins | | hors tableau
Total | | | 4 | | 3 |
 | | | | | |
Source : ville
"""


def workbook_texts(path: Path) -> list[str]:
    return [cell.raw for sheet in open_grid(path).sheets for cell in sheet.cells()]


def unfound(document: Path, workbook: Path) -> list[str]:
    """The cells of the document whose words do not all follow each other in a run of the workbook's texts."""
    runs = [" ".join(words(text)) for text in workbook_texts(workbook)]
    whole = set(runs)
    cells = [cell.raw for sheet in open_sheets(document) for cell in sheet.cells()]
    return [text for text in cells if (run := " ".join(words(text))) not in whole and not _in_pieces(run, runs)]


def _in_pieces(run: str, runs: Sequence[str]) -> bool:
    """Whether `run` is made of texts of the workbook put end to end, a number or a bullet's figure aside."""
    rest = f" {run} "
    for piece in sorted({piece for piece in runs if piece and f" {piece} " in rest}, key=len, reverse=True):
        rest = rest.replace(f" {piece} ", "  ", 1)
    return not rest.strip()


@pytest.mark.parametrize("name", ["amboise", "odd.csv", "odd.xlsx"])
def test_each_cell_is_found_again(tmp_path: Path, name: str) -> None:
    document = tmp_path / name
    if name == "amboise":
        document = DOCUMENT
    elif name == "odd.csv":
        as_text(document, table(ODD))
    else:
        as_xlsx(document, [["'" + cell if cell.startswith("=") else cell for cell in row] for row in table(ODD)])
    import_framework(document, tmp_path / "contrat.xlsx")
    assert unfound(document, tmp_path / "contrat.xlsx") == []


def test_a_heading_too_long_to_be_one_is_listed(tmp_path: Path) -> None:
    long = "Remarques du comité technique " * 10
    document = as_text(tmp_path / "a.csv", [["Objectif", "Indicateur", long], ["Recruter", "Nombre d’emplois", "vu"]])
    assert {long, "vu"} <= {point.passage.text for point in drafted(document).points}


def test_notes_on_cells_and_other_sheets_are_listed(tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.comments import Comment

    document = as_xlsx(tmp_path / "a.xlsx", table("Objectif | Indicateur\nRecruter | Nombre d’emplois"))
    book = load_workbook(document)
    book["Cadre"]["A2"].comment = Comment("à voir avec la CAF", "X")
    book.create_sheet("Calculs")["B3"] = 12
    book.save(document)
    listed = [(point.subject, point.passage.cell, point.passage.text) for point in drafted(document).points]
    assert ("Commentaire de cellule", "A2", "à voir avec la CAF") in listed
    assert ("Autre feuille", "B3", "Calculs") in listed


def test_the_workbook_is_read_back_as_it_was_drafted(tmp_path: Path) -> None:
    draft = drafted(DOCUMENT)
    import_framework(DOCUMENT, tmp_path / "contrat.xlsx")
    read = read_canonical(tmp_path / "contrat.xlsx")
    for name in ("piliers", "priorites", "objectifs", "actions", "indicateurs"):
        drafts = [
            (record.text("code"), record.text("source"), dict(record.extras)) for record in draft.canonical.rows(name)
        ]
        assert [
            (record.text("code"), record.text("source"), dict(record.extras)) for record in read.rows(name)
        ] == drafts


def test_check_asks_for_what_the_document_does_not_say(tmp_path: Path) -> None:
    import_framework(DOCUMENT, tmp_path / "contrat.xlsx")
    result = check(tmp_path / "contrat.xlsx")
    assert not result.incidents
    assert {finding.code for finding in result.findings} == {"REF-007", "REF-010", "REF-030", "REF-031"}


def test_the_first_sheet_leads_to_the_points(tmp_path: Path) -> None:
    import_framework(DOCUMENT, tmp_path / "contrat.xlsx")
    home, points, *_ = open_grid(tmp_path / "contrat.xlsx").sheets
    assert (home.name, points.name) == ("Accueil", "Points à décider")
    assert "Points à décider" in [cell.raw for cell in home.cells()]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = drafted(DOCUMENT), drafted(DOCUMENT)
    assert canonical_workbook(first.canonical, first.points) == canonical_workbook(second.canonical, second.points)


CELLS = st.sampled_from(
    [
        "",
        "",
        "Emploi",
        "1-1 Recruter",
        "1-2 Former",
        "PRIORITE 1 Insérer",
        "- Nombre de a - Nombre de b",
        "Total",
        "x\ny",
        "=1",
    ]
)
TITLES = st.permutations(["Pilier", "Priorité", "Objectif", "Action", "Indicateur", "Pilote"])


@examples(60)
@given(titles=TITLES, width=st.integers(3, 6), rows=st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_any_table_gives_a_draft_that_keeps_its_texts(
    tmp_path: Path, titles: list[str], width: int, rows: list[list[str]]
) -> None:
    document = as_text(tmp_path / "a.csv", [titles[:width], *rows])
    try:
        draft = drafted(document)
    except FrameworkError as error:
        assert "Indicateur" not in titles[:width] or "deux colonnes" in str(error)
        return
    kept = [" ".join(words(text)) for text in texts_of(draft)]
    typed: Rows = [row[:7] for row in rows]
    for text in (cell for row in typed for cell in row if cell.strip()):
        run = " ".join(words(text))
        assert any(run in one for one in kept) or _in_pieces(run, kept), text


def texts_of(draft: Draft) -> list[str]:
    """Every text that the workbook will show."""
    records = [record for rows in draft.canonical.tables.values() for record in rows]
    values = [str(value) for record in records for value in (*record.values.values(), *record.extras.values()) if value]
    return [*values, *(point.passage.text for point in draft.points)]
