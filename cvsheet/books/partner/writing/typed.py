"""What stands in a typed cell, read by formulas as the reader reads what comes back.

A paste, or a program in another language, leaves « 1 234 € » a text; typed by hand, so are « 12 34 » and « 007 ». The
grammar is that of `cvsheet.text.numerals` and `cvsheet.files.values`; the steps of a formula stand in cells beside one
another (words, spelled, answer), for one formula of them all is longer than Excel takes. Each step is written twice,
in Excel's words and in Python; the last one in Python is the reader itself.

The answer of a cell is a number (of a day its serial number), nd, ns or so, `WORDS` where a text is wanted, `REFUSED`,
or an empty text where nothing is typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache, lru_cache
from typing import TypeAlias

from cvsheet.files.values import day_in
from cvsheet.model.submission import REASONS
from cvsheet.schema.tables import fold
from cvsheet.text.numerals import LONGEST_NUMBER, number_in, plain, reason_in, spelled_units, spellings_of, units_of

CellValue: TypeAlias = str | float | date | None
AnswerRead: TypeAlias = float | str
REFUSED, WORDS = "refus", "texte"

_EPOCH = datetime(1899, 12, 30)
_OLDEST_YEAR = 1900  # that a spreadsheet has; of an older one the answer is its first day, out of all bounds
_SPACES = "\u00a0\u202f\u2009\u2007"
_UNSEEN = "\u200b\u200e\u200f\ufeff\u00ad"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212"
_OF_NUMBERS = "0123456789 ,.'"
_BAR, _BROKEN_BAR, _END = "|", "¦", "~"
# Before the bar: what changes the number that follows it.
_MOVED = (("|'", "|"), ("|-", "-|"), ("|+", "+|"), ("|(", "(|"))
_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre")
_MONTH_ROOM = 11
MONTHS = "".join(month.ljust(_MONTH_ROOM, _BAR) for month in (*_MONTHS, "decembre"))
_MIDNIGHT = ("", " 00:00", " 00:00:00", "t00:00", "t00:00:00")
_FOLDED = (("é", "e"), ("û", "u"))  # in the names of months
_YEAR_DIGITS = 4


class SlotKind(Enum):
    """What a cell asks for."""

    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Slot:
    """What one cell asks for: a number in a unit (by type and unit of a measure), a day, one of `choices`, a text."""

    kind: SlotKind
    counts: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()

    @property
    def units(self) -> str:
        """What may follow the number, as a list to search; empty where nothing may."""
        return _searched_units(self.counts, self.unit) if self.kind is SlotKind.NUMBER else ""


@dataclass(frozen=True, slots=True)
class Lists:
    """The cells that hold what is searched for: each reason, the months, the units of this slot (empty for none) and
    each of its choices."""

    reasons: Mapping[str, str]
    months: str
    units: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


def searched(words: list[str] | tuple[str, ...]) -> str:
    """A list of words that formulas look for one in: ``|a|b|``."""
    return f"{_BAR}{_BAR.join(words)}{_BAR}" if words else ""


@lru_cache(maxsize=512)
def _searched_units(counts: str, unit: str) -> str:
    return searched(sorted(spelled_units(counts, unit)))


def spelled_choice(choice: str) -> str:
    """How one of the choices may be typed, as a list to search."""
    words = (choice.lower(), plain(choice))
    return searched(list(dict.fromkeys(f"{each}{end}" for word in words for each in (word, word.replace(" ", "-"))
                                       for end in ("", "."))))  # fmt: skip


@cache
def reason_lists() -> Mapping[str, str]:
    """Reason -> how it may be typed, as a list to search."""
    return {reason.value: searched(list(spellings_of(reason))) for reason in REASONS}


def serial(day: date) -> float:
    """The number that a spreadsheet keeps of a day."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, datetime.min.time())
    return (moment - _EPOCH).total_seconds() / 86_400


def typed_value(value: CellValue) -> float | str:
    """What a formula that takes over the cell shows."""
    return serial(value) if isinstance(value, date) else "" if value is None else value


def year_of(number: float) -> int:
    """The year of the day with this serial number."""
    return (_EPOCH + timedelta(number)).year


def answer_in(slot: Slot, value: CellValue) -> AnswerRead:
    """What the reader makes of `value`, as a cell of the sheet says it."""
    if value is None or value == "":
        return ""
    if slot.kind is SlotKind.TEXT:
        return _words_in(value)
    if isinstance(value, str):
        return _answer_in_text(slot, value)
    if slot.kind is SlotKind.CHOICE:
        return REFUSED
    return serial(value) if isinstance(value, date) else float(value)


def _words_in(value: CellValue) -> str:
    if not isinstance(value, str):
        return WORDS
    reason = reason_in(value)
    return reason.value if reason else WORDS if words_of(value) != _BAR else ""


def _answer_in_text(slot: Slot, text: str) -> AnswerRead:
    if words_of(text) == _BAR:
        return ""
    if reason := reason_in(text):
        return reason.value
    if slot.kind is SlotKind.CHOICE:
        return next((choice for choice in slot.choices if fold(choice) == fold(text)), REFUSED)
    if slot.kind is SlotKind.DAY:
        day = day_in(text)
        return REFUSED if day is None else serial(day) if day.year >= _OLDEST_YEAR else 1.0
    read = number_in(text, units_of(slot.counts, slot.unit))
    return read if isinstance(read, float) else REFUSED


def words_of(value: CellValue) -> str:
    """The text of a cell, small letters, trimmed, behind a bar; a sign or a bracket before it: ``-|12 €``."""
    words = value if isinstance(value, str) else ""
    for old, new in _replaced():
        words = words.replace(old, new)
    words = _BAR + " ".join(part for part in words.split(" ") if part).lower()
    for old, new in _MOVED:
        words = words.replace(old, new)
    return words


def words_formula(source: str) -> str:
    """`words_of` the cell `source`. T() is empty on numbers and days."""
    words = f"T({source})"
    for old, new in _replaced():
        sign = "CHAR(9)" if old == "\t" else f'"{old}"'
        words = f'SUBSTITUTE({words},{sign},"{new}")'
    words = f'"{_BAR}"&LOWER(TRIM({words}))'
    for old, new in _MOVED:
        words = f'SUBSTITUTE({words},"{old}","{new}")'
    return f"={words}"


def _replaced() -> tuple[tuple[str, str], ...]:
    spaces, unseen = [(sign, " ") for sign in ("\t", *_SPACES)], [(sign, "") for sign in _UNSEEN]
    return (*spaces, *unseen, *((sign, "-") for sign in _HYPHENS), ("’", "'"), (_BAR, _BROKEN_BAR))


def spelled_in(kind: SlotKind, words: str) -> str:
    """Of the `words` of a cell, what spells its number or its day: ``12,5`` of ``-|12.5 €``, ``1/3/2021``."""
    if kind is SlotKind.NUMBER:
        body = words[words.index(_BAR) + 1 :]
        end = next((at for at, sign in enumerate(body) if sign not in _OF_NUMBERS), len(body))
        return " ".join(body[:end].split()).replace(".", ",").replace("'", " ")
    return _day_spelled(words) if kind is SlotKind.DAY else ""


def spelled_formula(kind: SlotKind, words: str, lists: Lists) -> str:
    """`spelled_in` over the cell `words`; empty where none is needed."""
    if kind is SlotKind.NUMBER:
        body = f'MID({words},FIND("{_BAR}",{words})+1,99)'
        rest = f'{body}&"{_END}"'
        for sign in _OF_NUMBERS:
            rest = f'SUBSTITUTE({rest},"{sign}","")'
        number = f'TRIM(LEFT({body},FIND(LEFT({rest}),{body}&"{_END}")-1))'
        return f'=SUBSTITUTE(SUBSTITUTE({number},".",","),"\'"," ")'
    return _day_spelled_formula(words, lists.months) if kind is SlotKind.DAY else ""


def answer_formula(kind: SlotKind, source: str, words: str, spelled: str, lists: Lists) -> str:
    """`answer_in` over the cell `source`, whose words and number or day stand in the other two cells."""
    if kind in (SlotKind.TEXT, SlotKind.CHOICE):
        other = WORDS if kind is SlotKind.TEXT else REFUSED
        chosen = f'"{other}"'
        for choice, cell in reversed(tuple(lists.choices.items())):
            chosen = f'IF({_among(words, cell)},"{choice}",{chosen})'
        return f'=IFERROR({_nothing(source, words, other, _reasons(words, lists, chosen))},"{REFUSED}")'
    read = _number(words, spelled, lists.units) if kind is SlotKind.NUMBER else _day(spelled)
    text = _reasons(words, lists, read)
    empty = f'IF(ISLOGICAL({source}),"{REFUSED}","")'
    return f'=IFERROR(IF(ISNUMBER({source}),{source},IF({words}="{_BAR}",{empty},{text})),"{REFUSED}")'


def _nothing(source: str, words: str, other: str, text: str) -> str:
    """Of a cell without words: nothing, or `other` where it holds a number or a truth value; else `text`."""
    return f'IF({words}="{_BAR}",IF(OR(ISNUMBER({source}),ISLOGICAL({source})),"{other}",""),{text})'


def _reasons(words: str, lists: Lists, other: str) -> str:
    for reason, cell in reversed(tuple(lists.reasons.items())):
        other = f'IF({_among(words, cell)},"{reason}",{other})'
    return other


def _among(words: str, cell: str) -> str:
    return f'ISNUMBER(FIND({words}&"{_BAR}",{cell}))'


def _number(words: str, spelled: str, units: str) -> str:
    """The number, its sign before the bar; refused where it is written in another way than the grammar's."""
    whole = f'LEFT({spelled},FIND(",",{spelled}&",")-1)'
    fraction = f'MID({spelled},FIND(",",{spelled}&",")+1,99)'
    behind = f'TRIM(MID({words},FIND("{_BAR}",{words})+1+LEN({spelled}),99))'
    unit = f'{behind}=""'
    if units:
        unit = f'OR({unit},ISNUMBER(FIND("{_BAR}"&SUBSTITUTE({behind},"/ ","/")&"{_BAR}",{units})))'
    signed = f'ISNUMBER(FIND(LEFT({words},FIND("{_BAR}",{words})),"-{_BAR}+{_BAR}"))'
    # By hyphens, which every Excel takes as they are: for a French one a space in a format parts thousands its own way.
    spaced = f'SUBSTITUTE(TEXT(_xlfn.NUMBERVALUE({whole},","," "),"000-000-000-000-000"),"-"," ")'
    grouped = f"RIGHT({spaced},LEN({whole}))={whole}"
    conditions = (
        f"LEN({words})<{LONGEST_NUMBER + 2}",
        f'MID({words},FIND("{_BAR}",{words})+1,1)<>" "',
        f'OR(AND({signed},{unit}),AND(LEFT({words},2)="({_BAR}",{behind}=")"))',
        f'OR({whole}="0",AND(ISNUMBER(FIND(LEFT({spelled}),"123456789")),'
        f'OR(AND({grouped},LEN({whole})<20),AND(ISERROR(FIND(" ",{whole})),LEN({whole})<16))))',
        f'RIGHT({spelled})<>","',
        f'SUBSTITUTE(SUBSTITUTE({fraction},",","")," ","")={fraction}',
        f"LEN({fraction})<31",
        f'NOT(AND(LEN({fraction})=3,LEN({whole})<4,{whole}<>"0"))',
    )
    number = f'IF(ISNUMBER(FIND(LEFT({words}),"(-")),-1,1)*_xlfn.NUMBERVALUE({spelled},","," ")'
    return f'IF(AND({",".join(conditions)}),{number},"{REFUSED}")'


def _day_spelled(words: str) -> str:
    """Day, month and year with slashes between them, whatever they are; empty where no day is written so."""
    text = words[1:] if words.startswith(_BAR) else ""
    if text[4:5] == text[7:8] == "-":
        right = len(text) >= len("2021-03-01") and text[10:] in _MIDNIGHT
        return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if right else ""
    sign = text[-5:-4]
    if sign == " ":
        first, _, rest = text.partition(" ")
        name = rest[:-5]
        for accented, letter in _FOLDED:
            name = name.replace(accented, letter)
        name = f"{name}{_BAR}".replace(f".{_BAR}", _BAR)
        place = MONTHS.find(f"{name}{_BAR * _MONTH_ROOM}"[:_MONTH_ROOM])
        if len(rest) < len(" 2021") or place < 0:
            return ""
        return f"{first.removesuffix('er')}/{place // _MONTH_ROOM + 1}/{text[-_YEAR_DIGITS:]}"
    if not sign or sign not in "/.-":
        return ""
    return (text if sign == "/" else text.replace("/", "?")).replace(sign, "/")


def _day_spelled_formula(words: str, months: str) -> str:
    text = f"MID({words},2,99)"
    year_first = (
        f'IF(AND(LEN({words})>10,ISNUMBER(FIND("{_BAR}"&MID({words},12,99)&"{_BAR}","{searched(_MIDNIGHT)}"))),'
        f'MID({words},10,2)&"/"&MID({words},7,2)&"/"&MID({words},2,4),"")'
    )
    first = f'LEFT({text},FIND(" ",{text})-1)'
    name = f'MID({text},FIND(" ",{text})+1,LEN({text})-FIND(" ",{text})-5)'
    for accented, letter in _FOLDED:
        name = f'SUBSTITUTE({name},"{accented}","{letter}")'
    name = f'LEFT(SUBSTITUTE({name}&"{_BAR}",".{_BAR}","{_BAR}")&REPT("{_BAR}",{_MONTH_ROOM}),{_MONTH_ROOM})'
    day = f'IF(RIGHT({first},2)="er",LEFT({first},LEN({first})-2),{first})'
    month = f"(FIND({name},{months})+{_MONTH_ROOM - 1})/{_MONTH_ROOM}"
    in_words = f'{day}&"/"&{month}&"/"&RIGHT({words},4)'
    sign = f"MID({words},LEN({words})-4,1)"
    in_figures = f'SUBSTITUTE(SUBSTITUTE({text},"/",IF({sign}="/","/","?")),{sign},"/")'
    is_year_first = f'MID({words},6,1)&MID({words},9,1)="--"'
    return (
        f'=IFERROR(IF(LEFT({words})<>"{_BAR}","",IF({is_year_first},{year_first},IF({sign}=" ",{in_words},'
        f'IF(ISNUMBER(FIND({sign},"/.-")),{in_figures},"")))),"")'
    )


def _day(spelled: str) -> str:
    """The serial number of a day that exists."""
    day, year = f'LEFT({spelled},FIND("/",{spelled})-1)', f"RIGHT({spelled},4)"
    month = f'MID({spelled},FIND("/",{spelled})+1,LEN({spelled})-FIND("/",{spelled})-5)'
    numbers = {part: f'_xlfn.NUMBERVALUE({part},","," ")' for part in (day, month, year)}
    parts = [f'RIGHT("0"&{numbers[part]},LEN({part}))' for part in (day, month)]
    written = f'{parts[0]}&"/"&{parts[1]}&"/"&RIGHT("000"&{numbers[year]},4)={spelled}'
    moment = f"DATE({numbers[year]},{numbers[month]},{numbers[day]})"
    exists = f"AND({written},LEN({day})<3,LEN({month})<3,MONTH({moment})={numbers[month]},DAY({moment})={numbers[day]})"
    return f'IF({exists},IF({numbers[year]}<{_OLDEST_YEAR},1,{moment}),"{REFUSED}")'
