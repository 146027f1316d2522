"""An xlsx or xlsm package to a grid: the workbook part names the sheets, their parts are read one after the other."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Sequence
from datetime import date

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.limits import FileLimits
from cvsheet.files.grid.markup import elements
from cvsheet.files.grid.model import DAY_ZERO, Grid, Sheet
from cvsheet.files.grid.number_formats import read_cell_formats
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.properties import read_application, read_modified
from cvsheet.files.grid.relationships import Relationship, is_on, main_tags, relationship_id, relationships_of
from cvsheet.files.grid.sheet_builder import Budget, refuse_duplicates
from cvsheet.files.grid.xlsx_drawings import read_drawn
from cvsheet.files.grid.xlsx_notes import read_notes
from cvsheet.files.grid.xlsx_sheet import WorkbookParts, read_sheet
from cvsheet.files.grid.xlsx_strings import read_shared_strings

NO_PART = ""
"""Of a module or dialog sheet of Excel 5, which workbooks keep in their list for ever: like a chart sheet, it has no
cells. (A sheet that names a part which is not there is another thing: its answers are lost.)"""

_OTHER_OFFICE = {"word/": "Word", "ppt/": "PowerPoint"}
FIRST_DAY_1904 = date(1904, 1, 1)
_MACROS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")


def read_xlsx(package: Package, file: str, sha256: str, limits: FileLimits, computed: Collection[str] = ()) -> Grid:
    """The grid of a package that has an office document, which must be a workbook; `computed` as in `open_grid`."""
    package_links = relationships_of(package, "")
    workbook = workbook_part(package, package_links)
    links = relationships_of(package, workbook)
    date1904, uncomputed, listed = _read_workbook(package.read(workbook), workbook)
    budget = Budget(limits)
    strings, styles = _target(links, "sharedStrings"), _target(links, "styles")
    book = WorkbookParts(
        strings=read_shared_strings(package.read_optional(strings), strings, budget),
        formats=read_cell_formats(package.read_optional(styles, repeats_itself=True), styles),
        date1904=date1904,
        budget=budget,
        computed=frozenset(computed),
    )
    has_macros = any(link.kind in _MACROS for link in links)
    return Grid(
        file=file,
        format="xlsm" if has_macros else "xlsx",
        sheets=_read_sheets(package, listed, links, book),
        sha256=sha256,
        saved_at=read_modified(package, _target(package_links, "core-properties")),
        producer=read_application(package, _target(package_links, "extended-properties")),
        has_macros=has_macros,
        external_links=_external_links(package, links),
        first_day=FIRST_DAY_1904 if date1904 else DAY_ZERO,
        uncomputed=uncomputed,
    )


def workbook_part(package: Package, links: Sequence[Relationship]) -> str:
    """The name of the workbook part, or UnreadableFile saying what the package is instead."""
    part = _target(links, "officeDocument")
    if not part:
        raise _without_document(package)
    if part.startswith(tuple(_OTHER_OFFICE)):
        raise UnreadableFile(Refusal.OTHER_DOCUMENT, _OTHER_OFFICE[part.split("/")[0] + "/"])
    if posixpath.splitext(part)[1].lower() == ".bin":
        raise UnreadableFile(Refusal.BINARY_XLSB, part)
    return part


def _without_document(package: Package) -> UnreadableFile:
    if "xl/workbook.xml" in package:
        return UnreadableFile(Refusal.DAMAGED, "no relationship to a workbook")
    if any(name.endswith(".iwa") for name in package.names()) or "Index.zip" in package:
        return UnreadableFile(Refusal.NUMBERS)
    return UnreadableFile(Refusal.PLAIN_ZIP, "no relationship to a workbook", package.workbooks())


def _target(links: Sequence[Relationship], kind: str) -> str:
    """The part that the first relationship of a kind leads to, "" if there is none."""
    return next((link.target for link in links if link.kind == kind and not link.external), "")


def _read_workbook(content: bytes, part: str) -> tuple[bool, bool, list[tuple[str, str, bool]]]:
    """Whether dates count from 1904, whether formulas wait for a first computation, and each sheet's name,
    relationship and whether it is hidden."""
    date1904 = uncomputed = False
    listed = []
    for element in elements(
        content,
        part,
        root=main_tags("workbook"),
        tags=main_tags("sheet", "workbookPr", "calcPr"),
        otherwise=Refusal.OTHER_DOCUMENT,
    ):
        if element.tag in main_tags("sheet"):
            hidden = element.get("state", "visible") != "visible"
            listed.append((element.get("name", ""), relationship_id(element), hidden))
        elif element.tag in main_tags("calcPr"):
            uncomputed = is_on(element, "fullCalcOnLoad")
        else:
            date1904 = is_on(element, "date1904")
    return date1904, uncomputed, listed


def _read_sheets(
    package: Package, listed: list[tuple[str, str, bool]], links: Sequence[Relationship], book: WorkbookParts
) -> tuple[Sheet, ...]:
    parts = {link.id: link.target for link in links if not link.external}
    targets = [parts.get(link) if link else NO_PART for _, link, _ in listed]
    refuse_duplicates([name for name, _, _ in listed])
    read = [target for target in targets if target != NO_PART]
    if len(set(read)) != len(read):
        raise UnreadableFile(Refusal.AMBIGUOUS, "two sheets in one part")
    return tuple(
        _read_sheet(package, part, name, hidden, book) for part, (name, _, hidden) in zip(targets, listed, strict=True)
    )


def _read_sheet(package: Package, part: str | None, name: str, hidden: bool, book: WorkbookParts) -> Sheet:
    if part is None:
        raise UnreadableFile(Refusal.DAMAGED, f"no part for the sheet {name}")
    if part == NO_PART:
        return Sheet(name, hidden, {})
    content, links = package.read(part), relationships_of(package, part)
    sheet = read_sheet(content, part, name, book)
    for (row, column), text in read_notes(package, links).items():
        sheet.add_note(row, column, text)
    sheet.add_drawn(read_drawn(package, links, content, part))
    return sheet.build(hidden)


def _external_links(package: Package, links: Sequence[Relationship]) -> tuple[str, ...]:
    """Where the other workbooks are that formulas refer to: texts to show, never opened."""
    return tuple(
        target.target
        for link in links
        if link.kind == "externalLink" and not link.external
        for target in relationships_of(package, link.target)
        if target.external
    )
