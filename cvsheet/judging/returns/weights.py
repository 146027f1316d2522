"""COH-014 and COH-015: a value of a weighted mean whose weight its partner does not give.

Of several partners, who gives no weight stays out of the mean (`cvsheet.model.methods`): that is never left unsaid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cvsheet.judging.cells.values import line_unanswered
from cvsheet.judging.engine.assessment import SkippedRule
from cvsheet.judging.engine.evidence import AnswerSet, Evidence
from cvsheet.judging.engine.faults import found_at
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings
from cvsheet.judging.returns.relations import IMPLIES, relations
from cvsheet.model.findings import Named, Severity
from cvsheet.model.framework import Framework, Line
from cvsheet.model.submission import AnswerKind
from cvsheet.text.french import french_list


@dataclass(frozen=True, slots=True)
class Unweighed:
    """A number answered for `line`, one of several that make a weighted mean, whose `weight` is no number above 0."""

    answers: AnswerSet
    line: str
    weight: str
    asked: bool  # whether the weight is asked of this partner at all


@rule(
    "COH-014",
    Severity.WARNING,
    "Ce nombre pondère {the_line} : tant qu’il n’est pas supérieur à 0, votre réponse n’entre dans aucune moyenne avec "
    "celles des autres.",
    "Saisissez-le ; s’il n’y en a pas, saisissez so ou nd à la place de la réponse qu’il pondère.",
    covers=(line_unanswered,),
)
def weight_not_given(evidence: Evidence) -> Rulings:
    """Une réponse n’a pas son poids.

    Constat : un partenaire, parmi plusieurs producteurs d’une moyenne pondérée, donne une valeur, et la mesure qui pèse
        est chez lui vide, nulle, nd, ns ou so. La valeur reste hors de la moyenne (« Conflits », « Données ») ; si elle
        est la seule, elle est reprise telle quelle.
    Pourquoi : Σ valeur × poids / Σ poids ; sans poids, la moyenne serait celle des autres, sans que rien le dise.
    Exemple : 7,2 de satisfaction chez un bailleur, et « nd » au nombre de ses répondants.
    Correction : donnez le poids.
    """
    by_weight: dict[tuple[int, str], list[Unweighed]] = {}
    for one in _unweighed(evidence):
        if one.asked and one.answers.in_doubt(one.weight):
            where, reason = one.answers.place(one.weight).file, f"la réponse à {one.weight} est à corriger d’abord"
            yield SkippedRule(weight_not_given.code, where, reason)
        elif one.asked and one.weight in one.answers.answers:
            by_weight.setdefault((id(one.answers), one.weight), []).append(one)
    for several in by_weight.values():
        lines = french_list([one.line for one in several])
        title = french_list([evidence.framework.label_of(one.line) for one in several])
        named = {"line": Named(tuple(one.answers.place(one.line) for one in several), title)}
        first = several[0]
        yield found_at(weight_not_given, first.answers, first.weight, {"line": lines}).naming(named)


@rule(
    "COH-015",
    Severity.WARNING,
    "Cette valeur n’entre dans aucune moyenne avec celles des autres : son poids, {the_weight}, ne vous est pas "
    "demandé.",
    "Signalez-le à la coordination, qui doit vous demander {weight}.",
    beside=True,
)
def weight_not_asked(evidence: Evidence) -> Rulings:
    """Le poids d’une réponse n’est pas demandé à qui la donne.

    Constat : un partenaire, parmi plusieurs producteurs d’une moyenne pondérée, donne une valeur, et il n’est pas
        producteur de la mesure qui pèse. La valeur reste hors de la moyenne ; si elle est la seule, elle est reprise.
    Pourquoi : chacun pèse ce qu’il dit peser ; le poids d’un autre ne dit rien de lui. C’est une faute du contrat
        (REF-058).
    Exemple : deux bailleurs donnent une note, un seul le nombre de ses répondants.
    Correction : la coordination ajoute le partenaire aux producteurs du poids, et renvoie les classeurs.
    """
    for one in _unweighed(evidence):
        if not one.asked:
            named = {"weight": Named((), evidence.framework.label_of(one.weight))}
            yield found_at(weight_not_asked, one.answers, one.line, {"weight": one.weight}).naming(named)


def _unweighed(evidence: Evidence) -> Iterator[Unweighed]:
    """Every value of a mean of several partners that has no weight, those that a rule *suppose* tells aside."""
    framework = evidence.framework
    wanted = [line for line in framework.input_lines if line.measure.method.weighed and line.measure.is_shared]
    weights = {line.code: framework.paired(line.measure.weight, line) for line in wanted}
    for answers in evidence.sets:
        for line in wanted:
            weight = weights[line.code]
            if answers.number(line.code) is None or (answers.number(weight) or 0) > 0:
                continue
            if not _is_supposed(framework, answers, line, weight):
                yield Unweighed(answers, line.code, weight, _is_asked(framework, weight, answers.partner))


def _is_asked(framework: Framework, weight: str, partner: str) -> bool:
    known = framework.line.get(weight)
    return known is not None and not known.measure.computed and partner in known.measure.producers


def _is_supposed(framework: Framework, answers: AnswerSet, line: Line, weight: str) -> bool:
    """Whether COH-012 says already that the value supposes its weight."""
    told = answers.kind(weight) in (AnswerKind.BLANK, AnswerKind.NOT_APPLICABLE) or answers.number(weight) == 0
    codes = (line.code, weight)
    explained = any(code in answers.answers and answers.answers[code].explanation for code in codes)
    ruled = any((one.left.code, one.right.code) == codes for one in relations(framework, IMPLIES))
    return told and ruled and not explained
