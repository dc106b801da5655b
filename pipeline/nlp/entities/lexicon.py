"""The word lists beside this file, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.nlp.lexicons import remembered, tables


def read_table(name: str) -> dict[str, Any]:
    """One of the TOML files of this package."""
    return tables(f"entities/{name.removesuffix('.toml')}")


@dataclass(frozen=True, slots=True)
class Titles:
    """Words in front of a person's name, in lower case without a full stop.

    Attributes:
        honorifics: "mr", "dr": never a reference on their own.
        roles: "president", "minister": "the president" may refer to a person.
        modifiers: "former", "foreign": may stand before or between the words of a role.
        portfolios: what a minister or director is "of": they end before the name.
        things: roles that are no proof of a person: a company can be a partner.
        gender: "m" or "f" of the words that tell it.
    """

    honorifics: frozenset[str]
    roles: frozenset[str]
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    things: frozenset[str]
    gender: dict[str, str]


@dataclass(frozen=True, slots=True)
class Organisations:
    """Words that tell the type of a name, in lower case; `known` names as written."""

    heads: frozenset[str]
    endings: frozenset[str]
    descriptors: frozenset[str]
    openings: tuple[str, ...]
    place_endings: frozenset[str]
    place_openings: tuple[str, ...]
    regions: frozenset[str]
    realms: frozenset[str]
    facilities: frozenset[str]
    event_endings: frozenset[str]
    event_openings: tuple[str, ...]
    laws: frozenset[str]
    known: dict[str, str]
    abbreviations: dict[str, str]
    not_names: frozenset[str]
    numbered: frozenset[str]


@remembered
def titles() -> Titles:
    """The lists of titles.toml."""
    table = read_table("titles.toml")
    honorifics, roles = table["honorifics"], table["roles"]
    gender: dict[str, str] = {}
    for group in (roles, honorifics):
        gender |= dict.fromkeys(group["male"], "m") | dict.fromkeys(group["female"], "f")
    return Titles(
        honorifics=frozenset(word for words in honorifics.values() for word in words),
        roles=frozenset(word for words in roles.values() for word in words),
        modifiers=frozenset(table["modifiers"]["words"]),
        portfolios=frozenset(table["portfolios"]["words"]),
        things=frozenset(table["things"]["words"]),
        gender=gender,
    )


@remembered
def organisations() -> Organisations:
    """The lists of organisations.toml."""
    table = read_table("organisations.toml")
    places, events = table["places"], table["events"]
    return Organisations(
        heads=frozenset(table["heads"]["words"]),
        endings=frozenset(table["endings"]["words"]),
        descriptors=frozenset(table["descriptors"]["words"]),
        openings=tuple(f"{word} " for word in table["openings"]["words"]),
        place_endings=frozenset(places["words"]),
        place_openings=tuple(f"{word} " for word in places["first"]),
        regions=frozenset(places["regions"]),
        realms=frozenset(places["realms"]),
        facilities=frozenset(places["facilities"]),
        event_endings=frozenset(events["words"]),
        event_openings=tuple(f"{word} " for word in events["first"]),
        laws=frozenset(table["laws"]["words"]),
        known={name: label for label, names in table["known"].items() for name in names},
        abbreviations=table["abbreviations"],
        not_names=frozenset(table["not_names"]["words"]),
        numbered=frozenset(table["numbered"]["words"]),
    )


@remembered
def known_phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the well-known names of several words, as tokens, the longest first; type."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, label in organisations().known.items():
        words = tuple(name.replace("-", " - ").split())
        if len(words) > 1:
            found.setdefault(words[0], []).append((words, label))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase[0]))
    return found


@remembered
def first_names() -> dict[str, str]:
    """First name -> "m", "f" or "" (borne by both)."""
    table = read_table("firstnames.toml")
    found = dict.fromkeys(table["male"].split(), "m")
    for name in table["female"].split():
        found[name] = "" if name in found else "f"
    return found | dict.fromkeys(table["any"].split(), "")


@remembered
def nicknames() -> dict[str, frozenset[int]]:
    """First name in lower case -> the groups of forms of one name that it stands in."""
    found: dict[str, set[int]] = {}
    for i, group in enumerate(read_table("nicknames.toml")["groups"]):
        for name in group.lower().split():
            found.setdefault(name, set()).add(i)
    return {name: frozenset(groups) for name, groups in found.items()}
