"""`observatory`: contract folders in, one data set out, of which a further run makes only what has changed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cvsheet.books.opendata.observatory.entries import ContractEntry
from cvsheet.books.opendata.observatory.package import descriptor_files
from cvsheet.books.opendata.observatory.workbook import observatory_workbook
from cvsheet.books.opendata.package import WARNING
from cvsheet.errors import OutputError, UsageError
from cvsheet.files.atomic import Digest, Staging, look, refuse_held, refuse_unsound, staging
from cvsheet.workflows.current import known_code
from cvsheet.workflows.folder import ContractFolder, refuse_inbox
from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask
from cvsheet.workflows.observatory.fingerprint import program
from cvsheet.workflows.observatory.folders import contract_folders, move_foreign_aside
from cvsheet.workflows.observatory.gathering import Gathering
from cvsheet.workflows.observatory.state import FILE, DataSetState, state_file, state_of, unsound
from cvsheet.workflows.observatory.telling import states, told, unread_lines
from cvsheet.workflows.output_names import refuse_file_name

WORKBOOK = "observatoire.xlsx"
NO_PYARROW = (
    "L’observatoire est écrit en Parquet, ce qui demande la bibliothèque pyarrow. Installez-la : "
    'pip install "cvsheet[parquet]"'
)

Runner = Callable[[Sequence[ContractTask]], Iterator[ContractOutcome]]
"""What becomes of each task, in order."""


@dataclass(frozen=True, slots=True)
class ObservatoryResult:
    """The data set at `folder`. `added`, `replaced` and `unchanged` are codes of the contracts that were read, `unread`
    one line for each that could not be, `told` a few lines about the whole, all of them French."""

    folder: Path
    workbook: Path
    contracts: tuple[str, ...]
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    unread: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def read(self) -> int:
        """How many contracts were read."""
        return len(self.added) + len(self.replaced) + len(self.unchanged)


def observe(
    given: Sequence[Path],
    folder: Path,
    run: Runner,
    *,
    public: bool,
    remove: Sequence[str] = (),
    tick: Callable[[int, int], None] = lambda done, total: None,
) -> ObservatoryResult:
    """Bring the data set at `folder` up to date with the contracts in the folders `given`, read by `run`.

    A contract that cannot be read keeps what the data set held of it, and is said; so does one that is not `given`,
    until it is among those to `remove`. Where nothing at all could be read, nothing is written. UsageError where
    `folder` serves another purpose.
    """
    _require_pyarrow()
    refuse_file_name(folder)
    folders = contract_folders(given)
    _refuse_around(folder, (*folders, Path.cwd()))
    for one in folders:
        refuse_inbox(folder, ContractFolder(one))
    with staging(folder) as place:  # first of all: it puts back what a run that was killed had taken away
        seen, state = look(folder / FILE), state_of(folder, public=public)
        refuse_held(folder / WORKBOOK)
        removed = {known_code(code, [one.code for one in state.contracts], "Le contrat", "Contrats") for code in remove}
        if not folders and not removed:
            raise UsageError("Donnez au moins un dossier de contrat, ou un dossier qui en contient.")
        former = {one.code: one for one in state.contracts if one.code not in removed}
        gathering = Gathering(former, unsound(folder, state))
        tasks = [ContractTask(str(one), public, program(), *gathering.asked_of(one)) for one in folders]
        for done, (task, outcome) in enumerate(zip(tasks, run(tasks), strict=True), start=1):
            gathering.take(place, task, outcome)
            tick(done, len(tasks))
        gathering.settle_doubles(place)
        if not gathering.current and not removed:
            return _result(folder, state, gathering, ("Aucun contrat n’a pu être lu : rien n’a été écrit.",))
        aside = _put(place, state, gathering, seen)
    warning = () if public else (WARNING,)
    return _result(folder, state, gathering, (*aside, *told(gathering, removed), *warning))


def _require_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(NO_PYARROW) from error


def _refuse_around(folder: Path, others: Sequence[Path]) -> None:
    """UsageError where `folder`, which is replaced whole, holds what is not of the data set."""
    for other in others:
        if other.is_relative_to(folder.resolve()):
            raise UsageError(
                f"L’observatoire remplace son dossier entier, et « {other} » est dans « {folder} ». Donnez un dossier "
                "à part avec -o, par exemple observatoire."
            )


def _put(place: Staging, state: DataSetState, gathering: Gathering, seen: Digest) -> tuple[str, ...]:
    """The new data set in the place of the former one, unless it is the same; what was moved out of it."""
    contracts = gathering.contracts
    files = {
        **dict(descriptor_files(contracts, public=state.public)),
        **_workbook(contracts, gathering, public=state.public),
    }
    new = DataSetState(state.public, contracts, {name: sha256(data).hexdigest() for name, data in files.items()})
    content = state_file(new)
    sound = {path: wanted for path, wanted in state.sums.items() if path not in gathering.unsound}
    if look(place.folder / FILE) != seen:
        raise OutputError(
            f"« {place.folder} » vient d’être refait par une autre exécution : rien n’a été remplacé. Relancez."
        )
    aside = move_foreign_aside(place.folder, {*sound, FILE})
    if gathering.unsound or look(place.folder / FILE) != sha256(content).hexdigest():
        for path, wanted in new.sums.items():
            if sound.get(path) == wanted:
                place.keep(path)
            elif path in files:
                place.write(path, files[path])
        place.write(FILE, content)
        place.put()
    return aside


def _workbook(contracts: Sequence[ContractEntry], gathering: Gathering, *, public: bool) -> Mapping[str, bytes]:
    content = observatory_workbook(contracts, [*states(gathering, public=public)], public=public)
    refuse_unsound(WORKBOOK, content)
    return {WORKBOOK: content}


def _result(folder: Path, state: DataSetState, gathering: Gathering, lines: tuple[str, ...]) -> ObservatoryResult:
    before = {one.code: _sums(one) for one in state.contracts}
    current = gathering.current
    same = {code for code, one in current.items() if before.get(code) == _sums(one)}
    added = {code for code in current if code not in before}
    return ObservatoryResult(
        folder=folder,
        workbook=folder / WORKBOOK,
        contracts=tuple(one.code for one in gathering.contracts),
        added=tuple(sorted(added)),
        replaced=tuple(sorted({*current} - added - same)),
        unchanged=tuple(sorted(same)),
        unread=unread_lines(gathering),
        told=lines,
    )


def _sums(one: ContractEntry) -> Mapping[str, str]:
    return {file.path: file.sha256 for file in one.files}
