"""What a `référence` campaign proposes is adopted as a person would write it."""

from __future__ import annotations

import pytest

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.figures.consolidation import Consolidated, Consolidation
from cvsheet.model.framework import CampaignType
from cvsheet.model.submission import Quantity
from cvsheet.workflows.adopt_campaign import proposals
from tests.conftest import ROOT

LINE = "EMP-P1-I02.M1"


@pytest.mark.parametrize(
    ("consolidated", "adopted"),
    [
        (120.0, 120),
        (0.0, 0),
        (12.3456, 12.3456),
        (34.761194029850746, 34.7612),
        (-34.761194029850746, -34.7612),
        (0.1 + 0.2, 0.3),
        (3601.7999999999997, 3601.8),
        (0.0001234567, 0.000123457),  # six significant digits of a small number
    ],
)
def test_without_the_digits_of_a_division(consolidated: float, adopted: float) -> None:
    framework = framework_from(read_csv_folder(ROOT / "examples" / "amboise" / "referentiel"))
    campaign = next(one for one in framework.campaigns if one.type is CampaignType.BASELINE)
    typed = {(campaign.code, LINE, quantity.value): Consolidated(consolidated) for quantity in Quantity}
    found = proposals(framework, Consolidation(framework, typed), campaign, [])[LINE]
    assert (found.baseline, found.target) == (adopted, adopted)
