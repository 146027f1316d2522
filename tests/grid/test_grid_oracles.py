"""The grid against two independent readers, and the closed list of where they may differ.

Allowed against python-calamine: an error cell, which it reads as ""; an empty result of a formula. Allowed against
openpyxl: escapes (_x000D_), which it leaves as text; a time of day, which it gives as such. Nothing else.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell, CellKind, Sheet
from tests.examples import examples
from tests.grid.packages import ods_parts, row, table, xlsx_parts, zipped
from tests.grid.samples import sample
from tests.grid.test_grid_roundtrip import read, values, written

TO_BE_EXPECTED = {  # what random damage may be taken for; an honest reading is the other possibility
    Refusal.EMPTY,
    Refusal.TRUNCATED,
    Refusal.DAMAGED,
    Refusal.AMBIGUOUS,
    Refusal.ENCRYPTED,
    Refusal.BOMB,
    Refusal.TOO_LARGE,
    Refusal.GEOMETRY,
    Refusal.PLAIN_ZIP,
    Refusal.OTHER_DOCUMENT,
    Refusal.BINARY_XLSB,
    Refusal.UNKNOWN,
    Refusal.CSV,
    Refusal.DTD,
}


def calamine_differences(path: Path) -> Iterator[tuple[str, object, Cell | None]]:
    book = CalamineWorkbook.from_path(str(path))
    for sheet in open_grid(path).sheets:
        theirs = book.get_sheet_by_name(sheet.name)
        first_row, first_column = theirs.start or (0, 0)
        found = {
            (row, column): value
            for row, line in enumerate(theirs.to_python(skip_empty_area=True), start=first_row + 1)
            for column, value in enumerate(line, start=first_column + 1)
            if value != ""
        }
        yield from differences(sheet, found)


def openpyxl_differences(path: Path) -> Iterator[tuple[str, object, Cell | None]]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in open_grid(path).sheets:
        found = {
            (cell.row, cell.column): cell.value
            for line in book[sheet.name]
            for cell in line
            if cell.value not in (None, "")
        }
        yield from differences(sheet, found)


def differences(sheet: Sheet, found: dict[tuple[int, int], object]) -> Iterator[tuple[str, object, Cell | None]]:
    ours = {(cell.row, cell.column): cell for cell in sheet.cells()}
    for position in ours.keys() | found.keys():
        cell, value = ours.get(position), found.get(position, "")
        if not agrees(cell, value):
            yield sheet.name, value, cell


def agrees(cell: Cell | None, value: object) -> bool:
    if cell is None:
        return False
    if cell.kind is CellKind.ERROR:
        return value in ("", cell.raw)
    if cell.kind is CellKind.MISSING or cell.value == "":
        return value == ""
    if isinstance(cell.value, datetime):
        return moment(value) is not None and abs(cell.value - moment(value)) < timedelta(seconds=1)  # type: ignore[operator]
    if isinstance(cell.value, str):
        return cell.value == value
    return type(value) in (type(cell.value), int) and value == cell.value


def moment(value: object) -> datetime | None:
    """A date, time or duration of another reader as the moment that the grid makes of it."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, time):
        return datetime.combine(date(1899, 12, 31), value)
    return datetime(1899, 12, 31) + value if isinstance(value, timedelta) else None


def test_a_file_of_everything(tmp_path: Path) -> None:
    read(sample(), tmp_path)
    assert list(calamine_differences(tmp_path / "file.xlsx")) == []
    assert list(openpyxl_differences(tmp_path / "file.xlsx")) == []


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_the_same_saved_by_libreoffice(resaved: dict[str, Path], extension: str) -> None:
    assert list(calamine_differences(resaved[extension])) == []
    if extension == "xlsx":
        assert list(openpyxl_differences(resaved[extension])) == []


@examples(40)
@given(cells=st.lists(st.lists(st.none() | values, max_size=4), max_size=4))
def test_generated_files(tmp_path: Path, cells: list[list[object]]) -> None:
    read(written(cells), tmp_path)
    path = tmp_path / "file.xlsx"
    assert list(calamine_differences(path)) == []
    assert [found for found in openpyxl_differences(path) if "_x" not in str(found[1])] == []


def damaged(data: bytes, seed: int) -> bytes:
    """The bytes with a few of them changed."""
    noise = random.Random(seed)
    changed = bytearray(data)
    for _ in range(noise.choice((1, 1, 2, 8))):
        changed[noise.randrange(len(changed))] = noise.randrange(256)
    return bytes(changed)


def outcome(data: bytes, path: Path) -> Refusal | None:
    """The reason, None when read. Any other exception fails the test."""
    path.write_bytes(data)
    try:
        open_grid(path)
    except UnreadableFile as error:
        return error.reason
    return None


@pytest.fixture(scope="module", params=["deflated", "stored", "ods"])
def genuine(request: pytest.FixtureRequest) -> bytes:
    """Files to be damaged; those that are stored let the damage reach the XML, with the right checksum or not."""
    cells = row('<table:table-cell office:value-type="float" office:value="1"/>', attributes='table:visibility="x"')
    return {
        "deflated": sample(),
        "stored": zipped(xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "<si><t>a</t></si>"), 0),
        "ods": zipped(ods_parts(table(cells))),
    }[str(request.param)]


def test_truncated_anywhere(genuine: bytes, tmp_path: Path) -> None:
    for length in range(0, len(genuine), max(1, len(genuine) // 150)):
        assert outcome(genuine[:length], tmp_path / "file.xlsx") in {Refusal.EMPTY, Refusal.TRUNCATED, Refusal.DAMAGED}


def test_random_damage_is_refused_or_harmless_and_never_crashes(genuine: bytes, tmp_path: Path) -> None:
    reasons = {outcome(damaged(genuine, seed), tmp_path / "file.xlsx") for seed in range(250)}
    assert reasons <= TO_BE_EXPECTED | {None}


def test_random_damage_inside_the_xml(tmp_path: Path) -> None:
    """The same below the checksum: each part in turn is changed, then zipped as if nothing had happened."""
    parts = xlsx_parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>12.5</v></c></row>', "<si><t>a_x000D_</t></si>"
    )
    for seed in range(400):
        name = random.Random(seed).choice(sorted(parts))
        changed = {**parts, name: damaged(str(parts[name]).encode(), seed)}
        assert outcome(zipped(changed), tmp_path / "file.xlsx") in TO_BE_EXPECTED | {None}


def test_random_damage_inside_an_opendocument(tmp_path: Path) -> None:
    cells = row(
        '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/>'
        "<table:table-cell><text:p>a<text:s/>b</text:p></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2025-02-01" table:number-columns-repeated="2"/>'
    )
    content = str(ods_parts(table(cells))["content.xml"]).encode()
    for seed in range(400):
        changed = {**ods_parts(""), "content.xml": damaged(content, seed)}
        assert outcome(zipped(changed), tmp_path / "file.ods") in TO_BE_EXPECTED | {None}
