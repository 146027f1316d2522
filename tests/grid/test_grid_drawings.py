"""What is drawn above the cells: which texts, which pictures, over which cells, in every way that programs write it."""

from __future__ import annotations

import pytest

from cvsheet.files.grid.model import Drawn, DrawnKind
from cvsheet.files.grid.tracks import Tracks
from tests.grid.conftest import Read
from tests.grid.packages import Parts, ods_parts, rels, row, table, worksheet, xlsx_parts

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
STRICT_XDR = "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
TEXT, PICTURE, OBJECT = DrawnKind.TEXT, DrawnKind.PICTURE, DrawnKind.OBJECT


def drawing(inside: str, namespace: str = XDR) -> str:
    return (
        f'<xdr:wsDr xmlns:xdr="{namespace}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{inside}</xdr:wsDr>'
    )


def corner(tag: str, row: int, column: int, inside: int = 5) -> str:
    return (
        f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>{inside}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{inside}</xdr:rowOff></xdr:{tag}>"
    )


def anchor(content: str, inside: int = 5) -> str:
    return f"<xdr:twoCellAnchor>{corner('from', 1, 1)}{corner('to', 3, 4, inside)}{content}</xdr:twoCellAnchor>"


def shape(runs: str, name: str = "Forme 1") -> str:
    text = f"<xdr:txBody><a:p>{runs}</a:p></xdr:txBody>"
    return f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="{name}"/></xdr:nvSpPr>{text}</xdr:sp>'


def run(text: str, look: str = "") -> str:
    return f"<a:r><a:rPr {look}/><a:t>{text}</a:t></a:r>"


PIC = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="Image 2" descr="carte"/></xdr:nvPicPr></xdr:pic>'
CHART = '<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="Graphique"/></xdr:nvGraphicFramePr></xdr:graphicFrame>'  # noqa: E501


def with_drawing(content: str, kind: str = "drawing", sheet: str = "", **more: str) -> Parts:
    parts = xlsx_parts()
    parts["xl/worksheets/sheet1.xml"] = worksheet(sheet, before=more.get("before", ""))
    links = [("rId1", kind, "../drawings/one.xml")]
    if "vml" in more:
        links.append(("rId2", "vmlDrawing", "../drawings/two.vml"))
        parts["xl/drawings/two.vml"] = more["vml"]
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels(*links)
    return {**parts, "xl/drawings/one.xml": content}


def drawn(read: Read, parts: Parts) -> list[Drawn]:
    return list(read(parts).sheets[0].drawn)


class TestXlsx:
    @pytest.mark.parametrize("namespace", [XDR, STRICT_XDR])
    def test_a_text_over_its_cells(self, read: Read, namespace: str) -> None:
        content = drawing(anchor(shape(run("421") + "<a:br/>" + run("personnes"))), namespace)
        assert drawn(read, with_drawing(content)) == [Drawn(TEXT, "Forme 1", "421\npersonnes", 2, 2, 4, 5)]

    def test_marks_of_a_text_are_those_of_a_cell(self, read: Read) -> None:
        runs = run("12", 'strike="sngStrike"') + run(" 201") + run("1", 'baseline="30000"')
        assert [one.text for one in drawn(read, with_drawing(drawing(anchor(shape(runs)))))] == ["[barré : 12] 201¹"]

    def test_pictures_and_objects_are_named(self, read: Read) -> None:
        seen = drawn(read, with_drawing(drawing(anchor(PIC, inside=0) + anchor(CHART))))
        assert seen == [
            Drawn(PICTURE, "Image 2 (carte)", "", 2, 2, 3, 4),  # it ends where row 4 and column 5 begin
            Drawn(OBJECT, "Graphique", "", 2, 2, 4, 5),
        ]

    def test_a_shape_without_words_is_nothing(self, read: Read) -> None:
        assert drawn(read, with_drawing(drawing(anchor(shape(run(" ")))))) == []

    def test_through_groups_and_alternatives(self, read: Read) -> None:
        nested = f"<xdr:grpSp><xdr:grpSp>{shape(run('a'))}</xdr:grpSp>{PIC}</xdr:grpSp>"
        either = f"<mc:AlternateContent><mc:Choice>{shape(run('b'))}</mc:Choice><mc:Fallback>{PIC}</mc:Fallback></mc:AlternateContent>"  # noqa: E501
        seen = drawn(read, with_drawing(drawing(anchor(nested) + anchor(either))))
        assert [one.text or one.name for one in seen] == ["a", "Image 2 (carte)", "b"]

    def test_the_cells_under_a_size(self, read: Read) -> None:
        """Columns of 64 pixels but for B, of 19 (2 characters), rows of 20 but for 3, hidden."""
        columns = '<cols><col min="2" max="2" width="2"/></cols>'
        rows = '<row r="3" hidden="1"/>'
        extent = f'<xdr:ext cx="{(19 + 64 + 10) * 9525}" cy="{(20 + 20 + 5) * 9525}"/>'
        one = f"<xdr:oneCellAnchor>{corner('from', 1, 1, 0)}{extent}{PIC}</xdr:oneCellAnchor>"
        position = f'<xdr:pos x="{70 * 9525}" y="{25 * 9525}"/><xdr:ext cx="9525" cy="9525"/>'
        absolute = f"<xdr:absoluteAnchor>{position}{PIC}</xdr:absoluteAnchor>"
        seen = drawn(read, with_drawing(drawing(one + absolute), sheet=rows, before=columns))
        areas = [(one.first_row, one.first_column, one.last_row, one.last_column) for one in seen]
        assert areas == [(2, 2, 5, 4), (2, 2, 2, 2)]

    @pytest.mark.parametrize("broken", ["<wsDr", "<!DOCTYPE x><x/>", "<other/>"])
    def test_a_drawing_that_is_broken_loses_no_answer(self, read: Read, broken: str) -> None:
        parts = with_drawing(broken, sheet="<row><c><v>1</v></c></row>")
        assert drawn(read, parts) == [Drawn(DrawnKind.UNREADABLE)]
        assert len(read(parts).sheets[0].rows) == 1


def vml(kind: str, inside: str = "", anchor: str = "1, 15, 2, 4, 3, 31, 4, 9") -> str:
    data = f'<x:ClientData ObjectType="{kind}"><x:Anchor>{anchor}</x:Anchor></x:ClientData>'
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1">{inside}{data}</v:shape></xml>'
    )


class TestDrawingsOfOld:
    @pytest.mark.parametrize("kind", ["Rect", "Button", "Checkbox", "GBox", "Label", "Radio"])
    def test_text_boxes_and_captions(self, read: Read, kind: str) -> None:
        content = vml(kind, "<v:textbox><div>Oui,<br>en <font>2021</font></div></v:textbox>")
        seen = drawn(read, with_drawing(content, "vmlDrawing"))
        assert seen == [Drawn(TEXT, "_x0000_s1", "Oui,en 2021", 3, 2, 5, 4)]

    def test_a_picture(self, read: Read) -> None:
        content = vml("Pict", '<v:imagedata o:title="Logo"/>')
        assert drawn(read, with_drawing(content, "vmlDrawing")) == [Drawn(PICTURE, "Logo", "", 3, 2, 5, 4)]

    def test_the_shapes_of_notes_are_none(self, read: Read) -> None:
        note = vml("Note", "<v:textbox><div>estimé</div></v:textbox>")
        assert drawn(read, with_drawing(note, "vmlDrawing")) == []

    def test_a_form_control_stands_in_both_and_is_told_once(self, read: Read) -> None:
        old = vml("Checkbox", "<v:textbox><div>Oui</div></v:textbox>", "1, 0, 1, 0, 4, 5, 3, 5")
        seen = drawn(read, with_drawing(drawing(anchor(shape(run("Oui")))), vml=old))
        assert [one.text for one in seen] == ["Oui"]

    def test_what_is_no_xml_loses_no_answer(self, read: Read) -> None:
        broken = vml("Rect", "<v:textbox><div>a</v:textbox>")
        assert drawn(read, with_drawing(broken, "vmlDrawing")) == [Drawn(DrawnKind.UNREADABLE)]


NAMES = (
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
)
SIZES = (
    '<style:style style:name="co" style:family="table-column">'
    '<style:table-column-properties style:column-width="1cm"/></style:style>'
    '<style:style style:name="ro" style:family="table-row">'
    '<style:table-row-properties style:row-height="5mm"/></style:style>'
)


def ods(cell: str = "", page: str = "", forms: str = "") -> Parts:
    shapes = f"<table:shapes>{page}</table:shapes>" if page else ""
    column = '<table:table-column table:style-name="co" table:number-columns-repeated="20"/>'
    empty = row("<table:table-cell/>", attributes='table:style-name="ro" table:number-rows-repeated="50"')
    rows = row(f"<table:table-cell>{cell}</table:table-cell>", attributes='table:style-name="ro"') + empty
    return ods_parts(table(forms + shapes + column + rows, attributes=NAMES), styles=SIZES)


BOX = '<draw:frame draw:name="Zone 1" {}><draw:text-box><text:p>421</text:p><text:p>en tout</text:p></draw:text-box></draw:frame>'  # noqa: E501
ODS_PICTURE = '<draw:frame draw:name="Image 1" {}><draw:image/><svg:desc>carte</svg:desc></draw:frame>'
PLACE = 'svg:x="1.5cm" svg:y="6mm" svg:width="1cm" svg:height="0.2in"'


class TestOpenDocument:
    def test_in_a_cell_to_the_end_that_it_names(self, read: Read) -> None:
        seen = drawn(read, ods(BOX.format("table:end-cell-address=\"$'L A.1'.C4\"") + ODS_PICTURE.format("")))
        assert seen == [
            Drawn(TEXT, "Zone 1", "421\nen tout", 1, 1, 4, 3),
            Drawn(PICTURE, "Image 1 (carte)", "", 1, 1, 1, 1),
        ]

    def test_on_the_page_where_it_lies(self, read: Read) -> None:
        seen = drawn(read, ods(page=BOX.format(PLACE) + ODS_PICTURE.format('draw:transform="rotate(1)"')))
        assert seen == [
            Drawn(TEXT, "Zone 1", "421\nen tout", 2, 2, 3, 3),
            Drawn(PICTURE, "Image 1 (carte)"),  # turned: nobody can tell
        ]

    def test_shapes_groups_and_objects(self, read: Read) -> None:
        words = '<draw:custom-shape draw:name="F"><text:p>a<text:line-break/>b</text:p></draw:custom-shape>'
        nested = f"<draw:g>{words}<draw:g>{BOX.format(PLACE)}</draw:g></draw:g>"
        chart = '<draw:frame draw:name="Objet 1"><draw:object/><draw:image/></draw:frame>'
        seen = drawn(read, ods(nested + chart, page=nested))
        assert [one.text or one.name for one in seen] == ["a\nb", "421\nen tout", "Objet 1", "a\nb", "421\nen tout"]
        assert (seen[-1].first_row, seen[-1].first_column) == (2, 2)

    def test_the_caption_of_a_control(self, read: Read) -> None:
        forms = '<office:forms><form:form><form:checkbox form:id="c1" form:label="Oui"/></form:form></office:forms>'
        seen = drawn(read, ods(page=f'<draw:control draw:control="c1" {PLACE}/>', forms=forms))
        assert [(one.kind, one.text) for one in seen] == [(TEXT, "Oui")]

    @pytest.mark.parametrize(
        ("control", "seen"),
        [
            ('checkbox {} form:label="Oui" form:current-state="checked"', (TEXT, "Oui (coché)")),
            ('radio {} form:label="Non" form:current-selected="true"', (TEXT, "Non (coché)")),
            ('text {} form:current-value="421"', (TEXT, "421")),
            ("listbox {}", (OBJECT, "Liste déroulante")),
            ("button {}", None),
        ],
    )
    def test_what_is_chosen_in_a_control(self, read: Read, control: str, seen: tuple[DrawnKind, str] | None) -> None:
        filled = control.format('form:id="c1"')
        forms = f"<office:forms><form:form><form:{filled}/></form:form></office:forms>"
        found = drawn(read, ods(page=f'<draw:control draw:control="c1" {PLACE}/>', forms=forms))
        assert [(one.kind, one.text or one.name) for one in found] == ([seen] if seen else [])

    def test_the_note_of_a_cell_is_none(self, read: Read) -> None:
        assert drawn(read, ods("<office:annotation><text:p>estimé</text:p></office:annotation>")) == []


@pytest.mark.parametrize(
    ("first", "distance", "found"), [(1, 0, 1), (1, 9.9, 1), (1, 10, 3), (3, 14.9, 3), (3, 15, 4), (9, 99, 10)]
)
def test_tracks(first: int, distance: float, found: int) -> None:
    """1 of 10, 2 of nothing, 3 of 15, all others of 10."""
    tracks = Tracks(default=10, last=10)
    tracks.add(3, 3, 15)
    tracks.add(2, 2, 0)
    assert tracks.at(first, distance) == found
