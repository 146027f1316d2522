"""HIS-001 to HIS-006: a return against what its partner said before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cvsheet.figures.changes import in_words, nearest_before
from cvsheet.figures.changes import strong_change as thresholds
from cvsheet.files.addresses import parse_cell_name
from cvsheet.judging.cells.values import line_unanswered
from cvsheet.judging.engine.evidence import AnswerSet, Evidence, half_unit
from cvsheet.judging.engine.faults import found_at, found_in
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings, found
from cvsheet.judging.files.contents import answers_among, contents_of
from cvsheet.judging.returns.compared import Compared, beside_former, compared, copies
from cvsheet.judging.returns.relations import THREE_YEARS, found_relation, relations
from cvsheet.judging.returns.shifts import shifted_run
from cvsheet.judging.returns.sums import TINY
from cvsheet.model.findings import Fact, Severity
from cvsheet.model.framework import CampaignType, ContractSettings, Framework
from cvsheet.model.submission import Quantity

YEARS_BACK = 3
Past = dict[tuple[str, str, int], dict[str, float]]  # partner, line and year -> campaign -> number


@rule(
    "HIS-001",
    Severity.WARNING,
    "{value} contre {previous} pour la campagne {previous_campaign} : {change}.",
    "Si le chiffre est juste, dites pourquoi en commentaire ; sinon, corrigez-le.",
)
def strong_change(evidence: Evidence) -> Rulings:
    """La valeur a fortement changé sans explication.

    Constat : la valeur s’écarte de l’ancienne de plus que le seuil du contrat (50 % de celle-ci, sans son signe), l’une
        des deux atteint le minimum du contrat (10), et le commentaire est vide. L’ancienne est celle de la campagne,
        parmi celles où le partenaire a répondu, qui finit le plus près d’un an avant. Le changement est dit en %, ou
        en unités si elle n’est pas positive. La valeur est gardée. Les modalités d’un total qui a lui-même fortement
        changé ne sont pas signalées.
    Pourquoi : une rupture est une information à expliquer, ou une erreur de saisie.
    Exemple : 120 en 2020, 310 en 2021.
    Correction : corrigez, ou expliquez en commentaire.
    """
    contract = evidence.framework.contract
    strong = [one for one in compared(evidence) if _is_strong(one, contract)]
    told = {(one.answers.campaign, one.answers.partner, one.line) for one in strong}
    shifted = _shifted(evidence) if strong else ()
    moved = {(one.answers.file, one.line) for run, _ in shifted for one in run}
    for one in strong:
        if (one.answers.file, one.line) in moved:
            continue  # HIS-005 says it of all of them
        total, slash, _ = one.line.partition("/")
        follows = slash and (one.answers.campaign, one.answers.partner, total) in told
        if follows or one.answers.answers[one.line].explanation:
            continue
        facts: dict[str, Fact] = {
            "value": one.value,
            "previous": one.previous,
            "previous_campaign": one.earlier_campaign,
            "change": in_words(one.previous, one.value),
        }
        yield found_at(strong_change, one.answers, one.line, facts)


@rule(
    "HIS-002",
    Severity.WARNING,
    "Les {count} valeurs sont toutes égales à celles de la campagne {previous_campaign}.",
    "Vérifiez que le classeur a bien été mis à jour ; si rien n’a changé, dites-le en commentaire.",
)
def nothing_changed(evidence: Evidence) -> Rulings:
    """Toutes les valeurs d’un classeur, ou d’une de ses feuilles, sont celles d’une campagne passée.

    Constat : aucune valeur de la feuille ne diffère de celles que le partenaire a données lors d’une même campagne
        passée, la dernière ou une autre (référence comprise), et cinq au moins, dont trois différentes, auraient pu
        changer. Ne comptent pas parmi elles : un zéro, une valeur à sa borne (100 %), une enquête, une ligne au
        commentaire nouveau. Si tout le classeur est celui d’une campagne, le constat n’est fait qu’une fois.
    Pourquoi : l’ancien classeur, ou l’une de ses feuilles, a sans doute été recopié.
    Exemple : les valeurs de 2020 collées dans la feuille « Emploi » de 2021, ou celles du premier semestre dans le
        second.
    Correction : mettez à jour les valeurs ; si elles n’ont pas changé, dites-le en commentaire.
    """
    for groups in beside_former(evidence):
        for place, group in copies(groups, evidence.framework):
            yield found(
                nothing_changed,
                place,
                partner=group[0].answers.partner,
                campaign=group[0].answers.campaign,
                facts={"count": len(group), "previous_campaign": group[0].earlier_campaign},
            )


@rule(
    "HIS-003",
    Severity.WARNING,
    "Cette cellule est vide ; elle contenait « {typed} » dans le fichier précédent (« {other_file} »).",
    "Ressaisissez la réponse, ou saisissez nd si elle est retirée.",
    covers=(line_unanswered,),
)
def answer_blanked(evidence: Evidence) -> Rulings:
    """Une réponse a disparu depuis le fichier précédent.

    Constat : le fichier qui remplace un envoi antérieur laisse vide une cellule qui y était remplie (valeur, année,
        rapport d’action), ou ne contient plus une action ajoutée par le partenaire. Une ligne ou une feuille absente
        est signalée par STR-012 ou STR-003.
    Pourquoi : une réponse ne disparaît jamais en silence.
    Exemple : 42 dans l’envoi du 3 mars, rien dans celui du 10.
    Correction : ressaisissez la valeur, ou « nd » si elle n’est plus valable.
    """
    for replacement in evidence.replacements:
        told: set[str] = set()
        for former, kept in replacement.blanked.values():
            if kept is None and former.row in told:
                continue  # of an action, one finding for all its cells
            told.add(former.row)
            typed, place = (former.typed, kept.place) if kept else (former.row, None)
            facts: dict[str, Fact] = {"typed": typed, "other_file": replacement.former.file}
            yield found_in(answer_blanked, replacement.kept, facts, place, former.code)


@rule(
    "HIS-006",
    Severity.WARNING,
    "« {typed} » ne vient que de ce fichier ; « {other_file} », enregistré plus tard, laisse la cellule vide alors "
    "qu’il reprend le reste. La réponse est gardée.",
    "Confirmez-la ; si elle est retirée, effacez-la ici aussi.",
)
def answer_perhaps_withdrawn(evidence: Evidence) -> Rulings:
    """Une réponse d’un fichier plus ancien a peut-être été retirée.

    Constat : deux fichiers sont repris ensemble (FIC-053), le plus récent a été enregistré après l’autre, et il en
        reprend plus de réponses qu’il n’en laisse vides : c’est peut-être une nouvelle version, d’où une réponse a été
        effacée. Elle est gardée. Une ligne que le plus récent n’a pas n’est pas signalée.
    Pourquoi : un chiffre retiré par le partenaire ne doit pas revenir en silence, ni disparaître.
    Exemple : 42 effacé d’une ligne et saisi dans la suivante.
    Correction : confirmez la réponse, ou effacez-la.
    """
    for submission in evidence.submissions:
        for other in submission.joined[1:]:
            leading = submission.joined[0]
            if leading.saved_at is None or other.saved_at is None or leading.saved_at == other.saved_at:
                continue
            own, older = contents_of(leading), answers_among(contents_of(other))
            blank = {key: held for key, held in older.items() if key in own and own[key].value is None}
            if len(older.keys() & answers_among(own).keys()) <= len(blank):
                continue
            for held in blank.values():
                facts: dict[str, Fact] = {"typed": held.typed, "other_file": leading.file}
                yield found_in(answer_perhaps_withdrawn, submission, facts, held.place, held.code)


@rule(
    "HIS-004",
    Severity.WARNING,
    "{message} Ici {the_left} vaut {left_value}, alors que {the_right} valait {right_value} trois ans plus tôt.",
    "Reprenez la valeur déclarée, ou expliquez l’écart en commentaire.",
)
def unlike_three_years_ago(evidence: Evidence) -> Rulings:
    """La valeur reprise de trois ans plus tôt diffère.

    Constat : une règle « = N-3 » de la feuille « Règles » n’est pas respectée : la première ligne n’est pas égale à la
        valeur de la seconde trois ans plus tôt (campagne annuelle, ou référence datée de cette année-là), aux arrondis
        près, et le commentaire est vide.
    Pourquoi : un taux de survie à trois ans doit partir des créations déclarées trois ans plus tôt.
    Exemple : 12 créations déclarées en 2019, 15 reprises en 2022.
    Correction : reprenez la valeur, ou expliquez l’écart.
    """
    past = _by_year(evidence)
    for relation in relations(evidence.framework, THREE_YEARS):
        for answers in evidence.sets:
            if answers.quantity is not Quantity.VALUE:
                continue
            left = answers.number(relation.left.code)
            right = _three_years_before(evidence.framework, past, answers, relation.right.code)
            if left is None or right is None or answers.answers[relation.left.code].explanation:
                continue
            slack = half_unit(left, relation.left) + half_unit(right, relation.right) + TINY * max(1.0, abs(right))
            if abs(left - right) > slack:
                yield found_relation(
                    unlike_three_years_ago, answers, relation, (left, right), (relation.left,), compared=()
                )


@rule(
    "HIS-005",
    Severity.WARNING,
    "De {first_cell} à {last_cell}, {count} réponses semblent décalées d’une ligne vers {direction} : elles "
    "ressemblent aux valeurs de la campagne {previous_campaign} de la ligne voisine, pas de la leur.",
    "Vérifiez en face de quelle ligne se trouve chaque valeur.",
)
def column_shifted(evidence: Evidence) -> Rulings:
    """Une colonne de réponses semble décalée d’une ligne.

    Constat : sur une suite de lignes, au moins quatre valeurs sont à 20 % au plus de celle que la ligne du dessus (ou
        du dessous) avait à la dernière campagne, et à 50 % au moins de celle de leur propre ligne ; trois au moins des
        valeurs du dessus sont différentes. L’écart se mesure à la plus grande des deux. Les valeurs sont gardées.
    Pourquoi : un collage qui commence une ligne trop bas attribue chaque chiffre à une autre mesure.
    Exemple : une colonne copiée d’un tableau interne, collée en K9 au lieu de K8.
    Correction : recollez la colonne à sa place ; si les valeurs sont justes, dites-le en commentaire.
    """
    for run, direction in _shifted(evidence):
        first, last = run[0].answers.place(run[0].line), run[0].answers.place(run[-1].line)
        facts: dict[str, Fact] = {
            "first_cell": first.cell,
            "last_cell": last.cell,
            "count": len(run),
            "direction": direction,
            "previous_campaign": run[0].earlier_campaign,
        }
        yield found_at(column_shifted, run[0].answers, run[0].line, facts)


def _shifted(evidence: Evidence) -> Iterator[tuple[tuple[Compared, ...], str]]:
    """The runs of answers that fit the line beside theirs, and in which direction they slid. What other rules set aside
    counts here: a shifted column breaks sums."""
    by_sheet: dict[tuple[str, str], dict[int, Compared]] = {}
    for one in compared(replace(evidence, aside={})):
        place = one.answers.place(one.line)
        if place.cell:
            by_sheet.setdefault((place.file, place.sheet), {})[parse_cell_name(place.cell)[0]] = one
    for rows in by_sheet.values():
        span = [rows.get(row) for row in range(min(rows), max(rows) + 1)]
        pairs = [(one.value, one.previous) if one else (None, None) for one in span]
        for by, direction in ((1, "le bas"), (-1, "le haut")):
            run = tuple(filter(None, (span[at] for at in shifted_run(pairs, by))))
            if run:
                yield run, direction


def _is_strong(one: Compared, contract: ContractSettings) -> bool:
    return thresholds(contract).holds(one.previous, one.value)


def _three_years_before(framework: Framework, past: Past, answers: AnswerSet, line: str) -> float | None:
    """The value of a yearly campaign of that year (of several, the one that ends nearest), else its baseline."""
    campaign = framework.campaign[answers.campaign]
    given = past.get((answers.partner, line, campaign.year - YEARS_BACK), {})
    yearly = [framework.campaign[code] for code in given if framework.campaign[code].type is CampaignType.YEARLY]
    former = nearest_before(campaign, yearly, YEARS_BACK)
    return given[former.code] if former else next(iter(given.values()), None)


def _by_year(evidence: Evidence) -> Past:
    """The values of yearly campaigns, and the baselines that say their year."""
    known: Past = {}
    for answers in evidence.sets:
        for line, seen in answers.answers.items():
            number = answers.number(line)
            year = _year_of(evidence.framework, answers, seen.year.answer.number if seen.year else None)
            if number is not None and year is not None:
                known.setdefault((answers.partner, line, year), {})[answers.campaign] = number
    return known


def _year_of(framework: Framework, answers: AnswerSet, typed: float | None) -> int | None:
    campaign = framework.campaign[answers.campaign]
    if answers.quantity is Quantity.VALUE and campaign.type is CampaignType.YEARLY:
        return campaign.year
    return int(typed) if answers.quantity is Quantity.BASELINE and typed is not None else None
