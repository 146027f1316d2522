"""What a cell means: the five kinds of answer, numbers as a French keyboard makes them, and what is refused and why."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.files.grid.model import Cell, CellKind, Value
from cvsheet.files.values import read_as_shown, read_choice, read_date, read_number, read_text
from cvsheet.model.submission import AnswerKind, Entry, Form
from cvsheet.text.numerals import number_in, units_of
from tests.words import plain


def cell(value: Value, *, percent: bool = False, formula: str | None = None, kind: CellKind | None = None) -> Cell:
    """A cell J12 as the grid gives it for `value`."""
    kinds = {str: CellKind.TEXT, bool: CellKind.BOOLEAN, float: CellKind.NUMBER, int: CellKind.NUMBER}
    found = kind or kinds.get(type(value), CellKind.DATE)
    return Cell(12, 10, found, value, "" if value is None else str(value), formula, percent)


def number(value: Value, measure_type: str = "nombre", unit: str = "", **how: object) -> tuple[float | None, Form]:
    entry = read_number(cell(value, **how), measure_type, unit)  # type: ignore[arg-type]
    return entry.answer.number, entry.form


READ = [
    ("1 234,5", 1234.5),
    ("1\u00a0234,5", 1234.5),
    ("1\u202f234,5", 1234.5),
    ("1\u2009234,5", 1234.5),
    ("1\t234,5", 1234.5),
    ("12 345 678", 12345678),
    ("  42 ", 42),
    ("\u00a042\u200b", 42),
    ("12,5", 12.5),
    ("12.5", 12.5),
    ("0,125", 0.125),
    ("0.125", 0.125),
    ("1234,567", 1234.567),
    ("1 234,567", 1234.567),
    ("12,3456", 12.3456),
    ("'123", 123),
    ("+12", 12),
    ("-12", -12),
    ("−12,5", -12.5),
    ("–3", -3),
    ("(500)", -500),
    ("(1 234,5)", -1234.5),
    ("0", 0),
    ("-0", 0),
    ("0,0", 0),
    ("1'234.56", 1234.56),
    ("1’234’567,8", 1234567.8),
    ("1'234", 1234),
    ("\u202a201\u202c", 201),
    ("\u2066201\u2069", 201),
    ("2\u200f01\ufe0f", 201),
]


@pytest.mark.parametrize(("typed", "wanted"), READ, ids=[repr(typed) for typed, _ in READ])
def test_text_that_is_a_number_for_any_french_reader_is_read(typed: str, wanted: float) -> None:
    assert number(typed) == (wanted, Form.CONVERTED)


UNITS = [
    ("45 %", "pourcentage", "%", 45),
    ("45%", "pourcentage", "%", 45),
    ("12,5\u00a0%", "pourcentage", "%", 12.5),
    ("45 pour cent", "pourcentage", "% satisfaits", 45),
    ("45 % satisfaits", "pourcentage", "% satisfaits", 45),
    ("45 %", "pourcentage", "en %", 45),
    ("45 %", "pourcentage", "pourcentage", 45),
    ("45 %", "pourcentage", "taux (%)", 45),
    ("1 234 €", "montant", "€ TTC", 1234),
    ("1234 EUR", "montant", "€ TTC", 1234),
    ("1234 euros ttc", "montant", "€ TTC", 1234),
    ("1234,50€", "montant", "", 1234.5),
    ("20 personnes", "nombre", "personnes", 20),
    ("1 personne", "nombre", "personnes", 1),
    ("3 Élèves", "nombre", "élèves", 3),
    ("8/10", "note", "note /10", 8),
    ("8,5 / 10", "note", "note /10", 8.5),
    ("12 m3", "volume", "m³", 12),
]


@pytest.mark.parametrize(("typed", "measure_type", "unit", "wanted"), UNITS, ids=[case[0] for case in UNITS])
def test_the_unit_of_the_line_may_follow(typed: str, measure_type: str, unit: str, wanted: float) -> None:
    assert number(typed, measure_type, unit) == (wanted, Form.CONVERTED)


REFUSED = {
    Form.APPROXIMATE: "env. 20;~20;≈ 20;environ 20;20 environ;environ;une vingtaine;vingtaine;± 5;+/- 5;20 ?;"
    "presque 30;à peu près 12;autour de 40;2 milliers;Env 20 personnes",
    Form.RANGE: "20-25;20 - 25;20–25;20 à 25;10 ou 12;entre 20 et 25;de 20 à 25;20 à 25 %;20-25 personnes;1 000-1 200",
    Form.COMPARISON: "> 5;>5;≥ 5;<5;<= 3;moins de 5;plus de 20;au moins 4;5 ou plus;20+;10 minimum;jusqu'à 30",
    Form.AMBIGUOUS: "1,234;1.234;12,345;123.456;-1,234;(1,234);1,234.5;1.234,5;1,234,567;1.234.567;1 234.5.6",
    Form.OTHER_UNIT: "12 k€;12k;12 M;12 millions;45 %;45%;12 €;20 femmes;3 h;12 m²;5 ‰",
    Form.DATE: "01/02/2021;1.2.2021;12-03-21;2021-02-01;1er mars 2021;12 février 2021",
    Form.BOOLEAN: "VRAI;faux;TRUE",
    Form.EXCEL_ERROR: "#N/A;#REF!;#DIV/0!;Err:508;#NOM?",
    Form.FORMULA_WITHOUT_VALUE: "=A1+B1;=12",
    Form.TOO_LARGE: "1234567890123456;1 234 567 890 123 456;-1000000000000000",
    Form.CLOCK: "12:30;1h30;1 h 30;12:30:15",
    Form.NOT_A_NUMBER: "-;/;?;n/a;na;néant;aucun;zéro;oui;à compléter;500-;1e5;.5;,5;12,;12.;007;0612345678;0 123;"
    "12 34;12  34;12;13;- 5;--5;(5;5);１２;²;12*;3/4;nd (en attente);ns?;12\n13;"
    "20 (dont 5 femmes);Inf;nan",
}
REFUSED_CASES = [
    (form, text) for form, texts in REFUSED.items() for text in texts.replace("12;13", "12\u037e13").split(";")
]


@pytest.mark.parametrize(("form", "typed"), REFUSED_CASES, ids=[f"{form}-{text!r}" for form, text in REFUSED_CASES])
def test_what_is_in_doubt_is_refused_and_says_what_it_is(form: Form, typed: str) -> None:
    entry = read_number(cell(typed), "nombre", "personnes")
    assert (entry.answer.kind, entry.answer.number, entry.form) == (AnswerKind.UNREADABLE, None, form)
    assert entry.raw == typed


@pytest.mark.parametrize(
    ("typed", "measure_type", "unit"),
    [
        ("45 €", "pourcentage", "%"),
        ("12 € HT", "montant", "€ TTC"),
        ("12 €", "montant", "k€"),
        ("12 k€", "montant", "€"),
        ("20 personnes ?", "nombre", "personnes"),
        ("8/20", "note", "note /10"),
        ("1,2 %", "pourcentage", "‰"),
        ("1,2 %", "pourcentage", "pour 1 000 habitants"),
        ("1,2 %", "pourcentage", "pour cent mille habitants"),
    ],
)
def test_another_unit_than_the_line_s_is_never_dropped(typed: str, measure_type: str, unit: str) -> None:
    assert number(typed, measure_type, unit)[0] is None


REASONS = {
    AnswerKind.NOT_AVAILABLE: "nd;ND;n.d.;N.D;n/d;n. d.; Nd ;non disponible;NON DISPONIBLE;donnée non disponible;"
    "n\u00a0d",
    AnswerKind.SECRET: "ns;NS;n.s.;n/s;secret;Secret statistique;secret stat.",
    AnswerKind.NOT_APPLICABLE: "so;SO;s.o.;s/o;s. o.;sans objet;Sans  objet.",
}


@pytest.mark.parametrize(
    ("kind", "typed"), [(kind, text) for kind, texts in REASONS.items() for text in texts.split(";")]
)
def test_reasons_are_read_in_any_case_and_spacing(kind: AnswerKind, typed: str) -> None:
    for entry in (read_number(cell(typed)), read_text(cell(typed)), read_date(cell(typed))):
        assert (entry.answer.kind, entry.form, entry.raw) == (kind, Form.PLAIN, typed)


@pytest.mark.parametrize("typed", ["", " ", "\u00a0\u202f", "\u200b", "\t\n"])
def test_a_cell_in_which_nothing_shows_is_blank(typed: str) -> None:
    for read in (read_number, read_text, read_date):
        assert read(cell(typed)).answer.kind is AnswerKind.BLANK
    assert read_number(None, at="K7") == Entry(read_number(None).answer, cell="K7")


def test_zero_is_an_answer_and_a_dash_is_none() -> None:
    assert number(0) == (0, Form.PLAIN)
    assert read_number(cell("-")).answer.kind is AnswerKind.UNREADABLE


def test_percentages_are_counted_in_percents_however_excel_shows_them() -> None:
    assert number(0.125, "pourcentage", percent=True) == (12.5, Form.PERCENT_CELL)
    assert number(0.07, "pourcentage", percent=True) == (7, Form.PERCENT_CELL)
    assert number(12.5, "pourcentage") == (12.5, Form.PLAIN)
    assert read_number(cell(0.125, percent=True), "pourcentage").raw == "12,5\u00a0%"


@pytest.mark.parametrize("unit", ["%", "% satisfaits", "en %", "pour cent"])
@pytest.mark.parametrize("kind", ["pourcentage", "nombre", "note"])
def test_a_cell_that_shows_a_percentage_is_one_on_each_line_in_percents(kind: str, unit: str) -> None:
    assert number(0.125, kind, unit, percent=True) == (12.5, Form.PERCENT_CELL)


@pytest.mark.parametrize("unit", ["‰", "pour 1 000 habitants", "points"])
@pytest.mark.parametrize("kind", ["pourcentage", "nombre", "note"])
def test_on_a_line_in_another_unit_it_is_refused_like_the_text(kind: str, unit: str) -> None:
    assert number(0.012, kind, unit, percent=True) == (None, Form.OTHER_UNIT)


@pytest.mark.parametrize(
    ("kind", "unit", "shown_in", "raw"),
    [
        ("montant", "k€", "€", "1 234 000 €"),
        ("montant", "milliers d’euros", "€", "1 234 000 €"),
        ("montant", "", "k€", "1 234 000 k€"),
        ("montant", "€", "k", "1 234 k"),
        ("nombre", "personnes", "k", "1 234 k"),
        ("montant", "k€", "M", "1 M"),
    ],
)
def test_a_number_whose_format_shows_another_one_or_another_money_is_refused(
    kind: str, unit: str, shown_in: str, raw: str
) -> None:
    entry = read_as_shown(cell(1_234_000.0)._replace(shown_in=shown_in), kind, unit)
    assert (entry.answer.kind, entry.form, plain(entry.raw)) == (AnswerKind.UNREADABLE, Form.OTHER_UNIT, raw)


@pytest.mark.parametrize(
    ("kind", "unit", "shown_in"),
    [
        ("montant", "k€", "k€"), ("montant", "€", "€"), ("montant", "", "€"), ("montant", "€ TTC", "€"),
        ("montant", "€ par habitant", "€"), ("montant", "FCFA", "€"), ("nombre", "personnes", "€"),
        ("pourcentage", "%", "€"), ("montant", "k€", ""),
    ],
)  # fmt: skip
def test_a_sign_that_says_the_same_or_nothing_of_the_line_is_well(kind: str, unit: str, shown_in: str) -> None:
    assert read_as_shown(cell(12.0)._replace(shown_in=shown_in), kind, unit).answer.number == 12


def test_a_count_in_a_percent_cell_is_in_another_unit() -> None:
    assert number(0.2, percent=True) == (None, Form.OTHER_UNIT)


def test_numbers_have_15_significant_digits_as_after_libreoffice() -> None:
    assert number(3601.7999999999997) == (3601.8, Form.PLAIN)
    assert number(0.1 + 0.2) == (0.3, Form.PLAIN)


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_no_program_can_count_with_is_no_number(value: float) -> None:
    assert number(value) == (None, Form.NOT_A_NUMBER)
    assert number(1e307, "pourcentage", percent=True) == (None, Form.TOO_LARGE)


@pytest.mark.parametrize(
    ("seen", "form"),
    [
        (cell(True), Form.BOOLEAN),
        (cell(datetime(2021, 2, 1)), Form.DATE),
        (cell(None, kind=CellKind.ERROR), Form.EXCEL_ERROR),
        (cell(None, kind=CellKind.MISSING, formula="A1"), Form.FORMULA_WITHOUT_VALUE),
    ],
)
def test_dates_booleans_errors_and_missing_values_are_no_numbers(seen: Cell, form: Form) -> None:
    entry = read_number(seen)
    assert (entry.answer.kind, entry.form, entry.cell) == (AnswerKind.UNREADABLE, form, "J12")


def test_a_formula_is_read_by_its_stored_value() -> None:
    assert number(12.0, formula="SUM(A1:A3)") == (12, Form.FORMULA)
    assert read_number(cell("nd", formula='"nd"')).answer.kind is AnswerKind.NOT_AVAILABLE
    assert read_number(cell("", formula='""')).answer.kind is AnswerKind.BLANK
    assert number("20-25", formula='"20-25"') == (None, Form.RANGE)


def test_the_path_of_a_linked_file_goes_no_further() -> None:
    seen = cell(None, kind=CellKind.MISSING, formula="'file:///C:/prive/compta.xlsx'#$Feuil1.A1")
    assert "prive" not in read_number(seen).raw


def test_what_was_typed_is_kept_as_it_was_seen() -> None:
    assert read_number(cell(1234.5)).raw == "1234,5"
    assert read_number(cell(datetime(2021, 2, 1))).raw == "01/02/2021"
    assert read_number(cell(True)).raw == "VRAI"


DATES = [
    "01/03/2021",
    "1/3/2021",
    "1.3.2021",
    "01-03-2021",
    "2021-03-01",
    "1er mars 2021",
    "1 Mars 2021",
    " 01/03/2021 ",
]


@pytest.mark.parametrize("typed", DATES)
def test_dates_are_read_day_first(typed: str) -> None:
    entry = read_date(cell(typed))
    assert (entry.answer.day, entry.form) == (date(2021, 3, 1), Form.CONVERTED)


def test_a_date_cell_is_a_date_whatever_its_time() -> None:
    entry = read_date(cell(datetime(2021, 3, 1, 14, 30)))
    assert (entry.answer.day, entry.answer.text, entry.form) == (date(2021, 3, 1), "2021-03-01", Form.PLAIN)


@pytest.mark.parametrize("value", ["31/02/2021", "mars 2021", "2021", 2021.0, 44256.0, "01/03", True, "bientôt"])
def test_what_is_no_full_date_is_refused(value: Value) -> None:
    assert read_date(cell(value)).answer.kind is AnswerKind.UNREADABLE


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("#REF!", Form.EXCEL_ERROR),
        ("VRAI", Form.BOOLEAN),
        ("vrai", Form.BOOLEAN),
        ("err:508", Form.EXCEL_ERROR),
        ("=A1\n+B1", Form.FORMULA_WITHOUT_VALUE),
    ],
)
def test_what_a_program_left_as_text_in_a_date_cell_is_called_what_it_is(typed: str, form: Form) -> None:
    assert read_date(cell(typed)).form is form


# a formula and the number that a program stored -> what shows
LOGICAL = [
    ("TRUE()", 1.0, "VRAI"),
    ("FALSE()", 0.0, "FAUX"),
    ("AND(A1>2,B1>2)", 0.0, "FAUX"),
    ("NOT(A1)", 1.0, "VRAI"),
    ("B2>3", 1.0, "VRAI"),
    ("AND(A1,B1)", 2.0, "2"),  # neither true nor false: another program counts otherwise
    ("AND(A1,B1)*5", 0.0, "0"),
    ("AND(A1,B1)+AND(C1,D1)", 1.0, "1"),
    ("SUM(A1>2)", 1.0, "1"),
    ("A1-B1", 1.0, "1"),
    (None, 1.0, "1"),
]


@pytest.mark.parametrize(("formula", "value", "seen"), LOGICAL)
def test_what_can_only_be_true_or_false_is_no_number(formula: str | None, value: float, seen: str) -> None:
    entry = read_number(cell(value, formula=formula))
    assert entry.raw == seen
    assert (entry.form is Form.BOOLEAN) == (seen in ("VRAI", "FAUX"))


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (datetime(1899, 12, 31, 8, 5), "8:05"),
        (datetime(1899, 12, 31, 8, 5, 7), "8:05:07"),
        (datetime(1899, 12, 31, 8, 0, 59), "8:00:59"),
        (datetime(1899, 12, 31, 0, 59, 59), "0:59:59"),
        (datetime(1899, 12, 31, 1, 0), "1:00"),
    ],
)
def test_a_time_shows_its_seconds_where_it_has_some(value: datetime, seen: str) -> None:
    assert read_number(cell(value)._replace(clock=True)).raw == seen


@pytest.mark.parametrize(("value", "number_read"), [(999_999_999_999_999.0, 999_999_999_999_999.0), (1e15, None)])
def test_a_number_of_more_than_15_digits_is_too_large(value: float, number_read: float | None) -> None:
    for seen in (value, -value):
        entry = read_number(cell(seen))
        assert (entry.answer.number, entry.form) == (
            (None, Form.TOO_LARGE) if number_read is None else (seen, Form.PLAIN)
        )


@pytest.mark.parametrize("blank", [None, cell(""), cell(" \u00a0")])
def test_where_nothing_shows_nothing_is_read(blank: Cell | None) -> None:
    for entry in (
        read_number(blank, at="J12"),
        read_text(blank, "J12"),
        read_date(blank, "J12"),
        read_choice(blank, ("a", "b"), "J12"),
    ):
        assert (entry.answer.kind, entry.cell) == (AnswerKind.BLANK, "J12")


@pytest.mark.parametrize("text", ["#ville", "# 2", "Erreur", "VRAI en partie"])
def test_a_text_that_only_looks_like_an_error_is_a_text(text: str) -> None:
    assert read_text(cell(text)).answer.text == text
    assert read_choice(cell(text), (text, "b")).answer.text == text


def test_a_year_in_two_digits_is_ambiguous() -> None:
    assert read_date(cell("01/03/21")).form is Form.AMBIGUOUS


def test_years_are_numbers() -> None:
    assert read_number(cell(2019.0)).answer.number == 2019
    assert read_number(cell("2019")).form is Form.CONVERTED
    assert read_number(cell("2019-2020")).form is Form.RANGE


@pytest.mark.parametrize("typed", ["En cours", "en cours", "EN COURS", " En  cours "])
def test_a_choice_is_recognised_in_any_case_and_spacing(typed: str) -> None:
    assert read_choice(cell(typed), ["Réalisée", "En cours"]).answer.text == "En cours"


def test_a_choice_without_its_accents_is_recognised_and_others_are_not_guessed() -> None:
    statuses = ["Non démarrée", "Réalisée"]
    assert read_choice(cell("realisee"), statuses).answer.text == "Réalisée"
    assert read_choice(cell("démarrée"), statuses).answer.kind is AnswerKind.UNREADABLE
    assert read_choice(cell("Réalisée"), statuses).form is Form.PLAIN
    assert read_choice(cell("REALISEE"), statuses).form is Form.CONVERTED


def test_texts_keep_their_lines_and_look_like_what_was_seen() -> None:
    assert read_text(cell(" deux\nlignes ")).answer.text == "deux\nlignes"
    assert read_text(cell(12.5)).answer.text == "12,5"
    assert read_text(cell("nd"), reasons=False).answer.text == "nd"
    assert read_text(cell("=1+1")).answer.text == "=1+1"


# --- properties ---------------------------------------------------------------------------------------------------

SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "\t", "\u2007"])
VALUES = st.one_of(
    st.integers(-(10**12), 10**12).map(float),
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(float),
    st.decimals(-(10**4), 10**4, places=6, allow_nan=False).map(float),
)


@st.composite
def ways_of_writing(draw: st.DrawFn) -> tuple[float, str]:
    """A number, and one of the ways of writing it that the reader claims to understand."""
    value = draw(VALUES)
    grouped = draw(st.booleans())
    whole, _, fraction = f"{abs(value):{',' if grouped else ''}.6f}".partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == 3 and len(whole) < 4 and whole != "0":
        fraction += "0"  # 1,234 is refused, 1,2340 is not
    text = whole.replace(",", draw(SPACES)) + (draw(st.sampled_from(",.")) + fraction if fraction else "")
    if value < 0:
        text = draw(st.sampled_from(["-{}", "\u2212{}", "({})"])).format(text)
    else:
        text = draw(st.sampled_from(["", "+"])) + text
    margin = draw(st.sampled_from(["", " ", "\u00a0", "\u200b"]))
    return value, margin + text + margin


@given(ways_of_writing())
def test_every_accepted_way_of_writing_a_number_reads_back_to_it(case: tuple[float, str]) -> None:
    value, text = case
    assert number(text) == (pytest.approx(value, rel=1e-14, abs=0), Form.CONVERTED)


@given(st.floats(-9.9e14, 9.9e14))
def test_a_number_cell_is_its_number_at_15_digits(value: float) -> None:
    assert number(value)[0] == float(f"{value:.15g}")


GRAMMAR = re.compile(r"\(?'?[+\-\u2010-\u2013\u2212]?(0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(\s[0-9]{3})+)([.,][0-9]+)?\)?")
NUMBER_LIKE = st.text(alphabet="0123456789 ,.-+'()%€k/eE\u00a0\u202f\u2212~><?nds１²\n", max_size=14)


@given(st.one_of(st.text(max_size=20), NUMBER_LIKE))
def test_no_text_raises_or_makes_a_number_outside_the_grammar(text: str) -> None:
    for measure_type, unit in (("nombre", "personnes"), ("pourcentage", "%"), ("montant", "€ TTC")):
        entry = read_number(cell(text), measure_type, unit)
        if entry.answer.kind is not AnswerKind.NUMBER:
            assert entry.answer.number is None
            continue
        bare = re.sub("[\u00ad\u200b-\u200e\u2060\ufeff]", "", text).strip()
        bare = re.sub(r"\s*(%|€)$", "", bare)
        assert GRAMMAR.fullmatch(bare), text
        digits = re.sub(r"[^0-9,.]", "", bare).replace(",", ".")
        assert abs(entry.answer.number or 0) == pytest.approx(float(digits), rel=1e-14)
    for other in (read_text, read_date):
        assert other(cell(text)).answer.number is None


@given(st.text(max_size=30))
def test_units_never_raise(unit: str) -> None:
    assert number_in("12", units_of("nombre", unit)) == 12
