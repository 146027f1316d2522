"""What Excel would not take of a formula is never written: the command stops and says where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit import limits
from cvsheet.books.kit.book import Book, format_where, put_formula, validate
from cvsheet.books.kit.limits import LONGEST_FORMULA, beyond
from cvsheet.errors import CvsheetError
from cvsheet.model.framework import Category, Framework, Reference
from cvsheet.workflows.generate import generate
from tests.conftest import ROOT
from tests.consolidation.frameworks import answers, framework, measure, share
from tests.master.test_live_formulas import master
from tests.partner.test_many_categories import formulas_of

BOOKS = ROOT / "cvsheet" / "books"


def nested(levels: int) -> str:
    return f"={'IF(A1,' * levels}1{')' * levels}"


def arguments(count: int) -> str:
    return f"=SUM({','.join(['1'] * count)})"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (f"={'1+' * 4095}1", ""),
        (f"={'1+' * 4096}1", "8 194 caractères, 8 192 au plus"),
        (nested(64), ""),
        (nested(65), "65 niveaux de parenthèses, 64 au plus"),
        (arguments(255), ""),
        (arguments(256), "256 arguments d’une fonction, 255 au plus"),
        (f"=SUM({arguments(200)[1:]},{arguments(200)[1:]})", ""),
        (f"=SUM({{{','.join(['1'] * 300)}}})", ""),  # an array is one argument
        (f"=SUM('{'(,' * 15}'!A1)", ""),  # a name of a sheet is no bracket
        (f'=IF(A1,"{"x" * 255}","{"y" * 255}")', ""),
        (f'=IF(A1,"{"x" * 256}")', "256 caractères entre guillemets, 255 au plus"),
        ('=A1&"' + '""' * 255 + '"', ""),  # a doubled quote is one character
        (f'=A1&"{"((((," * 50}"', ""),
    ],
)
def test_what_excel_takes(formula: str, said: str) -> None:
    assert " ".join(beyond(formula, LONGEST_FORMULA).split()) == said


LONG = f"={'1+' * 4096}1"
WRITERS: list[tuple[Callable[[Book, Worksheet, str], object], str]] = [
    (lambda _, sheet, formula: put_formula(sheet, 11, 10, formula, 0), "La cellule K12 de la feuille « Emploi »"),
    (
        lambda _, sheet, formula: validate(sheet, (4, 1, 9, 1), {"validate": "custom", "value": formula}),
        "La cellule B5 de la feuille « Emploi »",
    ),
    (
        lambda _, sheet, formula: format_where(sheet, (4, 1, 9, 1), {"type": "formula", "criteria": formula}),
        "La cellule B5 de la feuille « Emploi »",
    ),
    (lambda book, _, formula: book.define_name("liste_codes", formula), "Le nom « liste_codes »"),
]


@pytest.mark.parametrize(("write", "place"), WRITERS, ids=["cell", "validation", "format", "name"])
def test_the_message_names_the_place(write: Callable[[Book, Worksheet, str], object], place: str) -> None:
    book = Book("Essai", date(2021, 1, 1))
    with pytest.raises(CvsheetError) as stopped:
        write(book, book.sheet("Emploi"), LONG)
    assert " ".join(str(stopped.value).split()).startswith(f"{place} aurait une formule qu’Excel n’accepte pas (8 194")


def test_a_list_of_choices_is_one_text_of_255_characters() -> None:
    sheet = Book("Essai", date(2021, 1, 1)).sheet("Emploi")
    validate(sheet, (0, 0, 0, 0), {"validate": "list", "source": ["x" * 127, "y" * 127]})
    with pytest.raises(CvsheetError, match="A1"):
        validate(sheet, (0, 0, 0, 0), {"validate": "list", "source": ["x" * 127, "y" * 128]})


def test_formulas_are_written_in_one_place_only() -> None:
    direct = re.compile(r"\.(write_formula|write_array_formula|conditional_format|data_validation|define_name)\(")
    sources = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in BOOKS.rglob("*.py")}
    direct_calls = {
        path for path, text in sources.items() for line in text.splitlines()
        if direct.search(line) and "book.define_name(" not in line
    }  # fmt: skip
    assert direct_calls == {"cvsheet/books/kit/book.py", "cvsheet/books/kit/shared_formulas.py"}  # checked there too


def test_generate_stops_before_it_writes_anything(
    small: Framework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No small contract is beyond Excel: here a formula is that looks at other rows, which B, who comes first, has none
    of."""
    monkeypatch.setattr(limits, "beyond", lambda formula, longest: "trop longue" if "COUNTIFS(" in formula else "")
    assert generate(small, "2021", ["B"], tmp_path / "B").files
    with pytest.raises(CvsheetError, match=r"La cellule E7 de la feuille «\sL'emploi & l’insertion\s»"):
        generate(small, "2021", ["B", "A"], tmp_path / "A")
    assert not (tmp_path / "A").exists()


@pytest.mark.long
def test_the_largest_master_holds_no_formula_too_long() -> None:
    """200 categories, 60 partners, every aggregation, 40 shares of proposed baselines, which are the longest."""
    partners = tuple(f"PARTENAIRE-{number}" for number in range(60))
    aggregations = ("somme", "moyenne", "moyenne pondérée", "source unique", "maximum", "aucune")
    typed = [
        measure(f"IND-P1-I{n}.M1", each, weight="IND-P1-I0.M1", producers=partners, breakdowns=("quartier",)[n:])
        for n, each in enumerate(aggregations)
    ]
    shares = [share(f"PART-P1-I{number}.M1", "IND-P1-I3.M1", "IND-P1-I0.M1") for number in range(40)]
    known = framework(*typed, *shares, references={"IND-P1-I0.M1": Reference(10, 2019, "validée")})
    categories = tuple(
        Category("quartier", f"QUARTIER-{number:03}", f"Quartier {number}", True) for number in range(200)
    )
    known = replace(known, categories=categories)
    given = answers(
        *(f"REF {one} {code}.M1 3 - référence" for one in partners[:2] for code in ("IND-P1-I0", "IND-P1-I3"))
    )
    longest = {name: max(map(len, found)) for name, found in formulas_of(master(known, given, "2021")).items() if found}
    assert longest
    assert max(longest.values()) < LONGEST_FORMULA / 4
