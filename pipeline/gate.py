"""`claims gate`: does the last run look like the runs before it?

A feed that breaks (a login page instead of articles, a new layout) shows in what its documents
give, before an analyst builds on it.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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


def gate(out: Path) -> list[str]:
    """Why the last run that read something is unlike those before it; [] when it is like them."""
    found = arrivals(out)
    return compare(found[-1], found[-WINDOW - 1 : -1]) if found else []


def compare(last: Arrivals, earlier: Sequence[Arrivals]) -> list[str]:
    """Each measure that lies further from the median of the earlier runs than usual.

    "Usual" is five median absolute deviations, about three and a half standard deviations,
    and never less than the measure's slack.
    """
    if len(earlier) < ENOUGH or last.documents + last.quarantined < FEWEST:
        return []
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
