"""VAL-002 to VAL-014: answers typed in a way that cannot be read as what their cell wants.

Each rule is a constraint on the column `refus` (what was wanted and how it was typed, empty where the cell could be
read): the rows that keep it; its docstring is the public page. What could be read all the same is in `forms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvsheet.judging.engine.rule import rule
from cvsheet.model.findings import Severity
from cvsheet.model.submission import Form

if TYPE_CHECKING:
    import pandas as pd

ANY = ("nombre", "date", "liste", "texte")
NAMED = (Form.EXCEL_ERROR, Form.FORMULA_WITHOUT_VALUE)
UNREADABLE_FORMS = tuple(form for form in Form if list(Form).index(form) > list(Form).index(Form.FORMULA))


@rule(
    "VAL-002",
    Severity.ERROR,
    "« {typed} » n’est pas un nombre.{hint}",
    "{instead}",
    unreadable=True,
)
def not_a_number(cells: pd.DataFrame) -> pd.Series[bool]:
    """La réponse n’est pas un nombre.

    Constat : la cellule attend un nombre et contient autre chose. La valeur n’entre pas dans les totaux.
    Pourquoi : deviner un chiffre dans un texte, c’est l’inventer.
    Exemple : « une dizaine », « voir tableau », « - », « néant », « NC », « idem ».
    Correction : un nombre seul ; 0 si c’est zéro ; nd (non disponible), ns (secret statistique) ou so (sans objet). Le
        constat dit ce qui convient à ce qui a été tapé.
    """
    return _refused(cells, ("nombre",), Form.NOT_A_NUMBER)


@rule(
    "VAL-003",
    Severity.ERROR,
    "La cellule contient une date ({typed}) au lieu d’un nombre.",
    "Mettez la cellule au format « Nombre », puis ressaisissez la valeur.",
    unreadable=True,
)
def date_instead_of_number(cells: pd.DataFrame) -> pd.Series[bool]:
    """La cellule contient une date au lieu d’un nombre.

    Constat : la cellule attend un nombre et son contenu est une date. La valeur n’entre pas dans les totaux.
    Pourquoi : Excel change en date ce qui y ressemble : « 3-4 » devient le 3 avril.
    Exemple : « 12/5 » devenu « 12/05/2021 ».
    Correction : remettez la cellule au format « Nombre » et ressaisissez.
    """
    return _refused(cells, ("nombre",), Form.DATE)


@rule(
    "VAL-004",
    Severity.ERROR,
    "« {typed} » n’est pas une réponse ici.",
    "Saisissez la valeur elle-même ; « oui » ou une croix ne suffit pas.",
    unreadable=True,
)
def boolean_answer(cells: pd.DataFrame) -> pd.Series[bool]:
    """La cellule contient VRAI ou FAUX.

    Constat : la cellule attend un nombre ou une date et contient une valeur logique. Elle n’entre pas dans les totaux.
    Pourquoi : VRAI ne vaut pas 1.
    Exemple : une case à cocher ou une formule de comparaison.
    Correction : saisissez la valeur.
    """
    return _refused(cells, ("nombre", "date"), Form.BOOLEAN)


@rule(
    "VAL-005",
    Severity.ERROR,
    "La cellule affiche une erreur du tableur ({typed}).",
    "Remplacez la formule par la valeur.",
    unreadable=True,
)
def spreadsheet_error(cells: pd.DataFrame) -> pd.Series[bool]:
    """La cellule affiche une erreur du tableur.

    Constat : la cellule contient #N/A, #REF!, #DIV/0!, Err:508… La valeur n’entre pas dans les totaux.
    Pourquoi : la formule n’a pas pu être calculée ; une erreur n’est ni un zéro ni un blanc.
    Exemple : une division par une cellule vide.
    Correction : saisissez la valeur à la place de la formule.
    """
    return _refused(cells, ANY, Form.EXCEL_ERROR)


@rule(
    "VAL-006",
    Severity.ERROR,
    "La formule de cette cellule n’a jamais été calculée.",
    "Ouvrez le classeur, enregistrez-le et renvoyez-le, ou saisissez la valeur à la place de la formule.",
    correction="Saisissez la valeur à la place de la formule.",
    unreadable=True,
)
def formula_without_value(cells: pd.DataFrame) -> pd.Series[bool]:
    """Une formule n’a pas de résultat enregistré.

    Constat : la cellule contient une formule sans valeur, ou avec le zéro qu’un programme écrit à sa place dans un
        classeur qu’aucun tableur n’a encore calculé. La réponse n’entre pas dans les totaux.
    Pourquoi : le classeur a été écrit par un programme qui ne calcule pas ; cvsheet ne calcule pas à sa place.
    Exemple : un export d’un logiciel métier.
    Correction : ouvrez et enregistrez le classeur dans Excel ou LibreOffice.
    """
    return _refused(cells, ANY, Form.FORMULA_WITHOUT_VALUE)


@rule(
    "VAL-007",
    Severity.ERROR,
    "« {typed} » est une valeur approchée.",
    "Saisissez le nombre seul et notez « estimation » en commentaire, ou saisissez nd.",
    unreadable=True,
)
def approximate_value(cells: pd.DataFrame) -> pd.Series[bool]:
    """La valeur est donnée à peu près.

    Constat : la cellule contient « environ », « env. », « ~ »… La valeur n’entre pas dans les totaux.
    Pourquoi : on ne sait pas si le chiffre a été compté ou deviné ; c’est au partenaire de trancher.
    Exemple : « env. 20 ».
    Correction : « 20 », et « estimation » en commentaire.
    """
    return _refused(cells, ("nombre",), Form.APPROXIMATE)


@rule(
    "VAL-008",
    Severity.ERROR,
    "« {typed} » donne deux valeurs au lieu d’une.",
    "Saisissez une seule valeur ; l’intervalle peut aller en commentaire.",
    unreadable=True,
)
def range_of_values(cells: pd.DataFrame) -> pd.Series[bool]:
    """La réponse est un intervalle.

    Constat : la cellule contient deux nombres. La valeur n’entre pas dans les totaux.
    Pourquoi : un total ne peut pas être fait d’intervalles.
    Exemple : « 20-25 », « 10 ou 12 ».
    Correction : la meilleure valeur connue, l’intervalle en commentaire.
    """
    return _refused(cells, ("nombre",), Form.RANGE)


@rule(
    "VAL-009",
    Severity.ERROR,
    "« {typed} » est une comparaison et non une valeur.",
    "Saisissez le nombre exact ; s’il est couvert par le secret statistique, saisissez ns.",
    unreadable=True,
)
def comparison(cells: pd.DataFrame) -> pd.Series[bool]:
    """La réponse est une comparaison.

    Constat : la cellule contient « < », « > », « plus de », « moins de ». La valeur n’entre pas dans les totaux.
    Pourquoi : « moins de 5 » ne s’additionne pas.
    Exemple : « < 5 ».
    Correction : le nombre exact, ou ns s’il ne peut être communiqué.
    """
    return _refused(cells, ("nombre",), Form.COMPARISON)


@rule(
    "VAL-010",
    Severity.ERROR,
    "« {typed} » peut se lire de deux façons.",
    "Saisissez le nombre avec une virgule pour les décimales et sans séparateur de milliers.",
    unreadable=True,
)
def ambiguous_number(cells: pd.DataFrame) -> pd.Series[bool]:
    """Le nombre peut se lire de deux façons.

    Constat : le point et la virgule se mélangent. La valeur n’entre pas dans les totaux.
    Pourquoi : « 1,234 » vaut 1,234 en France et 1 234 ailleurs.
    Exemple : « 1,234.5 ».
    Correction : « 1234,5 ».
    """
    return _refused(cells, ("nombre",), Form.AMBIGUOUS)


@rule(
    "VAL-011",
    Severity.ERROR,
    "« {typed} » n’est pas dans l’unité de la ligne.",
    "Convertissez la valeur dans l’unité demandée et saisissez le nombre seul.",
    unreadable=True,
)
def other_unit(cells: pd.DataFrame) -> pd.Series[bool]:
    """La valeur est donnée dans une autre unité.

    Constat : la cellule contient une autre unité que celle de la ligne, ou son format en montre une autre : des % ou
        des € sur une ligne en k€, un nombre sans ses milliers. La valeur n’entre pas dans les totaux.
    Pourquoi : convertir à la place du partenaire risque de multiplier ou diviser son chiffre par mille.
    Exemple : « 12 k€ » pour une ligne en euros, « 45 % » pour un nombre de personnes.
    Correction : « 12000 ».
    """
    return _refused(cells, ("nombre",), Form.OTHER_UNIT)


@rule(
    "VAL-012",
    Severity.ERROR,
    "« {typed} » n’est pas une date.{hint}",
    "Saisissez la date en jj/mm/aaaa, par exemple 31/12/2021.",
    unreadable=True,
)
def not_a_date(cells: pd.DataFrame) -> pd.Series[bool]:
    """La cellule attend une date.

    Constat : le contenu ne se lit pas comme un jour précis, ou ce jour n’existe pas.
    Pourquoi : « mars » ou « 2021 » ne permet pas de situer l’action.
    Exemple : « 31/02/2021 », « printemps ».
    Correction : un jour précis en jj/mm/aaaa.
    """
    forms = [form for form in UNREADABLE_FORMS if form not in (*NAMED, Form.BOOLEAN, Form.AMBIGUOUS)]
    return _refused(cells, ("date",), *forms)


@rule(
    "VAL-013",
    Severity.ERROR,
    "« {typed} » peut se lire comme plusieurs dates.",
    "Saisissez l’année en quatre chiffres : jj/mm/aaaa.",
    unreadable=True,
)
def ambiguous_date(cells: pd.DataFrame) -> pd.Series[bool]:
    """La date peut se lire de plusieurs façons.

    Constat : l’année est écrite en deux chiffres.
    Pourquoi : « 01/03/21 » peut être le 1er mars 2021 ou le 21 mars 2001.
    Exemple : « 01/03/21 ».
    Correction : « 01/03/2021 ».
    """
    return _refused(cells, ("date",), Form.AMBIGUOUS)


@rule(
    "VAL-014",
    Severity.ERROR,
    "« {typed} » n’est pas dans la liste.{hint}",
    "Choisissez dans la liste : {allowed}.",
    unreadable=True,
)
def not_in_list(cells: pd.DataFrame) -> pd.Series[bool]:
    """La réponse n’est pas dans la liste proposée.

    Constat : la cellule attend un choix de la liste et contient autre chose.
    Pourquoi : les états doivent pouvoir être comptés et comparés.
    Exemple : « terminée » au lieu de « Réalisée ».
    Correction : choisissez dans la liste déroulante.
    """
    return _refused(cells, ("liste",), *(form for form in UNREADABLE_FORMS if form not in NAMED))


@rule(
    "VAL-024",
    Severity.ERROR,
    "La cellule contient une heure ou une durée ({typed}) au lieu d’un nombre.",
    "Mettez la cellule au format « Nombre » et saisissez un nombre : 12,5 pour 12 h 30.",
    unreadable=True,
)
def clock_instead_of_number(cells: pd.DataFrame) -> pd.Series[bool]:
    """La cellule contient une heure ou une durée au lieu d’un nombre.

    Constat : la cellule attend un nombre et contient une heure ou une durée. La valeur n’entre pas dans les totaux.
    Pourquoi : pour le tableur, 12:30 vaut 0,52 jour ; on ne sait pas si ce sont des heures ou des minutes.
    Exemple : « 12:30 », « 1 h 30 », « 1234:00 ».
    Correction : un nombre dans l’unité de la ligne, par exemple 12,5 heures.
    """
    return _refused(cells, ("nombre",), Form.CLOCK)


@rule(
    "VAL-025",
    Severity.ERROR,
    "{typed} est trop grand : un tableur ne garde que 15 chiffres.",
    "Vérifiez le nombre et son unité.",
    unreadable=True,
)
def number_too_large(cells: pd.DataFrame) -> pd.Series[bool]:
    """Le nombre a plus de 15 chiffres.

    Constat : la valeur compte plus de 15 chiffres avant la virgule. Elle n’entre pas dans les totaux.
    Pourquoi : au-delà, un tableur arrondit sans le dire et les sommes sont fausses.
    Exemple : « 1 000 000 000 000 000 », un identifiant tapé à la place d’une valeur.
    Correction : la valeur elle-même, dans l’unité de la ligne.
    """
    return _refused(cells, ("nombre",), Form.TOO_LARGE)


def _refused(cells: pd.DataFrame, wanted: tuple[str, ...], *forms: Form) -> pd.Series[bool]:
    """No cell that wants one of `wanted` is typed in one of `forms`."""
    return ~cells["refus"].isin([f"{kind} {form.value}" for kind in wanted for form in forms])
