"""Numbers that count something: single ones and ranges, and what they count without a parse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.nlp.lexicons import remembered
from pipeline.nlp.money import context
from pipeline.nlp.money.lexicon import read_data
from pipeline.nlp.money.measures import time_words
from pipeline.nlp.money.numbers import SP, Number, shift
from pipeline.records import Figure, Span

_GAP = re.compile(rf"{SP}?[-–—]{SP}?|{SP}(?:to|or|and){SP}(?:(?:about|around|nearly|almost){SP})?")
_BETWEEN = re.compile(rf"\bbetween{SP}(?:\w+{SP})?\Z", re.IGNORECASE)
_DEFINITE = re.compile(
    rf"\b(?:the|these|those|both|his|her|its|their|our){SP}(?:other{SP})?\Z", re.IGNORECASE
)
_PLURAL = re.compile(rf"{SP}(people|men|women|children|[a-z]{{2,}}s)(?![\w'’])")

#: One number, or the two ends of a range.
Tally = tuple[Number, Number | None]


def group_counts(text: str, numbers: Iterable[Number]) -> Iterator[Tally]:
    """Numbers and ranges that may count, in order; scores ("2-1") and "the two" are left out."""
    waiting: Number | None = None
    for number in numbers:
        if not number.integer:
            continue
        gap = _gap(text, waiting, number) if waiting else None
        if waiting is None or gap is None:
            if waiting is not None and not refers_back(text, waiting):
                yield waiting, None
            waiting = number
            continue
        if _low(waiting, number) < number.value:
            yield waiting, number
        # else "won 3 to 1": a score
        waiting = None
    if waiting is not None and not refers_back(text, waiting):
        yield waiting, None


def _gap(text: str, first: Number, second: Number) -> str | None:
    """The word or dash between the two ends of a range; None if they make none."""
    if second.start - first.end > 14:
        return None
    between = text[first.end : second.start]
    if not _GAP.fullmatch(between):
        return None
    words = between.split()
    word = words[0] if words else "-"
    if word == "and" and not _BETWEEN.search(text[max(0, first.start - 24) : first.start]):
        return None
    changed = context.is_change(text, first.start) or context.moved_by(
        text, first.start, named=False
    )
    if word == "to" and changed:
        return None
    return word


def _low(first: Number, second: Number) -> Decimal:
    """The lower end, with the scale that it shares ("5 to 6 million")."""
    if second.power and not first.power and not first.grouped:
        return shift(first.value, second.power)
    return first.value


def refers_back(text: str, number: Number) -> bool:
    """Whether it is as in "the two countries", which counts nothing anew."""
    window = text[max(0, number.start - 14) : number.start]
    return number.spelled and _DEFINITE.search(window) is not None


def count_figure(text: str, tally: Tally, unit: str) -> Figure:
    """The figure of a number or range and its unit."""
    first, second = tally
    if second is not None:
        span, low = Span(first.start, second.end), _low(first, second)
        either = text[first.end : second.start].split()[:1] == ["or"]
        qualifier = "either" if either else "range"
        return Figure(span, "count", None, low, second.value, unit=unit, qualifier=qualifier)
    per, behind = context.read_per(text, first.start, first.end)
    bound = context.read_bound(text, first.start, behind, first.value, first.value)
    return Figure(
        Span(first.start, first.end), "count", first.value, bound.low, bound.high, unit=unit,
        qualifier=bound.qualifier, per=per,
    )  # fmt: skip


@remembered
def no_plurals() -> frozenset[str]:
    """Words in -s that name no things."""
    return frozenset(read_data("units.toml")["count"]["no_plurals"])


@remembered
def _to_people() -> re.Pattern[str]:
    """What happened to people, behind their number: "12 dead"."""
    words = "|".join(read_data("units.toml")["count"]["done_to_people"])
    return re.compile(rf"{SP}(?:{words})(?!\w)")


def plain_unit(text: str, number: Number) -> str:
    """The plural right behind a number, "people" before "dead"; "" if neither is there."""
    if _to_people().match(text, number.end):
        return "people"
    match = _PLURAL.match(text, number.end)
    if match is None or match[1] in no_plurals() or match[1] in time_words():
        return ""
    return match[1]


def find_plain_counts(text: str, numbers: Iterable[Number]) -> Iterator[Figure]:
    """Numbers right before a plural in small letters: "12 agreements"."""
    for tally in group_counts(text, numbers):
        last = tally[1] or tally[0]
        year = not (last.spelled or last.grouped or last.power) and 1500 <= last.value <= 2100
        unit = "" if year else plain_unit(text, last)
        if unit:
            yield count_figure(text, tally, unit)
