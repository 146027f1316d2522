"""How long a large master keeps its reader waiting: LibreOffice opens it, and opens it computing every formula anew.

python -m benchmarks.opening 8cdfbe8        # against that commit, of 434 and 1,000 partners: 12,700 and 29,300 answers
python -m benchmarks.opening 8cdfbe8 434    # of 434 only

The same answers make the master of each commit, and the same conversion opens both, in one run: the ratio counts, of
processor time, since a busy machine only ever adds to what passes.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.large import CAMPAIGN, ROOT, _partners, amboise, contract_of
from benchmarks.results import record
from cvsheet.model.submission import REASONS, Answer, AnswerKind, Entry, Observation, Quantity

SIZES = (434, 1_000)
REPEATS = 3
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{mode}</value></prop></item>
</oor:items>
"""
MODES = {"opening": 1, "computing anew": 0}  # of LibreOffice: never, always


def write_master(count: int, path: Path) -> None:
    """The master of `count` partners who answer everything, made by the cvsheet that this process imports."""
    from cvsheet.books.master.content import MasterContent
    from cvsheet.books.master.writing.workbook import master_workbook
    from cvsheet.figures.consolidation import aggregate
    from cvsheet.judging.engine.assessment import Assessment
    from cvsheet.model import long_table

    framework, seen = contract_of(count), answers_of(count)
    frame = long_table.long_table(seen).assign(ecart="")
    table = long_table.LongTable(seen) if hasattr(long_table, "LongTable") else frame  # as older commits want it
    content = MasterContent(
        framework, aggregate(framework, frame), Assessment((), (), table, ()), framework.campaign[CAMPAIGN], (), ()
    )
    path.write_bytes(master_workbook(content))


def answers_of(count: int) -> tuple[Observation, ...]:
    """All their answers."""
    from cvsheet.demo.fictitious import typed_answers

    small, seen = amboise(), list[Observation]()
    for number, (partner, kind) in enumerate(_partners(small, count)):
        typed = typed_answers(small, CAMPAIGN, kind, seed=number // len(small.reporting_partners))
        for (line, column), value in typed.items():
            if column == "valeur" and value is not None:
                entry = Entry(_answer(value), raw=str(value), cell=f"J{len(seen) + 5}")
                seen.append(Observation(CAMPAIGN, partner, line, Quantity.VALUE, entry, f"{partner}.xlsx", "Pilier"))
    return tuple(seen)


def _answer(value: object) -> Answer:
    if isinstance(value, int | float):
        return Answer(AnswerKind.NUMBER, float(value))
    return Answer(AnswerKind(value)) if value in REASONS else Answer(AnswerKind.TEXT, text=str(value))


def seconds(path: Path, profile: Path) -> float:
    """Processor time of one conversion, which opens the file and leaves it again."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "csv", "--outdir"]
    subprocess.run([*command, str(profile / "out"), str(path)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(base: Path, count: int, folder: Path) -> None:
    masters = {"before": folder / f"before-{count}.xlsx", "now": folder / f"now-{count}.xlsx"}
    for tree, path in zip((base, ROOT), masters.values(), strict=True):
        code = f"import benchmarks.opening as o, pathlib; o.write_master({count}, pathlib.Path({str(path)!r}))"
        made = {"PYTHONPATH": str(tree), "PATH": ""}
        subprocess.run([sys.executable, "-c", code], check=True, env=made, cwd=tree)
    for mode, value in MODES.items():
        profile = folder / f"profile-{value}"
        if not profile.exists():
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.format(mode=value), encoding="utf-8")
            seconds(masters["now"], profile)  # the first start of a profile takes longer
        before, now = (statistics.median(seconds(path, profile) for _ in range(REPEATS)) for path in masters.values())
        line = f"{count:>6} partners, {mode:<15} {now / before:5.2f} x  ({before:.1f} s before, {now:.1f} s now)"
        record(line, what=mode, partners=count, base=before, now=now, processor=now / before)


def main(commit: str, counts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        base = Path(name) / "before"
        subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--detach", str(base), commit], check=True)
        try:
            for part in ("opening.py", "results.py"):
                (base / "benchmarks" / part).write_bytes((ROOT / "benchmarks" / part).read_bytes())
            for count in counts:
                compare(base, count, Path(name))
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(base)], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("commit")
    parser.add_argument("counts", nargs="*", type=int, default=list(SIZES))
    chosen = parser.parse_args()
    main(chosen.commit, chosen.counts)
