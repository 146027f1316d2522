"""Small contracts with the answers that a test wants, and the data set that is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pyarrow import parquet

import cvsheet
from benchmarks.country import SmallContract, write_contract
from cvsheet import ObservatoryResult
from cvsheet.books.partner.writing import partner_file_name, partner_workbook
from cvsheet.demo.fictitious import TypedCells
from cvsheet.workflows import folder
from cvsheet.workflows.folder import ContractFolder
from tests.words import plain

CAMPAIGN = "A2024"
Row = Mapping[str, object]
Typed = Mapping[str, str | float | None]
"""Line -> what is typed."""


def contract(folder: Path, made: SmallContract, typed: Mapping[str, Typed] | None = None) -> ContractFolder:
    """The contract `made` at `folder`; in each campaign its first partner answers as `typed` says."""
    place = write_contract(made, folder)
    for campaign, values in (typed or {}).items():
        answer(place, campaign, made.codes[0], values)
    return place


def two_contracts(folder: Path) -> Path:
    """A folder with the contracts *aa* and *bb*, each with an answer."""
    for code in ("aa", "bb"):
        contract(folder / code, SmallContract(code, name=f"Contrat {code}"), {CAMPAIGN: {"I1.M1": 100}})
    return folder


def answer(place: ContractFolder, campaign: str, partner: str, values: Typed) -> Path:
    """The return of `partner` in the folder of what came back."""
    framework = folder.load_framework(place.workbook)
    cells: TypedCells = {(line, "valeur"): value for line, value in values.items()}
    path = place.inbox / campaign / partner_file_name(framework, campaign, partner)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(partner_workbook(framework, campaign, partner, prefill=cells))
    return path


def observed(output: Path, *folders: Path, **options: bool | tuple[str, ...]) -> ObservatoryResult:
    """The data set of `folders` at `output`, made in this process; ordinary spaces in what is said."""
    result = cvsheet.observatory(folders, output, **options)  # type: ignore[arg-type]
    said = {name: tuple(map(plain, getattr(result, name))) for name in ("told", "unread")}
    return replace(result, **said)  # type: ignore[arg-type]


def rows(output: Path, table: str) -> list[Row]:
    """Every row of a table, file by file, as it was written: no reader has joined anything."""
    files = sorted((output / table).rglob("*.parquet"))
    return [row for path in files for row in parquet.ParquetFile(path).read().to_pylist()]


def state(folder: Path) -> Mapping[str, tuple[str, int]]:
    """The sum and the date of every file, by its path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in files
    }
