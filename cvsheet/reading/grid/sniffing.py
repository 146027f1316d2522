"""The first look at a file: from its name and its first bytes, what it is when it is no zip archive.

Partners rename: the extension is never trusted, only what the bytes say. A zip is left to `package`.
"""

from __future__ import annotations

import re

from cvsheet.errors import Refusal, UnreadableFile

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RAW_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")

_DOCUMENTS = (  # first bytes of what is sent instead of a workbook
    (b"\x89PNG", "image PNG"),
    (b"\xff\xd8\xff", "image JPEG"),
    (b"GIF8", "image GIF"),
    (b"II*\x00", "image TIFF"),
    (b"MM\x00*", "image TIFF"),
    (b"BM", "image BMP"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "archive 7z"),
    (b"Rar!", "archive RAR"),
    (b"\x1f\x8b", "archive gzip"),
)
_HEAD = 4096
_LAST_PRINTABLE_C0 = "\t\n\r\f"


def refuse_lock_file(name: str) -> None:
    """Refuse by its name what Excel or LibreOffice leaves beside a workbook that is open."""
    if name.startswith(("~$", ".~lock.")):
        raise UnreadableFile(Refusal.LOCK_FILE, name)


def refuse_unless_zip(data: bytes) -> None:
    """Return for a zip archive; otherwise raise UnreadableFile naming what the file really is."""
    if not data:
        raise UnreadableFile(Refusal.EMPTY)
    if any(start.startswith(data) for start in _ZIP):
        raise UnreadableFile(Refusal.TRUNCATED, f"{len(data)} bytes")
    if not data.startswith(_ZIP):
        raise UnreadableFile(*_what_it_is(data))


def _what_it_is(data: bytes) -> tuple[Refusal, str]:
    if data.startswith(_COMPOUND_FILE):
        return _compound_file(data)
    if data.startswith(_RAW_BIFF):
        return Refusal.LEGACY_XLS, "Excel 2-5"
    if b"%PDF-" in data[:1024]:
        return Refusal.PDF, ""
    if data[4:8] == b"ftyp" or data[8:12] == b"WEBP":
        return Refusal.OTHER_DOCUMENT, "image or video"
    for start, document in _DOCUMENTS:
        if data.startswith(start):
            return Refusal.OTHER_DOCUMENT, document
    return _text(data)


def _compound_file(data: bytes) -> tuple[Refusal, str]:
    """Excel 97-2003, or a modern workbook that a password encrypts, or Word 97-2003: told apart by stream names."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refusal.ENCRYPTED, ""
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return Refusal.LEGACY_XLS, "Excel 97-2003"
    for stream, document in (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint"), ("__substg1", "Outlook")):
        if stream.encode("utf-16-le") in data:
            return Refusal.OTHER_DOCUMENT, document
    return Refusal.LEGACY_XLS, "OLE2"


def _text(data: bytes) -> tuple[Refusal, str]:
    text = _decoded(data[:_HEAD])
    if text is None:
        return Refusal.UNKNOWN, f"first bytes {data[:8].hex(' ')}"
    start = text.lstrip().lower()
    return _markup(start) if start.startswith("<") else _plain_text(start)


def _plain_text(start: str) -> tuple[Refusal, str]:
    if start.startswith("mime-version:") or "multipart/related" in start:
        return Refusal.HTML, "MHTML"
    return Refusal.CSV, "text"


def _markup(start: str) -> tuple[Refusal, str]:
    if re.search(r"urn:oasis:names:tc:opendocument|<office:document", start):
        return Refusal.OTHER_DOCUMENT, "flat OpenDocument (fods)"
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and not start.startswith("<html"):
        return Refusal.OTHER_DOCUMENT, "XML Excel 2003"
    if re.match(r"<(!doctype html|html|head|body|table|meta|style|div)\b", start) or "<html" in start:
        return Refusal.HTML, ""
    return Refusal.OTHER_DOCUMENT, "XML"


def _decoded(head: bytes) -> str | None:
    """The text of the first bytes, None when they are not text in any encoding that a French office uses."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        # Latin-1 never fails, and only the control characters decide.
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    is_text = all(character >= " " or character in _LAST_PRINTABLE_C0 for character in text)
    return text if is_text else None
