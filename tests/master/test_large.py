"""Thousands of returns: the same master, what a sheet cannot take told or left out, and read back the next time.

The sizes are lowered here; what the real ones cost is measured by benchmarks/.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit import tables
from cvsheet.books.kit.book import Book, put, put_own_text
from cvsheet.books.master import answers
from cvsheet.books.master import read_back as master
from cvsheet.books.master.writing import conflicts_sheet, contributions_sheet, data_sheet, workbook
from cvsheet.errors import CvsheetError, OutputError
from cvsheet.files import large_workbook
from cvsheet.files.atomic import ScratchFile
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.limits import DEFAULT_LIMITS
from cvsheet.workflows.consolidate import consolidate
from tests.consolidation.frameworks import framework, measure
from tests.master.test_accounts import judged, returned
from tests.master.test_coordination import CONTRACT, edit, rebuild, shown, typing
from tests.master.test_links import links

SOURCES = framework(measure("SUM.M1"), measure("MEAN.M1", "moyenne pondérée", weight="SUM.M1"))
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines


def disputed(folder: Path) -> Path:
    """A master with a conflict (an answer without its weight) and links of every kind."""
    given = judged(returned("A", {"SUM.M1": 4, "MEAN.M1": 10}), returned("B", {"MEAN.M1": 20}))
    return consolidate(SOURCES, given, "2021", folder / "sorties", folder).path


def looks(path: Path) -> dict[tuple[str, str], list[object]]:
    """Each cell with its look, and each row with its height."""
    book = openpyxl.load_workbook(path)
    found: dict[tuple[str, str], list[object]] = {}
    for page in book:
        for cell in (cell for row in page.iter_rows() for cell in row):
            parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
            found[page.title, cell.coordinate] = [cell.value, cell.number_format, *(repr(part) for part in parts)]
        found |= {(page.title, str(row)): [size.height] for row, size in page.row_dimensions.items()}
    return found


def filled(path: Path, *sheets: str) -> int:
    """How many cells hold something, in `sheets` or everywhere."""
    pages = (page for page in open_grid(path).sheets if not sheets or page.name in sheets)
    return sum(1 for page in pages for _ in page.cells())


def test_a_large_master_is_the_same_as_if_it_were_written_like_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = disputed(tmp_path / "a")
    monkeypatch.setattr(workbook, "MANY_ANSWERS", 0)
    large = disputed(tmp_path / "b")
    assert looks(large) == looks(small)
    assert links(large) == links(small)
    assert disputed(tmp_path / "c").read_bytes() == large.read_bytes()


def test_rows_of_a_large_book_stand_in_their_order_whatever_their_number() -> None:
    books = [Book("Essai", SOURCES.campaigns[0].end, large=large) for large in (False, True)]
    for book in books:
        sheet = book.sheet("Liste", in_order=True)
        for row in (0, 3, 15, 16, 40, 41, 200):
            sheet.set_row(row, 20 + row)
            put(sheet, row, 2, f"ligne {row}")
    plain, streamed = (sheet_xml(book.content()) for book in books)
    assert streamed == plain


ODD_TEXTS = (
    "2021|SUM.M1|valeur|CAF",
    " deux  espaces ",
    "<r>gras</r> & co",
    "=1+1",
    "fin_x0041_",
    "bip\x07",
    "deux\nlignes",
)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_text_kept_in_its_cell_is_the_one_that_others_share(text: str, tmp_path: Path) -> None:
    read = []
    for large in (False, True):
        book, path = Book("Essai", SOURCES.campaigns[0].end, large=large), tmp_path / "essai.xlsx"
        put_own_text(book.sheet("Liste", in_order=True), 1, 2, text, book.style("cell"))
        book.save(path)
        read += [cell.value for cell in open_grid(path).sheets[0].cells()]
    assert read == [text, text]


def test_only_shared_texts_of_a_large_book_are_kept_until_it_is_written() -> None:
    book = Book("Essai", SOURCES.campaigns[0].end, large=True)
    sheet = book.sheet("Liste", in_order=True)
    put(sheet, 1, 0, "partagé")
    put_own_text(sheet, 1, 1, "seul")
    with zipfile.ZipFile(io.BytesIO(book.content())) as package:
        texts = package.read("xl/sharedStrings.xml").decode()
    assert ("partagé" in texts, "seul" in texts) == (True, False)


def test_a_note_on_a_row_whose_height_is_forgotten_is_refused() -> None:
    book = Book("Essai", SOURCES.campaigns[0].end, large=True)
    book.sheet("Liste", in_order=True).write_comment(1, 1, "note")
    with pytest.raises(ValueError, match="let go of the heights"):
        book.content()


def test_a_large_book_that_is_given_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sheet = Book("Essai", SOURCES.campaigns[0].end, large=True).sheet("Liste", in_order=True)
    put(sheet, 1, 0, "a")
    put(sheet, 100, 0, "b")
    assert list(tmp_path.iterdir()) == []


def sheet_xml(workbook_bytes: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes)) as package:
        return package.read("xl/worksheets/sheet1.xml")


def test_a_row_that_is_gone_from_memory_cannot_be_written_again() -> None:
    sheet = Book("Essai", SOURCES.campaigns[0].end, large=True).sheet("Liste", in_order=True)
    put(sheet, 20, 0, "bas")
    with pytest.raises(ValueError, match="comes after rows below it"):
        put(sheet, 3, 0, "haut")


def test_a_sheet_with_more_links_than_excel_takes_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = links(disputed(tmp_path / "a"))
    for module in (data_sheet, contributions_sheet, conflicts_sheet):
        monkeypatch.setattr(module, "MOST_LINKS", 2)
    path = disputed(tmp_path / "b")
    assert any("Donn" in target for target in before)
    assert not [target for target in links(path) if "Donn" in target or target.endswith(".xlsx")]
    assert shown(path, "SUM.M1", "Valeur 2021") == 4
    subtitle = next(page for page in open_grid(path).sheets if page.name == "Contributions").rows[2][1].value
    assert "mène à sa ligne" not in str(subtitle)


def test_more_rows_than_a_sheet_has_are_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", tables.FIRST_ROW + tables.SPARE_ROWS + 4)
    with pytest.raises(
        CvsheetError, match=r"« Contributions » aurait 15.lignes.*rien n’a été écrit.*une campagne à la fois"
    ):
        rebuild(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_answers_too_long_for_a_cell_are_cut_and_a_change_among_them_still_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LONGEST_ANSWERS", 8)
    path = rebuild(tmp_path, "2021 A SUM.M1 15", "2021 B SUM.M1 5")
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 18))
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", "vu"))
    rebuild(tmp_path, "2021 A SUM.M1 15", "2021 B SUM.M1 5")
    assert shown(path, "SUM.M1", "Arbitrage") == "Arbitrée"
    rebuild(tmp_path, "2021 A SUM.M1 15", "2021 B SUM.M1 6")
    assert shown(path, "SUM.M1", "Arbitrage") == "Réponses changées depuis"


@pytest.mark.parametrize("left_out", [master.LARGE_SHEETS, (*master.LARGE_SHEETS, *master.LONG_SHEETS)])
def test_a_master_too_large_to_be_read_back_gives_its_decisions_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: tuple[str, ...]
) -> None:
    path = disputed(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 18))
    edit(path, typing("Données", "A", "Vérifié", "oui", key="Partenaire"))
    bounded = replace(DEFAULT_LIMITS, filled=filled(path) - filled(path, *left_out))
    monkeypatch.setattr(master, "WHOLE", bounded)
    monkeypatch.setattr(large_workbook, "LIMITS", bounded)
    before = path.read_bytes()
    given = judged(returned("A", {"SUM.M1": 4, "MEAN.M1": 10}), returned("B", {"MEAN.M1": 20}))
    result = consolidate(SOURCES, given, "2021", path, tmp_path)
    assert shown(path, "SUM.M1", "Valeur 2021") == 18
    (copy,) = (path.parent / "archives").iterdir()
    assert copy.read_bytes() == before
    told = next(line for line in result.summary if "trop grandes pour être relues" in line)
    assert all(f"« {name} »" in told for name in left_out)
    assert told.endswith(f"archives/{copy.name}")


def test_nothing_is_written_over_a_master_whose_decisions_cannot_be_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rebuild(tmp_path)
    before = path.read_bytes()
    bounded = replace(DEFAULT_LIMITS, filled=20)
    monkeypatch.setattr(master, "WHOLE", bounded)
    monkeypatch.setattr(large_workbook, "LIMITS", bounded)
    with pytest.raises(OutputError, match=r"il est trop grand.*rien n’a été écrit"):
        rebuild(tmp_path, contract=CONTRACT)
    assert path.read_bytes() == before


def test_a_large_book_is_finished_on_the_disk_and_leaves_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    book = Book("Essai", SOURCES.campaigns[0].end, large=True)
    put(book.sheet("Liste", in_order=True), 1, 0, "a")
    made = book.finished()
    assert isinstance(made, ScratchFile)
    assert [cell.value for cell in open_grid(made.path).sheets[0].cells()] == ["a"]
    del made
    assert list(tmp_path.iterdir()) == []


def test_a_large_master_that_no_program_could_open_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MANY_ANSWERS", 0)
    before = disputed(tmp_path).read_bytes()
    genuine = Book.finished

    def cut_short(book: Book) -> bytes | ScratchFile:
        made = genuine(book)
        assert isinstance(made, ScratchFile)
        made.path.write_bytes(made.path.read_bytes()[:-100])
        return made

    monkeypatch.setattr(Book, "finished", cut_short)
    with pytest.raises(OutputError, match="ne pourrait pas être relu"):
        disputed(tmp_path)
    (kept,) = (tmp_path / "sorties").glob("*.xlsx")
    assert kept.read_bytes() == before
