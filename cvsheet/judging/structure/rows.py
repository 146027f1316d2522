"""STR-012 to STR-019, STR-022, STR-025 and STR-031: the rows and cells of the tables.

Each rule is a predicate on one fact of the reader; exactly one holds for every fact that is not judged elsewhere.
"""

from __future__ import annotations

from cvsheet.judging.cells.values import line_unanswered
from cvsheet.judging.engine.rule import rule
from cvsheet.model.findings import Severity
from cvsheet.model.submission import StructureFact, StructureKind


@rule(
    "STR-012",
    Severity.ERROR,
    "La ligne {line} a été supprimée.",
    "Remettez-la depuis le classeur d’origine ; si vous n’avez pas la donnée, saisissez « nd ».",
    correction="Elle est remise à sa place dans ce classeur : tapez la réponse, ou nd, ns, so.",
)
def line_missing(fact: StructureFact) -> bool:
    """Une ligne attendue a été supprimée.

    Constat : le code de la ligne n’est plus dans le classeur.
    Pourquoi : une ligne absente n’est ni un zéro ni un « nd » : la réponse est inconnue.
    Exemple : une ligne jugée sans objet, effacée avec sa rangée.
    Correction : rétablissez la ligne et saisissez « so » si elle est sans objet.
    """
    return fact.kind is StructureKind.LINE_MISSING


@rule(
    "STR-013",
    Severity.ERROR,
    "Le code « {found} » n’est pas celui d’une ligne de ce classeur : ce qui y est saisi n’est pas repris.",
    "Rétablissez le code d’origine, ou reportez la réponse dans la ligne prévue.",
    correction="Reportez la réponse dans la ligne prévue, puis effacez-la (feuille « Contenu non repris »).",
)
def line_unknown(fact: StructureFact) -> bool:
    """Un code de ligne est inconnu.

    Constat : une rangée remplie porte un code modifié, effacé ou inventé.
    Pourquoi : la réponse ne peut être rattachée à aucune mesure.
    Exemple : « EMP-P1-I02 » au lieu de « EMP-P1-I02.M1 ».
    Correction : reprenez le code dans le classeur d’origine.
    """
    return fact.kind is StructureKind.LINE_UNKNOWN


@rule(
    "STR-014",
    Severity.ERROR,
    "La ligne {line} est présente deux fois, avec « {first} » en {first_cell} et « {second} » ici.",
    "Gardez une seule rangée pour ce code.",
    correction="Gardez ou corrigez la réponse de la ligne, puis effacez l’autre (feuille « Contenu non repris »).",
)
def line_twice(fact: StructureFact) -> bool:
    """Une ligne est présente deux fois avec des réponses différentes.

    Constat : deux rangées portent le même code et pas la même réponse. Aucune n’entre dans les totaux.
    Pourquoi : rien ne dit laquelle est la bonne.
    Exemple : une rangée recopiée pour détailler un chiffre.
    Correction : supprimez la rangée en trop et gardez le chiffre total.
    """
    return fact.kind is StructureKind.LINE_TWICE and not _harmless_copy(fact)


@rule(
    "STR-025",
    Severity.WARNING,
    "Cette rangée n’a pas de code : ce qui y est saisi n’est pas repris (« {found} »).",
    "Si c’est une réponse, reportez-la dans la ligne prévue ; si c’est un sous-total, rien à faire.",
    correction="Si c’est une réponse, reportez-la à sa ligne ; puis, dans tous les cas, effacez-la (feuille « "
    "Contenu non repris »).",
)
def row_without_code(fact: StructureFact) -> bool:
    """Une rangée du tableau porte une réponse et n’a pas de code.

    Constat : une rangée ajoutée parmi les lignes, ou juste au-dessous, contient une réponse que rien ne rattache à une
        ligne du contrat.
    Pourquoi : les totaux se font sans elle ; ce doit être voulu.
    Exemple : une rangée « dont femmes » insérée, un sous-total.
    Correction : reportez la réponse dans la ligne prévue, ou en commentaire.
    """
    return fact.kind is StructureKind.ROW_WITHOUT_CODE


@rule("STR-031", Severity.INFO, "Plus d’actions à vous que de rangées prévues : {count} de plus, reprises aussi.")
def actions_added(fact: StructureFact) -> bool:
    """Le partenaire a plus d’actions à lui que de rangées prévues.

    Constat : des rangées qui suivent le tableau des actions, ou qui y ont été ajoutées, nomment une action et en disent
        quelque chose. Elles sont lues et contrôlées comme les autres ; une rangée « Total » ne l’est pas.
    Pourquoi : cinq rangées libres sont prévues ; une sixième action n’est pas une erreur.
    Exemple : huit actions complémentaires dans la feuille « Actions ».
    Correction : rien à faire. Un classeur de correction a autant de rangées qu’il en faut.
    """
    return fact.kind is StructureKind.ACTIONS_ADDED


@rule("STR-022", Severity.INFO, "La ligne {line} est présente deux fois ; sa réponse n’est comptée qu’une fois.")
def line_copied(fact: StructureFact) -> bool:
    """Une ligne a été recopiée.

    Constat : une seconde rangée porte le même code, avec la même réponse ou sans réponse.
    Pourquoi : la réponse ne doit être comptée qu’une fois.
    Exemple : une rangée dupliquée par erreur.
    Correction : rien à faire ; la rangée en trop peut être supprimée.
    """
    return fact.kind is StructureKind.LINE_TWICE and _harmless_copy(fact)


@rule(
    "STR-015",
    Severity.ERROR,
    "Les libellés de cette rangée ne sont pas ceux de la ligne {line} : des rangées ont été triées sans leurs codes.",
    "Annulez le tri, ou recopiez vos réponses dans le classeur d’origine.",
    correction="Les libellés sont rétablis : tapez la réponse, ou nd, ns, so. Votre saisie est gardée (feuille « "
    "Contenu non repris »).",
    covers=(line_unanswered,),
)
def rows_shuffled(fact: StructureFact) -> bool:
    """Les libellés et les codes ne correspondent plus.

    Constat : l’empreinte de la rangée est celle d’une autre ligne. Sa réponse n’entre pas dans les totaux.
    Pourquoi : une partie du tableau a été triée ; le chiffre risque d’être attribué à une autre mesure.
    Exemple : un tri des colonnes « Indicateur » à « Valeur » sans la colonne « Code ».
    Correction : annulez le tri ou repartez du classeur d’origine.
    """
    return fact.kind is StructureKind.ROWS_SHUFFLED


@rule(
    "STR-026",
    Severity.ERROR,
    "La rangée de la ligne {line} vient du classeur d’un autre partenaire.",
    "Saisissez votre propre réponse dans votre classeur, ou confirmez que ce chiffre est aussi le vôtre.",
    correction="Si le chiffre gardé (feuille « Contenu non repris ») est aussi le vôtre, retapez-le ici ; sinon "
    "tapez la réponse, ou nd, ns, so.",
    covers=(line_unanswered,),
)
def row_of_another_partner(fact: StructureFact) -> bool:
    """Une rangée a été collée depuis le classeur d’un autre partenaire.

    Constat : l’empreinte de la rangée est celle du classeur d’un autre partenaire du contrat, et une réponse y est
        saisie. Elle n’entre pas dans les totaux.
    Pourquoi : le chiffre d’un partenaire serait compté au nom d’un autre, et deux fois si les deux répondent.
    Exemple : les lignes de la Mission locale copiées, avec leurs codes, dans le classeur de Pôle emploi.
    Correction : reprenez le classeur de correction et saisissez-y votre réponse.
    """
    return fact.kind is StructureKind.ROW_OF_ANOTHER


@rule(
    "STR-027",
    Severity.WARNING,
    "La rangée de la ligne {line} vient de votre classeur de la campagne « {found} ».",
    "Vérifiez que le chiffre est bien celui de cette année.",
    correction="Vérifiez le chiffre ; s’il est juste, dites-le en commentaire.",
)
def row_of_another_campaign(fact: StructureFact) -> bool:
    """Une rangée a été collée depuis le classeur d’une autre campagne.

    Constat : l’empreinte de la rangée est celle du classeur du même partenaire pour une autre campagne, et une réponse
        y est saisie. Elle est gardée, à vérifier.
    Pourquoi : la réponse de l’an dernier a pu être collée avec sa rangée.
    Exemple : les lignes du classeur 2020 recopiées dans celui de 2021.
    Correction : saisissez la valeur de l’année, ou rien si elle est déjà juste.
    """
    return fact.kind is StructureKind.ROW_OF_ANOTHER_CAMPAIGN


@rule(
    "STR-016",
    Severity.WARNING,
    "« {column} » a été modifié : « {old} » est devenu « {new} ». Le contenu d’origine fait foi.",
    "Si le libellé est faux, signalez-le en commentaire ou à la coordination.",
    correction="Le contenu d’origine est rétabli. S’il est faux, commentez ; puis effacez le vôtre (feuille « "
    "Contenu non repris »).",
)
def locked_cell_changed(fact: StructureFact) -> bool:
    """Une cellule protégée a été modifiée.

    Constat : un code, un libellé, une unité, une référence ou une cible n’est plus celui du classeur envoyé.
    Pourquoi : la réponse saisie vise peut-être une autre question ; elle est gardée, à vérifier.
    Exemple : l’unité « personnes » remplacée par « ménages ».
    Correction : rétablissez le texte et expliquez l’écart en commentaire.
    """
    return fact.kind is StructureKind.LOCKED_CHANGED and not fact.facts.get("hidden")


@rule(
    "STR-040",
    Severity.INFO,
    "La colonne masquée « {column} » ne correspond plus à cette ligne : la réponse a été lue d’après ce qui se voit.",
)
def hidden_cell_changed(fact: StructureFact) -> bool:
    """Une colonne masquée ne correspond plus à sa ligne.

    Constat : la mesure, la ventilation et le code sont ceux de la ligne ; ce que la colonne masquée en répète
        (priorité, indicateur) est celui d’une autre ou a été effacé.
    Pourquoi : un tri ou un collage n’a porté que sur les colonnes visibles ; personne ne peut le voir à l’écran.
    Exemple : un bloc de lignes déplacé sans ses colonnes masquées.
    Correction : rien à faire.
    """
    return fact.kind is StructureKind.LOCKED_CHANGED and fact.facts.get("hidden") is True


@rule(
    "STR-017",
    Severity.ERROR,
    "Des cellules de saisie ont été fusionnées ({found}) : la réponse ne peut être attribuée à une ligne.",
    "Annulez la fusion et saisissez une valeur par ligne.",
    correction="La fusion est défaite : tapez la réponse, ou nd, ns, so. Votre saisie est gardée (feuille « "
    "Contenu non repris »).",
    covers=(line_unanswered,),
)
def input_cells_merged(fact: StructureFact) -> bool:
    """Des cellules de saisie ont été fusionnées.

    Constat : une cellule de réponse est fusionnée avec d’autres. Sa valeur n’entre pas dans les totaux.
    Pourquoi : la valeur ne vaut peut-être que pour l’ensemble des lignes fusionnées.
    Exemple : un seul chiffre pour les deux quartiers.
    Correction : défaites la fusion ; si le détail n’existe pas, saisissez « nd » dans les lignes de détail.
    """
    return fact.kind is StructureKind.INPUT_MERGED


@rule(
    "STR-018",
    Severity.INFO,
    "Masqué dans cette feuille : {what} (lignes : {count}, remplies : {answers}). Tout a été lu.",
)
def rows_hidden(fact: StructureFact) -> bool:
    """Des lignes ou une colonne de saisie sont masquées ou filtrées.

    Constat : des rangées, ou une colonne de saisie, ne sont pas visibles.
    Pourquoi : un filtre oublié cache des lignes à remplir ; elles sont lues comme les autres.
    Exemple : le filtre « À renseigner » laissé actif.
    Correction : rien à faire ; retirez le filtre pour relire l’ensemble.
    """
    return fact.kind is StructureKind.ROWS_HIDDEN


@rule(
    "STR-019",
    Severity.INFO,
    "Contenu hors des tableaux, non repris : « {found} » (cellules concernées : {count}).",
    "Si c’est une réponse, reportez-la dans la ligne prévue ou en commentaire.",
)
def content_outside(fact: StructureFact) -> bool:
    """Quelque chose est saisi hors des tableaux.

    Constat : une cellule remplie n’appartient à aucun tableau du classeur.
    Pourquoi : ce qui n’a pas de ligne ni de colonne ne peut être repris, mais ne doit pas passer inaperçu.
    Exemple : une note sous le tableau, une colonne ajoutée.
    Correction : utilisez la colonne « Commentaire ».
    """
    return fact.kind is StructureKind.OUTSIDE_CONTENT


def _harmless_copy(fact: StructureFact) -> bool:
    """Whether the further row says the same as the first, or nothing."""
    return bool(fact.facts.get("identical")) or not fact.facts.get("second")
