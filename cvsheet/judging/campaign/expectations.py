"""`schemas/attentes.json` as typed objects: what `cvsheet audit` expects of a campaign, and how severe a breach is.

Titles, parameters and severities stand there, where a validator reads them; the rules of the family ATT say the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias, Unpack

from cvsheet.judging.engine.rule import More, rule
from cvsheet.judging.engine.ruling import Judge, Rulings
from cvsheet.model.findings import Severity
from cvsheet.schema.tables import data_folder
from cvsheet.text.french import typeset

Row: TypeAlias = Mapping[str, Any]
"""One row of an audited table, by column."""


@dataclass(frozen=True, slots=True)
class ExpectationCheck:
    """One expectation of great_expectations: its class, its parameters, and what it wants in a French sentence.

    `at_least` names columns and the least values from which a row is judged.
    """

    type: str
    parameters: Mapping[str, Any]
    sentence: str
    at_least: Mapping[str, float]

    def with_names(self, names: Mapping[str, Sequence[str]]) -> ExpectationCheck:
        """The same with each ``{name}`` among its parameters replaced by what the contract says."""
        filled = {key: _filled(value, names) for key, value in self.parameters.items()}
        return replace(self, parameters=filled)


@dataclass(frozen=True, slots=True)
class Expectation:
    """One rule of the family ATT: `subject` says what it looks at and for what, once in the whole catalogue."""

    code: str
    title: str
    table: str
    subject: str
    severity: Severity
    checks: tuple[ExpectationCheck, ...]

    @property
    def floor(self) -> float:
        """The least value that its first check allows; KeyError where it has none."""
        return float(self.checks[0].parameters["min_value"])


@dataclass(frozen=True, slots=True)
class AuditedTable:
    """A table that is judged, in words."""

    name: str
    title: str
    description: str
    columns: Mapping[str, str]


def expectation(code: str) -> Expectation:
    """The expectation called `code`; KeyError where there is none."""
    return {one.code: one for one in expectations()}[code]


@lru_cache(maxsize=1)
def expectations() -> tuple[Expectation, ...]:
    """All of them, in the order of the file."""
    return tuple(
        Expectation(
            code=one["code"],
            title=typeset(one["titre"]),
            table=one["table"],
            subject=one["sujet"],
            severity=Severity(one["severite"]),
            checks=tuple(
                ExpectationCheck(
                    check["type"], check["parametres"], typeset(check["phrase"]), check.get("a_partir_de", {})
                )
                for check in one["verifications"]
            ),
        )
        for one in _document()["attentes"]
    )


@lru_cache(maxsize=1)
def audited_tables() -> tuple[AuditedTable, ...]:
    """The tables that the expectations are about, in the order of the file."""
    return tuple(
        AuditedTable(
            one["nom"],
            typeset(one["titre"]),
            typeset(one["description"]),
            {name: typeset(text) for name, text in one["colonnes"].items()},
        )
        for one in _document()["tables"]
    )


def att(
    code: str, template: str, remedy: str, **more: Unpack[More]
) -> Callable[[Callable[[Row], Rulings]], Judge[Row]]:
    """The decorated function becomes rule `code`, as severe as ``attentes.json`` says."""
    return rule(code, expectation(code).severity, template, remedy, **more)


def _document() -> Mapping[str, Any]:
    text = (data_folder("schemas") / "attentes.json").read_text(encoding="utf-8")
    document: Mapping[str, Any] = json.loads(text)
    return document


def _filled(value: Any, names: Mapping[str, Sequence[str]]) -> Any:
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return list(names[value[1:-1]])
    return value
