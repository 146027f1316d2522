"""One cell of the grid to one entry: the answer that is wanted there, how it was typed, and the raw text.

There is one function per wanted kind: number (a year is one), text, date, choice. None of them judges or raises: what
is no answer becomes UNREADABLE with the form that tells a rule what to say. `nd`, `ns`, `so` are answers everywhere but
in comments. Never read as 0 or as a reason, so that a rule asks: ``-``, ``/``, ``?``, ``n/a``, ``néant``, ``aucun``,
``zéro``, ``oui``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from math import isfinite

from cvsheet.files.addresses import cell_name
from cvsheet.files.grid.conversion import days_of_duration, number
from cvsheet.files.grid.model import Cell, CellKind
from cvsheet.files.grid.number_formats import SCALES
from cvsheet.model.submission import BLANK, Answer, AnswerKind, Entry, Form
from cvsheet.schema.tables import fold
from cvsheet.text.amounts import money_sign
from cvsheet.text.french import french_date, french_digits, french_number
from cvsheet.text.numerals import HYPHENS, as_typed, is_percent, legible, number_in, plain, reason_in, rounded, units_of

BEYOND = 1e15  # a text has at most 15 digits before its comma; sums of greater numbers lose units, or have no value
UNREADABLE = Answer(AnswerKind.UNREADABLE)

_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre")
_MONTH = {name: number for number, name in enumerate((*_MONTHS, "decembre"), start=1)}
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[t ]00:00(?::00)?)?", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
_WRITTEN_OUT = re.compile(r"#[\w/!?]{2,8}|Err ?: ?\d+|VRAI|FAUX|=.*", re.IGNORECASE | re.DOTALL)
_LEFT_BY_PROGRAMS = (Form.EXCEL_ERROR, Form.BOOLEAN, Form.FORMULA_WITHOUT_VALUE)
_TIME_ALONE = re.compile(r"\d\d:\d\d")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'|\[[^\]]*\]')
_LOGICAL = re.compile(
    r"\s*(?:TRUE|FALSE|VRAI|FAUX|AND|OR|XOR|NOT|ET|OU|NON|EXACT|IS[A-Z]+|EST[A-Z.]+)\s*\(", re.IGNORECASE
)
_OPERATOR = re.compile(r"[+*/^&-]")
_LINKED_FILE = re.compile(r"'?file:[^'#]*'?#?", re.IGNORECASE)


def read_number(cell: Cell | None, measure_type: str = "nombre", unit: str = "", at: str = "") -> Entry:
    """A number in the unit of its line; `measure_type` as in the canonical workbook (nombre, pourcentage, montant...).

    0.125 in a cell that Excel shows as 12,5 % is 12.5 on a line in percents, and refused on one in ‰ or persons.
    `at` names the cell where there is none.
    """
    if cell is None or cell.kind is CellKind.TEXT:
        return _number_in_text(cell, units_of(measure_type, unit), at)
    if cell.kind is not CellKind.NUMBER or not isinstance(cell.value, int | float) or not isfinite(cell.value):
        return _no_number(cell)
    if _is_truth(cell):
        return _entry(cell, UNREADABLE, Form.BOOLEAN)
    if cell.percent and not is_percent(measure_type, unit):
        return _entry(cell, UNREADABLE, Form.OTHER_UNIT)
    value = rounded(cell.value * 100 if cell.percent else cell.value)
    if not abs(value) < BEYOND:
        return _entry(cell, UNREADABLE, Form.TOO_LARGE)
    return _entry(cell, Answer(AnswerKind.NUMBER, value), Form.PERCENT_CELL if cell.percent else Form.PLAIN)


def read_as_shown(cell: Cell | None, measure_type: str, unit: str, at: str = "") -> Entry:
    """The same of a cell that a partner typed or pasted: refused where its format shows another number, 1 235 for
    1 234 567 (« #,##0, »), or another money than that of an amount, € on a line in k€. On a line that is no amount, a
    sign of money is a leftover."""
    entry, sign = read_number(cell, measure_type, unit, at), money_sign(unit) if measure_type == "montant" else ""
    seen = cell.shown_in if cell is not None and entry.answer.kind is AnswerKind.NUMBER else ""
    if cell is None or (seen not in SCALES and not (seen and sign and seen != sign)):
        return entry
    return replace(entry, answer=UNREADABLE, form=Form.OTHER_UNIT, raw=_in_unit(cell))


def read_text(cell: Cell | None, at: str = "", *, reasons: bool = True) -> Entry:
    """A text, trimmed; numbers, dates and booleans as they look. Without `reasons` nd, ns, so are words (comments)."""
    if cell is None or is_blank(cell):
        return _blank(cell, at)
    if cell.kind in (CellKind.ERROR, CellKind.MISSING):
        return _no_number(cell)
    text = shown(cell).strip()
    if reasons and _unusable(cell) is Form.EXCEL_ERROR:
        return _entry(cell, UNREADABLE, Form.EXCEL_ERROR)
    reason = reason_in(text) if reasons and cell.kind is CellKind.TEXT else None
    return _entry(cell, Answer(reason) if reason else Answer(AnswerKind.TEXT, text=text), Form.PLAIN)


def read_date(cell: Cell | None, at: str = "") -> Entry:
    """A day, also as text where it is one for any French reader: 01/03/2021, 1er mars 2021, 2021-03-01.

    Refused: 01/03/21 (which century, which order?), a bare number, a month without its day.
    """
    if cell is None or is_blank(cell):
        return _blank(cell, at)
    if cell.kind is CellKind.DATE and isinstance(cell.value, datetime) and _hours(cell) is None:
        return _entry(cell, _day(cell.value.date()), Form.PLAIN)
    if cell.kind is not CellKind.TEXT:
        return _no_number(cell)
    if form := _unusable(cell):
        return _entry(cell, UNREADABLE, form)
    return _date_in_text(cell, plain(cell.raw))


def _date_in_text(cell: Cell, words: str) -> Entry:
    if reason := reason_in(words):
        return _entry(cell, Answer(reason), Form.PLAIN)
    day = day_in(cell.raw)
    if day is not None:
        return _entry(cell, _day(day), Form.CONVERTED)
    return _entry(cell, UNREADABLE, Form.AMBIGUOUS if _SHORT_YEAR.fullmatch(words) else Form.NOT_A_NUMBER)


def read_choice(cell: Cell | None, choices: Sequence[str], at: str = "") -> Entry:
    """One of `choices`, whatever its case, accents and spaces; the answer holds it as the list writes it."""
    if cell is None or is_blank(cell):
        return _blank(cell, at)
    if cell.kind is not CellKind.TEXT:
        return _no_number(cell)
    if form := _unusable(cell):
        return _entry(cell, UNREADABLE, form)
    if reason := reason_in(cell.raw):
        return _entry(cell, Answer(reason), Form.PLAIN)
    typed = fold(cell.raw)
    for choice in choices:
        if typed and fold(choice) == typed:
            form = Form.PLAIN if cell.raw.strip() == choice else Form.CONVERTED
            return _entry(cell, Answer(AnswerKind.TEXT, text=choice), form)
    return _entry(cell, UNREADABLE, Form.NOT_A_NUMBER)


def day_in(text: str) -> date | None:
    """The day that `text` names in full, day before month as in French; None for anything else."""
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        return None  # a footnote call: 1/3/202¹ is no day of 2021
    words = HYPHENS.sub("-", plain(as_typed(text)))
    if match := _DAY_FIRST.fullmatch(words):
        day, month, year = match[1], match[3], match[4]
    elif match := _YEAR_FIRST.fullmatch(words):
        year, month, day = match.groups()
    elif (match := _IN_WORDS.fullmatch(words)) and match[2] in _MONTH:
        day, month, year = match[1], str(_MONTH[match[2]]), match[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # the 31st of February
        return None


def is_blank(cell: Cell | None) -> bool:
    """Whether nothing shows in `cell`: no cell, spaces and invisible characters only, the apostrophe that makes a text,
    or a formula that gives ""."""
    if cell is None:
        return True
    return cell.kind is CellKind.TEXT and not cell.raw[:1].isalnum() and not as_typed(cell.raw)


def shown(cell: Cell) -> str:
    """The content of `cell` as text, about as the partner sees it; a formula without its value as the formula."""
    value = cell.value
    if cell.kind is CellKind.MISSING:
        return _LINKED_FILE.sub("[…]", f"={cell.formula}")  # no path of the partner's disk goes further
    if _is_truth(cell):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        digits = french_digits(rounded(value * 100 if cell.percent else value))
        return f"{digits}\u00a0%" if cell.percent else digits
    if isinstance(value, datetime):
        hours = _hours(cell)
        return french_date(value) if hours is None else hours
    return legible(cell.raw)


def _in_unit(cell: Cell) -> str:
    """A number as its format shows it: ``1 235 k€``, ``1 235 k`` for 1 234 567 in thousands."""
    value = cell.value if isinstance(cell.value, int | float) else 0.0
    if cell.shown_in in SCALES:
        value = float(round(value / 1000 ** (SCALES.index(cell.shown_in) + 1)))
    return f"{french_number(rounded(value), 6)}\u00a0{cell.shown_in}"


def _number_in_text(cell: Cell | None, units: frozenset[str], at: str) -> Entry:
    if cell is None or is_blank(cell):
        return _blank(cell, at)
    if reason := reason_in(cell.raw):
        return _entry(cell, Answer(reason), Form.PLAIN)
    read = number_in(cell.raw, units)
    if isinstance(read, Form):
        return _entry(cell, UNREADABLE, read)
    return _entry(cell, Answer(AnswerKind.NUMBER, read), Form.CONVERTED)


def _no_number(cell: Cell) -> Entry:
    """An entry that no kind of answer can be read from, by the kind of its cell."""
    form = {
        CellKind.BOOLEAN: Form.BOOLEAN,
        CellKind.DATE: Form.DATE if _hours(cell) is None else Form.CLOCK,
        CellKind.ERROR: Form.EXCEL_ERROR,
        CellKind.MISSING: Form.FORMULA_WITHOUT_VALUE,
    }.get(cell.kind, Form.NOT_A_NUMBER)
    return _entry(cell, UNREADABLE, form)


def _hours(cell: Cell) -> str | None:
    """A time of day or a duration as it shows (``36:30``); None for a day."""
    if cell.kind is not CellKind.DATE or not isinstance(cell.value, datetime):
        return None
    if not cell.clock and not _TIME_ALONE.match(cell.raw):
        return None
    days = number(cell.raw) or days_of_duration(cell.raw)
    if days is None:
        moment = cell.value
        days = (moment.hour + moment.minute / 60 + moment.second / 3600) / 24
    seconds = round(days * 86_400)
    text = f"{seconds // 3600}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def _is_truth(cell: Cell) -> bool:
    """Whether the cell is true or false, also where LibreOffice, saving a cell with a number format, writes the 1 or
    the 0 of a logical formula."""
    if cell.kind is CellKind.BOOLEAN:
        return True
    return cell.kind is CellKind.NUMBER and cell.value in (0, 1) and _is_logical(cell.formula or "")


def _is_logical(formula: str) -> bool:
    """Whether a formula can give nothing but true or false: TRUE(), AND(...), B2>3."""
    bare = _QUOTED.sub("", formula)
    found = _LOGICAL.match(bare)
    depth, outside = 0, []
    for char in bare:
        depth -= char in ")}"
        outside.append(char if depth == 0 else " ")
        depth += char in "({"
    top = "".join(outside)
    if any(sign in top for sign in "<>="):
        return True
    return found is not None and top.strip().endswith(")") and top.count("(") == 1 and not _OPERATOR.search(top)


def _unusable(cell: Cell) -> Form | None:
    """An error, a truth value or a formula written out as text: what a program left of the cell that it could not
    keep. It is refused like the cell itself."""
    if not _WRITTEN_OUT.fullmatch(cell.raw.strip()):
        return None
    form = number_in(cell.raw)
    return form if isinstance(form, Form) and form in _LEFT_BY_PROGRAMS else None


def _blank(cell: Cell | None, at: str) -> Entry:
    if cell is None:
        return Entry(BLANK, cell=at)
    return _entry(cell, BLANK, Form.PLAIN)


def _day(day: date) -> Answer:
    return Answer(AnswerKind.TEXT, text=day.isoformat(), day=day)


def _entry(cell: Cell, answer: Answer, form: Form) -> Entry:
    """The entry of `cell`; an answer that a formula computed says so."""
    if cell.formula is not None and answer.kind is not AnswerKind.UNREADABLE:
        form = Form.FORMULA
    return Entry(answer, form, shown(cell), cell_name(cell.row, cell.column))
