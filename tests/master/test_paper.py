"""A pillar's sheet on paper, in the master and as it is published: no page begins in the middle of a measure."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.workflows.publish import publish
from tests.consolidation.frameworks import answers, as_table
from tests.master.test_first_page import contract, written
from tests.partner.test_screen import pixels

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines
MEASURES = 30
WIDEST = 1.061  # times as wide as in Excel are columns in LibreOffice
ROOM = (420 / 25.4 - 0.8) * 96  # pixels between the margins of a page of A3


@pytest.fixture(params=["master", "publication"])
def sheet(request: pytest.FixtureRequest, tmp_path: Path) -> Worksheet:
    made = contract(1, MEASURES, breakdowns=("quartier",))
    rows = [f"2021 A P1-I{number}.M1 {number}" for number in range(1, MEASURES + 1)]
    if request.param == "master":
        path = written(tmp_path / "m.xlsx", made, *rows)
    else:
        assessment = Assessment((), (), as_table(answers(*rows)), ())
        path = publish(assessment, aggregate(made, assessment.frame), made.campaign["2021"], tmp_path).path
    return openpyxl.load_workbook(path)["Feuille 1"]


def test_a_page_begins_with_a_measure(sheet: Worksheet) -> None:
    starts = [one.id + 1 for one in sheet.row_breaks.brk]
    assert starts and {sheet.cell(row, 2).value for row in starts} == {"Total"}
    assert all(sheet.cell(row, 2).value in ("N", "Nord", "Sud") for row in (6, 7))


def test_what_is_in_sight_is_as_wide_as_the_page_in_every_program(sheet: Worksheet) -> None:
    last = sheet.print_area.rpartition("!")[2] if sheet.print_area else sheet.dimensions
    columns = openpyxl.utils.range_boundaries(last.replace("$", ""))[2]
    wide = pixels(sheet, 1, columns) * WIDEST * (sheet.page_setup.scale or 100) / 100
    assert wide <= ROOM
    assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
