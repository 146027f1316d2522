"""What the coordination decided and noted, in two small files of its own beside the contract.

A master can be deleted, moved, saved in another format: what a person typed in it stays here. Every row tells when it
was noted, and carries a check that no longer fits once a person has changed the row by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cvsheet.books.master.decisions import (
    BAR,
    DECISIONS,
    MOMENT,
    Arbitration,
    Basis,
    DecisionKey,
    Note,
    Reason,
    as_text,
)
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.kept_csv import (
    read_table,
    text_in,
    value_in,
    written_code,
    written_table,
    written_text,
    written_value,
)
from cvsheet.files.scalars import answer_of
from cvsheet.files.values import read_number
from cvsheet.model.framework import Framework, fingerprint
from cvsheet.model.records import Scalar
from cvsheet.model.submission import Answer

WHEN, CHECK = "Noté le", "Contrôle"
DECISION_TITLES = (
    "Campagne", "Ligne", "Mesure", "Valeur arbitrée", "Motif", "Commentaire coordination", "Décidée d’après",
    WHEN, CHECK,
)  # fmt: skip
NOTE_TITLES = ("Tableau", "Clé", "Colonne", "Contenu", "Provenance", "Raison", WHEN, CHECK)

NoteKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, when it was noted (naive UTC), and whether its row was changed by hand since. One that says nothing
    was withdrawn. `extra` holds what a person typed in columns of their own, `others` the rows of the same line that
    say something else and do not count."""

    arbitration: Arbitration
    noted: datetime
    by_hand: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
    others: tuple[Arbitration, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """The same of a note; one without a value was withdrawn."""

    note: Note
    noted: datetime
    by_hand: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """All decisions by campaign and line, all notes by `note_key`."""

    decisions: Mapping[tuple[str, str], Decided] = field(default_factory=dict)
    notes: Mapping[NoteKey, Noted] = field(default_factory=dict)

    @property
    def latest(self) -> datetime | None:
        """When its latest row was noted: a master made from it knows all of them."""
        noted = [one.noted for one in self.decisions.values()] + [one.noted for one in self.notes.values()]
        return max(noted, default=None)


def note_key(note: Note) -> NoteKey:
    """What makes two notes the same one: its place; where it has none, its content and why too."""
    where = (note.table, BAR.join(note.key), note.title)
    return (*where, str(note.reason), as_text(note.value)) if note.reason else where


def decisions_file(register: Register, framework: Framework) -> bytes:
    """*decisions.csv*."""
    return _file(DECISION_TITLES, ((_decision_row(one, framework), one.extra) for one in register.decisions.values()))


def notes_file(register: Register) -> bytes:
    """*notes.csv*."""
    return _file(NOTE_TITLES, ((_note_row(one), one.extra) for one in register.notes.values()))


def read_decisions(data: bytes, framework: Framework, saved_at: datetime) -> dict[tuple[str, str], Decided]:
    """What *decisions.csv* holds, last saved at `saved_at`; ValueError where it is no such table.

    Of two rows of one line the one changed by hand counts, else the later one; the other is kept beside it. A row
    without a line keeps a place of its own.
    """
    added, rows = read_table(data, DECISION_TITLES)
    found: dict[tuple[str, str], Decided] = {}
    for number, row in enumerate(rows, start=1):
        one = _decision(row, framework, saved_at, f"ligne {number}")
        one = replace(one, extra={title: row[title] for title in added if row.get(title)})
        key = one.arbitration.campaign, one.arbitration.line
        found[key] = _chosen(found[key], one) if key in found else one
    return found


def _chosen(former: Decided, one: Decided) -> Decided:
    """Which of two rows of one line counts, with what the other says otherwise."""
    chosen, left = (one, former) if one.by_hand or not former.by_hand else (former, one)
    said = (*former.others, *one.others, left.arbitration)
    return replace(chosen, others=tuple(other for other in said if not same(other, chosen.arbitration)))


def same(one: Arbitration, other: Arbitration) -> bool:
    """Whether both say the same, whatever answers they were made on."""
    return (as_text(one.written), one.motive, one.comment) == (as_text(other.written), other.motive, other.comment)


def read_notes(data: bytes, saved_at: datetime) -> dict[NoteKey, Noted]:
    """What *notes.csv* holds, likewise; of two rows of one place the later one counts, the other is a version of it."""
    added, rows = read_table(data, NOTE_TITLES)
    found: dict[NoteKey, Noted] = {}
    for row in rows:
        table, key, title, origin, reason = (
            text_in(row.get(name, "")) for name in ("Tableau", "Clé", "Colonne", "Provenance", "Raison")
        )
        note = Note(table, tuple(key.split(BAR)), title, value_in(row.get("Contenu", "")), origin, reason)
        noted, by_hand = _when(row, _check(_note_words(note)), saved_at)
        one = Noted(note, noted, by_hand, {name: row[name] for name in added if row.get(name)})
        former = found.get(note_key(note))
        if former is not None and former.note.value is not None and as_text(former.note.value) != as_text(note.value):
            other = replace(former.note, reason=Reason.OTHER_VERSION)
            found[note_key(other)] = replace(former, note=other)
        found[note_key(note)] = one
    return found


def _decision(row: Mapping[str, str], framework: Framework, saved_at: datetime, nowhere: str) -> Decided:
    campaign, line, motive, comment, basis = (
        text_in(row.get(title, "").strip())
        for title in ("Campagne", "Ligne", "Motif", "Commentaire coordination", "Décidée d’après")
    )
    typed = value_in(row.get("Valeur arbitrée", ""))
    one = Arbitration(
        campaign,
        line or nowhere,
        typed=typed,
        answer=_answer(typed, framework, line),
        motive=motive,
        comment=comment,
        basis=Basis(as_text(typed), basis) if basis else None,
    )
    noted, by_hand = _when(row, _check(_decision_words(one)), saved_at)
    return Decided(replace(one, basis=None) if by_hand else one, noted, by_hand)


def _answer(typed: Scalar, framework: Framework, line: str) -> Answer:
    """What a decision typed in the file says, in the unit of its line where it is a text."""
    known = framework.line.get(line)
    if known is None or not isinstance(typed, str):
        return answer_of(typed)
    cell = Cell(row=1, column=1, kind=CellKind.TEXT, raw=typed, value=typed)
    return read_number(cell, known.measure.type, known.measure.unit).answer


def _when(row: Mapping[str, str], check: str, saved_at: datetime) -> tuple[datetime, bool]:
    """When a row was noted, and whether a person changed it: then it counts as noted when the file was saved."""
    try:
        noted = datetime.strptime(text_in(row.get(WHEN, "").strip()), MOMENT)
    except ValueError:
        return saved_at, True
    changed = text_in(row.get(CHECK, "").strip()) != check
    return (saved_at if changed else noted), changed


def _decision_row(one: Decided, framework: Framework) -> dict[str, str]:
    said = one.arbitration
    line = framework.line.get(said.line)
    return {
        "Campagne": written_code(said.campaign),
        "Ligne": written_code(said.line),
        "Mesure": written_text(f"{line.measure.title} – {line.label}") if line else "",
        "Valeur arbitrée": written_value(said.written),
        "Motif": written_text(said.motive),
        "Commentaire coordination": written_text(said.comment),
        "Décidée d’après": written_text(said.basis.answers) if said.basis else "",
        WHEN: one.noted.strftime(MOMENT),
        CHECK: _check(_decision_words(said)),
    }


def _note_row(one: Noted) -> dict[str, str]:
    note = one.note
    return {
        "Tableau": written_text(note.table),
        "Clé": written_code(BAR.join(note.key)),
        "Colonne": written_text(note.title),
        "Contenu": written_value(note.value),
        "Provenance": written_text(note.origin),
        "Raison": written_text(str(note.reason)),
        WHEN: one.noted.strftime(MOMENT),
        CHECK: _check(_note_words(note)),
    }


def _decision_words(one: Arbitration) -> tuple[str, ...]:
    answers = one.basis.answers if one.basis else ""
    return (DECISIONS, one.campaign, one.line, as_text(one.written), one.motive, one.comment, answers)


def _note_words(note: Note) -> DecisionKey:
    return (note.table, BAR.join(note.key), note.title, as_text(note.value), str(note.reason))


def _check(words: Iterable[str]) -> str:
    """A letter first, so that no spreadsheet reads a number; spaces and line breaks count for nothing."""
    return f"c{fingerprint('|'.join(' '.join(word.split()) for word in words))}"


def _file(titles: tuple[str, ...], rows: Iterable[tuple[dict[str, str], Mapping[str, str]]]) -> bytes:
    found = [
        {**row, **{title: written_value(value_in(typed)) for title, typed in extra.items()}} for row, extra in rows
    ]
    added = dict.fromkeys(title for row in found for title in row if title not in titles)
    return written_table((*titles, *added), found)
