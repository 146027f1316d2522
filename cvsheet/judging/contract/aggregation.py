"""REF-035, 036, 043, 047, 048, 058: how answers and categories come together, and whether they can."""

from __future__ import annotations

from cvsheet.judging.contract.survey import Survey, fault, is_computed
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings
from cvsheet.model.averages import may_be_negative, names_an_average
from cvsheet.model.entities import ADDED_TYPES, parts_add_up
from cvsheet.model.findings import Severity
from cvsheet.model.methods import Aggregation, Method, method_of
from cvsheet.model.records import Record
from cvsheet.text.french import french_list

RATES = ("pourcentage", "note")


@rule(
    "REF-035",
    Severity.ERROR,
    "La moyenne pondérée de « {code} » n’a pas de poids.",
    "Indiquez la mesure qui pèse, ou choisissez une autre agrégation.",
)
def weight_missing(survey: Survey) -> Rulings:
    """Une moyenne pondérée n’a pas de poids.

    Constat : « Agrégation » vaut « moyenne pondérée » et « Poids » est vide.
    Pourquoi : la moyenne ne se calcule pas.
    Exemple : une note d’enquête sans le nombre de répondants.
    Correction : indiquez le code de la mesure qui pèse.
    """
    for row in survey.canonical.rows("indicateurs"):
        if _method(row).weighed and not row.text("poids"):
            yield fault(weight_missing, survey, row, "poids", {"code": row.text("code")})


@rule(
    "REF-058",
    Severity.ERROR,
    "Le poids de « {code} » ({found}) n’est pas demandé à {partners} : sa valeur n’entrerait pas dans la moyenne.",
    "Nommez chaque producteur de la valeur parmi ceux du poids, ou choisissez une autre agrégation.",
)
def weight_asked_of_others(survey: Survey) -> Rulings:
    """Le poids d’une moyenne pondérée n’est pas demandé à qui donne la valeur.

    Constat : une moyenne pondérée a plusieurs producteurs, et l’un d’eux n’est pas producteur de la mesure qui pèse ;
        ou cette mesure est calculée, et personne ne la saisit.
    Pourquoi : chaque partenaire pèse ce qu’il dit peser. Sans son poids, sa valeur reste hors de la moyenne. Un
        producteur seul n’en a pas besoin.
    Exemple : deux bailleurs donnent un taux de satisfaction, un seul le nombre de ses répondants.
    Correction : demandez le poids à chacun, dans « Producteurs » de la mesure qui pèse.
    """
    for row in survey.canonical.rows("indicateurs"):
        producers = tuple(dict.fromkeys(row.codes("producteurs")))
        weigher = survey.measures.get(row.text("poids").partition("/")[0])
        if is_computed(row) or not _method(row).weighed or weigher is None or not producers[1:]:
            continue
        asked = () if is_computed(weigher) else weigher.codes("producteurs")
        lacking = [code for code in producers if code not in asked]
        if lacking:
            facts = {"code": row.text("code"), "partners": french_list(lacking)}
            yield fault(weight_asked_of_others, survey, row, "poids", facts)


@rule(
    "REF-036",
    Severity.WARNING,
    "« {code} » est une valeur de type « {type} » : elle ne s’additionne pas entre partenaires.",
    "Choisissez une moyenne ou une source unique.",
)
def sum_of_rates(survey: Survey) -> Rulings:
    """Des taux ou des notes sont additionnés.

    Constat : « Agrégation » vaut « somme » pour un pourcentage ou une note.
    Pourquoi : 40 % et 50 % ne font pas 90 %.
    Exemple : un taux d’occupation fourni par deux bailleurs.
    Correction : choisissez « moyenne pondérée », « moyenne » ou « source unique ».
    """
    for row in survey.canonical.rows("indicateurs"):
        if _method(row).adds_partners and row.text("type") in RATES and not is_computed(row):
            facts = {"code": row.text("code"), "type": row.text("type")}
            yield fault(sum_of_rates, survey, row, "agregation", facts)


@rule(
    "REF-043",
    Severity.INFO,
    "« {code} » se lit comme une moyenne ou un taux, et son agrégation est « {found} ».",
    "Si ce n’est pas une somme, choisissez « moyenne pondérée », « moyenne » ou « source unique ».",
)
def sum_of_averages(survey: Survey) -> Rulings:
    """Une moyenne est additionnée.

    Constat : « Agrégation » vaut « somme » pour un nombre, un montant ou un volume que son intitulé ou son unité disent
        moyen, médian, rapporté à des habitants, à des logements…
    Pourquoi : deux coûts moyens ne font pas un coût, et les modalités d’un coût moyen ne font pas son total.
    Exemple : « Coût moyen par élève », fourni par deux écoles.
    Correction : choisissez une autre agrégation ; rien si les réponses s’additionnent bien.
    """
    for row in survey.canonical.rows("indicateurs"):
        if _method(row).adds_partners and row.text("type") in ADDED_TYPES and _is_average(row):
            yield fault(sum_of_averages, survey, row, "agregation", {"code": row.text("code")})


@rule(
    "REF-048",
    Severity.INFO,
    "Les modalités de « {code} » ne s’additionnent pas ({reason}) : aucune n’est comparée au total.",
    "Rien à faire si c’est bien le cas ; si elles s’additionnent, choisissez « somme ».",
)
def breakdown_of_a_mean(survey: Survey) -> Rulings:
    """Une mesure qui n’est pas une somme est ventilée.

    Constat : une mesure saisie, de type nombre, montant ou volume, a des ventilations, et ses modalités ne font pas son
        total : son agrégation n’est pas une somme ; ou elle n’en dit rien (source unique, aucune) et son intitulé ou
        son unité disent une moyenne, un taux, un délai, un âge, un prix, un indice, « par habitant »…
    Pourquoi : le revenu moyen des femmes peut dépasser celui de tous. cvsheet demande alors un total à part, réunit
        chaque modalité comme le total (par une moyenne, par exemple) et ne vérifie ni somme, ni maximum.
    Exemple : « Loyer moyen », ventilé par quartier : 420 € en tout, 390 € et 455 € dans les quartiers.
    Correction : rien ; si ses modalités s’additionnent bien, mettez « somme », même pour un seul producteur.
    """
    for row in survey.canonical.rows("indicateurs"):
        asked = row.text("type") in ADDED_TYPES and not is_computed(row) and survey.categories(row)
        if asked and not _parts_add_up(row):
            worded = _method(row).parts_add_up is None
            reason = "moyenne ou taux, d’après ses mots" if worded else f"agrégation « {row.text('agregation')} »"
            yield fault(breakdown_of_a_mean, survey, row, "ventilations", {"code": row.text("code"), "reason": reason})


@rule(
    "REF-047",
    Severity.WARNING,
    "La règle « {code} » n’est pas vérifiée : « {found} » n’est pas une somme, ou peut être négative.",
    "Donnez à la mesure un minimum de 0, ou supprimez la règle.",
)
def rule_on_what_is_not_bounded(survey: Survey) -> Rulings:
    """Une règle « entre max et somme » porte sur ce qui peut être négatif, ou n’est pas une somme.

    Constat : la mesure de droite n’est ni un dénombrement, ni une mesure dont le minimum est 0 ou plus ; ou ses
        modalités ne s’additionnent pas (REF-048).
    Pourquoi : − 10 peut être une partie de − 30 : ni la plus grande modalité ni leur somme ne bornent rien.
    Exemple : un solde, en euros, par dispositif.
    Correction : si la mesure n’est jamais négative, donnez-lui un minimum de 0.
    """
    for row in survey.canonical.rows("regles"):
        measure = survey.measures.get(row.text("droite"))
        if row.text("operateur") != "entre max et somme" or measure is None or not survey.categories(measure):
            continue
        if not (_parts_add_up(measure) and _never_negative(measure)):
            yield fault(rule_on_what_is_not_bounded, survey, row, "droite", {"code": row.text("code")})


def _aggregation(row: Record) -> Aggregation:
    """What the row says; a single source where it says nothing, or nothing that there is (another rule says so)."""
    word = row.text("agregation")
    return Aggregation(word) if word in tuple(Aggregation) else Aggregation.SINGLE_SOURCE


def _method(row: Record) -> Method:
    return method_of(_aggregation(row))


def _is_average(row: Record) -> bool:
    return not is_computed(row) and names_an_average(row.text("mesure"), row.text("unite"))


def _parts_add_up(row: Record) -> bool:
    return parts_add_up(row.text("type"), _aggregation(row), row.text("mesure"), row.text("unite"))


def _never_negative(row: Record) -> bool:
    low, counted = row.values.get("minimum"), row.text("type") == "nombre"
    implied = counted and not may_be_negative("nombre", row.text("mesure"))
    return low >= 0 if isinstance(low, int | float) else implied
