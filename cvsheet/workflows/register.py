"""The register of decisions and notes at the contract's root: read before a master is made, brought up to date with
what the masters say, written again.

A master tells up to when it knows the register. What it says otherwise of a row that it knew was typed in it, what it
no longer holds of these was withdrawn in it; of rows noted later it knows nothing, and its version is only listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cvsheet.books.master.decisions import DECISIONS, Arbitration, Note, Reason, as_text
from cvsheet.books.master.notes import ORPHANS
from cvsheet.books.master.read_back import FormerMaster
from cvsheet.books.master.register import (
    Decided,
    Noted,
    Register,
    decisions_file,
    note_key,
    notes_file,
    read_decisions,
    read_notes,
    same,
)
from cvsheet.errors import OutputError
from cvsheet.files.atomic import look, refuse_held, write_atomically
from cvsheet.model.framework import Framework

DECISIONS_FILE, NOTES_FILE = "decisions.csv", "notes.csv"
Row = TypeVar("Row", Decided, Noted)
Rows = TypeVar("Rows")
Homeless = Callable[[str, str], bool]
NOTHING_REGISTERED = Register()


def read_register(root: Path, framework: Framework) -> Register:
    """What stands in the two files of `root`; OutputError where one cannot be read: nothing may be written then."""
    return Register(
        decisions=_read(root / DECISIONS_FILE, lambda data, at: read_decisions(data, framework, at)) or {},
        notes=_read(root / NOTES_FILE, read_notes) or {},
    )


def write_register(root: Path, framework: Framework, register: Register) -> None:
    """Bring the two files up to date; none is made where there is nothing to keep."""
    files = (
        (root / DECISIONS_FILE, decisions_file(register, framework), register.decisions),
        (root / NOTES_FILE, notes_file(register), register.notes),
    )
    for path, content, rows in files:
        if path.exists():
            refuse_held(path)
        if (rows or path.exists()) and not (path.exists() and path.read_bytes() == content):
            write_atomically(path, content, seen=look(path))


def _read(path: Path, read: Callable[[bytes, datetime], Rows]) -> Rows | None:
    try:
        saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None, microsecond=0)
        return read(path.read_bytes(), saved_at)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise OutputError(
            f"« {path} », où vos décisions sont gardées, ne peut pas être relu : rien n’a été écrit. Remettez sa ligne "
            "de titres, ou rangez-le ailleurs pour qu’il soit refait d’après le classeur maître, puis relancez."
        ) from error


@dataclass
class Merging:
    """A register brought up to date. `versions` are what masters say otherwise without being followed; `withdrawn` are
    the decisions that a person took back in one of them."""

    register: Register
    now: datetime = field(init=False)
    decisions: dict[tuple[str, str], Decided] = field(init=False)
    notes: dict[tuple[str, ...], Noted] = field(init=False)
    versions: list[tuple[Arbitration, Arbitration, FormerMaster]] = field(default_factory=list)
    withdrawn: list[Arbitration] = field(default_factory=list)

    def __post_init__(self) -> None:
        clock = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        latest = self.register.latest
        self.now = clock if latest is None else max(clock, latest + timedelta(seconds=1))  # later than all it knows
        self.decisions = {key: _settled(one, self.now) for key, one in self.register.decisions.items()}
        self.notes = {key: _settled(one, self.now) for key, one in self.register.notes.items()}

    @property
    def result(self) -> Register:
        return Register(self.decisions, self.notes)

    def decided(self, master: FormerMaster, said: Mapping[tuple[str, str], Arbitration], homeless: Homeless) -> None:
        """Bring in the decisions that `master` holds, those that lost their row among them; `homeless` tells which
        have none in the contract of today."""
        for key, one in said.items():
            self._decision(master, key, one)
        listed = master.rows.get(DECISIONS, frozenset())
        for key, mine in list(self.decisions.items()):
            if key in said or not mine.arbitration.says_something or not _knows(master, mine, withdrawing=True):
                continue
            if key in listed or (ORPHANS in master.rows and homeless(*key)):
                self.withdrawn.append(mine.arbitration)
                self.decisions[key] = replace(mine, arbitration=Arbitration(*key), noted=self.now)

    def _decision(self, master: FormerMaster, key: tuple[str, str], one: Arbitration) -> None:
        mine = self.decisions.get(key)
        if mine is None:
            self.decisions[key] = Decided(one, self.now)
        elif same(mine.arbitration, one):
            if one.basis is not None and one.basis != mine.arbitration.basis and _knows(master, mine):
                self.decisions[key] = replace(mine, arbitration=one, noted=self.now)
        elif _knows(master, mine):
            self.decisions[key] = replace(mine, arbitration=one, noted=self.now)
        elif mine.arbitration.says_something or master.touched:
            self.versions.append((one, mine.arbitration, master))

    def noted(self, master: FormerMaster, notes: Sequence[Note]) -> Iterator[Note]:
        """Bring in the `notes` of `master`, all but decisions; yields the other versions of what is kept."""
        said = {note_key(note) for note in notes}
        for note in notes:
            mine = self.notes.get(note_key(note))
            if mine is None or (mine.note.value != note.value and _knows(master, mine)):
                self.notes[note_key(note)] = Noted(note, self.now, extra=mine.extra if mine else {})
            elif as_text(mine.note.value) != as_text(note.value) and mine.note.value is not None:
                yield replace(note, reason=Reason.OTHER_VERSION)
        for key, mine in list(self.notes.items()):
            note = mine.note
            held = ORPHANS in master.rows if note.reason else master.holds(note.table, note.key)
            if key not in said and note.value is not None and held and _knows(master, mine, withdrawing=True):
                self.notes[key] = replace(mine, note=replace(note, value=None), noted=self.now)


def _settled(one: Row, now: datetime) -> Row:
    """What was changed by hand is noted anew."""
    return replace(one, noted=max(one.noted, now)) if one.by_hand else one


def _knows(master: FormerMaster, mine: Decided | Noted, *, withdrawing: bool = False) -> bool:
    """Whether `master` was made with that row before it, so that it says what a person typed since. One that does not
    tell is followed where a person saved it later; it withdraws nothing."""
    if mine.by_hand:
        return False
    if master.register is not None:
        return mine.noted <= master.register
    return not withdrawing and master.touched and master.saved_at is not None and mine.noted < master.saved_at
