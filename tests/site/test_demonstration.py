"""The demonstration ends with the page, names it, and the page is light; its sheets say what its commands say."""

from __future__ import annotations

from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

import cvsheet
from cvsheet.cli.main import execute
from cvsheet.reports.ours import is_our_site
from tests.site.test_browser import LARGEST

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the demonstration, and what was said."""
    folder, said = tmp_path_factory.mktemp("long") / "demo", StringIO()
    with redirect_stdout(said):
        assert execute(["demo", str(folder)]) == 0
    return folder, said.getvalue()


def test_the_demonstration_names_the_page_that_it_made(played: tuple[Path, str]) -> None:
    folder, said = played
    (page,) = (folder / "sorties").glob("*_site.html")
    assert str(page) in said
    assert is_our_site(page.read_bytes()) and page.stat().st_size < LARGEST


def test_its_master_knows_the_deadlines_that_its_messages_gave(played: tuple[Path, str]) -> None:
    contract = cvsheet.open_contract(played[0])
    (master,) = (played[0] / "sorties").glob("*_maitre.xlsx")
    known = contract.framework.campaign
    told = {(campaign, partner): day.date() for campaign, partner, day in reception(master)}
    assert told == {key: known[key[0]].deadline_for(key[1]) for key in told}
    assert any(day != known[campaign].deadline for (campaign, _), day in told.items())


def reception(master: Path) -> list[tuple[str, str, datetime]]:
    """Campaign, partner and deadline in each row of *Réception*."""
    rows = list(load_workbook(master, read_only=True)["Réception"].iter_rows(values_only=True))
    header = next(number for number, row in enumerate(rows) if row[0] == "Campagne")
    places = [rows[header].index(title) for title in ("Campagne", "Partenaire", "Date limite")]
    return [(str(row[places[0]]), str(row[places[1]]), row[places[2]]) for row in rows[header + 1 :] if row[0]]
