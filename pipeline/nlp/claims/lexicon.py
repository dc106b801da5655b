"""Word lists of the claims rules, from the data files beside this module."""

from __future__ import annotations

from pipeline.nlp.lexicons import remembered, tables


@remembered
def load_lists(name: str) -> dict[str, frozenset[str]]:
    """The word lists of one TOML file: list name to words in lower case."""
    return {key: frozenset(words) for key, words in tables(f"claims/{name}").items()}
