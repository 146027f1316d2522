"""The coordination's comments on pillars and indicators: typed in *Bilan*, repeated on *Synthèse*, kept beside the
contract, so that no master that is deleted, moved or saved as .ods takes them along."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from cvsheet.books.master.read_back import read_master
from cvsheet.files.grid import open_grid
from cvsheet.files.kept_csv import text_in
from cvsheet.workflows.consolidate import ConsolidateResult, consolidate
from tests.conftest import Convert
from tests.consolidation.frameworks import framework, measure
from tests.master.test_accounts import judged, returned
from tests.master.test_coordination import edit, orphans, shown, typing
from tests.workflows.test_register import rows

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl and sparklines

CONTRACT = framework(measure("SUM.M1", breakdowns=("quartier",)), measure("ALL.M1"))
ON_PILLAR, ON_INDICATOR = "Une année de transition ; « à suivre ».", "=pas une formule"
LINE_COMMENT = "Commentaire coordination 2021"


def made(root: Path, campaign: str = "2021") -> ConsolidateResult:
    given = [returned("A", {"SUM.M1": 15.0, "ALL.M1": 100.0}, year) for year in ("2020", "2021")]
    return consolidate(CONTRACT, judged(*given), campaign, root / "sorties", root)


def said(path: Path, code: str) -> object:
    return shown(path, code, "Commentaire", "Bilan") or None


def on_summary(path: Path) -> set[object]:
    """The texts of the comments' column."""
    page = next(one for one in open_grid(path).sheets if one.name == "Synthèse")
    column = next(c.column for c in page.cells() if str(c.value).startswith("Commentaire"))
    return {cell.value for cell in page.cells() if cell.column == column}


def master(root: Path, campaign: str = "2021") -> Path:
    return next((root / "sorties").glob(f"*_{campaign}_maitre.xlsx"))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract whose coordination commented on a pillar and on an indicator."""
    root = tmp_path_factory.mktemp("contrat")
    path = made(root).path
    edit(path, typing("Bilan", "P", "Commentaire", ON_PILLAR), typing("Bilan", "SUM", "Commentaire", "à revoir"))
    made(root)
    return root


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    """A copy of that contract."""
    return Path(shutil.copytree(original, tmp_path / "contrat"))


def test_comments_are_kept_in_the_notes_of_the_contract_and_repeated_on_the_first_page(root: Path) -> None:
    kept = {(row["Tableau"], text_in(row["Clé"]), row["Colonne"]): row["Contenu"] for row in rows(root, "notes.csv")}
    assert kept == {
        ("bilan", "2021 | Pilier | P", "Commentaire"): ON_PILLAR,
        ("bilan", "2021 | Indicateur | SUM", "Commentaire"): "à revoir",
    }
    assert ON_PILLAR in on_summary(master(root))
    assert orphans(master(root)) == []


@pytest.mark.parametrize("lost", ["nothing", "file", "folder", "moved"])
@pytest.mark.sample(2)
def test_comments_survive_their_master(root: Path, lost: str) -> None:
    if lost == "file":
        master(root).unlink()
    elif lost == "folder":
        shutil.rmtree(root / "sorties")
    elif lost == "moved":
        master(root).rename(root / "ailleurs.xlsx")
    path = made(root).path
    assert [said(path, "P"), said(path, "SUM"), said(path, "ALL")] == [ON_PILLAR, "à revoir", None]
    assert orphans(path) == []


def test_a_master_saved_as_ods_brings_its_comments_along(root: Path, libreoffice: Convert) -> None:
    edit(master(root), typing("Bilan", "ALL", "Commentaire", "vu dans l’ods"))
    saved = libreoffice(master(root), "ods")
    master(root).unlink()
    shutil.copy(saved, root / "sorties" / "essai_2021_maitre.ods")
    path = made(root).path
    assert [said(path, "P"), said(path, "SUM"), said(path, "ALL")] == [ON_PILLAR, "à revoir", "vu dans l’ods"]


def test_a_comment_that_is_erased_or_changed_stays_so(root: Path) -> None:
    edit(master(root), typing("Bilan", "P", "Commentaire", None))
    edit(master(root), typing("Bilan", "SUM", "Commentaire", "revu"))
    path = made(root).path
    assert [said(path, "P"), said(path, "SUM")] == [None, "revu"]
    master(root).unlink()
    assert [said(made(root).path, code) for code in ("P", "SUM")] == [None, "revu"]


@pytest.mark.long
def test_each_campaign_has_comments_of_its_own(root: Path) -> None:
    before = made(root, "2020").path
    assert said(before, "P") is None
    assert orphans(before) == []
    edit(before, typing("Bilan", "P", "Commentaire", "En 2020"))
    made(root, "2020")
    shutil.rmtree(root / "sorties")
    assert said(made(root, "2020").path, "P") == "En 2020"
    assert said(made(root, "2021").path, "P") == ON_PILLAR


def test_a_comment_beside_a_line_of_the_pillar_sheet_stands_for_its_indicator(root: Path) -> None:
    edit(master(root), typing("Pilier", "ALL.M1", LINE_COMMENT, "vu en comité"))
    path = made(root).path
    assert said(path, "ALL") == "vu en comité"
    assert [text_in(row["Clé"]) for row in rows(root, "notes.csv")] == ["2021 | Pilier | P", "2021 | Indicateur | SUM"]
    edit(path, typing("Bilan", "ALL", "Commentaire", "mieux dit"))
    path = made(root).path
    assert said(path, "ALL") == "mieux dit"
    assert shown(path, "ALL.M1", LINE_COMMENT) == "vu en comité"


@pytest.mark.long
def test_a_comment_typed_on_the_first_page_is_taken_over_or_listed(root: Path) -> None:
    page = openpyxl.load_workbook(master(root))["Synthèse"]
    column = next(cell.column for row in page.iter_rows() for cell in row if str(cell.value).startswith("Commentaire"))
    pillar = next(row[0].row for row in page.iter_rows() if row[0].value == "Pilier")
    listed = page.max_row

    def change(book: openpyxl.Workbook) -> None:
        book["Synthèse"].cell(pillar, column).value = "tapé ici"
        book["Synthèse"].cell(listed, column).value = "tapé là"

    edit(master(root), change)
    path = made(root).path
    assert said(path, "P") == "tapé ici"
    assert "tapé ici" in on_summary(path)
    assert [row[2] for row in orphans(path)] == ["tapé là"]


@pytest.mark.long
def test_a_comment_on_what_the_contract_no_longer_has_is_listed(root: Path) -> None:
    smaller = framework(measure("ALL.M1"))
    given = [returned("A", {"ALL.M1": 100.0}, "2021")]
    path = consolidate(smaller, judged(*given), "2021", root / "sorties", root).path
    assert [row[0] for row in orphans(path)] == ["2021 | Indicateur | SUM"]
    assert said(made(root).path, "SUM") == "à revoir"


@pytest.mark.long
def test_a_text_that_looks_like_a_formula_stays_a_text(root: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = next(cell for row in book["Bilan"].iter_rows() for cell in row if cell.value == "=")
        cell.value, cell.data_type = ON_INDICATOR, "s"

    edit(master(root), typing("Bilan", "ALL", "Commentaire", "="))
    edit(master(root), change)
    assert said(made(root).path, "ALL") == ON_INDICATOR


def test_a_sheet_of_the_coordination_called_bilan_is_its_own(tmp_path: Path) -> None:
    """In a master of an earlier version, which had no such sheet."""
    path = made(tmp_path).path

    def change(book: openpyxl.Workbook) -> None:
        del book["Bilan"]
        book.create_sheet("Bilan")["A1"] = "Mes notes"

    edit(path, change)
    former = read_master(path, CONTRACT)
    assert former is not None
    assert former.own_sheets == ("Bilan",)


@pytest.mark.long
def test_a_column_added_to_bilan_is_kept_beside_and_is_no_comment(root: Path) -> None:
    edit(master(root), typing("Bilan", "ALL", "Suite", "à voir en mars"))
    path = made(root).path
    assert shown(path, "ALL", "Suite", "Bilan") == "à voir en mars"
    assert said(path, "ALL") is None
    assert orphans(path) == []
