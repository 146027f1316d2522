"""REF-001 to REF-009: tables and columns of the canonical workbook."""

from __future__ import annotations

from collections.abc import Iterator

from cvsheet.judging.contract.survey import Survey, fault
from cvsheet.judging.engine.rule import AnyRule, rule
from cvsheet.judging.engine.ruling import Ruling, Rulings, found
from cvsheet.model.findings import Place, Severity
from cvsheet.model.records import HeaderPlace
from cvsheet.schema.tables import CANONICAL_TABLES, Column, load_table

NEEDED = ("contrat", "partenaires", "campagnes", "piliers", "priorites")
FOLLOWED = ("indicateurs", "actions")
"""One of these must hold something: a contract may follow indicators, actions or both."""


@rule(
    "REF-001",
    Severity.ERROR,
    "La table « {table} » n’a pas été trouvée.",
    "Rétablissez sa ligne de titres : {titles}.",
)
def table_missing(survey: Survey) -> Rulings:
    """Une table indispensable manque.

    Constat : aucune feuille ne porte la ligne de titres de cette table.
    Pourquoi : sans elle, le contrat ne peut pas être lu. Les tables sont retrouvées par leurs titres de colonnes.
    Exemple : la feuille « Partenaires » supprimée, ou ses titres remplacés.
    Correction : rétablissez la ligne de titres, ou copiez la feuille depuis un classeur du contrat plus ancien.
    """
    for name in _needed(survey):
        if name not in survey.canonical.headers:
            yield found(table_missing, Place(survey.canonical.file), facts=_titles(name))


@rule(
    "REF-002",
    Severity.INFO,
    "La table « {table} » n’a pas été trouvée : elle est lue comme vide.",
    "Si elle existe, rétablissez sa ligne de titres : {titles}.",
)
def optional_table_missing(survey: Survey) -> Rulings:
    """Une table facultative manque.

    Constat : aucune feuille ne porte la ligne de titres de cette table, dont un contrat peut se passer.
    Pourquoi : si elle existe sous d’autres titres, son contenu serait ignoré sans bruit.
    Exemple : un contrat sans règles de cohérence.
    Correction : rien, ou rétablissez la ligne de titres.
    """
    for name in CANONICAL_TABLES:
        if name not in survey.canonical.headers and name not in (*NEEDED, "indicateurs"):
            yield found(optional_table_missing, Place(survey.canonical.file), facts=_titles(name))


@rule(
    "REF-003",
    Severity.ERROR,
    "La colonne « {column} » manque dans la table « {table} ».",
    "Rétablissez ce titre dans la ligne de titres.",
)
def column_missing(survey: Survey) -> Rulings:
    """Une colonne obligatoire manque.

    Constat : le titre d’une colonne à remplir obligatoirement n’est pas dans la ligne de titres.
    Pourquoi : les colonnes sont retrouvées par leur titre.
    Exemple : « Code mesure » renommé « Réf. ».
    Correction : rétablissez le titre exact. L’ordre des colonnes, lui, est libre.
    """
    for at, column in _missing(survey):
        if column.required:
            yield _at_header(column_missing, survey, at, column)


@rule(
    "REF-004",
    Severity.INFO,
    "La colonne « {column} » manque dans la table « {table} » : elle est lue comme vide.",
    "Si elle existe, rétablissez son titre.",
)
def optional_column_missing(survey: Survey) -> Rulings:
    """Une colonne facultative manque.

    Constat : le titre d’une colonne facultative n’est pas dans la ligne de titres.
    Pourquoi : si elle a été renommée, son contenu n’est plus lu.
    Exemple : « Poids » supprimé d’un classeur sans moyenne pondérée.
    Correction : rien, ou rétablissez le titre exact.
    """
    for at, column in _missing(survey):
        if not column.required and not column.young:
            yield _at_header(optional_column_missing, survey, at, column)


@rule(
    "REF-005",
    Severity.WARNING,
    "La colonne « {column} » figure deux fois dans la table « {table} » : seule la première est lue.",
    "Renommez ou supprimez l’autre.",
)
def column_twice(survey: Survey) -> Rulings:
    """Une colonne figure deux fois.

    Constat : deux colonnes d’une même table ont le même titre.
    Pourquoi : on ne sait pas laquelle fait foi ; la plus à gauche est lue.
    Exemple : une copie de la colonne « Cible » gardée à droite.
    Correction : donnez un autre titre à la copie.
    """
    for at in survey.canonical.places:
        for name in at.twice:
            yield _at_header(column_twice, survey, at, load_table(at.table).column(name))


@rule(
    "REF-006",
    Severity.ERROR,
    "Les réglages du contrat figurent plusieurs fois dans le classeur.",
    "Gardez une seule feuille « Contrat ».",
)
def settings_twice(survey: Survey) -> Rulings:
    """Les réglages du contrat figurent plusieurs fois.

    Constat : plusieurs feuilles portent les réglages du contrat.
    Pourquoi : on ne sait pas laquelle fait foi.
    Exemple : une copie de la feuille « Contrat » gardée avant une modification.
    Correction : supprimez la copie.
    """
    for at in [at for at in survey.canonical.places if at.table == "contrat"][1:]:
        yield found(settings_twice, Place(survey.canonical.file, at.sheet, at.cell))


@rule(
    "REF-007",
    Severity.ERROR,
    "La table « {table} » est vide.",
    "Ajoutez au moins une ligne.",
)
def empty_table(survey: Survey) -> Rulings:
    """Une table indispensable est vide.

    Constat : la table n’a que sa ligne de titres.
    Pourquoi : sans pilier, partenaire ou campagne, il n’y a rien à envoyer. Un contrat peut n’avoir que des actions,
        ou que des indicateurs, mais pas ni l’un ni l’autre.
    Exemple : aucune campagne.
    Correction : ajoutez une ligne.
    """
    for at in survey.canonical.places:
        if at.table in _needed(survey) and not survey.canonical.rows(at.table):
            place = Place(survey.canonical.file, at.sheet, at.cell)
            yield found(empty_table, place, facts={"table": load_table(at.table).title})


@rule(
    "REF-016",
    Severity.WARNING,
    "La table « Indicateurs » n’a été trouvée sur aucune feuille : seules les actions seront suivies.",
    "Si le contrat a des indicateurs, rétablissez la ligne de titres : {titles}.",
)
def indicators_missing(survey: Survey) -> Rulings:
    """Aucune feuille ne porte de tableau d’indicateurs.

    Constat : le contrat a des actions, et aucune ligne de titres d’indicateurs n’a été trouvée.
    Pourquoi : un contrat peut ne suivre que des actions ; mais des titres effacés feraient disparaître tous les
        indicateurs.
    Exemple : la ligne « Code mesure, Code indicateur… » supprimée sur chaque feuille.
    Correction : rien si le contrat n’a pas d’indicateur ; sinon rétablissez la ligne de titres.
    """
    if "indicateurs" not in survey.canonical.headers and survey.canonical.rows("actions"):
        yield found(
            indicators_missing, Place(survey.canonical.file), facts={"titles": _titles("indicateurs")["titles"]}
        )


@rule(
    "REF-008",
    Severity.ERROR,
    "La feuille « {sheet} » du pilier « {code} » manque : aucun de ses indicateurs n’a été trouvé.",
    "Rétablissez-la depuis une copie du classeur. Si le pilier n’existe plus, supprimez tout ce qui le nomme.",
)
def pillar_sheet_missing(survey: Survey) -> Rulings:
    """La feuille d’un pilier manque.

    Constat : aucun indicateur n’a été trouvé pour ce pilier, sa feuille n’existe pas, et d’autres tables nomment encore
        des lignes introuvables. Celles-ci ne sont pas signalées une à une.
    Pourquoi : les indicateurs de tout un pilier disparaîtraient du suivi sans bruit.
    Exemple : la feuille « Emploi » supprimée par mégarde.
    Correction : copiez la feuille depuis une sauvegarde (« contrat.avant-adoption-….xlsx ») ou une version antérieure.
    """
    for row in survey.lost_pillars:
        facts = {"sheet": row.text("feuille"), "code": row.text("code")}
        yield fault(pillar_sheet_missing, survey, row, "feuille", facts)


@rule(
    "REF-009",
    Severity.WARNING,
    "Le pilier « {code} » n’a ni action ni indicateur.",
    "Ajoutez ses actions (feuille « Actions ») ou ses indicateurs (sur sa feuille), ou supprimez le pilier.",
)
def pillar_without_content(survey: Survey) -> Rulings:
    """Un pilier n’a ni action ni indicateur.

    Constat : aucune action et aucun indicateur ne s’y rattachent.
    Pourquoi : le pilier n’apparaîtrait dans aucun classeur ; sa feuille a peut-être été supprimée ou vidée.
    Exemple : un pilier ajouté à la liste, dont la feuille reste à écrire.
    Correction : rien si le contenu vient plus tard.
    """
    if any(survey.canonical.rows(name) for name in FOLLOWED):
        for row in survey.empty_pillars:
            if row not in survey.lost_pillars:
                yield fault(pillar_without_content, survey, row, "code", {"code": row.text("code")})


@rule(
    "REF-062",
    Severity.WARNING,
    "La feuille « {sheet} » du pilier « {code} » n’a pas été trouvée : seules ses actions seront suivies.",
    "Si le pilier a des indicateurs, rétablissez-la depuis une copie du classeur ; sinon, une feuille de ce nom avec "
    "les seuls titres suffit.",
)
def pillar_with_actions_only(survey: Survey) -> Rulings:
    """La feuille d’indicateurs d’un pilier qui a des actions manque.

    Constat : le pilier a des actions et aucun indicateur, et aucune feuille de son nom ne porte de titres
        d’indicateurs ; celles d’autres piliers sont là.
    Pourquoi : un pilier peut ne suivre que des actions ; mais une feuille supprimée emporterait tous ses indicateurs
        sans que rien ne le dise, puisque ses actions sont sur la feuille « Actions ».
    Exemple : la feuille « Emploi » supprimée par mégarde, dont aucune règle ne nomme les lignes.
    Correction : copiez la feuille depuis une sauvegarde (« contrat.avant-adoption-….xlsx ») ou une version antérieure.
    """
    told = (*survey.lost_pillars, *survey.empty_pillars)
    if "indicateurs" in survey.canonical.headers:
        for row in survey.pillars_without_sheet:
            if row not in told:
                facts = {"sheet": row.text("feuille"), "code": row.text("code")}
                yield fault(pillar_with_actions_only, survey, row, "feuille", facts)


def _needed(survey: Survey) -> tuple[str, ...]:
    """The tables that must be there and hold something; indicators only where there are no actions either."""
    return NEEDED if survey.canonical.rows("actions") else (*NEEDED, "indicateurs")


def _titles(table: str) -> dict[str, str]:
    known = load_table(table)
    titles = ("Paramètre", "Valeur") if known.vertical else tuple(c.title for c in known.columns if c.required)
    return {"table": known.title, "titles": ", ".join(titles)}


def _missing(survey: Survey) -> Iterator[tuple[HeaderPlace, Column]]:
    for at in survey.canonical.places:
        for name in at.missing:
            yield at, load_table(at.table).column(name)


def _at_header(judge: AnyRule, survey: Survey, at: HeaderPlace, column: Column) -> Ruling:
    facts = {"table": load_table(at.table).title, "column": column.title}
    return found(judge, Place(survey.canonical.file, at.sheet, at.cell), facts=facts)
