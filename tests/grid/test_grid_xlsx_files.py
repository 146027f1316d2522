"""What an xlsx file says beside its cells: sheets, what is hidden, notes, dialects, who saved it."""

from __future__ import annotations

from datetime import datetime

import pytest

from cvsheet.errors import Refusal
from cvsheet.files.grid.model import Cell, CellKind, Merge
from tests.grid.conftest import Read, Refused, filled
from tests.grid.packages import MAIN, OFFICE, STRICT, STRICT_OFFICE, rels, workbook, worksheet, xlsx_parts


class TestSheets:
    """Sheets in their order, hidden or not, with what is hidden, merged and noted in them."""

    def test_order_and_visibility(self, read: Read) -> None:
        parts = xlsx_parts()
        parts["xl/workbook.xml"] = workbook("B", "!A", "C").replace('state="hidden"', 'state="veryHidden"')
        parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet3.xml"] = worksheet()
        parts["xl/_rels/workbook.xml.rels"] = rels(
            ("rId3", "worksheet", "/xl/worksheets/sheet3.xml"),
            ("rId1", "worksheet", "../xl/worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets\\Sheet2.xml"),
        )
        sheets = read(parts).sheets
        assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("B", False), ("A", True), ("C", False)]

    def test_hidden_rows_and_columns_as_far_as_there_are_cells(self, read: Read) -> None:
        parts = xlsx_parts()
        columns = '<cols><col min="2" max="3" hidden="1"/><col min="4" max="16384" hidden="1"/></cols>'
        rows = '<row r="1"><c r="D1"><v>1</v></c></row><row r="2" hidden="1"/><row r="3"><c r="A3"><v>1</v></c></row>'
        parts["xl/worksheets/sheet1.xml"] = worksheet(rows, before=columns)
        sheet = read(parts).sheets[0]
        assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {2, 3, 4})

    def test_merges_keep_the_values_below_them(self, read: Read) -> None:
        parts = xlsx_parts()
        merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1"/></mergeCells>'
        parts["xl/worksheets/sheet1.xml"] = worksheet('<row r="2"><c r="B2"><v>1</v></c></row>', after=merges)
        sheet = read(parts).sheets[0]
        assert sheet.merges == (Merge(1, 1, 2, 2),)
        assert sheet.cell(2, 2) == Cell(2, 2, CellKind.NUMBER, 1.0, "1")

    def test_notes_and_threads(self, read: Read) -> None:
        parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels(
            ("rId1", "comments", "../comments1.xml"), ("rId2", "threadedComment", "../threadedComments/t1.xml")
        )
        parts["xl/comments1.xml"] = (
            f'<comments xmlns="{MAIN}"><commentList>'
            '<comment ref="A1"><text><r><t>CAF :</t></r><r><t>\nestimé</t></r></text></comment>'
            '<comment ref="B9"><text><t>[Commentaire à thread]</t></text></comment></commentList></comments>'
        )
        parts["xl/threadedComments/t1.xml"] = (
            '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
            '<threadedComment ref="B9"><text>Source ?</text></threadedComment>'
            '<threadedComment ref="B9"><text>CAF</text></threadedComment></ThreadedComments>'
        )
        assert read(parts).sheets[0].notes == {(1, 1): "CAF :\nestimé", (9, 2): "Source ?\nCAF"}

    def test_the_same_notes_in_two_files_are_not_mixed_with_the_threads_of_one(self, read: Read) -> None:
        """Equal parts are parsed once, and what one file adds to them stays its own."""
        noted = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
        noted["xl/worksheets/_rels/sheet1.xml.rels"] = rels(
            ("rId1", "comments", "../comments1.xml"), ("rId2", "threadedComment", "../threadedComments/t1.xml")
        )
        noted["xl/comments1.xml"] = (
            f'<comments xmlns="{MAIN}"><commentList>'
            '<comment ref="A1"><text><t>estimé</t></text></comment></commentList></comments>'
        )
        thread = (
            '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
            '<threadedComment ref="A1"><text>Source ?</text></threadedComment></ThreadedComments>'
        )
        with_thread = read({**noted, "xl/threadedComments/t1.xml": thread})
        assert with_thread.sheets[0].notes == {(1, 1): "Source ?"}
        assert read(noted).sheets[0].notes == {(1, 1): "estimé"}

    def test_form_controls_have_rows_and_columns_of_their_own(self, read: Read) -> None:
        parts = xlsx_parts()
        anchor = (
            '<controls><control><anchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
            "<from><xdr:col>1</xdr:col><xdr:row>9</xdr:row></from></anchor></control></controls>"
        )
        parts["xl/worksheets/sheet1.xml"] = worksheet("<row><c><v>1</v></c></row>", after=anchor)
        assert filled(read(parts)) == {"A1": 1.0}

    @pytest.mark.parametrize("link", ['r:id=""', ""])
    def test_module_sheets_of_old_have_no_part_and_no_cells(self, read: Read, link: str) -> None:
        parts = xlsx_parts("<row><c><v>1</v></c></row>")
        modules = "".join(
            f'<sheet name="Module{rank}" sheetId="{rank + 10}" state="veryHidden" {link}/>' for rank in (1, 2)
        )
        parts["xl/workbook.xml"] = workbook("A").replace("</sheets>", f"{modules}</sheets>")
        sheets = read(parts).sheets
        assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in sheets] == [
            ("A", False, 1),
            ("Module1", True, 0),
            ("Module2", True, 0),
        ]

    def test_a_sheet_that_names_a_missing_part_is_lost(self, refused: Refused) -> None:
        parts = xlsx_parts()
        parts["xl/workbook.xml"] = workbook("A", "B")
        assert refused(parts) is Refusal.DAMAGED

    def test_a_chart_sheet_stays_as_a_sheet_without_cells(self, read: Read) -> None:
        parts = xlsx_parts()
        parts["xl/worksheets/sheet1.xml"] = f'<chartsheet xmlns="{MAIN}"><sheetViews/></chartsheet>'
        assert [sheet.rows for sheet in read(parts).sheets] == [{}]

    @pytest.mark.parametrize(
        "links",
        [
            (),
            (("rId1", "worksheet", "worksheets/absent.xml"),),
            (("rId1", "worksheet", "!http://example.org/sheet1.xml"),),
            (("rId1", "worksheet", "../../../etc/passwd"),),
        ],
    )
    def test_a_sheet_that_is_listed_and_not_there_is_never_dropped_silently(
        self, refused: Refused, links: tuple[tuple[str, str, str], ...]
    ) -> None:
        parts = xlsx_parts()
        parts["xl/_rels/workbook.xml.rels"] = rels(*links)
        assert refused(parts) is Refusal.DAMAGED

    def test_two_sheets_of_one_name_or_one_part(self, refused: Refused) -> None:
        parts = xlsx_parts()
        parts["xl/worksheets/sheet2.xml"] = worksheet()
        parts["xl/workbook.xml"] = workbook("Budget", "budget")
        parts["xl/_rels/workbook.xml.rels"] = rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
        )
        assert refused(parts) is Refusal.AMBIGUOUS
        parts["xl/workbook.xml"] = workbook("A", "B")
        parts["xl/_rels/workbook.xml.rels"] = rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet1.xml")
        )
        assert refused(parts) is Refusal.AMBIGUOUS


class TestWorkbooks:
    """The dialects, encodings and properties of whole files."""

    def test_strict_open_xml_is_read_like_the_other(self, read: Read) -> None:
        parts = xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>oui</t></si>")
        strict = {
            name: str(content).replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE) for name, content in parts.items()
        }
        assert filled(read(strict)) == {"A1": "oui"}

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
    def test_every_encoding_that_xml_programs_must_know(self, read: Read, encoding: str) -> None:
        parts = xlsx_parts('<row r="1"><c r="A1"><v>5</v></c></row>')
        declared = "utf-8" if encoding == "utf-8-sig" else "utf-16"
        encoded = {
            name: f'<?xml version="1.0" encoding="{declared}"?>{content}'.encode(encoding)
            for name, content in parts.items()
        }
        assert filled(read(encoded)) == {"A1": 5.0}

    def test_prefixed_elements(self, read: Read) -> None:
        parts = xlsx_parts()
        parts["xl/worksheets/sheet1.xml"] = (
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
            "<x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        )
        assert filled(read(parts)) == {"A1": 5.0}

    def test_part_names_of_other_writers(self, read: Read) -> None:
        parts = xlsx_parts("<row><c><v>5</v></c></row>")
        parts["/XL\\Worksheets\\Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
        assert filled(read(parts)) == {"A1": 5.0}

    def test_who_saved_it_and_when(self, read: Read) -> None:
        parts = xlsx_parts()
        parts["_rels/.rels"] = rels(
            ("rId1", "officeDocument", "/xl/workbook.xml"),
            ("rId2", "metadata/core-properties", "docProps/core.xml"),
            ("rId3", "extended-properties", "docProps/app.xml"),
        )
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2025-02-01T10:00:00+02:00</dcterms:modified>'
            "</cp:coreProperties>"
        )
        parts["docProps/app.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>Microsoft Excel</Application></Properties>"
        )
        grid = read(parts)
        assert (grid.saved_at, grid.producer) == (datetime(2025, 2, 1, 8), "Microsoft Excel")

    def test_macros_are_told_and_the_data_is_read(self, read: Read) -> None:
        parts = xlsx_parts("<row><c><v>5</v></c></row>")
        parts["xl/_rels/workbook.xml.rels"] = rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "vbaProject", "vbaProject.bin")
        )
        grid = read(parts)
        assert (grid.format, grid.has_macros, filled(grid)) == ("xlsm", True, {"A1": 5.0})

    def test_the_files_that_formulas_refer_to_are_listed_and_never_opened(self, read: Read) -> None:
        parts = xlsx_parts()
        parts["xl/_rels/workbook.xml.rels"] = rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "externalLink", "externalLinks/externalLink1.xml")
        )
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = rels(
            ("rId1", "externalLinkPath", "!file:///C:/prive/compta.xlsx")
        )
        assert read(parts).external_links == ("file:///C:/prive/compta.xlsx",)

    def test_facts_about_the_file(self, read: Read) -> None:
        grid = read(xlsx_parts(), "Réponse CAF (1).XLSX")
        assert (grid.file, grid.format, len(grid.sha256)) == ("Réponse CAF (1).XLSX", "xlsx", 64)
        assert (grid.saved_at, grid.producer, grid.has_macros, grid.external_links) == (None, "", False, ())
