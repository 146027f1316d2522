"""What a coordinator's commands cost as returns trickle in, beside the same commands at another commit, in one run.

python -m benchmarks.again BASE          # a commit: its code is checked out in a temporary folder
python -m benchmarks.again BASE --runs 3

240 returned files (40 partners x 6 campaigns). Each line gives the processor time of a command (its workers included) as
a ratio to what BASE takes for it, medians of `--runs`: with nothing kept from a run before (cold), with nothing changed since, and with one
returned file changed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.large import ROOT
from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.demo.returns import good_return
from cvsheet.model.records import Canonical, Record

PARTNERS = 40
YEARS = (2020, 2021, 2022, 2023, 2024)
KEPT = ".cvsheet"
COMMANDS = (("status",), ("validate", "--quiet"), ("consolidate", "--quiet"), ("generate", "--quiet"))


def contract_of_forty() -> Canonical:
    """The contract of Amboise with twins of its producers, 40 in all, a baseline and five yearly campaigns."""
    small = read_csv_folder(ROOT / "examples" / "amboise" / "referentiel")
    kinds = framework_from(small).reporting_partners
    twins = {code: [code] for code in kinds}
    for number in range(len(kinds), PARTNERS):
        twins[kinds[number % len(kinds)]].append(f"{kinds[number % len(kinds)]}{number}")
    tables = dict(small.tables)
    tables["partenaires"] = tuple(
        replace(row, values={**row.values, "code": code, "nom": f"{row.text('nom')} {code}"})
        for row in small.rows("partenaires")
        for code in twins.get(row.text("code"), [row.text("code")])
    )
    tables["indicateurs"] = tuple(_given_to(row, twins) for row in small.rows("indicateurs"))
    reference, yearly = small.rows("campagnes")[:2]
    tables["campagnes"] = (reference, *(_campaign(yearly, year) for year in YEARS))
    return replace(small, tables=tables)


def _given_to(row: Record, twins: dict[str, list[str]]) -> Record:
    producers = [twin for code in row.codes("producteurs") for twin in twins.get(code, [code])]
    return replace(row, values={**row.values, "producteurs": ";".join(producers)})


def _campaign(row: Record, year: int) -> Record:
    days = {"debut": date(year, 1, 1), "fin": date(year, 12, 31), "limite": date(year + 1, 2, 28)}
    values = {**row.values, "code": str(year), "intitule": f"Bilan annuel {year}", "annee": year, **days}
    return replace(row, values=values)


def write_contract(folder: Path) -> None:
    """`contrat.xlsx` and the returns of all campaigns."""
    canonical = contract_of_forty()
    folder.mkdir()
    (folder / "contrat.xlsx").write_bytes(canonical_workbook(canonical))
    framework = framework_from(canonical)
    asked = [(one.code, p.code) for one in framework.campaigns for p in framework.partners_asked(one.code)]
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(partial(_write_return, canonical, folder / "retours"), asked, chunksize=30):
            pass


def _write_return(canonical: Canonical, folder: Path, asked: tuple[str, str]) -> None:
    made = good_return(framework_from(canonical), *asked)
    (folder / asked[0]).mkdir(parents=True, exist_ok=True)
    (folder / asked[0] / made.name).write_bytes(made.content)


def processor_seconds(code: Path, folder: Path, command: Sequence[str]) -> float:
    """What `command` takes, its workers included, by the code of the checkout `code`, in the contract's `folder`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [sys.executable, "-m", "cvsheet.cli.main_of_benchmark", *command]
        if False
        else [sys.executable, "-c", "from cvsheet.cli.main import run; run()", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(code)},
        capture_output=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
