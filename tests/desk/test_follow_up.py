"""*Suivi* and *À décider*: the figures of the master, each down to the cell of the file that it comes from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cvsheet
from cvsheet.books.master.content import MasterContent
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Sheet
from cvsheet.model.submission import Quantity
from cvsheet.text.french import french_number
from tests.desk.conftest import Browser, until

HEADER_ROW = 4
TITLES = ("Référence", "Valeur 2020", "Valeur 2021", "Cible", "Situation")


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def rows_of(page: str) -> dict[str, list[str]]:
    """Line code -> its cells on the page, notes left out."""
    found = {}
    for code, row in re.findall(r'<tr data-line="([^"]+)"[^>]*>(.*?)</tr>', page, re.DOTALL):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", re.sub(r'<span class="note">.*?</span>', "", row), re.DOTALL)
        found[html.unescape(code)] = [plain(cell) for cell in cells]
    return found


def in_master(sheet: Sheet) -> Iterator[tuple[str, list[object]]]:
    """Line code and the cells under `TITLES`, as a person reads them in the master."""
    header = {str(cell.value).replace("\n", " "): column for column, cell in sheet.rows[HEADER_ROW].items()}
    for number in sorted(number for number in sheet.rows if number > HEADER_ROW):
        row = sheet.rows[number]
        if header["Code"] in row:
            cells = (row.get(header[title]) for title in TITLES)
            yield str(row[header["Code"]].value), [None if cell is None else cell.value for cell in cells]


@pytest.mark.long
def test_every_figure_of_the_page_is_that_of_the_master(visitor: Browser, folder: Path) -> None:
    contract = cvsheet.open_contract(folder, jobs=0, keep=True)
    grid, framework = open_grid(contract.consolidate().path), contract.framework
    compared = 0
    for pillar in framework.pillars:
        shown = rows_of(visitor.get(f"/suivi?pilier={pillar.code}").text)
        (sheet,) = (one for one in grid.sheets if one.name == pillar.sheet)
        expected = dict(in_master(sheet))
        assert shown.keys() == expected.keys()
        for code, (baseline, before, now, target, situation) in expected.items():
            *figures, _, said = shown[code]
            assert said == situation
            for figure, value in zip(figures, (baseline, before, now, target), strict=True):
                if isinstance(value, float | int):
                    assert figure == plain(french_number(float(value))), code
                    compared += 1
                else:
                    assert not re.search(r"\d", figure) or framework.line[code].measure.is_text
    assert compared > 300


def test_each_pillar_counts_its_indicators_by_situation(visitor: Browser) -> None:
    page = visitor.get("/suivi").text
    pillars = re.search(r'<nav class="pillars".*?</nav>', page, re.DOTALL)
    assert pillars is not None
    counted = sum(int(number) for number in re.findall(r":\s(\d+)</li>", pillars[0]))
    seen = visitor.desk.follower.seen
    assert seen is not None
    assert counted == len(seen.content("2021").headline_lines)


def test_an_indicator_with_figures_has_a_chart_that_a_strict_policy_allows(visitor: Browser) -> None:
    page = visitor.get("/suivi").text
    assert page.count("<svg") >= 7
    assert " style=" not in page


def content_of(browser: Browser) -> MasterContent:
    seen = browser.desk.follower.seen
    assert seen is not None
    return seen.content("2021")


def test_a_figure_opens_into_the_answers_that_make_it(visitor: Browser) -> None:
    """Down to the received file: partner, what was typed, sheet, cell, comment."""
    content = content_of(visitor)
    addresses = re.findall(r'<a href="(/contributions[^"]+grandeur=valeur)"', visitor.get("/suivi?pilier=EMP").text)
    assert len(addresses) > 50
    place = ("2021", "EMP-P1-I01.M1/VER", Quantity.VALUE.value)
    address = next(html.unescape(one) for one in addresses if "2021" in one and "I01.M1%2FVER" in one)
    page = visitor.get(address).text
    text = plain(page)
    for one in content.consolidation.typed[place].contributions:
        (row,) = content.assessment.answers.records([one.row])
        assert f"{content.framework.partner_name(one.partner)} {one.partner}" in text
        assert f"{row['feuille']} !{row['cellule']}" in text
        number = re.search(r'href="/fichiers/([\w-]+)"', page)
        assert number is not None
        assert visitor.get(f"/fichiers/{number[1]}").content == (visitor.desk.root / row["fichier"]).read_bytes()


@pytest.mark.parametrize("quantity", list(Quantity))
@pytest.mark.long
def test_all_figures_open(visitor: Browser, quantity: Quantity) -> None:
    """Computed ones lead to their terms, baselines and targets to the campaign that proposed them."""
    content = content_of(visitor)
    campaign = "2021" if quantity is Quantity.VALUE else "2019-REF"
    for line in content.framework.line.values():
        page = visitor.get("/contributions", params={"campagne": campaign, "ligne": line.code, "grandeur": quantity})
        text = plain(page.text)
        assert line.full_title.split()[0] in text
        assert "Impossible" not in text, line.code
        if line.measure.computed:
            assert "Calculée à partir de" in text


@pytest.mark.parametrize(
    ("name", "value"),
    [("ligne", "none"), ("ligne", "<b>"), ("campagne", "1999"), ("grandeur", "none"), ("ligne", "../x")],
)
def test_what_is_not_in_the_contract_opens_into_nothing(visitor: Browser, name: str, value: str) -> None:
    asked = {"campagne": "2021", "ligne": "EMP-P1-I01.M1", "grandeur": "valeur"} | {name: value}
    page = visitor.get("/contributions", params=asked)
    assert "Impossible d’afficher cette page" in page.text
    assert "<b>" not in page.text


@pytest.mark.long
def test_conflicts_stand_as_in_the_master_with_the_way_to_its_cell(browser: Browser, folder: Path) -> None:
    assert "Il n’existe pas encore" in browser.text("/a-decider")
    browser.does("consolider")
    until(lambda: "Il n’existe pas encore" not in browser.text("/a-decider"))
    (sheet,) = (
        one for one in open_grid(folder / "sorties" / "amboise_2021_maitre.xlsx").sheets if one.name == "Conflits"
    )
    header = {str(cell.value): column for column, cell in sheet.rows[HEADER_ROW].items()}
    rows = [sheet.rows[number] for number in sorted(sheet.rows) if number > HEADER_ROW]
    page = browser.text("/a-decider")
    assert rows
    for row in rows:
        for title in ("Mesure", "Partenaire", "Cellule"):
            assert plain(str(row[header[title]].value)) in page, title
        where = next(str(cell.value) for cell in row.values() if str(cell.value).startswith("cellule "))
        assert f"Où décider : {plain(where)}" in page


@pytest.mark.long
def test_what_was_decided_is_shown_with_its_reason(browser: Browser, folder: Path) -> None:
    """Decided in the register, as a consolidation keeps it."""
    browser.does("consolider")
    line = "EMP-P1-I01.M2"
    (folder / "decisions.csv").write_text(
        "Campagne;Ligne;Valeur arbitrée;Motif\n2021;" + line + ";1234;Chiffre de la préfecture\n", encoding="utf-8-sig"
    )
    before = browser.desk.follower.version
    until(lambda: browser.desk.follower.version != before)
    page = browser.text("/a-decider")
    assert "1 234" in page
    assert "Chiffre de la préfecture" in page
    opened = browser.text(f"/contributions?campagne=2021&ligne={line}&grandeur=valeur")
    assert "Valeur arbitrée par la coordination : Chiffre de la préfecture" in opened


def test_without_a_return_the_pages_say_so(tmp_path: Path) -> None:
    from tests.desk.conftest import opened

    desk = opened(cvsheet.new_contract(tmp_path / "contrat", identity="").folder.root)
    browser = Browser(desk)
    until(lambda: desk.follower.seen)
    for page in ("/suivi", "/a-decider"):
        assert "Aucun retour utilisable" in browser.text(page)
    assert "Aucun fichier reçu" in browser.text("/retours")
    desk.follower.stop()
