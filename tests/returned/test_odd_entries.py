"""Times, numbers beyond counting, units cut short, invisible marks, look-alike letters, logical values: one verdict for
one thing, in xlsx and in ods, on a workbook that was really generated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell as OpenpyxlCell

from cvsheet.books.partner.reading import read_returned
from cvsheet.judging.cells.remedies import USUAL, instead_of, lookalikes
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding
from cvsheet.model.submission import Form, StructureKind
from cvsheet.text.numerals import legible, number_in, units_of
from tests.catalogue.contract import COUNT, FRAMEWORK, TRAINING, good_return
from tests.catalogue.editing import place_of
from tests.conftest import Convert
from tests.returned.conftest import damaged

UNITS = [  # type, unit of the line, typed -> read
    ("nombre", "foyers allocataires", "221 foyers", 221.0),
    ("nombre", "foyers allocataires", "221 foyers allocataires", 221.0),
    ("nombre", "foyers allocataires", "1 foyer", 1.0),
    ("nombre", "foyers allocataires", "221 allocataires", Form.OTHER_UNIT),
    ("nombre", "foyers allocataires", "221 ménages", Form.OTHER_UNIT),
    ("nombre", "logements", "12 logements sociaux", Form.OTHER_UNIT),
    ("montant", "€", "12 000 € TTC", 12000.0),
    ("montant", "", "12 000 euros ttc", 12000.0),
    ("montant", "€ TTC", "12 000 €", 12000.0),
    ("montant", "€", "12 000 € HT", Form.OTHER_UNIT),
    ("montant", "€ TTC", "12 k€", Form.OTHER_UNIT),
    ("montant", "€ TTC", "12 000 euros TTC", 12000.0),
    ("montant", "€ TTC", "12 000 EUR", 12000.0),
    ("montant", "€ par an", "12 000 euros par an", 12000.0),
    ("pourcentage", "%", "12 pour cent", 12.0),
    ("nombre", "personnes", "12 %", Form.OTHER_UNIT),
    ("nombre", "places en crèche", "12 places en crèche", 12.0),
    ("nombre", "places en crèche", "12 places", 12.0),
    ("nombre", "places en crèche", "12 places en", Form.OTHER_UNIT),
    ("nombre", 57 * "x", f"12 {57 * 'x'}", 12.0),  # 60 characters
    ("nombre", 58 * "x", f"12 {58 * 'x'}", Form.NOT_A_NUMBER),  # a longer text is a sentence
    ("montant", "€ par habitant", "12 €", Form.OTHER_UNIT),
    ("montant", "€ par habitant", "12 € par habitant", 12.0),
    ("nombre", "places pour 100 enfants", "12 places", Form.OTHER_UNIT),
    ("nombre", "heures d’insertion", "12 h", 12.0),
    ("nombre", "heures d’insertion", "12 h 30", Form.CLOCK),
    ("nombre", "personnes", "12:30", Form.CLOCK),
    ("nombre", "personnes", "(12)", -12.0),
    ("nombre", "personnes", "(12", Form.NOT_A_NUMBER),
    ("nombre", "personnes", "12)", Form.NOT_A_NUMBER),
    ("nombre", "personnes", "(-12)", Form.NOT_A_NUMBER),
    ("nombre", "personnes", "12 ´", Form.NOT_A_NUMBER),  # minutes, or a key that slipped
    ("nombre", "personnes", "0¯", Form.NOT_A_NUMBER),
    ("nombre", "personnes", "12\u0301", Form.NOT_A_NUMBER),
    ("nombre", "personnes", "1h30", Form.CLOCK),
    ("nombre", "personnes", "1 h 30 min", Form.CLOCK),
    ("nombre", "personnes", "999999999999999", 999999999999999.0),
    ("nombre", "personnes", "1000000000000000", Form.TOO_LARGE),
    ("nombre", "personnes", "1 000 000 000 000 000", Form.TOO_LARGE),
]


@pytest.mark.parametrize(("kind", "unit", "typed", "read"), UNITS)
def test_what_follows_a_number(kind: str, unit: str, typed: str, read: float | Form) -> None:
    assert number_in(typed, units_of(kind, unit)) == read


REMEDIES = [
    ("néant", "0 si c’est zéro, nd"),
    ("Aucune", "0 si c’est zéro, nd"),
    ("RAS", "0 si c’est zéro, nd"),
    ("NC", "ns si elle est couverte"),
    ("n.c.", "ns si elle est couverte"),
    ("N/A", "so si la ligne ne vous concerne pas"),
    ("-", "un tiret ne dit pas lequel"),
    ("—", "un tiret ne dit pas lequel"),
    ("?", "nd tant que le chiffre manque"),
    ("à venir", "nd tant que le chiffre manque"),
    ("idem", "Répétez le nombre"),
    ("Inchangé", "Répétez le nombre"),
    ("cf. rapport", "Recopiez ici le nombre"),
    ("voir PJ", "Recopiez ici le nombre"),
    ("ci-joint", "Recopiez ici le nombre"),
    ("confidentiel", "ns si le chiffre"),
    ("oui", "ne dit pas combien"),
    ("vingt-deux", "en chiffres"),
    ("une dizaine", USUAL),
    ("voiries refaites", USUAL),
]


@pytest.mark.parametrize(("typed", "says"), REMEDIES)
def test_a_small_word_gets_the_remedy_that_fits(typed: str, says: str) -> None:
    assert says in instead_of(typed)


LETTERS = [
    ("Еn cours", "« Е » (cyrillique)"),
    ("Reаlisee", "« а » (cyrillique)"),
    ("Νon démarrée", "« Ν » (grecque)"),
    ("ООО", "« О » (cyrillique)"),  # all three
    ("é Ο", "« Ο » (grecque)"),
    ("２", "« ２ » (pleine chasse)"),
    ("2O1", "tient la place d’un chiffre"),
    ("En cours", ""),
    ("Finie", ""),
    ("œuvre à part", ""),
]


@pytest.mark.parametrize(("typed", "says"), LETTERS)
def test_letters_that_only_look_right_are_named(typed: str, says: str) -> None:
    assert says in lookalikes(typed) if says else lookalikes(typed) == ""


MARKS = [
    ("\u202a201\u202c", "201"),
    ("a\u200bb\u00adc\u2066d\u2069", "abcd"),
    ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
    ("été", "été"),
    ("a 👨\u200d👩", "a 👨\u200d👩"),
    ("\u0600\u200d", "\u0600\u200d"),  # where Arabic begins
    ("\u05ff\u200d", "\u05ff"),
]


@pytest.mark.parametrize(("typed", "seen"), MARKS)
def test_only_what_shows_nothing_is_left_out(typed: str, seen: str) -> None:
    assert legible(typed) == seen


def own_findings(path: Path) -> list[Finding]:
    """What is said of the return itself; that the other partners have sent nothing is another matter."""
    submission = read_returned(path, FRAMEWORK, path.name)
    assessment = assess(FRAMEWORK, [Received(path.name, submission)])
    assert assessment.incidents == ()
    return [finding for finding in assessment.findings if not finding.code.startswith("ENS")]


def edited(tmp_path: Path, at: tuple[str, str], edit: Callable[[OpenpyxlCell], None]) -> Path:
    """The good return after `edit` of one cell."""

    def damage(book: Workbook) -> None:
        sheet, name = place_of(*at)
        edit(book[sheet][name])

    path = tmp_path / "retour.xlsx"
    path.write_bytes(damaged(good_return(), damage))
    return path


def typed_as(value: object, number_format: str = "") -> Callable[[OpenpyxlCell], None]:
    def edit(cell: OpenpyxlCell) -> None:
        cell.value = value  # type: ignore[assignment]
        cell.number_format = number_format or cell.number_format

    return edit


COUNTED, START, STATUS = (COUNT, "valeur"), (TRAINING, "debut"), (TRAINING, "statut")
CELLS = [  # where, what -> code of the finding, part of its sentence
    (COUNTED, typed_as(0.5, "hh:mm"), "VAL-024", "(12:00)"),
    (COUNTED, typed_as(1.5208333333333333, "[h]:mm"), "VAL-024", "(36:30)"),
    (COUNTED, typed_as(51.4375, "[h]:mm:ss"), "VAL-024", "(1234:30)"),
    (COUNTED, typed_as(44228, "dd/mm/yyyy"), "VAL-003", "(01/02/2021)"),
    (COUNTED, typed_as(44228, "mmm yy"), "VAL-003", "(01/02/2021)"),
    (COUNTED, typed_as(1e15), "VAL-025", "1000000000000000 est trop grand"),
    (COUNTED, typed_as(True), "VAL-004", "« VRAI »"),
    (COUNTED, typed_as("=2>1", "#,##0"), "", ""),
    (COUNTED, typed_as("néant"), "VAL-002", "0 si c’est zéro"),
    (START, typed_as(0.5, "hh:mm"), "VAL-012", "« 12:00 »"),
    (STATUS, typed_as("Еn cours"), "VAL-014", "« Е » (cyrillique)"),
]


@pytest.mark.parametrize(("at", "edit", "code", "says"), [row for row in CELLS if row[2]])
@pytest.mark.sample(5)
def test_an_odd_cell_is_called_what_it_is(
    tmp_path: Path, at: tuple[str, str], edit: Callable[[OpenpyxlCell], None], code: str, says: str
) -> None:
    (finding,) = own_findings(edited(tmp_path, at, edit))
    said = find_rule(code).message(finding).replace("\u00a0", " ")
    assert finding.code == code
    assert says in said


@pytest.mark.parametrize(("value", "too_large"), [(999_999_999_999_999, False), (1_000_000_000_000_000, True)])
def test_a_number_of_fifteen_digits_is_one(tmp_path: Path, value: int, too_large: bool) -> None:
    found = own_findings(edited(tmp_path, COUNTED, typed_as(value)))
    assert ("VAL-025" in [one.code for one in found]) is too_large


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_libreoffice_changes_no_verdict(tmp_path: Path, libreoffice: Convert, extension: str) -> None:
    """A duration, VRAI, and what a number format makes of a comparison."""
    for at, edit, code, says in (CELLS[1], CELLS[6], CELLS[7]):
        saved = libreoffice(edited(tmp_path, at, edit), extension)
        (finding,) = own_findings(saved)
        assert finding.code == (code or "VAL-004")
        assert says in find_rule(finding.code).message(finding).replace("\u00a0", " ")


def test_invisible_marks_are_said_and_go_no_further(tmp_path: Path) -> None:
    path = edited(tmp_path, (COUNT, "commentaire"), typed_as("\u202eAu 31\u202c décembre\u200b"))
    submission = read_returned(path, FRAMEWORK, path.name)
    (fact,) = [one for one in submission.structure if one.kind is StructureKind.INVISIBLE_MARKS]
    comments = [seen.comment for seen in submission.observations if seen.line == COUNT]
    assert (fact.facts["found"], comments) == ("Au 31 décembre", ["Au 31 décembre"])
    assert [finding.code for finding in own_findings(path)] == ["STR-038"]
    assert not any("\u202e" in repr(part) for part in (submission.observations, submission.structure))
