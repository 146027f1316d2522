"""Speed as ratios measured in one run on one machine: never a timed test, never an absolute promise.

python benchmarks/run.py            # all, about a minute
python benchmarks/run.py 400        # with 400 returned files
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from cvsheet.framework import Framework
from cvsheet.reading.csv_folder import read_csv_folder
from cvsheet.reading.framework_records import framework_from
from cvsheet.reading.grid import open_grid
from cvsheet.rules.assess import assess
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.receive import receive
from cvsheet.workflows.returns import good_return
from cvsheet.writing.partner import partner_workbook

ROOT = Path(__file__).parent.parent
REPEATS = 3
CAMPAIGN = "2021"


def best(work: Callable[[], object]) -> float:
    """The shortest of a few runs in seconds: other programs only ever add."""
    spent = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def show(what: str, ours: float, theirs: float, against: str) -> None:
    print(f"{what:<58} {ours / theirs:6.2f} x {against} ({1000 * ours:.1f} ms)")


def start_up() -> None:
    """A command's fixed cost against the interpreter and the libraries that it needs."""

    def run(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    bare = best(run("import pandas, pandera.pandas"))
    ours = best(
        run(f"from cvsheet.cli.main import execute; execute(['status', '-C', {str(ROOT / 'examples/campagne')!r}])")
    )
    show("cvsheet status, 18 files", ours, bare, "importing pandas and pandera")
    show("cvsheet --help", best(run("from cvsheet.cli.main import execute; execute(['--help'])")), bare, "the same")


def returned_files(framework: Framework, folder: Path, count: int) -> None:
    """Reading, validating and consolidating `count` files against calamine and pandas merely reading them."""
    names = framework.reporting_partners
    paths = []
    for number in range(count):
        path = folder / f"{number:05d}.xlsx"
        path.write_bytes(good_return(framework, CAMPAIGN, names[number % len(names)]).content)
        paths.append(path)

    def calamine() -> None:
        for path in paths:
            book = CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

    def pandas() -> None:
        pd.concat(
            [frame for path in paths for frame in pd.read_excel(path, sheet_name=None, engine="openpyxl").values()]
        )

    def ours() -> None:
        assessment = assess(framework, receive(framework, [folder], folder))
        consolidate(framework, assessment, CAMPAIGN, folder.parent / "maitre.xlsx")

    def grids() -> None:
        for path in paths:
            open_grid(path)

    anchor = best(calamine)
    show(f"opening {count} files with the careful reader", best(grids), anchor, "calamine reading them")
    show(f"reading, validating, consolidating {count} files", best(ours), anchor, "calamine reading them")
    show("the same", best(ours), best(pandas), "pandas.read_excel and concat")


def writing(framework: Framework, folder: Path) -> None:
    """A partner workbook against XlsxWriter merely writing the same cells."""
    made = folder / "partner.xlsx"
    made.write_bytes(partner_workbook(framework, CAMPAIGN, "VILLE"))
    sheets = [[(c.row - 1, c.column - 1, c.value, c.formula) for c in s.cells()] for s in open_grid(made).sheets]

    def plain() -> None:
        book = xlsxwriter.Workbook(str(folder / "plain.xlsx"), {"in_memory": True})
        for cells in sheets:
            sheet = book.add_worksheet()
            for row, column, value, formula in cells:
                if formula is None:
                    sheet.write(row, column, value)
                else:
                    sheet.write_formula(row, column, f"={formula}", None, value)
        book.close()

    show(
        "writing a partner workbook",
        best(lambda: partner_workbook(framework, CAMPAIGN, "VILLE")),
        best(plain),
        "XlsxWriter",
    )


def main(count: int) -> None:
    framework = framework_from(read_csv_folder(ROOT / "examples" / "amboise" / "referentiel"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "retours"
        folder.mkdir()
        start_up()
        writing(framework, Path(name))
        returned_files(framework, folder, count)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 90)
