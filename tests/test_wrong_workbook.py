"""A workbook that cvsheet made, given where the contract's is wanted: named for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from tests.words import Captured, said
from tests.workflows.at_hand import Folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A campaign with its workbooks, its master and what is published of it."""
    folder = Folder(tmp_path_factory.mktemp("contrat") / "ici").make()
    folder.run("generate", "-c", "A1")
    folder.answer("A1", "ASSO-1")
    folder.run("consolidate", "--diffusion")
    return folder


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("envois/A1/*.xlsx", "le classeur d’un partenaire"),
        ("sorties/*_maitre.xlsx", "un classeur maître"),
        ("sorties/*_diffusion.xlsx", "un classeur de résultats"),
    ],
)
@pytest.mark.parametrize("command", ["check", "import-framework"])
def test_it_is_named(made: Folder, pattern: str, what: str, command: str, tmp_path: Path, capsys: Captured) -> None:
    path = next(made.root.glob(pattern))
    more = ["-o", str(tmp_path / "contrat.xlsx")] if command == "import-framework" else []
    assert execute([command, str(path), *more]) == 2
    told = said(capsys)
    assert f"est {what}" in told and "À faire" not in told
    assert not [*tmp_path.iterdir()]


def test_a_master_in_the_place_of_the_contract_is_named(made: Folder, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "contrat.xlsx").write_bytes(next(made.root.glob("sorties/*_maitre.xlsx")).read_bytes())
    assert execute(["generate", "-C", str(tmp_path), "-c", "A1"]) == 2
    assert "est un classeur maître, pas le classeur du contrat" in said(capsys)
