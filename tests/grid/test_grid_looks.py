"""Struck through, raised, lowered: what stands so in a cell is never read as digits, and is seen as it was."""

from __future__ import annotations

from datetime import datetime

import pytest

from cvsheet.files.grid.model import PLAIN, CellKind, Look
from cvsheet.files.looks import as_seen
from cvsheet.files.values import day_in
from tests.grid.conftest import Read, filled
from tests.grid.packages import ods_parts, row, table, xlsx_parts

STRUCK, RAISED, LOWERED = "<strike/>", '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>'


def style(name: str, family: str, properties: str = "", more: str = "", inside: str = "") -> str:
    text = f"<style:text-properties {properties}/>" if properties else ""
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{text}{inside}</style:style>'


LINE = 'style:text-line-through-style="solid" style:text-line-through-type="single"'
NO_LINE = 'style:text-line-through-style="none" style:text-line-through-type="none"'
SPANS = "".join(
    (
        style("S", "text", LINE),
        style("U", "text", 'style:text-position="super 58%"'),
        style("V", "text", 'style:text-position="-33% 58%"'),
        style("N", "text", f'style:text-position="0% 100%" {NO_LINE}'),
        style("C", "text", more='style:parent-style-name="Appel"'),
        style("cs", "table-cell", more='style:parent-style-name="Barre"'),
        style("cu", "table-cell", 'style:text-position="super"'),
        style("cm", "table-cell", inside='<style:map style:condition="value()=12" style:apply-style-name="Barre"/>'),
    )
)
RAISE = 'style:text-position="33% 58%"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
COMMON = (
    f'<office:document-styles xmlns:office="{ODF}:office:1.0" xmlns:style="{ODF}:style:1.0"><office:styles>'
    f"{style('Barre', 'table-cell', LINE)}{style('Appel', 'text', RAISE)}</office:styles>"
    # those of page headers, which may bear the names of others
    f"<office:automatic-styles>{style('N', 'text', LINE)}</office:automatic-styles></office:document-styles>"
)


def run(text: str, look: str = "") -> str:
    return f'<r><rPr>{look}<sz val="11"/></rPr><t>{text}</t></r>'


def ods(*cells: str, columns: str = "", attributes: str = "") -> dict[str, str | bytes]:
    return {**ods_parts(table(columns + row(*cells, attributes=attributes)), styles=SPANS), "styles.xml": COMMON}


def ods_cell(text: str, style: str = "", value: str = "") -> str:
    kind = f'office:value-type="float" office:value="{value}"' if value else 'office:value-type="string"'
    name = f'table:style-name="{style}"' if style else ""
    return f"<table:table-cell {kind} {name}><text:p>{text}</text:p></table:table-cell>"


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


RUNS = [  # runs of xlsx, spans of ods, and what is read
    (run("4") + run("1", RAISED), "4" + span("1", "U"), "4¹"),
    (run("4") + run("(2)", RAISED), "4" + span("(2)", "C"), "4⁽²⁾"),
    (run("CO") + run("2", LOWERED), "CO" + span("2", "V"), "CO₂"),
    (run("12 m") + run("2", RAISED), "12 m" + span("2", "U"), "12 m²"),
    (run("1") + run("er", RAISED), "1" + span("er", "U"), "1er"),
    (run("12", STRUCK) + run(" 201"), span("12", "S") + " 201", "[barré : 12] 201"),
    (run("1", STRUCK) + run("2", STRUCK) + run("3"), span("1", "S") + span("2", "S") + "3", "[barré : 12]3"),
    (run("1") + run("2", '<strike val="0"/>'), "1" + span("2", "N"), "12"),
    (run("1") + run("2", '<vertAlign val="baseline"/>'), "1" + span("2", "N"), "12"),
]


@pytest.mark.parametrize(("runs", "spans", "seen"), RUNS)
def test_a_run_that_looks_otherwise_is_marked(read: Read, runs: str, spans: str, seen: str) -> None:
    shared = xlsx_parts('<row><c t="s"><v>0</v></c></row>', strings=f"<si>{runs}</si>")
    inline = xlsx_parts(f'<row><c t="inlineStr"><is>{runs}</is></c></row>')
    for parts in (shared, inline, ods(ods_cell(spans))):
        assert filled(read(parts)) == {"A1": seen}


FONTS = f"""<fonts><font/><font>{STRUCK}</font><font>{RAISED}</font></fonts>
<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>
<dxfs><dxf><font>{STRUCK}</font></dxf></dxfs>"""


@pytest.mark.parametrize(("style", "look"), [("0", PLAIN), ("1", Look(struck=True)), ("2", Look(shift=1))])
def test_the_font_of_a_cell_is_a_fact_beside_its_value(read: Read, style: str, look: Look) -> None:
    (cell,) = read(xlsx_parts(f'<row><c s="{style}"><v>12</v></c></row>', styles=FONTS)).sheets[0].cells()
    assert (cell.value, cell.look) == (12, look)


@pytest.mark.parametrize(
    ("style", "look"), [("", PLAIN), ("cs", Look(struck=True)), ("cu", Look(shift=1)), ("cm", PLAIN)]
)
def test_the_style_of_a_cell_is_one_too(read: Read, style: str, look: Look) -> None:
    (cell,) = read(ods(ods_cell("12", style, value="12"))).sheets[0].cells()
    assert (cell.value, cell.look) == (12, look)


def test_a_cell_without_a_style_has_that_of_its_row_or_column(read: Read) -> None:
    columns = '<table:table-column table:default-cell-style-name="cs"/><table:table-column/>'
    for parts in (
        ods(ods_cell("12", value="12"), columns=columns),
        ods(ods_cell("12", value="12"), attributes='table:default-cell-style-name="cs"'),
    ):
        assert [cell.look.struck for cell in read(parts).sheets[0].cells()] == [True]
    beside = ods(ods_cell("a", "cu"), ods_cell("12", value="12"), columns=columns)
    assert [cell.look for cell in read(beside).sheets[0].cells()] == [Look(shift=1), PLAIN]


def test_a_rich_text_in_a_struck_cell_is_struck_where_it_has_no_font_of_its_own(read: Read) -> None:
    runs = f"<r><t>12</t></r>{run(' 201')}"
    shared = xlsx_parts('<row><c t="s" s="1"><v>0</v></c></row>', strings=f"<si>{runs}</si>", styles=FONTS)
    inline = xlsx_parts(f'<row><c t="inlineStr" s="1"><is>{runs}</is></c></row>', styles=FONTS)
    for parts in (shared, inline, ods(ods_cell("12" + span(" 201", "N"), "cs"))):
        (cell,) = read(parts).sheets[0].cells()
        assert (cell.value, cell.look) == ("[barré : 12] 201", PLAIN)


def test_a_number_shown_with_a_footnote_call_is_what_is_shown(read: Read) -> None:
    assert filled(read(ods(ods_cell("4" + span("1", "U"), value="41")))) == {"A1": "4¹"}


def test_a_note_of_an_opendocument_keeps_its_marks(read: Read) -> None:
    note = f"<office:annotation><text:p>{span('12', 'S')} 15</text:p></office:annotation>"
    assert read(ods(f"<table:table-cell>{note}</table:table-cell>")).sheets[0].notes == {(1, 1): "[barré : 12] 15"}


DATES = FONTS.replace("<xf ", '<xf numFmtId="14" ')


@pytest.mark.parametrize(("style", "seen"), [("1", "[barré : 01/01/2021]"), ("2", "⁰¹/⁰¹/²⁰²¹")])
def test_as_seen_a_marked_value_is_a_text(read: Read, style: str, seen: str) -> None:
    (cell,) = read(xlsx_parts(f'<row><c s="{style}"><v>44197</v></c></row>', styles=DATES)).sheets[0].cells()
    assert cell.value == datetime(2021, 1, 1)
    assert (as_seen(cell).kind, as_seen(cell).value) == (CellKind.TEXT, seen)


@pytest.mark.parametrize("text", ["1¹/03/2021", "01/03/202¹", "01/03/2021¹", "1₁ mars 2021"])
def test_a_raised_digit_is_none_of_a_date(text: str) -> None:
    assert day_in(text) is None
    assert day_in("1er mars 2021") is not None
