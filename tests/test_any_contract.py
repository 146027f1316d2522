"""Nothing in the code knows Amboise: a quite different contract goes through the whole chain."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cvsheet.cli.main import execute
from cvsheet.demo.returns import drop_into, good_return
from cvsheet.files.grid import open_grid
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.template import make_template
from cvsheet.workflows.validate import validate

# Two pillars, one with a 31-character sheet name and an apostrophe; no actions; other breakdowns; one partner.
TABLES = {
    "contrat": """
        code,nom,debut,fin,seuil_bonne_voie,seuil_surveiller,seuil_trop_tot,seuil_secret,seuil_secret_entreprises,variation_forte,variation_minimum
        saint-étienne-d-été,Contrat de l’Été,2024-01-01,2030-12-31,90,70,5,11,3,40,20
    """,
    "partenaires": """
        code,nom
        ASSO-1,"L’Association d’à côté, « Là-bas » & Cie"
    """,
    "campagnes": """
        code,intitule,type,annee,debut,fin,limite
        R,Départ,référence,2024,2024-01-01,2024-06-30,2024-09-30
        A1,Première année,annuelle,2025,2025-01-01,2025-12-31,2026-02-28
        A2,Deuxième année,annuelle,2026,2026-01-01,2026-12-31,2027-02-28
    """,
    "piliers": """
        code,intitule,feuille
        É1,Égalité à l’œuvre,Égalité & « cœur d’été » à Ç-là
        Z,Zone d’activité,L'emploi d'aujourd'hui
    """,
    "priorites": """
        code,pilier,intitule
        PA,É1,Être présent
        PB,Z,Œuvrer
    """,
    "objectifs": """
        code,priorite,intitule
        O-1,PA,Accueillir à l’année
        O-2,PB,Créer
    """,
    "indicateurs": """
        code,indicateur,pilier,priorite,objectif,libelle_indicateur,mesure,type,unite,nature,sens,saisie,calcul,numerateur,denominateur,agregation,ventilations,producteurs,minimum,maximum,alerte_min,alerte_max,obligatoire,diffusion,principale
        X1.M1,X1,É1,PA,O-1,Où en est l’accueil ?,Accueillis,nombre,personnes,flux,hausse,saisie,,,,somme,âge,ASSO-1,0,,10,500,oui,personnes,non
        X1.M2,X1,É1,PA,O-1,Où en est l’accueil ?,Demandeurs,nombre,personnes,flux,suivi,saisie,,,,somme,âge,ASSO-1,0,,20,900,oui,personnes,non
        X1.M3,X1,É1,PA,O-1,Où en est l’accueil ?,Part accueillie,pourcentage,%,flux,hausse,calcul,part,X1.M1,X1.M2,recalcul,,,0,100,,,non,publique,oui
        Y1.M1,Y1,Z,PB,O-2,Coût de l’eau,Dépense,montant,€,flux,baisse,saisie,,,,source unique,,ASSO-1,0,,100,9000,oui,publique,oui
    """,
    "ventilations": """
        ventilation,code,intitule,exclusive
        âge,0-17,Moins de 18 ans,oui
        âge,18-64,De 18 à 64 ans,oui
        âge,65+,65 ans et plus,oui
    """,
    "regles": """
        code,gauche,operateur,droite,severite,message
        K1,X1.M1,<=,X1.M2,erreur,Accueillis ≤ demandeurs.
    """,
}
SHEET = "Égalité & « cœur d’été » à Ç-là"


@pytest.fixture
def folder(tmp_path: Path) -> ContractFolder:
    """A contract folder made from TABLES as a coordinator's canonical workbook."""
    source = tmp_path / "csv"
    source.mkdir()
    for name, text in TABLES.items():
        rows = [line.strip() for line in text.strip().splitlines()]
        (source / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    place = ContractFolder(tmp_path / "contrat")
    make_template(source, place.workbook)
    return place


def run(folder: ContractFolder, *arguments: str) -> int:
    return execute([*arguments, "-C", str(folder.root)])


def answer(folder: ContractFolder, campaign: str) -> None:
    framework = load_framework(folder.workbook)
    drop_into(folder.inbox / campaign, (good_return(framework, campaign, "ASSO-1"),))


def test_the_longest_sheet_name_that_excel_allows() -> None:
    assert len(SHEET) == 31


def test_a_contract_of_accents_has_no_fault(folder: ContractFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "check") == 0, capsys.readouterr().out


@pytest.mark.long
@pytest.mark.usefixtures("in_workers")
def test_the_whole_chain(folder: ContractFolder, capsys: pytest.CaptureFixture[str]) -> None:
    for campaign in ("R", "A1", "A2"):
        assert run(folder, "generate", "--campaign", campaign, "--oui") == 0, capsys.readouterr().err
        assert len(list((folder.outbox / campaign).glob("*.xlsx"))) == 1
        answer(folder, campaign)
        assert run(folder, "validate") == 0, capsys.readouterr().out
        if campaign == "R":
            assert run(folder, "adopt", "--campaign", "R") == 0, capsys.readouterr().err
    assert run(folder, "status", "--campaign", "A2") == 0
    assert run(folder, "consolidate") == 0, capsys.readouterr().err
    (master,) = folder.results.glob("*.xlsx")
    assert SHEET in [sheet.name for sheet in open_grid(master).sheets]


def test_accents_in_two_characters_as_a_mac_writes_them_are_the_same(folder: ContractFolder) -> None:
    framework = load_framework(folder.workbook)
    answer(folder, "A1")
    (path,) = folder.inbox.rglob("*.xlsx")
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = unicodedata.normalize("NFD", cell.value)
    book.save(path)
    (submission,) = validate(framework, [folder.inbox], folder.root).current
    assert {seen.line for seen in submission.observations} == {line.code for line in framework.lines_for("ASSO-1")}
    assert submission.structure == ()


def test_a_new_campaign_makes_no_former_return_an_old_one(folder: ContractFolder) -> None:
    answer(folder, "A1")
    framework = load_framework(folder.workbook)
    later = replace(framework.campaigns[-1], code="A3", title="Troisième année")
    grown = replace(framework, campaigns=(*framework.campaigns, later))
    assert [one.code for one in validate(grown, [folder.inbox], folder.root).findings] == []
    moved = replace(framework, contract=replace(framework.contract, name="Autre nom"))
    assert "FIC-034" in [one.code for one in validate(moved, [folder.inbox], folder.root).findings]
