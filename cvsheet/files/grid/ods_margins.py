"""Headers and footers of an OpenDocument spreadsheet: a sheet's style names a page of styles.xml, which has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cvsheet.files.grid.drawingml import local
from cvsheet.files.grid.margins import margins_of
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.model import Drawn
from cvsheet.files.grid.ods_looks import Looks
from cvsheet.files.grid.ods_names import OFFICE, STYLE
from cvsheet.files.grid.ods_text import shape_text
from cvsheet.files.grid.sheet_builder import Budget

_PART, _PAGE = "styles.xml", f"{STYLE}master-page"


def margins_by_page(content: bytes, budget: Budget, looks: Looks) -> Mapping[str, tuple[Drawn, ...]]:
    """What somebody typed in the headers and footers of each page, by its name."""
    if b"master-page" not in content:
        return {}
    pages = elements(content, _PART, root=[f"{OFFICE}document-styles"], tags=[_PAGE])
    return {page.get(f"{STYLE}name", ""): tuple(margins_of(_texts(page, budget, looks))) for page in pages}


def page_of(style: Element) -> Mapping[str, str]:
    """The name of a style of sheets with the page that it names; nothing for another."""
    page = style.get(f"{STYLE}master-page-name")
    return {style.get(f"{STYLE}name", ""): page} if page else {}


def _texts(page: Element, budget: Budget, looks: Looks) -> Iterator[str]:
    for margin in page:
        if local(margin).startswith(("header", "footer")) and margin.get(f"{STYLE}display") != "false":
            yield shape_text(margin, budget, looks)
