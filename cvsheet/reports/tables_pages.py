"""`docs/tables/`: a page per table and an index, made from `schemas/`.

Run ``python -m cvsheet.reports.tables_pages docs/tables`` after changing a table.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cvsheet.files.atomic import write_atomically
from cvsheet.schema.tables import CANONICAL_TABLES, Column, Table, load_table, table_names
from cvsheet.text.french import french_interval, french_number, typeset

INDEX = "README.md"
MADE = "Page produite par `python -m cvsheet.reports.tables_pages docs/tables` : ne pas la modifier à la main."
TYPES = {
    "string": "texte",
    "number": "nombre",
    "integer": "nombre entier",
    "boolean": "oui ou non",
    "date": "date",
}
HEADER = ("Colonne", "Nom", "Type", "Contraintes", "Ce qu’elle contient", "Exemple")
GROUPS = (
    ("Classeur du contrat", "Tenu par la coordination dans Excel.", CANONICAL_TABLES),
    ("Classeurs des partenaires", "Ce que chaque partenaire remplit.", ("saisie_",)),
    ("Export", "Ce que `cvsheet export` écrit.", ("export_",)),
    ("Observatoire", "Ce que `cvsheet observatory` écrit de plusieurs contrats.", ("observatoire_",)),
    ("Classeur maître", "Ce que la consolidation produit.", ("",)),
)


def pages() -> dict[str, str]:
    """All pages by file name."""
    return {INDEX: _index(), **{f"{name}.md": _page(load_table(name)) for name in table_names()}}


def _index() -> str:
    lines = ["# Les tableaux de cvsheet", "", MADE, ""]
    lines += [
        "Ces descriptions sont aussi lisibles par des programmes : `cvsheet schema export` les écrit en Table Schema,",
        "en JSON Schema et en schéma pandera.",
    ]
    placed: set[str] = set()
    for title, purpose, starts in GROUPS:
        names = [name for name in table_names() if name not in placed and name.startswith(tuple(starts))]
        if names:
            placed.update(names)
            lines += ["", f"## {title}", "", purpose, "", *_rows(("Tableau", "Nom", "Ce qu’il contient"))]
            lines += [_row((f"[{load_table(n).title}]({n}.md)", f"`{n}`", load_table(n).description)) for n in names]
    return typeset("\n".join(lines)) + "\n"


def _page(table: Table) -> str:
    keys = ", ".join(f"`{name}`" for name in table.key)
    lines = [f"# {table.title}", "", MADE, "", f"{table.description}", "", f"Nom : `{table.name}`. Clé : {keys}."]
    if table.vertical:
        lines += ["", "Ce tableau a une ligne par réglage, et une seule colonne de valeurs."]
    lines += ["", *_rows(HEADER), *(_row(_cells(column)) for column in table.columns)]
    return typeset("\n".join(lines)) + "\n"


def _cells(column: Column) -> tuple[str, ...]:
    return (
        _escaped(column.title),
        f"`{column.name}`",
        TYPES[column.type],
        _constraints(column),
        _escaped(column.description),
        _example(column),
    )


def _constraints(column: Column) -> str:
    """What a value must be, in words."""
    said = [
        "obligatoire" if column.required else "",
        "unique" if column.unique else "",
        f"parmi : {', '.join(map(_code, column.enum))}" if column.enum and column.type != "boolean" else "",
        french_interval(column.minimum, column.maximum, _bound),
        f"modèle : {_code(column.pattern)}" if column.pattern else "",
        f"plusieurs codes séparés par « {column.separator} »" if column.separator else "",
        f"codes de `{column.reference}`" if column.reference else "",
    ]
    return " ; ".join(filter(None, said))


def _bound(value: float) -> str:
    return f"{value:g}" if value >= 1000 else french_number(value)  # noqa: PLR2004 a year is not grouped


def _example(column: Column) -> str:
    if column.example in (None, ""):
        return ""
    text = f"{column.example:g}".replace(".", ",") if isinstance(column.example, float) else str(column.example)
    return _code(text)


def _code(text: str) -> str:
    """`text` as code in a cell of a Markdown table, where a bar would end the cell."""
    return f"`{text}`".replace("|", "\\|")


def _rows(titles: tuple[str, ...]) -> list[str]:
    return [_row(titles), "|" + "---|" * len(titles)]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", text)


if __name__ == "__main__":
    for name, content in pages().items():
        write_atomically(Path(sys.argv[1]) / name, content.encode())
