"""What becomes of each contract while a data set is brought up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from cvsheet.books.opendata.observatory.entries import ContractEntry
from cvsheet.files.atomic import Staging
from cvsheet.text.french import quoted
from cvsheet.text.shell import pasted
from cvsheet.workflows.observatory.contract import ContractOutcome, ContractTask, Gathered, Unread, mark_of_folder

COPIES = "l’un est une copie de l’autre, rangez ailleurs celui qui n’est plus à jour"
NAMESAKES = "ce sont deux contrats, donnez à l’un un autre code, feuille « Contrat »"


@dataclass
class Gathering:
    """The contracts by code: `former` as the data set holds them, `current` as they were read. `unread` is what is said
    of the folders that could not be; `unsound` are the paths of the data set's files that are no longer sound."""

    former: Mapping[str, ContractEntry]
    unsound: Collection[str]
    current: dict[str, ContractEntry] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    _folders: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, place: Staging, task: ContractTask, outcome: ContractOutcome) -> None:
        """Keep what came of one contract; its new files go to the disk at once."""
        if isinstance(outcome, Unread):
            self.unread[task.folder] = outcome.sentence
            return
        entry = outcome.entry if isinstance(outcome, Gathered) else self._by_folder[mark_of_folder(Path(task.folder))]
        before = self.former.get(entry.code)
        if before is not None and before.identity and entry.identity and before.identity != entry.identity:
            self.unread[task.folder] = (
                f"Son code « {entry.code} » est déjà celui d’un autre contrat de l’observatoire. Donnez-lui un autre "
                f"code, feuille « Contrat », ou retirez l’autre : cvsheet observatory --retirer {pasted(entry.code)}"
            )
            return
        self._folders[entry.code].append((task.folder, entry.identity))
        if entry.code not in self.current:
            self.current[entry.code] = entry
            if isinstance(outcome, Gathered):
                self._write(place, entry, outcome.files)

    def settle_doubles(self, place: Staging) -> None:
        """Of two folders with the same contract nobody knows which one counts, so none does."""
        for code, found in self._folders.items():
            if len(found) == 1:
                continue
            folders, identities = zip(*found, strict=True)
            for one in self.current.pop(code).files:
                place.discard(one.path)
            remedy = COPIES if len({*identities}) == 1 else NAMESAKES
            sentence = f"Le contrat « {code} » est dans {quoted(folders)} : aucun n’est pris. À faire : {remedy}."
            self.unread |= dict.fromkeys(folders, sentence)

    @property
    def lost(self) -> tuple[str, ...]:
        """The contracts whose files were damaged and that could not be read anew."""
        return tuple(code for code, one in self.former.items() if code not in self.current and self._is_damaged(one))

    @property
    def contracts(self) -> tuple[ContractEntry, ...]:
        """What the data set will hold, in the order of codes."""
        used, lost = {one.folder for one in self.current.values()}, {*self.lost}
        kept = {code: one for code, one in self.former.items() if code not in lost}
        kept = {code: replace(one, folder="") if one.folder in used else one for code, one in kept.items()}
        return tuple(one for _, one in sorted({**kept, **self.current}.items()))

    def asked_of(self, folder: Path) -> tuple[str, str]:
        """The fingerprint and the edition that are known of the contract in `folder`; no fingerprint where its files
        are damaged: then it is read whatever it holds."""
        before = self._by_folder.get(mark_of_folder(folder))
        if before is None:
            return "", ""
        return "" if self._is_damaged(before) else before.fingerprint, before.edition

    @cached_property
    def _by_folder(self) -> Mapping[str, ContractEntry]:
        return {one.folder: one for one in self.former.values()}

    def _is_damaged(self, entry: ContractEntry) -> bool:
        return any(file.path in self.unsound for file in entry.files)

    def _write(self, place: Staging, entry: ContractEntry, files: Mapping[str, bytes]) -> None:
        before = self.former.get(entry.code)
        sums = {} if before is None else {one.path: one.sha256 for one in before.files if one.path not in self.unsound}
        for one in entry.files:
            if sums.get(one.path) != one.sha256:
                place.write(one.path, files[one.path])
