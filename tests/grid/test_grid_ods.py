"""What an OpenDocument spreadsheet says and how the grid repeats it, whoever wrote it."""

from __future__ import annotations

from datetime import datetime

import pytest

from cvsheet.errors import Refusal
from cvsheet.files.grid.model import Cell, CellKind, Merge, Value
from tests.grid.conftest import Read, Refused, filled
from tests.grid.packages import ods_parts, row, table


def one(read: Read, cell: str) -> Cell | None:
    """The cell A1 of a table in which it is written as given."""
    return read(ods_parts(table(row(cell)))).sheets[0].cell(1, 1)


def number(value: str = "5", attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def text(content: str) -> str:
    return f'<table:table-cell office:value-type="string">{content}</table:table-cell>'


EMPTY = "<table:table-cell/>"


@pytest.mark.parametrize(
    ("attributes", "kind", "value", "raw"),
    [
        ('office:value-type="float" office:value="12.5"', CellKind.NUMBER, 12.5, "12.5"),
        ('office:value-type="currency" office:value="12.5"', CellKind.NUMBER, 12.5, "12.5"),
        ('office:value-type="boolean" office:boolean-value="true"', CellKind.BOOLEAN, True, "true"),
        ('office:value-type="boolean" office:boolean-value="false"', CellKind.BOOLEAN, False, "false"),
        ('office:value-type="date" office:date-value="2025-02-01"', CellKind.DATE, datetime(2025, 2, 1), "2025-02-01"),
        ('office:value-type="date" office:date-value="1900-02-28"', CellKind.DATE, datetime(1900, 2, 28), "1900-02-28"),
        ('office:value-type="time" office:time-value="PT12H"', CellKind.DATE, datetime(1899, 12, 31, 12), "PT12H"),
        ('office:value-type="time" office:time-value="PT36H"', CellKind.DATE, datetime(1900, 1, 1, 12), "PT36H"),
        ('office:value-type="time" office:time-value="-PT12H"', CellKind.NUMBER, -0.5, "-PT12H"),
        ('office:value-type="time" office:time-value="P"', CellKind.TEXT, "P", "P"),
        ('office:value-type="date" office:date-value="2025-02-30"', CellKind.TEXT, "2025-02-30", "2025-02-30"),
        ('office:value-type="float" office:value="12,5"', CellKind.TEXT, "12,5", "12,5"),
        ('office:value-type="float" office:value="1E400"', CellKind.ERROR, None, "1E400"),
        ('office:value-type="boolean" office:boolean-value="vrai"', CellKind.TEXT, "vrai", "vrai"),
        ('office:value-type="float"', CellKind.TEXT, "montré", "montré"),
        ('office:value-type="string"', CellKind.TEXT, "montré", "montré"),
        ('office:value-type="string" office:string-value="vrai texte"', CellKind.TEXT, "vrai texte", "vrai texte"),
        ("", CellKind.TEXT, "montré", "montré"),
    ],
)  # fmt: skip
def test_a_cell_has_the_kind_that_the_file_gives_it(
    read: Read, attributes: str, kind: CellKind, value: object, raw: str
) -> None:
    cell = one(read, f"<table:table-cell {attributes}><text:p>montré</text:p></table:table-cell>")
    clock = kind is CellKind.DATE and "time-value" in attributes
    assert cell == Cell(1, 1, kind, value, raw, clock=clock)  # type: ignore[arg-type]


def test_a_percentage(read: Read) -> None:
    cell = one(read, '<table:table-cell office:value-type="percentage" office:value="0.125"/>')
    assert cell == Cell(1, 1, CellKind.NUMBER, 0.125, "0.125", percent=True)


@pytest.mark.parametrize("cell", [EMPTY, "<table:table-cell><text:p/></table:table-cell>", text(""), text("<text:p/>")])
def test_an_empty_cell_is_absent(read: Read, cell: str) -> None:
    assert one(read, cell) is None


class TestFormulas:
    """A formula's cell always says so, whether its result is there, empty, wrong or was never computed."""

    @pytest.mark.parametrize(
        ("attributes", "shown", "expected"),
        [
            ('office:value-type="float" office:value="4"', "4", (CellKind.NUMBER, 4.0, "4")),
            ('office:value-type="string"', "ns", (CellKind.TEXT, "ns", "ns")),
            ('office:value-type="string" office:string-value=""', "", (CellKind.TEXT, "", "")),
            ('office:value-type="string"', None, (CellKind.TEXT, "", "")),
            ("", None, (CellKind.MISSING, None, "")),
            ('calcext:value-type="error" office:string-value=""', "inconnue", (CellKind.ERROR, None, "inconnue")),
            ('office:value-type="string"', "#REF!", (CellKind.ERROR, None, "#REF!")),
            ('office:value-type="string"', "#VALEUR\u00a0!", (CellKind.ERROR, None, "#VALEUR\u00a0!")),
            ('office:value-type="string"', "#N/D", (CellKind.ERROR, None, "#N/D")),
            ('office:value-type="float" office:value="0"', "Err:508", (CellKind.ERROR, None, "Err:508")),
            ('office:value-type="float" office:value="0"', "#DIV/0!", (CellKind.ERROR, None, "#DIV/0!")),
            ('office:value-type="string"', "#QPV", (CellKind.TEXT, "#QPV", "#QPV")),
        ],
    )
    @pytest.mark.parametrize("prefix", ["of:=", "oooc:=", "msoxl:=", "="])
    def test_a_formula(
        self, read: Read, prefix: str, attributes: str, shown: str | None, expected: tuple[CellKind, Value, str]
    ) -> None:
        paragraph = "" if shown is None else f"<text:p>{shown}</text:p>"
        written = f'<table:table-cell table:formula="{prefix}[.B1]*2" {attributes}>{paragraph}</table:table-cell>'
        assert one(read, written) == Cell(1, 1, *expected, formula="[.B1]*2")

    def test_the_same_text_typed_by_hand_is_a_text(self, read: Read) -> None:
        assert one(read, text("<text:p>#REF!</text:p>")) == Cell(1, 1, CellKind.TEXT, "#REF!", "#REF!")


class TestTexts:
    """Paragraphs, spaces, tabs, links: as LibreOffice shows them."""

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
            ("<text:p>a<text:line-break/>b</text:p>", "a\nb"),
            ('<text:p><text:s text:c="2"/>a<text:s/><text:tab/>b</text:p>', "  a \tb"),
            ('<text:p>a <text:s text:c="2"/>b</text:p>', "a   b"),
            ("<text:p>fin </text:p>", "fin "),
            ("<text:p>\n    a\n    b\n  </text:p>", "a b"),
            ("<text:p>un <text:span>mot <text:span>gras</text:span></text:span> ici</text:p>", "un mot gras ici"),
            ('<text:p><text:a xlink:href="javascript:x">lien</text:a></text:p>', "lien"),
            (
                "<text:p><text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>ト</text:ruby-text></text:ruby></text:p>",
                "東",
            ),
            ("<text:p>1\u00a0234\u202f567</text:p>", "1\u00a0234\u202f567"),
            ("<text:p>a<!-- b -->c</text:p>", "ac"),
        ],
    )
    def test_a_text(self, read: Read, written: str, shown: str) -> None:
        assert one(read, text(written)) == Cell(1, 1, CellKind.TEXT, shown, shown)

    def test_a_note_is_no_part_of_the_text(self, read: Read) -> None:
        noted = "<office:annotation><text:p>Source ?</text:p><text:p>CAF</text:p></office:annotation>"
        cells = row(text(f"{noted}<text:p>oui</text:p>"), f"<table:table-cell>{noted}</table:table-cell>")
        sheet = read(ods_parts(table(cells))).sheets[0]
        assert [cell.value for cell in sheet.cells()] == ["oui"]
        assert sheet.notes == {(1, 1): "Source ?\nCAF", (1, 2): "Source ?\nCAF"}

    def test_drawings_are_no_text(self, read: Read) -> None:
        drawn = '<draw:frame xmlns:draw="d"><draw:text-box><text:p>dessin</text:p></draw:text-box></draw:frame>'
        assert one(read, f"<table:table-cell>{drawn}</table:table-cell>") is None


class TestPositions:
    """Repeated rows and columns, groups, merges, what is hidden."""

    def test_repetitions(self, read: Read) -> None:
        gap = '<table:table-cell table:number-columns-repeated="2"/>'
        twice = number("7", 'table:number-columns-repeated="2"')
        rows = row(gap, number("1")) + row(EMPTY, attributes='table:number-rows-repeated="3"') + row(number("2"), twice)
        assert filled(read(ods_parts(table(rows)))) == {"C1": 1, "A5": 2, "B5": 7, "C5": 7}

    def test_a_filled_row_repeated(self, read: Read) -> None:
        rows = row(number("1"), attributes='table:number-rows-repeated="2"') + row(number("2"))
        assert filled(read(ods_parts(table(rows)))) == {"A1": 1, "A2": 1, "A3": 2}

    def test_a_sheet_formatted_to_its_last_row_costs_nothing(self, read: Read) -> None:
        blank = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/>'
        rows = row(number("1")) + row(
            blank, attributes='table:number-rows-repeated="1048575" table:visibility="collapse"'
        )
        sheet = read(ods_parts(table(rows))).sheets[0]
        assert (list(sheet.rows), sheet.hidden_rows) == ([1], frozenset())

    def test_header_rows_and_groups_count_like_others(self, read: Read) -> None:
        rows = (
            f"<table:table-header-rows>{row(number('1'))}</table:table-header-rows>"
            f"<table:table-row-group>{row(number('2'))}<table:table-rows>{row(number('3'))}</table:table-rows>"
            f"</table:table-row-group>{row(number('4'))}"
        )
        assert filled(read(ods_parts(table(rows)))) == {"A1": 1, "A2": 2, "A3": 3, "A4": 4}

    def test_white_space_of_pretty_printed_files(self, read: Read) -> None:
        rows = f"\n  {row(f'{EMPTY}  ', f'  {number()}')}\n  "
        assert filled(read(ods_parts(table(rows), pretty="\n  "))) == {"B1": 5}

    def test_a_merge_keeps_the_value_below_it(self, read: Read) -> None:
        spanned = number("1", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
        covered = '<table:covered-table-cell office:value-type="float" office:value="9"/>'
        rows = row(spanned, covered, number("2")) + row(
            '<table:covered-table-cell table:number-columns-repeated="2"/>', number("3")
        )
        grid = read(ods_parts(table(rows)))
        assert filled(grid) == {"A1": 1, "B1": 9, "C1": 2, "C2": 3}
        assert grid.sheets[0].merges == (Merge(1, 1, 2, 2),)

    def test_hidden_rows_columns_and_sheets(self, read: Read) -> None:
        columns = (
            '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
        )
        rows = (
            row(number("1"), attributes='table:visibility="filter"')
            + row(EMPTY, EMPTY, number("2"))
            + row(number("3"), attributes='table:number-rows-repeated="2" table:visibility="collapse"')
        )
        properties = '<style:table-properties table:display="false"/>'
        style = f'<style:style style:name="ta2" style:family="table">{properties}</style:style>'
        tables = table(columns + rows) + table("", "B", 'table:style-name="ta2"')
        first, second = read(ods_parts(tables, style)).sheets
        assert (first.hidden, first.hidden_rows, first.hidden_columns) == (False, {1, 3, 4}, {2, 3})
        assert (second.name, second.hidden, second.rows) == ("B", True, {})


class TestFiles:
    """What is beside the cells."""

    @pytest.mark.parametrize("forgotten", ["mimetype"])
    def test_google_forgets_or_misplaces_the_mimetype(self, read: Read, forgotten: str) -> None:
        parts = ods_parts(table(row(number())))
        mimetype = parts.pop(forgotten)
        assert read(parts).format == "ods"
        assert read({**parts, forgotten: mimetype}, "copie.xlsx").format == "ods"

    def test_who_saved_it_and_when(self, read: Read) -> None:
        parts = ods_parts(table(row(number())))
        parts["meta.xml"] = (
            '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<office:meta><dc:date>2025-02-01T10:00:00.123456789</dc:date><meta:generator>LibreOffice/7.4</meta:generator>"
            "</office:meta></office:document-meta>"
        )
        parts["Basic/Standard/Module1.xml"] = ""
        grid = read(parts)
        assert grid.saved_at is not None and grid.saved_at.replace(microsecond=0) == datetime(2025, 2, 1, 10)
        assert (grid.producer, grid.has_macros) == ("LibreOffice/7.4", True)

    def test_values_kept_of_other_files_are_links_not_sheets(self, read: Read) -> None:
        source = '<table:table-source xlink:href="../compta.ods" table:mode="copy-results-only"/>'
        dde = f"<table:dde-links><table:dde-link>{table(row(number('8')), 'dde')}</table:dde-link></table:dde-links>"
        tables = table(row(number())) + table(source + row(number("9")), "'file:///C:/compta.ods'#Feuil1") + dde
        grid = read(ods_parts(tables))
        assert [sheet.name for sheet in grid.sheets] == ["A"]
        assert (filled(grid), grid.external_links) == ({"A1": 5}, ("../compta.ods",))

    def test_two_tables_of_one_name(self, refused: Refused) -> None:
        assert refused(ods_parts(table("", "A") + table("", "A"))) is Refusal.AMBIGUOUS

    def test_a_password(self, refused: Refused) -> None:
        parts = ods_parts("")
        parts["content.xml"] = b"\x12\x34 not xml"
        parts["META-INF/manifest.xml"] = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
        assert refused(parts) is Refusal.ENCRYPTED
        parts["encrypted-package"] = parts.pop("content.xml")
        assert refused(parts) is Refusal.ENCRYPTED

    def test_an_archive_that_merely_has_a_content(self, refused: Refused) -> None:
        assert refused({"content.xml": "<package/>"}) is Refusal.PLAIN_ZIP

    def test_a_text_document(self, refused: Refused) -> None:
        parts = {name: str(part).replace("office:spreadsheet", "office:text") for name, part in ods_parts("").items()}
        assert refused(parts) is Refusal.OTHER_DOCUMENT

    @pytest.mark.parametrize(
        ("rows", "reason"),
        [
            (row(number("1", 'table:number-columns-repeated="10001"')), Refusal.GEOMETRY),
            (row(number("1"), attributes='table:number-rows-repeated="10001"'), Refusal.GEOMETRY),
            (row('<table:table-cell table:number-columns-repeated="16384"/>', number("1")), Refusal.GEOMETRY),
            (row(EMPTY, attributes='table:number-rows-repeated="1048576"') + row(number("1")), Refusal.GEOMETRY),
            (row(number("1", 'table:number-columns-repeated="0"')), Refusal.DAMAGED),
            (row(number("1", 'table:number-columns-repeated="-1"')), Refusal.DAMAGED),
            (row(f'<table:table-cell table:number-columns-repeated="{"9" * 5000}"/>'), Refusal.DAMAGED),
            (row(text('<text:p><text:s text:c="2000000000"/></text:p>')), Refusal.TOO_LARGE),
            (row(text('<text:p><text:s text:c="30000"/><text:s text:c="30000"/></text:p>')), Refusal.TOO_LARGE),
            (row(text(f"<text:p>{'a' * 32_768}</text:p>")), Refusal.TOO_LARGE),
        ],
    )
    def test_limits(self, refused: Refused, rows: str, reason: Refusal) -> None:
        assert refused(ods_parts(table(rows))) is reason

    def test_cells_far_apart_cost_nothing(self, read: Read) -> None:
        far = row(EMPTY, attributes='table:number-rows-repeated="199998"') + row(number("2"))
        assert filled(read(ods_parts(table(row(number("1")) + far)))) == {"A1": 1.0, "A200000": 2.0}
