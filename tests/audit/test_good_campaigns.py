"""Good campaigns keep every expectation; a sample here, hundreds in docs/precision.md."""

from __future__ import annotations

import pytest

from tests.catalogue.good_campaigns import amboise, audit_tally
from tests.catalogue.random_contracts import random_contract


@pytest.mark.long
def test_the_audit_raises_no_error_and_no_warning_on_good_campaigns() -> None:
    tallies = [audit_tally(amboise(), 3), audit_tally(random_contract(7), 7)]
    assert [alarm for tally in tallies for alarm in tally.alarms] == []
    assert sum(tally.campaigns for tally in tallies) == 4 + 3
