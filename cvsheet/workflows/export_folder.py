"""The folder of an open-data package: the package is all that it holds, so that real answers and published tables never
lie together, whatever happened to earlier runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cvsheet.books.opendata import Format
from cvsheet.books.opendata.package import DESCRIPTOR, GENERATOR, WORKBOOK_ENDING
from cvsheet.books.opendata.rows import TABLES
from cvsheet.errors import UsageError
from cvsheet.files.atomic import held_in, refuse_unsound, replace_package
from cvsheet.reports.visible import visible
from cvsheet.text.french import few, french_count, french_list
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.output_names import refuse_file_name

REAL_FOLDER, PUBLIC_FOLDER = "export", "export-diffusion"  # under the contract's results, unless another is asked for
MOST_NAMES = 5  # named in one sentence


@dataclass(frozen=True, slots=True)
class FormerPackage:
    """The package that stands in a folder: the sum of each of its files, by name, None where it is not said."""

    sums: Mapping[str, str | None]

    def owns(self, path: Path) -> bool:
        """Whether `path` is a file of the package, as it was written."""
        if path.name == DESCRIPTOR:
            return True
        if path.name not in self.sums:
            return False
        wanted = self.sums[path.name]
        return wanted is None or wanted == f"sha256:{sha256(path.read_bytes()).hexdigest()}"


NO_PACKAGE = FormerPackage({})


def put_package(folder: Path, files: Mapping[str, bytes], results: Path) -> tuple[str, ...]:
    """Put the package `files` at `folder`; what a person must know of it, in French. `results` is the contract folder's
    place for outputs. UsageError where the folder is not one for a package."""
    refuse_file_name(folder)
    _refuse_working_folder(folder, ContractFolder(results.parent))
    former = _former(folder / DESCRIPTOR)
    if former is NO_PACKAGE and folder.resolve() not in _own_folders(results):
        _refuse_foreign(folder)
    for name, content in files.items():
        if name.endswith(WORKBOOK_ENDING):
            refuse_unsound(name, content)
    strangers = [path for path in held_in(folder) if path.is_dir() or not former.owns(path)]
    aside = replace_package(folder, files, strangers)
    return () if aside is None else (_moved(folder, strangers, aside),)


def _own_folders(results: Path) -> list[Path]:
    return [(results / name).resolve() for name in (REAL_FOLDER, PUBLIC_FOLDER)]


def _former(descriptor: Path) -> FormerPackage:
    if not descriptor.is_file():
        return NO_PACKAGE
    try:
        found = json.loads(descriptor.read_text(encoding="utf-8"))
        ours = found["generator"] == GENERATOR
        sums = {Path(str(one["path"])).name: one.get("hash") for one in found["resources"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        ours, sums = False, {}
    if not ours:
        raise UsageError(
            f"« {descriptor} » existe déjà et ne vient pas de cvsheet. Choisissez un autre dossier avec --output."
        )
    return FormerPackage(sums)


def _refuse_working_folder(folder: Path, contract: ContractFolder) -> None:
    """UsageError where `folder` holds the contract's own folders, or the person's current one: it is replaced whole."""
    here = folder.resolve()
    for place in (contract.results, contract.inbox, contract.outbox, Path.cwd()):
        if here in (place.resolve(), *place.resolve().parents):
            raise UsageError(
                f"Le dossier des données est remplacé entier : « {folder} » sert à autre chose. Donnez-en un à part "
                "avec --output, par exemple sorties/export."
            )


def _refuse_foreign(folder: Path) -> None:
    """UsageError where `folder` holds things and none of them is a table such as an interrupted run leaves."""
    held = held_in(folder)
    if held and not any(_may_be_ours(path.name) for path in held):
        raise UsageError(
            f"« {folder} » contient déjà autre chose ({few_names(held)}), et le dossier des données est remplacé "
            "entier. Donnez un dossier vide ou nouveau avec --output."
        )


def _may_be_ours(name: str) -> bool:
    tables = {f"{table}.{chosen}" for table in TABLES for chosen in (Format.CSV, Format.PARQUET)}
    return name in tables or name.endswith(WORKBOOK_ENDING)


def _moved(folder: Path, strangers: list[Path], aside: Path) -> str:
    count = french_count(len(strangers), "élément", "éléments")
    return (
        f"« {folder.name} » contenait aussi {count} qui n’en viennent pas tels quels, à ne pas publier avec : "
        f"{few_names(strangers)}. Ils sont maintenant dans « {aside.name} »."
    )


def few_names(paths: Sequence[Path]) -> str:
    """The names of the first of `paths`."""
    return french_list(few([visible(path.name) for path in paths], MOST_NAMES))
