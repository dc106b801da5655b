"""Counts of the tables for the summary of a run."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.export.columns import tables as all_tables
from pipeline.export.reader import TableReader

_GROUPS = {
    "quarantined": "SELECT reason, count(*) FROM quarantine GROUP BY reason",
    "set_aside": "SELECT reason, count(*) FROM set_aside GROUP BY reason",
    "removals": "SELECT rule, count(*) FROM removals GROUP BY rule",
    "unclaimed": "SELECT why_none, count(*) FROM sentences WHERE n_claims = 0 GROUP BY why_none",
    "rules": "SELECT rule, count(*) FROM claims GROUP BY rule",
    "figures": "SELECT figure_kind, count(*) FROM money GROUP BY figure_kind",
}

_SUMS = {
    "characters": "SELECT coalesce(sum(characters), 0) FROM documents",
    "characters_removed": "SELECT coalesce(sum(characters_removed), 0) FROM documents",
    "undated_documents": "SELECT count(*) FROM documents WHERE published IS NULL",
    "copies": "SELECT count(*) FROM documents WHERE duplicate_of IS NOT NULL",
    "updates": "SELECT count(*) FROM documents WHERE update_of IS NOT NULL",
    "contradictions": "SELECT count(*) FROM claim_links WHERE relation = 'contradiction'",
    "unresolved_dates": "SELECT count(*) FROM dates WHERE flags LIKE '%unresolved_date%'",
    "sentences_without_claim": "SELECT count(*) FROM sentences WHERE n_claims = 0",
    "attributed_claims": "SELECT count(*) FROM claims WHERE attribution <> 'authorial'",
}


@dataclass(frozen=True, slots=True)
class Stats:
    """What the outputs hold.

    Attributes:
        rows: rows by table.
        sums: single counts by name, the keys of `_SUMS`.
        groups: counts by reason, rule or kind; the keys of `_GROUPS`, the most frequent first.
    """

    rows: dict[str, int]
    sums: dict[str, int]
    groups: dict[str, dict[str, int]]


def stats(tables: TableReader) -> Stats:
    """Count everything."""
    return Stats(
        rows={name: tables.count(name) for name in all_tables()},
        sums={name: int(next(tables.rows(query))[0]) for name, query in _SUMS.items()},
        groups={
            name: {str(key or "other"): n for key, n in tables.rows(f"{query} ORDER BY 2 DESC, 1")}
            for name, query in _GROUPS.items()
        },
    )
