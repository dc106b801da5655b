"""What a run, the settings and the state look like on a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.config import FIELDS, Sourced

SHOWN_OF_CHANGE = ("path", "claim_text", "source_name", "date_value", "amount", "currency")

if TYPE_CHECKING:
    from pipeline.export.stats import Stats
    from pipeline.run import Request, Summary
    from pipeline.store.history import Change


def summarise(request: Request, summary: Summary, *, as_json: bool) -> str:
    """The end of a run, for a person or a program."""
    speed = summary.words / summary.seconds if summary.seconds else 0.0
    if as_json:
        return json.dumps(
            {
                "files": summary.files,
                "files_read": summary.read,
                "texts_analysed": summary.analysed,
                **counts(summary.stats),
                "newly_quarantined": summary.newly_quarantined,
                "seconds": round(summary.seconds, 2),
                "words_per_second": round(speed),
                "warnings": summary.warnings,
                "exit_status": summary.exit_status,
            }
        )
    lines = [f"warning: {warning}" for warning in summary.warnings]
    lines.append(f"read {summary.read:,} new or changed files, analysed {summary.analysed:,} texts")
    if summary.stats is not None:
        lines += describe_tables(summary.stats)
    pace = f", {speed:,.0f} words a second" if summary.words else ""
    lines.append(f"{summary.seconds:.1f} s{pace}")
    if summary.stats is not None:
        lines.append(f"tables in {request.out}: open claims.xlsx first")
    return "\n".join(lines)


def counts(stats: Stats | None) -> dict[str, Any]:
    """The tables' counts under short names; {} when no table was written."""
    if stats is None:
        return {}
    return {
        "documents": stats.rows["documents"],
        "undated_documents": stats.sums["undated_documents"],
        "copies": stats.sums["copies"],
        "updates": stats.sums["updates"],
        "claims": stats.rows["claims"],
        "contradictions": stats.sums["contradictions"],
        "sentences_without_claim": stats.sums["sentences_without_claim"],
        "set_aside": stats.rows["set_aside"],
        "quarantined": stats.rows["quarantine"],
        "quarantined_by_reason": stats.groups["quarantined"],
        "set_aside_by_reason": stats.groups["set_aside"],
    }


def describe_tables(stats: Stats) -> list[str]:
    found = counts(stats)

    def reasons(name: str) -> str:
        groups = stats.groups[name]
        return f" ({', '.join(f'{key} {n:,}' for key, n in groups.items())})" if groups else ""

    return [
        f"documents {found['documents']:,}, of them without a date {found['undated_documents']:,},"
        f" copies {found['copies']:,}, updates {found['updates']:,}",
        f"set aside {found['set_aside']:,}{reasons('set_aside')}",
        f"in quarantine {found['quarantined']:,}{reasons('quarantined')}",
        f"claims {found['claims']:,}; sentences without one {found['sentences_without_claim']:,}"
        f"{reasons('unclaimed')}; contradictions {found['contradictions']:,}",
    ]


def describe_status(pending: dict[str, str], quarantined: int, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(pending)
    lines = [f"{path}: {reason}" for path, reason in sorted(pending.items())]
    if not lines:
        lines.append("nothing to do: every document is as the last run saw it")
    if quarantined:
        lines.append(f"in quarantine {quarantined:,}: `claims retry` tries them again")
    return "\n".join(lines)


def describe_settings(sourced: Sourced) -> str:
    """The settings as TOML, each with the place it came from."""
    lines = []
    for name in FIELDS:
        value = getattr(sourced.settings, name)
        shown = json.dumps(list(value) if isinstance(value, tuple) else value)
        lines.append(f"{name} = {shown}  # {sourced.origin.get(name, 'default')}")
    return "\n".join(lines)


def describe_runs(runs: Sequence[tuple[int, str]]) -> str:
    return "\n".join(f"{run}\t{started}" for run, started in runs) or "no runs yet"


def describe_diff(changes: Sequence[Change]) -> str:
    """A line per claim: kind, path, claim, and its source, date and sum; a header above."""
    if not changes:
        return "no difference"
    lines = ["\t".join(["change", *SHOWN_OF_CHANGE])]
    for change in changes:
        shown = [change.values[name] for name in SHOWN_OF_CHANGE]
        lines.append("\t".join([change.kind, *(value or "" for value in shown)]))
    return "\n".join(lines)
