"""REF-042 to REF-057: bounds, coherence rules, dates, thresholds and names of the canonical workbook."""

from __future__ import annotations

import re
from datetime import date

from cvsheet.judging.contract.survey import Survey, fault, is_computed
from cvsheet.judging.engine.rule import rule
from cvsheet.judging.engine.ruling import Rulings
from cvsheet.model.findings import Severity
from cvsheet.model.records import Record
from cvsheet.model.sheet_names import RESERVED_SHEETS, is_reserved  # noqa: F401 - the names are looked for here
from cvsheet.text.french import french_date

BOUNDS = (("minimum", "maximum"), ("alerte_min", "alerte_max"))


@rule("REF-042", Severity.ERROR, "Le minimum ({low}) dépasse le maximum ({high}).", "Corrigez l’une des deux bornes.")
def inverted_bounds(survey: Survey) -> Rulings:
    """Les bornes d’une mesure sont inversées.

    Constat : le minimum est plus grand que le maximum, ou les bornes de plausibilité sont inversées.
    Pourquoi : aucune valeur ne serait acceptée.
    Exemple : minimum 100, maximum 0.
    Correction : corrigez la borne fausse.
    """
    for row in survey.canonical.rows("indicateurs"):
        for lower, upper in BOUNDS:
            low, high = row.values.get(lower), row.values.get(upper)
            if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
                yield fault(inverted_bounds, survey, row, lower, {"low": low, "high": high})


@rule("REF-044", Severity.ERROR, "La règle « {code} » compare une ligne à elle-même.", "Corrigez l’un des deux côtés.")
def rule_on_itself(survey: Survey) -> Rulings:
    """Une règle compare une ligne à elle-même.

    Constat : les deux côtés de la règle portent le même code.
    Pourquoi : elle serait toujours vraie, ou toujours fausse.
    Exemple : « EMP-P1-I01.M1 <= EMP-P1-I01.M1 ».
    Correction : corrigez l’un des deux codes.
    """
    for row in survey.canonical.rows("regles"):
        same = row.text("gauche") and row.text("gauche") == row.text("droite")
        if same and row.text("operateur") != "= N-3":
            yield fault(rule_on_itself, survey, row, "droite", {"code": row.text("code")})


@rule(
    "REF-045",
    Severity.ERROR,
    "La règle « {code} » veut les modalités de « {found} », qui n’en a pas.",
    "Demandez une ventilation de cette mesure, ou changez d’opérateur.",
)
def rule_without_categories(survey: Survey) -> Rulings:
    """Une règle « entre max et somme » porte sur une mesure sans modalité.

    Constat : la ligne de droite est le total d’une mesure qui n’a aucune ventilation.
    Pourquoi : il n’y a ni plus grande modalité, ni somme.
    Exemple : la ventilation « outil_de_recherche » retirée d’une mesure que la règle nomme.
    Correction : rétablissez la ventilation, ou supprimez la règle.
    """
    for row in survey.canonical.rows("regles"):
        measure = survey.measures.get(row.text("droite"))
        if row.text("operateur") == "entre max et somme" and measure is not None and not survey.categories(measure):
            yield fault(rule_without_categories, survey, row, "droite", {"code": row.text("code")})


@rule(
    "REF-046",
    Severity.ERROR,
    "Le calcul de « {code} » dépend de lui-même ({path}).",
    "Corrigez le numérateur ou le dénominateur.",
)
def circular_calculation(survey: Survey) -> Rulings:
    """Un calcul dépend de lui-même.

    Constat : en suivant numérateurs et dénominateurs, on revient à la mesure de départ.
    Pourquoi : le calcul ne finit pas.
    Exemple : une part dont le dénominateur est la part elle-même.
    Correction : corrigez le code faux.
    """
    for code, row in survey.measures.items():
        path = _way_back(survey, code, (code,)) if is_computed(row) else ()
        if path:
            facts = {"code": code, "path": " → ".join(path)}
            yield fault(circular_calculation, survey, row, "numerateur", facts)


@rule("REF-050", Severity.ERROR, "La fin ({end}) précède le début ({start}).", "Corrigez l’une des deux dates.")
def inverted_dates(survey: Survey) -> Rulings:
    """La fin précède le début.

    Constat : la date de fin du contrat ou d’une campagne est avant sa date de début.
    Pourquoi : l’avancement attendu se calcule entre ces dates.
    Exemple : une campagne du 01/01/2021 au 31/12/2020.
    Correction : corrigez l’année fausse.
    """
    for row in (*survey.canonical.rows("contrat"), *survey.canonical.rows("campagnes")):
        start, end = _day(row, "debut"), _day(row, "fin")
        if start and end and end < start:
            facts = {"start": french_date(start), "end": french_date(end)}
            yield fault(inverted_dates, survey, row, "fin", facts)


@rule(
    "REF-051",
    Severity.WARNING,
    "La date limite ({found}) précède la fin de la période observée ({end}).",
    "Corrigez l’une des deux dates.",
)
def deadline_before_end(survey: Survey) -> Rulings:
    """La date limite de retour précède la fin de la période.

    Constat : les partenaires devraient répondre avant que la période observée soit finie.
    Pourquoi : la valeur au dernier jour n’est pas encore connue.
    Exemple : campagne 2021, date limite le 28/02/2021.
    Correction : corrigez l’année de la date limite.
    """
    for row in survey.canonical.rows("campagnes"):
        end, deadline = _day(row, "fin"), _day(row, "limite")
        if end and deadline and deadline < end:
            yield fault(deadline_before_end, survey, row, "limite", {"end": french_date(end)})


@rule(
    "REF-052",
    Severity.WARNING,
    "La période commence le {found}, avant la fin de « {other} » ({end}).",
    "Corrigez les dates : deux campagnes du même type ne se chevauchent pas.",
)
def overlapping_campaigns(survey: Survey) -> Rulings:
    """Deux campagnes du même type se chevauchent.

    Constat : une campagne commence avant la fin d’une autre du même type, qui a commencé avant elle.
    Pourquoi : un même fait serait compté deux fois.
    Exemple : « 2021 » du 01/01/2021 au 31/12/2021 et « 2022 » à partir du 01/12/2021.
    Correction : corrigez la date fausse.
    """
    dated = [row for row in survey.canonical.rows("campagnes") if _day(row, "debut") and _day(row, "fin")]
    for kind in sorted({row.text("type") for row in dated}):
        last: Record | None = None
        for row in sorted((row for row in dated if row.text("type") == kind), key=lambda row: row.text("debut")):
            end, start = last and _day(last, "fin"), _day(row, "debut")
            if last is not None and end and start and start <= end:
                facts = {"other": last.text("code"), "end": french_date(end)}
                yield fault(overlapping_campaigns, survey, row, "debut", facts)
            last = row if last is None or row.text("fin") > last.text("fin") else last


@rule(
    "REF-053",
    Severity.WARNING,
    "L’année ({found}) n’est pas celle de la fin de la période ({end}).",
    "Corrigez l’année ou les dates.",
)
def year_beside_dates(survey: Survey) -> Rulings:
    """L’année d’une campagne n’est pas celle de ses dates.

    Constat : l’année n’est ni celle du début, ni celle de la fin de la période.
    Pourquoi : les valeurs seraient datées d’une autre année que la leur.
    Exemple : une ligne recopiée de 2021 pour 2022, dont l’année n’a pas été changée.
    Correction : corrigez l’année.
    """
    for row in survey.canonical.rows("campagnes"):
        start, end, year = _day(row, "debut"), _day(row, "fin"), row.values.get("annee")
        if start and end and isinstance(year, int) and not start.year <= year <= end.year:
            yield fault(year_beside_dates, survey, row, "annee", {"found": str(year), "end": str(end.year)})


@rule(
    "REF-054",
    Severity.WARNING,
    "Le seuil « À surveiller » ({found}) dépasse le seuil « En bonne voie » ({other}).",
    "Corrigez l’un des deux seuils.",
)
def inverted_thresholds(survey: Survey) -> Rulings:
    """Les seuils d’avancement sont inversés.

    Constat : le seuil « À surveiller » est plus grand que le seuil « En bonne voie ».
    Pourquoi : aucun indicateur ne serait « à surveiller ».
    Exemple : 95 et 75 échangés.
    Correction : corrigez les seuils de la feuille « Contrat ».
    """
    for row in survey.canonical.rows("contrat"):
        watch, good = row.values.get("seuil_surveiller"), row.values.get("seuil_bonne_voie")
        if isinstance(watch, int | float) and isinstance(good, int | float) and watch > good:
            yield fault(inverted_thresholds, survey, row, "seuil_surveiller", {"other": good})


@rule(
    "REF-055",
    Severity.ERROR,
    "« {found} » ne peut pas être le nom d’une feuille de pilier.",
    "Choisissez un autre nom : celui-ci est réservé, ou commence ou finit par une apostrophe.",
)
def reserved_sheet_name(survey: Survey) -> Rulings:
    """Le nom de feuille d’un pilier ne peut pas servir.

    Constat : c’est le nom d’une feuille que cvsheet écrit, ou il commence ou finit par une apostrophe.
    Pourquoi : Excel refuse deux feuilles du même nom, et une apostrophe au bord d’un nom.
    Exemple : un pilier dont la feuille s’appellerait « Actions ».
    Correction : choisissez un autre nom dans « Piliers ».
    """
    for row in survey.canonical.rows("piliers"):
        name = row.text("feuille")
        if name and is_reserved(name):
            yield fault(reserved_sheet_name, survey, row, "feuille")


@rule(
    "REF-057",
    Severity.ERROR,
    "« {found} » est un nom réservé par Windows : aucun fichier ni dossier ne peut le porter.",
    "Choisissez un autre code, par exemple « {expected} ».",
)
def reserved_file_name(survey: Survey) -> Rulings:
    """Un code est un nom réservé par Windows.

    Constat : le code du contrat, d’une campagne ou d’un partenaire est CON, PRN, AUX, NUL, COM0 à COM9, LPT0 à LPT9 (en
        toute casse, même suivi d’un point), ou finit par un point.
    Pourquoi : ces codes nomment des fichiers et des dossiers ; sous Windows, ceux-ci ne pourraient être ni créés, ni
        ouverts, ni supprimés.
    Exemple : le partenaire « AUX » (Auxilia).
    Correction : allongez le code, par exemple « AUX-37 ».
    """
    for name in ("contrat", "campagnes", "partenaires"):
        for row in survey.canonical.rows(name):
            code = row.text("code")
            if code.endswith(".") or _RESERVED_FILES.fullmatch(code.partition(".")[0]):
                yield fault(reserved_file_name, survey, row, "code", {"expected": f"{code.rstrip('.')}-1"})


_RESERVED_FILES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)


def _day(row: Record, column: str) -> date | None:
    value = row.values.get(column)
    return value if isinstance(value, date) else None


def _way_back(survey: Survey, start: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The way from the last measure of `path` back to `start` through what computed measures are made of."""
    row = survey.measures.get(path[-1])
    if row is None or not is_computed(row):
        return ()
    for side in ("numerateur", "denominateur"):
        code = row.text(side).partition("/")[0]
        if code == start:
            return (*path, code)
        if code and code not in path and (found := _way_back(survey, start, (*path, code))):
            return found
    return ()
