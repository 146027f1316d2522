"""REF-060 and REF-061: what a contract decides otherwise than the catalogue, table *Sévérités*."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvsheet.judging.contract.survey import Survey, fault, suggestion
from cvsheet.judging.engine.catalogue import all_rules
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Rulings
from cvsheet.model.findings import SEVERITY_CHOICES, Severity
from cvsheet.schema.tables import load_table


@rule(
    "REF-060",
    Severity.ERROR,
    "La règle « {found} » n’existe pas.{hint}",
    "Corrigez le code, ou supprimez la ligne. Pour voir toutes les règles : cvsheet rules",
)
def unknown_rule(survey: Survey) -> Rulings:
    """La table « Sévérités » nomme une règle qui n’existe pas.

    Constat : le code n’est celui d’aucune règle de contrôle.
    Pourquoi : la ligne n’aurait pas d’effet, et l’on croirait la règle changée.
    Exemple : « HIS-011 » au lieu de « HIS-001 ».
    Correction : corrigez le code.
    """
    rules = _rules()
    for row in survey.canonical.rows("severites"):
        code = row.text("regle")
        if re.fullmatch(load_table("severites").column("regle").pattern, code) and code not in rules:
            yield fault(unknown_rule, survey, row, "regle", {"hint": suggestion(code, tuple(rules))})


@rule(
    "REF-061",
    Severity.WARNING,
    "La sévérité de la règle « {code} » est fixe : cette ligne n’a pas d’effet.",
    "Supprimez la ligne.",
)
def severity_is_fixed(survey: Survey) -> Rulings:
    """La table « Sévérités » veut changer une règle qui ne se change pas.

    Constat : la règle porte sur un fichier refusé, sur une réponse illisible ou sur une faute du classeur du contrat.
    Pourquoi : ce qui ne peut pas être lu n’est jamais bon, et rien ne se fait d’un contrat faux. La règle garde sa
        sévérité.
    Exemple : « VAL-002 » (la réponse n’est pas un nombre) mise à « info ».
    Correction : supprimez la ligne.
    """
    rules = _rules()
    for row in survey.canonical.rows("severites"):
        known = rules.get(row.text("regle"))
        wanted = SEVERITY_CHOICES.get(row.text("severite"), Severity.ERROR)
        if known is not None and known.fixed and wanted is not Severity.ERROR:
            yield fault(severity_is_fixed, survey, row, "severite", {"code": known.code})


def _rules() -> Mapping[str, AnyRule]:
    return {known.code: known for known in all_rules()}
