"""Finds the parts of time expressions in the tokens and joins neighbours into one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.nlp.dates import (
    absolute,
    clock,
    clock_ranges,
    compared,
    durations,
    offsets,
    periods,
    relative,
    sets,
    spoken,
)
from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.clock import HALVES
from pipeline.nlp.dates.rules import RULES
from pipeline.nlp.dates.sides import take_postpositive
from pipeline.nlp.dates.tokens import Tokens, lexicon, word_list

#: The rules register themselves on import; among those that begin alike, these modules go first.
ORDER = [
    module.__name__
    for module in (
        absolute,
        periods,
        offsets,
        compared,
        relative,
        clock_ranges,
        spoken,
        clock,
        durations,
        sets,
    )
]
for _rules in RULES.values():
    _rules.sort(key=lambda rule: ORDER.index(rule[1].__module__))

START = re.compile("[" + re.escape("".join(sorted(RULES))) + "]")
NAMED = re.compile(r"\(\?P<\w+>")
#: First character -> what any of its rules may match: one look that most words fail.
GATES = {
    letter: re.compile("|".join(NAMED.sub("(?:", pattern.pattern) for pattern, _ in rules))
    for letter, rules in RULES.items()
}
GAP = re.compile(r"(?:,?[FP]?t?|')")


def find_atoms(tokens: Tokens) -> list[Atom]:
    """Every part of a time expression, in order, not overlapping."""
    atoms: list[Atom] = []
    classes = tokens.classes
    at, size = 0, len(classes)
    while at < size:
        found = START.search(classes, at)
        if found is None:
            break
        at = found.start()
        if not GATES[classes[at]].match(classes, at):
            at += 1
            continue
        for pattern, reader in RULES[classes[at]]:
            match = pattern.match(classes, at)
            atom = reader(tokens, match) if match else None
            if atom is not None:
                atoms.append(atom)
                at = max(atom.end, at + 1)
                break
        else:
            at += 1
    return atoms


def join_atoms(tokens: Tokens, atoms: list[Atom]) -> list[Atom]:
    """The atoms with neighbours that make up one expression joined; the rest unchanged.

    Parts that only count inside another expression are dropped if they stayed alone.
    """
    out: list[Atom] = []
    for atom in atoms:
        if out and out[-1].form == "set":
            _set_hour(tokens, out[-1], atom)
        if out and _is_yearly(tokens, out[-1], atom):
            continue
        while out and _joins(tokens, out[-1], atom):
            before = out.pop()
            if before.rule == "offset":
                atom = offsets.count_from(before, atom)
                continue
            if before.form == "none" and atom.form != "none":
                before.form = atom.form
            if before.rank_unit == "week_of":
                before.rank = 1
            if _refines(before, atom):
                _set_clock(before, atom)
            before.absorb(atom)
            atom = before
        out.append(atom)
    _share_day(tokens, out)
    _close_quarters(tokens, out)
    out = [offsets.as_duration(atom) if atom.rule == "offset" else atom for atom in out]
    floor = 0  # the end of the atom before: none may reach back over it
    for atom in out:
        atom.start = max(atom.start, floor)
        _take_modifier(tokens, atom, floor)
        take_postpositive(tokens, atom)
        floor = atom.end
    return [atom for atom in out if _stands(tokens, atom)]


def _joins(tokens: Tokens, first: Atom, second: Atom) -> bool:
    """Whether two neighbouring parts speak of one date: "Friday" + "Oct. 13"."""
    if (
        second.start - first.end > 3
        or second.offset is not None
        or first.form in ("set", "vague", "duration")
    ):
        return False
    if (
        second.form in ("set", "vague", "duration")
        or (first.value and not _ago_on(first, second))
        or (second.value and not second.counted)
    ):
        return False
    gap = tokens.classes[first.end : second.start]
    if first.slots == {"time"}:
        named = 0
        while gap[named : named + 1] == "_" and (
            tokens.lower(first.end + named) in word_list("zone_words")
        ):
            named += 1
        gap = gap[named:]
    if first.rule == "offset":
        return offsets.takes(tokens, first, second, gap)
    if second.until_time and gap in ("<", ",<"):
        gap = ""
    if _bounded(tokens, first, second, gap):
        return True
    if not GAP.fullmatch(gap):
        return False
    one, two = first.slots, second.slots
    if _refines(first, second):
        return "F" not in gap
    if one == {"time"} and first.time[1:2].isdigit() and second.time[1:2].isalpha():
        return gap == "" and bool(two & {"day", "weekday"})  # "8 p.m. last night"
    if first.rank_unit == "week_of":
        return gap in ("F", "Ft", "") and bool(two & {"day", "month", "weekday"})
    if one & two and not ({"day"} == one & two and first.time and not first.relative):
        return False
    if gap == "'":
        return one == {"year"} and not second.basis and bool(two & {"quarter", "month", "rank"})
    prepositional = gap in ("P", "Pt", ",P", ",Pt") and not {"time", "week"} & (one | two)
    if prepositional and tokens.lower(second.start - 1) not in ("in", "the"):
        return False
    return _compatible(first, second, gap, one, two)


def _ago_on(first: Atom, second: Atom) -> bool:
    """Whether a weekday tells the day of a week: "a week ago on Tuesday"."""
    return first.counted and first.unit == "W" and second.slots == {"weekday"}


def _share_day(tokens: Tokens, atoms: list[Atom]) -> None:
    """Give the day to both times of "at 10:35 a.m. (0735 GMT) Friday"."""
    for first, inner, day in zip(atoms, atoms[1:], atoms[2:], strict=False):
        if first.slots != {"time"} or inner.slots != {"time"} or day.form != "date":
            continue
        opens = first.end
        if [tokens.lower(opens), tokens.lower(opens + 1)] == ["local", "time"]:
            opens += 2
        marks = tokens.classes[opens : inner.start], tokens.classes[inner.end : day.start]
        if marks not in (("(", ")"), ("(", ")P")) or not day.slots & {"day", "weekday", "holiday"}:
            continue
        for time in (first, inner):
            kept, span = replace(time), (time.start, time.end)
            time.absorb(replace(day, time=""))
            time.time, time.rule, (time.start, time.end) = kept.time, day.rule, span
            time.flags = [*kept.flags, *day.flags]


def _close_quarters(tokens: Tokens, atoms: list[Atom]) -> None:
    """Give "the quarter ended Sept. 30", "the quarter to March" the end that tells which it is."""
    for first, second in pairwise(atoms):
        if first.unit != "Q" or second.month is None or first.shift:
            continue
        gap = tokens.classes[first.end : second.start]
        if gap in ("_", ">", "_P") and tokens.lower(first.end) in ("ended", "ending", "to"):
            first.closing = second


def _set_hour(tokens: Tokens, repeated: Atom, clock: Atom) -> None:
    """Give a repeated day the clock time behind it: "every Monday at 4 p.m."."""
    gap = tokens.classes[repeated.end : clock.start]
    daily = repeated.value in ("P1D", "TMO", "TAF", "TEV", "TNI")
    weekly = repeated.value.startswith("XXXX-WXX-") and "T" not in repeated.value
    if clock.slots != {"time"} or clock.until_time or not clock.time[1:2].isdigit():
        return
    if gap not in ("", "P") or not (daily or weekly) or clock.start < repeated.end:
        return
    if repeated.value[0] == "T":
        repeated.time = repeated.value
        _set_clock(repeated, clock)
    else:
        repeated.time = clock.time
    repeated.value = repeated.time if daily else repeated.value + repeated.time
    repeated.time, repeated.end, clock.form, clock.time = "", clock.end, "none", ""


def _is_yearly(tokens: Tokens, date: Atom, repeated: Atom) -> bool:
    """Whether "each year" behind a date makes it one of every year; the date is marked so."""
    if repeated.form != "set" or repeated.value != "P1Y" or date.form != "date":
        return False
    if tokens.classes[date.end : repeated.start] not in ("", ",", "F") or date.relative:
        return False
    named = date.month is not None or bool(date.season) or bool(date.holiday)
    if not named or date.year is not None or date.direction:
        return False
    date.flags.append("yearly")
    date.end = repeated.end
    return True


def _bounded(tokens: Tokens, first: Atom, second: Atom, gap: str) -> bool:
    """Whether a time bounds the day before it: "tomorrow before 5 p.m."; keeps the side."""
    side = tokens.lower(first.end)
    told = second.slots == {"time"} and second.marked_half and not second.until_time
    whole = not first.time and bool(first.slots & {"day", "weekday"}) and first.form == "date"
    if gap not in ("h", "_") or side not in ("before", "after", "by") or not (told and whole):
        return False
    first.modifier = first.modifier or side
    return True


def _refines(first: Atom, second: Atom) -> bool:
    """Whether the second is a clock time inside the first's daypart: "Friday night at 9"."""
    return (
        first.time[1:2].isalpha()
        and second.slots == {"time"}
        and second.time[1:2].isdigit()
        and len(first.slots) > 1
    )


def _set_clock(date: Atom, clock: Atom) -> None:
    """Put the clock time in place of the part of the day, and in its half where it tells none."""
    hour = int(clock.time[1:3])
    known = clock.marked_half or hour >= 12
    add = 0 if known else HALVES.get(date.time, 0)
    date.time = f"T{hour + add:02d}{clock.time[3:]}"
    if clock.until_time and add:
        last = int(clock.until_time[1:3])
        clock.until_time = f"T{last + (add if last < 12 else 0):02d}{clock.until_time[3:]}"


def _compatible(
    first: Atom, second: Atom, gap: str, one: frozenset[str], two: frozenset[str]
) -> bool:
    """Whether the slots of two parts complete each other."""
    day_level = {"day", "weekday", "holiday"}
    if one == {"time"}:
        return bool(two & day_level) or (two == {"time"})
    if two == {"time"}:
        return bool(one & day_level) and "time" not in one and "F" not in gap
    if two == {"week"} and one == {"weekday", "time"}:
        return gap == "" and second.shift is not None
    if "time" in one and not two & {"time"}:
        return one <= {"time", "day"} and bool(two & day_level) and first.shift is None
    if "weekday" in one and not one & {"day", "month", "week"}:
        if two & {"day", "month"} and first.direction == 0:
            return gap in ("", ",") or bool(first.rank)
        return "week" in two and second.shift is not None
    if two == {"weekday"}:
        return (gap in ("", ",") and "month" in one) or (one == {"week"} and gap == "P")
    if first.rank:
        return (bool(two & {"month", "year", "quarter"}) and "F" in gap) or gap[:1] == "P"
    if first.form == "none" and first.day is not None:
        return "month" in two and gap == "F"
    finer = one & {"month", "quarter", "holiday", "day"}
    if finer and two == {"year"}:
        if first.relative or first.direction:
            return False
        return second.relative or gap in ("", ",", "F", ",F", "P")
    named = two in ({"quarter"}, {"holiday"})  # "2019 summer", "in 2019 Christmas"
    return one == {"year"} and named and gap == "" and not second.relative


MODIFIER = re.compile(r"(?P<t>t?)(?:_)?(?P<e>E|h)(?:-|[PF]{0,2}t?|Ft?)$")


def _take_modifier(tokens: Tokens, atom: Atom, floor: int) -> None:
    """Widen a date over "early", "the end of", "mid-", "later" before it, and keep the modifier."""
    if atom.form != "date" or atom.value:
        return
    window = tokens.classes[max(floor, atom.start - 5) : atom.start]
    found = MODIFIER.search(window)
    if not found:
        return
    offset = atom.start - len(window)
    place = offset + found.start("e")
    word = tokens.lower(place)
    between = tokens.classes[place + 1 : atom.start]
    if word in ("before", "after", "prior", "afterwards", "hence", "thereafter", "previously"):
        return
    if word in word_list("parts_of_periods"):
        if "F" not in between and not (word in ("end", "start", "middle") and between == "-"):
            return
    elif between.strip("-") and not (
        (between == "P" and tokens.lower(place + 1) == "in")
        or (between == "Pt" and word in ("early", "late", "earlier", "later"))
    ):
        if between == "P" and word in ("early", "late") and atom.slots & {"day", "weekday"}:
            atom.modifier = atom.modifier or word  # "late on Tuesday"
        return
    atom.modifier = atom.modifier or str(lexicon()["modifier"].get(word, ""))
    atom.start = (
        offset + found.start("t")
        if found.group("t") and found.start("t") + 1 == found.start("e")
        else place
    )


def _stands(tokens: Tokens, atom: Atom) -> bool:
    """Whether an atom is an expression of its own."""
    if atom.form == "none" and not atom.time:
        return False
    if atom.rank and atom.rule != "week_number" and not atom.slots & {"month", "year", "week"}:
        return False
    if atom.form == "none":
        if tokens.lower(atom.start) == "overnight":
            return True
        before = tokens.lower(atom.start - 1)
        part = tokens.classes[atom.start] == "E" and before in word_list("part_prepositions")
        return tokens.classes[atom.start] == "t" or before == "in" or part
    return True
