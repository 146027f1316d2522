"""A new edition beside a former one: what came in between is no small count that a subtraction gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, product
from pathlib import Path

import pytest

from cvsheet.books.opendata import Format
from cvsheet.errors import CvsheetError
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.confidentiality import hidden_beside
from cvsheet.figures.disclosure.editions import Edition
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import CoherenceRule, Framework
from cvsheet.model.submission import ActionReport, Answer, AnswerKind, Entry, Identity, Submission
from cvsheet.workflows.editions import RECORD
from cvsheet.workflows.export import export
from cvsheet.workflows.publish import PublishResult, publish
from cvsheet.workflows.site import site
from tests.conftest import Convert
from tests.consolidation.frameworks import answers, as_table, framework, measure
from tests.publication.every_world import World, rules_hold, tables
from tests.publication.late_returns import edition_of_world, random_late_return, said, told_counts
from tests.publication.test_two_editions import masked_after, people

FIRST = ("2020 A I.M1 20", "2020 A I.M1/N 12", "2020 A I.M1/S 8")
ALL = {"I.M1", "I.M1/N", "I.M1/S"}
PARTS = {"I.M1/N", "I.M1/S"}


@pytest.mark.parametrize(
    ("late", "hidden"),
    [
        (("2020 B I.M1 3", "2020 B I.M1/N 3", "2020 B I.M1/S 0"), ALL),
        (("2020 B I.M1 10", "2020 B I.M1/N 8", "2020 B I.M1/S 2"), PARTS),
        (("2020 B I.M1 10", "2020 B I.M1/N 5", "2020 B I.M1/S 5"), set()),
        (("2020 B I.M1 10", "2020 B I.M1/N 10", "2020 B I.M1/S 0"), set()),
        (("2020 B I.M1 23", "2020 B I.M1/N 20", "2020 B I.M1/S nd"), PARTS),  # what is missing: 3
    ],
)
def test_a_late_return_is_no_difference_of_two_editions(late: tuple[str, ...], hidden: set[str]) -> None:
    assert masked_after(FIRST, (*FIRST, *late)) == hidden


def test_the_rest_that_grew_by_a_small_number_is_that_of_the_late_partner() -> None:
    first = ("2020 A I.M1 40", "2020 A I.M1/N 20", "2020 A I.M1/S nd")
    late = ("2020 B I.M1 23", "2020 B I.M1/N 20", "2020 B I.M1/S nd")
    assert masked_after(first) == set()
    assert masked_after(first, (*first, *late)) == {"I.M1/N"}


def test_a_correction_by_a_small_number_is_masked_either_way() -> None:
    lower = ("2020 A I.M1 17", "2020 A I.M1/N 9", "2020 A I.M1/S 8")
    assert masked_after(FIRST, lower) == ALL


def test_a_third_edition_is_compared_with_the_first() -> None:
    late = (*FIRST, "2020 B I.M1 3", "2020 B I.M1/N 3", "2020 B I.M1/S 0")
    assert masked_after(FIRST, late, late) == ALL


def test_the_same_figures_are_published_again_as_they_were() -> None:
    small = ("2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17")
    assert masked_after(FIRST, FIRST) == set()
    assert masked_after(small, small) == PARTS


def test_figures_that_grew_do_not_close_in_on_what_was_masked() -> None:
    """20 = 3 + 17, then 15 and 17: who knows that nothing shrank would read 3 or 4. Beside 25, he reads nothing."""
    small = ("2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17")
    assert masked_after(small, ("2020 A I.M1 32", "2020 A I.M1/N 15", "2020 A I.M1/S 17")) == PARTS
    assert masked_after(small, ("2020 A I.M1 40", "2020 A I.M1/N 15", "2020 A I.M1/S 25")) == set()


@pytest.mark.parametrize(
    ("now", "former", "hidden"),
    [
        ((33, 12), (30, 12), (True, True)),  # three men came in
        ((34, 12), (30, 12), (True, True)),
        ((35, 12), (30, 12), (False, False)),  # five
        ((40, 15), (30, 12), (False, True)),
        ((40, 16), (30, 12), (False, True)),
        ((40, 21), (30, 12), (False, True)),  # one man
        ((40, 17), (30, 12), (False, False)),
        ((33, None), (30, 12), (True, False)),
        ((40, 20), (30, None), (False, False)),
        ((None, 14), (None, 12), (False, True)),
        ((33, 12), (None, None), (False, False)),
    ],
)
def test_beneficiaries_of_who_reported_in_between(
    now: tuple[float | None, float | None], former: tuple[float | None, float | None], hidden: tuple[bool, bool]
) -> None:
    assert hidden_beside(now, former, 5) == hidden


def report(people: float) -> Submission:
    entries = {"beneficiaires": Entry(Answer(AnswerKind.NUMBER, people))}
    action = ActionReport("2020", "A", "A1", "", "", False, entries, "A.xlsx", "P")
    return Submission(
        "A.xlsx", "0" * 64, "xlsx", datetime(2021, 1, 1), Identity("essai", "2020", "A"), actions=(action,)
    )


def published(folder: Path, *rows: str, people_of_action: float = 30) -> PublishResult:
    made, table = people(), answers(*rows)
    assessment = Assessment((), (report(people_of_action),), as_table(table), ())
    return publish(assessment, aggregate(made, table), made.campaign["2020"], folder)


def test_the_coordination_is_told_what_a_difference_would_have_said(tmp_path: Path) -> None:
    assert len(published(tmp_path, *FIRST).summary) == 1
    late = (*FIRST, "2020 B I.M1 3", "2020 B I.M1/N 3", "2020 B I.M1/S 0")
    for _ in range(2):
        told = published(tmp_path, *late, people_of_action=32).summary[1].replace("\u00a0", " ")
        assert "I.M1 (2020) et action A1" in told
        assert RECORD in told


def test_the_open_data_know_the_workbook_that_was_published(tmp_path: Path) -> None:
    published(tmp_path, *FIRST)
    table = answers(*FIRST, "2020 B I.M1 3", "2020 B I.M1/N 3", "2020 B I.M1/S 0")
    assessment = Assessment((), (report(30),), as_table(table), ())
    done = export(people(), assessment, Format.CSV, tmp_path / "export", tmp_path, public=True)
    assert "23" not in (done.folder / "valeurs.csv").read_text(encoding="utf-8")
    assert any("I.M1 (2020)" in line for line in done.summary)


def test_real_values_are_no_edition(tmp_path: Path) -> None:
    assessment = Assessment((), (report(30),), as_table(answers(*FIRST)), ())
    export(people(), assessment, Format.CSV, tmp_path / "export", tmp_path, public=False)
    assert not (tmp_path / "archives" / RECORD).exists()


@pytest.mark.parametrize("text", ["", "{", "[3]", json.dumps([{"chiffres": [[1]]}])])
def test_a_record_that_cannot_be_read_stops_the_publication(tmp_path: Path, text: str) -> None:
    published(tmp_path, *FIRST)
    before = (tmp_path / "essai_2020_diffusion.xlsx").read_bytes()
    (tmp_path / "archives" / RECORD).write_text(text, encoding="utf-8")
    with pytest.raises(CvsheetError, match=RECORD):
        published(tmp_path, *FIRST, "2020 B I.M1 30")
    assert (tmp_path / "essai_2020_diffusion.xlsx").read_bytes() == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("rule", "most"),
    [
        (None, 8),
        (("I.M1/N", "<=", "J.M1"), 5),
        (("J.M1", "<=", "I.M1/N"), 5),
        (("J.M1", "=", "I.M1/S"), 5),
        (("J.M1", "<=", "I.M1"), 5),
    ],
)
def test_who_runs_the_program_over_all_worlds_of_two_editions_reads_no_count(
    rule: tuple[str, str, str] | None, most: int
) -> None:
    """What the first partner gave may still be any small number; what the late one gave, at least one other number.
    J is public, and of the first partner alone: masked beside a small count of the first edition, it stays so."""
    rules = () if rule is None else (CoherenceRule("R", *rule, "erreur", ""),)
    made = framework(*people().measures, *([measure("J.M1")] if rules else []))
    made = replace(made, contract=replace(made.contract, secrecy_people=3), rules=rules)
    alike: dict[str, tuple[Edition, list[World]]] = {}
    for one in (one for one in _filled(made, most) if rules_hold(made, one)):
        first = edition_of_world(made, one)
        for late in tables(made.measures[0], most - one["2020 A I.M1"], "B"):
            second = edition_of_world(made, {**one, **late}, first)
            alike.setdefault(said((first, second)), (first, []))[1].append({**one, **late})
    for first, worlds in alike.values():
        near = [world for world in worlds if max(world.values()) <= most - 2]
        for answer in (answer for answer in worlds[0] if "J" not in answer and near):
            left = {world[answer] for world in worlds}
            if " A " in answer:
                assert left >= {1, 2} or {world[answer] for world in near}.isdisjoint({1, 2}), (worlds[0], answer, left)
            elif max(first.figures.values(), default=0) <= most - 3:  # room for another late return in these worlds
                assert left.isdisjoint({1, 2}) or len(left) > 1, (worlds[0], answer, left)


def _filled(made: Framework, most: int) -> Iterator[World]:
    filled = product(*(list(tables(one, most)) for one in made.measures))
    return (dict(chain.from_iterable(part.items() for part in parts)) for parts in filled)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_a_rule_and_a_late_return_tell_no_count(seed: int) -> None:
    assert told_counts(random_late_return(seed), 4) == []


LATE = (*FIRST, "2020 B I.M1 3", "2020 B I.M1/N 3", "2020 B I.M1/S 0")


def exported(folder: Path, chosen: Format, *rows: str, people_of_action: float = 30) -> str:
    """What the coordination is told of a package made to be published."""
    assessment = Assessment((), (report(people_of_action),), as_table(answers(*rows)), ())
    return " ".join(export(people(), assessment, chosen, folder / "export", folder, public=True).summary)


def without_record(folder: Path) -> None:
    """As an older cvsheet left it, or a run that was stopped."""
    (folder / "archives" / RECORD).unlink()


def page(folder: Path, *rows: str, people_of_action: float = 30) -> str:
    """What the coordination is told of a page for the town's web site."""
    assessment = Assessment((), (report(people_of_action),), as_table(answers(*rows)), ())
    return " ".join(site(people(), assessment, None, folder / "page.html", folder).summary)


@pytest.mark.parametrize("kind", ["workbook", "page", *Format])
@pytest.mark.sample(2)
def test_an_edition_that_lies_there_without_record_is_read_back(tmp_path: Path, kind: str) -> None:
    if kind == "workbook":
        published(tmp_path, *FIRST)
    elif kind == "page":
        page(tmp_path, *FIRST)
    else:
        exported(tmp_path, Format(kind), *FIRST)
    without_record(tmp_path)
    told = " ".join(published(tmp_path, *LATE, people_of_action=32).summary).replace("\u00a0", " ")
    assert "I.M1 (2020) et action A1" in told
    without_record(tmp_path)  # now another edition lies there too
    assert "I.M1 (2020)" in exported(tmp_path, Format.CSV, *LATE).replace("\u00a0", " ") or kind == "workbook"


def test_a_page_is_an_edition_compared_with_the_others(tmp_path: Path) -> None:
    published(tmp_path, *FIRST)
    assert "I.M1 (2020)" in page(tmp_path, *LATE).replace("\u00a0", " ")
    assert "Masqué aussi" not in page(tmp_path, *FIRST)


def test_a_page_that_a_person_changed_is_kept_and_is_an_edition_too(tmp_path: Path) -> None:
    page(tmp_path, *FIRST)
    path = tmp_path / "page.html"
    path.write_bytes(path.read_bytes().replace(b"<h1>", b"<p>Logo</p><h1>"))
    assert "page.html » avait été modifié" in page(tmp_path, *FIRST).replace("\u00a0", " ")
    (copy,) = (tmp_path / "archives").glob("page_*.html")
    assert b"<p>Logo</p>" in copy.read_bytes() and b"<p>Logo</p>" not in path.read_bytes()
    path.unlink()
    without_record(tmp_path)
    assert "I.M1 (2020)" in page(tmp_path, *LATE).replace("\u00a0", " ")


def test_a_page_without_record_that_cannot_be_read_stops_the_publication(tmp_path: Path) -> None:
    page(tmp_path, *FIRST)
    without_record(tmp_path)
    path = tmp_path / "page.html"
    path.write_bytes(path.read_bytes().replace(b"base64,", b"base64,!"))
    with pytest.raises(CvsheetError, match="ne peut pas être relue"):
        published(tmp_path, *LATE)


def test_an_edition_that_was_saved_as_ods_is_read_back(tmp_path: Path, libreoffice: Convert) -> None:
    published(tmp_path, *FIRST)
    path = tmp_path / "essai_2020_diffusion.xlsx"
    path.with_suffix(".ods").write_bytes(libreoffice(path, "ods").read_bytes())
    path.unlink()
    without_record(tmp_path)
    told = " ".join(published(tmp_path, *LATE, people_of_action=32).summary).replace("\u00a0", " ")
    assert "I.M1 (2020) et action A1" in told


def test_an_edition_read_back_says_what_was_masked(tmp_path: Path) -> None:
    """20 = 3 + 17 was masked whole: 15 and 17 would tell the 3."""
    published(tmp_path, "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17")
    without_record(tmp_path)
    told = published(tmp_path, "2020 A I.M1 32", "2020 A I.M1/N 15", "2020 A I.M1/S 17")
    assert "2 chiffres masqués" in told.summary[0].replace("\u00a0", " ")


def test_a_copy_that_a_person_saved_is_an_edition_too(tmp_path: Path) -> None:
    published(tmp_path, *FIRST)
    without_record(tmp_path)
    path = tmp_path / "essai_2020_diffusion.xlsx"
    path.rename(tmp_path / "archives" / "essai_2020_diffusion_2021-02-03_10h00_abcdef.xlsx")
    assert "I.M1 (2020)" in " ".join(published(tmp_path, *LATE).summary).replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["essai_2020_diffusion.xlsx", "export/valeurs.csv"])
def test_an_edition_without_record_that_cannot_be_read_stops_the_publication(tmp_path: Path, name: str) -> None:
    published(tmp_path, *FIRST)
    exported(tmp_path, Format.CSV, *FIRST)
    path = tmp_path / name
    path.write_text("autre chose", encoding="utf-8")
    without_record(tmp_path)
    with pytest.raises(CvsheetError, match="ne peut pas être relue"):
        published(tmp_path, *LATE)
    assert path.read_text(encoding="utf-8") == "autre chose"


def test_what_is_on_file_is_not_read_again(tmp_path: Path) -> None:
    published(tmp_path, *FIRST)
    exported(tmp_path, Format.CSV, *FIRST)
    before = (tmp_path / "archives" / RECORD).read_bytes()
    (tmp_path / "export" / "valeurs.csv").unlink()
    published(tmp_path, *FIRST)
    assert (tmp_path / "archives" / RECORD).read_bytes() == before


def test_an_edition_is_on_file_before_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill in between leaves a record too many, never one too few; a failure leaves it as it was."""
    seen = []

    def stopped(path: Path, content: bytes) -> None:
        seen.append((tmp_path / "archives" / RECORD).read_text(encoding="utf-8"))
        raise CvsheetError("arrêté")

    published(tmp_path, *FIRST)
    before = (tmp_path / "archives" / RECORD).read_text(encoding="utf-8")
    monkeypatch.setattr("cvsheet.workflows.publish.replace_workbook", stopped)
    with pytest.raises(CvsheetError, match="arrêté"):
        published(tmp_path, "2020 A I.M1 40")
    assert "40" in seen[0]
    assert (tmp_path / "archives" / RECORD).read_text(encoding="utf-8") == before
