"""*Consolider*: a new master file, or, where the master is open, the same cells into the open workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

from cvsheet import Assessment, ConsolidateResult, Contract, ContractFolder, Framework
from cvsheet.addin.open_books import content_of, file_of, is_master, is_remote, open_books
from cvsheet.addin.refresh import refresh, same_shape
from cvsheet.books.kit.grid_workbook import grid_workbook
from cvsheet.books.kit.tables import HEADER_ROW
from cvsheet.errors import CvsheetError
from cvsheet.files.atomic import temporary_folder, write_atomically
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Grid
from cvsheet.files.grid.xlsx_links import links_in
from cvsheet.text.french import typeset
from cvsheet.workflows.former_master import master_name
from cvsheet.workflows.replacing import ARCHIVES


def open_masters(book: xw.Book) -> dict[str, xw.Book]:
    """The open masters by file name."""
    return {one.name: one for one in open_books(book) if is_master(one)}


def campaign_of(framework: Framework, name: str) -> str | None:
    """The campaign that the master file `name` was made for, by the end of its name."""
    stem = Path(name).stem
    found = [code for code in framework.campaign if stem == Path(master_name(framework, code)).stem]
    return found[0] if found else None


def consolidate_open(
    contract: Contract, assessment: Assessment, campaign: str | None, masters: Mapping[str, xw.Book]
) -> ConsolidateResult:
    """As `Contract.consolidate`; a master among `masters` (file name -> open workbook) is refreshed in place.

    What the coordinator wrote in an open master counts as it stands there, saved or not. CvsheetError where the open
    master has other lines or columns than the new one: nothing is written then.
    """
    if not masters:
        return contract.consolidate(campaign, assessment)
    folder = contract.folder
    contents = {name: content_of(book, file_of(book, folder)) for name, book in masters.items()}
    with _workshop(folder) as place:
        masters_as_files(folder, contents, place)
        result = contract.consolidate(campaign, assessment, output=place)
        _keep_archives(place, folder)
        if result.path.name not in masters:
            write_atomically(folder.results / result.path.name, result.path.read_bytes())
        else:
            _refresh(masters[result.path.name], folder, contents[result.path.name], result)
    return result


def consolidate_this(contract: Contract, book: xw.Book) -> ConsolidateResult:
    """Refresh the open master `book`, whatever its file is called, for the campaign that it was made for."""
    folder, assessment = contract.folder, contract.validate()
    before = content_of(book, file_of(book, folder))
    with _workshop(folder) as place:
        masters_as_files(folder, {book.name: before}, place)
        target = (place / book.name).with_suffix(".xlsx")
        result = contract.consolidate(campaign_of(contract.framework, book.name), assessment, output=target)
        _refresh(book, folder, before, result)
    return result


def masters_as_files(folder: ContractFolder, contents: Mapping[str, Grid], place: Path) -> None:
    """Put all masters into the folder `place`: the open ones (name -> content) as they stand, the others as saved."""
    place.mkdir(exist_ok=True)
    for name, content in contents.items():
        (place / name).with_suffix(".xlsx").write_bytes(grid_workbook(content))
    for closed in folder.results.glob("*_maitre.xlsx"):
        if closed.name not in contents:
            (place / closed.name).write_bytes(closed.read_bytes())


@contextmanager
def _workshop(folder: ContractFolder) -> Iterator[Path]:
    """A folder for a while, as deep as `sorties/`, so that links to the received files read the same from there."""
    with temporary_folder(folder.root / "atelier") as place:
        yield place


def _keep_archives(place: Path, folder: ContractFolder) -> None:
    """The copies of masters that a person had changed belong into `sorties/`."""
    for copy in (place / ARCHIVES).glob("*"):
        write_atomically(folder.results / ARCHIVES / copy.name, copy.read_bytes(), like=copy)


def _refresh(book: xw.Book, folder: ContractFolder, before: Grid, result: ConsolidateResult) -> None:
    content, after, saved = result.content, open_grid(result.path), file_of(book, folder)
    pillars = [content.sheet_of(pillar) for pillar in content.framework.pillars]
    missing = {sheet.name for sheet in after.sheets} - {sheet.name for sheet in before.sheets}
    if missing or not same_shape(before, after, pillars, HEADER_ROW + 1):
        raise CvsheetError(
            typeset(
                f"« {book.name} » n’a pas les mêmes lignes ou colonnes que le nouveau classeur maître (le contrat a "
                "changé, une campagne s’y ajoute, une feuille a été renommée) : enregistrez-le, fermez-le, puis "
                "consolidez depuis le classeur du contrat. Vos colonnes seront reprises. Rien n’a été modifié."
            )
        )
    links = links_in(result.path)
    refresh(book, before, after, links_in(saved) if saved.is_file() else links, links)
    if not is_remote(book):
        book.save()
