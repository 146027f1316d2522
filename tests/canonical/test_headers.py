"""Tables are found by their titles, wherever people moved them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cvsheet.files.headers import find_settings, find_tables
from cvsheet.schema.tables import CANONICAL_TABLES, load_table
from tests.canonical.sheets import sheet_of

TABLES = [load_table(name) for name in CANONICAL_TABLES]
GLOSSARY, PARTNERS, RULES = load_table("glossaire"), load_table("partenaires"), load_table("regles")
CONTRACT = load_table("contrat")


def test_a_table_is_found_below_its_title_lines() -> None:
    sheet = sheet_of("Glossaire", ["Glossaire"], [], ["Sigle", "Sens du sigle"], ["QPV", "quartier prioritaire"])
    (found,) = find_tables(sheet, TABLES)
    assert (found.table, found.header_row, found.columns, found.last_row) == (GLOSSARY, 3, {"sigle": 1, "sens": 2}, 4)


def test_titles_are_known_without_accents_case_line_breaks_double_spaces_and_stars() -> None:
    sheet = sheet_of("R", ["CODE DE LA\nREGLE *", "ligne  de gauche", "Opérateur", "Ligne de droite", "Severite"])
    (found,) = find_tables(sheet, TABLES)
    assert list(found.columns) == ["code", "gauche", "operateur", "droite", "severite"]


@given(st.permutations([column.name for column in RULES.columns]), st.integers(1, 30), st.data())
def test_columns_may_stand_in_any_order_with_blank_ones_between(
    order: list[str], row: int, data: st.DataObject
) -> None:
    titles: list[str | None] = []
    expected = {}
    for name in order:
        titles += [None] * data.draw(st.integers(0, 2))
        titles.append(RULES.column(name).title)
        expected[name] = len(titles)
    (found,) = find_tables(sheet_of("R", titles, first_row=row), TABLES)
    assert (found.table, found.header_row, found.columns) == (RULES, row, expected)


def test_stacked_tables_end_before_the_title_of_the_next_one() -> None:
    sheet = sheet_of(
        "Objectifs",
        ["Code du pilier", "Nom de la feuille", "Intitulé du pilier"],
        ["EMP", "Emploi", "Emploi"],
        ["Priorités"],
        ["Les priorités, une par ligne, rattachées à un pilier."],
        ["Code de la priorité", "Pilier de la priorité", "Intitulé de la priorité"],
        ["P1", "EMP", "Animer"],
    )
    pillars, priorities = find_tables(sheet, TABLES)
    assert (pillars.table.name, pillars.last_row) == ("piliers", 2)
    assert (priorities.table.name, priorities.header_row, priorities.last_row) == ("priorites", 5, 6)


def test_a_title_of_the_coordinator_s_own_above_a_table_is_no_row_of_the_table_before() -> None:
    sheet = sheet_of(
        "Mes listes",
        ["Sigle", "Sens du sigle"],
        ["PE", "Pôle emploi"],
        [],
        ["Qui fait quoi"],
        ["Code", "Nom", "Type", "Contact"],
    )
    first, second = find_tables(sheet, TABLES)
    assert (first.last_row, second.table) == (3, PARTNERS)


def test_columns_that_are_not_ours_and_titles_that_stand_twice_are_told() -> None:
    sheet = sheet_of("G", ["Sigle", "Vu le", "Sens du sigle", "Sigle", "Vu le"])
    (found,) = find_tables(sheet, TABLES)
    assert found.columns == {"sigle": 1, "sens": 3}
    assert found.extras == {"Vu le": 2, "Sigle (2)": 4, "Vu le (2)": 5}
    assert found.twice == ("sigle",)


def test_a_damaged_key_title_does_not_hide_a_table_whose_other_titles_stand() -> None:
    titles = [column.title for column in RULES.columns]
    (found,) = find_tables(sheet_of("R", ["???", *titles[1:]]), TABLES)
    assert found.table == RULES
    assert "code" not in found.columns


def test_of_two_tables_that_share_titles_the_better_one_wins() -> None:
    campaigns = load_table("campagnes")
    (found,) = find_tables(sheet_of("C", [column.title for column in campaigns.columns]), TABLES)
    assert found.table == campaigns


def test_prose_and_lists_are_no_tables() -> None:
    sheet = sheet_of("Accueil", ["Code"], ["Type", "Nature", "Sens"], ["Pilier", "Intitulé du pilier", "Actions"])
    assert find_tables(sheet, TABLES) == ()


def test_settings_are_found_by_their_labels_in_any_column() -> None:
    rows = [[None, "Paramètre", None, "Valeur"], *([None, column.title, None, "x"] for column in CONTRACT.columns)]
    found = find_settings(sheet_of("Réglages", *rows, [None, "Devise", None, "euro"]), CONTRACT)
    assert found is not None
    assert (found.header_row, found.label_column, found.value_column) == (1, 2, 4)
    assert found.rows["nom"] == 3
    assert found.unknown == {"Devise": len(rows) + 1}


def test_settings_whose_header_was_deleted_have_their_values_beside_the_labels() -> None:
    found = find_settings(sheet_of("Contrat", *([column.title, "x"] for column in CONTRACT.columns)), CONTRACT)
    assert found is not None
    assert (found.header_row, found.value_column) == (0, 2)
