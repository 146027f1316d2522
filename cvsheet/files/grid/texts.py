"""What a text is that came instead of a workbook: a message, a link, a workbook in letters, a table, or just a text."""

from __future__ import annotations

import base64
import binascii
import re

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.mails import looks_like_mail, refuse_mail

_LINKS = re.compile(
    r"\[internetshortcut\]|\[desktop entry\].*\burl\s*=|\{[^\n]*\"doc_id\"\s*:|\{\s*\"url\"\s*:\s*\"https?://|https?://\S+\s*\Z",
    re.DOTALL,
)
_LINK_PLIST = re.compile(r"<plist\b.*<key>url</key>", re.DOTALL)
_LETTERS = re.compile(r"(?:data:[\w.+/-]*(?:;[\w=.+-]*)*;base64,)?\s*([A-Za-z0-9+/\s]{60,}=*)")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LINES = 20  # looked at, to tell a table from a text


def text_refusal(data: bytes, text: str) -> UnreadableFile:
    """Why `data`, whose first bytes read `text`, is no workbook."""
    if looks_like_mail(data[:65_536]):
        return refuse_mail(data)
    start = text.lstrip()
    if re.match(_LINKS, start.lower()) or _LINK_PLIST.search(start.lower()):
        return UnreadableFile(Refusal.SHORTCUT)
    if start.startswith("<"):
        return _markup(start.lower())
    if start.lower().startswith("mime-version:") or "multipart/related" in start.lower():
        return UnreadableFile(Refusal.HTML, "MHTML")
    if _is_encoded_workbook(start):
        return UnreadableFile(Refusal.BASE64)
    return UnreadableFile(Refusal.CSV if _is_table(start) else Refusal.PROSE, "text")


def _markup(start: str) -> UnreadableFile:
    if re.search(r"urn:oasis:names:tc:opendocument|<office:document", start):
        is_workbook = "opendocument.spreadsheet" in start
        return UnreadableFile(Refusal.FLAT_XML, "fods") if is_workbook else _other("OpenDocument")
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and not start.startswith("<html"):
        return UnreadableFile(Refusal.FLAT_XML, "XML Excel 2003")
    if re.match(r"<(!doctype html|html|head|body|table|meta|style|div)\b", start) or "<html" in start:
        return UnreadableFile(Refusal.HTML)
    return _other("XML")


def _other(what: str) -> UnreadableFile:
    return UnreadableFile(Refusal.OTHER_DOCUMENT, what)


def _is_encoded_workbook(start: str) -> bool:
    """Whether the letters of `start` spell the first bytes of a workbook."""
    match = _LETTERS.match(start)
    letters = "".join(match[1].split())[:64] if match else ""
    try:
        return base64.b64decode(letters, validate=True).startswith(_WORKBOOKS)
    except binascii.Error:
        return False


def _is_table(text: str) -> bool:
    """Whether each of the first lines holds the same separator, commas in the same number: prose has commas too."""
    lines = [line for line in text.splitlines() if line.strip()][:_LINES]
    if any(all(sign in line for line in lines) for sign in ";\t|"):
        return bool(lines)
    counts = {line.count(",") for line in lines[: max(1, len(lines) - 1)]}  # the last may be cut
    return len(lines) > 1 and len(counts) == 1 and counts != {0}
