"""Good campaigns pass without a word; a sample here, hundreds in docs/precision.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.partner.reading import read_returned
from cvsheet.demo.fictitious import typed_answers
from cvsheet.demo.returns import good_return
from cvsheet.model.framework import CampaignType, Framework
from cvsheet.model.submission import Entry, Submission

from .good_campaigns import amboise, amboise_tally, file_tally, random_tally
from .random_contracts import random_contract
from .typed_returns import typed_return

SEED = 7


@pytest.mark.long
def test_good_campaigns_raise_no_error_and_no_warning() -> None:
    tally = amboise_tally(range(2)) + random_tally(range(100, 110))
    assert tally.alarms == ()
    assert tally.campaigns == 2 * 4 + 10 * 3


def test_as_workbooks_too(tmp_path: Path) -> None:
    assert file_tally(random_contract(SEED), SEED, tmp_path).alarms == ()


@pytest.mark.parametrize("framework", [amboise(), random_contract(SEED)], ids=["Amboise", "at random"])
@pytest.mark.parametrize("kind", list(CampaignType))
def test_answers_as_typed_are_what_the_reader_gives(framework: Framework, kind: CampaignType, tmp_path: Path) -> None:
    campaign = next(one.code for one in framework.campaigns if one.type is kind)
    partner = framework.partners_asked(campaign)[0].code
    path = tmp_path / "retour.xlsx"
    path.write_bytes(good_return(framework, campaign, partner, SEED).content)
    typed = typed_return(framework, campaign, partner, typed_answers(framework, campaign, partner, SEED))
    assert _content(read_returned(path, framework, "retour.xlsx")) == _content(typed)


def _content(submission: Submission) -> list[object]:
    """All that is judged in a return, places apart."""
    lines: list[object] = [
        (seen.line, seen.quantity, _answer(seen.entry), _answer(seen.year), seen.comment, seen.source, seen.sheet)
        for seen in submission.observations
    ]
    return [
        *lines,
        *(
            (
                report.action,
                report.title,
                report.objective,
                {name: _answer(one) for name, one in report.entries.items()},
            )
            for report in submission.actions
        ),
    ]


def _answer(entry: Entry | None) -> object:
    return entry and (entry.answer, entry.form)
