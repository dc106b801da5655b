"""What a run, the settings and the state look like on a terminal."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from pipeline.config import FIELDS, Sourced

if TYPE_CHECKING:
    from pipeline.run import Request, Summary

COUNTS = {
    "documents": "select count(*) from documents",
    "set_aside": "select count(*) from set_aside",
    "quarantined": "select count(*) from quarantine",
    "claims": "select count(*) from claims",
    "sentences_without_claim": "select count(*) from sentences where n_claims = 0",
    "undated_documents": "select count(*) from documents where published is null",
}
REASONS = "select reason, count(*) from quarantine group by reason order by 2 desc, 1"


def table_counts(request: Request) -> dict[str, Any]:
    """Counts read from the tables themselves; {} before the first export."""
    path = request.out / "claims.sqlite"
    if not path.is_file():
        return {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        counts: dict[str, Any] = {name: db.execute(q).fetchone()[0] for name, q in COUNTS.items()}
        counts["quarantined_by_reason"] = dict(db.execute(REASONS).fetchall())
    return counts


def summarise(request: Request, summary: Summary, *, as_json: bool) -> str:
    """The end of a run, for a person or a program."""
    counts = table_counts(request)
    speed = summary.words / summary.seconds if summary.seconds else 0.0
    if as_json:
        return json.dumps(
            {
                "files_read": summary.read,
                "texts_analysed": summary.analysed,
                **counts,
                "newly_quarantined": summary.newly_quarantined,
                "seconds": round(summary.seconds, 2),
                "words_per_second": round(speed),
                "warnings": summary.warnings,
                "exit_status": summary.exit_status,
            }
        )
    lines = [f"warning: {warning}" for warning in summary.warnings]
    lines.append(f"read {summary.read:,} new or changed files, analysed {summary.analysed:,} texts")
    if counts:
        lines.append(
            f"documents {counts['documents']:,} (undated {counts['undated_documents']:,}),"
            f" set aside {counts['set_aside']:,}, in quarantine {counts['quarantined']:,}"
        )
        lines += [f"  {reason}: {n:,}" for reason, n in counts["quarantined_by_reason"].items()]
        lines.append(
            f"claims {counts['claims']:,}; sentences without one"
            f" {counts['sentences_without_claim']:,}"
        )
    lines.append(f"{summary.seconds:.1f} s, {speed:,.0f} words a second")
    lines.append(f"tables in {request.out}: open claims.xlsx first")
    return "\n".join(lines)


def describe_status(pending: dict[str, str], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(pending)
    if not pending:
        return "nothing to do: every document is as the last run saw it"
    return "\n".join(f"{path}: {reason}" for path, reason in sorted(pending.items()))


def describe_settings(sourced: Sourced) -> str:
    """The settings as TOML, each with the place it came from."""
    lines = []
    for name in FIELDS:
        value = getattr(sourced.settings, name)
        shown = json.dumps(list(value) if isinstance(value, tuple) else value)
        lines.append(f"{name} = {shown}  # {sourced.origin.get(name, 'default')}")
    return "\n".join(lines)
