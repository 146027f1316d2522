"""Returns written as small text tables, so that the return stands beside what is expected of it.

A value is a number (``30``), ``nd``, ``ns``, ``so``, nothing, a text, or a form and what was typed:
``approximate!env. 20`` is unreadable, ``converted!1 234 → 1234`` was read 1234.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime

from cvsheet.model.framework import Framework
from cvsheet.model.submission import (
    BLANK,
    ActionReport,
    Answer,
    AnswerKind,
    Entry,
    Form,
    Identity,
    Observation,
    Quantity,
    StructureFact,
    Submission,
)
from tests.beside import beside
from tests.rules.small import FRAMEWORK

FIRST_ROW = 5
REASONS = {kind.value: kind for kind in (AnswerKind.NOT_AVAILABLE, AnswerKind.SECRET, AnswerKind.NOT_APPLICABLE)}
COLUMNS = {"valeur": "K", "reference": "H", "annee_reference": "I", "cible": "J", "annee_cible": "L"}
ACTION_COLUMNS = ("statut", "avancement", "debut", "fin", "beneficiaires", "femmes", "commentaire")


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a ``|`` table by the titles of its first line."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def entry(typed: str, cell: str) -> Entry:
    """The entry that `typed` stands for."""
    form, bang, rest = typed.partition("!")
    if bang:
        raw, arrow, read = rest.partition(" → ")
        answer = entry(read, cell).answer if arrow else Answer(AnswerKind.UNREADABLE)
        return Entry(answer, Form(form), raw, cell)
    if not typed:
        return Entry(BLANK, cell=cell)
    if typed in REASONS:
        return Entry(Answer(REASONS[typed]), raw=typed, cell=cell)
    try:
        return Entry(Answer(AnswerKind.NUMBER, float(typed)), raw=typed, cell=cell)
    except ValueError:
        return Entry(Answer(AnswerKind.TEXT, text=typed), raw=typed, cell=cell)


def day(typed: str, cell: str) -> Entry:
    """The entry of a date cell: ISO days are read as Excel dates."""
    if not typed or "!" in typed or typed in REASONS:
        return entry(typed, cell)
    return Entry(Answer(AnswerKind.TEXT, text=typed, day=date.fromisoformat(typed)), raw=typed, cell=cell)


def returned(  # noqa: PLR0913 - each is one thing that a test spoils
    table: str,
    actions: str = "",
    *,
    partner: str = "A",
    campaign: str = "2021",
    file: str = "",
    saved_at: datetime | None = datetime(2022, 1, 15),
    structure: tuple[StructureFact, ...] = (),
    framework: Framework = FRAMEWORK,
) -> Submission:
    """The return whose answers `table` shows; its file is called A-2021.xlsx unless `file` says otherwise."""
    name = file or f"{partner}-{campaign}.xlsx"
    whose = Identity("essai", campaign, partner, framework.version_for(campaign))
    observations = tuple(
        seen
        for number, row in enumerate(rows_of(table), start=FIRST_ROW)
        for seen in _observations(row, number, whose, name)
    )
    reports = tuple(
        _report(row, number, whose, name)
        for number, row in enumerate(rows_of(actions) if actions else [], start=FIRST_ROW)
    )
    sha256 = hashlib.sha256(repr((table, actions)).encode()).hexdigest()
    return Submission(name, sha256, "xlsx", saved_at, whose, observations, reports, structure)


def _observations(row: dict[str, str], number: int, whose: Identity, file: str) -> Iterator[Observation]:
    for quantity, column, year in (
        (Quantity.VALUE, "valeur", ""),
        (Quantity.BASELINE, "reference", "annee_reference"),
        (Quantity.TARGET, "cible", "annee_cible"),
    ):
        if column in row:
            yield Observation(
                whose.campaign,
                whose.partner,
                row["ligne"],
                quantity,
                entry(row[column], f"{COLUMNS[column]}{number}"),
                file,
                "Emploi",
                beside(
                    quantity,
                    row["commentaire"],
                    entry(row[year], f"{COLUMNS[year]}{number}") if year else None,
                ),
            )


def _report(row: dict[str, str], number: int, whose: Identity, file: str) -> ActionReport:
    entries = {
        column: (day if column in ("debut", "fin") else entry)(row[column], f"{'EFGHIJK'[place]}{number}")
        for place, column in enumerate(ACTION_COLUMNS)
    }
    added = row["action"].startswith("COMPL")
    title = row.get("intitule", "") if added else "Une action"
    return ActionReport(whose.campaign, whose.partner, row["action"], title, "1-1", added, entries, file, "Actions")
