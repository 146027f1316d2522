"""*Constats*: every finding, by partner, pillar, severity and rule, with the page of the rule beside it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.reports.filters import FindingFilter, matching, pillar_of
from cvsheet.reports.rules_page import page_parts
from tests.desk.conftest import Browser
from tests.rules.small import FRAMEWORK


def found(browser: Browser) -> tuple[Finding, ...]:
    seen = browser.desk.follower.seen
    assert seen is not None
    return seen.contract.of_campaign("2021", seen.assessment).findings


def counted(browser: Browser, address: str) -> list[int]:
    """How many of each severity the page says."""
    page = browser.text(address)
    return [int(number) for number in re.findall(r"(\d+) (?:erreur|avertissement|info)s?\b", page)[:3]]


def by_severity(findings: tuple[Finding, ...]) -> list[int]:
    return [sum(one.severity is severity for one in findings) for severity in Severity]


def test_without_a_filter_every_finding_of_the_campaign_is_there(visitor: Browser) -> None:
    assert counted(visitor, "/constats") == by_severity(found(visitor))


@pytest.mark.parametrize("name", ["partenaire", "pilier", "severite", "regle"])
def test_each_filter_leaves_what_it_says(visitor: Browser, name: str) -> None:
    every = found(visitor)
    field = dict(zip(("partenaire", "pilier", "severite", "regle"), fields(FindingFilter), strict=True))[name].name
    framework = visitor.desk.follower.seen.framework  # type: ignore[union-attr]
    values = {
        "partner": {one.partner for one in every},
        "pillar": {pillar_of(framework, one) for one in every},
        "severity": {one.severity.value for one in every},
        "code": {one.code for one in every},
    }[field] - {""}
    assert values
    for value in sorted(values):
        wanted = matching(framework, every, FindingFilter(**{field: value}))
        assert counted(visitor, f"/constats?{name}={value}") == by_severity(wanted)
        assert 0 < len(wanted) <= len(every)


def test_filters_go_together(visitor: Browser) -> None:
    assert counted(visitor, "/constats?partenaire=PE&severite=erreur") == by_severity(
        tuple(one for one in found(visitor) if one.partner == "PE" and one.severity is Severity.ERROR)
    )
    assert "Rien à signaler" in visitor.text("/constats?partenaire=CCIT&severite=erreur&regle=VAL-016")


@pytest.mark.parametrize("value", ["nobody", "<b>", "%27"])
def test_an_unknown_value_leaves_nothing_and_is_no_page(visitor: Browser, value: str) -> None:
    page = visitor.get(f"/constats?partenaire={value}")
    assert "Rien à signaler" in page.text
    assert "<b>" not in page.text


def test_the_page_of_a_rule_stands_beside_its_findings(visitor: Browser) -> None:
    code = next(one.code for one in found(visitor) if one.severity is Severity.ERROR)
    links = re.findall(r'href="([^"]*fiche=[\w-]+)#fiche"', visitor.get("/constats?partenaire=PE").text)
    assert links
    assert all("partenaire=PE" in link for link in links)
    page = visitor.text(f"/constats?fiche={code}")
    for heading, text in page_parts(find_rule(code)):
        assert f"{heading} {' '.join(text.split())}" in page


def test_an_unknown_rule_has_no_page(visitor: Browser) -> None:
    assert "Règles citées" in visitor.text("/constats?fiche=ZZZ-001")


def test_the_pillar_of_a_finding_is_that_of_its_line_else_of_its_sheet() -> None:
    line = next(iter(FRAMEWORK.line.values()))
    sheet = FRAMEWORK.pillar[line.measure.pillar].sheet
    told = [
        pillar_of(FRAMEWORK, Finding("VAL-001", Severity.ERROR, line=line.code)),
        pillar_of(FRAMEWORK, Finding("STR-001", Severity.ERROR, Place("a.xlsx", sheet))),
        pillar_of(FRAMEWORK, Finding("FIC-001", Severity.ERROR, Place("a.xlsx"))),
    ]
    assert told == [line.measure.pillar, line.measure.pillar, ""]
