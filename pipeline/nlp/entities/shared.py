"""Names that share their last words: "North and South Korea" names two countries."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.nlp.entities.countries import country_named, states
from pipeline.nlp.entities.lexicon import organisations
from pipeline.nlp.entities.names import PLACES, Name
from pipeline.nlp.entities.normal import normal_name

DIRECTIONS = frozenset({"North", "South", "East", "West", "Northern", "Southern", "Central"})
JOINING = frozenset({"and", "or", "&"})


def split_shared(doc: Doc, names: list[Name]) -> list[Name]:
    """The names, "North and South Korea" as two: "North", meaning North Korea, and the other."""
    found: list[Name] = []
    for name in names:
        first = name.start
        if name.end - first > 3 and doc[first].text in DIRECTIONS:
            first += 2 if doc[first + 1].lower_ in JOINING else 0
        start = first - 2
        if start < 0 or not is_shared(doc, start, first, name.end):
            found.append(name)
            continue
        while found and found[-1].end > start:
            found.pop()
        found.append(Name(start, start + 1, "GPE", ""))
        found.append(Name(first, name.end, "GPE", ""))
    return found


def is_shared(doc: Doc, start: int, first: int, end: int) -> bool:
    """Whether the direction at `start` takes the rest of its name from [first, end)."""
    directions = doc[start].text, doc[first].text
    if not DIRECTIONS.issuperset(directions) or doc[start + 1].lower_ not in JOINING:
        return False
    rest = doc[first + 1 : end].text
    return all(is_country_or_state(f"{direction} {rest}") for direction in directions)


def is_country_or_state(text: str) -> bool:
    known = organisations().known.get(text) in PLACES
    return known or country_named(text) is not None or normal_name(text) in states()


def meant_by(doc: Doc, start: int, text: str) -> str:
    """The full name that a direction alone stands for before "and South Korea"; else the text."""
    if text not in DIRECTIONS or start + 3 >= len(doc) or doc[start + 1].lower_ not in JOINING:
        return text
    for end in (start + 4, start + 5):
        if end <= len(doc) and is_shared(doc, start, start + 2, end):
            return f"{text} {doc[start + 3 : end].text}"
    return text
