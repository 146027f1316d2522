"""``datapackage.json`` of an observatory and the Table Schema of each of its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from cvsheet.books.opendata.observatory.entries import ContractEntry, tables
from cvsheet.books.opendata.observatory.partitions import CAMPAIGN_KEY, CONTRACT_KEY, schema_of
from cvsheet.books.opendata.package import DESCRIPTOR, GENERATOR, MASKED, WARNING
from cvsheet.schema.export.table_schema import table_schema

NAME = "observatoire"
SCHEMAS = "schemas"
READING = (
    "Un fichier par contrat et campagne. Les codes sont les colonnes « contrat » et « campagne », des textes ; "
    f"« {CONTRACT_KEY} » et « {CAMPAIGN_KEY} », dans les noms des dossiers, ne servent qu’à choisir des fichiers."
)


def descriptor_files(contracts: Sequence[ContractEntry], *, public: bool) -> Iterator[tuple[str, bytes]]:
    """The Table Schema of each table, and the descriptor that names them and every file, by their paths."""
    for table in tables(public=public):
        yield _schema_path(table), _json(table_schema(f"observatoire_{table}"))
    yield DESCRIPTOR, _json(_descriptor(contracts, public=public))


def _schema_path(table: str) -> str:
    return f"{SCHEMAS}/{table}.json"


def _descriptor(contracts: Sequence[ContractEntry], *, public: bool) -> dict[str, Any]:
    latest = max((one.end for contract in contracts for one in contract.campaigns), default=None)
    return {
        "profile": "data-package",
        "name": NAME,
        "title": "Observatoire des contrats de ville",
        "description": f"{MASKED if public else WARNING} {READING}",
        "generator": GENERATOR,
        "diffusion": "publiable" if public else "non publiable",
        "languages": ["fr"],
        **({"created": f"{latest.isoformat()}T00:00:00Z"} if latest else {}),
        "resources": [_resource(table, contracts) for table in tables(public=public)],
    }


def _resource(table: str, contracts: Sequence[ContractEntry]) -> dict[str, Any]:
    described = schema_of(table)
    return {
        "name": table,
        "type": "table",
        "title": described.title,
        "description": described.description,
        "path": [one.files[table].path for contract in contracts for one in contract.campaigns],
        "format": "parquet",
        "encoding": "utf-8",
        "schema": _schema_path(table),
    }


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
