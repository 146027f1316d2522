"""Files made to break a reader: each is refused with its reason, in little time and little memory."""

from __future__ import annotations

import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid import FileLimits
from tests.grid.conftest import Read, Refused, filled
from tests.grid.packages import MAIN, ods_parts, row, table, worksheet, xlsx_parts, zipped

XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Far more than it takes, far less than a hang. Of the processor: a machine may have other work."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def peak_megabytes(path: Path) -> float:
    """What opening a file adds at most to the memory of a fresh process, the XML parser's included."""
    program = (
        "import sys, resource, pathlib\n"
        "from cvsheet.files.grid import open_grid\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "open_grid(pathlib.Path(sys.argv[1]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    output = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True)
    return int(output.stdout) / 1000


def with_sheet(rows: str, after: str = "") -> dict[str, str | bytes]:
    return {**xlsx_parts(), "xl/worksheets/sheet1.xml": worksheet(rows, after=after)}


class TestMarkup:
    """No DOCTYPE, no other encoding, nothing malformed in a part that is read."""

    @pytest.mark.parametrize("doctype", [XXE, LAUGHS, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
    @pytest.mark.parametrize(
        "part", ["_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
    )
    def test_a_doctype_in_any_part(self, refused: Refused, part: str, doctype: str) -> None:
        parts = xlsx_parts()
        parts[part] = f"{doctype}{parts[part]}"
        assert refused(parts) is Refusal.DTD

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
    def test_a_doctype_hidden_by_an_encoding(self, refused: Refused, encoding: str) -> None:
        parts = xlsx_parts()
        parts["xl/sharedStrings.xml"] = f"{LAUGHS}{parts['xl/sharedStrings.xml']}".encode(encoding)
        assert refused(parts) is Refusal.DTD

    @pytest.mark.parametrize("encoding", ["utf-7", "iso-8859-1", "cp037", "utf-32", "ebcdic-cp-us"])
    def test_encodings_that_nobody_needs(self, refused: Refused, encoding: str) -> None:
        parts = xlsx_parts()
        content = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}{parts["xl/sharedStrings.xml"]}'
        for data in (content.encode(), content.encode("utf-32"), content.encode("utf-7")):
            parts["xl/sharedStrings.xml"] = data
            assert refused(parts) in (Refusal.DTD, Refusal.DAMAGED)

    def test_a_doctype_in_an_opendocument(self, refused: Refused) -> None:
        parts = ods_parts("")
        parts["content.xml"] = f"{XXE}{parts['content.xml']}"
        assert refused(parts) is Refusal.DTD

    @pytest.mark.parametrize(
        "broken",
        [
            "",
            "<worksheet",
            "not xml",
            f'<worksheet xmlns="{MAIN}"><sheetData></worksheet>',
            f'<worksheet xmlns="{MAIN}">&unknown;</worksheet>',
            f'<worksheet xmlns="{MAIN}">\x01</worksheet>',
            f'<worksheet xmlns="{MAIN}"/><worksheet/>',
            f'<worksheet xmlns="{MAIN}"><a b="1" b="2"/></worksheet>',
            b'\xff\xfe<\0w\0\xd8',
            f'<worksheet xmlns="{MAIN}">é</worksheet>'.encode("latin-1"),
            '<worksheet xmlns="urn:other"/>',
            f"<worksheet xmlns='{MAIN}'>{'<a>' * 5000}{'</a>' * 5000}</worksheet>",
        ],
    )  # fmt: skip
    def test_malformed_parts(self, refused: Refused, broken: str | bytes) -> None:
        assert refused({**xlsx_parts(), "xl/worksheets/sheet1.xml": broken}) is Refusal.DAMAGED

    def test_parts_that_are_not_read_may_be_anything(self, read: Read) -> None:
        parts = {**xlsx_parts(), "xl/drawings/vmlDrawing1.vml": f"{XXE}<br>", "customXml/item1.xml": ""}
        assert read(parts).format == "xlsx"


class TestArchives:
    """What a zip archive can claim."""

    def test_duplicates_whatever_their_spelling(self, refused: Refused) -> None:
        for twin in ("XL/Worksheets/Sheet1.xml", "/xl/worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml"):
            assert refused({**xlsx_parts(), twin: worksheet()}) is Refusal.AMBIGUOUS

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_the_same_name_twice(self, refused: Refused) -> None:
        data = bytearray(zipped({**xlsx_parts(), "xl/worksheets/sheet9.xml": worksheet()}))
        assert refused(bytes(data.replace(b"sheet9.xml", b"sheet1.xml"))) is Refusal.AMBIGUOUS

    @pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "..\\evil.xml", "%2e%2e/evil.xml"])
    def test_names_that_climb(self, refused: Refused, name: str) -> None:
        assert refused({**xlsx_parts(), name: ""}) is Refusal.DAMAGED

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_other_methods(self, refused: Refused, method: int) -> None:
        assert refused(zipped(xlsx_parts(), method)) is Refusal.DAMAGED

    def test_stored_parts_are_fine(self, read: Read) -> None:
        assert read(zipped(xlsx_parts(), zipfile.ZIP_STORED)).format == "xlsx"

    def test_an_encrypted_entry(self, refused: Refused) -> None:
        data = bytearray(zipped(xlsx_parts()))
        data[data.index(b"PK\x01\x02") + 8] |= 1
        assert refused(bytes(data)) is Refusal.ENCRYPTED

    def test_a_wrong_checksum_in_a_part_that_is_read(self, refused: Refused) -> None:
        data = bytearray(zipped(xlsx_parts(), zipfile.ZIP_STORED))
        data[data.index(b"<sheetData>") + 1] ^= 1
        assert refused(bytes(data)) is Refusal.DAMAGED

    @pytest.mark.parametrize("difference", [-10, 10, 1_000_000_000])
    def test_sizes_that_lie(self, refused: Refused, difference: int) -> None:
        data = bytearray(zipped(with_sheet("<row/>" * 1000)))
        entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
        size = struct.unpack_from("<L", data, entry + 24)[0]
        struct.pack_into("<L", data, entry + 24, size + difference)
        assert refused(bytes(data)) in (Refusal.DAMAGED, Refusal.BOMB)

    def test_too_many_entries(self, refused: Refused) -> None:
        parts = {**xlsx_parts(), **{f"x/{number}": "" for number in range(2000)}}
        assert refused(parts) is Refusal.BOMB
        with within(2):
            assert refused(b"PK\x03\x04" + b"PK\x01\x02" * 5_000_000) is Refusal.BOMB

    def test_an_archive_that_ends_too_early(self, refused: Refused) -> None:
        data = zipped(xlsx_parts())
        assert refused(data[: len(data) // 2]) is Refusal.TRUNCATED
        assert refused(data[:-10]) in (Refusal.TRUNCATED, Refusal.DAMAGED)

    def test_an_archive_with_bytes_around_it(self, read: Read) -> None:
        assert read(zipped(xlsx_parts()) + b"\0" * 10).format == "xlsx"


class TestBombs:
    """Small files that grow."""

    @pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
    def test_a_ratio_that_no_workbook_has(self, refused: Refused, part: str) -> None:
        with within(5):
            assert refused({**xlsx_parts(), part: b" " * 20_000_000}) is Refusal.BOMB

    @pytest.mark.parametrize(("size", "sound"), [(10_000_000, True), (10_000_001, False)])
    def test_a_style_sheet_repeats_itself(self, read: Read, refused: Refused, size: int, sound: bool) -> None:
        """Gnumeric writes each border of each cell: a large master's style sheet grows 171 times."""
        parts = {**xlsx_parts(), "xl/styles.xml": (b'<styleSheet xmlns="%s"/>' % MAIN.encode()).ljust(size)}
        if sound:
            assert read(parts).sheets
        else:
            assert refused(parts) is Refusal.BOMB

    def test_a_gigabyte(self, refused: Refused) -> None:
        data = bytearray(zipped(xlsx_parts()))
        for name in (b"xl/styles.xml", b"xl/sharedStrings.xml"):
            struct.pack_into("<L", data, data.rindex(name) - 46 + 24, 1_000_000_000)
        assert refused(bytes(data)) is Refusal.BOMB

    def test_sizes_over_the_limits(self, refused: Refused) -> None:
        data = zipped(xlsx_parts(), zipfile.ZIP_STORED)
        assert refused(data, limits=FileLimits(part_size=100)) is Refusal.TOO_LARGE
        assert refused(data, limits=FileLimits(total_size=1000)) is Refusal.TOO_LARGE

    def test_parts_read_again_and_again_count_again(self, refused: Refused) -> None:
        parts = xlsx_parts()
        total = sum(len(content) for content in parts.values())
        links = "".join(
            f'<Relationship Id="c{n}" Target="../sharedStrings.xml" Type="http://x/comments"/>' for n in range(100)
        )
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
        )
        parts["xl/sharedStrings.xml"] = f'<comments xmlns="{MAIN}"/>'
        parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace("sharedStrings.", "x.")
        assert refused(parts, limits=FileLimits(total_size=total + len(links) + 2000)) is Refusal.TOO_LARGE

    def test_strings_longer_than_excel_allows(self, refused: Refused, read: Read) -> None:
        def parts(length: int) -> dict[str, str | bytes]:
            return xlsx_parts('<row><c t="s"><v>0</v></c></row>', strings=f"<si><t>{'a' * length}</t></si>")

        assert filled(read(parts(32_767))) == {"A1": "a" * 32_767}
        assert refused(parts(32_768)) is Refusal.TOO_LARGE
        assert refused(with_sheet(f'<row><c t="str"><v>{"a" * 32_768}</v></c></row>')) is Refusal.TOO_LARGE

    @pytest.mark.long
    def test_a_row_that_never_ends_needs_little_memory(self, refused: Refused) -> None:
        noise = "".join(f'<c r="{n}x"/>' for n in range(800_000))
        with within(10):
            assert refused(with_sheet(f'<row r="1">{noise}</row>')) in (Refusal.GEOMETRY, Refusal.BOMB)

    @pytest.mark.long
    def test_an_attribute_of_megabytes_takes_no_time(self, refused: Refused) -> None:
        noise = "".join(map(str, range(2_000_000)))
        with within(5):
            assert refused(with_sheet(f'<row r="1" x="{noise}"/>')) is Refusal.DAMAGED


class TestGeometry:
    """Legal files of a few kilobytes that make other readers ask for 549 GB."""

    @pytest.mark.parametrize(("far", "row"), [("XFD1", 1), ("A1048576", 1_048_576), ("Z3000", 3_000)])
    def test_cells_far_apart_cost_nothing(self, read: Read, far: str, row: int) -> None:
        """Only what is filled is kept. (Readers that fill the rectangle in between ask for all the memory there is, so
        no file here has one that is both wide and high.)"""
        hidden = '<row r="2" hidden="1"/>'
        rows = f'<row r="1"><c r="A1"><v>1</v></c></row>{hidden}<row r="{row}"><c r="{far}"><v>2</v></c></row>'
        with within(1):
            parts = with_sheet(rows if row > 1 else rows.replace('<row r="1"><c r="A1">', '<row r="1"><c r="B1">'))
            assert list(filled(read(parts)).values()) == [1.0, 2.0]

    def test_a_cell_beyond_the_last_column_is_named(self, read: Read) -> None:
        with pytest.raises(UnreadableFile) as caught:
            read(with_sheet('<row r="3"><c r="XFE3"><v>1</v></c></row>'))
        assert (caught.value.reason, caught.value.sheet, caught.value.cell) == (Refusal.GEOMETRY, "A", "XFE3")

    def test_a_sheet_formatted_far_beyond_its_cells(self, read: Read) -> None:
        rows = "".join(f'<row r="{row}" s="3" customFormat="1"><c r="A{row}" s="3"/></row>' for row in range(2, 60_001))
        with within(5):
            assert filled(read(with_sheet(f"<row><c><v>1</v></c></row>{rows}"))) == {"A1": 1.0}

    @pytest.mark.parametrize(
        "blank",
        [
            '<row r="{row}" s="3" customFormat="1"/>',
            '<row r="{row}" ht="12.8" hidden="false" x14ac:dyDescent="0.25"></row>',
            '<row r="{row}" s="3"><c r="A{row}" s="3"/><c r="B{row}" s="3"></c></row>',
        ],
    )
    @pytest.mark.sample(1)
    def test_a_sheet_formatted_to_its_last_row(self, read: Read, blank: str) -> None:
        rows = "".join(blank.format(row=row) for row in range(2, 300_001))
        last = '<row r="300001" hidden="1"/><row r="300002"><c r="A300002" s="3"/><c r="B300002"><v>2</v></c></row>'
        with within(3):
            (sheet,) = read(with_sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}{last}')).sheets
        assert [(cell.row, cell.column, cell.value) for cell in sheet.cells()] == [(1, 1, 1.0), (300_002, 2, 2.0)]
        assert sheet.hidden_rows == {300_001}

    @pytest.mark.long
    def test_blank_rows_stay_where_the_place_of_others_depends_on_them(self, read: Read) -> None:
        rows = "".join(f'<row r="{row}"/>' for row in range(1, 100_001))
        assert filled(read(with_sheet(f"{rows}<row><c><v>1</v></c></row>"))) == {"A100001": 1.0}

    @pytest.mark.long
    def test_a_text_that_looks_like_a_blank_row_is_kept(self, read: Read) -> None:
        rows = "".join(f'<row r="{row}"/>' for row in range(2, 100_001))
        text = '<c r="A1" t="inlineStr"><is><t><![CDATA[<row r="5"/>]]></t></is></c>'
        assert filled(read(with_sheet(f'<row r="1">{text}</row>{rows}'))) == {"A1": '<row r="5"/>'}

    def test_more_filled_cells_than_memory_allows(self, refused: Refused, read: Read) -> None:
        rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 102))
        assert refused(with_sheet(rows), limits=FileLimits(filled=100)) is Refusal.GEOMETRY
        assert len(filled(read(with_sheet(rows), limits=FileLimits(filled=101)))) == 101

    @pytest.mark.parametrize("ref", ["A1:A1048576", "A1:XFD1", "B2:XFD1048576"])
    def test_a_merge_over_everything_is_one_merge(self, read: Read, ref: str) -> None:
        after = f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'
        assert len(read(with_sheet("<row><c><v>1</v></c></row>", after)).sheets[0].merges) == 1
        whole = 'table:number-rows-spanned="1048576" office:value-type="float" office:value="1"'
        covered = row("<table:covered-table-cell/>", attributes='table:number-rows-repeated="1048575"')
        assert len(read(ods_parts(table(row(f"<table:table-cell {whole}/>") + covered))).sheets[0].merges) == 1

    def test_the_place_where_a_limit_is_reached_is_named(self, read: Read) -> None:
        rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 102))
        tables = table(row(*["<table:table-cell office:value-type='float' office:value='1'/>"]) * 101)
        for parts in (with_sheet(rows), ods_parts(tables)):
            with pytest.raises(UnreadableFile) as caught:
                read(parts, limits=FileLimits(filled=100))
            assert (caught.value.sheet, caught.value.cell) == ("A", "A101")

    def test_many_merges(self, refused: Refused) -> None:
        merges = "".join(f'<mergeCell ref="A{number}:B{number}"/>' for number in range(1, 1002))
        assert (
            refused(with_sheet("", f"<mergeCells>{merges}</mergeCells>"), limits=FileLimits(merges=1000))
            is Refusal.GEOMETRY
        )

    def test_many_cells_filled_or_not(self, refused: Refused, read: Read) -> None:
        rows = f"<row>{'<c/>' * 101}</row>"
        assert refused(with_sheet(rows), limits=FileLimits(cells=100)) is Refusal.GEOMETRY
        assert (
            refused(ods_parts(table(row("<table:table-cell/>" * 101))), limits=FileLimits(cells=100))
            is Refusal.GEOMETRY
        )
        assert read(with_sheet(rows)).sheets[0].rows == {}

    def test_hidden_columns_again_and_again(self, read: Read) -> None:
        columns = '<col min="1" max="16384" hidden="1"/>' * 20_000
        sheet = '<row><c r="XFD1"><v>1</v></c></row>'
        with within(5):
            parts = {**xlsx_parts(), "xl/worksheets/sheet1.xml": worksheet(sheet, before=f"<cols>{columns}</cols>")}
            assert len(read(parts).sheets[0].hidden_columns) == 16_384

    def test_a_row_of_repeated_cells(self, refused: Refused) -> None:
        cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="9999"/>'
        with within(1):
            assert refused(ods_parts(table(row(cell * 1000)))) is Refusal.GEOMETRY

    def test_hidden_columns_to_the_end(self, read: Read) -> None:
        parts = xlsx_parts()
        parts["xl/worksheets/sheet1.xml"] = worksheet(before='<cols><col min="1" max="999999999" hidden="1"/></cols>')
        assert read(parts).sheets[0].hidden_columns == frozenset()

    @pytest.mark.skipif(sys.platform != "linux", reason="the unit of memory is another elsewhere")
    def test_memory_does_not_grow_with_a_part_that_holds_little(self, tmp_path: Path) -> None:
        rows = "".join(f'<row r="{row}"><c r="A{row}" s="{row}"/><c r="B{row}"/></row>' for row in range(1, 150_001))
        path = tmp_path / "formatted.xlsx"
        path.write_bytes(zipped(with_sheet(rows)))
        assert peak_megabytes(path) < 20 + 3 * len(rows) / 1_000_000
