"""`validate` on real files: generated workbooks, filled, spoilt, mixed with what a mail box holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.books.partner.writing import partner_workbook
from cvsheet.demo.mistakes import approximate, wrong_sum
from cvsheet.demo.returns import drop_into, good_return, spoilt_return
from cvsheet.model.findings import Severity
from cvsheet.model.framework import CampaignType, Framework
from cvsheet.workflows.validate import validate

AMBOISE = Path(__file__).parents[2] / "examples" / "amboise" / "referentiel"


@pytest.fixture(scope="module")
def framework() -> Framework:
    return framework_from(read_csv_folder(AMBOISE))


@pytest.mark.long
def test_good_campaigns_raise_no_error_and_no_warning(framework: Framework, tmp_path: Path) -> None:
    first_year = next(one for one in framework.campaigns if one.type is CampaignType.YEARLY).code
    baseline = next(one for one in framework.campaigns if one.type is CampaignType.BASELINE).code
    for campaign in (baseline, first_year):
        asked = framework.partners_asked(campaign)
        drop_into(tmp_path / campaign, tuple(good_return(framework, campaign, partner.code) for partner in asked))
    assessment = validate(framework, [tmp_path], tmp_path)
    assert [finding for finding in assessment.findings if finding.severity is not Severity.INFO] == []
    assert assessment.incidents == () and assessment.skipped == ()
    assert len(assessment.current) == len(assessment.received) >= 36
    assert assessment.frame["ecart"].eq("").all()


def test_each_mistake_is_found_at_its_cell_and_a_bad_file_stops_nobody(framework: Framework, tmp_path: Path) -> None:
    drop_into(
        tmp_path,
        (
            good_return(framework, "2021", "PE"),
            spoilt_return(framework, "2021", "ML", (approximate,)),
            spoilt_return(framework, "2021", "CCVA", (wrong_sum,)),
        ),
    )
    (tmp_path / "reponse.xlsx").write_bytes(b"%PDF-1.7 ...")
    assessment = validate(framework, [tmp_path], tmp_path)
    errors = [finding for finding in assessment.findings if finding.severity is Severity.ERROR]
    assert {(one.code, one.place.file, one.partner) for one in errors} == {
        ("FIC-009", "reponse.xlsx", ""),
        ("VAL-007", "amboise_2021_ML.xlsx", "ML"),
        ("COH-001", "amboise_2021_CCVA.xlsx", "CCVA"),
    }
    assert all(one.place.sheet and one.place.cell for one in errors if one.partner)


def test_an_untouched_workbook_is_one_finding(framework: Framework, tmp_path: Path) -> None:
    (tmp_path / "vide.xlsx").write_bytes(partner_workbook(framework, "2021", "PE"))
    assessment = validate(framework, [tmp_path], tmp_path)
    codes = [finding.code for finding in assessment.findings if finding.severity is not Severity.INFO]
    assert codes == ["FIC-035"]


def test_a_file_of_another_contract_is_left_out_whole(framework: Framework, tmp_path: Path) -> None:
    other = replace(framework, contract=replace(framework.contract, code="ailleurs"))
    drop_into(tmp_path, (good_return(other, "2021", "PE"),))
    assessment = validate(framework, [tmp_path], tmp_path)
    assert [finding.code for finding in assessment.findings] == ["FIC-031"]
    assert assessment.current == ()
