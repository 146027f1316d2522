"""The sheet *Pilotage* of the canonical workbook, in words: what can be asked for and where it is written down.

The writer of the workbook and the Excel add-in share them. Cells are found by their labels, wherever they were moved.
"""

from __future__ import annotations

from enum import StrEnum

SHEET = "Pilotage"


class Task(StrEnum):
    """What can be chosen, in the words of the dropdown, in the order of a campaign."""

    CHECK = "Vérifier le référentiel"
    GENERATE = "Générer les classeurs"
    VALIDATE = "Valider les retours"
    VALIDATE_BOOK = "Valider le classeur ouvert"
    CLEAR_MARKS = "Effacer les marques"
    REMIND = "Relancer les partenaires"
    CONSOLIDATE = "Consolider"
    ADOPT = "Adopter"


class Field(StrEnum):
    """The labels of the choices; what is chosen stands at their right."""

    TASK = "Action à lancer"
    CAMPAIGN = "Campagne visée"
    PARTNERS = "Partenaires visés"
    BOOK = "Classeur visé"
    BEFORE = "Nouvelle date limite"


HELP = {
    Field.TASK: "Choisissez dans la liste.",
    Field.CAMPAIGN: "Vide : celle que la commande prend d’elle-même (la dernière envoyée ou reçue).",
    Field.PARTNERS: "Vide : tous. Plusieurs codes : séparez-les par « ; ». Sert à générer.",
    Field.BOOK: "Nom d’un autre classeur ouvert. Vide : le seul autre ouvert. Sert à valider et à effacer.",
    Field.BEFORE: "À donner si la date limite est passée : 15/01/2027, 30j, ou « oui » pour continuer sans. Sert à "
    "générer et à relancer.",
}
TITLE = "Pilotage"
SUBTITLE = "Lancer cvsheet depuis Excel, avec le complément xlwings. À préparer une fois : cvsheet excel install"
SECTION = "Que faire ?"
LAUNCH = "Pour lancer : onglet « xlwings » du ruban, bouton « Run main »."
LAST_RUN = "Dernière exécution"
NEVER = "Aucune pour l’instant."
WIDTHS = (26, 48, 80)
"""Of the columns: label, choice or value, explanation."""
