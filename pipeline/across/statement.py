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

#: A number after such a word and before nothing that it could count, but "people".
_BARE = re.compile(
    r"\b(?:to|at|reach|reached|hit|exceeded|passed)\s+(\d{1,3}(?:,\d{3})+|\d+)"
    r"(?=\s*(?:$|[,;]|(?:people|on|by|from|since|after|as|in|this|late|early)\b))"
)

#: Before what a figure is counted by.
PER = "/"
#: Before a word that stands in a setting in place of a name.
TOPIC = "~"
#: Currency of a sum that names none.
UNKNOWN = "?"


class Amount(msgspec.Struct, frozen=True, array_like=True):
    """A figure.

    Attributes:
        kind: money, percent, count or measure.
        unit: currency code, or the concepts of the unit's words, "" where they say nothing;
            with what it is counted by ("EUR /month").
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


class When(msgspec.Struct, frozen=True, array_like=True):
    """A calendar date: first and last day, month or year, and the side of it that is meant.

    Attributes:
        modifier: since, until, before, after, by, about, ... or "", as in the table of dates.
    """

    first: str
    last: str
    modifier: str


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
        acts: those of them that its verb is made of.
        aside: those that stand only in a clause of time or cause that is a claim of its own.
        entities: keys of the entities in it: their names, normalised.
        setting: keys of those that its document speaks of most, the chief one first; of a
            document without names words that it repeats, each behind `TOPIC`.
        actors, patients: those that do and those it is done to.
        goals, origins: first words of names after "to", and after "of" or "from".
        side: 1 where the subject gives, -1 where it takes, 0 otherwise.
        amounts: its figures, durations included.
        dates: each calendar date that is no date of the statement itself.
        flipped: True if it says that something is not so.
        mood: how real it is; "denied" is told as `flipped` and real.
        single: True if its verb tells what happens once, such as a founding, in one clause.
        rare: True if its verb tells what does not happen twice to one within days.
        deal: True if its verb tells a deal or what happens once: the same again would be odd.
        state: True if its verb tells a state, such as "has", or what has been done by now.
        newer: True if words mark a newer value.
        vague: True if it speaks of "a fire", not "the fire".
        part: True if words such as "among them" say that it counts a part.
    """

    row: int
    rank: int
    doc_id: str
    published: str
    lineage: str
    source: str
    about: frozenset[str]
    acts: frozenset[str]
    aside: frozenset[str]
    entities: frozenset[str]
    setting: tuple[str, ...]
    actors: frozenset[str]
    patients: frozenset[str]
    goals: frozenset[str]
    origins: frozenset[str]
    side: int
    amounts: tuple[Amount, ...]
    dates: tuple[When, ...]
    flipped: bool
    mood: str
    single: bool
    rare: bool
    deal: bool
    state: bool
    newer: bool
    vague: bool
    part: bool


def mood_of(certainty: str) -> Mood:
    """conditional and hypothetical are possible."""
    return _MOODS.get(certainty, "possible")


def unit_of(kind: str, unit: str, per: str = "") -> str:
    """What makes two figures comparable; percentage points are no percents."""
    if kind == "money":
        name = unit or UNKNOWN
    elif kind == "percent":
        name = "points" if "point" in unit else "percent"
    else:
        name = " ".join(sorted(tokens(unit)))
    return f"{name} {PER}{per}" if per else name


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
