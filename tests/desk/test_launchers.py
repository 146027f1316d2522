"""What opens the desk by a double click: in any folder, wherever it is moved to, with the cvsheet that is there."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

import cvsheet
from cvsheet import ContractFolder
from cvsheet.cli.main import execute
from cvsheet.files.file_names import LAUNCHER as NAME
from cvsheet.workflows.launchers import MISSING, launchers, write_launchers

PLACES = ["contrat", "Mon contrat", "Été à l’école", "l'an $2021 (été) & co"]
TELLS = '#!/bin/sh\n[ "$1" = -c ] && exit {code}\necho "$(pwd) $*"\n'


def program(path: Path, *, has_cvsheet: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TELLS.format(code=0 if has_cvsheet else 1))
    path.chmod(0o755)
    return path


def double_click(launcher: Path, found: Path) -> str:
    """What the shell script prints, where only the programs in `found` and the system's are."""
    environment = {**os.environ, "PATH": f"{found}:/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", str(launcher)], env=environment, cwd="/", capture_output=True, text=True, input="\n", check=False
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", PLACES)
def test_it_opens_the_desk_of_the_folder_that_it_lies_in(tmp_path: Path, name: str) -> None:
    first, moved = ContractFolder(tmp_path / "ancien"), tmp_path / name
    first.root.mkdir()
    write_launchers(first, str(program(tmp_path / "a b" / "python")))
    shutil.move(first.root, moved)
    assert double_click(moved / f"{NAME}.command", tmp_path) == f"{moved} -m cvsheet bureau"


@pytest.mark.parametrize("name", PLACES)
def test_the_desktop_file_runs_the_script_beside_it(tmp_path: Path, name: str) -> None:
    """Read as the specification of desktop entries says: escapes of strings first, then quotes of arguments."""
    place = ContractFolder(tmp_path / name)
    place.root.mkdir()
    write_launchers(place, str(program(tmp_path / "python")))
    path = place.root / f"{NAME}.desktop"
    line = next(one for one in path.read_text().splitlines() if one.startswith("Exec="))
    shell, option, script, zero, file = arguments_of(line.removeprefix("Exec=").replace("\\\\", "\\"))
    assert (shell, option, zero, file) == ("sh", "-c", "sh", "%k")
    done = subprocess.run([shell, option, script, zero, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{place.root} -m cvsheet bureau"


def arguments_of(line: str) -> list[str]:
    """The arguments of an Exec line: parted by spaces, quoted by double quotes, in which a backslash escapes."""
    found, word, quoted, signs = list[str](), "", False, iter(line)
    for sign in signs:
        if sign == "\\" and quoted:
            word += next(signs)
        elif sign == '"':
            quoted = not quoted
        elif sign == " " and not quoted:
            found, word = [*found, word], ""
        else:
            word += sign
    return [*found, word]


def test_another_cvsheet_serves_where_the_first_one_is_gone(tmp_path: Path) -> None:
    place = ContractFolder(tmp_path)
    write_launchers(place, str(tmp_path / "gone" / "python"))
    launcher = tmp_path / f"{NAME}.command"
    program(tmp_path / "own" / "cvsheet")
    assert double_click(launcher, tmp_path / "own") == f"{tmp_path} bureau"
    program(tmp_path / "other" / "python3")
    assert double_click(launcher, tmp_path / "other") == f"{tmp_path} -m cvsheet bureau"
    program(tmp_path / "without" / "python3", has_cvsheet=False)
    assert MISSING in double_click(launcher, tmp_path / "without")


def test_the_batch_file_is_one_that_windows_reads() -> None:
    text = launchers(r"C:\Python 3\été 100%\python.exe")[f"{NAME}.bat"]
    assert text.count("\n") == text.count("\r\n") > 5
    assert text.startswith("@echo off\r\n")
    assert text.index("chcp 65001") < text.index("été")  # the letters that follow are read as they are written
    assert '"C:\\Python 3\\été 100%%\\python.exe" -m cvsheet bureau' in text
    assert 'cd /d "%~dp0"' in text


def test_a_new_contract_has_them_ready_to_run(tmp_path: Path) -> None:
    root = cvsheet.new_contract(tmp_path / "contrat").folder.root
    for name in launchers():
        assert stat.S_IMODE((root / name).stat().st_mode) & 0o111 == 0o111


def test_what_a_person_changed_stays(tmp_path: Path) -> None:
    place = ContractFolder(tmp_path)
    (tmp_path / f"{NAME}.bat").write_text("rem mine")
    assert [path.name for path in write_launchers(place)] == [f"{NAME}.command", f"{NAME}.desktop"]
    assert (tmp_path / f"{NAME}.bat").read_text() == "rem mine"


@pytest.mark.parametrize("arguments", [["check"], ["status"], ["validate"], ["validate", "."]])
def test_no_command_takes_them_for_something_else(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = cvsheet.new_contract(tmp_path / "contrat", identity="").folder.root
    monkeypatch.chdir(root)
    capsys.readouterr()
    execute(arguments)
    with_them = capsys.readouterr()
    for name in launchers():
        (root / name).unlink()
    execute(arguments)
    assert capsys.readouterr() == with_them
