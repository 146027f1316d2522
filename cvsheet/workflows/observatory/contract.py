"""One contract of an observatory: read, judged, consolidated, and given back as files. It is the same function on a
processor of this machine and on a worker of a cluster; it writes nothing, but the record of what is published.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cvsheet.books.opendata.observatory.entries import ContractEntry
from cvsheet.books.opendata.observatory.partitions import Partition, partitions
from cvsheet.errors import CvsheetError, FrameworkError, UnreadableFile, UsageError
from cvsheet.figures.disclosure.editions import Edition
from cvsheet.figures.disclosure.figures import contexts
from cvsheet.files.atomic import own_turn
from cvsheet.judging.campaign.reception import Reception, latest_saving, reception
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.files.unusable import unusable_files
from cvsheet.model.framework import Campaign, Framework
from cvsheet.text.nearby import missing
from cvsheet.text.shell import pasted
from cvsheet.workflows.consolidate import arbitrated
from cvsheet.workflows.current import announced, sent_campaigns
from cvsheet.workflows.editions import RECORD, edition_of, published_before, remembered
from cvsheet.workflows.export import content_of
from cvsheet.workflows.folder import WORKBOOK, ContractFolder, find_contract_folder, is_workbook, load_framework
from cvsheet.workflows.former_master import decided_in
from cvsheet.workflows.lying_editions import mark_of
from cvsheet.workflows.observatory.fingerprint import fingerprint, program, with_editions
from cvsheet.workflows.replacing import ARCHIVES
from cvsheet.workflows.status import asked
from cvsheet.workflows.tracking import Tracking, read_tracking
from cvsheet.workflows.validate import validate


@dataclass(frozen=True, slots=True)
class ContractTask:
    """A contract folder to read. `known` is the fingerprint that it had when it was last read, `edition` what its
    published figures were known by; `program` the sum of the program that asks."""

    folder: str
    public: bool
    program: str
    known: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A contract as it stands now, with its files by path."""

    entry: ContractEntry
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A contract that is as it was."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a contract could not be read, and what to do: one French sentence or two."""

    sentence: str


NO_CONTRACT = f"Aucun classeur « {WORKBOOK} » dans ce dossier. Remettez-le, ou donnez d’autres dossiers."
_IN_THE_FOLDER = re.compile(r"cvsheet (check|validate)\b(?! .*-C )")
OPENED_BY_ALL = "Remettez à sa place un classeur sain, au format .xlsx et sans mot de passe, puis relancez."
ContractOutcome = Gathered | Unchanged | Unread


class OtherProgramError(Exception):
    """The program that is to read a contract is not the one that asks: why depends on where it runs."""


def gather(task: ContractTask) -> ContractOutcome:
    """What the contract in the folder of `task` holds. Whatever stops it is said of this contract alone, except
    OtherProgramError, which whoever started this process puts in words."""
    if task.program != program():
        raise OtherProgramError
    try:
        return _gathered(task)
    except FrameworkError as error:
        unopened = isinstance(error.__cause__, UnreadableFile)
        return Unread(_from_here(f"{error} {OPENED_BY_ALL}" if unopened else str(error), task.folder))
    except CvsheetError as error:
        return Unread(_from_here(str(error), task.folder))
    except PermissionError as error:
        return Unread(
            f"« {error.filename or task.folder} » ne peut pas être ouvert : un autre programme le tient, ou vous n’y "
            "avez pas accès. Fermez-le ou demandez l’accès, puis relancez."
        )
    except OSError as error:
        return Unread(
            f"« {error.filename or task.folder} » ne peut pas être lu ({error.strerror or error}). Vérifiez que le "
            "disque est accessible, puis relancez."
        )
    except Exception as error:  # whatever it is, the other contracts go on
        return Unread(
            f"Erreur imprévue ({type(error).__name__}). Pour en savoir plus : cvsheet validate --debug -C "
            f"{pasted(task.folder)}"
        )


def _from_here(sentence: str, folder: str) -> str:
    """`sentence` with the commands that it proposes as they are typed outside of the contract's `folder`."""
    return _IN_THE_FOLDER.sub(lambda found: f"{found[0]} -C {pasted(folder)}", sentence)


def mark_of_folder(folder: Path) -> str:
    """By what a folder is found again; it tells nobody where it lies."""
    return sha256(str(folder).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _gathered(task: ContractTask) -> Gathered | Unchanged:
    place = _contract_in(Path(task.folder))
    with own_turn(place.root) if task.public else nullcontext():  # what is published is noted in the folder
        return _read(task, place)


def _read(task: ContractTask, place: ContractFolder) -> Gathered | Unchanged:
    found = fingerprint(place, public=task.public)
    if task.known and task.known == _final(found, place, public=task.public):
        return Unchanged()
    tracking = read_tracking(place.root)
    framework = announced(load_framework(place.workbook), tracking)
    assessment = validate(framework, [place.inbox] if place.inbox.exists() else [], place.root)
    made, edition = _parts(task, place, framework, assessment, tracking)
    settings = framework.contract
    entry = ContractEntry(
        code=settings.code,
        identity=settings.identity,
        name=settings.name,
        territory=settings.territory,
        folder=mark_of_folder(Path(task.folder)),
        fingerprint=_final(found, place, public=task.public),
        campaigns=tuple(one.entry for one in made),
        edition=edition,
    )
    return Gathered(entry, {path: data for one in made for path, data in one.files.items()})


def _contract_in(folder: Path) -> ContractFolder:
    """The contract of this very folder; UsageError where there is none."""
    if not folder.is_dir():
        raise UsageError(missing(folder))
    if not any(is_workbook(path) for path in folder.iterdir()):
        raise UsageError(NO_CONTRACT)
    place = find_contract_folder(folder)
    if place.root != folder.resolve():
        raise UsageError(NO_CONTRACT)
    return place


def _final(found: str, place: ContractFolder, *, public: bool) -> str:
    return with_editions(found, place) if public else found


def _parts(
    task: ContractTask, place: ContractFolder, framework: Framework, assessment: Assessment, tracking: Tracking
) -> tuple[tuple[Partition, ...], str]:
    """The campaigns of a contract, and what its edition is known by where it is published."""
    decided = decided_in(place.results, framework, assessment, place.root)
    consolidation = arbitrated(framework, assessment, decided)
    editions = _editions(task, place, framework) if task.public else ()
    content, _ = content_of(consolidation, assessment, editions, public=task.public)
    campaigns = _campaigns(framework, assessment, place, tracking, public=task.public)
    receptions = {} if task.public else _receptions(framework, assessment, place, tracking, campaigns)
    made = tuple(partitions(content, campaigns, receptions))
    if not task.public or not made:
        return made, ""
    whole = b"".join(data for one in made for data in one.files.values())
    with remembered(
        place.results, editions, edition_of(consolidation, content.secrecy, contexts(framework), {}), whole
    ):
        return made, mark_of(whole)


def _editions(task: ContractTask, place: ContractFolder, framework: Framework) -> Sequence[Edition]:
    """What was published of the contract; CvsheetError where the figures that lie in the observatory are not on file,
    since nobody knows then what a reader could subtract."""
    editions = published_before(framework, place.results, place.results)
    if task.edition and not any(task.edition in one.files for one in editions):
        raise CvsheetError(
            f"Ses chiffres déjà publiés dans cet observatoire ne sont plus notés dans « sorties/{ARCHIVES}/{RECORD} »"
            " : rien n’en est publié, faute de comparer. Remettez ce fichier ; si rien n’a été diffusé, retirez "
            f"d’abord le contrat : cvsheet observatory --retirer {pasted(framework.contract.code)}"
        )
    return editions


def _campaigns(
    framework: Framework, assessment: Assessment, place: ContractFolder, tracking: Tracking, *, public: bool
) -> tuple[Campaign, ...]:
    """The campaigns that were sent or of which a return counts, in the order of time; to publish, only the latter."""
    sent: Collection[str] = () if public else sent_campaigns(framework, place, tracking)
    known = {*sent, *assessment.answered}
    return tuple(sorted((one for one in framework.campaigns if one.code in known), key=lambda one: (one.end, one.code)))


def _receptions(
    framework: Framework,
    assessment: Assessment,
    place: ContractFolder,
    tracking: Tracking,
    campaigns: Sequence[Campaign],
) -> Mapping[str, Sequence[Reception]]:
    """Where each partner stands in each campaign, as the master shows it: the same on any day."""
    today, unusable = latest_saving(assessment), unusable_files(framework, assessment)
    sent = sent_campaigns(framework, place, tracking)
    return {
        one.code: reception(
            framework,
            assessment,
            one.code,
            today,
            unusable,
            asked(tracking, assessment, one.code, sent=one.code in sent),
        )
        for one in campaigns
    }
