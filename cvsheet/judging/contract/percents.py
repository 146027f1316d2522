"""REF-049 and REF-064: percentages of the canonical workbook that look like shares of 1, as VAL-018 asks of the
partners', and units that are not those of their type."""

from __future__ import annotations

from cvsheet.judging.contract.aggregation import RATES
from cvsheet.judging.contract.measures import VALUES, followed
from cvsheet.judging.contract.survey import Survey, fault
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Ruling, Rulings
from cvsheet.model.entities import ADDED_TYPES
from cvsheet.model.findings import Severity
from cvsheet.model.records import Record
from cvsheet.schema.tables import load_table
from cvsheet.text.numerals import is_percent

PERCENT = "pourcentage"


@rule(
    "REF-049",
    Severity.WARNING,
    "{found} % paraît très faible dans « {column} » : vouliez-vous dire {hundredfold} % ?",
    "Saisissez 35 pour 35 %. Si le taux est vraiment si bas, dites-le dans « Plausible jusqu’à » (1 au plus).",
)
def share_for_percent_in_contract(survey: Survey) -> Rulings:
    """Un pourcentage du contrat est donné comme une fraction de 1.

    Constat : une référence, une cible ou un maximum en pourcentage, ou un seuil du contrat, est compris entre 0 et 1.
        Un maximum ou un seuil de 1 est demandé aussi. Rien n’est demandé d’une mesure que « Plausible jusqu’à » ou
        « Plausible à partir de » dit si basse.
    Pourquoi : 0,35 saisi pour 35 % fausse tous les avancements.
    Exemple : cible « 0,6 » pour 60 % ; seuil « 0,95 » pour 95 %.
    Correction : tapez 60, ou mettez la cellule au format pourcentage.
    """
    for row, measure in followed(survey):
        if measure.text("type") == PERCENT:
            names = [name for name, _ in VALUES if _is_share(row.values.get(name)) and not _is_low(measure, row, name)]
            names += ["maximum"] if _is_share(row.values.get("maximum"), whole=True) else []
            for name in names:
                yield _share(survey, row, name)
    for row in survey.canonical.rows("contrat"):
        for column in load_table("contrat").columns:
            if column.percentage and _is_share(row.values.get(column.name), whole=True):
                yield _share(survey, row, column.name)


@rule(
    "REF-064",
    Severity.WARNING,
    "La mesure est de type « {type} » et son unité est « {found} » : l’un dit un pourcentage, l’autre non.",
    "Pour un taux en %, mettez le type « pourcentage » et l’unité « % » ; pour un taux en ‰, le type « volume ».",
)
def type_against_unit(survey: Survey) -> Rulings:
    """Le type et l’unité d’une mesure ne disent pas la même chose.

    Constat : le type est « pourcentage » et l’unité n’est pas « % » ; ou l’unité est « % » et le type est « nombre »,
        « montant », « volume » ou « note ».
    Pourquoi : un pourcentage va de 0 à 100 et s’affiche en %, un nombre est entier : un taux en ‰ serait montré dix
        fois trop petit, un « nombre » de 12,5 % serait refusé.
    Exemple : type « pourcentage », unité « ‰ ».
    Correction : accordez le type et l’unité.
    """
    for row in survey.canonical.rows("indicateurs"):
        kind, unit = row.text("type"), row.text("unite")
        if kind in ADDED_TYPES + RATES and unit and is_percent(kind, unit) != (kind == PERCENT):
            yield fault(type_against_unit, survey, row, "unite", {"type": kind})


def _share(survey: Survey, row: Record, column: str) -> Ruling:
    value = row.values[column]
    hundredfold = value * 100 if isinstance(value, int | float) else None
    return fault(share_for_percent_in_contract, survey, row, column, {"hundredfold": hundredfold})


def _is_share(value: object, *, whole: bool = False) -> bool:
    """Whether a percentage looks like a share of 1; with `whole`, 1 itself does too."""
    return isinstance(value, int | float) and (0 < abs(value) < 1 or (whole and value == 1))


def _is_low(measure: Record, row: Record, name: str) -> bool:
    """Whether the plausible range of `measure` says that values as low as the one in `name` are expected."""
    seen = (measure.values.get("alerte_min"), measure.values.get("alerte_max"), row.values[name])
    low, high, value = (one if isinstance(one, int | float) else None for one in seen)
    return (high is not None and high <= 1) or (low is not None and value is not None and 0 < low <= value)
