"""Before a master is written: what the coordination typed in the former ones, brought together.

The master that is about to be replaced comes first; the masters of other campaigns beside it add what it does not
know. Nothing is guessed: where two of them differ, the first counts and the other version is listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cvsheet.books.master.decisions import (
    DECISIONS,
    MOMENT,
    NOTHING_WRITTEN,
    Arbitration,
    Coordination,
    Note,
    Reason,
    as_text,
)
from cvsheet.books.master.read_back import FormerMaster, read_master
from cvsheet.books.master.register import Register, note_key
from cvsheet.errors import OutputError, Refusal, UnreadableFile
from cvsheet.files.scalars import answer_of
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.schema.tables import load_table
from cvsheet.workflows.corrected_data import corrected
from cvsheet.workflows.kept_masters import KeptMasters
from cvsheet.workflows.register import DECISIONS_FILE, NOTHING_REGISTERED, Merging, read_register
from cvsheet.workflows.replacing import keep_copy

OTHER_ENDINGS = (".ods", ".xlsm", ".xls", ".xlsb", ".fods")
WORDS = {"arbitre": "typed", "motif": "motive", "note": "comment"}  # columns of *Décisions* -> parts of an Arbitration


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried into the new master. `replaced` is the former master at the same place, where there is one;
    `register` what is to be kept beside the contract, `withdrawn` how many decisions a person took back, `doubled` how
    many lines have several rows there; `twins` are the masters beside it in another format, of which `unread` could not
    be read."""

    coordination: Coordination
    replaced: FormerMaster | None
    register: Register = NOTHING_REGISTERED
    withdrawn: int = 0
    doubled: int = 0
    twins: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def carried_over(
    framework: Framework,
    target: Path,
    assessment: Assessment,
    root: Path | None = None,
    kept: KeptMasters | None = None,
) -> Carried:
    """What the register in `root`, the master at `target` and those of other campaigns beside it hold of the
    coordination's hand.

    Where somebody typed in the numbers of the former *Données*, one that differs from what is read now, although the
    same cell of the same file holds the same text, was corrected by hand: it is listed. OutputError, in French, where
    one of them cannot be read back: nothing may be written then. What is `kept` of masters tells which nobody saved
    since.
    """
    register = NOTHING_REGISTERED if root is None else read_register(root, framework)
    merging = Merging(register)
    twins, unread = _twins(framework, target)
    noted = [one.note for one in register.notes.values()]
    masters = [
        (kept and kept.untouched(path)) or _read(framework, path, kept.as_written(path, noted) if kept else ())
        for path in _masters(framework, target)
    ]
    replaced = masters[0] if masters and masters[0].file == target.name else None
    masters = [*masters[:1], *twins, *masters[1:]] if replaced else [*twins, *masters]
    notes = _all_notes(framework, merging, masters, own_notes=1 + len(twins) if replaced else len(masters))
    if replaced is not None and replaced.touched:
        notes += corrected(replaced, assessment)
    latest = merging.result.latest
    coordination = Coordination(
        {
            key: one.arbitration
            for key, one in merging.decisions.items()
            if _known(framework, *key) and one.arbitration.says_something
        },
        tuple(dict.fromkeys(notes)),
        tuple(dict.fromkeys(title for master in masters[:1] for title in master.titles)),
        latest.strftime(MOMENT) if root is not None and latest else "",
    )
    names = tuple(twin.file for twin in twins)
    doubled = sum(bool(one.others) for one in register.decisions.values())
    return Carried(coordination, replaced, merging.result, len(merging.withdrawn), doubled, names, unread)


def _all_notes(framework: Framework, merging: Merging, masters: Sequence[FormerMaster], own_notes: int) -> list[Note]:
    """Add what `masters` hold to `merging`, as `_merged` does: what is then to be listed in the new master."""
    origins, notes = _merged(framework, merging, masters, own_notes)
    standing = [one.note for one in merging.notes.values() if one.note.value is not None]
    others = (*_other_rows(merging.register), *_other_versions(merging))
    return [*standing, *notes, *others, *_homeless(framework, merging, origins)]


def _merged(
    framework: Framework, merging: Merging, masters: Sequence[FormerMaster], own_notes: int
) -> tuple[dict[tuple[str, str], str], list[Note]]:
    """Add what `masters` hold to `merging`: the file that each decision comes from, and the notes without a place. Only
    of the first `own_notes` are the notes taken: those of masters of other campaigns are theirs. Decisions that lost
    their line are listed in all of them, and kept once."""
    origins, notes = dict[tuple[str, str], str](), list[Note]()
    for number, master in enumerate(masters):
        lost, others = _split(master.notes)
        if number < own_notes:
            notes += merging.noted(master, others)
        origins |= {(one.campaign, one.line): master.file for one in master.arbitrations}
        origins = {key: words[0].origin for key, words in lost.items()} | origins
        said = {key: _from_words(key, words) for key, words in lost.items()}
        said |= {(one.campaign, one.line): one for one in master.arbitrations}
        merging.decided(master, said, lambda *key: not _known(framework, *key))
    return origins, notes


def _split(notes: Sequence[Note]) -> tuple[dict[tuple[str, str], list[Note]], list[Note]]:
    """The words of decisions that had lost their line, and all other notes."""
    titles = {load_table(DECISIONS).column(name).title for name in WORDS}
    lost: dict[tuple[str, str], list[Note]] = {}
    others = []
    for note in notes:
        if note.table == DECISIONS and not note.reason and len(note.key) == 2 and note.title in titles:  # noqa: PLR2004 - campaign and line
            lost.setdefault((note.key[0], note.key[1]), []).append(note)
        else:
            others.append(note)
    return lost, others


def _homeless(framework: Framework, merging: Merging, origins: Mapping[tuple[str, str], str]) -> Iterator[Note]:
    """The decisions of lines or campaigns that the contract no longer has, as notes."""
    for key, one in merging.decisions.items():
        if not _known(framework, *key):
            yield from _as_notes(one.arbitration, origin=origins.get(key, DECISIONS_FILE))


def _twins(framework: Framework, target: Path) -> tuple[list[FormerMaster], tuple[str, ...]]:
    """The masters called as the one at `target` but for their format, and the names of those that cannot be read."""
    read, unread = list[FormerMaster](), list[str]()
    for path in (target.with_suffix(ending) for ending in OTHER_ENDINGS):
        if path.is_file():
            try:
                master = read_master(path, framework)
            except UnreadableFile:
                unread.append(path.name)
                continue
            if master is not None and master.contract in ("", framework.contract.code):
                read.append(master)
    return read, tuple(unread)


def decided_in(
    folder: Path,
    framework: Framework,
    assessment: Assessment,
    root: Path | None = None,
    kept: KeptMasters | None = None,
) -> Coordination:
    """What the coordination decided in the register in `root` and the masters of `folder`, the latest campaign first;
    OutputError likewise."""
    if not framework.campaigns:
        return NOTHING_WRITTEN
    latest = max(framework.campaigns, key=lambda campaign: campaign.end)
    return carried_over(framework, folder / master_name(framework, latest.code), assessment, root, kept).coordination


def archive(carried: Carried, target: Path) -> Path | None:
    """Keep a copy of the master about to be replaced where a person has saved it since; its path, or None.

    What is not carried over (formats, sheets and charts of one's own) stays there; so do the notes of sheets too large
    to be read back, which is why such a master is always kept.
    """
    former = carried.replaced
    if former is None or not (former.touched or former.left_out):
        return None
    return keep_copy(target, former.saved_at)


def left_behind(framework: Framework, carried: Carried, target: Path, results: Path) -> tuple[Path, ...]:
    """The masters whose notes a new master at `target` does not take over: renamed ones beside it, and those in the
    folder `results` where it is made elsewhere. None where it replaces a former one."""
    if carried.replaced is not None:
        return ()
    folders = dict.fromkeys((target.parent.resolve(), results.resolve()))
    known = {path.resolve() for path in _masters(framework, target)}
    others = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("[!~.]*.xlsx")))
    return tuple(path for path in others if path.resolve() not in known and _has_more(framework, path, carried))


def _has_more(framework: Framework, path: Path, carried: Carried) -> bool:
    """Whether the workbook at `path` is a master of this contract that says what is not carried over."""
    try:
        master = read_master(path, framework)
    except UnreadableFile:
        return False
    if master is None or master.contract != framework.contract.code:
        return False
    decided = {(one.campaign, one.line) for one in master.arbitrations}
    noted = {note_key(note) for note in master.notes if not note.reason}
    return not (decided <= {*carried.register.decisions} and noted <= {*carried.register.notes})


def _masters(framework: Framework, target: Path) -> Iterator[Path]:
    """The master at `target`, then those of the same contract beside it, the latest campaign first."""
    if target.exists():
        yield target
    campaigns = sorted(framework.campaigns, key=lambda campaign: campaign.end, reverse=True)
    for campaign in campaigns:
        path = target.with_name(master_name(framework, campaign.code))
        if path != target and path.exists():
            yield path


def master_name(framework: Framework, campaign: str) -> str:
    """The name of the master that judges `campaign`."""
    return f"{framework.contract.code}_{campaign}_maitre.xlsx"


def _read(framework: Framework, path: Path, without: Collection[str]) -> FormerMaster:
    try:
        master = read_master(path, framework, without)
    except UnreadableFile as error:
        raise OutputError(
            f"Le classeur maître « {path} » ne peut pas être relu ({_why(error)}) : rien n’a été écrit, pour ne perdre "
            "aucune de vos notes. Ouvrez-le et enregistrez-le au format .xlsx, ou déplacez-le dans un autre dossier, "
            "puis relancez."
        ) from error
    if master is None or master.contract not in ("", framework.contract.code):
        what = "n’est pas un classeur maître" if master is None else f"est celui du contrat « {master.contract} »"
        raise OutputError(
            f"« {path} » existe déjà et {what} : rien n’a été écrit. Choisissez un autre nom avec -o, ou déplacez ce "
            "fichier."
        )
    return master


def _why(error: UnreadableFile) -> str:
    reasons = {
        Refusal.ENCRYPTED: "il est protégé par un mot de passe",
        Refusal.EMPTY: "le fichier est vide",
        Refusal.TRUNCATED: "le fichier est incomplet",
        Refusal.LEGACY_XLS: "il est à l’ancien format .xls",
        Refusal.MISSING: "vous n’y avez pas accès",
        Refusal.TOO_LARGE: "il est trop grand",
        Refusal.GEOMETRY: "il est trop grand",
    }
    return reasons.get(error.reason, "le fichier est abîmé ou d’un autre type")


def _known(framework: Framework, campaign: str, line: str = "") -> bool:
    return campaign in framework.campaign and line in framework.line


def _from_words(key: tuple[str, str], notes: Sequence[Note]) -> Arbitration:
    words = {note.title: note.value for note in notes}
    titles = {name: load_table(DECISIONS).column(name).title for name in WORDS}
    typed = words.get(titles["arbitre"])
    return Arbitration(
        *key,
        typed=typed,
        answer=answer_of(typed),
        motive=str(words.get(titles["motif"]) or ""),
        comment=str(words.get(titles["note"]) or ""),
    )


def _as_notes(one: Arbitration, reason: str = "", origin: str = "") -> Iterator[Note]:
    """The words of a decision, as notes of *Décisions*."""
    for name, part in WORDS.items():
        value = getattr(one, part)
        if value not in (None, ""):
            title = load_table(DECISIONS).column(name).title
            yield Note(DECISIONS, (one.campaign, one.line), title, value, origin, reason)


def _other_rows(register: Register) -> Iterator[Note]:
    """What further rows of the register say of a campaign and line."""
    for one in register.decisions.values():
        for other in one.others:
            yield from _as_notes(other, Reason.OTHER_VERSION, DECISIONS_FILE)


def _other_versions(merging: Merging) -> Iterator[Note]:
    """What masters say otherwise of a campaign and line than what is kept."""
    for one, kept, master in merging.versions:
        differing = {
            name: "" if as_text(getattr(one, part)) == as_text(getattr(kept, part)) else getattr(one, part)
            for name, part in WORDS.items()
        }
        other = replace(one, typed=differing["arbitre"], motive=differing["motif"], comment=differing["note"])
        yield from _as_notes(other, Reason.OTHER_VERSION, master.file)
