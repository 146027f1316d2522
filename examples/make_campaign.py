"""Make the example campaign: fictitious returns over three campaigns, good and bad, with what cvsheet says of them.

    python examples/make_campaign.py examples/campagne

The figures are fictitious: the contract's document gives none. The test `tests/test_examples.py` makes the same again
and compares every file byte for byte.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from cvsheet.reports.example_texts import findings_text, master_text
from cvsheet.rules.assessment import Assessment
from cvsheet.workflows import mistakes
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.init import init
from cvsheet.workflows.returns import FictitiousReturn, drop_into, good_return, spoilt_return
from cvsheet.workflows.validate import validate

PARTNERS = ("PE", "CAF", "CCIT", "VTH", "TL", "SMICTOM")
GOOD_CAMPAIGNS = ("2019-REF", "2020")
FLAWED_CAMPAIGN = "2021"


def make(target: Path) -> None:
    """Write the whole example below `target`, which is emptied first."""
    shutil.rmtree(target, ignore_errors=True)
    folder = init(target)
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
        "TL": (mistakes.out_of_bounds, mistakes.unavailable),
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
    (expected / "maitre.txt").write_text(master_text(result), encoding="utf-8")
    result.path.unlink()  # a binary that says no more than the text beside it


if __name__ == "__main__":
    make(Path(sys.argv[1]))
