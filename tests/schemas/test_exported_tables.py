"""Every schema that is exported judges every table that is exported, and finds nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pandas as pd
import pandera.pandas as pa
import pytest
from pyarrow import parquet

from cvsheet.books.opendata.rows import PUBLIC_TABLES
from cvsheet.cli.main import execute

TABLES = (*PUBLIC_TABLES, "observations")
READERS: dict[str, Callable[[Path, str], pd.DataFrame]] = {
    "csv": lambda folder, name: pd.read_csv(folder / f"{name}.csv"),
    "csv as texts": lambda folder, name: pd.read_csv(folder / f"{name}.csv", dtype=str),
    "parquet": lambda folder, name: pd.read_parquet(folder / f"{name}.parquet"),
}


@pytest.fixture(scope="module")
def contract(read_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example campaign with its tables and their schemas beside."""
    folder = Path(shutil.copytree(read_example, tmp_path_factory.mktemp("schemas") / "contrat"))
    for chosen in ("csv", "parquet"):
        options = ["--format", chosen, "-o", str(folder / chosen)]
        assert execute(["export", "-C", str(folder), "--quiet", *options]) == 0
    assert execute(["schema", "export", "-o", str(folder / "schemas"), "--quiet"]) == 0
    return folder


def schema_of(contract: Path, name: str) -> str:
    """The name under which the schema of the table `name` of a package is exported."""
    found = sorted(path.stem for path in (contract / "schemas" / "pandera").iterdir())
    return f"export_{name}" if f"export_{name}" in found else name


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.sample(3)
def test_pandera_accepts_the_table(contract: Path, name: str, reader: str) -> None:
    schema = pa.DataFrameSchema.from_yaml(contract / "schemas" / "pandera" / f"{schema_of(contract, name)}.yaml")
    frame = READERS[reader](contract / reader.split(maxsplit=1)[0], name)
    assert len(frame)
    schema.validate(frame, lazy=True)


@pytest.mark.parametrize("name", TABLES)
def test_json_schema_accepts_each_row(contract: Path, name: str) -> None:
    schema = json.loads((contract / "schemas" / "json-schema" / f"{schema_of(contract, name)}.schema.json").read_text())
    rows = parquet.read_table(contract / "parquet" / f"{name}.parquet").to_pylist()
    as_json = json.loads(json.dumps(rows, default=str))
    faults = [error.message for row in as_json for error in jsonschema.Draft202012Validator(schema).iter_errors(row)]
    assert faults == []


@pytest.mark.parametrize("word", ["peut-être", "1", "OUI"])
def test_pandera_refuses_a_word_that_is_no_boolean(contract: Path, word: str) -> None:
    schema = pa.DataFrameSchema.from_yaml(contract / "schemas" / "pandera" / "export_referentiel.yaml")
    frame = READERS["csv"](contract / "csv", "referentiel")
    frame["principale"] = word
    with pytest.raises(pa.errors.SchemaErrors, match="principale"):
        schema.validate(frame, lazy=True)
