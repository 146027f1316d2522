"""A small table as CSV that Excel opens with a double click, and what is left of it when Excel or a person saved it.

Written in UTF-8 with its mark, semicolons, decimal commas. A text that a spreadsheet would take for a formula, a number
or a date is led by an apostrophe, and so is one that begins with one: read back, every value is what was written.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from cvsheet.files.values import day_in
from cvsheet.model.records import Scalar
from cvsheet.schema.tables import fold

LEAD = "'"
DELIMITERS = ";\t,"
_TRUTH = {"VRAI": True, "TRUE": True, "FAUX": False, "FALSE": False}
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}) (\d{1,2}:\d\d(?::\d\d)?)", re.ASCII)
_PLAIN_CODE = re.compile(r"[1-9]\d{0,10}", re.ASCII)  # what a spreadsheet gives back as it is
_MONTH_FIRST = re.compile(r"[^\W\d_]{3,9}\.?[ ./-]*\d+(?:[ ./-]+\d+)?")  # « mars 21 »: a date to Excel


def written_value(value: Scalar) -> str:
    """`value` as it stands in the file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else written_text(str(value))


def written_text(text: str) -> str:
    """`text` so that no spreadsheet takes it for anything else."""
    doubtful = text and not (text[0].isalpha() or text[0] == "«")
    return f"{LEAD}{text}" if doubtful or text.upper() in _TRUTH or _MONTH_FIRST.fullmatch(text) else text


def written_code(code: str) -> str:
    """A code likewise; whole numbers, of which the years of campaigns are, stand as they are."""
    return code if _PLAIN_CODE.fullmatch(code) else written_text(code)


def text_in(content: str) -> str:
    """The text that `content` stands for."""
    return content.removeprefix(LEAD)


def value_in(content: str) -> Scalar:
    """The value that `content` stands for: a number, a truth, a day or a moment, else a text; None where empty."""
    words = content.strip()
    if not words:
        return None
    if content.startswith(LEAD):
        return content[1:]
    if words.upper() in _TRUTH:
        return _TRUTH[words.upper()]
    number = re.sub(r"\s(?=\d{3})", "", words)
    if _NUMBER.fullmatch(number):
        read = float(number.replace(",", "."))
        return int(read) if read.is_integer() and abs(read) < 2**53 else read
    if match := _MOMENT.fullmatch(words):
        day = day_in(match[1])
        hours = datetime.strptime(match[2], "%H:%M:%S" if match[2].count(":") > 1 else "%H:%M").time()
        return content if day is None else datetime.combine(day, hours)
    return day_in(words) or content


def written_table(titles: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file: one row per mapping, from its texts by title."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, titles, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def read_table(data: bytes, titles: Sequence[str]) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """The titles of columns that a person added, and the rows that hold something, by title.

    Known titles are found whatever their case and accents, in any order. ValueError where one of the first two is
    missing, or where it is no such text.
    """
    lines = _text(data)
    head = lines.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter))
    start = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), len(rows))
    if start == len(rows):
        return (), []
    known = {fold(title): title for title in titles}
    found = [known.get(fold(title), title.strip()) for title in rows[start]]
    if not {*titles[:2]} <= {*found}:
        raise ValueError(titles[:2])
    added = tuple(title for title in found if title and title not in titles)
    read = (dict(zip(found, row, strict=False)) for row in rows[start + 1 :])
    return added, [{t: v for t, v in row.items() if t} for row in read if any(v.strip() for v in row.values())]


def _text(data: bytes) -> str:
    """As UTF-8, as the « Texte Unicode » of Excel, or as its older « CSV » in Windows' own alphabet."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
