"""Other names that the text itself states: "also known as", "formerly", "(German: ...)".

What stands between the two names says it. So it is read before names get their types: the other
name is a name, whatever the model made of it, and the two are of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.nlp.entities.clusters import Cluster, absorb, is_latin
from pipeline.nlp.entities.countries import cities, country_named, country_of_demonym, region_meant
from pipeline.nlp.entities.lexicon import first_names, organisations, read_table, titles
from pipeline.nlp.entities.names import ACRONYM, INNER_WORDS, JOINTS, NAMED, PLACES, Name
from pipeline.nlp.entities.normal import normal_name

RULE = "alias_stated"
MOST = 9  # tokens of an alias
_WORDS = read_table("names.toml")["stated"]
ADVERB = rf"(?:{'|'.join(_WORDS['adverbs'])})"
CALLED = rf"(?:{'|'.join(_WORDS['called'])})".replace(" ", r"\s")
HOW = r"(?:\s(?:simply|just|locally|informally|in\s[A-Z]\w+|to\s[a-z]+))?(?:\s(?:as|to))?"
BE = r"(?:is|was|were|are)\s"
#: A pause or a form of "be" stands in front: not "Roe originally named Doe head of the board".
WHO = rf"(?:\s?[,(;\[–—-]\s?(?:(?:who|which|and|but)\s)?(?:{BE})?|\s(?:(?:who|which)\s)?{BE})"
#: The alias itself: in the marks that may stand around it, with a capital or in another script.
OPENS = r"(?:the\s|The\s)?[“\"‘'(]?(?=[A-Z]|\d\w*[A-Z]|[^\x00-\x7f“”‘’–—«»…])"
NOTE = r"(?:\s?\([^()\n]{0,80}\))?"  # "(1901-1985)"
#: What stands between the two names. "Roe called Doe" is no alias: it takes "was called", "also".
STATED = re.compile(
    rf"[”\"’]?(?:['’]s?)?{NOTE}(?:"
    rf"{WHO}(?:{ADVERB}\s){{1,2}}{CALLED}{HOW}"
    rf"|{WHO}(?:nicknamed|renamed|known)(?:\s(?:simply|locally|to\s[a-z]+))?(?:\s(?:as|to))"
    rf"|\s(?:(?:{ADVERB}\s){{1,2}})?known(?:\s(?:simply|locally))?\sas"
    r"|\s?[,(;\[]?\s?(?:(?:who|which)\s)?(?:is|was|were)\s(?:called|named)"
    r"|\s?[,(;\[]\s?(?:nicknamed|abbreviated(?:\sas)?|born|née|né|formerly|previously|or\ssimply"
    r"|shortened\sto|a\.?k\.?a\.?|alias|real\sname|short\sfor|stylized\sas|renamed)"
    # "Storm Bay (or Nordvik)", "Kirkstad (now Belmora)"
    r"|\s?\((?:or|also|now|then|today|nowadays|originally|later)"
    # "Great Belt (Danish: Storebælt)", "(in Danish: ...)", "(French; in English: ...)"
    r"|\s?\((?:[^()]{0,20}\)\s?\()?(?:[A-Z][a-z]+;\s)?(?:in\s)?[A-Z][A-Za-z]+:"
    rf")(?:\s|,\s)?{OPENS}"
)
#: In the sentence that says what something is: "Orra Bay or Storm Bay is ...".
EITHER = re.compile(rf"[”\"’]?{NOTE},?\sor\s(?:(?:simply|just|also)\s)?{OPENS}")
DEFINES = re.compile(r"[”\"’]?(?:\s?\([^()\n]{0,80}\))?,?\s(?:is|was|are|were)\s(?:a|an|the|one)\s")
#: A bracket alone: "Kungsgatan (King Street)".
BRACKET = re.compile(rf"[”\"’]?\s?\({OPENS}")
#: Behind an alias, one more: "also known as Quill Bay or Tarn".
MORE = re.compile(rf"[”\"’]?\s?(?:\)\s?\(?)?(?:,\s)?or\s(?:(?:simply|just|also)\s)?{OPENS}")
CLOSED = re.compile(r"[”\"'’]?\s?\)")
#: A bracket, perhaps with the name of a language: "Roe (Arabic ...".
FOREIGN = re.compile(r"\s?\((?:in\s)?(?:[A-Z][a-z]+(?:\s[A-Z]?[a-z]+)?[:;]?\s)?(?=[^\x00-\x7f])")
#: Signs that end a name, and marks that close around it.
ENDS = frozenset("()[]{},;:.!?/")
CLOSES = {"“": "”", '"': '"', "‘": "’"}
#: Kinds of names that a bracket behind a thing's name does not give it.
ELSEWHERE = frozenset({"PERSON", "GPE", "LOC", "NORP"})
BETWEEN = JOINTS | frozenset({"'", "’"})
Pairs = Sequence[tuple[int, int]]


def read_aliases(doc: Doc, text: str, names: list[Name]) -> tuple[list[Name], Pairs]:
    """The names together with the aliases stated, and which two are one: first tokens of both.

    What the model found inside an alias goes into it.
    """
    taken = sorted(names, key=lambda name: name.start)
    pairs: list[tuple[int, int]] = []
    at = 0
    chained = False  # whether the name at `at` is itself an alias
    while at < len(taken):
        name = taken[at]
        found = alias_behind(doc, text, name, chained=chained)
        at, chained = at + 1, False
        if found is None:
            continue
        start, end = found
        over = [other for other in taken[at : at + MOST] if other.start < end]
        if any(other.start < start or other.end > end for other in over):
            if len(over) != 1 or over[0].start != start:
                continue
            end = over[0].end  # the model knows more of the name
        label = next((other.label for other in over if other.end - other.start > 0), name.label)
        taken[at : at + len(over)] = [Name(start, end, label, doc[start:end].text)]
        pairs.append((name.start, start))
        chained = True
    return taken, pairs


def alias_behind(doc: Doc, text: str, name: Name, *, chained: bool) -> tuple[int, int] | None:
    """Tokens of the alias that the text states right behind a name, or None."""
    last = doc[name.end - 1]
    place = last.idx + len(last)
    stated = STATED.match(text, place) or (MORE.match(text, place) if chained else None)
    either = None if stated else EITHER.match(text, place)
    match = stated or either or FOREIGN.match(text, place) or BRACKET.match(text, place)
    span = alias_at(doc, text, match.end()) if match else None
    if span is None:
        return None
    start, end = span
    if name.label == "PERSON":
        lists = titles()
        while start < end - 1 and doc[start].lower_.rstrip(".") in lists.honorifics | lists.roles:
            start += 1  # "(now Pope Ivo III)"
        if doc[start].text[0].islower():
            return None  # "was named head of the board"
    if either:
        if not is_defined(doc, text, name, end):
            return None
    elif not stated and not is_closed_alias(doc, text, name, start, end):
        return None
    return (start, end) if may_be_alias(doc, name, start, end) else None


def is_defined(doc: Doc, text: str, name: Name, end: int) -> bool:
    """Whether "or" joins two names that a sentence is about: "The Orra Act or Toll Act was a"."""
    last = doc[end - 1]
    the = name.start > 0 and doc[name.start - 1].lower_ == "the"
    first = doc[name.start - the].is_sent_start
    return bool(first) and DEFINES.match(text, last.idx + len(last)) is not None


def may_be_alias(doc: Doc, name: Name, start: int, end: int) -> bool:
    """Whether words can be a name of the same thing: no date, office or form of address."""
    words = [token.lower_.rstrip(".") for token in doc[start:end]]
    if any(token.ent_type_ in ("DATE", "TIME") for token in doc[start:end]):
        return False
    lists = titles()
    if name.label != "PERSON" and words[0] in lists.honorifics:
        return False
    office = (
        lists.roles.isdisjoint(words) if name.label == "PERSON" else words[-1] not in lists.roles
    )
    return office and doc[start:end].text not in organisations().not_names


def alias_at(doc: Doc, text: str, place: int) -> tuple[int, int] | None:
    """Tokens of the name that begins at a character: up to its closing mark, or all large words."""
    first = doc.char_span(place, place + 1, alignment_mode="expand")
    if first is None:
        return None
    start = first.start
    if close := CLOSES.get(text[place - 1]):
        end_char = text.find(close, place, place + 80)
        span = doc.char_span(place, end_char) if end_char > place else None
        if span is not None and len(span) <= MOST and "\n" not in span.text:
            return start, span.end
    end = start
    for i in range(start, min(start + MOST, len(doc))):
        token = doc[i]
        if token.is_space or token.text in ENDS:
            break
        if token.text[0].isupper() or is_caseless(token.text) or token.text[0].isdigit():
            end = i + 1
        elif token.text not in INNER_WORDS and not (token.text in BETWEEN and end == i):
            break
    if end == start or (doc[end - 1].is_digit and end - start == 1):
        return None
    return start, end


def is_caseless(text: str) -> bool:
    """Whether a word is in a script without capitals."""
    return any(char.isalpha() for char in text) and text.lower() == text.upper()


def is_closed_alias(doc: Doc, text: str, name: Name, start: int, end: int) -> bool:
    """Whether a name alone in brackets is another name of the one in front of it.

    Else it says where something is, who plays it or who employs it: "Acme (Japan)".
    """
    last = doc[end - 1]
    words = doc[start:end].text
    if not is_latin(words):
        return True
    quoted = text[doc[start].idx - 1] in CLOSES
    if end - start == 1 and not (quoted or doc[start].ent_type_ in NAMED):
        return False
    if not CLOSED.match(text, last.idx + len(last)) or any(char.isdigit() for char in words):
        return False
    if ACRONYM.match(words):
        return False
    if end - start > 1 and doc[end - 1].lower_ == doc[name.end - 1].lower_:
        return True  # "Tarn Valley (Quill Valley)"
    if name.label == "PERSON" or name.label in PLACES or name.label == "NORP":
        return False
    known = organisations().known.get(words) or is_known_place(words)
    if known or any(
        token.ent_type_ in ("PERSON", "GPE", "LOC", "NORP") for token in doc[start:end]
    ):
        return False
    return max(end - start, name.end - name.start) > 1 and doc[start].text not in first_names()


def is_known_place(words: str) -> bool:
    """Whether a name is a country's, people's, state's or large city's."""
    return bool(
        country_named(words)
        or country_of_demonym(words)
        or region_meant(words)
        or normal_name(words) in cities()
    )


def merge_stated(clusters: list[Cluster], pairs: Pairs) -> list[Cluster]:
    """The clusters, with those put together that the text says are one."""
    at = {link.name.start: i for i, cluster in enumerate(clusters) for link in cluster.links}
    gone: dict[int, int] = {}

    def final(i: int) -> int:
        while i in gone:
            i = gone[i]
        return i

    for one, two in pairs:
        if one not in at or two not in at:
            continue
        into, other = final(at[one]), final(at[two])
        if into != other and may_be_one(clusters[into], clusters[other]):
            absorb(clusters[into], clusters[other], RULE, 0.9)
            gone[other] = into
    return [cluster for i, cluster in enumerate(clusters) if i not in gone]


def may_be_one(one: Cluster, two: Cluster) -> bool:
    """Whether two clusters are of kinds that can be one thing; countries stay what they are."""
    if one.code or two.code:
        return False
    if one.kind in PLACES or two.kind in PLACES:
        return one.kind in PLACES and two.kind in PLACES
    return (one.kind == "PERSON") == (two.kind == "PERSON")
