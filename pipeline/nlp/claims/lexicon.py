"""Word lists of the claims rules, from the data files beside this module."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=8)
def load_lists(name: str) -> dict[str, frozenset[str]]:
    """The word lists of one TOML file: list name to words in lower case."""
    raw = (resources.files("pipeline.nlp.claims") / f"{name}.toml").read_text("utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(raw).items()}
