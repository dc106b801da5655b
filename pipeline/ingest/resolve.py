"""Overlapping proposals resolved to removals that do not overlap, the same way in any order."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.records import Removal, Span

#: Who proposes, strongest first.
ANALYST, LIBRARY, USER, RULE, MODEL = range(5)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A removal that somebody proposes; `rank` is one of the constants above."""

    removal: Removal
    rank: int = RULE

    @property
    def order(self) -> tuple[int, float, int, int, str, str]:
        """Smaller wins where two overlap; total, so that the order of arrival is of no effect."""
        removal, span = self.removal, self.removal.span
        return (
            self.rank,
            -removal.confidence,
            span.start - span.end,
            span.start,
            removal.rule,
            removal.reason,
        )


class _Event(NamedTuple):
    at: int
    ends: bool
    number: int


def resolve(candidates: Iterable[Candidate]) -> list[Removal]:
    """Sorted removals without overlap that cover exactly what the candidates cover together.

    Where several cover a place the strongest gets it: see Candidate.order. O(n log n).
    """
    ordered = sorted(candidates, key=lambda candidate: candidate.order)
    events = [
        _Event(at, ends, number)
        for number, candidate in enumerate(ordered)
        for at, ends in (
            (candidate.removal.span.start, False),
            (candidate.removal.span.end, True),
        )
    ]
    events.sort()
    out: list[Removal] = []
    open_: list[int] = []  # heap of indices into `ordered`: the smallest is the strongest
    closed: set[int] = set()
    held, since = -1, 0  # who holds the present place, and from where
    for at, ends, number in events:
        if ends:
            closed.add(number)
        else:
            heapq.heappush(open_, number)
        while open_ and open_[0] in closed:
            heapq.heappop(open_)
        now = open_[0] if open_ else -1
        if now != held:
            if held >= 0 and at > since:
                out.append(_part(ordered[held].removal, since, at))
            held, since = now, at
    return out


def _part(removal: Removal, start: int, end: int) -> Removal:
    return Removal(Span(start, end), removal.rule, "", removal.reason, removal.confidence)


def without(candidates: Iterable[Candidate], kept: Sequence[Span]) -> list[Candidate]:
    """The candidates with the kept places cut out of them; `kept` is sorted, without overlap."""
    if not kept:
        return list(candidates)
    out: list[Candidate] = []
    for candidate in candidates:
        at, end = candidate.removal.span.start, candidate.removal.span.end
        for span in kept:
            if span.end <= at:
                continue
            if span.start >= end:
                break
            if span.start > at:
                out.append(Candidate(_part(candidate.removal, at, span.start), candidate.rank))
            at = span.end
        if at < end:
            out.append(Candidate(_part(candidate.removal, at, end), candidate.rank))
    return out


def with_repairs(removals: Sequence[Removal], repairs: Iterable[Removal]) -> list[Removal]:
    """Removals and those repairs that no removal touches, sorted, without overlap.

    A repair of a place that goes away is pointless; half a repair would be wrong.
    """
    out: list[Removal] = []
    at = end = 0
    for repair in sorted(repairs):
        while at < len(removals) and removals[at].span.end <= repair.span.start:
            at += 1
        if at < len(removals) and removals[at].span.start < repair.span.end:
            continue
        if repair.span.start >= end:
            out.append(repair)
            end = repair.span.end
    return sorted([*removals, *out])
