"""The language of a text, offline."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 600  # characters a place
MIN_LETTERS = 24  # fewer say nothing
#: One or two sentences need more certainty: names alone pull them to another language.
SURE, SURE_SHORT, SHORT = 0.5, 0.8, 120
LETTERS = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")
#: What the classifier must think of a short text for its words to make it English.
LIKELY, OTHERWISE = 0.3, 0.8
#: Addresses and handles are of no language.
NO_WORDS = re.compile(r"(?:https?://|www\.)[^\s]{1,2000}|[@#]\w{1,100}|\d{1,30}")


@cache
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def sample(text: str) -> str:
    """Beginning, middle and end; the whole of a short text."""
    if len(text) <= 3 * SAMPLE:
        return text
    middle = (len(text) - SAMPLE) // 2
    return " ".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


@cache
def english_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that only English has, and words that it shares; as they stand inside a sentence."""
    data = tomllib.loads(files(__package__).joinpath("english.toml").read_text("utf-8"))
    return frozenset(data["strong"].split()), frozenset(data["weak"].split())


def detect(text: str) -> tuple[str, float]:
    """ISO 639-1 code and confidence between 0 and 1; ("", confidence) if it cannot be told."""
    words = NO_WORDS.sub(" ", sample(text))
    letters = len(LETTERS.findall(words))
    if not letters:
        return "", 0.0
    found, certainty = identifier().classify(words)
    code, confidence = str(found), round(float(certainty), 4)
    if letters >= MIN_LETTERS and confidence >= (SURE_SHORT if letters < SHORT else SURE):
        return code, confidence
    if letters < SHORT and is_english(words, code, confidence):
        return "en", confidence
    return "", confidence


def is_english(words: str, code: str, confidence: float) -> bool:
    """Is a short text English by its words, where the classifier is not sure of it?

    A word of a name, as in "The Who spielten", does not count against the classifier's opinion.
    """
    strong, weak = english_words()
    found = WORD.findall(words)
    if code != "en":
        return confidence <= OTHERWISE and len(strong.intersection(found)) >= 2
    small = {word.lower() for word in found} | set(found)
    if not strong.isdisjoint(small):
        return True
    return confidence >= LIKELY and not weak.isdisjoint(small)


def is_short(text: str) -> bool:
    """Has a text too few letters to tell its language?"""
    return len(LETTERS.findall(NO_WORDS.sub(" ", text[: 3 * SAMPLE]))) < SHORT
