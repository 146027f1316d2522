"""What can be asked for on the sheet *Pilotage*: each task is a workflow, and says what it did.

A new task is one line in `cvsheet.books.contract.pilotage.Task`, its function here and one line in `TASKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import xlwings as xw

from cvsheet import Assessment, AtHand, Contract, ContractFolder, RemindResult, Severity
from cvsheet.addin.contract import check_open, contract_at_hand
from cvsheet.addin.contract_book import adopt_open
from cvsheet.addin.marks import clear_marks, put_marks
from cvsheet.addin.master import consolidate_open, open_masters
from cvsheet.addin.open_books import is_remote, others
from cvsheet.addin.pilot_form import Order, TaskReport
from cvsheet.addin.returned_book import validate_book as judge_and_mark
from cvsheet.addin.session import READING, Tell, counted
from cvsheet.books.contract.pilotage import Field, Task
from cvsheet.errors import UsageError
from cvsheet.reports.grouping import counts_of
from cvsheet.schema.tables import fold
from cvsheet.sentences.deadline import is_past, read_day
from cvsheet.text.french import french_count, typeset

REPORT = "constats.html"
REMINDERS = "relances"  # in sorties/
_HOW_TO_DATE = (
    f"Dans « {Field.BEFORE.value} » (feuille « Pilotage » ; si la ligne n’y est pas, supprimez la feuille, elle sera "
    "recréée), tapez une date comme 15/01/2027, ou « oui » pour continuer sans, puis relancez."
)


@dataclass(frozen=True, slots=True)
class Job:
    """One order on the contract in `folder`, whose workbook `book` is open; `tell` says how far it is."""

    folder: ContractFolder
    book: xw.Book
    order: Order
    tell: Tell


def run_task(job: Job) -> TaskReport:
    """Do what was ordered; CvsheetError, in French, where that is not possible."""
    job.tell(f"{job.order.task.value}…")
    return TASKS[job.order.task](job)


def check(job: Job) -> TaskReport:
    """`cvsheet check`, with the faulty cells marked in the workbook."""
    result = check_open(job.book, job.folder)
    errors, warnings, infos = (sum(one.severity is grave for one in result.findings) for grave in Severity)
    summary = (
        f"{french_count(errors, 'erreur')}, {french_count(warnings, 'avertissement')}, "
        f"{french_count(infos, 'pour mémoire', 'pour mémoire')}."
    )
    cells = put_marks(job.book, result.findings, summary)
    done = "Corrigez les cellules colorées, puis relancez." if errors else "Le classeur peut servir : générez."
    incidents = tuple(("Incident de cvsheet", one) for one in result.incidents)
    counts = (("Cellules colorées", str(cells)), *incidents)
    return TaskReport(summary, counts, findings=result.findings, next_step=done)


def generate(job: Job) -> TaskReport:
    """`cvsheet generate`."""
    contract = _contract(job, "Classeurs")
    hand = contract.to_prepare(job.order.campaign)
    campaign, before = hand.campaign, _new_deadline(job, hand)
    result = contract.generate(campaign.code, job.order.partners, before=before)
    asked = tuple(
        (file.partner, f"{french_count(file.lines, 'ligne')} ({file.outcome.value})") for file in result.files
    )
    empty = tuple((partner, "rien à renseigner dans cette campagne") for partner in result.without_content)
    return TaskReport(
        f"{french_count(len(result.files), 'classeur')} pour « {campaign.title} ».",
        (*asked, *empty),
        tuple(file.path for file in result.files),
        next_step="Envoyez-les, puis déposez ce qui revient dans retours/.",
    )


def validate_returns(job: Job) -> TaskReport:
    """`cvsheet validate`, with its page in `sorties/`."""
    contract = _contract(job)
    assessment = contract.validate()
    page = job.folder.results / REPORT
    contract.write_reports(assessment, html_file=page)
    return TaskReport(
        counts_of(assessment).sentence,
        (*_received(assessment), *(("Incident de cvsheet", one) for one in assessment.incidents)),
        (page,),
        assessment.findings,
        "Demandez les corrections, ou consolidez : une valeur en erreur reste hors des totaux.",
    )


def validate_book(job: Job) -> TaskReport:
    """The open returned workbook, judged and marked."""
    return judge_and_mark(_aimed(job), _contract(job))


def erase_marks(job: Job) -> TaskReport:
    """Take the marks back: in the workbook aimed at, in this one where no other is open."""
    book = _aimed(job) if job.order.book or others(job.book) else job.book
    done = clear_marks(book)
    return TaskReport(f"« {book.name} » : {'marques effacées' if done else 'aucune marque'}.")


def remind(job: Job) -> TaskReport:
    """`cvsheet status --relances`: a message per partner that is late or incomplete, in `sorties/relances/`."""
    contract = _contract(job)
    hand = contract.at_hand(job.order.campaign)
    campaign, before = hand.campaign, _new_deadline(job, hand)
    result = contract.remind(job.folder.results / REMINDERS, campaign.code, before=before)
    written = tuple((one.partner, one.standing.value) for one in result.reminders)
    unknown = (("Sans adresse connue", ", ".join(result.without_address)),) if result.without_address else ()
    return TaskReport(
        f"{french_count(len(result.reminders), 'message')} pour « {campaign.title} », "
        f"{french_count(len(result.complete), 'partenaire complet', 'partenaires complets')}.",
        (*written, *unknown),
        tuple(one.message for one in result.reminders),
        next_step=_after_reminding(result),
    )


def _after_reminding(result: RemindResult) -> str:
    if result.reminders:
        return "Ouvrez chaque message, relisez, envoyez."
    if result.unsent:
        return f"Rien n’a été envoyé à {', '.join(result.unsent)} : générez d’abord leurs classeurs."
    return "Personne à relancer."


def consolidate(job: Job) -> TaskReport:
    """`cvsheet consolidate`; a master that is open is refreshed in place."""
    contract = _contract(job)
    assessment = contract.validate()
    masters = open_masters(job.book)
    result = consolidate_open(contract, assessment, job.order.campaign, masters)
    path = job.folder.results / result.path.name
    where = "mis à jour dans le classeur ouvert" if path.name in masters else "écrit"
    return TaskReport(
        f"Classeur maître {where} : {path.name}. {' '.join(result.summary)}",
        _received(assessment),
        (path,),
        assessment.findings,
        "Regardez la feuille « Synthèse » du classeur maître.",
    )


def adopt(job: Job) -> TaskReport:
    """`cvsheet adopt`, into the open workbook."""
    result = adopt_open(job.book, _contract(job), job.order.campaign)
    if result.backup is None:
        return TaskReport("Rien de nouveau à inscrire.")
    return TaskReport(
        f"{french_count(result.adopted, 'valeur inscrite', 'valeurs inscrites')} ; l’ancien classeur est gardé.",
        tuple((f"Inscrit ({number})", str(change)) for number, change in enumerate(result.changes, start=1)),
        (result.backup,),
        next_step="Relisez les valeurs inscrites, puis préparez la campagne suivante.",
    )


TASKS: Mapping[Task, Callable[[Job], TaskReport]] = MappingProxyType(
    {
        Task.CHECK: check,
        Task.GENERATE: generate,
        Task.VALIDATE: validate_returns,
        Task.VALIDATE_BOOK: validate_book,
        Task.CLEAR_MARKS: erase_marks,
        Task.REMIND: remind,
        Task.CONSOLIDATE: consolidate,
        Task.ADOPT: adopt,
    }
)


def _contract(job: Job, work: str = READING) -> Contract:
    """The contract as it stands in Excel; `work` is what the status bar says is going on."""
    return contract_at_hand(job.book, job.folder, counted(job.tell, work))


def _new_deadline(job: Job, hand: AtHand) -> date | None:
    """The new last day for partners, None where the contract's stays; UsageError where that is past and the form does
    not say what to do."""
    typed, today = job.order.before, date.today()
    day = read_day(typed)
    if day is not None and day >= today:
        return day
    going_on = fold(typed) in ("o", "oui")
    if typed and not going_on:
        raise UsageError(typeset(f"« {Field.BEFORE.value} » : « {typed} » n’est pas une date à venir. {_HOW_TO_DATE}"))
    if hand.overdue(today) and not going_on:
        raise UsageError(typeset(f"{is_past(hand, today)} Rien n’a été écrit. {_HOW_TO_DATE}"))
    return None


def _received(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    return (("Fichiers reçus", str(assessment.files_received)), ("Pris en compte", str(len(assessment.counted_files))))


def _aimed(job: Job) -> xw.Book:
    """The other open workbook that the form means; UsageError where that is not clear."""
    found = others(job.book)
    if job.order.book:
        named = [one for one in found if one.name.casefold() == job.order.book.casefold()]
        if named:
            return named[0]
    elif len(found) == 1:
        return found[0]
    if is_remote(job.book):
        raise UsageError(
            "Dans Excel pour le web, ouvrez le classeur revenu et lancez-y « cvsheet : valider ce classeur »."
        )
    names = ", ".join(f"« {one.name} »" for one in found) or "aucun"
    raise UsageError(
        typeset(
            f"Ouvrez le classeur revenu dans Excel ; s’il y en a plusieurs, nommez-le dans « {Field.BOOK.value} ». "
            f"Autres classeurs ouverts : {names}."
        )
    )
