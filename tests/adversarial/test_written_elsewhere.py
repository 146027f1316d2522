"""What a partner wrote in a diagram, on a chart, on a control, in a header: quoted, or named, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Severity

from ..catalogue.contract import COUNT, good_return
from ..catalogue.editing import SHEETS, Parts, by_parts, cell_xml, in_cell, place_of
from ..catalogue.verdicts import GOOD, answers_of, delivered
from ..conftest import Convert
from ..grid.packages import OFFICE, rels
from .resaved import saved_and_judged
from .test_drawings import SPACES, anchored, box

ANSWER = place_of(COUNT, "valeur")[1]
SHEET = SHEETS["Emploi"]
SHEET_LINKS = SHEET.replace("worksheets/", "worksheets/_rels/") + ".rels"
DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
MAIN = f'xmlns:a="{DRAWINGML}/main"'
BEFORE_LEGACY = b"<legacyDrawing "


def linked(parts: Parts, links: str, name: str, kind: str, target: str) -> None:
    added = f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    parts[links] = parts[links].replace(b"</Relationships>", added.encode())


def typed(parts: Parts, part: str, kind: str) -> None:
    override = f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", f"{override}</Types>".encode())


def frame(rank: int, name: str, kind: str, reference: str) -> str:
    uri = f"{DRAWINGML}/{kind}"
    names = f"<xdr:nvGraphicFramePr><xdr:cNvPr id='{rank}' name='{name}'/><xdr:cNvGraphicFramePr/>"
    place = "<xdr:xfrm><a:off x='0' y='0'/><a:ext cx='0' cy='0'/></xdr:xfrm>"
    data = f"<a:graphic><a:graphicData uri='{uri}'>{reference}</a:graphicData></a:graphic>"
    return f"<xdr:graphicFrame macro=''>{names}</xdr:nvGraphicFramePr>{place}{data}</xdr:graphicFrame>"


def paragraph(text: str) -> str:
    return f"<a:p><a:r><a:rPr lang='fr-FR'/><a:t>{text}</a:t></a:r></a:p>"


def drawn_with(parts: Parts, content: str, *links: tuple[str, str, str]) -> None:
    """Put a drawing above the first sheet of answers."""
    linked(parts, SHEET_LINKS, "rId77", "drawing", "../drawings/drawing7.xml")
    parts[SHEET] = parts[SHEET].replace(BEFORE_LEGACY, b'<drawing r:id="rId77"/>' + BEFORE_LEGACY, 1)
    parts["xl/drawings/drawing7.xml"] = f"<xdr:wsDr {SPACES}>{content}</xdr:wsDr>".encode()
    parts["xl/drawings/_rels/drawing7.xml.rels"] = rels(*links).encode()
    typed(parts, "xl/drawings/drawing7.xml", "drawing")


def points(*texts: str) -> str:
    nodes = "".join(
        f"<dgm:pt modelId='{rank}'><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/>{paragraph(text)}</dgm:t></dgm:pt>"
        for rank, text in enumerate(texts, start=1)
    )
    shape = "<dgm:pt modelId='90' type='pres'><dgm:prSet/><dgm:spPr/></dgm:pt>"
    return (
        f"<dgm:dataModel xmlns:dgm='{DRAWINGML}/diagram' {MAIN}><dgm:ptLst>{nodes}{shape}</dgm:ptLst></dgm:dataModel>"
    )


def diagram(parts: Parts, data: str = points("En cours :", "421 personnes")) -> None:
    reference = f"<dgm:relIds xmlns:dgm='{DRAWINGML}/diagram' r:dm='rId1' r:lo='rId2' r:qs='rId3' r:cs='rId4'/>"
    content = anchored("P2", "R6", frame(2, "Diagramme 1", "diagram", reference))
    drawn_with(parts, content, ("rId1", "diagramData", "../diagrams/data1.xml"))
    parts["xl/diagrams/data1.xml"] = data.encode()
    typed(parts, "xl/diagrams/data1.xml", "drawingml.diagramData")


def chart(parts: Parts) -> None:
    reference = f"<c:chart xmlns:c='{DRAWINGML}/chart' r:id='rId1'/>"
    content = anchored("P2", "R6", frame(2, "Graphique 1", "chart", reference))
    drawn_with(parts, content, ("rId1", "chart", "../charts/chart7.xml"))
    title = f"<c:title><c:tx><c:rich><a:bodyPr/>{paragraph('Hors CDD')}</c:rich></c:tx></c:title>"
    parts["xl/charts/chart7.xml"] = (
        f"<c:chartSpace xmlns:c='{DRAWINGML}/chart' {MAIN} xmlns:r='{OFFICE}'><c:chart>{title}<c:plotArea/></c:chart>"
        "<c:userShapes r:id='rId1'/></c:chartSpace>"
    ).encode()
    parts["xl/charts/_rels/chart7.xml.rels"] = rels(("rId1", "chartUserShapes", "../drawings/drawing8.xml")).encode()
    over = box(3, "425 en réalité").replace("xdr:", "cdr:")
    parts["xl/drawings/drawing8.xml"] = (
        f"<c:userShapes xmlns:c='{DRAWINGML}/chart' xmlns:cdr='{DRAWINGML}/chartDrawing' {MAIN}>"
        f"<cdr:relSizeAnchor>{over}</cdr:relSizeAnchor></c:userShapes>"
    ).encode()


def header(parts: Parts) -> None:
    """What Excel writes for a header typed by somebody, beside a footer of fields."""
    old = parts[SHEET]
    start, end = old.index(b"<headerFooter"), old.index(b"</headerFooter>")
    said = '<headerFooter><oddHeader>&amp;L&amp;"Arial,Gras"&amp;12Chiffres provisoires&amp;R&amp;D</oddHeader>'
    parts[SHEET] = old[:start] + said.encode() + b"<oddFooter>&amp;CPage &amp;P sur &amp;N</oddFooter>" + old[end:]


def vml(kind: str, inside: str, text: str = "", name: str = "_x0000_s7001") -> str:
    row = int("".join(filter(str.isdigit, ANSWER))) - 1
    column = ord(ANSWER[0]) - ord("A")
    place = f"<x:Anchor>{column}, 1, {row}, 1, {column + 1}, 0, {row + 1}, 0</x:Anchor>"
    words = f"<v:textbox><div>{text}</div></v:textbox>" if text else ""
    data = f"<x:ClientData ObjectType='{kind}'>{place}{inside}</x:ClientData>".replace("'", '"')
    return f'<v:shape id="{name}" type="#_x0000_t201">{words}{data}</v:shape>'


def controls(parts: Parts, *shapes: str) -> None:
    """Put controls into the drawing of old that holds the shapes of the notes."""
    (part,) = (name for name in parts if name.endswith("vmlDrawing1.vml"))
    parts[part] = parts[part].replace(b"</xml>", "".join(shapes).encode() + b"</xml>")


def active_x(parts: Parts) -> None:
    ax = "http://schemas.microsoft.com/office/2006/activeX"
    controls(parts, vml("Pict", "<x:CF>Pict</x:CF>"))
    control = b'<controls><control shapeId="7001" r:id="rId78" name="CheckBox1"/></controls>'
    old = parts[SHEET]
    at = old.index(b"/>", old.index(BEFORE_LEGACY)) + 2
    parts[SHEET] = old[:at] + control + old[at:]
    linked(parts, SHEET_LINKS, "rId78", "control", "../activeX/activeX1.xml")
    told = "".join(f'<ax:ocxPr ax:name="{name}" ax:value="{value}"/>' for name, value in BAG.items())
    parts["xl/activeX/activeX1.xml"] = f'<ax:ocx xmlns:ax="{ax}">{told}</ax:ocx>'.encode()


BAG = {"BackColor": "-2147483643", "Caption": "Sans les mineurs", "Value": "1"}


def texts(assessment: Assessment) -> Iterator[tuple[object, str]]:
    for one in assessment.findings:
        if one.code == "STR-035":
            yield one.facts["found"], one.place.cell


def kept(assessment: Assessment) -> list[str]:
    (submission,) = assessment.current
    return [one.text.replace("\u00a0", " ") for one in submission.leftovers if one.sheet == "Emploi"]


def judged(damage: Callable[[Parts], None], folder: Path) -> Assessment:
    assessment = delivered({"retour.xlsx": by_parts(damage)(good_return())}, folder)
    assert dict(answers_of(assessment)) == GOOD
    assert {one.code for one in assessment.findings if one.severity is not Severity.INFO} <= {"STR-035", "STR-036"}
    return assessment


def test_the_words_of_a_diagram_are_quoted(tmp_path: Path) -> None:
    assessment = judged(diagram, tmp_path)
    assert [*texts(assessment)] == [("En cours : 421 personnes", "P2")]
    assert kept(assessment) == ["Zone de texte, sur P2:R6 : En cours :\n421 personnes"]


@pytest.mark.parametrize("data", ["<broken", points(), ""])
def test_a_diagram_that_says_nothing_is_named(data: str, tmp_path: Path) -> None:
    assessment = judged(lambda parts: diagram(parts, data), tmp_path)
    assert [*texts(assessment)] == []
    assert kept(assessment) == ["Objet « Diagramme 1 », sur P2:R6"]


def test_what_is_typed_on_a_chart_is_quoted_and_its_title_kept(tmp_path: Path) -> None:
    assessment = judged(chart, tmp_path)
    assert [*texts(assessment)] == [("425 en réalité", "P2")]
    assert kept(assessment) == [
        "Objet « Graphique 1 », sur P2:R6 : Hors CDD",
        "Zone de texte, sur P2:R6 : 425 en réalité",
    ]


def test_a_header_is_quoted_and_its_fields_are_not(tmp_path: Path) -> None:
    assessment = judged(header, tmp_path)
    assert [*texts(assessment)] == [("Chiffres provisoires", "")]
    assert kept(assessment) == ["En-tête ou pied de page : Chiffres provisoires"]


@pytest.mark.usefixtures("libreoffice")
def test_a_header_in_an_ods(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    assessment = saved_and_judged(by_parts(header)(good_return()), "ods", request, tmp_path_factory)
    assert [*texts(assessment)] == [("Chiffres provisoires", "")]
    assert dict(answers_of(assessment)) == GOOD


@pytest.mark.parametrize(
    ("shape", "quoted", "leftover"),
    [
        (vml("Checkbox", "<x:Checked>1</x:Checked>", "Oui"), "Oui (coché)", "Zone de texte : Oui (coché)"),
        (vml("Checkbox", "", "Oui"), "Oui", "Zone de texte : Oui"),
        (vml("Checkbox", "<x:Checked>1</x:Checked>"), "", "Objet « Case à cocher (coché) »"),
        (vml("Drop", "<x:Sel>2</x:Sel>"), "", "Objet « Liste déroulante, choix n° 2 »"),
        (vml("Rect", "", "421 en réalité"), "421 en réalité", "Zone de texte : 421 en réalité"),
    ],
    ids=["ticked", "not ticked", "without caption", "list", "text box"],
)
def test_a_control_over_an_answer_is_quoted_or_named(shape: str, quoted: str, leftover: str, tmp_path: Path) -> None:
    assessment = judged(lambda parts: controls(parts, shape), tmp_path)
    assert [*texts(assessment)] == ([(quoted, ANSWER)] if quoted else [])
    assert kept(assessment) == [leftover]
    covered = [one.place.cell for one in assessment.findings if one.code == "STR-036"]
    assert covered == ([] if quoted else [ANSWER])


def test_the_arrow_of_a_filter_is_no_control(tmp_path: Path) -> None:
    assert kept(judged(lambda parts: controls(parts, vml("Drop", "<x:UIObj/>")), tmp_path)) == []


def test_a_text_box_of_old_without_a_place_is_quoted(tmp_path: Path) -> None:
    shape = '<v:shape id="Texte" type="#_x0000_t202"><v:textbox><div>sans doublons</div></v:textbox></v:shape>'
    assert [*texts(judged(lambda parts: controls(parts, shape), tmp_path))] == [("sans doublons", "")]


def test_the_caption_of_an_activex_control_is_quoted(tmp_path: Path) -> None:
    assessment = judged(active_x, tmp_path)
    assert [*texts(assessment)] == [("Sans les mineurs (coché)", ANSWER)]
    assert kept(assessment) == ["Zone de texte : Sans les mineurs (coché)"]


def test_the_footers_of_our_own_workbooks_say_nothing(libreoffice: Convert, tmp_path: Path) -> None:
    (tmp_path / "retour.xlsx").write_bytes(good_return())
    saved = libreoffice(tmp_path / "retour.xlsx", "ods")
    assert {sheet.drawn for sheet in open_grid(saved).sheets} == {()}


@pytest.mark.parametrize(
    ("result", "computed", "counts"),
    [(0, False, None), (7, False, 7.0), (0, True, 0.0)],
    ids=["0 in place of a result", "another result", "0 that a spreadsheet computed"],
)
def test_the_zero_of_a_program_that_computes_nothing_is_no_answer(
    result: int, computed: bool, counts: float | None, tmp_path: Path
) -> None:
    def written(parts: Parts) -> None:
        book = parts["xl/workbook.xml"]
        assert b' fullCalcOnLoad="1"' in book
        parts["xl/workbook.xml"] = book.replace(b' fullCalcOnLoad="1"', b"") if computed else book

    content = in_cell((COUNT, "valeur"), lambda at: cell_xml(at, f"<f>SUM(1,2)</f><v>{result}</v>"))(good_return())
    assessment = delivered({"retour.xlsx": by_parts(written)(content)}, tmp_path)
    assert dict(answers_of(assessment)).get((COUNT, "valeur")) == counts
    assert [one.code for one in assessment.findings if one.place.cell == ANSWER] == (
        ["VAL-006"] if counts is None else ["VAL-032"]
    )
