"""What the coordination types in a master survives every rebuild, at its row or on *Notes orphelines*.

C1 arbitrations, motives, comments and added columns come back, whatever is sorted, renamed, reordered or resaved
C2 what has no row any more is kept as an orphan, and goes home when its row comes back
C3 a decision replaces the computed value everywhere, and says when its answers changed or its motive lacks
C4 decisions of other campaigns are carried over and can be changed
C5 nothing is written where a former master cannot be read back
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from cvsheet.errors import OutputError
from cvsheet.files.grid import open_grid
from cvsheet.model.framework import Framework
from cvsheet.workflows.consolidate import consolidate
from tests.conftest import Convert
from tests.consolidation.frameworks import framework, measure, share
from tests.master.test_accounts import judged, returned
from tests.opened import opened

CONTRACT = framework(
    measure("SUM.M1", breakdowns=("quartier",)),
    measure("ALL.M1"),
    share("SHARE.M1", "SUM.M1", "ALL.M1"),
    measure("TEXT.M1", "texte", type="texte", headline=False),
)
RETURNS = ("2021 A SUM.M1 15", "2021 B SUM.M1 5", "2021 A ALL.M1 100", "2020 A SUM.M1 8", "2020 A ALL.M1 80")
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines


def rebuild(folder: Path, *rows: str, contract: Framework = CONTRACT, campaign: str = "2021") -> Path:
    """The master of the returns `rows` in `folder`, made over the former one where there is one."""
    typed: dict[tuple[str, str], dict[str, float | str]] = {}
    for row in rows or RETURNS:
        year, partner, line, answer = row.split()
        typed.setdefault((partner, year), {})[line] = float(answer)
    submissions = [returned(partner, given, year) for (partner, year), given in typed.items()]
    return consolidate(contract, judged(*submissions), campaign, folder).path


def edit(path: Path, *changes: Callable[[Any], None]) -> None:
    """Open the master as a person does, change it, save it."""
    book = opened(path)
    for change in changes:
        change(book)
    book.save(path)


def typing(sheet: str, row_key: str, title: str, value: object, key: str = "Code") -> Callable[[Any], None]:
    """Types `value` under `title` in the row called `row_key`; a title that is not there is added at the right."""

    def change(book: Any) -> None:
        page = book[sheet]
        titles = {cell.value: cell.column for cell in page[4]}
        column = titles.get(title) or page.max_column + 1
        page.cell(4, column).value = title
        row = next(row for row in range(5, page.max_row + 1) if page.cell(row, titles[key]).value == row_key)
        page.cell(row, column).value = value

    return change


def shown(path: Path, line: str, title: str, sheet: str = "Pilier", key: str = "Code") -> object:
    """What `sheet` shows under `title` in the first row called `line`."""
    page = next(one for one in open_grid(path).sheets if one.name == sheet)
    titles = {cell.value: column for column, cell in page.rows[4].items()}
    cells = (row for number, row in page.rows.items() if number > 4)
    column = titles[key]
    row = next((row for row in cells if column in row and row[column].value == line), {})
    cell = row.get(titles.get(title, 0))
    return cell.value if cell else None


def orphans(path: Path) -> list[tuple[object, ...]]:
    """Key, column, content and reason of each note without a row."""
    page = next(one for one in open_grid(path).sheets if one.name == "Notes orphelines")
    rows = (row for number, row in sorted(page.rows.items()) if number > 4 and len(row) > 2)
    return [tuple(row[column].value if column in row else None for column in (2, 3, 4, 5)) for row in rows]


@pytest.mark.parametrize(
    ("sheet", "row", "title", "value", "key"),
    [
        ("Pilier", "SUM.M1", "Valeur arbitrée 2021", 18, "Code"),
        ("Pilier", "SUM.M1", "Motif 2021", "vu avec A", "Code"),
        ("Pilier", "SUM.M1/N", "Commentaire coordination 2021", "à revoir", "Code"),
        ("Pilier", "TEXT.M1", "Avis du comité", "favorable", "Code"),
        ("Pilier", "TEXT.M1", "Montant", 12.5, "Code"),
        ("Contributions", "SUM.M1", "Relance", "=1+1", "Code"),
        ("Données", "A", "Vérifié", "oui", "Partenaire"),
    ],
)
@pytest.mark.sample(1)
def test_what_was_typed_stands_at_its_row_after_two_rebuilds(
    tmp_path: Path, sheet: str, row: str, title: str, value: object, key: str
) -> None:
    path = rebuild(tmp_path)
    edit(path, typing(sheet, row, title, value, key))
    for _ in range(2):
        rebuild(tmp_path)
        assert shown(path, row, title, sheet, key) == value
        assert orphans(path) == []


def test_a_rebuild_without_news_gives_the_same_bytes(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 18))
    once = rebuild(tmp_path).read_bytes()
    assert rebuild(tmp_path).read_bytes() == once


def test_notes_follow_their_line_when_the_framework_is_reordered_and_relabelled(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", "vu avec A"))
    edit(path, typing("Pilier", "SUM.M1", "Avis", "favorable"))
    renamed = tuple(replace(one, title=f"Nouveau {one.title}") for one in reversed(CONTRACT.measures))
    pillar = replace(CONTRACT.pillars[0], sheet="Emploi")
    rebuild(tmp_path, contract=replace(CONTRACT, measures=renamed, pillars=(pillar,)))
    assert shown(path, "SUM.M1", "Motif 2021", "Emploi") == "vu avec A"
    assert shown(path, "SUM.M1", "Avis", "Emploi") == "favorable"


def test_rows_sorted_and_columns_moved_by_hand_change_nothing(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "ALL.M1", "Motif 2021", "vu avec A"))

    def shuffle(book: Any) -> None:
        page = book["Pilier"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
        order = [1, 0, *range(2, len(rows[0]))]
        for number, row in enumerate([rows[0], *reversed(rows[1:])], start=4):
            for column, source in enumerate(order, start=1):
                page.cell(number, column).value = row[source]

    edit(path, shuffle)
    rebuild(tmp_path)
    assert shown(path, "ALL.M1", "Motif 2021") == "vu avec A"


FORMER = {
    "Pilier": (
        "Code Priorité Objectif Indicateur Mesure Ventilation Unité Sens Référence Statut_de_la_référence Cible "
        "Statut_de_la_cible Valeur_2020 Valeur_2021 Tendance Valeur_calculée Valeur_arbitrée_2021 Valeur_retenue "
        "Variation Progression Attendu Situation Retard_(mois) Couverture Réponses_en_texte_et_remarques Arbitrage "
        "Motif_2021 Commentaire_coordination_2021 D’après Date_de_la_référence Durée_écoulée Agrégation Principale"
    ),
    "Décisions": (
        "Campagne Ligne Mesure Valeur_calculée Valeur_arbitrée Motif Commentaire_coordination État Décidée_d’après "
        "Réponses_actuelles Valeur_décidée_alors"
    ),
    "Données": (
        "Campagne Partenaire Ligne Grandeur Réponse Valeur Texte Compte Écartée_par Devenir Commentaire Année Source "
        "Fichier Feuille Cellule Saisie Rang Répond Poids Retenu Valeur_×_poids Lecture Clé Clé_avec_partenaire"
    ),
}
"""The columns of masters until November 2026, in their order; what they lacked is left out."""


def as_formerly(book: Any) -> None:
    """Put the columns where they stood, those that a person added last."""
    for sheet, titles in FORMER.items():
        page = book[sheet]
        former = [title.replace("_", " ") for title in titles.split()]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
        own = [title for title in rows[0] if title == "Avis"]
        order = [rows[0].index(title) for title in (*former, *own)]
        for number, row in enumerate(rows, start=4):
            for column in range(len(row)):
                page.cell(number, column + 1).value = row[order[column]] if column < len(order) else None


@pytest.mark.long
def test_a_master_laid_out_as_formerly_gives_its_decisions_and_notes(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    for title, value in (
        ("Valeur arbitrée 2021", 18),
        ("Motif 2021", "vu avec A"),
        ("Commentaire coordination 2021", "à revoir"),
    ):
        edit(path, typing("Pilier", "SUM.M1", title, value))
    edit(path, typing("Pilier", "ALL.M1", "Avis", "favorable"))
    rebuild(tmp_path)
    edit(path, typing("Données", "B", "Avis", "demander", "Partenaire"))
    edit(path, as_formerly)
    rebuild(tmp_path)
    told = [
        shown(path, "SUM.M1", title)
        for title in ("Valeur arbitrée 2021", "Motif 2021", "Commentaire coordination 2021")
    ]
    assert told == [18, "vu avec A", "à revoir"]
    assert shown(path, "ALL.M1", "Avis") == "favorable"
    assert shown(path, "SUM.M1", "Décidée d’après", "Décisions", "Ligne") == "A 15 · B 5"
    assert shown(path, "B", "Avis", "Données", "Partenaire") == "demander"
    assert orphans(path) == []


@pytest.mark.long
def test_a_note_whose_line_is_gone_becomes_an_orphan_and_goes_home_with_its_line(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    for title, value in (("Valeur arbitrée 2021", 90), ("Motif 2021", "vu avec A"), ("Avis", "favorable")):
        edit(path, typing("Pilier", "ALL.M1", title, value))
    fewer = replace(CONTRACT, measures=tuple(one for one in CONTRACT.measures if one.code == "SUM.M1"))
    for _ in range(2):
        rebuild(tmp_path, "2021 A SUM.M1 15", contract=fewer)
        assert sorted(orphans(path), key=str) == [
            ("2021 | ALL.M1", "Motif", "vu avec A", "La ligne n’existe plus."),
            ("2021 | ALL.M1", "Valeur arbitrée", 90, "La ligne n’existe plus."),
            ("ALL.M1", "Avis", "favorable", "La ligne n’existe plus."),
        ]
    rebuild(tmp_path)
    assert orphans(path) == []
    assert shown(path, "ALL.M1", "Valeur retenue") == 90
    assert shown(path, "ALL.M1", "Avis") == "favorable"


def test_what_stands_outside_the_rows_is_listed_with_its_cell(tmp_path: Path) -> None:
    path = rebuild(tmp_path)

    def write(book: Any) -> None:
        book["Pilier"].cell(40, 50).value = "penser au COPIL"
        book["Pilier"].cell(41, 4).value = "relire avec B"
        book["Pilier"]["A5"].comment = Comment("à vérifier", "moi")

    edit(path, write)
    for _ in range(2):
        rebuild(tmp_path)
        assert [row[2:] for row in orphans(path)] == [
            ("penser au COPIL", "Tapé hors des lignes du tableau."),
            ("relire avec B", "Tapé hors des lignes du tableau."),
            ("à vérifier", "Commentaire de cellule."),
        ]


def test_a_number_changed_in_the_data_is_not_kept_and_says_so(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Données", "SUM.M1", "Valeur", 99, "Ligne"))
    rebuild(tmp_path)
    assert shown(path, "SUM.M1", "Valeur 2021") == 20
    ((key, title, value, _),) = orphans(path)
    assert (key, title, value) == ("2020 | A | SUM.M1 | valeur", "Valeur", 99)


@pytest.mark.parametrize("title", ["Valeur retenue", "Valeur 2021", "Situation"])
@pytest.mark.sample(1)
def test_what_was_typed_over_a_formula_is_not_kept_and_says_so(tmp_path: Path, title: str) -> None:
    path = rebuild(tmp_path)
    computed = shown(path, "SUM.M1", title)
    edit(path, typing("Pilier", "SUM.M1", title, "99"))
    rebuild(tmp_path)
    assert shown(path, "SUM.M1", title) == computed
    ((key, column, value, _),) = orphans(path)
    assert (key, column, value) == ("SUM.M1", title, "99")


def test_notes_survive_libreoffice(tmp_path: Path, libreoffice: Convert) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 18.25))
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", "vu avec A ; « accord »"))
    edit(path, typing("Pilier", "SUM.M1/N", "Avis", "favorable"))
    rebuild(tmp_path)
    shutil.copy(libreoffice(path, "xlsx"), path)
    rebuild(tmp_path)
    assert shown(path, "SUM.M1", "Valeur retenue") == 18.25
    assert shown(path, "SUM.M1", "Motif 2021") == "vu avec A ; « accord »"
    assert shown(path, "SUM.M1/N", "Avis") == "favorable"
    assert shown(path, "SUM.M1", "Arbitrage") == "Arbitrée"
    assert orphans(path) == []


def test_a_formula_typed_as_a_decision_counts_as_its_value_and_is_listed(tmp_path: Path, libreoffice: Convert) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", "=(15+21)/2"))
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", "=1/0"))
    shutil.copy(libreoffice(path, "xlsx"), path)
    for _ in range(2):
        rebuild(tmp_path)
        assert shown(path, "SUM.M1", "Valeur retenue") == 18
        assert [row[2:] for row in orphans(path)] == [
            ("=(15+21)/2", "Formule remplacée par sa dernière valeur."),
            ("=1/0", "Formule remplacée par sa dernière valeur."),
        ]


def test_a_decision_replaces_the_value_everywhere_and_keeps_the_computed_one(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 40))
    rebuild(tmp_path)
    assert (shown(path, "SUM.M1", "Valeur calculée"), shown(path, "SUM.M1", "Valeur 2021")) == (20, 40)
    assert shown(path, "SHARE.M1", "Valeur retenue") == 40  # of 100
    assert shown(path, "SUM.M1", "Variation") == 4  # 8 the year before


@pytest.mark.parametrize(
    ("typed", "motive", "retained", "state"),
    [
        (40, "vu avec A", 40, "Arbitrée"),
        (40, None, 40, "Motif à donner"),
        ("1 040,5", "vu avec A", 1040.5, "Arbitrée"),
        ("nd", "vu avec A", None, "Arbitrée"),
        ("N.D.", "vu avec A", None, "Arbitrée"),
        ("env. 40", "vu avec A", 20, "À retaper : nombre, nd, ns ou so"),
        (-5, "vu avec A", -5, "À vérifier : hors des bornes de la mesure"),
        (date(2021, 3, 1), "vu avec A", 20, "À retaper : nombre, nd, ns ou so"),
    ],
)
@pytest.mark.sample(1)
def test_what_may_be_typed_as_a_decision(
    tmp_path: Path, typed: object, motive: str | None, retained: float | None, state: str
) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", typed))
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", motive))
    rebuild(tmp_path)
    assert shown(path, "SUM.M1", "Valeur retenue") in (retained, "" if retained is None else retained)
    assert shown(path, "SUM.M1", "Arbitrage") == state


def test_what_is_refused_as_a_decision_stays_refused(tmp_path: Path, libreoffice: Convert) -> None:
    """The 0.9 of a cell that shows 90 % counts no persons, at the next rebuild either, nor once recalculated."""
    path = rebuild(tmp_path)

    def percent(book: Any) -> None:
        typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 0.9)(book)
        for row in book["Pilier"].iter_rows():
            for cell in row:
                if cell.value == 0.9:
                    cell.number_format = "0%"

    edit(path, percent)
    for _ in range(2):
        rebuild(tmp_path)
        assert shown(path, "SUM.M1", "Valeur retenue") == 20
        assert shown(libreoffice(path, "xlsx"), "SUM.M1", "Valeur retenue") == 20


@pytest.mark.long
def test_a_decision_says_when_its_answers_changed_until_it_is_confirmed(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 40))
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", "vu avec A"))
    rebuild(tmp_path)
    assert shown(path, "SUM.M1", "Arbitrage") == "Arbitrée"
    changed = ("2021 A SUM.M1 17", *RETURNS[1:])
    for _ in range(2):
        rebuild(tmp_path, *changed)
        assert shown(path, "SUM.M1", "Arbitrage") == "Réponses changées depuis"
        assert shown(path, "SUM.M1", "Décidée d’après", "Décisions", "Ligne") == "A 15 · B 5"
        assert shown(path, "SUM.M1", "Réponses actuelles", "Décisions", "Ligne") == "A 17 · B 5"
    edit(path, typing("Décisions", "SUM.M1", "Décidée d’après", None, "Ligne"))
    rebuild(tmp_path, *changed)
    assert shown(path, "SUM.M1", "Arbitrage") == "Arbitrée"


def test_a_new_value_is_a_new_decision(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 40))
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", "vu avec A"))
    rebuild(tmp_path)
    rebuild(tmp_path, "2021 A SUM.M1 17")
    edit(path, typing("Pilier", "SUM.M1", "Valeur arbitrée 2021", 41))
    rebuild(tmp_path, "2021 A SUM.M1 17")
    assert shown(path, "SUM.M1", "Arbitrage") == "Arbitrée"


@pytest.mark.long
def test_decisions_of_another_campaign_count_in_the_next_master_and_change_there(tmp_path: Path) -> None:
    former = rebuild(tmp_path, campaign="2020")
    edit(former, typing("Pilier", "SUM.M1", "Valeur arbitrée 2020", 10))
    edit(former, typing("Pilier", "SUM.M1", "Motif 2020", "vu avec A"))
    path = rebuild(tmp_path)
    assert shown(path, "SUM.M1", "Valeur 2020") == 10
    assert shown(path, "SUM.M1", "Motif", "Décisions", "Ligne") == "vu avec A"
    edit(path, typing("Décisions", "SUM.M1", "Valeur arbitrée", 12, "Ligne"))
    rebuild(tmp_path)
    assert shown(path, "SUM.M1", "Valeur 2020") == 12
    assert orphans(path) == [
        (
            "2020 | SUM.M1",
            "Valeur arbitrée",
            10,
            "Autre version de la même note : celle du classeur remplacé est gardée.",
        )
    ]


def test_a_decision_in_another_campaign_moves_the_history_in_a_spreadsheet(
    tmp_path: Path, libreoffice: Convert
) -> None:
    former = rebuild(tmp_path, campaign="2020")
    edit(former, typing("Pilier", "SUM.M1", "Commentaire coordination 2020", "à voir"))
    path = rebuild(tmp_path)
    edit(path, typing("Décisions", "SUM.M1", "Valeur arbitrée", 16, "Ligne"))
    live = libreoffice(path, "xlsx")
    assert shown(live, "SUM.M1", "Valeur 2020") == 16
    assert shown(live, "SUM.M1", "Variation") == 0.25


@pytest.mark.parametrize("content", [b"", b"pas un classeur", b"PK\x03\x04 coup\xc3\xa9"])
def test_nothing_is_written_over_a_master_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = rebuild(tmp_path)
    path.write_bytes(content)
    with pytest.raises(OutputError, match=r"ne peut pas être relu.*rien n’a été écrit"):
        rebuild(tmp_path)
    assert path.read_bytes() == content


def test_nor_over_a_workbook_of_another_kind_or_contract(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    other = replace(CONTRACT, contract=replace(CONTRACT.contract, code="autre"))
    shutil.copy(path, tmp_path / "autre_2021_maitre.xlsx")
    with pytest.raises(OutputError, match="est celui du contrat « essai »"):
        rebuild(tmp_path, contract=other)
    openpyxl.Workbook().save(path)
    kept = path.read_bytes()
    with pytest.raises(OutputError, match="n’est pas un classeur maître"):
        rebuild(tmp_path)
    assert path.read_bytes() == kept


def test_a_master_saved_by_libreoffice_is_kept_and_gives_the_same_bytes_again(
    tmp_path: Path, libreoffice: Convert
) -> None:
    path = rebuild(tmp_path)
    written = path.read_bytes()
    shutil.copy(libreoffice(path, "xlsx"), path)
    assert rebuild(tmp_path).read_bytes() == written
    assert len(list((tmp_path / "archives").iterdir())) == 1


def test_a_master_that_a_person_saved_is_kept_as_it_was(tmp_path: Path) -> None:
    path = rebuild(tmp_path)
    rebuild(tmp_path)
    assert not (tmp_path / "archives").exists()
    edit(path, lambda book: book.create_sheet("Mes calculs"))
    touched = path.read_bytes()
    rebuild(tmp_path)
    (copy,) = (tmp_path / "archives").iterdir()
    assert copy.read_bytes() == touched


def test_a_master_under_another_name_or_elsewhere_is_not_forgotten_in_silence(tmp_path: Path) -> None:
    results = tmp_path / "sorties"
    path = rebuild(results)
    edit(path, typing("Pilier", "SUM.M1", "Motif 2021", "vu avec A"))
    path.rename(results / "Maître relu.xlsx")
    for target in (results, tmp_path / "autre"):
        told = consolidate(CONTRACT, judged(returned("A", {"SUM.M1": 15.0}, "2021")), "2021", target, tmp_path).summary
        assert [line for line in told if "« sorties/Maître relu.xlsx » n’y sont pas reprises" in line]
    again = consolidate(CONTRACT, judged(returned("A", {"SUM.M1": 15.0}, "2021")), "2021", results, tmp_path).summary
    assert not [line for line in again if "reprises" in line]
