"""What is known of some returns and judged of the others is what is judged of all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Never

import pytest

from cvsheet.judging.engine import assess as module
from cvsheet.judging.engine.apart import Said
from cvsheet.judging.engine.assess import assess, assess_knowing
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.judging.engine.ruling import Outcome, run_rules
from cvsheet.judging.returns import actions
from cvsheet.model.findings import Severity
from cvsheet.workflows import kept_judgements
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.receive import receive
from tests.conftest import ROOT
from tests.rules.small import FRAMEWORK as SMALL
from tests.rules.tables import returned

CAMPAIGN = ROOT / "examples" / "campagne"
FRAMEWORK = load_framework(CAMPAIGN / "contrat.xlsx")
READ = tuple(replace(one, reading=one.file) for one in receive(FRAMEWORK, [CAMPAIGN / "retours"], CAMPAIGN))
WHOLE, SAID = assess_knowing({}, FRAMEWORK, READ)
TITLES = "ligne | valeur | commentaire"


def shown(assessment: Assessment) -> str:
    return repr(replace(assessment, received=()))


def known(first: int, step: int) -> Mapping[str, Said]:
    return {reading: SAID[reading] for reading in sorted(SAID)[first::step]}


@pytest.mark.parametrize(("first", "step"), [(0, 1), (1, 1), (0, 2), (1, 2), (0, 3), (5, 7)])
def test_the_same_is_said_whatever_is_known(first: int, step: int) -> None:
    some = known(first, step)
    told, said = assess_knowing(some, FRAMEWORK, READ)
    assert len(some) > 1
    assert shown(told) == shown(WHOLE) == shown(assess(FRAMEWORK, READ))
    assert said == SAID


def test_much_is_known_of_returns_with_mistakes() -> None:
    outcomes = [outcome for said in SAID.values() for outcome in said]
    assert sum(len(one.findings) for one in outcomes) > 20
    assert any(one.aside for one in outcomes)
    assert any(one.skipped for one in outcomes)


def test_what_is_said_of_returns_is_kept_whole() -> None:
    kept = kept_judgements._returns_to_bytes(SAID)
    assert kept is not None
    assert kept_judgements._returns_from_bytes(kept) == SAID
    assert kept_judgements._returns_from_bytes(kept[:-1]) == {}
    assert kept_judgements._returns_to_bytes({}) is not None


@pytest.mark.parametrize("some", [{}, known(0, 2)], ids=["nothing known", "half known"])
def test_a_rule_that_crashes_says_the_same_whatever_is_known(
    some: Mapping[str, Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: object) -> Never:
        raise ZeroDivisionError("par zéro")

    before, code = module.OF_ONE_RETURN, actions.done_below_full.code
    rules = [replace(rule, judge=crash) if rule.code == code else rule for rule in before[3].rules]
    broken = replace(before[3], judge=partial(run_rules, rules))
    monkeypatch.setattr(module, "OF_ONE_RETURN", (*before[:3], broken, *before[4:]))
    told, said = assess_knowing(some, FRAMEWORK, READ)
    assert [one.partition(" : ")[0] for one in told.incidents] == [code]
    assert shown(told) == shown(assess(FRAMEWORK, READ))
    assert said == some


@pytest.mark.parametrize(("comment", "told_alone"), [("comme prévu", []), ("corrigé", ["9.xlsx"])])
def test_a_return_whose_comment_went_stale_is_judged_beside_its_former_file(
    comment: str, told_alone: Sequence[str]
) -> None:
    files = [
        returned(f"{TITLES}\nT1.M1 | {day} | {words}", file=f"{day}.xlsx", saved_at=datetime(2022, 2, day, tzinfo=UTC))
        for day, words in ((5, "comme prévu"), (9, comment))
    ]
    _, said = assess_knowing({}, SMALL, [Received(one.file, one, reading=one.file) for one in files])
    assert list(said) == told_alone


def test_severities_that_are_given_are_those_of_what_is_said() -> None:
    file = returned(f"{TITLES}\nT1.M1 | 1.5 |")
    received = [Received(file.file, file, reading="a")]
    _, mild = assess_knowing({}, SMALL, received, {"VAL-015": Severity.INFO})
    (findings,) = (
        [one for outcome in said for one in outcome.findings if one.code == "VAL-015"] for said in mild.values()
    )
    assert [one.severity for one in findings] == [Severity.INFO]


def test_nothing_said_is_no_outcome() -> None:
    file = returned(f"{TITLES}\nT1.M1 | 1 |")
    _, said = assess_knowing({}, SMALL, [Received(file.file, file, reading="a")])
    assert Outcome() in said["a"]
