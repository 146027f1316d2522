"""Which breakdowns are whole, so that their categories can be added up, and which rests of sums are small."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.figures.consolidation import Key, aggregate
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.disclosure.figures import POINT, figures
from cvsheet.figures.disclosure.published_sums import TiedCounts, counts_of
from cvsheet.model.framework import Campaign, CampaignType, Framework, Reference
from tests.consolidation.frameworks import answers, framework, measure

LATER = Campaign("REF2", "", CampaignType.BASELINE, 2020, date(2020, 1, 1), date(2020, 12, 31))


def contract(references: dict[str, Reference] | None = None) -> Framework:
    made = framework(measure("I.M1", diffusion="personnes", breakdowns=("quartier",)), references=references)
    return replace(made, campaigns=(*made.campaigns, LATER))


def counts(*rows: str, references: dict[str, Reference] | None = None) -> TiedCounts:
    found = aggregate(contract(references), answers(*rows))
    return counts_of(found, figures(found))


def keys(campaign: str, quantity: str) -> tuple[Key, tuple[Key, ...]]:
    return (campaign, "I.M1", quantity), ((campaign, "I.M1/N", quantity), (campaign, "I.M1/S", quantity))


def baselines(campaign: str, partner: str, **given: str) -> list[str]:
    lines = {"total": "I.M1", "north": "I.M1/N", "south": "I.M1/S"}
    return [f"{campaign} {partner} {lines[name]} {answer} - référence" for name, answer in given.items()]


BOTH_WHOLE = [
    *baselines("REF", "A", total="30", north="20", south="10"),
    *baselines("REF", "B", total="50", north="30", south="20"),
]
SOUTH_MISSING = [*BOTH_WHOLE[:-1], *baselines("REF", "B", south="nd")]
WITHOUT_OBJECT = [*BOTH_WHOLE[:-1], *baselines("REF", "B", south="so")]


@pytest.mark.parametrize("campaign", ["REF", POINT])
@pytest.mark.parametrize(
    ("rows", "whole"),
    [(BOTH_WHOLE, True), (SOUTH_MISSING, False), (WITHOUT_OBJECT, True), (BOTH_WHOLE[:-1], False)],
)
def test_a_breakdown_is_whole_where_nobody_misses_a_category(campaign: str, rows: list[str], whole: bool) -> None:
    """Of the baselines as they are shown as of the answers that they repeat."""
    total, parts = keys(campaign, "référence")
    assert counts(*rows).is_complete(total, parts) == whole


@pytest.mark.parametrize(
    ("rows", "references", "whole"),
    [
        ([*baselines("REF", "A", total="30", north="20"), *baselines("REF2", "A", south="10")], {}, True),
        ([*baselines("REF", "A", total="30", north="20")], {}, False),
        ([], {"I.M1/N": Reference(20, 2019), "I.M1/S": Reference(10, 2019)}, True),
        ([], {"I.M1/N": Reference(20, 2019)}, False),
        (baselines("REF", "A", south="10"), {"I.M1/N": Reference(20, 2019)}, True),
    ],
)
def test_baselines_of_several_origins_are_whole_where_each_is_there(
    rows: list[str], references: dict[str, Reference], whole: bool
) -> None:
    total, parts = keys(POINT, "référence")
    assert counts(*rows, references=references).is_complete(total, parts) == whole


@pytest.mark.parametrize(("diffusion", "threshold"), [("personnes", 5), ("entreprises", 3), ("publique", 0)])
def test_each_word_has_its_threshold_and_aims_have_none(diffusion: str, threshold: int) -> None:
    made = framework(measure("I.M1", diffusion=diffusion))
    found = counts_of(aggregate(made, answers("2020 A I.M1 3")), {})
    assert [found.threshold(("2020", "I.M1", quantity)) for quantity in ("valeur", "référence", "cible")] == [
        threshold,
        threshold,
        0,
    ]


@pytest.mark.parametrize(
    ("south", "hidden"),
    [
        ("nd", True),  # 50 - 47: three persons of a hundred
        ("6", False),  # what was rounded away is nobody's count
    ],
)
def test_rates_of_a_whole_breakdown_leave_no_rest(south: str, hidden: bool) -> None:
    rate = measure(
        "T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1", diffusion="personnes", breakdowns=("quartier",)
    )
    made = framework(rate, measure("C.M1", diffusion="personnes"))
    rows = ("2020 A T.M1 50", "2020 A T.M1/N 47", f"2020 A T.M1/S {south}", "2020 A C.M1 100")
    masked = {line for _, line, _ in secrecy(aggregate(made, answers(*rows))).hidden}
    assert ("T.M1/N" in masked) == hidden
