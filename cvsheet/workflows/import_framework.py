"""`cvsheet import-framework`: a plain one-table spreadsheet becomes a canonical workbook to complete."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import token_hex

from cvsheet.books.contract.outline.model import Draft
from cvsheet.errors import FrameworkError, UnreadableFile, UsageError
from cvsheet.files.atomic import dated_name, refuse_held, refuse_unsound, write_atomically
from cvsheet.text.shell import pasted
from cvsheet.workflows.check import refuse_other_workbook, unreadable
from cvsheet.workflows.init import IDENTITY_BYTES, with_identity
from cvsheet.workflows.output_names import refuse_folder_name


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read from the document, and the workbook that was made of it."""

    draft: Draft
    workbook: Path

    def count(self, table: str) -> int:
        """How many rows `table` has; of indicators there is one measure each."""
        return len(self.draft.canonical.rows(table))


def import_framework(document: Path, target: Path, *, sheet: str = "", force: bool = False) -> Imported:
    """Read the table of `document` and write the canonical workbook at `target`, whole or not at all.

    UsageError where `target` exists and is not to be replaced (`force`: a copy is kept), or where the document is
    `target` or a canonical workbook; FrameworkError where it is unreadable or holds no table of a framework.
    """
    from cvsheet.books.contract.outline import draft_contract, read_outline
    from cvsheet.books.contract.writing import canonical_workbook

    refuse_folder_name(target, "contrat.xlsx")
    if target.exists() and (not force or target.samefile(document)):
        remedy = "" if target.samefile(document) else ", ou ajoutez --force pour le remplacer"
        raise UsageError(f"« {target} » existe déjà : rien n’a été modifié. Donnez un autre nom avec -o{remedy}.")
    _refuse_other_target(target)
    if _is_contract(document):
        raise UsageError(
            f"« {document} » est déjà un classeur du contrat. Pour le contrôler : cvsheet check {pasted(str(document))}"
        )
    with suppress(UnreadableFile):  # a text, whatever it is called, or what is told below
        refuse_other_workbook(document, "pas le tableau d’un contrat")
    try:
        outline = read_outline(document, sheet)
    except UnreadableFile as error:
        remedy = "Enregistrez le tableau en .xlsx, .ods ou .csv, sans mot de passe, puis relancez."
        raise FrameworkError(f"{unreadable(document, error)} {remedy}") from error
    draft = draft_contract(outline)
    identity = _identity(target) or token_hex(IDENTITY_BYTES)
    content = canonical_workbook(with_identity(draft.canonical, identity), draft.points)
    refuse_unsound(target.name, content)
    _keep_former(target)
    write_atomically(target, content)
    return Imported(draft, target)


def _refuse_other_target(target: Path) -> None:
    """UsageError where a contract cannot stand at `target`, or another workbook stands there: a return, a master."""
    if target.suffix.lower() != ".xlsx":
        raise UsageError(
            f"Le classeur du contrat est au format .xlsx : donnez à « {target.name} » un nom qui finit ainsi."
        )
    if _is_contract(target) is False:
        raise UsageError(
            f"« {target} » existe déjà et n’est pas un classeur du contrat : rien n’a été modifié. "
            "Donnez un autre nom avec -o."
        )


def _identity(target: Path) -> str:
    """The identity of the contract at `target`, which is to be replaced; empty where there is none."""
    from cvsheet.books.contract.reading.workbook import read_canonical

    try:
        rows = read_canonical(target).rows("contrat")
    except UnreadableFile:  # nothing there, or no workbook
        return ""
    return rows[0].text("identifiant") if rows else ""


def _keep_former(target: Path) -> None:
    """A copy of what is to be replaced, beside it."""
    if target.is_file():
        refuse_held(target)
        copy = dated_name(target, "avant-import", date.today())
        write_atomically(copy, target.read_bytes(), like=target)


def _is_contract(document: Path) -> bool | None:
    """Whether `document` is a canonical workbook already: its sheets would be read as so many tables. None where it is
    no workbook at all."""
    from cvsheet.books.contract.reading.workbook import read_canonical

    try:
        found = read_canonical(document).headers
    except UnreadableFile:
        return None
    return "contrat" in found and "indicateurs" in found
