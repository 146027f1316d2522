"""What to do about a finding in a correction workbook, where it is not what its rule says.

A correction has its sheets, rows and columns back: nobody has to go and fetch them in the workbook first sent.
"""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding
from cvsheet.text.french import typeset

_ANSWER = "tapez la réponse, ou nd, ns, so"
_APART = "feuille « Contenu non repris »"
REMEDIES: Mapping[str, str] = {
    "FIC-035": "Remplissez ce classeur, puis renvoyez-le ; si vous n’avez aucune donnée, saisissez nd.",
    "STR-003": "Elle est remise à sa place dans ce classeur : remplissez-la.",
    "STR-005": "Elle est visible dans ce classeur : vérifiez ce qu’elle contient.",
    "STR-007": "La colonne est remise à sa place dans ce classeur : remplissez-la.",
    "STR-008": "La colonne est remise à sa place : si vous y aviez saisi quelque chose, ressaisissez-le.",
    "STR-011": f"Vérifiez les réponses gardées ici, puis effacez les autres ({_APART}).",
    "STR-012": f"Elle est remise à sa place dans ce classeur : {_ANSWER}.",
    "STR-013": f"Reportez la réponse dans la ligne prévue, puis effacez-la ({_APART}).",
    "STR-014": f"Gardez ou corrigez la réponse de la ligne, puis effacez l’autre ({_APART}).",
    "STR-015": f"Les libellés sont rétablis : {_ANSWER}. Votre saisie est gardée ({_APART}).",
    "STR-016": f"Le contenu d’origine est rétabli. S’il est faux, commentez ; puis effacez le vôtre ({_APART}).",
    "STR-017": f"La fusion est défaite : {_ANSWER}. Votre saisie est gardée ({_APART}).",
    "STR-020": "Ce classeur est sans macros : continuez avec lui.",
    "STR-021": "Les liaisons sont remplacées par leurs valeurs : vérifiez-les.",
    "STR-023": f"Vérifiez ce qui est gardé ici, puis effacez le reste ({_APART}).",
    "STR-025": f"Si c’est une réponse, reportez-la à sa ligne ; puis, dans tous les cas, effacez-la ({_APART}).",
    "STR-026": f"Si le chiffre gardé ({_APART}) est aussi le vôtre, retapez-le ici ; sinon {_ANSWER}.",
    "STR-027": "Vérifiez le chiffre ; s’il est juste, dites-le en commentaire.",
    "STR-029": f"Corrigez les valeurs d’une autre année ; puis, dans tous les cas, effacez le titre gardé ({_APART}).",
    "STR-030": f"Recopiez les bons chiffres à leur place, puis effacez ceux qui sont gardés ({_APART}).",
    "VAL-006": "Saisissez la valeur à la place de la formule.",
}


def advice_in_correction(finding: Finding) -> str:
    """What the partner does about `finding` in the correction workbook; empty where there is nothing to do."""
    remedy = REMEDIES.get(finding.code)
    return typeset(remedy) if remedy else typeset(find_rule(finding.code).advice(finding))
