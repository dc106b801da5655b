"""Names that one token holds together: "U.S.-Cuba" is two countries."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from pipeline.nlp.entities.countries import country_named, country_of_demonym

COMPOUND = re.compile(r"^([^\W\d_][\w.’']*)([-–‑])([^\W\d_][\w.’']*)$")


def split_joined(doc: Doc) -> None:
    """Splits such tokens of the doc in place; the text does not change."""
    found = [(token, match) for token in doc if (match := joined_countries(token))]
    if not found:
        return
    with doc.retokenize() as retokenizer:
        for token, match in found:
            head = (token, 2) if token.head.i == token.i else token.head
            retokenizer.split(
                token,
                list(match.groups()),
                heads=[(token, 2), (token, 2), head],
                attrs={
                    "TAG": [token.tag_, "HYPH", token.tag_],
                    "POS": [token.pos_, "PUNCT", token.pos_],
                    "DEP": ["compound", "punct", token.dep_],
                },
            )


def joined_countries(token: Token) -> re.Match[str] | None:
    """The parts of a token that joins two countries or nationalities."""
    text = token.text
    if "-" not in text and "–" not in text and "‑" not in text:
        return None
    match = COMPOUND.match(text)
    if match is None:
        return None
    sides = (match[1], match[3])
    return (
        match
        if all(country_named(s) or country_of_demonym(s, compound=True) for s in sides)
        else None
    )
