"""VAL-018: a percentage typed as a share of 1, wherever a percentage is typed; one question for one slip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.model.framework import Framework
from tests.rules.good import A_REF, judged, reported, retyped
from tests.rules.small import FRAMEWORK

PROGRESS = [  # status, progress, comment -> findings
    ("En cours", "0.5", "", ["VAL-018"]),
    ("En cours", "1", "", ["VAL-018"]),
    ("En cours", "1.5", "", []),
    ("En cours", "0", "", []),
    ("En cours", "1", "à peine commencé", ["VAL-018"]),
    ("En cours", "1", "1 % seulement", []),
    ("Réalisée", "1", "", ["VAL-018"]),
    ("Réalisée", "1", "bien 1 %", ["COH-031"]),
    ("Réalisée", "99", "", ["COH-031"]),
    ("Réalisée", "100", "", []),
    ("Non démarrée", "0.5", "", ["VAL-018"]),
    ("Non démarrée", "2", "", ["COH-032"]),
    ("Non démarrée", "0", "", []),
]


@pytest.mark.parametrize(("status", "progress", "comment", "expected"), PROGRESS)
def test_the_progress_of_an_action(status: str, progress: str, comment: str, expected: list[str]) -> None:
    assessment = judged(reported(f"ACT-1 | {status} | {progress} | | | 20 | 12 | {comment}")())
    assert [finding.code for finding in assessment.findings] == expected


RATES = [  # plausible from, to, least, value -> asked
    (None, None, None, "0.45", True),
    (None, None, None, "1", False),
    (None, None, None, "0", False),
    (None, None, -50, "-0.45", True),
    (None, None, -50, "-45", False),
    (0.2, None, None, "0.45", False),
    (0.45, None, None, "0.45", False),
    (0.5, None, None, "0.45", True),
    (0, None, None, "0.45", True),  # a range from 0 says nothing
    (None, 1, None, "0.45", False),
    (None, 1.5, None, "0.45", True),
]


def rate(low: float | None, high: float | None, least: float | None) -> Framework:
    """The contract whose only rate is plausible from `low` to `high`, and never below `least`."""
    limits = {"plausible_minimum": low, "plausible_maximum": high, "minimum": least}
    measures = (replace(one, **limits) if one.code == "T2.M1" else one for one in FRAMEWORK.measures)  # type: ignore[arg-type]
    return replace(FRAMEWORK, measures=tuple(measures))


@pytest.mark.parametrize(("low", "high", "least", "value", "asked"), RATES)
def test_the_rate_of_a_line(
    low: float | None, high: float | None, least: float | None, value: str, asked: bool
) -> None:
    assessment = judged(retyped(f"T2.M1 | {value} |")(), rate(low, high, least))
    assert ("VAL-018" in [finding.code for finding in assessment.findings]) is asked


@pytest.mark.parametrize("row", ["T2.M1 | 0.43 | 2018 | 60 | 2022 |", "T2.M1 | 43 | 2018 | 0.6 | 2022 |"])
def test_baselines_and_targets_are_asked_about_too(row: str) -> None:
    assessment = judged(retyped(row, table=A_REF, campaign="REF")())
    assert "VAL-018" in [finding.code for finding in assessment.findings]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("45", []),
        ("41", ["VAL-017"]),
        ("71", ["VAL-017"]),
        ("0.45", ["VAL-018"]),  # a share of 1: that it is low follows
        ("-1", ["VAL-016"]),  # impossible: that it is unusual follows
        ("101", ["VAL-016"]),
    ],
)
def test_one_slip_is_one_question(value: str, codes: list[str]) -> None:
    found = judged(retyped(f"T2.M1 | {value} |")(), rate(42, 70, None)).findings
    assert [finding.code for finding in found if finding.code.startswith("VAL")] == codes
