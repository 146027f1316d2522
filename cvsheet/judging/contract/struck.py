"""REF-017: what is struck through in the canonical workbook, and read like the rest."""

from __future__ import annotations

from cvsheet.files.addresses import cell_ranges, parse_cell_name
from cvsheet.judging.contract.survey import Survey
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings, found
from cvsheet.model.findings import Fact, Place, Severity
from cvsheet.model.groups import grouped
from cvsheet.model.records import Record


@rule(
    "REF-017",
    Severity.WARNING,
    "Ce qui est barré sur cette feuille est lu comme le reste (cellules : {count}) : {places}.",
    "Si c’est abandonné, supprimez-le (la ligne entière, ou la cellule). Sinon, enlevez le barré.",
)
def struck_through(survey: Survey) -> Rulings:
    """Des cellules du contrat sont barrées.

    Constat : une ligne, une cellule ou une partie de son texte est barrée. Un seul constat par feuille, avec toutes
        ses cellules. Leur contenu reste lu : une valeur validée ne disparaît pas sans qu’on l’ait supprimée.
    Pourquoi : un indicateur barré par la coordination serait encore demandé aux partenaires.
    Exemple : une action abandonnée, barrée au lieu d’être supprimée.
    Correction : supprimez la ligne, ou enlevez le barré si elle vaut toujours.
    """
    for sheet, rows in grouped((row.sheet, row) for _, row in survey.rows if row.struck).items():
        facts: dict[str, Fact] = {
            "count": sum(len(row.struck) for row in rows),
            "places": ", ".join(place for row in sorted(rows, key=_first) for place in _places(row)),
        }
        place = Place(survey.canonical.file, sheet, _cells(min(rows, key=_first))[0])
        yield found(struck_through, place, facts=facts)


def _first(row: Record) -> tuple[int, int]:
    return parse_cell_name(_cells(row)[0])


def _cells(row: Record) -> list[str]:
    """The cells of `row` that are struck, from left to right."""
    return sorted((row.cells[name] for name in row.struck), key=parse_cell_name)


def _places(row: Record) -> tuple[str, ...]:
    """``A12:T12`` where everything in the row is struck, else each cell."""
    cells = _cells(row)
    filled = [name for name, value in row.values.items() if value is not None]
    if len(cells) > 1 and {*filled} <= {*row.struck}:
        return (f"{cells[0]}:{cells[-1]}",)
    return cell_ranges(cells)
