"""Saved messages (.eml, .emlx, .msg, mbox): who sent them and what is attached, by name. Nothing in them is opened."""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from cvsheet.errors import Refusal, UnreadableFile

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,50}):(?:[ \t]|\r?\n)")
_OF_MAIL = frozenset(
    b"from to cc subject date received return-path reply-to message-id delivered-to mime-version content-type "
    b"content-transfer-encoding content-disposition x-mailer x-unsent sender thread-topic".split()
)
_FEWEST_FIELDS = 2  # of a message among its first lines: a text may begin with one « Date : »
_SAVED_PAGE = re.compile(rb"snapshot-content-location:|from: *<?saved by|multipart/related", re.IGNORECASE)
_ADDRESSED = re.compile(
    rb"^(to|cc|received|delivered-to|return-path|message-id|x-unsent):", re.IGNORECASE | re.MULTILINE
)
_MOST_PARTS = 200
_OUTLOOK_STREAM = "__substg1".encode("utf-16-le")
_OUTLOOK_NAME = re.compile(
    rb'(?:[^\x00-\x1f"*/:<>?\\|~]\x00|[\x00-\xff][\x01-\x20]){1,200}\.\x00'
    rb"(?:[xX]\x00[lL]\x00[sS]\x00(?:[xXmMbB]\x00)?|[oO]\x00[dD]\x00[sS]\x00|[pP]\x00[dD]\x00[fF]\x00"
    rb"|[zZ]\x00[iI]\x00[pP]\x00|[dD]\x00[oO]\x00[cC]\x00(?:[xX]\x00)?|[cC]\x00[sS]\x00[vV]\x00)(?=\x00\x00|[^a-zA-Z])"
)


def looks_like_mail(head: bytes) -> bool:
    """Whether the first bytes are the header of a message, and not of a web page that a browser saved in one file."""
    lines = _without_envelope(head)
    block = re.split(rb"\r?\n\r?\n", lines, maxsplit=1)[0]
    fields = [_FIELD.match(line + b"\n") for line in block.splitlines() if line[:1] not in (b" ", b"\t")]
    known = {match[1].lower() for match in fields if match} & _OF_MAIL
    if len(known) < _FEWEST_FIELDS or not all(fields[:3]):
        return False
    return bool(_ADDRESSED.search(block)) or not _SAVED_PAGE.search(block)


def refuse_mail(data: bytes) -> UnreadableFile:
    """The refusal of a message: `detail` is the sender's address, `names` what is attached."""
    try:
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(_without_envelope(data))
        sender = parseaddr(str(message["From"] or ""))[1]
        names = [part.get_filename() for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        return UnreadableFile(Refusal.EMAIL)  # a header that the standard library does not survive
    return UnreadableFile(Refusal.EMAIL, sender, tuple(dict.fromkeys(_shown(name) for name in names if name)))


def is_outlook(data: bytes) -> bool:
    """Whether a compound file is a message of Outlook; whatever is attached to it may be a compound file too."""
    return _OUTLOOK_STREAM in data


def refuse_outlook(data: bytes) -> UnreadableFile:
    """The refusal of a message of Outlook. The names stand in it as texts: the directory need not be followed."""
    found = [match[0].decode("utf-16-le", "ignore") for match in _OUTLOOK_NAME.finditer(data)]
    return UnreadableFile(Refusal.EMAIL, "", tuple(dict.fromkeys(map(_shown, found))))


def _without_envelope(data: bytes) -> bytes:
    """`data` without what mail programs put before the first field: a length (.emlx), a line « From » (mbox)."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n ")
    return re.sub(rb"\A(?:\d{1,9}[ \t]*|From [^\r\n]*)\r?\n", b"", data, count=1)


def _shown(name: object) -> str:
    """A name on one line, without the folders that some programs write before it."""
    return re.split(r"[\\/]", " ".join(str(name).split()))[-1]
