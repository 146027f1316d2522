"""One file out: whole or not at all, over what was looked at only, with the permissions that it had."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cvsheet.errors import OutputError
from cvsheet.files.atomic import look, scratch_folder, temporary_folder, write_atomically
from cvsheet.files.atomic.scratch import temporary_file

KILLED = """
import os, signal, sys
from pathlib import Path
from cvsheet.files import atomic
setattr(Path, {where!r}, lambda *a: os.kill(os.getpid(), signal.SIGKILL))
atomic.write_atomically(Path({target!r}), b"real answers")
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def killed(target: Path, where: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED.format(where=where, target=str(target))], check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("where", ["chmod", "replace"])
def test_what_a_killed_run_leaves_is_removed_by_the_next(tmp_path: Path, where: str) -> None:
    write_atomically(tmp_path / "maître.xlsx", b"former")
    killed(tmp_path / "maître.xlsx", where)
    assert (tmp_path / "maître.xlsx").read_bytes() == b"former"
    assert len(names(tmp_path)) == 2
    write_atomically(tmp_path / "autre.json", b"{}")
    assert names(tmp_path) == ["autre.json", "maître.xlsx"]


def test_the_files_of_a_living_run_stay(tmp_path: Path) -> None:
    with temporary_file(tmp_path / "a.xlsx") as file, temporary_folder(tmp_path / "export") as folder:
        write_atomically(tmp_path / "b.xlsx", b"b")
        assert file.path.exists() and folder.is_dir()
    assert names(tmp_path) == ["b.xlsx"]


def test_what_an_earlier_version_left_goes_with_the_file_that_it_was_for(tmp_path: Path) -> None:
    for left in (".a.csv.k3_x9zq1.tmp", ".b.csv.k3_x9zq1.tmp", ".a.csv.tmp", "notes.cvsheet.tmp"):
        (tmp_path / left).write_bytes(b"x")
    write_atomically(tmp_path / "a.csv", b"a")
    assert names(tmp_path) == [".a.csv.tmp", ".b.csv.k3_x9zq1.tmp", "a.csv", "notes.cvsheet.tmp"]


def test_a_working_folder_of_a_killed_run_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os, signal; from cvsheet.files.atomic import scratch_folder\nwith scratch_folder() as place:\n"
    code += "    (place / 'sheet1.xml').write_text('real answers'); os.kill(os.getpid(), signal.SIGKILL)"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=False, env=environment)
    assert len(names(tmp_path)) == 1
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch_folder() as place:
        assert names(tmp_path) == [place.name]
    assert names(tmp_path) == []


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664])
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "maître.xlsx"
    write_atomically(path, b"1")
    path.chmod(kept)
    write_atomically(path, b"2")
    write_atomically(tmp_path / "archives" / "copie.xlsx", b"1", like=path)
    assert path.read_bytes() == b"2"
    assert mode(path) == mode(tmp_path / "archives" / "copie.xlsx") == kept


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "any").write_bytes(b"")
    write_atomically(tmp_path / "new", b"")
    assert mode(tmp_path / "new") == mode(tmp_path / "any")


@pytest.mark.parametrize("protected", [0o400, 0o444, 0o464])
def test_a_file_that_its_owner_protected_is_not_replaced(tmp_path: Path, protected: int) -> None:
    path = tmp_path / "maître.xlsx"
    path.write_bytes(b"former")
    path.chmod(protected)
    with pytest.raises(OutputError, match="est en lecture seule : rien n’a été remplacé"):
        write_atomically(path, b"new")
    assert (path.read_bytes(), mode(path), names(tmp_path)) == (b"former", protected, ["maître.xlsx"])


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "partage").mkdir()
    (tmp_path / "partage" / "maître.xlsx").write_bytes(b"former")
    link = tmp_path / "maître.xlsx"
    link.symlink_to("partage/maître.xlsx")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "partage" / "maître.xlsx").read_bytes() == b"new"


@pytest.mark.parametrize("meanwhile", [b"saved by a person", None])
def test_what_was_saved_in_the_meantime_is_not_replaced(tmp_path: Path, meanwhile: bytes | None) -> None:
    path = tmp_path / "maître.xlsx"
    path.write_bytes(b"former")
    seen = look(path)
    path.unlink() if meanwhile is None else path.write_bytes(meanwhile)
    with pytest.raises(OutputError, match="quelqu’un d’autre : rien n’a été remplacé"):
        write_atomically(path, b"new", seen=seen)
    assert names(tmp_path) == ([] if meanwhile is None else ["maître.xlsx"])


def test_what_is_still_as_it_was_seen_is_replaced(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        write_atomically(tmp_path / "a", content, seen=look(tmp_path / "a"))
    assert (tmp_path / "a").read_bytes() == b"second"
