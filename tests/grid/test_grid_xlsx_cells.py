"""What the cells of an xlsx file say and how the grid repeats it: kinds, texts, formulas, dates, positions."""

from __future__ import annotations

from datetime import datetime

import pytest

from cvsheet.errors import Refusal
from cvsheet.files.grid.model import Cell, CellKind
from tests.grid.conftest import Read, Refused, filled
from tests.grid.packages import ods_parts, row, table, workbook, worksheet, xlsx_parts

DATE_STYLES = (  # cell formats 0, 1 and 2: general, a date, a percentage
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs>'
)


def one(read: Read, cell: str, **parts: str) -> Cell | None:
    """The cell A1 of a workbook in which it is written as given."""
    return read(xlsx_parts(f'<row r="1">{cell}</row>', **parts)).sheets[0].cell(1, 1)


@pytest.mark.parametrize(
    ("written", "kind", "value", "raw"),
    [
        ('<c r="A1"><v>12.5</v></c>', CellKind.NUMBER, 12.5, "12.5"),
        ('<c r="A1" t="n"><v>-1E-3</v></c>', CellKind.NUMBER, -0.001, "-1E-3"),
        ('<c r="A1"><v>0</v></c>', CellKind.NUMBER, 0.0, "0"),
        ('<c r="A1" t="b"><v>1</v></c>', CellKind.BOOLEAN, True, "1"),
        ('<c r="A1" t="b"><v>0</v></c>', CellKind.BOOLEAN, False, "0"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', CellKind.ERROR, None, "#REF!"),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', CellKind.ERROR, None, "#SPILL!"),
        ('<c r="A1" t="str"><v>nd</v></c>', CellKind.TEXT, "nd", "nd"),
        ('<c r="A1" t="str"><v>#N/A</v></c>', CellKind.TEXT, "#N/A", "#N/A"),
        ('<c r="A1" t="inlineStr"><is><t>nd</t></is></c>', CellKind.TEXT, "nd", "nd"),
        ('<c r="A1" t="d"><v>2025-02-01</v></c>', CellKind.DATE, datetime(2025, 2, 1), "2025-02-01"),
        ('<c t="d"><v>2025-02-01T10:30Z</v></c>', CellKind.DATE, datetime(2025, 2, 1, 10, 30), "2025-02-01T10:30Z"),
        ('<c r="A1" t="d"><v>2025-02-30</v></c>', CellKind.TEXT, "2025-02-30", "2025-02-30"),
        ('<c r="A1"><v>1000,5</v></c>', CellKind.TEXT, "1000,5", "1000,5"),
        ('<c r="A1"><v>1_000</v></c>', CellKind.TEXT, "1_000", "1_000"),
        ('<c r="A1"><v>١٢</v></c>', CellKind.TEXT, "١٢", "١٢"),
        ('<c r="A1"><v>10<!-- two readers -->00.5</v></c>', CellKind.NUMBER, 1000.5, "1000.5"),
        ('<c r="A1"><v>10<?pi x?>00</v></c>', CellKind.NUMBER, 1000.0, "1000"),
        ('<c r="A1"><v><![CDATA[7]]>5</v></c>', CellKind.NUMBER, 75.0, "75"),
    ],
)  # fmt: skip
def test_a_cell_has_the_kind_that_the_file_gives_it(
    read: Read, written: str, kind: CellKind, value: object, raw: str
) -> None:
    assert one(read, written) == Cell(1, 1, kind, value, raw)  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["NaN", "INF", "-INF", "1E400", "infinity"])
def test_what_is_no_finite_number_is_an_error_never_an_infinite_float(read: Read, raw: str) -> None:
    assert one(read, f'<c r="A1"><v>{raw}</v></c>') == Cell(1, 1, CellKind.ERROR, None, raw)


@pytest.mark.parametrize(
    "written",
    [
        '<c s="3"/>',
        "<c><v/></c>",
        '<c t="s"/>',
        '<c t="str"><v></v></c>',
        '<c t="inlineStr"><is><t/></is></c>',
        '<c t="s"><v>0</v></c>',
    ],
)
def test_an_empty_cell_is_absent_even_if_it_is_formatted_or_holds_an_empty_text(read: Read, written: str) -> None:
    assert one(read, written, strings="<si><t></t></si>") is None


def test_white_space_alone_is_kept(read: Read) -> None:
    cell = one(read, '<c r="A1" t="s"><v>0</v></c>', strings="<si><t>  \u00a0</t></si>")
    assert cell is not None and cell.value == "  \u00a0"


class TestFormulas:
    """A formula's cell always says so, whether its result is there, empty, wrong or was never computed."""

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("<c><f>B1*2</f><v>4</v></c>", Cell(1, 1, CellKind.NUMBER, 4.0, "4", "B1*2")),
            ("<c><f>=B1*2</f><v>4</v></c>", Cell(1, 1, CellKind.NUMBER, 4.0, "4", "B1*2")),
            ('<c t="str"><f>B1</f><v>ns</v></c>', Cell(1, 1, CellKind.TEXT, "ns", "ns", "B1")),
            ('<c t="str"><f>B1</f><v></v></c>', Cell(1, 1, CellKind.TEXT, "", "", "B1")),
            ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell(1, 1, CellKind.ERROR, None, "#DIV/0!", "1/0")),
            ('<c t="b"><f>TRUE()</f><v>1</v></c>', Cell(1, 1, CellKind.BOOLEAN, True, "1", "TRUE()")),
            ("<c><f>B1*2</f></c>", Cell(1, 1, CellKind.MISSING, None, "", "B1*2")),
            ("<c><f>B1*2</f><v/></c>", Cell(1, 1, CellKind.MISSING, None, "", "B1*2")),
            ('<c t="str"><f>B1</f></c>', Cell(1, 1, CellKind.MISSING, None, "", "B1")),
            ('<c><f t="shared" si="0"/><v>4</v></c>', Cell(1, 1, CellKind.NUMBER, 4.0, "4", "")),
            ('<c t="s"><f>B1</f><v>0</v></c>', Cell(1, 1, CellKind.TEXT, "", "", "B1")),
        ],
    )
    def test_a_formula(self, read: Read, written: str, expected: Cell) -> None:
        assert one(read, written, strings="<si><t></t></si>") == expected


class TestTexts:
    """Texts come out as Excel shows them."""

    @pytest.mark.parametrize(
        ("item", "text"),
        [
            ("<t>QPV</t>", "QPV"),
            ("<r><t>Q</t></r><r><rPr><b/></rPr><t>P</t></r><r><t>V</t></r>", "QPV"),
            ('<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>', "東京"),
            ("<t>a_x000D_b</t>", "a\rb"),
            ("<t>_x0007_</t>", "\a"),
            ("<t>_x005F_x000D_</t>", "_x000D_"),
            ("<t>_xD83D__xDE00_</t>", "😀"),
            ("<t>_xD83D_ seul</t>", "_xD83D_ seul"),
            ("<t>_xZZZZ_</t>", "_xZZZZ_"),
            ("<t>a&#13;b&#10;c</t>", "a\rb\nc"),
            ("<t>  bord  </t>", "  bord  "),
            ("<t>é&amp;&lt;</t>", "é&<"),
        ],
    )
    def test_a_shared_string(self, read: Read, item: str, text: str) -> None:
        cell = one(read, '<c t="s"><v>0</v></c>', strings=f"<si>{item}</si>")
        assert cell == Cell(1, 1, CellKind.TEXT, text, text)

    @pytest.mark.parametrize("rank", ["1", "-1", "abc", "1.0", "²", "9" * 5000])
    def test_a_string_that_is_not_in_the_table_is_damage_never_another_string(
        self, refused: Refused, rank: str
    ) -> None:
        parts = xlsx_parts(f'<row><c t="s"><v>{rank}</v></c></row>', strings="<si><t>x</t></si>")
        assert refused(parts) is Refusal.DAMAGED

    def test_escapes_are_decoded_in_formula_results_and_inline_texts_too(self, read: Read) -> None:
        assert one(read, '<c t="str"><v>a_x000A_b</v></c>').value == "a\nb"  # type: ignore[union-attr]
        assert one(read, '<c t="inlineStr"><is><r><t>a_x0009_</t></r></is></c>').value == "a\t"  # type: ignore[union-attr]


class TestDatesAndPercentages:
    """A number is a date by the format of its cell, in the calendar of its workbook."""

    @pytest.mark.parametrize(
        ("serial", "date"),
        [
            ("45689", datetime(2025, 2, 1)),
            ("45689.5", datetime(2025, 2, 1, 12)),
            ("1", datetime(1900, 1, 1)),
            ("59", datetime(1900, 2, 28)),
            ("61", datetime(1900, 3, 1)),
            ("0.25", datetime(1899, 12, 31, 6)),
            ("2958465", datetime(9999, 12, 31)),
            ("45000.999999999", datetime(2023, 3, 16)),
        ],
    )
    def test_a_serial_number_in_a_date_format(self, read: Read, serial: str, date: datetime) -> None:
        cell = one(read, f'<c s="1"><v>{serial}</v></c>', styles=DATE_STYLES)
        assert cell == Cell(1, 1, CellKind.DATE, date, serial)

    @pytest.mark.parametrize("serial", ["-1", "60", "60.5", "2958466", "2958465.9999999999", "1e300"])
    def test_a_number_that_shows_as_no_date_stays_a_number(self, read: Read, serial: str) -> None:
        cell = one(read, f'<c s="1"><v>{serial}</v></c>', styles=DATE_STYLES)
        assert cell == Cell(1, 1, CellKind.NUMBER, float(serial), serial)

    def test_the_calendar_of_1904(self, read: Read) -> None:
        parts = xlsx_parts('<row><c s="1"><v>44227</v></c><c s="1"><v>0</v></c></row>', styles=DATE_STYLES)
        parts["xl/workbook.xml"] = workbook("A", properties='<workbookPr date1904="true"/>')
        assert filled(read(parts)) == {"A1": datetime(2025, 2, 1), "B1": datetime(1904, 1, 1)}

    def test_a_percentage(self, read: Read) -> None:
        assert one(read, '<c s="2"><v>0.125</v></c>', styles=DATE_STYLES) == Cell(
            1, 1, CellKind.NUMBER, 0.125, "0.125", percent=True
        )

    def test_without_styles_a_date_is_a_number_as_in_every_program(self, read: Read) -> None:
        parts = xlsx_parts('<row><c s="1"><v>45689</v></c></row>')
        del parts["xl/styles.xml"]
        assert filled(read(parts)) == {"A1": 45689.0}

    @pytest.mark.parametrize(
        "styles",
        [
            '<fonts><font><family val="34"/></font></fonts><cellXfs><xf fontId="99999"/></cellXfs>',
            '<cellXfs><xf numFmtId="abc"/><xf numFmtId="99999999999999999999"/></cellXfs>',
            "<cellXfs/>",
        ],
    )
    def test_absurd_styles_never_matter(self, read: Read, styles: str) -> None:
        assert one(read, '<c s="1"><v>1</v></c>', styles=styles) == Cell(1, 1, CellKind.NUMBER, 1.0, "1")


class TestPositions:
    """Cells are where they say they are, or where they are counted; never where a dimension says."""

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>", {"A1": 1, "C1": 2, "A2": 3}),
            ('<row><c r="C4"><v>1</v></c><c><v>2</v></c></row>', {"C4": 1, "D4": 2}),
            ('<row r="7"><c r="A7"><v>7</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>', {"A2": 2, "A7": 7}),
            ('<row r="2"><c r="B2"><v>2</v></c><c r="A2"><v>1</v></c></row>', {"A2": 1, "B2": 2}),
            ('<row r="3"><c r="A3"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>', {"A3": 1, "B3": 2}),
            ('<row r="5"/><row><c><v>6</v></c></row>', {"A6": 6}),
            ('<row r="1"><c r="XFD1"><v>1</v></c></row>', {"XFD1": 1}),
        ],
    )
    def test_rows_and_cells_in_any_order(self, read: Read, rows: str, expected: dict[str, float]) -> None:
        grid = read(xlsx_parts(rows))
        assert filled(grid) == expected
        sheet = grid.sheets[0]
        assert list(sheet.rows) == sorted(sheet.rows)
        assert all(list(cells) == sorted(cells) for cells in sheet.rows.values())

    def test_the_declared_dimension_is_ignored(self, read: Read) -> None:
        parts = xlsx_parts()
        rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="D9"><v>2</v></c></row>'
        parts["xl/worksheets/sheet1.xml"] = worksheet(rows, before='<dimension ref="A1"/>')
        assert filled(read(parts)) == {"A1": 1.0, "D9": 2.0}

    @pytest.mark.parametrize(
        ("rows", "reason"),
        [
            ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', Refusal.AMBIGUOUS),
            ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', Refusal.AMBIGUOUS),
            ('<row r="5"><c r="A15"><v>1</v></c></row>', Refusal.AMBIGUOUS),
            ('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', Refusal.AMBIGUOUS),
            ('<row r="x"><c><v>1</v></c></row>', Refusal.DAMAGED),
            ('<row r="0"><c><v>1</v></c></row>', Refusal.DAMAGED),
            ('<row r="1"><c r="1A"><v>1</v></c></row>', Refusal.DAMAGED),
            ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', Refusal.GEOMETRY),
            ('<row r="1"><c r="XFE1"><v>1</v></c></row>', Refusal.GEOMETRY),
        ],
    )
    def test_what_two_programs_would_read_in_two_ways_is_refused(
        self, refused: Refused, rows: str, reason: Refusal
    ) -> None:
        assert refused(xlsx_parts(rows)) is reason


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-07-01T10:30:00.12345678901234567", datetime(2021, 7, 1, 10, 30, 0, 123000)),
        ("2021-07-01T00:00:00.000", datetime(2021, 7, 1)),
        ("2021-12-31T23:59:59.9999", datetime(2022, 1, 1)),
        ("10:30:00", datetime(1899, 12, 31, 10, 30)),
        ("T10:30:15.5Z", datetime(1899, 12, 31, 10, 30, 15, 500000)),
        ("10:30", datetime(1899, 12, 31, 10, 30)),
    ],
)
def test_dates_of_strict_open_xml_have_a_time_with_many_decimals_or_are_one(
    read: Read, written: str, moment: datetime
) -> None:
    xlsx = xlsx_parts(f'<row><c t="d"><v>{written}</v></c></row>')
    ods = f'<table:table-cell office:value-type="date" office:date-value="{written}"/>'
    for parts in (xlsx, ods_parts(table(row(ods)))):
        assert filled(read(parts)) == {"A1": moment}


@pytest.mark.parametrize("written", ["2021-07-01T", "T", "Z", "25:00", "10:60", "10:30:60", "2021-07-01 10:30", "1:30"])
def test_what_is_no_date_stays_a_text(read: Read, written: str) -> None:
    assert filled(read(xlsx_parts(f'<row><c t="d"><v>{written}</v></c></row>'))) == {"A1": written}


def test_durations_of_opendocument_have_as_many_decimals(read: Read) -> None:
    cell = '<table:table-cell office:value-type="time" office:time-value="PT10H30M00.12345678901234567S"/>'
    assert filled(read(ods_parts(table(row(cell))))) == {"A1": datetime(1899, 12, 31, 10, 30, 0, 123000)}


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        (  # formulas as Excel, LibreOffice and XlsxWriter write them, beside what was typed
            '<row r="1"><c r="A1" t="str" s="3"><f>"nd"</f><v>nd</v></c><c r="B1"><v>1</v></c>'
            '<c r="C1"><f t="shared" ref="C1:C2" si="0">A1&lt;2</f><v>0</v></c></row>'
            '<row r="2" hidden="1"><c r="A2"><f aca="false">1+1</f><v>2</v></c><c r="C2"><f t="shared" si="0"/><v/></c>'
            '<c r="D2" t="inlineStr"><is><t>note</t></is></c></row>',
            {"A1": "nd", "B1": 1.0, "D2": "note"},
        ),
        (  # a place that depends on the cells before it
            '<row><c r="A1"><f>1</f><v>1</v></c><c r="B1"><f>2</f><v>2</v></c><c><v>3</v></c></row>',
            {"A1": 1.0, "B1": 2.0, "C1": 3.0},
        ),
        (  # a text that looks like cells
            '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1"><f>1</f></c><c r="C1"/>]]></t></is></c>'
            "</row>",
            {"A1": '<c r="B1"><f>1</f></c><c r="C1"/>'},
        ),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', {"A1": 1.0}),
    ],
)
def test_of_a_computed_sheet_one_formula_is_left_and_all_that_was_typed(
    read: Read, rows: str, left: dict[str, object]
) -> None:
    parts = xlsx_parts(rows)
    (whole,), (short,) = read(parts).sheets, read(parts, computed=("A",)).sheets
    assert filled(read(parts, computed=("A",))) == left
    assert short.hidden_rows == whole.hidden_rows
    assert [cell for cell in short.cells() if cell.formula is None] == [c for c in whole.cells() if c.formula is None]
    assert read(parts, computed=("B",)).sheets == (whole,)
