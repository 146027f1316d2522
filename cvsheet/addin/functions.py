"""Formulas for one's own sheets: CV.PROGRESSION, CV.ATTENDU, CV.SITUATION, CV.VALEUR, with the master's definitions.

On the web and in xlwings Server they are called CV.PROGRESSION…; in Excel for Windows, where the xlwings add-in makes
VBA functions whose names can hold no dot, CV_PROGRESSION… Their docstrings are French: Excel shows them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import xlwings as xw

from cvsheet import open_contract
from cvsheet.errors import UsageError, what_stopped
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.contributions import Contribution
from cvsheet.figures.progress import Schedule, expected_at, judge, progress_of, schedule
from cvsheet.model.framework import Direction, Framework
from cvsheet.model.records import is_number
from cvsheet.model.submission import Quantity
from cvsheet.text.french import typeset

FOLDER = "CVSHEET_DOSSIER"
"""The environment variable that names the contract folder; the module beside a workbook sets it."""
NAMESPACE = "CV"
Formula = TypeVar("Formula", bound=Callable[..., Any])
FormerSignature = tuple[tuple[str, int, int], ...]  # path, date in ns and size of every file that counts


def said(function: Formula) -> Formula:
    """`function` with its errors as a sentence in the cell, which the person can read and Excel's #VALEUR! hides."""

    @wraps(function)
    def shown(*values: Any) -> Any:
        try:
            return function(*values)
        except Exception as error:
            return typeset(what_stopped(error))

    return shown  # type: ignore[return-value]


@xw.func(name="PROGRESSION", namespace=NAMESPACE)
@xw.arg("reference", doc="Situation de référence")
@xw.arg("cible", doc="Cible")
@xw.arg("valeur", doc="Valeur à juger")
@xw.arg("sens", doc="hausse, baisse ou suivi")
@said
def cv_progression(reference: Any, cible: Any, valeur: Any, sens: Any = "hausse") -> Any:
    """Part du chemin parcouru de la référence à la cible (1 = atteinte, négatif = recul), vide s’il n’y en a pas."""
    found = progress_of(_number(valeur), _number(reference), _number(cible), _direction(sens))
    return "" if found is None else found


@xw.func(name="ATTENDU", namespace=NAMESPACE)
@xw.arg("reference", doc="Situation de référence")
@xw.arg("cible", doc="Cible")
@xw.arg("campagne", doc="Code de la campagne")
@xw.arg("ligne", doc="Code de la ligne, dont la référence a sa date ; vide : début du contrat")
@said
def cv_attendu(reference: Any, cible: Any, campagne: Any, ligne: Any = None) -> Any:
    """Valeur attendue à la fin de la campagne, sur la droite qui va de la référence à la cible."""
    baseline, target = _number(reference), _number(cible)
    if baseline is None or target is None:
        return ""
    return expected_at(baseline, target, _schedule(_campaign(contract(), campagne), _code(ligne)))


@xw.func(name="SITUATION", namespace=NAMESPACE)
@xw.arg("reference", doc="Situation de référence")
@xw.arg("cible", doc="Cible")
@xw.arg("valeur", doc="Valeur à juger")
@xw.arg("sens", doc="hausse, baisse ou suivi")
@xw.arg("campagne", doc="Code de la campagne")
@xw.arg("ligne", doc="Code de la ligne, dont la référence a sa date ; vide : début du contrat")
@said
def cv_situation(reference: Any, cible: Any, valeur: Any, sens: Any, campagne: Any, ligne: Any = None) -> Any:
    """Situation en mots (Cible atteinte, En bonne voie, À surveiller…), avec les seuils de la feuille « Contrat »."""
    framework = contract()
    when = _schedule(_campaign(framework, campagne), _code(ligne))
    value, baseline, target = _number(valeur), _number(reference), _number(cible)
    return judge(value, baseline, target, _direction(sens), when, framework.contract).situation.value


@xw.func(name="VALEUR", namespace=NAMESPACE)
@xw.arg("ligne", doc="Code de la ligne, par exemple EMP-P1-I02.M1 ou EMP-P1-I02.M1/VER")
@xw.arg("campagne", doc="Code de la campagne")
@xw.arg("partenaire", doc="Code d’un partenaire ; vide : la valeur consolidée")
@said
def cv_valeur(ligne: Any, campagne: Any, partenaire: Any = None) -> Any:
    """Valeur retenue d’une ligne (arbitrée s’il y a lieu), ou celle d’un seul partenaire, nd, ns et so compris."""
    framework = contract()
    code, campaign, partner = _code(ligne), _campaign(framework, campagne), _code(partenaire)
    _check_line(framework, code)
    if partner and partner not in framework.partner:
        raise UsageError(f"le partenaire « {partner} » n’existe pas dans le contrat.")
    found = consolidation(campaign)
    result, retained = found.result(campaign, code), found.retained(campaign, code)
    if not partner:
        return result.text if retained is None else retained
    own = [one for one in result.contributions if one.partner == partner and one.kept]
    return _shown(own[0]) if own else ""


def _schedule(campaign: str, line: str) -> Schedule:
    """From the date of the baseline of `line`; from the contract's start where no line is named."""
    framework = contract()
    if not line:
        return schedule(framework, campaign)
    _check_line(framework, line)
    known = consolidation(campaign).point(line, Quantity.BASELINE, framework.campaign[campaign].end)
    return schedule(framework, campaign, known.since)


def _check_line(framework: Framework, code: str) -> None:
    if code not in framework.line:
        raise UsageError(f"la ligne « {code} » n’existe pas dans le contrat.")


def contract() -> Framework:
    """The framework of the contract folder as last saved."""
    place = open_contract(_folder()).folder
    return _framework(place.root, _signature([place.workbook]))


def consolidation(campaign: str) -> Consolidation:
    """The consolidated returns, with what the master of `campaign` decides; read again when a file changed."""
    opened = open_contract(_folder())
    files, folder = [arrival.path for arrival in opened.arrivals() if arrival.ignored is None], opened.folder
    masters = [*sorted(folder.results.glob("*_maitre.xlsx")), *sorted(folder.root.glob("*.csv"))]
    return _consolidation(folder.root, campaign, _signature([folder.workbook, *files, *masters]))


@lru_cache(maxsize=2)
def _framework(root: Path, signature: FormerSignature) -> Framework:
    return open_contract(root).framework


@lru_cache(maxsize=8)
def _consolidation(root: Path, campaign: str, signature: FormerSignature) -> Consolidation:
    return replace(open_contract(root), known=contract()).figures(campaign)


def _signature(paths: list[Path]) -> FormerSignature:
    found = [(str(path), path.stat()) for path in paths if path.exists()]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


def _folder() -> Path:
    return Path(os.environ.get(FOLDER) or Path.cwd())


def _number(value: object) -> float | None:
    """A number of a cell; blank cells and words (nd, ns, so) are none."""
    return float(value) if is_number(value) else None


def _code(value: object) -> str:
    """A code of a cell: Excel makes a number of the campaign 2021."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "").strip()


def _campaign(framework: Framework, value: object) -> str:
    code = _code(value)
    if code not in framework.campaign:
        raise UsageError(
            f"la campagne « {code} » n’existe pas. Campagnes du contrat : {', '.join(framework.campaign)}."
        )
    return code


def _direction(value: object) -> Direction:
    try:
        return Direction(_code(value).casefold())
    except ValueError as error:
        raise UsageError(f"sens « {_code(value)} » : écrivez {', '.join(Direction)}.") from error


def _shown(one: Contribution) -> float | str:
    if one.number is not None:
        return one.number
    return one.text or one.kind.value
