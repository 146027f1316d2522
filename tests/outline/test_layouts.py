"""Tables laid out in every way that people lay them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.books.contract.outline.model import PointSubject
from cvsheet.model.sheet_names import is_reserved
from tests.outline.documents import as_ods, as_text, as_xlsx, column, drafted, drawn, pairs, table

PLAIN = """
Pilier | Priorité | Objectif | Action | Indicateur
Emploi | Insertion | 1-1 Accompagner | - Atelier CV\\n- Permanence | - Nombre de jeunes suivis
| | 1-2 Former | - Stage | - Nombre de stages\\n- Taux de réussite
Cadre de vie | Propreté | 2-1 Nettoyer | - Ramassage | - Volume ramassé
"""


RESERVED = ("Journal", "Synthèse", "LISTES", "History", "Données", "Règles", "actions", "Accueil")


@pytest.mark.parametrize("pillar", RESERVED)
def test_a_sheet_has_no_name_that_check_refuses(tmp_path: Path, pillar: str) -> None:
    rows = f"{pillar} | P | O | - A | - I\nEmploi | P | O | - A | - I"
    names = column(drawn(tmp_path, f"Pilier | Priorité | Objectif | Action | Indicateur\n{rows}"), "piliers", "feuille")
    assert not [name for name in names if is_reserved(name)]
    assert pillar in names[0]
    assert names[1] == "Emploi"


def test_blanks_below_a_filled_cell_belong_to_it(tmp_path: Path) -> None:
    draft = drawn(tmp_path, PLAIN)
    assert pairs(draft, "priorites", "code", "pilier", "intitule") == [
        ("P1", "EMP", "Insertion"),
        ("P2", "CAD", "Propreté"),
    ]
    assert pairs(draft, "objectifs", "code", "priorite") == [("1-1", "P1"), ("1-2", "P1"), ("2-1", "P2")]
    assert pairs(draft, "actions", "code", "intitule") == [
        ("EMP-1-1-A01", "Atelier CV"),
        ("EMP-1-1-A02", "Permanence"),
        ("EMP-1-2-A01", "Stage"),
        ("CAD-2-1-A01", "Ramassage"),
    ]
    assert pairs(draft, "indicateurs", "code", "objectif") == [
        ("EMP-P1-I01.M1", "1-1"),
        ("EMP-P1-I02.M1", "1-2"),
        ("EMP-P1-I03.M1", "1-2"),
        ("CAD-P2-I01.M1", "2-1"),
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "name"),
    [
        ("utf-8", ";", "a.csv"),
        ("utf-8-sig", ",", "a.csv"),
        ("cp1252", ";", "a.csv"),
        ("cp1252", "\t", "a.txt"),
        ("utf-16", "\t", "a.txt"),
        ("utf-16-le", "\t", "a.tsv"),
        ("utf-16-be", ";", "a.csv"),
    ],
)
def test_a_text_is_read_in_any_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, delimiter: str, name: str
) -> None:
    draft = drafted(as_text(tmp_path / name, table(PLAIN), delimiter, encoding))
    assert column(draft, "priorites", "intitule") == ["Insertion", "Propreté"]
    assert len(draft.canonical.rows("indicateurs")) == 4


def test_a_quote_sign_that_nothing_closes_swallows_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('Pilier\tIndicateur\nEmploi\t"Nombre d’emplois\nSanté\tNombre de soins\n', encoding="utf-8")
    assert column(drafted(path), "piliers", "intitule") == ["Emploi", "Santé"]


MERGED = """
Pilier | Priorité | Objectif | Action | Indicateur
Emploi | Insertion | 1-1 Accompagner | Atelier CV | Nombre de jeunes suivis
| | 1-2 Former | Stage |
| | 1-3 Recruter | Forum |
Santé | Soins | 2-1 Soigner | Maison de santé | Nombre de patients
| | 2-2 Prévenir | Bus dentaire |
"""
MERGES = ((2, 1, 4, 1), (2, 2, 4, 2), (2, 5, 3, 5), (5, 1, 6, 1), (5, 2, 6, 2))


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_merged_cells_say_exactly_which_objectives_an_indicator_is_beside(tmp_path: Path, write: object) -> None:
    path = tmp_path / ("a.xlsx" if write is as_xlsx else "a.ods")
    (as_xlsx if write is as_xlsx else as_ods)(path, table(MERGED), MERGES)
    draft = drafted(path)
    stated = [point.done for point in draft.points if point.subject is PointSubject.BESIDE_INDICATOR]
    assert stated == [
        "En face de 1-1 et 1-2 (la cellule est fusionnée) : indicateurs rattachés à la priorité, sans objectif."
    ]
    assert column(draft, "indicateurs", "objectif") == ["", "2-1"]


def test_columns_stand_in_any_order_under_other_titles(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Critères d’évaluation | Projets | Orientations stratégiques | Axes | Objectifs opérationnels
        Nombre d’emplois | Forum | Insertion | Emploi | Recruter
        """,
    )
    assert pairs(draft, "piliers", "intitule") == [("Emploi",)]
    assert pairs(draft, "priorites", "intitule") == [("Insertion",)]
    assert pairs(draft, "objectifs", "code", "intitule") == [("1-1", "Recruter")]
    assert pairs(draft, "actions", "intitule") == [("Forum",)]
    assert pairs(draft, "indicateurs", "mesure") == [("Nombre d’emplois",)]


@pytest.mark.parametrize(
    ("titles", "pillar", "priority", "objective"),
    [
        ("Axe | Objectif stratégique | Objectif opérationnel | Indicateurs", "a", "b", "c"),
        ("Thématique | Objectif | Sous-objectif | Indicateurs de suivi", "a", "b", "c"),
        ("Pilier | Axe | Objectif | Indicateurs", "a", "b", "c"),
        ("Volet | Enjeux | Objectifs visés par le contrat | Intitulé de l’indicateur", "a", "b", "c"),
    ],
)
def test_a_word_that_names_two_levels_is_read_beside_the_others(
    tmp_path: Path, titles: str, pillar: str, priority: str, objective: str
) -> None:
    draft = drawn(tmp_path, f"{titles}\na | b | c | Nombre de d")
    found = [column(draft, name, "intitule") for name in ("piliers", "priorites", "objectifs")]
    assert found == [[pillar], [priority], [objective]]


def test_without_a_priority_column_one_per_pillar_is_proposed_and_stated(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier | Objectif | Action | Indicateur
        Emploi | Recruter | Forum | Nombre d’emplois
        Santé | Soigner | Bus dentaire | Nombre de soins
        """,
    )
    assert pairs(draft, "priorites", "code", "pilier", "intitule") == [("P1", "EMP", "Emploi"), ("P2", "SAN", "Santé")]
    unnamed = [point.code for point in draft.points if point.subject is PointSubject.UNNAMED]
    assert unnamed == ["P1", "P2"]


def test_indicators_alone_make_a_contract_whose_branches_are_to_be_named(tmp_path: Path) -> None:
    draft = drawn(tmp_path, "Action | Indicateur\nForum | Nombre d’emplois")
    assert column(draft, "actions", "code") == ["ENS-1-1-A01"]
    assert column(draft, "indicateurs", "code") == ["ENS-P1-I01.M1"]
    assert sum(point.subject is PointSubject.UNNAMED for point in draft.points) == 3


def test_a_row_with_one_text_names_the_pillar_of_the_rows_below(tmp_path: Path) -> None:
    rows = table(
        """
        Objectif | Action | Indicateur
        PILIER 1 : Emploi
        Recruter | Forum | Nombre d’emplois
        PILIER 2 : Santé
        Soigner | Bus dentaire | Nombre de soins
    """.replace("\n    ", "\n").rstrip()
    )
    draft = drafted(as_xlsx(tmp_path / "a.xlsx", rows, [(2, 1, 2, 3), (4, 1, 4, 3)]))
    assert pairs(draft, "piliers", "code", "intitule") == [("EMP", "Emploi"), ("SAN", "Santé")]
    assert column(draft, "indicateurs", "code") == ["EMP-P1-I01.M1", "SAN-P2-I01.M1"]


def test_a_merged_band_names_a_pillar_even_without_the_word(tmp_path: Path) -> None:
    rows = [["Objectif", "Indicateur"], ["Emploi", ""], ["Recruter", "Nombre d’emplois"]]
    draft = drafted(as_xlsx(tmp_path / "a.xlsx", rows, [(2, 1, 2, 2)]))
    assert column(draft, "piliers", "intitule") == ["Emploi"]


SECTIONS = """
Objectif | Action | Indicateur
Emploi | |
Insérer | Ateliers | Nombre d’ateliers
Former | Parcours | Nombre de parcours
Santé | |
Soigner | Maison de santé | Nombre de soins
Prévenir | Dépistage | Nombre de dépistages
"""


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
@pytest.mark.parametrize("merged", [(2,), (5,), (2, 5)])
def test_a_section_that_nobody_merged_is_one_beside_merged_sisters(
    tmp_path: Path, write: object, merged: tuple[int, ...]
) -> None:
    path = tmp_path / ("a.xlsx" if write is as_xlsx else "a.ods")
    merges = [(row, 1, row, 3) for row in merged]
    (as_xlsx if write is as_xlsx else as_ods)(path, table(SECTIONS), merges)
    draft = drafted(path)
    assert column(draft, "piliers", "intitule") == ["Emploi", "Santé"]
    assert column(draft, "objectifs", "intitule") == ["Insérer", "Former", "Soigner", "Prévenir"]


def test_objectives_without_action_are_no_sections(tmp_path: Path) -> None:
    rows = table("Objectif | Action | Indicateur\nEmploi | |\nInsérer | Ateliers | Nombre\nFormer | |\nLoger | |")
    draft = drafted(as_xlsx(tmp_path / "a.xlsx", rows, [(2, 1, 2, 3)]))
    assert column(draft, "objectifs", "intitule") == ["Insérer", "Former", "Loger"]


@pytest.mark.parametrize(
    ("titles", "wanted"),
    [
        ("Axe | Sous-axe | Action | Indicateurs", ("Emploi", "Insérer", None)),
        ("Thématique | Sous-thématique | Objectif | Indicateurs", ("Emploi", "Insérer", "Ateliers")),
        ("Priorité | Sous-priorité | Action | Indicateurs", (None, "Emploi", "Insérer")),
        ("Axe | Objectif | Sous-objectif | Indicateurs", ("Emploi", "Insérer", "Ateliers")),
    ],
)
def test_what_stands_below_a_level_is_one(tmp_path: Path, titles: str, wanted: tuple[str | None, ...]) -> None:
    draft = drafted(as_xlsx(tmp_path / "a.xlsx", table(f"{titles}\nEmploi | Insérer | Ateliers | Nombre d’ateliers")))
    for name, title in zip(("piliers", "priorites", "objectifs"), wanted, strict=True):
        assert title is None or column(draft, name, "intitule") == [title]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_whatever_office_saved_it(tmp_path: Path, encoding: str) -> None:
    rows = table("Pilier | Priorité | Indicateur\nCohésion à l’école | Gérer les déchets | Déchets collectés")
    draft = drafted(as_text(tmp_path / "a.csv", rows, encoding=encoding))
    assert column(draft, "piliers", "intitule") == ["Cohésion à l’école"]
    assert column(draft, "priorites", "intitule") == ["Gérer les déchets"]


def test_a_table_that_repeats_its_branches_on_each_row_has_each_of_them_once(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier | Objectif | Action | Indicateur
        Emploi | Recruter | Forum | Nombre d’emplois
        Emploi | Recruter | Job dating | Nombre d’emplois
        Emploi | Former | Stage |
        """,
    )
    assert column(draft, "piliers", "intitule") == ["Emploi"]
    assert column(draft, "objectifs", "intitule") == ["Recruter", "Former"]
    assert pairs(draft, "indicateurs", "objectif", "mesure") == [("1-1", "Nombre d’emplois")]


def test_titles_above_empty_rows_and_totals_below_are_no_part_of_the_table(tmp_path: Path) -> None:
    rows = table(PLAIN.strip())
    rows = [
        ["Contrat de ville de Gien"],
        [],
        *rows[:2],
        [],
        *rows[2:],
        ["Total", "", "", "4", "4"],
        [],
        ["Source : ville"],
    ]
    draft = drafted(as_text(tmp_path / "a.csv", rows))
    assert len(draft.canonical.rows("indicateurs")) == 4
    assert draft.canonical.rows("contrat")[0].text("nom") == "Contrat de ville de Gien"
    outside = [point.passage.text for point in draft.points if point.subject is PointSubject.OUTSIDE]
    assert outside == ["Contrat de ville de Gien", "Total", "4", "4", "Source : ville"]


def test_a_header_repeated_on_each_page_is_no_row(tmp_path: Path) -> None:
    rows = table(PLAIN.strip())
    draft = drafted(as_text(tmp_path / "a.csv", [*rows[:3], rows[0], *rows[3:]]))
    assert column(draft, "piliers", "intitule") == ["Emploi", "Cadre de vie"]


def test_a_row_that_begins_like_titles_is_a_row(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Objectif | Indicateur
        Recruter | Nombre d’emplois
        Objectif zéro déchet | Indicateur de propreté
        """,
    )
    assert column(draft, "indicateurs", "mesure") == ["Nombre d’emplois", "Indicateur de propreté"]


def test_titles_in_two_rows_are_read_together(tmp_path: Path) -> None:
    rows = table("""
Pilier | Objectif | Actions | | Indicateurs | |
 | | Intitulé | Pilote | N° | Libellé | Cible
Emploi | Recruter | Forum | ML | 1 | Nombre d’emplois | 40
 | Former | Stage | CAF | 2 | Nombre de stages | 12
""")
    merges = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 7)]
    draft = drafted(as_xlsx(tmp_path / "a.xlsx", rows, merges))
    assert pairs(draft, "actions", "objectif", "intitule") == [("1-1", "Forum"), ("1-2", "Stage")]
    assert [record.extras for record in draft.canonical.rows("actions")] == [
        {"Pilote (document)": "ML"},
        {"Pilote (document)": "CAF"},
    ]
    assert column(draft, "indicateurs", "mesure") == ["Nombre d’emplois", "Nombre de stages"]
    assert [record.extras for record in draft.canonical.rows("indicateurs")] == [
        {"N°": "1", "Cible (document)": "40"},
        {"N°": "2", "Cible (document)": "12"},
    ]


def test_numbers_in_a_column_of_their_own_make_the_codes(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier | N° | Objectif | Indicateur
        Emploi | 1.1 | Recruter | Nombre d’emplois
        | 1.2 | Former | Nombre de stages
        """,
    )
    assert pairs(draft, "objectifs", "code", "intitule") == [("1.1", "Recruter"), ("1.2", "Former")]


def test_other_columns_follow_the_row_that_they_speak_of(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Objectif | Action | Pilote | Indicateur | Cible 2026 | Cible
        Recruter | Forum | Mission locale | Nombre d’emplois | 40 | haute
        """,
    )
    (action,), (measure,) = draft.canonical.rows("actions"), draft.canonical.rows("indicateurs")
    assert action.extras == {"Pilote (document)": "Mission locale"}
    assert measure.extras == {"Cible 2026": "40", "Cible (document)": "haute"}


def test_two_columns_of_indicators_are_both_read(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Objectif | Indicateurs de réalisation | Indicateurs de résultat
        Recruter | Nombre de forums | Nombre d’emplois
        """,
    )
    assert column(draft, "indicateurs", "mesure") == ["Nombre de forums", "Nombre d’emplois"]


def test_numbers_that_start_again_in_each_pillar_are_replaced(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier | Priorité | Indicateur
        Emploi | Priorité 1 : Insérer | Nombre d’emplois
        Santé | Priorité 1 : Soigner | Nombre de soins
        """,
    )
    assert pairs(draft, "priorites", "code", "intitule") == [("P1", "Insérer"), ("P2", "Soigner")]


def test_an_objective_under_a_priority_of_another_number_is_stated(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier | Priorité | Objectif | Indicateur
        Emploi | Priorité 1 Insérer | 1-1 Recruter | Nombre d’emplois
        | | 2-1 Former | Nombre de stages
        """,
    )
    (record,) = (record for record in draft.canonical.rows("objectifs") if record.extras)
    assert record.text("code") == "2-1"
    assert record.extras == {"À vérifier": "2-1 relève-t-il bien de P1 ?"}


def test_pillars_that_begin_alike_have_codes_of_their_own(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier | Indicateur
        Cohésion sociale | Nombre de a
        Cohésion urbaine | Nombre de b
        Les cohésions | Nombre de c
        """,
    )
    assert column(draft, "piliers", "code") == ["COH", "CU", "COHESIONS"]


def test_a_long_title_makes_a_sheet_name_that_ends_at_a_telling_word(tmp_path: Path) -> None:
    draft = drawn(
        tmp_path,
        """
        Pilier | Indicateur
        Valeurs de la République et citoyenneté | Nombre de a
        Valeurs de la République et laïcité | Nombre de b
        Emploi/formation : agir | Nombre de c
        L'emploi d'aujourd'hui | Nombre de d
        """,
    )
    assert column(draft, "piliers", "feuille") == [
        "Valeurs de la République",
        "VRL Valeurs de la République",
        "Emploi formation agir",
        "L'emploi d'aujourd'hui",
    ]
