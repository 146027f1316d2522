"""How much Excel takes of a formula. Of more, it "repairs" the workbook when it opens it, and the formula is gone.

Source: "Excel specifications and limits" in the help of Excel. LibreOffice takes more, and says nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xlsxwriter.worksheet import Worksheet

from cvsheet.errors import CvsheetError
from cvsheet.files.addresses import cell_name
from cvsheet.text.french import french_number, typeset

LONGEST_FORMULA = 8_192  # characters of a cell's formula, or of a name's
LONGEST_RULE = 255  # characters of a formula in a data validation or a conditional format
DEEPEST = 64  # levels of functions and brackets inside one another
MOST_ARGUMENTS = 255  # of one function
LONGEST_WORDS = 255  # characters of a text between quotes
_TOKEN = re.compile(r""""(?P<words>(?:[^"]|"")*)"|'(?:[^']|'')*'|[(),{}]""")


def refuse_formula(sheet: Worksheet, row: int, column: int, formula: str, longest: int = LONGEST_FORMULA) -> None:
    """CvsheetError where Excel would not take `formula` at 0-based `row`, `column` of `sheet`.

    Most formulas are short: what needs a closer look is told by counting.
    """
    if len(formula) <= LONGEST_RULE and formula.count("(") <= DEEPEST:
        return
    reason = beyond(formula, longest)
    if reason:
        place = f"La cellule {cell_name(row + 1, column + 1)} de la feuille « {sheet.name} »"
        raise CvsheetError(_refusal(place, reason))


def refuse_name(name: str, formula: str) -> None:
    """CvsheetError where Excel would not take `formula` for the defined name `name`."""
    reason = beyond(formula, LONGEST_FORMULA)
    if reason:
        raise CvsheetError(_refusal(f"Le nom « {name} »", reason))


def beyond(formula: str, longest: int) -> str:
    """What of `formula` is more than Excel takes, in words; empty where nothing is."""
    depth, arguments, words = _measured(_alike(formula))
    measures = (
        (len(formula), longest, "caractères"),
        (depth, DEEPEST, "niveaux de parenthèses"),
        (arguments, MOST_ARGUMENTS, "arguments d’une fonction"),
        (words, LONGEST_WORDS, "caractères entre guillemets"),
    )
    return next((f"{french_number(size)} {what}, {french_number(most)} au plus" for size, most, what in measures
                 if size > most), "")  # fmt: skip


def _alike(formula: str) -> str:
    """`formula` with 0 for every digit: those of neighbouring rows are one, measured once."""
    for digit in "123456789":
        formula = formula.replace(digit, "0")
    return formula


@lru_cache(maxsize=1_024)
def _measured(formula: str) -> tuple[int, int, int]:
    """Levels of brackets, arguments of the function that has most, characters of the longest text."""
    open_brackets: list[int] = []  # arguments so far of each, None being one; arrays in braces are one argument
    deepest = most = longest = braces = 0
    for token in _TOKEN.finditer(formula):
        sign = token[0]
        if sign == "(":
            open_brackets.append(1)
            deepest = max(deepest, len(open_brackets))
        elif sign == ")" and open_brackets:
            most = max(most, open_brackets.pop())
        elif sign in "{}":
            braces += 1 if sign == "{" else -1
        elif sign == "," and open_brackets and not braces:
            open_brackets[-1] += 1
        elif token["words"]:
            longest = max(longest, len(token["words"].replace('""', '"')))
    return deepest, most, longest


def _refusal(place: str, reason: str) -> str:
    return typeset(
        f"{place} aurait une formule qu’Excel n’accepte pas ({reason}) : rien n’a été écrit. Dans le classeur du "
        "contrat, réduisez ce dont elle dépend : ventilations d’une mesure, modalités d’une ventilation, producteurs, "
        "longueur des codes."
    )
