"""Does any cost grow as a product? Each number of a contract folder is doubled, and doubled again, alone.

python -m benchmarks.products            # some minutes: a line for each number
python -m benchmarks.products --pairs    # and the pairs of numbers that matter

Judging the returns, telling who stands where and making the master, without reading files: `growth` is what the second
doubling adds over what the first one added, of processor time (2 where the cost is linear, 4 where it is a square);
a pair is named where doubling both costs more than doubling each, by more than a tenth of the whole.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import TypeVar

from benchmarks.large import contract_of
from benchmarks.results import record
from cvsheet.books.master.decisions import Coordination, Note
from cvsheet.books.master.writing import master_workbook
from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.model.framework import Framework, Measure
from cvsheet.model.submission import Answer, AnswerKind, Entry, Form, Identity, Observation, Quantity, Submission
from cvsheet.workflows.consolidate import content_of
from cvsheet.workflows.status import status

NUMBERS = {
    "partners": 40,
    "copies of a return": 1,
    "refused files": 100,
    "measures": 1,
    "campaigns": 2,
    "categories": 1,
    "findings": 100,
    "notes": 100,
}
NOTICED = 0.1  # of the whole time
Result = TypeVar("Result")
STAGES = ("judging", "status", "content", "master")


@dataclass(frozen=True, slots=True)
class Folder:
    """A contract and what came in, of the given numbers."""

    framework: Framework
    received: tuple[Received, ...]
    coordination: Coordination


def folder_of(numbers: Mapping[str, int]) -> Folder:
    framework = _contract(numbers)
    received = list(_returns(framework, numbers))
    for number in range(numbers["refused files"]):
        refusal = UnreadableFile(Refusal.DAMAGED, "cut short")
        received.append(Received(f"retours/envoi {number}.xlsx", refusal=refusal))
    codes = list(framework.line)
    notes = [
        Note("suivi", (codes[number % len(codes)],), f"Colonne {number // len(codes)}", f"note {number}")
        for number in range(numbers["notes"])
    ]
    return Folder(framework, tuple(received), Coordination(notes=tuple(notes)))


def _contract(numbers: Mapping[str, int]) -> Framework:
    """Partners of Amboise with their measures, each measure and each category as often as asked."""
    known = contract_of(numbers["partners"])
    measures = tuple(_again(one, copy) for copy in range(numbers["measures"]) for one in known.measures)
    yearly = next(one for one in known.campaigns if one.code == "2021")
    campaigns = tuple(
        replace(yearly, code=str(2021 + n), year=2021 + n, start=date(2021 + n, 1, 1), end=date(2021 + n, 12, 31))
        for n in range(numbers["campaigns"])
    )
    categories = tuple(
        replace(one, code=f"{one.code}{copy or ''}")
        for copy in range(numbers["categories"])
        for one in known.categories
    )
    return replace(known, measures=measures, campaigns=campaigns, categories=categories, rules=())


def _again(measure: Measure, copy: int) -> Measure:
    return measure if not copy else replace(measure, code=f"{measure.code}-{copy}")


def _returns(framework: Framework, numbers: Mapping[str, int]) -> Iterator[Received]:
    bad = numbers["findings"]
    for campaign in framework.campaigns:
        for partner in framework.partners_asked(campaign.code):
            for copy in range(numbers["copies of a return"]):
                name = f"retours/{campaign.code}/{partner.code} ({copy}).xlsx"
                lines = [line.code for line in framework.lines_for(partner.code)]
                wrong = min(bad, len(lines)) if not copy else 0
                bad -= wrong
                seen = tuple(
                    Observation(campaign.code, partner.code, line, Quantity.VALUE, entry, name, "Pilier")
                    for line, entry in zip(lines, _entries(len(lines), wrong, campaign.year), strict=True)
                )
                identity = Identity(framework.contract.code, campaign.code, partner.code)
                saved = datetime(campaign.year + 1, 1, 1) + timedelta(hours=copy)
                yield Received(name, Submission(name, name.encode().hex(), "xlsx", saved, identity, seen))


def _entries(count: int, wrong: int, year: int) -> Iterator[Entry]:
    """The first `wrong` of them are no number."""
    for row in range(count):
        cell = f"J{row + 5}"
        if row < wrong:
            yield Entry(Answer(AnswerKind.UNREADABLE), Form.APPROXIMATE, "env. 20", cell)
        else:
            yield Entry(Answer(AnswerKind.NUMBER, float(10 + row + year % 7)), raw=str(10 + row), cell=cell)


def spent(folder: Folder) -> dict[str, float]:
    """Seconds of processor time of each stage."""
    framework, campaign = folder.framework, folder.framework.campaigns[-1]
    used: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Result]) -> Result:
        start = time.process_time()
        result = work()
        used[stage] = time.process_time() - start
        return result

    assessment = timed("judging", lambda: assess(framework, folder.received))
    if assessment.incidents:
        raise RuntimeError(assessment.incidents[0])
    timed("status", lambda: status(framework, assessment, campaign, date(2030, 1, 1)))
    content = timed("content", lambda: content_of(framework, assessment, campaign, folder.coordination, ".."))
    timed("master", lambda: master_workbook(content))
    return used


def measured(**more: int) -> dict[str, float]:
    """The least of two runs with the given numbers multiplied."""
    folder = folder_of({name: number * more.get(name, 1) for name, number in NUMBERS.items()})
    runs = [spent(folder) for _ in range(2)]
    return {stage: min(run[stage] for run in runs) for stage in STAGES}


def show_growth() -> dict[str, float]:
    """A line for each number, with the stage that grows most; what the first doubling of each adds, in seconds."""
    once = measured()
    print(f"{'':<20} {'1 x':>8} {'2 x':>8} {'4 x':>8} {'growth':>7}   stage that grows most")
    added = {}
    for name in NUMBERS:
        twice, four_times = measured(**{name: 2}), measured(**{name: 4})
        totals = [sum(one.values()) for one in (once, twice, four_times)]
        added[name] = totals[1] - totals[0]
        growth = (totals[2] - totals[1]) / max(added[name], 0.01)
        most = max(STAGES, key=lambda stage: four_times[stage] - once[stage])
        seconds = " ".join(f"{total:8.2f}" for total in totals)
        line = f"{name:<20} {seconds} {growth:7.1f}   {most}, {four_times[most] - once[most]:.2f} s more"
        record(line, what=name, seconds=totals, growth=growth, stage=most)
    return added


def show_pairs(added: Mapping[str, float]) -> None:
    """The pairs of numbers of which both doubled cost more than each."""
    once = sum(measured().values())
    for one, other in combinations(NUMBERS, 2):
        both = measured(**{one: 2, other: 2})
        more = sum(both.values()) - once - added[one] - added[other]
        if more > NOTICED * once:
            print(f"{one} x {other}: {more:.2f} s more than each for itself ({more / once:.0%})", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", action="store_true", help="the pairs too: half an hour")
    chosen = parser.parse_args()
    growth = show_growth()
    if chosen.pairs:
        show_pairs(growth)
