"""Formats of cells: does one show its number as a date, as a percentage, as money or in thousands, and does its font
strike through or raise? All that is read of the styles.

Fills, borders and the rest of styles.xml are never looked at: they make other readers refuse innocent files. Nor are
formats that cells get under a condition (`dxf`): they have the same elements, numbered like those of the cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cvsheet.files.grid.conversion import whole_number
from cvsheet.files.grid.markup import elements
from cvsheet.files.grid.model import PLAIN, Look
from cvsheet.files.grid.relationships import main_tags
from cvsheet.files.grid.xlsx_fonts import look_of
from cvsheet.memoising import remembered_part

_BUILTIN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_BUILTIN_PERCENTS = frozenset({9, 10})
_BUILTIN_CLOCKS = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 47})
_BUILTIN_DURATION = 46  # [h]:mm:ss

# Quoted text, an escaped character, a character left out (_x) or repeated (*x), and brackets: colour, condition,
# currency, locale. None of these is a token, except elapsed time: [h], [mm], [ss].
_NOT_TOKENS = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_DATE_TOKEN = re.compile(r"[dmyhs]|AM/PM", re.IGNORECASE)
_DAY_TOKEN = re.compile(r"[dyeg]|m{3}", re.IGNORECASE)  # a lone m may be minutes
_HOUR_TOKEN = re.compile(r"[hs]", re.IGNORECASE)
_BUILTIN_MONEY = frozenset({5, 6, 7, 8, 42, 44})  # in the currency of the system
_THOUSANDS_LEFT_OUT = re.compile(r"[0#?](,+)(?![0#?,.])")
_MONEY = re.compile(r"(?P<scale>k|md|m)? ?€", re.IGNORECASE)
SCALES = ("k", "M", "Md")  # of a number that is shown without its last three, six, nine digits
_SIGNS = {"": "€", "k": "k€", "m": "M€", "md": "Md€"}
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


_CODES, _FONTS, _CELLS = main_tags("numFmts"), main_tags("fonts"), main_tags("cellXfs")


@dataclass(frozen=True, slots=True)
class CellFormats:
    """The cell formats that matter, by their index as cells write it (``s="12"``)."""

    dates: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()
    clocks: frozenset[str] = frozenset()  # of the dates those that show a time of day and no day
    durations: frozenset[str] = frozenset()  # and those that count hours beyond a day: [h]:mm
    units: Mapping[str, str] = field(default_factory=dict)  # of those that write money or leave out thousands
    looks: Mapping[str, Look] = field(default_factory=dict)  # of the formats that are not plain


@remembered_part
def read_cell_formats(styles: bytes, part: str) -> CellFormats:
    """The formats in styles.xml; none if it is absent, as then dates are plain numbers for every program."""
    if not styles:
        return CellFormats()
    codes: dict[str, str] = {}
    fonts: list[Look] = []
    used: list[tuple[str, str]] = []  # number format, font
    for element in elements(styles, part, root=main_tags("styleSheet"), tags=main_tags("numFmt", "xf", "font")):
        parent = element.getparent()
        list_tag = "" if parent is None else parent.tag
        if list_tag in _CELLS:
            used.append((element.get("numFmtId", "0"), element.get("fontId", "0")))
        elif list_tag in _FONTS:
            fonts.append(look_of(element))
        elif list_tag in _CODES:
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
    numbers = {number for number, _ in used}
    dates = {number for number in numbers if _is_date(number, codes)}
    percents = {number for number in numbers if _is_percent(number, codes)}
    clocks = {number for number in dates if _is_clock(number, codes)}
    durations = {number for number in clocks if _is_duration(number, codes)}
    units = {number: unit for number in numbers if (unit := _unit_shown(number, codes))}
    look = {str(index): look for index, look in enumerate(fonts) if look != PLAIN}
    return CellFormats(
        dates=frozenset(str(index) for index, (number, _) in enumerate(used) if number in dates),
        percents=frozenset(str(index) for index, (number, _) in enumerate(used) if number in percents),
        clocks=frozenset(str(index) for index, (number, _) in enumerate(used) if number in clocks),
        durations=frozenset(str(index) for index, (number, _) in enumerate(used) if number in durations),
        units={str(index): units[number] for index, (number, _) in enumerate(used) if number in units},
        looks={str(index): look[font] for index, (_, font) in enumerate(used) if font in look},
    )


def shows_date(code: str) -> bool:
    """Whether a format code (dd/mm/yyyy, [h]:mm, [$-40C]mmmm yy) shows a date, a time or a duration."""
    first_section = _NOT_TOKENS.sub("", code).split(";")[0]
    return first_section.lower() != "general" and _DATE_TOKEN.search(first_section) is not None


def shows_percent(code: str) -> bool:
    """Whether a format code multiplies by 100 and says %."""
    return "%" in _NOT_TOKENS.sub("", code).split(";")[0]


def shows_clock(code: str) -> bool:
    """Whether a format code (hh:mm, [h]:mm:ss, mm:ss) shows hours, minutes or seconds and no day."""
    tokens = re.sub("AM/PM", "", _NOT_TOKENS.sub("", code).split(";")[0], flags=re.IGNORECASE)
    return _HOUR_TOKEN.search(tokens) is not None and _DAY_TOKEN.search(tokens) is None


def unit_shown(code: str) -> str:
    """What a format code shows with its number: ``€`` or ``k€`` where it writes it, ``k`` or ``M`` where it leaves out
    digits (``#,##0,``); nothing for others."""
    first_section = code.split(";", maxsplit=1)[0]
    left_out = _THOUSANDS_LEFT_OUT.search(_NOT_TOKENS.sub("", first_section))
    if left_out:
        return SCALES[min(len(left_out[1]), len(SCALES)) - 1]
    return money_in(re.sub(r'["\\\u00a0\u202f]', " ", first_section).replace("  ", " "))


def money_in(text: str) -> str:
    """The sign of euros, of thousands or millions of them, in a number format or in what it shows."""
    found = _MONEY.search(text)
    return _SIGNS[(found["scale"] or "").lower()] if found else ""


def unit_seen(text: str, value: float) -> str:
    """The same of a `value` of which only the `text` that is shown is known: of 12345 as « 12 » three digits are left
    out."""
    digits, whole = len(re.findall(r"\d", text)), len(str(int(abs(value))))
    left_out = (whole - digits) // 3 if digits and "E" not in text else 0
    return SCALES[min(left_out, len(SCALES)) - 1] if left_out > 0 else money_in(text)


def _unit_shown(number: str, codes: dict[str, str]) -> str:
    return unit_shown(codes[number]) if number in codes else "€" * (whole_number(number) in _BUILTIN_MONEY)


def _is_clock(number: str, codes: dict[str, str]) -> bool:
    if number in codes:
        return shows_clock(codes[number])
    return whole_number(number) in _BUILTIN_CLOCKS or whole_number(number) == _BUILTIN_DURATION


def _is_duration(number: str, codes: dict[str, str]) -> bool:
    if number in codes:
        return _ELAPSED.search(_NOT_TOKENS.sub("", codes[number])) is not None
    return whole_number(number) == _BUILTIN_DURATION


def _is_date(number: str, codes: dict[str, str]) -> bool:
    return shows_date(codes[number]) if number in codes else whole_number(number) in _BUILTIN_DATES


def _is_percent(number: str, codes: dict[str, str]) -> bool:
    return shows_percent(codes[number]) if number in codes else whole_number(number) in _BUILTIN_PERCENTS
