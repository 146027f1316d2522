"""Whatever was done to a workbook, all that the partner typed is in its correction, and nothing of it acts there."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from cvsheet.books.partner.identity import normal_text
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.files.values import is_blank, shown
from cvsheet.model.framework import Framework
from cvsheet.text.numerals import tidy
from tests.correction.rounds import CAMPAIGN, PARTNER, cell_of, pillar, returned, typed_cells
from tests.every_cell import every_cell
from tests.examples import examples
from tests.returned.conftest import damaged
from tests.returned.test_nothing_lost import PLACES, Edit, edit

INJECTION = st.text(
    st.sampled_from([*"=+-@|!'\"<>&;,:%/\\ \t\n\r#()[]{}$A1é\u00a0\u200b\u202e\u2028\x07\x1b\x00\x7f", "\ud800"]),
    max_size=12,
).map(lambda text: f"{text}{'' if len(text) % 2 else '1'}")
STARTS = st.sampled_from(
    [
        "",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://x")',
        "@SUM(1)",
        "+1+1",
        "http://x.example",
        "file:///etc/passwd",
        "mailto:a@b.c",
        "internal:A1",
        "<script>",
        "\nBcc: x@y.z",
        "_x000D_",
        "{=1}",
    ]
)
HOSTILE = st.builds(str.__add__, STARTS, INJECTION)
CALM = examples(12)


def compared(text: str) -> str:
    return normal_text(tidy(text))


@pytest.fixture(scope="module")
def written(small: Framework, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What stands in the workbook before anybody types."""
    path = tmp_path_factory.mktemp("envoi") / "envoi.xlsx"
    path.write_bytes(partner_workbook(small, CAMPAIGN, PARTNER))
    return {compared(shown(cell)) for cell in typed_cells(path)}


@pytest.mark.long
@CALM
@given(edits=st.lists(PLACES, min_size=1, max_size=8))
def test_every_cell_of_the_return_is_in_its_correction(
    small: Framework, good: Prefill, tmp_path: Path, written: set[str], edits: list[Edit]
) -> None:
    typed = {**every_cell(small, CAMPAIGN, PARTNER), **good}
    content = damaged(partner_workbook(small, CAMPAIGN, PARTNER, prefill=typed), lambda book: edit(book, edits))
    one = returned(small, tmp_path, content)
    if one.submission.identity is None or one.submission not in one.assessment.current:
        return
    correction = tmp_path / "correction.xlsx"
    correction.write_bytes(one.correction)
    there = {compared(shown(cell)) for cell in typed_cells(correction)} | written
    cells = [cell for cell in typed_cells(one.path) if not is_blank(cell) and cell.formula is None]
    assert [shown(cell) for cell in cells if compared(shown(cell)) not in there] == []


@pytest.mark.long
@CALM
@given(texts=st.tuples(HOSTILE, HOSTILE, HOSTILE), number=st.integers(0, 2))
@example(texts=("1", "1", "mailto:a@b.c1"), number=0)  # a line on the sheet of actions
def test_no_text_acts_in_a_correction(
    small: Framework, good: Prefill, tmp_path: Path, texts: tuple[str, str, str], number: int
) -> None:
    typed = {**good, ("E-I1.M1", "valeur"): texts[0], ("E-I2.M2", "valeur"): texts[1], ("A1", "commentaire"): texts[2]}
    one = returned(small, tmp_path, partner_workbook(small, CAMPAIGN, PARTNER, prefill=typed))
    usual = returned(small, tmp_path, partner_workbook(small, CAMPAIGN, PARTNER, prefill=good))
    assert [text for text in formulas(one.correction) if not SETTLED.fullmatch(text)] == formulas(usual.correction)
    assert targets(one.correction) == set()


def test_no_sheet_name_acts_in_a_correction(small: Framework, good: Prefill, tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("=cmd|calc!A0 <b>#x")["A1"] = "note"
        pillar(book)[cell_of(pillar(book), "E-I1.M1", "Valeur")] = "env. 3"

    content = damaged(partner_workbook(small, CAMPAIGN, PARTNER, prefill=good), add)
    one = returned(small, tmp_path, content)
    usual = returned(small, tmp_path, partner_workbook(small, CAMPAIGN, PARTNER, prefill=good))
    assert [text for text in formulas(one.correction) if not SETTLED.fullmatch(text)] == formulas(usual.correction)
    assert targets(one.correction) == set()


SETTLED = re.compile(
    r"""IFERROR\(IF\((?:(?:AND|OR|NOT|ISTEXT|LEN)\(|[),=]|&lt;&gt;|'(?:L''emploi &amp; l’insertion|Habitat|Actions)'!"""
    r"""|[A-Z]{1,2}[0-9]+|[0-9.]+|"[\w ]*")+,"oui","non"\),"non"\)"""
)
"""« Réglé ? »: our own words, cells and lengths; of what was typed, letters and figures alone."""


def formulas(content: bytes) -> list[str]:
    """Every formula of the workbook, cells and validations alike."""
    found = (re.findall(r"<(?:f|formula1|formula2)\b[^>]*>([^<]*)", part) for part in parts(content))
    return [text for formulas in found for text in formulas]


def targets(content: bytes) -> set[str]:
    """Every target outside the workbook."""
    return {text for part in parts(content) for text in re.findall(r'Target="([^"]*)" TargetMode="External"', part)}


def parts(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return [archive.read(name).decode() for name in names if "/comments" not in name]
