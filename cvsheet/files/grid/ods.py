"""An OpenDocument spreadsheet to a grid: content.xml holds all its tables one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.grid.conversion import iso_date
from cvsheet.files.grid.limits import FileLimits
from cvsheet.files.grid.markup import Element, elements
from cvsheet.files.grid.model import DAY_ZERO, Drawn, Grid, Sheet
from cvsheet.files.grid.ods_drawings import sizes_in
from cvsheet.files.grid.ods_looks import Looks, common_changes
from cvsheet.files.grid.ods_margins import margins_by_page, page_of
from cvsheet.files.grid.ods_names import OFFICE, SHEET, STYLE, STYLE_ELEMENT, TABLE, XLINK
from cvsheet.files.grid.ods_sheet import PARTS, TableReader
from cvsheet.files.grid.package import Package
from cvsheet.files.grid.properties import read_ods_properties
from cvsheet.files.grid.sheet_builder import Budget, refuse_duplicates

_SPREADSHEET = f"{OFFICE}spreadsheet"
_SOURCE = f"{TABLE}table-source"
_NULL_DATE = f"{TABLE}null-date"
_MACROS = ("basic/", "scripts/")


def is_ods(package: Package) -> bool:
    """Whether the archive is an OpenDocument; the mimetype file is not asked, Google forgets or misplaces it."""
    is_there = "content.xml" in package or "encrypted-package" in package  # the latter: LibreOffice 24.8, password
    return is_there and "[Content_Types].xml" not in package


def read_ods(package: Package, file: str, sha256: str, limits: FileLimits) -> Grid:
    """The grid of an OpenDocument package, which must be a spreadsheet."""
    # A search in the bytes: manifests of the first OpenOffice have a DOCTYPE, and nothing else of them is needed.
    if b"encryption-data" in package.read_optional("META-INF/manifest.xml"):
        raise UnreadableFile(Refusal.ENCRYPTED)
    styles, budget = package.read_optional("styles.xml"), Budget(limits)
    looks = Looks(common_changes(styles, "styles.xml"))
    margins = margins_by_page(styles, budget, looks)
    sheets, links, first_day = _read_content(package.read("content.xml"), budget, looks, margins)
    saved_at, producer = read_ods_properties(package)
    return Grid(
        file=file,
        format="ods",
        sheets=sheets,
        sha256=sha256,
        saved_at=saved_at,
        producer=producer,
        has_macros=any(name.startswith(_MACROS) for name in package.names()),
        external_links=links,
        first_day=first_day,
    )


def _read_content(
    content: bytes, budget: Budget, looks: Looks, margins: Mapping[str, Sequence[Drawn]]
) -> tuple[tuple[Sheet, ...], tuple[str, ...], date]:
    """The sheets, the files that the document takes values from, and the day that it counts its dates from."""
    first_day = DAY_ZERO
    sheets: list[Sheet] = []
    links: list[str] = []
    hidden_styles: set[str] = set()
    sizes: dict[str, float] = {}
    pages: dict[str, str] = {}
    found_spreadsheet = False
    reader = TableReader(budget, looks, sizes)
    for element in elements(
        content,
        "content.xml",
        root=[f"{OFFICE}document-content"],
        tags=[*PARTS, STYLE_ELEMENT, _SOURCE, _NULL_DATE],
        containers=[SHEET, _SPREADSHEET],
        otherwise=Refusal.PLAIN_ZIP,
    ):
        if element.tag in PARTS:
            reader.read(element)
        elif element.tag == STYLE_ELEMENT:
            hidden_styles |= _hidden_style(element)
            looks.add(element)
            sizes.update(sizes_in(element))
            pages.update(page_of(element))
        elif element.tag == _SOURCE:
            links.append(element.get(f"{XLINK}href", ""))
        elif element.tag == _NULL_DATE:
            said = iso_date(element.get(f"{TABLE}date-value", ""))
            first_day = said.date() if said else DAY_ZERO
        elif element.tag == SHEET:
            if _is_sheet(element):
                style = element.get(f"{TABLE}style-name", "")
                is_hidden = style in hidden_styles
                reader.sheet.add_drawn(margins.get(pages.get(style, ""), ()))
                sheets.append(reader.build(element.get(f"{TABLE}name", ""), is_hidden))
            reader = TableReader(budget, looks, sizes)
        else:
            found_spreadsheet = True
    if not found_spreadsheet:
        raise UnreadableFile(Refusal.OTHER_DOCUMENT, "OpenDocument without sheets")
    refuse_duplicates([sheet.name for sheet in sheets])
    return tuple(sheets), tuple(dict.fromkeys(links)), first_day


def _hidden_style(style: Element) -> set[str]:
    """The name of a style that hides the tables which have it."""
    properties = style.find(f"{STYLE}table-properties")
    hides = properties is not None and properties.get(f"{TABLE}display") == "false"
    return {style.get(f"{STYLE}name", "")} if hides else set()


def _is_sheet(table: Element) -> bool:
    """Not the values that LibreOffice keeps of another file ('file:///C:/autre.xlsx'#Feuil1), nor those of DDE."""
    parent = table.getparent()
    is_cache = table.get(f"{TABLE}name", "").startswith("'file:")
    return parent is not None and parent.tag == _SPREADSHEET and not is_cache
