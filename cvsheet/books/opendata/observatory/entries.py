"""What the observatory knows of each contract beside its tables: what the descriptor and the workbook are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

TABLES = ("observations", "valeurs", "situations", "receptions")
PUBLIC_TABLES = ("valeurs", "situations")
"""Nothing of a single partner is published, as in the open data of one contract."""


def tables(*, public: bool) -> tuple[str, ...]:
    """The tables of a data set."""
    return PUBLIC_TABLES if public else TABLES


@dataclass(frozen=True, slots=True)
class TableFile:
    """One Parquet file: its way from the folder of the data set, how many rows and bytes it holds, their sha256."""

    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CampaignEntry:
    """One campaign of a contract: its files by table, how many indicators stand where and how many partners."""

    code: str
    title: str
    type: str
    year: int
    end: date
    files: Mapping[str, TableFile]
    situations: Mapping[str, int] = field(default_factory=dict)
    receptions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContractEntry:
    """One contract. `fingerprint` is that of all that it was made from, `folder` a mark of where that lies, `edition`
    what its published figures are known by."""

    code: str
    identity: str
    name: str
    territory: str
    folder: str
    fingerprint: str
    campaigns: tuple[CampaignEntry, ...]
    edition: str = ""

    @property
    def files(self) -> tuple[TableFile, ...]:
        """All files of the contract."""
        return tuple(file for campaign in self.campaigns for file in campaign.files.values())
