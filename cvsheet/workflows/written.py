"""A message that was written: for whom, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """One message; `recipients` are the addresses in it, none where none is known."""

    campaign: str
    partner: str
    message: Path
    recipients: tuple[str, ...]
