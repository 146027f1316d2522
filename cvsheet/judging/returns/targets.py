"""COH-020 to COH-023: baseline and target of a line, as proposed in a référence campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cvsheet.judging.engine.evidence import AnswerSet, Evidence
from cvsheet.judging.engine.faults import found_at
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Ruling, Rulings
from cvsheet.model.findings import Fact, Named, Place, Severity
from cvsheet.model.framework import Direction, Line
from cvsheet.model.submission import AnswerKind, Observation, Quantity, place_of


@dataclass(frozen=True, slots=True)
class Pair:
    """The baseline and the target that one partner proposes for one line."""

    line: Line
    baselines: AnswerSet
    targets: AnswerSet

    @property
    def baseline(self) -> float | None:
        return self.baselines.number(self.line.code)

    @property
    def target(self) -> float | None:
        return self.targets.number(self.line.code)


@rule(
    "COH-020",
    Severity.WARNING,
    "La cible{at_target}, {target}, va contre le sens de l’indicateur ({direction}) : la référence{at_baseline} est "
    "{baseline}.",
    "Corrigez la cible ou la référence ; si c’est voulu, expliquez-le en commentaire.",
)
def target_against_direction(evidence: Evidence) -> Rulings:
    """La cible va contre le sens de l’indicateur.

    Constat : l’indicateur doit monter et la cible est plus basse que la référence, ou l’inverse, sans commentaire.
    Pourquoi : l’avancement ne pourrait pas être calculé (« Cible incohérente »).
    Exemple : référence 120, cible 100, pour un nombre de bénéficiaires à augmenter.
    Correction : corrigez le chiffre faux.
    """
    for pair in _pairs(evidence):
        baseline, target, direction = pair.baseline, pair.target, pair.line.measure.direction
        if baseline is None or target is None or _comment(pair):
            continue
        wrong = {Direction.RISE: target < baseline, Direction.FALL: target > baseline}.get(direction, False)
        if wrong:
            facts = {"target": target, "baseline": baseline, "direction": direction.value}
            yield _found(target_against_direction, pair.targets, pair, facts)


@rule(
    "COH-021",
    Severity.WARNING,
    "La référence{at_baseline} est renseignée ({baseline}), mais aucune cible n’est proposée{at_target}.",
    "Proposez une cible, ou saisissez nd ou so.",
    beside=True,
)
def target_missing(evidence: Evidence) -> Rulings:
    """La cible manque.

    Constat : la référence d’un indicateur à faire progresser est un nombre et la cible est vide. Les modalités dont le
        total n’a pas de cible ne sont pas signalées.
    Pourquoi : sans cible, l’avancement ne pourra pas être mesuré.
    Exemple : référence 120, cible vide.
    Correction : proposez une cible ; nd si elle reste à décider, so s’il n’y en a pas.
    """
    for pair in _pairs(evidence):
        code, measure = pair.line.code, pair.line.measure
        blank = pair.targets.kind(code) is AnswerKind.BLANK
        watched = measure.direction is Direction.WATCH
        follows = pair.line.category is not None and pair.targets.kind(measure.code) is AnswerKind.BLANK
        if pair.baseline is not None and blank and not watched and not follows and pair.line.required:
            yield _found(target_missing, pair.targets, pair, {"baseline": pair.baseline})


@rule(
    "COH-022",
    Severity.WARNING,
    "La référence{at_baseline}, {baseline}, n’a pas d’année{at_year}.",
    "Saisissez l’année de cette valeur.",
    beside=True,
)
def baseline_year_missing(evidence: Evidence) -> Rulings:
    """L’année de la référence manque.

    Constat : la référence est un nombre et son année est vide. Une modalité sans année prend celle de son total.
    Pourquoi : une situation de référence sans date ne peut pas être comparée.
    Exemple : référence 120, année vide.
    Correction : saisissez l’année.
    """
    for pair in _pairs(evidence):
        total = pair.line.measure.code
        dated = any(_year(pair.baselines, code) is not None for code in (pair.line.code, total))
        if pair.baseline is not None and not dated:
            yield _found(baseline_year_missing, pair.baselines, pair, {"baseline": pair.baseline})


@rule(
    "COH-023",
    Severity.WARNING,
    "L’année de la cible{at_target_year}, {target_year}, ne suit pas celle de la référence{at_baseline_year}, "
    "{baseline_year}.",
    "Corrigez l’une des deux années.",
    beside=True,
)
def target_year_too_early(evidence: Evidence) -> Rulings:
    """La cible n’est pas postérieure à la référence.

    Constat : l’année de la cible est la même que celle de la référence, ou avant.
    Pourquoi : l’avancement se mesure entre les deux.
    Exemple : référence de 2019, cible de 2018.
    Correction : corrigez l’année fausse.
    """
    for pair in _pairs(evidence):
        first, last = _year(pair.baselines, pair.line.code), _year(pair.targets, pair.line.code)
        if first is not None and last is not None and last <= first:
            facts = {"target_year": str(int(last)), "baseline_year": str(int(first))}
            yield _found(target_year_too_early, pair.targets, pair, facts)


def _pairs(evidence: Evidence) -> Iterator[Pair]:
    """Every line with a baseline cell and a target cell, texts aside."""
    for baselines in evidence.sets:
        targets = evidence.set_of.get((baselines.campaign, baselines.partner, Quantity.TARGET))
        if baselines.quantity is not Quantity.BASELINE or targets is None:
            continue
        for code in baselines.answers:
            line = evidence.framework.line.get(code)
            if line is not None and code in targets.answers and not line.measure.is_text:
                yield Pair(line, baselines, targets)


def _year(answers: AnswerSet, line: str) -> float | None:
    seen: Observation | None = answers.answers.get(line)
    if seen is None or seen.year is None or place_of(seen, seen.year) in answers.aside:
        return None
    return seen.year.answer.number


def _comment(pair: Pair) -> str:
    return pair.targets.answers[pair.line.code].explanation


def _found(judge: AnyRule, answers: AnswerSet, pair: Pair, facts: Mapping[str, Fact]) -> Ruling:
    return found_at(judge, answers, pair.line.code, facts).naming(_cells(pair))


def _cells(pair: Pair) -> Mapping[str, Named]:
    """The four cells of the line."""
    code = pair.line.code
    return {
        "baseline": Named((pair.baselines.place(code),)),
        "target": Named((pair.targets.place(code),)),
        "year": _year_place(pair.baselines, code),
        "baseline_year": _year_place(pair.baselines, code),
        "target_year": _year_place(pair.targets, code),
    }


def _year_place(answers: AnswerSet, line: str) -> Named:
    seen = answers.answers.get(line)
    return Named((Place(*place_of(seen, seen.year)),) if seen is not None and seen.year is not None else ())
