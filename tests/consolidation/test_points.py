"""Baselines and targets: each line has its own, from the campaign that answers this line, as known at a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.figures.consolidation import Consolidation, aggregate
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY, secrecy
from cvsheet.figures.follow_up import follow_up
from cvsheet.figures.points import newcomers
from cvsheet.model.framework import Campaign, CampaignType, ContractSettings, Framework, Measure, Reference
from cvsheet.model.submission import AnswerKind, Quantity
from tests.consolidation.frameworks import answers, framework, measure, share

BASELINE = Quantity.BASELINE
CAMPAIGNS = (
    Campaign("REF", "Référence", CampaignType.BASELINE, 2020, date(2020, 1, 1), date(2020, 12, 31)),
    Campaign("2022", "Bilan 2022", CampaignType.YEARLY, 2022, date(2022, 1, 1), date(2022, 12, 31)),
    Campaign("REF2", "Révision", CampaignType.BASELINE, 2024, date(2024, 1, 1), date(2024, 12, 31)),
    Campaign("2025", "Bilan 2025", CampaignType.YEARLY, 2025, date(2025, 1, 1), date(2025, 12, 31)),
)
END_2020, END_2022, END_2024, END_2025 = (campaign.end for campaign in CAMPAIGNS)


def contract(*measures: Measure, references: dict[str, Reference] | None = None) -> Framework:
    """Of 2020 to 2030, with a second `référence` campaign in 2024."""
    known = framework(*(measures or (measure("M.M1"),)), references=references)
    return replace(
        known, contract=ContractSettings("essai", "Essai", date(2020, 1, 1), date(2030, 12, 31)), campaigns=CAMPAIGNS
    )


def since(consolidation: Consolidation, line: str = "M.M1", at: date = END_2025) -> tuple[float | None, date]:
    known = consolidation.point(line, BASELINE, at)
    return known.value, known.since


PROPOSED = "REF A M.M1 100 - référence"

# the adopted row of the contract, answers -> baseline and its date, in the campaign of 2025
DATES = [
    (None, (PROPOSED,), 100, END_2020),  # the second campaign is only planned
    (None, (PROPOSED, "REF2 A N.M1 7 - référence"), 100, END_2020),  # it asked other lines
    (None, (PROPOSED, "REF2 A M.M1 nd - référence"), 100, END_2020),  # it was answered without a figure
    (None, (PROPOSED, "REF2 A M.M1 130 - référence"), 130, END_2024),
    (Reference(100, 2020), (), 100, END_2020),
    (Reference(100, 2020), ("REF2 A M.M1 130 - référence",), 100, END_2020),  # proposed, not adopted
    (Reference(130, 2024), (PROPOSED,), 130, END_2024),
    (Reference(100, 2018), (PROPOSED,), 100, date(2018, 12, 31)),  # a year of no campaign
    (Reference(100, None), (), 100, END_2020),
    (Reference(130, None), (PROPOSED, "REF2 A M.M1 130 - référence"), 130, END_2024),  # the very figure of 2024
]


FIRST = ("REF A M.M1 60 - référence", "REF B M.M1 40 - référence")
LATER = ("2025 A M.M1 90", "2025 B M.M1 60")
NEWCOMERS = [  # adopted, answers, who is in the value of 2025 and not in its baseline
    (None, (*FIRST, *LATER), ()),
    (None, (FIRST[0], *LATER), ("B",)),
    (None, (FIRST[0], "REF B M.M1 nd - référence", *LATER), ("B",)),
    (None, (*FIRST, "REF2 B M.M1 45 - référence", *LATER), ("A",)),  # revised by one of both
    (None, (*FIRST, LATER[0]), ()),  # who is silent now: coverage says it
    (None, (FIRST[0], LATER[0], "2025 B M.M1 nd"), ()),
    (None, LATER, ()),
    (Reference(100, 2020, "validée"), (FIRST[0], *LATER), ()),
]


@pytest.mark.parametrize(("adopted", "rows", "wanted"), NEWCOMERS)
def test_who_is_in_the_value_and_not_in_the_baseline(
    adopted: Reference | None, rows: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    made = contract(references={"M.M1": adopted} if adopted else None)
    assert newcomers(aggregate(made, answers(*rows)), CAMPAIGNS[-1], "M.M1") == wanted


@pytest.mark.parametrize("aggregation", ["moyenne", "source unique", "maximum"])
def test_of_what_is_no_sum_the_partners_may_change(aggregation: str) -> None:
    made = contract(measure("M.M1", aggregation))
    assert newcomers(aggregate(made, answers(FIRST[0], *LATER)), CAMPAIGNS[-1], "M.M1") == ()


@pytest.mark.parametrize(("adopted", "rows", "value", "start"), DATES)
def test_the_straight_line_starts_where_the_baseline_of_this_line_is_from(
    adopted: Reference | None, rows: tuple[str, ...], value: float, start: date
) -> None:
    known = contract(measure("M.M1"), measure("N.M1"), references={"M.M1": adopted} if adopted else None)
    assert since(aggregate(known, answers(*rows))) == (value, start)


@pytest.mark.parametrize("rows", [(), ("REF2 A N.M1 7 - référence",), ("REF2 A N.M1 nd - référence",)])
def test_another_baseline_campaign_does_not_move_the_expected_value(rows: tuple[str, ...]) -> None:
    known = contract(measure("M.M1"), measure("N.M1"), references={"M.M1": Reference(100, 2020, "", 200, 2030, "")})
    found = aggregate(known, answers("2025 A M.M1 120", *rows))
    followed = follow_up(found, NO_SECRECY, known.line["M.M1"], known.campaign["2025"])
    assert followed.expected == pytest.approx(150, abs=0.05)
    assert followed.lag == pytest.approx(36, abs=0.1)
    assert (followed.situation, followed.baseline_date) == ("En retard", END_2020)


def test_partners_that_agree_on_an_earlier_year_date_the_baseline() -> None:
    table = answers("REF A M.M1 60 - référence", "REF B M.M1 40 - référence")
    known = contract()
    assert since(aggregate(known, table.assign(annee=2018.0))) == (100, date(2018, 12, 31))
    assert since(aggregate(known, table.assign(annee=[2018.0, 2019.0]))) == (100, END_2020)
    assert since(aggregate(known, table.assign(annee=2020.0))) == (100, END_2020)


@pytest.mark.parametrize(
    ("end", "year", "start"),
    [
        (date(2021, 1, 31), 2019, date(2019, 12, 31)),
        (date(2021, 1, 31), 2020, date(2021, 1, 31)),  # its own year: when it ended, be it in the next
        (date(2021, 1, 31), 2021, date(2021, 1, 31)),
        (date(2018, 6, 30), 2019, date(2018, 6, 30)),  # never later than it ended
    ],
)
def test_answers_for_the_year_of_their_campaign_are_of_the_day_that_it_ends(end: date, year: int, start: date) -> None:
    known = contract()
    ended = replace(known, campaigns=(replace(CAMPAIGNS[0], end=end), *CAMPAIGNS[1:]))
    assert since(aggregate(ended, answers(PROPOSED).assign(annee=float(year)))) == (100, start)


def test_an_older_campaign_is_judged_by_the_baseline_known_then() -> None:
    rows = (PROPOSED, "REF2 A M.M1 130 - référence")
    for adopted in ({}, {"M.M1": Reference(130, 2024, "validée", 200)}):
        found = aggregate(contract(references=adopted), answers(*rows))
        assert since(found, at=END_2022) == (100, END_2020)
        assert since(found, at=END_2025) == (130, END_2024)


def test_a_baseline_of_a_later_year_was_not_known() -> None:
    found = aggregate(contract(references={"M.M1": Reference(130, 2024, "", 200)}), answers("2022 A M.M1 110"))
    assert found.point("M.M1", BASELINE, END_2022).value is None
    assert found.point("M.M1", Quantity.TARGET, END_2022).value == 200


@pytest.mark.parametrize(
    ("adopted", "rows"),
    [
        ({}, ("REF2 A M.M1 130 - référence", "REF2 A M.M1 200 - cible")),  # proposed in 2024
        ({"M.M1": Reference(130, 2024)}, ("REF2 A M.M1 200 - cible",)),  # adopted for 2024
    ],
)
def test_what_was_not_known_is_not_published_of_an_older_campaign(
    adopted: dict[str, Reference], rows: tuple[str, ...]
) -> None:
    known = contract(references=adopted)
    found = aggregate(known, answers("2022 A M.M1 110", "2025 A M.M1 150", *rows))
    old, new = (follow_up(found, NO_SECRECY, known.line["M.M1"], known.campaign[code]) for code in ("2022", "2025"))
    assert (old.baseline, old.target, old.situation) == (None, None, "Référence à préciser")
    assert (new.baseline, new.target) == (130, 200)


PARTS = (measure("N.M1"), measure("D.M1"), share("S.M1", "N.M1", "D.M1"))
OF_2020 = ("REF A N.M1 10 - référence", "REF A D.M1 40 - référence")


def test_the_baseline_of_a_share_takes_both_terms_at_one_date() -> None:
    numerator, denominator = "REF2 A N.M1 30 - référence", "REF2 A D.M1 60 - référence"
    both = aggregate(contract(*PARTS), answers(*OF_2020, numerator, denominator))
    assert since(both, "S.M1") == (50, END_2024)
    assert since(both, "S.M1", END_2022) == (25, END_2020)
    assert since(aggregate(contract(*PARTS), answers(*OF_2020, numerator)), "S.M1") == (25, END_2020)


def test_a_share_of_adopted_baselines_is_of_their_latest_year() -> None:
    adopted = {"N.M1": Reference(10, 2018), "D.M1": Reference(40, 2019)}
    assert since(aggregate(contract(*PARTS, references=adopted), answers()), "S.M1") == (25, date(2019, 12, 31))


@pytest.mark.parametrize(
    ("adopted", "rows"),
    [
        ({"D.M1": Reference(40, 2020)}, ("REF A N.M1 10 - référence", "REF2 A N.M1 30 - référence")),
        ({"N.M1": Reference(10, 2020)}, ("REF A D.M1 40 - référence", "REF2 A D.M1 20 - référence")),
    ],
)
def test_a_term_that_is_adopted_goes_with_a_proposed_one_of_its_date(
    adopted: dict[str, Reference], rows: tuple[str, ...]
) -> None:
    found = aggregate(contract(*PARTS, references=adopted), answers(*rows))
    assert since(found, "S.M1") == (25, END_2020)


def test_adopted_terms_make_a_share_where_there_is_no_baseline_campaign() -> None:
    known = contract(*PARTS, references={"N.M1": Reference(10, 2018), "D.M1": Reference(40, 2019)})
    found = aggregate(replace(known, campaigns=tuple(one for one in CAMPAIGNS if one.code.isdigit())), answers())
    assert since(found, "S.M1") == (25, date(2019, 12, 31))


def test_terms_of_unlike_dates_make_a_share_only_where_there_are_no_others() -> None:
    found = aggregate(contract(*PARTS), answers("REF A D.M1 40 - référence", "REF2 A N.M1 30 - référence"))
    assert since(found, "S.M1") == (75, END_2024)


def test_where_it_was_decided_that_a_campaign_brings_no_share_none_is_made_of_unlike_dates() -> None:
    rows = answers("REF A D.M1 40 - référence", "REF2 A N.M1 30 - référence")
    decided = {("REF2", "S.M1", "référence"): None}
    assert since(aggregate(contract(*PARTS), rows, decided), "S.M1")[0] is None
    older = answers(*OF_2020, "REF2 A N.M1 30 - référence", "REF2 A D.M1 60 - référence")
    assert since(aggregate(contract(*PARTS), older, decided), "S.M1") == (25, END_2020)


def test_an_older_baseline_is_masked_with_the_answers_that_it_repeats() -> None:
    known = contract()
    found = aggregate(known, answers("REF A M.M1 3 - référence", "REF2 A M.M1 130 - référence", "2022 A M.M1 90"))
    secret = replace(secrecy(found), hidden=frozenset({("REF", "M.M1", "référence")}))
    line = known.line["M.M1"]
    assert follow_up(found, secret, line, known.campaign["2022"]).baseline is AnswerKind.SECRET
    assert follow_up(found, secret, line, known.campaign["2025"]).baseline == 130
