"""The language of a text, offline."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

# The classifier takes half a second to load, which a corpus in plain English need not spend.
if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 600  # characters a place
MIN_LETTERS = 24  # fewer say nothing
#: One or two sentences need more certainty: names alone pull them to another language.
SURE, SURE_SHORT, SHORT = 0.5, 0.8, 120
LETTERS = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")
#: A longer text is plainly English if so large a share of its words is found only in English (half
#: the usual one), and several times as many as are surely not English.
PLAIN_WORDS, PLAIN, TIMES = 60, 0.1, 5
#: What the classifier must think of a short text for its words to make it English.
LIKELY, OTHERWISE = 0.3, 0.8
#: Addresses and handles are of no language.
NO_WORDS = re.compile(r"(?:https?://|www\.)[^\s]{1,2000}|[@#]\w{1,100}|\d{1,30}")


@cache
def identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def sample(text: str) -> str:
    """Beginning, middle and end; the whole of a short text."""
    if len(text) <= 3 * SAMPLE:
        return text
    middle = (len(text) - SAMPLE) // 2
    return " ".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


class Words(NamedTuple):
    """Words that only English has, words that it shares, and some that it has not; as they stand
    inside a sentence."""

    strong: frozenset[str]
    weak: frozenset[str]
    other: frozenset[str]


@cache
def grammar_words() -> Words:
    data = tomllib.loads(files(__package__).joinpath("english.toml").read_text("utf-8"))
    return Words(*(frozenset(data[name].split()) for name in Words._fields))


def detect(text: str) -> str:
    """ISO 639-1 code, "" if the language cannot be told."""
    words = NO_WORDS.sub(" ", sample(text))
    if is_plainly_english(words):
        return "en"
    letters = len(LETTERS.findall(words))
    if not letters:
        return ""
    found, certainty = identifier().classify(words)
    code, confidence = str(found), round(float(certainty), 4)
    if letters >= MIN_LETTERS and confidence >= (SURE_SHORT if letters < SHORT else SURE):
        return code
    return "en" if letters < SHORT and is_english(words, code, confidence) else ""


def is_plainly_english(words: str) -> bool:
    """Has a longer text so many words of English grammar that the classifier need not be asked?"""
    found = WORD.findall(words)
    if len(found) < PLAIN_WORDS:
        return False
    grammar = grammar_words()
    english = sum(map(grammar.strong.__contains__, found))
    foreign = sum(map(grammar.other.__contains__, found))
    foreign += len(found) - sum(map(str.isascii, found))
    return english >= PLAIN * len(found) and english >= TIMES * foreign


def is_english(words: str, code: str, confidence: float) -> bool:
    """Is a short text English by its words, where the classifier is not sure of it?

    A word of a name, as in "The Who spielten", does not count against the classifier's opinion.
    """
    grammar = grammar_words()
    found = WORD.findall(words)
    if code != "en":
        return confidence <= OTHERWISE and len(grammar.strong.intersection(found)) >= 2
    small = {word.lower() for word in found} | set(found)
    if not grammar.strong.isdisjoint(small):
        return True
    return confidence >= LIKELY and not grammar.weak.isdisjoint(small)


def is_short(text: str) -> bool:
    """Has a text too few letters to tell its language?"""
    return len(LETTERS.findall(NO_WORDS.sub(" ", text[: 3 * SAMPLE]))) < SHORT
