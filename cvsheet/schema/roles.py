"""What the columns of a partner's tables are there for, as `schemas/saisie_*.json` declare it.

A column is declared once, with its role. Reading, the long table, rules, corrections, *Données* and the export ask for
roles, so that a column more is a column more everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cvsheet.schema.tables import Column, Role, Table, load_table

YEARLY, BASELINES, ACTIONS = "saisie_annuelle", "saisie_reference", "saisie_actions"


def line_tables() -> tuple[Table, ...]:
    """The tables in which indicator lines are answered."""
    return load_table(YEARLY), load_table(BASELINES)


@lru_cache
def named(*roles: Role) -> frozenset[str]:
    """The names of all columns of a partner's tables that have one of `roles`."""
    tables = (*line_tables(), load_table(ACTIONS))
    return frozenset(column.name for table in tables for column in table.columns if column.role in roles)


@lru_cache
def name_of(role: Role) -> str:
    """The name of the only column that has `role`, in whichever tables it stands; ValueError where several names do."""
    (name,) = named(role)
    return name


@lru_cache
def columns_of(quantity: str) -> tuple[str, str]:
    """The columns in which the answer on `quantity` (valeur, référence, cible) and its year are typed; the latter is
    empty where none is asked for."""
    columns = [column for table in line_tables() for column in table.columns if column.quantity == quantity]
    (answer,) = {column.name for column in columns if column.role is Role.ANSWER}
    years = {column.name for column in columns if column.role is Role.YEAR}
    return answer, years.pop() if years else ""


@lru_cache
def beside_answers() -> Mapping[str, Column]:
    """The columns typed beside the answer of a line, by name, in the order of the tables."""
    return {column.name: column for table in line_tables() for column in table.columns if column.beside}


@lru_cache
def remarks() -> frozenset[str]:
    """The columns whose words go with an answer and are none: two files may differ in them and agree."""
    tables = (*line_tables(), load_table(ACTIONS))
    return frozenset(column.name for table in tables for column in table.columns if column.remark)
