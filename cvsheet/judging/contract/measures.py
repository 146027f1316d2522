"""REF-030 to REF-041: what each action and each measure of the canonical workbook says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cvsheet.judging.contract.survey import Survey, fault, is_computed
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings
from cvsheet.model.findings import Severity
from cvsheet.model.groups import grouped
from cvsheet.model.records import Record

VALUES = (("reference", "statut_reference"), ("cible", "statut_cible"))
TO_SETTLE = "à préciser"


@rule(
    "REF-030",
    Severity.ERROR,
    "La mesure « {code} » n’a pas de producteur.",
    "Nommez au moins un partenaire qui fournit la valeur.",
)
def measure_without_producer(survey: Survey) -> Rulings:
    """Une mesure saisie n’a pas de producteur.

    Constat : « Producteurs » est vide pour une mesure que quelqu’un doit saisir.
    Pourquoi : aucun classeur ne la demanderait ; elle resterait vide sans que personne le sache.
    Exemple : une mesure ajoutée sans dire qui la fournit.
    Correction : nommez un partenaire ; le premier nommé fait autorité.
    """
    for row in survey.canonical.rows("indicateurs"):
        if not is_computed(row) and row.text("saisie") and not row.codes("producteurs"):
            yield fault(measure_without_producer, survey, row, "producteurs", {"code": row.text("code")})


@rule("REF-031", Severity.WARNING, "L’action n’a pas de pilote.", "Choisissez le partenaire qui en rend compte.")
def action_without_pilot(survey: Survey) -> Rulings:
    """Une action n’a pas de pilote.

    Constat : « Pilote » est vide.
    Pourquoi : en attendant, seuls la voient les partenaires cités qui remplissent déjà un classeur.
    Exemple : une action reprise du document, qui ne nomme personne.
    Correction : désignez un pilote.
    """
    for row in survey.canonical.rows("actions"):
        if row.text("code") and not row.text("pilote"):
            yield fault(action_without_pilot, survey, row, "pilote")


@rule(
    "REF-032",
    Severity.WARNING,
    "La cible ({found}) va contre le sens de l’indicateur ({direction}) : la référence est {baseline}.",
    "Corrigez la cible, la référence ou le sens.",
)
def target_against_direction_in_contract(survey: Survey) -> Rulings:
    """Une cible va contre le sens de l’indicateur.

    Constat : la cible est plus basse que la référence pour un indicateur à la hausse, ou l’inverse.
    Pourquoi : l’avancement ne se calcule pas (« Cible incohérente »).
    Exemple : sens « hausse », référence 120, cible 100.
    Correction : corrigez le nombre ou le sens qui est faux.
    """
    for row, measure in followed(survey):
        baseline, target = row.values.get("reference"), row.values.get("cible")
        if isinstance(baseline, int | float) and isinstance(target, int | float):
            direction = measure.text("sens")
            if (direction == "hausse" and target < baseline) or (direction == "baisse" and target > baseline):
                facts = {"baseline": baseline, "direction": direction}
                yield fault(target_against_direction_in_contract, survey, row, "cible", facts)


@rule(
    "REF-033",
    Severity.ERROR,
    "La mesure calculée « {code} » n’a pas de « {column} ».",
    "Remplissez cette cellule, ou choisissez « saisie ».",
)
def incomplete_calculation(survey: Survey) -> Rulings:
    """Une mesure calculée ne dit pas comment.

    Constat : le calcul, le numérateur ou, pour une part, le dénominateur manque.
    Pourquoi : son résultat resterait vide.
    Exemple : une part sans dénominateur.
    Correction : complétez le calcul, ou faites-en une mesure saisie.
    """
    for row in survey.canonical.rows("indicateurs"):
        if is_computed(row):
            share = row.text("calcul") != "évolution"
            for column in ("calcul", "numerateur", *(("denominateur",) if share else ())):
                if not row.text(column):
                    yield fault(incomplete_calculation, survey, row, column, {"code": row.text("code")})


@rule(
    "REF-034",
    Severity.WARNING,
    "« {column} » ne sert pas : la mesure « {code} » est saisie.",
    "Videz la cellule, ou choisissez « calcul ».",
)
def calculation_on_typed_measure(survey: Survey) -> Rulings:
    """Une mesure saisie porte un calcul.

    Constat : « Calcul » ou « Numérateur » est rempli pour une mesure saisie.
    Pourquoi : l’un des deux est faux ; cvsheet demande la valeur et ne calcule pas.
    Exemple : « saisie » laissé sur une part recopiée.
    Correction : videz le calcul, ou choisissez « calcul ».
    """
    for row in survey.canonical.rows("indicateurs"):
        for column in ("calcul", "numerateur", "denominateur"):
            if row.text("saisie") == "saisie" and row.text(column):
                yield fault(calculation_on_typed_measure, survey, row, column, {"code": row.text("code")})


@rule(
    "REF-037",
    Severity.INFO,
    "Aucune mesure de l’indicateur « {indicator} » n’est la principale.",
    "Mettez « oui » à la mesure qui le résume.",
)
def headline_missing(survey: Survey) -> Rulings:
    """Un indicateur n’a pas de mesure principale.

    Constat : aucune de ses mesures n’a « oui » dans « Principale ».
    Pourquoi : la synthèse ne saurait pas laquelle montrer.
    Exemple : un indicateur de deux mesures, ajouté sans choisir.
    Correction : mettez « oui » à l’une d’elles.
    """
    for indicator, rows in _indicators(survey).items():
        if not any(row.values.get("principale") is True for row in rows):
            yield fault(headline_missing, survey, rows[0], "principale", {"indicator": indicator})


@rule(
    "REF-038",
    Severity.INFO,
    "L’indicateur « {indicator} » a déjà une mesure principale : « {first} ».",
    "Gardez un seul « oui ».",
)
def headline_twice(survey: Survey) -> Rulings:
    """Un indicateur a plusieurs mesures principales.

    Constat : plusieurs de ses mesures ont « oui » dans « Principale ».
    Pourquoi : la synthèse en montre une seule.
    Exemple : le nombre et la part, tous deux principaux.
    Correction : gardez un seul « oui ».
    """
    for indicator, rows in _indicators(survey).items():
        headlines = [row for row in rows if row.values.get("principale") is True]
        for row in headlines[1:]:
            facts = {"indicator": indicator, "first": headlines[0].text("code")}
            yield fault(headline_twice, survey, row, "principale", facts)


@rule(
    "REF-039",
    Severity.ERROR,
    "La modalité « {category} » figure dans deux ventilations de « {code} ».",
    "Changez le code d’une des deux modalités.",
)
def ambiguous_category(survey: Survey) -> Rulings:
    """Deux ventilations d’une mesure ont une modalité de même code.

    Constat : les ventilations demandées pour une mesure partagent un code de modalité.
    Pourquoi : deux lignes différentes auraient le même code.
    Exemple : « F » pour femmes dans « sexe » et pour formation dans « type_d_action ».
    Correction : changez le code d’une des deux modalités.
    """
    for row in survey.canonical.rows("indicateurs"):
        names = dict.fromkeys(row.codes("ventilations"))
        categories = (category for name in names for category in set(survey.breakdowns.get(name, ())))
        for category, count in sorted(Counter(categories).items()):
            if count > 1:
                facts = {"category": category, "code": row.text("code")}
                yield fault(ambiguous_category, survey, row, "ventilations", facts)


@rule(
    "REF-063",
    Severity.WARNING,
    "La ventilation « {breakdown} » a deux intitulés : « {first} », qui est retenu, et « {found} ».",
    "Gardez-en un seul : il suffit sur une ligne de la ventilation.",
)
def breakdown_titled_twice(survey: Survey) -> Rulings:
    """Une ventilation a deux intitulés différents.

    Constat : deux lignes d’une même ventilation ont des textes différents dans « Intitulé de la ventilation ».
    Pourquoi : un seul est montré, celui de la première ligne.
    Exemple : « Sexe » sur la ligne des femmes, « Genre » sur celle des hommes.
    Correction : gardez-en un seul.
    """
    first: dict[str, str] = {}
    for row in survey.canonical.rows("ventilations"):
        breakdown, title = row.text("ventilation"), row.text("ventilation_intitule")
        if title and title != first.setdefault(breakdown, title):
            facts = {"breakdown": breakdown, "first": first[breakdown]}
            yield fault(breakdown_titled_twice, survey, row, "ventilation_intitule", facts)


@rule(
    "REF-040",
    Severity.WARNING,
    "« {column} » est « {found} », mais la valeur manque.",
    "Saisissez la valeur, ou mettez « à préciser ».",
)
def status_without_value(survey: Survey) -> Rulings:
    """Une référence ou une cible a un statut et pas de valeur.

    Constat : le statut est « proposée » ou « validée » et la valeur est vide.
    Pourquoi : on la croit fixée alors qu’elle ne l’est pas.
    Exemple : cible validée en comité, jamais reportée.
    Correction : saisissez la valeur.
    """
    for row, _ in followed(survey):
        for value, status in VALUES:
            if row.text(status) not in ("", TO_SETTLE) and not row.text(value):
                yield fault(status_without_value, survey, row, status)


@rule("REF-041", Severity.INFO, "La valeur {found} n’a pas de statut.", "Mettez « proposée » ou « validée ».")
def value_without_status(survey: Survey) -> Rulings:
    """Une référence ou une cible a une valeur et pas de statut.

    Constat : la valeur est remplie et son statut est vide ou « à préciser ».
    Pourquoi : on ne sait pas si elle est convenue ou seulement proposée.
    Exemple : référence 120, statut vide.
    Correction : choisissez le statut.
    """
    for row, _ in followed(survey):
        for value, status in VALUES:
            if isinstance(row.values.get(value), int | float) and row.text(status) in ("", TO_SETTLE):
                yield fault(value_without_status, survey, row, value)


def followed(survey: Survey) -> Iterator[tuple[Record, Record]]:
    """Every row with a baseline and a target, and the measure that it is of."""
    for row in survey.canonical.rows("indicateurs"):
        yield row, row
    for row in survey.canonical.rows("references_modalites"):
        measure = survey.measures.get(row.text("ligne").partition("/")[0])
        if measure is not None:
            yield row, measure


def _indicators(survey: Survey) -> dict[str, list[Record]]:
    rows = survey.canonical.rows("indicateurs")
    return grouped((row.text("indicateur"), row) for row in rows if row.text("indicateur"))
