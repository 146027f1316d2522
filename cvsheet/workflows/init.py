"""A new contract folder from the template workbook."""

from __future__ import annotations

from pathlib import Path

from cvsheet.errors import UsageError
from cvsheet.files.atomic import make_folder, write_atomically
from cvsheet.schema.tables import data_folder
from cvsheet.workflows.folder import ContractFolder

TEMPLATE = "contrat_ville_template.xlsx"


def init(target: Path) -> ContractFolder:
    """Make the folders and put the template workbook in place; UsageError where a contract already stands there."""
    folder = ContractFolder(target)
    if folder.workbook.exists():
        raise UsageError(f"« {folder.workbook} » existe déjà : rien n’a été modifié. Choisissez un autre dossier.")
    if target.exists() and not target.is_dir():
        raise UsageError(f"« {target} » est un fichier : choisissez un nom de dossier.")
    for place in (folder.outbox, folder.inbox, folder.results):
        make_folder(place)
    write_atomically(folder.workbook, (data_folder("workbook") / TEMPLATE).read_bytes())  # last: it makes the contract
    return folder
