"""The contract at hand, as the open workbook states it, saved or not."""

from __future__ import annotations

import xlwings as xw

import cvsheet
from cvsheet.addin.open_books import content_of, file_of, has_pilot, open_books
from cvsheet.api.opened import unseen
from cvsheet.books.contract.reading.workbook import canonical_from_grid


def check_open(book: xw.Book, folder: cvsheet.ContractFolder) -> cvsheet.CheckResult:
    """What `cvsheet check` says of the canonical workbook open as `book`."""
    return cvsheet.check_records(canonical_from_grid(content_of(book, file_of(book, folder)), book.name))


def contract_at_hand(
    book: xw.Book, folder: cvsheet.ContractFolder, progress: cvsheet.Progress = unseen
) -> cvsheet.Contract:
    """The contract as the open canonical workbook states it: `book`, or another open one; else as its file does.

    FrameworkError, in French, where it holds an ERREUR.
    """
    opened = [one for one in open_books(book) if has_pilot(one) and one.name == folder.workbook.name]
    contract = cvsheet.Contract(folder)
    if opened:
        contract = contract.stated_by(check_open(opened[0], folder), opened[0].name)
    return contract.telling(progress)
