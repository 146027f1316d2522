"""Every rule of the catalogue: importing a rule module registers its rules, so all of them are named here."""

from __future__ import annotations

from importlib import import_module

from cvsheet.judging.engine.catalogue import Rule, all_rules

MODULES = (
    "file_kinds",
    "file_refusals",
    "strays",
    "file_identity",
    "file_versions",
    "file_joins",
    "file_campaigns",
    "structure_sheets",
    "structure_drawn",
    "structure_rows",
    "structure_files",
    "cell_typing",
    "cell_forms",
    "cell_values",
    "coherence_sums",
    "coherence_relations",
    "coherence_weights",
    "coherence_targets",
    "coherence_actions",
    "history",
    "together",
    "yearly_changes",
    "data_set",
    "data_set_totals",
    "ref",
)


def load_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    for name in MODULES:
        import_module(f"cvsheet.rules.{name}")
    return all_rules()
