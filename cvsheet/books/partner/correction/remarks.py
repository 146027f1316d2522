"""The findings about one return at their place in its correction: which cell to go to, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cvsheet.books.partner.correction.answers import AnswerKey, places, typed_cells
from cvsheet.books.partner.rows import PartnerRow
from cvsheet.books.partner.writing.layout import SheetLayout
from cvsheet.files.addresses import parse_cell_name
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.rule import LooksAt
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.model.submission import Leftover, Submission

NOTED = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class CorrectionCell:
    """An input cell of the correction."""

    key: AnswerKey
    sheet: str
    cell: str
    row: PartnerRow


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: its `finding` has the place in the correction (none where there is no cell to go to).

    `key` is the input cell that it speaks of, `row` its row, `typed` what the partner typed there; `compared` are the
    other input cells that its sentence names.
    """

    finding: Finding
    key: AnswerKey | None = None
    row: PartnerRow | None = None
    typed: str = ""
    compared: tuple[AnswerKey, ...] = ()


def own_findings(submission: Submission, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is to be said to the partner of `submission`: about its file, and about nobody else: the sentences on
    several partners name them."""
    return tuple(
        finding
        for finding in findings
        if finding.place.file in submission.files and find_rule(finding.code).looks_at is not LooksAt.PARTNERS
    )


def needs_correction(findings: Iterable[Finding]) -> bool:
    """Whether anything is to be corrected or confirmed."""
    return any(finding.severity in NOTED for finding in findings)


def spots_of(layouts: Sequence[SheetLayout]) -> Mapping[AnswerKey, CorrectionCell]:
    """Every cell of the tables by key."""
    return {
        (row.code, column.name): CorrectionCell(
            (row.code, column.name), layout.name, area.cell(column.name, number), row
        )
        for layout in layouts
        for area in layout.areas
        for number, row in area.placed()
        for column in area.table.columns
    }


def remarks_of(
    submission: Submission, findings: Iterable[Finding], layouts: Sequence[SheetLayout], kept: Mapping[Leftover, Place]
) -> tuple[Remark, ...]:
    """A remark per finding: the gravest first, then in the order of the workbook, those without a cell before.

    `kept` says where on *Contenu non repris* each cell set apart stands.
    """
    spots, keys = spots_of(layouts), places(submission)
    texts = {one.key: one.text for one in typed_cells(submission)}
    first = _first_inputs(layouts)
    apart = _by_first_place(kept)
    made = []
    for finding in findings:
        key = keys.get(finding.place) or first.get(finding.line)
        made.append(_remark(_moved(finding, keys, spots), spots.get(key) if key else None, texts, apart))
    order = {layout.name: number for number, layout in enumerate(layouts, start=1)}
    return tuple(sorted(made, key=lambda remark: _order(remark, order)))


def _moved(
    finding: Finding, keys: Mapping[Place, AnswerKey], spots: Mapping[AnswerKey, CorrectionCell]
) -> tuple[Finding, tuple[AnswerKey, ...]]:
    """`finding` with the cells that it compares where they stand in the correction, and their keys."""
    known = {
        name: [key for place in one.places if (key := keys.get(place)) in spots and key is not None]
        for name, one in finding.named.items()
    }
    named = {name: replace(one, places=tuple(_place(spots[key]) for key in known[name]))
             for name, one in finding.named.items()}  # fmt: skip
    also = tuple(_moved(one, keys, spots)[0] for one in finding.also)
    return replace(finding, named=named, also=also), tuple(key for group in known.values() for key in group)


def _place(spot: CorrectionCell) -> Place:
    return Place("", spot.sheet, spot.cell)


def _remark(
    moved: tuple[Finding, tuple[AnswerKey, ...]],
    spot: CorrectionCell | None,
    texts: Mapping[AnswerKey, str],
    apart: Mapping[Place, Place],
) -> Remark:
    finding, compared = moved
    if spot is not None:
        placed = replace(finding, place=_place(spot))
        return Remark(placed, spot.key, spot.row, texts.get(spot.key, ""), compared)
    sent = finding.place
    place = apart.get(sent) or apart.get(replace(sent, file="")) or Place("", sent.sheet)
    return Remark(replace(finding, place=place))


def _by_first_place(kept: Mapping[Leftover, Place]) -> Mapping[Place, Place]:
    """Where what stood in a cell of a file is kept now; where the file is not told, in any."""
    found: dict[Place, Place] = {}
    for leftover, place in kept.items():
        found.setdefault(Place(leftover.file, leftover.sheet, leftover.cell), place)
        found.setdefault(Place("", leftover.sheet, leftover.cell), place)
    return found


def _first_inputs(layouts: Sequence[SheetLayout]) -> Mapping[str, AnswerKey]:
    """The first input cell of each row, by code."""
    return {
        row.code: (row.code, next(column.name for column in area.table.columns if column.input))
        for layout in layouts
        for area in layout.areas
        for row in area.rows
    }


def _order(remark: Remark, sheets: Mapping[str, int]) -> tuple[int, int, int, int, str]:
    place = remark.finding.place
    row, column = parse_cell_name(place.cell) if place.cell else (0, 0)
    rank = sheets.get(place.sheet, len(sheets) + 1) if place.cell else 0
    return list(Severity).index(remark.finding.severity), rank, row, column, remark.finding.code
