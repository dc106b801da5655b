"""What two claims are to each other, on labelled pairs: precision and recall of each kind."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.records import DocumentResult

HERE = Path(__file__).parent
PAIRS = tomllib.loads((HERE / "pairs.toml").read_text("utf-8"))["pairs"]
HARD = tomllib.loads((HERE / "pairs_hard.toml").read_text("utf-8"))["pairs"]
EDGES = tomllib.loads((HERE / "pairs_edges.toml").read_text("utf-8"))["pairs"]
UNNAMED = tomllib.loads((HERE / "pairs_unnamed.toml").read_text("utf-8"))["pairs"]
FLOORS = tomllib.loads((HERE.parent / "quality" / "across.toml").read_text("utf-8"))
#: Parts of the pairs and the kinds they have; "quiet" is same or unrelated.
KINDS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("seen", "held_back", "hard"), ("same", "update", "contradicts", "unrelated")
)
KINDS |= dict.fromkeys(("edges", "unnamed"), ("update", "contradicts", "quiet"))


def verdict(connection: sqlite3.Connection) -> str:
    """The kind of pair that the tables of two articles show."""
    relations = {kind for (kind,) in connection.execute("SELECT relation FROM claim_links")}
    if relations:
        return "contradicts" if "contradiction" in relations else "update"
    groups = connection.execute(
        "SELECT group_id FROM claims WHERE group_id IS NOT NULL"
        " GROUP BY group_id HAVING count(DISTINCT doc_id) > 1"
    )
    return "same" if groups.fetchone() else "unrelated"


def labelled_pairs() -> Iterator[tuple[str, dict[str, Any]]]:
    for number, pair in enumerate(PAIRS, start=1):
        yield "seen" if number % 3 else "held_back", pair
    for part, pairs in (("hard", HARD), ("edges", EDGES), ("unnamed", UNNAMED)):
        for pair in pairs:
            yield part, pair


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def test_each_kind_keeps_its_precision_and_recall(
    article: Callable[..., DocumentResult], link: Callable[..., sqlite3.Connection]
) -> None:
    seen: dict[str, Counter[tuple[str, str]]] = {part: Counter() for part in KINDS}
    wrong = []
    for number, (part, pair) in enumerate(labelled_pairs(), start=1):
        days = pair["when"]
        one = article("a.txt", pair["a"] + "\n", days[0])
        other = article("b.txt", pair["b"] + "\n", days[-1])
        found = verdict(link([one, other]))
        if "quiet" in KINDS[part] and found in ("same", "unrelated"):
            found = "quiet"
        seen[part][pair["kind"], found] += 1
        if found != pair["kind"]:
            wrong.append(f"{number} {pair['kind']} -> {found}: {pair['a']} | {pair['b']}")
    assert len(PAIRS) >= 100 and len(HARD) >= 60 and len(EDGES) >= 45 and len(UNNAMED) >= 25
    for part, counts in seen.items():
        for kind in KINDS[part]:
            hit = counts[kind, kind]
            labelled = sum(n for (gold, _), n in counts.items() if gold == kind)
            claimed = sum(n for (_, made), n in counts.items() if made == kind)
            floor = FLOORS[part][kind]
            assert share(hit, claimed) >= floor["precision"], (part, kind, wrong)
            assert share(hit, labelled) >= floor["recall"], (part, kind, wrong)
