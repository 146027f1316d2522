"""VAL-001 and VAL-015 to VAL-023: what a cell says once it is read.

Each function is the constraint of one column of the cell table: the rows that keep it, by limits that stand in the rows
themselves. Its docstring is the public page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvsheet.judging.engine.rule import Rule, rule
from cvsheet.model.findings import Severity
from cvsheet.model.submission import AnswerKind, Quantity
from cvsheet.text.numerals import number_in

if TYPE_CHECKING:
    import pandas as pd

PERSONAL = {
    "une adresse électronique": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    "un numéro de sécurité sociale": re.compile(
        r"(?<!\d)[12]\s?\d\d\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d\d|2[ABab])\s?\d{3}\s?\d{3}(?:\s?\d\d)?(?!\d)"
    ),
    "un numéro de téléphone": re.compile(r"(?<![\d.,])(?:\+33\s?|0)[1-9](?:[\s.-]?\d\d){4}(?![\d.,]?\d)"),
}
ANSWER_SET = ["campagne", "partenaire", "grandeur"]
PLACEHOLDER = re.compile(
    r"\s*(?:[?!.…_/-]+|x{2,}|n\s?/\s?a|à (?:compléter|remplir|préciser|venir)|a completer|todo|lorem ipsum.*)\s*", re.I
)


@rule(
    "VAL-001",
    Severity.WARNING,
    "La ligne {the_line} n’a pas de réponse.",
    "Saisissez un nombre, 0 si c’est zéro, nd si la donnée n’est pas disponible, so si elle est sans objet.",
)
def line_unanswered(rows: pd.DataFrame) -> pd.Series[bool]:
    """Une ligne obligatoire n’a pas de réponse.

    Constat : la cellule est vide. Rien n’est écarté : un blanc ne compte jamais pour zéro. Un classeur entièrement
        vide n’est signalé qu’une fois (FIC-035).
    Pourquoi : on ne sait pas si le chiffre est nul, inconnu ou oublié.
    Exemple : la cellule « Valeur » de la ligne EMP-P1-I02.M1/VER laissée blanche.
    Correction : un nombre, 0, nd, ns ou so.
    """
    return ~(rows["obligatoire"] & rows["reponse"].eq(AnswerKind.BLANK))


@rule(
    "VAL-015",
    Severity.ERROR,
    "{value} n’est pas un nombre entier.",
    "On compte ici des unités entières : saisissez un entier.",
)
def not_whole(rows: pd.DataFrame) -> pd.Series[bool]:
    """Un dénombrement n’est pas entier.

    Constat : la ligne compte des personnes, des actions, des années… et la valeur a des décimales. Elle n’entre pas
        dans les totaux.
    Pourquoi : une moitié de personne n’existe pas ; il s’agit souvent d’un taux ou d’une virgule mal placée.
    Exemple : « 12,5 » personnes.
    Correction : le nombre entier ; s’il s’agit d’un équivalent temps plein, dites-le en commentaire.
    """
    return ~rows["entier"] | rows["nombre"].mod(1).eq(0)


@rule("VAL-016", Severity.ERROR, "{value} est hors des bornes : {bounds}.", "Vérifiez le chiffre et son unité.")
def out_of_bounds(rows: pd.DataFrame) -> pd.Series[bool]:
    """La valeur est hors des bornes.

    Constat : la valeur est au-dessous du minimum ou au-dessus du maximum de la ligne. Elle n’entre pas dans les totaux.
    Pourquoi : ces bornes sont des impossibilités : un nombre de personnes négatif, un taux de plus de 100 %.
    Exemple : « 120 » pour un pourcentage, « 20210 » pour une année.
    Correction : vérifiez la valeur ; si la borne est fausse, la coordination la corrige dans le classeur du contrat.
    """
    return _within_bounds(rows)


@rule(
    "VAL-017",
    Severity.WARNING,
    "{value} est inhabituel : on attend {plausible}.",
    "Si le chiffre est juste, dites pourquoi en commentaire ; sinon, corrigez-le.",
)
def implausible_value(rows: pd.DataFrame) -> pd.Series[bool]:
    """La valeur sort de la plage habituelle sans explication.

    Constat : la valeur est possible mais hors de la plage plausible de la ligne, et le commentaire est vide. Elle est
        gardée. Le minimum plausible d’un dénombrement ne vaut que pour le total.
    Pourquoi : un zéro de trop se voit ainsi avant le comité de pilotage.
    Exemple : « 4500 » là où l’on attend de 20 à 1 000.
    Correction : corrigez, ou confirmez d’une phrase en commentaire. Si la réponse change dans un envoi suivant, une
        nouvelle phrase est demandée.
    """
    low = ~rows["nombre"].lt(rows["plausible_minimum"])
    high = ~rows["nombre"].gt(rows["plausible_maximum"])
    usual = low & high
    if usual.all():
        return usual
    return usual | rows["explication"].ne("") | ~_within_bounds(rows) | _share_for_percent(rows)


@rule(
    "VAL-018",
    Severity.WARNING,
    "{value} % paraît très faible : vouliez-vous dire {hundredfold} % ?",
    "Saisissez 35 pour 35 % ; si c’est juste, écrivez « {value} % » en commentaire.",
)
def share_for_percent(rows: pd.DataFrame) -> pd.Series[bool]:
    """Un pourcentage est donné comme une fraction de 1.

    Constat : la cellule attend un pourcentage, la valeur est comprise entre −1 et 1, zéro mis à part, et le commentaire
        est vide. Elle est gardée. Pour l’avancement d’une action, 1 est demandé aussi (1 % ou 100 % ?), sauf si son
        commentaire parle de « % ».
    Pourquoi : 0,35 saisi pour 35 % divise le taux par cent.
    Exemple : « 0,35 » pour 35 % ; un avancement de « 0,5 » pour une action à moitié faite.
    Correction : « 35 » ; ou un commentaire si le taux est vraiment inférieur à 1 %. Si la ligne l’est toujours, la
        coordination le dit dans « Plausible jusqu’à » (1 au plus) : rien n’est plus demandé.
    """
    asked = _share_for_percent(rows)
    if not asked.any():
        return ~asked
    of_an_action = rows["grandeur"].eq("")
    about_it = rows["explication"].map(speaks_of_percents).astype(bool)
    explained = rows["explication"].ne("") & (~of_an_action | about_it)
    return ~asked | explained


@rule(
    "VAL-019",
    Severity.WARNING,
    "« nd » sans explication.",
    "Dites en commentaire pourquoi la donnée manque et quand elle sera disponible.",
)
def unavailable_without_comment(rows: pd.DataFrame) -> pd.Series[bool]:
    """Une donnée est dite non disponible sans explication.

    Constat : la réponse est « nd » et le commentaire est vide. L’explication n’est demandée qu’une fois par cause : sur
        le total s’il est « nd », sinon sur la première modalité « nd » de la ventilation. Un commentaire sur la ligne
        du total vaut pour toutes ses modalités.
    Pourquoi : la coordination doit savoir s’il faut attendre, relancer ou renoncer.
    Exemple : « nd » sur le nombre de bénéficiaires ; un total connu dont les quatre tranches d’âge sont « nd ».
    Correction : « export prévu en mars » en commentaire, sur cette ligne ou sur celle du total.
    """
    asked = rows["grandeur"].isin([Quantity.VALUE, Quantity.BASELINE])
    unavailable = asked & rows["reponse"].eq(AnswerKind.NOT_AVAILABLE)
    if not unavailable.any():
        return ~unavailable
    explained = rows["explication"].ne("") | rows["source"].ne("")
    settled = explained | _of_total(rows, unavailable | (asked & explained))
    return ~unavailable | settled | ~_first_of_breakdown(rows, unavailable)


@rule(
    "VAL-020",
    Severity.WARNING,
    "« {typed} » n’est pas une réponse.",
    "Remplacez-le par un texte, ou par nd si vous n’avez pas l’information.",
)
def placeholder_left(rows: pd.DataFrame) -> pd.Series[bool]:
    """Un texte d’attente est resté dans la cellule.

    Constat : une réponse en texte ne contient qu’un signe ou une formule d’attente.
    Pourquoi : elle serait publiée telle quelle.
    Exemple : « à compléter », « ??? », « xxx ».
    Correction : le texte voulu, ou nd.
    """
    asked = rows["attendu"].eq("texte") & rows["texte"].ne("")
    return ~(asked & rows["texte"].str.fullmatch(PLACEHOLDER)) if asked.any() else ~asked


@rule(
    "VAL-021",
    Severity.WARNING,
    "Le texte de cette ligne contient {personal}.",
    "Retirez-le : aucun nom ni coordonnée de personne ne doit figurer dans le classeur.",
    beside=True,
)
def personal_data(rows: pd.DataFrame) -> pd.Series[bool]:
    """Un texte contient une donnée personnelle.

    Constat : un commentaire ou une réponse contient ce qui ressemble à une adresse électronique, à un numéro de
        téléphone ou à un numéro de sécurité sociale. Le rapport ne le recopie pas.
    Pourquoi : les classeurs circulent entre partenaires et certains sont publiés (RGPD).
    Exemple : « voir avec prenom.nom@exemple.fr ».
    Correction : écrivez « voir avec le service » et retirez la coordonnée.
    """
    return rows["libre"].map(lambda text: not personal_kinds(text)).astype(bool)


@rule(
    "VAL-023",
    Severity.WARNING,
    "La ligne {the_line} n’a pas de réponse, mais son commentaire en est une : « {comment} ».",
    "Tapez-la dans la colonne de la réponse.",
    covers=(line_unanswered,),
)
def answer_in_comment(rows: pd.DataFrame) -> pd.Series[bool]:
    """La réponse est dans la colonne du commentaire.

    Constat : la réponse est vide et le commentaire n’est qu’un nombre. Il n’est pas pris pour la réponse.
    Pourquoi : la colonne a sans doute été collée à côté de sa place.
    Exemple : rien en « Valeur », « 61 » en « Commentaire ».
    Correction : déplacez le nombre dans la colonne « Valeur ».
    """
    asked = rows["attendu"].eq("nombre") & rows["grandeur"].isin([Quantity.VALUE, Quantity.BASELINE])
    alone = asked & rows["reponse"].eq(AnswerKind.BLANK) & rows["commentaire"].ne("")
    return ~rows["commentaire"].where(alone, "").map(_is_number).astype(bool) if alone.any() else ~alone


@rule(
    "VAL-022",
    Severity.WARNING,
    "{read} est hors des années du contrat ou de la campagne : on attend {likely}.",
    "Vérifiez l’année ; si elle est juste, écrivez-la en commentaire.",
    beside=True,
)
def unlikely_date(rows: pd.DataFrame) -> pd.Series[bool]:
    """Une date est hors des années du contrat ou de la campagne.

    Constat : une action commence avant l’année où commence le contrat ou après sa fin, ou finit avant qu’il commence ou
        après l’année où il finit ; l’année d’une référence ou d’une cible est plus de quinze ans avant le contrat, ou
        après la campagne (référence) ou le contrat (cible). La date est gardée. Rien n’est demandé si le commentaire
        cite cette année.
    Pourquoi : c’est presque toujours une année mal saisie, une date de naissance, ou un calendrier décalé (STR-039).
    Exemple : « 01/03/2201 », « 01/03/0202 ».
    Correction : corrigez l’année ; ou confirmez-la en commentaire, par exemple « engagée en 2015 ».
    """
    import pandas as pd

    likely = rows["jour"].eq("") | rows["jour"].ge(rows["premier_jour"]) & rows["jour"].le(rows["dernier_jour"])
    if likely.all():
        return likely
    told = [day[:4] in text for day, text in zip(rows["jour"], rows["explication"], strict=True)]
    return likely | pd.Series(told, index=rows.index, dtype=bool)


VALUE_RULES: dict[str, tuple[Rule[pd.DataFrame, pd.Series[bool]], ...]] = {
    "nombre": (not_whole, out_of_bounds, implausible_value, share_for_percent),
    "reponse": (line_unanswered, answer_in_comment, unavailable_without_comment, unlikely_date),
    "texte": (placeholder_left,),
    "libre": (personal_data,),
}
"""The column that each constraint stands on."""


def speaks_of_percents(text: str) -> bool:
    """Whether the comment on an action, which may be about anything, is about a percentage."""
    return bool(re.search(r"%|pour ?cent", text, re.IGNORECASE))


def personal_kinds(text: str) -> tuple[str, ...]:
    """The kinds of personal data that `text` seems to hold."""
    return tuple(kind for kind, pattern in PERSONAL.items() if pattern.search(text)) if text.strip() else ()


def _is_number(text: str) -> bool:
    return bool(text) and isinstance(number_in(text), float)


def _within_bounds(rows: pd.DataFrame) -> pd.Series[bool]:
    return ~rows["nombre"].lt(rows["minimum"]) & ~rows["nombre"].gt(rows["maximum"])


def _share_for_percent(rows: pd.DataFrame) -> pd.Series[bool]:
    """Percentages that look like shares of 1. A line may be expected that low; the progress of an action never is."""
    size, of_a_line = rows["nombre"].abs(), rows["grandeur"].ne("")
    below = rows["pourcentage"] & size.gt(0) & (size.lt(1) | (size.eq(1) & ~of_a_line))
    from_low = rows["nombre"].ge(rows["plausible_minimum"]) & rows["plausible_minimum"].gt(0)
    return below & ~from_low & ~rows["plausible_maximum"].le(1)


def _of_total(rows: pd.DataFrame, true_of: pd.Series[bool]) -> pd.Series[bool]:
    """Whether the row is a category of a total whose own row is among `true_of`."""
    import pandas as pd

    totals = pd.MultiIndex.from_frame(rows.loc[true_of, [*ANSWER_SET, "ligne"]])
    wanted = pd.MultiIndex.from_frame(rows[ANSWER_SET].assign(ligne=rows["ligne"].str.split("/").str[0]))
    return pd.Series(wanted.isin(totals), index=rows.index) & rows["ventilation"].ne("")


def _first_of_breakdown(rows: pd.DataFrame, among: pd.Series[bool]) -> pd.Series[bool]:
    """Whether the row comes first, in the order of the framework, of those `among` of its measure and breakdown."""
    ranks = rows["rang"].where(among)
    measure = rows["ligne"].str.split("/").str[0]
    first = ranks.groupby([*(rows[name] for name in ANSWER_SET), measure, rows["ventilation"]]).transform("min")
    return ranks.eq(first)
