"""Numbers that the contract gives in the unit of a measure: read as a partner's answer to this measure is.

« 1 234 personnes » is a number for a measure in personnes, « 12,5 % » for a rate only.
"""

from __future__ import annotations

from collections.abc import Iterable

from cvsheet.files.grid.model import Cell
from cvsheet.files.scalars import seen_text, typed_value
from cvsheet.files.values import is_blank, read_number
from cvsheet.model.measured import MeasureUnit, unit_of
from cvsheet.model.records import Record, Scalar
from cvsheet.model.submission import AnswerKind
from cvsheet.schema.tables import Column
from cvsheet.text.numerals import tidy


def measured_value(cell: Cell | None, column: Column, unit: MeasureUnit | None) -> Scalar:
    """The number of `cell` in the `unit` of its measure, the text that was seen where it is none; by its column alone
    where the measure is unknown."""
    if cell is None or is_blank(cell) or unit is None:
        return typed_value(cell, column)
    answer = read_number(cell, *unit).answer
    return answer.number if answer.kind is AnswerKind.NUMBER else tidy(seen_text(cell))


def units_of_measures(records: Iterable[Record]) -> dict[str, MeasureUnit | None]:
    """The unit of each measure, by its code."""
    return {record.text("code"): unit_of(record.values) for record in records}
