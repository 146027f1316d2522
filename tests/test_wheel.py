"""The wheel holds all that it needs: installed in a clean environment, it plays the demonstration from elsewhere."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.other_program
def test_the_built_wheel_plays_the_demonstration(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    place = tmp_path / "environment"
    # The third-party libraries are those of this environment; cvsheet itself can only come from the wheel.
    venv.create(place, system_site_packages=False, with_pip=True)
    python = next(path for path in (place / "bin/python", place / "Scripts/python.exe") if path.exists())
    subprocess.run([str(python), "-m", "pip", "install", "-q", "--no-deps", str(wheel)], check=True)
    (site,) = place.glob("**/site-packages")
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "zz_libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    code = "import sys, cvsheet, cvsheet.cli.main as m; print(cvsheet.__file__); sys.exit(m.execute(['demo', 'essai']))"
    done = subprocess.run([str(python), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(site) in done.stdout
    assert list((tmp_path / "essai" / "sorties").glob("*.xlsx"))
    assert (site / "cvsheet" / "py.typed").is_file()  # a type checker sees the annotations
