"""The publication workbook says what it may, and no part of the file holds a masked value or a partner's word."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from cvsheet.cli.main import execute
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.overview import PROVISIONAL
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Action, ContractSettings, Framework, Objective, Reference
from cvsheet.model.submission import ActionReport, Answer, AnswerKind, Entry, Identity, Submission
from cvsheet.workflows.publish import PublishResult, publish
from tests.consolidation.frameworks import answers, as_table, evolution, framework, measure, share

MASKED = (73_911, 68_207, 71_429, 69_833, 64_007)
"""Persons below a threshold set at 80 000: numbers that stand nowhere else."""
SECRET_WORDS = ("ParoleDePartenaire", "CommentaireDePartenaire", "ActionProposée")


def number(value: float) -> Entry:
    return Entry(Answer(AnswerKind.NUMBER, value))


def report(action: str, people: float, women: float, *, added: bool = False) -> ActionReport:
    entries = {
        "statut": Entry(Answer(AnswerKind.TEXT, text="En cours")),
        "avancement": number(40),
        "budget_prevu": number(12_000),
        "beneficiaires": number(people),
        "femmes": number(women),
        "commentaire": Entry(Answer(AnswerKind.TEXT, text="CommentaireDePartenaire")),
    }
    return ActionReport("2021", "A", action, "ActionProposée" if added else "", "", added, entries, "A.xlsx", "P")


def contract() -> Framework:
    made = framework(
        measure("I.M1", diffusion="personnes", breakdowns=("quartier",)),
        measure("T.M1", unit="personnes"),
        share("P.M1", "I.M1/N", "T.M1"),
        evolution("E.M1", "I.M1/S"),
        measure("TEXTE.M1", "texte", type="texte", headline=False),
        references={
            "I.M1": Reference(190_000, 2019, "validée", 200_000, 2023, "validée"),
            "I.M1/N": Reference(64_007, 2019, "validée", 90_000, 2023, "validée"),
        },
    )
    return replace(
        made,
        contract=replace(made.contract, secrecy_people=80_000, licence="Licence Ouverte 2.0", source="Ville d’Essai"),
        objectives=(Objective("1-1", "P1", "Objectif"),),
        actions=(Action("A1", "1-1", "Action un", pilot="A"), Action("A2", "1-1", "Action deux", pilot="A")),
    )


def publication(folder: Path) -> PublishResult:
    """The publication of a contract with small counts in a category, a baseline, an action."""
    table = answers(
        "2020 A I.M1 170000",
        "2020 A I.M1/N 73911",
        "2020 A I.M1/S 96089",
        "2021 A I.M1 180000",
        "2021 A I.M1/N 68207",
        "2021 A I.M1/S 111793",
        "2021 A T.M1 400000",
        "2021 A TEXTE.M1 ParoleDePartenaire",
    )
    reports = (report("A1", 150_000, 71_429), report("A2", 69_833, 0), report("X1", 5, 2, added=True))
    submission = Submission(
        "A.xlsx", "0" * 64, "xlsx", datetime(2022, 1, 1), Identity("essai", "2021", "A"), actions=reports
    )
    made = contract()
    assessment = Assessment((), (submission,), as_table(table), ())
    return publish(assessment, aggregate(made, table), made.campaign["2021"], folder)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The workbook."""
    return publication(tmp_path).path


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_no_part_of_the_file_holds_a_masked_value_or_what_gives_it_back(published: Path) -> None:
    complements = (96_089, 111_793, 180_000 - 68_207, 150_000 - 71_429)
    shares = (100 * 68_207 / 400_000, 100 * (111_793 - 96_089) / 96_089)
    everything = "\n".join(parts(published).values())
    digits = re.sub(r"(?<=\d)[ \u00a0\u202f,](?=\d)", "", everything)
    for value in (*MASKED, *complements):
        assert str(value) not in digits
    for value in shares:
        assert f"{value:.6f}"[:7] not in everything
    for word in SECRET_WORDS:
        assert word not in everything


def test_the_scan_would_see_a_value_that_is_shown(published: Path) -> None:
    everything = "\n".join(parts(published).values())
    assert {value for value in ("190000", "180000", "400000", "150000", "90000") if value in everything} == {
        "190000", "180000", "400000", "150000", "90000",
    }  # fmt: skip


def test_there_is_nothing_but_values_on_visible_sheets(published: Path) -> None:
    found = parts(published)
    sheets = {name: text for name, text in found.items() if name.startswith("xl/worksheets/sheet")}
    assert not any(re.search(r"<f[ >]", text) for text in sheets.values())
    assert not any(name.startswith(("xl/comments", "xl/externalLinks")) for name in found)
    assert 'state="' not in found["xl/workbook.xml"]
    folded = re.compile(r'<col [^>]*hidden="1"[^>]* outlineLevel="1"[^>]*/>')  # that a click unfolds
    assert "hidden" not in folded.sub("", "".join(sheets.values()))
    names = re.findall(r'<definedName name="([^"]*)"', found["xl/workbook.xml"])
    assert set(names) <= {"_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.Print_Area"}


def test_the_sheets_are_those_of_a_reader(published: Path) -> None:
    first = ["Synthèse", "Par ventilation", "Synthèse détaillée"]
    assert [sheet.name for sheet in open_grid(published).sheets] == [*first, "Pilier", "Actions", "Lecture"]


def shown(path: Path, sheet: str, code: str) -> dict[str, object]:
    """A row of a sheet by the titles of its columns."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    titles = next(row for row in rows if "Code" in row)
    return dict(zip(map(str, titles), next(row for row in rows if row[titles.index("Code")] == code), strict=True))


def test_masked_cells_say_ns_and_so_does_what_follows_from_them(published: Path) -> None:
    row = shown(published, "Pilier", "I.M1/N")
    for title in ("Référence", "Valeur 2020", "Valeur 2021", "Valeur retenue", "Variation", "Progression", "Attendu"):
        assert row[title] == "ns", title
    assert row["Situation"] == "Secret statistique"
    assert row["Cible"] == 90_000


def test_what_is_not_secret_is_shown(published: Path) -> None:
    row = shown(published, "Pilier", "I.M1")
    assert (row["Référence"], row["Valeur 2021"], row["Situation"]) == (190_000, 180_000, "En recul")
    action = shown(published, "Actions", "A1")
    assert (action["Bénéficiaires"], action["Dont femmes"], action["Statut"]) == (150_000, "ns", "En cours")
    assert shown(published, "Actions", "A2")["Bénéficiaires"] == "ns"


def test_an_empty_lag_does_not_tell_that_baseline_and_target_are_equal(tmp_path: Path) -> None:
    made = framework(
        measure("I.M1", diffusion="personnes"),
        measure("J.M1", diffusion="personnes"),
        references={"I.M1": Reference(3, 2019, "", 3, 2023, ""), "J.M1": Reference(2, 2019, "", 3, 2023, "")},
    )
    table = answers("2021 A I.M1 20", "2021 A J.M1 20")
    path = publish(
        Assessment((), (), as_table(table), ()), aggregate(made, table), made.campaign["2021"], tmp_path
    ).path
    one, other = shown(path, "Pilier", "I.M1"), shown(path, "Pilier", "J.M1")
    told = ("Progression", "Attendu", "Situation", "Retard (mois)")
    assert (
        [one[title] for title in told] == [other[title] for title in told] == ["ns", "ns", "Secret statistique", "ns"]
    )


def test_the_reading_sheet_names_the_rule_the_threshold_and_the_licence(published: Path) -> None:
    sheet = openpyxl.load_workbook(published)["Lecture"]
    text = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row).replace("\u00a0", " ")
    for words in (
        "Personnes : 80000",
        "Licence Ouverte 2.0",
        "Ville d’Essai",
        "31/12/2021",
        "secret statistique",
        PROVISIONAL,
    ):
        assert words.casefold() in text.casefold(), words


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    made = contract()
    table = answers("2021 A I.M1 5")
    assessment = Assessment((), (), as_table(table), ())
    files = [
        publish(assessment, aggregate(made, table), made.campaign["2021"], tmp_path / name).path for name in ("a", "b")
    ]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_it_says_how_many_figures_are_masked_and_never_why(tmp_path: Path) -> None:
    (said,) = publication(tmp_path).summary
    assert said.replace("\u00a0", " ") == ("9 chiffres masqués (ns), dont 2 nombres de bénéficiaires d’actions.")


@pytest.mark.long
def test_the_command_writes_it_beside_the_master(
    read_example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = shutil.copytree(read_example, tmp_path / "contrat")
    target = tmp_path / "bilan.xlsx"
    assert execute(["consolidate", "-C", str(campaign), "--diffusion", "-o", str(target)]) == 1  # findings remain
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Aucun chiffre n’est masqué" in said
    assert "ne le diffusez pas" in said
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == ["amboise_2021_diffusion.xlsx", "bilan.xlsx"]
    master = next(sheet for sheet in open_grid(target).sheets if sheet.name == "Cohésion")
    assert "ns" not in {cell.value for cell in master.cells()}


def test_a_contract_without_pillars_or_lines_has_a_workbook(tmp_path: Path) -> None:
    empty = replace(
        framework(), contract=ContractSettings("vide", "Vide", framework().contract.start, framework().contract.end)
    )
    table = answers()
    path = publish(
        Assessment((), (), as_table(table), ()), aggregate(empty, table), empty.campaign["2020"], tmp_path
    ).path
    assert path.name == "vide_2020_diffusion.xlsx"
