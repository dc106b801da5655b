"""Cleaning rules, one module a rule.

The rule's id is the module's name. A module has `REASON`, a sentence an analyst understands, and
`find(page)`, which yields Proposals. The package lists its own modules; nothing else names them.
A module with `LAST = True` runs on what the other rules leave. `line_model` weighs what the
explicit rules say of a line, together with much else.
"""

from __future__ import annotations

import importlib
import pkgutil
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.ingest.blocks import Page, Proposal


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, its reason, what finds its places, and whether it runs last."""

    name: str
    reason: str
    find: Callable[[Page], Iterator[Proposal]]
    last: bool = False


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this package, by name.

    Raises:
        AttributeError: a module without REASON or find.
    """
    rules = []
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        rules.append(Rule(info.name, module.REASON, module.find, getattr(module, "LAST", False)))
    return tuple(rules)


#: The rule that is no pattern but the learned model.
MODEL_RULE = "line_model"


@lru_cache(maxsize=2)
def explicit_proposals(page: Page) -> tuple[Proposal, ...]:
    """What all rules but the last ones and the line model propose for a page, in rule order."""
    rules = (rule for rule in all_rules() if not rule.last and rule.name != MODEL_RULE)
    return tuple(proposal for rule in rules for proposal in rule.find(page))


def rule_hits(page: Page) -> list[frozenset[str]]:
    """For each line of the page the rules that propose to remove the whole of it."""
    starts = [line.start for line in page.lines]
    hits: list[set[str]] = [set() for _ in starts]
    for proposal in explicit_proposals(page):
        index = bisect_right(starts, proposal.span.start) - 1
        if proposal.span.end >= page.lines[index].end:
            hits[index].add(proposal.rule)
    return [frozenset(found) for found in hits]
