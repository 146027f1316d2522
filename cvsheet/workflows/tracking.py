"""*suivi.csv* at the contract's root: what was prepared for whom, until when, and what became of it.

It tells which campaigns were sent, outlives `envois/`, and is the list that the coordination ticks off: columns that a
person adds stay. A row that is deleted by hand was never sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path

from cvsheet.errors import OutputError
from cvsheet.files.atomic import look, refuse_held, write_atomically
from cvsheet.files.kept_csv import (
    read_table,
    text_in,
    value_in,
    written_code,
    written_table,
    written_text,
    written_value,
)
from cvsheet.model.framework import Framework
from cvsheet.model.records import Scalar

FILE = "suivi.csv"
CAMPAIGN, PARTNER, NAME = "Campagne", "Partenaire", "Nom"
COLUMNS = {
    "prepared": "Classeur préparé le",
    "until": "À renvoyer avant le",
    "invited": "Premier message",
    "reminded": "Relance",
    "corrected": "Correction",
    "received": "Reçu le",
    "file": "Fichier reçu",
    "answers": "Réponses",
    "errors": "À corriger",
    "thanked": "Accusé de réception",
    "adopted": "Adopté le",
}
TITLES = (CAMPAIGN, PARTNER, NAME, *COLUMNS.values())

TrackKey = tuple[str, str]
"""Campaign and partner."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One partner in one campaign: the days on which its workbook, its messages and its receipt were last made, until
    when it was asked to answer, and its return as it was when it was first seen. `extra`: columns of a person's own."""

    prepared: date | None = None
    until: date | None = None
    invited: date | None = None
    reminded: date | None = None
    corrected: date | None = None
    received: date | None = None
    file: str = ""
    answers: int | None = None
    errors: int | None = None
    thanked: date | None = None
    adopted: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


NOTHING = Tracked()


@dataclass(frozen=True, slots=True)
class Tracking:
    """All rows, in the order in which they were made."""

    rows: Mapping[TrackKey, Tracked] = field(default_factory=dict)

    def of(self, campaign: str, partner: str) -> Tracked:
        return self.rows.get((campaign, partner), NOTHING)

    def sent(self, campaign: str) -> tuple[str, ...]:
        """The partners that have a row in `campaign`: they were asked."""
        return tuple(partner for code, partner in self.rows if code == campaign)

    def adopted(self, campaign: str) -> bool:
        return any(code == campaign and one.adopted for (code, _), one in self.rows.items())

    def noting(self, campaign: str, partners: Iterable[str], **what: object) -> Tracking:
        """The same with `what` in the rows of `partners`."""
        noted = {(campaign, partner): replace(self.of(campaign, partner), **what) for partner in partners}  # type: ignore[arg-type]
        return Tracking({**self.rows, **noted})


def read_tracking(root: Path) -> Tracking:
    """What stands in the file of `root`; OutputError where it cannot be read."""
    path = root / FILE
    try:
        added, rows = read_table(path.read_bytes(), TITLES)
    except FileNotFoundError:
        return Tracking()
    except (OSError, ValueError) as error:
        raise OutputError(
            f"« {path} », qui dit ce qui a été envoyé, ne peut pas être relu. Remettez sa ligne de titres, ou "
            "rangez-le ailleurs : il sera refait d’après envois/. Puis relancez."
        ) from error
    return Tracking(
        {
            (text_in(row.get(CAMPAIGN, "").strip()), text_in(row.get(PARTNER, "").strip())): _tracked(row, added)
            for row in rows
        }
    )


def write_tracking(root: Path, framework: Framework, tracking: Tracking) -> None:
    """Bring the file up to date; OutputError where it is open elsewhere."""
    path = root / FILE
    added = dict.fromkeys(title for one in tracking.rows.values() for title in one.extra)
    content = written_table((*TITLES, *added), (_row(framework, key, one) for key, one in tracking.rows.items()))
    if path.exists() and path.read_bytes() == content:
        return
    refuse_held(path)
    write_atomically(path, content, seen=look(path))


def refuse_held_tracking(root: Path) -> None:
    """OutputError where the file is open in another program: known before anything is written."""
    if (root / FILE).exists():
        refuse_held(root / FILE)


def _tracked(row: Mapping[str, str], added: Iterable[str]) -> Tracked:
    values = {name: value_in(row.get(title, "")) for name, title in COLUMNS.items()}
    return Tracked(
        **{name: _kept(name, value) for name, value in values.items()},  # type: ignore[arg-type]
        extra={title: row[title] for title in added if row.get(title)},
    )


def _kept(name: str, value: Scalar) -> object:
    """What a cell says, in the type of its column; a day that is none is nothing."""
    if name == "file":
        return "" if value is None else str(value)
    if name in ("answers", "errors"):
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _row(framework: Framework, key: TrackKey, one: Tracked) -> dict[str, str]:
    campaign, code = key
    partner = framework.partner.get(code)
    said = {COLUMNS[item.name]: getattr(one, item.name) for item in fields(one) if item.name in COLUMNS}
    return {
        CAMPAIGN: written_code(campaign),
        PARTNER: written_code(code),
        NAME: written_text(partner.name) if partner else "",
        **{title: written_value(value or None if isinstance(value, str) else value) for title, value in said.items()},
        **{title: written_value(value_in(typed)) for title, typed in one.extra.items()},
    }
