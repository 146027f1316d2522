"""A method of aggregation is one object: the same in the model, the master, the publication and the export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import openpyxl
import pytest

from cvsheet.books.kit.tables import number_format
from cvsheet.books.opendata.meanings import MEANINGS
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.data_rows import DataRow, DataRows
from cvsheet.model.methods import Aggregation, method_of
from cvsheet.schema.tables import load_table
from cvsheet.workflows.publish import publish
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, framework, measure
from tests.master.test_live_formulas import EVERYTHING, master, shown

NEWER_THAN_2016 = re.compile(r"\b(?:MAXIFS|MINIFS|IFS|SWITCH|XLOOKUP|FILTER|UNIQUE|SORT|LET|LAMBDA|TEXTJOIN|CONCAT)\(")


def column(name: str) -> str:
    return f"Données!${name[0]}$5:${name[0]}$9"


@pytest.mark.parametrize("word", Aggregation)
def test_every_word_has_a_method_a_meaning_and_formulas_for_excel_2016(word: Aggregation) -> None:
    method = method_of(word)
    row = method.kept_row(DataRow(dict.fromkeys(("cle", "rang", "nombre", "poids"), "A1"), column))
    total = method.total(DataRows("A1", column))
    assert method.meaning
    assert MEANINGS["agregation"][word] == method.meaning
    assert method.gathers == total.startswith("=IF(")
    assert not NEWER_THAN_2016.search(f"{row} {total}")


def test_the_words_of_the_contract_are_those_of_the_methods() -> None:
    for table in ("indicateurs", "export_referentiel"):
        assert set(load_table(table).column("agregation").enum) == set(Aggregation)


def test_a_method_that_is_unknown_is_refused_and_never_a_sum() -> None:
    with pytest.raises(ValueError, match="médiane"):
        Aggregation("médiane")
    with pytest.raises(AssertionError):
        method_of(cast("Aggregation", "médiane"))


@pytest.mark.parametrize("word", [word for word in Aggregation if method_of(word).gathers])
def test_small_counts_of_persons_are_secret_whatever_the_method(word: Aggregation) -> None:
    contract = framework(measure("M.M1", word, weight="W.M1", diffusion="personnes"), measure("W.M1"))
    table = answers("2020 A M.M1 3", "2020 A W.M1 4")
    assert secrecy(aggregate(contract, table)).hides("2020", "M.M1")


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("somme", "#,##0"),
        ("source unique", "#,##0"),
        ("maximum", "#,##0"),
        ("aucune", "#,##0"),  # each partner's own
        ("moyenne", "#,##0.0"),
        ("moyenne pondérée", "#,##0.0"),
    ],
)
def test_a_mean_of_whole_numbers_shows_a_decimal(word: str, shape: str) -> None:
    assert number_format(measure("M.M1", word)) == shape


def test_the_greatest_answer_follows_what_is_tried_in_the_master(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "maitre.xlsx"
    rows = ("2021 A MOST.M1 15", "2021 B MOST.M1 40", "2021 C MOST.M1 40", "2021 A MOST.M1/N -8", "2021 B MOST.M1/N -2")
    path.write_bytes(master(EVERYTHING, answers(*rows)))
    assert shown(path, "MOST.M1", "Valeur 2021") == 40
    book = openpyxl.load_workbook(path)
    sheet = book["Données"]
    titles = {cell.value: cell.column for cell in sheet[4]}
    sheet.cell(6, titles["Valeur"]).value = 12  # B's answer
    sheet.cell(7, titles["Compte"]).value = 0  # C's answer is set aside
    book.save(path)
    changed = libreoffice(path, "xlsx")
    assert shown(changed, "MOST.M1", "Valeur 2021") == 15
    assert shown(changed, "MOST.M1/N", "Valeur 2021") == -2


def test_the_greatest_answer_is_published(tmp_path: Path) -> None:
    table = answers("2021 A M.M1 40", "2021 B M.M1 55", "2021 A M.M1/N 3", "2021 B M.M1/N 2")
    contract = framework(measure("M.M1", "maximum", diffusion="personnes", breakdowns=("quartier",)))
    made = publish(
        Assessment((), (), as_table(table), ()), aggregate(contract, table), contract.campaign["2021"], tmp_path
    )
    assert shown(made.path, "M.M1", "Valeur retenue") == 55
    assert shown(made.path, "M.M1/N", "Valeur retenue") == "ns"


def test_a_mean_of_values_without_weights_shows_who_is_in_it(tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "maitre.xlsx"
    rows = ("2021 A WEIGHTED.M1 60", "2021 A WEIGHT.M1 10", "2021 B WEIGHTED.M1 50", "2021 C WEIGHTED.M1 nd")
    path.write_bytes(master(EVERYTHING, answers(*rows)))
    for master_file in (path, libreoffice(path, "xlsx")):
        assert shown(master_file, "WEIGHTED.M1", "Valeur 2021") == 60
        assert shown(master_file, "WEIGHTED.M1", "Couverture") == "1/3"
