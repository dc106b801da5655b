"""A claim as it is compared with others: what it speaks of, how much, when, and how sure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

import msgspec

from pipeline.across.lexicon import tokens

Mood = Literal["real", "planned", "possible", "denied"]

_MOODS: dict[str, Mood] = {"asserted": "real", "alleged": "real", "planned": "planned"}
_MOODS |= {"denied": "denied", "possible": "possible"}

#: A number after such a word and before no other word, but "people".
_BARE = re.compile(
    r"\b(?:to|at|reach|reached|hit|exceeded|passed)\s+(\d{1,3}(?:,\d{3})+|\d+)(?=\s*(?:$|[,;]|people\b))"
)

#: Currency of a sum that names none.
UNKNOWN = "?"


class Amount(msgspec.Struct, frozen=True, array_like=True):
    """A figure.

    Attributes:
        kind: money, percent, count or measure.
        unit: currency code, or the concepts of the unit's words, "" where they say nothing.
        value: exact; None for a range.
        low, high: bounds.
        loose: True if the words say about, almost, ...
        change: True if it is how far something went ("rose by 5 percent", not "to 5 percent").
        words: as they stand in the text.
    """

    kind: str
    unit: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    loose: bool
    change: bool
    words: str


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """One claim.

    Attributes:
        row: its rowid.
        rank: place of its document in time; of two claims the one of lower rank comes first.
        doc_id: its document.
        published: publication date at its precision, "" if unknown.
        lineage: group of copies and updates that its document belongs to, else the doc_id.
        source: key of the entity or name that says it, "" for the author.
        about: concepts and stems of its words without names, figures and dates.
        entities: keys of the entities in it: their names, normalised.
        actors, patients: those that do and those it is done to.
        side: 1 where the subject gives, -1 where it takes, 0 otherwise.
        amounts: its figures, durations included.
        dates: (first, last) of each calendar date that is no date of the statement itself.
        flipped: True if it says that something is not so.
        mood: how real it is; "denied" is told as `flipped` and real.
        single: True if its verb tells what happens once, such as a founding.
        deal: True if its verb tells a deal or what happens once: the same again would be odd.
        state: True if its verb tells a state, such as "has".
        newer: True if words mark a newer value.
        vague: True if it speaks of "a fire", not "the fire".
    """

    row: int
    rank: int
    doc_id: str
    published: str
    lineage: str
    source: str
    about: frozenset[str]
    entities: frozenset[str]
    actors: frozenset[str]
    patients: frozenset[str]
    side: int
    amounts: tuple[Amount, ...]
    dates: tuple[tuple[str, str], ...]
    flipped: bool
    mood: str
    single: bool
    deal: bool
    state: bool
    newer: bool
    vague: bool


def mood_of(certainty: str) -> Mood:
    """conditional and hypothetical are possible."""
    return _MOODS.get(certainty, "possible")


def unit_of(kind: str, unit: str) -> str:
    if kind == "money":
        return unit or UNKNOWN
    if kind == "percent":
        return "percent"
    return " ".join(sorted(tokens(unit)))


def without(text: str, parts: list[str]) -> str:
    """The text without the first place of each part that stands there as whole words."""
    for part in sorted(parts, key=len, reverse=True):
        at = text.find(part) if part else -1
        while at >= 0:
            end = at + len(part)
            before, after = text[at - 1 : at], text[end : end + 1]
            if not (before.isalnum() and part[0].isalnum()) and not (
                after.isalnum() and part[-1].isalnum()
            ):
                text = f"{text[:at]} {text[end:]}"
                break
            at = text.find(part, at + 1)
    return text


def bare_number(text: str) -> str:
    """The 9 of "the toll rose to 9", which counts nothing that is named; "" if there is none."""
    found = _BARE.search(text)
    return found[1] if found else ""


def word_before(text: str, part: str) -> str:
    """The word in front of the first place of `part`, lower case; "" if there is none."""
    at = text.find(part) if part else -1
    words = text[max(0, at - 40) : at].split() if at > 0 else []
    return words[-1].lower() if words else ""
