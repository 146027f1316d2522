"""No progress, trend, change, share or baseline of another campaign gives a masked count back."""

from __future__ import annotations

import pytest

from tests.publication.several_campaigns import random_campaigns, told_counts

pytestmark = pytest.mark.long


@pytest.mark.parametrize("seed", range(12))
def test_who_reads_every_campaign_reads_no_masked_count(seed: int) -> None:
    assert told_counts(random_campaigns(seed), 4) == []
