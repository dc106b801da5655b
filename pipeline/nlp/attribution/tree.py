"""The parse of a Doc as plain lists of Python values, cheap to walk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection

import numpy as np
from spacy.tokens import Doc

from pipeline.nlp.entities.names import HYPHENS
from pipeline.nlp.extensions import text_of

#: A "sentence" of more tokens is a table or noise: its words are blanked, so no cue is read in it.
MAX_SENTENCE = 1000
#: Forms that the model's lemmatizer takes for those of "hop".
HOPE = dict.fromkeys(("hopes", "hoped", "hoping"), "hope")
ATTRIBUTES: list[int | str] = [
    "HEAD",
    "DEP",
    "POS",
    "TAG",
    "LEMMA",
    "IDX",
    "LENGTH",
    "SENT_START",
    "ENT_TYPE",
]


class Tree:
    """One parsed Doc; every list is indexed by token.

    Attributes:
        heads: index of the head; a root is its own head.
        deps, pos, tags, lemmas, ents: names; lemmas in lower case, "" for no entity.
        starts, ends: character offsets into the text.
        words: the tokens as written.
        lower: the tokens in lower case.
        kids: indices of the children, in order.
        sentence: index of each token's sentence.
        bounds: token range [first, end) of each sentence.
    """

    def __init__(self, doc: Doc) -> None:
        self.text = text_of(doc)
        self.size = len(doc)
        table = doc.to_array(ATTRIBUTES)
        names = {int(key): doc.vocab.strings[int(key)] for key in np.unique(table[:, 1:5])}
        names |= {int(key): doc.vocab.strings[int(key)] for key in np.unique(table[:, 8])}
        self.deps = [names[key] for key in table[:, 1].tolist()]
        self.pos = [names[key] for key in table[:, 2].tolist()]
        self.tags = [names[key] for key in table[:, 3].tolist()]
        self.lemmas = [names[key].lower() for key in table[:, 4].tolist()]
        self.ents = [names[key] for key in table[:, 8].tolist()]
        self.starts: list[int] = table[:, 5].astype(np.int64).tolist()
        lengths: list[int] = table[:, 6].astype(np.int64).tolist()
        self.ends = [start + length for start, length in zip(self.starts, lengths, strict=True)]
        self.words = [self.text[s:e] for s, e in zip(self.starts, self.ends, strict=True)]
        self.lower = [word.lower() for word in self.words]
        if "hop" in self.lemmas:
            self.lemmas = [HOPE.get(w, x) for w, x in zip(self.lower, self.lemmas, strict=True)]
        moves: list[int] = table[:, 0].astype(np.int64).tolist()
        self.heads = [i + move for i, move in enumerate(moves)]
        self.kids: list[list[int]] = [[] for _ in range(self.size)]
        for i, head in enumerate(self.heads):
            if head != i:
                self.kids[head].append(i)
        self.sentence: list[int] = []
        self.bounds: list[tuple[int, int]] = []
        self._split(table[:, 7].astype(np.int64).tolist())
        for first, end in self.bounds:
            if end - first > MAX_SENTENCE:
                self.lemmas[first:end] = self.lower[first:end] = [""] * (end - first)

    def _split(self, starts: list[int]) -> None:
        first, number = 0, 0
        for i, mark in enumerate(starts):
            if mark == 1 and i > first:
                self.bounds.append((first, i))
                first, number = i, number + 1
            self.sentence.append(number)
        if self.size:
            self.bounds.append((first, self.size))

    # ------------------------------------------------------------ walking

    def child(self, i: int, *deps: str) -> int | None:
        """The first child with one of the relations."""
        for kid in self.kids[i]:
            if self.deps[kid] in deps:
                return kid
        return None

    def children(self, i: int, *deps: str) -> list[int]:
        return [kid for kid in self.kids[i] if self.deps[kid] in deps]

    def subtree(self, i: int, without: Collection[int] = ()) -> list[int]:
        """Sorted tokens below i, itself included, less the branches in `without`."""
        found, todo = [], [i]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(kid for kid in self.kids[at] if kid not in without)
        found.sort()
        return found

    def sentence_of(self, i: int) -> tuple[int, int]:
        """Token range [first, end) of the sentence of token i."""
        return self.bounds[self.sentence[i]]

    def tokens_in(self, start: int, end: int) -> range:
        """Tokens that lie in, or touch, the characters [start, end)."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def whole_word(self, i: int) -> tuple[int, int]:
        """Tokens [first, last] of the hyphenated word that token i is part of: "e-mail"."""
        first = last = i
        while first > 1 and self._hyphen(first - 1):
            first -= 2
        while last + 2 < self.size and self._hyphen(last + 1):
            last += 2
        return first, last

    def _hyphen(self, i: int) -> bool:
        """Is token i a hyphen with a word on each side and no blank?"""
        return (
            self.words[i] in HYPHENS
            and self.ends[i - 1] == self.starts[i]
            and self.ends[i] == self.starts[i + 1]
            and self.text[self.ends[i - 1] - 1].isalnum()
            and self.text[self.ends[i]].isalnum()
        )

    def is_verb(self, i: int) -> bool:
        return self.pos[i] in ("VERB", "AUX")

    def is_clause(self, i: int) -> bool:
        """Is token i a finite clause's head: with a subject or a finite form of its own?"""
        return self.is_verb(i) and (
            self.tags[i] in ("VBD", "VBZ", "VBP", "MD")
            or any(
                self.deps[kid] in ("nsubj", "nsubjpass", "expl", "csubj") for kid in self.kids[i]
            )
        )
