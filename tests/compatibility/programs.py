"""The programs and libraries that are tried, each as « open this workbook, save it », with its version.

Those of Debian are commands; the others live where `make compatibility` puts them, in build/compatibility.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from tests.conftest import ROOT

PLACE = Path(os.environ.get("CVSHEET_COMPATIBILITY", ROOT / "build" / "compatibility"))
ENDINGS = ("xlsx", "ods")
PATIENCE = 180  # seconds for one workbook
NODE_PACKAGES = {
    "xlsx": "const x = require('xlsx'); x.writeFile(x.readFile(a, {cellStyles: true}), b);",
    "exceljs": "const w = new (require('exceljs').Workbook)(); w.xlsx.readFile(a).then(() => w.xlsx.writeFile(b));",
    "xlsx-populate": "require('xlsx-populate').fromFileAsync(a).then(w => w.toFileAsync(b));",
}
PYTHON_PACKAGES = {
    "openpyxl": "import openpyxl; openpyxl.load_workbook(a).save(b)",
    "ironcalc": "import ironcalc; ironcalc.load_from_xlsx(a, 'fr', 'Europe/Paris', 'fr').save_to_xlsx(b)",
    "formualizer": "import formualizer; open(b, 'wb').write(formualizer.Workbook.from_path(a).to_xlsx_bytes())",
}
READ_VERSION = "from importlib.metadata import version; print(version({name!r}))"


@dataclass(frozen=True, slots=True)
class Program:
    """`save` opens the first file and saves it as the second; `version` is empty where the program is not there."""

    name: str
    ending: str
    version: Callable[[], str]
    save: Callable[[Path, Path], None]


def programs() -> tuple[Program, ...]:
    """All that are tried, in the order of the page."""
    office = [Program("LibreOffice", one, lambda: _said("soffice", "--version"), _libreoffice) for one in ENDINGS]
    gnumeric = [Program("Gnumeric", one, lambda: _said("ssconvert", "--version"), _gnumeric) for one in ENDINGS]
    libraries = [
        Program(name, "xlsx", _of_python(name), _by_python(name, code)) for name, code in PYTHON_PACKAGES.items()
    ]
    libraries += [Program(name, "xlsx", _of_node(name), _by_node(code)) for name, code in NODE_PACKAGES.items()]
    return (*office, *gnumeric, *libraries)


def _run(*command: str, folder: Path | None = None) -> str:
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, errors="replace", timeout=PATIENCE, cwd=folder
    )
    return done.stdout or done.stderr


@cache
def _said(program: str, option: str) -> str:
    """The number in what a command says of its version."""
    if shutil.which(program) is None:
        return ""
    words = _run(program, option).replace("'", " ").split()
    return next((word for word in words if word[:1].isdigit()), "?")


def _libreoffice(source: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as folder:
        ending = target.suffix.removeprefix(".")
        options = (f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", ending)
        _run("soffice", *options, "--outdir", folder, str(source))
        shutil.move(Path(folder) / f"{source.stem}.{ending}", target)


def _gnumeric(source: Path, target: Path) -> None:
    _run("ssconvert", str(source), str(target))


def _interpreter(name: str) -> str:
    """The Python that has the package: this one, or the one that `make compatibility` made."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return str(PLACE / "python" / "bin" / "python")
    return sys.executable


def _of_python(name: str) -> Callable[[], str]:
    @cache
    def version() -> str:
        try:
            return _run(_interpreter(name), "-c", READ_VERSION.format(name=name)).strip()
        except (OSError, subprocess.CalledProcessError):
            return ""

    return version


def _by_python(name: str, code: str) -> Callable[[Path, Path], None]:
    def save(source: Path, target: Path) -> None:
        words = f"import sys; a, b = sys.argv[1:]; {code}"
        _run(_interpreter(name), "-W", "ignore", "-c", words, str(source), str(target))

    return save


def _of_node(name: str) -> Callable[[], str]:
    @cache
    def version() -> str:
        try:
            return _run("node", "-p", f"require('{name}/package.json').version", folder=PLACE / "node").strip()
        except (OSError, subprocess.CalledProcessError):
            return ""

    return version


def _by_node(code: str) -> Callable[[Path, Path], None]:
    def save(source: Path, target: Path) -> None:
        words = f"const [a, b] = process.argv.slice(-2); {code}"
        _run("node", "-e", words, "--", str(source), str(target), folder=PLACE / "node")

    return save
