"""ATT-030 to ATT-033: the consolidated totals of a campaign, beside their parts and beside the campaign before."""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.judging.campaign.expectations import Row, att
from cvsheet.judging.engine.rule import AnyRule
from cvsheet.judging.engine.ruling import Ruling, Rulings, found
from cvsheet.model.findings import Fact, Place


@att(
    "ATT-030",
    "{line} vaut {value}, hors des bornes de la mesure ({bounds}).",
    "Rapprochez son numérateur et son dénominateur : l’un des deux est faux, ou c’est la borne du contrat.",
)
def computed_out_of_bounds(row: Row) -> Rulings:
    """Une mesure calculée est impossible.

    Constat : une part ou une évolution, calculée sur les totaux consolidés, sort du minimum ou du maximum que le
        contrat lui donne. Rien n’est écarté : les deux termes restent dans leurs totaux. Ce qu’un constat COH ou ENS
        explique déjà n’est pas redit.
    Pourquoi : personne ne saisit une mesure calculée, donc aucune règle de saisie ne la voit.
    Exemple : 130 % de femmes, 65 femmes chez l’un et 50 personnes en tout chez l’autre.
    Correction : corrigez le terme faux ; si la part peut dépasser 100 %, effacez son maximum au contrat.
    """
    yield _found(computed_out_of_bounds, row, {"value": row["valeur"], "bounds": row["bornes"]})


@att(
    "ATT-033",
    "{line} : {previous} pour la campagne {previous_campaign}, {value} maintenant, mais {partners} n’a chiffré que "
    "l’une des deux.",
    "Ne comparez pas ces deux totaux tels quels : demandez le chiffre manquant, ou dites-le à côté.",
    needs_former=True,
)
def other_partners_counted(row: Row) -> Rulings:
    """Un total n’est plus celui des mêmes partenaires.

    Constat : un partenaire a rendu son classeur aux deux campagnes, chiffre cette ligne dans l’une et répond nd ou ns
        dans l’autre, et pèse 10 % du total ou plus. « so » ne compte pas : il dit que la ligne ne le concerne pas.
    Pourquoi : le total baisse ou monte sans que rien ait changé sur le terrain, et l’avancement avec lui.
    Exemple : 300 bénéficiaires en 2020, 180 en 2021, le bailleur qui en comptait 120 ayant répondu nd.
    Correction : obtenez le chiffre, ou comparez à périmètre constant.
    """
    facts = {
        "previous": row["total_avant"],
        "previous_campaign": row["campagne_avant"],
        "value": row["valeur"],
        "partners": row["partiels"],
    }
    yield _found(other_partners_counted, row, facts)


@att(
    "ATT-031",
    "Le total consolidé de {line} vaut {total}, mais ses modalités en font {sum} ({breakdown}).",
    "Obtenez le total de {partners}, qui n’a donné que des modalités.",
    covers=(other_partners_counted,),
)
def parts_above_total(row: Row) -> Rulings:
    """Les modalités consolidées dépassent leur total.

    Constat : tous partenaires réunis, la somme des modalités qui s’excluent, ou l’une des autres, dépasse le total, aux
        arrondis près, alors que chaque retour est cohérent : un partenaire a donné des modalités et « nd » au total.
    Pourquoi : le tableau publié se contredirait.
    Exemple : A : total 10, dont 4 et 6 ; B : total nd, dont 8 et 5. Total 10, modalités 23.
    Correction : demandez le total à qui n’a donné que le détail, ou retirez le détail.
    """
    facts = {
        "total": row["valeur"],
        "sum": row["modalites"],
        "breakdown": row["ventilation"],
        "partners": row["sans_total"],
    }
    yield _found(parts_above_total, row, facts)


@att(
    "ATT-032",
    "{line} passe de {previous} à {value} ({change}) depuis la campagne {previous_campaign}, quand les autres totaux "
    "varient de {expected}.",
    "Demandez aux partenaires ({partners}) s’ils comptent encore la même chose.",
    needs_former=True,
)
def total_moves_apart(row: Row) -> Rulings:
    """Un total bouge bien plus que les autres.

    Constat : un total d’au moins 30, donné par les mêmes partenaires que la fois précédente, varie de 25 % ou plus et
        s’écarte du mouvement médian du contrat de plus de quatre écarts médians, huit totaux au moins étant
        comparables. Aucun partenaire n’a varié assez pour être signalé par HIS-001, et aucun ne commente.
    Pourquoi : des hausses modestes qui vont toutes dans le même sens font un saut que personne ne voit chez soi.
    Exemple : trois partenaires à + 40 % chacun, quand le reste du contrat bouge de 3 %.
    Correction : vérifiez que la définition n’a pas changé ; un commentaire l’explique.
    """
    facts = {
        "previous": row["precedente"],
        "value": row["valeur"],
        "change": row["changement"],
        "previous_campaign": row["campagne_avant"],
        "expected": row["mouvement"],
        "partners": row["sources"],
    }
    yield _found(total_moves_apart, row, facts)


def _found(judge: AnyRule, row: Row, facts: Mapping[str, Fact]) -> Ruling:
    place = Place(row["fichier"], row["feuille"], row["cellule"])
    known = {"line": row["ligne"], **facts}
    return found(judge, place, line=row["ligne"], partner=row["partenaire"], campaign=row["campagne"], facts=known)
