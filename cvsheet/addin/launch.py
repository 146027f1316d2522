"""What *Run main* starts: `run_main`, called by the module that `cvsheet excel install` puts beside a workbook."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import xlwings as xw

from cvsheet import ContractFolder, open_contract
from cvsheet.addin.contract import contract_at_hand
from cvsheet.addin.marks import clear_marks, put_marks
from cvsheet.addin.master import consolidate_this
from cvsheet.addin.open_books import has_pilot, is_master
from cvsheet.addin.pilot_form import TaskReport, create_form, read_order, write_failure, write_outcome
from cvsheet.addin.returned_book import validate_book
from cvsheet.addin.session import READING, Tell, busy, counted, show
from cvsheet.addin.tasks import Job, run_task
from cvsheet.books.contract.pilotage import SHEET
from cvsheet.errors import what_stopped
from cvsheet.text.french import typeset

WELCOME = (
    f"La feuille « {SHEET} » vient d’être ajoutée en tête du classeur. "
    "Choisissez-y une action, puis relancez « Run main »."
)


def run_main(folder: Path) -> None:
    """*Run main* in the workbook that calls, of the contract folder that holds `folder`."""
    run_in(xw.Book.caller(), folder)


def run_in(book: xw.Book, folder: Path) -> None:
    """What *Run main* does in `book`: the order of the sheet *Pilotage*, or in a master its refreshing."""
    if is_master(book):
        guarded(book, folder, refresh_master)
    elif has_pilot(book):
        guarded(book, folder, run_order)
    else:
        guarded(book, folder, add_form)


def guarded(book: xw.Book, folder: Path, action: Callable[[xw.Book, ContractFolder, Tell], str]) -> None:
    """Run `action` and show the sentence that it returns; an error is the command line's sentence, never a traceback.

    Whatever happens, Excel is usable afterwards: the dialog comes once everything is back in its place.
    """
    try:
        with busy(book.app) as tell:
            message, wrong = action(book, open_contract(folder).folder, tell), False
    except Exception as error:  # the last door before Excel: a traceback would help nobody there
        message, wrong = typeset(what_stopped(error)), True
        with suppress(Exception):  # the dialog comes even where nothing can be written
            _note_failure(book, message)
    show(book.app, message, wrong=wrong)


def run_order(book: xw.Book, folder: ContractFolder, tell: Tell) -> str:
    """What the sheet *Pilotage* asks for; the outcome is written there."""
    order = read_order(book)
    outcome = run_task(Job(folder, book, order, tell))
    write_outcome(book, order.task, outcome, datetime.now())
    return _sentence(outcome)


def refresh_master(book: xw.Book, folder: ContractFolder, tell: Tell) -> str:
    """Consolidate into the master open as `book`."""
    result = consolidate_this(contract_at_hand(book, folder, counted(tell, READING)), book)
    return typeset(f"Classeur maître mis à jour. {' '.join(result.summary)}")


def check_returned(book: xw.Book, folder: ContractFolder, tell: Tell) -> str:
    """*Valider ce classeur*, in the returned workbook itself."""
    return _sentence(validate_book(book, contract_at_hand(book, folder, counted(tell, READING))))


def erase(book: xw.Book, folder: ContractFolder, tell: Tell) -> str:
    """*Effacer les marques*, in the workbook itself."""
    return "Marques effacées." if clear_marks(book) else "Aucune marque de cvsheet dans ce classeur."


def add_form(book: xw.Book, folder: ContractFolder, tell: Tell) -> str:
    """Give a workbook made before there was one its sheet *Pilotage*."""
    create_form(book)
    return typeset(WELCOME)


def _sentence(outcome: TaskReport) -> str:
    return typeset(f"{outcome.summary} {outcome.next_step}".strip())


def _note_failure(book: xw.Book, message: str) -> None:
    """The message in a cell too: on *Pilotage*, elsewhere on the sheet of findings."""
    if has_pilot(book):
        write_failure(book, message, datetime.now())
    else:
        put_marks(book, (), message)
