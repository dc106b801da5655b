"""Copies and updates of articles.

Articles are looked at from the earliest to the latest, each beside the versions before it. One
that says nothing new is a copy of that version; one whose figures, dates or quotes differ is an
update of it, and a version itself. A group is all that goes back to one first version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np

from pipeline.across.shingles import Hashes, Index

ESTIMATE = 0.35  # below it the texts are not compared
COPIED = 0.8  # share of the shorter text's shingles that a near-copy shares
SHORT = 25  # shingles; shorter texts are copies only if they are equal
LOOKED_AT = 8  # versions that an article is compared with, the likest first


@dataclass(frozen=True, slots=True)
class Article:
    """What is compared of an article.

    Attributes:
        words: its words, normalised and joined by single spaces.
        shingles: of `shingles.shingles`.
        figures, dates: (value, words) of each; equal values or equal words are no difference,
            as "on Friday" is reckoned from another day in a copy of the next morning.
        told: id and normalised words of each claim that is quoted or negated: they must recur.
    """

    doc_id: str
    words: str
    shingles: Hashes
    figures: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What one article says otherwise than another.

    Attributes:
        figures, dates: the (value, words) that the other lacks.
        told: ids of claims whose words the other lacks.
    """

    figures: frozenset[tuple[str, str]] = frozenset()
    dates: frozenset[tuple[str, str]] = frozenset()
    told: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.figures or self.dates or self.told)


@dataclass(frozen=True, slots=True)
class Copy:
    """How an article hangs on an earlier one.

    Attributes:
        group: doc_id of the group's first version.
        earlier: doc_id of the version that it copies or updates.
        update: True if it is an update.
    """

    doc_id: str
    group: str
    earlier: str
    update: bool


@dataclass(slots=True)
class _Versions:
    index: Index
    ids: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)

    def add(self, doc_id: str, sign: Hashes, group: str) -> None:
        self.index.add(sign)
        self.ids.append(doc_id)
        self.groups[doc_id] = group


def difference(one: Article, other: Article) -> Difference:
    """What `one` says that `other` does not."""
    return Difference(
        _lacking(one.figures, other.figures),
        _lacking(one.dates, other.dates),
        frozenset(claim for claim, words in one.told if words not in other.words),
    )


def _lacking(
    pairs: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    known = {part for pair in others for part in pair if part}
    return frozenset(
        (value, words) for value, words in pairs if value not in known and words not in known
    )


def is_near_copy(one: Article, other: Article) -> bool:
    """True if the shorter text stands in the longer one but for a word here and there."""
    shorter = min(len(one.shingles), len(other.shingles))
    if shorter < SHORT:
        return bool(one.words) and one.words == other.words
    shared = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    return shared >= COPIED * shorter


def find_copies(
    articles: Iterable[tuple[str, Hashes | None]], load: Callable[[str], Article]
) -> list[Copy]:
    """How articles hang on earlier ones; those that stand alone are left out.

    Args:
        articles: doc_id and signature, None for one without words; the earliest first, in an order
            that is always the same.
        load: gives the whole article; called for those that look alike only.
    """
    found: list[Copy] = []
    with closing(Index()) as index:
        versions = _Versions(index)
        for doc_id, sign in articles:
            if sign is None:
                continue
            copy = _nearest(doc_id, sign, versions, load)
            if copy is None:
                versions.add(doc_id, sign, doc_id)
                continue
            found.append(copy)
            if copy.update:
                versions.add(doc_id, sign, copy.group)
    return found


def _nearest(
    doc_id: str, sign: Hashes, versions: _Versions, load: Callable[[str], Article]
) -> Copy | None:
    """The version that an article copies, else the likest one that it updates."""
    updated = ""
    for _, number in versions.index.alike(sign, ESTIMATE)[:LOOKED_AT]:
        earlier = versions.ids[number]
        one, other = load(doc_id), load(earlier)
        if not is_near_copy(one, other):
            continue
        if not difference(one, other):
            return Copy(doc_id, versions.groups[earlier], earlier, update=False)
        updated = updated or earlier
    if not updated:
        return None
    return Copy(doc_id, versions.groups[updated], updated, update=True)
