"""« Réglé ? » of *À corriger*, recalculated as a spreadsheet does while the partner types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import ironcalc
import openpyxl
import pytest

from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.model.framework import Framework
from tests.conftest import Convert
from tests.correction.rounds import cell_of, opened, pillar, returned, sent, sheet_of

WRONG = {
    ("E-I1.M1", "valeur"): "env. 30",
    ("E-I1.M2", "valeur"): 120,
    ("E-I2.M3", "valeur"): "nd",
    ("A1", "statut"): "Réalisée",
    ("A1", "avancement"): 80,
}
Typed = Mapping[tuple[str, str], str | float]


@pytest.fixture(name="small")
def of_one_breakdown(small: Framework) -> Framework:
    """Of several breakdowns IronCalc 0.9.1 cannot reckon *Contrôle* (findings/ironcalc_several_criteria.sh)."""
    return replace(small, measures=tuple(replace(one, breakdowns=one.breakdowns[:1]) for one in small.measures))


def correction(small: Framework, good: Prefill, folder: Path) -> Path:
    path = folder / "correction.xlsx"
    path.write_bytes(returned(small, folder, sent(small, {**good, **WRONG})).correction)
    return path


def said(path: Path) -> dict[str, str]:
    """« Réglé ? » of each line, by the code that its label begins with."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    rows = [[cell.value for cell in row[1:8]] for row in sheet.iter_rows(min_row=9) if row[7].value]
    assert rows[0][6] == "Réglé\u00a0?" or rows[0][6] == "Réglé ?"
    return {str(row[2]).split(" ")[0]: str(row[6]) for row in rows[1:]}


def after(path: Path, typed: Typed) -> dict[str, str]:
    """The same once `typed` stands in its cells (row code, title of the column)."""
    book = opened(path.read_bytes())
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    for (code, title), value in typed.items():
        sheet = sheet_of(book, code)
        cell = sheet[cell_of(sheet, code, title)]
        at = (book.sheetnames.index(sheet.title), cell.row, cell.column)
        if isinstance(value, str):
            model.update_cell_with_text(*at, value)
        else:
            model.update_cell_with_number(*at, float(value))
    model.evaluate()
    target = path.with_name("apres.xlsx")
    target.unlink(missing_ok=True)
    model.save_to_xlsx(str(target))
    return said(target)


def test_nothing_is_settled_when_it_arrives(small: Framework, good: Prefill, tmp_path: Path) -> None:
    path = correction(small, good, tmp_path)
    assert said(path) == dict.fromkeys(("E-I1.M1", "E-I1.M2", "E-I2.M3", "A1"), "non")
    assert after(path, {}) == said(path), "what is stored is what a spreadsheet computes"


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ({("E-I1.M1", "Valeur"): 30}, {"E-I1.M1"}),
        ({("E-I1.M1", "Valeur"): "env. 31"}, set()),  # still no number
        ({("E-I1.M2", "Valeur"): 150}, set()),  # changed, and still out of bounds
        ({("E-I1.M2", "Valeur"): 12}, {"E-I1.M2"}),
        ({("E-I1.M2", "Commentaire"): "C’est bien 120."}, set()),  # an erreur is not explained away
        ({("E-I2.M3", "Commentaire"): "Chiffre en mai."}, {"E-I2.M3"}),  # an avertissement is
        ({("A1", "Avancement (%)"): 100}, {"A1"}),
        ({("A1", "Statut"): "En cours"}, {"A1"}),  # the other of the two cells that are compared
        ({("A1", "Commentaire sur l’action"): "Presque."}, set()),  # Contrôle says that they still contradict
    ],
    ids=lambda typed: "; ".join(f"{code} {title}={value}" for (code, title), value in typed.items())
    if isinstance(typed, dict) else "",
)  # fmt: skip
@pytest.mark.sample(3)
def test_a_line_is_settled_by_its_cells(
    small: Framework, good: Prefill, tmp_path: Path, typed: Typed, settled: set[str]
) -> None:
    path = correction(small, good, tmp_path)
    assert {code for code, word in after(path, typed).items() if word == "oui"} == settled


def test_libreoffice_computes_the_same(small: Framework, good: Prefill, tmp_path: Path, libreoffice: Convert) -> None:
    path = correction(small, good, tmp_path)
    assert said(libreoffice(path, "xlsx")) == said(path)


def test_what_no_cell_tells_is_left_to_the_reader(small: Framework, good: Prefill, tmp_path: Path) -> None:
    """A row that lost its code, its answer set apart: no cell of the tables speaks of it."""

    def uncode(book: openpyxl.Workbook) -> None:
        page = pillar(book)
        page[cell_of(page, "E-I1.M2", "Code")] = "?"

    one = returned(small, tmp_path, sent(small, {**good, **WRONG}, uncode))
    (tmp_path / "correction.xlsx").write_bytes(one.correction)
    rows = openpyxl.load_workbook(tmp_path / "correction.xlsx", data_only=True).worksheets[0].iter_rows(min_row=11)
    words = {row[7].value for row in rows if row[7].value}
    assert words == {"non", "à vérifier"}


def test_the_sheet_fits_the_screen(small: Framework, good: Prefill, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(correction(small, good, tmp_path)).worksheets[0]
    widths = [look.width for look in sheet.column_dimensions.values() for _ in range(look.min, look.max + 1)]
    assert 37 + sum(widths) * 7.83 <= 1280


def test_what_is_said_of_one_cell_stands_on_one_line(small: Framework, good: Prefill, tmp_path: Path) -> None:
    """A wrong total contradicts two breakdowns and another measure: one cell to look at."""
    one = returned(small, tmp_path, sent(small, {**good, ("E-I1.M1", "valeur"): 3}))
    sheet = opened(one.correction).worksheets[0]
    cells = [row[2].value for row in sheet.iter_rows(min_row=10) if row[7].value]
    assert len(cells) == len(set(cells))


def test_a_comparison_names_both_cells(small: Framework, good: Prefill, tmp_path: Path) -> None:
    """Of the correction, whose rows may stand elsewhere than those of the file."""
    one = returned(small, tmp_path, sent(small, {**good, **WRONG}))
    book = opened(one.correction)
    sheet, page = book.worksheets[0], sheet_of(book, "A1")
    (text,) = [row[5].value for row in sheet.iter_rows(min_row=10) if str(row[3].value).startswith("A1")]
    status, progress = (cell_of(page, "A1", title) for title in ("Statut", "Avancement (%)"))
    assert f"« Réalisée » ({status}) mais son avancement ({progress}) est de 80 %" in text.replace("\u00a0", " ")
