"""What partners do to a workbook, done to a really generated one: what is still read, and which fact says so."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.submission import AnswerKind, Form, StructureKind
from tests.catalogue.editing import line_rows as lines
from tests.catalogue.editing import move_rows

from .conftest import Returns, answer, answers, facts, kinds, workbook

# The Mission locale: two sheets, 46 lines. The école: lines and actions.
ML, EN = "ML", "EN"
SHEET = "Emploi"
HEADER = 4  # row of the titles of Indicateurs
FIRST = HEADER + 1
LABEL, UNIT, VALUE, CONTROL, COMMENT, FORMER, CODE = 2, 3, 4, 5, 6, 7, 10  # columns
LINE = "EMP-P1-I02.M1"
TYPED = {
    (LINE, "valeur"): 42.0,
    (LINE, "commentaire"): "Au 31 décembre",
    (f"{LINE}/VER", "valeur"): 30.0,
    (f"{LINE}/PMP", "valeur"): 12.0,
}


def row_of(sheet: Worksheet, code: str) -> int:
    for row in range(1, sheet.max_row + 1):
        for column in range(1, sheet.max_column + 1):
            if sheet.cell(row, column).value == code:
                return row
    raise AssertionError(f"{code} is not in {sheet.title}")


@pytest.fixture(scope="module")
def filled() -> bytes:
    return workbook(ML, typed=TYPED)


def rename_sheet(book: Workbook) -> None:
    book[SHEET].title = "Emploi 2021 (copie)"


def move_sheets(book: Workbook) -> None:
    book.move_sheet(SHEET, offset=2)


def rows_above(book: Workbook) -> None:
    book[SHEET].insert_rows(1, 3)


def row_inserted(book: Workbook) -> None:
    book[SHEET].insert_rows(FIRST + 2)


def column_inserted(book: Workbook) -> None:
    book[SHEET].insert_cols(VALUE)


def titles_deleted(book: Workbook) -> None:
    book[SHEET].delete_rows(1, HEADER - 1)


def header_deleted(book: Workbook) -> None:
    book[SHEET].delete_rows(HEADER)


def rows_sorted(book: Workbook) -> None:
    sheet = book[SHEET]
    move_rows(sheet, lines(sheet)[::-1])


def columns_swapped(book: Workbook) -> None:
    sheet = book[SHEET]
    for row in range(HEADER, sheet.max_row + 1):
        left, right = sheet.cell(row, LABEL), sheet.cell(row, VALUE)
        left.value, right.value = right.value, left.value


def title_damaged(book: Workbook) -> None:
    book[SHEET].cell(HEADER, VALUE).value = "Chiffre 2021"


def code_title_damaged(book: Workbook) -> None:
    book[SHEET].cell(HEADER, CODE).value = "n°"


def title_recased(book: Workbook) -> None:
    book[SHEET].cell(HEADER, VALUE).value = " VALEUR\n"


def hidden_sheet_deleted(book: Workbook) -> None:
    del book["_cvsheet"]


def hidden_sheet_shown(book: Workbook) -> None:
    book["_cvsheet"].sheet_state = "visible"
    book["_cvsheet"].title = "Feuil9"


def print_deleted(book: Workbook) -> None:
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if "Réf. cvsheet" in str(cell.value):
                cell.value = None


def sheet_hidden(book: Workbook) -> None:
    book[SHEET].sheet_state = "hidden"


def codes_padded(book: Workbook) -> None:
    sheet = book[SHEET]
    for row in lines(sheet):
        sheet.cell(row, CODE).value = f" {str(sheet.cell(row, CODE).value).lower()}\u00a0\u200b"


def codes_with_dashes(book: Workbook) -> None:
    sheet = book[SHEET]
    for row in lines(sheet):
        sheet.cell(row, CODE).value = str(sheet.cell(row, CODE).value).replace("-", "–")


def code_erased(book: Workbook) -> None:
    sheet = book[SHEET]
    sheet.cell(row_of(sheet, LINE), CODE).value = None


def rows_filtered(book: Workbook) -> None:
    sheet = book[SHEET]
    for row in lines(sheet)[:4]:
        sheet.row_dimensions[row].hidden = True


def value_column_hidden(book: Workbook) -> None:
    book[SHEET].column_dimensions["D"].hidden = True


def unit_column_deleted(book: Workbook) -> None:
    sheet = book[SHEET]
    sheet.delete_cols(UNIT)


def extra_sheet(book: Workbook) -> None:
    book.create_sheet("Feuil1")["B3"] = "mes calculs"


def note_below(book: Workbook) -> None:
    sheet = book[SHEET]
    sheet.cell(sheet.max_row + 3, 4).value = "Chiffres provisoires"


K = StructureKind
SAME_ANSWERS: list[tuple[Callable[[Workbook], None], list[StructureKind]]] = [
    (rename_sheet, [K.SHEET_RENAMED]),
    (move_sheets, []),
    (rows_above, []),
    (row_inserted, []),
    (column_inserted, []),
    (titles_deleted, []),
    (header_deleted, [K.HEADER_RECOVERED]),
    (rows_sorted, []),
    (columns_swapped, [K.COLUMN_MOVED]),
    (title_damaged, [K.COLUMN_RENAMED]),
    (code_title_damaged, [K.COLUMN_RENAMED]),
    (title_recased, []),
    (hidden_sheet_deleted, [K.IDENTITY_RECOVERED]),
    (hidden_sheet_shown, []),
    (print_deleted, [K.IDENTITY_RECOVERED]),
    (sheet_hidden, [K.SHEET_HIDDEN]),
    (codes_padded, []),
    (codes_with_dashes, []),
    (code_erased, [K.LOCKED_CHANGED]),
    (rows_filtered, [K.ROWS_HIDDEN]),
    (value_column_hidden, [K.ROWS_HIDDEN]),
    (unit_column_deleted, [K.COLUMN_MISSING]),
    (extra_sheet, [K.SHEET_EXTRA]),
    (note_below, [K.OUTSIDE_CONTENT]),
]


@pytest.mark.parametrize(("damage", "said"), SAME_ANSWERS, ids=[damage.__name__ for damage, _ in SAME_ANSWERS])
@pytest.mark.sample(8)
def test_answers_survive_and_what_was_recovered_is_said_once(
    returns: Returns, filled: bytes, damage: Callable[[Workbook], None], said: list[StructureKind]
) -> None:
    read = returns.after(filled, damage)
    assert answers(read) == answers(returns.read(filled))
    assert kinds(read) == said


def test_the_facts_name_what_was_expected_and_what_was_found(returns: Returns, filled: bytes) -> None:
    (renamed,) = facts(returns.after(filled, rename_sheet), K.SHEET_RENAMED)
    assert renamed.facts == {"expected": "Emploi", "found": "Emploi 2021 (copie)"}
    (title,) = facts(returns.after(filled, title_damaged), K.COLUMN_RENAMED)
    assert (title.cell, title.facts) == (f"D{HEADER}", {"column": "Valeur", "name": "valeur", "found": "Chiffre 2021"})
    (moved, *_) = facts(returns.after(filled, columns_swapped), K.COLUMN_MOVED)
    assert moved.facts["name"] in ("valeur", "ventilation")
    (unit,) = facts(returns.after(filled, unit_column_deleted), K.COLUMN_MISSING)
    assert unit.facts == {"column": "Unité", "name": "unite"}
    (erased,) = facts(returns.after(filled, code_erased), K.LOCKED_CHANGED)
    assert (erased.line, erased.facts) == (LINE, {"column": "Code", "name": "code", "old": LINE, "new": ""})
    (hidden,) = facts(returns.after(filled, sheet_hidden), K.SHEET_HIDDEN)
    assert hidden.facts == {"found": "Emploi", "count": 3}
    (filtered,) = facts(returns.after(filled, rows_filtered), K.ROWS_HIDDEN)
    assert filtered.facts["count"] == 4


def test_an_answer_carries_the_sheet_and_cell_that_it_stands_in_now(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        rows_above(book)
        rename_sheet(book)

    before, after = answer(returns.read(filled), LINE), answer(returns.after(filled, damage), LINE)
    assert (before.sheet, before.entry.cell[0]) == ("Emploi", "D")
    assert (after.sheet, after.entry.cell) == ("Emploi 2021 (copie)", f"D{int(before.entry.cell[1:]) + 3}")


def test_without_any_identity_nothing_is_attributed_but_the_likeness_is_noted(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        hidden_sheet_deleted(book)
        print_deleted(book)

    read = returns.after(filled, damage)
    assert (read.identity, read.observations, kinds(read)) == (None, (), [K.IDENTITY_MISSING])


def test_a_foreign_workbook_is_nobody_s_and_nothing_more(returns: Returns) -> None:
    def damage(book: Workbook) -> None:
        for sheet in book.worksheets[1:]:
            del book[sheet.title]
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                cell.value = None
        book.worksheets[0]["A1"] = "Budget 2021"

    read = returns.after(workbook("ETAT"), damage)
    assert (read.identity, read.structure, read.observations) == (None, (), ())


def test_two_identities_are_a_conflict_and_the_hidden_one_counts(returns: Returns, filled: bytes) -> None:
    others = returns.read(workbook("PE"))

    def damage(book: Workbook) -> None:
        import openpyxl

        other = openpyxl.load_workbook(returns.folder / "retour.xlsx").worksheets[0]
        small = next(str(c.value) for row in other.iter_rows() for c in row if "Réf. cvsheet" in str(c.value))
        print_deleted(book)
        book.worksheets[0]["B60"] = small

    assert others.identity is not None
    read = returns.after(filled, damage)
    (conflict,) = facts(read, K.IDENTITY_CONFLICT)
    assert read.identity is not None and read.identity.partner == ML
    assert (conflict.cell, conflict.facts["new"]) == ("B60", f"{others.identity.contract} · 2021 · PE")


def test_an_unknown_partner_is_returned_with_its_identity_and_nothing_else(returns: Returns, filled: bytes) -> None:
    from dataclasses import replace

    from cvsheet.books.partner.reading import submission_of
    from cvsheet.files.grid import open_grid

    from .conftest import amboise

    path = returns.folder / "x.xlsx"
    path.write_bytes(filled)
    fewer = replace(amboise(), partners=tuple(one for one in amboise().partners if one.code != ML))
    read = submission_of(open_grid(path), fewer, "x.xlsx")
    assert read.identity is not None and (read.identity.partner, read.observations) == (ML, ())


def test_a_sheet_that_was_deleted_is_one_fact_and_not_one_per_line(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        del book[SHEET]

    read = returns.after(filled, damage)
    (missing,) = facts(read, K.SHEET_MISSING)
    assert missing.facts["expected"] == "Emploi"
    assert K.LINE_MISSING not in kinds(read)


def test_a_deleted_row_is_a_missing_line_without_observation(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        book[SHEET].delete_rows(row_of(book[SHEET], LINE))

    read = returns.after(filled, damage)
    assert [(fact.sheet, fact.line) for fact in facts(read, K.LINE_MISSING)] == [(SHEET, LINE)]
    assert LINE not in {seen.line for seen in read.observations}


def test_a_deleted_value_column_is_one_fact_and_no_observation(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        book[SHEET].delete_cols(VALUE)

    read = returns.after(filled, damage)
    assert [fact.facts["name"] for fact in facts(read, K.COLUMN_MISSING)] == ["valeur"]
    assert SHEET not in {seen.sheet for seen in read.observations}


def test_a_column_title_that_stands_twice_is_said_and_the_second_is_left_over(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        book[SHEET].cell(HEADER, 15).value = "Valeur"
        book[SHEET].cell(FIRST, 15).value = 77

    read = returns.after(filled, damage)
    assert [fact.facts["column"] for fact in facts(read, K.COLUMN_TWICE)] == ["Valeur"]
    assert {"77"} == {leftover.text for leftover in read.leftovers}


def duplicate(sheet: Worksheet, code: str, value: object) -> int:
    """Copy the row of `code` below the table, with another value."""
    source, target = row_of(sheet, code), lines(sheet)[-1] + 1
    sheet.insert_rows(target)
    for column in range(1, 14):
        sheet.cell(target, column).value = copy(sheet.cell(source, column).value)
    sheet.cell(target, VALUE).value = value
    return target


def test_a_copied_row_is_told_with_both_values_and_the_first_is_kept(returns: Returns, filled: bytes) -> None:
    read = returns.after(filled, lambda book: duplicate(book[SHEET], LINE, 43) and None)
    (twice,) = facts(read, K.LINE_TWICE)
    assert answer(read, LINE).entry.answer.number == 42
    assert (twice.line, twice.facts["first"], twice.facts["second"], twice.facts["identical"]) == (
        LINE,
        "42 · Au 31 décembre",
        "43 · Au 31 décembre",
        False,
    )
    assert "43" in {leftover.text for leftover in read.leftovers}
    assert K.OUTSIDE_CONTENT not in kinds(read)


def test_a_row_copied_as_it_was_says_so(returns: Returns, filled: bytes) -> None:
    read = returns.after(filled, lambda book: duplicate(book[SHEET], LINE, 42) and None)
    assert [fact.facts["identical"] for fact in facts(read, K.LINE_TWICE)] == [True]


@pytest.mark.parametrize("code", ["EMP-P1-I99.M1", "EMP-P1-I01.M4", "EMP-P1-I02"])
def test_a_code_that_is_none_of_this_workbook_is_unknown_and_its_row_left_over(
    returns: Returns, filled: bytes, code: str
) -> None:
    def damage(book: Workbook) -> None:
        sheet = book[SHEET]
        row = lines(sheet)[-1] + 1
        sheet.insert_rows(row)
        sheet.cell(row, CODE).value, sheet.cell(row, VALUE).value = code, 5

    read = returns.after(filled, damage)
    assert [fact.facts["found"] for fact in facts(read, K.LINE_UNKNOWN)] == [code]
    assert {leftover.text for leftover in read.leftovers} == {code, "5"}
    assert kinds(read) == [K.LINE_UNKNOWN]


def test_a_note_in_the_code_column_is_a_note(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet.cell(lines(sheet)[-1] + 2, CODE).value = "Total : voir le bilan 2020"

    read = returns.after(filled, damage)
    (outside,) = facts(read, K.OUTSIDE_CONTENT)
    assert outside.facts == {"found": "Total : voir le bilan 2020", "count": 1}


def test_rows_sorted_without_their_codes_are_noticed(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        sheet = book[SHEET]
        first, second = row_of(sheet, LINE), row_of(sheet, "EMP-P1-I03.M1")
        move_rows(sheet, [first, second][::-1] if first < second else [first, second], 1, CODE - 1)

    read = returns.after(filled, damage)
    shuffled = facts(read, K.ROWS_SHUFFLED)
    assert {fact.line for fact in shuffled} == {LINE, "EMP-P1-I03.M1"}
    assert {fact.facts["found"] for fact in shuffled} == {LINE, "EMP-P1-I03.M1"}
    assert K.LOCKED_CHANGED not in kinds(read)


def test_hidden_columns_that_stayed_behind_are_said_to_be_hidden(returns: Returns, filled: bytes) -> None:
    """Nobody can see them, and what can be seen is right: nothing to mend for the partner."""

    def damage(book: Workbook) -> None:
        sheet = book[SHEET]
        move_rows(sheet, sorted((row_of(sheet, LINE), row_of(sheet, "EMP-P1-I03.M1")))[::-1], CODE + 1, CODE + 2)

    changed = facts(returns.after(filled, damage), K.LOCKED_CHANGED)
    assert {fact.line for fact in changed} == {LINE, "EMP-P1-I03.M1"}
    assert {find_rule("STR-040")(fact) for fact in changed} == {True}
    assert {find_rule("STR-016")(fact) for fact in changed} == {False}


def test_codes_sorted_alone_are_noticed_on_every_row_that_moved(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        sheet = book[SHEET]
        move_rows(sheet, lines(sheet)[::-1], CODE, CODE)

    read = returns.after(filled, damage)
    count = sum(seen.sheet == SHEET for seen in read.observations)
    told = len(facts(read, K.ROWS_SHUFFLED)) + len(facts(read, K.LOCKED_CHANGED))
    assert told >= count - 1  # the middle one may have stayed


@pytest.mark.parametrize(
    ("column", "name", "old", "new"),
    [(UNIT, "unite", "personnes", "ménages"), (1, "mesure", None, "Tout autre chose"), (8, "reference", "", 12)],
)
def test_a_locked_cell_that_was_changed_is_told_from_what_to_what(
    returns: Returns, filled: bytes, column: int, name: str, old: str | None, new: object
) -> None:
    def damage(book: Workbook) -> None:
        book[SHEET].cell(row_of(book[SHEET], LINE), column).value = new

    read = returns.after(filled, damage)
    (changed,) = facts(read, K.LOCKED_CHANGED)
    assert (changed.line, changed.facts["name"], changed.facts["new"]) == (LINE, name, str(new))
    assert old is None or changed.facts["old"] == old
    assert answer(read, LINE).entry.answer.number == 42


def test_the_former_value_is_protected_by_the_fingerprint_alone(returns: Returns) -> None:
    from cvsheet.books.partner.writing import partner_workbook

    from .conftest import amboise

    content = partner_workbook(amboise(), "2021", ML, previous={LINE: 40.0})
    assert kinds(returns.read(content)) == []

    def damage(book: Workbook) -> None:
        book[SHEET].cell(row_of(book[SHEET], LINE), FORMER).value = 41

    (changed,) = facts(returns.after(content, damage), K.LOCKED_CHANGED)
    assert (changed.facts["name"], changed.facts["new"]) == ("precedente", "41")


def test_a_contract_that_changed_since_is_no_change_by_the_partner(returns: Returns, filled: bytes) -> None:
    from dataclasses import replace

    from cvsheet.books.partner.reading import submission_of
    from cvsheet.files.grid import open_grid

    from .conftest import amboise

    path = returns.folder / "x.xlsx"
    path.write_bytes(filled)
    measures = tuple(replace(one, unit=f"{one.unit} !", title=f"{one.title} (corrigé)") for one in amboise().measures)
    renamed = replace(amboise(), measures=measures)
    read = submission_of(open_grid(path), renamed, "x.xlsx")
    assert read.identity is not None and read.identity.version != renamed.version_for(read.identity.campaign)
    assert read.structure == ()


def test_a_merged_answer_counts_once_and_every_line_under_it_is_told(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        row = row_of(book[SHEET], f"{LINE}/VER")
        book[SHEET].merge_cells(start_row=row, end_row=row + 1, start_column=VALUE, end_column=VALUE)

    read = returns.after(filled, damage)
    merged = facts(read, K.INPUT_MERGED)
    assert [fact.line for fact in merged] == [f"{LINE}/VER", f"{LINE}/PMP"]
    assert len({fact.facts["found"] for fact in merged}) == 1
    assert answer(read, f"{LINE}/VER").entry.answer.number == 30
    assert answer(read, f"{LINE}/PMP").entry.answer.kind is AnswerKind.BLANK


def test_merged_comments_mislead_nobody(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        row = row_of(book[SHEET], LINE)
        book[SHEET].merge_cells(start_row=row, end_row=row + 2, start_column=COMMENT, end_column=COMMENT)

    assert kinds(returns.after(filled, damage)) == []


def test_what_is_outside_is_kept_cell_by_cell_and_told_once_per_sheet(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet["P2"], sheet["P9"], sheet["D80"] = "à droite", "nd", 12.5
        book.worksheets[0]["H3"] = "appeler Mme Petit"
        sheet.cell(row_of(sheet, LINE), VALUE).comment = Comment("à vérifier", "Moi")
        sheet.cell(row_of(sheet, LINE), CONTROL).value = "vu avec la direction"

    read = returns.after(filled, damage)
    texts = {leftover.text for leftover in read.leftovers}
    assert {"à droite", "nd", "12,5", "appeler Mme Petit", "vu avec la direction"} <= texts
    assert any(text.startswith("Note : ") and "à vérifier" in text for text in texts)
    assert len(read.leftovers) == 6
    assert [(fact.sheet, fact.facts["count"]) for fact in facts(read, K.OUTSIDE_CONTENT)] == [
        ("Mode d’emploi", 1),
        (SHEET, 5),
    ]


def test_an_added_sheet_is_told_once_and_all_its_cells_are_kept(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        sheet = book.create_sheet("Calculs")
        sheet["A1"], sheet["A2"], sheet["B2"] = "Emploi", "nd", 12

    read = returns.after(filled, damage)
    assert [(fact.sheet, fact.facts["count"]) for fact in facts(read, K.SHEET_EXTRA)] == [("Calculs", 3)]
    assert [(one.sheet, one.cell, one.text) for one in read.leftovers] == [
        ("Calculs", "A1", "Emploi"),
        ("Calculs", "A2", "nd"),
        ("Calculs", "B2", "12"),
    ]


def test_values_stored_as_text_are_read(returns: Returns, filled: bytes) -> None:
    def damage(book: Workbook) -> None:
        cell = book[SHEET].cell(row_of(book[SHEET], LINE), VALUE)
        cell.number_format, cell.value = "@", "1\u202f234,5"

    entry = answer(returns.after(filled, damage), LINE).entry
    assert (entry.answer.number, entry.form) == (1234.5, Form.CONVERTED)


def test_formulas_errors_and_dates_keep_their_form(returns: Returns, filled: bytes) -> None:
    from datetime import datetime

    def damage(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet.cell(row_of(sheet, LINE), VALUE).value = "=40+2"
        sheet.cell(row_of(sheet, f"{LINE}/VER"), VALUE).value = "#N/A"
        sheet.cell(row_of(sheet, f"{LINE}/PMP"), VALUE).value = datetime(2021, 2, 1)

    read = returns.after(filled, damage)
    forms = [answer(read, code).entry.form for code in (LINE, f"{LINE}/VER", f"{LINE}/PMP")]
    assert forms == [Form.FORMULA_WITHOUT_VALUE, Form.EXCEL_ERROR, Form.DATE]


def test_actions_are_found_when_their_title_line_is_gone(returns: Returns) -> None:
    def damage(book: Workbook) -> None:
        for sheet in [sheet for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]:
            for row in range(sheet.max_row, 0, -1):
                if "Code action" in [cell.value for cell in sheet[row]]:
                    sheet.delete_rows(row)

    content = workbook(EN)
    read = returns.after(content, damage)
    assert answers(read) == answers(returns.read(content))
    assert set(kinds(read)) == {K.HEADER_RECOVERED}


def test_the_statement_of_an_action_is_read_in_any_case_and_its_progress_in_percent(returns: Returns) -> None:
    (action,) = {report.action for report in returns.read(workbook("CCAS")).actions}

    def damage(book: Workbook) -> None:
        for sheet in [sheet for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]:
            for row in range(1, sheet.max_row + 1):
                if action in [cell.value for cell in sheet[row]]:
                    sheet.cell(row, 2).value = "REALISEE"
                    sheet.cell(row, 3).value, sheet.cell(row, 3).number_format = 0.6, "0%"
                    sheet.cell(row, 4).value = "1er mars 2021"

    (report,) = returns.after(workbook("CCAS"), damage).actions
    assert report.entries["statut"].answer.text == "Réalisée"
    assert (report.entries["avancement"].answer.number, report.entries["avancement"].form) == (60, Form.PERCENT_CELL)
    assert report.entries["debut"].answer.text == "2021-03-01"
