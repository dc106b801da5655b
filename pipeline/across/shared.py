"""What the words of two claims share: do they speak of one thing?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.across.lexicon import lexicon, tokens
from pipeline.across.statement import TOPIC, Statement
from pipeline.across.times import SEASON, days_between

YEAR = 366
# What every verdict asks for at least: most pairs are told apart by this alone.
LEAST_WEIGHT, MOST_LESS, MOST_MORE = 2, 1, 4  # of `Words`: weight, least_extra, most_extra
TOPICS = 3  # words that articles without names must share to be of one story


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of two claims share.

    Attributes:
        shared: concepts in both.
        left, right: those in one only.
        entities: ids in both.
        alone: ids in one only.
        one_thing: False if each has a noun that the other lacks; verbs are paraphrased, nouns
            are what a claim is about.
        ties: how many names both have; of claims of which one at least has none but those of its
            article, 1 if one source tells both.
        named: False for such claims.
    """

    shared: frozenset[str]
    left: frozenset[str]
    right: frozenset[str]
    entities: frozenset[str]
    alone: frozenset[str]
    one_thing: bool
    ties: int
    named: bool

    @property
    def weight(self) -> int:
        return len(self.shared) + self.ties

    @property
    def least_extra(self) -> int:
        return min(len(self.left), len(self.right))

    @property
    def most_extra(self) -> int:
        return max(len(self.left), len(self.right))


def words_of(one: Statement, other: Statement) -> Words | None:
    """What they share; None if they speak of two things."""
    first, second = _about(one), _about(other)
    ones, others = one.entities, other.entities
    two_sides = one.side and other.side and one.side != other.side
    if not two_sides and first.isdisjoint(second):
        return None  # most pairs end here
    if bool(ones) != bool(others) and (ones or others).isdisjoint((other if ones else one).setting):
        return None  # one names whom the article of the other does not speak of
    if ones != others:
        ones, others, first, second = _one_name(ones, others, first, second)
    named = bool(ones and others)
    entities = ones & others if named else _of_one_story(one, other)
    if not entities or (ones - entities and others - entities):
        return None  # none of one's own, or two recipients of the same sum
    if entities <= lexicon().namesakes and set(one.setting) & set(other.setting) <= entities:
        return None  # one Georgia in the news of Atlanta, another in that of Tbilisi
    if two_sides:
        # sold by one is bought by the other, whatever the verbs are
        first, second = first - one.acts | {"trade"}, second - other.acts | {"trade"}
    shared = first & second
    if not shared:
        return None
    left, right = first - shared, second - shared
    if not one.aside or not other.aside:
        left, right = left - one.aside, right - other.aside
    known = lexicon()
    if (left | right) & known.distinct or (left & known.known and right & known.known):
        return None  # of two words that are known, neither is another word for the other
    one_thing = not (left - one.acts and right - other.acts)
    alone = ones ^ others if named else (ones | others) - entities
    ties = len(entities) if named else int(voices(one, other) == "one")
    words = Words(shared, left, right, entities, alone, one_thing, ties, named)
    few = words.weight < LEAST_WEIGHT or words.least_extra > MOST_LESS
    return None if few or words.most_extra > MOST_MORE else words


def _about(claim: Statement) -> frozenset[str]:
    """Its words; that a toll "rose" says no more than that it is one."""
    if claim.about & lexicon().running and len(claim.about) > 1:
        return claim.about - {"rise"}
    return claim.about


def _of_one_story(one: Statement, other: Statement) -> frozenset[str]:
    """Names that tie claims together of which one at least has none of its own.

    Those of their articles, if each speaks most of what the other speaks of, too.
    """
    if not one.setting or not other.setting:
        return frozenset()
    gap = days_between(one.published, other.published)
    if gap is None or abs(gap) > (YEAR if one.dates and other.dates else SEASON):
        return frozenset()
    if one.entities or other.entities:
        having, lacking = (one, other) if one.entities else (other, one)
        return having.entities & {lacking.setting[0]}
    shared = frozenset(one.setting) & frozenset(other.setting)
    if one.setting[0].startswith(TOPIC):
        return shared if len(shared) >= TOPICS else frozenset()
    is_chief = one.setting[0] in shared and other.setting[0] in shared
    enough = len(shared) >= min(2, len(one.setting), len(other.setting))
    return shared if is_chief and enough else frozenset()


_Sets = tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]


def _one_name(
    ones: frozenset[str], others: frozenset[str], first: frozenset[str], second: frozenset[str]
) -> _Sets:
    """Entities and words of both, where a name that one misses stands in its words.

    The model sees "Gradnja Plus" in one sentence and not in the next, or only half of it.
    """
    for name in sorted(ones - others):
        if not _name_words(name).isdisjoint(second):
            others, second = _completed(name, ones, others, second)
    for name in sorted(others - ones):
        if not _name_words(name).isdisjoint(first):
            ones, first = _completed(name, others, ones, first)
    return ones, others, first, second


def _completed(
    name: str, having: frozenset[str], lacking: frozenset[str], words: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    parts = _name_words(name)
    if not parts.isdisjoint(lexicon().known):
        return lacking, words
    halves = {half for half in lacking - having if _name_words(half) < parts}
    if parts <= words.union(*map(_name_words, halves)):
        return lacking - halves | {name}, words - parts
    return lacking, words


@lru_cache(maxsize=65_536)
def _name_words(name: str) -> frozenset[str]:
    return tokens(name)


def voices(one: Statement, other: Statement) -> Literal["one", "two", "unknown"]:
    """Whether one named source tells both: "the road authority", "Norway's road authority"."""
    short, long = sorted((one.source, other.source), key=len)
    if not short:
        return "unknown"
    if short == long:
        return "one"
    if not long.endswith(f" {short}"):
        return "two"
    between = long.removesuffix(short).split()
    # "a spokesman for Lumex" speaks for it, "a rival of Lumex" does not
    return "unknown" if lexicon().inside.intersection(between) or "of" in between else "one"
