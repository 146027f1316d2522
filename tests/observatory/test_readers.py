"""DuckDB, polars and pandas read the same rows with the same values, whatever differs from contract to contract."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from frictionless import Package
from pyarrow import parquet

from benchmarks.country import SmallContract
from cvsheet.books.opendata.observatory.entries import TABLES
from cvsheet.books.opendata.observatory.partitions import folder_of
from cvsheet.schema.tables import load_table
from tests.conftest import ROOT
from tests.observatory.country import Row, contract, observed, rows

PAGE = ROOT / "docs" / "observatoire.md"
CODES = {
    "01": SmallContract("01", breakdowns=("sexe",), years=(2023, 2024), campaign="{year}"),
    "02": SmallContract("02", breakdowns=("âge", "quartier")),
    "2024": SmallContract("2024", breakdowns=("qpv",), campaign="{year}-12-31"),
    "1e3": SmallContract("1e3", breakdowns=()),
    "null": SmallContract("null", campaign="NaN"),
    "Ville-d-Été": SmallContract("Ville-d-Été", breakdowns=("sexe",), campaign="{year}+"),
    "true": SmallContract("true", years=(2022,)),
}
"""What a reader may take for a number, a year, a null, a truth; other breakdowns, other campaigns."""
TYPED = {
    "01": {"2023": {"I1.M1": 12, "I1.M1/01": 5, "I1.M1/02": 7, "I2.M1": 0.1, "I3.M1": 0},
           "2024": {"I1.M1": 13, "I1.M1/01": "nd", "I1.M1/02": "ns", "I2.M1": 12.3456789012345}},
    "02": {"A2024": {"I1.M1": 999_999_999_999_999, "I2.M1": 50, "I3.M1": 1e-9}},
    "2024": {"2024-12-31": {"I1.M1": 123_456_789_012_345, "I1.M1/2A": 0, "I1.M1/2B": 3, "I3.M1": 0.3}},
    "1e3": {"A2024": {"I1.M1": 1}},
    "null": {"NaN": {"I3.M1": -2.5}},
    "true": {},
}  # fmt: skip
"""Whole numbers here, decimals there, an empty campaign, a contract that nobody has answered."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    for number, (code, made) in enumerate(CODES.items()):
        contract(folder / f"contrat {number}", made, TYPED.get(code))
    observed(folder / "out", folder)
    return folder / "out"


def in_duckdb(folder: Path) -> list[Row]:
    found = duckdb.sql(f"SELECT * FROM read_parquet('{folder}/**/*.parquet')")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def in_duckdb_by_name(folder: Path) -> list[Row]:
    options = "union_by_name=true, hive_partitioning=true"
    found = duckdb.sql(f"SELECT * FROM read_parquet('{folder}/*/*/*.parquet', {options})")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def in_polars(folder: Path) -> list[Row]:
    return pl.scan_parquet(folder).collect().to_dicts()


def in_polars_by_pattern(folder: Path) -> list[Row]:
    return pl.read_parquet(folder / "**" / "*.parquet").to_dicts()


def in_pandas(folder: Path) -> list[Row]:
    return pd.read_parquet(folder, dtype_backend="pyarrow").astype(object).to_dict("records")  # type: ignore[return-value]


def in_pandas_plainly(folder: Path) -> list[Row]:
    return pd.read_parquet(folder).to_dict("records")  # type: ignore[return-value]


READERS: Sequence[Callable[[Path], list[Row]]] = (
    in_duckdb,
    in_duckdb_by_name,
    in_polars,
    in_polars_by_pattern,
    in_pandas,
    in_pandas_plainly,
)


def comparable(found: Sequence[Row], table: str) -> list[list[str]]:
    """Rows with every value and its kind spelled out; one kind of nothing, whatever a reader calls it."""
    names = [column.name for column in load_table(f"observatoire_{table}").columns]
    return sorted([spelled(row[name]) for name in names] for row in found)


def spelled(value: object) -> str:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return f"truth {value}"
    if isinstance(value, date):
        return f"day {value:%Y-%m-%d}"
    return f"text {value}" if isinstance(value, str) else f"number {float(value)!r}"  # type: ignore[arg-type]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.long
def test_every_reader_finds_every_value(output: Path, reader: Callable[[Path], list[Row]], table: str) -> None:
    written = rows(output, table)
    assert len(written) > 10
    assert comparable(reader(output / table), table) == comparable(written, table)


def test_what_was_typed_is_what_stands_there(output: Path) -> None:
    found = {
        (row["contrat"], row["campagne"], row["ligne"]): row["nombre"]
        for row in rows(output, "observations")
        if row["reponse"] == "nombre"
    }
    typed = {
        (code, campaign, line): value
        for code, campaigns in TYPED.items()
        for campaign, values in campaigns.items()
        for line, value in values.items()
        if not isinstance(value, str)
    }
    assert found == typed


def test_a_number_of_more_digits_than_a_double_holds_keeps_its_text(tmp_path: Path) -> None:
    """It is refused as an answer, so that nobody counts with another one."""
    contract(tmp_path / "a", SmallContract("a", breakdowns=()), {"A2024": {"I1.M1": "9007199254740993"}})
    observed(tmp_path / "out", tmp_path / "a")
    (row,) = rows(tmp_path / "out", "observations")
    assert (row["saisie"], row["nombre"], row["reponse"]) == ("9007199254740993", None, "illisible")


def test_breakdowns_are_two_columns_whatever_a_contract_asks(output: Path) -> None:
    asked = {
        (row["contrat"], row["ventilation"], row["modalite"]) for row in rows(output, "valeurs") if row["ventilation"]
    }
    assert {("01", "sexe", "01"), ("2024", "qpv", "2A"), ("02", "quartier", "Nord"), ("02", "âge", "0-17")} <= asked


@pytest.mark.parametrize("table", TABLES)
def test_every_file_of_a_table_has_the_same_columns_and_types(output: Path, table: str) -> None:
    files = sorted((output / table).rglob("*.parquet"))
    assert len(files) > len(CODES) - 2
    assert len({str(parquet.read_schema(path)) for path in files}) == 1
    kinds = {str(field.type) for field in parquet.read_schema(files[0])}
    assert kinds <= {"string", "double", "int64", "bool", "date32[day]"}


def test_every_table_stands_in_every_campaign(output: Path) -> None:
    places = [
        {path.parent.relative_to(output / table) for path in (output / table).rglob("*.parquet")} for table in TABLES
    ]
    assert places.count(places[0]) == len(TABLES)


@pytest.mark.parametrize(
    "code", ["01", "2024", "1e3", "null", "true", "inf", "2024-01-01", "é", "A", "a", "x" * 200, "a."]
)
def test_a_folder_of_a_code_is_a_text_for_everybody(code: str) -> None:
    assert re.fullmatch(r"c-[a-z0-9_-]*(\.[0-9a-f]{8})?", folder_of(code))


@pytest.mark.parametrize(("one", "other"), [("A", "a"), ("é", "e"), ("a b", "a-b"), ("x" * 70, "x" * 71), ("a.", "a")])
def test_two_codes_have_two_folders_on_every_disk(one: str, other: str) -> None:
    assert folder_of(one).casefold() != folder_of(other).casefold()


@pytest.mark.long
def test_the_descriptor_names_every_file_and_its_schema(output: Path) -> None:
    package = json.loads((output / "datapackage.json").read_text(encoding="utf-8"))
    Package.from_descriptor(str(output / "datapackage.json"))  # raises where the metadata is not valid
    for resource in package["resources"]:
        held = {path.relative_to(output).as_posix() for path in (output / resource["name"]).rglob("*.parquet")}
        assert set(resource["path"]) == held
        schema = json.loads((output / resource["schema"]).read_text(encoding="utf-8"))
        (first, *_) = resource["path"]
        assert [field["name"] for field in schema["fields"]] == parquet.read_schema(output / first).names


QUERIES = re.findall(r"```(sql|python)\n(.*?)```", PAGE.read_text(encoding="utf-8") if PAGE.exists() else "", re.DOTALL)


@pytest.mark.parametrize(
    ("language", "query"), QUERIES, ids=[f"{number} {one[0]}" for number, one in enumerate(QUERIES)]
)
@pytest.mark.long
def test_the_queries_of_the_page_run(output: Path, monkeypatch: pytest.MonkeyPatch, language: str, query: str) -> None:
    monkeypatch.chdir(output.parent)
    (output.parent / "observatoire").exists() or (output.parent / "observatoire").symlink_to(output)
    if language == "sql":
        assert duckdb.sql(query).fetchall()
    else:
        names: dict[str, object] = {}
        exec(query, names)
        assert len(names["lignes"])  # type: ignore[arg-type]
