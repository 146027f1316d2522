"""Masters as cvsheet wrote them: one that nobody saved since is known by its sha256.

Then nobody typed anything in it, and its long sheets are not parsed for what nobody typed there, nor is anything of one
that was written before anybody had decided or noted something; and where its content would be what it was, it is not
made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import NOTHING_WRITTEN, Coordination, Note
from cvsheet.books.master.read_back import LARGE_SHEETS, FormerMaster
from cvsheet.workflows.kept import FOLDER, Store, key_of
from cvsheet.workflows.kept_judgements import judgement_to_bytes, told_of
from cvsheet.workflows.kept_readings import digest_of

LONG_TABLES = ("donnees", "contributions")  # of the `LARGE_SHEETS`
NOTHING, SOMETHING = b"", b"1"  # of the coordination's in a master as it was written


@dataclass(frozen=True, slots=True)
class KeptMasters:
    """What is known of masters that were written, by `store`."""

    store: Store

    def untouched(self, path: Path) -> FormerMaster | None:
        """What reading the master at `path` would yield, where nothing was decided or noted when it was written and
        nobody saved it since; None where that is not known."""
        content = digest_of(path)
        if content is None or self.store.find(_written(content)) != NOTHING:
            return None
        return FormerMaster(path.name, "", touched=False, saved_at=None, arbitrations=(), notes=(), titles=(), given={})

    def as_written(self, path: Path, notes: Iterable[Note]) -> tuple[str, ...]:
        """The sheets of the master at `path` that hold nothing of the coordination's, since they are as they were
        written; none where that is not known, or where one of the registered `notes` has its place there."""
        content = None if _speak_of_long_tables(notes) else digest_of(path)
        known = content is not None and self.store.find(_written(content)) is not None
        return LARGE_SHEETS if known else ()

    def is_made_of(self, path: Path, content: MasterContent) -> bool:
        """Whether the file at `path` is what was made of the same content."""
        key = _content_key(content)
        made = None if key is None else self.store.find(key)
        return made is not None and made == digest_of(path)

    def keep(self, content: MasterContent, workbook: bytes | Path) -> None:
        """Remember that `workbook` was made of `content`; of a file, before anybody else knows it."""
        made = digest_of(workbook) if isinstance(workbook, Path) else hashlib.sha256(workbook).digest()
        key = _content_key(content)
        if made is None:  # larger than what is ever looked at
            return
        if key is not None:
            self.store.keep(key, made)
        if not _has_margins(content.coordination):
            self.store.keep(_written(made), NOTHING if content.coordination == NOTHING_WRITTEN else SOMETHING)
        self.store.forget_unused()


def kept_masters(root: Path | None, *, keep: bool) -> KeptMasters | None:
    """What is kept in the contract's folder `root`, if it is to be used."""
    return KeptMasters(Store(root / FOLDER / "maitres")) if keep and root is not None else None


def _written(content: bytes) -> str:
    return key_of("écrit", content)


def _content_key(content: MasterContent) -> str | None:
    """What a master depends on: all else in `content` is worked out from it."""
    judged, told = judgement_to_bytes(content.assessment), told_of(content.assessment.received)
    if judged is None or told is None:
        return None
    said = (repr(content.framework), repr(content.coordination), content.campaign.code, content.root)
    return key_of("contenu", *said, judged, *told)


def _speak_of_long_tables(notes: Iterable[Note]) -> bool:
    return any(note.table in LONG_TABLES for note in notes)


def _has_margins(coordination: Coordination) -> bool:
    """Whether a person added columns to one of the long sheets, or noted something there."""
    added = any(table in LONG_TABLES for _, table, _ in coordination.titles)
    return added or _speak_of_long_tables(coordination.notes)
