"""Places and names of a Doc that several passes look at, found at once, not token by token."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from spacy.attrs import IS_ALPHA, IS_LOWER, IS_PUNCT, IS_SPACE
from spacy.tokens import Doc, Span, Token

from pipeline.nlp.entities.names import NAMED, Name
from pipeline.nlp.entities.normal import POSSESSIVE

#: The stop of a sentence that the tokenizer left to a name: "McCool.", but "Roe Jr." has its own.
STOP = re.compile(r"\w[^\W\d_]{3}\.$")


def flags(doc: Doc, *attrs: int) -> Any:
    """A matrix of token flags, one row a token, one column an attribute."""
    return doc.to_array(list(attrs)).reshape(len(doc), len(attrs)).astype(bool)


def line_breaks(doc: Doc) -> list[int]:
    """Offsets of the tokens that hold a line break."""
    if not len(doc):
        return []
    return [i for i in flags(doc, IS_SPACE)[:, 0].nonzero()[0].tolist() if "\n" in doc[i].text]


def capitals(doc: Doc) -> list[Token]:
    """The tokens that begin with a capital, in their order."""
    if not len(doc):
        return []
    columns = flags(doc, IS_LOWER, IS_PUNCT, IS_SPACE)
    places = (~columns.any(axis=1)).nonzero()[0].tolist()
    return [token for token in map(doc.__getitem__, places) if token.text[:1].isupper()]


def compounds(doc: Doc) -> list[Token]:
    """The tokens that are neither plain words nor marks nor blanks: "U.S.-Cuba", "1,000"."""
    if not len(doc):
        return []
    columns = flags(doc, IS_ALPHA, IS_PUNCT, IS_SPACE)
    return [doc[i] for i in (~columns.any(axis=1)).nonzero()[0].tolist()]


def name_of_span(span: Span) -> Name:
    """A Name for a spaCy span, its text without line breaks and possessive."""
    text = POSSESSIVE.sub("", " ".join(span.text.split()))
    if span.label_ == "PERSON" and STOP.search(text):
        text = text[:-1]
    subject = span.root.dep_ in ("nsubj", "nsubjpass")
    return Name(span.start, span.end, span.label_, text, subject=subject)


def names_in(doc: Doc) -> list[Name]:
    """The named entities of doc.ents, in their order."""
    names = [name_of_span(ent) for ent in doc.ents if ent.label_ in NAMED]
    breaks = line_breaks(doc)
    for name in names:
        name.line = bisect_left(breaks, name.start)
    return names
