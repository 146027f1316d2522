"""What a coordinator mistypes or forgets: each is answered in one French line that says what to type instead."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from tests.folders import files_in
from tests.words import Captured, said
from tests.workflows.at_hand import Folder

ENGLISH = ("Traceback", "Error:", "Usage:", "Invalid", "No such", "does not exist", "must be", "Missing")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The contract, in a folder whose name holds what a command line trips over, and the prompt in it."""
    made = Folder(tmp_path / "Contrat d'été (2)").make()
    monkeypatch.chdir(made.root)
    return made


@pytest.mark.parametrize(
    ("typed", "code", "answer"),
    [
        # campaigns, partners, dates
        ("generate -c 2O26", 2, "La campagne « 2O26 » n’existe pas."),
        ("generate -c A 1", 2, "Argument en trop"),
        ("generate --campaigne A1", 2, "« --campaign »"),
        ("generate -c", 2, "demande une valeur"),
        ("generate -c R", 2, "--avant"),
        ("generate -c A1 --avant demain", 2, "n’est pas une date"),
        ("generate -c A1 --avant 31/11/2099", 2, "n’est pas une date"),
        ("generate -c A1 --avant 01/01/2020", 2, "est déjà passé"),
        ("generate -c A1 -p Vile-2", 2, "Vouliez-vous dire « Ville-2 » ?"),
        ("generate -c A1 -p TOUS", 2, "Le partenaire « TOUS » n’existe pas."),
        ("generate -c A1 --messages retours/m", 2, "où cvsheet ne fait que lire"),
        ("status -c 2031", 2, "Campagnes du contrat : R, A1, A2"),
        ("status", 2, "cvsheet generate --campaign A1"),
        ("relancer", 2, "cvsheet generate --campaign A1"),
        ("relancer -c A2", 0, "n’a pas été envoyée. À faire : cvsheet generate --campaign A2"),
        ("adopter", 2, "cvsheet generate --campaign R"),
        ("adopter -c A1", 2, "est une campagne annuelle"),
        ("adopter -c R", 0, "Aucun retour utilisable de la campagne « R »"),
        # paths
        ("contrôler retour", 2, "Il y a là : « retours »."),
        ("contrôler retours/caf.xlsx", 2, "« retours/caf.xlsx » n’existe pas."),
        ("contrôler retours/*.xlsx", 2, "Aucun fichier ne correspond"),
        ("contrôler autre/dossier/caf.xlsx", 2, "le dossier « autre/dossier » non plus"),
        ("contrôler -C contrat", 2, "« contrat » n’existe pas. Il y a là : « contrat.xlsx »."),
        ("contrôler --html contrat.xlsx", 2, ".html"),
        ("contrôler -C contrat.xlsx", 2, "est un fichier : donnez le dossier où il est, « . »"),
        ("contrôler --annotate retours", 2, "où cvsheet ne fait que lire"),
        ("vérifier contrat.xls", 2, "Il y a là : « contrat.xlsx »."),
        ("vérifier retours", 2, "est un dossier"),
        ("consolider absents", 2, "« absents » n’existe pas."),
        ("consolider -o maitre.ods", 2, ".xlsx"),
        ("consolider -o retours/maitre.xlsx", 2, "où cvsheet ne fait que lire"),
        ("exporter -o retours", 2, "retours/"),
        ("créer .", 2, "existe déjà"),
        ("import-framework tableau.csv", 2, "« tableau.csv » n’existe pas."),
        # nothing received
        ("consolider", 3, "Déposez les fichiers des partenaires dans retours/"),
        ("publier", 3, "Déposez les fichiers des partenaires dans retours/"),
        ("exporter", 3, "Aucun retour utilisable"),
        ("contrôler", 0, "Aucun fichier reçu. À faire : déposez"),
        # commands and options
        ("prepareer", 2, "Vouliez-vous dire « generate » ?"),
        ("envoyer", 2, "cvsheet generate --messages"),
        ("Arbitrer", 2, "On arbitre dans le classeur maître, puis : cvsheet consolidate"),
        ("corriger", 2, "cvsheet validate --annotate"),
        ("consolider --diffuser", 2, "« --diffusion »"),
        ("exporter --format excel", 2, "« xlsx »"),
        ("explain COH-999", 2, "Pour les voir toutes : cvsheet rules"),
        ("explain", 2, "Argument manquant"),
    ],
)
@pytest.mark.sample(14)
def test_each_is_answered_with_what_to_do_and_writes_nothing(
    place: Folder, typed: str, code: int, answer: str, capsys: Captured
) -> None:
    before = files_in(place.root)
    assert execute(typed.split(" ")) == code
    text = said(capsys)
    assert answer in text
    assert not [word for word in ENGLISH if word in text]
    assert files_in(place.root) == before


@pytest.mark.parametrize("name", ["contrat.ods", "contrat_amboise.xlsx", "Contrat.XLSX", "contrat.xlsm"])
def test_the_contract_under_another_name_is_named(place: Folder, name: str, capsys: Captured) -> None:
    (place.root / "contrat.xlsx").rename(place.root / name)
    if (place.root / "contrat.xlsx").exists():
        pytest.skip("names have no case here")
    assert execute(["état"]) == 2
    assert f"{name} »" in (text := said(capsys))
    assert "enregistrez-le sous" in text


def test_a_copy_of_before_an_adoption_is_not_taken_for_the_contract(place: Folder, capsys: Captured) -> None:
    """What cvsheet kept before it wrote baselines is older than the contract, and comes before it in the alphabet."""
    workbook, copy = place.root / "contrat.xlsx", place.root / "contrat.avant-adoption-2021-03-01.xlsx"
    shutil.copy(workbook, copy)
    workbook.rename(place.root / "contrat2.xlsx")
    assert execute(["état"]) == 2
    assert "contrat2.xlsx » : ouvrez-le" in (text := said(capsys)) and copy.name not in text
    (place.root / "contrat2.xlsx").unlink()
    assert execute(["état"]) == 2
    assert f"{copy.name} », une copie" in (text := said(capsys)) and "cherchez d’abord le vôtre" in text


def test_of_several_contracts_the_newest_is_named(place: Folder, capsys: Captured) -> None:
    for age, name in enumerate(("contrat neuf.xlsx", "ancien contrat.xlsx")):
        shutil.copy(place.root / "contrat.xlsx", place.root / name)
        os.utime(place.root / name, (1_700_000_000 - age * 86_400,) * 2)
    (place.root / "contrat.xlsx").unlink()
    assert execute(["état"]) == 2
    assert "contrat neuf.xlsx »" in said(capsys)


def test_from_a_folder_above_the_contract_below_is_named_as_it_can_be_pasted(
    place: Folder, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(place.root.parent)
    assert execute(["vérifier"]) == 2
    assert said(capsys).rstrip().endswith("""cd "Contrat d'été (2)\"""")


def test_a_contract_that_is_open_in_excel_is_said_so_before_anything_is_read(place: Folder, capsys: Captured) -> None:
    place.answer("R", "ASSO-1")
    place.answer("R", "Ville-2")
    (place.root / "~$contrat.xlsx").write_bytes(b"\x05Marie" + b" " * 40)
    before = files_in(place.root)
    assert execute(["adopter", "--oui"]) == 3
    assert "est ouvert dans Excel par Marie" in said(capsys)
    assert files_in(place.root) == before


def test_stray_files_among_the_returns_are_named_and_take_nothing_with_them(place: Folder, capsys: Captured) -> None:
    place.answer("A1", "ASSO-1")
    inbox = place.root / "retours"
    for name, content in {"Thumbs.db": b"x", ".DS_Store": b"x", "mail.txt": b"Bonjour", "vide.xlsx": b""}.items():
        (inbox / name).write_bytes(content)
    shutil.copy(place.root / "contrat.xlsx", inbox / "copie du contrat.xlsx")
    assert execute(["contrôler"]) == 1
    text = said(capsys)
    assert "Campagne en cours : Première année (A1)" in text
    assert "3 fichiers reçus, 1 pris en compte." in text
    assert "mis par mégarde" in text


def test_where_no_file_counts_nobody_is_sent_to_consolidate(place: Folder, capsys: Captured) -> None:
    (place.root / "retours" / "vide.xlsx").write_bytes(b"")
    assert execute(["contrôler"]) == 1
    text = said(capsys)
    assert "Rien à consolider : aucun fichier n’a pu être pris en compte." in text and "cvsheet consolidate" not in text


def test_a_campaign_that_is_opened_again_is_named_at_each_step(place: Folder, capsys: Captured) -> None:
    place.answer("R", "ASSO-1")
    place.answer("R", "Ville-2")
    place.answer("A1", "ASSO-1")
    assert execute(["adopter", "-c", "R", "--oui"]) == 0
    said(capsys)
    assert execute(["contrôler", "-c", "R", "--annotate", "--avant", "10j"]) == 0
    text = said(capsys)
    assert text.startswith("Campagne : Départ (R)")
    assert "La campagne en cours est A1." in text
    assert execute(["état"]) == 0
    assert said(capsys).startswith("Campagne en cours : Première année (A1)")


def test_two_campaigns_at_once_keep_apart(place: Folder, capsys: Captured) -> None:
    assert execute(["préparer", "-c", "R", "--avant", "10j"]) == 0
    assert execute(["préparer", "-c", "A1"]) == 0
    said(capsys)
    assert execute(["relancer", "-c", "R"]) == 0
    assert execute(["relancer"]) == 0
    assert len(list((place.root / "sorties" / "relances").glob("*_R_*.eml"))) == 2
    assert len(list((place.root / "sorties" / "relances").glob("*_A1_*.eml"))) == 2
