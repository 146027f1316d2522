"""False alarms: campaigns in which nobody makes a mistake, whole contracts judged with their history.

Every finding that is no INFO is a false alarm. Answers are judged as typed, without files, but for the samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.reading.framework_records import framework_from
from cvsheet.demo.returns import drop_into, good_return
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.findings import Finding, Severity
from cvsheet.model.framework import Framework
from cvsheet.workflows.audit import audit
from cvsheet.workflows.validate import validate
from tests.conftest import ROOT

from .random_contracts import random_contract
from .typed_returns import good_campaign


@dataclass(frozen=True, slots=True)
class Tally:
    """How many campaigns, returns and answers were judged, and the false alarms among the findings."""

    campaigns: int = 0
    returns: int = 0
    answers: int = 0
    alarms: tuple[Finding, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.campaigns + other.campaigns,
            self.returns + other.returns,
            self.answers + other.answers,
            self.alarms + other.alarms,
        )


@cache
def amboise() -> Framework:
    return framework_from(read_csv_folder(ROOT / "examples" / "amboise" / "referentiel"))


def amboise_tally(seeds: range) -> Tally:
    """The Amboise contract, all its campaigns, with the figures of each seed."""
    return sum((typed_tally(amboise(), seed) for seed in seeds), Tally())


def random_tally(seeds: range) -> Tally:
    """Small contracts at random, all their campaigns."""
    return sum((typed_tally(random_contract(seed), seed) for seed in seeds), Tally())


def typed_tally(framework: Framework, seed: int) -> Tally:
    """All campaigns of one contract, judged together as typed."""
    received = tuple(one for campaign in framework.campaigns for one in good_campaign(framework, campaign.code, seed))
    return _tally(framework, assess(framework, received))


def audit_tally(framework: Framework, seed: int) -> Tally:
    """Every campaign of one contract audited, as typed."""
    received = tuple(one for campaign in framework.campaigns for one in good_campaign(framework, campaign.code, seed))
    assessment = assess(framework, received)
    audited = (audit(framework, assessment, campaign.code, docs=False).own for campaign in framework.campaigns)
    alarms = tuple(alarm for own in audited for alarm in _tally(framework, own).alarms)
    return Tally(len(framework.campaigns), len(assessment.current), len(assessment.frame), alarms)


def file_tally(framework: Framework, seed: int, folder: Path) -> Tally:
    """All campaigns of one contract as workbooks, written, put in `folder` and read."""
    for campaign in framework.campaigns:
        asked = framework.partners_asked(campaign.code)
        files = tuple(good_return(framework, campaign.code, partner.code, seed) for partner in asked)
        drop_into(folder / campaign.code, files)
    return _tally(framework, validate(framework, [folder], folder))


def _tally(framework: Framework, assessment: Assessment) -> Tally:
    assert assessment.incidents == (), assessment.incidents
    alarms = tuple(finding for finding in assessment.findings if finding.severity is not Severity.INFO)
    return Tally(len(framework.campaigns), len(assessment.current), len(assessment.frame), alarms)
