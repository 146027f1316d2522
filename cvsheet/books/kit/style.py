"""The look of every workbook: one palette and one set of cell styles. Contrast is at least 4.5:1 everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

Style: TypeAlias = Mapping[str, Any]

INK = "#1B2A41"
MUTED = "#56617A"
NAVY = "#1F3A5F"
RULE = "#C9D1DC"  # thin lines between cells
PAPER = "#FFFFFF"
LOCKED = "#F2F4F8"
INPUT = "#FFF8DC"
BAND = "#E3EAF4"  # headings of groups

# Tabs, in every workbook alike: where one starts, a pillar, a table to look things up in, what waits for a person.
HOME_TAB, PILLAR_TAB, TABLE_TAB, TO_DO_TAB = NAVY, "#F3D98B", "#8FA3BF", "#C0504D"

# Situation and severity: (ink, paper). Always beside a word, never alone; blue against orange and red, which those who
# confuse green and red tell apart too (tests/test_colours.py).
GOOD = ("#0B3C7D", "#CBE2F7")
FAIR = ("#5C4300", "#FFEBA6")
POOR = ("#7A1414", "#F6BFA9")
NEUTRAL = ("#3D4759", "#EEEEEE")

NUMBER_FORMATS = MappingProxyType(
    {"": "General", "number": "#,##0.##", "integer": "#,##0", "money": "#,##0 \\€", "date": "dd/mm/yyyy", "year": "0"}
)

SHARE = "0\\ %"  # of a share of 1: French typography wants the space
WHOLE = f'[<0.995]{SHARE};[<1]"99\N{NO-BREAK SPACE}%";{SHARE}'  # of a share that is 100 % only once nothing is missing
PROGRESS = f'[<0]"recul";[>1]"100\N{NO-BREAK SPACE}%";{SHARE}'  # the cell keeps the exact share

BASE: Style = MappingProxyType({"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"})

STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "plain": {},
        "title": {"font_size": 18, "bold": True, "font_color": NAVY},
        "subtitle": {"font_size": 11, "font_color": MUTED},
        "section": {"font_size": 13, "bold": True, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY},
        "paragraph": {"font_size": 11, "text_wrap": True, "valign": "top"},
        "small": {"font_size": 8, "font_color": MUTED},
        "header": {
            "bold": True, "font_color": PAPER, "bg_color": NAVY, "text_wrap": True, "border": 1, "border_color": RULE,
            "align": "left",
        },
        "header_input": {
            "bold": True, "font_color": INK, "bg_color": "#F3D98B", "text_wrap": True, "border": 1,
            "border_color": RULE, "align": "left",
        },
        "cell": {"border": 1, "border_color": RULE, "valign": "top"},
        "locked": {"border": 1, "border_color": RULE, "bg_color": LOCKED, "valign": "top"},
        "input": {"border": 1, "border_color": "#B9A55A", "bg_color": INPUT, "valign": "top", "locked": False},
        "control": {"border": 1, "border_color": RULE, "bg_color": LOCKED, "bold": True, "valign": "top"},
        "group": {"border": 1, "border_color": RULE, "bg_color": BAND, "bold": True, "valign": "top"},
        "band": {"bg_color": BAND, "bold": True, "font_color": NAVY},
        "band_start": {"bg_color": BAND, "bold": True, "font_color": NAVY, "left": 5, "left_color": PAPER},
        "link": {"font_color": "#0B57A4", "underline": 1},
    }
)  # fmt: skip
