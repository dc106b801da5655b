"""Finds many fixed phrases in a text in one pass, whatever their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

WORD = re.compile(r"(?<!\w)\w+")


class Phrases:
    """Phrases by their first word, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.by_word: dict[str, list[tuple[int, str]]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            first = WORD.search(phrase)
            if first is not None:
                self.by_word.setdefault(first[0], []).append((first.start(), phrase))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, phrase) of every phrase as whole words; none overlap."""
        at = 0
        for word in WORD.finditer(text):
            for offset, phrase in self.by_word.get(word[0], ()):
                start = word.start() - offset
                end = start + len(phrase)
                if start < at or not text.startswith(phrase, start):
                    continue
                if end < len(text) and (text[end].isalnum() or text[end] == "_"):
                    continue
                yield start, end, phrase
                at = end
                break
