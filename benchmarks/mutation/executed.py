"""Which tests execute a line, and what each test costs: measured once, by coverage.py, a context per test."""

from __future__ import annotations

import ast
import hashlib
import os
import pickle
import re
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import coverage
import pytest

from benchmarks.mutation.faults import Mutant, text_of

CODES = re.compile(r"\b[A-Z]{3}-\d{3}\b")
LIKELY: Mapping[str, tuple[str, ...]] = {
    "formula figures/overview.py": ("tests/master/test_overview.py",),
    "formula figures/progress.py": ("tests/master/test_formula_limits.py",),
    "books/master/writing/": (  # each formula is computed there, and compared
        *("tests/master/test_recalculated_sheets.py", "tests/master/test_recalculated_pages.py"),
        "tests/master/test_live_formulas.py",
    ),
    "formula ": ("tests/master/test_pairs.py",),
    "figures/disclosure/bounds.py": ("tests/publication/test_bounds.py",),
    "figures/disclosure/": (
        *("tests/publication/test_confidentiality.py", "tests/publication/test_two_editions.py"),
        *("tests/publication/test_figures.py", "tests/publication/test_relations.py"),
    ),
    "figures/overview.py": ("tests/master/test_overview.py",),
    "figures/": ("tests/consolidation/",),
    "judging/campaign/reception.py": ("tests/rules/test_reception.py",),
    "judging/campaign/": (
        "tests/audit/test_tables.py",
        "tests/audit/test_subject.py",
        "tests/audit/test_checkpoint.py",
    ),
    "judging/cells/": (
        *("tests/rules/test_limits.py", "tests/rules/test_set_aside.py", "tests/rules/test_cell_facts.py"),
        *("tests/rules/test_shares_for_percents.py", "tests/rules/test_likely_days.py"),
    ),
    "judging/contract/": ("tests/canonical/test_ref", "tests/canonical/test_struck.py"),
    "judging/files/": ("tests/rules/test_file", "tests/rules/test_limits.py", "tests/rules/test_what_is_inside.py"),
    "judging/structure/": ("tests/rules/test_structure_facts.py",),
    "files/": ("tests/returned/test_values.py", "tests/returned/test_odd_entries.py"),
    "text/": ("tests/returned/test_odd_entries.py", "tests/returned/test_values.py", "tests/test_french.py"),
    "books/master/review.py": ("tests/master/test_first_page.py",),
    "books/master/": ("tests/master/test_coordination.py", "tests/master/test_sorted_data.py"),
}
"""The tests most likely to see a fault, beside those of the module's own name and of the rules that it names; the
second step takes them first."""
FAMILIES = {
    "judging/cells/": "[VAL-",
    "judging/files/": "[FIC-",
    "judging/structure/": "[STR-",
    "judging/contract/": "[REF-",
    "judging/returns/": "[COH-",
}
"""What the names of tests say that are about a rule of this room."""
FAR = 4  # steps from a fault to a rule that uses it, at most
FEW = 5
VARIANTS = 6  # of one test function, tried before any more of them


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

    def of(self, source: Path, mutant: Mutant, *, aimed: bool) -> list[str]:
        """The tests that execute the changed statement, the most likely and the cheapest first: those about a rule
        that uses it or, `aimed`, those of its module. What runs at import is executed by whoever runs or names what it
        defines."""
        text = text_of(source / mutant.module)
        tree = _tree(text)
        lines = self.tests.get(mutant.module, {})
        found = _union(lines.get(line, ()) for line in _statement(tree, mutant.line))
        found = found or self._naming(source, tree, mutant, lines) or _union(lines.values())
        judging = mutant.module.startswith("judging/")
        near = _rules_near(source, mutant.module, _around(tree, mutant.line)) if judging else {}
        module = f"{mutant.kind} {mutant.module}"
        likely = next((names for start, names in LIKELY.items() if start in module), ())
        family = next((name for start, name in FAMILIES.items() if mutant.module.startswith(start)), "?")
        own = f"_{Path(mutant.module).stem.rpartition('_')[2]}.py::"

        def distance(test: str) -> int:
            if aimed and test.startswith(likely):
                return -1
            named = 2 * FAR if own in test or test.startswith(likely) or family in test else 2 * FAR + 1
            spoken_of = [2 * near[code] + 1 for code in _of_file(test, source.parent) if code in near]
            return min([named, *spoken_of, *(2 * near[code] for code in _codes(test) if code in near)])

        ranked = self._mixed({test: distance(test) for test in found if test in self.cost})
        return sorted(ranked, key=lambda test: -self.kills[mutant.module, test])

    def _naming(self, source: Path, tree: ast.Module, mutant: Mutant, lines: dict[int, set[str]]) -> set[str]:
        top = next(one for one in tree.body if first_line(one) <= mutant.line <= (one.end_lineno or 0))
        within = _union(found for line, found in lines.items() if first_line(top) <= line <= (top.end_lineno or 0))
        names = [name for name in _defined(top) if name != "_"]
        if not names:
            return within
        name = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        for module, executed in self.tests.items():
            for number, line in enumerate(text_of(source / module).splitlines(), 1):
                if number in executed and name.search(line):
                    within |= executed[number]
        return within

    def _mixed(self, tests: Mapping[str, int]) -> list[str]:
        """The nearest first; of the equally near a few of each test function, the cheapest first."""
        variants: Counter[tuple[int, str]] = Counter()
        ranked = []
        for test in sorted(tests, key=lambda one: (self.cost[one], one)):
            kind = (tests[test], test.partition("[")[0])
            ranked.append((tests[test], variants[kind] // VARIANTS, self.cost[test], test))
            variants[kind] += 1
        return [test for *_, test in sorted(ranked)]


@cache
def _rules_near(source: Path, module: str, defined: frozenset[str]) -> Mapping[str, int]:
    """The codes of the rules that use what is `defined` in `module`, each with the number of steps to there. A private
    name is used in its own module alone."""
    found: dict[str, int] = {}
    seen, fresh = set[tuple[str, str]](), {(module, name) for name in defined}
    for steps in range(FAR):
        seen |= fresh
        for user in _users(source):
            if fresh & {(user.module, user.name)}:
                found |= {code: steps for code in user.codes if code not in found}
        used = {name if name.startswith("_") else "" for _, name in fresh} | {name for _, name in fresh}
        homes = {name: home for home, name in fresh if name.startswith("_")}
        fresh = {
            (user.module, user.name)
            for user in _users(source)
            if any(name in used and homes.get(name, user.module) == user.module for name in user.names)
        } - seen
    return found


@dataclass(frozen=True, slots=True)
class User:
    """What a module defines at its top: the names that it uses, and the code of the rule that it is."""

    module: str
    name: str
    names: frozenset[str]
    codes: frozenset[str]


@cache
def _users(source: Path) -> tuple[User, ...]:
    found = []
    for path in sorted(source.glob("**/*.py")):
        module = path.relative_to(source).as_posix()
        for top in _tree(text_of(path)).body:
            used = {part.id for part in ast.walk(top) if isinstance(part, ast.Name)}
            used |= {part.attr for part in ast.walk(top) if isinstance(part, ast.Attribute)}
            said = [part.value for one in getattr(top, "decorator_list", []) for part in ast.walk(one)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)]  # fmt: skip
            codes = _codes(" ".join(said))
            found += [User(module, name, frozenset(used - {name}), codes) for name in _defined(top)]
    return tuple(found)


def _around(tree: ast.Module, line: int) -> frozenset[str]:
    """The names that the statement of the module gives in which `line` stands; of a class, those of its parts too."""
    top = next(one for one in tree.body if first_line(one) <= line <= (one.end_lineno or 0))
    parts = [one for one in getattr(top, "body", []) if isinstance(one, ast.FunctionDef)]
    inner = [one.name for one in parts if isinstance(top, ast.ClassDef) and one.lineno <= line <= (one.end_lineno or 0)]
    return frozenset([*_defined(top), *inner])


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def _codes(text: str) -> frozenset[str]:
    return frozenset(CODES.findall(text))


@cache
def _of_file(test: str, project: Path) -> frozenset[str]:
    """The rules that the file of a test is about, where it speaks of a few."""
    codes = _codes(text_of(project / test.partition("::")[0]))
    return codes if len(codes) <= FEW else frozenset()


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


class Shared:
    """A pytest plugin: what the fixtures cost that several tests share. In a fork each test pays for its own."""

    def __init__(self) -> None:
        self.cost: dict[object, float] = {}
        self.total = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        begun = spent()
        result = yield
        if fixturedef.scope != "function":
            self.cost[fixturedef] = spent() - begun
            self.total += self.cost[fixturedef]
        return result

    def of(self, item: pytest.Item) -> float:
        wanted = {one for found in item._fixtureinfo.name2fixturedefs.values() for one in found}
        return sum(self.cost.get(one, 0.0) for one in wanted)


def measure(items: Sequence[pytest.Item], source: Path, found: Executed) -> None:
    """Run tests once, and add to `found` what that tells; those that fail without a fault judge nothing."""
    watch, shared = coverage.Coverage(data_file=None, include=[f"{source}/*"]), Shared()
    items[0].config.pluginmanager.register(shared)
    watch.start()
    for item, following in zip(items, [*items[1:], None], strict=True):
        watch.switch_context(item.nodeid)
        failed, begun, before = item.session.testsfailed, spent(), shared.total
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed == failed:
            found.cost[item.nodeid] = spent() - begun - (shared.total - before) + shared.of(item)
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


def keep(found: Executed, file: Path, project: Path, measured: set[str]) -> None:
    """`measured` are test files."""
    found.digests = {name: digest for name, digest in digests_of(project).items()
                     if name in found.digests or name in measured or not name}  # fmt: skip
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
