"""Two half-filled copies of one partner: joined where no cell says two things, never a silent loss where one does."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.figures.consolidation import aggregate
from cvsheet.judging.campaign.reception import reception
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.files.joins import said_of
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.model.submission import AnswerKind, StructureFact, StructureKind, Submission
from cvsheet.text.french import typeset
from cvsheet.workflows.consolidate import GIVEN_TWICE, REPLACED, balance
from tests.examples import examples
from tests.rules.good import A_2021, A_ACTIONS, A_REF, B_2021, B_REF, judged
from tests.rules.small import FRAMEWORK
from tests.rules.tables import FIRST_ROW, returned, rows_of

ROWS = tuple(row["ligne"] for row in rows_of(A_2021))
FIRST, SECOND = ROWS[:8], ROWS[8:]
EARLY, LATE = datetime(2022, 1, 10), datetime(2022, 1, 20)
UNDATED = (None, None)
NO_ACTION = ""


def part(
    lines: Sequence[str],
    file: str,
    saved_at: datetime | None = None,
    actions: str = NO_ACTION,
    typed: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
    structure: tuple[StructureFact, ...] = (),
) -> Submission:
    """A's return of 2021 in which only `lines` are filled, some of them `typed` otherwise."""
    told, said = typed or {}, comments or {}
    table = ["ligne | valeur | commentaire"]
    for row in rows_of(A_2021):
        line = row["ligne"]
        value = told.get(line, row["valeur"] if line in lines else "")
        table.append(f"{line} | {value} | {said.get(line, '')}")
    return returned("\n".join(table), actions, file=file, saved_at=saved_at, structure=structure)


def beside(*submissions: Submission) -> Assessment:
    """What is said of A's files among the other good returns."""
    others = (
        returned(A_REF, campaign="REF"),
        returned(B_2021, partner="B"),
        returned(B_REF, partner="B", campaign="REF"),
    )
    return judged(tuple(Received(one.file, one) for one in (*others, *submissions)))


def of_files(assessment: Assessment) -> list[tuple[str, str]]:
    """Code and file of what is said of A's return of 2021."""
    return sorted((one.code, one.place.file) for one in assessment.findings if one.place.file.startswith("a"))


def of_a(assessment: Assessment) -> Submission:
    known = ((one.identity, one) for one in assessment.current)
    (found,) = (one for whose, one in known if whose and (whose.campaign, whose.partner) == ("2021", "A"))
    return found


def answers(assessment: Assessment) -> dict[str, tuple[object, str, str]]:
    """A's answers by line: the value, and the file and the cell that it stands in."""
    return {
        seen.line: (seen.entry.answer.number or seen.entry.answer.text, seen.file, seen.entry.cell)
        for seen in of_a(assessment).observations
        if seen.entry.answer.kind is not AnswerKind.BLANK
    }


def figures(assessment: Assessment) -> dict[object, object]:
    return {key: result.value for key, result in aggregate(FRAMEWORK, assessment.frame).typed.items()}


def only(assessment: Assessment, code: str) -> Finding:
    (found,) = (one for one in assessment.findings if one.code == code)
    return found


@pytest.mark.parametrize("dates", [UNDATED, (EARLY, LATE), (LATE, EARLY), (EARLY, EARLY), (None, LATE)])
def test_two_halves_count_together_whatever_their_dates(dates: tuple[datetime | None, datetime | None]) -> None:
    first, second = part(FIRST, "a1", dates[0]), part(SECOND, "a2", dates[1])
    assessment = beside(first, second)
    assert [code for code, _ in of_files(assessment)] == ["FIC-053"]
    whole = beside(part(ROWS, "a"))
    assert figures(assessment) == figures(whole)
    assert assessment.counted_files >= {"a1", "a2"}
    assert not assessment.superseded


def test_the_reception_tells_both_files_once_each() -> None:
    assessment = beside(part(FIRST, "a1"), part(SECOND, "a2"))
    (row,) = (row for row in reception(FRAMEWORK, assessment, "2021") if row.partner == "A")
    assert (sorted(row.files), row.versions) == (["a1", "a2"], 2)


def test_each_answer_keeps_its_file_and_its_cell() -> None:
    told = answers(beside(part(FIRST, "a1"), part(SECOND, "a2")))
    cells = {line: f"K{number}" for number, line in enumerate(ROWS, start=FIRST_ROW)}
    assert {line: (file, cell) for line, (_, file, cell) in told.items()} == {
        line: ("a1" if line in FIRST else "a2", cells[line]) for line in ROWS
    }


def test_it_is_said_with_both_files_and_what_comes_from_each() -> None:
    finding = only(beside(part(FIRST, "a1", EARLY), part(ROWS[7:], "a2", LATE)), "FIC-053")
    assert (finding.place.file, finding.facts) == (
        "a2",
        {"other_file": "a1", "count": 9, "other_count": 7, "common": 1},
    )


def test_an_answer_set_aside_is_named_in_its_own_file() -> None:
    assessment = beside(part(FIRST, "a1", typed={"T2.M1": "approximate!env. 45"}), part(SECOND, "a2"))
    finding = only(assessment, "VAL-007")
    assert (finding.place.file, finding.place.cell) == ("a1", "K11")


def test_a_rule_that_cannot_judge_names_the_file_of_the_answer_in_doubt() -> None:
    assessment = beside(part(FIRST, "a1", typed={"T1.M1": "approximate!env. 30"}), part(SECOND, "a2"))
    assert {one.file for one in assessment.skipped if one.code == "COH-001"} == {"a1"}


def test_one_differing_cell_and_one_file_counts_as_before() -> None:
    """The other's answers are lost: each is named, and so is the cell that differs, in both files."""
    assessment = beside(part(FIRST, "a1"), part((*SECOND, "T1.M1"), "a2", typed={"T1.M1": "31"}))
    assert assessment.superseded == {"a1": "a2"}
    said = find_rule("FIC-042").message(only(assessment, "FIC-042"))
    assert "T1.M1 (Mesure – " in said
    assert (
        "« 30 » ici (Emploi!K5), « 31 » dans « a2 » (Emploi!K5)".replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        in said
    )
    lost = {one.line for one in assessment.findings if one.code == "HIS-003"}
    assert lost == set(FIRST) - {"T1.M1"}


def test_a_reason_is_an_answer() -> None:
    assessment = beside(part(FIRST, "a1"), part((*SECOND, "T1.M1"), "a2", typed={"T1.M1": "nd"}))
    assert not any(one.code == "FIC-053" for one in assessment.findings)


def test_the_same_answer_however_it_was_typed_is_no_difference() -> None:
    assessment = beside(part(FIRST, "a1"), part((*SECOND, "T1.M1"), "a2", typed={"T1.M1": "converted!30 pers. → 30"}))
    assert only(assessment, "FIC-053").facts["common"] == 1


@pytest.mark.parametrize(("lines", "other"), [(ROWS, FIRST), (FIRST, ROWS)])
def test_what_holds_all_of_the_other_is_no_half(lines: Sequence[str], other: Sequence[str]) -> None:
    """Dated, the later one counts and what it left blank is named; else the fuller one, whatever its name."""
    dated = beside(part(lines, "a1", EARLY), part(other, "a2", LATE))
    assert dated.superseded == {"a1": "a2"}
    assert {one.line for one in dated.findings if one.code == "HIS-003"} == set(lines) - set(other)
    undated = beside(part(lines, "a1"), part(other, "a2"))
    assert set(answers(undated)) == set(ROWS)
    assert not any(one.code in ("FIC-053", "HIS-003") for one in undated.findings)


def test_copies_are_told_before_halves() -> None:
    first, second = part(FIRST, "a1", EARLY), part(SECOND, "a2", LATE)
    copy = part(FIRST, "a3", EARLY)
    assessment = beside(first, second, copy)
    assert assessment.superseded == {"a3": "a1"}
    assert [code for code, _ in of_files(assessment)] == ["FIC-040", "FIC-053"]


def test_three_thirds() -> None:
    thirds = [part(ROWS[start::3], f"a{start}") for start in range(3)]
    assessment = beside(*thirds)
    assert figures(assessment) == figures(beside(part(ROWS, "a")))
    assert [code for code, _ in of_files(assessment)] == ["FIC-053", "FIC-053"]


def test_of_three_the_one_that_contradicts_another_is_left_out_and_told() -> None:
    """The later correction of one department, and the half of another."""
    old, new = part(FIRST, "a1", EARLY), part(FIRST, "a2", LATE, typed={"T2.M1": "46"})
    assessment = beside(old, new, part(SECOND, "a3", EARLY))
    assert assessment.superseded == {"a1": "a2"}
    assert [code for code, _ in of_files(assessment)] == ["FIC-041", "FIC-053"]
    assert {file for _, file, _ in answers(assessment).values()} == {"a2", "a3"}


@pytest.mark.long
def test_the_order_in_which_they_come_changes_nothing() -> None:
    parts = [
        part(FIRST, "a1"),
        part(SECOND, "a2"),
        part(ROWS[6:10], "a3", EARLY),
        part(FIRST, "a4", typed={"T1.M1": "3"}),
    ]
    told = {
        (tuple(sorted(answers(one).items())), tuple(of_files(one)), tuple(sorted(one.superseded.items())))
        for one in (beside(*order) for order in permutations(parts))
    }
    assert len(told) == 1


def test_an_empty_copy_completes_nothing() -> None:
    assessment = beside(part(FIRST, "a1"), part((), "a2"))
    assert assessment.superseded == {"a2": "a1"}
    assert not any(one.code == "FIC-053" for one in assessment.findings)


def test_a_later_file_that_takes_up_most_and_leaves_one_blank_may_have_withdrawn_it() -> None:
    """42 moved to the next line in a second version: kept, and asked about at its cell."""
    old, new = part(ROWS[:-1], "a1", EARLY), part(ROWS[1:], "a2", LATE)
    finding = only(beside(old, new), "HIS-006")
    assert (finding.place.file, finding.place.cell, finding.line) == ("a1", "K5", "T1.M1")
    assert finding.facts == {"typed": "30", "other_file": "a2"}


@pytest.mark.parametrize("dates", [(None, LATE), (EARLY, None), UNDATED, (EARLY, EARLY)])
def test_where_nothing_tells_the_later_file_nothing_was_withdrawn(
    dates: tuple[datetime | None, datetime | None],
) -> None:
    assessment = beside(part(ROWS[:-1], "a1", dates[0]), part(ROWS[1:], "a2", dates[1]))
    assert [code for code, _ in of_files(assessment)] == ["FIC-053"]


def test_each_file_that_counts_is_listed_with_the_others_of_its_return() -> None:
    assessment = beside(*(part(ROWS[start::3], f"a{start}") for start in range(3)))
    told = {file: set(others) for file, others in assessment.companions.items() if file.startswith("a")}
    assert told == {"a0": {"a1", "a2"}, "a1": {"a0", "a2"}, "a2": {"a0", "a1"}}
    assert assessment.companions["B-2021.xlsx"] == ()


JOINED = Finding("FIC-053", Severity.WARNING, Place("a2"), facts={"other_file": "a1", "count": 9, "other_count": 7})
IN_FIRST = Finding("VAL-007", Severity.ERROR, Place("a1", "Emploi", "K11"))
REPLACED_BY_FIRST = Finding("FIC-041", Severity.INFO, Place("a0"), facts={"other_file": "a1"})


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["a2"], [JOINED]),
        (["a1"], [dataclasses.replace(JOINED, place=Place("a1"),
                                      facts={"other_file": "a2", "count": 7, "other_count": 9}), IN_FIRST]),
        (["a1", "a2"], [JOINED, IN_FIRST]),
        (["a0"], [REPLACED_BY_FIRST]),
        (["b"], []),
    ],
)  # fmt: skip
def test_that_two_were_joined_is_said_of_either(files: list[str], told: list[Finding]) -> None:
    assert list(said_of([JOINED, IN_FIRST, REPLACED_BY_FIRST], files)) == told


# Comments and years


def commented(*pairs: tuple[str, str]) -> str:
    """The comment beside T1.M1 in the joined return, of files in which the answer and the comment are as given."""
    files = [
        part(half, f"a{rank}", typed={"T1.M1": value}, comments={"T1.M1": comment})
        for rank, (half, (value, comment)) in enumerate(zip((FIRST, SECOND), pairs, strict=True), start=1)
    ]
    assessment = beside(*files)
    assert any(one.code == "FIC-053" for one in assessment.findings)
    (seen,) = (seen for seen in of_a(assessment).observations if seen.line == "T1.M1")
    return seen.comment


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ((("30", "ici"), ("", "")), "ici"),
        ((("30", "ici"), ("30", "")), "ici"),
        ((("30", ""), ("30", "ici")), "ici"),
        ((("30", "ici"), ("30", "ici")), "ici"),
        ((("30", "ici"), ("30", " ici ")), "ici"),
        ((("30", ""), ("", "voir le service logement")), "voir le service logement"),
        ((("30", "un"), ("30", "deux")), "«\u00a0a2\u00a0»\u00a0: deux\u202f; «\u00a0a1\u00a0»\u00a0: un"),
    ],
)
def test_no_comment_is_lost(pairs: tuple[tuple[str, str], tuple[str, str]], wanted: str) -> None:
    assert commented(*pairs) == wanted


def test_words_beside_a_blank_explain_nothing_of_the_other_s_figure() -> None:
    told = beside(
        part(FIRST, "a1", typed={"T1.M1": "600"}),
        part(SECOND, "a2", comments={"T1.M1": "voir le service logement"}),
    )
    assert any(one.code == "VAL-017" and one.line == "T1.M1" for one in told.findings)


@pytest.mark.parametrize(("value", "silent"), [("600", True), ("", False)])
def test_words_beside_the_same_figure_explain_it_in_whichever_file_they_stand(value: str, silent: bool) -> None:
    for first, second in permutations(({}, {"T1.M1": "un forum de plus"})):
        own, other = (value if words else "600" for words in (first, second))
        told = beside(
            part(FIRST, "a1", typed={"T1.M1": own}, comments=first),
            part(SECOND, "a2", typed={"T1.M1": other}, comments=second),
        )
        assert any(one.code == "FIC-053" for one in told.findings)
        assert ("VAL-017" not in [one.code for one in told.findings if one.line == "T1.M1"]) is silent


def test_a_year_from_the_other_file_keeps_its_place() -> None:
    head = "ligne | reference | annee_reference | cible | annee_cible | commentaire"
    value = returned(f"{head}\nT1.M1 | 24 | | 40 | 2022 |\nT1.M2 | 20 | 2018 | 30 | 2022 |", campaign="REF", file="a1")
    year = returned(f"{head}\nT1.M1 | | 2035 | | |\nT1.M1/N | 10 | 2018 | 16 | 2022 |", campaign="REF", file="a2")
    assessment = assess(FRAMEWORK, [Received(one.file, one) for one in (value, year)])
    (seen,) = (
        seen
        for seen in assessment.current[0].observations
        if (seen.line, seen.quantity.value) == ("T1.M1", "référence")
    )
    assert seen.year is not None and seen.year.answer.number == 2035
    asked = only(assessment, "VAL-022").place
    assert (asked.file, asked.cell) == ("a2", "I5")


# Actions

TITLES = "action | intitule | statut | avancement | debut | fin | beneficiaires | femmes | commentaire"


def reports(*rows: str) -> str:
    return "\n".join([TITLES, *rows])


def test_an_action_split_between_two_copies_is_one_report() -> None:
    one = part(FIRST, "a1", actions=reports("ACT-1 | | En cours | | 2021-01-15 | | | |"))
    other = part(SECOND, "a2", actions=reports("ACT-1 | | | 50 | | 2022-06-30 | 20 | 25 | Avance bien"))
    assessment = beside(one, other)
    (report,) = (one for one in assessment.action_reports if one.partner == "A")
    assert {name: entry.answer.text or entry.answer.number for name, entry in report.entries.items()} == {
        "statut": "En cours",
        "avancement": 50.0,
        "debut": "2021-01-15",
        "fin": "2022-06-30",
        "beneficiaires": 20.0,
        "femmes": 25.0,
        "commentaire": "Avance bien",
    }
    more_women = only(assessment, "COH-030")
    assert (more_women.place.file, more_women.place.sheet) == ("a2", "Actions")
    assert {file for file, _, _ in assessment.aside} == {"a2"}


def test_of_two_comments_that_are_mere_numbers_none_is_lost() -> None:
    one = part(FIRST, "a1", actions=reports("ACT-1 | | En cours | 50 | | | | | 3"))
    other = part(SECOND, "a2", actions=reports("ACT-1 | | En cours | 50 | | | | | 4"))
    (report,) = (one for one in beside(one, other).action_reports if one.partner == "A")
    assert report.entries["commentaire"].answer.text == typeset("« a2 » : 4 ; « a1 » : 3")


def test_two_actions_in_the_same_free_row_are_two_actions() -> None:
    one = part(FIRST, "a1", actions=reports("COMPL-1 | Atelier | En cours | 50 | | | | |"))
    other = part(SECOND, "a2", actions=reports("COMPL-1 | Forum | Réalisée | 100 | | | | |"))
    told = {report.title: (report.action, report.file) for report in beside(one, other).action_reports}
    assert told == {"Forum": ("COMPL-1", "a2"), "Atelier": ("COMPL-2", "a1")}


def test_the_same_action_in_two_rows_is_one() -> None:
    one = part(FIRST, "a1", actions=reports("COMPL-2 | Forum | Réalisée | | | | | |"))
    other = part(SECOND, "a2", actions=reports("COMPL-1 | Forum | | 100 | | | | |"))
    (report,) = beside(one, other).action_reports
    assert (report.action, report.entries["statut"].answer.text, report.entries["avancement"].answer.number) == (
        "COMPL-1",
        "Réalisée",
        100,
    )


def test_an_action_told_in_two_ways_is_a_difference() -> None:
    one = part(FIRST, "a1", actions=reports("ACT-1 | | En cours | | | | | |"))
    other = part(SECOND, "a2", actions=reports("ACT-1 | | Réalisée | | | | | |"))
    assessment = beside(one, other)
    assert assessment.superseded == {"a1": "a2"}
    said = find_rule("FIC-042").message(only(assessment, "FIC-042"))
    assert typeset("action « Une action », Statut : « En cours » ici (Actions!E5), « Réalisée »") in said


def test_an_entry_that_a_later_file_leaves_blank_is_told() -> None:
    full, blanked = reports("ACT-1 | | En cours | 50 | | | | |"), reports("ACT-1 | | En cours | | | | | |")
    assessment = beside(part(ROWS, "a1", EARLY, actions=full), part(ROWS, "a2", LATE, actions=blanked))
    finding = only(assessment, "HIS-003")
    assert (finding.line, finding.place.file, finding.place.cell, finding.facts["typed"]) == ("ACT-1", "a2", "F5", "50")


def test_an_added_action_that_a_later_file_no_longer_holds_is_told_once() -> None:
    full = reports("COMPL-1 | Forum | Réalisée | 100 | | | | |")
    finding = only(beside(part(ROWS, "a1", EARLY, actions=full), part(ROWS, "a2", LATE)), "HIS-003")
    assert (finding.place.file, finding.facts["typed"]) == ("a2", "Forum")


# What is noticed about the files


def noticed(kind: StructureKind, cell: str = "", line: str = "", **facts: str | int) -> tuple[StructureFact, ...]:
    return (StructureFact(kind, "Emploi", cell, line, facts),)


def test_a_sheet_that_the_other_file_has_is_not_missing() -> None:
    gone = noticed(StructureKind.SHEET_MISSING, expected="Emploi", count=8)
    other = returned("ligne | valeur | commentaire\nT7.M1 | 8 |", file="a2", saved_at=None, structure=gone)
    assert "STR-003" not in [code for code, _ in of_files(beside(part(FIRST, "a1"), other))]


def test_of_two_sheets_each_in_the_other_file_none_is_missing() -> None:
    first, second = (noticed(StructureKind.SHEET_MISSING, expected=name, count=8) for name in ("Habitat", "Emploi"))
    told = of_files(beside(part(FIRST, "a1", structure=first), part(SECOND, "a2", structure=second)))
    assert told == [("FIC-053", "a2")]


def test_what_is_missing_in_both_is_said_of_both() -> None:
    gone = noticed(StructureKind.SHEET_MISSING, expected="Habitat", count=8)
    told = of_files(beside(part(FIRST, "a1", structure=gone), part(SECOND, "a2", structure=gone)))
    assert told == [("FIC-053", "a2"), ("STR-003", "a1"), ("STR-003", "a2")]


def test_what_is_wrong_with_one_file_is_said_of_that_file() -> None:
    twice = noticed(StructureKind.LINE_TWICE, "B8", "T1.M1", first="30", second="31", identical=False)
    assessment = beside(part(FIRST, "a1", structure=twice), part(SECOND, "a2"))
    assert ("STR-014", "a1") in of_files(assessment)
    assert ("a1", "Emploi", "K5") in assessment.aside


# The accounts


def accounts(assessment: Assessment) -> dict[str, int]:
    return dict(balance(assessment, aggregate(FRAMEWORK, assessment.frame)))


def test_the_accounts_hold_and_tell_what_was_given_twice() -> None:
    whole = accounts(beside(part(ROWS, "a", actions=A_ACTIONS)))
    told = accounts(beside(part(ROWS[:10], "a1", actions=A_ACTIONS), part(ROWS[6:], "a2")))
    assert told.pop(GIVEN_TWICE) == 4
    assert told == whole | {"Réponses reçues": whole["Réponses reçues"] + 4}


CELLS = st.sampled_from(["neither", "first", "second", "both"])


@pytest.mark.long
@examples(20)
@given(
    st.lists(CELLS, min_size=len(ROWS), max_size=len(ROWS)), st.sampled_from([UNDATED, (EARLY, LATE), (LATE, EARLY)])
)
def test_whoever_types_which_cell_the_figures_are_those_of_one_return(
    where: list[str], dates: tuple[datetime | None, datetime | None]
) -> None:
    """Where each copy holds an answer that the other lacks: two files, one return."""
    mine, yours = (
        [line for line, told in zip(ROWS, where, strict=True) if told in (name, "both")] for name in ("first", "second")
    )
    assessment = beside(part(mine, "a1", dates[0]), part(yours, "a2", dates[1]))
    held = set(mine) | set(yours)
    total = accounts(assessment)
    if set(mine) - set(yours) and set(yours) - set(mine):
        assert figures(assessment) == figures(beside(part([line for line in ROWS if line in held], "a")))
        assert REPLACED not in total
    lost = held - set(answers(assessment))
    assert lost == {one.line for one in assessment.findings if one.code == "HIS-003"}
