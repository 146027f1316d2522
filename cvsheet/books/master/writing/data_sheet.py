"""*Données*: every answer with its origin. All totals are formulas over this sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import MOST_LINKS, Book, put, put_formula, put_own_text
from cvsheet.books.kit.tables import (
    FIGURE,
    FIRST_ROW,
    LINK,
    last_in_sight,
    listing_style,
    number_format,
    put_file_link,
    put_link,
)
from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.data_places import DATA_SHEET
from cvsheet.books.master.data_seal import number_of
from cvsheet.books.master.decisions import DecisionKey
from cvsheet.books.master.writing.margin import start_noted_table
from cvsheet.books.master.writing.pillar_cells import Written
from cvsheet.figures.consolidation import Consolidated, fate, retained
from cvsheet.figures.contributions import ALONE, COUNTS, OWN_WEIGHT, READING, WEIGHT, Contribution
from cvsheet.figures.points import paired
from cvsheet.files.addresses import column_letters, quoted
from cvsheet.memoising import MOST
from cvsheet.model.data_rows import DataRow, FoundRows
from cvsheet.model.framework import Line
from cvsheet.model.long_table import other_remarks
from cvsheet.model.submission import Quantity
from cvsheet.schema.tables import load_table

COPIED = (
    "campagne", "partenaire", "ligne", "grandeur", "reponse", "texte", "saisie", "commentaire", "annee", "source",
    "fichier", "feuille", "cellule", "ecart",
)  # fmt: skip
SUBTITLE = (
    "Chaque réponse reçue, avec sa cellule d’origine. Pour essayer, changez « Valeur » ou « Compte » (0 : écartée) : "
    "tout le classeur suit. Un essai ne survit pas à la consolidation suivante ; pour garder un nombre, arbitrez."
)
NUMBERS = ("nombre", "retenu", "lecture")
LINKS_PER_ROW = 2
LONGEST_LINK = 256  # characters of a place in a file, the sign before it among them
NOT_SEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # kinds of characters, by Unicode
NOT_IN_LINKS = "#%\\"  # a name with one of these would lead elsewhere


@dataclass(frozen=True, slots=True)
class DataEntry:
    """One contribution, the line that it answers and the result that it went into."""

    line: Line
    one: Contribution
    result: Consolidated

    @property
    def weight(self) -> float:
        """Its weight; 1 for the only partner that answered."""
        return WEIGHT.value(ALONE.value(self.result.contributions, self.line.measure), self.one.weight or 0.0)


def write_data_sheet(book: Book, content: MasterContent) -> frozenset[DecisionKey]:
    """One row per answer that is not blank, line by line."""
    margin = start_noted_table(book, DATA_SHEET, "donnees", SUBTITLE, content.coordination, rows=content.data.rows)
    looks = _looks(book, content)
    answers = content.assessment.answers.records(content.data.order)
    for row, (given, answer) in enumerate(zip(_entries(content), answers, strict=True), start=FIRST_ROW):
        _write_answer(margin.sheet, content, row, answer, given, looks)
        margin.row(row, answer)
    rows, printed = max(1, content.data.rows), last_in_sight(margin.table.columns)  # the calculation is for the screen
    margin.sheet.print_area(0, 0, FIRST_ROW + rows - 1, printed)
    return margin.finish(rows)


def _entries(content: MasterContent) -> Iterator[DataEntry]:
    """What each row of the sheet shows, in their order."""
    for key in content.data.keys:
        result = content.consolidation.typed[key]
        for one in result.contributions:
            yield DataEntry(content.framework.line[key[1]], one, result)


@dataclass(frozen=True, slots=True)
class _Looks:
    """The columns of the sheet with their styles, made once: `by_measure` are those of numbers, by measure."""

    columns: tuple[tuple[str, Format], ...]  # name, style
    letters: Mapping[str, str]  # by name
    copied: tuple[str, ...]
    by_measure: Mapping[str, Format]
    link: Format
    linked: bool  # whether the rows lead to their lines and to the files


def _looks(book: Book, content: MasterContent) -> _Looks:
    columns = load_table("donnees").columns
    return _Looks(
        tuple((column.name, listing_style(book, column, wrap=False)) for column in columns),
        {column.name: column_letters(number) for number, column in enumerate(columns, start=1)},
        (*COPIED, *other_remarks()),
        {
            measure.code: book.style("cell", num_format=number_format(measure), **FIGURE)
            for measure in content.framework.measures
        },
        book.style("cell", font_color=LINK),
        linked=LINKS_PER_ROW * content.data.rows <= MOST_LINKS,
    )


class _CellsOfRow(dict[str, str]):
    """The names of the cells of a row, by column, each made when a formula asks for it."""

    def __init__(self, letters: Mapping[str, str], number: int) -> None:
        super().__init__()
        self._letters, self._number = letters, number

    def __missing__(self, name: str) -> str:
        self[name] = found = f"{self._letters[name]}{self._number}"
        return found


def _write_answer(
    sheet: Worksheet, content: MasterContent, row: int, answer: dict[str, Any], given: DataEntry, looks: _Looks
) -> None:
    key = f"{answer['campagne']}|{answer['ligne']}|{answer['grandeur']}"
    values: dict[str, Any] = {name: answer[name] for name in looks.copied}
    values["annee"] = None if answer["annee"] != answer["annee"] else answer["annee"]  # NaN is not itself
    values["nombre"] = number_of(answer)
    values["compte"] = 0 if answer["ecart"] else 1
    values["devenir"] = _fate(content, given, answer["ecart"])
    values["mesure"], values["ventilation"] = given.line.measure.title, given.line.label
    values["rang"] = given.one.rank + 1
    values["ordre"] = row - FIRST_ROW + 1
    values["cle"], values["cle_partenaire"] = key, f"{key}|{answer['partenaire']}"
    cells = _CellsOfRow(looks.letters, row + 1)
    placed = content.data.placed(answer["campagne"], given.line.code, Quantity(answer["grandeur"]), row)
    formulas = _formulas(content, DataRow(cells, content.data.column, placed), given, answer)
    source = file_link(content.root, answer) if looks.linked else ""
    for position, (name, plain) in enumerate(looks.columns):
        style = looks.by_measure[given.line.measure.code] if name in NUMBERS else plain
        if name in formulas:
            formula, value = formulas[name]
            put_formula(sheet, row, position, formula, value, style)
        elif name == "mesure" and looks.linked and given.line.code in content.place:
            put_link(sheet, row, position, values["mesure"], content.place[given.line.code], looks.link)
        elif name == "cellule" and source:
            put_file_link(sheet, row, position, answer["cellule"], source, looks.link)
        elif name == "cle_partenaire":
            put_own_text(sheet, row, position, values[name], style)
        else:
            put(sheet, row, position, values.get(name), style)


def file_link(root: str, answer: Mapping[str, Any]) -> str:
    """The way from the master to the cell that an answer was read from; empty where there is none that surely works."""
    way, cell = _way_to(root, str(answer["fichier"]), str(answer["feuille"])), str(answer["cellule"])
    if not (way and cell) or any(mark in cell for mark in NOT_IN_LINKS) or not _is_plain(cell):
        return ""
    return f"{way}{cell}" if len(f"{way}{cell}") <= LONGEST_LINK else ""


@lru_cache(maxsize=MOST)
def _way_to(root: str, file: str, sheet: str) -> str:
    """The same up to the cell."""
    steps, place = PurePosixPath(file).parts, f"{quoted(sheet)}!"
    sure = root and steps and ".." not in steps and not PurePosixPath(file).is_absolute() and ":" not in file
    if not sure or any(mark in f"{root}{file}{place}" for mark in NOT_IN_LINKS) or not _is_plain(place):
        return ""
    way = _as_address(str(PurePosixPath(root) / file))
    return f"{way}#{place}" if way else ""


def _as_address(way: str) -> str:
    """`way` as links write it where it holds what acts, hides or is no character (else XlsxWriter sees to it); a byte
    that is no text, in a name from an old archive, stays that byte. Empty where no address says it."""
    if _is_plain(way):
        return way
    try:
        return quote(way.encode("utf-8", "surrogateescape"), safe="/().,'&+=@!~")
    except UnicodeEncodeError:
        return ""


def _is_plain(text: str) -> bool:
    """Whether every character of `text` is one that is seen, or a space."""
    return not any(unicodedata.category(char) in NOT_SEEN for char in text)


def _fate(content: MasterContent, given: DataEntry, rule: str) -> str:
    """What became of the answer, in French."""
    told = fate(content.framework, given.line.code, given.result, given.one)
    return told if given.one.kept else f"{told} : règle {rule}"


def _formulas(content: MasterContent, row: DataRow, given: DataEntry, answer: Mapping[str, Any]) -> dict[str, Written]:
    """The computed columns of a row with their values; a line leaves out those that its aggregation does not need."""
    measure, cell = given.line.measure, row.cell
    weighed = measure.method.weighed
    found: dict[str, Written] = {
        "repond": (COUNTS.formula(cell), COUNTS.value(given.one)),
        "lecture": (READING.formula(cell), READING.value(given.one)),
    }
    if measure.is_text or not measure.method.gathers:
        return found
    if weighed:
        found["poids"] = (_weight_formula(content, row, given, answer), given.weight)
    number = retained(content.framework, given.line.code, given.result, given.one)
    found["retenu"] = (_kept_formula(row, given.line), number)
    if weighed:
        product = None if number is None else number * given.weight
        found["produit"] = (f'=IF(ISNUMBER({cell["retenu"]}),{cell["retenu"]}*{cell["poids"]},"")', product)
    return found


def _kept_formula(row: DataRow, line: Line) -> str:
    """What goes into the value. A producer alone needs no comparison with others."""
    method, number = line.measure.method, row.cell["nombre"]
    alone = not line.measure.is_shared and not method.weighed
    condition = "" if alone else method.kept_row(row)
    kept = f'IF({condition},{number},"")' if condition else number
    return f'=IF({row.cell["repond"]}=1,{kept},"")'


def _weight_formula(content: MasterContent, row: DataRow, given: DataEntry, answer: Mapping[str, Any]) -> str:
    """Of the partner's own answer to the measure that weighs, where it stands or as it is searched by its key."""
    cell, data, measure = row.cell, content.data, given.line.measure
    weigher = paired(content.framework, measure.weight, given.line)
    key = f'{cell["campagne"]}&"|{weigher}|"&{cell["grandeur"]}&"|"&{cell["partenaire"]}'
    match = f"MATCH({key},{data.column('cle_partenaire')},0)"
    found = {name: f"INDEX({data.column(name)},{match})" for name in ("nombre", "repond")}
    alone = ALONE.found(FoundRows(data.column, f"{data.column('cle')},{cell['cle']},"), measure)
    searched = WEIGHT.formula(alone, f"IFERROR({OWN_WEIGHT.formula(found)},0)")
    if row.placed is None:
        return f"={searched}"
    theirs = data.answer_of(answer["campagne"], weigher, answer["grandeur"], given.one.partner)
    own = "0" if theirs is None else OWN_WEIGHT.formula({name: data.cell(name, theirs) for name in found})
    return "=" + row.placed.else_search(
        WEIGHT.formula(ALONE.found(FoundRows(row.placed.block), measure), own), searched
    )
