"""What is made to be published holds no small count and no answer of a partner, and is compared with the former."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.country import SmallContract
from cvsheet import UsageError, open_contract
from cvsheet.files.grid import open_grid
from cvsheet.workflows.folder import ContractFolder
from tests.observatory.country import CAMPAIGN, answer, contract, observed, rows, state

SMALL = {"I1.M1": 1007, "I1.M1/01": 7, "I1.M1/02": 1000, "I2.M1": 31.5}
"""7 persons are fewer than 11; the others of the sum would tell them."""
REMARK = "Voir avec Mme Dupont"


@pytest.fixture(scope="module")
def with_small_counts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    country = tmp_path_factory.mktemp("petits") / "pays"
    place = contract(country / "aa", SmallContract("aa", breakdowns=("sexe",)), {CAMPAIGN: SMALL})
    answer(place, CAMPAIGN, "P02", {"I1.M1": 2000, "I1.M1/01": 0, "I1.M1/02": 2000})
    return country


@pytest.fixture
def country(with_small_counts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(with_small_counts, tmp_path / "pays"))


def test_nothing_of_a_masked_count_stands_anywhere(country: Path, output: Path) -> None:
    observed(output, country, public=True)
    for table in ("valeurs", "situations"):
        found = rows(output, table)
        assert found
        for row in found:
            if row["mesure"] == "I1.M1" and row["ventilation"]:
                assert row["valeur"] is None, row
                assert row.get("etat", "ns") == "ns"
        assert not {7, 1000, 3000.0} & {value for row in found for value in row.values()}
    numbers = {
        cell.value for sheet in open_grid(output / "observatoire.xlsx").sheets for row in sheet.rows.values()
        for cell in row.values()
    }  # fmt: skip
    assert not {7, 1000, 3000} & numbers
    for path in output.rglob("*.json"):
        assert "1000.0" not in path.read_text(encoding="utf-8")


def test_the_same_is_masked_as_in_the_open_data_of_the_contract(country: Path, output: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    observed(output, country, public=True)
    alone = tmp_path / "seul"
    open_contract(country / "aa").export("parquet", public=True, output=alone)
    names = ("contrat", "campagne", "ligne", "grandeur", "valeur", "etat")
    one = parquet.read_table(alone / "valeurs.parquet").to_pylist()
    assert [[row[name] for name in names] for row in one] == [
        [row[name] for name in names] for row in rows(output, "valeurs")
    ]


def test_no_answer_of_a_partner_and_no_reception(country: Path, output: Path) -> None:
    observed(output, country, public=True)
    assert sorted(path.name for path in output.iterdir()) == [
        "datapackage.json", "observatoire.json", "observatoire.xlsx", "schemas", "situations", "valeurs"
    ]  # fmt: skip
    package = json.loads((output / "datapackage.json").read_text(encoding="utf-8"))
    assert package["diffusion"] == "publiable"
    sheets = {sheet.name for sheet in open_grid(output / "observatoire.xlsx").sheets}
    assert sheets == {"Synthèse", "Par campagne", "Contrats"}


def test_nothing_tells_where_the_contracts_lie(country: Path, output: Path) -> None:
    (country / "zz").mkdir()
    (country / "zz" / "retours").mkdir()
    observed(output, country, public=True)
    for path in output.rglob("*.json"):
        assert str(country) not in path.read_text(encoding="utf-8")
    texts = {str(cell.value) for sheet in open_grid(output / "observatoire.xlsx").sheets
             for row in sheet.rows.values() for cell in row.values()}  # fmt: skip
    assert not [text for text in texts if "pays" in text or "zz" in text]


def test_real_values_say_so_and_never_mix_with_masked_ones(country: Path, output: Path, tmp_path: Path) -> None:
    assert any("NON PUBLIABLE" in line for line in observed(output, country).told)
    with pytest.raises(UsageError, match="valeurs réelles"):
        observed(output, country, public=True)
    observed(tmp_path / "pub", country, public=True)
    with pytest.raises(UsageError, match="masquées"):
        observed(tmp_path / "pub", country)


def test_a_second_edition_is_compared_with_the_first(country: Path, output: Path) -> None:
    """One person more would show by subtraction: what moved by so little is masked."""
    observed(output, country, public=True)
    (before,) = [row for row in rows(output, "valeurs") if row["ligne"] == "I1.M1"]
    assert before["valeur"] == 3007
    answer(ContractFolder(country / "aa"), CAMPAIGN, "P02", {"I1.M1": 2001, "I1.M1/01": 1, "I1.M1/02": 2000})
    observed(output, country, public=True)
    (after,) = [row for row in rows(output, "valeurs") if row["ligne"] == "I1.M1"]
    assert (after["valeur"], after["etat"]) == (None, "ns")


def test_a_second_run_is_no_second_edition(country: Path, output: Path) -> None:
    observed(output, country, public=True)
    before = {**state(output), **state(country)}
    assert observed(output, country, public=True).unchanged == ("aa",)
    assert {**state(output), **state(country)} == before


def test_figures_that_nobody_can_compare_any_more_are_not_published(country: Path, output: Path) -> None:
    observed(output, country, public=True)
    before = {path: what for path, what in state(output).items() if path.endswith(".parquet")}
    shutil.rmtree(country / "aa" / "sorties")
    (line,) = observed(output, country, public=True).unread
    assert "faute de comparer" in line
    assert {path: what for path, what in state(output).items() if path.endswith(".parquet")} == before
