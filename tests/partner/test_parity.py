"""What is cached beside every formula is what LibreOffice and IronCalc compute, whatever was typed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cvsheet.books.partner.reading import read_returned
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.books.partner.writing.action_controls import input_columns
from cvsheet.books.partner.writing.entries import Prefill
from cvsheet.books.partner.writing.typed import CellValue
from cvsheet.model.framework import Framework
from cvsheet.model.submission import AnswerKind
from cvsheet.schema.roles import named
from cvsheet.schema.tables import Role
from tests.conftest import Convert
from tests.engine import recalculated
from tests.partner.cells import cell, formula_values, layouts, made

ANSWERS: tuple[CellValue, ...] = (
    None, None, 0, 1, 7, 12, 30, 42, 450, 99_999, -3, 12.5, 0.35, 101, "nd", "ND", " n.d. ", "ns", "so", "S.O.", "12",
    "1 234,5", "env. 20", "?", " ", "=1+1", "nd;ns", "nd so", date(2021, 3, 1), "12 34", "007", "(500)", "+5", "'12",
    "1\u202f234", "30 personnes", "non disponible", "12 %", "1 234 €",
)  # fmt: skip
YEARS: tuple[CellValue, ...] = (None, 2019, 2022, 19, 2019.5, "2019", "nd", 2025, "en 2019", 1998)
STATUSES: tuple[CellValue, ...] = (
    None,
    "Réalisée",
    "réalisée ",
    "Non démarrée",
    "En cours",
    "fini",
    " ",
    3,
    "n.d.",
    "Non disponible",
    "realisee",
    "EN-COURS.",
)
NUMBERS: tuple[CellValue, ...] = (
    None, None, 0, 10, 50, 100, 101, -1, 12.5, "10", "nd", "S.O. ", "", "1 234 €", "1\u202f234",
    "12,5 %", "non disponible", "1,234", "1e5", "€", "3.5", "env. 20", "1.234,5", "12 34", "007", "(500)", "+5", 0.5,
)  # fmt: skip
DAYS: tuple[CellValue, ...] = (
    None, date(2021, 3, 1), date(2021, 12, 31), date(1921, 1, 1), 2021, "mars", "nd", "01/03/2021", "1er mars 2021",
    "2021-03-01", "31/02/2021", "1/3/21", "15 Août 2020", date(2015, 5, 1),
)  # fmt: skip
WORDS: tuple[CellValue, ...] = (None, None, None, " ", "Estimation.", "=A1", "Engagée en 2015, à 50 %.")


def anything(framework: Framework, campaign: str, partner: str, seed: int) -> Prefill:
    """Something, good or bad, in every input cell of a workbook."""
    luck = random.Random(seed)
    typed: dict[tuple[str, str], CellValue] = {}
    for layout in layouts(framework, campaign, partner):
        for area in layout.areas:
            for row in area.rows:
                for column in input_columns(area, row):
                    typed[row.code, column.name] = luck.choice(_choices(column.name, column.type))
                if row.line is not None and luck.random() < 0.5:
                    total = luck.choice((40, 41, 10.4))
                    typed |= {
                        (row.code, name): total if row.line.category is None else 20 for name in named(Role.ANSWER)
                    }
    return typed


def _choices(name: str, kind: str) -> tuple[CellValue, ...]:
    if name in named(Role.ANSWER):
        return ANSWERS
    if name == "statut":
        return STATUSES
    if name.startswith("annee"):
        return YEARS
    return {"date": DAYS, "number": NUMBERS, "integer": NUMBERS}.get(kind, WORDS)


@pytest.mark.parametrize(("campaign", "seed"), [("2021", None), ("2021", 1), ("2019-REF", 3)])
def test_libreoffice_agrees_on_amboise(
    amboise: Framework, campaign: str, seed: int | None, libreoffice: Convert, tmp_path: Path
) -> None:
    _agree(amboise, campaign, "VILLE", seed, libreoffice, tmp_path)


@pytest.mark.parametrize(("campaign", "seed"), [("2021", 4), ("REF", None)])
def test_libreoffice_agrees_on_every_kind_of_measure(
    small: Framework, campaign: str, seed: int | None, libreoffice: Convert, tmp_path: Path
) -> None:
    _agree(small, campaign, "A", seed, libreoffice, tmp_path)


@pytest.mark.parametrize(("campaign", "seed"), [("2021", 5), ("2021", 6), ("REF", 7), ("REF", 8)])
def test_ironcalc_agrees_on_every_kind_of_measure(small: Framework, campaign: str, seed: int, tmp_path: Path) -> None:
    """Of measures with one breakdown: IronCalc 0.9.1 reads a list as one criterion only, so LibreOffice alone judges
    those with several."""
    measures = tuple(replace(measure, breakdowns=measure.breakdowns[:1]) for measure in small.measures)
    convert = lambda path, extension: recalculated(path, path.with_name(f"recalcule.{extension}"))  # noqa: E731
    _agree(replace(small, measures=measures), campaign, "A", seed, convert, tmp_path)


def _agree(
    framework: Framework, campaign: str, partner: str, seed: int | None, libreoffice: Convert, folder: Path
) -> None:
    typed = {} if seed is None else anything(framework, campaign, partner, seed)
    luck = random.Random(seed)
    former: dict[str, float | str] = {
        line.code: luck.choice((5, 12, 40, 100, -7, "nd")) for line in framework.line.values()
    }
    path = folder / "classeur.xlsx"
    path.write_bytes(partner_workbook(framework, campaign, partner, prefill=typed, previous=former))
    formulas = made(framework, campaign, partner, typed, previous=former)
    cached, computed = formula_values(path, formulas), formula_values(libreoffice(path, "xlsx"), formulas)
    assert len(cached) > 10
    assert {place: (cached[place], computed[place]) for place in cached if cached[place] != computed[place]} == {}


@pytest.mark.parametrize(
    ("column", "typed", "word"),
    [
        ("budget_prevu", "1 234 €", "OK"),
        ("budget_prevu", "1\u00a0234,50\u202feuros", "OK"),
        ("budget_prevu", "1,234", "Saisie non reconnue"),
        ("budget_prevu", "1e5", "Saisie non reconnue"),
        ("budget_prevu", "€", "Saisie non reconnue"),
        ("avancement", "12.5 %", "OK"),
        ("beneficiaires", "12 %", "Saisie non reconnue"),
        ("beneficiaires", "non disponible", "OK"),
        ("fin", "sans objet", "OK"),
        ("fin", "bientôt", "Saisie non reconnue"),
        ("budget_prevu", "12 34", "Saisie non reconnue"),
        ("budget_prevu", "007", "Saisie non reconnue"),
        ("budget_prevu", "+5", "OK"),
        ("budget_prevu", "1'234’567", "OK"),
        ("debut", "1er mars 2021", "OK"),
        ("debut", "01/03/2021", "OK"),
        ("debut", "31/02/2021", "Saisie non reconnue"),
        ("debut", "01/03/21", "Saisie non reconnue"),
        ("statut", "realisee", "OK"),
    ],
)
@pytest.mark.sample(4)
def test_the_live_control_of_an_action_accepts_what_the_rules_accept(
    small: Framework, tmp_path: Path, column: str, typed: str, word: str
) -> None:
    path = tmp_path / "classeur.xlsx"
    cells: Prefill = {("A1", "statut"): "En cours", ("A1", column): typed}
    path.write_bytes(partner_workbook(small, "2021", "A", prefill=cells))
    submission = read_returned(path, small, path.name)
    answer = next(report.entries[column].answer for report in submission.actions if report.action == "A1")
    assert (answer.kind is AnswerKind.UNREADABLE) == (word != "OK")
    book = load_workbook(recalculated(path, tmp_path / "recalcule.xlsx"), data_only=True)
    assert cell(book, "Actions", "A1", "controle").value == word
