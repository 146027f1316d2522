"""STR-001 to STR-011, STR-020, 021, 023, 024: the workbook, its sheets and their columns.

Each rule is a predicate on one fact of the reader; exactly one holds for every fact that is not judged elsewhere.
"""

from __future__ import annotations

from cvsheet.judging.engine.rule import rule
from cvsheet.model.findings import Severity
from cvsheet.model.submission import StructureFact, StructureKind
from cvsheet.schema.roles import named
from cvsheet.schema.tables import Role


@rule("STR-001", Severity.INFO, "L’une des deux mentions d’identité du classeur a disparu ; l’autre a servi.")
def identity_recovered(fact: StructureFact) -> bool:
    """L’une des deux mentions d’identité a disparu.

    Constat : la feuille interne, ou la mention « Réf. cvsheet » de la première feuille, a disparu ; l’autre a suffi.
    Pourquoi : certains tableurs ou convertisseurs retirent les feuilles masquées.
    Exemple : un passage par un outil en ligne.
    Correction : rien à faire.
    """
    return fact.kind is StructureKind.IDENTITY_RECOVERED


@rule(
    "STR-003",
    Severity.ERROR,
    "La feuille « {expected} » manque.",
    "Remettez-la : copiez-la depuis le classeur d’origine, avec vos réponses.",
    correction="Elle est remise à sa place dans ce classeur : remplissez-la.",
)
def sheet_missing(fact: StructureFact) -> bool:
    """Une feuille de saisie manque.

    Constat : aucune feuille ne contient les codes de lignes attendus.
    Pourquoi : toutes les réponses de ce pilier manquent.
    Exemple : la feuille « Emploi » supprimée.
    Correction : reprenez-la dans le classeur d’origine.
    """
    return fact.kind is StructureKind.SHEET_MISSING


@rule("STR-004", Severity.INFO, "La feuille « {expected} » a été renommée « {found} » : elle a été lue.")
def sheet_renamed(fact: StructureFact) -> bool:
    """Une feuille a été renommée.

    Constat : les codes de lignes attendus ont été trouvés dans une feuille d’un autre nom.
    Pourquoi : les feuilles sont reconnues à leur contenu ; le nom n’est dit que pour mémoire.
    Exemple : « Emploi » devenue « Emploi 2021 ».
    Correction : rien à faire.
    """
    return fact.kind is StructureKind.SHEET_RENAMED


@rule(
    "STR-005",
    Severity.WARNING,
    "La feuille « {found} » est masquée ; ses réponses ont été lues.",
    "Affichez-la (clic droit sur un onglet > Afficher) et vérifiez ce qu’elle contient.",
    correction="Elle est visible dans ce classeur : vérifiez ce qu’elle contient.",
)
def sheet_hidden(fact: StructureFact) -> bool:
    """Une feuille de saisie est masquée.

    Constat : la feuille porte des lignes du contrat et n’est pas visible.
    Pourquoi : des réponses que personne ne voit n’ont sans doute pas été relues.
    Exemple : la feuille « Habitat » masquée par erreur.
    Correction : affichez-la et relisez-la.
    """
    return fact.kind is StructureKind.SHEET_HIDDEN


@rule("STR-006", Severity.INFO, "La feuille « {found} » a été ajoutée : son contenu n’est pas repris.")
def sheet_extra(fact: StructureFact) -> bool:
    """Une feuille a été ajoutée.

    Constat : la feuille ne contient aucune ligne du contrat.
    Pourquoi : les partenaires y font souvent leurs calculs.
    Exemple : « Feuil1 », « Détail des ateliers ».
    Correction : rien à faire ; si elle contient une réponse, reportez-la dans la ligne prévue.
    """
    return fact.kind is StructureKind.SHEET_EXTRA


@rule(
    "STR-007",
    Severity.ERROR,
    "La colonne « {column} » manque : ses réponses ne peuvent pas être lues.",
    "Remettez la colonne avec son titre d’origine.",
    correction="La colonne est remise à sa place dans ce classeur : remplissez-la.",
)
def answer_column_missing(fact: StructureFact) -> bool:
    """Une colonne indispensable manque.

    Constat : aucun titre de la ligne d’en-tête n’est celui de la colonne des codes ou des réponses.
    Pourquoi : sans elle, aucune réponse du tableau n’est lisible.
    Exemple : la colonne « Valeur » supprimée, ou son titre remplacé par « 2021 ».
    Correction : rétablissez la colonne et son titre.
    """
    return fact.kind is StructureKind.COLUMN_MISSING and _holds_answers(fact)


@rule(
    "STR-008",
    Severity.WARNING,
    "La colonne « {column} » manque.",
    "Si vous y aviez saisi quelque chose, remettez la colonne avec son titre d’origine.",
    correction="La colonne est remise à sa place : si vous y aviez saisi quelque chose, ressaisissez-le.",
)
def column_missing(fact: StructureFact) -> bool:
    """Une colonne manque.

    Constat : aucun titre de la ligne d’en-tête n’est celui de cette colonne.
    Pourquoi : ce qui y était saisi est perdu ; le reste du tableau est lu.
    Exemple : la colonne « Commentaire » supprimée.
    Correction : rétablissez la colonne et son titre.
    """
    return fact.kind is StructureKind.COLUMN_MISSING and not _holds_answers(fact)


@rule("STR-009", Severity.INFO, "La colonne « {column} » a été déplacée : elle a été lue.")
def column_moved(fact: StructureFact) -> bool:
    """Une colonne a été déplacée.

    Constat : le titre a été trouvé à une autre place.
    Pourquoi : les colonnes sont reconnues à leur titre ; la place n’est dite que pour mémoire.
    Exemple : « Commentaire » glissée avant « Valeur ».
    Correction : rien à faire.
    """
    return fact.kind is StructureKind.COLUMN_MOVED


@rule("STR-010", Severity.INFO, "La colonne « {column} » a pour titre « {found} » : elle a été reconnue.")
def column_renamed(fact: StructureFact) -> bool:
    """Le titre d’une colonne a été modifié.

    Constat : le titre diffère de celui d’origine mais reste reconnaissable.
    Pourquoi : une faute de frappe dans un titre ne doit pas faire perdre une colonne.
    Exemple : « valeurs » pour « Valeur ».
    Correction : rien à faire.
    """
    return fact.kind is StructureKind.COLUMN_RENAMED and "expected" not in fact.facts


@rule(
    "STR-029",
    Severity.WARNING,
    "La colonne « {column} » a pour titre « {found} » : ses réponses ont été lues comme celles de {expected}.",
    "Vérifiez de quelle année elles sont, puis remettez le titre d’origine.",
    correction="Corrigez les valeurs d’une autre année ; puis, dans tous les cas, effacez le titre gardé (feuille "
    "« Contenu non repris »).",
)
def column_of_another_year(fact: StructureFact) -> bool:
    """Le titre de la colonne de réponse nomme une autre année.

    Constat : le titre a été remplacé par un autre, qui contient une année et pas celle de la campagne.
    Pourquoi : la colonne contient peut-être les chiffres d’une autre année.
    Exemple : « Valeur 2020 » dans le classeur de 2021.
    Correction : saisissez les valeurs de l’année et remettez le titre.
    """
    return fact.kind is StructureKind.COLUMN_RENAMED and "expected" in fact.facts


@rule(
    "STR-030",
    Severity.WARNING,
    "La colonne « {found} » a été ajoutée : ses chiffres ({count}) ne sont pas repris, ceux de « {column} » le sont.",
    "Si les bons chiffres sont dans la colonne ajoutée, recopiez-les dans « {column} ».",
    correction="Recopiez les bons chiffres à leur place, puis effacez ceux qui sont gardés (feuille « Contenu non "
    "repris »).",
)
def answer_column_added(fact: StructureFact) -> bool:
    """Une colonne de chiffres a été ajoutée à côté de celle des réponses.

    Constat : une colonne dont le titre contient celui de la colonne des réponses contient des nombres.
    Pourquoi : les bons chiffres sont peut-être dans la colonne ajoutée, que rien ne permet de reprendre.
    Exemple : « Valeur corrigée » à droite de « Valeur ».
    Correction : recopiez les chiffres à leur place.
    """
    return fact.kind is StructureKind.COLUMN_ADDED


@rule(
    "STR-011",
    Severity.ERROR,
    "La colonne « {column} » est présente deux fois.",
    "Gardez celle qui contient vos réponses et supprimez l’autre.",
    correction="Vérifiez les réponses gardées ici, puis effacez les autres (feuille « Contenu non repris »).",
)
def answer_column_twice(fact: StructureFact) -> bool:
    """Une colonne de réponse est présente deux fois.

    Constat : deux colonnes de réponse portent le même titre. Aucune réponse de la feuille n’entre dans les totaux.
    Pourquoi : rien ne dit laquelle contient la réponse.
    Exemple : la colonne « Valeur » recopiée pour garder l’ancienne version.
    Correction : supprimez ou renommez la colonne en trop.
    """
    return fact.kind is StructureKind.COLUMN_TWICE and _is_essential(fact)


@rule(
    "STR-023",
    Severity.WARNING,
    "La colonne « {column} » est présente deux fois : la première a été lue.",
    "Gardez celle qui fait foi et supprimez l’autre.",
    correction="Vérifiez ce qui est gardé ici, puis effacez le reste (feuille « Contenu non repris »).",
)
def column_twice(fact: StructureFact) -> bool:
    """Une colonne est présente deux fois.

    Constat : deux colonnes du tableau portent le même titre ; ce n’est pas une colonne de réponse.
    Pourquoi : ce qui est saisi dans la seconde n’est pas repris.
    Exemple : la colonne « Commentaire » recopiée.
    Correction : supprimez ou renommez la colonne en trop.
    """
    return fact.kind is StructureKind.COLUMN_TWICE and not _is_essential(fact)


@rule(
    "STR-024",
    Severity.INFO,
    "Les titres du tableau « {found} » manquent : ses colonnes ont été reconnues à leur contenu.",
)
def header_recovered(fact: StructureFact) -> bool:
    """La ligne de titres d’un tableau a disparu.

    Constat : le tableau n’a plus de titres ; les colonnes ont été reconnues aux textes qu’elles contiennent.
    Pourquoi : une ligne de titres effacée ne doit pas faire perdre les réponses.
    Exemple : la ligne « Code, Indicateur, Valeur… » supprimée.
    Correction : rien à faire si les réponses sont bien lues.
    """
    return fact.kind is StructureKind.HEADER_RECOVERED


@rule(
    "STR-028",
    Severity.INFO,
    "La colonne « {column} » manque : les lignes ont été reconnues à leurs libellés (lignes : {count}).",
)
def codes_recovered(fact: StructureFact) -> bool:
    """La colonne des codes a disparu.

    Constat : le tableau n’a plus de colonne de codes ; chaque ligne reprise a les libellés d’une seule ligne du
        contrat. Celles que leurs libellés ne suffisent pas à distinguer sont dites manquantes.
    Pourquoi : une colonne supprimée ne doit pas faire perdre les réponses.
    Exemple : la colonne « Code » supprimée « parce qu’elle ne sert à rien ».
    Correction : rien à faire si les réponses sont bien lues.
    """
    return fact.kind is StructureKind.CODES_RECOVERED


def _is_essential(fact: StructureFact) -> bool:
    """Whether it speaks of a column without which lines cannot be read, where it is to be filled; the others only
    inform."""
    return fact.facts.get("name") in named(Role.CODE, Role.ANSWER)


def _holds_answers(fact: StructureFact) -> bool:
    return _is_essential(fact) and fact.facts.get("locked") is not True
