"""What a person must know of a data set that was brought up to date: sentences, and the state of each contract."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from cvsheet.books.opendata.observatory.workbook import UP_TO_DATE, ContractState
from cvsheet.schema.tables import fold
from cvsheet.text.french import french_count, quoted
from cvsheet.workflows.observatory.contract import mark_of_folder
from cvsheet.workflows.observatory.gathering import Gathering

MOST_NAMED = 8
KEPT = "Données d’avant."


def unread_lines(gathering: Gathering) -> tuple[str, ...]:
    """One line a folder that could not be read; two folders of which the same is said are one."""
    lines: dict[str, str] = {}
    for folder, sentence in gathering.unread.items():
        lines.setdefault(sentence, f"« {Path(folder).name} » : {sentence}")
    return tuple(lines.values())


def told(gathering: Gathering, removed: Collection[str]) -> Iterator[str]:
    """What has gone, and what stays although nothing was read of it."""
    yield from (
        f"« {code} » est retiré de l’observatoire." for code in sorted(removed) if code not in gathering.current
    )
    yield from _vanished(gathering)
    lost = gathering.lost
    if lost:
        count = french_count(len(lost), "contrat n’est plus", "contrats ne sont plus")
        yield (
            f"{count} dans l’observatoire : {_few(lost)}. Des fichiers en avaient été changés ou effacés, et rien n’a "
            "pu en être relu."
        )
    kept = gathering.former.keys() - gathering.current.keys() - {*lost}
    marks = {mark_of_folder(Path(folder)) for folder in gathering.unread}
    absent = [code for code in sorted(kept) if gathering.former[code].folder not in marks]
    if absent:
        count = french_count(len(absent), "contrat de l’observatoire n’est", "contrats de l’observatoire ne sont")
        yield (
            f"{count} pas dans les dossiers donnés : {_few(absent)}. Les données d’avant restent. Pour en retirer "
            "un : cvsheet observatory --retirer CODE"
        )


def _vanished(gathering: Gathering) -> Iterator[str]:
    for code, entry in sorted(gathering.current.items()):
        before, now = gathering.former.get(code), {one.code for one in entry.campaigns}
        gone = [one.code for one in before.campaigns if one.code not in now] if before else []
        if gone:
            noun = "la campagne" if len(gone) == 1 else "les campagnes"
            verb = "n’a plus de données et est retirée" if len(gone) == 1 else "n’ont plus de données et sont retirées"
            yield f"« {code} » : {noun} {quoted(gone)} {verb}."


def _few(codes: Collection[str]) -> str:
    shown = [*codes]
    return quoted(shown[:MOST_NAMED]) + ("…" if len(shown) > MOST_NAMED else "")


def states(gathering: Gathering, *, public: bool) -> Iterator[ContractState]:
    """What the last run made of each contract. What is to be published tells no ways on this machine."""
    said = {mark_of_folder(Path(folder)): sentence for folder, sentence in gathering.unread.items()}
    contracts = gathering.contracts
    for one in sorted(contracts, key=lambda one: (fold(one.name), one.code)):
        if one.code in gathering.current:
            sentence = UP_TO_DATE
        elif public:
            sentence = KEPT
        elif one.folder in said:
            sentence = f"{KEPT} {said[one.folder]}"
        else:
            sentence = f"{KEPT} Son dossier n’a pas été donné."
        yield ContractState(one.name, sentence, one)
    if not public:
        known = {one.folder for one in contracts}
        for folder, sentence in gathering.unread.items():
            if mark_of_folder(Path(folder)) not in known:
                yield ContractState(Path(folder).name, sentence)
