"""What cells of an open workbook hold, whatever somebody typed in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import xlwings as xw

from cvsheet.files.open_book import OpenValue

OpenRows = Sequence[Sequence[OpenValue]]


def values_of(area: xw.Range) -> OpenRows:
    """The values of `area`, row by row; errors as the texts that Excel shows.

    xlwings 0.37.8 takes a text that looks like a time stamp for a date on the web, and raises where it is none that
    it can read: then the area is halved until that cell stands alone, and its text is taken as it is.
    """
    try:
        found: OpenRows = area.options(ndim=2, err_to_str=True, dates=datetime).value
    except ValueError:
        return _halved(area)
    return found


def _halved(area: xw.Range) -> OpenRows:
    rows, columns = area.shape
    if (rows, columns) == (1, 1):
        return [[_as_it_is(area)]]
    if rows > 1:
        middle = rows // 2
        return [*values_of(area[:middle, :]), *values_of(area[middle:, :])]
    middle = columns // 2
    return [[*values_of(area[:, :middle])[0], *values_of(area[:, middle:])[0]]]


def _as_it_is(cell: xw.Range) -> str:
    found = cell.options("raw").value
    while isinstance(found, list | tuple):
        found = found[0]
    return str(found)
