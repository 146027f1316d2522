"""*Conflits*: what the coordination must settle between partners, answer by answer, with where each one stands."""

from __future__ import annotations

from datetime import datetime

from cvsheet.consolidation.aggregation import Contribution, unused
from cvsheet.consolidation.conflicts import Conflict, quantities_of
from cvsheet.coordination import Key
from cvsheet.framework import Aggregation
from cvsheet.french import french_digits
from cvsheet.tables import load_table
from cvsheet.writing.book import Book
from cvsheet.writing.master.content import FIRST_ROW, MasterContent
from cvsheet.writing.master.data_sheet import file_link
from cvsheet.writing.master.tables import LINK, in_words, put_file_link, put_link, write_listing

SUBTITLE = (
    "Une ligne par réponse en cause. Corrigez de préférence dans le fichier du partenaire ; sinon arbitrez : "
    "la dernière colonne mène à la cellule où se tape la décision."
)
ELSEWHERE = "Dans le classeur du contrat, après adoption"  # a target is agreed, not arbitrated


def write_conflicts_sheet(book: Book, content: MasterContent) -> frozenset[Key]:
    """Disagreements between sources, figures that may be counted twice, answers without a weight."""
    saved = {one.file: one.saved_at for one in content.assessment.current}
    at_stake = [(conflict, one) for conflict in content.conflicts for one in conflict.answers]
    rows = [_row(content, saved, conflict, one) for conflict, one in at_stake]
    nothing = "Aucun désaccord entre partenaires."
    listing = write_listing(book, "Conflits", "conflits", rows, SUBTITLE, nothing, content.coordination)
    style = book.style("cell", font_color=LINK, text_wrap=True, valign="top")
    table = load_table("conflits")
    for row, (conflict, one) in enumerate(at_stake, start=FIRST_ROW):
        line = conflict.line.code
        put_link(listing.sheet, row, table.position("ligne"), line, content.place[line], style)
        seen = {str(name): value for name, value in content.assessment.frame.iloc[one.row].items()}
        source, target = file_link(content.root, seen), _target(content, conflict)
        if source:
            put_file_link(listing.sheet, row, table.position("cellule"), seen["cellule"], source, style)
        if target:
            text = str(rows[row - FIRST_ROW]["arbitrage"])
            put_link(listing.sheet, row, table.position("arbitrage"), text, target, style)
    return listing.placed


def unsettled(content: MasterContent) -> tuple[Conflict, ...]:
    """The conflicts that no arbitration has settled."""
    return tuple(one for one in content.conflicts if not _decision(content, one))


def _decision(content: MasterContent, conflict: Conflict) -> str:
    """The value decided; empty where the conflict waits."""
    arbitration = content.arbitration(conflict.campaign, conflict.line.code)
    if not arbitration.decides or not _is_judged(content, conflict):
        return ""
    number = arbitration.answer.number
    return arbitration.answer.kind.value if number is None else french_digits(number)


def _is_judged(content: MasterContent, conflict: Conflict) -> bool:
    """Whether it is about what is arbitrated: the value of the year, the baseline of a `référence` campaign."""
    return conflict.quantity is quantities_of(content.framework.campaign[conflict.campaign])[0]


def _target(content: MasterContent, conflict: Conflict) -> str:
    """The cell in which the conflict is settled, with its sheet; empty for a target."""
    if not _is_judged(content, conflict):
        return ""
    return content.arbitration_cell(conflict.campaign, conflict.line.code)


def _row(
    content: MasterContent, saved: dict[str, datetime | None], conflict: Conflict, one: Contribution
) -> dict[str, object]:
    seen = content.assessment.frame.iloc[one.row]
    line, retained = conflict.line, conflict.result.value
    single = line.measure.aggregation is Aggregation.SINGLE_SOURCE
    decision = _decision(content, conflict)
    return {
        "campagne": conflict.campaign,
        "nature": conflict.nature,
        "ligne": line.code,
        "mesure": f"{line.measure.title} – {line.label}",
        "grandeur": conflict.quantity.value,
        "partenaire": one.partner,
        "valeur": one.number,
        "retenu": content.consolidation.retained(conflict.campaign, line.code, conflict.quantity),
        "ecart": one.number - retained if single and one.number is not None and retained is not None else None,
        "compte": "oui" if unused(content.framework, line.code, conflict.result, one) is None else "non",
        "enregistre": saved.get(seen["fichier"]),
        "fichier": seen["fichier"],
        "feuille": seen["feuille"],
        "cellule": seen["cellule"],
        "decision": conflict.decision,
        "arbitrage": f"Arbitrée : {decision}" if decision else in_words(_target(content, conflict)) or ELSEWHERE,
    }
