"""Workbooks as openpyxl opens them. Many tests edit the same one: it is read once, and each gets a copy of its own, for
a tenth of the time."""

from __future__ import annotations

import copyreg
import io
import pickle
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.dimensions import DimensionHolder
from openpyxl.worksheet.table import TableList

# Two dictionaries that pickle would not make anew: the items() of one are names and areas instead of its tables, the
# other would be made without what it needs.
copyreg.pickle(TableList, lambda tables: (TableList, (), None, None, iter(dict.items(tables))))
copyreg.pickle(
    DimensionHolder,
    lambda sizes: (
        DimensionHolder,
        (sizes.worksheet, sizes.reference, sizes.default_factory),
        vars(sizes),
        None,
        iter(sizes.items()),
    ),
)

MOST = 32  # workbooks, of some hundred kilobytes each


def opened(source: Path | bytes, *, data_only: bool = False) -> Workbook:
    """The workbook in `source`: formulas, or the values stored beside them."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    book: Workbook = pickle.loads(_read(content, data_only))
    return book


def saved(book: Workbook) -> bytes:
    """The file that it is saved as."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@lru_cache(maxsize=MOST)
def _read(content: bytes, data_only: bool) -> bytes:
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(content), data_only=data_only))
