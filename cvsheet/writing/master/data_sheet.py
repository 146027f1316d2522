"""*Données*: every answer with its origin. All totals are formulas over this sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from xlsxwriter.worksheet import Worksheet

from cvsheet.cells import cell_name
from cvsheet.consolidation.aggregation import Consolidated, Contribution, paired
from cvsheet.framework import Aggregation
from cvsheet.tables import load_table
from cvsheet.writing.book import Book, put, put_formula
from cvsheet.writing.master.content import DATA_SHEET, FIRST_ROW, HEADER_ROW, MasterContent, spread_columns
from cvsheet.writing.master.tables import listing_style, number_format, start_table

COPIED = (
    "campagne", "partenaire", "ligne", "grandeur", "reponse", "texte", "saisie", "commentaire", "annee", "source",
    "fichier", "feuille", "cellule", "ecart",
)  # fmt: skip
SUBTITLE = (
    "Chaque réponse reçue, avec sa cellule d’origine. Les colonnes « Répond » à « Valeur × poids » sont calculées ; "
    "« Compte » vaut 0 pour une réponse écartée."
)


def write_data_sheet(book: Book, content: MasterContent) -> Worksheet:
    """One row per answer that is not blank, in the order of the files."""
    table = load_table("donnees")
    sheet = start_table(book, DATA_SHEET, spread_columns("donnees", ()), table.title, SUBTITLE)
    frame = content.assessment.frame
    given = _contributions(content)
    answers = (
        (number, answer)
        for number, answer in enumerate(cast("list[dict[str, Any]]", frame.to_dict("records")))
        if answer["reponse"] != "vide"
    )
    for row, (number, answer) in enumerate(answers, start=FIRST_ROW):
        _write_answer(book, sheet, content, row, answer, given.get(number))
    last = FIRST_ROW + max(1, content.data_rows) - 1
    sheet.autofilter(HEADER_ROW, 0, last, len(table.columns) - 1)
    return sheet


@dataclass(frozen=True, slots=True)
class _Given:
    """One contribution, and the result that it went into."""

    one: Contribution
    result: Consolidated

    @property
    def first(self) -> bool:
        """Whether no earlier producer answered."""
        return not any(other.counts and other.rank < self.one.rank for other in self.result.contributions)

    @property
    def weight(self) -> float:
        """Its weight; 1 for the only partner that answered."""
        alone = sum(other.counts for other in self.result.contributions) == 1
        return 1.0 if alone else (self.one.weight or 0.0)


def _contributions(content: MasterContent) -> dict[int, _Given]:
    """Row of the long table -> what consolidation made of it."""
    results = content.consolidation.typed.values()
    return {one.row: _Given(one, result) for result in results for one in result.contributions}


def _write_answer(
    book: Book, sheet: Worksheet, content: MasterContent, row: int, answer: dict[str, Any], given: _Given | None
) -> None:
    values: dict[str, Any] = {name: answer[name] for name in COPIED}
    values["cle"] = f"{answer['campagne']}|{answer['ligne']}|{answer['grandeur']}"
    values["annee"] = None if answer["annee"] != answer["annee"] else answer["annee"]  # NaN is not itself
    values["nombre"] = answer["nombre"] if answer["reponse"] == "nombre" else None
    values["compte"] = 0 if answer["ecart"] else 1
    values["rang"] = given.one.rank + 1 if given else None
    formulas = _formulas(content, row, answer["ligne"], given)
    line = content.framework.line.get(answer["ligne"])
    for position, column in enumerate(load_table("donnees").columns):
        style = listing_style(book, column)
        if column.name in ("nombre", "retenu") and line is not None:
            style = book.style("cell", num_format=number_format(line.measure))
        if column.name in formulas:
            formula, value = formulas[column.name]
            put_formula(sheet, row, position, formula, value, style)
        else:
            put(sheet, row, position, values.get(column.name), style)


def _formulas(content: MasterContent, row: int, code: str, given: _Given | None) -> dict[str, tuple[str, float | str]]:
    """The computed columns of a row with their values; a line leaves out those that its aggregation does not need."""
    cell = {column.name: cell_name(row + 1, n) for n, column in enumerate(load_table("donnees").columns, start=1)}
    counts = given is not None and given.one.counts
    found: dict[str, tuple[str, float | str]] = {
        "repond": (f"=IF(AND({cell['compte']}=1,ISNUMBER({cell['nombre']})),1,0)", int(counts))
    }
    line = content.framework.line.get(code)
    if line is None or given is None:
        return found
    number = given.one.number if counts and given.one.number is not None else None
    found["retenu"] = _kept(content, cell, line.measure.aggregation, given, number)
    if line.measure.aggregation is Aggregation.WEIGHTED_MEAN:
        found["poids"] = (_weight_formula(content, code, cell), given.weight)
        product = "" if number is None else number * given.weight
        found["produit"] = (f'=IF({cell["repond"]}=1,{cell["nombre"]}*{cell["poids"]},"")', product)
    return found


def _kept(
    content: MasterContent, cell: dict[str, str], aggregation: Aggregation, given: _Given, number: float | None
) -> tuple[str, float | str]:
    """What goes into the total: of a single source, the answer of the first producer that gave one."""
    value: float | str = "" if number is None else number
    if aggregation is not Aggregation.SINGLE_SOURCE:
        return f'=IF({cell["repond"]}=1,{cell["nombre"]},"")', value
    earlier = (
        f"COUNTIFS({content.data_range('cle')},{cell['cle']},{content.data_range('repond')},1,"
        f'{content.data_range("rang")},"<"&{cell["rang"]})'
    )
    return f'=IF({cell["repond"]}=1,IF({earlier}=0,{cell["nombre"]},""),"")', value if given.first else ""


def _weight_formula(content: MasterContent, code: str, cell: dict[str, str]) -> str:
    """The same partner's answer to the measure that weighs; 1 for the only partner that answered."""
    line = content.framework.line[code]
    weigher = paired(content.framework, line.measure.weight, line)
    keys, counted = content.data_range("cle"), content.data_range("repond")
    key = f'{cell["campagne"]}&"|{weigher}|"&{cell["grandeur"]}'
    partners = f"{content.data_range('partenaire')},{cell['partenaire']}"
    own = f"MAX(0,SUMIFS({content.data_range('nombre')},{keys},{key},{partners},{counted},1))"
    return f"=IF(COUNTIFS({keys},{cell['cle']},{counted},1)=1,1,{own})"
