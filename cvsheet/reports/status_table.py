"""`cvsheet status` on a terminal: one line per partner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cvsheet.framework import Campaign
from cvsheet.french import french_date, typeset
from cvsheet.reports.visible import visible
from cvsheet.rules.reception import Reception

COLUMNS = ("Partenaire", "État", "Enregistré le", "Complet", "Erreurs", "Fichier")


def print_status(
    campaign: Campaign, rows: Sequence[Reception], *, quiet: bool = False, console: Console | None = None
) -> None:
    """Print who was asked in `campaign`, who answered, and how completely."""
    if quiet:
        return
    out = console or Console(highlight=False)
    limit = f", à renvoyer avant le {french_date(campaign.deadline)}" if campaign.deadline else ""
    out.print(Text(typeset(f"{campaign.title} ({campaign.code}){limit}"), style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in COLUMNS:
        table.add_column(title, justify="right" if title in ("Complet", "Erreurs") else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in _cells(row)), style="" if row.file else "bold")
    out.print(table)


def _cells(row: Reception) -> tuple[str, ...]:
    if not row.file:
        return row.partner, "en retard" if row.late else "en attente", "", "", "", ""
    saved = french_date(row.saved_at) if row.saved_at else ""
    complete = typeset(f"{100 * row.answered // row.expected} %") if row.expected else ""
    return row.partner, "reçu", saved, complete, str(row.errors or ""), visible(PurePosixPath(row.file).name)
