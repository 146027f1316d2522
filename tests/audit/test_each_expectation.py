"""Every ATT rule on a good campaign (silent) and on a bad one: exactly that finding, at that cell, with those facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from cvsheet.judging.campaign.expectations import expectation, expectations
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.judging.engine.catalogue import all_rules, find_rule
from cvsheet.model.findings import Fact, Finding, Severity
from cvsheet.workflows.audit import audit
from tests.consolidation.frameworks import as_table

from .campaigns import COHESION, ENDS, FRAMEWORK, SUMS, good_values, judged, mapped, returned, returns, with_values

Spoilt = Callable[[], Assessment]


def findings_of(assessment: Assessment, campaign: str = "2021") -> tuple[Finding, ...]:
    result = audit(FRAMEWORK, assessment, campaign, docs=False)
    assert result.own.incidents == ()
    return result.own.findings


def typed(partner: str, values: Mapping[str, object], **comments: str) -> Spoilt:
    return lambda: judged(with_values(partner, values, **comments))


def unavailable(partner: str, *lines: str) -> Spoilt:
    """`partner` answers nd for `lines`, each with the comment that this takes."""
    said = {line.replace(".", "_"): "export en mars" for line in lines}
    return typed(partner, dict.fromkeys(lines, "nd"), **said)


def table(**changes: str) -> Spoilt:
    """A long table in which the first answer of A in 2021 was given another code, or no cell, by a faulty reader."""

    def spoil() -> Assessment:
        at = ("2021", "A", "N01.M1")

        def change(seen):  # type: ignore[no-untyped-def]
            if (seen.campaign, seen.partner, seen.line) != at:
                return seen
            return replace(seen, entry=replace(seen.entry, cell="")) if "cell" in changes else replace(seen, **changes)

        return mapped(change, judged(returns()))

    return spoil


def twice() -> Assessment:
    import pandas as pd

    assessment = judged(returns())
    frame = assessment.frame
    again = frame[frame["campagne"].eq("2021") & frame["ligne"].eq("N01.M1") & frame["partenaire"].eq("A")]
    copied = again.assign(fichier="A-2021 (2).xlsx")
    return replace(assessment, answers=as_table(pd.concat([frame, copied], ignore_index=True)))


def without_lines() -> Assessment:
    values = {line: value for line, value in good_values("A", 2021).items() if line not in ("N02.M1", "N05.M1")}
    return judged(returns({("2021", "A"): returned("2021", "A", values)}))


ROUND = {line: round(float(str(value)), -1) for line, value in good_values("A", 2021).items() if line in SUMS}
PARTS = {"S01.M1": "nd"}
ABSENT = {"column": "absente", "max_value": 75}


@dataclass(frozen=True, eq=False)
class Case:
    """A campaign in which `code`, and no other ATT rule, finds something at `at` (``file!sheet!cell``)."""

    code: str
    spoilt: Spoilt
    at: str = ""
    line: str = ""
    partner: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    more: tuple[str, ...] = ()  # further places of the same finding


A, B = "A-2021.xlsx", "B-2021.xlsx"
CASES = (
    Case(
        "ATT-001",
        table(line="X99.M1"),
        f"{A}!Emploi!K5",
        "X99.M1",
        "A",
        {"campaign": "2021", "what": "A X99.M1"},
    ),
    Case(
        "ATT-002",
        twice,
        f"{A}!Emploi!K5",
        "N01.M1",
        "A",
        {"campaign": "2021", "what": "A N01.M1", "value": "valeur"},
        more=("A-2021 (2).xlsx!Emploi!K5",),
    ),
    Case("ATT-003", table(cell=""), f"{A}!Emploi", "N01.M1", "A", {"what": "A N01.M1"}),
    Case(
        "ATT-010",
        without_lines,
        A,
        partner="A",
        facts={"name": "Association A", "count": 11, "expected": 13, "detail": "N02.M1, N05.M1"},
    ),
    Case(
        "ATT-011",
        unavailable("A", *SUMS[:7]),
        A,
        partner="A",
        facts={"name": "Association A", "count": 6, "expected": 13, "detail": "7\u00a0nd ou ns"},
    ),
    Case(
        "ATT-012",
        unavailable("A", *SUMS[:5]),
        A,
        partner="A",
        facts={
            "name": "Association A",
            "count": 5,
            "expected": 13,
            "previous": 0,
            "total": 13,
            "previous_campaign": "2020",
        },
    ),
    Case(
        "ATT-013",
        typed("A", ROUND),
        A,
        partner="A",
        facts={
            "name": "Association A",
            "count": 10,
            "total": 12,
            "detail": ", ".join(f"Emploi!K{row}" for row in range(5, 13)) + " et 2 autres",
        },
    ),
    Case(
        "ATT-014",
        typed("A", dict.fromkeys(SUMS[:6], 97)),
        A,
        partner="A",
        facts={
            "name": "Association A",
            "value": 97,
            "count": 6,
            "total": 11,
            "detail": ", ".join(f"Emploi!K{row}" for row in range(5, 11)),
        },
    ),
    Case(
        "ATT-015",
        typed("A", dict.fromkeys(SUMS, 0)),
        A,
        partner="A",
        facts={
            "name": "Association A",
            "count": 10,
            "total": 11,
            "detail": ", ".join(f"Emploi!K{row}" for row in range(5, 13)) + " et 2 autres",
        },
    ),
    Case(
        "ATT-020",
        unavailable("B", *COHESION[:3]),
        facts={"name": "Cohésion", "count": 2, "expected": 5, "detail": "3\u00a0nd ou ns"},
    ),
    Case(
        "ATT-030",
        typed("A", {"N01.M1": 1000}),
        line="P01.M1",
        facts={"line": "P01.M1", "value": 100 * 1068 / 831, "bounds": "de 0 à 100"},
    ),
    Case(
        "ATT-031",
        typed("B", PARTS, S01_M1="total en mars"),
        f"{B}!Emploi!K15",
        "S01.M1",
        "B",
        {"line": "S01.M1", "total": 68, "sum": 140, "breakdown": "quartier", "partners": "B"},
    ),
    Case(
        "ATT-032",
        lambda: judged(
            returns(
                {
                    ("2021", who): returned("2021", who, {**good_values(who, 2021), "N05.M1": value})
                    for who, value in (("A", 291), ("B", 307))
                }
            )
        ),
        line="N05.M1",
        facts={
            "line": "N05.M1",
            "previous": 425,
            "value": 598,
            "change": "+41\u00a0%",
            "previous_campaign": "2020",
            "expected": "+3\u00a0%",
            "partners": "A et B",
        },
    ),
    Case(
        "ATT-033",
        unavailable("B", "N05.M1"),
        f"{B}!Emploi!K9",
        "N05.M1",
        "B",
        {"line": "N05.M1", "previous": 425, "previous_campaign": "2020", "value": 213, "partners": "B"},
    ),
)


@pytest.mark.parametrize("campaign", ENDS)
@pytest.mark.sample(1)
def test_a_good_campaign_keeps_every_expectation(campaign: str) -> None:
    assert findings_of(judged(returns()), campaign) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
@pytest.mark.sample(1)
def test_a_bad_campaign_gives_exactly_its_finding(case: Case) -> None:
    found = findings_of(case.spoilt())
    assert [one.code for one in found] == [case.code] * (1 + len(case.more))
    assert [_where(one) for one in found] == [case.at, *case.more]
    assert {(one.line, one.partner, one.campaign) for one in found} == {(case.line, case.partner, "2021")}
    assert found[0].facts == case.facts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_its_sentence_is_complete(case: Case) -> None:
    rule = find_rule(case.code)
    assert set(rule.fields) == set(case.facts)
    message = rule.message(Finding(case.code, rule.severity, facts=case.facts))
    assert "{" not in message and "?" not in message


def test_every_rule_of_the_family_is_tested_here() -> None:
    assert {case.code for case in CASES} == {rule.code for rule in all_rules() if rule.code.startswith("ATT")}


@pytest.mark.parametrize(
    ("partner", "values", "comments"),
    [
        ("A", ROUND, {line.replace(".", "_"): "compté" for line in ROUND}),
        ("A", dict.fromkeys(SUMS, 0), {line.replace(".", "_"): "rien cette année" for line in SUMS}),
        ("A", dict.fromkeys(SUMS[:7], "so"), {}),
        ("B", {"N05.M1": "so"}, {}),
    ],
    ids=["round, commented", "zeros, commented", "without object", "one without object"],
)
@pytest.mark.sample(2)
def test_what_is_explained_or_without_object_is_not_asked_about(
    partner: str, values: Mapping[str, object], comments: Mapping[str, str]
) -> None:
    assert findings_of(judged(with_values(partner, values, **comments))) == ()


@pytest.mark.long
def test_values_set_aside_are_out_and_not_judged_again() -> None:
    """A total out of bounds is an ERREUR: the share made of what is left is not found impossible for that."""
    assessment = judged(with_values("A", {"N10.M1": -5}))
    assert {one.code for one in assessment.findings if one.severity is Severity.ERROR} == {"VAL-016"}
    assert findings_of(assessment) == ()


@pytest.mark.parametrize("typed_everywhere", ["", "approximate!env. 20"], ids=["empty", "all to be corrected"])
@pytest.mark.sample(1)
def test_a_return_that_another_rule_finds_useless_is_not_judged_again(typed_everywhere: str) -> None:
    assert findings_of(judged(with_values("A", dict.fromkeys(good_values("A", 2021), typed_everywhere)))) == ()


@pytest.mark.long
def test_a_campaign_of_empty_returns_has_nothing_to_judge() -> None:
    empty = {("2021", who): returned("2021", who, dict.fromkeys(good_values(who, 2021), "")) for who in "AB"}
    result = audit(FRAMEWORK, judged(returns(empty)), "2021")
    assert (result.own.findings, result.own.incidents) == ((), ())
    assert "retours.html" not in result.pages and "Rien à juger." in result.pages["index.html"].decode()


@pytest.mark.long
def test_a_partner_that_has_not_answered_makes_no_finding_of_its_own() -> None:
    assert [one.code for one in findings_of(judged(returns({("2021", "B"): None})))] == ["ATT-020"]


@pytest.mark.long
def test_a_contract_may_decide_otherwise_on_severity() -> None:
    assessment = judged(with_values("A", ROUND))
    softer = replace(FRAMEWORK, severities=(("ATT-013", Severity.INFO), ("ATT-015", None)))
    result = audit(softer, assessment, "2021", docs=False)
    assert [(one.code, one.severity) for one in result.own.findings] == [("ATT-013", Severity.INFO)]
    assert [one.code for one in result.own.skipped] == ["ATT-015"]


@pytest.mark.long
def test_without_an_earlier_campaign_it_says_what_is_not_judged() -> None:
    only = [one for one in returns() if one.file.endswith("2021.xlsx")]
    result = audit(FRAMEWORK, judged(tuple(only)), None, docs=False)
    assert [(one.code, one.reason) for one in result.own.skipped] == [
        (code, "aucun retour d’une campagne antérieure parmi les fichiers lus")
        for code in ("ATT-012", "ATT-032", "ATT-033")
    ]
    assert result.own.findings == ()


@pytest.mark.long
def test_an_expectation_that_cannot_be_evaluated_is_an_incident_and_the_others_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = replace(expectation("ATT-013"), checks=(replace(expectation("ATT-013").checks[0], parameters=ABSENT),))
    spoilt = tuple(broken if one.code == "ATT-013" else one for one in expectations())
    monkeypatch.setattr("cvsheet.workflows.audit.expectations", lambda: spoilt)
    result = audit(FRAMEWORK, judged(with_values("A", dict.fromkeys(SUMS, 0))), "2021")
    assert [one.code for one in result.own.findings] == ["ATT-015"]
    assert [one.partition(" : ")[0] for one in result.own.incidents] == ["ATT-013"]
    assert "Incident" in result.pages["index.html"].decode()
    assert result.sentence.endswith("14\u00a0attentes tenues, 2\u00a0non tenues.")


def _where(finding: Finding) -> str:
    place = finding.place
    return "!".join(part for part in (place.file, place.sheet, place.cell) if part)
