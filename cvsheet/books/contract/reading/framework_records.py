"""Records to `Framework`: the last step of reading a contract.

`cvsheet check` judges the records; here a record that cannot serve stops the tool, with its sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from cvsheet.errors import FrameworkError
from cvsheet.model.findings import SEVERITY_CHOICES, Severity
from cvsheet.model.framework import (
    Action,
    Aggregation,
    Calculation,
    Campaign,
    CampaignType,
    Category,
    CoherenceRule,
    ContractSettings,
    Direction,
    Framework,
    Measure,
    Objective,
    Partner,
    Pillar,
    Priority,
    Reference,
)
from cvsheet.model.records import Canonical, Record
from cvsheet.schema.tables import load_table

Choice = TypeVar("Choice", bound=StrEnum)
THRESHOLDS = {
    "seuil_bonne_voie": "on_track_from",
    "seuil_surveiller": "watch_from",
    "seuil_trop_tot": "too_early_until",
    "variation_forte": "strong_change",
    "variation_minimum": "change_minimum",
}
SECRECY = {"seuil_secret": "secrecy_people", "seuil_secret_entreprises": "secrecy_companies"}


def framework_from(canonical: Canonical) -> Framework:
    """The framework that `canonical` describes; FrameworkError, naming sheet and cell, where it describes none."""
    objectives = _objectives(canonical)
    priorities = _priorities(canonical)
    measures = tuple(_measure(row, priorities) for row in _unique(canonical, "indicateurs"))
    return Framework(
        contract=_contract(canonical),
        partners=tuple(
            Partner(_need(row, "code"), _need(row, "nom"), row.text("type"), row.text("contact"), row.text("courriel"))
            for row in _unique(canonical, "partenaires")
        ),
        campaigns=tuple(_campaign(row) for row in _unique(canonical, "campagnes")),
        pillars=tuple(
            Pillar(_need(row, "code"), _need(row, "intitule"), _need(row, "feuille"))
            for row in _unique(canonical, "piliers")
        ),
        priorities=tuple(priorities.values()),
        objectives=tuple(objectives.values()),
        actions=tuple(_action(row, objectives) for row in _unique(canonical, "actions")),
        measures=measures,
        categories=tuple(_category(row) for row in _unique(canonical, "ventilations")),
        references=_references(canonical),
        rules=tuple(_rule(row) for row in _unique(canonical, "regles")),
        severities=tuple(_severity(row) for row in _unique(canonical, "severites")),
        breakdown_titles=_breakdown_titles(canonical),
    )


def _contract(canonical: Canonical) -> ContractSettings:
    rows = canonical.rows("contrat")
    if len(rows) != 1:
        raise FrameworkError(
            "La feuille « Contrat », avec ses colonnes « Paramètre » et « Valeur », n’a pas été trouvée. "
            "Lancez « cvsheet check »."
            if not rows
            else "La table « Contrat » s’y trouve plusieurs fois. Lancez « cvsheet check »."
        )
    row = rows[0]
    contract = ContractSettings(
        code=_need(row, "code"),
        name=_need(row, "nom"),
        start=_day(row, "debut"),
        end=_day(row, "fin"),
        territory=row.text("territoire"),
        coordinator=row.text("coordination"),
        email=row.text("courriel"),
        phone=row.text("telephone"),
        licence=row.text("licence"),
        source=row.text("source"),
        identity=row.text("identifiant"),
    )
    given = {name: number for column, name in THRESHOLDS.items() if (number := _number(row, column)) is not None}
    secrecy = {name: number for column, name in SECRECY.items() if (number := _whole(row, column)) is not None}
    return replace(contract, **given, **secrecy)  # type: ignore[arg-type]


def _campaign(row: Record) -> Campaign:
    return Campaign(
        code=_need(row, "code"),
        title=_need(row, "intitule"),
        type=_choice(row, "type", CampaignType),
        year=_whole(row, "annee") or _day(row, "fin").year,
        start=_day(row, "debut"),
        end=_day(row, "fin"),
        deadline=_day(row, "limite") if row.text("limite") else None,
    )


def _priorities(canonical: Canonical) -> dict[str, Priority]:
    pillars = {row.text("code") for row in canonical.rows("piliers")}
    return {
        row.text("code"): Priority(_need(row, "code"), _parent(row, "pilier", pillars), _need(row, "intitule"))
        for row in _unique(canonical, "priorites")
    }


def _objectives(canonical: Canonical) -> dict[str, Objective]:
    priorities = {row.text("code") for row in canonical.rows("priorites")}
    return {
        row.text("code"): Objective(_need(row, "code"), _parent(row, "priorite", priorities), _need(row, "intitule"))
        for row in _unique(canonical, "objectifs")
    }


def _action(row: Record, objectives: Iterable[str]) -> Action:
    return Action(
        code=_need(row, "code"),
        objective=_parent(row, "objectif", objectives),
        title=_need(row, "intitule"),
        pilot=row.text("pilote"),
        partners=row.codes("partenaires_cites"),
    )


def _measure(row: Record, priorities: dict[str, Priority]) -> Measure:
    priority = priorities[_parent(row, "priorite", priorities)]
    computed = _need(row, "saisie") == "calcul"
    return Measure(
        code=_need(row, "code"),
        indicator=_need(row, "indicateur"),
        pillar=row.text("pilier") or priority.pillar,
        priority=priority.code,
        objective=row.text("objectif"),
        indicator_title=_need(row, "libelle_indicateur"),
        title=_need(row, "mesure"),
        type=_need(row, "type"),
        unit=row.text("unite"),
        nature=row.text("nature"),
        direction=_choice(row, "sens", Direction),
        computed=computed,
        calculation=_choice(row, "calcul", Calculation) if computed else None,
        numerator=row.text("numerateur"),
        denominator=row.text("denominateur"),
        aggregation=_aggregation(row, computed),
        weight=row.text("poids"),
        breakdowns=row.codes("ventilations"),
        producers=row.codes("producteurs"),
        minimum=_number(row, "minimum"),
        maximum=_number(row, "maximum"),
        plausible_minimum=_number(row, "alerte_min"),
        plausible_maximum=_number(row, "alerte_max"),
        required=row.values.get("obligatoire") is True,
        diffusion=row.text("diffusion") or "publique",
        definition=row.text("definition"),
        headline=row.values.get("principale") is True,
    )


def _aggregation(row: Record, computed: bool) -> Aggregation:
    """What the cell says; where it is blank, computed measures are recomputed, texts kept, the rest has one source."""
    if row.text("agregation"):
        return _choice(row, "agregation", Aggregation)
    if computed:
        return Aggregation.RECOMPUTED
    return Aggregation.TEXT if row.text("type") == "texte" else Aggregation.SINGLE_SOURCE


def _category(row: Record) -> Category:
    return Category(
        _need(row, "ventilation"), _need(row, "code"), _need(row, "intitule"), row.values.get("exclusive") is True
    )


def _breakdown_titles(canonical: Canonical) -> tuple[tuple[str, str], ...]:
    """By breakdown, the first title that one of its rows gives."""
    rows = [row for row in _unique(canonical, "ventilations") if row.text("ventilation_intitule")]
    return tuple({row.text("ventilation"): row.text("ventilation_intitule") for row in reversed(rows)}.items())


def _rule(row: Record) -> CoherenceRule:
    left, operator, right = (_need(row, name) for name in ("gauche", "operateur", "droite"))
    severity = row.text("severite") or "avertissement"
    return CoherenceRule(_need(row, "code"), left, operator, right, severity, row.text("message"))


def _severity(row: Record) -> tuple[str, Severity | None]:
    """A rule's code and what the contract makes of it. Whether there is such a rule, `cvsheet check` says."""
    code, word = _need(row, "regle"), _need(row, "severite")
    if word not in SEVERITY_CHOICES:
        raise _refusal(row, "severite", f"« {word} » n’est pas dans la liste")
    return code, SEVERITY_CHOICES[word]


def _references(canonical: Canonical) -> tuple[tuple[str, Reference], ...]:
    """Baselines and targets by line code: totals from the Indicateurs tables, then categories."""
    totals = ((row.text("code"), _reference(row)) for row in canonical.rows("indicateurs"))
    categories = ((_need(row, "ligne"), _reference(row)) for row in _unique(canonical, "references_modalites"))
    return tuple((line, found) for line, found in (*totals, *categories) if found != Reference())


def _reference(row: Record) -> Reference:
    return Reference(
        baseline=_number(row, "reference"),
        baseline_year=_whole(row, "annee_reference"),
        baseline_status=row.text("statut_reference"),
        target=_number(row, "cible"),
        target_year=_whole(row, "annee_cible"),
        target_status=row.text("statut_cible"),
        source=row.text("source_reference"),
    )


def _unique(canonical: Canonical, table: str) -> tuple[Record, ...]:
    """The rows of `table`, refused where a key stands twice: look-ups by code would lose one of them quietly."""
    key = load_table(table).key
    seen: dict[tuple[str, ...], Record] = {}
    for row in canonical.rows(table):
        code = tuple(row.text(column) for column in key)
        if code in seen:
            raise _refusal(row, key[-1], f"le code « {row.text(key[-1])} » est déjà pris")
        seen[code] = row
    return canonical.rows(table)


def _need(row: Record, column: str) -> str:
    text = row.text(column)
    if not text:
        raise _refusal(row, column, "cette cellule doit être remplie")
    return text


def _parent(row: Record, column: str, known: Iterable[str]) -> str:
    code = _need(row, column)
    if code not in known:
        raise _refusal(row, column, f"le code « {code} » n’existe pas")
    return code


def _choice(row: Record, column: str, choices: type[Choice]) -> Choice:
    text = _need(row, column)
    try:
        return choices(text)
    except ValueError:
        raise _refusal(row, column, f"« {text} » n’est pas dans la liste") from None


def _number(row: Record, column: str) -> float | None:
    value = row.values.get(column)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refusal(row, column, f"« {value} » n’est pas un nombre")
    return float(value)


def _whole(row: Record, column: str) -> int | None:
    number = _number(row, column)
    return None if number is None else int(number)


def _day(row: Record, column: str) -> date:
    value = row.values.get(column)
    if not isinstance(value, date):
        raise _refusal(row, column, "une date est attendue, par exemple 31/12/2021")
    return value


def _refusal(row: Record, column: str, fault: str) -> FrameworkError:
    title = load_table(row.table).column(column).title
    cell = row.cells.get(column)
    place = f"cellule {cell}" if cell else f"ligne {row.row}" if row.row else "colonne absente"
    return FrameworkError(
        f"Feuille « {row.sheet} », {place} ({title}) : {fault}. Pour voir tout ce qui est à corriger : cvsheet check"
    )
