"""Formats of cells: does one show its number as a date, or as a percentage, and does its font strike through or raise?
All that is read of the styles.

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
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


_CODES, _FONTS, _CELLS = main_tags("numFmts"), main_tags("fonts"), main_tags("cellXfs")


@dataclass(frozen=True, slots=True)
class CellFormats:
    """The cell formats that matter, by their index as cells write it (``s="12"``)."""

    dates: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()
    clocks: frozenset[str] = frozenset()  # of the dates those that show a time of day and no day
    durations: frozenset[str] = frozenset()  # and those that count hours beyond a day: [h]:mm
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
    look = {str(index): look for index, look in enumerate(fonts) if look != PLAIN}
    return CellFormats(
        dates=frozenset(str(index) for index, (number, _) in enumerate(used) if number in dates),
        percents=frozenset(str(index) for index, (number, _) in enumerate(used) if number in percents),
        clocks=frozenset(str(index) for index, (number, _) in enumerate(used) if number in clocks),
        durations=frozenset(str(index) for index, (number, _) in enumerate(used) if number in durations),
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
