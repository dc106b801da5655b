"""Names in headings: where every large word has a capital, a capital is no sign of a name.

The model takes "Growing Concerns" or "Regional Dynamics" for names there. Such a span stays only if
the text bears it out: it stands elsewhere, too, or our lists know it, or none of its words is a
common one of this text.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from pipeline.nlp.entities.countries import cities, country_named, country_of_demonym, states
from pipeline.nlp.entities.lexicon import first_names, organisations
from pipeline.nlp.entities.names import ACRONYM, Name
from pipeline.nlp.entities.normal import normal_name
from pipeline.nlp.entities.tokens import line_breaks
from pipeline.nlp.extensions import text_of

LONGEST = 25  # tokens of a heading
FEWEST = 3  # large words without which a line shows no style
LARGE = 4  # letters of a word that gets its capital only by style
LOWER_WORD = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w])")
ENDS = frozenset(".!?…:;,\"”'’)")


def drop_heading_words(doc: Doc, names: list[Name]) -> list[Name]:
    """The names without those that only the capitals of a heading made."""
    lines = heading_lines(doc)
    inside = [name for name in names if any(start <= name.start < end for start, end in lines)]
    if not inside:
        return names
    common = set(LOWER_WORD.findall(text_of(doc)))
    marked = {id(name) for name in inside}
    body = {normal_name(doc[n.start : n.end].text) for n in names if id(n) not in marked}
    gone = {id(name) for name in inside if is_made_by_style(doc, name, body, common)}
    for name in inside:
        if name.label == "PERSON" and is_with_verb(doc, name, lines):
            name.end -= 1
    return [name for name in names if id(name) not in gone]


def is_with_verb(doc: Doc, name: Name, lines: list[tuple[int, int]]) -> bool:
    """Whether a person's name in a heading has taken in its verb: "Jane Roe | Joins".

    The text goes on to speak of Roe, and never again of Joins.
    """
    if name.end - name.start <= FEWEST - 1 or not doc[name.end - 1].text.endswith("s"):
        return False
    surname, verb = doc[name.end - 2].text, doc[name.end - 1].text
    again = re.compile(rf"\b{re.escape(surname)}\b")
    text, end = text_of(doc), max(end for _, end in lines)
    behind = doc[end].idx if end < len(doc) else len(text)
    return text.count(verb) == 1 and again.search(text, behind) is not None


def heading_lines(doc: Doc) -> list[tuple[int, int]]:
    """Token offsets of the lines that are headings in title case or in capitals."""
    breaks = line_breaks(doc)
    found = []
    for start, end in zip([0, *(i + 1 for i in breaks)], [*breaks, len(doc)], strict=True):
        if FEWEST <= end - start <= LONGEST and doc[end - 1].text[-1] not in ENDS:
            large = [t.text for t in doc[start:end] if len(t) >= LARGE and t.text[0].isalpha()]
            if len(large) >= FEWEST and all(word[0].isupper() for word in large):
                found.append((start, end))
    return found


def is_made_by_style(doc: Doc, name: Name, body: set[str], common: set[str]) -> bool:
    """Whether a span of a heading is no name: one of its words is a common one of this text."""
    words = [token.text for token in doc[name.start : name.end]]
    text = " ".join(words)
    key = normal_name(text)
    if key in body or not any(word.lower() in common for word in words):
        return False
    if country_named(text) or country_of_demonym(text) or key in cities() or key in states():
        return False
    lists = organisations()
    if ACRONYM.match(text) or text in lists.known:
        return False
    if name.label == "PERSON" and words[0] in first_names():
        return False
    telling = lists.endings | lists.regions | lists.place_endings | lists.facilities
    if len(words) > 1 and any(word.lower() in telling for word in words):
        return False
    return not any(f" {key} " in f" {other} " for other in body)
