"""A message as an .eml file that opens as a draft: in Outlook by its X-Unsent, elsewhere with « edit as new ».

The same inputs give the same bytes: no date, no random boundary. Nothing in a text can become a header or a part.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from cvsheet.model.framework import ContractSettings, Partner
from cvsheet.reports.visible import visible
from cvsheet.text.french import typeset

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_ADDRESS = re.compile(  # whole between spaces and separators: what is cut off a longer word is another address
    r"(?<![^\s;,/<>()\"':])[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]+@"
    r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?![^\s;,/<>()\"'])",
    re.ASCII,
)
_LONGEST_SUBJECT = 150  # characters


@dataclass(frozen=True, slots=True)
class Attachment:
    """A workbook to attach: its file name and its bytes."""

    name: str
    content: bytes


def draft(
    contract: ContractSettings, partner: Partner, subject: str, lines: Iterable[str], workbook: Attachment | None = None
) -> bytes:
    """The .eml file of a message from the coordinator to `partner`, with `workbook` attached where there is one.

    Where the coordinator's address is not known the mail program puts in its own; where the partner's is not, the
    coordinator does.
    """
    message = EmailMessage(policy=SMTP)
    senders = addresses_in(contract.email)
    if senders:
        message["From"] = senders[0]
    message.set_raw("Subject", _encoded("Subject", _one_line(subject)))
    message["To"] = ", ".join(addresses_in(partner.email))
    message["X-Unsent"] = "1"
    text = "\n".join(map(visible, lines))
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    if workbook is None:
        return message.as_bytes()
    main, sub = _XLSX
    message.add_attachment(workbook.content, maintype=main, subtype=sub, filename=attachment_name(workbook.name))
    message.set_boundary(f"=_cvsheet_{hashlib.sha256(text.encode() + workbook.content).hexdigest()[:32]}")
    return message.as_bytes()


def closing(contract: ContractSettings) -> Iterator[str]:
    """The last lines of every message: whom to ask, and who writes."""
    contact = " · ".join(part for part in (contract.email, contract.phone) if part)
    if contact:
        yield ""
        yield typeset(f"Une question ? {contact}")
    yield from ("", "Cordialement,", "")
    yield from filter(None, (contract.coordinator, contract.name))


def addresses_in(text: str) -> tuple[str, ...]:
    """The plain e-mail addresses in the contract's own cell (``a@x.fr ; Nom <b@y.fr> / c@z.fr``), each once; whatever
    else stands there is left out."""
    return tuple(dict.fromkeys(_ADDRESS.findall(text)))


def attachment_name(name: str) -> str:
    """`name` in the few characters that every mail program and system shows alike."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._()-]+", "-", plain).strip("-.") or "correction.xlsx"


def _encoded(name: str, text: str) -> str:
    """`text` as it stands in the header `name`. Folded by email.policy it would lose a space here and there between two
    encoded words (seen in Python 3.11); the older class folds it rightly."""
    return Header(text, "us-ascii" if text.isascii() else "utf-8", header_name=name).encode()


def _one_line(text: str) -> str:
    """`text` on one line, without anything that could begin another header."""
    words = " ".join(visible(" ".join(text.split())).split())
    return words if len(words) <= _LONGEST_SUBJECT else f"{words[: _LONGEST_SUBJECT - 1]}…"
