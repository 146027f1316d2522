"""What partners send instead of a workbook, whatever it is called: each has its reason."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid import DEFAULT_LIMITS, FileLimits, open_grid
from tests.grid.conftest import Read, Refused
from tests.grid.packages import rels, workbook, xlsx_parts, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OTHER = Refusal.OTHER_DOCUMENT


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (OLE + "Workbook".encode("utf-16-le"), Refusal.LEGACY_XLS),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
        (OLE + "WordDocument".encode("utf-16-le"), OTHER),
        (OLE, Refusal.LEGACY_XLS),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", Refusal.LEGACY_XLS),
        (b"%PDF-1.7\n%\xe2\xe3", Refusal.PDF),
        (b"\n%PDF-1.4", Refusal.PDF),
        (b"\x89PNG\r\n\x1a\n\0", OTHER),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", OTHER),
        (b"\0\0\0\x18ftypheic\0", OTHER),
        (b"{\\rtf1\\ansi", OTHER),
        (b"Rar!\x1a\x07\x00", OTHER),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", Refusal.HTML),
        (b"\xef\xbb\xbf\r\n <html xmlns:x='urn:schemas-microsoft-com:office:excel'>", Refusal.HTML),
        (b"<table><tr><td>12</td></tr></table>", Refusal.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Refusal.HTML),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Refusal.FLAT_XML),
        (b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument">', OTHER),
        (b"<svg/>", OTHER),
        ("code;libellé;valeur\nA;é;12\n".encode(), Refusal.CSV),
        ("code;libellé;valeur\nA;é;12\n".encode("cp1252"), Refusal.CSV),
        ("code\tlibellé\n".encode("utf-16"), Refusal.CSV),
        (b"Bonjour", Refusal.PROSE),
        (b"\x00\x01\x02\x03", Refusal.UNKNOWN),
        (b"PK", Refusal.TRUNCATED),
        (b"PK\x03\x04", Refusal.TRUNCATED),
        (zipped({}), Refusal.PLAIN_ZIP),
        (zipped({"lisezmoi.txt": "bonjour"}), Refusal.PLAIN_ZIP),
    ],
)
@pytest.mark.parametrize("name", ["reponse.xlsx", "reponse.xls"])
def test_the_bytes_decide_not_the_name(refused: Refused, content: bytes, reason: Refusal, name: str) -> None:
    assert refused(content, name) is reason


@pytest.mark.parametrize("name", ["reponse.xls", "reponse.csv", "reponse", "reponse.ods"])
def test_a_workbook_is_read_under_any_name(read: Read, name: str) -> None:
    assert read(xlsx_parts(), name).format == "xlsx"


@pytest.mark.parametrize("name", ["~$reponse.xlsx", ".~lock.reponse.ods#"])
def test_the_lock_of_an_open_workbook(refused: Refused, name: str) -> None:
    assert refused(b"\x05owner" + bytes(159), name) is Refusal.LOCK_FILE


class TestOtherPackages:
    """Zip archives of other programs."""

    def office(self, target: str, content: str | bytes) -> dict[str, str | bytes]:
        return {"_rels/.rels": rels(("rId1", "officeDocument", target)), target: content}

    def test_word_and_powerpoint(self, refused: Refused) -> None:
        for target, root in (("word/document.xml", "document"), ("ppt/presentation.xml", "presentation")):
            assert refused(self.office(target, f'<{root} xmlns="urn:x"/>')) is Refusal.OTHER_DOCUMENT

    def test_binary_excel(self, refused: Refused) -> None:
        assert refused(self.office("xl/workbook.bin", b"\x83\x01\x00")) is Refusal.BINARY_XLSB

    def test_apple_numbers(self, refused: Refused) -> None:
        assert refused({"Index/Document.iwa": b"\0", "preview.jpg": b""}) is Refusal.NUMBERS

    def test_a_workbook_without_its_way_in(self, refused: Refused) -> None:
        assert refused({"xl/workbook.xml": workbook("A")}) is Refusal.DAMAGED


class TestPlaces:
    """Paths that lead to no file."""

    def test_nothing_there_or_no_file(self, tmp_path: Path) -> None:
        if os.name == "nt":
            pytest.skip("no pipes there")
        (tmp_path / "lien.xlsx").symlink_to(tmp_path / "absent")
        os.mkfifo(tmp_path / "tuyau.xlsx")
        for name in ("absent.xlsx", "", "lien.xlsx", "tuyau.xlsx", "a\0b", "a" * 5000):
            with pytest.raises(UnreadableFile) as caught:
                open_grid(tmp_path / name)
            assert caught.value.reason is Refusal.MISSING
            assert caught.value.detail

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Permissions would not do: root reads everything, and Windows has others."""
        path = tmp_path / "secret.xlsx"
        path.write_bytes(zipped(xlsx_parts()))

        def forbidden(*_: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "open", forbidden)
        with pytest.raises(UnreadableFile) as caught:
            open_grid(path)
        assert caught.value.reason is Refusal.MISSING

    def test_a_file_over_the_limit(self, refused: Refused) -> None:
        assert refused(zipped(xlsx_parts()), limits=FileLimits(file_size=100)) is Refusal.TOO_LARGE
        assert DEFAULT_LIMITS.file_size == 50_000_000

    def test_the_file_is_left_as_it_was(self, tmp_path: Path) -> None:
        path = tmp_path / "reponse.xlsx"
        path.write_bytes(zipped(xlsx_parts()))
        before = (path.read_bytes(), path.stat().st_mtime_ns)
        open_grid(path)
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
