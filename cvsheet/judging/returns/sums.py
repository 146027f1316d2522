"""COH-001 to COH-003: the categories of a breakdown against its total, within one return.

Comparisons are made on intervals: a value typed with d decimals stands for ± 0,5·10⁻ᵈ around it, counts are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cvsheet.judging.engine.assessment import SkippedRule
from cvsheet.judging.engine.evidence import AnswerSet, Evidence, half_unit
from cvsheet.judging.engine.faults import found_at
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Judge, Outcome, Ruling, Rulings, Severities, run_rules
from cvsheet.model.findings import Fact, Named, Severity
from cvsheet.model.framework import Framework, Line, Measure
from cvsheet.text.french import french_figure

TINY = 1e-9  # what binary fractions may add to a sum of decimals


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """A breakdown of a measure, with the line of each of its categories by code."""

    measure: Measure
    name: str
    title: str
    lines: Mapping[str, Line]
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A total and the categories of one breakdown that were answered beside it by a number."""

    answers: AnswerSet
    measure: Measure
    breakdown: str
    title: str  # of the breakdown, as people read it
    total: float
    parts: tuple[tuple[Line, float], ...]
    complete: bool  # every category has its number
    exclusive: bool
    doubt: str  # the code of a line that cannot be used yet, empty where there is none
    confirmed: bool = False  # another breakdown adds up to this total

    @property
    def sum(self) -> float:
        return sum(value for _, value in self.parts)

    @property
    def slack(self) -> float:
        """How far sum and total may lie apart by rounding alone."""
        own = half_unit(self.total, Line(self.measure))
        return own + sum(half_unit(value, line) for line, value in self.parts) + TINY * max(1.0, abs(self.total))

    @property
    def gap(self) -> float:
        return self.sum - self.total

    @property
    def adds_up(self) -> bool:
        return abs(self.gap) <= self.slack

    @property
    def bounded(self) -> bool:
        """Whether no part can exceed the total: of what can be negative, -10 may be a part of -30."""
        return self.measure.never_negative

    @property
    def too_large(self) -> tuple[tuple[Line, float], ...]:
        """The categories that are larger than the total by themselves."""
        own = half_unit(self.total, Line(self.measure)) + TINY * max(1.0, abs(self.total))
        return tuple((line, value) for line, value in self.parts if value > self.total + own + half_unit(value, line))

    @property
    def detail(self) -> str:
        """``Quartier nord 12 + Quartier sud 20``."""
        return " + ".join(f"{line.label} {french_figure(value)}" for line, value in self.parts)


@rule(
    "COH-001",
    Severity.ERROR,
    "Le total{at_total} vaut {total}, mais les modalités de « {breakdown} »{at_parts} font {sum} ({detail}) : écart de "
    "{difference}.",
    "Corrigez le total ou la modalité fausse.",
)
def categories_do_not_add_up(splits: Sequence[Split]) -> Rulings:
    """Les modalités ne font pas le total.

    Constat : toutes les modalités d’une ventilation exclusive sont renseignées et leur somme n’est pas le total, aux
        arrondis près (une valeur saisie avec une décimale vaut à 0,05 près ; un dénombrement est exact). Ce qui n’est
        pas une somme (moyenne, médiane, montant par tête : REF-048) n’est pas jugé, ici comme aux deux suivants. Les
        modalités n’entrent pas dans les totaux ; le total non plus, sauf si une autre ventilation le confirme.
    Pourquoi : l’un des chiffres est faux, et rien ne dit lequel.
    Exemple : total 30, Quartier nord 12, Quartier sud 20.
    Correction : corrigez le chiffre faux ; si une personne peut être comptée deux fois, la coordination déclare la
        ventilation non exclusive.
    """
    for split in splits:
        if split.doubt:
            where, reason = split.answers.place(split.doubt).file, f"la réponse à {split.doubt} est à corriger d’abord"
            yield SkippedRule(categories_do_not_add_up.code, where, reason)
        elif split.exclusive and split.complete and not split.adds_up:
            yield _found_split(categories_do_not_add_up, split)


@rule(
    "COH-002",
    Severity.ERROR,
    "« {category} »{at_category} vaut {value}, plus que le total{at_total}, qui vaut {total}.",
    "Corrigez la modalité ou le total.",
)
def category_above_total(splits: Sequence[Split]) -> Rulings:
    """Une modalité dépasse le total.

    Constat : une modalité est plus grande que le total dont elle fait partie. Elle n’entre pas dans les totaux ; le
        total non plus, sauf si une autre ventilation le confirme. Une mesure qui peut être négative n’est pas jugée :
        un solde de − 10 peut faire partie d’un solde de − 30.
    Pourquoi : de ce qui n’est jamais négatif (un dénombrement, une mesure dont le minimum est 0 ou plus), une partie ne
        peut dépasser le tout, que les modalités s’excluent ou non.
    Exemple : total 30, dont CDDI 35.
    Correction : corrigez le chiffre faux.
    """
    for split in splits:
        if split.doubt or not split.bounded or (split.exclusive and split.complete):
            continue
        for line, value in split.too_large:
            kept = () if split.confirmed else (split.measure.code,)
            facts: dict[str, Fact] = {"category": line.label, "value": value, "total": split.total}
            doubtful = split.answers.keys(line.code, *kept)
            yield found_at(category_above_total, split.answers, line.code, facts, doubtful).naming(
                {
                    "category": Named((split.answers.place(line.code),)),
                    "total": Named((split.answers.place(split.measure.code),)),
                }
            )


@rule(
    "COH-003",
    Severity.ERROR,
    "Le total{at_total} vaut {total}, mais les modalités déjà renseignées de « {breakdown} »{at_parts} font {sum} "
    "({detail}).",
    "Corrigez le total ou la modalité fausse.",
)
def partial_sum_above_total(splits: Sequence[Split]) -> Rulings:
    """Une partie des modalités dépasse déjà le total.

    Constat : des modalités exclusives manquent, et la somme des autres dépasse le total, aux arrondis près. Elles
        n’entrent pas dans les totaux ; le total non plus, sauf si une autre ventilation le confirme. Une mesure qui
        peut être négative n’est pas jugée : ce qui manque peut être négatif.
    Pourquoi : quelles que soient les modalités manquantes, l’un des chiffres est faux.
    Exemple : total 30, « 16 à 25 ans » 18, « 26 à 45 ans » 20, « plus de 45 ans » nd.
    Correction : corrigez le chiffre faux.
    """
    for split in splits:
        judged = not split.doubt and split.bounded and split.exclusive and not split.complete and not split.too_large
        if judged and split.gap > split.slack:
            yield _found_split(partial_sum_above_total, split)


SUM_RULES: tuple[Judge[Sequence[Split]], ...] = (
    categories_do_not_add_up,
    category_above_total,
    partial_sum_above_total,
)


def judge_sums(evidence: Evidence, severities: Severities) -> Outcome:
    """What these rules say of every return."""
    return run_rules(SUM_RULES, splits_of(evidence), severities)


def splits_of(evidence: Evidence) -> tuple[Split, ...]:
    """Every answered total with each of its breakdowns."""
    measures = [measure for measure in evidence.framework.measures if measure.adds_up and measure.breakdowns]
    asked = {measure.code: _breakdowns(evidence.framework, measure) for measure in measures}
    found_splits: list[Split] = []
    for answers in evidence.sets:
        for code in answers.answers:
            if code in asked:
                found_splits += _of_total(answers, asked[code])
    return tuple(found_splits)


def _breakdowns(framework: Framework, measure: Measure) -> tuple[_Breakdown, ...]:
    known = [(name, framework.breakdown[name]) for name in measure.breakdowns if name in framework.breakdown]
    return tuple(
        _Breakdown(
            measure,
            name,
            framework.breakdown_title(name),
            {line.code: line for line in (Line(measure, category) for category in categories)},
            all(category.exclusive for category in categories),
        )
        for name, categories in known
    )


def _of_total(answers: AnswerSet, breakdowns: Sequence[_Breakdown]) -> list[Split]:
    """The splits of one total, each told whether another one confirms it."""
    made = (_split(answers, breakdown) for breakdown in breakdowns)
    splits = [split for split in made if split is not None]
    confirming = {s.breakdown for s in splits if s.exclusive and s.complete and not s.doubt and s.adds_up}
    return [replace(split, confirmed=True) if confirming - {split.breakdown} else split for split in splits]


def _split(answers: AnswerSet, asked: _Breakdown) -> Split | None:
    """The split of one breakdown; None where the total or every category is without a number."""
    own = asked.measure.code
    values = ((line, answers.number(code)) for code, line in asked.lines.items())
    parts = tuple((line, value) for line, value in values if value is not None)
    doubts = [code for code in (own, *asked.lines) if answers.in_doubt(code)]
    total = answers.number(own)
    if (total is None and own not in doubts) or not (parts or set(doubts) - {own}):
        return None
    return Split(
        answers,
        asked.measure,
        asked.name,
        asked.title,
        total or 0.0,
        parts,
        len(parts) == len(asked.lines),
        asked.exclusive,
        next(iter(doubts), ""),
    )


def _found_split(judge: AnyRule, split: Split) -> Ruling:
    facts: dict[str, Fact] = {
        "breakdown": split.title,
        "total": split.total,
        "sum": split.sum,
        "difference": split.gap,
        "detail": split.detail,
    }
    doubtful = [line.code for line, _ in split.parts] + ([] if split.confirmed else [split.measure.code])
    return found_at(judge, split.answers, split.measure.code, facts, split.answers.keys(*doubtful)).naming(
        {
            "total": Named((split.answers.place(split.measure.code),)),
            "parts": Named(tuple(split.answers.place(line.code) for line, _ in split.parts)),
        }
    )
