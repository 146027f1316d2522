"""`cvsheet site`: one page in sorties/, from the returns that are there, and what stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.reports.site import package_in
from tests.folders import example_folder
from tests.words import Captured
from tests.words import said as shown


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract folder with two returns of the example, of two years."""
    returns = ("2020/amboise_2020_CAF.xlsx", "2021/amboise_2021_CAF.xlsx")
    return example_folder(tmp_path_factory.mktemp("site") / "contrat", *returns)


def test_the_page_lies_in_sorties_and_the_command_says_what_to_do(campaign: Path, capsys: Captured) -> None:
    assert execute(["site", "-C", str(campaign)]) == 0
    said = shown(capsys)
    assert "Bilan montré : Bilan annuel 2021 (2021)." in said and "amboise_site.html" in said
    assert said.splitlines()[-1].startswith("À faire : ouvrez la page")


@pytest.mark.long
def test_its_data_are_the_files_of_the_export(campaign: Path) -> None:
    assert execute(["page", "-C", str(campaign), "-q"]) == 0
    assert execute(["export", "--diffusion", "-C", str(campaign), "-q"]) == 0
    folder = campaign / "sorties" / "export-diffusion"
    page = (campaign / "sorties" / "amboise_site.html").read_bytes()
    assert package_in(page) == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_another_campaign_may_be_shown(campaign: Path, tmp_path: Path, capsys: Captured) -> None:
    assert execute(["site", "-C", str(campaign), "-c", "2020", "-o", str(tmp_path / "page.html")]) == 0
    assert "Bilan annuel 2020" in shown(capsys)
    assert ">2021</th>" not in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (
            ["-c", "2022"],
            2,
            "La campagne « 2022 » n’a pas de valeurs annuelles à montrer. Avec des valeurs : 2020 et 2021.",
        ),
        (["-c", "2202"], 2, "Vouliez-vous dire « 2022 » ?"),
        (["-o", "FOLDER/retours/page.html"], 2, "où cvsheet ne fait que lire"),
        (["-o", "FOLDER/page.txt"], 2, "un nom qui finit par .html"),
        (["-o", "FOLDER/notes.html"], 2, "n’est pas une page web à publier de cvsheet"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_is_written(
    campaign: Path, options: list[str], code: int, said: str, capsys: Captured
) -> None:
    (campaign / "notes.html").write_text("<p>À moi</p>", encoding="utf-8")
    filled = [one.replace("FOLDER", str(campaign)) for one in options]
    assert execute(["site", "-C", str(campaign), *filled]) == code
    assert said in shown(capsys)
    assert (campaign / "notes.html").read_text(encoding="utf-8") == "<p>À moi</p>"
    assert not (campaign / "retours" / "page.html").exists()


def test_no_return_no_page(tmp_path: Path, capsys: Captured) -> None:
    assert execute(["init", str(tmp_path / "vide"), "--quiet"]) == 0
    assert execute(["site", "-C", str(tmp_path / "vide")]) == 3
    assert "Aucun retour utilisable" in capsys.readouterr().err
    assert not list((tmp_path / "vide" / "sorties").glob("*.html"))


def test_a_report_and_a_page_to_publish_never_take_each_others_place(campaign: Path, capsys: Captured) -> None:
    page, report = campaign / "sorties" / "amboise_site.html", campaign / "sorties" / "constats.html"
    execute(["site", "-C", str(campaign), "-q"])
    execute(["validate", "-C", str(campaign), "-q", "--html", str(report)])
    before = page.read_bytes(), report.read_bytes()
    assert execute(["validate", "-C", str(campaign), "-q", "--html", str(page)]) == 2
    assert execute(["site", "-C", str(campaign), "-q", "-o", str(report)]) == 2
    assert (page.read_bytes(), report.read_bytes()) == before
    assert "n’est pas une page web de cvsheet" in shown(capsys)
