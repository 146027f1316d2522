"""ENS-007 to ENS-009, and what the HIS rules compare with: the campaign that ends nearest to a year before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cvsheet.figures.consolidation import consolidated
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.model.findings import Finding
from cvsheet.model.framework import Aggregation, Calculation, Campaign, CampaignType, CoherenceRule
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.previous import answers_before
from cvsheet.workflows.receive import receive
from tests.conftest import ROOT
from tests.rules.small import FRAMEWORK, measure
from tests.rules.tables import returned

BALANCE = measure("S.M1", type="volume")
CHANGE = measure(
    "E.M1",
    computed=True,
    calculation=Calculation.CHANGE,
    numerator="S.M1",
    aggregation=Aggregation.RECOMPUTED,
    producers=(),
)
HALVES = tuple(
    Campaign(f"{year}-S{half}", "", CampaignType.YEARLY, year, date(year, 6 * half - 5, 1), end)
    for year, half, end in (
        (2020, 1, date(2020, 6, 30)),
        (2020, 2, date(2020, 12, 31)),
        (2021, 1, date(2021, 6, 30)),
        (2021, 2, date(2021, 12, 31)),
    )
)
TITLES = "ligne | valeur | commentaire"
SHARE = measure(
    "P.M1",
    computed=True,
    calculation=Calculation.SHARE,
    numerator="S.M1",
    denominator="D.M1",
    aggregation=Aggregation.RECOMPUTED,
    producers=(),
)
CONTRACT = replace(
    FRAMEWORK, measures=(BALANCE, CHANGE, SHARE, measure("D.M1", type="volume")), campaigns=HALVES, actions=(), rules=()
)


def judged(**values: float) -> Assessment:
    files = [
        returned(
            f"ligne | valeur | commentaire\nS.M1 | {value} |",
            campaign=campaign,
            file=f"{campaign}.xlsx",
            framework=CONTRACT,
        )
        for campaign, value in ((name.removeprefix("_").replace("_", "-"), value) for name, value in values.items())
    ]
    return assess(CONTRACT, [Received(one.file, one) for one in files])


def of(code: str, **values: float) -> list[Finding]:
    return [finding for finding in judged(**values).findings if finding.code == code]


@pytest.mark.parametrize(
    ("top", "bottom", "said"),
    [("3", "0", [3]), ("0", "0", [0]), ("0", "0.5", []), ("3", "-2", [3]), ("nd", "0", []), ("3", "nd", [])],
)
def test_a_share_of_nothing_is_said(top: str, bottom: str, said: list[float]) -> None:
    file = returned(f"{TITLES}\nS.M1 | {top} | \nD.M1 | {bottom} |", campaign="2020-S2", framework=CONTRACT)
    told = [one for one in assess(CONTRACT, [Received(file.file, file)]).findings if one.code == "ENS-008"]
    assert [one.facts["left_value"] for one in told] == said
    assert {(one.line, one.campaign) for one in told} <= {("P.M1", "2020-S2")}


BASELINES = "ligne | reference | annee_reference | cible | annee_cible | commentaire"


@pytest.mark.parametrize(("of_b", "said"), [("10", []), ("nd", ["B"])])
def test_a_baseline_without_a_partner_of_the_value_is_said_once_of_a_measure(of_b: str, said: list[str]) -> None:
    sums = measure("T.M1", breakdowns=("quartier",), producers=("A", "B"))
    made = replace(FRAMEWORK, measures=(sums,), actions=(), rules=())

    def table(campaign: str, value: str) -> str:
        first, row = (BASELINES, f"{value} | | | |") if campaign == "REF" else (TITLES, f"{value} |")
        return "\n".join((first, f"T.M1 | {row}", f"T.M1/N | {row}"))

    given = (("A", "REF", "20"), ("B", "REF", of_b), ("A", "2021", "22"), ("B", "2021", "12"))
    files = [
        returned(table(campaign, value), partner=who, campaign=campaign, file=f"{who}-{campaign}", framework=made)
        for who, campaign, value in given
    ]
    told = [one for one in assess(made, [Received(one.file, one) for one in files]).findings if one.code == "ENS-009"]
    assert [one.facts["partners"] for one in told] == said
    assert {(one.line, one.campaign) for one in told} <= {("T.M1", "2021")}


@pytest.mark.parametrize(("base", "said"), [(1, 0), (0, 1), (-40, 1)])
def test_a_yearly_change_without_a_positive_base_is_said(base: float, said: int) -> None:
    found = of("ENS-007", _2020_S2=base, _2021_S2=25)
    assert len(found) == said
    if said:
        assert (found[0].campaign, found[0].line) == ("2021-S2", "E.M1")
        facts = found[0].facts
        assert (facts["previous"], facts["difference"], facts["source"]) == (base, 25 - base, "campagne 2020-S2")


def test_a_second_half_is_compared_with_the_second_half_before() -> None:
    (found,) = of("HIS-001", _2020_S1=60, _2020_S2=40, _2021_S1=61, _2021_S2=90)
    assert (found.campaign, found.facts["previous"], found.facts["previous_campaign"]) == ("2021-S2", 40, "2020-S2")


def test_the_second_half_before_is_what_the_partner_is_shown() -> None:
    assessment = judged(_2020_S1=60, _2020_S2=20, _2021_S1=61)
    assert answers_before(CONTRACT, "2021-S2", assessment) == {"A": {"S.M1": 20}}
    assert answers_before(CONTRACT, "2021-S1", assessment) == {"A": {"S.M1": 60}}


@pytest.mark.parametrize(
    ("former", "now", "words"), [(20, 62, "+210\u00a0%"), (-20, 62, "+82"), (-20, -62, "−42"), (0, 62, "+62")]
)
def test_a_change_is_said_in_percent_of_a_positive_figure_only(former: float, now: float, words: str) -> None:
    (found,) = of("HIS-001", _2020_S2=former, _2021_S2=now)
    assert found.facts["change"] == words


AGAIN = replace(
    CONTRACT,
    campaigns=(
        *(
            replace(
                one,
                code=f"2018{one.code[4:]}",
                year=2018,
                start=one.start.replace(year=2018),
                end=one.end.replace(year=2018),
            )
            for one in HALVES[:2]
        ),
        *HALVES[2:],
    ),
    rules=(CoherenceRule("R1", "S.M1", "= N-3", "S.M1", "avertissement", "Le même chiffre."),),
)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"2018-S1": 8, "2018-S2": 10, "2021-S2": 10}, []),
        ({"2018-S1": 10, "2018-S2": 8, "2021-S2": 10}, [8]),  # the same half of the year
        ({"2018-S1": 8, "2021-S2": 10}, [8]),
        ({"2018-S1": 8, "2018-S2": "nd", "2021-S2": 10}, [8]),  # the half that gave a figure
        ({"2018-S2": 8, "2021-S1": 8}, []),
        ({"2021-S1": 8, "2021-S2": 10}, []),  # nothing of three years before
    ],
)
def test_a_figure_asked_again_is_compared_with_the_yearly_one_of_three_years_before(
    answers: dict[str, float | str], told: list[float]
) -> None:
    files = [
        returned(f"{TITLES}\nS.M1 | {value} |", campaign=code, file=f"{code}.xlsx", framework=AGAIN)
        for code, value in answers.items()
    ]
    found = assess(AGAIN, [Received(one.file, one) for one in files]).findings
    assert [one.facts["right_value"] for one in found if one.code == "HIS-004"] == told


@pytest.mark.parametrize(("other", "said"), [("7", 0), ("", 1)])
def test_a_campaign_with_other_answers_is_the_one_before_all_the_same(other: str, said: int) -> None:
    """The year before has no balance: nothing is compared with the half-year before it."""
    contract = replace(CONTRACT, measures=(BALANCE, CHANGE, measure("X.M1", required=False)))
    typed = (("2020-S1", "S.M1 | -40 |"), ("2020-S2", f"X.M1 | {other} |"), ("2021-S2", "S.M1 | 25 |"))
    files = [
        returned(f"{TITLES}\n{row}", campaign=campaign, file=f"{campaign}.xlsx", framework=contract)
        for campaign, row in typed
    ]
    found = [one.code for one in assess(contract, [Received(one.file, one) for one in files]).findings]
    assert found.count("ENS-007") == said


def test_what_is_worked_out_of_some_answers_is_worked_out_of_all() -> None:
    campaign = ROOT / "examples" / "campagne"
    contract = load_framework(campaign / "contrat.xlsx")
    read = (one.submission for one in receive(contract, [campaign / "retours"], campaign))
    evidence = Evidence(contract, tuple(one for one in read if one is not None and one.identity is not None))
    some, whole = evidence.worked_out, consolidated(contract, evidence.judged_table.records())
    computed = [line.code for line in contract.line.values() if line.measure.computed]
    values = [[one.retained(year.code, code) for year in whole.yearly for code in computed] for one in (some, whole)]
    assert some.yearly == whole.yearly
    assert values[0] == values[1]
    assert any(values[0])
