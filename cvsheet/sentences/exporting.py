"""What is said of open data: what to open, and how."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cvsheet.sentences import Show


def exported(folder: Path, chosen: str, show: Show) -> Iterator[str]:
    """Where they are. A French Excel takes commas for text: a CSV opened by a double click is one column."""
    if chosen == "xlsx":
        yield from (f"Classeur de données : {show(path)}" for path in folder.glob("*.xlsx"))
        return
    yield f"Données : {show(folder)}, décrites par datapackage.json."
    if chosen == "csv":
        yield (
            "Pour lire un CSV dans Excel : Données > À partir d’un fichier texte/CSV, virgule comme délimiteur. D’un "
            "double clic, tout tient en une colonne. Ou demandez un classeur : cvsheet export --format xlsx"
        )
