"""The first look at a file: from its name and its first bytes, what it is when it is no zip archive.

Partners rename: the extension is never trusted, only what the bytes say. A zip is left to `package`.
"""

from __future__ import annotations

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.file_names import is_lock
from cvsheet.files.grid.mails import is_outlook, refuse_outlook
from cvsheet.files.grid.texts import text_refusal

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
    (b"ID3", "sound or video"),
    (b"OggS", "sound or video"),
    (b"\x1aE\xdf\xa3", "sound or video"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "archive 7z"),
    (b"Rar!", "archive RAR"),
    (b"\x1f\x8b", "archive gzip"),
)
HEAD = 4096
_WINDOWS_LINK = b"L\x00\x00\x00\x01\x14\x02\x00"
_STILL_PICTURES = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
UNNAMED_COMPOUND = "OLE2"
_HOLDS_MORE = (Refusal.EMAIL, Refusal.CSV)  # attachments; a table that may be one of our own
_LAST_PRINTABLE_C0 = "\t\n\r\f"


def refuse_lock_file(name: str) -> None:
    """Refuse by its name what Excel or LibreOffice leaves beside a workbook that is open."""
    if is_lock(name):
        raise UnreadableFile(Refusal.LOCK_FILE, name)


def refuse_unless_zip(data: bytes) -> None:
    """Return for a zip archive; otherwise raise UnreadableFile naming what the file really is."""
    if not data:
        raise UnreadableFile(Refusal.EMPTY)
    if any(start.startswith(data) for start in _ZIP):
        raise UnreadableFile(Refusal.TRUNCATED, f"{len(data)} bytes")
    if not data.startswith(_ZIP):
        raise _what_it_is(data)


def at_a_glance(head: bytes) -> UnreadableFile | None:
    """What a file is by its first HEAD bytes, None where more of it must be looked at."""
    if head.startswith((*_ZIP, _COMPOUND_FILE)):
        return None
    refusal = _what_it_is(head) if head else UnreadableFile(Refusal.EMPTY)
    return None if refusal.reason in _HOLDS_MORE else refusal


def _what_it_is(data: bytes) -> UnreadableFile:
    if data.startswith(_COMPOUND_FILE):
        return _compound_file(data)
    if data.startswith(_RAW_BIFF):
        return UnreadableFile(Refusal.LEGACY_XLS, "Excel 2-5")
    if data.startswith(_WINDOWS_LINK) or (data.startswith(b"bplist00") and b"URL" in data):
        return UnreadableFile(Refusal.SHORTCUT)
    if b"%PDF-" in data[:1024]:
        return UnreadableFile(Refusal.PDF)
    document = _document(data)
    if document:
        return UnreadableFile(Refusal.OTHER_DOCUMENT, document)
    text = _decoded(data[:HEAD])
    unknown = UnreadableFile(Refusal.UNKNOWN, f"first bytes {data[:8].hex(' ')}")
    return unknown if text is None else text_refusal(data, text)


def _document(data: bytes) -> str:
    """What its first bytes say of a picture, a film, an archive..., "" where they are none of these."""
    if data[4:8] == b"ftyp":
        return "image" if data[8:12] in _STILL_PICTURES else "sound or video"
    if data[8:12] == b"WEBP":
        return "image"
    return next((document for start, document in _DOCUMENTS if data.startswith(start)), "")


def _compound_file(data: bytes) -> UnreadableFile:
    """Outlook, Word or Excel 97-2003, or a modern workbook that a password encrypts: told apart by stream names.

    What holds the others comes first: a message with a workbook attached, a letter with a table in it.
    """
    if is_outlook(data):
        return refuse_outlook(data)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableFile(Refusal.ENCRYPTED)
    for stream, document in (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint")):
        if stream.encode("utf-16-le") in data:
            return UnreadableFile(Refusal.OTHER_DOCUMENT, document)
    is_excel = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    return UnreadableFile(Refusal.LEGACY_XLS, "Excel 97-2003" if is_excel else UNNAMED_COMPOUND)


def _decoded(head: bytes) -> str | None:
    """The text of the first bytes, None when they are not text in any encoding that a French office uses."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        # Latin-1 never fails, and only the control characters decide.
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    is_text = all(character >= " " or character in _LAST_PRINTABLE_C0 for character in text)
    return text if is_text else None
