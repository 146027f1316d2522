"""What Excel needs to run cvsheet in a contract folder, looked at: what is there, what is missing, how to mend it."""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import dataclass
from pathlib import Path

from cvsheet.workflows.excel_setup import (
    CONFIG,
    INSTALL_XLWINGS,
    SYNCHRONISED,
    Machine,
    interpreter_key,
    is_ours,
    settings_in,
)
from cvsheet.workflows.folder import ContractFolder

LEAST_XLWINGS = "0.37.5"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be true: what, whether it is, what was seen, and how to mend it."""

    what: str
    good: bool
    seen: str
    remedy: str = ""


def examine(folder: ContractFolder, machine: Machine) -> tuple[Check, ...]:
    """Everything that *Run main* needs, in the order in which to mend it."""
    checks = [_excel(machine), _packages(machine)]
    if machine.has_excel:
        checks += [_addin(machine), *([_applescript(machine)] if machine.is_mac else []), _interpreter(folder, machine)]
    return (*checks, _module(folder), *_synchronised(folder, machine))


def _synchronised(folder: ContractFolder, machine: Machine) -> tuple[Check, ...]:
    """A warning where the folder is one of OneDrive or SharePoint; nothing elsewhere."""
    root = folder.root.resolve()
    known = [
        Path(place) for name, place in machine.environment.items() if name.casefold().startswith("onedrive") and place
    ]
    inside = any(root.is_relative_to(place.resolve()) for place in known)
    if not inside and not any(re.match(r"onedrive|sharepoint", part, re.IGNORECASE) for part in root.parts):
        return ()
    remedy = f"{SYNCHRONISED[:1].upper()}{SYNCHRONISED[1:]}"
    return (Check("Dossier du contrat", False, "synchronisé par OneDrive ou SharePoint", remedy),)


def _excel(machine: Machine) -> Check:
    if machine.has_excel:
        return Check("Excel", True, "installé")
    remedy = "Utilisez un poste Windows ou macOS avec Excel ; toutes les autres commandes marchent ici."
    return Check("Excel", False, "absent de cette machine", remedy)


def _packages(machine: Machine) -> Check:
    """xlwings, and what it needs to talk to Excel on this system."""
    wanted = {"win32": ("xlwings", "pywin32"), "darwin": ("xlwings", "appscript", "psutil")}
    names = wanted.get(machine.system, ("xlwings",))
    missing = [name for name in names if _version(name) is None]
    if missing:
        return Check("Paquets Python", False, f"il manque {', '.join(missing)}", f"Installez : {INSTALL_XLWINGS}")
    version = _version("xlwings") or ""
    if _numbers(version) < _numbers(LEAST_XLWINGS):
        remedy = f"Il faut xlwings {LEAST_XLWINGS} ou plus récent. Installez : {INSTALL_XLWINGS} --upgrade"
        return Check("Paquets Python", False, f"xlwings {version}", remedy)
    return Check("Paquets Python", True, f"xlwings {version}")


def _addin(machine: Machine) -> Check:
    place = machine.startup_folder
    path = place / "xlwings.xlam" if place else None
    if path is not None and path.is_file():
        return Check("Complément xlwings", True, str(path))
    return Check("Complément xlwings", False, "pas installé", "Fermez Excel, puis : xlwings addin install")


def _applescript(machine: Machine) -> Check:
    name = f"xlwings-{_version('xlwings')}.applescript"
    path = machine.home / "Library" / "Application Scripts" / "com.microsoft.Excel" / name
    good = path.is_file()
    return Check("Autorisation macOS", good, name if good else f"{name} manque", "Tapez : xlwings runpython install")


def _interpreter(folder: ContractFolder, machine: Machine) -> Check:
    named = settings_in(folder.root / CONFIG).get(interpreter_key(machine), "")
    if named and Path(named).exists():
        return Check("Interpréteur Python", True, named)
    seen = f"« {named} » n’existe pas" if named else f"{CONFIG} ne le nomme pas"
    return Check("Interpréteur Python", False, seen, "Relancez : cvsheet excel install")


def _module(folder: ContractFolder) -> Check:
    path = folder.workbook.with_suffix(".py")
    if not path.exists():
        return Check("Module du classeur", False, f"{path.name} manque", "Relancez : cvsheet excel install")
    if not is_ours(path):
        return Check(
            "Module du classeur",
            False,
            f"{path.name} n’est pas de cvsheet",
            "Renommez-le, puis : cvsheet excel install",
        )
    return Check("Module du classeur", True, path.name)


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
