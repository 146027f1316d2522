"""A stray cell far away, a whole column merged: the rest of a real return is read, and the cell is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.model.findings import Severity

from ..catalogue.contract import good_return
from ..catalogue.editing import SHEETS, Damage, in_part, in_sheet
from ..catalogue.verdicts import GOOD, answers_of, delivered
from ..conftest import Convert


def stray(cell: str) -> Damage:
    return in_sheet(lambda sheet: sheet.__setitem__(cell, "oublié ici"))


def merged(area: str) -> Damage:
    return in_part(SHEETS["Emploi"], "</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>')


def judge(content: bytes, name: str, folder: Path, stray: str = "") -> None:
    assessment = delivered({name: content}, folder)
    told = [one for one in assessment.findings if one.place.file]
    assert [one.place.cell for one in told] == ([stray] if stray else [])
    assert all(one.severity is Severity.INFO for one in told)
    assert dict(answers_of(assessment)) == GOOD
    (submission,) = assessment.current
    assert [(one.cell, one.text) for one in submission.leftovers] == ([(stray, "oublié ici")] if stray else [])


@pytest.mark.parametrize("cell", ["XFD2", "Q200000"])
def test_a_stray_cell_is_named_and_the_rest_read(cell: str, tmp_path: Path) -> None:
    judge(stray(cell)(good_return()), "retour.xlsx", tmp_path, cell)


@pytest.mark.parametrize("area", ["P1:P1048576", "P2:XFD2"])
def test_a_whole_column_merged_beside_the_tables(area: str, tmp_path: Path) -> None:
    judge(merged(area)(good_return()), "retour.xlsx", tmp_path)


def test_so_in_opendocument(libreoffice: Convert, tmp_path: Path) -> None:
    (tmp_path / "retour.xlsx").write_bytes(stray("Q200000")(good_return()))
    content = libreoffice(tmp_path / "retour.xlsx", "ods").read_bytes()
    judge(content, "retour.ods", tmp_path, "Q200000")
