"""Small faults put into the code one by one: which of them do the tests not see?

    python -m benchmarks.mutants                                   all of them: some hours
    python -m benchmarks.mutants --share 0.2 figures/changes.py    a fifth of those of one module
    python -m benchmarks.mutants --tests test_changes.py figures/changes.py    judged by these tests alone
    python -m benchmarks.mutants --again                           those that survived, after tests were added

What becomes of each is kept in a file outside the repository: a run that is stopped goes on where it was. A copy of
the project is judged. In place of LibreOffice IronCalc computes, which yields the same and starts at once.
docs/mutants.md tells the survivors, with a reason each.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from py_compile import PycInvalidationMode

from benchmarks.mutation.executed import Executed, known
from benchmarks.mutation.faults import Mutant, mutants_of
from benchmarks.mutation.judging import Judge, in_fork, last_begun, run_pytest, survives_import

Survives = Callable[[Mutant, Sequence[tuple[str, float]]], bool | None]

ROOT = Path(__file__).parent.parent
KEPT = Path(tempfile.gettempdir()) / "cvsheet-mutants"
TESTS = (
    *("rules", "consolidation", "returned", "canonical", "publication", "master", "audit/test_limits.py"),
    *("audit/test_each_expectation.py", "catalogue/test_catalogue.py"),
    *(
        "audit/test_subject.py",
        "audit/test_tables.py",
        "test_changes.py",
        "test_findings.py",
        "test_french.py",
        "test_said.py",
    ),
)
"""Those that are near the modules. Whole campaigns, exports and commands cost most and look at no limit."""
FIGURES = (
    *("judging/returns/*.py", "judging/partners/*.py", "judging/cells/*.py", "figures/**/*.py", "model/methods.py"),
    *("model/averages.py", "files/values.py", "text/numerals.py", "text/french.py", "books/master/content.py"),
    *("books/master/decisions.py", "books/master/writing/*.py", "judging/[!c]*/*.py", "judging/**/*.py"),
)
"""The modules that make or judge figures, from the folder cvsheet/."""
FORMULAS = ("model/methods.py", "figures/progress.py", "figures/changes.py", "books/master/")
"""Those that write formulas of the master; faults of Python only in those of them that also make values."""
ONLY_FORMULAS = "books/master/writing/"
VALUES = ("formulas.py", "pillar_cells.py", "summary_lists.py")

BESIDE = re.compile(r"\.(?:git|venv.*|.*_cache|hypothesis)|.*\.egg-info|build|demo")
"""What lies in a checkout beside the project itself."""
BATCH = 40  # mutants judged in one process
ALIVE = ("survived", "unseen")

CALCULATOR = """#!{python}
import sys
from pathlib import Path
import ironcalc
*_, kind, _, folder, path = sys.argv
assert kind == "xlsx"
model = ironcalc.load_from_xlsx(path, "en", "UTC", "en")
model.evaluate()
model.save_to_xlsx(str(Path(folder) / Path(path).name))
"""


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of each mutant, a line of JSON each; of two lines on one mutant the last counts."""

    file: Path

    def read(self) -> dict[str, dict[str, object]]:
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        return {one["key"]: one for one in map(json.loads, lines)}

    def add(self, mutant: Mutant, fate: str, judge: str, tests: tuple[int, int], took: float) -> None:
        """`judge` is the test that saw it; `tests`: how many could be run, of how many that execute the line."""
        told = {"key": mutant.key, "module": mutant.module, "line": mutant.line, "kind": mutant.kind}
        told |= {"was": mutant.was, "became": mutant.became, "fate": fate, "judge": judge}
        told |= {"tests": tests, "took": took}
        with self.file.open("a", encoding="utf-8") as stream:
            print(json.dumps(told, ensure_ascii=False), file=stream)


@dataclass(frozen=True, slots=True)
class Run:
    """What is wanted of a run: which mutants, and how many seconds of tests may be spent on one."""

    project: Path
    mutants: Sequence[Mutant]
    fates: Fates
    seconds: float
    tests: tuple[str, ...]  # from the folder tests/
    afresh: bool = False  # import all anew, also for faults in functions, whose results may be kept since collection

    @property
    def source(self) -> Path:
        return self.project / "cvsheet"

    def judge(self, judge: Judge) -> None:
        """All mutants in functions and constants; those that are met at import are left for the second round."""
        executed = judge.measured(KEPT / "executed.pickle")
        survives = (lambda *_: None) if self.afresh else judge.survives
        left, at_once = list(self.mutants), BATCH
        while left:
            batch, left = left[:at_once], left[at_once:]
            ended = not in_fork(lambda given=batch: self._batch(executed, given, judge, survives))
            told = self.fates.read()
            again = [one for one in batch if told.get(one.key, {}).get("fate", "untried") == "untried"]
            if ended and again:
                self.fates.add(again.pop(0), "killed", "ended by its limits", (0, 0), 0)
            at_once = 1 if again and not ended else BATCH
            left = [*again, *left]
            for one in batch:
                executed.kills[one.module, str(told.get(one.key, {}).get("judge"))] += 1

    def _batch(self, executed: Executed, mutants: Sequence[Mutant], judge: Judge, survives: Survives) -> int:
        """Some mutants in one process; of those that were seen by a test that fails now without any fault, no word."""
        seen = self._each(executed, mutants, survives)
        unsound = {test for test in set(seen.values()) if not judge.passes([(test, executed.cost[test])])}
        for mutant, test in seen.items():
            if test in unsound and len(mutants) > 1:
                self.fates.add(mutant, "untried", test, (0, 0), 0)
            elif test in unsound:
                self.fates.add(mutant, "unsound", test, (0, 0), 0)
        return 0

    def judge_imports(self) -> None:
        executed = known(KEPT / "executed.pickle", self.project)
        told = self.fates.read()
        left = [one for one in self.mutants if told.get(one.key, {}).get("fate") == "import"]
        self._each(executed, left, lambda mutant, tests: survives_import(self.project, mutant, tests))

    def _each(self, executed: Executed, mutants: Sequence[Mutant], survives: Survives) -> dict[Mutant, str]:
        """Those that were seen, with the test that saw each."""
        seen = {}
        for mutant in mutants:
            begun = time.monotonic()
            able = [test for test in executed.of(self.source, mutant) if test.startswith(self.tests)]
            costs = [executed.cost[test] for test in able]
            affordable = sum(reached <= self.seconds for reached in accumulate(costs))
            tests = list(zip(able, costs, strict=True))[: max(affordable, 1)]
            fate = self._fate(mutant, tests, survives)
            judge = tests[last_begun()][0] if fate == "killed" else ""
            executed.kills[mutant.module, judge] += 1
            seen |= {mutant: judge} if judge else {}
            took = round(time.monotonic() - begun, 2)
            self.fates.add(mutant, fate, judge, (len(tests), len(able)), took)
        return seen

    def _fate(self, mutant: Mutant, tests: Sequence[tuple[str, float]], survives: Survives) -> str:
        if not tests:
            return "unseen"
        try:
            return {None: "import", True: "survived", False: "killed"}[survives(mutant, tests)]
        except SyntaxError:
            return "no program"


def modules(source: Path, wanted: Sequence[str]) -> list[str]:
    """The modules whose names fit, from the folder cvsheet/, in the order of the patterns."""
    found = [path for pattern in wanted for path in sorted(source.glob(pattern)) if path.name != "__init__.py"]
    return list(dict.fromkeys(path.relative_to(source).as_posix() for path in found))


def mutants_in(source: Path, wanted: Sequence[str], share: float) -> Iterator[Mutant]:
    for module in modules(source, wanted):
        layout = module.startswith(ONLY_FORMULAS) and not module.endswith(VALUES)
        for mutant in mutants_of(source, module, formulas=module.startswith(FORMULAS)):
            if int(mutant.key[:8], 16) < share * 2**32 and not (layout and mutant.kind != "formula"):
                yield mutant


def copy_of_project(project: Path, folder: Path) -> Path:
    """A copy in which modules are exchanged, compiled by content so that nothing stale is run."""

    def left_out(inside: str, names: list[str]) -> list[str]:
        return [name for name in names if name == "__pycache__" or (inside == str(project) and BESIDE.fullmatch(name))]

    shutil.copytree(project, folder / "project", ignore=left_out)
    compileall.compile_dir(folder / "project", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return folder / "project"


def put_calculator(folder: Path) -> None:
    """A program named soffice, found before LibreOffice."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(CALCULATOR.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    os.environ["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Mutants that no test sees.")
    parser.add_argument("modules", nargs="*", help="from the folder cvsheet/, all that make figures unless named")
    parser.add_argument("--share", type=float, default=1, help="part of the mutants to try (1)")
    parser.add_argument("--seconds", type=float, default=5, help="of tests on one mutant, at most (5)")
    parser.add_argument("--tests", action="append", help="from the folder tests/, all that are near unless named")
    parser.add_argument("--again", action="store_true", help="those that survived once more")
    parser.add_argument("--afresh", action="store_true", help="with all modules imported anew for each")
    parser.add_argument("--project", type=Path, default=ROOT, help="another checkout to judge")
    parser.add_argument("--fates", type=Path, default=KEPT / "fates.jsonl", help="what became of each")
    wanted = parser.parse_args(arguments)
    KEPT.mkdir(exist_ok=True)
    fates = Fates(wanted.fates)
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    try:
        project = copy_of_project(wanted.project.resolve(), folder)
        put_calculator(folder)
        known = fates.read()
        alive = {key for key, one in known.items() if one["fate"] in ALIVE}
        made = list(mutants_in(project / "cvsheet", wanted.modules or FIGURES, wanted.share))
        left = [one for one in made if (one.key in alive if wanted.again else one.key not in known)]
        tests = [f"tests/{test}" for test in wanted.tests or TESTS]
        left.sort(key=lambda one: one.kind == "word")  # what says most of limits first
        try_all(Run(project, left, fates, wanted.seconds, tuple(tests), wanted.afresh))
        print(table(made, fates.read()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def try_all(run: Run) -> None:
    import great_expectations  # noqa: F401
    import pandera.pandas  # noqa: F401  what is slow to import is imported once, before forking

    tests = [path for path in run.tests if (run.project / path).exists()]
    sys.dont_write_bytecode = True
    child = os.fork()
    if child == 0:
        status = run_pytest(run.project, tests, Judge(run.source, run.judge))
        os._exit(status)
    os.waitpid(child, 0)
    run.judge_imports()


def table(made: Sequence[Mutant], fates: Mapping[str, Mapping[str, object]]) -> str:
    """What the run found, as the tables of docs/mutants.md."""
    counts: dict[str, Counter[str]] = {}
    for one in made:
        counts.setdefault(one.module, Counter())[str(fates.get(one.key, {}).get("fate", "untried"))] += 1
    rows = ["| module | mutants | tried | survived |", "|---|---:|---:|---:|"]
    for module, found in counts.items():
        alive = found["survived"] + found["unseen"]
        rows.append(f"| `{module}` | {found.total()} | {found['killed'] + alive} | {alive} |")
    rows += ["", "| module | line | was | became |", "|---|---:|---|---|"]
    for one in made:
        fate = fates.get(one.key, {})
        if fate.get("fate") in ALIVE:
            told = (f"`{one.module}`", str(one.line), f"`{fate['was']}`", f"`{fate['became']}`")
            rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in told)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
