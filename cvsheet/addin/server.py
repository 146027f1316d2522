"""The door for Excel on the web: scripts for an xlwings Server, which list themselves by their decorators.

The server knows the contract folder by the environment variable CVSHEET_DOSSIER. xlwings Server and the remote engine
belong to xlwings PRO (PolyForm Noncommercial, or a paid licence): see docs/excel.md.
"""

from __future__ import annotations

import os
from pathlib import Path

import xlwings as xw
from xlwings.server import script

from cvsheet.addin.functions import FOLDER
from cvsheet.addin.launch import check_returned, erase, guarded, run_in


def contract_folder() -> Path:
    """The folder that the server serves; the current one where nothing names it."""
    return Path(os.environ.get(FOLDER) or Path.cwd())


@script(name="cvsheet : lancer")
def cvsheet_run(book: xw.Book) -> None:
    """L’action choisie sur la feuille « Pilotage » ; dans un classeur maître, sa mise à jour."""
    run_in(book, contract_folder())


@script(name="cvsheet : valider ce classeur")
def cvsheet_validate(book: xw.Book) -> None:
    """Contrôler le classeur revenu qui est ouvert, et y marquer les cellules en faute."""
    guarded(book, contract_folder(), check_returned)


@script(name="cvsheet : effacer les marques")
def cvsheet_erase(book: xw.Book) -> None:
    """Enlever les couleurs, les notes et la liste des constats."""
    guarded(book, contract_folder(), erase)
