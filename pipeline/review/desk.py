"""`claims review`: from saved workbooks to the file of decisions, told in words."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError
from pipeline.export import DATABASE
from pipeline.export.reader import TableReader
from pipeline.review.apply import in_words
from pipeline.review.decisions import Decision, DecisionFiles, append, beside
from pipeline.review.entities import FILE as ENTITIES
from pipeline.review.entities import read_entity_decisions
from pipeline.review.entity_rows import append_decisions
from pipeline.review.moves import beside as documents_beside
from pipeline.review.moves import remember
from pipeline.review.sheet import pages
from pipeline.review.take import Taker
from pipeline.review.taking import EntityTaken, Taking
from pipeline.verify import recorded_corpus

SHOWN = 50  # decisions that are told one by one


class Taken(NamedTuple):
    """What was read, and the file that it was, or would be, written to."""

    taking: Taking
    target: Path


def take_decisions(
    files: Sequence[Path],
    out: Path,
    decisions: Path | None,
    reviewer: str,
    order: str,
    *,
    dry_run: bool,
) -> Taken:
    """Read the files and keep what is new in them.

    Args:
        out: the folder of the tables that the files were made from.
        decisions: the file to append to; None for the one beside the corpus of the last run.
        order: of dates such as 03/04/2021: DMY, MDY, YMD, or "" to refuse them.

    Raises:
        ConfigError: a file cannot be read, or there are no tables.
    """
    if not (out / DATABASE).is_file():
        raise ConfigError(f"{out}: no {DATABASE} there; name the folder of the tables with --out")
    corpus = recorded_corpus(out)
    target = decisions or beside(corpus[0])
    when = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with TableReader(out / DATABASE) as tables:
        taker = Taker(
            tables,
            DecisionFiles([target]),
            read_entity_decisions(corpus).decisions,
            reviewer=reviewer,
            user=user_name(),
            when=when,
            order=order,
        )
        for file in files:
            taker.read(pages(file))
        taking = taker.finish()
        if taking.taken and not dry_run:
            append(target, taking.taken)
            paths = dict.fromkeys(decision.path for decision in taking.taken)
            found = ((path, taker.tables.document(path)) for path in paths)
            remember(documents_beside(target), ((p, item.text) for p, item in found if item))
        if taking.entities and not dry_run:
            made = [item.decision for item in taking.entities]
            append_decisions(corpus[0] / ENTITIES, made, reviewer or user_name(), when)
    return Taken(taking, target)


def user_name() -> str:
    """Of who is logged in; "" in a container without users."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def describe(taking: Taking, target: Path, *, dry_run: bool) -> str:
    """All that the analyst should know of it, the worst last."""
    told_ = [*map(told, taking.taken), *map(told_of_entity, taking.entities)]
    lines = [f"  {words}" for words in told_[:SHOWN]]
    if len(told_) > SHOWN:
        lines.append(f"  and {len(told_) - SHOWN} more")
    kinds = Counter(kind_of(decision) for decision in taking.taken)
    kinds.update({"about entities": len(taking.entities)} if taking.entities else {})
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    verb = "would be taken" if dry_run else "taken"
    lines.insert(0, f"{len(told_)} {verb}" + (f": {counts}" if counts else ""))
    if taking.gone_entities:
        words = "rows of entities that the tables don't have any more are passed over"
        lines.append(f"{taking.gone_entities} {words}")
    if taking.known:
        lines.append(f"{taking.known} known already")
    for title, remarks in (
        ("remarks", [str(remark) for remark in taking.remarks]),
        ("conflicts: nothing is overwritten, the claim stays undecided", taking.conflicts),
        ("refused", [str(remark) for remark in taking.refused]),
    ):
        if remarks:
            lines.append(f"{title} ({len(remarks)})")
            lines += [f"  {remark}" for remark in remarks]
    kept = [str(target)] if taking.taken else []
    kept += [ENTITIES.name] if taking.entities else []
    if kept and not dry_run:
        lines.append(f"kept in {' and '.join(kept)}; the next run applies it")
    return "\n".join(lines)


def told_of_entity(taken: EntityTaken) -> str:
    """One decision about an entity in a line."""
    decision = taken.decision
    place = f"{taken.sheet} row {taken.row}: {decision.entity_id}"
    words = {"rename": "is called", "merge": "is the same as", "retype": "is of the type"}
    return f"{place} {words[decision.action]} {decision.value}"


def kind_of(decision: Decision) -> str:
    if decision.kind == "claim":
        return decision.decision or "note"
    return "added" if decision.kind == "added" else "about documents"


def told(decision: Decision) -> str:
    """One decision in a line."""
    place_ = f"{decision.sheet} row {decision.row}"
    if decision.kind == "document":
        ((name, value),) = decision.corrected.items()
        words = f"{name} is {value!r}" if value else f"{name} is no longer what was said of it"
        return f"{place_}: {decision.path}: {words} ({decision.who})"
    words = decision.seen.words if decision.seen else ""
    cut = words if len(words) <= 60 else words[:59] + "…"
    added = "added, " if decision.kind == "added" else ""
    return f"{place_}: {decision.claim_id} «{cut}» {added}{in_words(decision)}"
