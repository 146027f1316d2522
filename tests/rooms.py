"""The rooms of `cvsheet/` and which imports which, as a picture in docs/architecture.md: `make generated` remakes it.

Drawn from the imports themselves, as import-linter reads them. An arrow is left out where a longer way over other rooms
leads to the same place; what nearly everybody imports (`errors`, `memoising`) is no room.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import grimp

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "architecture.md"
START, END = "<!-- made by python -m tests.rooms -->\n", "<!-- end -->"
READING = "books/partner/reading"
BESIDE_READING = ("rows", "questions", "identity")  # what the reading and the writing of a partner's workbook share
ASK_THE_FACADE = (
    "addin",
    "cli",
    "demo",
    "desk",
    "sentences",
)  # the door of the package gives them what `api` holds; others its version
Arrows = Mapping[str, frozenset[str]]
"""Room -> the rooms that its modules import from."""


def room_of(module: str) -> str | None:
    """The folder of the table of rooms that a module stands in."""
    _, *parts = module.split(".")
    match parts:
        case [] | ["errors" | "memoising" | "books" | "__main__"]:
            return None
        case ["books", "partner", part, *_] if part == "reading" or part in BESIDE_READING:
            return READING
        case ["books", book, *_]:
            return f"books/{book}"
        case _:
            return parts[0]


@cache
def arrows() -> Arrows:
    graph = grimp.build_graph("cvsheet", cache_dir=None)
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        if (room := room_of(module)) is not None:
            imported = {room_of(other) for other in graph.find_modules_directly_imported_by(module)}
            if room in ASK_THE_FACADE and graph.direct_import_exists(importer=module, imported="cvsheet"):
                imported.add("api")
            found.setdefault(room, set()).update(other for other in imported if other not in (None, room))
    return {room: frozenset(others) for room, others in sorted(found.items())}


def reached(start: Iterable[str], among: Arrows) -> set[str]:
    """The rooms that the `start` rooms import from, directly or over others."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        new = among[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def picture(among: Arrows) -> str:
    """The rooms in Mermaid, without the arrows that a longer way makes unnecessary."""
    drawn = [(room, other) for room, others in among.items() for other in sorted(others - reached(others, among))]
    names = {room: room.replace("/", "_") for room in among}
    return "\n".join(
        (
            f"{len(among)} rooms; an arrow leads to a room that is imported from, unless a longer way leads there too.",
            "",
            "```mermaid",
            "flowchart TD",
            *(f'    {name}["{room}"]' for room, name in names.items()),
            *(f"    {names[room]} --> {names[other]}" for room, other in drawn),
            "```",
            "",
        )
    )


def with_picture(page: str) -> str:
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"{START.strip()} and {END} do not stand in the page")
    return f"{before}{START}{picture(arrows())}{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_picture(path.read_text(encoding="utf-8")), encoding="utf-8")
