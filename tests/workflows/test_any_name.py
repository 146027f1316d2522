"""What lies in « retours/ » under any name: workbooks are read, what hides an answer is said, the rest is noted."""

from __future__ import annotations

import base64
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from cvsheet.judging.campaign.reception import Standing, reception
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.reports.console import print_assessment
from cvsheet.workflows.reminders import RemindResult, remind
from tests.conftest import Convert
from tests.grid.packages import rels, zipped
from tests.partner.conftest import small
from tests.words import plain
from tests.workflows.late_campaign import AFTER, CAMPAIGN, filled, framework, judged

__all__ = ["framework", "small"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PHOTO = b"\xff\xd8\xff\xe0\0\x10JFIF\0"
WORD = zipped({"_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")), "word/document.xml": "<w/>"})
FODS = (
    b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
)
WEBLOC = (
    b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>https://x.example</string></dict></plist>'
)


def mail(*attached: tuple[str, bytes], sender: str = "x@x.example", text: str = "Bonjour, voici.") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "ville@v.example", "Réponse"
    message.set_content(text)
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def outlook(*names: str) -> bytes:
    streams = b"".join(name.encode("utf-16-le") + bytes(20) for name in ("__substg1.0_3707001F", *names))
    return OLE + streams + "Workbook".encode("utf-16-le")


def only(assessment: Assessment, name: str) -> Finding:
    """The one finding on the file called `name`."""
    (finding,) = (one for one in assessment.findings if one.place.file.endswith(name))
    return finding


def said(finding: Finding) -> str:
    return plain(find_rule(finding.code).message(finding))


@pytest.mark.parametrize(
    "name",
    ["d.xlsx.txt", "d.xltm", "d.xlsx.zip", "d.dat", "d", "d.pdf", "d.XLSX ", "d.xlsx.download", "d.eml", "d.jpg"],
)
def test_a_workbook_is_read_whatever_it_is_called(framework: Framework, tmp_path: Path, name: str) -> None:
    assessment = judged(framework, tmp_path, {name: filled(framework, "D")})
    assert [one.file for one in assessment.current] == [f"retours/{name}"]
    assert not assessment.count(Severity.ERROR)


@pytest.mark.other_program
def test_an_ods_is_read_whatever_it_is_called(framework: Framework, tmp_path: Path, libreoffice: Convert) -> None:
    (tmp_path / "d.xlsx").write_bytes(filled(framework, "D"))
    content = libreoffice(tmp_path / "d.xlsx", "ods").read_bytes()
    assessment = judged(framework, tmp_path, {"d": content, "d.ods.txt": content})
    assert (len(assessment.current), assessment.count(Severity.ERROR)) == (1, 0)


@pytest.mark.parametrize(
    ("name", "content", "code", "severity", "words"),
    [
        ("m.eml", mail(("a.xlsx", b"x"), ("b.pdf", b"y")), "FIC-050", Severity.ERROR, "« a.xlsx », « b.pdf »"),
        ("m.txt", mail(("a.ods", b"x")), "FIC-050", Severity.ERROR, "« a.ods »"),
        ("m.eml", b"Return-Path: <x@x>\r\n" + mail(("a.zip", b"x")), "FIC-050", Severity.ERROR, "« a.zip »"),
        ("m.emlx", b"2043\n" + mail(("a.xlsx", b"x")), "FIC-050", Severity.ERROR, "« a.xlsx »"),
        ("m.mbox", b"From x@x Sat Jan 1 2022\n" + mail(("a.xlsx", b"x")), "FIC-050", Severity.ERROR, "« a.xlsx »"),
        ("m.eml", mail(("réponse été.xlsx", b"x")), "FIC-050", Severity.ERROR, "« réponse été.xlsx »"),
        ("m.eml", mail(), "FIC-050", Severity.WARNING, "pas de pièce jointe"),
        ("m.msg", outlook("Réponse CAF.xlsx", "photo.pdf"), "FIC-050", Severity.ERROR, "« Réponse CAF.xlsx »"),
        ("m", outlook(), "FIC-050", Severity.WARNING, "message"),
        ("d.gsheet", b'{"url": "https://docs.google.com/open?id=1"}', "FIC-049", Severity.ERROR, "raccourci"),
        ("d.gsheet", b'{"":"WARNING! DO NOT EDIT","doc_id":"1"}', "FIC-049", Severity.ERROR, "raccourci"),
        ("d.url", b"[InternetShortcut]\r\nURL=https://x.example\r\n", "FIC-049", Severity.ERROR, "raccourci"),
        ("d.desktop", b"[Desktop Entry]\nType=Link\nURL=https://x.example\n", "FIC-049", Severity.ERROR, "raccourci"),
        ("d.webloc", WEBLOC, "FIC-049", Severity.ERROR, "raccourci"),
        ("d.webloc", b"bplist00\xd1\x01\x02SURL_\x10\x11https://x.example", "FIC-049", Severity.ERROR, "raccourci"),
        ("d.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(60), "FIC-049", Severity.ERROR, "raccourci"),
        ("d.txt", b"https://drive.example/d/1\n", "FIC-049", Severity.ERROR, "raccourci"),
        ("d.fods", FODS, "FIC-047", Severity.ERROR, "OpenDocument « plat »"),
        ("d.xml", FODS, "FIC-047", Severity.ERROR, "OpenDocument « plat »"),
        ("d.txt", base64.encodebytes(zipped({"a": "b" * 90})), "FIC-051", Severity.ERROR, "base64"),
        ("d.xlsx", base64.b64encode(zipped({"a": "b" * 90})), "FIC-051", Severity.ERROR, "base64"),
        ("d.txt", b"data:" + XLSX.encode() + b";base64," + base64.b64encode(zipped({"a": "b" * 90})), "FIC-051",
         Severity.ERROR, "base64"),
        ("envoi", zipped({"2021/a.xlsx": "x", "b.ods": "y", "__MACOSX/._a.xlsx": ""}), "FIC-010", Severity.ERROR,
         "« a.xlsx », « b.ods »"),
        ("d.numbers", zipped({"Index/Tables/x.iwa": "x"}), "FIC-048", Severity.ERROR, "Exporter vers > Excel"),
        ("d", zipped({"Index/Tables/x.iwa": "x"}), "FIC-048", Severity.ERROR, "Numbers"),
        ("d.txt", b"code;valeur\nE-I1.M1;12\n", "FIC-007", Severity.ERROR, "CSV"),
        ("d.xlsx", b"Nous n'avons rien.", "FIC-046", Severity.ERROR, "texte libre"),
        ("d.xlsx.pdf", b"%PDF-1.7\n", "FIC-009", Severity.ERROR, "PDF"),
        ("test_2021_B.pdf", b"%PDF-1.7\n", "FIC-009", Severity.ERROR, "PDF"),
        ("test_2021_B.docx", WORD, "FIC-011", Severity.ERROR, "un document Word"),
        ("test_2021_B scan.jpg", PHOTO, "FIC-011", Severity.ERROR, "une image"),
    ],
)  # fmt: skip
def test_what_hides_an_answer_is_never_passed_over(
    framework: Framework, tmp_path: Path, name: str, content: bytes, code: str, severity: Severity, words: str
) -> None:
    finding = only(judged(framework, tmp_path, {name: content}), name)
    assert (finding.code, finding.severity) == (code, severity)
    assert words in said(finding)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("courrier.docx", WORD, "un document Word"),
        ("photo.jpg", PHOTO, "une image"),
        ("convention.pdf", b"%PDF-1.7\n", "PDF"),
        ("note.txt", "Réunion, le 3 mars, à 10 h".encode(), "texte"),
        ("photos.rar", b"Rar!\x1a\x07\x00", "une archive"),
        ("film.mp4", b"\0\0\0\x18ftypmp42", "un son ou une vidéo"),
        ("vide.txt", b"", "vide"),
        ("coupé.docx", WORD[:60], "un document d’un autre type"),
        ("plan.vsd", OLE, "un document d’un autre type"),
    ],
)
def test_what_lies_beside_the_answers_is_noted_with_what_it_is(
    framework: Framework, tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    finding = only(judged(framework, tmp_path, {name: content}), name)
    assert (finding.code, finding.severity, finding.facts["what"]) == ("FIC-021", Severity.INFO, what)


def test_a_document_that_names_a_partner_is_asked_about(framework: Framework, tmp_path: Path) -> None:
    known = replace(framework, partners=(replace(framework.partners[0], code="CAF"), *framework.partners[1:]))
    for name, severity in (("scan CAF.pdf", Severity.WARNING), ("scan CAFE.pdf", Severity.INFO)):
        assert only(judged(known, tmp_path / name, {name: b"%PDF-1.7\n"}), name).severity is severity


@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", ".DS_Store", "~$d.xlsx", "__MACOSX/x.xlsx", "ehthumbs.db"]
)
def test_the_traces_of_programs_are_never_received(framework: Framework, tmp_path: Path, name: str) -> None:
    assessment = judged(framework, tmp_path, {name: OLE, "d.xlsx": filled(framework, "D")})
    assert [one.file for one in assessment.arrived] == ["retours/d.xlsx"]
    assert not assessment.count(Severity.ERROR) + assessment.count(Severity.WARNING)


class TestReminders:
    """Whose answer lies in a message, in an archive or behind a link has answered: only the coordinator can take it."""

    def reminded(self, framework: Framework, root: Path, files: dict[str, bytes]) -> tuple[RemindResult, Standing]:
        assessment = judged(framework, root, files)
        row = next(row for row in reception(framework, assessment, CAMPAIGN, AFTER) if row.partner == "B")
        return remind(framework, assessment, CAMPAIGN, root / "relances", today=AFTER), row.standing

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("message.eml", mail(("test_2021_B.xlsx", b"x"))),
            ("message.msg", outlook("test_2021_B (1).xlsx")),
            ("test_2021_B.eml", mail()),
            ("sans nom.eml", mail(("reponse.xlsx", b"x"), sender="Bailleur <B@b.example>")),
            ("envoi.zip", zipped({"test_2021_B.xlsx": "x"})),
            ("test_2021_B.gsheet", b'{"url": "https://docs.google.com/open?id=1"}'),
        ],
    )
    def test_none_blames_the_partner(self, framework: Framework, tmp_path: Path, name: str, content: bytes) -> None:
        result, standing = self.reminded(framework, tmp_path, {name: content})
        assert standing is Standing.UNFILED
        assert [one.partner for one in result.reminders] == ["A", "C", "D"]
        assert [(one.partner, one.file) for one in result.unfiled] == [("B", f"retours/{name}")]

    def test_nor_where_an_older_and_incomplete_workbook_is_there(self, framework: Framework, tmp_path: Path) -> None:
        files = {"b.xlsx": filled(framework, "B", "H-I1.M1"), "suite.eml": mail(("test_2021_B.xlsx", b"x"))}
        result, standing = self.reminded(framework, tmp_path, files)
        assert standing is Standing.INCOMPLETE
        assert "B" not in [one.partner for one in result.reminders]

    def test_a_message_of_nobody_known_is_named_before_sending(self, framework: Framework, tmp_path: Path) -> None:
        result, standing = self.reminded(framework, tmp_path, {"m.eml": mail(("reponse.xlsx", b"x"))})
        assert standing is Standing.OVERDUE
        assert [one.file for one in result.unknown] == ["retours/m.eml"]


class TestManyStrays:
    """A folder of photos copied among the returns: one line with a count, and the returns are read all the same."""

    def console(self, assessment: Assessment, capsys: pytest.CaptureFixture[str]) -> str:
        print_assessment(assessment)
        return " ".join(capsys.readouterr().out.split())

    @pytest.mark.parametrize(("count", "codes"), [(20, ["FIC-021"] * 20), (21, ["FIC-052"])])
    def test_many_are_one_finding(self, framework: Framework, tmp_path: Path, count: int, codes: list[str]) -> None:
        files = {f"photos/{number}.jpg": PHOTO for number in range(count)} | {"d.xlsx": filled(framework, "D")}
        assessment = judged(framework, tmp_path, files)
        assert [one.code for one in assessment.findings if one.code.startswith("FIC")] == codes
        assert len(assessment.current) == len(assessment.arrived) == 1

    def test_many_refused_for_one_reason_are_one_line(
        self, framework: Framework, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assessment = judged(framework, tmp_path, {f"{number}.xlsx": b"" for number in range(21)})
        assert assessment.count(Severity.ERROR) == 21
        text = self.console(assessment, capsys)
        assert text.count("FIC-002") == 1
        assert "21" in text
