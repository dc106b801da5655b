"""A date said twice: in "a day earlier, on 3 November" the second words say what the first mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.records import DateMention

_OFFSET = re.compile(r"\b(?:earlier|later|before|after(?:wards)?|ago)$", re.I)
_BETWEEN = re.compile(r", (?:on|in) (?:the )?")


def explained(text: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """The mentions; a length of time back or ahead takes the date that the text adds to it.

    It is left as it is where both agree, the first at its own precision.
    """
    found = list(mentions)
    for at, (one, other) in enumerate(pairwise(mentions)):
        if not (one.kind == other.kind == "DATE" and other.start):
            continue
        between = text[one.span.end : other.span.start]
        if not (_OFFSET.search(one.span.of(text)) and _BETWEEN.fullmatch(between)):
            continue
        if not one.start or _is_over(one, other) or _is_over(other, one):
            taken = ("value", "start", "end", "granularity", "anchor", "flags")
            found[at] = replace(one, **{name: getattr(other, name) for name in taken})
    return found


def _is_over(one: DateMention, other: DateMention) -> bool:
    """True if the first date is over when the second begins, as far as both are known."""
    shared = min(len(one.end), len(other.start))
    return one.end[:shared] < other.start[:shared]
