"""Rules for clock times in words: "half past seven", "at seven thirty"."""

from __future__ import annotations

import re

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.clock import HALVES
from pipeline.nlp.dates.rules import number_at, rule
from pipeline.nlp.dates.tokens import Tokens, word_list

#: Classes that may follow a clock time in words; a noun would make it a count.
CLOSERS = ".,)\nPkW"
#: "from two thirty to", before the second time of a range.
CLOCK_BEHIND_FROM = re.compile(r"<NN(?:-?N)?>\Z")
MARK = re.compile(r"[_a]\.?_\.?")


def half_behind(tokens: Tokens, end: int) -> tuple[int, int | None]:
    """Where "p.m.", "p m" or "in the evening" behind token `end` ends, and the hours it adds.

    (`end`, None) where nothing tells the half of the day.
    """
    if tokens.classes[end : end + 1] == "p":
        mark = str(tokens.values[end])
        return end + 1, {"a": 0, "p": 12}.get(mark)
    if tokens.classes[end : end + 3] == "PtD" and tokens.lower(end) == "in":
        return end + 3, HALVES.get(str(tokens.values[end + 2]))
    if found := MARK.match(tokens.classes, end):
        letters = [w for w in tokens.words[end : found.end()] if w != "."]
        if letters in (["a", "m"], ["p", "m"]):
            return found.end(), 0 if letters[0] == "a" else 12
    return end, None


def _clock_atom(tokens: Tokens, start: int, end: int, hour: int, minute: int | None) -> Atom:
    """The atom of an hour and minute, with the half of the day that the words behind it tell."""
    end, add = half_behind(tokens, end)
    if add is None and tokens.classes[end : end + 3] == "PtD":
        end, add = half_behind(tokens, end)
    time = f"T{hour if add is None else hour % 12 + add:02d}"
    atom = Atom(start, end, time=time + ("" if minute is None else f":{minute:02d}"), rule="clock")
    atom.marked_half = add is not None
    return atom


def small(tokens: Tokens, start: int, end: int) -> int:
    """The whole number that the tokens spell; -1 if none."""
    number = number_at(tokens, start, end)
    return int(number) if number is not None and number.isdigit() else -1


@rule(
    "dNLaU",
    r"(?:(?P<m>d|N(?:-?N)?)(?P<u>U)?|(?P<half>L)|a?(?P<q>U))(?P<way>[l>])(?P<h>[dN])(?P<p>p)?",
)
def minutes_past(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """ten past nine, half past seven, a quarter to six; "ten to six" only as "at ten to six"."""
    way = tokens.lower(found.start("way"))
    hour = small(tokens, found.start("h"), found.start("h") + 1)
    if way not in ("past", "to") or not 1 <= hour <= 12:
        return None
    marked = found.start("p") >= 0
    follower = tokens.classes[found.end() : found.end() + 1]
    if follower and (follower in "NUMmdn-=" or (way == "to" and follower not in CLOSERS)):
        return None  # "the past 9 months", "the quarter to 5 April"
    if found.start("half") >= 0:
        minute = 30
    elif found.start("q") >= 0:
        before = tokens.lower(found.start() - 1) if found.group()[0] != "a" else "at"
        quarter = tokens.values[found.start("q")] == ("Q", False)
        if not quarter or before not in word_list("clock_prepositions"):
            return None
        minute = 15
    else:
        minute = small(tokens, found.start("m"), found.end("m"))
        told = tokens.values[found.start("u")] == ("TM", True) if found.start("u") >= 0 else True
        if not told or not (way == "past" or marked):
            return None  # a vote, a score
    if not 1 <= minute <= 59 or (way != "past" and found.start("half") >= 0):
        return None
    if way == "to":
        hour, minute = hour - 1 or 12, 60 - minute
    end = found.end("h")
    if marked and not tokens.values[found.start("p")]:
        end = found.end()  # o'clock
    return _clock_atom(tokens, found.start(), end, hour, minute)


@rule("N", r"(?P<h>N)(?P<m>N(?:-?N)?)?")
def spelled_clock(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """at seven thirty, two forty-five p.m., nine a m."""
    hour = small(tokens, found.start("h"), found.end("h"))
    minute = small(tokens, found.start("m"), found.end("m")) if found.start("m") >= 0 else None
    if not 1 <= hour <= 12 or (minute is not None and not 10 <= minute <= 59):
        return None
    end = found.end()
    behind, add = half_behind(tokens, end)
    if minute is None and tokens.classes[end : end + 1] == "p":
        return None  # the rule of clock times reads it
    if add is None:
        # "at seven thirty" is a time; "at seven" may count anything
        before = tokens.lower(found.start() - 1)
        follows = before == "to" and CLOCK_BEHIND_FROM.search(
            tokens.classes, max(0, found.start() - 6), found.start()
        )
        if minute is None or not (before in word_list("clock_prepositions") or follows):
            return None
        follower = tokens.classes[behind : behind + 1]
        if follower and follower not in CLOSERS + ">=-":
            return None
    return _clock_atom(tokens, found.start(), end, hour, minute)


@rule("P", r"P(?P<n>n)(?![%UND])")
def dotted_clock(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """Monday at 2.30, Thursdays at 17.30: British clock times, only behind a weekday."""
    parts = str(tokens.values[found.start("n")]).split(".")
    behind = re.match("P?W", tokens.classes[found.end() : found.end() + 2])
    beside = tokens.classes[found.start() - 1 : found.start()] + ("W" if behind else "")
    if len(parts) != 2 or len(parts[1]) != 2 or tokens.lower(found.start()) != "at":
        return None
    if "W" not in beside or not (int(parts[0]) < 24 and int(parts[1]) < 60):
        return None
    time = f"T{int(parts[0]):02d}:{parts[1]}"
    return Atom(found.start("n"), found.end("n"), time=time, rule="clock")
