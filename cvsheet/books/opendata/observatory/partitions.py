"""The tables of one contract, campaign by campaign, as Parquet.

Every file of a table has the same columns with the same types, whatever the contract asks: breakdowns are two columns,
`ventilation` and `modalite`, never columns of their own, and an empty column keeps its type. Codes stand as texts in
the files; the folders that readers take for values begin with a letter, so that no reader takes one for a number, a
date or a null.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.files import parquet_bytes
from cvsheet.books.opendata.observatory.entries import CampaignEntry, TableFile, tables
from cvsheet.books.opendata.rows import OpenDataRow, rows_of
from cvsheet.figures.follow_up import follow_up
from cvsheet.judging.campaign.reception import Reception
from cvsheet.model.framework import Campaign, Framework
from cvsheet.model.groups import grouped
from cvsheet.schema.tables import Table, load_table

CONTRACT_KEY, CAMPAIGN_KEY = "contract", "campaign"  # no columns of the files, which hold `contrat` and `campagne`
LONGEST = 60  # characters of a code in the name of a folder
_PLAIN = re.compile(r"[a-z0-9_-]+")
SOURCES = {"observations": "observations", "valeurs": "valeurs", "situations": "progression"}
"""Table -> the table of one contract's open data whose rows it takes."""


@dataclass(frozen=True, slots=True)
class Partition:
    """One campaign of a contract: what is known of it, and its files by their paths."""

    entry: CampaignEntry
    files: Mapping[str, bytes]


def folder_of(code: str) -> str:
    """A code as part of a path: ``c-2021``. Two codes have two names on every disk, whatever their case and accents."""
    if _PLAIN.fullmatch(code) and len(code) <= LONGEST:
        return f"c-{code}"
    plain = re.sub(r"[^a-z0-9]+", "-", code.casefold()).strip("-")[:LONGEST]
    return f"c-{plain}.{sha256(code.encode()).hexdigest()[:8]}"


def path_of(table: str, contract: str, campaign: str) -> str:
    """Where the file of a table stands: ``valeurs/contract=c-villeneuve/campaign=c-2021/valeurs.parquet``."""
    return f"{table}/{CONTRACT_KEY}={folder_of(contract)}/{CAMPAIGN_KEY}={folder_of(campaign)}/{table}.parquet"


def partitions(
    content: ExportContent, campaigns: Sequence[Campaign], receptions: Mapping[str, Sequence[Reception]]
) -> Iterator[Partition]:
    """The files of each of `campaigns`; `receptions` tells by campaign where each partner stands."""
    made = _rows(content, receptions).items()
    rows = {name: grouped((str(row["campagne"]), row) for row in of_table) for name, of_table in made}
    for campaign in campaigns:
        yield _partition(content, campaign, {name: rows[name].get(campaign.code, []) for name in rows}, receptions)


def _partition(
    content: ExportContent,
    campaign: Campaign,
    rows: Mapping[str, Sequence[OpenDataRow]],
    receptions: Mapping[str, Sequence[Reception]],
) -> Partition:
    contract = content.framework.contract.code
    files, entries = dict[str, bytes](), dict[str, TableFile]()
    for name in tables(public=content.public):
        path, data = path_of(name, contract, campaign.code), parquet_bytes(schema_of(name), rows[name])
        files[path] = data
        entries[name] = TableFile(path, len(rows[name]), len(data), sha256(data).hexdigest())
    standings = () if content.public else receptions.get(campaign.code, ())
    entry = CampaignEntry(
        code=campaign.code,
        title=campaign.title,
        type=campaign.type.value,
        year=campaign.year,
        end=campaign.end,
        files=entries,
        situations=_situations(content, campaign),
        receptions=Counter(one.standing.value for one in standings),
    )
    return Partition(entry, files)


def schema_of(table: str) -> Table:
    """The description of a table of the observatory."""
    return load_table(f"observatoire_{table}")


def _situations(content: ExportContent, campaign: Campaign) -> Mapping[str, int]:
    """How many indicators stand where, as the first page of master and publication count them; none where a campaign
    is no yearly one with answers."""
    if campaign not in content.consolidation.yearly:
        return {}
    framework = content.framework
    lines = (framework.line[code] for code in framework.headlines)
    found = (follow_up(content.consolidation, content.secrecy, line, campaign).situation for line in lines)
    return Counter(str(word) for word in found)


def _rows(content: ExportContent, receptions: Mapping[str, Sequence[Reception]]) -> Mapping[str, Sequence[OpenDataRow]]:
    """The rows of each table, with what one knows of their contract, campaign, line and partner."""
    framework = content.framework
    lines = {row["ligne"]: row for row in rows_of(content, "referentiel")}
    partners: dict[str, OpenDataRow] = {one.code: {"partenaire_nom": one.name} for one in framework.partners}
    campaigns = {one.code: _of_campaign(framework, one) for one in framework.campaigns}
    found: dict[str, Sequence[OpenDataRow]] = {}
    for table, source in SOURCES.items():
        if table in tables(public=content.public):
            found[table] = [
                {
                    **campaigns[str(row["campagne"])],
                    **lines[row["ligne"]],
                    **partners.get(str(row.get("partenaire")), {}),
                }
                | row
                for row in rows_of(content, source)
            ]
    if not content.public:
        received = (one for rows in receptions.values() for one in rows)
        found["receptions"] = [{**campaigns[one.campaign], **_of_reception(framework, one)} for one in received]
    return found


def _of_campaign(framework: Framework, campaign: Campaign) -> OpenDataRow:
    contract = framework.contract
    return {
        "contrat": contract.code,
        "contrat_nom": contract.name,
        "territoire": contract.territory,
        "campagne": campaign.code,
        "campagne_type": campaign.type.value,
        "campagne_annee": campaign.year,
        "campagne_fin": campaign.end,
    }


def _of_reception(framework: Framework, one: Reception) -> OpenDataRow:
    return {
        "partenaire": one.partner,
        "partenaire_nom": one.name,
        "etat": one.standing.value,
        "attendues": one.expected,
        "renseignees": one.answered,
        "taux": one.percent,
        "limite": framework.campaign[one.campaign].deadline_for(one.partner),
        "retard": one.late_days or None,
        "erreurs": one.errors,
        "avertissements": one.warnings,
        "versions": one.versions,
        "enregistre": one.saved_at.date() if one.saved_at else None,
        "fichier": "\n".join(one.files),
    }
