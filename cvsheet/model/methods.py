"""How the answers of several partners become one value: each method of aggregation is one object, which all else asks.

A method says which answers go into the value, what they make, the same in the formulas of the master, and what follows
for rules and secrecy. A new one is a word of `Aggregation`, an object here and the word in the two schemas that list
the words (`schemas/indicateurs.json`, `schemas/export_referentiel.json`). What it leaves unsaid is the cautious choice:
its counts of persons are secret, its categories are no sum, its partners are not added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import assert_never

from cvsheet.model.data_rows import DataRow, DataRows


class Aggregation(StrEnum):
    """How the answers of several partners become one value, in the words of the canonical workbook."""

    SUM = "somme"
    MEAN = "moyenne"
    WEIGHTED_MEAN = "moyenne pondérée"
    SINGLE_SOURCE = "source unique"
    MAXIMUM = "maximum"
    TEXT = "texte"
    RECOMPUTED = "recalcul"
    NONE = "aucune"


class Unused(StrEnum):
    """Why an answer that no rule sets aside is in no result, as the accounts say it; `fate` is shorter, for a row."""

    fate: str

    def __new__(cls, told: str, fate: str) -> Unused:
        one = str.__new__(cls, told)
        one._value_ = told
        one.fate = fate
        return one

    NO_VALUE = "Sans valeur : nd, ns ou so", "Sans valeur"
    OTHER_SOURCE = "Gardées hors total : une autre source fait autorité", "Hors total : autre source"
    NO_WEIGHT = "Gardées hors total : poids absent ou nul", "Hors total : sans poids"
    NOT_GREATEST = "Gardées hors total : une autre réponse est plus grande", "Hors total : pas la plus grande"
    SIDE_BY_SIDE = "Gardées hors total : montrées par partenaire", "Montrée par partenaire"


@dataclass(frozen=True, slots=True)
class Given:
    """A partner's number; `weight` is its own answer to the measure that weighs, None where it is no number above 0."""

    number: float
    weight: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of aggregation, in Python and in the formulas of the master.

    `kept` says which of the numbers given, in the order of the producers, go into the value, and `combine` what they
    make; `left_out` why the others do not. `kept_row` is the condition of `kept` in a row of *Données* that holds a
    number (empty: all of them), `total` the formula of `combine` (empty where answers yield no value: not `gathers`).

    `parts_add_up`: whether exclusive categories make the total; None where the measure's own words tell it.
    `counts_persons`: whether the value of a measure that counts persons is a count of some, secret where it is small;
    of another value nobody can say how many stand behind it: it is secret whatever it is, unless a weight tells.
    `adds_partners`: what partners count is added. `same_for_all`: all answer the same question, so that answers that
    differ are a conflict. `weighed`: a second measure gives weights. `whole`: whole answers make a whole value.
    """

    meaning: str
    kept: Callable[[Sequence[Given]], Sequence[bool]]
    combine: Callable[[Sequence[Given]], float]
    left_out: Unused
    kept_row: Callable[[DataRow], str]
    total: Callable[[DataRows], str]
    parts_add_up: bool | None = False
    counts_persons: bool = False
    adds_partners: bool = False
    same_for_all: bool = False
    weighed: bool = False
    gathers: bool = True
    whole: bool = False


def method_of(aggregation: Aggregation) -> Method:
    """The method of that name; a name without a method is refused by the type checker, and when it is met."""
    match aggregation:
        case Aggregation.SUM:
            method = _SUM
        case Aggregation.MEAN:
            method = _MEAN
        case Aggregation.WEIGHTED_MEAN:
            method = _WEIGHTED_MEAN
        case Aggregation.SINGLE_SOURCE:
            method = _SINGLE_SOURCE
        case Aggregation.MAXIMUM:
            method = _MAXIMUM
        case Aggregation.TEXT:
            method = _TEXT
        case Aggregation.RECOMPUTED:
            method = _RECOMPUTED
        case Aggregation.NONE:
            method = _NONE
        case _:
            assert_never(aggregation)
    return method


def _all(given: Sequence[Given]) -> Sequence[bool]:
    return [True] * len(given)


def _none(given: Sequence[Given]) -> Sequence[bool]:
    return [False] * len(given)


def _first(given: Sequence[Given]) -> Sequence[bool]:
    return [place == 0 for place in range(len(given))]


def _greatest(given: Sequence[Given]) -> Sequence[bool]:
    """The greatest, the first of equal ones; to the 15 digits that a spreadsheet compares."""
    numbers = [float(f"{one.number:.15g}") for one in given]
    chosen = numbers.index(max(numbers)) if numbers else None
    return [place == chosen for place in range(len(given))]


def _with_weight(given: Sequence[Given]) -> Sequence[bool]:
    """One partner alone needs no weight; of several, who gives none is left out."""
    return [len(given) == 1 or bool(one.weight) for one in given]


def _sum(kept: Sequence[Given]) -> float:
    return fsum(one.number for one in kept)


def _mean(kept: Sequence[Given]) -> float:
    return _sum(kept) / len(kept)


def _weighted_mean(kept: Sequence[Given]) -> float:
    if len(kept) == 1:
        return kept[0].number
    weights = [one.weight or 0.0 for one in kept]
    return fsum(one.number * weight for one, weight in zip(kept, weights, strict=True)) / fsum(weights)


def _no_condition(row: DataRow) -> str:
    del row
    return ""


def _added(rows: DataRows) -> str:
    return "=" + rows.tell(lambda one: f'IF({one.answering}=0,"",{one.sum_of("retenu")})')


def _divided(rows: DataRows) -> str:
    return "=" + rows.tell(lambda one: f'IF({one.answering}=0,"",{one.sum_of("retenu")}/{one.answering})')


def _weighed(rows: DataRows) -> str:
    return "=" + rows.tell(lambda one: f'IF({one.weights}=0,"",{one.sum_of("produit")}/{one.weights})')


def _no_total(rows: DataRows) -> str:
    del rows
    return ""


def _side_by_side(meaning: str, *, parts_add_up: bool | None = False, counts_persons: bool = False) -> Method:
    """A method whose answers yield no value: each partner's own is shown."""
    return Method(
        meaning=meaning,
        kept=_none,
        combine=_sum,
        left_out=Unused.SIDE_BY_SIDE,
        kept_row=_no_condition,
        total=_no_total,
        parts_add_up=parts_add_up,
        counts_persons=counts_persons,
        gathers=False,
        whole=True,
    )


_SUM = Method(
    meaning="Somme des réponses des partenaires.",
    kept=_all,
    combine=_sum,
    left_out=Unused.NO_VALUE,
    kept_row=_no_condition,
    total=_added,
    parts_add_up=True,
    adds_partners=True,
    whole=True,
    counts_persons=True,
)
_MEAN = Method(
    meaning="Moyenne des réponses des partenaires.",
    kept=_all,
    combine=_mean,
    left_out=Unused.NO_VALUE,
    kept_row=_no_condition,
    total=_divided,
    counts_persons=True,
)
_WEIGHTED_MEAN = Method(
    meaning="Moyenne pondérée des réponses des partenaires.",
    kept=_with_weight,
    combine=_weighted_mean,
    left_out=Unused.NO_WEIGHT,
    kept_row=lambda row: f"{row.cell['poids']}>0",
    total=_weighed,
    weighed=True,
)
_SINGLE_SOURCE = Method(
    meaning="Réponse du partenaire qui fait autorité.",
    kept=_first,
    combine=_sum,
    left_out=Unused.OTHER_SOURCE,
    kept_row=lambda row: row.is_first,
    total=_added,
    parts_add_up=None,
    same_for_all=True,
    whole=True,
    counts_persons=True,
)
_MAXIMUM = Method(
    meaning="La plus grande des réponses des partenaires.",
    kept=_greatest,
    combine=_sum,
    left_out=Unused.NOT_GREATEST,
    kept_row=lambda row: row.is_greatest,
    total=_added,
    whole=True,
    counts_persons=True,
)
_TEXT = _side_by_side("Textes mis côte à côte.")
_RECOMPUTED = _side_by_side(
    "Recalculée sur des valeurs réunies.",
)
_NONE = _side_by_side("Les réponses ne se réunissent pas en une valeur.", parts_add_up=None, counts_persons=True)
