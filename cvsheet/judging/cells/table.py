"""Every input cell of the current returns as one frame: the long table of answers, then what is typed beside them and
action entries. Comments and sources stand in the rows of their answers.

Beside each cell stands what may be typed in it, taken from `schemas/*.json` and from the framework: one pandera schema
then judges all submissions together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from cvsheet.figures.likely_days import likely_days
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.model.framework import Framework, Line
from cvsheet.model.long_table import NUMBERS, columns, other_remarks, rows_of
from cvsheet.model.submission import ActionReport, AnswerKind, Entry, Observation, Quantity, Submission, place_of
from cvsheet.schema.roles import ACTIONS, beside_answers, columns_of, name_of, named
from cvsheet.schema.tables import Column, Role, Table, load_table

if TYPE_CHECKING:
    import pandas as pd

PERCENT = "pourcentage"
BOUNDS = ("minimum", "maximum", "plausible_minimum", "plausible_maximum")
YEARS_OF_A_CALENDAR = (1000, 9999)
_KINDS: Mapping[str, Any] = {
    **dict.fromkeys((*NUMBERS, *BOUNDS), "float64"),
    **dict.fromkeys(("entier", "pourcentage", "obligatoire"), "bool"),
    "rang": "int64",
}


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
    another answer), `colonne` (its schema column), those of `Wanted` and those of `_derived`.

    The answers come first and keep the index of the long table. `empty` names the files that came back wholly
    empty: nothing is required of them, one finding says it all.
    """
    import pandas as pd

    framework, observations = evidence.framework, evidence.observations
    limits_of = {code: _wanted_line(line) for code, line in framework.line.items()}
    rows = [
        (*row, seen.explanation, columns_of(seen.quantity)[0], *_wanted_answer(framework, limits_of, seen, empty))
        for seen, row in zip(observations, rows_of(observations), strict=True)
    ]
    rows += [
        (*row, *wanted) for row, wanted in (*_beside_rows(observations), *_action_rows(framework, evidence.submissions))
    ]
    names = (*columns(), "explication", "colonne", *Wanted._fields)
    given = dict(zip(names, zip(*rows, strict=True) if rows else repeat(()), strict=bool(rows)))
    # Texts stay Python's own: pandas would store each anew, which takes longer than all that is asked of them.
    complete = {**given, **_derived(given, framework)}
    return pd.DataFrame({name: pd.Series(cells, dtype=_KINDS.get(name, "object")) for name, cells in complete.items()})


def _derived(cells: Mapping[str, Sequence[Any]], framework: Framework) -> Mapping[str, Sequence[object]]:
    """What several constraints need: `refus`, `libre` (all free text of a cell), likely days, the day that stands in a
    cell, and the place of a line in the framework (`rang`) with its title and the breakdown of its category, empty for
    a total."""
    places = {
        code: (place, _breakdown(line), line.full_title) for place, (code, line) in enumerate(framework.line.items())
    }
    days = _likely_days(framework)
    windows = [days.get(key, ("", "")) for key in zip(cells["campagne"], cells["colonne"], strict=True)]
    lines = [places.get(code, (-1, "", "")) for code in cells["ligne"]]
    return {
        "rang": [place for place, _, _ in lines],
        "ventilation": [breakdown for _, breakdown, _ in lines],
        "intitule": [title for _, _, title in lines],
        "refus": _each(_refused, cells, "reponse", "attendu", "forme"),
        "libre": _each(_free_text, cells, "grandeur", "commentaire", "source", "attendu", "texte"),
        "premier_jour": [first for first, _ in windows],
        "dernier_jour": [last for _, last in windows],
        "jour": _each(partial(_day, named(Role.YEAR)), cells, "attendu", "reponse", "texte", "colonne", "nombre"),
    }


def _each(function: Callable[..., object], cells: Mapping[str, Sequence[Any]], *names: str) -> Sequence[object]:
    """`function` of these columns, row by row."""
    return [*map(function, *(cells[name] for name in names))]


def _breakdown(line: Line) -> str:
    return line.category.breakdown if line.category else ""


def _likely_days(framework: Framework) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Campaign and column of a date or a year -> the first and the last day that is not asked about, as ISO texts."""
    return {
        (campaign.code, name): (first.isoformat(), last.isoformat())
        for campaign in framework.campaigns
        for name, (first, last) in likely_days(framework, campaign).items()
    }


def _refused(answer: str, wanted: str, form: str) -> str | None:
    """What was wanted and how it was typed, of a cell that could not be read."""
    return f"{wanted} {form}" if answer == AnswerKind.UNREADABLE else None


def _free_text(quantity: str, comment: str, source: str, wanted: str, text: str) -> str:
    own = f"{comment}\n{source}" if quantity in (Quantity.VALUE, Quantity.BASELINE) else ""
    return f"{own}\n{text if wanted == 'texte' else ''}"


def _day(years: frozenset[str], wanted: str, answer: str, text: str, column: str, number: float | None) -> str:
    """The day that a cell holds, as an ISO text; for a year one within it, nothing for anything else."""
    if column in years and number is not None and YEARS_OF_A_CALENDAR[0] <= number <= YEARS_OF_A_CALENDAR[1]:
        return f"{number:04.0f}-07-01"
    return text if wanted == "date" and answer == AnswerKind.TEXT else ""


def _wanted_answer(
    framework: Framework, limits_of: Mapping[str, Wanted], seen: Observation, empty: frozenset[str]
) -> Wanted:
    line = framework.line.get(seen.line)
    if line is None:
        return Wanted("texte")
    there = bool(seen.entry.cell)  # a cell that is gone was never left blank: its column or row is missing
    asked = there and line.required and seen.file not in empty and seen.quantity is not Quantity.TARGET
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


def _beside_rows(observations: Sequence[Observation]) -> Iterator[tuple[tuple[object, ...], Wanted]]:
    """One row per filled cell, also where it stands beside two answers of its line."""
    in_rows_of_answers = (Role.COMMENT, Role.SOURCE)
    wanted = {name: _wanted_column(column) for name, column in beside_answers().items()
              if column.role not in in_rows_of_answers}  # fmt: skip
    told: set[tuple[str, str, str]] = set()
    for seen in observations:
        for name, entry in seen.beside.items():
            place = place_of(seen, entry)
            if name in wanted and place not in told:
                told.add(place)
                yield (*_row(seen, seen.line, entry, seen.comment), seen.explanation, name), wanted[name]


def _action_rows(
    framework: Framework, submissions: Sequence[Submission]
) -> Iterator[tuple[tuple[object, ...], Wanted]]:
    wanted = _wanted_actions(load_table(ACTIONS))
    comment_column = name_of(Role.COMMENT)
    for submission in submissions:
        for report in submission.actions:
            comment = _text(report.entries.get(comment_column))
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
        *("" for _ in other_remarks()),
    )


def _text(entry: Entry | None) -> str:
    return entry.answer.text if entry else ""
