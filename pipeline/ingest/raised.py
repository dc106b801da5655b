"""Raised characters, which plain text would run together with the word before them."""

from __future__ import annotations

import re

RAISED_NUMBER = re.compile(r"\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3}){0,3}\s*")
#: Words of three letters are no units: "km²", "x²", but "million[3]".
NOTED = re.compile(r"(?:[^\W\d_]{3}|(?<![^\W\d_])[bmt]n|\b(?:19|20)\d\d|[.,;:!?%\"”’»])$")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(words: str, before: str) -> str:
    """What stands for raised words behind the words `before`: "10⁶" is not 106.

    "[3]" behind a word, a year or a full stop, where a power makes no sense but a note does.
    """
    if RAISED_NUMBER.fullmatch(words) and NOTED.search(before[-20:]):
        return f"[{words.strip()}]"
    if "[" in words or any(map(str.isalpha, words)):
        return words
    return words.translate(RAISED)
