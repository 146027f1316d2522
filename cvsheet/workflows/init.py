"""A new contract folder from the template workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from cvsheet.errors import UsageError
from cvsheet.files.atomic import make_folder, write_atomically
from cvsheet.model.records import Canonical
from cvsheet.schema.tables import data_folder
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.output_names import refuse_file_name

TEMPLATE = "contrat_ville_template.xlsx"
IDENTITY_BYTES = 4


def init(target: Path, identity: str | None = None) -> ContractFolder:
    """Make the folders and put the template workbook in place; UsageError where a contract already stands there.

    The contract gets an `identity` of its own, by default one that nobody else has; an empty one is none.
    """
    folder = ContractFolder(target)
    if folder.workbook.exists():
        raise UsageError(f"« {folder.workbook} » existe déjà : rien n’a été modifié. Choisissez un autre dossier.")
    refuse_file_name(target)
    for place in (folder.outbox, folder.inbox, folder.results):
        make_folder(place)
    identity = token_hex(IDENTITY_BYTES) if identity is None else identity
    write_atomically(folder.workbook, _template(identity))  # last: it makes the contract
    return folder


def _template(identity: str) -> bytes:
    """The template workbook, with `identity` in its place."""
    from cvsheet.books.contract.reading.workbook import read_canonical
    from cvsheet.books.contract.writing import canonical_workbook

    path = data_folder("workbook") / TEMPLATE
    return canonical_workbook(with_identity(read_canonical(path), identity)) if identity else path.read_bytes()


def with_identity(canonical: Canonical, identity: str) -> Canonical:
    """`canonical` as the contract called `identity`."""
    settings = tuple(replace(row, values={**row.values, "identifiant": identity}) for row in canonical.rows("contrat"))
    return replace(canonical, tables={**canonical.tables, "contrat": settings})
