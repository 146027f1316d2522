"""A contract of any size, made of the Amboise one, and its returned workbooks: every partner's lines given to many."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.demo.fictitious import typed_answers
from cvsheet.model.framework import Framework

ROOT = Path(__file__).parent.parent
CAMPAIGN = "2021"
PART = 100  # files written by one task


def amboise() -> Framework:
    return framework_from(read_csv_folder(ROOT / "examples" / "amboise" / "referentiel"))


def contract_of(count: int) -> Framework:
    """A contract in which `count` partners answer: each one of Amboise, then as many of its kind as are needed."""
    small = amboise()
    kinds: dict[str, list[str]] = {}
    for partner, kind in _partners(small, count):
        kinds.setdefault(kind, []).append(partner)
    partners = [replace(small.partner[kind], code=one, name=one) for kind, codes in kinds.items() for one in codes]
    silent = [partner for partner in small.partners if partner.code not in kinds]
    measures = [
        replace(measure, producers=tuple(one for kind in measure.producers for one in kinds.get(kind, [])))
        for measure in small.measures
    ]
    return replace(small, partners=(*partners, *silent), measures=tuple(measures))


def _partners(small: Framework, count: int) -> Iterator[tuple[str, str]]:
    """Each partner with its kind: the partner of Amboise whose lines it has."""
    kinds = small.reporting_partners
    for number in range(count):
        kind, rank = kinds[number % len(kinds)], number // len(kinds)
        yield (f"{kind}-{rank}" if rank else kind), kind


def write_returns(framework: Framework, folder: Path, count: int) -> list[Path]:
    """The returned workbooks of the `count` partners of `framework`, which `contract_of` made, in `folder`."""
    folder.mkdir(parents=True)
    starts = range(0, count, PART)
    with ProcessPoolExecutor(initializer=_remember, initargs=(framework, folder, count)) as pool:
        return [path for part in pool.map(_write, starts) for path in part]


_job: list[tuple[Framework, Path, int]] = []  # of this process


def _remember(framework: Framework, folder: Path, count: int) -> None:
    _job.append((framework, folder, count))


def _write(start: int) -> list[Path]:
    ((framework, folder, count),) = _job
    small = amboise()
    written = []
    for number, (partner, kind) in list(enumerate(_partners(small, count)))[start : start + PART]:
        path = folder / f"{number:05d}.xlsx"
        typed = typed_answers(small, CAMPAIGN, kind, seed=number // len(small.reporting_partners))
        path.write_bytes(partner_workbook(framework, CAMPAIGN, partner, prefill=typed))
        written.append(path)
    return written
