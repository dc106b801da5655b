"""`claims gate`: does the last run look like the runs before it?

A feed that breaks (a login page instead of articles, a new layout) shows in what its documents
give, before an analyst builds on it.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.store.history import Arrivals, arrivals

WINDOW = 30  # earlier runs that count
ENOUGH = 5  # earlier runs without which nothing can be said
FEWEST = 5  # documents in a run without which its shares mean nothing


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a run. `slack` is a change that is never news, in the figure's own unit."""

    name: str
    of: Callable[[Arrivals], float]
    slack: float


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


MEASURES = (
    Measure("claims per document", lambda a: share(a.claims, a.documents), 3.0),
    Measure("share of text removed", lambda a: share(a.removed, a.characters), 0.1),
    Measure("share of dates unresolved", lambda a: share(a.unresolved, a.dates), 0.15),
    Measure(
        "share of documents in quarantine",
        lambda a: share(a.quarantined, a.documents + a.quarantined),
        0.1,
    ),
)


class Verdict(NamedTuple):
    """Why the last run is unlike those before it, () when it is like them or nothing can be said;
    and in one line what was compared, or why nothing was."""

    reasons: tuple[str, ...]
    words: str


def gate(out: Path) -> Verdict:
    """Compares the last run into `out` that read something with those before it."""
    return judge(arrivals(out))


def judge(found: Sequence[Arrivals]) -> Verdict:
    """The last of some runs, the oldest first, against the others."""
    if not found:
        return Verdict((), "no run has read anything yet: nothing to compare")
    last, earlier = found[-1], found[-WINDOW - 1 : -1]
    new = last.documents + last.quarantined
    if new < FEWEST:
        return Verdict((), f"run {last.run} read {new} documents, too few to say anything")
    if len(earlier) < ENOUGH:
        runs = f"{len(earlier)} earlier runs read something; {ENOUGH} are needed to compare with"
        return Verdict((), runs)
    reasons = compare(last, earlier)
    like = "unlike" if reasons else "like"
    return Verdict(
        tuple(reasons), f"run {last.run} ({new:,} documents) is {like} {len(earlier)} earlier runs"
    )


def compare(last: Arrivals, earlier: Sequence[Arrivals]) -> list[str]:
    """Each measure that lies further from the median of the earlier runs than usual.

    "Usual" is five median absolute deviations, about three and a half standard deviations,
    and never less than the measure's slack.
    """
    reasons = []
    for measure in MEASURES:
        past = [measure.of(run) for run in earlier]
        middle = statistics.median(past)
        usual = max(5 * statistics.median(abs(x - middle) for x in past), measure.slack)
        now = measure.of(last)
        if abs(now - middle) > usual:
            reasons.append(
                f"{measure.name}: {now:.2f}; the median of {len(past)} earlier runs is"
                f" {middle:.2f} (usual: within {usual:.2f} of it)"
            )
    return reasons
