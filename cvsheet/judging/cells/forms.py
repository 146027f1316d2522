"""VAL-030 to VAL-032: answers that were understood although they were typed another way, for the record.

Each rule is a constraint on the column `forme`, the rows that keep it; its docstring is the public page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvsheet.judging.engine.rule import rule
from cvsheet.model.findings import Severity
from cvsheet.model.submission import Form

if TYPE_CHECKING:
    import pandas as pd


@rule("VAL-030", Severity.INFO, "« {typed} » a été lu {read}.")
def converted_text(cells: pd.DataFrame) -> pd.Series[bool]:
    """Un texte a été lu comme un nombre, une date ou un choix.

    Constat : la cellule contient un texte qui ne peut se lire que d’une façon ; les deux sont montrés.
    Pourquoi : « 1 234,5 », « 45 % » ou « 1 234 € » se comprennent sans doute possible.
    Exemple : « 1 234,5 » lu 1 234,5 ; « en cours » lu « En cours ».
    Correction : rien à faire si la lecture est juste.
    """
    return _no_form(cells, Form.CONVERTED)


@rule("VAL-031", Severity.INFO, "La cellule est au format pourcentage : « {typed} » a été lu {read}.")
def percent_cell(cells: pd.DataFrame) -> pd.Series[bool]:
    """Une cellule au format pourcentage a été lue en pour cent.

    Constat : Excel enregistre 0,125 et affiche 12,5 % ; c’est ce qui est affiché qui a été lu.
    Pourquoi : les lignes en pourcentage attendent 12,5 pour 12,5 %.
    Exemple : « 12,5 % » lu 12,5.
    Correction : rien à faire si la lecture est juste.
    """
    return _no_form(cells, Form.PERCENT_CELL)


@rule("VAL-032", Severity.INFO, "La cellule contient une formule ; son dernier résultat, {read}, a été lu.")
def formula_result(cells: pd.DataFrame) -> pd.Series[bool]:
    """Une cellule de réponse contient une formule.

    Constat : la valeur lue est le dernier résultat enregistré ; la formule n’est jamais recopiée.
    Pourquoi : une formule peut dépendre d’un fichier qui a changé depuis.
    Exemple : « =SOMME(B2:B9) ».
    Correction : rien à faire si la valeur est juste.
    """
    return _no_form(cells, Form.FORMULA)


def _no_form(cells: pd.DataFrame, form: Form) -> pd.Series[bool]:
    return cells["forme"].ne(form.value)
