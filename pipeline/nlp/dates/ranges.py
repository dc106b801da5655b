"""Ranges: two dates that the words join into one ("between 1997 and 2005", "12-13 April")."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from pipeline.nlp.dates.atoms import Atom
from pipeline.nlp.dates.tokens import Tokens, word_list
from pipeline.nlp.dates.values import bounds
from pipeline.records import DateMention, Span

MOVED_WITHIN = 5  # tokens from "moved" to "from"
Resolve = Callable[[Atom], DateMention | None]
LINK = re.compile(r"(?:,?>t?|[-=]t?|&t?)(?:P)?t?")
#: What the words before a range say of all of it, and not of its first end alone.
OF_WHOLE = frozenset({"about", "before", "after", "by", "until"})
LIST_LINK = re.compile(r",?&t?|,")
LEVELS = ("time", "day", "weekday", "holiday", "week", "month", "quarter", "year", "decade")


def level(atom: Atom) -> str:
    """The finest part that the atom names."""
    slots = atom.slots
    return next((name for name in LEVELS if name in slots), "")


def joins_range(tokens: Tokens, first: Atom, second: Atom) -> bool:
    """Whether the words between two dates make them the ends of one range."""
    if first.form != "date" or second.form != "date" or second.start - first.end > 3:
        return False
    if (
        first.until_day
        or second.until_day
        or "/" in first.value
        or "/" in second.value
        or first.counted
        or second.counted
    ):
        return False
    link = tokens.classes[first.end : second.start]
    if not LINK.fullmatch(link):
        return False
    opener = tokens.lower(first.start - 1)
    same = level(first) == level(second)
    if "&" in link:
        return opener == "between" and tokens.lower(first.end) == "and"
    if opener == "from" and is_moved(tokens, first.start - 1):
        return False
    if ">" in link:
        return opener in ("from", "between") or (same and not first.relative)
    return same and first.direction == 0 and not second.relative


def is_moved(tokens: Tokens, start: int) -> bool:
    """Whether "from" at a token follows a verb that gives an event another date."""
    near = range(max(0, start - MOVED_WITHIN), start)
    return any(tokens.lower(index) in word_list("moving_verbs") for index in near)


def share_time(tokens: Tokens, first: Atom, second: Atom) -> None:
    """Two clock times of one range: the same day, and the same half of it.

    "2pm till tomorrow 4pm" names the day of its end alone; it begins today.
    """
    if first.slots == {"time"} and tokens.classes[second.start] in "kWwtlxi":
        if (second.unit, second.shift) == ("D", 1):
            first.unit, first.shift = "D", 0
        return
    for one, other in ((first, second), (second, first)):
        if one.slots == {"time"} and len(other.slots) > 1:
            keep, span = one.time, (one.start, one.end)
            one.absorb(other)
            one.time, (one.start, one.end) = keep, span
    if not first.marked_half and second.marked_half:
        hour, later = int(first.time[1:3]) + 12, int(second.time[1:3])
        if 12 < hour <= later:
            first.time = f"T{hour:02d}{first.time[3:]}"


def share_parts(tokens: Tokens, first: Atom, second: Atom) -> None:
    """Give the first end the year that only the second names, and the second the month."""
    if first.time and second.time:
        share_time(tokens, first, second)
        return
    if "yearly" in second.flags:
        first.flags.append("yearly")
    if first.year is None and not first.relative and second.year is not None and not first.holiday:
        if {"month", "quarter"} & first.slots:
            first.year = second.year
            if first.month and second.month and first.month > second.month:
                first.year -= 1
    elif (
        first.year is None
        and not first.unit
        and second.unit == "Y"
        and (first.month and second.month)
    ):
        first.unit, first.shift, first.basis = "Y", second.shift, second.basis
    elif first.year is not None and first.month and second.month and _yearless(second):
        earlier = (second.month, second.day or 0) < (first.month, first.day or 0)
        second.year = first.year + earlier  # "between May 2019 and July"


def _yearless(atom: Atom) -> bool:
    """Whether the atom is a month, with or without its day, of a year that the words leave open."""
    named = atom.month is not None and atom.year is None and not atom.unit
    return named and not atom.direction and not atom.holiday


def put_in_order(
    atoms: tuple[Atom, Atom],
    ends: tuple[DateMention, DateMention],
    published: str,
    resolve: Resolve,
) -> tuple[DateMention | None, DateMention | None]:
    """The two ends of a range, read anew where the second would lie before the first.

    "Will run from Wednesday to Monday" ends on the Monday that follows. What is over by the
    publication began a week, or with "from October to March" a year, before.
    """
    (first, second), (one, two) = atoms, ends
    start, end = one.start, two.start
    shared = first.weekday is not None and first.weekday == second.weekday
    if first.time and second.time and shared and len(start) == 10 and start != end:
        second.year, second.month, second.day = map(int, start.split("-"))
        return one, resolve(second)  # "from 9 a.m. until noon on Saturday"
    if not start or not end or len(start) != len(end) or start <= end:
        return ends
    if second.slots <= {"weekday", "time"} and second.weekday is not None and len(end) == 10:
        back = end < published and first.slots <= {"weekday", "time"} and first.direction == 0
        moved, by = (first, -7) if back else (second, 7)
        day = date.fromisoformat(start if back else end) + timedelta(by)
        if (day.isoformat() <= end) if back else (day.isoformat() >= start):
            moved.year, moved.month, moved.day = day.year, day.month, day.day
            if back:  # the text goes on from the end of the range
                second.year, second.month, second.day = map(int, end.split("-"))
                return resolve(first), resolve(second)
            return one, resolve(second)
    if _yearless(first) and _yearless(second):
        if one.anchor == "text" != two.anchor:  # "the 2026 tour runs from 11 June to 19 July"
            earlier = (second.month or 0, second.day or 0) < (first.month or 0, first.day or 0)
            second.year = int(start[:4]) + earlier
            return one, resolve(second)
        if published and published[: len(start)] <= start:
            second.year = int(end[:4]) + 1
            return one, resolve(second)
        first.year, second.year = int(start[:4]) - 1, int(end[:4])
        return resolve(first), resolve(second)
    return ends


def share_year(tokens: Tokens, atoms: list[Atom]) -> None:
    """Give every part of "in May, June and July 2019" the year that stands behind the last."""
    for first, second in zip(reversed(atoms[:-1]), reversed(atoms[1:]), strict=True):
        if first.rule == second.rule == "listed_quarter":
            first.closing = second.closing or second
        told = second.year is not None or (second.unit == "Y" and not second.counted)
        if not told or first.year is not None or first.form != "date":
            continue
        link = tokens.classes[first.end : second.start]
        named = bool({"month", "quarter"} & first.slots) and first.slots == second.slots - {"year"}
        if not named or not LIST_LINK.fullmatch(link) or first.direction or first.unit:
            continue
        late = first.month is not None and second.month is not None and first.month > second.month
        if second.year is not None:
            first.year = second.year - late
        elif not late:
            first.unit, first.shift, first.basis = "Y", second.shift, second.basis


def link_ranges(
    tokens: Tokens, atoms: list[Atom], resolve: Resolve, published: str = ""
) -> list[DateMention]:
    """Resolve the atoms in order, and put the two ends of each range together."""
    share_year(tokens, atoms)
    out: list[DateMention] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        follower = atoms[index + 1] if index + 1 < len(atoms) else None
        linked = follower is not None and joins_range(tokens, atom, follower)
        if linked and follower is not None:
            share_parts(tokens, atom, follower)
        first = resolve(atom)
        if linked and follower is not None and first is not None:
            second = resolve(follower)
            if second:
                ends = put_in_order((atom, follower), (first, second), published, resolve)
                first, second = ends[0] or first, ends[1] or second
            both = second and join_mentions(first, second)
            if both:
                out.append(both)
            else:
                out += [mention for mention in (first, second) if mention]
            index += 2
            continue
        if first is not None:
            out.append(first)
        index += 1
    return out


def join_mentions(first: DateMention, second: DateMention) -> DateMention | None:
    """One mention of a range; None if the ends are not in order."""
    if (
        "/" in first.value + second.value
        or first.value.endswith("_REF")
        or second.value.endswith("_REF")
    ):
        return None
    start = first.start or bounds(first.value)[0]
    end = second.end or bounds(second.value)[1]
    words = [word for word in first.modifier.split() if word in OF_WHOLE]
    if "about" in second.modifier and "about" not in words:
        words.append("about")
    if start and end and start[:10] > end[:10] and not end.startswith(start):
        return None
    return replace(
        first,
        span=Span(first.span.start, second.span.end),
        value=f"{first.value}/{second.value}",
        start=start,
        end=end,
        modifier=" ".join(words),
        granularity=first.granularity,
        anchor=first.anchor or second.anchor,
        flags=tuple(dict.fromkeys(first.flags + second.flags)),
        parts=() if first.kind == "TIME" else (first, second),
    )
