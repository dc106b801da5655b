"""Cleaning rules that users write themselves: a TOML file of patterns with id and reason.

    [[rule]]
    id = "house_note"
    pattern = "^Our house style:"
    reason = "The agency's standing note."
    scope = "line"        # or "match": only the matched words go

Patterns run under RE2, which takes linear time whatever the pattern and the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import re2

from pipeline.errors import ConfigError
from pipeline.ingest.blocks import Page, Proposal
from pipeline.records import Span

ID = re.compile(r"[a-z][a-z0-9_]{0,40}")
KEYS = {"id", "pattern", "reason", "scope", "ignore_case"}


@dataclass(frozen=True, slots=True)
class UserRule:
    """One rule of the user's file; `pattern` is a compiled RE2 pattern."""

    name: str
    reason: str
    pattern: Any
    whole_line: bool = True

    def find(self, page: Page) -> Iterator[Proposal]:
        for line in page.lines:
            words = page.text[line.start : line.end]
            if self.whole_line:
                if self.pattern.search(words):
                    yield Proposal(line.span, self.name, self.reason, 1.0)
                continue
            for found in self.pattern.finditer(words):
                if found.end() > found.start():
                    span = Span(line.start + found.start(), line.start + found.end())
                    yield Proposal(span, self.name, self.reason, 1.0)


@lru_cache(maxsize=8)
def read_user_rules(path: str) -> tuple[UserRule, ...]:
    """The rules of a TOML file, () for "".

    Raises:
        ConfigError: every problem of the file at once.
    """
    if not path:
        return ()
    try:
        table = tomllib.loads(Path(path).read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cleaning rules {path}: {error}") from error
    rules = table.get("rule", [])
    problems = [
        f"unknown key {key!r}; rules stand under [[rule]]" for key in table if key != "rule"
    ]
    if not isinstance(rules, list):
        raise ConfigError(f"cleaning rules {path}: write each rule under [[rule]]")
    out: list[UserRule] = []
    for number, entry in enumerate(rules, 1):
        found = _read_rule(entry)
        if isinstance(found, UserRule):
            if any(rule.name == found.name for rule in out):
                problems.append(f"rule {number}: the id {found.name!r} is taken")
            out.append(found)
        else:
            problems += [f"rule {number}: {problem}" for problem in found]
    if problems:
        raise ConfigError("\n".join(f"cleaning rules {path}: {problem}" for problem in problems))
    return tuple(out)


def _read_rule(entry: dict[str, Any]) -> UserRule | list[str]:
    """A rule, or what is wrong with it."""
    problems = [f"unknown key {key!r}" for key in sorted(set(entry) - KEYS)]
    problems += [f"{key} is missing" for key in ("id", "pattern", "reason") if not entry.get(key)]
    problems += [
        f"{key} must be text"
        for key in ("id", "pattern", "reason", "scope")
        if not isinstance(entry.get(key, ""), str)
    ]
    if problems:
        return problems
    if not ID.fullmatch(entry["id"]):
        problems.append("id: small letters, digits and _ only, beginning with a letter")
    if entry.get("scope", "line") not in ("line", "match"):
        problems.append('scope is "line" or "match"')
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not entry.get("ignore_case", False)
    try:
        pattern = re2.compile(entry["pattern"], options=options)
    except re2.error as error:
        text = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        problems.append(f"pattern: {text} (RE2 has no look-around and no back references)")
    if problems:
        return problems
    return UserRule(entry["id"], entry["reason"], pattern, entry.get("scope", "line") == "line")
