"""Small faults put into the code one by one: which of them do the tests not see?

    python -m benchmarks.mutants --share 0.2 rules/history.py     a fifth of the mutants of one module
    python -m benchmarks.mutants --share 1                        all of them, for a night

cosmic-ray makes the mutants; each is judged by the tests that are named for its module, in a copy of the project, in a
process forked from one that has already imported what is slow (pandas, pandera, pytest). docs/mutants.md tells the
survivors, with a reason each. Formulas of the master are texts: comparisons in them are exchanged, LibreOffice judges.
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from py_compile import PycInvalidationMode

ROOT = Path(__file__).parent.parent
LONGEST = 90.0  # seconds: a mutant that makes a loop endless is seen by that
SIDES = {"Lt": "LtE", "LtE": "Lt", "Gt": "GtE", "GtE": "Gt", "Eq": "NotEq", "NotEq": "Eq", "Is": "IsNot", "IsNot": "Is"}
OPERATORS = (
    *(f"core/ReplaceComparisonOperator_{one}_{other}" for one, other in SIDES.items()),
    *(f"core/ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul")),
    "core/AddNot",
    "core/ReplaceAndWithOr",
    "core/ReplaceOrWithAnd",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceFalseWithTrue",
    "core/ReplaceUnaryOperator_Delete_Not",
    "core/ReplaceContinueWithBreak",
    "core/NumberReplacer",
    "core/ZeroIterationForLoop",
)
RULES = ("tests/rules/test_limits.py", "tests/rules/test_each_rule.py", "tests/rules/test_set_aside.py")
HISTORY = ("tests/rules/test_unchanged.py", *RULES)
SUMS = ("tests/consolidation",)
SECRETS = ("tests/consolidation/test_worlds.py", "tests/publication/test_confidentiality.py")
MASTER = ("tests/master/test_live_formulas.py",)
"""The tests of a module, the most likely to see a fault first: pytest ends at the first failure."""


def tests_of(module: str) -> tuple[str, ...]:
    """The tests that judge a module, named from the folder cvsheet/."""
    room, _, name = module.rpartition("/")
    if name in ("history.py", "compared.py", "shifts.py"):
        return HISTORY
    if name in ("confidentiality.py", "suppression.py", "worlds.py", "published_sums.py", "follow_up.py"):
        return SECRETS
    return {
        "rules": (*RULES, "tests/returned/test_values.py") if name.startswith("cell_") else RULES,
        "consolidation": SUMS,
        "reading": ("tests/returned/test_values.py",),
        "writing/master": MASTER,
    }[room]


def modules() -> tuple[str, ...]:
    """What is judged, without the REF, ATT and reception rules, which have tests of other folders."""
    source = ROOT / "cvsheet"
    rooms = [*sorted((source / "rules").glob("*.py")), *sorted((source / "consolidation").glob("*.py"))]
    apart = ("ref", "data_set", "expectations", "reception", "unusable", "in_correction", "all", "__init__")
    names = [path.relative_to(source).as_posix() for path in rooms if not path.stem.startswith(apart)]
    return (*names, "reading/values.py", "writing/master/formulas.py")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault in one module: the operator that made it, the module's text with it, and the lines that differ."""

    module: str
    operator: str
    text: str
    change: tuple[int, str, str]  # line, before, after

    @property
    def key(self) -> int:
        """A number that stays the same from run to run, by which samples are taken."""
        line, before, after = self.change
        return int(hashlib.sha256(f"{self.module}{self.operator}{line}{before}{after}".encode()).hexdigest()[:8], 16)


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    source = (ROOT / "cvsheet" / module).read_text(encoding="utf-8")
    for operator, text in _texts(module, source):
        yield Mutant(module, operator, text, _change(source, text))


def _texts(module: str, source: str) -> Iterator[tuple[str, str]]:
    if module.startswith("writing/"):
        for place in re.finditer(r"(?<=[)}\]])(<=|>=|<|>)(?=[\w{(-])", source):
            other = place[0].removesuffix("=") if place[0].endswith("=") else f"{place[0]}="
            yield "formula", source[: place.start()] + other + source[place.end() :]
        return
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    for name in OPERATORS:
        occurrence = 0
        while (text := mutate_code(source, get_operator(name)(), occurrence)) is not None:
            occurrence += 1
            yield name.removeprefix("core/"), text


def _change(before: str, after: str) -> tuple[int, str, str]:
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    gone = [line[1:].strip() for line in lines if line.startswith("-")]
    new = [line[1:].strip() for line in lines if line.startswith("+")]
    number = re.match(r"@@ -(\d+)", lines[0]) if lines else None
    return int(number[1]) if number else 0, " ".join(gone), " ".join(new)


def copy_of_project() -> Path:
    """A copy in which modules are exchanged, compiled by content so that nothing stale is run."""
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    left_out = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "*.egg-info", ".*_cache", "build", "demo")
    shutil.copytree(ROOT, folder / "project", ignore=left_out)
    return folder / "project"


def survives(project: Path, tests: Sequence[str]) -> bool:
    """Whether `tests` pass in the copy, in a forked process that is ended when it takes too long."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(_run(project, tests))
        finally:
            os._exit(2)  # nothing of the parent's is undone here
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(project: Path, tests: Sequence[str]) -> int:
    import hypothesis
    import pytest

    searching = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # a failure is enough: nothing is made smaller
    hypothesis.settings.register_profile("mutants", phases=searching, max_examples=50, deadline=None, derandomize=True)
    hypothesis.settings.load_profile("mutants")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(project)
    sys.path[:] = [str(project), *(path for path in sys.path if path and Path(path) != ROOT)]
    return int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]))


def judge(project: Path, module: str, mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it survives; the tests must pass without any."""
    place, tests = project / "cvsheet" / module, tests_of(module)
    source = place.read_text(encoding="utf-8")
    if not survives(project, tests):
        raise SystemExit(f"{module}: its tests fail without a mutant")
    for mutant in mutants:
        place.write_text(mutant.text, encoding="utf-8")
        yield mutant, survives(project, tests)
    place.write_text(source, encoding="utf-8")


def sample(mutants: Sequence[Mutant], share: float) -> list[Mutant]:
    """The same part of the mutants at every run."""
    return [one for one in mutants if one.key < share * 2**32]


def table(survivors: Sequence[Mutant], counts: Mapping[str, tuple[int, int, int]]) -> str:
    """What the run found, as the tables of docs/mutants.md."""
    rows = ["| module | mutants | tried | survive |", "|---|---:|---:|---:|"]
    rows += [f"| `{module}` | {made} | {tried} | {alive} |" for module, (made, tried, alive) in counts.items()]
    rows += ["", "| module | line | was | became |", "|---|---:|---|---|"]
    for one in survivors:
        line, before, after = one.change
        rows.append(f"| `{one.module}` | {line} | `{before}` | `{after}` |".replace("||", "\\|\\|"))
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Mutants that no test sees.")
    parser.add_argument("modules", nargs="*", help="from the folder cvsheet/, all of them unless named")
    parser.add_argument("--share", type=float, default=0.1, help="part of the mutants to try (0.1)")
    wanted = parser.parse_args(arguments)
    import hypothesis  # noqa: F401
    import pandera.pandas  # noqa: F401  what is slow to import is imported once, before forking
    import pytest  # noqa: F401

    project = copy_of_project()
    survivors: list[Mutant] = []
    counts: dict[str, tuple[int, int, int]] = {}
    try:
        compileall.compile_dir(project, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        sys.dont_write_bytecode = True
        for module in wanted.modules or modules():
            made = list(mutants_of(module))
            fates = Counter[bool]()
            for mutant, alive in judge(project, module, sample(made, wanted.share)):
                fates[alive] += 1
                survivors += [mutant] if alive else []
                print("S" if alive else ".", end="", file=sys.stderr, flush=True)
            counts[module] = (len(made), fates.total(), fates[True])
            print(f" {module}", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(project.parent)
        print(table(survivors, counts))


if __name__ == "__main__":
    main()
