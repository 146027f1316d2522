"""`generate`: one file per partner that has something to fill, named errors, nothing replaced in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.partner.rows import partner_sheets
from cvsheet.errors import UsageError
from cvsheet.model.framework import Framework
from cvsheet.workflows.generate import FileOutcome, GeneratedFile, generate


def test_amboise_gets_18_workbooks_for_288_lines(amboise: Framework, tmp_path: Path) -> None:
    result = generate(amboise, "2021", None, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(file.path.name for file in result.files)
    assert len(result.files) == 18
    lines = {r.code for f in result.files for s in partner_sheets(amboise, "2021", f.partner) for r in s.indicators}
    assert len(lines) == 288
    assert {(f.partner, f.lines, f.actions) for f in result.files} >= {
        ("VILLE", 111, 5),
        ("CAF", 34, 0),
        ("ETAT", 1, 0),
    }


@pytest.mark.parametrize("asked", [["B"], ["b"], ["b", "B"]])
def test_asked_partners_only_in_any_case(small: Framework, tmp_path: Path, asked: list[str]) -> None:
    result = generate(small, "2021", asked, tmp_path)
    assert [file.path.name for file in result.files] == ["test_2021_B.xlsx"]


def test_a_partner_with_nothing_to_fill_is_told_and_gets_no_file(small: Framework, tmp_path: Path) -> None:
    result = generate(small, "2021", ["D", "A", "C"], tmp_path)
    assert result.without_content == ("D", "C")
    assert [path.name for path in tmp_path.iterdir()] == ["test_2021_A.xlsx"]


def test_what_was_there_is_said(small: Framework, tmp_path: Path) -> None:
    told: list[GeneratedFile] = []
    outcomes = []
    for previous in (None, None, {"A": {"E-I1.M1": 12.0}}):
        result = generate(small, "2021", ["A"], tmp_path, previous=previous, tell=told.append)
        outcomes.append(result.files[0].outcome)
    assert outcomes == [FileOutcome.CREATED, FileOutcome.UNCHANGED, FileOutcome.REPLACED]
    assert [file.outcome for file in told] == outcomes
    assert [file.partner for file in result.replaced] == ["A"]


def test_an_unchanged_file_is_not_touched(small: Framework, tmp_path: Path) -> None:
    [file] = generate(small, "2021", ["A"], tmp_path).files
    before = file.path.stat()
    generate(small, "2021", ["A"], tmp_path)
    assert file.path.stat().st_mtime_ns == before.st_mtime_ns


CAMPAIGNS, PARTNERS = "Campagnes du contrat : REF, 2021.", "Partenaires du contrat : A, B, C, D."


@pytest.mark.parametrize(
    ("campaign", "partners", "message"),
    [
        ("2012", None, f"La campagne « 2012 » n’existe pas. Vouliez-vous dire « 2021 » ? {CAMPAIGNS}"),
        ("2021", ["A", "BB"], f"Le partenaire « BB » n’existe pas. Vouliez-vous dire « B » ? {PARTNERS}"),
        ("2021", ["PRÉFECTURE"], f"Le partenaire « PRÉFECTURE » n’existe pas. {PARTNERS}"),
    ],
)
def test_what_does_not_exist_is_named_before_anything_is_written(
    small: Framework, tmp_path: Path, campaign: str, partners: list[str] | None, message: str
) -> None:
    with pytest.raises(UsageError) as error:
        generate(small, campaign, partners, tmp_path)
    assert " ".join(str(error.value).split()) == message
    assert not list(tmp_path.iterdir())
