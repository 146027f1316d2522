"""ATT-001 to ATT-020: the answers of a campaign as one data set, return by return, pillar by pillar.

Each rule turns a row that great_expectations refused into a finding; what it refuses stands in `schemas/attentes.json`.
Nothing is set aside here: that is the business of the rules on cells, before.
"""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.judging.campaign.data_set_totals import other_partners_counted
from cvsheet.judging.campaign.expectations import Row, att
from cvsheet.judging.engine.rule import AnyRule
from cvsheet.judging.engine.ruling import Ruling, Rulings, found
from cvsheet.model.findings import Fact, Place


@att(
    "ATT-001",
    "La réponse porte la campagne {campaign} et la demande « {what} », que le contrat ne connaît pas ensemble.",
    "Vérifiez le classeur du contrat (cvsheet check), puis relancez ; si rien n’y manque, transmettez ce constat à qui "
    "maintient cvsheet.",
)
def code_unknown(row: Row) -> Rulings:
    """Une réponse porte un code que le contrat ne connaît pas.

    Constat : une réponse gardée porte une campagne, un partenaire ou une ligne absents du contrat, ou une ligne qui
        n’est pas demandée à ce partenaire. Le contrôle des fichiers écarte déjà ces réponses : celle-ci lui a échappé.
    Pourquoi : une réponse sans place dans le contrat n’entre dans aucun total et rend le jeu de données inexploitable.
    Exemple : une ligne retirée du contrat après l’envoi des classeurs.
    Correction : complétez le classeur du contrat, ou retirez le fichier du dossier des retours.
    """
    yield _answer_found(code_unknown, row, {"campaign": row["campagne"], "what": row["demande"]})


@att(
    "ATT-002",
    "« {what} » ({value}) est compté plus d’une fois dans la campagne {campaign}.",
    "Ne gardez qu’un fichier par partenaire et par campagne ; si c’est déjà le cas, transmettez ce constat à qui "
    "maintient cvsheet.",
)
def answer_counted_twice(row: Row) -> Rulings:
    """La même réponse est comptée deux fois.

    Constat : deux réponses gardées ont la même campagne, le même partenaire, la même ligne et la même grandeur. Le
        contrôle des fichiers n’en garde qu’une : ce doublon lui a échappé.
    Pourquoi : elle serait additionnée deux fois.
    Exemple : deux classeurs du même partenaire, tous deux pris en compte.
    Correction : retirez l’un des deux.
    """
    facts = {"campaign": row["campagne"], "what": row["demande"], "value": row["grandeur"]}
    yield _answer_found(answer_counted_twice, row, facts)


@att(
    "ATT-003",
    "La réponse « {what} » ne dit pas de quelle cellule elle vient.",
    "Transmettez ce constat et le fichier à qui maintient cvsheet : aucun chiffre ne doit être publié sans origine.",
)
def value_without_origin(row: Row) -> Rulings:
    """Une valeur n’a pas d’origine.

    Constat : un nombre ou un texte gardé n’a pas son fichier, sa feuille ou sa cellule.
    Pourquoi : un chiffre que l’on ne peut pas suivre jusqu’à sa cellule ne se défend devant personne.
    Exemple : aucun à ce jour : cette attente garde la promesse que fait le classeur maître.
    Correction : transmettez le fichier.
    """
    yield _answer_found(value_without_origin, row, {"what": row["demande"]})


@att(
    "ATT-010",
    "Le classeur de {name} compte {count} lignes, le contrat lui en demande {expected}. Absentes : {detail}.",
    "Préparez-lui un nouveau classeur (cvsheet generate) ou demandez-lui ces lignes à part.",
)
def lines_not_as_asked(row: Row) -> Rulings:
    """Un retour n’a pas toutes les lignes que le contrat demande.

    Constat : le nombre de lignes du classeur n’est pas celui que le contrat demande aujourd’hui à ce partenaire, et le
        contrôle de la structure n’a rien signalé : le classeur date d’avant une modification du contrat.
    Pourquoi : ces lignes manquent aux totaux sans que personne les ait laissées vides.
    Exemple : un indicateur ajouté au contrat après l’envoi des classeurs.
    Correction : renvoyez un classeur à jour, ou demandez les lignes ajoutées.
    """
    facts = {"count": row["lignes"], "expected": row["lignes_demandees"], "detail": row["absentes"]}
    yield _return_found(lines_not_as_asked, row, facts)


@att(
    "ATT-011",
    "Réponses obligatoires utilisables dans le retour de {name} : {count} sur {expected} ({detail}).",
    "Voyez avec ce partenaire ce qu’il peut encore fournir ; d’ici là, ne comptez pas sur ses chiffres.",
    covers=(other_partners_counted,),
)
def return_half_empty(row: Row) -> Rulings:
    """Moins de la moitié d’un retour est utilisable.

    Constat : moins de la moitié des réponses obligatoires du retour est un nombre ou un texte ; les autres sont vides,
        nd ou ns. « so » et les réponses qu’une erreur met de côté ne comptent ni dans les unes ni dans les autres. Un
        retour entièrement vide est signalé par FIC-035.
    Pourquoi : chaque cellule peut avoir son excuse et l’ensemble n’apporter rien ; c’est le retour qu’il faut revoir.
    Exemple : 3 chiffres sur 14 demandés, 9 « nd » et 2 cellules vides.
    Correction : faites le point avec le partenaire.
    """
    facts = {"count": row["utilisables"], "expected": row["demandees"], "detail": row["inutilisables"]}
    yield _return_found(return_half_empty, row, facts)


@att(
    "ATT-012",
    "{name} : nd ou ns à {count} demandes sur {expected} ; c’était {previous} sur {total} pour la campagne "
    "{previous_campaign}.",
    "Demandez-lui ce qui a changé : une source perdue se remplace mieux tôt que tard.",
    covers=(other_partners_counted,),
    needs_former=True,
)
def answers_withdrawn(row: Row) -> Rulings:
    """Un partenaire ne donne plus des chiffres qu’il donnait.

    Constat : la part de « nd » et « ns » parmi les réponses obligatoires a augmenté de plus de 30 points depuis le
        retour précédent du même partenaire. Un retour déjà signalé par ATT-011 ne l’est pas ici.
    Pourquoi : chaque « nd » est permis ; en nombre, ils disent qu’une source de données s’est tarie.
    Exemple : 1 « nd » sur 12 en 2020, 6 en 2021.
    Correction : voyez avec le partenaire quelle source remplace l’ancienne.
    """
    facts = {
        "count": row["nd"],
        "expected": row["demandees"],
        "previous": row["nd_avant"],
        "total": row["demandees_avant"],
        "previous_campaign": row["campagne_avant"],
    }
    yield _return_found(answers_withdrawn, row, facts)


@att(
    "ATT-013",
    "{count} des {total} dénombrements d’au moins 30 de {name} sont des multiples de 10 ({detail}).",
    "Demandez si ces chiffres sont comptés ou estimés ; s’ils sont comptés, un commentaire le dit.",
)
def figures_all_round(row: Row) -> Rulings:
    """Presque tous les chiffres d’un partenaire sont ronds.

    Constat : plus des trois quarts des dénombrements d’au moins 30 du retour, et huit au moins, sont des multiples de
        10. Les montants, les taux et les réponses commentées ne comptent pas.
    Pourquoi : un nombre compté finit par un zéro une fois sur dix ; ceux-ci sont sans doute estimés.
    Exemple : 100, 150, 40, 60, 200, 80, 50, 120.
    Correction : demandez les chiffres exacts, ou une phrase en commentaire.
    """
    facts = {"count": row["ronds"], "total": row["grands_nombres"], "detail": row["cellules_rondes"]}
    yield _return_found(figures_all_round, row, facts)


@att(
    "ATT-014",
    "{value} revient dans {count} des {total} totaux de {name} ({detail}).",
    "Vérifiez que le classeur n’a pas été rempli en recopiant une cellule.",
    covers=(figures_all_round,),
)
def same_value_everywhere(row: Row) -> Rulings:
    """La même valeur revient sur des lignes sans rapport.

    Constat : une même valeur occupe plus de la moitié des totaux du retour qui atteignent le minimum de variation du
        contrat (10), à partir de six totaux. Deux lignes qu’une règle « = » lie comptent pour une ; les réponses
        commentées ne comptent pas.
    Pourquoi : une cellule recopiée vers le bas remplit un tableau sans rien dire.
    Exemple : 25 sur neuf lignes de suite.
    Correction : corrigez, ou confirmez en commentaire.
    """
    facts = {
        "value": row["valeur_repetee"],
        "count": row["repetitions"],
        "total": row["totaux"],
        "detail": row["cellules_repetees"],
    }
    yield _return_found(same_value_everywhere, row, facts)


@att(
    "ATT-015",
    "{count} des {total} totaux de {name} valent 0 ({detail}).",
    "Demandez si ce sont de vrais zéros ; sinon, la réponse est nd (non disponible) ou so (sans objet).",
)
def totals_all_zero(row: Row) -> Rulings:
    """Presque tous les totaux d’un partenaire sont nuls.

    Constat : plus de quatre totaux sur cinq du retour sont des zéros, à partir de cinq totaux. Les réponses commentées
        ne comptent pas.
    Pourquoi : un 0 saisi pour « je ne sais pas » fait baisser les moyennes et paraître l’action morte.
    Exemple : 9 zéros sur 10 totaux.
    Correction : nd ou so là où il le faut ; un commentaire confirme les vrais zéros.
    """
    facts = {"count": row["zeros"], "total": row["totaux_saisis"], "detail": row["cellules_nulles"]}
    yield _return_found(totals_all_zero, row, facts)


@att(
    "ATT-020",
    "Réponses obligatoires utilisables pour « {name} » : {count} sur {expected} ({detail}).",
    "Relancez avant de présenter ce pilier ; sinon, dites la couverture à côté de chaque chiffre.",
)
def pillar_half_empty(row: Row) -> Rulings:
    """Moins de la moitié d’un pilier est renseignée.

    Constat : moins de la moitié des réponses obligatoires demandées pour le pilier, tous partenaires interrogés
        confondus, est un nombre ou un texte. « so », les réponses qu’une erreur met de côté et les retours déjà
        signalés par ATT-011 ne sont pas comptés.
    Pourquoi : les situations et les totaux du pilier reposeraient sur trop peu de chiffres.
    Exemple : 20 réponses sur 62, cinq partenaires n’ayant pas encore répondu.
    Correction : relancez les partenaires.
    """
    facts: dict[str, Fact] = {
        "count": row["utilisables"],
        "expected": row["demandees"],
        "name": row["pilier"],
        "detail": row["inutilisables"],
    }
    yield found(pillar_half_empty, Place(), line=row["ligne"], campaign=row["campagne"], facts=facts)


def _answer_found(judge: AnyRule, row: Row, facts: Mapping[str, Fact]) -> Ruling:
    """The finding of `judge` at the cell of an answer."""
    place = Place(row["fichier"], row["feuille"], row["cellule"])
    return found(judge, place, line=row["ligne"], partner=row["partenaire"], campaign=row["campagne"], facts=facts)


def _return_found(judge: AnyRule, row: Row, facts: Mapping[str, Fact]) -> Ruling:
    """The finding of `judge` about a whole return."""
    known = {"name": row["nom"], **facts}
    return found(judge, Place(row["fichier"]), partner=row["partenaire"], campaign=row["campagne"], facts=known)
