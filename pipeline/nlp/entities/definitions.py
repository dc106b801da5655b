"""Boundaries that an acronym in brackets gives: "Navy, Army and Air Force Institutes (NAAFI)".

The letters of the acronym, from its last to its first, are the initials of the words in front of
the bracket. So they tell where the long form begins, also where the model found only its end
("Air Force Institutes") or took in a word too many ("Relevant | Quill Tarn Board (QTB)").
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from pipeline.nlp.entities.countries import country_named, country_of_demonym
from pipeline.nlp.entities.lexicon import organisations
from pipeline.nlp.entities.names import JOINTS, SMALL_WORDS, Name

#: An acronym that a bracket opens with.
SHORT = re.compile(r"\((?:the |or )?[“\"]?([A-Z][A-Za-z&./-]{1,9})(?=[”\"]?[),;])")
MARKS = JOINTS | frozenset("/,")
FAR = 16  # tokens of a long form at most


def read_definitions(doc: Doc, text: str, names: list[Name]) -> list[Name]:
    """The names, those in front of a bracket with the bounds that the acronym in it tells."""
    grown: dict[int, tuple[int, int]] = {}  # end -> the bounds
    for match in SHORT.finditer(text):
        letters = [char for char in match[1] if char.isupper()]
        if len(letters) < 2 or match[1].lower().capitalize() == match[1]:
            continue
        bracket = doc.char_span(match.start(), match.start() + 1)
        if bracket is None or not bracket.start:
            continue
        first = long_form(doc, bracket.start, letters, SMALL_WORDS)
        if first is None:
            first = long_form(doc, bracket.start, letters, frozenset())
        if first is not None:
            grown[bracket.start] = first, bracket.start
    if not grown:
        return names
    kept: list[Name] = []
    for name in names:
        if name.end not in grown:
            kept.append(name)
            continue
        start, end = grown[name.end]
        if start > name.start and not cuts_well(doc, name.start, start):
            start = name.start
        commas = any(doc[i].text == "," for i in range(start, name.start))
        if commas and not is_body(doc, start, end):
            kept.append(name)  # initials of several towns
            continue
        while kept and kept[-1].end > start:
            inside = kept.pop()
            if not cuts_well(doc, inside.start, start):
                start = min(start, inside.start)
        kept.append(Name(start, end, "ORG" if start < name.start else name.label, ""))
    found = {name.end for name in kept}
    kept += [
        Name(start, end, "ORG", "")
        for start, end in grown.values()
        if end not in found and is_body(doc, start, end)
    ]
    return sorted(kept, key=lambda name: name.start)


def cuts_well(doc: Doc, start: int, end: int) -> bool:
    """Whether words in front of a long form are none of its own: not "French", not "Tarn of"."""
    words = doc[start:end]
    nation = country_named(words.text) or country_of_demonym(words.text)
    return not nation and doc[end - 1].lower_ not in SMALL_WORDS and doc[end - 1].text not in MARKS


def is_body(doc: Doc, start: int, end: int) -> bool:
    """Whether words are a body's name by what they say: "Quill Front for Change"."""
    lists = organisations()
    telling = lists.heads | lists.endings
    words = [token.lower_ for token in doc[start:end]]
    return len(words) > 2 and any(word in telling or word[:-1] in telling for word in words)


def long_form(doc: Doc, end: int, letters: list[str], mute: frozenset[str]) -> int | None:
    """Token where the long form begins that ends before `end`; None if the letters do not fit.

    A large word must give its first letter, but for one at the end that says what kind of body
    it is ("Corporation"); a dotted word gives all its letters ("U.S.").
    """
    left = len(letters)
    first = None
    for i in range(end - 1, max(-1, end - 1 - FAR), -1):
        token = doc[i]
        if token.is_space or token.text in "()[];:":
            return None
        if token.text in MARKS or token.text in "\"“”'’":
            continue
        given = [char for char in token.text if char.isupper()] if "." in token.text else []
        initials = given or [token.text[0].upper()]
        fits = letters[max(0, left - len(initials)) : left] == initials
        if fits and token.text not in mute:
            left -= len(initials)
            first = i
        elif token.text[0].islower() or token.lower_ in SMALL_WORDS:
            pass
        elif left != len(letters) or token.lower_ not in organisations().endings:
            return None
        if left == 0:
            break
    if left or first is None or not doc[first].text[0].isupper():
        return None
    return first
