"""What is said of what is published: what to open, and how."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cvsheet.sentences import Show
from cvsheet.text.french import french_number

if TYPE_CHECKING:
    from cvsheet import SiteResult


def exported(folder: Path, chosen: str, show: Show, *, public: bool) -> Iterator[str]:
    """Where they are. A French Excel takes commas for text: a CSV opened by a double click is one column; a workbook
    instead holds what these hold, masked if they are (`public`)."""
    if chosen == "xlsx":
        yield from (f"Classeur de données : {show(path)}" for path in folder.glob("*.xlsx"))
        return
    yield f"Données : {show(folder)}, décrites par datapackage.json."
    if chosen == "csv":
        masked = " --diffusion" if public else ""
        yield (
            "Pour lire un CSV dans Excel : Données > À partir d’un fichier texte/CSV, virgule comme délimiteur. D’un "
            f"double clic, tout tient en une colonne. Ou demandez un classeur : cvsheet export{masked} --format xlsx"
        )


def published(site: SiteResult, show: Show) -> Iterator[str]:
    """Which campaign the page shows, what is masked in it, where it lies."""
    yield f"Bilan montré : {site.campaign.title} ({site.campaign.code})."
    yield from site.summary
    yield f"Page à publier : {show(site.path)} ({french_number(site.size / 1000, 0)} ko)."
    yield site.next_step
