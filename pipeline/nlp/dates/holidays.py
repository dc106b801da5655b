"""Named days: their names as runs of words, and the day that a year gives them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateutil.easter import easter

from pipeline.nlp import lexicons


@cache
def tables() -> dict[str, Any]:
    """The tables of holidays.toml."""
    return lexicons.tables("dates/holidays")


@dataclass(frozen=True, slots=True)
class Moving:
    """A named day of a calendar that follows the moon.

    Attributes:
        starts: year -> its first day in that year; a year with two of them, or none, is not there.
        days: how long it lasts; 0 means until the day before Eid al-Fitr.
    """

    starts: dict[int, date]
    days: int


@cache
def moving() -> dict[str, Moving]:
    """Name -> the table of moving_days.toml."""
    data = lexicons.tables("dates/moving_days")
    found: dict[str, Moving] = {}
    for table in data.values():
        starts = [date.fromisoformat(day) for day in table["starts"].split()]
        times = Counter(day.year for day in starts)
        once = {day.year: day for day in starts if times[day.year] == 1}
        for name in table["names"]:
            found[name] = Moving(once, table["days"])
    return found


def moves(name: str) -> bool:
    """Whether the day follows the moon, and differs by a day from country to country."""
    return name in moving()


@cache
def names() -> tuple[str, ...]:
    """Every name that the tables know, longest first."""
    fixed = {name for table in tables().values() for name in table}
    return tuple(sorted(fixed | moving().keys(), key=lambda name: (-len(name), name)))


@cache
def name_pattern() -> re.Pattern[str]:
    """One regex for every name, longest first; apostrophes of both kinds."""
    parts = (re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s") for name in names())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w/])", re.IGNORECASE)


def canonical(words: str) -> str:
    """The name as the tables spell it."""
    return re.sub(r"\s+", " ", words.lower().replace("’", "'"))


def fixed_value(name: str) -> str:
    """The one day of history that the name stands for; "" if it comes round every year."""
    return str(tables()["days"].get(name, ""))


def day_of(name: str, year: int) -> date | None:
    """The day of a named day in a year; None if the calendar cannot tell."""
    data = tables()
    if name in data["fixed"]:
        month, day = map(int, data["fixed"][name].split("-"))
        return date(year, month, day)
    if name in data["easter"] and 1583 <= year <= 4099:
        sunday: date = easter(year)
        return sunday + timedelta(data["easter"][name])
    if name in data["nth"]:
        month, nth, weekday = data["nth"][name]
        return nth_weekday(year, month, nth, weekday)
    if name in data["after_nth"]:
        month, nth, weekday, days = data["after_nth"][name]
        first = nth_weekday(year, month, nth, weekday)
        return first + timedelta(days) if first else None
    return moving()[name].starts.get(year) if name in moving() else None


def value_in(name: str, year: int) -> str:
    """The TIMEX3 value of a named day in a year: a day, or first/last of a longer feast.

    The year alone where the calendar cannot tell.
    """
    first = day_of(name, year)
    if first is None:
        return f"{year:04d}"
    days = moving()[name].days if name in moving() else 1
    if days == 1:
        return first.isoformat()
    last = first + timedelta(days - 1)
    if days == 0:
        # a month of 29 or 30 days; the feast behind it may lie in the next year
        ends = moving()["eid al-fitr"].starts
        feast = next((ends[y] for y in (year, year + 1) if y in ends and ends[y] > first), None)
        if feast is None or (feast - first).days > 30:
            return f"{year:04d}"
        last = feast - timedelta(1)
    return f"{first.isoformat()}/{last.isoformat()}"


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth (-1: last) ISO weekday of a month; None if the month has fewer."""
    length = monthrange(year, month)[1]
    first = 1 + (weekday - date(year, month, 1).isoweekday()) % 7
    days = list(range(first, length + 1, 7))
    if nth == -1:
        return date(year, month, days[-1])
    return date(year, month, days[nth - 1]) if 1 <= nth <= len(days) else None
