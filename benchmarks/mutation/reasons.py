"""Why a fault may live: a list kept by hand, each reason with the faults that it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from benchmarks.mutation.faults import Mutant

LIST = Path(__file__).with_name("reasons.toml")


@dataclass(frozen=True, slots=True)
class Reason:
    """`why` holds for the faults in modules that fit `module`, in a line that holds `was`, that put one of `became`
    there (anything where none is named)."""

    module: str
    was: str
    why: str
    became: tuple[str, ...] = ()
    kind: str = ""

    def holds(self, mutant: Mutant) -> bool:
        return (
            fnmatch(mutant.module, self.module)
            and self.was in mutant.was
            and self.kind in ("", mutant.kind)
            and (not self.became or any(part in mutant.became for part in self.became))
        )


@dataclass(frozen=True, slots=True)
class Reasons:
    """The list, in its order: the first that holds counts."""

    every: tuple[Reason, ...]

    @classmethod
    def read(cls) -> Reasons:
        rows = tomllib.loads(LIST.read_text(encoding="utf-8"))["reason"]
        return cls(tuple(Reason(**{**row, "became": tuple(row.get("became", ()))}) for row in rows))

    def of(self, mutant: Mutant) -> str:
        """Why the mutant may live; empty where nobody said."""
        return next((one.why for one in self.every if one.holds(mutant)), "")

    def stale(self, made: Iterable[Mutant]) -> list[Reason]:
        """Those that are about no line of the present code."""
        mutants = list(made)
        return [one for one in self.every if not any(map(one.holds, mutants))]
