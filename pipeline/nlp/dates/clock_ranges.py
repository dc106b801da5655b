"""Rule for two clock times that bound one event: "7 to 9 p.m.", "10am-noon"."""

from __future__ import annotations

import re

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.rules import NUMBER, number_at, rule
from pipeline.nlp.dates.spoken import half_behind
from pipeline.nlp.dates.tokens import Tokens

Clock = tuple[int, int | None, str]  # hour, minute, "a", "p" or "" (not told)
MIDNIGHT = 24 * 60  # minutes
#: Classes behind a bare number that make it a count.
NOUNS = ("_", "U", "%", "N")
#: Two times that count to 24, without colons.
PAIR_24 = re.compile(r"\d{4}\D\d{4}")
#: Classes beside two bare clock times that show a day.
DAY_CLASSES = "WkKMIS"


def _read(tokens: Tokens, start: int, end: int) -> Clock | None:
    """The clock time of tokens [start, end): "7", "7:30", "7.30 p.m.", "seven"."""
    letter, value = tokens.classes[start], tokens.values[start]
    if letter == "c":
        hour, minute, _, half = value
    elif letter == "n":
        parts = str(value).split(".")
        if len(parts) != 2 or len(parts[1]) != 2 or len(parts[0]) > 2:
            return None
        hour, minute, half = int(parts[0]), int(parts[1]), ""
    else:
        number = number_at(tokens, start, start + 1)
        if number is None or not number.isdigit():
            return None
        hour, minute, half = int(number), None, ""
    if end - start == 2 and tokens.classes[start + 1] == "p":
        half = str(tokens.values[start + 1])
    good = 0 <= hour <= 24 and (minute or 0) < 60 and (half not in ("a", "p") or 1 <= hour <= 12)
    return (hour, minute, half) if good else None


def _text(clock: Clock, zone: str = "") -> str:
    """The TIMEX3 time of a clock time."""
    hour, minute, half = clock
    if half in ("a", "p"):
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}" + ("" if minute is None else f":{minute:02d}") + zone


def _share_half(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """The two ends with the half of the day that one of them, or both together, tell."""
    hour, minute, half = first
    end_hour, end_minute, end_half = last
    if end_half and not half and hour <= 12 and end_hour <= 12:
        starts = (hour % 12, minute or 0) < (end_hour % 12, end_minute or 0)
        half = end_half if starts else {"a": "p", "p": "a"}[end_half]
    elif half and not end_half and hour <= 12 and end_hour <= 12:
        later = (end_hour % 12, end_minute or 0) > (hour % 12, minute or 0)
        end_half = half if later else {"a": "p", "p": "a"}[half]
    return (hour, minute, half), (end_hour, end_minute, end_half)


@rule(
    "<cdNnrb",
    r"(?P<o><)?(?:(?P<r>[rb])|(?P<a>(?:c|[dNn])p?)(?P<l>>|=|-|&)(?P<b>(?:c|[dNn])p?))",
)
def clock_range(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """7 to 9 p.m., between 2 and 4:30 p.m., 10am-3, 5 to seven in the morning."""
    opener = tokens.lower(found.start("o"))
    end = found.end()
    ends: tuple[Clock | None, Clock | None]
    if found.start("r") >= 0:
        pair = tokens.values[found.start("r")]
        bare = found.group()[-1] == "r"
        ends = ((pair[0], None, ""), (pair[1], None, "")) if bare else pair
    else:
        ends = (
            _read(tokens, found.start("a"), found.end("a")),
            _read(tokens, found.start("b"), found.end("b")),
        )
        link = tokens.lower(found.start("l"))
        bare = found.group("b") in ("d", "N", "n")
        if bare and (found.group("l") == "=" or tokens.classes[end : end + 1] in NOUNS):
            return None  # "6:45 p.m. – Three are dead"
        if found.group("l") == "&" and (opener != "between" or link != "and"):
            return None
    first, last = ends
    if first is None or last is None:
        return None
    if not last[2]:
        behind, add = half_behind(tokens, end)
        if add is not None and 1 <= last[0] <= 12:
            last, end = (last[0], last[1], "p" if add else "a"), behind
    first, last = _share_half(first, last)
    marked = first[2] in ("a", "p") and last[2] in ("a", "p")
    if not marked and not _bare_times(tokens, found, opener):
        return None
    if not marked and first[0] <= 12 and (last[0], last[1] or 0) <= (first[0], first[1] or 0):
        last = (last[0] + 12, last[1], last[2])  # 10:30 to 3
    zone = end + 1 if tokens.classes[end : end + 1] == "z" else end
    atom = Atom(found.start(), zone, time=_text(first), until_time=_text(last), rule="clock_range")
    if opener:
        atom.start += 1
    atom.marked_half = marked
    return atom


HOURS = {"TH": 60, "TM": 1}  # minutes
CLOSED = ("", ".", ",", ")", "\n", "?")


LENGTH = rf"(?P<n>{NUMBER})(?P<u>U)(?:&?(?P<m>{NUMBER})(?P<v>U))?"


@rule("<", r"<(?P<a>(?:c|[dNn])p?)_" + LENGTH)
@rule("dnyNaLf", LENGTH + r"<(?P<a>(?:c|[dNn])p?)(?![>&=-])")
def clock_span(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """from 2 p.m. for two hours; for two hours from 2 p.m.: none if it goes on past midnight."""
    clock = _read(tokens, found.start("a"), found.end("a"))
    minutes = _minutes(tokens, found)
    leads = found.group()[0] == "<"
    if clock is None or minutes is None:
        return None
    if leads and tokens.lower(found.end("a")) != "for":
        return None
    if not leads and not clock[2] and tokens.classes[found.end() : found.end() + 1] not in CLOSED:
        return None  # "two hours from 9 towns"
    last = time_of_day(clock) + minutes
    if last > MIDNIGHT:
        return None
    start = found.start() + leads
    until = f"T{last // 60:02d}" + (
        f":{last % 60:02d}" if last % 60 or clock[1] is not None else ""
    )
    atom = Atom(start, found.end(), time=_text(clock), until_time=until, rule="clock_range")
    atom.marked_half = clock[2] in ("a", "p")
    return atom


def _minutes(tokens: Tokens, found: re.Match[str]) -> int | None:
    """The length of a match of LENGTH; None if it is not told in hours and minutes."""
    total = 0.0
    for number, unit in (("n", "u"), ("m", "v")):
        if found.start(number) < 0:
            continue
        count = number_at(tokens, found.start(number), found.end(number))
        letter = tokens.values[found.start(unit)][0]
        if count is None or count == "X" or letter not in HOURS:
            return None
        total += float(count) * HOURS[letter]
    return round(total)


def time_of_day(clock: Clock) -> int:
    """Minutes since midnight."""
    hour, minute, half = clock
    if half in ("a", "p"):
        hour = hour % 12 + (12 if half == "p" else 0)
    return 60 * hour + (minute or 0)


def _bare_times(tokens: Tokens, found: re.Match[str], opener: str) -> bool:
    """Whether two times without a.m. or p.m. are times: one has minutes, and a day is near."""
    if not {"c", "b"} & set(found.group()) or "n" in found.group():
        return False
    if found.start("r") >= 0 and PAIR_24.match(tokens.words[found.start("r")]):
        return bool(opener) or tokens.lower(found.start() - 1) == "at"
    near = (
        tokens.classes[max(0, found.start() - 3) : found.start()]
        + (tokens.classes[found.end() : found.end() + 3])
    )
    if tokens.classes[found.end() : found.end() + 1] == "z":
        return True
    if not opener and found.group("l") == ">":
        return False
    return any(letter in near for letter in DAY_CLASSES)
