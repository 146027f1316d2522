"""A folder out: the former package or the new one, whenever the run dies, and nothing else among its files."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cvsheet.errors import OutputError
from cvsheet.files.atomic import held_in, replace_package, write_atomically

OLD = {"observations.csv": b"real answers", "datapackage.json": b"{real}"}
NEW = {"valeurs.csv": b"masked", "datapackage.json": b"{public}"}
KILLED = """
import os, signal
from pathlib import Path
from cvsheet.files.atomic import replace_package
genuine, calls = Path.{where}, []
def deadly(path, *arguments):
    calls.append(path)
    if len(calls) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return genuine(path, *arguments)
Path.{where} = deadly
replace_package(Path({folder!r}), {files!r}, [])
"""


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def put(folder: Path, files: dict[str, bytes]) -> Path | None:
    return replace_package(folder, files, [path for path in held_in(folder) if path.name not in {*OLD, *NEW}])


@pytest.mark.parametrize(("where", "at"), [("write_bytes", 1), ("write_bytes", 2), ("rename", 1), ("rename", 2)])
def test_a_kill_leaves_one_package_and_never_two(tmp_path: Path, where: str, at: int) -> None:
    folder = tmp_path / "export"
    put(folder, OLD)
    code = KILLED.format(where=where, at=at, folder=str(folder), files=NEW)
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    write_atomically(tmp_path / "autre.json", b"{}")  # any next run
    assert sorted(path.name for path in tmp_path.iterdir()) == ["autre.json", "export"]
    assert content(folder) == OLD
    put(folder, NEW)
    assert content(folder) == NEW


@pytest.mark.parametrize("stop", [OSError(28, "full"), KeyboardInterrupt()])
@pytest.mark.parametrize("where", ["write_bytes", "rename"])
def test_a_full_disk_or_an_interruption_leaves_the_former_package(
    tmp_path: Path, where: str, stop: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, genuine = tmp_path / "export", getattr(Path, where)
    put(folder, OLD)

    def failing(path: Path, *arguments: object) -> object:
        if path.name == "new" or path.parent.name == "new":
            raise stop
        return genuine(path, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(Path, where, failing)
        with pytest.raises((OutputError, KeyboardInterrupt)):
            put(folder, NEW)
    assert content(folder) == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def test_what_is_not_its_own_is_moved_beside(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    put(folder, OLD)
    for round_number in ("", " 2"):
        (folder / "notes.docx").write_bytes(b"mine")
        (folder / "graphiques").mkdir()
        (folder / "Thumbs.db").write_bytes(b"")
        aside = put(folder, NEW)
        assert aside == tmp_path / f"export (autres fichiers{round_number})"
        assert sorted(path.name for path in aside.iterdir()) == ["graphiques", "notes.docx"]
        assert content(folder) == NEW


def test_the_folder_and_its_files_keep_their_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    put(folder, OLD)
    folder.chmod(0o700)
    (folder / "datapackage.json").chmod(0o600)
    put(folder, NEW)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "datapackage.json")]
    assert modes == [0o700, 0o600]
