"""A master that nobody saved since it was written is known again: the next one is what it would be without knowing."""

from __future__ import annotations

import csv
import os
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cvsheet.books.master import read_back
from cvsheet.model.framework import Framework
from cvsheet.workflows import consolidate as consolidating
from cvsheet.workflows import kept as keeping
from cvsheet.workflows import register
from cvsheet.workflows.consolidate import ConsolidateResult, consolidate
from tests.consolidation.frameworks import framework, measure, share
from tests.master.test_accounts import judged, returned
from tests.master.test_coordination import edit, typing

CONTRACT = framework(
    measure("SUM.M1", breakdowns=("quartier",)),
    measure("ALL.M1"),
    measure("ONE.M1", "source unique"),
    share("SHARE.M1", "SUM.M1", "ALL.M1"),
)
LABELLED = framework(
    measure("SUM.M1", breakdowns=("quartier",), title="Autre libellé"),
    measure("ALL.M1"),
    measure("ONE.M1", "source unique"),
)
RETURNS = (
    ("A", "2021", {"SUM.M1": 15.0, "ALL.M1": 100.0, "ONE.M1": 3.0}),
    ("B", "2021", {"SUM.M1": 5.0, "ONE.M1": 4.0}),
    ("A", "2020", {"SUM.M1": 8.0, "ALL.M1": 80.0}),
)
OTHERS = (("A", "2021", {"SUM.M1": 16.0, "ALL.M1": 100.0}), ("C", "2021", {"SUM.M1": 2.0}), *RETURNS[2:])
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
Step = Callable[[Path], None]


class Clock(datetime):
    """Time that passes by a minute whenever it is looked at."""

    minutes = 0

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        cls.minutes += 1
        return datetime(2022, 3, 1 + cls.minutes // 1440, cls.minutes // 60 % 24, cls.minutes % 60, tzinfo=UTC)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which masters were parsed whole (``whole``) or without their long sheets, and which were made."""
    told: list[str] = []
    whole, part, made = read_back.open_grid, read_back.open_without, consolidating.master_workbook
    for module, name, what, plain in (
        (read_back, "open_grid", "whole", whole),
        (read_back, "open_without", "part", part),
        (consolidating, "master_workbook", "made", made),
    ):
        monkeypatch.setattr(module, name, lambda *a, _what=what, _plain=plain: (told.append(_what), _plain(*a))[1])
    return told


def rebuild(
    root: Path, returns: tuple[tuple[str, str, dict[str, float]], ...] = RETURNS, contract: Framework = CONTRACT,
    campaign: str = "2021", *, keep: bool = True,
) -> ConsolidateResult:  # fmt: skip
    submissions = [returned(partner, given, year) for partner, year, given in returns]
    return consolidate(contract, judged(*submissions), campaign, root / "sorties", root, keep=keep)


def test_a_master_without_a_decision_is_neither_parsed_nor_made_twice(tmp_path: Path, opened: list[str]) -> None:
    first = rebuild(tmp_path)
    content = first.path.read_bytes()
    opened.clear()
    again = rebuild(tmp_path)
    assert opened == []
    assert (again.path.read_bytes(), again.summary) == (content, first.summary)
    rebuild(tmp_path, OTHERS)
    assert opened == ["made"]


def test_of_one_with_decisions_the_long_sheets_are_not_parsed(tmp_path: Path, opened: list[str]) -> None:
    by_hand(rebuild(tmp_path).path)
    rebuild(tmp_path)
    opened.clear()
    rebuild(tmp_path)
    assert opened[0] == "part"


@pytest.mark.long
def test_a_decision_that_was_withdrawn_is_known_as_such(tmp_path: Path, opened: list[str]) -> None:
    by_hand(rebuild(tmp_path).path)
    former = rebuild(tmp_path).path.parent.parent / "decisions.csv"
    before = former.read_bytes()
    decided(None)(tmp_path)
    rebuild(tmp_path)
    former.write_bytes(before)
    opened.clear()
    rebuild(tmp_path)
    assert opened[0] == "part"


def by_hand(path: Path) -> None:
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 12))


def one_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


@pytest.mark.parametrize("change", [by_hand, one_byte])
def test_one_that_anything_changed_is_parsed_whole(tmp_path: Path, opened: list[str], change: Step) -> None:
    path = rebuild(tmp_path).path
    change(path)
    opened.clear()
    rebuild(tmp_path)
    assert opened == ["whole", "made"]


@pytest.mark.parametrize("version", [None, "99.0"])
@pytest.mark.long
def test_and_so_is_one_of_which_nothing_is_known(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch, version: str | None
) -> None:
    rebuild(tmp_path, keep=version is not None)
    opened.clear()
    if version:
        monkeypatch.setattr(keeping.cvsheet, "__version__", version)
        keeping.program.cache_clear()
    rebuild(tmp_path)
    assert opened == ["whole", "made"]
    monkeypatch.undo()
    keeping.program.cache_clear()


def test_a_note_in_a_long_sheet_is_read_again_each_time(tmp_path: Path, opened: list[str]) -> None:
    path = rebuild(tmp_path).path
    edit(path, typing("Données", "SUM.M1", "Vu", "oui", key="Ligne"))
    rebuild(tmp_path)
    opened.clear()
    rebuild(tmp_path)
    assert opened[0] == "whole"


def decided(value: object, title: str = "Valeur arbitrée 2021", line: str = "SUM.M1") -> Step:
    return lambda root: edit(master(root), typing("Pilier", line, title, value))


def noted(sheet: str, key: str) -> Step:
    return lambda root: edit(master(root), typing(sheet, "SUM.M1", "Vu par", "Zoé", key=key))


def master(root: Path, campaign: str = "2021") -> Path:
    return next((root / "sorties").glob(f"*_{campaign}_maitre.xlsx"))


def retyped(name: str) -> Step:
    """Changes the last row of a register by hand."""

    def change(root: Path) -> None:
        rows = table(root / name)
        save(root / name, [*rows[:-1], [*rows[-1][:3], "7", *rows[-1][4:]]] if len(rows) > 1 else rows)

    return change


def shortened(name: str) -> Step:
    """Deletes the last row of a register."""
    return lambda root: save(root / name, table(root / name)[:-1] or table(root / name))


def table(path: Path) -> list[list[str]]:
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    return list(csv.reader(text.splitlines(), delimiter=";"))


def save(path: Path, rows: list[list[str]]) -> None:
    if not rows:
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    moment = Clock.now(UTC).timestamp()
    os.utime(path, (moment, moment))


def forgotten(name: str) -> Step:
    return lambda root: (root / name).unlink(missing_ok=True)


def taken_away(root: Path) -> None:
    master(root).unlink()


STEPS: tuple[Step, ...] = (
    decided(12), decided("nd", line="ALL.M1"), decided(None), decided("vu en réunion", "Motif 2021"),
    decided("à revoir", "Commentaire coordination 2021"), noted("Pilier", "Code"), noted("Données", "Ligne"),
    noted("Contributions", "Code"), retyped("decisions.csv"), retyped("notes.csv"), shortened("decisions.csv"),
    shortened("notes.csv"), forgotten("decisions.csv"), forgotten("notes.csv"), taken_away,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.long
def test_whatever_happens_the_result_is_the_one_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(register, "datetime", Clock)
    chance, one, other = random.Random(seed), tmp_path / "one", tmp_path / "other"
    rebuilt(one, other, RETURNS, CONTRACT, "2021")
    for _ in range(4):
        if chance.random() < 0.7:
            chance.choice(STEPS)(one)
            copied(one, other)
        returns, contract = chance.choice((RETURNS, OTHERS)), chance.choice((CONTRACT, CONTRACT, LABELLED))
        rebuilt(one, other, returns, contract, chance.choice(("2021", "2021", "2020")))
        rebuilt(one, other, returns, contract, "2021")


def rebuilt(one: Path, other: Path, *what: object) -> None:
    """The same master made in `one` with what was kept, in `other` without; all that lies there is the same then."""
    now = Clock.minutes
    kept = rebuild(one, *what)  # type: ignore[arg-type]
    Clock.minutes = now
    anew = rebuild(other, *what, keep=False)  # type: ignore[arg-type]
    assert kept.summary == anew.summary
    assert lying(one) == lying(other)


def lying(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file() and ".cvsheet" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def copied(one: Path, other: Path) -> None:
    """What a person did in `one`, done in `other` too, at the same moment."""
    shutil.rmtree(other)
    shutil.copytree(one, other, ignore=shutil.ignore_patterns(".cvsheet"))
