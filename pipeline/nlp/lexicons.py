"""The word lists behind the rules: the shipped TOML files, and what an analyst adds to them.

What an analyst adds travels as one text, `additions` (JSON: file name -> tables; "" for none): it
is a part of the fingerprint of every result, goes to the workers as it is, and comes into force
in a process with `use`. Whatever is derived from a lexicon is `remembered`, and made anew then.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from importlib import resources
from typing import Any, TypeVar

T = TypeVar("T")
Table = dict[str, Any]

#: Files that may be extended -> where the shipped one lies, and its tables of words with a value,
#: which take new keys. Not those that learned weights (checkworthy) or the grammar of dates hang
#: on.
EXTENSIBLE: dict[str, tuple[str, frozenset[str]]] = {
    "cues": ("attribution", frozenset()),
    "sources": ("attribution", frozenset()),
    "modality": ("claims", frozenset()),
    "selection": ("claims", frozenset()),
    "factuality": ("claims", frozenset()),
    "parties": ("claims", frozenset()),
    "roles": ("claims", frozenset()),
    "currencies": (
        "money",
        frozenset({"signs", "dollars", "shared_signs", "nouns", "adjectives", "evidence"}),
    ),
    "units": ("money", frozenset({"measure"})),
    "organisations": ("entities", frozenset({"abbreviations"})),
    "titles": ("entities", frozenset()),
    "nicknames": ("entities", frozenset()),
}
#: Tables whose lists give each word one meaning: a word added to one leaves the others.
ONE_MEANING = frozenset(
    {"roles.nouns", "roles.verbs", "organisations.known", "titles.honorifics", "titles.roles"}
)
#: Keys of a row whose values are terms of the rules, not words.
TERMS = frozenset({"class", "frames"})

_caches: list[_lru_cache_wrapper[Any]] = []
_in_force = [""]  # the additions that this process works with


def remembered(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
    """The function with a memory, which is emptied when other additions come into force."""
    cached = lru_cache(maxsize=None)(function)
    _caches.append(cached)
    return cached


def use(additions: str) -> None:
    """Lets the lexicons of this process be the shipped ones with these additions."""
    if additions != _in_force[0]:
        _in_force[0] = additions
        for cached in _caches:
            cached.cache_clear()


@remembered
def tables(place: str) -> Table:
    """A lexicon in force: "attribution/cues" is cues.toml of that package, with the additions."""
    name = place.rpartition("/")[2]
    added = json.loads(_in_force[0] or "{}").get(name)
    return extended(shipped(place), added, name) if added else shipped(place)


def shipped(place: str) -> Table:
    """A lexicon as it comes with the package."""
    file = resources.files("pipeline.nlp").joinpath(f"{place}.toml")
    return tomllib.loads(file.read_text("utf-8"))


def extended(base: Table, added: Table, name: str) -> Table:
    """The tables of a file without the words that are to be removed, and with those added.

    Added words stand first, where the order tells which meaning is likeliest; the value that a
    word is given takes the place of the shipped one.
    """
    gone = frozenset(added.get("remove", ()))
    more = {key: value for key, value in added.items() if key != "remove"}
    kept = _without(base, gone, EXTENSIBLE[name][1]) if gone else base
    return dict(_merged(kept, more, name))


def _merged(base: Any, more: Any, place: str) -> Any:
    if isinstance(base, list):
        return more + [item for item in base if item not in more]
    if not isinstance(base, dict):
        return more
    if place in ONE_MEANING:
        words = frozenset(word for words in more.values() for word in words)
        base = _without(base, words, frozenset())
    joined = {
        key: _merged(base[key], more[key], f"{place}.{key}") if key in more else base[key]
        for key in base
    }
    return joined | {key: more[key] for key in more if key not in base}


def _without(base: Any, gone: frozenset[str], valued: frozenset[str]) -> Any:
    """The tables without some words: items of lists; of the valued tables, keys."""
    if isinstance(base, list):
        rows = (_without(x, gone, valued) if isinstance(x, dict) else x for x in base)
        return [item for item in rows if isinstance(item, dict) or item not in gone]
    if not isinstance(base, dict):
        return base
    return {
        key: {word: value[word] for word in value if word not in gone}
        if key in valued
        else value
        if key in TERMS
        else _without(value, gone, valued)
        for key, value in base.items()
    }
