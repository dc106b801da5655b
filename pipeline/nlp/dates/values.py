"""Arithmetic on TIMEX3 values: shifting units, and the first and last day that a value names."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
YEARS = range(1, 10000)


def real_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day (Gregorian, years 1 to 9999)."""
    return year in YEARS and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """The year and month so many months later."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def add_days(day: date, days: int) -> date | None:
    """The day so many days later; None outside the years 1 to 9999."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def week_value(day: date) -> str:
    """The ISO week of a day, such as 2006-W12."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


_MONTH = re.compile(r"(\d{4})-(\d\d)")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")


@lru_cache(maxsize=4096)
def granularity_of(value: str) -> str:
    """What a value counts in: day, week, month, ..., time, or "" (references, durations)."""
    value = value.split("/")[0]
    if value == "..":
        return ""
    for name, pattern in (
        ("time", r"[\dXW-]*T.+"),
        ("day", r"[\dX]{4}-[\dX]{2}-\d\d|XXXX-WXX-\d|XXXX-XX-XX"),
        ("weekend", r"[\dX]{4}-W[\dX]{2}-WE"),
        ("week", r"[\dX]{4}-W[\dX]{2}"),
        ("month", r"[\dX]{4}-(?:\d\d|XX)"),
        ("quarter", r"[\dX]{4}-Q[\dX]"),
        ("half", r"[\dX]{4}-H\d"),
        ("season", r"[\dX]{4}-(?:SP|SU|FA|WI)"),
        ("year", r"(?:FY|BC)?\d{4}|XXXX"),
        ("decade", r"\d{3}"),
        ("century", r"(?:BC)?\d{2}"),
    ):
        if re.fullmatch(pattern, value):
            return name
    return ""


def _month_span(year: int, first: int, count: int) -> tuple[str, str]:
    last_year, last = add_months(year, first, count - 1)
    return f"{year:04d}-{first:02d}", f"{last_year:04d}-{last:02d}"


@lru_cache(maxsize=4096)
def bounds(value: str, modifier: str = "") -> tuple[str, str]:
    """First and last day, month or year that the words name, at their own precision.

    Early, mid and late are thirds: early 2016 is 2016-01 to 2016-04. A week is Monday to
    Sunday, summer June to August, a winter December to February of the next year.
    ("", "") where the value names no calendar date (durations, references, unknown parts).
    """
    if "/" in value:
        first, last = value.split("/", 1)
        return bounds(first)[0], bounds(last)[1]
    start, end = _whole(value)
    if start and modifier in ("early", "mid", "late"):
        return _third(start, end, ("early", "mid", "late").index(modifier))
    return start, end


def _whole(value: str) -> tuple[str, str]:
    if found := _DAY.fullmatch(value):
        return found[1], found[1]
    if _MONTH.fullmatch(value) or (re.fullmatch(r"\d{4}", value) and value != "0000"):
        return value, value
    if found := _QUARTER.fullmatch(value):
        return _month_span(int(found[1]), 3 * int(found[2]) - 2, 3)
    if found := _HALF.fullmatch(value):
        return _month_span(int(found[1]), 6 * int(found[2]) - 5, 6)
    if found := _SEASON.fullmatch(value):
        return _month_span(int(found[1]), FIRST_MONTH[found[2]], 3)
    if found := _WEEK.fullmatch(value):
        first, last = (6, 7) if found[3] else (1, 7)
        week = int(found[1]), int(found[2])
        try:
            start, end = (date.fromisocalendar(*week, day) for day in (first, last))
        except (ValueError, OverflowError):  # week 53 of a short year, the last week of 9999
            return "", ""
        return start.isoformat(), end.isoformat()
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0", f"{value}9"
    if re.fullmatch(r"\d{2}", value) and value != "00":
        return f"{value}00", f"{value}99"
    return "", ""


def first_day(start: str) -> date | None:
    """The first day of a start: 2015-03 is 2015-03-01; None for none."""
    return date.fromisoformat((start + "-01-01")[:10]) if start else None


def last_day(end: str) -> date | None:
    """The last day of an end: 2015-02 is 2015-02-28; None for none."""
    if not end or len(end) == len("2015-02-28"):
        return first_day(end)
    year, month = int(end[:4]), int(end[5:] or 12)
    return date(year, month, monthrange(year, month)[1])


def _third(start: str, end: str, index: int) -> tuple[str, str]:
    """The first, second or last third of a period, one precision finer where needed."""
    if start == end and len(start) == 4:  # a year: four months
        first = 4 * index + 1
        return f"{start}-{first:02d}", f"{start}-{first + 3:02d}"
    if start == end and len(start) == 7:  # a month: days 1-10, 11-20, 21-end
        last = monthrange(int(start[:4]), int(start[5:]))[1]
        first, final = ((1, 10), (11, 20), (21, last))[index]
        return f"{start}-{first:02d}", f"{start}-{final:02d}"
    if len(start) == 4:  # a decade or century, in years
        year, count = int(start), int(end) - int(start) + 1
        cuts = [round(count * part / 3) for part in range(4)]
        return f"{year + cuts[index]:04d}", f"{year + cuts[index + 1] - 1:04d}"
    if len(start) == 7:  # a quarter, half or season, in months
        year, month = int(start[:4]), int(start[5:])
        count = (int(end[:4]) - year) * 12 + int(end[5:]) - month + 1
        each = count // 3
        return _month_span(*add_months(year, month, each * index), each)
    return start, end


def cut(value: str, precision: int) -> str:
    """The value with no more precision than 4 (year), 7 (month) or 10 (day) characters.

    A unit that is finer than the precision is widened to the month or year that holds it.
    """
    if precision >= 10 or "/" in value:
        return value
    start, end = _whole(value)
    if not start or (len(start) <= precision and len(value) <= precision):
        return value
    if start[:precision] == end[:precision]:
        coarse = granularity_of(value)
        if len(start) <= precision and coarse in ("quarter", "half", "season"):
            return value if precision >= 7 else start[:4]
        return start[:precision]
    return value if len(start) <= precision else ""
