"""What is read first stands first: within a screen of 1366 pixels, its labels frozen; the rest is folded, not gone."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from cvsheet.books.master.writing.workbook import master_workbook
from cvsheet.books.publication.actions_sheet import COLUMNS as PUBLISHED_ACTIONS
from cvsheet.books.publication.pillar_sheet import COLUMNS as PUBLISHED
from cvsheet.figures.consolidation import aggregate
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Cell
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.schema.tables import load_table
from cvsheet.workflows.publish import publish
from tests.consolidation.frameworks import answers, as_table
from tests.master.test_actions import CONTRACT, content

SHEETS = {
    "Pilier": "suivi", "Actions": "suivi_actions", "Conflits": "conflits", "Décisions": "decisions",
    "Contributions": "contributions", "Anomalies": "anomalies", "Réception": "reception", "Données": "donnees",
    "Notes orphelines": "notes_orphelines", "Journal": "journal", "Bilan": "bilan",
}  # fmt: skip
SCREEN = 1280  # pixels: what Excel leaves of 1366 for cells
LIBREOFFICE = 1238  # with its side bar, and outlines at the left
CHARACTER, WIDER = 7.0, 7.85  # pixels of one unit of width, in Excel and as LibreOffice draws Carlito
MOST_FROZEN = 0.4  # of the screen: the rest scrolls
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MASTER = {
    "suivi": ("mesure ventilation", "unite retenu situation progression tendance reference cible couverture arbitre"),
    "suivi_actions": ("action", "statut avancement pilote partenaire campagne commentaire"),
    "conflits": ("mesure", "arbitrage campagne nom valeur retenu ecart decision"),
    "decisions": ("campagne mesure", "calcule arbitre etat motif note"),
    "contributions": ("mesure ventilation", "nom retenue campagnes"),
    "anomalies": ("severite mesure", "nom message campagne code"),
    "reception": ("campagne nom", "etat taux manque limite retard erreurs avertissements"),
    "donnees": ("campagne mesure ventilation", "partenaire grandeur reponse nombre texte compte devenir"),
    "notes_orphelines": ("tableau", "cle colonne contenu"),
    "journal": ("", "fichier sort campagne partenaire"),
    "bilan": ("intitule", "situation precedente valeur cible ecart variation fiabilite pilote commentaire"),
}
PUBLICATION = {
    "suivi": ("mesure ventilation", "unite retenu situation progression reference cible variation campagnes"),
    "suivi_actions": ("action", "statut avancement pilote budget_prevu budget_realise beneficiaires femmes"),
}
"""Of each table the columns that are frozen, and those to be seen with them when the sheet opens."""


@dataclass(frozen=True)
class Shown:
    """A table in its sheet: where each column stands (of those of campaigns the last), how wide, what is folded."""

    columns: dict[str, int]
    widths: dict[int, float]
    folded: frozenset[int]
    frozen: int

    def pixels(self, name: str, each: float) -> float:
        """Where the column `name` ends."""
        last = self.columns[name]
        return sum(each * self.widths[one] for one in range(1, last + 1) if one not in self.folded)


def tables(path: Path) -> dict[str, Shown]:
    """The tables of a workbook by name, as its sheets show them."""
    found: dict[str, Shown] = {}
    for number, sheet in enumerate(open_grid(path).sheets, start=1):
        if sheet.name in SHEETS:
            names = {column.title: column.name for column in load_table(SHEETS[sheet.name]).columns}
            rows = (
                {name: cell.column for cell in row.values() if (name := _name(cell, names))}
                for row in sheet.rows.values()
            )
            found[SHEETS[sheet.name]] = Shown(max(rows, key=len), *layout(path, number))
    return found


def _name(cell: Cell, names: dict[str, str]) -> str:
    """The column that a title names: those of the campaigns are one, decisions say the campaign judged."""
    title = str(cell.value)
    return names.get(title) or names.get(title.removesuffix(" 2021")) or ("campagnes" if "Valeur 20" in title else "")


def layout(path: Path, number: int) -> tuple[dict[int, float], frozenset[int], int]:
    """Widths, folded columns and how many are frozen in the sheet `number`."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
    widths: dict[int, float] = {}
    folded: set[int] = set()
    for one in root.iter(f"{MAIN}col"):
        columns = range(int(one.get("min", "")), int(one.get("max", "")) + 1)
        widths |= dict.fromkeys(columns, float(one.get("width", "")))
        if one.get("hidden"):
            assert one.get("outlineLevel") == "1", "hidden without a button that shows it"
            folded |= set(columns)
    pane = root.find(f".//{MAIN}pane")
    return widths, frozenset(folded), 0 if pane is None else int(pane.get("xSplit", "0"))


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    path = tmp_path_factory.mktemp("master") / "maitre.xlsx"
    path.write_bytes(master_workbook(content(CONTRACT, ASSESSMENT)))
    return tables(path)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    folder = tmp_path_factory.mktemp("diffusion")
    judged = CONTRACT.campaign["2021"]
    return tables(publish(ASSESSMENT, aggregate(CONTRACT, ASSESSMENT.frame), judged, folder).path)


ASSESSMENT = Assessment((), (), as_table(answers("2020 A M.M1 8", "2021 A M.M1 15")), ())


def test_every_sheet_of_the_master_is_measured(master: dict[str, Shown]) -> None:
    assert set(master) == set(MASTER)


@pytest.mark.parametrize("name", MASTER)
def test_what_is_read_first_in_a_master_fits_the_screen(master: dict[str, Shown], name: str) -> None:
    assert_first(master[name], *MASTER[name])


@pytest.mark.parametrize("name", PUBLICATION)
def test_what_is_read_first_in_a_publication_fits_the_screen(publication: dict[str, Shown], name: str) -> None:
    assert_first(publication[name], *PUBLICATION[name])


def assert_first(shown: Shown, frozen: str, first: str) -> None:
    """The `frozen` columns and, beside them, the `first` ones: in sight in both programs, with room to scroll."""
    labels, names = frozen.split(), [*frozen.split(), *first.split()]
    assert [name for name in names if shown.columns[name] in shown.folded] == []
    assert {name: shown.pixels(name, CHARACTER) for name in names if shown.pixels(name, CHARACTER) > SCREEN} == {}
    assert {name: shown.pixels(name, WIDER) for name in names if shown.pixels(name, WIDER) > LIBREOFFICE} == {}
    assert sorted(shown.columns[name] for name in labels) == list(range(1, shown.frozen + 1))
    assert not labels or shown.pixels(labels[-1], CHARACTER) <= MOST_FROZEN * SCREEN


@pytest.mark.parametrize("name", MASTER)
def test_nothing_is_removed_from_a_master(master: dict[str, Shown], name: str) -> None:
    described = {column.name for column in load_table(name).columns}
    assert described <= set(master[name].columns)


def test_nothing_is_removed_from_a_publication(publication: dict[str, Shown]) -> None:
    assert set(PUBLISHED) <= set(publication["suivi"].columns)
    assert set(PUBLISHED_ACTIONS) <= set(publication["suivi_actions"].columns)


def test_the_link_that_settles_a_conflict_stands_second(master: dict[str, Shown]) -> None:
    assert master["conflits"].columns["arbitrage"] == 2
