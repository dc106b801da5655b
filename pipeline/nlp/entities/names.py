"""The working form of a name inside one document, shared by the modules of this package."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.nlp.entities.lexicon import read_table, titles
from pipeline.nlp.entities.normal import normal_name

#: Types of things with a name; the model's other labels are values (dates, sums, counts).
NAMED = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"}
)
PLACES = frozenset({"GPE", "LOC", "FAC"})
GENERATION = frozenset({"jr", "sr", "ii", "iii", "iv"})
_FORMS = read_table("names.toml")
PARTICLES = frozenset(_FORMS["particles"]["words"])
#: Small words inside the name of a body; and inside any name, in any language of the list.
SMALL_WORDS = frozenset(_FORMS["small"]["words"])
INNER_WORDS = PARTICLES | frozenset(_FORMS["articles"]["words"])
HYPHENS = frozenset({"-", "‑", "–"})
#: Signs and endings between two words of one name.
JOINTS = HYPHENS | {"&", "'s", "’s"}
ACRONYM = re.compile(r"^[A-Z][A-Za-z]?[A-Z&.\d-]{0,8}[A-Z\d]s?\.?$|^(?:[A-Z]\.){2,6}$")
ROMAN = re.compile(r"^(?:I{1,3}|IV|V|VI{1,3}|IX|X{1,2}|XI{1,3}|XIV|XV|XVI)$")
ARABIC_ARTICLE = re.compile(r"^(?:al|el|ul)[-‑]", re.I)


@dataclass(slots=True)
class Name:
    """A name: tokens [start, end) of the Doc, its type, and the role in front of it."""

    start: int
    end: int
    label: str
    text: str
    role: str = ""
    gender: str = ""  # "m" or "f" if title or role tells it
    subject: bool = False  # whether it is the subject of its clause
    kin: bool = False  # whether it only says whose relative somebody is
    line: int = 0  # number of line breaks in front: the paragraph

    @property
    def key(self) -> str:
        return normal_name(self.text)


def normal_word(word: str) -> str:
    """One word for comparison: casefolded, without accents and outer punctuation."""
    word = word.replace("’", "'").strip(".,;:").casefold()
    if word.isascii():
        return word
    split = unicodedata.normalize("NFKD", word)
    return "".join(char for char in split if not "\u0300" <= char <= "\u036f")


def person_words(text: str) -> tuple[str, ...]:
    """The words of a person's name for comparison: no title, no "Jr.", no nickname in quotes.

    Casefolded; the Arabic article in front of a name goes ("al-Abadi" is "abadi").
    """
    plain = re.sub(r"(?<=\w) [-‑] (?=\w)", "-", text)  # as some corpora and copies space it
    plain = re.sub(r"[\"“”'‘(][^\"“”'’()]{1,20}[\"“”'’)]\s", "", plain)
    words = [normal_word(word) for word in plain.split()]
    honorifics = titles().honorifics
    while len(words) > 1 and words[0] in honorifics:
        words.pop(0)
    while len(words) > 2 and words[-1] in GENERATION:  # "James IV" is another than "James III"
        words.pop()
    return tuple(ARABIC_ARTICLE.sub("", word) for word in words if word)
