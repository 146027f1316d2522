"""*Contrôle* stays within what Excel takes, and says the same, for two categories as for 200."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cvsheet.books.kit.limits import LONGEST_FORMULA, LONGEST_RULE, beyond
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.books.partner.writing.checks import Word
from cvsheet.books.partner.writing.typed import CellValue
from cvsheet.model.framework import Category, Framework, Measure, Pillar
from tests.conftest import Convert
from tests.partner.cells import formula_values, made
from tests.partner.conftest import measure
from tests.partner.test_controls import words

SIZES = (1, 2, 12, 24, 47, 100, 200)
BREAKDOWNS = {size: f"en {size}" for size in SIZES}
MANY = tuple(f"axe {number}" for number in range(24))
CROSSED = ("croisée", ("AXE-0-0", "AXE-0-1", "AXE-0-2", "AXE-1-0"))  # of another measure: some codes of two of them
CATEGORIES = (
    *(
        Category(name, f"MODALITE-{size}-{number:03}", f"Modalité {number} de {size}", True)
        for size, name in BREAKDOWNS.items()
        for number in range(size)
    ),
    *(
        Category(name, f"AXE-{axis}-{part}", f"{name} {part}", True)
        for axis, name in enumerate(MANY)
        for part in range(3)
    ),
    *(Category(CROSSED[0], code, f"Croisée {code}", True) for code in CROSSED[1]),
)
SEVERAL = (BREAKDOWNS[2], BREAKDOWNS[47], BREAKDOWNS[200])

# what is typed in the categories and, as a share of their sum, in the total -> the word on the total
KINDS: Mapping[str, tuple[CellValue, CellValue, float | None, Word]] = {
    # first category, every other one, total / sum of the numbers
    "right": (3, 3, 1.0, Word.OK),
    "wrong": (3, 3, 1.5, Word.SUM),
    "too much": (3, 3, 0.5, Word.SUM),
    "no total": (3, 3, None, Word.TO_FILL),
    "nd": ("nd", "nd", 0.0, Word.OK),
    "ns": ("ns", 3, 0.9, Word.OK),
}


def cases() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """A measure for each: its code, the kind of its answers, its breakdowns."""
    for number, kind in enumerate(KINDS):
        for size, name in BREAKDOWNS.items():
            yield f"IND-P1-I{number}{size:03}.M1", kind, (name,)
        yield f"IND-P1-I{number}999.M1", kind, SEVERAL
        yield f"IND-P1-I{number}998.M1", kind, MANY
        yield f"IND-P1-I{number}997.M1", kind, (CROSSED[0], BREAKDOWNS[2])


def contract(small: Framework, measures: Sequence[Measure]) -> Framework:
    return replace(small, measures=tuple(measures), categories=CATEGORIES, references=())


def typed_in(framework: Framework, kinds: Mapping[str, str]) -> dict[tuple[str, str], CellValue]:
    typed: dict[tuple[str, str], CellValue] = {}
    for code, kind in kinds.items():
        first, other, share, _ = KINDS[kind]
        sums = []
        for name in framework.measure[code].breakdowns:
            siblings = framework.breakdown[name]
            # Each breakdown of a measure counts the same people, so a larger one has smaller parts.
            parts = {each.code: (other if number else first) for number, each in enumerate(siblings)}
            typed |= {(f"{code}/{part}", "valeur"): value for part, value in parts.items()}
            sums.append(sum(value for value in parts.values() if isinstance(value, int)))
        if share is not None:
            typed[code, "valeur"] = round(max(sums) * share) or 30
    return typed


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ns"])
@pytest.mark.parametrize("size", SIZES)
def test_the_word_of_a_total(small: Framework, size: int, kind: str) -> None:
    known = contract(small, [measure("I1.M1", breakdowns=(BREAKDOWNS[size],))])
    shown = words(known, "2021", typed_in(known, {"I1.M1": kind}))
    assert shown["I1.M1"] is KINDS[kind][3]
    asked = [code for code, word in shown.items() if word is Word.COMMENT]
    assert asked == ([f"I1.M1/MODALITE-{size}-000"] if kind == "nd" else [])


@pytest.mark.parametrize("kind", ["right", "wrong", "too much"])
def test_the_word_of_a_total_with_many_breakdowns(small: Framework, kind: str) -> None:
    known = contract(small, [measure("I1.M1", breakdowns=MANY)])
    assert words(known, "2021", typed_in(known, {"I1.M1": kind}))["I1.M1"] is KINDS[kind][3]


def test_one_of_many_breakdowns_that_does_not_add_up_is_enough(small: Framework) -> None:
    known = contract(small, [measure("I1.M1", breakdowns=MANY)])
    typed = typed_in(known, {"I1.M1": "right"})
    assert words(known, "2021", {**typed, ("I1.M1/AXE-17-2", "valeur"): 4})["I1.M1"] is Word.SUM


@pytest.mark.parametrize("campaign", ["2021", "REF"])
@pytest.mark.parametrize("kind", ["nombre", "montant"])
@pytest.mark.sample(1)
def test_no_formula_is_more_than_excel_takes(small: Framework, campaign: str, kind: str) -> None:
    """The worst there is: 200 categories beside other breakdowns, amounts, every bound, baseline and target."""
    bounds = {"maximum": 9_999_999.5, "plausible_minimum": 100_000.5, "plausible_maximum": 999_999.5}
    everything = tuple(BREAKDOWNS.values())[-5:]
    measures = [
        measure(f"IND-P1-I{number}.M1", kind, breakdowns=names, **bounds)
        for number, names in enumerate((*((name,) for name in everything), everything, (*everything, *MANY)))
    ]
    sheets = formulas_of(partner_workbook(contract(small, measures), campaign, "A"))
    formulas = [formula for found in sheets.values() for formula in found]
    assert len(formulas) > 700
    assert [(len(formula), formula) for formula in formulas if beyond(formula, LONGEST_FORMULA)] == []


def formulas_of(workbook: bytes) -> Mapping[str, Sequence[str]]:
    """The formulas of each sheet, those of validations and conditional formats among them."""
    found: dict[str, list[str]] = {}
    for sheet in load_workbook(io.BytesIO(workbook)):
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        rules = [str(one.formula1) for one in sheet.data_validations.dataValidation if one.formula1]
        looks = [str(text) for area in sheet.conditional_formatting for rule in area.rules for text in rule.formula]
        assert [rule for rule in (*rules, *looks) if beyond(rule, LONGEST_RULE)] == []
        found[sheet.title] = [*cells, *rules, *looks]
    return found


def test_libreoffice_says_the_same_word(small: Framework, libreoffice: Convert, tmp_path: Path) -> None:
    # One sheet for each kind of answers; actions belong to the pillars of the small contract.
    sheets = tuple(Pillar(kind, kind, kind) for kind in KINDS)
    measures = [measure(code, breakdowns=names, pillar=kind) for code, kind, names in cases()]
    known = replace(contract(small, measures), pillars=(*small.pillars, *sheets))
    typed = typed_in(known, {code: kind for code, kind, _ in cases()})
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(partner_workbook(known, "2021", "A", prefill=typed))
    formulas = made(known, "2021", "A", typed)
    cached, computed = formula_values(path, formulas), formula_values(libreoffice(path, "xlsx"), formulas)
    assert len(cached) > 6 * 600
    assert {place: (cached[place], computed[place]) for place in cached if cached[place] != computed[place]} == {}
    assert {Word.SUM, Word.OK, Word.COMMENT, Word.TO_FILL} <= set(cached.values())
