"""The parse of a document as plain lists: what the rules read, free of spaCy.

Token attributes of spaCy cost a lookup each; rules read them many times.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.tokens import Doc

from pipeline.nlp.attribution.tree import HOPE
from pipeline.nlp.extensions import text_of
from pipeline.records import Span

PREDICATES = frozenset({"VERB", "AUX"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
ENDS = frozenset({".", "?", "!"})
#: Forms that the model's lemmatizer takes for those of another verb, of "fin" and "slat".
MISREAD = HOPE | {
    f"{stem}{ending}": f"{stem}e" for stem in ("fin", "slat") for ending in ("ed", "ing")
}
ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "POS", "TAG", "LEMMA", "IDX", "LENGTH"]
FAR = 600  # tokens; no row is made of longer sentences
AUXILIARIES = frozenset({"aux", "auxpass"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CLAUSE_DEPS = frozenset({"relcl", "advcl", "acl", "ccomp", "xcomp", "csubj", "csubjpass", "pcomp"})


@dataclass(frozen=True)  # no slots: children is cached
class Tree:
    """One entry a token in each list. `head` of a root is the token itself.

    `start` and `end` are offsets in the text of the Doc.
    """

    text: str
    start: list[int]
    end: list[int]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]

    @cached_property
    def children(self) -> list[list[int]]:
        """The tokens that hang on each token, in the order of the text."""
        found: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                found[head].append(i)
        return found

    def tokens_of(self, span: Span) -> range:
        """The tokens that share a character with the span."""
        return range(bisect_right(self.end, span.start), bisect_left(self.start, span.end))

    def subtree(self, i: int) -> list[int]:
        """The token and all below it, in the order of the text."""
        found, todo = [], [i]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(self.children[at])
        return sorted(found)

    def child(self, i: int, deps: frozenset[str]) -> int | None:
        """The first child with one of the relations."""
        return next((c for c in self.children[i] if self.dep[c] in deps), None)

    def is_predicate(self, i: int) -> bool:
        return self.pos[i] in PREDICATES

    def is_finite(self, i: int) -> bool:
        """True for a verb with tense, its own or its auxiliary's."""
        if not self.is_predicate(i):
            return False
        for c in self.children[i]:
            if self.dep[c] in AUXILIARIES and self.tag[c] in FINITE_TAGS:
                return True
        # "to" before it, or an auxiliary without tense: "to be sold", "having been sold"
        if self.child(i, AUXILIARIES) is not None:
            return False
        return self.tag[i] in FINITE_TAGS

    def subject(self, i: int) -> int | None:
        return self.child(i, SUBJECTS)

    def sentence_start(self, i: int) -> int:
        """The token after the last full stop or line break before the token, or FAR before it."""
        for k in range(i, max(0, i - FAR), -1):
            if self.lower[k - 1] in ENDS or self.pos[k - 1] == "SPACE":
                return k
        return max(0, i - FAR)

    def first_conjunct(self, i: int) -> int:
        """The first of coordinated words."""
        while self.dep[i] == "conj" and self.head[i] != i:
            i = self.head[i]
        return i

    def clause_head(self, i: int) -> int:
        """The nearest predicate at or above the token; the root if there is none."""
        while not self.is_predicate(i) and self.head[i] != i:
            i = self.head[i]
        return i


def read_tree(doc: Doc) -> Tree:
    """The Doc's parse, mended as the attribution left it; empty of meaning if it has none."""
    text = text_of(doc)
    table = doc.to_array(ATTRIBUTES)  # a Token object for each word would cost far more
    names = {int(key): doc.vocab.strings[int(key)] for key in np.unique(table[:, 1:5])}
    start: list[int] = table[:, 5].astype(np.int64).tolist()
    end = [at + size for at, size in zip(start, table[:, 6].astype(np.int64).tolist(), strict=True)]
    lower = [text[a:b].lower() for a, b in zip(start, end, strict=True)]
    lemma = [names[key] for key in table[:, 4].tolist()]
    tree = Tree(
        text=text,
        start=start,
        end=end,
        lower=lower,
        lemma=[MISREAD.get(word, x) for word, x in zip(lower, lemma, strict=True)],
        pos=[names[key] for key in table[:, 2].tolist()],
        tag=[names[key] for key in table[:, 3].tolist()],
        dep=[names[key] for key in table[:, 1].tolist()],
        head=[i + move for i, move in enumerate(table[:, 0].astype(np.int64).tolist())],
    )
    for edit in doc.user_data.get("mended", ()):
        i = edit.token
        tree.head[i], tree.dep[i], tree.tag[i], tree.pos[i] = (
            edit.head,
            edit.dep,
            edit.tag,
            edit.pos,
        )
    return tree
