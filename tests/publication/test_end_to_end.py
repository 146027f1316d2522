"""Whole campaigns in files: all that is published is the same in another campaign with another small count.

A contract at random is made, its partners' workbooks are filled in as people do, the commands are run. Then the small
counts that are masked are given other numbers, and every published byte must be as before.
"""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cvsheet.cli.main import execute
from cvsheet.model.framework import Framework
from cvsheet.schema.tables import Table, load_table
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.template import make_template
from tests.publication.every_world import World, alike, rules_hold, tables
from tests.publication.late_returns import sums

THRESHOLD = 3
MOST = {"A": 4, "B": 2}
TABLES = {
    "contrat": """
        code,nom,debut,fin,seuil_bonne_voie,seuil_surveiller,seuil_trop_tot,seuil_secret,seuil_secret_entreprises,variation_forte,variation_minimum
        essai,Contrat d’essai,2019-01-01,2023-12-31,95,75,10,3,3,50,10
    """,
    "partenaires": """
        code,nom
        A,Association
        B,Bailleur
    """,
    "campagnes": """
        code,intitule,type,annee,debut,fin,limite
        2020,Bilan 2020,annuelle,2020,2020-01-01,2020-12-31,2021-03-31
    """,
    "piliers": """
        code,intitule,feuille
        P,Pilier,Pilier
    """,
    "priorites": """
        code,pilier,intitule
        P1,P,Priorité
    """,
    "objectifs": """
        code,priorite,intitule
        1-1,P1,Objectif
    """,
    "actions": """
        code,objectif,intitule,pilote,partenaires_cites
        ACT,1-1,Accompagner,A,
    """,
    "indicateurs": """
        code,indicateur,pilier,priorite,objectif,libelle_indicateur,mesure,type,unite,nature,sens,saisie,calcul,numerateur,denominateur,agregation,ventilations,producteurs,minimum,obligatoire,diffusion,principale
        I.M1,I,P,P1,1-1,Personnes,Accueillies,nombre,personnes,flux,hausse,saisie,,,,somme,quartier,A;B,0,oui,personnes,oui
        J.M1,J,P,P1,1-1,Demandes,Demandeurs,nombre,personnes,flux,suivi,saisie,,,,somme,sexe,A,0,oui,{diffusion},oui
        K.M1,K,P,P1,1-1,Part,Part,pourcentage,%,flux,hausse,calcul,part,J.M1,I.M1,recalcul,,,0,non,publique,oui
    """,
    "ventilations": """
        ventilation,code,intitule,exclusive
        quartier,N,Nord,oui
        quartier,S,Sud,oui
        sexe,F,Femmes,oui
        sexe,H,Hommes,oui
    """,
    "regles": """
        code,gauche,operateur,droite,severite,message
        R1,{left},{word},{right},erreur,Message.
    """,
}  # fmt: skip
ANSWERS, ACTIONS = load_table("saisie_annuelle"), load_table("saisie_actions")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.long
def test_another_campaign_with_another_small_count_is_published_the_same(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    place = contract_folder(tmp_path / "contrat", chance)
    silent = chance.choice(({}, {"2020 A J.M1": "nd"}, {"2020 B I.M1/N": "nd"}))
    made = load_framework(place.workbook)
    asked = (("I.M1", "A"), ("J.M1", "A"), ("I.M1", "B"))
    filled = product(*(list(tables(made.line[code].measure, MOST[partner], partner)) for code, partner in asked))
    worlds = [world for parts in filled if rules_hold(made, world := {**parts[0], **parts[1], **parts[2]})]
    one, other = chance.choice(list(two_that_look_alike(made, worlds, silent)))
    assert run(place, "generate", "--oui") == 0
    first, second = (published_files(place, world, silent, women) for world, women in ((one, 1), (other, 2)))
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def two_that_look_alike(
    made: Framework, worlds: Iterable[World], silent: Mapping[str, str]
) -> Iterator[tuple[World, World]]:
    """Worlds that are published the same, with other numbers of the same small count of all partners; those that
    differ most."""
    for same in alike(made, worlds, silent).values():
        one = same[0]
        others = [other for other in same if any(map(is_another, sums(one).values(), sums(other).values()))]
        if others:
            yield one, max(others, key=lambda other: sum(other[answer] != number for answer, number in one.items()))


def is_another(number: int, other: int) -> bool:
    """Whether both are small, and differ."""
    return number != other and 0 < number < THRESHOLD and 0 < other < THRESHOLD


def contract_folder(folder: Path, chance: random.Random) -> ContractFolder:
    """The contract as a coordinator's workbook, with a rule between two lines of its."""
    source = folder / "csv"
    source.mkdir(parents=True)
    left, right = chance.choice(("I.M1/N", "I.M1/S")), chance.choice(("J.M1/F", "J.M1/H", "J.M1"))
    left, right = chance.choice(((left, right), (right, left)))
    given = {"left": left, "right": right, "word": chance.choice(("<=", "<=", "="))}
    given |= {"diffusion": chance.choice(("personnes", "publique"))}
    for name, text in TABLES.items():
        rows = "\n".join(line.strip() for line in text.format(**given).strip().splitlines())
        (source / f"{name}.csv").write_text(f"{rows}\n", encoding="utf-8")
    place = ContractFolder(folder)
    make_template(source, place.workbook)
    return place


def run(place: ContractFolder, *arguments: str) -> int:
    return execute([*arguments, "-C", str(place.root), "--quiet"])


def published_files(place: ContractFolder, world: World, silent: Mapping[str, str], women: int) -> dict[str, bytes]:
    """Everything that is published of `world`: the parts of the workbook, the tables, the page."""
    for folder in (place.inbox, place.results):
        shutil.rmtree(folder, ignore_errors=True)
    for partner in "AB":
        (sent,) = (place.outbox / "2020").glob(f"*_{partner}.xlsx")
        fill(sent, place.inbox / sent.name, partner, world, silent, women)
    assert run(place, "consolidate", "--diffusion") == 0
    assert run(place, "export", "--diffusion") == 0
    assert run(place, "site") == 0
    (workbook,) = place.results.glob("*_diffusion.xlsx")
    with zipfile.ZipFile(workbook) as parts:
        found = {name: parts.read(name) for name in parts.namelist()}
    (page,) = place.results.glob("*_site.html")
    return found | {path.name: path.read_bytes() for path in (page, *(place.results / "export-diffusion").iterdir())}


def fill(sent: Path, returned: Path, partner: str, world: World, silent: Mapping[str, str], women: int) -> None:
    """Type a partner's answers, and how many of the thirty whom its action reached are women."""
    book = openpyxl.load_workbook(sent)
    indicators, actions = book["Pilier"], book["Actions"]
    said = {
        answer.split()[2]: silent.get(answer, number)
        for answer, number in world.items()
        if answer.split()[1] == partner
    }
    for line, answer in said.items():
        type_in(indicators, ANSWERS, line, {"valeur": answer, "commentaire": "Non suivi." if answer == "nd" else None})
    if partner == "A":
        type_in(actions, ACTIONS, "ACT", {"statut": "En cours", "avancement": 40, "beneficiaires": 30, "femmes": women})
    returned.parent.mkdir(parents=True, exist_ok=True)
    book.save(returned)


def type_in(sheet: Worksheet, table: Table, code: str, answers: Mapping[str, object]) -> None:
    """Type `answers`, by column, in the row of `code`."""
    titles = {column.title: column.name for column in table.columns}
    (header,) = (row for row in sheet.iter_rows() if titles.keys() <= {cell.value for cell in row})
    at = {titles[cell.value]: cell.column for cell in header if cell.value in titles}
    (row,) = (cell.row for (cell,) in sheet.iter_rows(min_col=at["code"], max_col=at["code"]) if cell.value == code)
    for name, answer in answers.items():
        sheet.cell(row, at[name]).value = answer
