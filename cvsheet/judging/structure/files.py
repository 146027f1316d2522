"""STR-020, STR-021, STR-038, STR-039: what programs and settings leave in a workbook. One predicate per fact of the
reader."""

from __future__ import annotations

from cvsheet.judging.engine.rule import rule
from cvsheet.model.findings import Severity
from cvsheet.model.submission import StructureFact, StructureKind


@rule(
    "STR-020",
    Severity.WARNING,
    "Le classeur contient des macros ; elles ne sont jamais exécutées et les réponses ont été lues.",
    "Enregistrez-le en « Classeur Excel (.xlsx) », sans macros.",
    correction="Ce classeur est sans macros : continuez avec lui.",
)
def macros_present(fact: StructureFact) -> bool:
    """Le classeur contient des macros.

    Constat : du code a été ajouté au classeur, qui n’en contient pas à l’origine.
    Pourquoi : une macro peut être dangereuse ; rien n’en est exécuté ni recopié.
    Exemple : un .xlsm fabriqué par un outil interne.
    Correction : enregistrez en .xlsx.
    """
    return fact.kind is StructureKind.MACROS


@rule(
    "STR-021",
    Severity.WARNING,
    "Le classeur est lié à d’autres fichiers ; la dernière valeur calculée a été lue.",
    "Remplacez les liaisons par leurs valeurs (Données > Modifier les liens > Rompre).",
    correction="Les liaisons sont remplacées par leurs valeurs : vérifiez-les.",
)
def external_links(fact: StructureFact) -> bool:
    """Le classeur est lié à d’autres fichiers.

    Constat : des formules vont chercher leurs valeurs dans d’autres classeurs.
    Pourquoi : personne d’autre que vous ne peut vérifier ces valeurs, et elles ont pu changer.
    Exemple : une formule vers « C:\\compta\\bilan.xlsx ».
    Correction : collez les valeurs.
    """
    return fact.kind is StructureKind.EXTERNAL_LINKS


@rule(
    "STR-039",
    Severity.WARNING,
    "Le classeur compte les jours depuis le {found} et non depuis 1900 : ses dates ({count}) ont pu se décaler de "
    "{shift} jours.{hint}",
    "Vérifiez chaque date et retapez celles qui ne sont plus les vôtres.",
)
def days_from_elsewhere(fact: StructureFact) -> bool:
    """Le calendrier du classeur a changé.

    Constat : le classeur envoyé comptait les jours depuis 1900 ; celui qui revient les compte depuis un autre jour, le
        plus souvent 1904. Les dates sont lues comme le tableur les montre.
    Pourquoi : ce réglage avance de quatre ans et un jour toutes les dates déjà saisies, sans qu’aucune cellule le dise.
    Exemple : l’option d’Excel « Utiliser le calendrier depuis 1904 » ; le 15/01/2021 devient le 16/01/2025.
    Correction : vérifiez les dates, et retapez-les dans le classeur envoyé ou dans le classeur de correction.
    """
    return fact.kind is StructureKind.DAYS_FROM_ELSEWHERE


@rule("STR-038", Severity.INFO, "Des signes invisibles ont été retirés ; on a lu « {found} ».")
def invisible_marks(fact: StructureFact) -> bool:
    """Une cellule contient des signes invisibles.

    Constat : une réponse ou un commentaire contient des signes qui ne se voient pas : marques de sens d’écriture,
        espaces de largeur nulle, traits d’union conditionnels. Ils sont retirés de ce qui est lu, et ne vont pas plus
        loin.
    Pourquoi : deux textes semblables seraient différents, ou se liraient à l’envers.
    Exemple : « 201 » copié d’une messagerie, entouré de marques de sens d’écriture.
    Correction : rien à faire si la lecture est juste.
    """
    return fact.kind is StructureKind.INVISIBLE_MARKS
