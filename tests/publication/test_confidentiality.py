"""No masked count can be worked out from what is published: attacked by linear programming over random contracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from cvsheet.consolidation.aggregation import Consolidation, aggregate
from cvsheet.consolidation.confidentiality import Reason, Secrecy, hidden_beneficiaries, secrecy
from cvsheet.consolidation.figures import POINT, figures
from cvsheet.framework import Campaign, CampaignType, Category, CoherenceRule, Direction, Framework, Reference
from cvsheet.writing.export import ExportContent
from cvsheet.writing.export.rows import rows_of
from tests.consolidation.frameworks import answers, evolution, framework, measure, share
from tests.publication.attack import Publication, bounds_of
from tests.publication.contracts import random_consolidation


def published(consolidation: Consolidation, *, complementary: bool = True) -> Publication:
    """What a reader finds in the open data; without the complementary suppressions, small counts alone are masked."""
    numbers = figures(consolidation)
    contract = consolidation.framework
    small = {key for key, value in numbers.items() if 0 < value < contract.contract.secrecy_people}
    small = {key for key in small if contract.line[key[1]].measure.diffusion == "personnes" and key[2] != "cible"}
    small = {key for key in small if not contract.line[key[1]].measure.computed}
    masks = secrecy(consolidation) if complementary else Secrecy(dict.fromkeys(small, Reason.SMALL))
    content = ExportContent(contract, consolidation, masks, {})
    values, progress = rows_of(content, "valeurs"), rows_of(content, "progression")
    return Publication.of_rows(contract, values, progress, small)


def recovered(publication: Publication) -> Iterator[tuple[tuple[str, str, str], int]]:
    """The small counts that the attack finds exactly."""
    for key in sorted(publication.small):
        low, high = bounds_of(publication, key)
        if low == high:
            yield key, low


@pytest.mark.parametrize(("threshold", "seed"), [*((5, seed) for seed in range(20)), *((3, seed) for seed in range(8))])
def test_no_masked_count_can_be_worked_out(threshold: int, seed: int) -> None:
    publication = published(random_consolidation(seed, threshold))
    assert publication.small <= set(publication.masked)
    assert list(recovered(publication)) == []


@pytest.mark.parametrize("seed", range(6))
def test_the_attack_breaks_a_publication_that_masks_small_counts_alone(seed: int) -> None:
    consolidation = random_consolidation(seed)
    key, found = next(recovered(published(consolidation, complementary=False)))
    assert figures(consolidation)[key] == found


def masked(contract: Framework, *rows: str) -> dict[tuple[str, str], Reason]:
    """The masked lines of yearly campaigns and points, by campaign and line."""
    reasons = secrecy(aggregate(contract, answers(*rows))).reasons
    return {(campaign, line): reason for (campaign, line, _), reason in reasons.items()}


def people(code: str = "I.M1", **more: object) -> Framework:
    return framework(measure(code, diffusion="personnes", **{"breakdowns": ("quartier",), **more}))


def test_a_small_count_takes_its_neighbour_along() -> None:
    hidden = masked(people(), "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17")
    assert hidden == {("2020", "I.M1/N"): Reason.SMALL, ("2020", "I.M1/S"): Reason.DEDUCIBLE}


def test_two_masked_categories_of_eight_could_only_be_four_and_four() -> None:
    hidden = masked(people(), "2020 A I.M1 8", "2020 A I.M1/N 4", "2020 A I.M1/S 4")
    assert hidden[("2020", "I.M1")] is Reason.DEDUCIBLE


@pytest.mark.parametrize("figures", [(2, 1, 1), (2, 2, 0), (1, 1, 0)])
def test_two_companies_of_two_kinds_look_like_one(figures: tuple[int, int, int]) -> None:
    contract = framework(measure("I.M1", diffusion="entreprises", breakdowns=("quartier",)))
    total, north, south = figures
    hidden = masked(contract, f"2020 A I.M1 {total}", f"2020 A I.M1/N {north}", f"2020 A I.M1/S {south}")
    assert set(hidden) == {("2020", "I.M1"), ("2020", "I.M1/N"), ("2020", "I.M1/S")}


def test_seven_as_three_and_four_leaves_a_doubt() -> None:
    hidden = masked(people(), "2020 A I.M1 7", "2020 A I.M1/N 3", "2020 A I.M1/S 4")
    assert set(hidden) == {("2020", "I.M1/N"), ("2020", "I.M1/S")}


def test_a_true_zero_stays() -> None:
    hidden = masked(people(), "2020 A I.M1 3", "2020 A I.M1/N 3", "2020 A I.M1/S 0")
    assert set(hidden) == {("2020", "I.M1"), ("2020", "I.M1/N")}


def test_the_threshold_itself_is_published() -> None:
    assert masked(people(), "2020 A I.M1 11", "2020 A I.M1/N 5", "2020 A I.M1/S 6") == {}


def test_what_is_public_is_never_masked() -> None:
    assert masked(framework(measure("I.M1")), "2020 A I.M1 2") == {}


def test_companies_have_their_own_threshold() -> None:
    contract = framework(measure("I.M1", diffusion="entreprises"), measure("J.M1", diffusion="entreprises"))
    assert set(masked(contract, "2020 A I.M1 2", "2020 A J.M1 3")) == {("2020", "I.M1")}


def test_a_mean_of_small_counts_is_small() -> None:
    contract = people(aggregation="moyenne", breakdowns=())
    assert set(masked(contract, "2020 A I.M1 2", "2020 B I.M1 3")) == {("2020", "I.M1")}


def test_overlapping_categories_do_not_give_each_other_away() -> None:
    contract = people(breakdowns=("outil",))
    contract = replace(contract, categories=(Category("outil", "A", "A", False), Category("outil", "B", "B", False)))
    hidden = masked(contract, "2020 A I.M1 20", "2020 A I.M1/A 3", "2020 A I.M1/B 18")
    assert set(hidden) == {("2020", "I.M1/A")}


def test_a_share_is_masked_with_its_numerator_and_with_its_denominator() -> None:
    contract = framework(
        measure("N.M1", diffusion="personnes"), measure("D.M1", diffusion="personnes"), share("P.M1", "N.M1", "D.M1")
    )
    assert masked(contract, "2020 A N.M1 2", "2020 A D.M1 40")[("2020", "P.M1")] is Reason.DERIVED
    assert masked(contract, "2020 A N.M1 0", "2020 A D.M1 4")[("2020", "P.M1")] is Reason.DERIVED
    assert masked(contract, "2020 A N.M1 6", "2020 A D.M1 40") == {}


def test_a_change_is_masked_with_either_year() -> None:
    contract = framework(measure("N.M1", diffusion="personnes"), evolution("E.M1", "N.M1"))
    assert ("2021", "E.M1") in masked(contract, "2020 A N.M1 4", "2021 A N.M1 40")
    assert ("2021", "E.M1") in masked(contract, "2020 A N.M1 40", "2021 A N.M1 4")


def test_a_rate_gives_back_the_persons_that_it_counts() -> None:
    rate = measure("T.M1", "moyenne pondérée", type="pourcentage", weight="C.M1", diffusion="personnes")
    contract = framework(rate, measure("C.M1", diffusion="personnes"))
    assert ("2020", "T.M1") in masked(contract, "2020 A T.M1 10", "2020 A C.M1 40")
    assert ("2020", "T.M1") in masked(contract, "2020 A T.M1 50", "2020 A C.M1 4")
    assert masked(contract, "2020 A T.M1 50", "2020 A C.M1 40") == {}


def test_what_a_partner_keeps_secret_is_not_the_rest_of_a_total() -> None:
    hidden = masked(people(), "2020 A I.M1 20", "2020 A I.M1/N ns", "2020 A I.M1/S 17")
    assert ("2020", "I.M1/S") in hidden


def test_what_is_missing_is_not_a_small_rest_either() -> None:
    assert ("2020", "I.M1/S") in masked(people(), "2020 A I.M1 20", "2020 A I.M1/N nd", "2020 A I.M1/S 17")
    assert masked(people(), "2020 A I.M1 20", "2020 A I.M1/N nd", "2020 A I.M1/S 10") == {}


def test_a_rule_that_says_equal_hides_both_sides() -> None:
    contract = framework(measure("I.M1", diffusion="personnes", breakdowns=("quartier",)), measure("J.M1"))
    contract = replace(contract, rules=(CoherenceRule("R", "J.M1", "=", "I.M1/N", "avertissement", ""),))
    hidden = masked(contract, "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17", "2020 A J.M1 3")
    assert hidden[("2020", "J.M1")] is Reason.SMALL


def test_a_public_count_that_bounds_a_small_one_is_masked() -> None:
    contract = framework(measure("I.M1", diffusion="personnes"), measure("J.M1"))
    contract = replace(contract, rules=(CoherenceRule("R", "J.M1", "<=", "I.M1", "erreur", ""),))
    assert ("2020", "J.M1") in masked(contract, "2020 A I.M1 4", "2020 A J.M1 4")
    assert ("2020", "J.M1") not in masked(contract, "2020 A I.M1 4", "2020 A J.M1 2")


def test_a_baseline_of_the_same_year_is_the_same_figure() -> None:
    references = {"I.M1/S": Reference(17, 2020, "validée"), "I.M1/N": Reference(9, 2020, "validée")}
    contract = replace(people(), references=tuple(references.items()))
    hidden = masked(contract, "2020 A I.M1 20", "2020 A I.M1/N 3", "2020 A I.M1/S 17")
    assert (POINT, "I.M1/S") in hidden
    assert (POINT, "I.M1/N") not in hidden  # another figure than that of the campaign: the reader learns nothing


def test_the_bounds_of_unique_persons_do_not_close_on_them() -> None:
    contract = framework(measure("U.M1", diffusion="personnes"), measure("I.M1", breakdowns=("outil",)))
    contract = replace(
        contract,
        categories=(Category("outil", "A", "A", False), Category("outil", "B", "B", False)),
        rules=(CoherenceRule("R", "U.M1", "entre max et somme", "I.M1", "erreur", ""),),
    )
    hidden = masked(contract, "2020 A U.M1 4", "2020 A I.M1 6", "2020 A I.M1/A 4", "2020 A I.M1/B 2")
    assert set(hidden) == {("2020", "U.M1"), ("2020", "I.M1/A")}


def test_three_years_later_the_same_figure_is_asked_again() -> None:
    contract = framework(measure("I.M1", diffusion="personnes"), measure("J.M1"))
    later = Campaign("2023", "2023", CampaignType.YEARLY, 2023, date(2023, 1, 1), date(2023, 12, 31))
    rules = (CoherenceRule("R", "J.M1", "= N-3", "I.M1", "avertissement", ""),)
    contract = replace(contract, campaigns=(*contract.campaigns, later), rules=rules)
    assert ("2023", "J.M1") in masked(contract, "2020 A I.M1 3", "2023 A J.M1 3")


def test_a_target_that_leaves_one_baseline_only_is_masked() -> None:
    fall = framework(measure("I.M1", diffusion="personnes", direction=Direction.FALL))
    contract = replace(fall, references=(("I.M1", Reference(4, 2019, "validée", 4, 2023, "validée")),))
    reasons = secrecy(aggregate(contract, answers())).reasons
    assert reasons == {(POINT, "I.M1", "référence"): Reason.SMALL, (POINT, "I.M1", "cible"): Reason.DEDUCIBLE}


def test_targets_are_aims_and_count_nobody() -> None:
    reference = Reference(None, None, "", 3, 2023, "validée")
    assert masked(replace(people(breakdowns=()), references=(("I.M1", reference),)), "2020 A I.M1 12") == {}


@pytest.mark.parametrize(
    ("total", "women", "hidden"),
    [
        (30, 12, (False, False)),
        (3, None, (True, False)),
        (30, 2, (False, True)),
        (30, 28, (False, True)),  # two men
        (30, 30, (False, False)),
        (8, 4, (True, True)),  # four women and four men: the total would tell both
        (3, 0, (True, False)),
        (None, 2, (False, True)),
    ],
)
def test_beneficiaries_women_and_men(total: float | None, women: float | None, hidden: tuple[bool, bool]) -> None:
    assert hidden_beneficiaries(total, women, 5) == hidden
