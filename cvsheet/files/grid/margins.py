"""Headers and footers of a sheet: what somebody typed there, not what programs put there (names, days, « Page 1 »)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cvsheet.files.grid.drawingml import local
from cvsheet.files.grid.markup import Element
from cvsheet.files.grid.model import Drawn, DrawnKind
from cvsheet.files.grid.xlsx_strings import unescaped

_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-F]{6}|[0-9]{2}[+-][0-9]{3})|[PN][+-][0-9]+|[0-9]{1,3}|[A-Z&])', re.I | re.A)
_BETWEEN = frozenset("PNDTFAZGLCR")  # a field, or the next of the three places
_AROUND_FIELDS = frozenset(("page", "pages", "p", "sur", "de", "of"))  # « Page 2 sur 5 »


def margins_of(texts: Iterable[str]) -> Iterator[Drawn]:
    """The headers and footers among `texts` that say something, each text once."""
    for text in dict.fromkeys(" ".join(text.split()) for text in texts):
        if any(word.casefold() not in _AROUND_FIELDS for word in re.findall(r"\w+", text)):
            yield Drawn(DrawnKind.MARGIN, text=text)


def typed_in_margins(element: Element) -> Iterator[str]:
    """The texts in the ``headerFooter`` of an xlsx sheet, without their codes."""
    for child in element:
        if local(child).endswith(("Header", "Footer")):
            yield _CODE.sub(_without_code, unescaped(child.text or ""))


def _without_code(match: re.Match[str]) -> str:
    code = match[0][1:].upper()
    if code == "&":
        return "&"
    return " " if code[:1] in _BETWEEN else ""
