"""The catalogue as a whole: what every rule must have, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cvsheet.judging.cells import typed
from cvsheet.judging.engine.catalogue import all_rules, rules_of
from cvsheet.judging.engine.rule import HEADINGS, Family, Rule
from cvsheet.model.findings import Finding, Severity
from cvsheet.reports.rules_page import page_parts, rules_page

RULES = all_rules()
ROOT = Path(__file__).parents[2]

# Codes that meant something once. None yet; a retired code goes here and is never given to another rule.
RETIRED: frozenset[str] = frozenset()


# The words in which facts are named. One thing has one name: look here before adding a word.
FACT_NAMES = """
allowed answers baseline baseline_year beneficiaries bounds breakdown campaign category change column comment common
contract count detail difference differences direction end expected first first_cell found hint hundredfold instead
last_cell left left_value likely line message name new old other_count other_file other_partner other_value partner
partners personal places plausible previous previous_campaign progress read right right_value saved second shift source
sources start status sum target
target_year total typed value weight what women
"""


def every_rule(test: Callable[[Rule], None]) -> Callable[[Family], None]:
    """`test` of every rule, one test a family; which rule failed stands below the error."""

    @pytest.mark.parametrize("family", Family)
    def of_family(family: Family) -> None:
        for rule in RULES:
            if rule.family is family:
                try:
                    test(rule)
                except AssertionError as error:
                    error.add_note(rule.code)
                    raise

    return of_family


def test_every_family_has_rules() -> None:
    assert {rule.code[:3] for rule in RULES} == set(Family)


def test_codes_and_names_in_a_family_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({(rule.code[:3], rule.name) for rule in RULES}) == len(RULES)
    assert not RETIRED & {rule.code for rule in RULES}


@every_rule
def test_the_code_is_well_formed_and_the_name_states_a_fault(rule: Rule) -> None:
    assert re.fullmatch(rf"({'|'.join(Family)})-\d{{3}}", rule.code)
    assert re.fullmatch(r"[a-z][a-z_]+", rule.name)
    assert not rule.name.startswith(("check", "validate", "test", "ensure", "no_"))


@every_rule
def test_the_page_has_a_title_and_the_four_headings(rule: Rule) -> None:
    assert re.fullmatch(r"[A-ZÀÉÊ«][^\n]*\.", rule.title)
    assert tuple(heading for heading, _ in page_parts(rule)) == HEADINGS
    assert all(len(text) > 5 for _, text in page_parts(rule))


@every_rule
def test_an_error_says_what_to_do(rule: Rule) -> None:
    if rule.severity is not Severity.INFO:
        assert rule.remedy


def test_what_cannot_be_read_is_what_no_contract_can_change() -> None:
    fixed = {rule.code for rule in RULES if rule.fixed}
    assert {code[:3] for code in fixed} == {"FIC", "VAL", "REF"}
    assert {code for code in fixed if code.startswith("VAL")} == {rule.code for rule in rules_of(typed)}
    assert not any(rule.fixed for rule in RULES if rule.severity is not Severity.ERROR)


@every_rule
def test_the_french_is_well_set(rule: Rule) -> None:
    """No-break spaces before : ; ? ! » % and after «, typographic apostrophes."""
    text = f"{rule.template}\n{rule.remedy}\n{rule.page}"
    assert not re.search(r" [:;?!»%]|« |\w'\w", text), text


@every_rule
def test_facts_are_named_in_the_common_words(rule: Rule) -> None:
    if not rule.code.startswith("REF"):
        assert set(rule.fields) <= set(FACT_NAMES.split())


def test_a_missing_fact_never_stops_a_report() -> None:
    rule = next(rule for rule in RULES if rule.fields)
    assert "?" in rule.message(Finding(rule.code, rule.severity))


def test_the_page_of_rules_is_current() -> None:
    """After a change: python -m cvsheet.reports.rules_page docs/regles.md"""
    assert (ROOT / "docs" / "regles.md").read_text(encoding="utf-8") == rules_page()
