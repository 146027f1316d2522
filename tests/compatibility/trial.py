"""One workbook through one program, and what cvsheet makes of it afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cvsheet.books.contract.reading.workbook import read_canonical
from cvsheet.books.master.read_back import read_master
from cvsheet.books.partner.reading import read_returned
from cvsheet.errors import UnreadableFile
from cvsheet.files.atomic import write_atomically
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.workflows.check import check
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.validate import validate
from tests.catalogue.contract import FRAMEWORK, good_return
from tests.compatibility.programs import Program
from tests.compatibility.survival import COUNTED, Features, features
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "campagne"
CONTRACT = EXAMPLE / "contrat.xlsx"
DIGITS = 15  # as spreadsheets keep them


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of workbook: how an original is made, what cvsheet reads in one, as comparable data, and what it says."""

    name: str
    make: Callable[[Path], None]
    read: Callable[[Path], object]
    judge: Callable[[Path], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: `failure` where the program opened or saved nothing; `same` says that everything is read as in
    the original, else `said` lists the rules that speak or the refusal."""

    failure: str = ""
    before: Features | None = None
    after: Features | None = None
    same: bool = False
    said: tuple[str, ...] = ()


def kinds() -> tuple[Kind, ...]:
    """Those that people save: the partner's, the contract, the master."""
    return (
        Kind("Classeur de partenaire", lambda path: write_atomically(path, good_return()), answers, _of_return),
        Kind("Classeur du contrat", lambda path: write_atomically(path, CONTRACT.read_bytes()), contract, _of_contract),
        Kind("Classeur maître", _make_master, master, lambda _: ()),
    )


def tried(program: Program, kind: Kind, folder: Path) -> Outcome:
    """`kind` opened and saved by `program` in the empty `folder`."""
    original, copy = folder / "original.xlsx", folder / f"copie.{program.ending}"
    kind.make(original)
    try:
        program.save(original, copy)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return Outcome(_last_line(error))
    try:
        read = kind.read(copy)
    except UnreadableFile as refusal:
        return Outcome(said=(f"refusé : {refusal.reason.value}",))
    return Outcome("", features(original), features(copy), read == kind.read(original), _new(kind, copy, original))


def answers(path: Path) -> object:
    """Every answer of a return by line or action and column, as it is read."""
    submission = read_returned(path, FRAMEWORK, path.name)
    seen = {
        (one.line, one.quantity.value): (_kept(one.entry.answer), one.comment and one.comment.strip())
        for one in submission.observations
    }
    reports = {
        (report.action, name): _kept(entry.answer)
        for report in submission.actions
        for name, entry in report.entries.items()
    }
    identity = submission.identity
    return identity and (identity.contract, identity.campaign, identity.partner), seen, reports


def _kept(answer: object) -> object:
    number = getattr(answer, "number", None)
    return (str(getattr(answer, "kind", "")), float(f"{number:.{DIGITS}g}") if number is not None else answer)


def contract(path: Path) -> object:
    """Every value of every table of the contract."""
    canonical = read_canonical(path)
    return {name: [dict(row.values) for row in rows] for name, rows in canonical.tables.items()}


@cache
def _example() -> Framework:
    return load_framework(CONTRACT)


def _make_master(path: Path) -> None:
    assessment = validate(_example(), [EXAMPLE / "retours"], EXAMPLE)
    consolidate(_example(), assessment, None, path)


def master(path: Path) -> object:
    """Every answer of *Données* that the next master compares, and the decisions."""
    former = read_master(path, _example())
    assert former is not None, "no longer known as a master"
    given = {key: (_rounded(row.number), row.typed, row.file, row.cell) for key, row in former.given.items()}
    return given, former.arbitrations, former.notes


def _rounded(number: object) -> object:
    return float(f"{number:.{DIGITS}g}") if isinstance(number, int | float) else number


def _of_return(path: Path) -> tuple[Finding, ...]:
    return tuple(validate(FRAMEWORK, [path], path.parent).findings)


def _of_contract(path: Path) -> tuple[Finding, ...]:
    return tuple(check(path).findings)


def _new(kind: Kind, copy: Path, original: Path) -> tuple[str, ...]:
    """The rules that speak of the copy and not of the original, errors and warnings first."""
    known = {one.code for one in kind.judge(original)}
    order = [*Severity]
    found = sorted(kind.judge(copy), key=lambda one: order.index(one.severity))
    return tuple(dict.fromkeys(one.code for one in found if one.code not in known))


def lost(outcome: Outcome) -> tuple[str, ...]:
    """In words, what of the original is not in the copy."""
    assert outcome.before is not None and outcome.after is not None
    pairs = zip(COUNTED, outcome.before.counts, outcome.after.counts, strict=True)
    words = [f"{name} ({after}/{before})" for name, before, after in pairs if after < before]
    return (*words, *(("feuille technique visible",) if outcome.after.hidden_identity is False else ()))


def _last_line(error: subprocess.SubprocessError) -> str:
    output = str(getattr(error, "stderr", "") or error)
    lines = [line.strip() for line in output.splitlines() if "rror" in line or "anic" in line] or [type(error).__name__]
    return lines[-1][:120]
