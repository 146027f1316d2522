"""Every input cell of the current returns as one frame: the long table of answers, then years and action entries.

Beside each cell stands what may be typed in it, taken from `schemas/*.json` and from the framework: one pandera schema
then judges all submissions together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cvsheet.judging.engine.evidence import Evidence
from cvsheet.model.framework import Framework, Line
from cvsheet.model.long_table import COLUMNS
from cvsheet.model.submission import COLUMNS_OF, ActionReport, Entry, Observation, Quantity, Submission, place_of
from cvsheet.schema.tables import Column, Table, load_table

if TYPE_CHECKING:
    import pandas as pd

PERCENT = "pourcentage"
ANSWER_COLUMNS = {quantity: answer for quantity, (answer, _) in COLUMNS_OF.items()}
YEAR_COLUMNS = {quantity: year for quantity, (_, year) in COLUMNS_OF.items() if year}
BOUNDS = ("minimum", "maximum", "plausible_minimum", "plausible_maximum")


class Wanted(NamedTuple):
    """What a cell wants: its kind (nombre, date, liste, texte), and the limits of a number or of a list."""

    attendu: str
    entier: bool = False
    pourcentage: bool = False
    minimum: float | None = None
    maximum: float | None = None
    plausible_minimum: float | None = None
    plausible_maximum: float | None = None
    obligatoire: bool = False
    choix: str = ""


def cell_table(evidence: Evidence, empty: frozenset[str]) -> pd.DataFrame:
    """One row per input cell; columns of the long table, `explication` (the comment, unless it was written for
    another answer), `colonne` (its schema column) and those of `Wanted`.

    The answers come first and keep the index of the long table. `empty` names the files that came back wholly
    empty: nothing is required of them, one finding says it all.
    """
    import pandas as pd

    framework, observations = evidence.framework, evidence.observations
    rows = [*_year_rows(observations), *_action_rows(framework, evidence.submissions)]
    limits_of = {code: _wanted_line(line) for code, line in framework.line.items()}
    wanted = [_wanted_answer(framework, limits_of, seen, seen.file in empty) for seen in observations]
    table = evidence.table.assign(
        explication=[seen.explanation for seen in observations],
        colonne=[ANSWER_COLUMNS[seen.quantity] for seen in observations],
    )
    if rows:
        others = pd.DataFrame([row for row, _ in rows], columns=[*COLUMNS, "explication", "colonne"])
        others = others.astype({"nombre": "float64", "annee": "float64"})
        table = pd.concat([table, others], ignore_index=True) if len(table) else others
        wanted += [want for _, want in rows]
    limits = pd.DataFrame(wanted, columns=list(Wanted._fields)).astype(dict.fromkeys(BOUNDS, "float64"))
    return table.assign(**{name: limits[name].to_numpy() for name in Wanted._fields})


def _wanted_answer(
    framework: Framework, limits_of: Mapping[str, Wanted], seen: Observation, in_empty_file: bool
) -> Wanted:
    line = framework.line.get(seen.line)
    if line is None:
        return Wanted("texte")
    there = bool(seen.entry.cell)  # a cell that is gone was never left blank: its column or row is missing
    asked = there and line.required and not in_empty_file and seen.quantity is not Quantity.TARGET
    wanted = limits_of[seen.line]
    return wanted._replace(obligatoire=True) if asked else wanted


def _wanted_line(line: Line) -> Wanted:
    if line.measure.is_text:
        return Wanted("texte")
    limits = line.limits
    return Wanted(
        "nombre",
        entier=limits.whole,
        pourcentage=line.measure.type == PERCENT,
        minimum=limits.minimum,
        maximum=limits.maximum,
        plausible_minimum=limits.plausible_minimum,
        plausible_maximum=limits.plausible_maximum,
    )


def _wanted_column(column: Column) -> Wanted:
    """What the schema of a typed column says."""
    if column.enum:
        return Wanted("liste", choix=", ".join(column.enum))
    if column.type == "date":
        return Wanted("date")
    if column.type not in ("integer", "number"):
        return Wanted("texte")
    whole = column.type == "integer"
    return Wanted("nombre", whole, column.percentage, column.minimum, column.maximum)


def _year_rows(observations: Sequence[Observation]) -> Iterator[tuple[tuple[object, ...], Wanted]]:
    table = load_table("saisie_reference")
    wanted = {name: _wanted_column(table.column(name)) for name in YEAR_COLUMNS.values()}
    for seen in observations:
        if seen.year is not None and seen.quantity in YEAR_COLUMNS:
            name = YEAR_COLUMNS[seen.quantity]
            yield (*_row(seen, seen.line, seen.year, seen.comment), seen.explanation, name), wanted[name]


def _action_rows(
    framework: Framework, submissions: Sequence[Submission]
) -> Iterator[tuple[tuple[object, ...], Wanted]]:
    wanted = _wanted_actions(load_table("saisie_actions"))
    for submission in submissions:
        for report in submission.actions:
            comment = _text(report.entries.get("commentaire"))
            for name, entry in report.entries.items():
                if name in wanted:
                    yield (*_row(report, report.action, entry, comment), comment, name), wanted[name]


def _wanted_actions(table: Table) -> Mapping[str, Wanted]:
    return {column.name: _wanted_column(column) for column in table.columns if column.input}


def _row(origin: Observation | ActionReport, line: str, entry: Entry, comment: str) -> tuple[object, ...]:
    """A row with the columns of the long table for a cell that is no answer to a line."""
    answer = entry.answer
    return (
        origin.campaign,
        origin.partner,
        line,
        "",
        answer.kind.value,
        answer.number,
        answer.text,
        entry.form.value,
        entry.raw,
        comment,
        None,
        "",
        *place_of(origin, entry),
    )


def _text(entry: Entry | None) -> str:
    return entry.answer.text if entry else ""
