"""Every REF rule that compares: silent on one side of its limit, speaking on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest

from cvsheet.judging.contract.judge import REF_RULES
from cvsheet.model.records import Record, Scalar
from tests.canonical.test_ref import GOOD, damaged, findings
from tests.rules.test_limits import COMPARES

Values = Mapping[str, Scalar]


@dataclass(frozen=True)
class Limit:
    """Rule `code` says nothing of the row with the values `silent`, and something with `speaks`; `all` are in both."""

    code: str
    table: str
    row: str
    what: str
    silent: Values
    speaks: Values
    both: Values

    def __str__(self) -> str:
        return f"{self.code} {self.what}"


def number(code: str, what: str, silent: Values, speaks: Values, **both: Scalar) -> Limit:
    """A measure that is a count, rising, without a baseline or a target."""
    return Limit(code, "indicateurs", "EMP-P1-I02.M1", what, silent, speaks, both)


def rate(what: str, silent: Values, speaks: Values, **both: Scalar) -> Limit:
    kind: Values = {"type": "pourcentage", "agregation": "source unique", "ventilations": None}
    return Limit("REF-049", "indicateurs", "EMP-P1-I02.M1", what, silent, speaks, {**kind, **both})


def agreed(baseline: float | None = None, target: float | None = None) -> Values:
    return {
        "reference": baseline,
        "statut_reference": "validée" if baseline is not None else None,
        "cible": target,
        "statut_cible": "validée" if target is not None else None,
    }


def campaign(code: str, what: str, silent: Values, speaks: Values) -> Limit:
    return Limit(code, "campagnes", "2022", what, silent, speaks, {})


def contract(code: str, what: str, silent: Values, speaks: Values, **both: Scalar) -> Limit:
    return Limit(code, "contrat", "", what, silent, speaks, both)


LIMITS = (
    number("REF-013", "first year", {"annee_reference": 1990}, {"annee_reference": 1989}),
    number("REF-013", "last year", {"annee_cible": 2100}, {"annee_cible": 2101}),
    contract("REF-013", "threshold", {"seuil_trop_tot": 0.0}, {"seuil_trop_tot": -1.0}),
    number("REF-032", "rise", agreed(120, 120), agreed(120, 119.9), sens="hausse"),
    number("REF-032", "fall", agreed(120, 120), agreed(120, 120.1), sens="baisse"),
    number("REF-032", "only followed", agreed(120, 1), agreed(120, 121), sens="baisse"),
    number("REF-042", "bounds", {"minimum": 5.0, "maximum": 5.0}, {"minimum": 5.1, "maximum": 5.0}),
    number("REF-042", "plausible", {"alerte_min": 5.0, "alerte_max": 5.0}, {"alerte_min": 5.1, "alerte_max": 5.0}),
    rate("1 is no share", agreed(1), agreed(0.99)),
    rate("nor is 0", agreed(0), agreed(0.01)),
    rate("below zero too", agreed(-1), agreed(-0.99), minimum=-10.0),
    rate("a target", agreed(target=1), agreed(target=0.6)),
    rate("a maximum of 1 is asked about", {"maximum": 1.1}, {"maximum": 1.0}),
    rate("a range up to 1", {"alerte_max": 1.0}, {"alerte_max": 1.1}, **agreed(0.5)),
    rate("a range from there", {"alerte_min": 0.5}, {"alerte_min": 0.6}, **agreed(0.5)),
    rate("a range from 0 says nothing", {"alerte_min": 0.1}, {"alerte_min": 0.0}, **agreed(0.5)),
    Limit("REF-047", "indicateurs", "EMP-P2-I02.M1", "never negative", {"minimum": 0.0}, {"minimum": -0.1},
          {"type": "montant"}),
    Limit("REF-047", "indicateurs", "EMP-P2-I02.M1", "counts are never negative", {"type": "nombre"},
          {"type": "montant"}, {"minimum": None}),
    Limit("REF-038", "indicateurs", "EMP-P1-I01.M2", "a second main measure", {"principale": False},
          {"principale": True}, {}),
    Limit("REF-058", "indicateurs", "HAB-P5-I03.M1", "one producer needs no weight", {"producteurs": "TL"},
          {"producteurs": "TL;VTH"}, {"poids": "HAB-P5-I02.M2"}),
    Limit("REF-058", "indicateurs", "HAB-P5-I03.M1", "a sum is not weighed", {"agregation": "somme"},
          {"agregation": "moyenne pondérée"}, {"poids": "HAB-P5-I02.M2"}),
    Limit("REF-058", "indicateurs", "HAB-P5-I03.M1", "nor is what is computed", {"saisie": "calcul"},
          {"saisie": "saisie"}, {"poids": "HAB-P5-I02.M2"}),
    Limit("REF-064", "indicateurs", "EMP-P1-I02.M1", "a percentage", {"type": "pourcentage"}, {"type": "nombre"},
          {"unite": "% des jeunes", "agregation": "source unique"}),
    Limit("REF-064", "indicateurs", "EMP-P1-I02.M1", "points of 20", {"type": "note"}, {"type": "pourcentage"},
          {"unite": "points", "agregation": "source unique"}),
    Limit("REF-064", "indicateurs", "EMP-P1-I02.M1", "no unit is that of the type", {"unite": None}, {"unite": "‰"},
          {"type": "pourcentage", "agregation": "source unique"}),
    contract("REF-049", "1 % is asked about", {"seuil_trop_tot": 1.1}, {"seuil_trop_tot": 1.0}),
    contract("REF-049", "0 % is not", {"seuil_trop_tot": 0.0}, {"seuil_trop_tot": 0.1}),
    contract("REF-050", "the same day", {"debut": date(2022, 12, 31)}, {"debut": date(2023, 1, 1)},
             fin=date(2022, 12, 31)),
    campaign("REF-050", "a campaign of one day", {"debut": date(2022, 12, 31)}, {"debut": date(2023, 1, 1)}),
    campaign("REF-051", "the last day", {"limite": date(2022, 12, 31)}, {"limite": date(2022, 12, 30)}),
    campaign("REF-052", "the next day", {"debut": date(2022, 1, 1)}, {"debut": date(2021, 12, 31)}),
    campaign("REF-053", "the year of its end", {"annee": 2022}, {"annee": 2023}),
    campaign("REF-053", "the year of its start", {"annee": 2022}, {"annee": 2021}),
    contract("REF-054", "the same threshold", {"seuil_surveiller": 95.0}, {"seuil_surveiller": 95.1},
             seuil_bonne_voie=95.0),
)  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_rule_is_silent_on_one_side_of_its_limit_and_speaks_on_the_other(limit: Limit) -> None:
    said = (_told(limit, values) for values in (limit.silent, limit.speaks))
    assert tuple(said) == (False, True)


@pytest.mark.parametrize(
    ("code", "values", "told"),
    [
        ("REF-032", agreed(120, 120), False),
        ("REF-032", agreed(120, 119), True),
        ("REF-040", {"statut_cible": "validée"}, True),
        ("REF-040", {"statut_cible": "à préciser"}, False),
        ("REF-041", {"cible": 120.0}, True),
        ("REF-041", agreed(120, 120), False),
    ],
)
def test_a_category_is_judged_as_its_measure(code: str, values: Values, told: bool) -> None:
    given = {"ligne": "EMP-P1-I02.M1/F", **values}
    row = Record("references_modalites", dict(given), "Références", 5, dict.fromkeys(given, "A5"))
    canonical = replace(GOOD, tables={**GOOD.tables, "references_modalites": (row,)})
    assert (code in {finding.code for finding in findings(canonical)}) == told


@pytest.mark.parametrize(("typed", "unknown"), [("EMP-P2-I02.M9", True), ("deux mots", False)])
def test_what_is_no_code_is_no_unknown_line_too(typed: str, unknown: bool) -> None:
    canonical, _ = damaged("regles", "R09", {"gauche": typed})
    assert ("REF-024" in {finding.code for finding in findings(canonical)}) == unknown


def test_a_campaign_without_its_first_day_overlaps_none() -> None:
    """That the day is missing is said at its cell."""
    canonical, _ = damaged("campagnes", "2021", {"debut": None, "fin": date(2022, 12, 31)})
    assert "REF-052" not in {finding.code for finding in findings(canonical)}


@pytest.mark.parametrize(
    ("filled", "struck", "places"),
    [
        (1, 1, "A5"),
        (2, 1, "A5"),
        (2, 2, "A5:B5"),  # the whole row
        (3, 3, "A5:C5"),
        (3, 2, "A5, B5"),
    ],
)
def test_a_row_that_is_struck_whole_is_one_range(filled: int, struck: int, places: str) -> None:
    names = ("ligne", "reference", "statut_reference")
    values: Values = dict(zip(names[:filled], ("EMP-P1-I02.M1/F", 120.0, "validée"), strict=False))
    cells = {name: f"{letter}5" for name, letter in zip(names, "ABC", strict=True)}
    row = Record("references_modalites", dict(values), "Références", 5, cells, struck=names[:struck])
    canonical = replace(GOOD, tables={**GOOD.tables, "references_modalites": (row,)})
    (found,) = (one for one in findings(canonical) if one.code == "REF-017")
    assert found.facts["places"] == places


def _told(limit: Limit, values: Values) -> bool:
    canonical, _ = damaged(limit.table, limit.row, {**limit.both, **values})
    return limit.code in {finding.code for finding in findings(canonical)}


def test_every_rule_whose_page_compares_or_counts_is_tried_at_its_limit() -> None:
    """REF-006, several sheets with the contract's settings, is tried where sheets are: `test_ref.py`."""
    pages = {rule.code: " ".join(rule.page.partition("Pourquoi")[0].split()) for rule in REF_RULES}
    comparing = {code for code, constat in pages.items() if COMPARES.search(constat)}
    assert comparing - {limit.code for limit in LIMITS} == {"REF-006"}
