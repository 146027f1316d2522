"""Make the example campaign: fictitious returns over three campaigns, good and bad, with what cvsheet says of them.

    python examples/make_campaign.py examples/campagne

The figures are fictitious: the contract's document gives none. The test `tests/test_examples.py` makes the same again
and compares every file byte for byte.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from rich.console import Console

from cvsheet.demo import mistakes
from cvsheet.demo.returns import FictitiousReturn, drop_into, good_return, spoilt_return
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.reports.console import print_assessment
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.init import init
from cvsheet.workflows.validate import validate

PARTNERS = ("PE", "CAF", "CCIT", "VTH", "TL", "SMICTOM")
GOOD_CAMPAIGNS = ("2019-REF", "2020")
FLAWED_CAMPAIGN = "2021"
HEADER_ROW = 4  # of the pillar sheets
SHOWN = ("Code", "Référence", "Cible", "Valeur 2020", "Valeur 2021", "Progression", "Situation", "Couverture")


def make(target: Path) -> None:
    """Write the whole example below `target`, which is emptied first."""
    shutil.rmtree(target, ignore_errors=True)
    folder = init(target, identity="")  # the same bytes at every run
    framework = load_framework(folder.workbook)
    for campaign in GOOD_CAMPAIGNS:
        drop_into(folder.inbox / campaign, tuple(good_return(framework, campaign, partner) for partner in PARTNERS))
    drop_into(folder.inbox / FLAWED_CAMPAIGN, _flawed(folder))
    assessment = validate(framework, [folder.inbox], folder.root)
    _write_expected(folder, assessment)


def _flawed(folder: ContractFolder) -> tuple[FictitiousReturn, ...]:
    """2021: one good return, one mistake each for the others, one file cut short, one partner silent (SMICTOM)."""
    framework = load_framework(folder.workbook)
    spoilt = {
        "PE": (mistakes.approximate, mistakes.strong_change),
        "CAF": (mistakes.typed_as_text,),
        "VTH": (mistakes.wrong_sum,),
        "TL": (mistakes.unavailable, mistakes.out_of_bounds),
    }
    returns = [spoilt_return(framework, FLAWED_CAMPAIGN, partner, list_of) for partner, list_of in spoilt.items()]
    good = good_return(framework, FLAWED_CAMPAIGN, "CCIT")
    cut = FictitiousReturn("amboise_2021_CCIT (1).xlsx", good.content[: len(good.content) // 2])
    return (*returns, good, cut)


def _write_expected(folder: ContractFolder, assessment: Assessment) -> None:
    framework = load_framework(folder.workbook)
    expected = folder.root / "attendu"
    expected.mkdir()
    (expected / "constats.txt").write_text(findings_text(assessment), encoding="utf-8")
    result = consolidate(framework, assessment, FLAWED_CAMPAIGN, folder.results)
    sheets = [pillar.sheet for pillar in framework.pillars]
    (expected / "maitre.txt").write_text(master_text(result.path, sheets), encoding="utf-8")
    shutil.rmtree(folder.results)  # a binary that says no more than the text beside it
    shutil.rmtree(folder.outbox)


def findings_text(assessment: Assessment) -> str:
    """What `cvsheet validate` prints, 100 columns wide."""
    stream = io.StringIO()
    print_assessment(assessment, console=Console(file=stream, width=100, highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def master_text(path: Path, sheets: list[str]) -> str:
    """The figures of the pillar sheets of the master at `path`, one line each, columns separated by ``|``."""
    lines = []
    for sheet in open_grid(path).sheets:
        if sheet.name in sheets:
            header = {cell.value: column for column, cell in sheet.rows[HEADER_ROW].items()}
            lines += ["", sheet.name, " | ".join(SHOWN)]
            for row in sorted(number for number in sheet.rows if number > HEADER_ROW):
                lines.append(" | ".join(_shown(sheet.rows[row].get(header[title])) for title in SHOWN))
    return "\n".join(lines).lstrip() + "\n"


def _shown(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    return f"{cell.value:.6g}" if cell.kind is CellKind.NUMBER else str(cell.value)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
