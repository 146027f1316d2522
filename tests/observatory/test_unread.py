"""A contract that cannot be read is one line that says what to do; the others are there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from benchmarks.country import SmallContract
from cvsheet.cli.main import execute
from cvsheet.workflows.observatory import contract as one_contract
from cvsheet.workflows.observatory import processors
from tests.observatory.country import CAMPAIGN, contract, observed, rows, state

Captured = pytest.CaptureFixture[str]
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000 + "EncryptedPackage".encode("utf-16-le")


def made(folder: Path, code: str, identity: str = "") -> Path:
    contract(folder / code, SmallContract(code, identity=identity), {CAMPAIGN: {"I1.M1": 100}})
    return folder / code


def no_workbook(folder: Path) -> None:
    (folder / "contrat.xlsx").unlink()


def damaged_workbook(folder: Path) -> None:
    (folder / "contrat.xlsx").write_bytes((folder / "contrat.xlsx").read_bytes()[:500])


def encrypted_workbook(folder: Path) -> None:
    (folder / "contrat.xlsx").write_bytes(ENCRYPTED)


def other_workbook(folder: Path) -> None:
    book = openpyxl.Workbook()
    book.save(folder / "contrat.xlsx")


def invalid_contract(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "contrat.xlsx")
    sheet = book["Campagnes"]
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.value == CAMPAIGN:
                cell.value = None
    book.save(folder / "contrat.xlsx")


def other_format(folder: Path) -> None:
    (folder / "contrat.xlsx").rename(folder / "contrat.ods")


def copy_in_conflict(folder: Path) -> None:
    shutil.copy(folder / "contrat.xlsx", folder / "contrat-PC-DE-MARIE.xlsx")


def damaged_list(folder: Path) -> None:
    (folder / "decisions.csv").write_bytes(b"\xff\xfe\x00")


FAULTS: tuple[Callable[[Path], None], ...] = (
    no_workbook,
    damaged_workbook,
    encrypted_workbook,
    other_workbook,
    invalid_contract,
    other_format,
    copy_in_conflict,
    damaged_list,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.sample(3)
def test_one_line_in_french_and_the_others_are_there(
    country: Path, output: Path, fault: Callable[[Path], None]
) -> None:
    fault(country / "aa")
    result = observed(output, country)
    (line,) = result.unread
    assert line.startswith("« aa » : ")
    assert "\n" not in line
    assert re.search(r"\w+ez\b|À faire|cvsheet check", line), line  # what to do
    assert {row["contrat"] for row in rows(output, "observations")} == {"bb"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.sample(2)
def test_what_was_read_before_stays(country: Path, output: Path, fault: Callable[[Path], None]) -> None:
    observed(output, country)
    before = {path: what for path, what in state(output).items() if path.endswith(".parquet")}
    fault(country / "aa")
    result = observed(output, country)
    assert (result.contracts, result.unchanged, len(result.unread)) == (("aa", "bb"), ("bb",), 1)
    assert {path: what for path, what in state(output).items() if path.endswith(".parquet")} == before


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied", "contrat.xlsx"), OSError(5, "I/O error")])
def test_a_locked_file_is_one_line_too(
    country: Path, output: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    whole = one_contract.load_framework

    def locked(workbook: Path) -> object:
        if workbook.parent.name == "aa":
            raise error
        return whole(workbook)

    monkeypatch.setattr(one_contract, "load_framework", locked)
    (line,) = observed(output, country).unread
    assert "relancez" in line


def test_a_fault_of_the_program_is_one_line_too(
    country: Path, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = one_contract.validate

    def broken(framework: object, paths: object, root: Path) -> object:
        if root.name == "aa":
            raise ZeroDivisionError
        return whole(framework, paths, root)  # type: ignore[arg-type]

    monkeypatch.setattr(one_contract, "validate", broken)
    (line,) = observed(output, country).unread
    assert "ZeroDivisionError" in line
    assert "cvsheet validate --debug" in line


def test_two_folders_of_one_contract(country: Path, output: Path, tmp_path: Path) -> None:
    made(country, "cc", identity="x1")
    shutil.copytree(country / "cc", country / "cc - Copie")
    (line,) = observed(output, country).unread
    assert "l’un est une copie de l’autre" in line
    assert [place for place in output.rglob("*") if place.is_dir() and not any(place.iterdir())] == []
    assert {row["contrat"] for row in rows(output, "valeurs")} == {"aa", "bb"}


def test_two_contracts_of_one_code(output: Path, tmp_path: Path) -> None:
    made(tmp_path / "nord", "cc", identity="x1")
    made(tmp_path / "sud", "cc", identity="x2")
    made(tmp_path / "sud", "dd")
    (line,) = observed(output, tmp_path / "nord", tmp_path / "sud").unread
    assert "donnez à l’un un autre code" in line
    assert {row["contrat"] for row in rows(output, "valeurs")} == {"dd"}


def test_a_copy_that_comes_later_leaves_what_was_read_before(country: Path, output: Path, tmp_path: Path) -> None:
    observed(output, country)
    shutil.copytree(country / "aa", country / "aa - Copie")
    result = observed(output, country)
    assert (result.contracts, result.unchanged, len(result.unread)) == (("aa", "bb"), ("bb",), 1)
    assert {row["contrat"] for row in rows(output, "valeurs")} == {"aa", "bb"}


def test_another_contract_of_a_known_code_replaces_nothing(output: Path, tmp_path: Path) -> None:
    made(tmp_path / "nord", "cc", identity="x1")
    made(tmp_path / "sud", "cc", identity="x2")
    observed(output, tmp_path / "nord")
    before = state(output)
    result = observed(output, tmp_path / "sud")
    assert "déjà celui d’un autre contrat" in result.unread[0]
    assert state(output) == before


def test_the_same_folder_given_twice_is_one(country: Path, output: Path, tmp_path: Path) -> None:
    result = observed(output, country, country / "aa", country / "." / "aa")
    assert (result.read, result.unread) == (2, ())


def test_exit_codes(
    country: Path, output: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processors, "in_processes", lambda tasks, _: processors.here(tasks))
    target = ["-o", str(output)]
    assert execute(["observatory", str(country), *target]) == 0
    no_workbook(country / "aa")
    assert execute(["observatoire", str(country), *target]) == 1
    assert "« aa » : Aucun" in capsys.readouterr().err.replace("\u00a0", " ")
    before = state(output)
    assert execute(["observatory", str(country / "aa"), str(tmp_path / "nulle part"), *target]) == 3
    assert "Aucun contrat" in capsys.readouterr().err
    assert state(output) == before
    assert execute(["observatory", *target]) == 2
    assert execute(["observatory", str(country), "--retirer", "zz", *target]) == 2


@pytest.mark.parametrize("place", ["pays", "pays/bb", "pays/bb/..", "pays/bb/retours/données"])
def test_the_data_set_never_takes_the_place_of_contracts(country: Path, tmp_path: Path, place: str) -> None:
    before = state(country)
    assert execute(["observatory", str(country), "-o", str(tmp_path / place)]) == 2
    assert state(country) == before


def test_somebody_elses_folder_is_left_alone(country: Path, output: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"a")
    assert execute(["observatory", str(country), "-o", str(tmp_path / "photos")]) == 2
    assert (tmp_path / "photos" / "a.jpg").exists()
