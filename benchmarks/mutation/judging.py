"""Judging a mutant: a process forked from one that has collected all tests, with the faulty functions put in place.

A fault outside functions is met at import: for it, pytest starts again in a process that has imported nothing of ours.
"""

from __future__ import annotations

import ast
import gc
import math
import mmap
import os
import resource
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from benchmarks.mutation.executed import Executed, keep, known, measure, spent
from benchmarks.mutation.faults import Mutant, text_of

CURRENT = mmap.mmap(-1, 4)  # the place of the test that a forked process runs, which its parent reads
WARMING = "tests/rules/test_each_rule.py"  # its tests use no fixture
OURS = ("cvsheet", "tests")
SLOW = ("cvsheet.schema", "tests.returned")  # what they keep is made by none of the modules judged
NOT_COLLECTED = 2  # the exit code of a run in which some test file cannot be read
IS_FUNCTION = 0x1  # CO_OPTIMIZED: neither a module's code nor the body of a class
Place = tuple[str, str, int]  # file, qualified name, first line
Pair = tuple[CodeType, CodeType]  # without the fault, with it
Change = tuple[object, str, object]  # a thing, its attribute, the value that this had


class Judge:
    """A pytest plugin: once all tests are collected, `work` is called in place of running them."""

    def __init__(self, source: Path, work: Callable[[Judge], None]) -> None:
        self.source, self._work = source, work
        self._functions: dict[Place, list[FunctionType]] = defaultdict(list)
        self._items: dict[str, pytest.Item] = {}
        self._kept: list[_lru_cache_wrapper[object]] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            print(f"cannot be collected: {report.nodeid}\n{report.longrepr}", file=sys.stderr)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:  # by then a collection alone can have failed
            os._exit(NOT_COLLECTED)
        self._items = {item.nodeid: item for item in session.items}
        gc.unfreeze()  # tests/conftest.py hides what was collected, our functions among it
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(self.source)):
                self._functions[_place(one.__code__)].append(one)
        self._warm(session)
        gc.freeze()  # what was collected is never looked at again, so that forks share its memory
        self._work(self)
        return True

    def _warm(self, session: pytest.Session) -> None:
        """Let pandas and pandera do here what they do when they are first used; our own results are forgotten."""
        for item in [item for item in session.items if item.nodeid.startswith(WARMING)][:1]:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        kept = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
        self._kept = [one for one in kept if one.__module__.startswith(OURS) and not one.__module__.startswith(SLOW)]

    def measured(self, file: Path) -> Executed:
        """What a run of all tests tells, kept in `file`: in a process of its own, so that nothing is inherited."""
        found = known(file, self.source.parent)
        items = [item for test, item in self._items.items() if test.partition("::")[0] not in found.digests]
        if not items:
            return found
        if os.fork() == 0:
            silence()
            measure(items, self.source, found)
            keep(found, file, self.source.parent, {item.nodeid.partition("::")[0] for item in items})
            os._exit(0)
        os.wait()
        return known(file, self.source.parent)

    def survives(self, mutant: Mutant, tests: Sequence[tuple[str, float]]) -> bool | None:
        """Whether `tests` (and what each costs) pass with the fault, in this process, which is as before afterwards;
        None where the fault is met at import."""
        path = self.source / mutant.module
        after = compile(mutant.text(self.source), str(path), "exec")
        pairs = list(_differing(_compiled(path), after))
        if not pairs:
            raise SyntaxError("the same program")
        at_import = any(not one.co_flags & IS_FUNCTION and _own(one) != _own(other) for one, other in pairs)
        changed = _changed(text_of(path), mutant.text(self.source)) if at_import else None
        if not changed and (at_import or not any(_place(one) in self._functions for one, _ in pairs)):
            return None
        name = ".".join(("cvsheet", *Path(mutant.module).with_suffix("").parts))
        back = self._put(pairs) if changed is None else _put_changed(name, changed)
        try:
            return self.passes(tests)
        finally:
            for thing, attribute, value in back:
                setattr(thing, attribute, value)

    def passes(self, tests: Sequence[tuple[str, float]]) -> bool:
        """Whether tests pass, with nothing kept of what was computed before."""
        for one in self._kept:
            one.cache_clear()
        items = [self._items[test] for test, _ in tests]
        for place, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
            begin(place, tests[place][1])
            item.session.testsfailed = 0
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                items[0].session._setupstate.teardown_exact(None)
                return False
        return True

    def _put(self, pairs: Sequence[Pair]) -> list[Change]:
        """Give functions the code with the fault; what to put back."""
        back: list[Change] = []
        for before, after in pairs:
            for function in self._functions.get(_place(before), ()):
                back.append((function, "__code__", function.__code__))
                function.__code__ = after
        return back


def _changed(before: str, after: str) -> ast.Assign | ast.FunctionDef | None:
    """The new statement where the fault lies in a constant of the module, such as `ENOUGH = 5`, or in what a function
    takes for an argument that is not given."""
    pairs = zip(ast.parse(before).body, ast.parse(after).body, strict=True)
    for one, other in pairs:
        if ast.dump(one) == ast.dump(other):
            continue
        if isinstance(other, ast.Assign) and not any(isinstance(part, ast.Lambda) for part in ast.walk(other)):
            return other
        if isinstance(one, ast.FunctionDef) and isinstance(other, ast.FunctionDef) and not other.decorator_list:
            given = [[ast.dump(value) for value in function.args.defaults] for function in (one, other)]
            return other if given[0] != given[1] else None
    return None


def _put_changed(module: str, changed: ast.Assign | ast.FunctionDef) -> list[Change]:
    if isinstance(changed, ast.Assign):
        return put_constant(module, (changed.targets[0], changed.value))
    function, space = vars(sys.modules[module])[changed.name], vars(sys.modules[module])
    given = [eval(compile(ast.Expression(one), module, "eval"), space) for one in changed.args.defaults]
    back: list[Change] = [(function, "__defaults__", function.__defaults__)]
    function.__defaults__ = tuple(given)
    return back


def put_constant(module: str, constant: tuple[ast.expr, ast.expr]) -> list[Change]:
    """Give it to the module, and to all that imported it by its name; what to put back."""
    target, expression = constant
    names = [one.id for one in ast.walk(target) if isinstance(one, ast.Name)]
    space = vars(sys.modules[module])
    old = {name: space[name] for name in names}
    new = ast.Module([ast.Assign([target], expression, lineno=1)], [])
    exec(compile(ast.fix_missing_locations(new), module, "exec"), space)
    back: list[Change] = [(sys.modules[module], name, old[name]) for name in names]
    for other in [one for name, one in sys.modules.items() if name.startswith(OURS)]:
        for name in names:
            if vars(other).get(name) is old[name]:
                back.append((other, name, old[name]))
                setattr(other, name, space[name])
    return back


@cache
def _compiled(path: Path) -> CodeType:
    return compile(text_of(path), str(path), "exec")


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _differing(before: CodeType, after: CodeType) -> Iterator[Pair]:
    """Each code that differs, with what it became, an outer one before those that it holds."""
    if before != after:
        yield before, after
        for one, other in zip(_held(before), _held(after), strict=False):
            yield from _differing(one, other)


def _held(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _own(code: CodeType) -> tuple[object, ...]:
    """What a code does without the codes that it holds."""
    constants = [(type(one), one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, constants


class Only:
    """A pytest plugin: these tests, in this order, each within its limit of time."""

    def __init__(self, tests: Sequence[tuple[str, float]]) -> None:
        self._tests = {test: (place, cost) for place, (test, cost) in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        found = {item.nodeid: item for item in items}
        items[:] = [found[test] for test in self._tests if test in found]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        begin(*self._tests[item.nodeid])


def survives_import(project: Path, mutant: Mutant, tests: Sequence[tuple[str, float]]) -> bool:
    """Whether `tests` pass when the faulty module is imported, by a process that has imported nothing of ours yet."""
    place = project / "cvsheet" / mutant.module
    text, faulty = place.read_text(encoding="utf-8"), mutant.text(project / "cvsheet")
    files = list(dict.fromkeys(test.partition("::")[0] for test, _ in tests))
    place.write_text(faulty, encoding="utf-8")
    try:
        return in_fork(lambda: run_pytest(project, ["-x", *files], Only(tests))) == 0
    finally:
        place.write_text(text, encoding="utf-8")


def run_pytest(project: Path, arguments: Sequence[str], plugin: object) -> int:
    """pytest on the copy of the project, saying nothing, with searches of hypothesis that are short and repeat."""
    import hypothesis

    searching = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # a failure is enough: nothing is made smaller
    hypothesis.settings.register_profile("mutants", phases=searching, max_examples=50, deadline=None, derandomize=True)
    hypothesis.settings.load_profile("mutants")
    os.chdir(project)
    here = str(Path(__file__).parents[2])
    sys.path[:] = [str(project), *(path for path in sys.path if path and path != here)]
    unused = [word for name in ("cacheprovider", "xdist", "terminal") for word in ("-p", f"no:{name}")]
    quiet = [*unused, "-o", "addopts=", "--assert=plain", f"--basetemp={project.parent / 'tmp'}"]
    return int(pytest.main([*quiet, *arguments], plugins=[plugin]))


def in_fork(run: Callable[[], int]) -> int:
    """How `run` ended in a forked process: 0 well, below 0 by a signal, which is that of its limits."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            silence()
            os._exit(run())
        finally:
            os._exit(2)  # nothing of the parent's is undone here
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def silence() -> None:
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)


def begin(place: int, cost: float) -> None:
    """A test that takes several times what it costs without a fault ends this process: by its own time, or waiting."""
    CURRENT[:] = place.to_bytes(4, "big")
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(spent() + 3 + 5 * cost), resource.RLIM_INFINITY))
    signal.alarm(math.ceil(60 + 30 * cost))


def last_begun() -> int:
    """The place of the test at which the last forked process ended."""
    return int.from_bytes(CURRENT[:], "big")
