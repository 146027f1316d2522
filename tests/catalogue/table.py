"""docs/precision.md: every row of the catalogue with the verdict wanted and the one given, then the false alarms.

``python -m tests.catalogue.table docs/precision.md``
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from itertools import groupby
from pathlib import Path

from cvsheet.text.french import french_number

from . import entries, files, rows, sheets
from .good_campaigns import Tally, amboise, amboise_tally, audit_tally, file_tally, random_tally
from .random_contracts import random_contract
from .verdicts import ALL, Case, Elsewhere, Given, Verdict, given

AMBOISE_SEEDS, RANDOM_SEEDS, FILE_SEEDS = range(25), range(40), range(5)
AUDITED = (range(25), range(100, 160))
CHAPTERS = (
    ("The file", files.CASES, files.ELSEWHERE),
    ("Sheets and columns", sheets.CASES, sheets.ELSEWHERE),
    ("Rows", rows.CASES, ()),
    ("Cells", entries.CASES, entries.ELSEWHERE),
)
HEADER = (
    "| id | damage | wanted | given | rules | answers afterwards | ok | remark |\n|---|---|---|---|---|---|---|---|"
)
INTRODUCTION = """\
# Precision and recall of the validator

Made by `python -m tests.catalogue.table docs/precision.md`; `tests/catalogue` checks that the verdicts are current.

**Recall.** Each row makes one damage on a really generated and filled workbook (seven lines of every type, two actions,
{answers} answers and comments), delivers it and compares the verdict with the one wanted: the letter, the rules that
speak and how often, and what still counts afterwards. Where something odd is typed in one cell, every finding must
stand in that cell and every other answer must be untouched.

A = accepted silently, N = accepted with a note (INFO), W = accepted with a warning (AVERTISSEMENT), E = error (ERREUR:
the answers in doubt stay out of the totals), R = the file does not count. What the rules say: [regles.md](regles.md).
Ids are those of the catalogue of what partners do to a workbook, `+` marks our own. A remark says why the verdict
wanted is not the first idea that one may have.
"""
CaseGiven = tuple[Case, Given]


def main(target: Path) -> None:
    """Write the page at `target`."""
    judged = [judge(cases) for _, cases, _ in CHAPTERS]
    target.write_text(f"{recall_page(judged)}\n{precision_page()}", encoding="utf-8")


def judge(cases: tuple[Case, ...]) -> list[CaseGiven]:
    """The verdict that each case gets today."""
    with tempfile.TemporaryDirectory() as folder:
        return [(case, given(case, Path(folder))) for case in cases]


def recall_page(judged: list[list[CaseGiven]]) -> str:
    """The part of the page on the catalogue."""
    everything = [pair for chapter in judged for pair in chapter]
    good = sum(is_ok(*pair) for pair in everything)
    lines = [INTRODUCTION.format(answers=ALL), f"**{good} of {len(everything)} verdicts are the ones wanted.**"]
    for (title, _, elsewhere), chapter in zip(CHAPTERS, judged, strict=True):
        lines += ["", f"## {title}", "", HEADER]
        lines += [row_of_page(*pair) for pair in chapter]
        lines += [_row_elsewhere(one) for one in elsewhere]
    return "\n".join(lines) + "\n"


def is_ok(case: Case, today: Given) -> bool:
    return today.verdict == case.wanted and not today.strays


def precision_page() -> str:
    """The part of the page on false alarms."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        small = (file_tally(random_contract(seed), seed, base / f"{seed}") for seed in FILE_SEEDS)
        tallies = (
            ("Amboise, answers as typed", amboise_tally(AMBOISE_SEEDS)),
            ("Contracts at random, answers as typed", random_tally(RANDOM_SEEDS)),
            ("Amboise, as workbooks", file_tally(amboise(), 0, base / "amboise")),
            ("Contracts at random, as workbooks", sum(small, Tally())),
        )
    return "\n".join(
        [
            "## False alarms",
            "",
            "**Precision.** Campaigns in which nobody makes a mistake, with other figures each time (within bounds,",
            "categories that add up, the rules of the contract kept, progress from year to year), judged together",
            "with all other campaigns of the same contract. Any ERREUR or AVERTISSEMENT is a false alarm.",
            "",
            "| campaigns | how many | returns | answers | false alarms |",
            "|---|---|---|---|---|",
            *(_tally_row(title, tally) for title, tally in tallies),
            _tally_row("**All**", sum((tally for _, tally in tallies), Tally())),
            "",
            "The same for the audit (rules ATT), each campaign judged beside those before it.",
            "",
            "| campaigns | how many | returns | answers | false alarms |",
            "|---|---|---|---|---|",
            _tally_row("Amboise, audited", sum((audit_tally(amboise(), seed) for seed in AUDITED[0]), Tally())),
            _tally_row(
                "Contracts at random, audited",
                sum((audit_tally(random_contract(seed), seed) for seed in AUDITED[1]), Tally()),
            ),
            "",
        ]
    )


def row_of_page(case: Case, today: Given) -> str:
    """``| id | damage | wanted | ... |``"""
    ok = "yes" if is_ok(case, today) else "**no**"
    wanted, got = case.wanted, today.verdict
    rules = _rules(got) + (" elsewhere" if today.strays else "")
    cells = (case.id, case.what, wanted.letter, got.letter, rules, _answers(case, got), ok, case.note)
    return f"| {' | '.join(map(_plain, cells))} |"


def _row_elsewhere(one: Elsewhere) -> str:
    return f"| {_plain(one.id)} | {_plain(one.what)} | – | – | | | | not here: {_plain(one.why)} |"


def _rules(verdict: Verdict) -> str:
    """``STR-016 × 4, VAL-001``"""
    counted = ((code, len(list(same))) for code, same in groupby(verdict.rules))
    return ", ".join(code if times == 1 else f"{code} × {times}" for code, times in counted)


def _answers(case: Case, verdict: Verdict) -> str:
    """What became of the answers."""
    if verdict.lost == ALL:
        return "none"
    others = f"{verdict.lost} changed or lost" if verdict.lost else ""
    if case.at is None:
        return others or "all kept"
    shown = _shown(verdict.reads)
    return f"{shown}; {others}" if others else shown


def _shown(read: object) -> str:
    if read is None:
        return "out of the totals"
    return f"read {french_number(read)}" if isinstance(read, float) else "read as meant"


def _tally_row(title: str, tally: Tally) -> str:
    alarms = Counter(finding.code for finding in tally.alarms)
    told = ", ".join(f"{code} × {times}" for code, times in sorted(alarms.items())) or "0"
    return f"| {title} | {tally.campaigns} | {tally.returns} | {tally.answers} | {told} |"


def _plain(text: str) -> str:
    """`text` as a cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").split(" ")).replace("\t", "⇥").replace("<", "&lt;")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
