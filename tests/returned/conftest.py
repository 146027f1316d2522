"""What the tests of returned workbooks share: the Amboise framework, generated workbooks, damage by openpyxl."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Observation, StructureFact, StructureKind, Submission
from tests.opened import opened, saved

REFERENTIEL = Path(__file__).parent.parent.parent / "examples" / "amboise" / "referentiel"

Typed = Mapping[tuple[str, str], str | float | date | None]
Damage = Callable[[Workbook], None]


@cache
def amboise() -> Framework:
    return framework_from(read_csv_folder(REFERENTIEL))


@cache
def untouched(partner: str, campaign: str) -> bytes:
    return partner_workbook(amboise(), campaign, partner)


def workbook(partner: str, campaign: str = "2021", typed: Typed | None = None) -> bytes:
    """A really generated workbook in which `typed` stands, by row code and column name."""
    return partner_workbook(amboise(), campaign, partner, prefill=typed) if typed else untouched(partner, campaign)


def damaged(content: bytes, damage: Damage) -> bytes:
    """`content` after somebody opened it, did `damage` and saved."""
    book = opened(content)
    damage(book)
    return saved(book)


class Returns:
    """Files that come back, read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, content: bytes, name: str = "retour.xlsx") -> Submission:
        path = self.folder / name
        path.write_bytes(content)
        return read_returned(path, amboise(), name)

    def after(self, content: bytes, damage: Damage) -> Submission:
        return self.read(damaged(content, damage))


@pytest.fixture
def returns(tmp_path: Path) -> Returns:
    return Returns(tmp_path)


def kinds(submission: Submission) -> list[StructureKind]:
    """The kinds of facts, each once, in order."""
    return list(dict.fromkeys(fact.kind for fact in submission.structure))


def facts(submission: Submission, kind: StructureKind) -> list[StructureFact]:
    return [fact for fact in submission.structure if fact.kind is kind]


def answer(submission: Submission, line: str) -> Observation:
    """The only observation of `line` (yearly campaigns)."""
    (found,) = [seen for seen in submission.observations if seen.line == line]
    return found


def answers(submission: Submission) -> list[tuple[object, ...]]:
    """All that was answered, wherever it stands: to compare before and after a move."""
    lines = [
        (o.line, o.quantity, o.entry.answer, o.comment, o.source, o.year.answer if o.year else None)
        for o in submission.observations
    ]
    actions = [
        (r.action, r.title, tuple((name, entry.answer) for name, entry in r.entries.items()))
        for r in submission.actions
    ]
    return sorted([*lines, *actions], key=str)
