"""Which answers a row of the sheet *Règles* binds: those of its two lines, and of the categories that both have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.model.framework import CoherenceRule
from tests.rules.small import FRAMEWORK, measure
from tests.rules.tables import returned

SPLIT = ("quartier", "outil")
MEASURES = (measure("P.M1", breakdowns=SPLIT), measure("T.M1", breakdowns=SPLIT))


def judged(rule: str, *rows: str, severity: str = "erreur") -> Assessment:
    """What is said where A answers these lines, in a contract of the two measures with this rule alone."""
    left, _, rest = rule.partition(" ")
    operator, _, right = rest.rpartition(" ")
    known = replace(
        FRAMEWORK,
        measures=MEASURES,
        actions=(),
        rules=(CoherenceRule("R1", left, operator, right, severity, "À vérifier."),),
    )
    table = "\n".join(["ligne | valeur | commentaire", *(row if row.count("|") > 1 else f"{row} |" for row in rows)])
    assessment = assess(known, [Received("a.xlsx", returned(table, file="a.xlsx", framework=known))])
    assert assessment.incidents == ()
    return assessment


def broken(assessment: Assessment) -> list[tuple[str, str]]:
    """The rules on two lines that are broken, and where."""
    between = ("COH-010", "COH-011", "COH-012", "COH-013")
    return [(one.code, one.line) for one in assessment.findings if one.code in between]


MORE_IN_THE_NORTH = ("P.M1 | 16", "T.M1 | 30", "P.M1/N | 8", "T.M1/N | 5", "P.M1/S | 8", "T.M1/S | 25")


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("P.M1 <= T.M1", ["P.M1/N"]),  # a part of all is one in each category too
        ("P.M1/N <= T.M1/N", ["P.M1/N"]),
        ("P.M1/S <= T.M1/S", []),  # of one category nothing follows for another
        ("P.M1/S <= T.M1/N", ["P.M1/S"]),
        ("P.M1/N <= T.M1", []),  # nor of a category and a total
        ("P.M1 <= T.M1/N", ["P.M1"]),
    ],
)
def test_a_rule_on_two_totals_binds_their_categories_too(rule: str, lines: list[str]) -> None:
    assert broken(judged(rule, *MORE_IN_THE_NORTH)) == [("COH-010", line) for line in lines]


OVERLAPPING = ("T.M1 | 20", "T.M1/JD | 15", "T.M1/CJ | 12")


@pytest.mark.parametrize(("unique", "lines"), [(15, []), (27, []), (14, ["P.M1"]), (28, ["P.M1"])])
def test_unique_persons_lie_between_the_largest_category_and_the_sum(unique: int, lines: list[str]) -> None:
    told = judged("P.M1 entre max et somme T.M1", *OVERLAPPING, f"P.M1 | {unique}", "P.M1/JD | 5")
    assert broken(told) == [("COH-013", line) for line in lines]


@pytest.mark.parametrize("rule", ["P.M1 <= T.M9", "P.M9 <= T.M1", "P.M9 <= T.M9", "P.M1 entre max et somme T.M9"])
def test_a_rule_whose_line_is_nowhere_binds_nothing(rule: str) -> None:
    """That the line is unknown is said of the contract."""
    told = judged(rule, "P.M1 | 30", "T.M1 | 20")
    assert (broken(told), told.skipped) == ([], ())


@pytest.mark.parametrize("severity", ["erreur", "avertissement"])
@pytest.mark.parametrize("rule", ["P.M1 <= T.M1", "P.M1 = T.M1", "P.M1 suppose T.M1", "P.M1 entre max et somme T.M1"])
@pytest.mark.parametrize("row", ["P.M1 | 30", "P.M1 | approximate!env. 30", "T.M1 | 30", "T.M1 | approximate!env. 30"])
def test_what_a_return_was_never_asked_breaks_nothing(rule: str, severity: str, row: str) -> None:
    """A blank is an answer that is missing; of a line that is not in the return nobody can say that."""
    told = judged(rule, row, severity=severity)
    assert (broken(told), told.skipped) == ([], ())


@pytest.mark.parametrize("rows", [("P.M1 | 30 | oui", "T.M1 | 20 |"), ("P.M1 | 30 |", "T.M1 | 20 | oui")])
@pytest.mark.parametrize(("severity", "lines"), [("avertissement", []), ("erreur", ["P.M1"])])
def test_a_comment_on_either_line_answers_what_only_asks(
    rows: tuple[str, ...], severity: str, lines: list[str]
) -> None:
    assert broken(judged("P.M1 <= T.M1", *rows, severity=severity)) == [("COH-010", line) for line in lines]
