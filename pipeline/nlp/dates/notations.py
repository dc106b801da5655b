"""Notations of one token: "12-13", "2021-11-05", "9:30am", "FY20/21"; their class and value."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

TIMESTAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(?::\d\d)?Z?)(?:[+-].*)?")


def ascii_digits(word: str) -> str:
    """The word with every kind of decimal digit as 0-9."""
    if word.isascii():
        return word
    return "".join(str(int(c)) if c.isdecimal() else ("-" if c == "–" else c) for c in word)


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("I", r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})T?"),
        ("h", r"(0\d|1\d|2[0-4])([0-5]\d)[-~](0\d|1\d|2[0-4])([0-5]\d)"),  # 0730-0930
        ("I", r"(19\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"),
        ("J", r"(\d{4})[-/](\d{1,2})"),
        ("i", r"(\d{1,2})[-/](\d{4})"),
        ("R", r"(\d{4})[-/~](\d{4}|\d{2})"),
        ("S", r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})"),
        ("f", r"(\d{1,2})/(\d{1,3})"),
        ("r", r"(\d{1,2})[-~](\d{1,2})"),
        ("c", r"(\d{1,2})[:](\d{2})(?:[:](\d{2}))?(am|pm|a|p|Z|h)?"),
        ("c", r"(\d{1,2})()(?:[.](\d{2}))?(am|pm)"),
        ("c", r"(\d{1,2})()()()ish"),
        ("b", r"(\d{1,2})(?:[:](\d\d))?(am|pm)?[-~](\d{1,2})(?:[:](\d\d))?(am|pm)?"),
        ("O", r"(\d{1,2})(?:st|nd|rd|th)"),
        ("e", r"(\d{4}|\d0)s"),
        ("u", r"(\d+(?:\.\d+)?)(years|yrs|months|weeks|days|hours|hrs|mins|min|hr|h|y)"),
    )
)


@lru_cache(maxsize=65536)
def classify_number(word: str) -> tuple[str, Any]:
    """The class and value of a number token; ("_", None) if it is nothing of time's.

    Values: int for d (1-31), y (1000-2199) and n; Decimal words stay str in class "n";
    tuples of ints for notations. Whether they name a real day is the reader's question.
    """
    if len(word) > 25:
        return "_", None
    word = ascii_digits(word)
    if stamp := TIMESTAMP.fullmatch(word):
        return "I", (*(int(part) for part in stamp.groups()[:3]), stamp[4])
    if word.endswith((".am", ".pm", ".am.", ".pm.")):  # 9.am
        word = word.replace(".", "")
    elif word.endswith((".m", ".m.")):  # 8p.m.
        word = re.sub(r"\s?([ap])\.m\.?$", r"\1m", word)
    elif (
        re.fullmatch(r"[\dA-Za-z]+[-/][\dA-Za-z]+[-/][\dA-Za-z]+", word)
        and not word.replace("-", "").replace("/", "").isdecimal()
    ):
        return "B", word.lower()
    if word.isdecimal():
        number = int(word)
        if len(word) <= 2 and 1 <= number <= 31:
            return "d", number
        if len(word) == 4 and 1000 <= number <= 2199:
            return "y", number
        if len(word) == 8:
            found = _SHAPES[1][1].fullmatch(word)
            if found:
                return "I", tuple(map(int, found.groups()))
        return "n", number
    plain = word.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", word):
        return "n", int(plain)
    if re.fullmatch(r"\d+\.\d+", word):
        return "n", word
    lowered = word if word.endswith(("T", "Z")) else word.lower()
    for name, pattern in _SHAPES:
        found = pattern.fullmatch(lowered)
        if found:
            checked = _check_shape(name, found.groups())
            if checked is not None:
                return checked
    return "_", None


def _check_shape(name: str, groups: tuple[str | None, ...]) -> tuple[str, Any] | None:
    """The class and value of a notation whose parts are in range, else None."""
    if name in "IS":
        groups = (groups[0], *groups[2:]) if name == "S" else groups  # without the sign between
        parts = tuple(int(group) for group in groups if group is not None)
        if name == "S" and len(groups[2] or "") == 2:
            parts = (parts[0], parts[1], parts[2] + (2000 if parts[2] <= 40 else 1900))
        low, high = (parts[1], parts[2]) if name == "I" else (parts[0], parts[1])
        return (name, parts) if 1 <= low <= 31 and 1 <= high <= 31 else None
    if name == "i":  # 03/2021
        month, year = int(groups[0] or 0), int(groups[1] or 0)
        return ("J", (year, month)) if 1 <= month <= 12 and 1900 <= year <= 2199 else None
    if name == "J":
        year, month = int(groups[0] or 0), int(groups[1] or 0)
        if len(groups[1] or "") == 1 and month == year % 10 + 1:
            return "R", (year, year + 1)  # 2008-9
        if len(groups[1] or "") == 2 and month == year % 100 + 1:
            return "R", (year, year + 1)  # 2011-12 is a season, not December
        return ("J", (year, month)) if 1 <= month <= 12 and 1000 <= year <= 2199 else None
    if name == "R":
        first, last = int(groups[0] or 0), int(groups[1] or 0)
        if len(groups[1] or "") == 2:
            last += first // 100 * 100
        return ("R", (first, last)) if 1000 <= first < last <= 2199 else None
    if name == "c":
        hour, minute = int(groups[0] or 0), int(groups[1] or groups[2] or 0)
        second = int(groups[2]) if groups[1] and groups[2] else None
        half = groups[3] or ""
        if hour > 24 or minute > 59 or (half[:1] in "ap" and half and not 1 <= hour <= 12):
            return None
        return "c", (hour, minute if groups[1] or groups[2] else None, second, half[:1])
    if name == "b":
        return _clock_pair(groups)
    if name == "h":
        if not (groups[0] or "").startswith("0") and not (groups[2] or "").startswith("0"):
            return None  # two years
        return _clock_pair((groups[0], groups[1], None, groups[2], groups[3], None))
    if name == "O":
        return ("O", int(groups[0] or 0)) if 1 <= int(groups[0] or 0) <= 31 else None
    if name == "e":
        return "e", int(groups[0] or 0)
    if name == "u":
        return "u", groups
    parts = tuple(int(group or 0) for group in groups)
    return name, parts


def _clock_pair(groups: tuple[str | None, ...]) -> tuple[str, Any] | None:
    """9:30-10:30, 3-8pm: two of (hour, minute, "a" or "p" or ""); None if they are no times."""
    out = []
    for hour, minute, half in (groups[:3], groups[3:]):
        if int(hour or 0) > (12 if half else 24) or int(minute or 0) > 59:
            return None
        out.append((int(hour or 0), None if minute is None else int(minute), (half or "")[:1]))
    return "b", tuple(out)


def fiscal_years(word: str) -> tuple[int, ...]:
    """The fiscal year of "FY21", or the two of "FY2020/21"."""
    numbers = re.findall(r"\d+", ascii_digits(word))
    first = int(numbers[0]) + (2000 if len(numbers[0]) == 2 else 0)
    if len(numbers) == 1:
        return (first,)
    return first, first // 100 * 100 + int(numbers[1])
