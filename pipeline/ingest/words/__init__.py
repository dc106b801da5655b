"""Word lists of the ingest stage: TOML files beside this module, loaded once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def word_set(section: str, name: str = "words", file: str = "boilerplate") -> frozenset[str]:
    """The list `name` of a section, as lower-case words.

    Raises:
        KeyError: no such section or list.
    """
    return frozenset(_sections(file)[section][name])


@cache
def word_map(section: str, file: str = "boilerplate") -> dict[str, str]:
    """Word -> name of the list that holds it; of several lists the first in the file wins."""
    out: dict[str, str] = {}
    for name, words in _sections(file)[section].items():
        for word in words:
            out.setdefault(word, name)
    return out


@cache
def lorem_words() -> frozenset[str]:
    """Words of placeholder Latin."""
    text = tomllib.loads((resources.files(__package__) / "lorem.toml").read_text("utf-8"))
    return frozenset(str(text["lorem"]["words"]).split())


@cache
def _sections(file: str) -> dict[str, dict[str, list[str]]]:
    raw = (resources.files(__package__) / f"{file}.toml").read_text("utf-8")
    return tomllib.loads(raw)


@cache
def word_classes() -> tuple[frozenset[str], ...]:
    """The word classes of vocabulary.toml, in the file's order."""
    text = tomllib.loads((resources.files(__package__) / "vocabulary.toml").read_text("utf-8"))
    return tuple(frozenset(str(section["words"]).split()) for section in text.values())


@cache
def rule_words(rule: str, name: str) -> frozenset[str]:
    """A word list of one rule, from rules.toml."""
    text = tomllib.loads((resources.files(__package__) / "rules.toml").read_text("utf-8"))
    return frozenset(str(text[rule][name]).split())
