"""A rule as one object: its page, what is to be done about its findings, and who may change its severity."""

from __future__ import annotations

import pytest

from cvsheet.judging.engine.catalogue import all_rules
from cvsheet.judging.engine.rule import LooksAt, Rule, rule
from cvsheet.judging.engine.ruling import switched_off
from cvsheet.model.findings import Finding, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
FOUND = Finding("VAL-001", WARNING, facts={"value": 12.5})


def far_too_large(given: int) -> bool:
    """Le titre.

    Constat : « trop grand » ;
        encore.
    """
    return given > 1


def made(code: str, severity: Severity = WARNING, *, unreadable: bool = False, correction: str = "") -> Rule[int, bool]:
    declared = rule(
        code, severity, "{value} ne va pas.", "Corrigez {value}.", unreadable=unreadable, correction=correction
    )
    return declared(far_too_large)


def test_its_page_is_its_docstring_well_set() -> None:
    assert made("VAL-001").title == "Le titre."
    assert made("VAL-001").page == "Le titre.\n\nConstat\u00a0: «\u00a0trop grand\u00a0»\u202f;\n    encore."


@pytest.mark.parametrize(
    ("correction", "told"), [("", "Corrigez 12,5."), ("Tapez : 12.", "Tapez\u00a0: 12.")]
)  # fmt: skip
def test_in_a_correction_workbook_its_own_words_stand_for_the_remedy(correction: str, told: str) -> None:
    assert made("VAL-001", correction=correction).advice_in_correction(FOUND) == told
    assert made("VAL-001", correction=correction).advice(FOUND) == "Corrigez 12,5."


@pytest.mark.parametrize(
    ("code", "severity", "unreadable", "fixed"),
    [
        ("VAL-001", ERROR, True, True),  # an answer that cannot be read
        ("VAL-001", ERROR, False, False),
        ("VAL-001", WARNING, True, False),
        ("COH-001", ERROR, False, False),
        ("FIC-001", ERROR, False, True),  # a file that cannot be read
        ("FIC-001", WARNING, False, False),
        ("REF-001", ERROR, False, True),  # a contract from which nothing can be made
        ("REF-001", WARNING, False, False),
    ],
)
def test_no_contract_may_change_what_is_never_good(
    code: str, severity: Severity, unreadable: bool, fixed: bool
) -> None:
    assert made(code, severity, unreadable=unreadable).fixed is fixed


OFF = {known.code: None for known in all_rules()}


def codes(*, audit: bool, **chosen: Severity | None) -> set[str]:
    severities = {name.replace("_", "-"): severity for name, severity in chosen.items()}
    return {one.code for one in switched_off(severities, audit=audit)}


@pytest.mark.parametrize(("audit", "code"), [(False, "HIS-001"), (True, "ATT-001")])
def test_a_rule_that_the_contract_switches_off_is_listed_where_it_would_judge(audit: bool, code: str) -> None:
    name = code.replace("-", "_")
    assert codes(audit=audit, **{name: None}) == {code}
    assert codes(audit=not audit, **{name: None}) == set()
    assert codes(audit=audit, **{name: Severity.INFO}) == set()
    assert codes(audit=audit) == set()


def test_what_cannot_be_switched_off_is_not_listed() -> None:
    listed = {one.code for audit in (False, True) for one in switched_off(OFF, audit=audit)}
    judged_here = {known.code for known in all_rules() if known.looks_at is not LooksAt.CONTRACT}
    assert listed == judged_here - {known.code for known in all_rules() if known.fixed}
