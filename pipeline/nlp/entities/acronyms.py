"""Acronyms and abbreviated words: which long form is theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from spacy.tokens import Doc

from pipeline.nlp.entities.clusters import Cluster, absorb
from pipeline.nlp.entities.countries import country_named, country_of_demonym
from pipeline.nlp.entities.lexicon import organisations, read_table
from pipeline.nlp.entities.names import ACRONYM, SMALL_WORDS, Name, normal_word
from pipeline.nlp.entities.normal import ARTICLE, normal_name, without_suffix
from pipeline.nlp.lexicons import remembered


def spelled_out(key: str) -> str:
    """A key with the abbreviations of its words written out: "quill tv" is "quill television"."""
    short = abbreviated_words()
    words = key.split()
    if len(words) < 2 or short.keys().isdisjoint(words):
        return key
    return " ".join(short.get(word, word) for word in words)


@remembered
def abbreviated_words() -> dict[str, str]:
    """Abbreviated words inside names -> the whole words, both as in keys."""
    return dict(read_table("organisations.toml")["words"])


def initials(name: str) -> set[str]:
    """The acronyms that a long form may have: with and without its small words."""
    words = [word for word in re.split(r"[\s\-/]+", name) if word]
    if len(words) > 2 and (country_named(words[0]) or country_of_demonym(words[0])):
        return initials(name.split(None, 1)[1]) | initials_of(words)
    return initials_of(words)


def initials_of(words: list[str]) -> set[str]:
    """The first letters of words: of all, of the large ones, of those with a capital."""
    capital = "".join(word[0] for word in words if word[0].isupper())
    large = "".join(word[0] for word in words if word.lower() not in SMALL_WORDS)
    every = "".join(word[0] for word in words)
    return {form.upper() for form in (capital, large, every) if len(form) > 1}


def bracketed(doc: Doc, names: list[Name]) -> dict[str, str]:
    """Acronym key -> key of the long form that it stands behind in brackets."""
    found = {}
    for one, two in pairwise(names):
        the = doc[two.start - 1].lower_ == "the"
        first = two.start - 1 if the else two.start
        noun = first == one.end + 2 and doc[one.end].lower_ in organisations().heads
        if (first != one.end + 1 and not noun) or doc[first - 1].text not in "([":
            continue
        long, short = (one, two) if len(one.text) > len(two.text) else (two, one)
        if not ACRONYM.match(short.text):
            continue
        forms = [long.text]
        if the and long is two:  # "TQF (The Quill Factory)"
            forms.append(f"The {long.text}")
        for words in forms:
            if (
                short.text[:1].lower() == normal_word(words)[:1]
                or is_shuffled(short.text, words)
                or is_spelled_out(short.text, words)
                or (long.label == "ORG" and is_half_spelled_out(short.text, words))
            ):
                key = normal_name(without_suffix(ARTICLE.sub("", long.text)))
                found[normal_name(short.text)] = spelled_out(key)
    return found


def is_shuffled(short: str, long: str) -> bool:
    """Whether an acronym has the initials in another order: of another language, most often.

    "PSD" is "Social Democratic Party"; digits may stand for words ("M5S").
    """
    letters = Counter(char for char in short.upper() if char.isalpha())
    wanted = Counter(word[0].upper() for word in re.split(r"[\s\-/]+", long) if word)
    return letters.total() > 1 and not letters - wanted


def is_spelled_out(short: str, long: str) -> bool:
    """Whether an acronym takes its letters, in order, from words of the long form.

    Each word gives its first letters: "NAVFORGER" is "Naval Forces Germany"; words in front may
    give none ("United States").
    """
    letters = "".join(char for char in short.casefold() if char.isalpha())
    words = [word.casefold() for word in re.split(r"[\s\-/]+", long) if word]
    for first in range(len(words)):
        at = 0
        for word in words[first:]:
            same = 0
            while at < len(letters) and same < len(word) and word[same] == letters[at]:
                same, at = same + 1, at + 1
        if at == len(letters) and letters and words[first].startswith(letters[0]):
            return len(letters) > 2
    return False


def is_half_spelled_out(short: str, long: str) -> bool:
    """Whether half of an acronym's letters, in order, are initials: "Quill Statsbaner (QSB)".

    The rest stands inside of words, or for words that the text leaves out.
    """
    letters = [char for char in short.upper() if char.isalpha()]
    at = fits = 0
    for word in re.split(r"[\s\-/]+", long):
        if word and word[0].upper() in letters[at:]:
            at = letters.index(word[0].upper(), at) + 1
            fits += 1
    return fits > 1 and 2 * fits >= len(letters)


def merge_acronyms(clusters: dict[str, Cluster], defined: Mapping[str, str]) -> None:
    """Acronyms go to the long form: the one defined in brackets, else the one with its initials."""
    letters_of = {
        key: initials(ARTICLE.sub("", cluster.links[0].name.text))
        for key, cluster in clusters.items()
        if " " in key
    }
    for key in list(clusters):
        short = clusters[key]
        if not ACRONYM.match(short.links[0].name.text):
            continue
        long_key, rule, confidence = defined.get(key, ""), "acronym_defined", 0.98
        if long_key == key or long_key not in clusters:
            letters = key.replace(" ", "").upper()
            fits = [k for k, forms in letters_of.items() if letters in forms and k in clusters]
            long_key, rule, confidence = fits[0] if fits else "", "acronym", 0.9
        if long_key and long_key != key:
            absorb(clusters[long_key], short, rule, confidence)
            del clusters[key]
