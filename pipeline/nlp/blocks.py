"""spaCy component: a line break ends a sentence.

Clean text has one block (paragraph, heading, list item) a line, so no sentence, entity or
quotation of the parser may run across a line break.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

#: Last characters of a token after which a sentence may begin.
OPENING = frozenset(".!?…:;\"'”’»)]–—-*•|/")


def mark_blocks(doc: Doc) -> Doc:
    """The doc with a sentence start at the first token of each line, and none after a word.

    The parser alone now and then takes the first word of a line for a sentence of its own.
    """
    after_break, before = True, ""
    for token in doc:
        text = token.text
        if token.is_space:
            after_break = after_break or "\n" in text
            # A line break belongs to the sentence before it.
            token.is_sent_start = token.i == 0
            continue
        if after_break:
            token.is_sent_start = True
            after_break = False
        elif before not in OPENING:
            token.is_sent_start = False
        before = text[-1]
    return doc


@Language.factory("pipeline_blocks")
def create(nlp: Language, name: str) -> BlockMarker:
    return BlockMarker()


class BlockMarker:
    """Runs before the parser, which keeps the starts that are set."""

    def __call__(self, doc: Doc) -> Doc:
        return mark_blocks(doc)
