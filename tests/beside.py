"""What stands beside an answer, for tests that make observations by hand."""

from __future__ import annotations

from cvsheet.model.submission import Answer, AnswerKind, Entry, Quantity
from cvsheet.schema.roles import columns_of, name_of
from cvsheet.schema.tables import Role


def beside(
    quantity: Quantity, comment: str = "", year: Entry | None = None, source: str = "", cell: str = ""
) -> dict[str, Entry]:
    """The comment (in `cell`), the year and the source of an answer on `quantity`, as far as they are there."""
    words = {name_of(Role.COMMENT): (comment, cell), name_of(Role.SOURCE): (source, "")}
    found = {
        name: Entry(Answer(AnswerKind.TEXT, text=text), raw=text, cell=at) for name, (text, at) in words.items() if text
    }
    return found if year is None else {**found, columns_of(quantity)[1]: year}
