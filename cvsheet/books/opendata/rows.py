"""The rows of each open-data table: column name -> value, None where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvsheet.books.opendata.content import ExportContent
from cvsheet.books.opendata.meanings import code_rows
from cvsheet.figures.action_results import ActionResult
from cvsheet.figures.consolidation import fate
from cvsheet.figures.disclosure.figures import has_value
from cvsheet.figures.follow_up import FollowUp, Shown, follow_up, published_figures, shown, state_of
from cvsheet.model.framework import Framework, Line
from cvsheet.model.long_table import other_remarks
from cvsheet.model.submission import AnswerKind, Quantity

PUBLIC_TABLES = (
    "contrats",
    "campagnes",
    "referentiel",
    "valeurs",
    "progression",
    "actions",
    "suivi_actions",
    "codes",
)
SEPARATOR = ";"

OpenDataRow = dict[str, object]
TABLES = (*PUBLIC_TABLES, "observations")


def table_names(content: ExportContent) -> tuple[str, ...]:
    """The tables of the package, those that others refer to first."""
    return PUBLIC_TABLES if content.public else TABLES


def rows_of(content: ExportContent, table: str) -> Sequence[OpenDataRow]:
    """The rows of `table`, each with the contract's code."""
    makers = {
        "contrats": _contract,
        "campagnes": _campaigns,
        "referentiel": _lines,
        "valeurs": _values,
        "progression": _progress,
        "actions": _actions,
        "suivi_actions": _action_results,
        "codes": lambda one: code_rows(one.framework, table_names(one)),
        "observations": _observations,
    }
    code = content.framework.contract.code
    return [{"contrat": code, **row} for row in makers[table](content)]


def _contract(content: ExportContent) -> Iterator[OpenDataRow]:
    contract = content.framework.contract
    yield {
        "nom": contract.name,
        "territoire": contract.territory,
        "debut": contract.start,
        "fin": contract.end,
        "seuil_personnes": contract.secrecy_people,
        "seuil_entreprises": contract.secrecy_companies,
        "licence": contract.licence,
        "source": contract.source,
        "diffusion": "publiable" if content.public else "non publiable",
    }


def _campaigns(content: ExportContent) -> Iterator[OpenDataRow]:
    for one in content.framework.campaigns:
        yield {
            "campagne": one.code,
            "intitule": one.title,
            "type": one.type.value,
            "annee": one.year,
            "debut": one.start,
            "fin": one.end,
        }


def _lines(content: ExportContent) -> Iterator[OpenDataRow]:
    framework = content.framework
    for line in framework.line.values():
        measure, category = line.measure, line.category
        objective = framework.objective.get(measure.objective)
        yield {
            "ligne": line.code,
            "pilier": measure.pillar,
            "pilier_intitule": framework.pillar[measure.pillar].title,
            "priorite": measure.priority,
            "priorite_intitule": framework.priority[measure.priority].title,
            "objectif": measure.objective,
            "objectif_intitule": objective.title if objective else None,
            "indicateur": measure.indicator,
            "indicateur_intitule": measure.indicator_title,
            "mesure": measure.code,
            "mesure_intitule": measure.title,
            "definition": measure.definition,
            "ventilation": category.breakdown if category else None,
            "ventilation_intitule": framework.breakdown_title(category.breakdown) if category else None,
            "modalite": category.code if category else None,
            "modalite_intitule": line.label,
            "exclusive": _adds_up(framework, line),
            "type": measure.type,
            "unite": measure.unit,
            "nature": measure.nature,
            "sens": measure.direction.value,
            "calcul": measure.calculation.value if measure.calculation else None,
            "numerateur": measure.numerator,
            "denominateur": measure.denominator,
            "agregation": measure.aggregation.value,
            "secret": measure.diffusion,
            "principale": measure.headline,
        }


def _adds_up(framework: Framework, line: Line) -> bool | None:
    """Whether the categories of a line's breakdown add up to the total; None for a total."""
    if line.category is None:
        return None
    return line.measure.adds_up and all(one.exclusive for one in framework.breakdown[line.category.breakdown])


def _values(content: ExportContent) -> Iterator[OpenDataRow]:
    for campaign, line, quantity in published_figures(content.consolidation):
        place = (content.consolidation, content.secrecy, campaign, line.code, quantity)
        yield {
            "campagne": campaign,
            "ligne": line.code,
            "grandeur": quantity,
            "valeur": _number(shown(*place)),
            "etat": state_of(*place).value,
            **_coverage(content, *place[2:]),
            "unite": line.measure.unit,
        }


def _coverage(content: ExportContent, campaign: str, line: str, quantity: str) -> OpenDataRow:
    """How many partners are in the number, of how many expected; nothing of what is computed or masked."""
    hidden = content.secrecy.hides(campaign, line, quantity) or content.framework.line[line].measure.computed
    result = content.consolidation.result(campaign, line, Quantity(quantity))
    counted = (None, None) if hidden else (result.answered, result.expected)
    return dict(zip(("reponses", "attendues"), counted, strict=True))


def _progress(content: ExportContent) -> Iterator[OpenDataRow]:
    for campaign in content.consolidation.yearly:
        for line in content.framework.line.values():
            if has_value(content.consolidation, campaign.code, line):
                yield _followed(follow_up(content.consolidation, content.secrecy, line, campaign))


def _followed(one: FollowUp) -> OpenDataRow:
    figures: dict[str, Shown] = {
        "reference": one.baseline,
        "cible": one.target,
        "valeur": one.value,
        "progression": one.progress,
        "attendu": one.expected,
        "retard_mois": one.lag,
    }
    return {
        "campagne": one.campaign.code,
        "ligne": one.line.code,
        "reference_statut": one.baseline_status,
        "reference_date": one.baseline_date,
        "cible_statut": one.target_status,
        "situation": one.situation,
        **_with_masks(figures),
    }


def _actions(content: ExportContent) -> Iterator[OpenDataRow]:
    framework = content.framework
    for action in framework.actions:
        objective = framework.objective[action.objective]
        yield {
            "action": action.code,
            "intitule": action.title,
            "pilier": framework.pillar_of_action(action),
            "priorite": objective.priority,
            "objectif": action.objective,
            "objectif_intitule": objective.title,
            "pilote": action.pilot,
        }


def _action_results(content: ExportContent) -> Iterator[OpenDataRow]:
    for campaign, results in content.actions.items():
        yield from (_action_result(campaign, result) for result in results)


def _action_result(campaign: str, result: ActionResult) -> OpenDataRow:
    figures = {"avancement": result.progress, **result.sums}
    return {
        "campagne": campaign,
        "action": result.action.code,
        "statut": result.status,
        **_with_masks(figures),
        "raisons": SEPARATOR.join(
            f"{name}={figure.value}"
            for name, figure in figures.items()
            if isinstance(figure, AnswerKind) and figure is not AnswerKind.SECRET
        ),
    }


def _observations(content: ExportContent) -> Iterator[OpenDataRow]:
    """Every answer that is not blank, once: a line that stands twice in a file is listed where it stands first."""
    seen: set[tuple[str, ...]] = set()
    fates = _fates(content)
    for number, row in enumerate(content.observations or ()):
        key = tuple(row[name] for name in ("campagne", "partenaire", "ligne", "grandeur"))
        if row["reponse"] == AnswerKind.BLANK.value or key in seen or row["ligne"] not in content.framework.line:
            continue
        seen.add(key)
        yield {
            **{name: row[name] for name in ("campagne", "partenaire", "ligne", "grandeur", "reponse", "texte")},
            "nombre": _present(row["nombre"]),
            "saisie": row["saisie"],
            "annee": _present(row["annee"]),
            "commentaire": row["commentaire"],
            "source": row["source"],
            "regle": row["ecart"],
            "devenir": fates[number],
            "fichier": row["fichier"],
            "feuille": row["feuille"],
            "cellule": row["cellule"],
            **{name: row[name] for name in other_remarks()},
        }


def _fates(content: ExportContent) -> dict[int, str]:
    """What became of each answer, by its row in the long table."""
    return {
        one.row: fate(content.framework, code, result, one)
        for (_, code, _), result in content.consolidation.typed.items()
        for one in result.contributions
    }


def _present(number: float) -> float | None:
    """A number of the long table, where NaN stands for none."""
    return None if number != number else number  # noqa: PLR0124


def _with_masks(figures: dict[str, Shown]) -> OpenDataRow:
    """The figures, and the names of those that are masked."""
    hidden = [name for name, figure in figures.items() if figure is AnswerKind.SECRET]
    return {**{name: _number(figure) for name, figure in figures.items()}, "masques": SEPARATOR.join(hidden)}


def _number(figure: Shown) -> float | None:
    return None if isinstance(figure, AnswerKind) else figure
