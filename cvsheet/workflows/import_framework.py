"""`cvsheet import-framework`: a plain one-table spreadsheet becomes a canonical workbook to complete."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvsheet.errors import FrameworkError, UnreadableFile, UsageError
from cvsheet.outputs import write_atomically
from cvsheet.reading.outline.model import Draft
from cvsheet.workflows.check import unreadable


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

    UsageError where `target` exists and is not to be replaced (`force`), or where the document is `target` or a
    canonical workbook; FrameworkError where it is unreadable or holds no table of a framework.
    """
    from cvsheet.reading.outline import draft_contract, read_outline
    from cvsheet.writing.canonical import canonical_workbook

    if target.exists() and (not force or target.samefile(document)):
        remedy = "" if target.samefile(document) else ", ou ajoutez --force pour le remplacer"
        raise UsageError(f"« {target} » existe déjà : rien n’a été modifié. Donnez un autre nom avec -o{remedy}.")
    if _is_contract(document):
        raise UsageError(
            f"« {document} » est déjà un classeur du contrat. Pour le contrôler : cvsheet check {document}"
        )
    try:
        outline = read_outline(document, sheet)
    except UnreadableFile as error:
        remedy = "Enregistrez le tableau en .xlsx, .ods ou .csv, sans mot de passe, puis relancez."
        raise FrameworkError(f"{unreadable(document, error)} {remedy}") from error
    draft = draft_contract(outline)
    write_atomically(target, canonical_workbook(draft.canonical, draft.points))
    return Imported(draft, target)


def _is_contract(document: Path) -> bool:
    """Whether `document` is a canonical workbook already: its sheets would be read as so many tables."""
    from cvsheet.reading.canonical import read_canonical

    try:
        found = read_canonical(document).headers
    except UnreadableFile:
        return False
    return "contrat" in found and "indicateurs" in found
