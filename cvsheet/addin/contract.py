"""The contract at hand: its folder, and its framework as the open workbook states it, saved or not."""

from __future__ import annotations

import xlwings as xw

from cvsheet.addin.open_books import content_of, file_of, has_pilot, open_books
from cvsheet.books.contract.reading.workbook import canonical_from_grid
from cvsheet.model.framework import Framework
from cvsheet.workflows.check import CheckResult, check_records
from cvsheet.workflows.folder import ContractFolder, framework_of, load_framework


def check_open(book: xw.Book, folder: ContractFolder) -> CheckResult:
    """What `cvsheet check` says of the canonical workbook open as `book`."""
    return check_records(canonical_from_grid(content_of(book, file_of(book, folder)), book.name))


def framework_at_hand(book: xw.Book, folder: ContractFolder) -> Framework:
    """The framework in the open canonical workbook: `book`, or another open one; else that of the file.

    FrameworkError, in French, where it holds an ERREUR.
    """
    opened = [one for one in open_books(book) if has_pilot(one) and one.name == folder.workbook.name]
    if opened:
        return framework_of(check_open(opened[0], folder), opened[0].name)
    return load_framework(folder.workbook)
