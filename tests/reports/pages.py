"""HTML pages as tests look at them: elements in order, with their attributes and texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}


@dataclass
class Element:
    """An element: its tag, its attributes, and the text in it (of its descendants too)."""

    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self.open: list[Element] = []
        self.strays: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute of <{tag}> stands twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1].tag == tag, f"</{tag}> closes nothing"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.strays.append(data)

    def handle_pi(self, data: str) -> None:
        self.strays.append(data)

    def unknown_decl(self, data: str) -> None:
        self.strays.append(data)


def elements(page: bytes) -> list[Element]:
    """The elements of `page` in order; AssertionError where tags do not match or a comment or declaration stands."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    assert reader.open == [] and reader.strays == []
    return reader.found


def skeleton(page: bytes) -> list[tuple[str, dict[str, str]]]:
    """Tags and attributes, without the texts."""
    return [(element.tag, element.attributes) for element in elements(page)]


def texts(page: bytes, tag: str, of_class: str = "") -> list[str]:
    """The texts of the elements `tag`, of one class where it is given."""
    return [
        element.text
        for element in elements(page)
        if element.tag == tag and (not of_class or of_class in element.attributes.get("class", "").split())
    ]
