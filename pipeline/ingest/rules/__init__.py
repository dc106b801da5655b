"""Cleaning rules, one module a rule.

The rule's id is the module's name. A module has `REASON`, a sentence an analyst understands, and
`find(page)`, which yields Proposals. The package lists its own modules; nothing else names them.
A module with `LAST = True` runs on what the other rules leave.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

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
