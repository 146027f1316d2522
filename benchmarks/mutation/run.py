"""A run over mutants: what became of each, and how much testing each was given."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path

from benchmarks.mutation.executed import Executed, known
from benchmarks.mutation.faults import Mutant
from benchmarks.mutation.judging import NOT_COLLECTED, Judge, in_fork, last_begun, run_pytest, survives_import

Survives = Callable[[Mutant, Sequence[tuple[str, float]]], bool | None]
Told = Mapping[str, object]

JUDGING = ("tests/audit", "tests/catalogue", "tests/rules")
FAILED = 2  # the exit code of a process in which the fault could not even be put
BATCH = 40  # mutants judged in one process
ALIVE = ("survived", "unseen")
UNTRIED = ("untried", "unsound", "import")


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of each mutant, a line of JSON each; of two lines on one mutant the last counts."""

    file: Path

    def read(self, since: int = 0) -> dict[str, Told]:
        """What is told after the first `since` lines."""
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        return {one["key"]: one for one in map(json.loads, lines[since:])}

    @property
    def lines(self) -> int:
        return len(self.file.read_text(encoding="utf-8").splitlines()) if self.file.exists() else 0

    def add(
        self, mutant: Mutant, fate: str, judge: str = "", tests: tuple[int, int] = (0, 0), seconds: float = 0
    ) -> None:
        """`judge` is the test that saw it; `tests`: how many could be run in `seconds`, of how many that execute the
        line."""
        told = {"key": mutant.key, "module": mutant.module, "line": mutant.line, "kind": mutant.kind}
        told |= {"was": mutant.was, "became": mutant.became, "fate": fate, "judge": judge}
        told |= {"tests": tests, "seconds": seconds, "day": date.today().isoformat()}
        with self.file.open("a", encoding="utf-8") as stream:
            print(json.dumps(told, ensure_ascii=False), file=stream)


def fate_of(told: Mapping[str, Told], mutant: Mutant) -> str:
    return str(told.get(mutant.key, {}).get("fate", "untried"))


@dataclass(frozen=True, slots=True)
class Step:
    """Which mutants, and how many seconds of tests may be spent on one: the nearest to it or, `aimed`, those of its
    module. Those that lived through as much are left out, unless it is done `again`, since tests were added."""

    mutants: Sequence[Mutant]
    seconds: float
    aimed: bool = False
    again: bool = False

    def left(self, told: Mapping[str, Told]) -> list[Mutant]:
        return [one for one in self.mutants if self._is_left(told.get(one.key, {}))]

    def _is_left(self, told: Told) -> bool:
        fate = told.get("fate", "untried")
        return fate in UNTRIED or (fate in ALIVE and (self.again or told.get("seconds", 0) < self.seconds))


@dataclass(frozen=True, slots=True)
class Run:
    """The steps of a run: few tests first, that see nearly all; then more of them for what is left."""

    project: Path
    steps: Sequence[Step]
    fates: Fates
    executed: Path  # the file that keeps which tests execute which lines
    tests: tuple[str, ...]  # from the folder tests/
    afresh: bool = False  # import all anew, also for faults in functions, whose results may be kept since collection

    @property
    def source(self) -> Path:
        return self.project / "cvsheet"

    def all(self) -> None:
        tests = [path for path in self.tests if (self.project / path).exists()]
        if any(path.startswith(JUDGING) for path in tests):  # what is slow to import is imported once, before forking
            import great_expectations  # noqa: F401
            import pandera.pandas  # noqa: F401

        sys.dont_write_bytecode = True
        child = os.fork()
        if child == 0:
            status = run_pytest(self.project, tests, Judge(self.source, self._judge))
            os._exit(status)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == NOT_COLLECTED:
            sys.exit("Nothing was judged.")
        self._judge_imports()

    def _judge(self, judge: Judge) -> None:
        """All mutants in functions and constants; those that are met at import are left for the end."""
        executed = judge.measured(self.executed)
        survives = (lambda *_: None) if self.afresh else judge.survives
        for step in self.steps:
            self._step(executed, judge, step, survives)

    def _step(self, executed: Executed, judge: Judge, step: Step, survives: Survives) -> None:
        left, at_once = step.left(self.fates.read()), BATCH
        while left:
            batch, left = left[:at_once], left[at_once:]
            before = self.fates.lines
            ended = in_fork(lambda given=batch: self._batch(executed, given, judge, step, survives))
            told = self.fates.read(before)
            again = [one for one in batch if fate_of(told, one) == "untried"]
            if ended and again:
                fate = "killed" if ended in (FAILED, -signal.SIGXCPU) else "unsound"  # who waited may have had no turn
                self.fates.add(again.pop(0), fate, "ended by its limits", seconds=step.seconds)
            at_once = 1 if again and not ended else BATCH
            left = [*again, *left]
            for one in batch:
                executed.kills[one.module, str(told.get(one.key, {}).get("judge"))] += 1

    def _batch(
        self, executed: Executed, mutants: Sequence[Mutant], judge: Judge, step: Step, survives: Survives
    ) -> int:
        """Some mutants in one process; of those that were seen by a test that fails now without any fault, no word."""
        seen = self._each(executed, mutants, step, survives)
        unsound = {test for test in set(seen.values()) if not judge.passes([(test, executed.cost[test])])}
        for mutant, test in seen.items():
            if test in unsound:
                self.fates.add(mutant, "untried" if len(mutants) > 1 else "unsound", test)
        return 0

    def _judge_imports(self) -> None:
        executed, told = known(self.executed, self.project), self.fates.read()
        wanted = {one.key: one for step in self.steps for one in step.mutants}
        left = [one for one in wanted.values() if fate_of(told, one) == "import"]
        self._each(executed, left, self.steps[-1], lambda mutant, tests: survives_import(self.project, mutant, tests))

    def _each(self, executed: Executed, mutants: Sequence[Mutant], step: Step, survives: Survives) -> dict[Mutant, str]:
        """Those that were seen, with the test that saw each."""
        seen = {}
        for mutant in mutants:
            ranked = executed.of(self.source, mutant, aimed=step.aimed)
            able = [test for test in ranked if test.startswith(self.tests)]
            costs = [executed.cost[test] for test in able]
            affordable = sum(reached <= step.seconds for reached in accumulate(costs))
            tests = list(zip(able, costs, strict=True))[: max(affordable, 1)]
            fate = _fate(mutant, tests, survives)
            judge = tests[last_begun()][0] if fate == "killed" else ""
            executed.kills[mutant.module, judge] += 1
            seen |= {mutant: judge} if judge else {}
            self.fates.add(mutant, fate, judge, (len(tests), len(able)), step.seconds)
        return seen


def _fate(mutant: Mutant, tests: Sequence[tuple[str, float]], survives: Survives) -> str:
    if not tests:
        return "unseen"
    try:
        return {None: "import", True: "survived", False: "killed"}[survives(mutant, tests)]
    except SyntaxError:
        return "no program"
