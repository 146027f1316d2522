"""Small faults put into the code one by one: which of them do the tests not see?

    python -m benchmarks.mutants                           all of them: some hours
    python -m benchmarks.mutants --share 0.2 figures/changes.py    a fifth of those of one module
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
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from py_compile import PycInvalidationMode

from benchmarks.mutation.executed import Executed, known
from benchmarks.mutation.faults import Mutant, mutants_of
from benchmarks.mutation.judging import Judge, last_begun, run_pytest, survives_import

Survives = Callable[[Mutant, Sequence[tuple[str, float]]], bool | None]

ROOT = Path(__file__).parent.parent
KEPT = Path(tempfile.gettempdir()) / "cvsheet-mutants"
TESTS = (
    *("rules", "consolidation", "returned", "canonical", "publication", "audit", "export", "master", "schemas"),
    *("correction", "workflows", "catalogue", "test_changes.py", "test_any_contract.py", "test_actions_only.py"),
)
FIGURES = (
    *("figures/**/*.py", "model/methods.py", "model/averages.py", "files/values.py", "text/numerals.py"),
    *(
        "text/french.py",
        "judging/**/*.py",
        "books/master/content.py",
        "books/master/decisions.py",
        "books/master/writing/*.py",
    ),
)
"""The modules that make or judge figures, from the folder cvsheet/."""
FORMULAS = ("model/methods.py", "books/master/writing/")
"""Those that write formulas of the master; faults of Python only in those of them that also make values."""
ONLY_FORMULAS = "books/master/writing/"
VALUES = ("formulas.py", "pillar_cells.py", "summary_lists.py")

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

    def add(self, mutant: Mutant, change: tuple[str, str], fate: str, tests: tuple[int, int]) -> None:
        """`tests`: how many were run, of how many that execute the line."""
        told = {"key": mutant.key, "module": mutant.module, "line": mutant.line, "operator": mutant.operator}
        told |= {"was": change[0], "became": change[1], "fate": fate, "tests": tests}
        with self.file.open("a", encoding="utf-8") as stream:
            print(json.dumps(told, ensure_ascii=False), file=stream)
        print({"killed": ".", "survived": "S", "unseen": "U"}.get(fate, "i"), end="", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Run:
    """What is wanted of a run: which mutants, and how many seconds of tests may be spent on one."""

    project: Path
    mutants: Sequence[Mutant]
    fates: Fates
    seconds: float
    afresh: bool = False  # import all anew, also for faults in functions, whose results may be kept since collection

    @property
    def source(self) -> Path:
        return self.project / "cvsheet"

    def judge(self, judge: Judge) -> None:
        """All mutants in functions; those that are met at import are left for the second round."""
        executed = judge.measured(KEPT / "executed.pickle")
        self._each(executed, self.mutants, (lambda *_: None) if self.afresh else judge.survives)

    def judge_imports(self) -> None:
        executed = known(KEPT / "executed.pickle", self.project)
        told = self.fates.read()
        left = [one for one in self.mutants if told.get(one.key, {}).get("fate") == "import"]
        self._each(executed, left, lambda mutant, tests: survives_import(self.project, mutant, tests))

    def _each(self, executed: Executed, mutants: Sequence[Mutant], survives: Survives) -> None:
        for mutant in mutants:
            able = executed.of(self.source, mutant)
            costs = [executed.cost[test] for test in able]
            affordable = sum(reached <= self.seconds for reached in accumulate(costs))
            tests = list(zip(able, costs, strict=True))[:affordable]
            fate = self._fate(mutant, tests, survives)
            if fate == "killed":
                executed.kills[mutant.module, tests[last_begun()][0]] += 1
            self.fates.add(mutant, mutant.change(self.source), fate, (len(tests), len(able)))

    def _fate(self, mutant: Mutant, tests: Sequence[tuple[str, float]], survives: Survives) -> str:
        if not tests:
            return "unseen"
        try:
            return {None: "import", True: "survived", False: "killed"}[survives(mutant, tests)]
        except SyntaxError:  # a negation before `:=`: no program
            return "no program"


def modules(source: Path, wanted: Sequence[str]) -> list[str]:
    """The modules whose names fit, from the folder cvsheet/, in the order of the patterns."""
    found = [path for pattern in wanted for path in sorted(source.glob(pattern)) if path.name != "__init__.py"]
    return list(dict.fromkeys(path.relative_to(source).as_posix() for path in found))


def mutants_in(source: Path, wanted: Sequence[str], share: float) -> Iterator[Mutant]:
    for module in modules(source, wanted):
        layout = module.startswith(ONLY_FORMULAS) and not module.endswith(VALUES)
        for mutant in mutants_of(source, module, formulas=module.startswith(FORMULAS)):
            if int(mutant.key[:8], 16) < share * 2**32 and not (layout and mutant.operator != "formula"):
                yield mutant


def copy_of_project(folder: Path) -> Path:
    """A copy in which modules are exchanged, compiled by content so that nothing stale is run."""
    left_out = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "*.egg-info", ".*_cache", "build", "demo")
    shutil.copytree(ROOT, folder / "project", ignore=left_out)
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
    parser.add_argument("--seconds", type=float, default=10, help="of tests on one mutant, at most (10)")
    parser.add_argument("--again", action="store_true", help="those that survived once more")
    parser.add_argument("--afresh", action="store_true", help="with all modules imported anew for each")
    parser.add_argument("--fates", type=Path, default=KEPT / "fates.jsonl", help="what became of each")
    wanted = parser.parse_args(arguments)
    KEPT.mkdir(exist_ok=True)
    fates = Fates(wanted.fates)
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    try:
        project = copy_of_project(folder)
        put_calculator(folder)
        known = fates.read()
        alive = {key for key, one in known.items() if one["fate"] in ALIVE}
        made = list(mutants_in(project / "cvsheet", wanted.modules or FIGURES, wanted.share))
        left = [one for one in made if (one.key in alive if wanted.again else one.key not in known)]
        left.sort(key=lambda one: one.key)
        try_all(Run(project, left, fates, wanted.seconds, wanted.afresh))
        print(table(made, fates.read()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def try_all(run: Run) -> None:
    import great_expectations  # noqa: F401
    import pandera.pandas  # noqa: F401  what is slow to import is imported once, before forking

    tests = [path for test in TESTS if (path := f"tests/{test}") and (run.project / path).exists()]
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
