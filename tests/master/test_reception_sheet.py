"""The sheet *Réception*: whom to call first, in words, and the files that count for nobody."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cvsheet.errors import CvsheetError
from cvsheet.model.framework import Framework
from cvsheet.workflows.consolidate import consolidate
from tests.partner.conftest import small
from tests.workflows.late_campaign import CAMPAIGN, four_partners, four_ways, judged

__all__ = ["small"]


def test_it_says_who_is_late_and_what_is_missing(small: Framework, tmp_path: Path) -> None:
    framework = four_partners(small)
    assessment = judged(framework, tmp_path, {**four_ways(framework), "inconnu.xlsx": b""})
    made = consolidate(framework, assessment, CAMPAIGN, tmp_path / "maitre.xlsx")
    rows = list(openpyxl.load_workbook(made.path)["Réception"].iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if "Partenaire" in row)
    titles = [str(title) for title in rows[start]]
    table = [dict(zip(titles, row, strict=True)) for row in rows[start + 1 :]]
    told = [(row["Partenaire"], row["État"], row["Complétude (%)"]) for row in table]
    assert told == [
        ("B", "Inutilisable", 0),
        ("C", "Rien reçu", 0),
        ("A", "Incomplet", 72),
        ("D", "Complet", 100),
        ("? retours/inconnu.xlsx", "Non repris", None),
    ]
    incomplete = {title: str(value).replace("\u00a0", " ") for title, value in table[2].items()}
    assert incomplete["Par pilier"] == "L'emploi & l’insertion 80 %\nHabitat 0 %"
    assert incomplete["Il manque"] == "L'emploi & l’insertion 1 ligne et 1 action\nHabitat 1 ligne"
    assert str(table[0]["Fichiers non repris"]).startswith("retours/2021/test_2021_B (1).xlsx")
    assert str(table[4]["Fichiers non repris"]).startswith("retours/inconnu.xlsx")


def test_a_campaign_without_a_return_gets_no_master(small: Framework, tmp_path: Path) -> None:
    framework = four_partners(small)
    assessment = judged(framework, tmp_path, four_ways(framework))
    silent = next(code for code in framework.campaign if code != CAMPAIGN)
    with pytest.raises(CvsheetError, match="rien n’a été écrit"):
        consolidate(framework, assessment, silent, tmp_path / "maitre.xlsx")
    assert not (tmp_path / "maitre.xlsx").exists()
