"""The catalogue, first part: the file itself, its kind, whose it is, and several of them."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

from openpyxl import Workbook

from cvsheet.books.partner.writing import partner_workbook
from cvsheet.model.framework import Framework
from tests.grid.packages import rels

from .contract import ANSWERS, CAMPAIGN, COUNT, FRAMEWORK, OTHER, PARTNER, good_return, sent
from .editing import Damage, Parts, also, by_hand, by_parts, in_cell, in_part, number, parts_of, zipped
from .verdicts import ALL, RETURN, Case, Elsewhere, Files, Verdict, bytes_as, damaged, structure

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
HTML = b"<html><body><table><tr><td>EMP-P1-I01.M1</td><td>420</td></tr></table></body></html>"
FODS = (
    b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
)
MAIL = (
    b"From: x@x.example\nTo: y@y.example\nSubject: Retour\nMIME-Version: 1.0\nContent-Type: application/octet-stream\n"
    b'Content-Disposition: attachment; filename="retour.xlsx"\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n'
)
CSV = "Code;Valeur;Commentaire\nEMP-P1-I01.M1;420;Au 31 décembre\n".encode()
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def refused(id: str, what: str, name: str, content: bytes, rule: str, note: str = "") -> Case:
    """Bytes that are no workbook: one finding, nothing counts."""
    return Case(id, what, bytes_as(name, content), Verdict("R", (rule,), ALL), note=note)


def noted(id: str, what: str, name: str, content: bytes, rule: str, note: str = "") -> Case:
    """A file beside the good return that is noted and not read."""
    return Case(id, what, lambda: {RETURN: good_return(), name: content}, Verdict("N", (rule,)), note=note)


def left_out(id: str, what: str, files: Callable[[], Files], rule: str, note: str = "") -> Case:
    """A workbook that does not count."""
    return Case(id, what, files, Verdict("R", (rule,), ALL), note=note)


def strict(parts: Parts) -> None:
    """Strict Open XML, as Excel offers it in Save As."""
    for name in parts:
        for transitional, namespace in STRICT.items():
            parts[name] = parts[name].replace(transitional, namespace)


def from_1904(parts: Parts) -> None:
    """Excel's « calendrier depuis 1904 », switched on after the dates were typed."""
    workbook = "xl/workbook.xml"
    parts[workbook] = re.sub(rb"<workbookPr ", b'<workbookPr date1904="1" ', parts[workbook])


def with_macros(parts: Parts) -> None:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(kind, MACROS.encode())
    parts["xl/vbaProject.bin"] = OLE
    relationship = (
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
        b' Target="vbaProject.bin"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relationship)


def without_properties(parts: Parts) -> None:
    for name in [name for name in parts if name.startswith("docProps/")]:
        del parts[name]
    parts["_rels/.rels"] = re.sub(rb'<Relationship [^>]*Target="docProps/[^>]*/>', b"", parts["_rels/.rels"])
    parts["[Content_Types].xml"] = re.sub(rb'<Override PartName="/docProps/[^>]*/>', b"", parts["[Content_Types].xml"])


def like_google(parts: Parts) -> None:
    """No properties, no dimension, no protection, as Google Sheets exports."""
    without_properties(parts)
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = re.sub(rb"<(dimension|sheetProtection) [^>]*/>", b"", parts[name])


def printed_by_another(book: Workbook) -> None:
    """The small print of another partner's workbook, pasted over one's own."""
    other = re.search(r"Réf\. cvsheet[^<]*", parts_of(sent(OTHER))["xl/sharedStrings.xml"].decode())
    assert other is not None
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if "Réf. cvsheet" in str(cell.value):
                cell.value = other[0]


def of(framework: Framework, campaign: str = CAMPAIGN) -> Callable[[], Files]:
    """The good return as another contract made it."""
    return lambda: {RETURN: partner_workbook(framework, campaign, PARTNER, prefill=ANSWERS)}


def pasted_elsewhere() -> Files:
    """The values of the sheets in a new workbook."""

    def copy(book: Workbook) -> None:
        for sheet in book.worksheets[1:3]:
            new = book.create_sheet(f"Feuil{sheet.title}")
            for row in sheet.iter_rows(values_only=True):
                new.append(row)
        for sheet in [one for one in book.worksheets if not one.title.startswith("Feuil")]:
            del book[sheet.title]

    return {RETURN: by_hand(copy)(good_return())}


def saved_on(day: str) -> Damage:
    """The workbook as saved on another day."""
    end = "</dcterms:modified>"
    return in_part("docProps/core.xml", f"2021-01-01T00:00:00Z{end}", f"{day}T09:00:00Z{end}")


def twice(*damages: Damage) -> Callable[[], Files]:
    """The good return, and a second one after `damages`."""
    return lambda: {RETURN: good_return(), "retour (1).xlsx": also(*damages)(good_return())}


def office(target: str) -> bytes:
    """A package of another Office program."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_rels/.rels", rels(("rId1", "officeDocument", target)))
        archive.writestr(target, "<x/>")
    return buffer.getvalue()


def next_framework() -> Framework:
    """The contract after the coordinator renamed a measure."""
    first, *others = FRAMEWORK.measures
    return replace(FRAMEWORK, measures=(replace(first, title="Personnes accompagnées"), *others))


OTHER_CONTRACT = replace(FRAMEWORK, contract=replace(FRAMEWORK.contract, code="ailleurs"))
OTHER_CAMPAIGN = replace(FRAMEWORK, campaigns=(replace(FRAMEWORK.campaigns[1], code="2030"),))


def shared_out(*damages: Damage) -> Callable[[], Files]:
    """The good return in two copies that two departments filled, each without what the other did; the second after
    `damages`."""
    first = {key: value for key, value in ANSWERS.items() if key[0].startswith("EMP")}
    second = {key: value for key, value in ANSWERS.items() if key not in first}
    return lambda: {
        RETURN: partner_workbook(FRAMEWORK, CAMPAIGN, PARTNER, prefill=first),
        "retour (1).xlsx": also(*damages)(partner_workbook(FRAMEWORK, CAMPAIGN, PARTNER, prefill=second)),
    }


SHARED_OUT = ("FIC-042", *["HIS-003"] * 9)
"""The half that is not taken: each of its answers; the cell told in two ways and the comments stand in FIC-042."""
COUNT_43 = in_cell((COUNT, "valeur"), lambda place: number(place, 43.0))

CASES = (
    Case("001", "returned as it was filled", lambda: {RETURN: good_return()}, Verdict("A")),
    Case("002", "renamed « copie (1) final V2 »", lambda: {"copie (1) final V2.xlsx": good_return()}, Verdict("A")),
    Case("168", "identical to what was sent", lambda: {RETURN: sent()}, Verdict("W", ("FIC-035",), ALL)),
    refused("003", "upload cut short", RETURN, good_return()[:9000], "FIC-013"),
    refused("004", "0 bytes", RETURN, b"", "FIC-002"),
    refused("005", "CSV renamed .xlsx", RETURN, CSV, "FIC-007"),
    refused("006", "web page renamed .xls", "retour.xls", HTML, "FIC-008"),
    refused("010", "PDF renamed .xlsx", RETURN, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "FIC-009"),
    noted("007", "lock file ~$retour.xlsx beside the return", "~$retour.xlsx", b"\x03CAF" + bytes(161), "FIC-003"),
    structure("014", "Strict Open XML", by_parts(strict), "A"),
    Case("014b", "days counted from 1904 (the setting alone)", damaged(by_parts(from_1904)),
         Verdict("W", ("STR-039", "VAL-022"), 1), note="the date is read as Excel shows it"),
    Case("015", "macros added, .xlsm", damaged(by_parts(with_macros), "retour.xlsm"), Verdict("W", ("STR-020",))),
    structure("015b", "macros added, renamed .xlsx", by_parts(with_macros), "W", "STR-020"),
    left_out(
        "016", "small print of another partner pasted over", damaged(by_hand(printed_by_another)), "FIC-036",
        "the whole file is left out: the two halves may come from two partners",
    ),
    Case("016c", "another partner’s workbook under this one’s file name",
         lambda: {RETURN: sent(OTHER)}, Verdict("W", ("FIC-035",), ALL),
         note="file names are never read: it counts for that partner, empty"),
    left_out("016b", "workbook of another contract", of(OTHER_CONTRACT), "FIC-031"),
    left_out("017", "workbook of an unknown campaign", of(OTHER_CAMPAIGN, "2030"), "FIC-032"),
    Case(
        "017b", "made before the contract was edited", of(next_framework()), Verdict("N", ("FIC-034",)),
        note="lines that are still known are read: a new label must not cost twenty partners their answers",
    ),
    structure("018", "document properties stripped", by_parts(without_properties), "A",
              note="identity is cell text: nothing was lost that is worth a word"),
    structure("019", "as Google Sheets exports: no properties, dimension, protection", by_parts(like_google), "A",
              note="as above"),
    Case(
        "020b", "same partner twice, differing, no telling which is later", twice(COUNT_43),
        Verdict("W", ("FIC-042",), 1),
        note="the later name is taken and said: an ERROR would leave out a partner who answered",
    ),
    Case("020c", "same partner twice, differing, one saved later", twice(COUNT_43, saved_on("2022-02-01")),
         Verdict("N", ("FIC-041",), 1)),
    Case("+", "two departments, each its half of a copy", shared_out(), Verdict("W", ("FIC-053",))),
    Case("+", "the same, one saved later", shared_out(saved_on("2022-02-01")), Verdict("W", ("FIC-053",))),
    Case("+", "the same, one cell told in two ways", shared_out(COUNT_43), Verdict("W", SHARED_OUT, 12),
         note="nobody knows which is right: the later name is taken, and each answer lost is named"),
    Case("020d", "same file twice", twice(), Verdict("N", ("FIC-040",))),
    refused("+", "password to open", RETURN, OLE + "EncryptedPackage".encode("utf-16-le"), "FIC-004"),
    refused("+", "Excel 97-2003 (.xls)", "retour.xls", OLE + "Workbook".encode("utf-16-le"), "FIC-005"),
    refused("+", "binary workbook (.xlsb)", "retour.xlsb", office("xl/workbook.bin"), "FIC-006"),
    refused("+", "Word document renamed .xlsx", RETURN, office("word/document.xml"), "FIC-011"),
    refused("+", "zip of several files", "retours.zip", zipped({"a.xlsx": b"", "b.xlsx": b""}), "FIC-010"),
    refused("+", "photo renamed .xlsx", RETURN, b"\xff\xd8\xff\xe0\0\x10JFIF\0", "FIC-011"),
    noted("+", "photo beside the return", "photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "FIC-021"),
    noted("+", "letter beside the return", "courrier.docx", office("word/document.xml"), "FIC-021"),
    refused("+", "workbook in one XML text (.fods)", "retour.fods", FODS, "FIC-047"),
    refused("+", "link of Google Drive", "retour.gsheet", b'{"url": "https://docs.google.com/open?id=1"}', "FIC-049"),
    refused("+", "message with the return attached", "message.eml", MAIL, "FIC-050"),
    refused("+", "workbook in letters (base64)", RETURN, base64.encodebytes(zipped({"a": b"b" * 90})), "FIC-051"),
    Case("+", "sound return called .txt", lambda: {f"{RETURN}.txt": good_return()}, Verdict("A")),
    left_out("031", "values pasted into a new workbook", pasted_elsewhere, "FIC-037"),
    left_out("166", "DTD in a sheet", damaged(in_part("xl/worksheets/sheet2.xml", "<worksheet ",
              "<!DOCTYPE x><worksheet ")),
             "FIC-016"),
)  # fmt: skip

ELSEWHERE = (
    Elsewhere("+", ".numbers, link in a mail", "no spreadsheet reaches the folder: as the letter above"),
    Elsewhere("170-172", "saved by LibreOffice as xlsx, ods, xlsx-ods-xlsx", "tests/returned/test_roundtrip.py"),
    Elsewhere("+", "master open in Excel while consolidating", "outputs, not returns: files/atomic"),
)
