"""What analysts wrote into the Documents sheet, for the next run."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.metadata.facts import FIELDS, merge, metadata_of_facts
from pipeline.records import Fact, Metadata
from pipeline.review.decisions import Decision, DecisionFiles

ORIGIN = "analyst"


def analyst_rows(
    rows: dict[str, Metadata], file: str, decisions: DecisionFiles
) -> dict[str, Metadata]:
    """The rows of a file's documents with what analysts know better.

    Args:
        rows: of metadata.csv, by the path of the document.
        file: path of the file, which may hold many documents.
    """
    out = dict(rows)
    for path in decisions.below(file):
        found = analyst_metadata([*decisions.came(path), *decisions.of(path)])
        if found != Metadata():
            out[path] = merge(found, rows.get(path, Metadata()))
    return out


def analyst_metadata(decisions: Sequence[Decision]) -> Metadata:
    """The facts that reviewers agree about."""
    said = facts_said(decisions)
    return metadata_of_facts(
        {
            name: Fact(next(iter(values.values())), ORIGIN)
            for name, values in said.items()
            if len(set(values.values())) == 1
        }
    )


def disputed(decisions: Sequence[Decision]) -> list[str]:
    """Facts that reviewers disagree about, in words; none of their values is used."""
    return [
        f"{decisions[0].path}: {name}: "
        + "; ".join(f"{who or 'somebody'}: {value}" for who, value in values.items())
        for name, values in facts_said(decisions).items()
        if len(set(values.values())) > 1
    ]


def facts_said(decisions: Sequence[Decision]) -> dict[str, dict[str, str]]:
    """Field -> reviewer -> the latest value."""
    said: dict[str, dict[str, str]] = {}
    for decision in decisions:
        if decision.kind == "document":
            for name in FIELDS:
                if value := decision.corrected.get(name):
                    said.setdefault(name, {})[decision.who] = value
    return said
