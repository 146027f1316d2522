"""`generate` where workbooks stand already: what was typed in them is kept and said, what changed is told to whom."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet.books.partner.writing import partner_workbook
from cvsheet.model.framework import Framework
from cvsheet.reports.kept import answers_sentence
from cvsheet.workflows.generate import FileOutcome, GeneratedFile, generate
from tests.conftest import Convert
from tests.partner.cells import made
from tests.partner.conftest import measure, small

__all__ = ["small"]


def only(framework: Framework, folder: Path, partner: str = "A") -> GeneratedFile:
    [file] = generate(framework, "2021", [partner], folder).files
    return file


@pytest.fixture
def sent(small: Framework, tmp_path: Path) -> Path:
    return only(small, tmp_path).path


def filled(framework: Framework, path: Path) -> bytes:
    """Two answers typed in the workbook, which says nothing of another program."""
    answers = {("E-I1.M1", "valeur"): 12.0, ("E-I1.M2", "valeur"): 40.0}
    path.write_bytes(partner_workbook(framework, "2021", "A", prefill=answers))
    return path.read_bytes()


def test_answers_are_kept_whatever_program_saved_them_and_said_with_their_number(small: Framework, sent: Path) -> None:
    typed = filled(small, sent)
    file = only(small, sent.parent)
    assert (file.outcome, file.answers) == (FileOutcome.REPLACED, 2)
    assert file.kept is not None
    assert file.kept.parent == sent.parent / "archives"
    assert file.kept.read_bytes() == typed
    told = answers_sentence(sent, file.kept, file.answers)
    assert "« test_2021_A.xlsx » contenait 2 réponses" in " ".join(told.split())
    assert f"archives/{file.kept.name}" in told
    assert "copiez ce fichier dans retours/" in told


def test_a_second_run_finds_nothing_more_to_keep(small: Framework, sent: Path) -> None:
    filled(small, sent)
    only(small, sent.parent)
    before = sent.stat().st_mtime_ns
    again = only(small, sent.parent)
    assert (again.outcome, again.kept, again.answers) == (FileOutcome.UNCHANGED, None, 0)
    assert sent.stat().st_mtime_ns == before


def test_the_same_parts_packed_otherwise_are_left_untouched(small: Framework, sent: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(sent.read_bytes())) as old, zipfile.ZipFile(sent, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    packed = sent.read_bytes()
    assert only(small, sent.parent).outcome is FileOutcome.UNCHANGED
    assert sent.read_bytes() == packed


def changed(framework: Framework) -> Framework:
    """One measure more, one less, one that is called otherwise."""
    measures = [
        replace(one, title="Autre nom") if one.code == "E-I2.M3" else one
        for one in framework.measures
        if one.code != "E-I2.M2"
    ]
    return replace(framework, measures=(*measures, measure("E-I4.M1")))


def test_a_change_of_contract_says_what_changed_and_for_whom(small: Framework, tmp_path: Path) -> None:
    generate(small, "2021", None, tmp_path)
    files = {file.partner: file for file in generate(changed(small), "2021", None, tmp_path).files}
    told = " ".join(str(files["A"].changes).split())
    assert told == "1 ligne ajoutée (E-I4.M1), 1 ligne retirée (E-I2.M2), 1 libellé changé (E-I2.M3)"
    assert not files["B"].changes


def test_values_recalled_beside_the_cells_are_no_change_of_contract(small: Framework, tmp_path: Path) -> None:
    only(small, tmp_path)
    [file] = generate(small, "2021", ["A"], tmp_path, previous={"A": {"E-I1.M1": 12.0}}).files
    assert (file.outcome, bool(file.changes), file.kept) == (FileOutcome.REPLACED, False, None)


def test_answers_to_a_contract_that_changed_meanwhile_are_kept_too(small: Framework, sent: Path) -> None:
    typed = filled(small, sent)
    file = only(changed(small), sent.parent)
    assert file.kept is not None
    assert file.kept.read_bytes() == typed
    assert file.answers == 2
    assert file.changes


def test_answers_saved_by_libreoffice_are_counted(small: Framework, sent: Path, libreoffice: Convert) -> None:
    book = made(small, "2021", "A", {("E-I1.M1", "valeur"): 12.0})
    book.save(sent)
    sent.write_bytes(libreoffice(sent, "xlsx").read_bytes())
    file = only(small, sent.parent)
    assert (file.answers, file.outcome) == (1, FileOutcome.REPLACED)
    assert file.kept is not None
