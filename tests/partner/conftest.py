"""The Amboise framework, and a small one whose every oddity is visible here."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.model.framework import (
    Action,
    Aggregation,
    Calculation,
    Campaign,
    CampaignType,
    Category,
    ContractSettings,
    Direction,
    Framework,
    Measure,
    Objective,
    Partner,
    Pillar,
    Priority,
    Reference,
)
from tests.conftest import ROOT
from tests.partner.cells import made

CAMPAIGNS = ("2021", "2019-REF")
SHARES = 4

MESSAGE_END = [
    "",
    "Une question ? contrat@ville.example · 02 00 00 00 00",
    "",
    "Cordialement,",
    "",
    "Mme X",
    "Contrat d’essai",
]
"""How every message about the small contract ends."""


@pytest.fixture(scope="session")
def amboise() -> Framework:
    return framework_from(read_csv_folder(ROOT / "examples" / "amboise" / "referentiel"))


def measure(code: str, kind: str = "nombre", **settings: object) -> Measure:
    """A measure, of the indicator that stands before the dot in `code`; partner A types it unless said otherwise."""
    facts: dict[str, object] = {
        "code": code, "indicator": code.partition(".")[0], "pillar": "E", "priority": "P1", "objective": "1-1",
        "indicator_title": f"Indicateur {code.partition('.')[0]}", "title": f"Mesure {code}", "type": kind,
        "unit": "personnes", "nature": "flux", "direction": Direction.RISE, "computed": False, "calculation": None,
        "numerator": "", "denominator": "", "aggregation": Aggregation.SUM, "weight": "", "breakdowns": (),
        "producers": ("A",), "minimum": 0.0, "required": True,
    }  # fmt: skip
    return Measure(**{**facts, **settings})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def small() -> Framework:
    """Two pillars, two partners; partner C is only named, partner D does nothing."""
    return Framework(
        contract=ContractSettings("test", "Contrat d’essai", date(2020, 1, 1), date(2024, 12, 31), coordinator="Mme X",
                          email="contrat@ville.example", phone="02 00 00 00 00"),
        partners=(
            Partner("A", "Association « L’Élan »"), Partner("B", "Bureau"), Partner("C", "Cité"), Partner("D", "D"),
        ),
        campaigns=(
            Campaign("REF", "Situation de référence", CampaignType.BASELINE, 2020, date(2020, 1, 1), date(2020, 3, 31)),
            Campaign("2021", "Bilan 2021", CampaignType.YEARLY, 2021, date(2021, 1, 1), date(2021, 12, 31),
                     date(2022, 2, 28)),
        ),
        pillars=(Pillar("E", "Emploi d’abord", "L'emploi & l’insertion"), Pillar("H", "Habitat", "Habitat")),
        priorities=(Priority("P1", "E", "Insérer"), Priority("P2", "H", "Loger")),
        objectives=(Objective("1-1", "P1", "Accompagner"), Objective("2-1", "P2", "Rénover")),
        actions=(
            Action("A1", "1-1", "Tenir une permanence", pilot="A"),
            Action("A2", "1-1", "Animer un réseau", partners=("A", "C")),
            Action("A3", "2-1", "Rénover des halls", pilot="B", partners=("A",)),
        ),
        measures=(
            measure("E-I1.M1", breakdowns=("sexe", "dispositif"), plausible_minimum=5, plausible_maximum=500),
            measure("E-I1.M2", "pourcentage", unit="%", maximum=100.0, direction=Direction.FALL),
            measure("E-I2.M1", "montant", unit="€", minimum=None, breakdowns=("sexe",), required=False),
            measure("E-I2.M2", "texte", unit="texte", minimum=None, direction=Direction.WATCH),
            measure("E-I2.M3", "note", unit="note /10", maximum=10.0, direction=Direction.WATCH),
            measure("E-I3.M1", "pourcentage", computed=True, calculation=Calculation.SHARE, numerator="E-I1.M1",
                    denominator="E-I1.M1"),
            measure("H-I1.M1", pillar="H", priority="P2", objective="", producers=("B",)),
        ),
        categories=(
            Category("sexe", "F", "Femmes", True), Category("sexe", "H", "Hommes", True),
            Category("dispositif", "X1", "Dispositif 1", False), Category("dispositif", "X2", "Dispositif 2", False),
        ),
        references=(("E-I1.M1", Reference(baseline=120.0, target=180.5)),),
    )  # fmt: skip


@pytest.fixture(scope="session", params=[(campaign, rank) for campaign in CAMPAIGNS for rank in range(SHARES)])
def books(amboise: Framework, request: pytest.FixtureRequest) -> list[Workbook]:
    """The workbooks of every partner of Amboise, a share at a time."""
    campaign, rank = request.param
    return [made(amboise, campaign, partner.code) for partner in amboise.partners_asked(campaign)[rank::SHARES]]
