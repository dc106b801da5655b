"""Names that the model missed: those that stand elsewhere in the document, countries and known
bodies, acronyms in brackets behind their long form, and words behind a form of address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from pipeline.nlp.entities.countries import atlas, cities, country_named, country_of_demonym, states
from pipeline.nlp.entities.lexicon import first_names, organisations, titles
from pipeline.nlp.entities.names import ACRONYM, Name, person_words
from pipeline.nlp.entities.normal import normal_name, without_suffix
from pipeline.nlp.entities.phrases import Phrases
from pipeline.nlp.entities.refer import place_nouns, speech_verbs
from pipeline.nlp.entities.repair import behind_portfolio
from pipeline.nlp.entities.retype import is_language
from pipeline.nlp.entities.tokens import capitals
from pipeline.nlp.extensions import text_of
from pipeline.nlp.lexicons import remembered

LOWER_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
LONGEST = 5  # tokens of a name in our lists


#: First words of names that go on with "of".
OPEN_NAMES = frozenset(
    {"gulf", "bay", "sea", "strait", "isle", "cape", "republic", "kingdom", "hall"}
)
DIRECTIONS = frozenset({"North", "South", "East", "West"})
#: Forms of address that are words of other names, too: "the Miss Quill award", "Count Down".
AMBIGUOUS = frozenset({"miss", "count", "st", "saint", "king", "queen", "father", "brother", "don"})


class Claimed:
    """Which tokens already belong to a name."""

    def __init__(self, names: list[Name]) -> None:
        self.tokens = {i for name in names for i in range(name.start, name.end)}

    def take(self, start: int, end: int) -> bool:
        """Marks the tokens; False, and no change, if one of them is taken."""
        span = range(start, end)
        if not self.tokens.isdisjoint(span):
            return False
        self.tokens.update(span)
        return True


def find_missed(doc: Doc, names: list[Name]) -> list[Name]:
    """The names together with the missed ones, in the order of the text."""
    claimed = Claimed(names)
    text, large = text_of(doc), capitals(doc)  # each made once: all passes look at them
    found = list(names)
    found += listed(doc, large, claimed)
    found += addressed(doc, large, claimed)
    found += datelines(doc, text, claimed)
    found += speaking(doc, large, claimed)
    found += by_ending(doc, large, claimed)
    found += titles_in_quotes(doc, text, claimed)
    found += in_brackets(doc, found, claimed)
    found += repeated(doc, text, found, claimed)
    found += head_words(doc, large, found, claimed)
    found += directions(doc, large, found, claimed)
    return sorted(found, key=lambda name: name.start)


def take_watched(doc: Doc, names: list[Name], found: Iterable[tuple[int, int, str]]) -> list[Name]:
    """The names, with those of the watch list in place of what the model made of their words.

    A longer name that a listed one is part of stays ("Acme" in "Acme Street Bridge").

    Args:
        found: (start, end, type) by character.
    """
    kept = list(names)
    for start, end, label in found:
        span = doc.char_span(start, end)
        if span is None:
            continue
        over = [name for name in kept if name.start < span.end and span.start < name.end]
        if any(name.end - name.start > len(span) for name in over):
            continue
        kept = [name for name in kept if name not in over]
        kept.append(Name(span.start, span.end, label, span.text))
    return sorted(kept, key=lambda name: name.start)


def is_capital(token: Token) -> bool:
    return token.text[:1].isupper()


# ---------------------------------------------------------------- our lists


@remembered
def first_words() -> frozenset[str]:
    """First word (casefolded) of every listed name: most tokens are passed over by it."""
    lists = atlas()
    names = [*lists.names, *lists.demonyms, *states()]
    names += [normal_name(name) for name in organisations().known]
    return frozenset(name.split()[0] for name in names if name)


def listed(doc: Doc, large: list[Token], claimed: Claimed) -> list[Name]:
    """Countries, nationalities, states and well-known bodies of our lists."""
    found = []
    starts, known = first_words(), organisations().known
    for token in large:
        if token.i in claimed.tokens:
            continue
        if normal_name(token.text).split(" ")[0] not in starts or token.pos_ in (
            "VERB",
            "AUX",
            "PRON",
        ):
            continue
        for end in range(min(token.i + LONGEST, len(doc)), token.i, -1):
            text = doc[token.i : end].text
            if not (text[-1].isalnum() or text[-1] == "."):
                continue  # the comparison below passes over brackets and signs
            label = known.get(text) or list_label(text)
            if label and not goes_on(doc, token.i, end, claimed) and claimed.take(token.i, end):
                if label == "NORP" and is_language(doc, Name(token.i, end, label, text)):
                    label = "LANGUAGE"
                found.append(Name(token.i, end, label, text))
                break
    return found


def goes_on(doc: Doc, start: int, end: int, claimed: Claimed) -> bool:
    """Whether the words are only part of a longer name that nobody has found ("Seto | Inland")."""
    if end + 1 < len(doc) and end not in claimed.tokens:
        after = doc[end]
        if after.lower_ == "of" and end - start == 1 and doc[start].lower_ in OPEN_NAMES:
            return is_capital(doc[end + 1]) or doc[end + 1].lower_ == "the"  # "Gulf | of Oman"
        if after.pos_ == "PROPN" and is_capital(after) and doc[end - 1].head.i >= end:
            return doc[end - 1].dep_ == "compound"
    if start and start - 1 not in claimed.tokens:
        before = doc[start - 1]
        word = before.lower_.rstrip(".")
        if before.pos_ == "PROPN" and is_capital(before) and before.dep_ == "compound":
            lists = titles()
            return not (word in lists.roles or word in lists.honorifics) and (
                start <= before.head.i < end
            )
    return False


def list_label(text: str) -> str:
    """GPE or NORP for a country, state or nationality; "" else."""
    if country_named(text) is not None:
        return "GPE"
    if country_of_demonym(text) is not None:
        return "NORP"
    return "GPE" if normal_name(text) in states() else ""


# ---------------------------------------------------------------- forms of address, brackets


def addressed(doc: Doc, large: list[Token], claimed: Claimed) -> list[Name]:
    """Capitalised words behind "Mr" or "Dr", and behind a first name: persons."""
    found = []
    lists, given = titles(), first_names()
    for token in large:
        if token.i + 1 >= len(doc):
            continue
        word = token.lower_.rstrip(".")
        before = doc[token.i - 1] if token.i else None
        # "the June Prize", "Minneapolis-St. Paul"
        if (word in AMBIGUOUS or token.text in given) and (
            before is not None and before.lower_ in ("the", "-", "–")
        ):
            continue
        if word in lists.honorifics and token.i not in claimed.tokens:
            start = token.i + 1
        elif token.text in given and token.i not in claimed.tokens and token.pos_ == "PROPN":
            start = token.i
        else:
            continue
        end = start
        while end < len(doc) and is_part(doc[end]) and end not in claimed.tokens:
            end += 1
        if token.i + 1 < end <= token.i + 4 and not is_thing(doc, end) and claimed.take(start, end):
            found.append(Name(start, end, "PERSON", doc[start:end].text))
    return found


def by_ending(doc: Doc, large: list[Token], claimed: Claimed) -> list[Name]:
    """Capitalised words that end with a word for places: "Big Muddy Creek", "Vale County"."""
    lists, found = organisations(), []
    for token in large:
        if token.i in claimed.tokens or not token.is_title or token.tag_ not in ("NNP", "NNPS"):
            continue
        word = token.lower_
        label = (
            "LOC"
            if word in lists.place_endings
            else "FAC"
            if word in lists.facilities
            else "GPE"
            if word in lists.regions
            else ""
        )
        start = token.i
        while label and start and is_part(doc[start - 1]) and start - 1 not in claimed.tokens:
            start -= 1
        end = token.i + 1
        if start < token.i and not goes_on(doc, start, end, claimed) and claimed.take(start, end):
            found.append(Name(start, end, label, doc[start:end].text))
    return found


DATELINE = re.compile(r"^[^\S\n]*([A-Z][A-Z .'’-]{2,30}?)(?=,|\s[-–—]+\s|\s?\()", re.M)


#: Two to eight words, the first and last with a capital, between quotation marks.
TITLE = re.compile(
    r"[“\"]([A-Z][\w'’-]*"
    r"(?: (?:[A-Z0-9][\w'’-]*|of|the|and|in|a|to|for|on|with|from|at|by|an|or|&)){0,6}"
    r" [A-Z0-9][\w'’-]*)[”\"]"
)


def titles_in_quotes(doc: Doc, text: str, claimed: Claimed) -> list[Name]:
    """Titles of works between quotation marks, every large word with a capital."""
    found = []
    for match in TITLE.finditer(text):
        span = doc.char_span(match.start(1), match.end(1))
        if span is not None and claimed.take(span.start, span.end):
            found.append(Name(span.start, span.end, "WORK_OF_ART", match[1]))
    return found


def datelines(doc: Doc, text: str, claimed: Claimed) -> list[Name]:
    """A city in capitals at the beginning of a line: "CAIRO - The ministry ..."."""
    found = []
    for match in DATELINE.finditer(text):
        span = doc.char_span(match.start(1), match.end(1))
        if span is None or normal_name(match[1]) not in cities():
            continue
        if claimed.take(span.start, span.end):
            found.append(Name(span.start, span.end, "GPE", match[1]))
    return found


def speaking(doc: Doc, large: list[Token], claimed: Claimed) -> list[Name]:
    """A proper noun that stands before a verb of speech: somebody, most often a person."""
    found = []
    for token in large:
        if token.tag_ != "NNP" or token.dep_ != "nsubj" or token.i in claimed.tokens:
            continue
        if token.head.lemma_ not in speech_verbs() or len(token) < 3:
            continue
        if token.is_sent_start or any(child.dep_ in ("det", "amod") for child in token.lefts):
            continue
        start = token.i
        while start and is_part(doc[start - 1]) and start - 1 not in claimed.tokens:
            start -= 1
        if not is_part(token):
            continue
        start = behind_portfolio(doc, start, token.i + 1)
        label = "ORG" if ACRONYM.match(token.text) else "PERSON"
        if claimed.take(start, token.i + 1):
            found.append(Name(start, token.i + 1, label, doc[start : token.i + 1].text))
    return found


def is_part(token: Token) -> bool:
    """Whether a token can be a word of a person's name."""
    if token.pos_ != "PROPN" or not is_capital(token) or len(token.text) < 2:
        return False
    lists, word = titles(), token.lower_.rstrip(".")
    return word not in lists.honorifics and (word not in lists.roles or token.text in first_names())


def is_thing(doc: Doc, end: int) -> bool:
    """Whether the last word before `end` closes the name of a thing: "Hope Town", "Lee Bank"."""
    word, lists = doc[end - 1].lower_, organisations()
    return word in lists.heads or word in lists.facilities or word in place_nouns()


def in_brackets(doc: Doc, names: list[Name], claimed: Claimed) -> list[Name]:
    """ "World Trade Board (WTB)": the acronym has the type of its long form."""
    found = []
    for name in names:
        at = name.end + 1
        if at + 1 >= len(doc) or doc[name.end].text not in ("(", "["):
            continue
        if doc[at + 1].text not in (")", "]", ",", ";") or name.end - name.start < 2:
            continue
        text = doc[at].text
        if ACRONYM.match(text) and name.label != "PERSON" and claimed.take(at, at + 1):
            found.append(Name(at, at + 1, name.label, text))
    return found


# ---------------------------------------------------------------- the same name elsewhere


def repeated(doc: Doc, text: str, names: list[Name], claimed: Claimed) -> list[Name]:
    """Further places of the names found, and of the surnames of the persons found."""
    labels = searched(names)
    if not labels:
        return []
    plain = set(LOWER_WORD.findall(text))  # words used as common ones
    found = []
    for start, end, phrase in Phrases(labels).find(text):
        span = doc.char_span(start, end)
        if span is None or not stands_as_name(span[0], len(span)):
            continue
        if goes_on(doc, span.start, span.end, claimed):
            continue
        if len(span) == 1 and not phrase.isupper() and phrase.lower() in plain:
            continue
        if claimed.take(span.start, span.end):
            found.append(Name(span.start, span.end, labels[phrase], phrase))
    return found


def head_words(doc: Doc, large: list[Token], names: list[Name], claimed: Claimed) -> list[Name]:
    """ "The Institute", with a capital, where an institute has been named before."""
    heads: dict[str, tuple[int, str]] = {}
    for name in names:
        if name.label not in ("ORG", "EVENT", "LAW", "FAC") or name.end - name.start < 2:
            continue
        for token in (doc[name.start], doc[name.end - 1]):
            if token.lower_ in organisations().heads or token.lower_ in organisations().laws:
                heads.setdefault(token.text, (name.start, name.label))
    if not heads:
        return []
    found = []
    for token in large:
        known = heads.get(token.text)
        if known is None or token.i <= known[0] or doc[token.i - 1].lower_ != "the":
            continue
        if not goes_on(doc, token.i, token.i + 1, claimed) and claimed.take(token.i, token.i + 1):
            found.append(Name(token.i, token.i + 1, known[1], token.text))
    return found


def directions(doc: Doc, large: list[Token], names: list[Name], claimed: Claimed) -> list[Name]:
    """ "The North" alone, where a country of the North has been named before."""
    named: dict[str, int] = {}
    for name in names:
        first = doc[name.start].text
        if first in DIRECTIONS and country_named(doc[name.start : name.end].text) is not None:
            named[first] = min(name.start, named.get(first, name.start))
    if not named:
        return []
    found = []
    for token in large:
        if named.get(token.text, token.i) >= token.i or doc[token.i - 1].lower_ != "the":
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is not None and (is_capital(after) or after.lower_ in ("of", "-", "and")):
            continue
        if claimed.take(token.i, token.i + 1):
            found.append(Name(token.i, token.i + 1, "GPE", token.text))
    return found


def searched(names: list[Name]) -> dict[str, str]:
    """Text -> type of the names that are looked for elsewhere; the commonest type of a text."""
    votes: dict[str, Counter[str]] = {}
    for name in names:
        text = name.text
        if name.label in ("WORK_OF_ART", "EVENT", "LAW") and " " not in text and len(text) < 5:
            continue
        if len(text) < 3 and not (text.isupper() and len(text) == 2):
            continue
        if "\n" in text or not text[:1].isupper():
            continue
        votes.setdefault(text, Counter())[name.label] += 2
        bare = without_suffix(text)
        if name.label == "ORG" and bare != text and len(bare) > 3 and bare.lower() != bare:
            votes.setdefault(bare, Counter())["ORG"] += 1
        words = text.split()
        if name.label == "ORG" and len(words) == 3 and words[1] == "of":
            # "Church of Scientology": its last word is spoken of alone, if it is no place.
            last = normal_name(words[2])
            if not list_label(words[2]) and last not in cities() and words[2][:1].isupper():
                votes.setdefault(words[2], Counter())["ORG"] += 1
        if name.label == "PERSON" and len(words) > 1 and len(person_words(text)) > 1:
            last = words[-1].strip(".,")
            if len(last) > 2 and last[:1].isupper():
                votes.setdefault(last, Counter())["PERSON"] += 1
    return {
        text: max(sorted(found), key=lambda label: found[label]) for text, found in votes.items()
    }


def stands_as_name(token: Token, length: int) -> bool:
    """Whether words that are a name elsewhere are one here: no plain word at a sentence's start."""
    if length > 1 or token.text.isupper():
        return True
    if token.pos_ == "PROPN":
        return True
    return token.tag_ in ("NNP", "NNPS", "NN", "NNS", "JJ") and not token.is_stop
