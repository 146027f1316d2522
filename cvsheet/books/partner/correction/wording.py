"""The words of a correction that stand on more than one of its sheets."""

from __future__ import annotations

from datetime import date

from cvsheet.books.kit.style import FAIR, NEUTRAL, POOR
from cvsheet.books.partner.correction.remarks import Remark
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity
from cvsheet.text.french import french_count, french_date, typeset

WORDS = {severity: severity.value.capitalize() for severity in Severity}
COLOURS = {Severity.ERROR: POOR, Severity.WARNING: FAIR, Severity.INFO: NEUTRAL}  # ink, paper


def summary(remarks: tuple[Remark, ...]) -> str:
    """``3 erreurs à corriger et 2 avertissements à confirmer.``"""
    counts = {severity: sum(one.finding.severity is severity for one in remarks) for severity in Severity}
    parts = []
    if counts[Severity.ERROR]:
        parts.append(french_count(counts[Severity.ERROR], "erreur à corriger", "erreurs à corriger"))
    if counts[Severity.WARNING]:
        parts.append(french_count(counts[Severity.WARNING], "avertissement à confirmer", "avertissements à confirmer"))
    return f"{' et '.join(parts)}." if parts else "Rien à corriger."


def steps(framework: Framework, identity: Identity, today: date | None, *, kept: bool) -> tuple[str, ...]:
    """How to go about it, one short sentence per line; no deadline that is past on the day `today`."""
    contract, campaign = framework.contract, framework.campaign[identity.campaign]
    to = f" à {contract.email}" if contract.email else " à la coordination"
    limit = campaign.deadline_for(identity.partner)
    before = f" au plus tard le {french_date(limit)}" if limit and (today is None or today <= limit) else ""
    lines = [
        "Vos réponses sont déjà dans ce classeur : ne retapez que ce qui est signalé.",
        "Cliquez sur une cellule de la colonne « Où » pour y aller. Elle est colorée, sa note dit quoi faire, et "
        "« Réglé ? » passe à « oui » une fois que c’est fait.",
    ]
    if kept:
        lines.append("La feuille « Contenu non repris » garde ce qui n’a pas pu être placé : rien n’est perdu.")
    lines.append(f"Enregistrez sans changer de format, puis renvoyez ce classeur{to}{before}.")
    return tuple(typeset(f"{number}. {line}") for number, line in enumerate(lines, start=1))


def note(remarks: list[Remark]) -> str:
    """What the note on a cell says."""
    sentences = [
        f"{WORDS[one.finding.severity]} : {find_rule(one.finding.code).fault(one.finding)} "
        f"{find_rule(one.finding.code).advice_in_correction(one.finding)}".strip()
        for one in remarks
    ]
    return typeset("\n".join(dict.fromkeys(sentences)))


def line_title(remark: Remark) -> str:
    """``EMP-P1-I02.M1/VER · Nombre de bénéficiaires · Quartier nord``"""
    row = remark.row
    if row is None:
        return remark.finding.line
    if row.line is not None:
        label = row.line.label if row.line.category else ""
        return " · ".join(part for part in (row.code, row.line.measure.title, label) if part)
    return " · ".join(part for part in (row.code, str(row.locked.get("action") or "action ajoutée")) if part)
