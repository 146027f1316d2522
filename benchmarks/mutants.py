"""Small faults put into the code one by one: which of them do the tests not see?

    python -m benchmarks.mutants                                   all of them: some hours
    python -m benchmarks.mutants figures/changes.py                those of one module
    python -m benchmarks.mutants --tests test_changes.py figures/changes.py    judged by these tests alone
    python -m benchmarks.mutants --again                           those that survived, after tests were added
    python -m benchmarks.mutants --page docs/mutants.md            what came of it, without trying anything

Each is tried by the tests nearest to it; what lives through these, and has no reason to in
benchmarks/mutation/reasons.toml, meets the tests of its module, as far as the time allows. What becomes of each is kept
in a file outside the repository: a run that is stopped goes on where it was. A copy of the project is judged. In place
of LibreOffice IronCalc computes, which yields the same and starts at once.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from py_compile import PycInvalidationMode

from benchmarks.mutation.faults import Mutant, mutants_of
from benchmarks.mutation.page import page, survivors
from benchmarks.mutation.reasons import Reasons
from benchmarks.mutation.run import Fates, Run, Step

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
    *("figures/*.py", "model/methods.py", "model/averages.py", "model/data_rows.py", "files/values.py"),
    *("text/numerals.py", "text/french.py", "judging/returns/*.py", "judging/partners/*.py", "judging/cells/*.py"),
    *("figures/disclosure/*.py", "judging/campaign/*.py", "judging/[!c]*/*.py", "judging/**/*.py"),
    *(f"books/master/{name}.py" for name in ("answers", "content", "data_places", "decisions", "review")),
    "books/master/writing/*.py",
)
"""The modules that make or judge figures, from the folder cvsheet/, first those that could be wrong in silence."""
FORMULAS = ("model/methods.py", "model/data_rows.py", "figures/", "books/master/")
"""Those that write formulas of the master; faults of Python only in those of them that also make values."""
ONLY_FORMULAS = "books/master/writing/"
VALUES = ("formulas.py", "pillar_cells.py")

BESIDE = re.compile(r"\.(?:git|venv.*|.*_cache|hypothesis)|.*\.egg-info|build|demo")
"""What lies in a checkout beside the project itself."""

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


def modules(source: Path, wanted: Sequence[str]) -> list[str]:
    """The modules whose names fit, from the folder cvsheet/, in the order of the patterns."""
    found = [path for pattern in wanted for path in sorted(source.glob(pattern)) if path.name != "__init__.py"]
    return list(dict.fromkeys(path.relative_to(source).as_posix() for path in found))


def mutants_in(source: Path, wanted: Sequence[str]) -> Iterator[Mutant]:
    for module in modules(source, wanted):
        layout = module.startswith(ONLY_FORMULAS) and not module.endswith(VALUES)
        for mutant in mutants_of(source, module, formulas=module.startswith(FORMULAS)):
            if not (layout and mutant.kind != "formula"):
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
    parser.add_argument("--seconds", type=float, default=2, help="of the nearest tests on one mutant, at most (2)")
    parser.add_argument("--then", type=float, default=8, help="of its module's tests, on what survived these (8)")
    parser.add_argument("--tests", action="append", help="from the folder tests/, all that are near unless named")
    parser.add_argument("--again", action="store_true", help="the second step once more, for all that lives")
    parser.add_argument("--afresh", action="store_true", help="with all modules imported anew for each")
    parser.add_argument("--project", type=Path, default=ROOT, help="another checkout to judge")
    parser.add_argument("--fates", type=Path, default=KEPT / "fates.jsonl", help="what became of each")
    parser.add_argument("--page", type=Path, help="write what is known of the present code, and try nothing")
    wanted = parser.parse_args(arguments)
    KEPT.mkdir(exist_ok=True)
    made = list(mutants_in(wanted.project.resolve() / "cvsheet", wanted.modules or FIGURES))
    made.sort(key=lambda one: one.kind == "word")  # what says most of limits first
    fates, reasons = Fates(wanted.fates), Reasons.read()
    if wanted.page:
        wanted.page.write_text(page(made, fates.read(), reasons), encoding="utf-8")
        return
    unexplained = [one for one in made if not reasons.of(one)]
    first, second = Step(made, wanted.seconds), Step(unexplained, wanted.then, aimed=True, again=wanted.again)
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    try:
        project = copy_of_project(wanted.project.resolve(), folder)
        put_calculator(folder)
        tests = tuple(f"tests/{test}" for test in wanted.tests or TESTS)
        steps = (second,) if wanted.again else (first, second)
        Run(project, steps, fates, KEPT / "executed.pickle", tests, wanted.afresh).all()
        print(survivors(made, fates.read(), reasons))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
