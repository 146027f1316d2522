"""*Conflits*: what the coordination must settle between partners, answer by answer, with where each one stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cvsheet.books.kit.book import MOST_LINKS, Book
from cvsheet.books.kit.style import TO_DO_TAB
from cvsheet.books.kit.tables import in_words
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.writing.data_sheet import file_link
from cvsheet.books.master.writing.listing import Link, write_listing
from cvsheet.figures.conflicts import Conflict
from cvsheet.figures.consolidation import unused
from cvsheet.figures.contributions import Contribution
from cvsheet.model.submission import judged_quantity
from cvsheet.text.french import french_digits

SUBTITLE = (
    "Une ligne par réponse en cause. Corrigez de préférence dans le fichier du partenaire ; sinon arbitrez : "
    "la deuxième colonne mène à la cellule où se tape la décision."
)
LINKS_PER_ROW = 3
ELSEWHERE = "Dans le classeur du contrat, après adoption"  # a target is agreed, not arbitrated


def write_conflicts_sheet(book: Book, content: MasterContent) -> frozenset[DecisionKey]:
    """Disagreements between sources, figures that may be counted twice, answers without a weight."""
    count = sum(len(conflict.answers) for conflict in content.conflicts)
    linked = LINKS_PER_ROW * count <= MOST_LINKS
    rows = (_linked(content, values, conflict) if linked else values for conflict, values in conflict_rows(content))
    listing = write_listing(book, "Conflits", "conflits", rows, count, SUBTITLE, content.coordination)
    if count:
        listing.sheet.set_tab_color(TO_DO_TAB)
    return listing.finish(count, "Aucun désaccord entre partenaires.")


def conflict_rows(content: MasterContent) -> Iterator[tuple[Conflict, dict[str, object]]]:
    """The rows of the sheet by column, an answer each, with the conflict that it belongs to."""
    saved = {part.file: part.saved_at for one in content.assessment.current for part in one.parts}
    at_stake = ((conflict, one) for conflict in content.conflicts for one in conflict.answers)
    seen = content.assessment.answers.records(one.row for conflict in content.conflicts for one in conflict.answers)
    return ((who[0], _row(content, saved, *who, where)) for who, where in zip(at_stake, seen, strict=True))


def _linked(content: MasterContent, values: dict[str, object], conflict: Conflict) -> dict[str, object]:
    """`values` with links to the line, to the cell of the received file and to where the conflict is settled."""
    links = {"mesure": Link(str(values["mesure"]), content.place[conflict.line.code])}
    if source := file_link(content.root, values):
        links["cellule"] = Link(str(values["cellule"]), source, outside=True)
    if target := _target(content, conflict):
        links["arbitrage"] = Link(str(values["arbitrage"]), target)
    return {**values, **links}


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
    return conflict.quantity is judged_quantity(content.framework.campaign[conflict.campaign])


def _target(content: MasterContent, conflict: Conflict) -> str:
    """The cell in which the conflict is settled, with its sheet; empty for a target."""
    if not _is_judged(content, conflict):
        return ""
    return content.arbitration_cell(conflict.campaign, conflict.line.code)


def _row(
    content: MasterContent,
    saved: Mapping[str, datetime | None],
    conflict: Conflict,
    one: Contribution,
    seen: Mapping[str, Any],
) -> dict[str, object]:
    """The values of a row by column; `seen` is the row of the long table."""
    line, retained = conflict.line, conflict.result.value
    single = line.measure.method.same_for_all
    decision = _decision(content, conflict)
    return {
        "campagne": conflict.campaign,
        "nature": conflict.nature,
        "ligne": line.code,
        "mesure": f"{line.measure.title} – {line.label}",
        "grandeur": conflict.quantity.value,
        "partenaire": one.partner,
        "nom": content.framework.partner_name(one.partner),
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
