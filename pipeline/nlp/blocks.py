"""spaCy component: a line break ends a sentence.

Clean text has one block (paragraph, heading, list item) a line, so no sentence, entity or
quotation of the parser may run across a line break.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

#: Last characters of a token after which a sentence may begin.
OPENING = frozenset(".!?…:;\"'”’»)]–—-*•|/")


def mark_blocks(doc: Doc) -> Doc:
    """The doc with a sentence start at the first token of each line, and none after a word.

    The parser alone now and then takes the first word of a line for a sentence of its own.
    """
    # All at once: setting one token's start looks through the whole Doc.
    values: Any = np.array(list(starts(doc)), dtype=np.int64).view(np.uint64)
    return doc.from_array([SENT_START], values)


def starts(doc: Doc) -> Iterator[int]:
    """For each token 1 where a sentence starts, -1 where none may, 0 where the parser decides."""
    after_break, before = True, ""
    for token in doc:
        text = token.text
        if token.is_space:
            after_break = after_break or "\n" in text
            # A line break belongs to the sentence before it.
            yield 1 if token.i == 0 else -1
            continue
        if after_break:
            after_break = False
            yield 1
        else:
            yield 0 if before in OPENING else -1
        before = text[-1]


@Language.factory("pipeline_blocks")
def create(nlp: Language, name: str) -> BlockMarker:
    return BlockMarker()


class BlockMarker:
    """Runs before the parser, which keeps the starts that are set."""

    def __call__(self, doc: Doc) -> Doc:
        return mark_blocks(doc)
