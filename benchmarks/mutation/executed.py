"""Which tests execute a line, and what each test costs: measured once, by coverage.py, a context per test."""

from __future__ import annotations

import ast
import hashlib
import os
import pickle
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest

from benchmarks.mutation.faults import Mutant

CODES = re.compile(r"\b[A-Z]{3}-\d{3}\b")
LIKELY = {
    "books/master/writing/summary_lists": "tests/master/test_summary.py",
    "books/master/": "tests/master/test_live_formulas.py",  # where each formula is computed, and compared
    "figures/": "tests/consolidation/",
    "judging/campaign/": "tests/audit/test_limits.py",
    "files/": "tests/returned/test_",
}
"""The tests most likely to see a fault, beside those of the module's own name and of the rules that it names."""
VARIANTS = 3  # of one test function, tried before any more of them


@dataclass(slots=True)
class Executed:
    """What one run of all tests told: seconds of each test that passes, and the tests of each executed line."""

    cost: dict[str, float] = field(default_factory=dict)
    tests: dict[str, dict[int, set[str]]] = field(default_factory=dict)  # module, line; import is no test's
    digests: dict[str, str] = field(default_factory=dict)  # of test files, and under "" of all that they share

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)  # module and test: faults seen in this run

    def forget(self, files: set[str]) -> None:
        self.cost = {test: cost for test, cost in self.cost.items() if test.partition("::")[0] not in files}
        self.digests = {file: digest for file, digest in self.digests.items() if file not in files}

    def of(self, source: Path, mutant: Mutant) -> list[str]:
        """The tests that execute the changed statement, the most likely and the cheapest first. What runs at import
        is executed by whoever runs or names what it defines."""
        text = (source / mutant.module).read_text(encoding="utf-8")
        lines = self.tests.get(mutant.module, {})
        found = _union(lines.get(line, ()) for line in _statement(ast.parse(text), mutant.line))
        found = found or self._naming(source, ast.parse(text), mutant, lines) or _union(lines.values())
        codes = set(CODES.findall(text))
        likely = next((name for start, name in LIKELY.items() if mutant.module.startswith(start)), "?")
        own = f"_{Path(mutant.module).stem.rpartition('_')[2]}.py::"
        named = {test for test in found if own in test or test.startswith(likely) or codes & set(CODES.findall(test))}
        return sorted(self._mixed(found & set(self.cost), named), key=lambda test: -self.kills[mutant.module, test])

    def _naming(self, source: Path, tree: ast.Module, mutant: Mutant, lines: dict[int, set[str]]) -> set[str]:
        top = next(one for one in tree.body if first_line(one) <= mutant.line <= (one.end_lineno or 0))
        within = _union(found for line, found in lines.items() if first_line(top) <= line <= (top.end_lineno or 0))
        names = [name for name in _defined(top) if name != "_"]
        if not names:
            return within
        name = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        for module, executed in self.tests.items():
            for number, line in enumerate((source / module).read_text(encoding="utf-8").splitlines(), 1):
                if number in executed and name.search(line):
                    within |= executed[number]
        return within

    def _mixed(self, tests: set[str], named: set[str]) -> list[str]:
        """Those named first, then a few of each test function, the cheapest first."""
        variants: Counter[str] = Counter()
        ranked = []
        for test in sorted(tests, key=lambda one: (self.cost[one], one)):
            function = test.partition("[")[0]
            ranked.append((test not in named, variants[function] // VARIANTS, self.cost[test], test))
            variants[function] += 1
        return [test for *_, test in sorted(ranked)]


def _union(sets: Iterable[Iterable[str]]) -> set[str]:
    return set().union(*sets)


def _statement(tree: ast.Module, line: int) -> range:
    """The lines of the smallest statement around `line` that a function executes; of a compound one, its header."""
    best = range(0)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for one in (part for part in ast.walk(function) if isinstance(part, ast.stmt) and part is not function):
            body = getattr(one, "body", None)
            end = body[0].lineno - 1 if body else one.end_lineno or one.lineno
            if one.lineno <= line <= max(end, one.lineno) and (not best or len(best) > end - one.lineno):
                best = range(one.lineno, max(end, one.lineno) + 1)
    return best


def first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _defined(statement: ast.stmt) -> list[str]:
    """The names that a statement of the module gives."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    return [one.id for one in ast.walk(statement) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]


def measure(items: Sequence[pytest.Item], source: Path, found: Executed) -> None:
    """Run tests once, and add to `found` what that tells; those that fail without a fault judge nothing."""
    watch = coverage.Coverage(data_file=None, include=[f"{source}/*"])
    watch.start()
    for item, following in zip(items, [*items[1:], None], strict=True):
        watch.switch_context(item.nodeid)
        failed, begun = item.session.testsfailed, spent()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed == failed:
            found.cost[item.nodeid] = spent() - begun
    watch.stop()
    data = watch.get_data()
    for file in data.measured_files():
        lines = found.tests.setdefault(Path(file).relative_to(source).as_posix(), {})
        for line, tests in data.contexts_by_lineno(file).items():
            lines.setdefault(line, set()).update(set(tests) - {""})


def spent() -> float:
    """Seconds of processor time of this process and of those that it waited for."""
    return sum(os.times()[:4])


def known(file: Path, project: Path) -> Executed:
    """What was measured before of tests that are the same; nothing where the code or what tests share is not."""
    now = digests_of(project)
    found = pickle.loads(file.read_bytes()) if file.exists() else Executed()  # written by this program
    if found.digests.get("") != now[""]:
        return Executed()
    found.forget({name for name, digest in found.digests.items() if now.get(name) != digest})
    return found


def keep(found: Executed, file: Path, project: Path) -> None:
    found.digests = digests_of(project)
    written = file.with_suffix(f".{os.getpid()}")
    written.write_bytes(pickle.dumps(found))
    written.replace(file)


def digests_of(project: Path) -> dict[str, str]:
    """A digest of each test file; under "" that of the code, and of what the tests share."""
    told = {
        path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("cvsheet", "tests")
        for path in sorted(project.glob(f"{folder}/**/*.py"))
    }
    shared = [told.pop(name) for name in list(told) if "/test_" not in name]
    return {"": hashlib.sha256("".join(shared).encode()).hexdigest(), **told}
