"""What a person saved, before a command or while it works, is never lost to the file that the command makes."""

from __future__ import annotations

import shutil
import stat
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit.book import Book
from cvsheet.books.master.writing import master_workbook
from cvsheet.cli.main import execute
from cvsheet.workflows.replacing import replace_workbook
from tests.conftest import ROOT
from tests.words import Captured, said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small contract folder with everything that a coordinator is given."""
    folder = tmp_path_factory.mktemp("gardes") / "contrat"
    (folder / "retours").mkdir(parents=True)
    example = ROOT / "examples" / "campagne"
    shutil.copy(example / "contrat.xlsx", folder)
    for code in ("2020_CAF", "2021_CAF", "2021_TL", "2021_PE"):
        shutil.copy(next(example.rglob(f"amboise_{code}.xlsx")), folder / "retours")
    for arguments in (
        ["generate", "-p", "CAF", "-c", "2021", "--oui"],
        ["consolidate", "--diffusion"],
        ["validate", "--annotate", str(folder / "sorties" / "corrections"), "--oui"],
    ):
        assert execute([*arguments, "-C", str(folder), "-q"]) in (0, 1)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "contrat"))


def saved_by_hand(path: Path) -> bytes:
    """The workbook as a person saves it after writing a remark at its end."""
    with warnings.catch_warnings(action="ignore"):  # of what openpyxl does not keep
        book = openpyxl.load_workbook(path)
    book.worksheets[0]["T60"] = "à moi"
    book.save(path)
    return path.read_bytes()


def master(folder: Path) -> Path:
    return next((folder / "sorties").glob("*_maitre.xlsx"))


@pytest.mark.parametrize(
    ("place", "arguments"),
    [
        ("envois/2021/*_CAF.xlsx", ["generate", "-p", "CAF", "-c", "2021", "--oui"]),
        ("sorties/*_diffusion.xlsx", ["consolidate", "--diffusion"]),
        ("sorties/corrections/*_correction.xlsx", ["validate", "--annotate", "sorties/corrections", "--oui"]),
        ("sorties/*_maitre.xlsx", ["consolidate"]),
    ],
    ids=["partner", "publication", "correction", "master"],
)
@pytest.mark.long
def test_a_workbook_that_a_person_saved_is_kept_before_it_is_replaced(
    folder: Path, place: str, arguments: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    path = next(folder.glob(place))
    by_hand = saved_by_hand(path)
    path.chmod(0o600)
    assert execute(arguments) in (0, 1)
    (copy,) = (path.parent / "archives").glob(f"{path.stem}_*.xlsx")
    assert copy.read_bytes() == by_hand != path.read_bytes()
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, copy)] == [0o600, 0o600]
    assert f"archives/{copy.name}" in said(capsys)


def test_what_cvsheet_itself_wrote_is_replaced_without_a_copy(tmp_path: Path) -> None:
    for title in ("Ancien", "Nouveau"):
        book = Book(title, date(2021, 1, 1))
        book.sheet("A")
        assert replace_workbook(tmp_path / "a.xlsx", book.content()) is None
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.long
def test_a_master_saved_while_the_new_one_is_made_stays(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand = []
    genuine: Callable[..., bytes] = master_workbook

    def slow(*arguments: object) -> bytes:
        by_hand.append(saved_by_hand(master(folder)))
        return genuine(*arguments)

    monkeypatch.setattr("cvsheet.workflows.consolidate.master_workbook", slow)
    assert execute(["consolidate", "-C", str(folder), "--no-cache"]) == 3  # else the master is known and not made again
    assert "vient d’être enregistré par quelqu’un d’autre : rien n’a été remplacé" in said(capsys)
    assert master(folder).read_bytes() == by_hand[0]


@pytest.mark.long
def test_a_master_that_appears_while_the_first_one_is_made_stays(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = master(folder)
    first = path.read_bytes()
    path.unlink()
    genuine: Callable[..., bytes] = master_workbook

    def slow(*arguments: object) -> bytes:
        path.write_bytes(first)
        return genuine(*arguments)

    monkeypatch.setattr("cvsheet.workflows.consolidate.master_workbook", slow)
    assert execute(["consolidate", "-C", str(folder)]) == 3
    assert path.read_bytes() == first


@pytest.mark.parametrize("arguments", [["consolidate"], ["adopt"]], ids=" ".join)
def test_a_file_set_read_only_is_not_replaced(folder: Path, arguments: list[str], capsys: Captured) -> None:
    paths = (master(folder), folder / "contrat.xlsx")
    before = [path.read_bytes() for path in paths]
    for path in paths:
        path.chmod(0o444)
    held = sorted(folder.rglob("*"))
    assert execute([*arguments, "-C", str(folder)]) == 3
    assert "est en lecture seule : rien n’a été remplacé" in said(capsys)
    assert [path.read_bytes() for path in paths] == before
    assert sorted(folder.rglob("*")) == held
