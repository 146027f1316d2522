"""`cvsheet schema`: what it lists and writes, and what it says when it cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.schema.tables import table_names

Captured = pytest.CaptureFixture[str]


def test_alone_it_lists_every_table(capsys: Captured) -> None:
    assert execute(["schema"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == list(table_names())


def test_export_writes_each_table_three_times(tmp_path: Path) -> None:
    assert execute(["schema", "export", "-o", str(tmp_path / "s")]) == 0
    written = {path.relative_to(tmp_path / "s").as_posix() for path in (tmp_path / "s").rglob("*.*")}
    places = ("table-schema/{}.json", "json-schema/{}.schema.json", "pandera/{}.yaml")
    assert written == {place.format(name) for place in places for name in table_names()}


@pytest.mark.long
def test_the_same_tables_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert execute(["schema", "export", "-o", str(tmp_path / name), "--quiet"]) == 0
    read = [{p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")} for n in ("a", "b")]
    assert read[0] == read[1]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "fichier").write_text("à moi", encoding="utf-8")
    assert execute(["schema", "export", "-o", str(tmp_path / "fichier" / "s")]) == 3
    assert "Impossible d’écrire" in capsys.readouterr().err
    assert execute(["schema", "export", "-o", str(tmp_path / "fichier")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["fichier"]


def test_a_missing_library_is_said_before_anything_is_written(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    assert execute(["schema", "export", "-o", str(tmp_path / "s")]) == 3
    assert 'pip install "cvsheet[schema]"' in capsys.readouterr().err
    assert not (tmp_path / "s").exists()
