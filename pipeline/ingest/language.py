"""The language of a text, offline."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 600  # characters a place
MIN_LETTERS = 24  # fewer say nothing
#: One or two sentences need more certainty: names alone pull them to another language.
SURE, SURE_SHORT, SHORT = 0.5, 0.8, 120
LETTERS = re.compile(r"[^\W\d_]")
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


def detect(text: str) -> tuple[str, float]:
    """ISO 639-1 code and confidence between 0 and 1; ("", confidence) if it cannot be told."""
    words = NO_WORDS.sub(" ", sample(text))
    letters = len(LETTERS.findall(words))
    if letters < MIN_LETTERS:
        return "", 0.0
    code, confidence = identifier().classify(words)
    if confidence < (SURE_SHORT if letters < SHORT else SURE):
        return "", round(float(confidence), 4)
    return str(code), round(float(confidence), 4)
