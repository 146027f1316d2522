"""An amount is shown in its own unit: 1,25 M€ is neither 1 € nor 1 M€."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit.tables import number_format
from cvsheet.reports.site_indicator import shown_number
from cvsheet.reports.site_rows import PublishedLine
from cvsheet.text.amounts import money_sign
from tests.consolidation.frameworks import answers, framework, measure
from tests.master.test_live_formulas import master

UNITS = (  # unit, number format of workbooks, 1234.5 on the page to publish
    ("", '#,##0" €"', "1 234"),
    ("€", '#,##0" €"', "1 234"),
    ("€ TTC", '#,##0" €"', "1 234"),
    ("euros", '#,##0" €"', "1 234"),
    ("k€", '#,##0.0" k€"', "1 234,5"),
    ("en k€", '#,##0.0" k€"', "1 234,5"),
    ("K€ HT", '#,##0.0" k€"', "1 234,5"),
    ("milliers d’euros", '#,##0.0" k€"', "1 234,5"),
    ("M€", '#,##0.00" M€"', "1 234,5"),
    ("millions d'euros", '#,##0.00" M€"', "1 234,5"),
    ("Md€", '#,##0.00" Md€"', "1 234,5"),
    ("€/m²", '#,##0.00" €"', "1 234,5"),
    ("€ par habitant", '#,##0.00" €"', "1 234,5"),
    ("eurofranc", "#,##0", "1 234"),
    ("FCFA", "#,##0", "1 234"),
)


@pytest.mark.parametrize(("unit", "shape", "shown"), UNITS, ids=[unit for unit, _, _ in UNITS])
def test_the_unit_of_an_amount_is_the_one_that_is_shown(unit: str, shape: str, shown: str) -> None:
    assert number_format(measure("A.M1", type="montant", unit=unit)) == shape
    page = shown_number(PublishedLine({"type": "montant", "unite": unit}, {}), 1234.5)
    assert page.replace("\u202f", " ") == shown


@pytest.mark.parametrize("unit", ["personnes", "m€tres", "eurythmie"])
def test_what_is_no_money_has_no_sign(unit: str) -> None:
    assert money_sign(unit) == ""


@pytest.mark.parametrize(
    ("kind", "unit", "number", "shown"),
    [
        ("pourcentage", "%", 0.04, "0,04 %"),
        ("pourcentage", "%", 0.05, "0,1 %"),
        ("pourcentage", "%", 0, "0 %"),
        ("montant", "€", 0.4, "0,4"),
        ("volume", "t", -0.003, "−0,003"),
    ],
)
def test_what_is_not_zero_is_not_shown_as_zero(kind: str, unit: str, number: float, shown: str) -> None:
    page = shown_number(PublishedLine({"type": kind, "unite": unit}, {}), number)
    assert page.replace("\u00a0", " ").replace("\u202f", " ") == shown


@pytest.mark.filterwarnings("ignore:Sparkline")  # openpyxl drops them
def test_a_large_amount_is_small_and_never_hashes(tmp_path: Path) -> None:
    """A cell that wraps does not shrink: LibreOffice shows « ### » where its number has no room."""
    contract = framework(measure("A.M1", type="montant", unit="€", breakdowns=("quartier",)))
    path = tmp_path / "maitre.xlsx"
    path.write_bytes(
        master(contract, answers("2021 A A.M1 98765432", "2021 A A.M1/N 98765432", "2020 A A.M1 98765432"))
    )
    sheets = openpyxl.load_workbook(path).worksheets
    amounts = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if "€" in cell.number_format]
    assert {cell.parent.title for cell in amounts} >= {"Pilier", "Bilan", "Par ventilation", "Données", "Contributions"}
    assert [str(cell) for cell in amounts if not cell.alignment.shrink_to_fit or cell.alignment.wrap_text] == []
