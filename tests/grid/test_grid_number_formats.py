"""Which number formats show a date and which a percentage."""

from __future__ import annotations

from datetime import datetime

import pytest

from cvsheet.files.grid.number_formats import read_cell_formats, shows_date, shows_percent, unit_seen, unit_shown
from tests.grid.conftest import Read, filled
from tests.grid.packages import MAIN, xlsx_parts

DATES = [
    "dd/mm/yyyy",
    "[$-40C]d mmmm yyyy",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
    "yyyy\\-mm\\-dd;@",
    "h:mm AM/PM",
    "[h]:mm:ss",
    "[mm]:ss.0",
    "[Red]dd/mm/yy",
    '"le "dd/mm/yyyy',
    "mmm\\-yy",
    "jj/mm/aaaa",
]
NUMBERS = [
    "General",
    "0",
    "0.00E+00",
    "#,##0.00",
    '# ##0 "habitants"',
    '0 "mois"',
    "0\\ \\h",
    "#,##0_d",
    "0*d",
    "[Red]0;[Blue]-0",
    "[>100]0;0.0",
    "#,##0 [$€-40C]",
    "[$-40C]0",
    "@",
    '"dd/mm/yyyy"',
    "",
    ";;;",
    '0 "sans fin',
    "[",
    "\\",
]


@pytest.mark.parametrize("code", DATES)
def test_a_format_of_dates(code: str) -> None:
    assert shows_date(code)
    assert not shows_percent(code)


@pytest.mark.parametrize("code", NUMBERS)
def test_a_format_of_plain_numbers(code: str) -> None:
    assert not shows_date(code)
    assert not shows_percent(code)


@pytest.mark.parametrize("code", ["0%", "0.00%", "0\\ %", "[Red]0%;-0%", "# ##0,0 %"])
def test_a_format_of_percentages(code: str) -> None:
    assert shows_percent(code)
    assert not shows_date(code)


@pytest.mark.parametrize("code", ['0" %"', "0\\%", "0;0%"])
def test_a_percent_sign_that_is_only_shown(code: str) -> None:
    assert not shows_percent(code)


def test_builtin_formats_count_unless_the_file_redefines_them() -> None:
    numbers = [*range(60), 164, 165]
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="14" formatCode="0.0"/>'
        f'<numFmt numFmtId="165" formatCode="dd/mm"/></numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>'
    )
    formats = read_cell_formats(styles.encode(), "xl/styles.xml")
    dates = {numbers[int(index)] for index in formats.dates}
    assert dates == {*range(15, 23), *range(27, 37), *range(45, 48), *range(50, 59), 165}
    assert {numbers[int(index)] for index in formats.percents} == {9, 10}


def test_formats_under_a_condition_are_not_those_of_cells(read: Read) -> None:
    """A `dxf` numbers its formats like the style sheet does, and often anew from the same number."""
    under_a_condition = '<dxfs><dxf><numFmt numFmtId="{id}" formatCode="0%"/></dxf></dxfs>'
    own = '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    for number in ("164", "14"):
        cells = f'<cellXfs><xf numFmtId="{number}"/></cellXfs>'
        styles = own + cells + under_a_condition.format(id=number)
        assert filled(read(xlsx_parts("<row><c><v>44378</v></c></row>", styles=styles))) == {"A1": datetime(2021, 7, 1)}
    alone = '<cellXfs><xf numFmtId="170"/></cellXfs>' + under_a_condition.format(id="170")
    (cell,) = read(xlsx_parts("<row><c><v>1</v></c></row>", styles=alone)).sheets[0].cells()
    assert not cell.percent


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("General", ""), ("#,##0", ""), ("#,##0.00", ""), ("0.0%", ""), ("# ##0,00", ""),
        ("#,##0 \\€", "€"), ('#,##0.00" €"', "€"), ("#,##0.00\\ [$€-40C]", "€"),
        ('_-* #,##0.00\\ "€"_-;-* #,##0.00', "€"),
        ('#,##0" k€"', "k€"), ('#,##0\\ "K€"', "k€"), ('0.0" M€"', "M€"),
        ("#,##0,", "k"), ('#,##0," k€"', "k"), ("0.0,,", "M"), ('#,##0,,,"Md"', "Md"), ("#,##0, ;-#,##0,", "k"),
        ('"k€, "0', "k€"),
    ],
)  # fmt: skip
def test_the_unit_that_a_format_shows(code: str, unit: str) -> None:
    assert unit_shown(code) == unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1 234", 1234, ""), ("1234,50", 1234.5, ""), ("12 345 €", 12345, "€"), ("12 k€", 12, "k€"), ("12", 12345, "k"),
        ("-12 k€", -12345, "k"), ("1", 1234567, "M"), ("1,23E+06", 1234567, ""), ("0", 0.4, ""), ("", 12345, ""),
        ("1235", 1234.6, ""), ("1 000", 999.7, ""),
    ],
)  # fmt: skip
def test_the_unit_that_is_seen_of_a_value(text: str, value: float, unit: str) -> None:
    assert unit_seen(text, value) == unit
