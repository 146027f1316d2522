"""Texts of a file to values: numbers, dates and times as spreadsheets store them. What does not convert is None."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta

_MOST_DIGITS = 9  # more than any row, count or index of a real file, and far from what `int` takes time for
_MILLISECONDS = 86_400_000
_MINUTE = 60  # seconds
_MOST_DECIMALS = 17  # of a second, as Excel writes them in Strict Open XML; a double holds no more
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO_TIME = re.compile(rf"(\d\d):(\d\d)(?::(\d\d(?:\.\d{{1,{_MOST_DECIMALS}}})?))?", re.ASCII)
_DURATION = re.compile(
    rf"(-?)P(?:(\d{{1,9}})D)?T?(?:(\d{{1,9}})H)?(?:(\d{{1,9}})M)?(?:(\d{{1,9}}(?:\.\d{{1,{_MOST_DECIMALS}}})?)S)?",
    re.ASCII,
)

# Excel counts days from 1900-01-01 = 1 and believes in 1900-02-29 = 60: before it, the epoch is a day later.
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_BEFORE_MARCH_1900 = datetime(1899, 12, 31)
_EPOCH_1904 = datetime(1904, 1, 1)
_FEBRUARY_29, _MARCH_1 = 60, 61
_END_1900, _END_1904 = 2_958_466, 2_957_004  # the first day of year 10000


def number(text: str) -> float | None:
    """The float that a number's text stands for, an infinity or NaN included; None for anything else.

    Stricter than `float`, which also takes ``1_000`` and the digits of all scripts.
    """
    if "_" in text or not text.isascii():
        return None
    try:
        return float(text)
    except ValueError:
        return None


def whole_number(text: str) -> int | None:
    """The row, count or index that a text stands for; None for a sign, anything but digits, or a billion."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def date_of_serial(serial: float, date1904: bool = False) -> datetime | None:
    """The moment that a serial number shows as, to the millisecond; None where Excel shows none.

    A time without a date falls on the day 0 of its system (1899-12-31). The 29th of February 1900 that Excel made
    up is no date.
    """
    if not 0 <= serial < (_END_1904 if date1904 else _END_1900) or not math.isfinite(serial):
        return None
    if date1904:
        epoch = _EPOCH_1904
    elif _FEBRUARY_29 <= serial < _MARCH_1:
        return None
    else:
        epoch = _EPOCH_1900 if serial >= _MARCH_1 else _EPOCH_BEFORE_MARCH_1900
    try:
        return epoch + timedelta(milliseconds=round(serial * _MILLISECONDS))
    except OverflowError:  # the last half millisecond of 9999 rounds up
        return None


def iso_date(text: str) -> datetime | None:
    """2025-02-01, 2025-02-01T10:30, 2025-02-01T10:30:00.5Z, 10:30:00: a naive datetime, to the millisecond.

    A time without a date falls on the day 0 of its system, as one that is stored as a serial number.
    """
    first, separator, second = text.strip().removesuffix("Z").partition("T")
    if not separator:
        first, second = (first, "00:00") if _ISO_DAY.fullmatch(first) else ("", first)
    time = _ISO_TIME.fullmatch(second)
    if time is None or (first and not _ISO_DAY.fullmatch(first)):
        return None
    try:
        day = datetime.fromisoformat(first) if first else _EPOCH_BEFORE_MARCH_1900
        moment = day.replace(hour=int(time[1]), minute=int(time[2]))
        seconds = float(time[3] or 0)
        return moment + timedelta(milliseconds=round(seconds * 1000)) if seconds < _MINUTE else None
    except (ValueError, OverflowError):  # the 30th of February, 25:00; the last half millisecond of 9999 rounds up
        return None


def days_of_duration(text: str) -> float | None:
    """PT12H30M00S as a number of days: 0.52083..."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        return None
    sign, days, hours, minutes, seconds = match.groups()
    total = float(days or 0) + (float(hours or 0) + (float(minutes or 0) + float(seconds or 0) / 60) / 60) / 24
    return -total if sign else total
