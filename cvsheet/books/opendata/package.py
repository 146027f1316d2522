"""``datapackage.json`` (Frictionless Data Package) and the files that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.files import END_OF_LINE, csv_bytes, parquet_bytes, workbook_bytes
from cvsheet.books.opendata.rows import OpenDataRow, rows_of, table_names
from cvsheet.figures.overview import PROVISIONAL
from cvsheet.model.framework import ContractSettings
from cvsheet.schema.tables import Table, descriptor, fold, load_table

DESCRIPTOR = "datapackage.json"
GENERATOR = "cvsheet"
WORKBOOK_ENDING = "_export.xlsx"
WARNING = (
    "NON PUBLIABLE : valeurs réelles, petits effectifs compris, et réponses de chaque partenaire. Ne pas diffuser."
)
MASKED = (
    "Les petits effectifs sont masqués (état « ns », colonne « masques »), et les chiffres dont ils se déduiraient. "
    f"Les réponses de chaque partenaire et les textes libres n’y sont pas. {PROVISIONAL}"
)
PREFIXED = "En CSV, un texte qui commence par =, +, -, @, une tabulation ou un retour est précédé d’une apostrophe."
LICENCES = {
    "licence ouverte": ("etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    "odbl": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""Licences known by name, folded -> identifier and page."""


class Format(StrEnum):
    """How the tables are written."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file of the package."""

    name: str
    data: bytes


def tables_of(content: ExportContent) -> dict[str, Sequence[OpenDataRow]]:
    """The rows of every table of the package."""
    return {name: rows_of(content, name) for name in table_names(content)}


def package_files(
    content: ExportContent, chosen: Format, tables: Mapping[str, Sequence[OpenDataRow]] | None = None
) -> Iterator[OutputFile]:
    """The tables, then the descriptor that names them, with their sums so that a package is known again and a damaged
    one found out. `tables` are those of `tables_of`, where they are at hand. UsageError where a library for the format
    is missing."""
    made = {name: (load_table(f"export_{name}"), rows) for name, rows in (tables or tables_of(content)).items()}
    contract = content.framework.contract
    if chosen is Format.XLSX:
        files = [OutputFile(workbook_name(contract), workbook_bytes(contract.name, _date(content), made))]
    else:
        write = csv_bytes if chosen is Format.CSV else parquet_bytes
        files = [OutputFile(f"{name}.{chosen}", write(table, rows)) for name, (table, rows) in made.items()]
    package = _descriptor(content, chosen, made)
    sums = {file.name: {"bytes": len(file.data), "hash": f"sha256:{sha256(file.data).hexdigest()}"} for file in files}
    for resource in package["resources"]:
        resource.update(sums[resource["path"]])
    yield from files
    yield OutputFile(DESCRIPTOR, _json(package))


def workbook_name(contract: ContractSettings) -> str:
    """The name of the workbook that holds all tables."""
    return f"{contract.code}{WORKBOOK_ENDING}"


def slug(text: str) -> str:
    """`text` in the letters that names of a data package may have."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "contrat"


def _date(content: ExportContent) -> date:
    """The date of the latest figures; that of the contract without any."""
    return max((campaign.end for campaign in content.consolidation.yearly), default=content.framework.contract.start)


def _descriptor(
    content: ExportContent, chosen: Format, made: dict[str, tuple[Table, Sequence[OpenDataRow]]]
) -> dict[str, Any]:
    contract = content.framework.contract
    texts = [MASKED if content.public else WARNING] + ([PREFIXED] if chosen is Format.CSV else [])
    found: dict[str, Any] = {
        "profile": "data-package",
        "name": slug(contract.code),
        "title": f"{contract.name} : suivi des indicateurs",
        "description": " ".join(texts),
        "generator": GENERATOR,
        "diffusion": "publiable" if content.public else "non publiable",
        "languages": ["fr"],
        "created": f"{_date(content).isoformat()}T00:00:00Z",
    }
    if contract.licence:
        found["licenses"] = [_licence(contract.licence)]
    if contract.source:
        found["sources"] = [{"title": contract.source}]
    found["resources"] = [_resource(content, chosen, name, table) for name, (table, _) in made.items()]
    return found


def _licence(title: str) -> dict[str, str]:
    for words, (name, path) in LICENCES.items():
        if words in fold(title):
            return {"name": name, "title": title, "path": path}
    return {"name": slug(title), "title": title}


def _resource(content: ExportContent, chosen: Format, name: str, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "type": "table", "title": table.title, "description": table.description}
    if chosen is Format.XLSX:
        found |= {"path": workbook_name(content.framework.contract), "dialect": {"excel": {"sheet": name}}}
    else:
        found["path"] = f"{name}.{chosen}"
    found |= {"format": chosen.value, "encoding": "utf-8", "schema": _schema(name)}
    if chosen is Format.CSV:
        found |= {"mediatype": "text/csv", "dialect": {"csv": {"delimiter": ",", "lineTerminator": END_OF_LINE}}}
    return found


def _schema(name: str) -> dict[str, Any]:
    """The Table Schema of a table as it stands in ``schemas/``, without what only concerns the look of a sheet."""
    schema = descriptor(f"export_{name}")
    fields = [{key: value for key, value in field.items() if key != "excel"} for field in schema["fields"]]
    links = {"foreignKeys": schema["foreignKeys"]} if "foreignKeys" in schema else {}
    return {"fields": fields, "missingValues": [""], "primaryKey": schema["primaryKey"], **links}


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
