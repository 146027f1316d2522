"""One gesture, one line: what a sheet shows many times over (a column pasted as text, a sheet in another unit, codes
found and replaced) is told once with its cells, each of which is still judged, set aside and marked for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cvsheet.files.addresses import cell_ranges, is_cell_name, parse_cell_name
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import OF_ONE_RETURN, OPTIONAL
from cvsheet.model.findings import Fact, Finding, Place

MOST_ALIKE = 5
"""Findings of one kind in one sheet that are told one by one: more are one gesture."""
OF_ALL = ("alike", "places")
"""Facts of a finding that stands for many: how many others there are, and where."""


def told_together(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """`findings` with one in the place of many of a rule in a sheet that call for the same, where the first stood."""
    alike: dict[object, list[Finding]] = {}
    for rank, finding in enumerate(findings):
        alike.setdefault(_gesture(finding) or rank, []).append(finding)
    return tuple(one for group in alike.values() for one in _told(group))


def apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each of `findings` for itself, those too that one of them stands for."""
    for finding in findings:
        if finding.also:
            own = {name: fact for name, fact in finding.facts.items() if name not in OF_ALL}
            yield replace(finding, facts=own, also=())
        else:
            yield finding
        yield from finding.also


def as_one(findings: Sequence[Finding]) -> Finding:
    """The first of `findings`, standing for all; itself where it is alone."""
    first, *others = findings
    if not others:
        return first
    told: dict[str, Fact] = {"alike": len(others), "places": _places(others)}
    return replace(first, facts={**first.facts, **told}, also=tuple(others))


def _gesture(finding: Finding) -> object:
    """What findings of one gesture have in common; None for one that is told for itself."""
    place = finding.place
    if not (place.sheet and is_cell_name(place.cell)) or finding.also:
        return None
    if find_rule(finding.code).looks_at not in OF_ONE_RETURN:
        return None  # only what stands in one return may be one gesture of its partner
    sentences = tuple(finding.facts.get(name) for name in OPTIONAL)
    return finding.code, finding.severity, place.file, place.sheet, sentences


def _told(group: Sequence[Finding]) -> Sequence[Finding]:
    """Each once, or all as one where they stand in too many places; those above one total are of one cause."""
    if len({(one.place, one.line) for one in group}) <= MOST_ALIKE:
        causes: dict[object, list[Finding]] = {}
        for rank, one in enumerate(group):
            causes.setdefault(_total(one) or rank, []).append(one)
        return [as_one(several) for several in causes.values()]
    return [as_one(list({(one.place, one.line, tuple(one.facts.items())): one for one in group}.values()))]


def _total(finding: Finding) -> tuple[Place, ...]:
    """The cell of the total that a finding at another cell is compared with."""
    total = finding.named["total"].places if "total" in finding.named else ()
    return () if finding.place in total else total


def _places(findings: Sequence[Finding]) -> str:
    """``K6:K40, K43``; the lines of what has no cell."""
    cells = {one.place.cell for one in findings if one.place.cell}
    by_column = sorted(cells, key=lambda cell: parse_cell_name(cell)[::-1])
    return ", ".join(cell_ranges(by_column)) or ", ".join(dict.fromkeys(one.line for one in findings if one.line))
