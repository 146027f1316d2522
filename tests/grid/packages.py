"""Workbook files written part by part, for what no library would write: the tests of the reader start here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"

Parts = dict[str, "str | bytes"]


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip archive: the same bytes at any time, since some stand in the name of a test."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def rels(*links: tuple[str, str, str]) -> str:
    """A .rels part: (id, kind, target); a target that begins with ! is external."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target.lstrip("!")}"{_mode(target)}/>'
        for name, kind, target in links
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{lines}</Relationships>'


def _mode(target: str) -> str:
    return ' TargetMode="External"' if target.startswith("!") else ""


def worksheet(rows: str = "", after: str = "", before: str = "") -> str:
    """A worksheet part around its rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(*names: str, properties: str = "") -> str:
    """A workbook part whose sheet n is rId n; a name that begins with ! is hidden."""
    sheets = "".join(
        f'<sheet name="{name.lstrip("!")}" sheetId="{rank}" r:id="rId{rank}"{_state(name)}/>'
        for rank, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{sheets}</sheets></workbook>'


def _state(name: str) -> str:
    return ' state="hidden"' if name.startswith("!") else ""


def xlsx_parts(rows: str = "", strings: str = "", styles: str = "") -> Parts:
    """The parts of a workbook of one sheet "A"; strings are `si` elements, styles the inside of styleSheet."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook("A"),
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId8", "sharedStrings", "sharedStrings.xml"),
            ("rId9", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": worksheet(rows),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }


def ods_parts(tables: str, styles: str = "", pretty: str = "") -> Parts:
    """The parts of an OpenDocument spreadsheet around its tables."""
    namespaces = " ".join(
        [
            *(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style", "manifest")),
            'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
            'xmlns:xlink="http://www.w3.org/1999/xlink"',
        ]
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {namespaces}>{pretty}"
        f"<office:automatic-styles>{styles}</office:automatic-styles>{pretty}"
        f"<office:body>{pretty}<office:spreadsheet>{pretty}{tables}{pretty}</office:spreadsheet>{pretty}</office:body>"
        f"</office:document-content>",
    }


def table(rows: str, name: str = "A", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"
