"""What a person reads, for tests: with ordinary spaces, whatever French typography puts there."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest

Captured = pytest.CaptureFixture[str]


def plain(text: object) -> str:
    return str(text or "").replace("\u00a0", " ").replace("\u202f", " ")


def said(capsys: Captured) -> str:
    """What a command said since the last look, on both outputs."""
    out, err = capsys.readouterr()
    return plain(out + err)


def parsed(message: bytes | Path) -> EmailMessage:
    content = message.read_bytes() if isinstance(message, Path) else message
    return cast(EmailMessage, email.message_from_bytes(content, policy=default))


def body_of(message: bytes | Path) -> str:
    """The words of a message."""
    body = parsed(message).get_body()
    assert body is not None
    return plain(body.get_content())
