"""The registry of rules: each is a regex over token classes and a reader of what it matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.tokens import Tokens

Reader = Callable[[Tokens, "re.Match[str]"], Atom | None]

#: first class character -> the rules that may begin with it, in order of preference
RULES: dict[str, list[tuple[re.Pattern[str], Reader]]] = {}

#: A count of years or days beyond this is none (and Decimal would overflow).
MOST = Decimal(10) ** 12
TITLE_MARKS = frozenset("\"“‘'`")
#: a counted number: "3", "1,979", "2 1/2", "twenty-five", "two and a half", "a hundred", "half a"
NUMBER = r"(?:[dny](?:&?f|&a?L)?|a?N(?:-?N|&N){0,6}(?:&a?L|-&-a-L)?|La|aL|aqF?|qF?|f|a)"


def rule(first: str, pattern: str) -> Callable[[Reader], Reader]:
    """Register a reader for a pattern of class characters that begins with one of `first`."""
    compiled = re.compile(pattern)

    def register(reader: Reader) -> Reader:
        for letter in first:
            RULES.setdefault(letter, []).append((compiled, reader))
        return reader

    return register


def in_title(tokens: Tokens, start: int, last: int) -> bool:
    """Whether the capitals and the quotation mark show a title: "This Week", "60 Minutes"."""
    mark = tokens.words[start - 1] if start else ""
    return tokens.words[last][0].isupper() and mark in TITLE_MARKS


def value_at(tokens: Tokens, found: re.Match[str], group: str) -> object:
    """The value of the first token of a named group; None if the group is not there."""
    start = found.start(group)
    return None if start < 0 else tokens.values[start]


def number_at(tokens: Tokens, start: int, end: int) -> str | None:
    """The number that tokens [start, end) spell: "3", "2.5", "X" (unknown), None if none.

    The value is text, ready for a TIMEX3 duration.
    """
    if any(tokens.lower(index) == "or" for index in range(start, end)):
        return None
    total, current = Decimal(0), Decimal(0)
    seen = False
    for index in range(start, end):
        letter, value = tokens.classes[index], tokens.values[index]
        if letter == "q":
            return str(value)
        if letter in "dny":
            try:
                current += Decimal(str(value))
            except InvalidOperation:
                return None
            seen = True
        elif letter == "f":
            top, bottom = value
            if not bottom or top >= bottom:
                return None
            current += Decimal(top) / Decimal(bottom)
            seen = True
        elif letter == "L":
            current += Decimal("0.5")
            seen = True
        elif letter == "N":
            seen = True
            if value >= 1000:
                total += max(current, Decimal(1)) * value
                current = Decimal(0)
            elif value in (100, 12) and tokens.lower(index) != "twelve":
                current = max(current, Decimal(1)) * value
            else:
                current += value
    if not seen:
        return "1" if end > start and tokens.classes[start] == "a" else None
    total += current
    if total > MOST:
        return None
    return f"{round(total, 3).normalize():f}"


def spelled_year(tokens: Tokens, start: int, end: int) -> int | None:
    """The year that number words spell: "nineteen ninety-six", "two thousand and ten"."""
    values = [tokens.values[i] for i in range(start, end) if tokens.classes[i] == "N"]
    if len(values) >= 2 and 10 <= values[0] <= 20 and values[0] != 12:
        if values[1] == 100:
            rest = values[2:]
            return int(values[0] * 100 + sum(rest)) if sum(rest) < 100 else None
        rest = values[1:]
        if rest[0] >= 10 and sum(rest) < 100 and values[0] * 100 + sum(rest) >= 1100:
            return int(values[0] * 100 + sum(rest))
    if values[:2] == [2, 1000] and sum(values[2:]) < 100:
        return 2000 + int(sum(values[2:]))
    return None
