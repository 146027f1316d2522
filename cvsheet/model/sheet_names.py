"""Names that sheets may not have: those of the sheets that cvsheet writes, and what Excel refuses."""

from __future__ import annotations

from cvsheet.schema.tables import fold

RESERVED_SHEETS = (
    "Accueil", "Pilotage", "Contrat", "Partenaires", "Campagnes", "Objectifs", "Références par modalité",
    "Ventilations", "Règles", "Glossaire", "Listes", "Mode d’emploi", "À corriger", "Contenu non repris", "Synthèse",
    "Actions", "Contributions", "Conflits", "Décisions", "Anomalies", "Réception", "Données", "Journal",
    "Notes orphelines", "History", "Historique", "_cvsheet", "Constats cvsheet",
    "Points à décider",
)  # fmt: skip
_FOLDED = {fold(name) for name in RESERVED_SHEETS}


def is_reserved(name: str) -> bool:
    """Whether the sheet of a pillar cannot be called `name`."""
    return fold(name) in _FOLDED or name.startswith("'") or name.endswith("'")
