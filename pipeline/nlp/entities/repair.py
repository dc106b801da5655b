"""Boundaries of the model's names: what belongs to a name and what does not.

Line breaks, articles, possessives, titles, brackets and lower-case words around a name go; parts
of one name that the model left apart come back together. Values (dates, sums) stay with the
components that read them; here they only lose what is plainly not theirs.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from pipeline.nlp.entities.countries import cities, country_named, country_of_demonym, states
from pipeline.nlp.entities.lexicon import first_names, organisations, titles
from pipeline.nlp.entities.names import NAMED, PARTICLES, ROMAN, Name
from pipeline.nlp.entities.normal import POSSESSIVE, normal_name
from pipeline.nlp.entities.parts import BYNAMES, is_first_name, join

ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her"})
KEEPS_ARTICLE = frozenset({"hague", "gambia", "bahamas"})
DASHES = frozenset({"-", "‑"})
CAMPS = frozenset({"pro", "anti", "non", "ex"})
SAINT = frozenset({"st", "saint", "san", "santa"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "`s", "‘s"})
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
ADDRESS = re.compile(r"@|://|^www\.|^[\w.-]+\.(?:com|org|net|htm|html|gov|edu)$", re.I)
SITE = re.compile(r"^[A-Z]\w+\.(?:com|org|net)$")  # "Amazon.com" is a company's name
DURATION = re.compile(
    r"^(?:(?:the|a|an|about|around|some|nearly|almost|over|more|than|at|least|only|just|up|to|another"
    r"|every|each|daily|weekly|monthly|yearly|annual|annually|age|aged|his|her|their|few|several|many"
    r"|couple|of|long|old|recent|coming|and|or|half|dozen|hundred|thousand|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|\d+|[\d,.]+|mid"
    r"|early|late|single|day|night|morning|week|month|year|hour|minute|quarter|decade|century"
    r"|days|weeks|months|years|hours|minutes|decades|centuries|year-olds?|s|20s|30s|40s|50s|60s)"
    r"(?:[\s-]+|$))+$",
    re.I,
)
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
CURRENCY = re.compile(r"^(?:[A-Z]{0,3}[$€£¥₹]|US|USD|EUR|GBP|Rs\.?)$")


#: Words in front of a sum that say how exact it is.
BOUNDS = frozenset(
    {"nearly", "almost", "about", "around", "roughly", "some", "up", "to", "over", "under", "least"}
    | {"at", "more", "less", "than", "additional", "another", "approximately", "only", "just"}
)


#: Kinds whose names may hold a colon.
TITLED = frozenset({"WORK_OF_ART", "EVENT", "LAW"})


#: A sum of money inside what should be a name.
SUM = re.compile(r"[$€£¥]\s?\d")


def model_names(doc: Doc) -> tuple[list[Name], list[Name]]:
    """The model's spans as names and as values (labels that name nothing)."""
    names: list[Name] = []
    values: list[Name] = []
    for ent in doc.ents:
        if ": " in ent.text and ent.label_ not in TITLED:
            continue  # the model took a heading for a name: "A Long Road: The Making of Chile"
        if ent.label_ in NAMED and SUM.search(ent.text):
            continue  # or a sum: "S$400"
        kind = names if ent.label_ in NAMED else values
        kind.append(Name(ent.start, ent.end, ent.label_, ""))
    return names, values


def is_lower(token: Token) -> bool:
    """A word in lower case that is no later part of a hyphenated name ("Kwok-hung")."""
    if not token.text[:1].islower():
        return False
    return not (token.i > 1 and doc_text(token, -1) in DASHES and doc_text(token, -2)[:1].isalpha())


def doc_text(token: Token, step: int) -> str:
    return token.nbor(step).text


def is_tail(token: Token) -> bool:
    """A common noun that may close a place's name: "Tagus river", "Kern county"."""
    lists = organisations()
    return token.lower_ in lists.place_endings or token.lower_ in lists.regions


def mend(doc: Doc, names: list[Name]) -> list[Name]:
    """Names with their boundaries repaired, in the order of the text, none overlapping."""
    found: list[Name] = []
    for name in names:
        for part in split(doc, name):
            trimmed = trim(doc, part)
            if trimmed is not None:
                found.append(trimmed)
    found = [name for name in found if is_name(doc, name)]
    return join(doc, found)


def split(doc: Doc, name: Name) -> list[Name]:
    """The parts of a span that runs over a line break, or over two persons."""
    cuts = [i for i in range(name.start, name.end) if doc[i].is_space and "\n" in doc[i].text]
    if name.label == "PERSON":
        cuts += [
            i for i in range(name.start + 1, name.end - 1) if doc[i].lower_ in ("and", "&", ";")
        ]
    if name.label == "ORG":
        cuts += list_cuts(doc, name)
    if name.label in ("ORG", "WORK_OF_ART") and (title := title_behind(doc, name)):
        return [Name(name.start, title, "PERSON", "")]
    if name.label in ("NORP", "GPE", "ORG"):
        cuts += [i for i in range(name.start + 1, name.end - 1) if parts_peoples(doc, i, name)]
    if not cuts:
        return [name]
    parts, start = [], name.start
    for cut in [*sorted(cuts), name.end]:
        if cut > start:
            parts.append(Name(start, cut, name.label, ""))
        start = cut + 1
    return parts


def list_cuts(doc: Doc, name: Name) -> list[int]:
    """Commas, "and" and "the" between what the model took for one: "Blue Front, Red Front"."""
    heads = organisations().heads
    names = [i for i in range(name.start + 1, name.end - 1) if parts_names(doc, i, name)]
    if names:
        return names
    cuts = [
        i
        for i in range(name.start + 2, name.end - 2)
        if doc[i].text == "," and doc[i - 1].lower_ in heads and doc[i + 1].text[:1].isupper()
    ]
    if cuts:
        joins = range(cuts[0] + 2, name.end - 2)
        cuts += [i for i in joins if doc[i].lower_ == "and" and doc[i - 1].lower_ in heads]
    return cuts


def parts_names(doc: Doc, i: int, name: Name) -> bool:
    """Whether token i is a comma or "the" between two names: "Roe, Doe", "Roe | the Front"."""
    if not (doc[i - 1].text[:1].isupper() and doc[i + 1].text[:1].isupper()):
        return False
    if doc[i].text == "the":
        return doc[i - 1].pos_ == "PROPN"
    if doc[i].text != ",":
        return False
    words = {token.lower_ for token in doc[name.start : name.end]}
    joined = words & {"and", "&", "of", "for"}
    behind = doc[i + 1 : name.end].text
    key = normal_name(behind)
    place = key in cities() or key in states() or country_named(behind) is not None
    return not (joined or place or words & organisations().endings)


def title_behind(doc: Doc, name: Name) -> int:
    """Where a person's name ends whose title the model took in: "Ivo I | , Emperor of Belmora"."""
    for i in range(name.start + 1, name.end - 1):
        if doc[i].text == ",":
            title = doc[i + 1].lower_ in titles().roles and doc[i + 1].text[:1].isupper()
            named = doc[name.start].text in first_names() or ROMAN.match(doc[i - 1].text)
            return i if title and named else 0
    return 0


def parts_peoples(doc: Doc, i: int, name: Name) -> bool:
    """Whether token i stands between two names: "British-American", "Enron / Azurix"."""
    if doc[i].text == "/":
        return name.label == "ORG"
    if doc[i].text not in DASHES | {"–"}:
        return False
    sides = (doc[name.start : i].text, doc[i + 1 : name.end].text)
    return all(country_named(side) or country_of_demonym(side, compound=True) for side in sides)


def trim(doc: Doc, name: Name) -> Name | None:
    """The span without what only stands around a name; None if nothing is left."""
    start, end = name.start, close_brackets(doc, name.start, name.end)
    start, end = trim_edges(doc, start, end)
    if start >= end:
        return None
    if name.label == "ORG":
        start, end = trim_body(doc, start, end)
    person = behind_portfolio(doc, start, end) if name.label in ("PERSON", "ORG") else start
    if person > start:
        start, name = person, Name(person, end, "PERSON", "")
    if name.label == "PERSON":
        start, end = trim_person(doc, start, end)
    elif name.label in ("ORG", "GPE", "LOC", "FAC", "NORP"):
        if name.label == "NORP" and end - start > 1 and doc[start].tag_ in ("JJR", "JJS", "RBR"):
            start += 1  # "Broader Latin American"
        end = next((i for i in range(start + 1, end) if doc[i].text == "Resolution"), end)
        while end - start > 1 and name.label in ("GPE", "NORP") and doc[end - 1].is_digit:
            end -= 1  # the score of a team
        while (
            end - start > 1
            and is_lower(doc[end - 1])
            and not (doc[end - 1].lower_ in PARTICLES or is_tail(doc[end - 1]))
        ):
            end -= 1
        while end - start > 1 and is_lower(doc[start]) and "-" not in doc[start].text:
            if doc[start].lower_ in PARTICLES:
                break
            start += 1
        start, end = trim_edges(doc, start, end)
    return Name(start, end, name.label, "") if start < end else None


def trim_body(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A body's name without its spokesman, and without the common noun in front of it.

    "State Department | Spokesperson", "Relief organization | Quill Corps", "Pro-Belmora | Front".
    """
    lists = titles()
    last = doc[end - 1].lower_
    if end - start > 2 and last in lists.roles and doc[end - 2].lower_ in organisations().endings:
        end -= 1
    for i in range(start + 1, end - 1):
        token = doc[i]
        noun = token.pos_ == "NOUN" and token.is_lower and token.text in organisations().heads
        if noun and doc[i + 1].text[:1].isupper():
            return i + 1, end
    if end - start > 3 and doc[start].lower_ in CAMPS and doc[start + 1].text in DASHES:
        return start + 3, end
    return start, end


def behind_portfolio(doc: Doc, start: int, end: int) -> int:
    """Where the person begins in "Minister of [Foreign Trade and Industry Jane Roe]"; else start.

    A role and "of" or "for" stand in front, perhaps with a list of portfolios between.
    """
    lists = titles()
    if doc[start].lower_ not in lists.portfolios:
        return start
    at = start - 1
    while at > 0 and (
        doc[at].lower_ in lists.portfolios or doc[at].lower_ in (",", "and", "&", "the")
    ):
        at -= 1
    if at < 1 or doc[at].lower_ not in ("of", "for") or doc[at - 1].lower_ not in lists.roles:
        return start
    i = start
    while i < end and (
        doc[i].lower_ in lists.portfolios or doc[i].lower_ in ("and", ",", "&", "the")
    ):
        i += 1
    named = end - i >= 2 and all(doc[k].text[:1].isupper() for k in range(i, end))
    return i if named and doc[i].pos_ == "PROPN" else start


def trim_edges(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without articles, blanks, possessives and punctuation at the edges."""
    moved = True
    while moved and start < end:
        moved = False
        first, last = doc[start], doc[end - 1]
        if first.is_space or (
            first.is_punct and first.text not in OPENING and first.text not in "\"'“‘"
        ):
            start, moved = start + 1, True
        elif first.lower_ in ARTICLES and end - start > 1:
            if doc[start + 1].lower_ not in KEEPS_ARTICLE:
                start, moved = start + 1, True
        elif first.text in "\"'“‘«" and end - start > 1:
            start, moved = start + 1, True
        if start < end and (
            last.is_space
            or last.text in POSSESSIVES
            or (last.is_punct and last.text not in CLOSING and last.text != ".")
            or last.text
            in ("and", "the", "of", "in", "on", "by", "to", "at", "with", "said", "née")
        ):
            end, moved = end - 1, True
    return start, end


def close_brackets(doc: Doc, start: int, end: int) -> int:
    """The end of a span, moved before a bracket that it opens and does not close, or a note."""
    depth = 0
    opened = end
    for i in range(start, end):
        text = doc[i].text
        if ",[" in text or ".[" in text or (len(text) > 2 and text.endswith("(")):
            return i + 1
        if text in OPENING:
            if depth == 0:
                opened = i
            depth += 1
        elif text in CLOSING:
            depth -= 1
    return opened if depth > 0 and opened > start else end


def trim_person(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A person's name without title, role, "of the company" and other words of the sentence."""
    while end - start > 1 and goes_in_front(doc[start]):
        start += 1
    for i in range(start + 1, end):
        if ends_person(doc, start, i, end):
            end = i
            break
    while end - start > 1 and (
        doc[end - 1].text in POSSESSIVES or doc[end - 1].is_space or doc[end - 1].text in PARTICLES
    ):
        end -= 1
    return start, end


def goes_in_front(token: Token) -> bool:
    """Whether the first word of a person's span is no part of the name."""
    lists, word = titles(), token.lower_.rstrip(".")
    if word in SAINT:
        return False
    if token.is_space:
        return True
    if word in lists.honorifics or (word in lists.roles and not is_first_name(token)):
        return True
    if token.is_punct:
        return token.text not in "\"'“‘"
    if organisations().known.get(token.text) == "ORG":
        return not is_first_name(token)  # "Congress | Roe"
    return word in ("ex", "nee") or (
        token.text[:1].islower() and word not in PARTICLES and "-" not in word
    )


def ends_person(doc: Doc, start: int, i: int, end: int) -> bool:
    """Whether a person's name ends before token i of its span."""
    token, word = doc[i], doc[i].lower_
    if token.text[:1] in "(),;:–—":
        return not (token.text == "(" and ")" in doc[i:end].text)
    if word == "of":
        return not (i - start == 1 or ROMAN.match(doc[i - 1].text))
    if word == "the":
        return not (i - start == 1 and i + 1 < end and doc[i + 1].lower_ in BYNAMES)
    if word in PARTICLES or any(mark in word for mark in "-'’"):
        return False
    return is_lower(token)


def is_name(doc: Doc, name: Name) -> bool:
    """Whether the words can name something at all: no address, no plain word or number."""
    words = doc[name.start : name.end]
    text = words.text
    if not any(char.isalpha() for char in POSSESSIVE.sub("", text)):
        return False
    if text in organisations().not_names:
        return False
    if ADDRESS.search(text) and not (name.label == "ORG" and SITE.match(text)):
        return False
    if len(text) < 2 and name.label != "PERSON":
        return False
    if not any(char.isupper() for char in text):
        # Scripts without case (Arabic, Chinese) have no capitals to show; in careless writing a
        # place or first name that is known may stand without.
        known = (
            country_named(text) or normal_name(text) in cities() or normal_name(text) in states()
        )
        first = words[0].text.capitalize() in first_names() and name.label == "PERSON"
        return bool(known) or first or not any(char.islower() for char in text)
    if text == "State" and name.start > 1 and doc[name.start - 1].lower_ == "of":
        return doc[name.start - 2].lower_ not in titles().roles  # the Secretary of State
    if len(words) == 1:
        word = words[0].lower_.rstrip(".")
        lists = titles()
        if name.label == "PERSON" and (word in lists.honorifics or word in lists.roles):
            return is_first_name(words[0])
    return True


def mend_values(doc: Doc, values: list[Name]) -> list[Name]:
    """Dates that are no durations or ages, sums with their currency sign and without "nearly"."""
    kept = []
    for value in values:
        text = doc[value.start : value.end].text
        if value.label in ("DATE", "TIME") and DURATION.match(text) and not YEAR.search(text):
            continue
        if value.label == "MONEY":
            while value.end - value.start > 1 and doc[value.start].lower_ in BOUNDS:
                value.start += 1
        if value.label == "MONEY" and value.start and CURRENCY.match(doc[value.start - 1].text):
            value.start -= 1
        kept.append(value)
    return kept
