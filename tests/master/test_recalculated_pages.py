"""The first pages of the master at their limits: what is written is what another program computes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.kit.tables import number_format
from cvsheet.books.master.decisions import Arbitration, Coordination, Note
from cvsheet.books.master.writing.summary_trouble import LONGEST_LISTED
from cvsheet.files.scalars import answer_of
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from tests.consolidation.frameworks import framework, measure
from tests.engine import recalculated
from tests.master.test_first_page import GOALS, SUMMARY, contract, rows_of, texts, trouble, written
from tests.recalculated import differences

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines
ASKED = Finding("HIS-001", Severity.WARNING, line="P1-I1.M1", campaign="2021", partner="A")


def wrong(path: Path) -> list[str]:
    """The cells in which another program computes something else."""
    anew = path.with_name("recalculated.xlsx")
    anew.unlink(missing_ok=True)
    count, found = differences(path, recalculated(path, anew))
    assert count > 100
    return found


def doubts(path: Path) -> dict[object, object]:
    """*Fiabilité* of each row of *Bilan*, by its code."""
    head, *rows = openpyxl.load_workbook(path, data_only=True)["Bilan"].iter_rows(min_row=4, values_only=True)
    code, doubt = head.index("Code"), head.index("Fiabilité")
    return {row[code]: row[doubt] or "" for row in rows if row[code]}


@pytest.mark.parametrize(
    ("findings", "typed", "word"),
    [
        ((), None, ""),
        ((ASKED,), None, "À confirmer"),
        ((ASKED,), 3, ""),  # a number or a reason is a decision
        ((ASKED,), "nd", ""),
        ((ASKED,), "env. 3", "À confirmer"),  # no other word is
        ((replace(ASKED, campaign="2020"),), None, ""),
        ((replace(ASKED, severity=Severity.INFO),), None, ""),
        ((replace(ASKED, line="GONE.M1"),), None, ""),
    ],
)
@pytest.mark.sample(3)
def test_what_is_in_doubt_is_said_by_the_formula_too(
    findings: tuple[Finding, ...], typed: str | float | None, word: str, tmp_path: Path
) -> None:
    """Of two indicators the first; the second has neither a value nor anything to confirm."""
    decision = Arbitration("2021", "P1-I1.M1", typed, answer_of(typed), "vu")
    decided = Coordination({("2021", "P1-I1.M1"): decision} if typed else {})
    rows = ("2020 A P1-I1.M1 10", "2021 A P1-I1.M1 12")
    path = written(tmp_path / "m.xlsx", contract(1, 2), *rows, findings=findings, decided=decided)
    assert wrong(path) == []
    assert doubts(path) == {"P1": "", "P1-I1": word, "P1-I2": ""}


def named(length: int) -> Framework:
    """One indicator whose title has so many characters."""
    return framework(measure("M.M1", title="Mesure ".ljust(length, "x")), references={"M.M1": GOALS})


@pytest.mark.parametrize(("length", "whole"), [(59, True), (60, True), (61, False)])
def test_a_name_of_sixty_characters_is_said_whole(length: int, whole: bool, tmp_path: Path) -> None:
    path = written(tmp_path / "m.xlsx", named(length), "2020 A M.M1 10", "2021 A M.M1 15")
    assert wrong(path) == []
    shown = "Mesure ".ljust(length, "x") if whole else "Mesure ".ljust(59, "x") + "…"
    assert f"Plus fort progrès : {shown} (+50 %). Plus fort recul : aucun." in texts(path)


@pytest.mark.parametrize(("beyond", "whole"), [(-1, True), (0, True), (1, False)])
def test_a_name_in_the_list_is_cut_where_it_has_no_room(beyond: int, whole: bool, tmp_path: Path) -> None:
    length = LONGEST_LISTED + beyond
    path = written(tmp_path / "m.xlsx", named(length), "2020 A M.M1 10", "2021 A M.M1 8")
    assert wrong(path) == []
    [(name, *_)] = trouble(path)
    assert name == "Mesure ".ljust(length, "x") if whole else str(name).endswith("x…")
    assert len(str(name)) <= LONGEST_LISTED


@pytest.mark.parametrize("now", [10, 10.1, 9.9])
def test_the_strongest_move_may_be_a_small_one(now: float, tmp_path: Path) -> None:
    path = written(tmp_path / "m.xlsx", contract(1, 1), "2020 A P1-I1.M1 10", f"2021 A P1-I1.M1 {now}")
    assert wrong(path) == []
    assert ("progrès : aucun" in texts(path), "recul : aucun" in texts(path)) == (now <= 10, now >= 10)


def in_trouble(number: int) -> tuple[Framework, tuple[str, ...]]:
    """So many indicators below their baseline, the lowest anywhere among them."""
    values = ((7 * place + 3) % 29 / 10 for place in range(number))
    return contract(1, number), tuple(f"2021 A P1-I{place}.M1 {value}" for place, value in enumerate(values, start=1))


def test_the_indicators_in_trouble_fill_their_list_and_no_more(tmp_path: Path) -> None:
    """They are no more than those that are said to be « les plus loin de leur cible » as soon as one has no row."""
    made, rows = in_trouble(26)
    room = len(trouble(written(tmp_path / "m.xlsx", made, *rows)))
    assert 5 < room < 26
    for number, all_named in ((room - 1, True), (room, True), (room + 1, False)):
        made, rows = in_trouble(number)
        path = written(tmp_path / "m.xlsx", made, *rows)
        assert wrong(path) == []
        assert ("plus loin de leur cible" not in texts(path)) == all_named
        gaps = [float(str(row[5])) for row in trouble(path)]
        assert gaps == sorted(gaps)
        assert len(gaps) == min(room, number)


def test_pillars_in_any_order_have_their_own_indicators_and_comment(tmp_path: Path) -> None:
    codes = [f"P{number}" for number in (3, 1, 2)]
    made = contract(3, 2)
    made = replace(made, pillars=tuple(next(one for one in made.pillars if one.code == code) for code in codes))
    notes = tuple(Note("bilan", ("2021", "Pilier", code), "Commentaire", f"Vu {code}") for code in codes)
    path = written(tmp_path / "m.xlsx", made, "2021 A P2-I1.M1 11", decided=Coordination(notes=notes))
    assert wrong(path) == []
    assert [*doubts(path)] == [place for code in codes for place in (code, f"{code}-I1", f"{code}-I2")]
    said = [(row[0], row[-1]) for row in rows_of(path) if str(row[0]).startswith("Pilier numéro")]
    assert said == [(f"Pilier numéro {code[1:]}", f"Vu {code}") for code in codes]


def test_a_comment_that_lost_its_row_is_not_shown(tmp_path: Path) -> None:
    lost = Note("bilan", ("2021", "Pilier", "P1"), "Commentaire", "Vu", reason="sans ligne")
    other = Note("bilan", ("2021", "Pilier", "P1"), "Autre", "Ailleurs")
    path = written(tmp_path / "m.xlsx", contract(1, 1), decided=Coordination(notes=(lost, other)))
    assert "Vu" not in [row[-1] for row in rows_of(path)]
    assert "Ailleurs" not in texts(path)


def test_the_numbers_of_the_list_are_shown_as_their_measures_are(tmp_path: Path) -> None:
    """A hidden column says which format; each format stands under its number."""
    rate = measure("T.M1", "moyenne", type="pourcentage")
    made = framework(measure("N.M1"), rate, references={"N.M1": GOALS, "T.M1": GOALS})
    path = written(tmp_path / "m.xlsx", made, "2021 A N.M1 11", "2021 A T.M1 12")
    page = openpyxl.load_workbook(path)[SUMMARY]
    formats = {
        rule.formula[0].rpartition("=")[2]: rule.dxf.numFmt.formatCode
        for area in page.conditional_formatting
        for rule in area.rules
        if rule.type == "expression" and rule.dxf.numFmt and str(area.sqref).startswith("C")
    }
    kinds = {row[13].value: row[0].value for row in openpyxl.load_workbook(path, data_only=True)[SUMMARY].iter_rows()}
    shown = {name: formats[str(int(kind))] for kind, name in kinds.items() if isinstance(kind, int | float)}
    assert shown == {f"Mesure {code}": number_format(made.line[code].measure) for code in ("N.M1", "T.M1")}
