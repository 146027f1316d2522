"""Who was asked, what came, how completely, and whom to call first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from cvsheet.books.partner.writing import partner_workbook
from cvsheet.demo.fictitious import typed_answers
from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.campaign.reception import (
    PillarShare,
    Reception,
    Standing,
    asked_answers,
    by_urgency,
    latest_saving,
    missing_words,
    pillar_shares,
    reception,
    unattributed,
)
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.judging.files import unusable
from cvsheet.judging.files.unusable import Blame, Names, UnusableFile, unusable_files
from cvsheet.model.framework import Aggregation, Direction, Framework, Partner
from cvsheet.model.submission import Quantity, Submission
from cvsheet.reports.draft import Attachment
from cvsheet.reports.html import html_report
from cvsheet.reports.reminder import Reminder, reminder_message
from cvsheet.workflows.consolidate import consolidate
from tests.partner.conftest import small
from tests.rules.good import good
from tests.rules.small import FRAMEWORK, measure
from tests.workflows.late_campaign import AFTER, BEFORE, CAMPAIGN, filled, four_partners, four_ways, judged

__all__ = ["small"]


@pytest.fixture(scope="module")
def framework(small: Framework) -> Framework:
    return four_partners(small)


def rows(framework: Framework, root: Path, files: dict[str, bytes], today: date | None = AFTER) -> dict[str, Reception]:
    assessment = judged(framework, root, files)
    return {row.partner: row for row in reception(framework, assessment, CAMPAIGN, today)}


@pytest.mark.parametrize(
    ("answered", "expected", "percent"),
    [(0, 3, 0), (1, 3, 33), (2, 3, 66), (99, 100, 99), (199, 200, 99), (200, 200, 100)],
)
def test_only_what_is_complete_is_at_100_percent(answered: int, expected: int, percent: int) -> None:
    share = PillarShare("EMP", expected, answered, expected - answered, 0)
    assert (share.percent, share.complete) == (percent, answered == expected)
    assert Reception("2021", "A", "A", (share, share)).percent == percent


def test_what_is_asked_of_all_is_added_up_pillar_by_pillar() -> None:
    first = Reception("2021", "A", "A", (PillarShare("E", 10, 7, 2, 1), PillarShare("H", 1, 0, 1, 0)))
    second = Reception("2021", "B", "B", (PillarShare("E", 5, 2, 1, 2),))
    assert pillar_shares((first, second)) == (PillarShare("E", 15, 9, 3, 3), PillarShare("H", 1, 0, 1, 0))


def test_where_nothing_is_asked_there_is_no_share() -> None:
    assert Reception("2021", "A", "A").percent is None


def test_of_who_sent_nothing_nothing_is_counted() -> None:
    asked = Reception("2021", "A", "A")
    assert (asked.files, asked.versions, asked.errors, asked.warnings, asked.late_days) == ((), 0, 0, 0, 0)
    assert {
        (one.versions, one.errors, one.warnings) for one in reception(FRAMEWORK, assess(FRAMEWORK, ()), "2021")
    } == {(0, 0, 0)}


def test_each_partner_stands_where_its_files_say(framework: Framework, tmp_path: Path) -> None:
    found = rows(framework, tmp_path, four_ways(framework))
    assert {code: row.standing for code, row in found.items()} == {
        "A": Standing.INCOMPLETE,
        "B": Standing.UNUSABLE,
        "C": Standing.OVERDUE,
        "D": Standing.COMPLETE,
    }
    assert [row.partner for row in by_urgency(tuple(found.values()))] == ["C", "B", "A", "D"]


@pytest.mark.parametrize(("campaign", "files"), [("2021", ["A-2021.xlsx", "B-2021.xlsx"]), ("REF", ["A-REF.xlsx"])])
def test_only_the_files_of_the_campaign_are_told(campaign: str, files: list[str]) -> None:
    found = reception(FRAMEWORK, assess(FRAMEWORK, good()), campaign)
    assert [row.file for row in found if row.file][: len(files)] == files


@pytest.mark.parametrize(
    ("differing", "target"),
    [
        ({}, True),
        ({"direction": Direction.WATCH}, False),  # followed without judgement
        ({"type": "texte", "aggregation": Aggregation.TEXT}, False),
        ({"type": "texte", "aggregation": Aggregation.TEXT, "direction": Direction.WATCH}, False),
    ],
)
def test_a_target_is_asked_of_what_is_judged(differing: dict[str, object], target: bool) -> None:
    framework = replace(FRAMEWORK, measures=(measure("T1.M1", required=True, **differing),), rules=())
    asked = {("T1.M1", Quantity.BASELINE)} | ({("T1.M1", Quantity.TARGET)} if target else set())
    assert asked_answers(framework, "REF", "A") == asked
    assert asked_answers(framework, "2021", "A") == {("T1.M1", Quantity.VALUE)}


def test_completeness_is_told_per_pillar_actions_included(framework: Framework, tmp_path: Path) -> None:
    row = rows(framework, tmp_path, four_ways(framework))["A"]
    assert row.pillars == (PillarShare("E", 10, 8, 1, 1), PillarShare("H", 1, 0, 1, 0))
    assert (row.expected, row.answered, row.percent) == (11, 8, 72)
    assert missing_words(row.pillars[0]).replace("\u00a0", " ") == "1 ligne et 1 action"


def test_who_sent_nothing_is_late_after_the_deadline_only(framework: Framework, tmp_path: Path) -> None:
    for today, standing, days in (
        (BEFORE, Standing.AWAITED, 0),
        (date(2022, 2, 28), Standing.AWAITED, 0),
        (AFTER, Standing.OVERDUE, 10),
        (None, Standing.AWAITED, 0),
    ):
        row = rows(framework, tmp_path, {}, today)["C"]
        assert (row.standing, row.late_days) == (standing, days)


def test_a_file_without_any_answer_is_empty_not_incomplete(framework: Framework, tmp_path: Path) -> None:
    everything = [line.code for line in framework.lines_for("B")] + ["A3"]
    assert rows(framework, tmp_path, {"b.xlsx": filled(framework, "B", *everything)})["B"].standing is Standing.EMPTY


def test_how_many_files_came_and_which_one_counts(framework: Framework, tmp_path: Path) -> None:
    first, second = filled(framework, "D", "H-I1.M1"), filled(framework, "D")
    row = rows(framework, tmp_path, {"d.xlsx": second, "d (1).xlsx": first})["D"]
    assert (row.versions, row.file, row.standing) == (2, "retours/d.xlsx", Standing.COMPLETE)


def test_a_file_of_unknown_sender_is_told_apart(framework: Framework, tmp_path: Path) -> None:
    files = {"envoi.xlsx": b"", "2021/photo.jpg": b"", "~$envoi.xlsx": b"lock", "REF/autre.xlsx": b""}
    assessment = judged(framework, tmp_path, files)
    found = unusable_files(framework, assessment)
    assert [one.file for one in unattributed(found, CAMPAIGN)] == ["retours/envoi.xlsx"]
    assert [one.file for one in unattributed(found)] == ["retours/envoi.xlsx", "retours/REF/autre.xlsx"]


@pytest.mark.parametrize(
    ("refusal", "partner"),
    [
        (UnreadableFile(Refusal.EMAIL, "A@a.example"), "A"),
        (UnreadableFile(Refusal.EMAIL, "x@x.example"), ""),
        (UnreadableFile(Refusal.DAMAGED, "a@a.example"), ""),  # a detail of another kind
    ],
)
def test_a_message_is_from_the_partner_of_its_address(
    framework: Framework, tmp_path: Path, refusal: UnreadableFile, partner: str
) -> None:
    partners = tuple(replace(one, email=f"{one.code}@{one.code}.example") for one in framework.partners)
    assessment = replace(judged(framework, tmp_path, {}), received=(Received("retours/x.eml", refusal=refusal),))
    (found,) = unusable_files(replace(framework, partners=partners), assessment)
    assert (found.partner, found.opened) == (partner, False)


def test_a_workbook_that_was_opened_is_of_nobody_unless_its_name_tells(framework: Framework, tmp_path: Path) -> None:
    other = Submission("retours/x.xlsx", "0" * 64, "xlsx", None, None)
    assessment = replace(judged(framework, tmp_path, {}), received=(Received(other.file, other),))
    (found,) = unusable_files(framework, assessment)
    assert (found.partner, found.opened) == ("", True)


def test_a_reminder_keeps_the_fault_of_a_workbook_that_was_opened_to_itself(framework: Framework) -> None:
    def told(blame: Blame) -> str:
        file = UnusableFile("retours/d.xlsx", "Il est celui de B.", blame, CAMPAIGN, "D")
        row = Reception(CAMPAIGN, "D", "D", unusable=(file,))
        message = reminder_message(framework, Reminder(row, AFTER), Attachment("d.xlsx", b""))
        return message_from_bytes(message, policy=policy.default).get_body().get_content()  # type: ignore[union-attr]

    assert "Il est celui de B." in told(Blame.FILE)
    assert "Il est celui de B." not in told(Blame.CONTENT)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("retours/test_2021_B.xlsx", ("2021", "B")),
        ("retours/Copie de TEST_2021_b (2).pdf", ("2021", "B")),
        ("retours/REF/test_2021_B_correction.xlsx", ("2021", "B")),
        ("retours/test_2021_Bis.xlsx", ("2021", "")),
        ("retours/2021/B.xlsx", ("2021", "")),  # one letter is no name
        ("retours/2021/ML rempli.xlsx", ("2021", "ML")),  # two may be
        ("retours/2021/CAF rempli.xlsx", ("2021", "CAF")),
        ("retours/2021/CAF-37.xlsx", ("2021", "CAF-37")),
        ("retours/2021/CAF et PMI.xlsx", ("2021", "")),
        ("retours/CAF.xlsx", ("", "")),  # of which campaign?
        ("retours/20210101 CAF.xlsx", ("", "")),
    ],
)
def test_what_a_file_name_tells(framework: Framework, file: str, told: tuple[str, str]) -> None:
    more = (*framework.partners, *(Partner(code, code) for code in ("ML", "CAF", "CAF-37", "PMI")))
    assert Names(replace(framework, partners=more)).told(file) == told


def test_the_last_saving_says_that_time_has_passed(framework: Framework, tmp_path: Path) -> None:
    assert latest_saving(judged(framework, tmp_path, {})) is None
    assert latest_saving(judged(framework, tmp_path, {"d.xlsx": filled(framework, "D")})) == date(2021, 1, 1)


def test_the_names_of_stray_files_are_looked_at_once_however_many_campaigns(
    framework: Framework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(unusable, "_told_by", lambda names, one: looked.append(one.file) or ("", ""))
    strays = {f"envoi {number}.xlsx": b"" for number in range(5)}
    answered = {
        f"{code}.xlsx": partner_workbook(framework, code, "A", prefill=typed_answers(framework, code, "A"))
        for code in ("2021", "REF")
    }
    assessment = judged(framework, tmp_path, strays | answered)
    consolidate(framework, assessment, CAMPAIGN, tmp_path / "maitre.xlsx")
    assert sorted(looked) == [f"retours/{name}" for name in sorted(strays)]
    looked.clear()
    html_report(assessment, framework)
    assert sorted(looked) == [f"retours/{name}" for name in sorted(strays)]
