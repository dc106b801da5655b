"""Places of a Doc that several passes look at, found at once instead of token by token."""

from __future__ import annotations

from typing import Any

from spacy.attrs import IS_ALPHA, IS_LOWER, IS_PUNCT, IS_SPACE
from spacy.tokens import Doc, Token


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
