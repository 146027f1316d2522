"""What a coordinator's commands cost as returns trickle in, beside the same commands at another commit, in one run.

python -m benchmarks.again BASE          # a commit: its code is checked out in a temporary folder
python -m benchmarks.again BASE --runs 3

240 returned files (40 partners x 6 campaigns). Each line gives the processor time of a command, its workers included,
and its ratio to what BASE takes, medians of `--runs`: with nothing kept from a run before (cold), with nothing changed
since, and with one returned file changed.
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
from benchmarks.results import record
from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.demo.returns import good_return
from cvsheet.model.records import Canonical, Record

PARTNERS = 40
YEARS = (2020, 2021, 2022, 2023, 2024)
KEPT = ".cvsheet"
COMMANDS = (
    ("status",),
    ("validate", "--quiet"),
    ("consolidate", "--quiet"),
    ("generate", "--quiet", "--campaign", str(YEARS[-1])),
)


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
    days = {"debut": date(year, 1, 1), "fin": date(year, 12, 31), "limite": date(2099, 2, 28)}  # never past
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
    # pandera imports hypothesis where it finds it: in a checkout, never where cvsheet is used.
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "if __name__ == '__main__':\n    from cvsheet.cli.main import run\n    run()"
    )
    # Compiled modules are kept, as where a program is installed: without them most of a short command is compiling.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = _of_children()
    run = subprocess.run(
        [sys.executable, "-c", program, *command],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(code)},
        capture_output=True,
        check=False,
    )
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stderr.decode())
    return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold(folder: Path, turn: int) -> None:
    """Nothing is left of a run before, but for a former master where one was made."""
    shutil.rmtree(folder / KEPT, ignore_errors=True)


def unchanged(folder: Path, turn: int) -> None:
    """As the run before left it."""


def one_changed(folder: Path, turn: int) -> None:
    """One returned file saved again."""
    path = min((folder / "retours").rglob("*.xlsx"))
    path.write_bytes(path.read_bytes() + bytes([turn]))


STATES = {"cold": cold, "nothing changed": unchanged, "one file changed": one_changed}


def compare(base: Path, folder: Path, runs: int) -> None:
    """Print a line for each command and state: the two sides take turns, so that both meet the same other work."""
    print(f"{'command':<12} {'state':<18} {'base (s)':>9} {'now (s)':>9} {'ratio':>6}")
    sides = {"base": (base, folder), "now": (ROOT, folder.with_name("now"))}
    shutil.copytree(folder, sides["now"][1])
    for command in COMMANDS:
        for state, prepare in STATES.items():
            spent: dict[str, list[float]] = {side: [] for side in sides}
            for turn in range(runs):
                for side, (code, place) in sides.items():
                    prepare(place, turn)
                    spent[side].append(processor_seconds(code, place, command))
            was, now = (statistics.median(spent[side]) for side in sides)
            line = f"{command[0]:<12} {state:<18} {was:9.2f} {now:9.2f} {now / was:6.2f}"
            record(line, what=command[0], state=state, base=was, now=now, processor=now / was)


def main(base: str, runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        code, folder = Path(name) / "code", Path(name) / "base"
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "--quiet", "--detach", code, base], check=True)
        try:
            write_contract(folder)
            compare(code, folder, runs)
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", code], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    main(chosen.base, chosen.runs)
