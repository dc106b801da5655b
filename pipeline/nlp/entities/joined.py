"""Names that one token holds together: "U.S.-Cuba" is two countries, "Roe(born" a name and more."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from pipeline.nlp.entities.countries import country_named, country_of_demonym
from pipeline.nlp.entities.tokens import compounds

COMPOUND = re.compile(r"^([^\W\d_][\w.’']*)([-–‑])([^\W\d_][\w.’']*)$")
#: A capitalised word and a bracket that no blank parts: "Quillon(QLN", a footnote as in "Roe,[1".
GLUED = re.compile(r"^([^\W\d_][\w’'‑-]*)([.,;:]?)([(\[])([^()\[\]/]+)$")
DASHES = frozenset("-–‑")
BRACKETS = frozenset("([")


def split_joined(doc: Doc) -> None:
    """Splits such tokens of the doc in place; the text does not change."""
    found = [(token, parts) for token in compounds(doc) if (parts := parts_of(token))]
    if not found:
        return
    with doc.retokenize() as retokenizer:
        for token, parts in found:
            words, tags, poses, deps, name = parts
            # The part that the token's own head and children stay with.
            heads: list[tuple[Token, int] | Token] = [(token, name)] * len(words)
            heads[name] = (token, name) if token.head.i == token.i else token.head
            retokenizer.split(
                token,
                words,
                heads=heads,
                attrs={
                    "TAG": [tag or token.tag_ for tag in tags],
                    "POS": [pos or token.pos_ for pos in poses],
                    "DEP": [dep or token.dep_ for dep in deps],
                },
            )


Parts = tuple[list[str], list[str], list[str], list[str], int]


def parts_of(token: Token) -> Parts | None:
    """Words, tags, parts of speech and relations ("" is the token's own) of a token that holds
    several, and which of them is the head; None for others.
    """
    text = token.text
    if not DASHES.isdisjoint(text):
        match = joined_countries(token)
        if match is not None:
            tags, poses = ["", "HYPH", ""], ["", "PUNCT", ""]
            return list(match.groups()), tags, poses, ["compound", "punct", ""], 2
    if not BRACKETS.isdisjoint(text) and text[:1].isupper():
        match = GLUED.match(text)
        if match is not None and match[4] not in ("s", "es"):
            rows = [(match[1], "", "", ""), (match[2], ".", "PUNCT", "punct")]
            rows += [(match[3], "-LRB-", "PUNCT", "punct"), (match[4], "", "", "appos")]
            kept = [row for row in rows if row[0]]
            words, tags, poses, deps = (list(column) for column in zip(*kept, strict=True))
            return words, tags, poses, deps, 0
    return None


def joined_countries(token: Token) -> re.Match[str] | None:
    """The parts of a token that joins two countries or nationalities."""
    match = COMPOUND.match(token.text)
    if match is None:
        return None
    sides = (match[1], match[3])
    return (
        match
        if all(country_named(s) or country_of_demonym(s, compound=True) for s in sides)
        else None
    )
