"""What the REF rules look at: the records of the canonical workbook, with what they refer to at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from cvsheet.judging.engine.rule import AnyRule
from cvsheet.judging.engine.ruling import Ruling, found
from cvsheet.model.findings import Fact, Place
from cvsheet.model.records import Canonical, Record, Scalar
from cvsheet.schema.tables import CANONICAL_TABLES, Column, Table, fold, load_table
from cvsheet.text.french import french_date

LINE_COLUMNS = {
    "indicateurs": ("numerateur", "denominateur", "poids"),
    "regles": ("gauche", "droite"),
    "references_modalites": ("ligne",),
}
"""The columns that name lines, by table."""


@dataclass(frozen=True)
class Survey:
    """A canonical workbook with its codes by table. Nothing here supposes that the workbook is sound."""

    canonical: Canonical

    @cached_property
    def rows(self) -> tuple[tuple[Table, Record], ...]:
        """Every record with its table, table by table."""
        return tuple((load_table(name), row) for name in CANONICAL_TABLES for row in self.canonical.rows(name))

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """``table.column`` -> the codes there, in order, for the key columns of the tables that were found."""
        return {
            f"{name}.{column}": tuple(dict.fromkeys(filter(None, (row.text(column) for row in rows))))
            for name, rows in self.canonical.tables.items()
            for column in load_table(name).key
        }

    @cached_property
    def measures(self) -> Mapping[str, Record]:
        return {row.text("code"): row for row in self.canonical.rows("indicateurs")}

    @cached_property
    def breakdowns(self) -> Mapping[str, tuple[str, ...]]:
        """Breakdown -> the codes of its categories."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.canonical.rows("ventilations"):
            found[row.text("ventilation")] = (*found.get(row.text("ventilation"), ()), row.text("code"))
        return found

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Every line code: totals and, for typed measures, their categories; shares have those of both sides."""
        return tuple(
            line
            for code, row in self.measures.items()
            for line in (code, *(f"{code}/{category}" for category in self.categories(row)))
        )

    @cached_property
    def empty_pillars(self) -> tuple[Record, ...]:
        """The pillars without any action or measure."""
        pillars = {row.text("code"): row.text("pilier") for row in self.canonical.rows("priorites")}
        priorities = {row.text("code"): row.text("priorite") for row in self.canonical.rows("objectifs")}
        acting = {pillars.get(priorities.get(row.text("objectif"), "")) for row in self.canonical.rows("actions")}
        return tuple(row for row in self._unmeasured_pillars if row.text("code") not in acting)

    @cached_property
    def lost_pillars(self) -> tuple[Record, ...]:
        """The pillars without measures whose sheet is gone while other tables still name lines that are nowhere: those
        that stood there, as far as anyone can tell. Their actions may be there: these have a sheet of their own."""
        gone = self.pillars_without_sheet
        return gone if gone and any(code not in self.lines for code in self._named_lines()) else ()

    @cached_property
    def pillars_without_sheet(self) -> tuple[Record, ...]:
        """The pillars without measures whose sheet is nowhere."""
        measured = {fold(at.sheet) for at in self.canonical.places if at.table == "indicateurs"}
        if measured and measured.isdisjoint(fold(row.text("feuille")) for row in self.canonical.rows("piliers")):
            return ()  # one table for all pillars, as in a folder of CSV files: no pillar has a sheet to lose
        sheets = measured | {fold(at.sheet) for at in self.canonical.places if at.table == "actions"}
        return tuple(row for row in self._unmeasured_pillars if fold(row.text("feuille")) not in sheets)

    @cached_property
    def _unmeasured_pillars(self) -> tuple[Record, ...]:
        pillars = {row.text("code"): row.text("pilier") for row in self.canonical.rows("priorites")}
        used = {row.text("pilier") or pillars.get(row.text("priorite")) for row in self.canonical.rows("indicateurs")}
        return tuple(row for row in self.canonical.rows("piliers") if row.text("code") not in used)

    def _named_lines(self) -> Iterator[str]:
        """The lines that rules, calculations and references name, as far as they look like lines."""
        for table, columns in LINE_COLUMNS.items():
            for name in columns:
                pattern = load_table(table).column(name).pattern or ".*"
                codes = (row.text(name) for row in self.canonical.rows(table))
                yield from (code for code in codes if code and re.fullmatch(pattern, code))

    def categories(self, measure: Record) -> tuple[str, ...]:
        """The categories that a measure has beside its total."""
        names = measure.codes("ventilations")
        if is_computed(measure):
            sides = [self.measures.get(measure.text(side)) for side in ("numerateur", "denominateur")]
            known = [side.codes("ventilations") for side in sides if side is not None and not is_computed(side)]
            names = tuple(name for name in known[0] if all(name in other for other in known)) if known else ()
        return tuple(category for name in names for category in self.breakdowns.get(name, ()))


def is_computed(measure: Record) -> bool:
    """Whether cvsheet computes the measure instead of asking a partner."""
    return measure.text("saisie") == "calcul"


def fault(
    rule: AnyRule, survey: Survey, record: Record, column: str, facts: Mapping[str, Fact] | None = None
) -> Ruling:
    """The fault of `rule` in one cell; the facts name the column's title and what stands there."""
    known = load_table(record.table).column(column)
    given = {"column": known.title, "found": _seen(record.values.get(column)), **(facts or {})}
    place = Place(survey.canonical.file, record.sheet, record.cells.get(column, ""))
    return found(rule, place, line=name_of(record), facts=given)


def _seen(value: Scalar) -> Fact:
    """A cell's value as a fact."""
    if value is None:
        return ""
    return french_date(value) if isinstance(value, date) else value


def name_of(record: Record) -> str:
    """The code of a row, empty for settings."""
    return "" if record.table == "contrat" else record.text(load_table(record.table).key[-1])


def readable(record: Record, column: Column) -> bool:
    """Whether the cell can be judged: its column was found and something stands there."""
    return column.name in record.cells and bool(record.text(column.name))


def suggestion(code: str, known: tuple[str, ...]) -> str:
    """`` Vouliez-vous dire « CAF » ?`` where one known code is near to `code`, else nothing."""
    by_fold = {fold(other): other for other in reversed(known)}
    near = get_close_matches(fold(code), by_fold, n=1, cutoff=0.75)
    return f" Vouliez-vous dire « {by_fold[near[0]]} » ?" if near else ""
