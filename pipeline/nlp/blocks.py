"""spaCy component: a line break ends a sentence.

Clean text has one block (paragraph, heading, list item) a line, so no sentence, entity or
quotation of the parser may run across a line break.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


def mark_blocks(doc: Doc) -> Doc:
    """The doc with a sentence start at the first token of each line."""
    after_break = True
    for token in doc:
        if token.is_space:
            after_break = after_break or "\n" in token.text
            # A line break belongs to the sentence before it.
            token.is_sent_start = token.i == 0
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc


@Language.factory("pipeline_blocks")
def create(nlp: Language, name: str) -> BlockMarker:
    return BlockMarker()


class BlockMarker:
    """Runs before the parser, which keeps the starts that are set."""

    def __call__(self, doc: Doc) -> Doc:
        return mark_blocks(doc)
