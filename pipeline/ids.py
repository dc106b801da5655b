"""Ids made of content: the same on every run and machine, whatever order documents come in.

Every id is one letter or two, "_" and 16 hexadecimal digits of a SHA-256. The letters keep
spreadsheets from taking an id for a number (`1e500000` is one) and tell its kind.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from typing import Literal

Prefix = Literal["d", "c", "t", "m", "n", "s", "r", "e", "g"]

_DIGITS = 16
_WORD = re.compile(r"\w+")


def hashed(prefix: Prefix, *parts: str) -> str:
    """An id of the parts, in their order; ("ab", "c") and ("a", "bc") differ."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return f"{prefix}_{digest.hexdigest()[:_DIGITS]}"


def doc_id(path: str) -> str:
    """The id of a document: a hash of its path below the corpus root, with "/"."""
    return hashed("d", path)


def normalised(text: str) -> str:
    """The words of a text without case, punctuation, spacing and compatibility forms."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


class IdMaker:
    """Ids of the things in one document.

    A thing is known by its words and by the how-manieth such thing it is, never by its
    offset: boilerplate that comes or goes around it leaves its id alone. Things must come
    in their order in the document.
    """

    def __init__(self, document: str) -> None:
        self._document = document
        self._seen: Counter[tuple[str, ...]] = Counter()

    def make(self, prefix: Prefix, *words: str) -> str:
        """The id of the next thing of this kind with these words."""
        key = (prefix, *map(normalised, words))
        self._seen[key] += 1
        return hashed(prefix, self._document, *key[1:], str(self._seen[key]))

    def claim(self, content: str, source: str, cue: str) -> str:
        """The id of a claim.

        Args:
            content: the words of the proposition.
            source: the words of its holder, "" for the author.
            cue: the words that attribute it, "" if none do.
        """
        return self.make("c", content, source, cue)
