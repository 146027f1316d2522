"""Who saved a file and when, from its own properties. They are claims: shown, compared, never trusted."""

from __future__ import annotations

from datetime import UTC, datetime

from cvsheet.files.grid.markup import elements
from cvsheet.files.grid.package import Package

_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}coreProperties"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_EXTENDED = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}",
    "{http://purl.oclc.org/ooxml/officeDocument/extendedProperties}",
)
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}document-meta"
_DATE = "{http://purl.org/dc/elements/1.1/}date"
_GENERATOR = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}generator"


def read_modified(package: Package, part: str) -> datetime | None:
    """When docProps/core.xml says that the file was last saved."""
    return moment(_texts(package, part, [_CORE], [_MODIFIED]).get(_MODIFIED, ""))


def read_application(package: Package, part: str) -> str:
    """The program that docProps/app.xml names."""
    roots = [f"{namespace}Properties" for namespace in _EXTENDED]
    texts = _texts(package, part, roots, [f"{namespace}Application" for namespace in _EXTENDED])
    return next(iter(texts.values()), "")


def read_ods_properties(package: Package) -> tuple[datetime | None, str]:
    """When and by which program meta.xml says that the file was saved."""
    texts = _texts(package, "meta.xml", [_OFFICE], [_DATE, _GENERATOR])
    return moment(texts.get(_DATE, "")), texts.get(_GENERATOR, "")


def moment(text: str) -> datetime | None:
    """An ISO moment as naive UTC; one without a zone is taken to be UTC, one that is none is None."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None


def _texts(package: Package, part: str, root: list[str], tags: list[str]) -> dict[str, str]:
    """The text of each of the elements that a property part has."""
    content = package.read_optional(part)
    if not content:
        return {}
    return {element.tag: (element.text or "").strip() for element in elements(content, part, root, tags)}
