"""What an ERREUR sets aside, what it does not, and what is not judged because of it."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.judging.files.refusals import REFUSED
from cvsheet.judging.structure.judge import JUDGED_BEFORE, STRUCTURE_RULES
from cvsheet.model.findings import Severity
from cvsheet.model.submission import AnswerKind, Form, StructureFact, StructureKind
from tests.rules.good import A_2021, A_ACTIONS, arriving, built, good, judged, of, retyped
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned


def aside(assessment: Assessment) -> dict[str, str]:
    """The lines set aside with the rule that did it, in A's return of 2021."""
    frame = assessment.frame
    rows = frame[frame["fichier"].eq("A-2021.xlsx") & frame["ecart"].ne("")]
    return dict(zip(rows["ligne"], rows["ecart"], strict=True))


def codes(assessment: Assessment) -> list[str]:
    return [finding.code for finding in assessment.findings]


def test_an_unreadable_value_is_set_aside_alone() -> None:
    assessment = judged(retyped("T2.M1 | approximate!env. 45 |")())
    assert aside(assessment) == {"T2.M1": "VAL-007"}
    assert assessment.aside == {("A-2021.xlsx", "Emploi", "K11"): "VAL-007"}


def test_a_warning_sets_nothing_aside() -> None:
    assert aside(judged(retyped("T2.M1 | 41 |")())) == {}


def test_without_confirmation_total_and_categories_are_in_doubt() -> None:
    assessment = judged(retyped("T1.M1/N | 14 |")())
    assert aside(assessment) == dict.fromkeys(("T1.M1", "T1.M1/N", "T1.M1/S"), "COH-001")


def test_a_total_that_another_breakdown_confirms_is_kept() -> None:

    split = dataclasses.replace(FRAMEWORK.measure["T1.M1"], breakdowns=("quartier", "tranche"))
    measures = tuple(split if one.code == "T1.M1" else one for one in FRAMEWORK.measures)
    framework = dataclasses.replace(FRAMEWORK, measures=measures, rules=())
    table = """
    ligne   | valeur | commentaire
    T1.M1   | 30     |
    T1.M1/N | 14     |
    T1.M1/S | 18     |
    T1.M1/J | 10     |
    T1.M1/A | 12     |
    T1.M1/V | 8      |
    """
    assessment = judged(arriving(of(returned(table)), instead_of=["A-2021.xlsx"])(), framework)
    assert aside(assessment) == {"T1.M1/N": "COH-001", "T1.M1/S": "COH-001"}


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (("T1.M1/CJ | 31 |",), True),  # N and S add up to the total
        (("T1.M1/CJ | 31 |", "T1.M1/S | nd | x"), False),  # not all of them are known
        (("T1.M1/CJ | 31 |", "T1.M1/N | approximate!env. 12 |"), False),  # one waits for a correction
        (("T1.M1/N | 13 |", "T1.M1/JD | 15 |"), False),  # JD and CJ add up by chance: they may overlap
    ],
)
def test_only_exclusive_categories_that_are_all_known_confirm_a_total(rows: tuple[str, ...], kept: bool) -> None:
    assert ("T1.M1" not in aside(judged(retyped(*rows)()))) == kept


def test_categories_without_their_total_are_not_judged() -> None:
    assert not {"COH-001", "COH-002", "COH-003"} & set(codes(judged(retyped("T1.M1 | nd | x")())))


@pytest.mark.parametrize(
    ("total", "parts", "fault"),
    [
        ("1000.5", ("300.2", "400.2", "300.1"), False),
        ("1000.6", ("300.2", "400.2", "300.1"), False),  # ± 0,05 each: 0,1 may be rounding
        ("1000.8", ("300.2", "400.2", "300.1"), True),
        ("1001", ("300.2", "400.2", "300.1"), False),  # 1001 stands for 1000,5 to 1001,5
        ("1002", ("300.2", "400.2", "300.1"), True),
        ("0.3", ("0.1", "0.2", "0"), False),  # not a matter of binary fractions
    ],
)
def test_amounts_are_compared_as_they_were_rounded(total: str, parts: tuple[str, ...], fault: bool) -> None:
    rows = [f"T4.M1/{code} | {part} | oui" for code, part in zip("JAV", parts, strict=True)]
    assessment = judged(retyped(f"T4.M1 | {total} | oui", *rows)())
    assert codes(assessment) == (["COH-001"] if fault else [])


def test_counts_are_exact() -> None:
    assert "COH-001" in codes(judged(retyped("T1.M1 | 31 |")()))


def test_what_cannot_be_judged_is_listed_with_the_reason() -> None:
    assessment = judged(retyped("T1.M1/N | approximate!env. 12 |")())
    assert codes(assessment) == ["VAL-007"]
    assert [(skip.code, skip.file) for skip in assessment.skipped] == [("COH-001", "A-2021.xlsx")]
    assert "T1.M1/N" in assessment.skipped[0].reason


@pytest.mark.parametrize(("other", "listed"), [("12", True), ("nd", True), ("", False)])
def test_a_rule_between_two_answers_is_listed_where_both_are_there(other: str, listed: bool) -> None:
    assessment = judged(retyped("T6.M1 | approximate!env. 12 |", f"T6.M3 | {other} |")())
    assert ("COH-011" in {skip.code for skip in assessment.skipped}) == listed


def test_reasons_are_no_zero() -> None:
    """nd in one category: the sum is not judged, and says nothing of the total."""
    assert codes(judged(retyped("T1.M1/N | nd | inconnu")())) == []


def test_the_categories_of_an_unavailable_total_are_not_asked_about() -> None:
    rows = [f"T4.M1{category} | nd |" for category in ("", "/J", "/A", "/V")]
    found = judged(retyped(*rows)()).findings
    assert [(finding.code, finding.line) for finding in found] == [("VAL-019", "T4.M1")]


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (("T4.M1/J | nd |", "T4.M1/A | nd |", "T4.M1/V | nd |"), ["T4.M1/J"]),
        (("T4.M1/A | nd |", "T4.M1/V | nd |"), ["T4.M1/A"]),
        (("T4.M1/J | nd | en mars", "T4.M1/A | nd |", "T4.M1/V | nd |"), []),
        (("T4.M1 | 1000.5 | âges en mars", "T4.M1/J | nd |", "T4.M1/A | nd |"), []),
        (("T1.M1/N | nd |", "T1.M1/S | nd |", "T1.M1/JD | nd |", "T1.M1/CJ | nd |"), ["T1.M1/N", "T1.M1/JD"]),
    ],
)
def test_one_cause_of_missing_categories_is_asked_about_once(rows: tuple[str, ...], asked: list[str]) -> None:
    found = [one for one in judged(retyped(*rows)()).findings if one.code == "VAL-019"]
    assert [finding.line for finding in found] == asked


def test_an_empty_file_never_replaces_a_filled_one() -> None:
    blank = "\n".join(line.split("|")[0] + "| |" if n else line for n, line in enumerate(A_2021.strip().splitlines()))
    later = of(returned(blank, file="A-2021 retour.xlsx"), saved_at=datetime(2023, 1, 1))
    assessment = judged(arriving(later)())
    assert assessment.superseded == {"A-2021 retour.xlsx": "A-2021.xlsx"}


def test_the_latest_file_counts_and_names_sort_naturally() -> None:
    second, tenth = (
        of(returned(A_2021, A_ACTIONS, file=f"A {number}.xlsx"), sha256=f"{number:064}") for number in (2, 10)
    )
    assessment = judged(arriving(second, tenth, instead_of=["A-2021.xlsx"])())
    assert assessment.superseded == {"A 2.xlsx": "A 10.xlsx"}


def test_a_comment_answers_a_question_of_plausibility() -> None:
    for row in ("T2.M1 | 80 | forte hausse", "T2.M1 | 43 | nd l’an prochain", "T6.M3 | 13 | autre source"):
        assert codes(judged(retyped(row)())) == []


def test_categories_follow_a_total_that_jumped() -> None:
    rows = ("T1.M1 | 130 |", "T1.M1/N | 60 |", "T1.M1/S | 70 |", "T1.M1/JD | 100 |", "T1.M1/CJ | 90 |")
    found = judged(retyped(*rows, "T1.M2 | 110 | oui")()).findings
    assert [(finding.code, finding.line) for finding in found] == [("HIS-001", "T1.M1")]


def test_an_older_workbook_is_not_blamed_for_what_changed_since() -> None:
    missing = StructureFact(StructureKind.LINE_MISSING, "Emploi", line="T9.M1")
    one = built(missing)()[0].submission
    assert one is not None and one.identity is not None

    older = dataclasses.replace(one.identity, version="0" * 12)
    assessment = judged(arriving(of(one, identity=older), instead_of=["A-2021.xlsx"])())
    assert codes(assessment) == ["FIC-034"]


def test_a_file_of_another_contract_is_not_judged_further() -> None:
    bad = retyped("T2.M1 | 120 |")()[0].submission
    assert bad is not None and bad.identity is not None

    stranger = of(bad, file="x.xlsx", identity=dataclasses.replace(bad.identity, contract="autre"))
    assessment = judged(arriving(stranger)())
    assert codes(assessment) == ["FIC-031"]
    assert "x.xlsx" not in set(assessment.frame["fichier"])


def test_a_contract_may_decide_otherwise_on_severity() -> None:
    received = retyped("T2.M1 | 120 |", "T5.M1 | ??? |")()
    softer = assess(FRAMEWORK, received, {"VAL-016": Severity.WARNING, "VAL-020": None, "HIS-001": None})
    assert codes(softer) == ["VAL-016"]
    assert aside(softer) == {}


def test_the_contract_itself_says_how_severe_its_rules_are() -> None:
    received = retyped("T2.M1 | 120 |", "T5.M1 | ??? |")()
    chosen = (("VAL-016", Severity.WARNING), ("VAL-020", None), ("HIS-001", None))
    assessment = judged(received, dataclasses.replace(FRAMEWORK, severities=chosen))
    assert codes(assessment) == ["VAL-016"]
    assert aside(assessment) == {}
    assert [skip.code for skip in assessment.skipped] == ["HIS-001", "VAL-020"]


def test_a_rule_made_an_error_sets_its_answers_aside() -> None:
    changed = StructureFact(StructureKind.LOCKED_CHANGED, "Emploi", "C5", "T2.M1", {"old": "%", "new": "unités"})
    stricter = dataclasses.replace(FRAMEWORK, severities=(("STR-016", Severity.ERROR),))
    assessment = judged(built(changed)(), stricter)
    assert codes(assessment) == ["STR-016"]
    assert set(aside(assessment).values()) == {"STR-016"}


@pytest.mark.parametrize("wished", [None, Severity.INFO])
def test_no_contract_makes_good_what_cannot_be_read(wished: Severity | None) -> None:
    lenient = dataclasses.replace(FRAMEWORK, severities=(("VAL-007", wished), ("FIC-013", wished)))
    cut = Received("x.xlsx", refusal=UnreadableFile(Refusal.TRUNCATED))
    assessment = judged((*retyped("T2.M1 | approximate!env. 45 |")(), cut), lenient)
    assert [(one.code, one.severity) for one in assessment.findings] == [
        ("FIC-013", Severity.ERROR),
        ("VAL-007", Severity.ERROR),
    ]
    assert assessment.skipped == ()


def test_a_crash_inside_a_rule_is_an_incident_and_the_rest_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError("oups")

    monkeypatch.setattr("cvsheet.judging.returns.actions._number", crash)
    monkeypatch.setattr("cvsheet.judging.cells.values._within_bounds", crash)
    assessment = assess(FRAMEWORK, retyped("T2.M1 | approximate!env. 45 |")())
    assert codes(assessment) == ["VAL-007"]
    assert any("COH-030" in incident and "oups" in incident for incident in assessment.incidents)
    assert any("VAL-016" in incident for incident in assessment.incidents)


def test_an_unforeseen_crash_while_reading_is_an_incident() -> None:
    assessment = assess(FRAMEWORK, (*good(), Received("x.xlsx", incident="lecture impossible")))
    assert assessment.incidents == ("x.xlsx : lecture impossible",)
    assert assessment.findings == ()


def test_nothing_received_is_no_fault() -> None:
    assessment = judged(())
    assert assessment.findings == () and len(assessment.frame) == 0
    assert "ecart" in assessment.frame


def test_every_answer_is_kept_or_set_aside_with_a_reason() -> None:
    assessment = judged(retyped("T1.M1/N | 14 |", "T2.M1 | range!1-2 |", "T4.M1 | 3 |")())
    frame = assessment.frame
    numbers = frame["reponse"].isin([AnswerKind.NUMBER, AnswerKind.UNREADABLE])
    kept, out = frame[numbers & frame["ecart"].eq("")], frame[numbers & frame["ecart"].ne("")]
    assert len(kept) + len(out) == numbers.sum()
    known = {finding.code for finding in assessment.findings if finding.severity is Severity.ERROR}
    assert set(out["ecart"]) == known
    assert kept["reponse"].ne(AnswerKind.UNREADABLE).all()


@pytest.mark.parametrize("reason", list(Refusal))
def test_every_refusal_has_its_rule(reason: Refusal) -> None:
    assert sum(judge(reason) for judge in REFUSED) == 1


@pytest.mark.parametrize("kind", [kind for kind in StructureKind if kind not in JUDGED_BEFORE])
@pytest.mark.parametrize("name", ["valeur", "commentaire"])
def test_every_fact_of_the_reader_has_its_rule(kind: StructureKind, name: str) -> None:
    assert sum(judge(StructureFact(kind, facts={"name": name, "second": "x"})) for judge in STRUCTURE_RULES) == 1


@pytest.mark.parametrize("form", list(Form)[list(Form).index(Form.FORMULA) + 1 :])
def test_every_unreadable_form_is_an_error(form: Form) -> None:
    assessment = judged(retyped(f"T2.M1 | {form.value}!x |")())
    assert [finding.severity for finding in assessment.findings] == [Severity.ERROR]
