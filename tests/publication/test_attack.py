"""No masked count can be worked out from what is published: attacked by linear programming over random contracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cvsheet.books.opendata import ExportContent
from cvsheet.books.opendata.rows import rows_of
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.disclosure.confidentiality import secrecy
from cvsheet.figures.disclosure.figures import figures
from tests.publication.attack import Publication, extremes_of
from tests.publication.contracts import random_consolidation


def published(consolidation: Consolidation, *, complementary: bool = True) -> Publication:
    """What a reader finds in the open data; without the complementary suppressions, small counts alone are masked."""
    numbers = figures(consolidation)
    contract = consolidation.framework
    small = {key for key, value in numbers.items() if 0 < value < contract.contract.secrecy_people}
    small = {key for key in small if contract.line[key[1]].measure.diffusion == "personnes" and key[2] != "cible"}
    small = {key for key in small if not contract.line[key[1]].measure.computed}
    masks = secrecy(consolidation)
    masks = masks if complementary else replace(masks, hidden=frozenset(small))
    content = ExportContent(contract, consolidation, masks, {})
    values, progress = rows_of(content, "valeurs"), rows_of(content, "progression")
    return Publication.of_rows(contract, values, progress, small)


def narrowed(publication: Publication) -> Iterator[tuple[tuple[str, str, str], int, int]]:
    """The small counts that equations keep from being any number below the threshold, with their bounds."""
    least, most = 1, publication.framework.contract.secrecy_people - 1
    worlds: list[dict[tuple[str, str, str], int]] = []  # those of one count may settle another
    for key in sorted(publication.small):
        if any(world[key] <= least for world in worlds) and any(world[key] >= most for world in worlds):
            continue
        extremes = extremes_of(publication, key)
        worlds += extremes
        low, high = (world[key] for world in extremes)
        if low > least or high < most:
            yield key, low, high


@pytest.mark.parametrize(("threshold", "seed"), [*((5, seed) for seed in range(20)), *((3, seed) for seed in range(8))])
@pytest.mark.sample(7)
def test_no_masked_count_can_be_worked_out(threshold: int, seed: int) -> None:
    publication = published(random_consolidation(seed, threshold))
    assert publication.small <= set(publication.masked)
    assert list(narrowed(publication)) == []


@pytest.mark.parametrize("seed", range(6))
def test_the_attack_breaks_a_publication_that_masks_small_counts_alone(seed: int) -> None:
    consolidation = random_consolidation(seed)
    found = narrowed(published(consolidation, complementary=False))
    key, low = next((key, low) for key, low, high in found if low == high)
    assert figures(consolidation)[key] == low
