"""The wheel holds all that it needs: it plays the demonstration elsewhere, and type checkers see its annotations."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.other_program

RIGHT = "code: int = execute(['rules'])"
WRONG = "code: str = execute('rules')"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the backend of this environment: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def clean_environment(folder: Path, *, with_pip: bool) -> tuple[Path, Path]:
    """A new environment without any package: its Python and its site-packages."""
    venv.create(folder, system_site_packages=False, with_pip=with_pip)
    python = next(path for path in (folder / "bin/python", folder / "Scripts/python.exe") if path.exists())
    (site,) = folder.glob("**/site-packages")
    return python, site


def test_the_built_wheel_plays_the_demonstration(wheel: Path, tmp_path: Path) -> None:
    python, site = clean_environment(tmp_path / "environment", with_pip=True)
    subprocess.run([str(python), "-m", "pip", "install", "-q", "--no-deps", str(wheel)], check=True)
    # The third-party libraries are those of this environment; cvsheet itself can only come from the wheel.
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "zz_libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    code = "import sys, cvsheet, cvsheet.cli.main as m; print(cvsheet.__file__); sys.exit(m.execute(['demo', 'essai']))"
    done = subprocess.run([str(python), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(site) in done.stdout
    assert list((tmp_path / "essai" / "sorties").glob("*.xlsx"))


def test_a_type_checker_sees_the_annotations_of_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Unpacked where pip would put it: what stands in site-packages counts as typed through `py.typed` alone."""
    python, site = clean_environment(tmp_path / "environment", with_pip=False)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    assert "Success" in checked(RIGHT, python, tmp_path)
    said = checked(WRONG, python, tmp_path)
    assert 'has incompatible type "str"; expected "list[str]"' in said
    assert 'expression has type "int", variable has type "str"' in said
    (site / "cvsheet" / "py.typed").unlink()
    assert "py.typed" in checked(RIGHT, python, tmp_path)


def checked(line: str, python: Path, folder: Path) -> str:
    """What mypy says of `line` in a program of somebody who has the environment of `python`."""
    program = folder / "program.py"
    program.write_text(f"from cvsheet.cli.main import execute\n\n{line}\n", encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--python-executable", str(python), "--config-file", "", program.name]
    return subprocess.run(mypy, cwd=folder, capture_output=True, text=True, check=False).stdout
