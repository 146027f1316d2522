"""`cvsheet adopt`: agreed baselines and targets into the canonical workbook, in place, with a dated copy of the former.

The workbook is the coordinator's own: it is replaced only once the new one was read back and found to differ in
nothing but the cells that were to be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.errors import CvsheetError, OutputError
from cvsheet.files.atomic import dated_name, refuse_held, refuse_unsound, scratch_folder, seen_as, write_atomically
from cvsheet.text.french import french_list, typeset

if TYPE_CHECKING:
    from cvsheet.books.contract.adoption.values import Proposal, ValueChange
    from cvsheet.files.grid.model import Grid


@dataclass(frozen=True, slots=True)
class AdoptResult:
    """What was written: the changes in the order of the proposals, the copy of the former workbook (None where nothing
    changed), the lines proposed that the contract does not have, the changes that validated values kept out, and the
    lines with the quantity that partners disagree on, which wait for an arbitration; the campaign adopted."""

    changes: tuple[ValueChange, ...]
    backup: Path | None = None
    unknown: tuple[str, ...] = ()
    kept: tuple[ValueChange, ...] = ()
    held: tuple[tuple[str, str], ...] = ()
    campaign: str = ""

    @property
    def replaced(self) -> tuple[ValueChange, ...]:
        """The changes of a value that stood there."""
        return tuple(change for change in self.changes if change.old[0] is not None)

    @property
    def adopted(self) -> int:
        """How many baselines and targets were written."""
        return len(self.changes)


def adopt(
    workbook: Path,
    campaign: str,
    proposals: Mapping[str, Proposal],
    today: date,
    *,
    replace_validated: bool = False,
    preview: bool = False,
) -> AdoptResult:
    """Write `proposals` (line code -> proposal) into `workbook`; CvsheetError, in French, where that is not safe.

    A proposal without a source gets the name of `campaign`. A value that is « validée » stays unless
    `replace_validated`. Nothing is written for a `preview`, nor where nothing changes.
    """
    from dataclasses import replace

    from cvsheet.books.contract.adoption.values import edit
    from cvsheet.judging.contract.survey import Survey
    from cvsheet.workflows.check import read_contract

    if not preview:
        refuse_held(workbook)
    canonical = read_contract(workbook)
    data = workbook.read_bytes()
    _refuse_lossy(workbook, data)
    sourced = {
        line: proposal if proposal.source else replace(proposal, source=f"Campagne {campaign}")
        for line, proposal in proposals.items()
    }
    edited = edit(data, canonical, sourced, Survey(canonical).lines, replace_validated=replace_validated)
    if preview or not edited.changes:
        return AdoptResult(edited.changes, unknown=edited.unknown, kept=edited.kept)
    content = _verified(workbook, edited.content, edited.cells, today)
    if workbook.read_bytes() != data:
        raise OutputError(typeset(f"« {workbook} » vient d’être modifié par quelqu’un d’autre : relancez la commande."))
    backup = dated_name(workbook, "avant-adoption", today)
    write_atomically(backup, data, like=workbook)
    write_atomically(workbook, content, seen=seen_as(data))
    return AdoptResult(edited.changes, backup, edited.unknown, edited.kept)


def _refuse_lossy(workbook: Path, data: bytes) -> None:
    from cvsheet.books.contract.adoption.limits import what_would_be_lost

    if not data.startswith(b"PK") or workbook.suffix.lower() != ".xlsx":
        raise CvsheetError(
            typeset(f"« {workbook} » n’est pas un classeur .xlsx : enregistrez-le sous ce format, puis relancez.")
        )
    lost = what_would_be_lost(data)
    if lost:
        raise CvsheetError(
            typeset(
                f"« {workbook} » contient {french_list(lost)}, que cvsheet ne saurait pas garder en y écrivant. "
                "Déplacez ce contenu dans un autre classeur, puis relancez. Rien n’a été modifié."
            )
        )


def _verified(workbook: Path, saved: bytes, cells: tuple[tuple[str, int, int], ...], today: date) -> bytes:
    """The new file with the results of formulas, read back and compared with the former one."""
    from cvsheet.books.contract.adoption.formulas import stale_formulas, with_results
    from cvsheet.files.grid import open_grid

    before = open_grid(workbook)
    stale = stale_formulas(before, cells)
    content = with_results(saved, before, stale, today)
    refuse_unsound(workbook.name, content)
    with scratch_folder() as folder:
        copy = folder / workbook.name
        copy.write_bytes(content)
        difference = _first_difference(before, open_grid(copy), {*cells}, stale)
    if difference:
        raise CvsheetError(
            typeset(
                f"L’écriture dans « {workbook} » aurait changé autre chose : {difference}. Rien n’a été modifié. "
                "Inscrivez les valeurs à la main."
            )
        )
    return content


def _first_difference(
    before: Grid, after: Grid, written: set[tuple[str, int, int]], stale: frozenset[tuple[str, int, int]]
) -> str:
    """Where the two workbooks differ beside the cells `written`, in French; empty where they do not."""
    from cvsheet.files.addresses import cell_name

    if [(sheet.name, sheet.hidden) for sheet in before.sheets] != [(s.name, s.hidden) for s in after.sheets]:
        return "les feuilles"
    for old, new in zip(before.sheets, after.sheets, strict=True):
        places = {(cell.row, cell.column) for sheet in (old, new) for cell in sheet.cells()}
        for row, column in sorted(places):
            here = (old.name, row, column)
            was, now = old.cell(row, column), new.cell(row, column)
            same = (was and (was.kind, was.value, was.formula)) == (now and (now.kind, now.value, now.formula))
            if here in stale:
                same = (was and was.formula) == (now and now.formula)
            if here not in written and not same:
                return f"la cellule {cell_name(row, column)} de la feuille « {old.name} »"
        if (old.merges, old.hidden_rows, old.hidden_columns) != (new.merges, new.hidden_rows, new.hidden_columns):
            return f"les lignes ou colonnes masquées ou fusionnées de la feuille « {old.name} »"
        if old.notes != new.notes:
            return f"les commentaires de la feuille « {old.name} »"
    return ""
