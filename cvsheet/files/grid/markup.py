"""XML parts read as a stream of finished elements, in bounded memory: the one place where lxml parses anything.

A part is UTF-8 or UTF-16 without a DOCTYPE, or it is refused. Comments and processing instructions vanish, so that
text around them is read whole (``<v>10<!-- -->00.5</v>`` is 1000.5 for everybody).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, TypeAlias, cast

from lxml import etree

from cvsheet.errors import Refusal, UnreadableFile

Element: TypeAlias = etree._Element

_AT_ONCE = 1 << 20  # a part up to a megabyte needs a few of them as a tree
_CHUNK = 1 << 16
_OPEN_CHUNKS = 160  # an element that is still open after 10 MB is no row of a partner's table
_DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)["']""")
_UTF8_NAMES = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_CAREFULLY: dict[str, Any] = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def elements(
    data: bytes,
    part: str,
    root: Collection[str],
    tags: Collection[str],
    containers: Collection[str] = (),
    otherwise: Refusal = Refusal.DAMAGED,
) -> Iterator[Element]:
    """Each finished element whose tag is among `tags` or `containers`, in the order of their end tags.

    An element of `tags` has its whole content, a container only its attributes. The ancestors of an element are
    there until the next one is asked for. A part whose root is not among `root` is refused with the reason `otherwise`.
    """
    content = _utf8(data, part)
    wanted = [*tags, *containers]
    walk = _at_once(content, wanted) if len(content) <= _AT_ONCE else _streamed(content, part, root, wanted, tags)
    try:
        top = next(walk, None)
        if top is None or top.tag not in root:
            raise UnreadableFile(otherwise, f"{part}: unexpected root element")
        yield from walk
    except etree.LxmlError as error:
        raise UnreadableFile(Refusal.DAMAGED, f"{part}: {error}") from error
    if top.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(Refusal.DTD, part)


def _at_once(content: bytes, wanted: Collection[str]) -> Iterator[Element]:
    """The root, then the elements `wanted`: a small part is parsed whole, which takes half the time of a stream."""
    top = etree.fromstring(content, etree.XMLParser(**_CAREFULLY))
    yield top
    for _, element in etree.iterwalk(top, events=("end",), tag=wanted):
        if element is not top:
            yield element


def _streamed(
    content: bytes, part: str, root: Collection[str], wanted: Collection[str], tags: Collection[str]
) -> Iterator[Element]:
    """The root, then the elements `wanted`, each dropped once the next chunk is read."""
    parser = etree.XMLPullParser(events=("start", "end"), tag=[*root, *wanted], **_CAREFULLY)
    top: Element | None = None
    pruning = _Pruning(frozenset(tags), part)
    for start in range(0, len(content), _CHUNK):
        parser.feed(content[start : start + _CHUNK])
        for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
            if top is None:
                top = element
                yield top
            elif event == "end" and element is not top:
                yield element
        if top is None:
            return
        if start + _CHUNK < len(content):
            pruning.prune(top)
    parser.close()


class _Pruning:
    """Drops what is finished from the tree that the parser builds, so that a part of 150 MB needs a few."""

    def __init__(self, kept: frozenset[str], part: str) -> None:
        self._kept = kept
        self._part = part
        self._open: Element | None = None  # a wanted element at the end of the last chunk, perhaps unfinished
        self._chunks = 0

    def prune(self, top: Element) -> None:
        element = top
        while len(element):
            last = element[-1]
            # Only what precedes it: lxml allows no change to an element that the parser may still be filling.
            del element[:-1]
            element = last
            if element.tag in self._kept:
                break
        self._chunks = self._chunks + 1 if element is self._open else 0
        self._open = element
        if self._chunks > _OPEN_CHUNKS and element.tag in self._kept:
            raise UnreadableFile(Refusal.GEOMETRY, f"{self._part}: one {element.tag} of more than 10 MB")


def _utf8(data: bytes, part: str) -> bytes:
    """The part as UTF-8 without byte order mark, refused if it has a DOCTYPE or hides one in another encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        data = _from_utf16(data, part)
    else:
        data = data.removeprefix(b"\xef\xbb\xbf")
        declared = _DECLARED_ENCODING.match(data)
        if declared and declared[1].lower() not in _UTF8_NAMES:
            raise UnreadableFile(Refusal.DAMAGED, f"{part}: encoding {declared[1]!r}")
    if b"<!DOCTYPE" in data:
        raise UnreadableFile(Refusal.DTD, part)
    return data


def _from_utf16(data: bytes, part: str) -> bytes:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = "utf-16-le" if data.startswith(b"<\0") else "utf-16-be"
    try:
        return data.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise UnreadableFile(Refusal.DAMAGED, f"{part}: {error}") from error
