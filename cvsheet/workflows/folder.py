"""A contract folder: where the canonical workbook, what was sent, what came back and what was made of it stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.errors import UsageError
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.text.french import french_count, quoted
from cvsheet.text.shell import pasted

if TYPE_CHECKING:
    from cvsheet.workflows.check import CheckResult

WORKBOOK = "contrat.xlsx"
_OTHER_FORMAT = re.compile(r"contrat(\.(xls[xmb]?|xlt[xm]|f?ods|ots|numbers|xlsx\.\w+))?", re.IGNORECASE)
_CONFLICT = re.compile(
    r"(contrat|decisions|notes)"
    r"(-[A-Z][A-Z0-9]*(-[A-Z0-9]+)+|[ ._(-].*(?i:conflit|conflict).*)"
    r"\.(xlsx|xlsm|ods|csv)"
)
"""Copies that OneDrive (``contrat-PC-DE-MARIE.xlsx``), Nextcloud, Dropbox or Syncthing keep where two persons saved."""
_COPY = re.compile(r".+\.avant-[a-z]+-\d{4}-\d\d-\d\d(-\d+)?\.xlsx")
"""Names of what is kept of the workbook before cvsheet writes in it (`files.atomic.dated_name`)."""
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".ods")
_MOST_NAMED = 3  # folders further down
_TRIED = 20  # workbooks opened in search of a contract under another name, when there is none under its own


@dataclass(frozen=True, slots=True)
class ContractFolder:
    """The layout of a contract folder; `root` holds everything."""

    root: Path

    @property
    def workbook(self) -> Path:
        """The canonical workbook."""
        return self.root / WORKBOOK

    @property
    def outbox(self) -> Path:
        """What is sent: one folder per campaign, one workbook per partner."""
        return self.root / "envois"

    @property
    def inbox(self) -> Path:
        """What came back, in any sub-folders."""
        return self.root / "retours"

    @property
    def results(self) -> Path:
        """What cvsheet makes: the master, reports, corrections."""
        return self.root / "sorties"


def what_came_back(place: ContractFolder) -> list[Path]:
    """`retours/`, nothing where it was never made; UsageError where it is gone since something was sent: everybody
    would be said not to have answered, and reminded."""
    if place.inbox.exists():
        return [place.inbox]
    if place.outbox.exists():
        raise UsageError(
            "Le dossier « retours » de ce contrat n’existe plus : cvsheet croirait que personne n’a répondu. S’il a "
            "été déplacé ou renommé, remettez-le ; sinon, créez-le, vide. Rien n’a été écrit."
        )
    return []


def refuse_inbox(target: Path, place: ContractFolder) -> None:
    """UsageError where what is made would be put among what came back, and be taken for it at the next run."""
    if place.inbox.resolve() in (target.resolve(), *target.resolve().parents):
        raise UsageError(
            f"« {target} » est dans retours/, où cvsheet ne fait que lire. Choisissez un autre dossier, par exemple "
            "dans sorties/."
        )


def find_contract_folder(start: Path) -> ContractFolder:
    """The contract folder that `start` stands in: the nearest one above with a canonical workbook, or `start` itself.

    UsageError where there is none, naming what lies there instead, and where `contrat.xlsx` is older than the same
    workbook in another format: then it is not known which of the two counts.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        workbook, others = folder / WORKBOOK, _in_other_formats(folder)
        if workbook.is_file():
            _refuse_newer(workbook, others)
            _refuse_conflicts(folder)
            return ContractFolder(folder)
        if others:
            raise UsageError(_to_save_again(others[0]))
    raise UsageError(_none_found(start))


def is_workbook(path: Path) -> bool:
    """Whether `path` has the name of a workbook, or of a contract in whatever format."""
    return path.suffix.lower() in _WORKBOOKS or named_as_contract(path)


def named_as_contract(path: Path) -> bool:
    """Whether `path` is called as the canonical workbook, in whatever format."""
    return bool(_OTHER_FORMAT.fullmatch(path.name))


def _in_other_formats(folder: Path) -> tuple[Path, ...]:
    """The files of `folder` that are called as the canonical workbook but for their format, in order of their names."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:  # a folder above that may not be listed
        return ()
    return tuple(folder / name for name in names if _OTHER_FORMAT.fullmatch(name) and name != WORKBOOK)


def _refuse_newer(workbook: Path, others: Sequence[Path]) -> None:
    newer = [path for path in others if path.stat().st_mtime > workbook.stat().st_mtime]
    if newer:
        raise UsageError(
            f"« {newer[0].name} » est plus récent que « {WORKBOOK} », dans « {workbook.parent} » : lequel fait foi ? "
            f"Si c’est lui, ouvrez-le et enregistrez-le sous « {WORKBOOK} » (type « Classeur Excel ») ; "
            "puis rangez l’autre ailleurs, par exemple dans un sous-dossier « anciens »."
        )


def _refuse_conflicts(folder: Path) -> None:
    """UsageError where a copy of what the coordination writes waits to be compared: none is passed over."""
    copies = sorted(name for path in folder.iterdir() if _CONFLICT.fullmatch(name := path.name))
    if copies:
        own = next(name for name in (WORKBOOK, "decisions.csv", "notes.csv") if copies[0].startswith(Path(name).stem))
        raise UsageError(
            f"« {copies[0]} » est une copie en conflit de « {own} », dans « {folder} » : deux postes l’ont enregistré. "
            f"Comparez-les, gardez dans « {own} » ce qui est juste, puis rangez la copie ailleurs, par exemple dans un "
            "sous-dossier « anciens »."
        )


def _to_save_again(path: Path) -> str:
    return (
        f"Le classeur du contrat doit s’appeler « {WORKBOOK} ». Il y a ici « {path} » : ouvrez-le, enregistrez-le sous "
        "ce nom, au type « Classeur Excel (.xlsx) », puis relancez."
    )


def _none_found(start: Path) -> str:
    """Why there is no contract at `start`: the workbook there that holds one under another name, or how to make one."""
    from cvsheet.books.partner.reading.lookalike import holds_a_contract

    workbooks = sorted(path for path in start.iterdir() if path.suffix.lower() in _WORKBOOKS)
    workbooks.sort(
        key=lambda path: (bool(_COPY.fullmatch(path.name)), -path.stat().st_mtime)
    )  # copies last, newest first
    named = next((path for path in workbooks[:_TRIED] if holds_a_contract(path)), None)
    if named is not None and _COPY.fullmatch(named.name):
        return (
            f"Le classeur du contrat, « {WORKBOOK} », n’est plus là. Il y a ici « {named} », une copie d’avant que "
            f"cvsheet y écrive : cherchez d’abord le vôtre ; à défaut, enregistrez-la sous « {WORKBOOK} »."
        )
    if named is not None:
        return _to_save_again(named)
    below = sorted(path.parent for path in start.glob(f"*/{WORKBOOK}"))
    if below:
        folders = quoted([path.name for path in below[:_MOST_NAMED]])
        return (
            f"Aucun classeur « {WORKBOOK} » dans « {start} », mais il y en a un dans {folders}. Placez-vous dans ce "
            f"dossier : cd {pasted(below[0].as_posix())}"
        )
    return (
        f"Aucun classeur « {WORKBOOK} » dans « {start} » ni au-dessus. "
        "Placez-vous dans un dossier de contrat, ou créez-en un : cvsheet init mon-contrat"
    )


def load_framework(workbook: Path) -> Framework:
    """The framework in `workbook`; FrameworkError, naming the first fault, where `cvsheet check` finds an ERREUR."""
    from cvsheet.workflows.check import check

    return framework_of(check(workbook), workbook.name)


def framework_of(result: CheckResult, name: str) -> Framework:
    """The framework of the canonical workbook `name` once judged; FrameworkError as above."""
    from cvsheet.books.contract.reading.framework_records import framework_from
    from cvsheet.errors import FrameworkError
    from cvsheet.judging.engine.catalogue import find_rule

    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        raise FrameworkError(
            f"« {name} » contient {french_count(len(errors), 'erreur')} à corriger d’abord. La première{_at(first)} : "
            f"{find_rule(first.code).message(first)} Pour toutes les voir : cvsheet check"
        )
    return framework_from(result.canonical)


def _at(finding: Finding) -> str:
    """``, feuille « Objectifs », cellule B8``; nothing of what the finding does not know."""
    sheet, cell = finding.place.sheet, finding.place.cell
    return (f", feuille « {sheet} »" if sheet else "") + (f", cellule {cell}" if cell else "")
