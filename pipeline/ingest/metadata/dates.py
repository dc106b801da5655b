"""Dates as people write them into lists and headers, at the precision that they have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
#: A time of day, before or after the date; it says nothing about the day.
CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,9})?\s*(?:[ap]\.?\s?m\.?)?"
ZONE = r"(?:\s*\(?(?:z|[a-z]{2,5}|[+-]\d{2}:?\d{2})\)?){0,2}"
TIME = rf"(?:\s*(?:,|t|at|\||-|–|—|·|•)?\s*{CLOCK}{ZONE})?"
FORMATS = tuple(
    re.compile(pattern + r"\s*\.?\Z", re.IGNORECASE)
    for pattern in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}){TIME})?",
        rf"(?P<year>\d{{4}})[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}}){TIME}",
        r"(?P<year>(?:19|20)\d{2})(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])",
        r"(?P<year>(?:1[5-9]|20)\d{2})",
        rf"(?:{CLOCK}{ZONE},?\s+)?{WEEKDAY}{DAY}(?:\s+of)?[\s-]+{MONTH},?[\s-]+{YEAR}{TIME}",
        rf"(?:{CLOCK}{ZONE},?\s+)?{WEEKDAY}{MONTH}\s+{DAY},?\s+{YEAR}{TIME}",
        rf"{MONTH},?[\s-]+{YEAR}",
    )
)
NUMERIC = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){TIME}\Z", re.IGNORECASE)
ORDERS = {"DMY": (0, 1), "MDY": (1, 0)}
LONGEST = 80  # characters; what is longer is no date


@dataclass(frozen=True, slots=True)
class DateProblem:
    """Why words that should be a date are none that can be used."""

    problem: str


def parse_date(words: str, order: str = "") -> str | DateProblem:
    """ISO 8601 at the words' own precision: "2021", "2021-11" or "2021-11-05".

    Args:
        words: a date and nothing else but a weekday and a time of day.
        order: DMY, MDY or YMD says how 03/04/2021 is meant; "" refuses it as ambiguous.
    """
    words = " ".join(words[: LONGEST + 1].split())
    if len(words) > LONGEST:
        return DateProblem("is too long to be a date")
    for pattern in FORMATS:
        if match := pattern.match(words):
            found = match.groupdict()
            return build(found["year"], found.get("month"), found.get("day"), words)
    if match := NUMERIC.match(words):
        first, _, second, year = match.groups()
        return parse_numeric((first, second), year, order, words)
    return DateProblem(f"{words!r} is not a date; write 2021-11-05, 2021-11 or 5 November 2021")


def parse_numeric(pair: tuple[str, str], year: str, order: str, words: str) -> str | DateProblem:
    """03/04/2021: by the order given, or because one of the two can only be the day."""
    if order == "YMD" and len(year) == 2 and len(pair[0]) == 2:
        return build(century(pair[0]), pair[1], year, words)
    if order in ORDERS:
        day, month = (pair[index] for index in ORDERS[order])
        return build(century(year), month, day, words)
    possible = [
        built
        for day, month in (pair, pair[::-1])
        if isinstance(built := build(year, month, day, words), str)
    ]
    if len(year) == 4 and len(set(possible)) == 1:
        return possible[0]
    if not possible and len(year) == 4:
        return DateProblem(f"{words!r} is no day of the calendar")
    return DateProblem(
        f"{words!r} is ambiguous: write 2021-11-05, or say the order with --date-order"
    )


def century(year: str) -> str:
    """Two-digit years as spreadsheets read them: 00 to 29 are of this century."""
    if len(year) == 4:
        return year
    return ("20" if int(year) < 30 else "19") + year


def build(year: str, month: str | None, day: str | None, words: str) -> str | DateProblem:
    if month is None:
        return year
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        full = date(int(year), number, int(day or 1)).isoformat()
    except ValueError:
        return DateProblem(f"{words!r} is no day of the calendar")
    return full if day else full[:7]


def is_future(value: str, today: date) -> bool:
    """Does the date, at its own precision, begin after today?"""
    return value > today.isoformat()[: len(value)]
