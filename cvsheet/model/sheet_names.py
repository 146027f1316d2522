"""Names that sheets may not have: those of the sheets that cvsheet writes, and what Excel refuses."""

from __future__ import annotations

from collections.abc import Iterable

from cvsheet.schema.tables import fold

RESERVED_SHEETS = (
    "Accueil", "Pilotage", "Contrat", "Partenaires", "Campagnes", "Piliers", "Priorités", "Objectifs",
    "Références par modalité", "Ventilations", "Règles", "Sévérités", "Glossaire", "Listes",
    "Mode d’emploi", "À corriger", "Contenu non repris", "Synthèse", "Bilan", "Par ventilation", "Synthèse détaillée",
    "Actions", "Contributions", "Conflits", "Décisions", "Anomalies", "Réception", "Données", "Journal",
    "Notes orphelines", "History", "Historique", "_cvsheet", "Constats cvsheet",
    "Points à décider",
)  # fmt: skip
LONGEST_NAME = 31  # characters of a sheet's name
_FOLDED = {fold(name) for name in RESERVED_SHEETS}


def is_reserved(name: str) -> bool:
    """Whether the sheet of a pillar cannot be called `name`."""
    return fold(name) in _FOLDED or name.startswith("'") or name.endswith("'")


def beside(sheet: str, ours: Iterable[str]) -> str:
    """The name of a pillar's `sheet` in a workbook with sheets called `ours`: its own, unless one of them has it."""
    taken = sheet.casefold() in {name.casefold() for name in ours}
    return f"Pilier {sheet}"[:LONGEST_NAME] if taken else sheet
