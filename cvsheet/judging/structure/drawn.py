"""STR-035 and STR-036: what lies above the cells of a returned workbook, which no cell holds."""

from __future__ import annotations

from cvsheet.judging.engine.rule import rule
from cvsheet.model.findings import Severity
from cvsheet.model.submission import StructureFact, StructureKind


@rule(
    "STR-035",
    Severity.WARNING,
    "{what} hors des cellules, texte non repris : « {found} ».",
    "Si c’est une réponse ou une remarque, saisissez-la dans la cellule ou en commentaire, puis supprimez ce texte.",
)
def text_above(fact: StructureFact) -> bool:
    """Un texte est posé au-dessus des cellules.

    Constat : une zone de texte, une forme, un schéma SmartArt, un contrôle, l’en-tête ou le pied de page contient du
        texte.
    Pourquoi : ce texte n’est dans aucune cellule ; c’est parfois une réponse, ou une réserve sur les chiffres.
    Exemple : une zone de texte « Chiffres provisoires » posée à côté du tableau.
    Correction : saisissez ce texte en commentaire de la ligne.
    """
    return fact.kind is StructureKind.TEXT_ABOVE


@rule(
    "STR-036",
    Severity.WARNING,
    "{what} « {name} » par-dessus les cellules {found} (réponses couvertes : {count}) : contenu non lu.",
    "Si l’image montre la réponse, saisissez-la dans la cellule, puis supprimez l’image.",
)
def picture_above(fact: StructureFact) -> bool:
    """Une image cache une cellule de réponse.

    Constat : une image, un graphique ou un document incorporé couvre une cellule à remplir.
    Pourquoi : rien de ce qu’une image montre ne peut être lu ; la cellule dessous dit peut-être autre chose.
    Exemple : la capture d’écran d’un tableau collée sur la colonne « Valeur ».
    Correction : saisissez les valeurs dans les cellules.
    """
    return fact.kind is StructureKind.PICTURE_ABOVE
