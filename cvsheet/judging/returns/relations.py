"""COH-010 to COH-013: the rows of the Règles sheet, within one return. Severity and wording come from the sheet.

Where both lines are totals and share categories, a relation holds for each shared category too. A comment on either
line answers a relation that is only an avertissement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from cvsheet.judging.engine.assessment import SkippedRule
from cvsheet.judging.engine.evidence import AnswerSet, Evidence, half_unit
from cvsheet.judging.engine.faults import found_at
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Ruling, Rulings
from cvsheet.judging.returns.sums import TINY
from cvsheet.model.findings import Fact, Named, Severity
from cvsheet.model.framework import CoherenceRule, Framework, Line
from cvsheet.model.submission import AnswerKind, Quantity
from cvsheet.text.french import french_interval

AT_MOST, SAME, IMPLIES, BETWEEN, THREE_YEARS = "<=", "=", "suppose", "entre max et somme", "= N-3"


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of the Règles sheet on one pair of lines."""

    rule: CoherenceRule
    left: Line
    right: Line

    @property
    def severity(self) -> Severity:
        return Severity(self.rule.severity)


@rule(
    "COH-010",
    Severity.ERROR,
    "{message} Ici {the_left} vaut {left_value}, {the_right} vaut {right_value}.",
    "Corrigez l’une des deux réponses.",
)
def line_above_another(evidence: Evidence) -> Rulings:
    """Une ligne dépasse une autre qui devrait la contenir.

    Constat : une règle « ≤ » de la feuille « Règles » n’est pas respectée, aux arrondis près. Si la règle est une
        erreur, les deux réponses n’entrent pas dans les totaux.
    Pourquoi : la première ligne est une partie de la seconde.
    Exemple : 320 demandeurs d’emploi dans les quartiers, 300 dans la commune.
    Correction : corrigez le chiffre faux.
    """
    for answers, relation in _judged(evidence, AT_MOST, line_above_another):
        if isinstance(relation, SkippedRule):
            yield relation
            continue
        pair = _numbers(answers, relation)
        if pair and pair[0] - pair[1] > _slack(relation, pair):
            yield found_relation(line_above_another, answers, relation, pair)


@rule(
    "COH-011",
    Severity.WARNING,
    "{message} Ici {the_left} vaut {left_value}, {the_right} vaut {right_value}.",
    "Corrigez l’une des deux réponses, ou expliquez l’écart en commentaire.",
)
def lines_differ(evidence: Evidence) -> Rulings:
    """Deux lignes qui devraient être égales diffèrent.

    Constat : une règle « = » de la feuille « Règles » n’est pas respectée, aux arrondis près. Si la règle est une
        erreur, les deux réponses n’entrent pas dans les totaux.
    Pourquoi : le même chiffre est demandé à deux endroits.
    Exemple : 140 femmes demandeuses d’emploi dans un tableau, 150 dans l’autre.
    Correction : reprenez le même chiffre, ou dites ce qui diffère.
    """
    for answers, relation in _judged(evidence, SAME, lines_differ):
        if isinstance(relation, SkippedRule):
            yield relation
            continue
        pair = _numbers(answers, relation)
        if pair and abs(pair[0] - pair[1]) > _slack(relation, pair):
            yield found_relation(lines_differ, answers, relation, pair)


@rule(
    "COH-012",
    Severity.WARNING,
    "{message} Ici {the_left} vaut {left_value}, {the_right} vaut {right_value}.",
    "Renseignez {the_right}, ou corrigez {the_left}.",
)
def supposed_line_missing(evidence: Evidence) -> Rulings:
    """Une réponse en suppose une autre, qui manque ou vaut zéro.

    Constat : une règle « suppose » de la feuille « Règles » n’est pas respectée : la première ligne est positive, la
        seconde est vide, nulle ou sans objet. « nd » et « ns » ne contredisent rien. Si la règle est une erreur, la
        première réponse n’entre pas dans les totaux.
    Pourquoi : le premier chiffre n’a pas de sens sans le second.
    Exemple : une note d’enquête sans nombre de répondants.
    Correction : renseignez la seconde ligne.
    """
    for answers, relation in _judged(evidence, IMPLIES, supposed_line_missing):
        if isinstance(relation, SkippedRule):
            yield relation
            continue
        left, right = answers.number(relation.left.code), answers.number(relation.right.code)
        empty = answers.kind(relation.right.code) in (AnswerKind.BLANK, AnswerKind.NOT_APPLICABLE)
        if answers.quantity is not Quantity.TARGET and (left or 0) > 0 and (empty or right == 0):
            yield found_relation(supposed_line_missing, answers, relation, (left, right), (relation.left,))


@rule(
    "COH-013",
    Severity.ERROR,
    "{message} Ici {the_left} vaut {left_value}, alors que le détail de {the_right} impose {bounds}.",
    "Corrigez le nombre de personnes uniques ou le détail.",
)
def outside_max_and_sum(evidence: Evidence) -> Rulings:
    """Un nombre de personnes uniques est impossible.

    Constat : une règle « entre max et somme » de la feuille « Règles » n’est pas respectée : le nombre de personnes
        uniques est plus petit que la plus grande modalité, ou plus grand que la somme des modalités. Les modalités
        comptées sont celles des ventilations non exclusives de la seconde ligne. Si la règle est une erreur, les
        réponses n’entrent pas dans les totaux. Une seconde ligne qui peut être négative, ou qui n’est pas une somme,
        n’est pas jugée (REF-047).
    Pourquoi : chaque personne est dans une modalité au moins, et peut être dans plusieurs.
    Exemple : 60 parents uniques, dont 70 au CLAS.
    Correction : corrigez le chiffre faux.
    """
    for answers, relation in _judged(evidence, BETWEEN, outside_max_and_sum, per_category=False):
        if isinstance(relation, SkippedRule):
            yield relation
            continue
        value = answers.number(relation.left.code)
        for lines in _overlapping(evidence.framework, relation.right) if value is not None else ():
            bounds = _bounds(answers, lines)
            if bounds and value is not None and not bounds[0] - TINY <= value <= bounds[1] + TINY:
                yield found_relation(
                    outside_max_and_sum, answers, relation, (value, None), (relation.left, *lines), bounds, lines
                )


def relations(framework: Framework, operator: str, *, per_category: bool = True) -> Iterator[Relation]:
    """The rows of the Règles sheet with this operator whose lines exist, one per pair of lines that they bind."""
    for row in framework.rules:
        left, right = framework.line.get(row.left), framework.line.get(row.right)
        if row.operator != operator or left is None or right is None:
            continue
        yield Relation(row, left, right)
        if per_category and left.category is None and right.category is None:
            yield from _shared_categories(framework, row, left, right)


def found_relation(
    judge: AnyRule,
    answers: AnswerSet,
    relation: Relation,
    pair: tuple[float | None, float | None],
    doubtful: Iterable[Line] | None = None,
    bounds: tuple[float, float] | None = None,
    compared: Iterable[Line] | None = None,
) -> Ruling:
    """The breach of `relation`, at its left line; `doubtful` lines are set aside where the sheet says erreur.
    `compared` are those that stand for its right line, where it is not this one."""
    facts: dict[str, Fact] = {
        "rule": relation.rule.code,
        "message": relation.rule.message,
        "left": relation.left.code,
        "right": relation.right.code,
        "left_value": pair[0],
        "right_value": pair[1],
    }
    if bounds:
        facts["bounds"] = french_interval(*bounds)
    lines = [line.code for line in ((relation.left, relation.right) if doubtful is None else doubtful)]
    right = [one for one in ((relation.right,) if compared is None else compared) if one.code in answers.answers]
    breach = found_at(judge, answers, relation.left.code, facts, answers.keys(*lines))
    named = {
        "left": Named((answers.place(relation.left.code),), relation.left.full_title),
        "right": Named(tuple(answers.place(one.code) for one in right), relation.right.full_title),
    }
    return breach.naming(named).as_severe_as(relation.severity)


def _shared_categories(framework: Framework, row: CoherenceRule, left: Line, right: Line) -> Iterator[Relation]:
    shared = [name for name in left.measure.breakdowns if name in right.measure.breakdowns]
    for name in shared:
        for category in framework.breakdown.get(name, ()):
            yield Relation(row, Line(left.measure, category), Line(right.measure, category))


def _judged(
    evidence: Evidence, operator: str, judge: AnyRule, *, per_category: bool = True
) -> Iterator[tuple[AnswerSet, Relation | SkippedRule]]:
    """Every return that answers both lines of a relation, with the relation, or why it cannot be judged there."""
    every = relations(evidence.framework, operator, per_category=per_category)
    wanted = [(relation, (relation.left.code, relation.right.code)) for relation in every]
    for answers in evidence.sets:
        for relation, codes in wanted:
            left, right = codes
            if left not in answers.answers or right not in answers.answers or _explained(answers, relation):
                continue
            doubt = next((code for code in codes if answers.in_doubt(code)), "")
            if not doubt:
                yield answers, relation
            elif any(answers.kind(code) is not AnswerKind.BLANK for code in codes if code != doubt):
                reason = f"règle {relation.rule.code} : la réponse à {doubt} est à corriger d’abord"
                yield answers, SkippedRule(judge.code, answers.place(doubt).file, reason)


def _explained(answers: AnswerSet, relation: Relation) -> bool:
    """Whether a comment answers a relation that only asks: an erreur is not explained away."""
    codes = (relation.left.code, relation.right.code)
    return relation.severity is not Severity.ERROR and any(answers.answers[code].explanation for code in codes)


def _numbers(answers: AnswerSet, relation: Relation) -> tuple[float, float] | None:
    left, right = answers.number(relation.left.code), answers.number(relation.right.code)
    return None if left is None or right is None else (left, right)


def _slack(relation: Relation, pair: tuple[float, float]) -> float:
    left, right = pair
    return half_unit(left, relation.left) + half_unit(right, relation.right) + TINY * max(1.0, abs(left), abs(right))


def _overlapping(framework: Framework, right: Line) -> Iterator[tuple[Line, ...]]:
    """The lines of each breakdown of `right` whose categories may share persons. None where the measure may be
    negative or is no sum: then neither the largest category nor their sum bounds anything."""
    if not (right.measure.adds_up and right.measure.never_negative):
        return
    for name in right.measure.breakdowns:
        categories = framework.breakdown.get(name, ())
        if categories and not all(category.exclusive for category in categories):
            yield tuple(Line(right.measure, category) for category in categories)


def _bounds(answers: AnswerSet, lines: tuple[Line, ...]) -> tuple[float, float] | None:
    """The largest category, and the sum: infinite while a category is unknown. None where nothing is answered."""
    values = [answers.number(line.code) for line in lines]
    known = [value for value in values if value is not None]
    unknown = [
        line
        for line, value in zip(lines, values, strict=True)
        if value is None and answers.kind(line.code) is not AnswerKind.NOT_APPLICABLE
    ]
    if not known:
        return None
    return max(known), inf if unknown else sum(known)
