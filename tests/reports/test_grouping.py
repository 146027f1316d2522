"""Findings arranged as people read them: by file, then one entry per cause with all its cells."""

from __future__ import annotations

from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.reports.grouping import counts_of, sections_of
from tests.rules.good import good, judged, retyped

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def finding(code: str, severity: Severity, file: str, cell: str, **facts: str) -> Finding:
    return Finding(code, severity, Place(file, "Emploi", cell), "L1", "A", "2021", facts)


def test_one_cause_is_said_once_with_all_its_cells() -> None:
    found = [finding("VAL-019", WARNING, "a.xlsx", f"K{row}") for row in range(5, 45)]
    (section,) = sections_of(found)
    (cause,) = section.causes
    assert cause.fault.replace("\u00a0", " ") == (
        "« nd » sans explication. De même 39 fois dans cette feuille : K6:K44."
    )
    (spot,) = cause.spots
    assert cause.said_once and len(spot.findings) == 40
    assert spot.where == "Emploi!K5"


def test_differing_sentences_of_one_rule_stand_under_its_title() -> None:
    found = [finding("VAL-007", ERROR, "a.xlsx", f"K{row}", typed=f"env. {row}") for row in (5, 6)]
    (cause,) = sections_of(found)[0].causes
    assert cause.fault == "La valeur est donnée à peu près."
    assert not cause.said_once
    assert [spot.fault[2:8] for spot in cause.spots] == ["env. 5", "env. 6"]
    assert cause.advice.startswith("Saisissez le nombre seul")


def test_files_come_in_natural_order_and_the_gravest_first() -> None:
    found = [
        finding("VAL-030", INFO, "envoi 10.xlsx", "K5"),
        finding("VAL-019", WARNING, "envoi 9.xlsx", "K5"),
        finding("VAL-005", ERROR, "envoi 9.xlsx", "K6"),
        Finding("ENS-003", INFO, Place(), "", "B", "2021", {"name": "B", "campaign": "2021"}),
    ]
    sections = sections_of(found)
    assert [section.file for section in sections] == ["envoi 9.xlsx", "envoi 10.xlsx", ""]
    assert [cause.code for cause in sections[0].causes] == ["VAL-005", "VAL-019"]
    assert (sections[0].partner, sections[0].campaign) == ("A", "2021")


def test_the_same_finding_twice_is_one_spot() -> None:
    twice = [finding("VAL-019", WARNING, "a.xlsx", "K5")] * 2
    assert len(sections_of(twice)[0].causes[0].spots) == 1


def test_the_summary_counts_what_is_good() -> None:
    all_good = counts_of(judged(good()))
    assert (all_good.errors, all_good.warnings) == (0, 0)
    assert all_good.sentence.startswith("0\u00a0erreur à corriger, 0\u00a0avertissement à confirmer, ")
    spoilt = counts_of(judged(retyped("T2.M1 | approximate!env. 45 |", "T5.M1 | ??? |")()))
    assert (spoilt.errors, spoilt.warnings) == (1, 1)
    assert spoilt.good_cells == all_good.good_cells - 2
