"""ENS-001 to ENS-006: what only shows when the returns of all partners lie side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cvsheet.figures.conflicts import DISAGREEMENT, DOUBLE_COUNT
from cvsheet.judging.engine.evidence import AnswerSet, Evidence, half_unit
from cvsheet.judging.engine.faults import found_at
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Ruling, Rulings, found
from cvsheet.judging.returns.relations import AT_MOST, SAME, Relation, relations
from cvsheet.judging.returns.sums import TINY
from cvsheet.model.findings import Fact, Place, Severity
from cvsheet.model.framework import Calculation, Framework, Line, Measure
from cvsheet.model.methods import Method
from cvsheet.model.submission import AnswerKind, Quantity
from cvsheet.text.french import french_list


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything that was answered in one campaign for one quantity, by partner in the order of the framework."""

    campaign: str
    quantity: Quantity
    by_partner: dict[str, AnswerSet]

    def numbers(self, line: str, producers: tuple[str, ...]) -> list[tuple[str, float]]:
        """The numbers given for `line`, in the order of its producers."""
        given = ((code, self.by_partner[code].number(line)) for code in producers if code in self.by_partner)
        return [(code, number) for code, number in given if number is not None]


@dataclass(frozen=True, slots=True)
class Total:
    """The consolidated value of a line: the sum, or the first source that answered; `slack` is its rounding."""

    value: float
    slack: float
    sources: tuple[str, ...]


@rule(
    "ENS-001",
    Severity.WARNING,
    "{value} ici, mais {other_value} chez {other_partner}, qui fait foi.",
    "Les deux partenaires doivent s’accorder sur un chiffre.",
    dispute=DISAGREEMENT,
)
def sources_disagree(evidence: Evidence) -> Rulings:
    """Deux sources donnent deux valeurs différentes.

    Constat : la mesure a une source unique ; un autre producteur donne une autre valeur, aux arrondis près. Celle du
        premier producteur désigné est reprise.
    Pourquoi : deux chiffres pour la même chose finissent en réunion publique.
    Exemple : 12 structures pour le CCAS, 14 pour la Ville.
    Correction : accordez les deux partenaires, ou arbitrez dans le classeur consolidé.
    """
    for answered in _answered(evidence):
        for line in _shared(evidence.framework, lambda method: method.same_for_all):
            numbers = answered.numbers(line.code, line.measure.producers)
            for partner, value in numbers[1:]:
                source, retained = numbers[0]
                slack = half_unit(value, line) + half_unit(retained, line) + TINY
                if abs(value - retained) > slack:
                    facts: dict[str, Fact] = {"value": value, "other_value": retained, "other_partner": source}
                    yield found_at(sources_disagree, answered.by_partner[partner], line.code, facts)


@rule(
    "ENS-002",
    Severity.WARNING,
    "Même valeur ({value}) que {other_partner}, et les deux s’additionnent : double compte ?",
    "Si ce sont les mêmes bénéficiaires, un seul partenaire doit les compter ; sinon, confirmez en commentaire.",
    dispute=DOUBLE_COUNT,
)
def same_value_twice(evidence: Evidence) -> Rulings:
    """Deux partenaires donnent la même valeur dans une somme.

    Constat : deux producteurs d’une mesure additionnée donnent exactement le même total, qui atteint le minimum de
        variation du contrat (10), et aucun des deux ne commente. Les valeurs sont gardées.
    Pourquoi : deux partenaires d’une même action déclarent souvent les mêmes personnes.
    Exemple : 84 jeunes pour la Mission locale et 84 pour Pôle emploi.
    Correction : décidez qui les compte ; l’autre saisit la part qui lui est propre, ou so.
    """
    minimum = evidence.framework.contract.change_minimum
    for answered in _answered(evidence):
        for line in _shared(evidence.framework, lambda method: method.adds_partners):
            seen: dict[float, str] = {}
            for partner, value in answered.numbers(line.code, line.measure.producers):
                other = seen.setdefault(value, partner)
                if other == partner or line.category is not None or abs(value) < minimum:
                    continue
                if not any(answered.by_partner[code].answers[line.code].comment for code in (partner, other)):
                    facts: dict[str, Fact] = {"value": value, "other_partner": other}
                    yield found_at(same_value_twice, answered.by_partner[partner], line.code, facts)


@rule("ENS-003", Severity.INFO, "Aucune réponse encore à la campagne {campaign} : {name}.")
def partner_missing(evidence: Evidence) -> Rulings:
    """Un partenaire attendu n’a pas répondu.

    Constat : d’autres partenaires ont répondu à la campagne, pas celui-ci.
    Pourquoi : les totaux sont partiels tant que tous n’ont pas répondu.
    Exemple : 17 retours sur 18.
    Correction : relancez le partenaire.
    """
    for campaign, answering in _answering(evidence).items():
        for partner in evidence.framework.partners_asked(campaign):
            if partner.code not in answering:
                facts = {"name": partner.name, "campaign": campaign}
                yield found(partner_missing, Place(), partner=partner.code, campaign=campaign, facts=facts)


@rule(
    "ENS-004",
    Severity.WARNING,
    "Aucun des producteurs ({partners}) ne donne de valeur pour {line}, et tous ont répondu.",
    "Désignez celui qui fournira le chiffre.",
)
def nobody_reports(evidence: Evidence) -> Rulings:
    """Personne ne renseigne une mesure.

    Constat : une mesure obligatoire a plusieurs producteurs, tous ont rendu leur classeur, et aucun ne l’a renseignée.
        Une mesure à un seul producteur est déjà signalée chez lui.
    Pourquoi : chacun compte sur l’autre.
    Exemple : les 24 job datings, que ni la Mission locale ni Pôle emploi ne comptent.
    Correction : désignez un producteur.
    """
    for answered in _answered(evidence):
        for measure in evidence.framework.measures:
            shared = measure.required and not measure.computed and len(measure.producers) > 1
            if not shared or answered.quantity is Quantity.TARGET:
                continue
            if _all_silent(answered, measure):
                facts = {"partners": french_list(list(measure.producers)), "line": measure.code}
                yield found(nobody_reports, Place(), line=measure.code, campaign=answered.campaign, facts=facts)


@rule(
    "ENS-005",
    Severity.WARNING,
    "{message} Au total, {left} vaut {left_value} et {right} vaut {right_value} (sources : {sources}).",
    "Rapprochez les partenaires concernés.",
)
def totals_break_rule(evidence: Evidence) -> Rulings:
    """Les totaux de plusieurs partenaires ne respectent pas une règle.

    Constat : une règle « ≤ » ou « = » de la feuille « Règles » n’est pas respectée par les valeurs consolidées, aux
        arrondis près, alors que les deux lignes viennent de partenaires différents. Aucune valeur n’est écartée : rien
        ne dit laquelle est fausse. Si tous les producteurs n’ont pas répondu, la règle n’est pas jugée.
    Pourquoi : chaque partenaire peut être cohérent et l’ensemble ne pas l’être.
    Exemple : 60 femmes en chantier d’insertion selon Pôle emploi, 50 personnes en tout selon la Mission locale.
    Correction : rapprochez les partenaires.
    """
    framework = evidence.framework
    wanted = [relation for operator in (AT_MOST, SAME) for relation in relations(framework, operator)]
    for answered in _answered(evidence):
        for relation in wanted:
            left, right = _total(answered, relation.left), _total(answered, relation.right)
            if left is None or right is None or {*left.sources, *right.sources} == {left.sources[0]}:
                continue
            gap, slack = left.value - right.value, left.slack + right.slack
            if gap > slack or (relation.rule.operator == SAME and -gap > slack):
                yield _found_total(answered, relation, left, right)


@rule(
    "ENS-006",
    Severity.WARNING,
    "La part {line} compare des totaux incomplets : {partners} n’entre que dans l’un des deux ({left} / {right}).",
    "Obtenez le terme qui manque ; en attendant, lisez cette part avec prudence.",
)
def share_of_unequal_parts(evidence: Evidence) -> Rulings:
    """Une part est calculée sur des partenaires différents en haut et en bas.

    Constat : le numérateur et le dénominateur d’une part sont des sommes de plusieurs partenaires, et un partenaire qui
        fournit les deux n’a donné que l’un des deux.
    Pourquoi : la part mélange alors des populations différentes ; elle est calculée, mais elle trompe.
    Exemple : 50 bénéficiaires sur 100 pour l’un, « nd » sur 100 pour l’autre : 25 % au lieu de 50 %.
    Correction : demandez le terme manquant, ou so aux deux termes si la mesure ne concerne pas ce partenaire.
    """
    for answered in _answered(evidence):
        for measure in evidence.framework.measures:
            terms = _summed_terms(evidence.framework, measure)
            if terms is None or answered.quantity is not Quantity.VALUE:
                continue
            shared = tuple(code for code in terms[0].measure.producers if code in terms[1].measure.producers)
            above, below = ({code for code, _ in answered.numbers(term.code, shared)} for term in terms)
            odd = [code for code in shared if code in above ^ below and not _in_doubt(answered, code, terms)]
            if odd and above and below:
                left, right = (term.code for term in terms)
                facts = {"line": measure.code, "partners": french_list(odd), "left": left, "right": right}
                yield found(share_of_unequal_parts, Place(), line=measure.code, campaign=answered.campaign, facts=facts)


def _in_doubt(answered: Answered, partner: str, terms: tuple[Line, Line]) -> bool:
    """Whether a term is to be corrected first: that has a finding of its own."""
    return any(answered.by_partner[partner].in_doubt(term.code) for term in terms)


def _summed_terms(framework: Framework, measure: Measure) -> tuple[Line, Line] | None:
    """The numerator and denominator of a share, where both are sums of several partners."""
    if measure.calculation is not Calculation.SHARE:
        return None
    top, bottom = framework.line.get(measure.numerator), framework.line.get(measure.denominator)
    if top is None or bottom is None:
        return None
    summed = top.measure.method.adds_partners and bottom.measure.method.adds_partners
    return (top, bottom) if summed else None


def _answering(evidence: Evidence) -> dict[str, set[str]]:
    """The partners whose file counts, by campaign."""
    answering: dict[str, set[str]] = {}
    for submission in evidence.submissions:
        if submission.identity is not None:
            answering.setdefault(submission.identity.campaign, set()).add(submission.identity.partner)
    return answering


def _answered(evidence: Evidence) -> tuple[Answered, ...]:
    grouped: dict[tuple[str, Quantity], dict[str, AnswerSet]] = {}
    for one in evidence.sets:
        grouped.setdefault((one.campaign, one.quantity), {})[one.partner] = one
    return tuple(Answered(campaign, quantity, sets) for (campaign, quantity), sets in grouped.items())


def _shared(framework: Framework, wanted: Callable[[Method], bool]) -> Iterator[Line]:
    """The lines of several producers whose method is `wanted`."""
    for line in framework.input_lines:
        if wanted(line.measure.method) and len(line.measure.producers) > 1 and not line.measure.is_text:
            yield line


def _all_silent(answered: Answered, measure: Measure) -> bool:
    """Whether every producer returned a workbook and none says anything of the measure's total but a reason."""
    sets = [answered.by_partner.get(code) for code in measure.producers]
    silent = (AnswerKind.BLANK, AnswerKind.NOT_AVAILABLE)
    return all(one is not None and one.kind(measure.code) in silent for one in sets)


def _total(answered: Answered, line: Line) -> Total | None:
    """The consolidated value of what is added or has one source; None where a producer of a sum has not answered."""
    measure, method = line.measure, line.measure.method
    numbers = answered.numbers(line.code, measure.producers)
    if not numbers or not (method.adds_partners or method.same_for_all):
        return None
    if method.same_for_all:
        numbers = numbers[:1]
    elif len(numbers) < len(measure.producers):
        return None
    values = [value for _, value in numbers]
    slack = sum(half_unit(value, line) for value in values) + TINY * max(1.0, abs(sum(values)))
    return Total(sum(values), slack, tuple(partner for partner, _ in numbers))


def _found_total(answered: Answered, relation: Relation, left: Total, right: Total) -> Ruling:
    return found(
        totals_break_rule,
        Place(),
        line=relation.left.code,
        campaign=answered.campaign,
        facts={
            "rule": relation.rule.code,
            "message": relation.rule.message,
            "left": relation.left.code,
            "right": relation.right.code,
            "left_value": left.value,
            "right_value": right.value,
            "sources": french_list(list(dict.fromkeys((*left.sources, *right.sources)))),
        },
    )
