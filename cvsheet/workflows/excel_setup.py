"""What Excel needs to run cvsheet in a contract folder, put in place.

xlwings' *Run main* imports the module that has the workbook's name and lies beside it, and calls its `main`. The
interpreter is named in `xlwings.conf` beside the workbook: a file and not a sheet of the workbook, since the workbook
travels and the path is true on one machine only.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cvsheet.errors import CvsheetError
from cvsheet.files.atomic import write_atomically
from cvsheet.model.framework import Framework
from cvsheet.text.french import typeset
from cvsheet.workflows.folder import ContractFolder

CONFIG = "xlwings.conf"
SIGN = "# Écrit par « cvsheet excel install »"
MODULE = f"""{SIGN} : ce que lance le bouton « Run main » d’xlwings. Ne pas modifier.
import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
os.environ["CVSHEET_DOSSIER"] = str(FOLDER)

from cvsheet.addin.functions import cv_attendu, cv_progression, cv_situation, cv_valeur
from cvsheet.addin.launch import run_main


def main():
    run_main(FOLDER)
"""
INSTALL_XLWINGS = 'pip install "cvsheet[excel]"'
_LINE = re.compile(r'"(?P<key>[^"]*)","(?P<value>.*)"\s*')


SYNCHRONISED = typeset(
    "le classeur est dans un dossier OneDrive ou SharePoint, et Excel n’en donne que l’adresse web. Désactivez "
    "« Enregistrement automatique » (en haut à gauche d’Excel), fermez le classeur, rouvrez-le depuis le dossier ; ou "
    "placez le dossier du contrat hors de OneDrive (par exemple C:\\contrats)."
)
"""What to do where Excel names an open workbook by a web address: xlwings then finds no file."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The computer at hand, as far as it matters here."""

    system: str = sys.platform
    home: Path = field(default_factory=Path.home)
    interpreter: Path = field(default_factory=lambda: Path(sys.executable))
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def is_windows(self) -> bool:
        return self.system == "win32"

    @property
    def is_mac(self) -> bool:
        return self.system == "darwin"

    @property
    def startup_folder(self) -> Path | None:
        """Where Excel looks for add-ins when it starts; None where there can be no Excel."""
        if self.is_windows:
            return Path(self.environment.get("APPDATA", self.home)) / "Microsoft" / "Excel" / "XLSTART"
        office = self.home / "Library" / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        return office / "Startup.localized" / "Excel" if self.is_mac else None

    @property
    def has_excel(self) -> bool:
        """Whether Excel is installed."""
        if self.is_mac:
            return any((root / "Applications" / "Microsoft Excel.app").exists() for root in (Path("/"), self.home))
        return self.is_windows and _registered()


@dataclass(frozen=True, slots=True)
class Prepared:
    """The files written, those of somebody else that were left alone, and what is left to do by hand."""

    written: tuple[Path, ...]
    left: tuple[Path, ...]
    steps: tuple[str, ...]


def prepare(folder: ContractFolder, framework: Framework, machine: Machine) -> Prepared:
    """Put the modules and the interpreter's path in place; OutputError where that fails.

    A master that is there has a module of its own where its name can be one: *Run main* then refreshes it. A module
    that somebody else wrote is left alone.
    """
    names = (f"{framework.contract.code}_{campaign.code}_maitre.xlsx" for campaign in framework.campaigns)
    masters = [path for name in names if (path := folder.results / name).exists()]
    modules = [path.with_suffix(".py") for path in (folder.workbook, *masters) if _may_be_module(path)]
    left = [path for path in modules if path.exists() and not is_ours(path)]
    written = [path for path in modules if path not in left]
    for path in written:
        write_atomically(path, MODULE.encode())
    if machine.has_excel:
        for place in (folder.root, folder.results):
            _configure(place / CONFIG, machine)
            written.append(place / CONFIG)
    nameless = [path.name for path in masters if not _may_be_module(path)]
    return Prepared(tuple(written), tuple(left), (*_steps(folder, machine), *map(_nameless, nameless)))


def follow_master(folder: ContractFolder, master: Path) -> Path | None:
    """The module of a `master` just written, in a folder that was prepared; None where there is to be none."""
    module, prepared = master.with_suffix(".py"), folder.workbook.with_suffix(".py")
    wanted = prepared.exists() and is_ours(prepared) and _may_be_module(master) and not module.exists()
    if not wanted or master.parent != folder.results:
        return None
    write_atomically(module, MODULE.encode())
    return module


def _may_be_module(workbook: Path) -> bool:
    """Whether Python can import a module of its name: « 2019-REF » is a subtraction."""
    return workbook.stem.isidentifier()


def _nameless(name: str) -> str:
    return typeset(
        f"« {name} » n’aura pas de « Run main » : son nom ne peut pas être celui d’un module (un tiret, un espace). "
        "Consolidez-le depuis la feuille « Pilotage »."
    )


def require_xlwings() -> None:
    """CvsheetError, saying what to install, where xlwings is not there."""
    if importlib.util.find_spec("xlwings") is None:
        raise CvsheetError(
            f"xlwings n’est pas installé : le complément Excel en a besoin. Installez-le : {INSTALL_XLWINGS}"
        )


def _registered() -> bool:
    try:
        import winreg
    except ImportError:
        return False
    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Excel.Application"))  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def is_ours(path: Path) -> bool:
    """Whether cvsheet wrote the module at `path`."""
    return path.read_text(encoding="utf-8", errors="replace").startswith(SIGN)


def _configure(path: Path, machine: Machine) -> None:
    """Set the interpreter and the module of functions; other settings of the file stay."""
    settings = {**settings_in(path), interpreter_key(machine): str(machine.interpreter), "UDF MODULES": "contrat"}
    text = "".join(f'"{key}","{value}"\n' for key, value in settings.items())
    alphabet = "cp1252" if machine.is_windows else "utf-8"  # in which VBA reads a text file
    write_atomically(path, text.encode(alphabet, "replace"))


def settings_in(path: Path) -> dict[str, str]:
    """The settings of an `xlwings.conf`; none where there is no file."""
    if not path.exists():
        return {}
    text = path.read_bytes().decode("utf-8", "replace")
    return {match["key"]: match["value"] for line in text.splitlines() if (match := _LINE.fullmatch(line))}


def interpreter_key(machine: Machine) -> str:
    """The setting that names the interpreter on this system."""
    return "INTERPRETER_WIN" if machine.is_windows else "INTERPRETER_MAC"


def _steps(folder: ContractFolder, machine: Machine) -> tuple[str, ...]:
    """What is left to do by hand, click by click."""
    if not machine.has_excel:
        return (
            "Excel n’est pas installé sur cette machine : « Run main » n’y marchera pas.",
            "Sur le poste qui a Excel (Windows ou macOS), installez cvsheet, puis relancez : cvsheet excel install",
        )
    return (
        "Fermez Excel, puis tapez dans le terminal : xlwings addin install",
        *(("Tapez aussi, une fois : xlwings runpython install",) if machine.is_mac else ()),
        "Ouvrez Excel : un onglet « xlwings » apparaît dans le ruban.",
        f"Ouvrez {folder.workbook.name}, feuille « Pilotage ». Choisissez une action dans la liste.",
        "Cliquez sur l’onglet « xlwings », puis tout à gauche sur « Run main ».",
        "Le résultat s’inscrit sous « Dernière exécution ».",
        "Si rien ne se passe : cvsheet excel doctor",
    )
