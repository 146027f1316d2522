"""The pandera schema of the cell table, applied once, lazily, to all submissions together; its failures as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from math import isnan
from typing import TYPE_CHECKING, Any

from cvsheet.judging.cells import forms, typed
from cvsheet.judging.cells.remedies import instead_of, lookalikes
from cvsheet.judging.cells.table import cell_table
from cvsheet.judging.cells.values import VALUE_RULES, personal_kinds
from cvsheet.judging.engine.catalogue import rules_of
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import Rule
from cvsheet.judging.engine.ruling import Outcome, Ruling, Severities, found, settle
from cvsheet.judging.files.identity import has_answers
from cvsheet.model.findings import Fact, Named, Place
from cvsheet.model.submission import AnswerKind, Observation, Submission, place_of
from cvsheet.schema.roles import name_of, named
from cvsheet.schema.tables import Role
from cvsheet.text.french import french_date, french_exact, french_interval, french_number

if TYPE_CHECKING:
    import pandas as pd
    from pandera.pandas import DataFrameSchema

    Constraint = Rule[pd.DataFrame, pd.Series[bool]]
    Broken = tuple[str, Callable[[], pd.Series[bool]]]  # the code of a rule, and which cells keep to it


CONSTRAINTS: Mapping[str, tuple[Constraint, ...]] = {"refus": rules_of(typed), "forme": rules_of(forms), **VALUE_RULES}
"""Every VAL rule, by the column that it stands on."""
MOST_AT_ONCE = 15_000  # answers: of 500 returns


@dataclass(frozen=True, slots=True)
class Failure:
    """One row that a constraint refused, or a constraint that crashed (`row` None)."""

    code: str
    row: int | None
    detail: str


def import_libraries() -> None:
    """Import now what judging imports late: nothing is lost while something else is waited for. Pandera, which takes as
    long as sixty returns, is left to where a cell breaks a constraint."""
    import pandas  # noqa: F401


def judge_cells(evidence: Evidence, severities: Severities) -> Outcome:
    """What the VAL rules say of every input cell. No rule looks beyond a return, so that those of thousands of partners
    are judged some at a time: a table of all their cells would take hundreds of megabytes."""
    said = [_judge_portion(portion) for portion in _portions(evidence)]
    incidents = dict.fromkeys(incident for _, several in said for incident in several)
    return settle((ruling for rulings, _ in said for ruling in rulings), severities) + Outcome(
        incidents=tuple(incidents)
    )


def _portions(evidence: Evidence) -> Iterator[Evidence]:
    """The returns in their order, as many together as have `MOST_AT_ONCE` answers; all of a usual contract."""
    portion: list[Submission] = []
    count = 0
    for submission in evidence.submissions:
        if count and count + len(submission.observations) > MOST_AT_ONCE:
            yield Evidence(evidence.framework, tuple(portion))
            portion, count = [], 0
        portion.append(submission)
        count += len(submission.observations)
    yield Evidence(evidence.framework, tuple(portion))


def _judge_portion(evidence: Evidence) -> tuple[Sequence[Ruling], Sequence[str]]:
    """What is found, one return after the other, and what crashed."""
    empty = frozenset(one.file for one in evidence.submissions if not has_answers(one))
    cells = cell_table(evidence, empty)
    failures = _failures(cells)
    rules = {rule.code: rule for several in CONSTRAINTS.values() for rule in several}
    rows = {failure.row for failure in failures if failure.row is not None}
    by_row = dict(zip(sorted(rows), cells.loc[sorted(rows)].to_dict("records"), strict=True)) if rows else {}
    rank = {file: number for number, one in enumerate(evidence.submissions) for file in one.files}
    at_rows = [(one.code, one.row) for one in failures if one.row is not None]
    rulings = [
        _at_its_text(_ruling(rules[code], by_row[row]), evidence.observations[row : row + 1])
        for code, row in sorted(at_rows, key=lambda one: rank[by_row[one[1]]["fichier"]])
    ]
    return rulings, [f"{one.code} : {one.detail}" for one in failures if one.row is None]


def _broken(rules: Sequence[Constraint], cells: pd.DataFrame, name: str) -> Iterator[Broken]:
    """The constraints on the column `name` that some cell breaks. One that crashes is among them: pandera tells why."""
    filled = cells[name].notna()
    if not filled.any():
        return
    for rule in rules:
        kept = cache(partial(rule, cells))
        with suppress(Exception):
            if kept()[filled].all():
                continue
        yield rule.code, kept


def _schema(broken: Mapping[str, Sequence[Broken]]) -> DataFrameSchema:
    """The schema of a cell table: every VAL rule that some cell breaks, as a constraint named by its code. The others
    would take their time to say that nothing is wrong."""
    from pandera.pandas import Check, Column, DataFrameSchema

    checks = {
        name: [Check(partial(_of_column, kept), name=code, error=code) for code, kept in several]
        for name, several in broken.items()
    }
    return DataFrameSchema({name: Column(checks=several, nullable=True) for name, several in checks.items() if several})


def _of_column(kept: Callable[[], pd.Series[bool]], column: pd.Series[Any]) -> pd.Series[bool]:
    """Which rows of `column`, that blanks were taken from, keep the constraint."""
    return kept().loc[column.index]


def _failures(cells: pd.DataFrame) -> list[Failure]:
    """The failures of `cells` in the order of the cells, then of the codes."""
    broken = {name: [*_broken(rules, cells, name)] for name, rules in CONSTRAINTS.items()}
    if not any(broken.values()):
        return []
    from pandera.errors import SchemaErrors

    try:
        _schema(broken).validate(cells, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        failures = [
            Failure(str(code), None if row is None or isnan(row) else int(row), str(case))
            for code, row, case in zip(cases["check"], cases["index"], cases["failure_case"], strict=True)
        ]
        return sorted(failures, key=lambda one: (one.row is None, one.row or 0, one.code))
    return []


def _ruling(rule: Constraint, row: Mapping[Any, Any]) -> Ruling:
    key = (str(row["fichier"]), str(row["feuille"]), str(row["cellule"]))
    return found(
        rule,
        Place(*key),
        line=row["ligne"],
        partner=row["partenaire"],
        campaign=row["campagne"],
        facts={name: FACTS[name](row) for name in rule.fields},
        doubtful=(key,) if key[2] else (),
    ).naming({"line": Named((), row["intitule"])})


def _at_its_text(ruling: Ruling, seen: Sequence[Observation]) -> Ruling:
    """`ruling` on the answer `seen` (none where it is no answer to a line); personal data is shown where they stand."""
    finding = ruling.finding
    if "personal" not in finding.facts or not seen:
        return ruling
    (one,) = seen
    for column in (name_of(Role.COMMENT), name_of(Role.SOURCE)):
        entry = one.beside.get(column)
        if entry is not None and entry.cell and personal_kinds(one.words(column)):
            return replace(ruling, finding=replace(finding, place=Place(*place_of(one, entry))))
    return ruling


def _read(row: Mapping[Any, Any]) -> Fact:
    """What was understood, as it is shown."""
    if row["reponse"] == AnswerKind.NUMBER and row["colonne"] in named(Role.YEAR):
        return f"{row['nombre']:.15g}"
    if row["reponse"] == AnswerKind.NUMBER:
        return french_number(row["nombre"], 6)
    if row["attendu"] == "date" and row["reponse"] == AnswerKind.TEXT:
        return french_date(date.fromisoformat(row["texte"]))
    return f"«\u00a0{row['texte'] or row['reponse']}\u00a0»"


def _likely(row: Mapping[Any, Any]) -> str:
    """``du 01/01/2019 au 31/12/2022``, or the years alone."""
    first, last = (date.fromisoformat(row[name]) for name in ("premier_jour", "dernier_jour"))
    if row["attendu"] == "date":
        return f"du {french_date(first)} au {french_date(last)}"
    return f"de {first.year} à {last.year}"


FACTS: dict[str, Callable[[Mapping[Any, Any]], Fact]] = {
    "typed": lambda row: row["saisie"],
    "instead": lambda row: instead_of(row["saisie"]),
    "hint": lambda row: lookalikes(row["saisie"]),
    "line": lambda row: row["ligne"],
    "comment": lambda row: row["commentaire"],
    "value": lambda row: row["nombre"],
    "hundredfold": lambda row: row["nombre"] * 100,
    "read": _read,
    "bounds": lambda row: french_interval(row["minimum"], row["maximum"], french_exact),
    "plausible": lambda row: french_interval(row["plausible_minimum"], row["plausible_maximum"], french_exact),
    "likely": _likely,
    "allowed": lambda row: row["choix"],
    "personal": lambda row: " et ".join(personal_kinds(row["libre"])),
}
"""The facts that VAL templates may name, taken from a row of the cell table."""
