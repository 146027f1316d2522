"""Speed as ratios measured in one run on one machine: never a timed test, never an absolute promise.

python -m benchmarks.run                          # all with 180 returned files, some minutes
python -m benchmarks.run 900                      # with 900
python -m benchmarks.run --many 1000 3000 10000   # time and memory as the files grow in number; long

Each line gives two ratios: of the time that passes (both sides on all cores where it says so), and of processor time.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.large import CAMPAIGN, ROOT, amboise, contract_of, write_returns
from benchmarks.results import record
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.validate import validate
from cvsheet.workflows.workers import Workers

REPEATS = 3
KILOBYTES = 1000  # in a megabyte; Linux counts the memory of a process in kilobytes


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: that passed, and of the processors, those of ended child processes included."""

    passed: float
    processor: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.passed - other.passed, self.processor - other.processor)


def best(work: Callable[[], object]) -> Spent:
    """The least of a few runs: other programs only ever add."""
    runs = [_measured(work) for _ in range(REPEATS)]
    return Spent(min(one.passed for one in runs), min(one.processor for one in runs))


def _measured(work: Callable[[], object]) -> Spent:
    start, used = time.perf_counter(), _processor_time()
    work()
    return Spent(time.perf_counter() - start, _processor_time() - used)


def _processor_time() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def show(what: str, ours: Spent, theirs: Spent, against: str) -> None:
    passed, processor = ours.passed / theirs.passed, ours.processor / theirs.processor
    record(
        f"{what:<56} {passed:6.2f} x ({processor:6.2f} x processor)  {against} ({1000 * ours.passed:.0f} ms)",
        what=what,
        against=against,
        passed=passed,
        processor=processor,
        milliseconds=1000 * ours.passed,
    )


def start_up() -> None:
    """A command's fixed cost against the interpreter and the libraries that it needs."""
    # pandera imports hypothesis where it finds it: in a checkout, never where cvsheet is used.
    as_installed = "import sys; sys.modules['hypothesis'] = None; "

    def run(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", as_installed + code], check=True, capture_output=True)

    bare = best(run("import pandas, pandera.pandas"))
    status = f"from cvsheet.cli.main import execute; execute(['status', '-C', {str(ROOT / 'examples/campagne')!r}])"
    show("cvsheet status, 18 files", best(run(status)), bare, "importing pandas and pandera")
    show("cvsheet --help", best(run("from cvsheet.cli.main import execute; execute(['--help'])")), bare, "the same")


def returned_files(framework: Framework, folder: Path, paths: Sequence[Path]) -> None:
    """Reading, validating and consolidating against calamine and pandas merely reading, both sides on all cores."""
    count = len(paths)
    alone = best(lambda: [calamine(path) for path in paths])
    show(
        f"opening {count} files with the careful reader", best(lambda: [open_grid(p) for p in paths]), alone, "calamine"
    )
    few = folder.parent / "few"
    few.mkdir()
    for path in paths[: count // 10]:
        (few / path.name).write_bytes(path.read_bytes())
    pooled, pooled_few = (best(lambda one=one: in_pool(calamine, sorted(one.iterdir()))) for one in (folder, few))  # type: ignore[misc]
    judged, judged_few = (best(lambda one=one: read_and_validate(framework, one)) for one in (folder, few))  # type: ignore[misc]
    whole, whole_few = (best(lambda one=one: read_and_consolidate(framework, one)) for one in (folder, few))  # type: ignore[misc]
    anchor = "calamine reading them, all cores"
    show(f"reading and validating {count} files, all cores", judged, pooled, anchor)
    show("the same, each further file", judged - judged_few, pooled - pooled_few, anchor)
    show(f"reading, validating, consolidating {count} files", whole, pooled, anchor)
    show("the same, each further file", whole - whole_few, pooled - pooled_few, anchor)
    for engine in ("openpyxl", "calamine"):
        read = partial(frames, engine)
        theirs = best(lambda read=read: pd.concat([one for part in in_pool(read, paths) for one in part]))  # type: ignore[misc]
        show("reading and validating them", judged, theirs, f"pandas.read_excel ({engine}) and concat, all cores")
        show(
            "reading, validating, consolidating them",
            whole,
            theirs,
            f"pandas.read_excel ({engine}) and concat, all cores",
        )


def read_and_validate(framework: Framework, folder: Path) -> Assessment:
    return validate(framework, [folder], folder, workers=Workers())


def read_and_consolidate(framework: Framework, folder: Path) -> None:
    consolidate(framework, read_and_validate(framework, folder), CAMPAIGN, folder.parent / "maitre.xlsx")


def calamine(path: Path) -> int:
    book = CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def frames(engine: str, path: Path) -> list[pd.DataFrame]:
    return list(pd.read_excel(path, sheet_name=None, engine=engine).values())


def in_pool(work: Callable[[Path], object], paths: Sequence[Path]) -> list[object]:
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:  # starts in no time: the most favourable to them
        return list(pool.map(work, paths, chunksize=20))


def writing(folder: Path) -> None:
    """A partner workbook against XlsxWriter merely writing the same cells."""
    made = folder / "partner.xlsx"
    framework = amboise()
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

    ours = best(lambda: partner_workbook(framework, CAMPAIGN, "VILLE"))
    show("writing a partner workbook", ours, best(plain), "XlsxWriter")


def many(count: int) -> None:
    """Processor time a file and memory for `count` files that all count, each from a partner of its own."""
    framework = contract_of(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "retours"
        write_returns(framework, folder, count)
        start = _processor_time()
        assessment = validate(framework, [folder], folder, workers=Workers())
        judged, memory = _processor_time(), _peak_megabytes()
        consolidate(framework, assessment, CAMPAIGN, Path(name) / "maitre.xlsx")
        done = _processor_time()
    print(
        f"{count:>6} files: validated in {1000 * (judged - start) / count:.1f} ms a file and {memory} MB, "
        f"consolidated in {1000 * (done - judged) / count:.1f} ms more and {_peak_megabytes()} MB"
    )


def _peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES


def main(count: int) -> None:
    framework = contract_of(count)
    with tempfile.TemporaryDirectory() as name:
        start_up()
        writing(Path(name))
        folder = Path(name) / "retours"
        returned_files(framework, folder, write_returns(framework, folder, count))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=180)
    parser.add_argument("--many", nargs="+", type=int, default=[])
    chosen = parser.parse_args()
    if chosen.many:
        for number in chosen.many:  # each in a process of its own, for memory is counted at its peak
            subprocess.run([sys.executable, "-c", f"from benchmarks.run import many; many({number})"], check=True)
    else:
        main(chosen.count)
