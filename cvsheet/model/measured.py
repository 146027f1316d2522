"""Which numbers of the contract stand in the unit of a measure, and what unit that is."""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.model.records import Scalar
from cvsheet.schema.tables import load_table

MEASURES = "indicateurs"
MEASURED = {
    MEASURES: {"reference", "cible", "minimum", "maximum", "alerte_min", "alerte_max"},
    "references_modalites": {"reference", "cible"},
}
MeasureUnit = tuple[str, str]  # type and unit of a measure


def unit_of(values: Mapping[str, Scalar]) -> MeasureUnit | None:
    """The unit of the measure in a row of *Indicateurs*; None where its type is none of a number."""
    kind, unit = values.get("type"), values.get("unite")
    known = kind in load_table(MEASURES).column("type").enum and kind != "texte"
    return (str(kind), str(unit or "")) if known else None


def measure_of_line(values: Mapping[str, Scalar]) -> str:
    """The code of the measure whose line a row of the contract is about: of ``P1-I02.M1/VER``, ``P1-I02.M1``."""
    return str(values.get("ligne") or "").partition("/")[0]
