"""Dates counted from a date that the text names: "two days after Christmas"."""

from __future__ import annotations

import re

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.durations import approximation_start, duration_value
from pipeline.nlp.dates.rules import NUMBER, number_at, rule
from pipeline.nlp.dates.tokens import Tokens, word_list

UNITS = frozenset({"D", "W", "M", "Y"})
#: Units counted from a year by itself: "a decade after 1990".
OF_YEARS = frozenset({"Y", "E", "C"})
DAY_SLOTS = frozenset({"day", "weekday", "holiday"})
MOST_WEEKS = 5
#: From "from" and "after" on the count goes up.
SIGNS = {"before": -1, "after": 1, "from": 1, "following": 1}


@rule(
    "qadnyNLf",
    r"(?P<n>" + NUMBER + r")(?P<u>U)(?:(?P<h>[h<x])(?=t?(?:[MWHIm]|[dO]F?[Mm]|[lxi]W))"
    r"|(?P<on>P?)(?P<h2>[h<])(?=y(?![U=>-])))",
)
def offset(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """two days after (Christmas), a week from (Friday): only with a date behind it."""
    unit, plural = tokens.values[found.start("u")]
    count = number_at(tokens, found.start("n"), found.end("n"))
    year = found.start("h2") >= 0
    side = tokens.lower(found.start("h2" if year else "h"))
    sign = SIGNS.get(side)
    units = OF_YEARS if year else UNITS
    if unit not in units or sign is None or count is None or not count.isdigit():
        return None
    atom = Atom(found.start(), found.end(), form="none", rule="offset")
    atom.offset = (sign * int(count), unit)
    atom.start, atom.modifier = approximation_start(tokens, atom.start)
    before = {tokens.lower(atom.start - 1), tokens.lower(found.start() - 1)}
    if plural == (count == "1") or "in" in before:
        return None
    if "for" in before and side in ("from", "after"):
        return None  # "runs for five years from 1 April" tells how long
    on = tokens.lower(found.start("on")) == "on" if year else False
    if year and (on != (side == "from") or before & word_list("length_cues")):
        return None  # "twenty years on from 1945", but "the five years after 2015"
    return atom


@rule("t", r"t(?P<u>[UD])(?P<h>h)(?=t?(?:[MWHIm]|[dO]F?[Mm]|[lxi]W))")
def day_beside(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the day before (Thanksgiving), the night before (15 May); nothing without the date."""
    night = tokens.classes[found.start("u")] == "D"
    value = tokens.values[found.start("u")]
    sign = SIGNS.get(tokens.lower(found.start("h")))
    if sign is None or (value != "TNI" if night else value != ("D", False)):
        return None
    atom = Atom(found.start(), found.end(), form="none", rule="offset")
    atom.offset, atom.time = (sign, "D"), "TNI" if night else ""
    atom.flags.append("beside")
    return atom


@rule("tO", r"t?(?P<o>O)(?P<w>W)(?P<h>h)(?=t?(?:[MHm]|[dO]F?[Mm]|OW))")
def weekday_after(tokens: Tokens, found: re.Match[str]) -> Atom | None:
    """the first Tuesday after (1 November)."""
    weekday, plural = tokens.values[found.start("w")]
    rank, sign = tokens.values[found.start("o")], SIGNS.get(tokens.lower(found.start("h")))
    if plural or sign is None or not 1 <= rank <= MOST_WEEKS:
        return None
    atom = Atom(found.start(), found.end(), form="none", rule="offset")
    atom.offset = (sign * int(rank), f"W{weekday}")
    atom.flags.append("beside")
    return atom


def takes(tokens: Tokens, first: Atom, second: Atom, gap: str) -> bool:
    """Whether an offset counts from the date behind it: a day, or for years a year."""
    begins_range = tokens.classes[second.end : second.end + 1] in (">", "=", "-")
    return (
        second.form == "date"
        and gap in ("", "t")
        and not begins_range  # "64 days from 3 May to 6 July"
        and not second.value
        and not second.until_day
        and second.offset is None
        and (bool(second.slots & DAY_SLOTS) or (second.slots == {"year"} and _of_years(first)))
    )


def _of_years(atom: Atom) -> bool:
    return atom.offset is not None and atom.offset[1] in OF_YEARS


def count_from(first: Atom, second: Atom) -> Atom:
    """The date behind an offset, moved by it."""
    second.offset, second.start = first.offset, first.start
    second.time = second.time or first.time
    second.modifier = second.modifier or first.modifier
    return second


def as_duration(atom: Atom) -> Atom:
    """An offset with no date behind it is a duration: "two days before (May resigned)".

    "The day before (May resigned)" is none: it stays a part that counts for nothing.
    """
    if "beside" in atom.flags:
        atom.time, atom.rule = "", "beside"
        return atom
    count, unit = atom.offset or (1, "D")
    atom.form, atom.value = "duration", duration_value(str(abs(count)), unit)
    atom.unit, atom.offset, atom.end, atom.rule = unit, None, atom.end - 1, "duration"
    return atom
