"""`cvsheet import-framework`: a plain one-table spreadsheet becomes a canonical workbook to complete."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvsheet.errors import UnreadableFile, UsageError
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

    UsageError where `target` exists and is not to be replaced (`force`), or is the document itself; FrameworkError, in
    French, where the document is unreadable or holds no table of a framework.
    """
    from cvsheet.reading.outline import draft_contract, read_outline
    from cvsheet.writing.canonical import canonical_workbook

    if target.exists() and (not force or target.samefile(document)):
        remedy = "" if target.samefile(document) else ", ou ajoutez --force pour le remplacer"
        raise UsageError(f"« {target} » existe déjà : rien n’a été modifié. Donnez un autre nom avec -o{remedy}.")
    try:
        outline = read_outline(document, sheet)
    except UnreadableFile as error:
        raise unreadable(document, error) from error
    draft = draft_contract(outline)
    write_atomically(target, canonical_workbook(draft.canonical, draft.points))
    return Imported(draft, target)
