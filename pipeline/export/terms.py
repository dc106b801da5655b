"""What the short words in cells mean, read from `terms.toml` beside this."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of a cell, or several joined by ", " that need no more words, and its meaning."""

    term: str
    meaning: str


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one column.

    Attributes:
        name: heading.
        meaning: which column it is, and what it tells.
    """

    name: str
    meaning: str
    terms: tuple[Term, ...]

    def words(self) -> frozenset[str]:
        return frozenset(word for told in self.terms for word in told.term.split(", "))


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[Group, ...]


@cache
def groups() -> dict[str, Group]:
    """All groups by name, in their order."""
    raw = files("pipeline.export").joinpath("terms.toml").read_bytes()
    return {group.name: group for group in msgspec.toml.decode(raw, type=_File).groups}
