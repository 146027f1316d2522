"""The open-data package: valid by frictionless, masked as published, safe to open, ready to be stacked."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import frictionless
import pytest

from cvsheet.books.opendata import ExportContent, Format, package_files
from cvsheet.books.opendata.meanings import MEANINGS, SHARED
from cvsheet.books.opendata.rows import PUBLIC_TABLES
from cvsheet.cli.main import execute
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.disclosure.confidentiality import NO_SECRECY, secrecy
from cvsheet.figures.overview import PROVISIONAL
from cvsheet.model.framework import Framework, Reference
from cvsheet.schema.tables import load_table
from tests.conftest import ROOT
from tests.consolidation.frameworks import answers, framework, measure
from tests.folders import example_folder
from tests.words import Captured
from tests.words import said as shown

TABLES = (*PUBLIC_TABLES, "observations")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract folder with two returns of the example, of two years."""
    returns = ("2020/amboise_2020_CAF.xlsx", "2021/amboise_2021_CAF.xlsx")
    return example_folder(tmp_path_factory.mktemp("export") / "contrat", *returns)


def exported(campaign: Path, *options: str) -> Path:
    assert execute(["export", "-C", str(campaign), "--quiet", *options]) == 0
    return campaign / "sorties" / ("export-diffusion" if "--diffusion" in options else "export")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def faults(folder: Path) -> list[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


@pytest.mark.parametrize(
    "options", [(), ("--diffusion",), ("--diffusion", "--format", "xlsx")], ids=["real", "masked", "workbook"]
)
@pytest.mark.sample(1)
def test_frictionless_finds_the_package_valid(campaign: Path, options: tuple[str, ...]) -> None:
    assert faults(exported(campaign, *options)) == []


@pytest.mark.long
def test_frictionless_would_find_a_fault(campaign: Path) -> None:
    folder = exported(campaign, "--diffusion")
    path = folder / "valeurs.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "amboise,2021,INCONNUE.M1,valeur,3,publiee,\r\n", encoding="utf-8"
    )
    assert any("foreign" in fault.lower() for fault in faults(folder))


def test_parquet_holds_the_same_rows_with_their_types(campaign: Path) -> None:
    from pyarrow import parquet

    in_csv = table(exported(campaign, "--diffusion"), "valeurs")
    made = parquet.read_table(exported(campaign, "--diffusion", "--format", "parquet") / "valeurs.parquet")
    assert {str(made.schema.field("valeur").type), str(made.schema.field("ligne").type)} == {"double", "string"}
    rows = made.to_pylist()
    assert [row["ligne"] for row in rows] == [row["ligne"] for row in in_csv]
    numbers = [row["valeur"] for row in rows if row["valeur"] is not None]
    assert numbers == pytest.approx([float(row["valeur"]) for row in in_csv if row["valeur"]], rel=1e-14)


def test_without_pyarrow_one_french_sentence_and_nothing_written(
    campaign: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    target = tmp_path / "donnees"
    assert execute(["export", "-C", str(campaign), "--format", "parquet", "-o", str(target)]) == 2
    assert 'pip install "cvsheet[parquet]"' in capsys.readouterr().err
    assert not target.exists()


def test_real_values_are_said_not_to_be_publishable(campaign: Path, capsys: Captured) -> None:
    assert execute(["export", "-C", str(campaign)]) == 0
    assert "NON PUBLIABLE" in capsys.readouterr().out
    descriptor = json.loads((campaign / "sorties" / "export" / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["diffusion"] == "non publiable"
    assert descriptor["description"].startswith("NON PUBLIABLE")


def test_what_is_published_says_that_values_may_change(campaign: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    assert execute(["export", "-C", str(campaign), "--diffusion", "-o", str(target)]) == 0
    descriptor = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    assert PROVISIONAL in descriptor["description"]
    assert not any("À confirmer" in path.read_text(encoding="utf-8") for path in target.iterdir())


@pytest.mark.parametrize("options", [(), ("--diffusion",)], ids=["real", "masked"])
def test_the_workbook_proposed_instead_of_csv_is_masked_as_they_are(
    options: tuple[str, ...], campaign: Path, capsys: Captured
) -> None:
    assert execute(["export", "-C", str(campaign), *options]) == 0
    said = " ".join(capsys.readouterr().out.split())
    proposed = said[said.rindex("cvsheet export") :]
    assert ("--diffusion" in proposed, "--format xlsx" in proposed) == (bool(options), True)


def test_real_answers_do_not_stay_beside_a_package_to_publish(campaign: Path, tmp_path: Path) -> None:
    exported(campaign, "-o", str(tmp_path / "x"))
    assert (tmp_path / "x" / "observations.csv").exists()
    exported(campaign, "--diffusion", "--format", "xlsx", "-o", str(tmp_path / "x"))
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["amboise_export.xlsx", "datapackage.json"]


def test_what_may_be_published_and_what_may_not_have_folders_of_their_own(campaign: Path) -> None:
    real, public = exported(campaign), exported(campaign, "--diffusion")
    assert (real / "observations.csv").exists() and not (public / "observations.csv").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "xlsx"], "Classeur de données : CONTRAT/sorties/export/amboise_export.xlsx"),
        ([], "Pour lire un CSV dans Excel : Données > À partir d’un fichier texte/CSV"),
    ],
)
def test_it_ends_by_saying_what_to_open(campaign: Path, options: list[str], said: str, capsys: Captured) -> None:
    assert execute(["export", "-C", str(campaign), *options]) == 0
    assert said in shown(capsys).replace(str(campaign), "CONTRAT").splitlines()[-1]


def test_a_package_of_somebody_else_is_left_alone(campaign: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "a.csv"}]}', encoding="utf-8")
    (tmp_path / "a.csv").write_text("x\n", encoding="utf-8")
    assert execute(["export", "-C", str(campaign), "-o", str(tmp_path)]) == 2
    assert "ne vient pas de cvsheet" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "datapackage.json"]


FORMATS = ("csv", "parquet", "xlsx")


@pytest.fixture(scope="module")
def real(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each format, with a package of real answers."""
    folder = tmp_path_factory.mktemp("real")
    for one in FORMATS:
        exported(campaign, "--format", one, "-o", str(folder / one))
    return folder


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.long
def test_what_a_run_that_died_left_of_real_answers_never_stays_beside_tables_to_publish(
    campaign: Path, real: Path, tmp_path: Path, chosen: str, capsys: Captured
) -> None:
    """As runs of version 0.1 left it: tables without a descriptor."""
    folder = tmp_path / "donnees"
    shutil.copytree(real / "csv", folder)
    shutil.copy(next((real / "xlsx").glob("*.xlsx")), folder)
    shutil.copy(real / "parquet" / "observations.parquet", folder)
    (folder / "datapackage.json").unlink()
    capsys.readouterr()
    assert execute(["export", "-C", str(campaign), "--diffusion", "--format", chosen, "-o", str(folder)]) == 0
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    own = {"datapackage.json", *(resource["path"] for resource in descriptor["resources"])}
    assert {path.name for path in folder.iterdir()} == own
    assert "observations.csv" not in own
    moved = tmp_path / "donnees (autres fichiers)"
    assert (moved / "observations.csv").exists() and (moved / "observations.parquet").exists()
    assert "« donnees (autres fichiers) »" in shown(capsys)


@pytest.mark.long
@pytest.mark.parametrize("chosen", FORMATS)
def test_a_run_killed_at_any_moment_leaves_one_package_whole(campaign: Path, tmp_path: Path, chosen: str) -> None:
    folder = tmp_path / "donnees"
    options = ["export", "-C", str(campaign), "-q", "--format", chosen, "-o", str(folder)]
    assert execute([*options, "--diffusion"]) == 0
    public = {path.name: path.read_bytes() for path in folder.iterdir()}
    dying = (
        "import os, signal; from pathlib import Path; genuine = Path.write_bytes\n"
        "def last(path, data):\n"
        "    genuine(path, data)\n"
        "    if path.name == 'datapackage.json': os.kill(os.getpid(), signal.SIGKILL)\n"
        "Path.write_bytes = last\n"
        f"from cvsheet.cli.main import execute; execute({options!r})"
    )
    done = subprocess.run([sys.executable, "-c", dying], check=False)
    assert done.returncode == -signal.SIGKILL
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == public
    assert execute([*options, "--diffusion"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["donnees"]


@pytest.mark.long
def test_what_a_person_put_or_changed_there_is_moved_beside_and_said(
    campaign: Path, tmp_path: Path, capsys: Captured
) -> None:
    folder, into = tmp_path / "donnees", ("-o", str(tmp_path / "donnees"))
    exported(campaign, "--diffusion", *into)
    (folder / "notes.txt").write_text("à moi", encoding="utf-8")
    with (folder / "valeurs.csv").open("a", encoding="utf-8") as stream:
        stream.write("une ligne à moi\n")
    capsys.readouterr()
    assert execute(["export", "-C", str(campaign), "--diffusion", *into]) == 0
    assert "2 éléments qui n’en viennent pas tels quels" in (said := shown(capsys))
    assert "notes.txt et valeurs.csv" in said
    moved = folder.with_name("donnees (autres fichiers)")
    assert sorted(path.name for path in moved.iterdir()) == ["notes.txt", "valeurs.csv"]
    assert faults(folder) == []


@pytest.mark.parametrize("place", ["", "sorties", "retours"])
def test_the_folders_of_the_contract_are_no_place_for_a_package(campaign: Path, place: str, capsys: Captured) -> None:
    before = sorted(campaign.glob("[!.]*/**/*"))  # but for what is kept of returns that were read
    assert execute(["export", "-C", str(campaign), "-o", str(campaign / place)]) == 2
    assert ("où cvsheet ne fait que lire" if place == "retours" else "est remplacé entier") in shown(capsys)
    assert sorted(campaign.glob("[!.]*/**/*")) == before


def test_a_folder_of_other_things_is_no_place_for_a_package(campaign: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    assert execute(["export", "-C", str(campaign), "-o", str(tmp_path)]) == 2
    assert "contient déjà autre chose (photo.jpg)" in shown(capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


@pytest.mark.long
def test_no_return_no_package(tmp_path: Path, capsys: Captured) -> None:
    assert execute(["init", str(tmp_path / "vide"), "--quiet"]) == 0
    assert execute(["export", "-C", str(tmp_path / "vide")]) == 3
    assert "Aucun retour utilisable" in capsys.readouterr().err
    assert not (tmp_path / "vide" / "sorties" / "export").exists()


def test_licence_and_source_come_from_the_contract(campaign: Path) -> None:
    descriptor = json.loads((exported(campaign, "--diffusion") / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["licenses"][0]["name"] == "etalab-2.0"
    assert descriptor["sources"] == [{"title": "Ville d’Amboise et partenaires du contrat de ville"}]


@pytest.mark.long
def test_the_same_returns_give_the_same_bytes(campaign: Path) -> None:
    first = {path.name: path.read_bytes() for path in exported(campaign, "--diffusion").iterdir()}
    assert {path.name: path.read_bytes() for path in exported(campaign, "--diffusion").iterdir()} == first


# Small contracts, without the command line.


def package(contract: Framework, *rows: str, public: bool = True, **more: object) -> dict[str, str]:
    frame = answers(*rows)
    for column, value in more.items():
        frame[column] = value
    consolidation = aggregate(contract, frame)
    masks = secrecy(consolidation) if public else NO_SECRECY
    content = ExportContent(contract, consolidation, masks, {}, None if public else frame.to_dict("records"))
    return {file.name: file.data.decode() for file in package_files(content, Format.CSV)}


def rows(files: dict[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files[f"{name}.csv"].splitlines()))


PEOPLE = framework(
    measure("I.M1", diffusion="personnes", breakdowns=("quartier",)),
    references={"I.M1/N": Reference(9, 2019, "validée", 30, 2023, "proposée")},
)
ANSWERS = ("2020 A I.M1 27", "2020 A I.M1/N 3", "2020 A I.M1/S 24", "2021 A I.M1 nd", "2021 B I.M1/N so")


def test_a_masked_value_is_empty_and_its_state_says_so() -> None:
    values = {(row["campagne"], row["ligne"]): row for row in rows(package(PEOPLE, *ANSWERS), "valeurs")}
    states = {key: (row["valeur"], row["etat"]) for key, row in values.items()}
    assert states == {
        ("2020", "I.M1"): ("27", "publiee"),
        ("2020", "I.M1/N"): ("", "ns"),
        ("2020", "I.M1/S"): ("", "ns"),
        ("2021", "I.M1"): ("", "nd"),
        ("2021", "I.M1/N"): ("", "so"),
        ("2021", "I.M1/S"): ("", "absente"),
    }


def test_no_file_of_the_package_holds_a_masked_value() -> None:
    contract = replace(PEOPLE, contract=replace(PEOPLE.contract, secrecy_people=80_000), references=())
    files = package(contract, "2020 A I.M1 170000", "2020 A I.M1/N 73911", "2020 A I.M1/S 96089")
    everything = "".join(files.values())
    assert "170000" in everything
    assert "73911" not in everything
    assert "96089" not in everything


def test_what_follows_from_a_masked_value_is_named() -> None:
    found = {(row["campagne"], row["ligne"]): row for row in rows(package(PEOPLE, *ANSWERS), "progression")}
    row = found["2020", "I.M1/N"]
    assert (row["reference"], row["valeur"], row["progression"], row["situation"]) == (
        "9",
        "",
        "",
        "Secret statistique",
    )
    assert row["masques"] == "valeur;progression;retard_mois"


def test_with_real_values_nothing_is_masked_and_every_answer_is_there() -> None:
    files = package(PEOPLE, *ANSWERS, public=False)
    assert "3" in [row["valeur"] for row in rows(files, "valeurs")]
    assert len(rows(files, "observations")) == len(ANSWERS)
    assert {row["cellule"] for row in rows(files, "observations")} == {"J5", "J6", "J7", "J8", "J9"}


@pytest.mark.parametrize("text", ["=1+1", "+33 2", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_could_act_is_disarmed(text: str) -> None:
    files = package(PEOPLE, *ANSWERS, public=False, commentaire=text)
    found = list(csv.reader(io.StringIO(files["observations.csv"], newline="")))
    comments = {row[found[0].index("commentaire")] for row in found[1:]}
    assert comments == {f"'{text}"}
    assert "apostrophe" in json.loads(files["datapackage.json"])["description"]


def test_negative_numbers_stay_numbers() -> None:
    contract = framework(measure("I.M1", type="montant"))
    assert rows(package(contract, "2020 A I.M1 -5"), "valeurs")[0]["valeur"] == "-5"


MARKS = framework(
    measure("M.M1", "moyenne pondérée", type="note", weight="W.M1"), measure("W.M1", diffusion="personnes")
)
WEIGHED = ("2020 A M.M1 6", "2020 A W.M1 10", "2020 B M.M1 9", "2020 C M.M1 nd")


def test_a_value_says_how_many_of_the_partners_are_in_it() -> None:
    counted = {
        row["ligne"]: (row["valeur"], row["reponses"], row["attendues"])
        for row in rows(package(MARKS, *WEIGHED), "valeurs")
    }
    assert counted == {"M.M1": ("6", "1", "3"), "W.M1": ("10", "1", "3")}


def test_what_is_masked_says_of_nobody_whether_they_answered() -> None:
    masked = package(MARKS, "2020 A M.M1 6", "2020 A W.M1 3")
    assert {(row["etat"], row["reponses"], row["attendues"]) for row in rows(masked, "valeurs")} == {("ns", "", "")}


def test_values_that_came_without_their_weights_are_not_called_absent() -> None:
    found = rows(package(MARKS, "2020 A M.M1 6", "2020 B M.M1 9", "2020 C M.M1 nd"), "valeurs")[0]
    assert (found["valeur"], found["etat"], found["reponses"], found["attendues"]) == ("", "ecartee", "0", "3")


def test_an_answer_says_what_became_of_it() -> None:
    found = rows(package(MARKS, *WEIGHED, "2020 C W.M1 5 VAL-007", public=False), "observations")
    assert {(row["partenaire"], row["ligne"], row["devenir"]) for row in found} == {
        ("A", "M.M1", "Consolidée"), ("A", "W.M1", "Consolidée"), ("B", "M.M1", "Hors total : sans poids"),
        ("C", "M.M1", "Sans valeur"), ("C", "W.M1", "Écartée"),
    }  # fmt: skip


def test_two_contracts_stack_without_a_clash() -> None:
    other = replace(PEOPLE, contract=replace(PEOPLE.contract, code="voisin", start=date(2020, 1, 1)))
    packages = [package(PEOPLE, *ANSWERS), package(other, *ANSWERS)]
    for name in PUBLIC_TABLES:
        key = load_table(f"export_{name}").key
        stacked = [tuple(row[column] for column in key) for files in packages for row in rows(files, name)]
        assert len(set(stacked)) == len(stacked) > 0 or name in ("actions", "suivi_actions")


# The descriptions.


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_with_an_example_of_its_own(name: str) -> None:
    described = load_table(f"export_{name}")
    fields = json.loads((ROOT / "schemas" / f"export_{name}.json").read_text(encoding="utf-8"))["fields"]
    for column, field in zip(described.columns, fields, strict=True):
        assert column.title
        assert column.description.endswith(".")
        assert "constraints" in field
        assert column.example is not None
        assert column.name.isascii()
        assert column.name == column.name.lower()
        assert not column.enum or column.example in column.enum


@pytest.mark.parametrize("name", TABLES)
def test_every_coded_value_has_a_meaning(name: str) -> None:
    for column in load_table(f"export_{name}").columns:
        assert set(column.enum) <= set(MEANINGS.get(SHARED.get(column.name, column.name), {})), column.name
