"""An analyst's own decisions about cleaning, kept beside the corpus; they win on every later run.

`corpus/_claims/cleaning.jsonl` has one decision a line, in the order they were made:

    {"path": "a/article.txt", "action": "restore", "rule": "footnote"}
    {"path": "a/article.txt", "action": "remove", "line": 12, "words": "Our own note"}
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from pipeline.errors import ConfigError
from pipeline.ingest.blocks import line_bounds, plain
from pipeline.records import CleaningDecision, SourceDocument, Span
from pipeline.review.decisions import append_lines

FILE = Path("_claims") / "cleaning.jsonl"


class _Row(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One line of the file."""

    path: str
    action: str
    rule: str = ""
    line: int = 0
    words: str = ""


def read_decisions(corpus: Path) -> dict[str, tuple[CleaningDecision, ...]]:
    """Document path -> the decisions about it, oldest first; {} without a file.

    Raises:
        ConfigError: every line that cannot be read, with its number.
    """
    file = corpus / FILE
    if not file.is_file():
        return {}
    out: dict[str, list[CleaningDecision]] = {}
    problems: list[str] = []
    for number, raw in enumerate(file.read_bytes().splitlines(), 1):
        if not raw.strip():
            continue
        try:
            row = msgspec.json.decode(raw, type=_Row)
            out.setdefault(row.path, []).append(_decision(row))
        except (msgspec.DecodeError, ValueError) as error:
            problems.append(f"{file}: line {number}: {error}")
    if problems:
        raise ConfigError("\n".join(problems))
    return {path: tuple(decisions) for path, decisions in out.items()}


def _decision(row: _Row) -> CleaningDecision:
    if row.action not in ("restore", "remove"):
        raise ValueError(f"action {row.action!r} is neither restore nor remove")
    if bool(row.rule) == bool(row.line):
        raise ValueError("give either a rule or a line")
    if row.action == "remove" and row.rule:
        raise ValueError("only lines can be removed; switch rules on in the settings")
    return CleaningDecision(_action(row.action), row.rule, row.line, row.words)


def _action(words: str) -> Literal["restore", "remove"]:
    return "restore" if words == "restore" else "remove"


def add_decision(corpus: Path, path: str, decision: CleaningDecision) -> Path:
    """Append a decision about the document at `path`; returns the file."""
    file = corpus / FILE
    row = _Row(path, decision.action, decision.rule, decision.line, decision.words)
    append_lines(file, [msgspec.json.encode(row)])
    return file


def decide(source: SourceDocument, action: str, target: str) -> CleaningDecision:
    """The decision that `claims restore DOC RULE|LINE` or `claims remove DOC LINE` stands for.

    Args:
        action: "restore" or "remove".
        target: a line number of the source text, from 1, or the id of a rule.

    Raises:
        ConfigError: no such line, or a rule where only a line makes sense.
    """
    if not target.isdecimal():
        if action == "remove":
            raise ConfigError(f"remove takes the number of a line, not {target!r}")
        return CleaningDecision("restore", rule=target)
    bounds = line_bounds(source.text)
    number = int(target)
    if not 1 <= number <= len(bounds):
        raise ConfigError(f"{source.path} has the lines 1 to {len(bounds)}, not {number}")
    start, end = bounds[number - 1]
    words = plain(Span(start, end).of(source.text)) if end > start else ""
    if not words:
        raise ConfigError(f"{source.path}: line {number} is blank")
    return CleaningDecision(_action(action), line=number, words=words)
