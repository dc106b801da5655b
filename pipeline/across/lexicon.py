"""Words as the comparison of claims sees them: `words.toml`, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

_WORD = re.compile(r"[^\W\d_]+(?:['’]s\b)?")
_POSSESSIVE = ("'s", "’s")
#: Concepts of a change, whose figure is a step or where it led to.
MOVES = frozenset({"rise", "fall"})

_VOWEL = re.compile(r"[aeiouy]")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    concepts: dict[str, list[str]]
    phrases: dict[str, str]
    sets: dict[str, frozenset[str]]
    sides: dict[str, list[str]]
    opposites: dict[str, list[str]]
    news: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of words.toml, by stem.

    Attributes:
        concepts: concept of each stem that has one.
        phrases: what stands for several words, lower case.
        light: stems and words without weight.
        distinct, running, states, mutual: sets of concepts or words.
        aspects: verbs that add nothing to their noun.
        corrects: verbs that put a figure right.
        moved: verbs that put something up or down.
        once, rare, deals, stative: stems of verbs.
        namesakes: names of countries that others bear, too.
        kinds: finds what only introduces a name, at the end of the words before it.
        of_place: words between a place and the country that it lies in.
        inside: prepositions whose noun tells only where or which.
        opposites: concept or stem -> the concept that it denies.
        givers, takers: stems of the two sides of a deal.
        news: finds the words of a newer value.
        parts: finds the words of a part.
        openers: words that bring in another clause.
        clauses: finds them.
        known: concepts, and stems of what is counted or changes; not up and down, of which one
            may be told as the other with a minus.
        numbers: words that shingles do not tell apart.
    """

    concepts: dict[str, str]
    phrases: dict[str, str]
    any_phrase: re.Pattern[str]
    light: frozenset[str]
    distinct: frozenset[str]
    once: frozenset[str]
    rare: frozenset[str]
    moved: frozenset[str]
    corrects: frozenset[str]
    aspects: frozenset[str]
    namesakes: frozenset[str]
    kinds: re.Pattern[str]
    of_place: frozenset[str]
    inside: frozenset[str]
    running: frozenset[str]
    states: frozenset[str]
    deals: frozenset[str]
    stative: frozenset[str]
    mutual: frozenset[str]
    opposites: dict[str, str]
    givers: frozenset[str]
    takers: frozenset[str]
    news: re.Pattern[str]
    parts: re.Pattern[str]
    openers: frozenset[str]
    clauses: re.Pattern[str]
    numbers: frozenset[str]
    known: frozenset[str]


@cache
def lexicon() -> Lexicon:
    raw = files("pipeline.across").joinpath("words.toml").read_bytes()
    data = msgspec.toml.decode(raw, type=_File)
    sets = data.sets
    return Lexicon(
        concepts={stem(word): name for name, words in data.concepts.items() for word in words},
        phrases=data.phrases,
        any_phrase=_alternatives(data.phrases),
        light=sets["light"] | {stem(word) for word in sets["light"]},
        distinct=frozenset(map(concept_name, sets["distinct"])),
        once=frozenset(map(stem, sets["once"])),
        rare=frozenset(map(stem, sets["rare"])),
        aspects=frozenset(map(concept_name, sets["aspects"])),
        corrects=frozenset(map(concept_name, sets["corrects"])),
        moved=frozenset(map(concept_name, sets["moved"])),
        namesakes=sets["namesakes"],
        kinds=re.compile(
            rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts) ((?:[a-z][\w-]* ){{0,2}}{_listed(sets['kinds'])}) $"
        ),
        of_place=sets["of_place"],
        inside=sets["inside"],
        running=frozenset(map(concept_name, sets["running"])),
        states=frozenset(map(concept_name, sets["states"])),
        deals=frozenset(map(stem, sets["deals"])),
        stative=frozenset(map(stem, sets["stative"])),
        mutual=frozenset(map(concept_name, sets["mutual"])),
        opposites={
            concept_name(word): concept_name(name)
            for name, words in data.opposites.items()
            for word in words
        },
        givers=frozenset(map(stem, data.sides["giver"])),
        takers=frozenset(map(stem, data.sides["taker"])),
        news=_alternatives(data.news["marks"]),
        parts=_alternatives(data.news["parts"]),
        openers=frozenset(data.news["clauses"]),
        clauses=_alternatives(data.news["clauses"]),
        numbers=frozenset(data.news["numbers"]),
        known=(frozenset(data.concepts) | frozenset(map(concept_name, sets["running"]))) - MOVES,
    )


def _alternatives(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b{_listed(words)}\b")


def _listed(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def concept_name(word: str) -> str:
    """A name of words.toml as it stands in tokens: a concept as it is, another word's stem."""
    return word if word in _names() else stem(word)


@cache
def _names() -> frozenset[str]:
    raw = files("pipeline.across").joinpath("words.toml").read_bytes()
    return frozenset(msgspec.toml.decode(raw, type=_File).concepts)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A lower-case word without the commonest endings; equal for most forms of one word."""
    for ending in _POSSESSIVE:
        word = word.removesuffix(ending)
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", "")):
        head = word.removesuffix(ending)
        if head != word and len(head) >= 3 and _VOWEL.search(head):
            word = head + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def stems(text: str) -> list[str]:
    """Stems of all words with weight, in their order; several words that are one as one."""
    words = lexicon()
    lower = words.any_phrase.sub(lambda found: words.phrases[found[0]], text.lower())
    found = []
    for word in _WORD.findall(lower):
        if word in words.light:
            continue
        root = stem(word)
        if root not in words.light and len(root) > 1:
            found.append(root)
    return found


def tokens(text: str) -> frozenset[str]:
    """What a text speaks of: concepts, and stems of words that are none."""
    concepts = lexicon().concepts
    return frozenset(concepts.get(root, root) for root in stems(text))


def verbs(text: str) -> frozenset[str]:
    """Stems of all words of a verb group, also of those without weight."""
    words = lexicon()
    lower = words.any_phrase.sub(lambda found: words.phrases[found[0]], text.lower())
    return frozenset(map(stem, _WORD.findall(lower)))


def affirmed(about: frozenset[str]) -> tuple[frozenset[str], bool]:
    """The concepts with one instead of its opposite, and whether that turned them round.

    "Acquitted" is "not convicted". Of two opposites in one claim neither is turned.
    """
    opposites = lexicon().opposites
    turned = [concept for concept in about if concept in opposites]
    if len(turned) != 1 or opposites[turned[0]] in about:
        return about, False
    return about - {turned[0]} | {opposites[turned[0]]}, True


def side(text: str) -> int:
    """1 where the subject gives, -1 where it takes, 0 where there is no such verb."""
    words = lexicon()
    for root in stems(text):
        if root in words.givers:
            return 1
        if root in words.takers:
            return -1
    return 0
