"""Every rule of the catalogue: importing a rule module registers its rules, so all of them are named here."""

from __future__ import annotations

from importlib import import_module

from cvsheet.judging.engine.catalogue import Rule, all_rules

MODULES = (
    "files.kinds",
    "files.refusals",
    "files.strays",
    "files.identity",
    "files.versions",
    "files.joins",
    "files.campaigns",
    "structure.sheets",
    "structure.drawn",
    "structure.rows",
    "structure.files",
    "cells.typed",
    "cells.forms",
    "cells.values",
    "returns.sums",
    "returns.relations",
    "returns.weights",
    "returns.targets",
    "returns.actions",
    "returns.history",
    "partners.between_partners",
    "partners.yearly_changes",
    "campaign.data_set",
    "campaign.data_set_totals",
    "contract.judge",
)


def load_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    for name in MODULES:
        import_module(f"cvsheet.judging.{name}")
    return all_rules()
