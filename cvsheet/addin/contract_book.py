"""*Adopter* while the contract's workbook is open: the workflow edits a copy, its cells then go into the open one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import xlwings as xw

from cvsheet import AdoptResult, Contract, ContractFolder
from cvsheet.addin.master import masters_as_files, open_masters
from cvsheet.addin.open_books import content_of, file_of, is_remote
from cvsheet.addin.refresh import refresh
from cvsheet.books.contract.reading.workbook import canonical_from_grid
from cvsheet.errors import CvsheetError
from cvsheet.files.atomic import scratch_folder, write_atomically
from cvsheet.files.grid import open_grid
from cvsheet.text.french import typeset
from cvsheet.workflows.register import DECISIONS_FILE, NOTES_FILE


def adopt_open(book: xw.Book, contract: Contract, campaign: str | None) -> AdoptResult:
    """Write the agreed baselines and targets of `campaign` into the canonical workbook open as `book`.

    A dated copy of the former file is kept beside it, as by `cvsheet adopt`. CvsheetError where the open workbook and
    its file differ and this Excel cannot save it.
    """
    folder, assessment = contract.folder, contract.validate()
    path = file_of(book, folder)
    if not is_remote(book):
        book.save()
    _refuse_unsaved(book, path)
    contents = {name: content_of(one, file_of(one, folder)) for name, one in open_masters(book).items()}
    with scratch_folder() as held:
        place = held / "contrat"  # not the folder that is held: the twin's commands wait for their turn in it
        place.mkdir()
        twin = ContractFolder(place)
        masters_as_files(folder, contents, twin.results)
        twin.workbook.write_bytes(path.read_bytes())
        for name in (DECISIONS_FILE, NOTES_FILE):
            if (folder.root / name).is_file():
                (place / name).write_bytes((folder.root / name).read_bytes())
        before = open_grid(twin.workbook)
        result = replace(contract, folder=twin).adopt(campaign, assessment)
        if result.backup is None:
            return result
        backup = path.with_name(result.backup.name)
        write_atomically(backup, result.backup.read_bytes(), like=path)
        refresh(book, before, open_grid(twin.workbook))
    if not is_remote(book):
        book.save()
    return replace(result, backup=backup)


def _refuse_unsaved(book: xw.Book, path: Path) -> None:
    opened = canonical_from_grid(content_of(book, path), path.name)
    saved = canonical_from_grid(open_grid(path), path.name)
    if opened.tables != saved.tables:
        raise CvsheetError(
            typeset(
                f"« {book.name} » a changé depuis son enregistrement : enregistrez-le, puis relancez. "
                "Rien n’a été modifié."
            )
        )
