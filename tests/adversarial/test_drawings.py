"""What is put above the cells of a real return, as Excel and as LibreOffice save it: quoted, named and kept."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from cvsheet.files.addresses import parse_cell_name
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Severity

from ..catalogue.contract import COUNT, good_return
from ..catalogue.editing import SHEETS, Parts, by_parts, place_of
from ..catalogue.verdicts import GOOD, answers_of
from ..grid.packages import OFFICE, rels
from .resaved import saved_and_judged

Assessed = Callable[[str], Assessment]

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{OFFICE}"'
)
FRAME = "<a:off x='0' y='0'/><a:ext cx='900000' cy='200000'/>"
FORM = f"<xdr:spPr><a:xfrm>{FRAME}</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom></xdr:spPr>"


def corner(tag: str, cell: str, inside: int) -> str:
    row, column = parse_cell_name(cell)
    return (
        f"<xdr:{tag}><xdr:col>{column - 1}</xdr:col><xdr:colOff>{inside}</xdr:colOff>"
        f"<xdr:row>{row - 1}</xdr:row><xdr:rowOff>{inside}</xdr:rowOff></xdr:{tag}>"
    )


def anchored(first: str, last: str, content: str) -> str:
    corners = corner("from", first, 10_000) + corner("to", last, 90_000)
    return f"<xdr:twoCellAnchor>{corners}{content}<xdr:clientData/></xdr:twoCellAnchor>"


def box(rank: int, *paragraphs: str) -> str:
    texts = "".join(f"<a:p><a:r><a:rPr lang='fr-FR'/><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    name = f"<xdr:nvSpPr><xdr:cNvPr id='{rank}' name='ZoneTexte {rank}'/><xdr:cNvSpPr txBox='1'/></xdr:nvSpPr>"
    return f"<xdr:sp macro='' textlink=''>{name}{FORM}<xdr:txBody><a:bodyPr/><a:lstStyle/>{texts}</xdr:txBody></xdr:sp>"


def group(*shapes: str) -> str:
    name = "<xdr:nvGrpSpPr><xdr:cNvPr id='90' name='Groupe'/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr>"
    frame = f"{FRAME}<a:chOff x='0' y='0'/><a:chExt cx='900000' cy='200000'/>"
    return f"<xdr:grpSp>{name}<xdr:grpSpPr><a:xfrm>{frame}</a:xfrm></xdr:grpSpPr>{''.join(shapes)}</xdr:grpSp>"


def picture(rank: int, name: str) -> str:
    return (
        f"<xdr:pic><xdr:nvPicPr><xdr:cNvPr id='{rank}' name='{name}'/><xdr:cNvPicPr/></xdr:nvPicPr>"
        f"<xdr:blipFill><a:blip r:embed='rId1'/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>{FORM}</xdr:pic>"
    )


ANSWER = place_of(COUNT, "valeur")[1]
DRAWING = "".join(
    (
        anchored("P2", "R3", box(2, "Chiffres provisoires,", "voir avec Mme Roy")),
        anchored("P7", "R9", group(box(3, "421 personnes"), group(box(4, "sans doublons")))),
        anchored(ANSWER, ANSWER, picture(5, "Capture 1")),
        anchored("P11", "Q12", picture(6, "Logo")),
    )
)


def draw(parts: Parts) -> None:
    """Put the drawing above the first sheet of answers."""
    part = SHEETS["Emploi"]
    links = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    added = f'<Relationship Id="rId77" Type="{OFFICE}/drawing" Target="../drawings/drawing7.xml"/></Relationships>'
    parts[links] = parts[links].replace(b"</Relationships>", added.encode())
    parts[part] = parts[part].replace(b"<legacyDrawing ", b'<drawing r:id="rId77"/><legacyDrawing ', 1)
    assert b"rId77" in parts[part]
    parts["xl/drawings/drawing7.xml"] = f"<xdr:wsDr {SPACES}>{DRAWING}</xdr:wsDr>".encode()
    parts["xl/drawings/_rels/drawing7.xml.rels"] = rels(("rId1", "image", "../media/image7.png")).encode()
    parts["xl/media/image7.png"] = DOT
    kinds = (
        '<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing7.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    )
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = types.replace("</Types>", kinds).encode()


@pytest.fixture(scope="module")
def assessed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    """``assessed("ods")``: what is said of the return, as openpyxl writes it or as LibreOffice saves that."""
    return lambda extension: saved_and_judged(by_parts(draw)(good_return()), extension, request, tmp_path_factory)


def judge(assessment: Assessment) -> None:
    findings = [one for one in assessment.findings if one.severity is not Severity.INFO]
    texts = [str(one.facts["found"]) for one in findings if one.code == "STR-035"]
    assert texts == ["Chiffres provisoires, voir avec Mme Roy", "421 personnes", "sans doublons"]
    (covered,) = [one for one in findings if one.code == "STR-036"]  # the logo lies beside the tables
    assert (covered.place.cell, covered.line, covered.facts["name"]) == (ANSWER, COUNT, "Capture 1")
    assert {one.code for one in findings} == {"STR-035", "STR-036"}
    assert dict(answers_of(assessment)) == GOOD
    (submission,) = assessment.current
    kept = [(one.cell, one.text) for one in submission.leftovers if one.sheet == "Emploi"]
    assert ("P2", "Zone de texte, sur P2:R3 : Chiffres provisoires,\nvoir avec Mme Roy") in kept
    assert (ANSWER, "Image « Capture 1 »") in kept
    assert {text.partition(",")[0] for _, text in kept} >= {"Image « Logo »"}


def test_on_a_return_saved_by_excel(assessed: Assessed) -> None:
    judge(assessed("xlsx"))


@pytest.mark.usefixtures("libreoffice")
def test_on_a_return_saved_by_libreoffice(assessed: Assessed) -> None:
    judge(assessed("ods"))


def test_our_own_workbooks_have_nothing_above_their_cells(tmp_path: Path) -> None:
    (tmp_path / "retour.xlsx").write_bytes(good_return())
    assert {sheet.drawn for sheet in open_grid(tmp_path / "retour.xlsx").sheets} == {()}
