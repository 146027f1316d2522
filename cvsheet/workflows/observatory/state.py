"""``observatoire.json``: what a data set holds and what each part was made from, so that the next run does only what
has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import msgspec

from cvsheet.books.opendata.observatory.entries import ContractEntry
from cvsheet.errors import UsageError
from cvsheet.files.atomic import held_in

FILE = "observatoire.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class DataSetState:
    """What a data set holds; `files` are its other files, with their sums."""

    public: bool
    contracts: tuple[ContractEntry, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def sums(self) -> Mapping[str, str]:
        """Every file but this one, with its sum."""
        return {**self.files, **{one.path: one.sha256 for contract in self.contracts for one in contract.files}}


def state_of(folder: Path, *, public: bool) -> DataSetState:
    """What stands in `folder`, nothing where it is new or empty; UsageError where it is none of ours, or holds what may
    be read by other people."""
    path = folder / FILE
    if not path.is_file():
        _refuse_foreign(folder)
        return DataSetState(public)
    try:
        found = msgspec.json.decode(path.read_bytes(), type=DataSetState)
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(
            f"« {path} » ne peut pas être relu : rien n’a été écrit. Donnez un dossier nouveau avec -o ; tout y sera "
            "refait."
        ) from error
    if found.format != FORMAT:
        raise UsageError(
            f"« {folder} » vient d’une version plus récente de cvsheet. Mettez cvsheet à jour, ou donnez un autre "
            "dossier avec -o."
        )
    if found.public is not public:
        raise UsageError(_other_audience(folder, public=public))
    return found


def state_file(state: DataSetState) -> bytes:
    """The content of the file; the same state gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(state, order="deterministic"), indent=1) + b"\n"


def unsound(folder: Path, state: DataSetState) -> frozenset[str]:
    """The paths of the files that are missing in `folder` or no longer what was written."""
    return frozenset(path for path, wanted in state.sums.items() if not _stands(folder / path, wanted))


def _stands(path: Path, wanted: str) -> bool:
    try:
        return sha256(path.read_bytes()).hexdigest() == wanted
    except OSError:
        return False


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"« {folder} » est un fichier. Donnez un dossier avec -o.")
    if held := held_in(folder):
        raise UsageError(
            f"« {folder} » contient déjà autre chose (« {held[0].name} »…), et un observatoire remplace son dossier "
            "entier. Donnez un dossier vide ou nouveau avec -o."
        )


def _other_audience(folder: Path, *, public: bool) -> str:
    if public:
        return (
            f"« {folder} » contient des valeurs réelles : elles ne doivent pas se mêler à des données à publier. "
            "Donnez un autre dossier avec -o."
        )
    return (
        f"« {folder} » contient des données masquées, à publier : des valeurs réelles ne doivent pas s’y mêler. Donnez "
        "un autre dossier avec -o, ou ajoutez --diffusion."
    )
