"""A number typed over in *Données* is listed, whichever program did it; another reading of the same text is none."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cvsheet.books.master.data_seal import SEAL_LABEL
from cvsheet.books.master.decisions import Reason
from cvsheet.model.submission import Submission
from cvsheet.workflows.consolidate import consolidate
from tests.consolidation.frameworks import framework, measure
from tests.master.test_accounts import judged, returned
from tests.master.test_coordination import edit, typing

CONTRACT = framework(measure("SUM.M1"), measure("ALL.M1"))
OURS = ("docProps/core.xml", "docProps/app.xml")  # who saved it, and when
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def rebuild(folder: Path, *, times: float = 1.0) -> Path:
    """The master of one return, whose texts are read as so many `times` their numbers: another unit, say."""
    read = returned("A", {"SUM.M1": 15.0, "ALL.M1": 40.0}, "2021")
    return consolidate(CONTRACT, judged(_read_as(read, times)), "2021", folder).path


def _read_as(read: Submission, times: float) -> Submission:
    observations = []
    for seen in read.observations:
        answer = replace(seen.entry.answer, number=times * (seen.entry.answer.number or 0.0))
        observations.append(replace(seen, entry=replace(seen.entry, answer=answer)))
    return replace(read, observations=tuple(observations))


def by_name(path: Path, *changes: Callable[[Any], None]) -> None:
    """Saved by a program that says so."""
    edit(path, *changes)


def unseen(path: Path, *changes: Callable[[Any], None]) -> None:
    """Saved by one that leaves what a file tells of itself as it was."""
    before = path.with_suffix(".before")
    shutil.copy(path, before)
    edit(path, *changes)
    with zipfile.ZipFile(before) as was, zipfile.ZipFile(path) as now:
        parts = {name: (was if name in OURS else now).read(name) for name in now.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    before.unlink()


def number(value: object) -> Callable[[Any], None]:
    return typing("Données", "SUM.M1", "Valeur", value, key="Ligne")


def left_out(book: Any) -> None:
    typing("Données", "SUM.M1", "Compte", 0, key="Ligne")(book)


def nothing(book: Any) -> None:
    """Only saved."""


def sorted_by_hand(book: Any) -> None:
    """The two rows of *Données* change places."""
    page = book["Données"]
    for column in range(1, page.max_column + 1):
        first, second = page.cell(5, column), page.cell(6, column)
        if not str(first.value).startswith("="):
            first.value, second.value = second.value, first.value


def without_seal(book: Any) -> None:
    """As masters of earlier versions."""
    for row in book["Journal"].iter_rows():
        for cell in row:
            if cell.value == SEAL_LABEL:
                cell.value = None


def listed(path: Path) -> list[str]:
    """What the next master says was corrected by hand."""
    cells = (cell for row in openpyxl.load_workbook(path)["Notes orphelines"].iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.value == Reason.CORRECTED]


@pytest.mark.parametrize("save", [by_name, unseen])
@pytest.mark.parametrize("change", [number(16), number("16 ?"), number(None), left_out])
@pytest.mark.sample(3)
def test_what_was_typed_over_is_listed_and_its_workbook_kept(
    tmp_path: Path, save: Callable[..., None], change: Callable[[Any], None]
) -> None:
    save(rebuild(tmp_path), change)
    assert len(listed(rebuild(tmp_path))) == 1
    assert len(list((tmp_path / "archives").iterdir())) == 1


@pytest.mark.parametrize("save", [by_name, unseen])
@pytest.mark.parametrize("change", [nothing, sorted_by_hand, number(15)])
@pytest.mark.sample(2)
def test_another_reading_of_the_same_texts_is_no_correction(
    tmp_path: Path, save: Callable[..., None], change: Callable[[Any], None]
) -> None:
    save(rebuild(tmp_path), change)
    assert listed(rebuild(tmp_path, times=100)) == []


@pytest.mark.parametrize(("save", "found"), [(by_name, 1), (unseen, 0)])
def test_in_a_master_of_an_earlier_version_the_program_that_saved_it_tells(
    tmp_path: Path, save: Callable[..., None], found: int
) -> None:
    save(rebuild(tmp_path), number(16), without_seal)
    assert len(listed(rebuild(tmp_path))) == found
