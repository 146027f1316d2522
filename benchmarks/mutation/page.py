"""docs/mutants.md: what became of each fault in the present code, which live with a reason, which are open."""

from __future__ import annotations

import platform
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.mutation.faults import Mutant
from benchmarks.mutation.reasons import Reasons
from benchmarks.mutation.run import ALIVE, UNTRIED, Told, fate_of

TEXT = Path(__file__).with_name("page.md")
PROGRAMS = ("pytest", "coverage", "parso", "ironcalc", "pandas", "hypothesis")
COLUMNS = {"seen": "seen", "reason": "left, with a reason", "open": "open", "untried": "not tried"}
SHOWN = 3  # of the faults that one reason is given for
AROUND = (18, 22)  # characters shown before and after a fault


def page(made: Sequence[Mutant], told: Mapping[str, Told], reasons: Reasons) -> str:
    """The whole page, of mutants of the present code."""
    states = {one: _state(one, told, reasons) for one in made}
    numbers = Counter(states.values())
    explained = [one for one, state in states.items() if state == "reason"]
    for stale in reasons.stale(explained):
        print(f"about nothing that lives: {stale.module}: {stale.was}")
    return TEXT.read_text(encoding="utf-8").format(
        day=date.today().isoformat(),
        commit=_commit(),
        versions=_versions(),
        all=numbers.total() - numbers["none"],
        **{state: numbers[state] for state in COLUMNS},
        table=_table(states),
        reasons=_reasons(explained, reasons),
        survivors=survivors(made, told, reasons) or "None.",
    )


def survivors(made: Sequence[Mutant], told: Mapping[str, Told], reasons: Reasons) -> str:
    """The faults that live without a reason, those of one line together."""
    lines: dict[tuple[str, int], list[Mutant]] = defaultdict(list)
    for one in made:
        if _state(one, told, reasons) == "open":
            lines[one.module, one.line].append(one)
    rows = [f"| `{module}` {line} | {_changes(found)} |" for (module, line), found in sorted(lines.items())]
    return "\n".join(["| line | became |", "|---|---|", *rows]) if rows else ""


def _state(mutant: Mutant, told: Mapping[str, Told], reasons: Reasons) -> str:
    """A reason holds for what nobody tried, too; it says nothing of what was seen all the same."""
    fate = fate_of(told, mutant)
    if fate in (*UNTRIED, *ALIVE):
        return "reason" if reasons.of(mutant) else "open" if fate in ALIVE else "untried"
    return "seen" if fate == "killed" else "none"


def _table(states: Mapping[Mutant, str]) -> str:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one, state in states.items():
        counts[one.module][state] += 1
    rows = [_row(f"`{module}`", found) for module, found in sorted(counts.items())]
    titles = " | ".join(("module of `cvsheet/`", "faults", *COLUMNS.values()))
    return "\n".join([f"| {titles} |", f"|---|{'---:|' * 5}", *rows, _row("together", Counter(states.values()))])


def _row(name: str, counts: Counter[str]) -> str:
    numbers = (counts.total() - counts["none"], *(counts[state] for state in COLUMNS))
    return f"| {name} | {' | '.join(map(str, numbers))} |"


def _reasons(mutants: Iterable[Mutant], reasons: Reasons) -> str:
    found: dict[str, list[Mutant]] = defaultdict(list)
    for one in mutants:
        found[reasons.of(one)].append(one)
    rows = ["| where | became | reason |", "|---|---|---|"]
    for why, about in found.items():
        modules = ", ".join(dict.fromkeys(f"`{one.module}`" for one in about))
        more = f" and {len(about) - SHOWN} more" if len(about) > SHOWN else ""
        rows.append(f"| {modules} | {_changes(about[:SHOWN])}{more} | {why} |")
    return "\n".join(rows)


def _changes(mutants: Iterable[Mutant]) -> str:
    return ", ".join(dict.fromkeys(map(_change, mutants)))


def _change(mutant: Mutant) -> str:
    """The place of the fault in the line, with what stands around it."""
    pairs = enumerate(zip(mutant.was, mutant.became, strict=False))
    place = next((number for number, (one, other) in pairs if one != other), 0)
    before, after = AROUND
    return "`" + mutant.became[max(0, place - before) : place + after].strip().replace("|", "\\|") + "`"


def _versions() -> str:
    return ", ".join((f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PROGRAMS)))


def _commit() -> str:
    told = subprocess.run(("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=False)
    return told.stdout.strip()
