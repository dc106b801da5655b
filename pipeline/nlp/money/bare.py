"""Counts whose noun is left out: "340 signed", "of the 1,200, 300 left", "deaths rose to 95"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.nlp.lexicons import remembered
from pipeline.nlp.money.lexicon import read_data
from pipeline.nlp.money.numbers import Number

SUBJECTS = ("nsubj", "nsubjpass")
#: Up to here a number behind a preposition or verb may be an hour, a score, a rank.
SMALL = 25
SCORE = 1000
NEAR = 4  # words
YEARS = range(1500, 2101)
#: Parts of speech before and behind a number that counts by itself.
BEFORE = frozenset({"ADP", "ADV", "ADJ", "AUX", "CCONJ", "DET", "PUNCT", "SCONJ", "VERB", "PART"})
BEHIND = frozenset({"ADP", "ADV", "AUX", "CCONJ", "PRON", "PUNCT", "SCONJ", "VERB"})
#: Marks around a number that make it a score, an item of a list, a part of something else.
MARKS = frozenset("()[]/-–:#+*=%°&")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The unit of a count that stands before in the sentence; whole: "of the 90 flats, 35"."""

    unit: str
    whole: bool


@remembered
def words(name: str) -> frozenset[str]:
    """One of the lists of the table of bare counts."""
    return frozenset(read_data("units.toml")["bare"][name])


def bare_unit(first: Token, last: Token, number: Number, earlier: Sequence[Earlier]) -> str | None:
    """The unit of a number without a noun; "" where the text does not say it, None for no count.

    Args:
        first, last: the tokens of the number, or of the range that it ends.
        earlier: the counts before it in its sentence, the nearest first.
    """
    if not stands_free(first, last) or is_other(number):
        return None
    if earlier and (unit := shared_unit(first, earlier)):
        return unit
    if is_subject(first, last) or is_part(last):
        return ""
    role = last.head.dep_ if is_second(last) else last.dep_
    verb = last.head.head if is_second(last) else last.head
    if role == "dobj" and number.value >= SMALL:
        return "" if is_counting(verb, number) else None
    if role == "pobj":
        return unit_behind(last.head if last.head.like_num else last, number)
    if role == "attr":
        return "" if subject_of(verb) in words("totals") else None
    return None


def is_second(number: Token) -> bool:
    """Whether it is the last of two numbers of one role: "4,000 to 5,000"."""
    return number.dep_ in ("conj", "pobj", "appos") and number.head.like_num


def is_counting(verb: Token, number: Number) -> bool:
    """Whether the verb's object may be a count: "employed 3,400", not "scored 34"."""
    lemma = verb.lemma_.lower()
    score = lemma in words("score_verbs") and number.value < SCORE
    return not (score or lemma in words("level_verbs"))


def is_subject(first: Token, last: Token) -> bool:
    """Whether a verb tells what those did or what was done to them: "340 joined"."""
    if is_end(last):
        return False
    if last.dep_ in SUBJECTS or (is_second(last) and last.head.dep_ in SUBJECTS):
        return not is_single(last.head.head if is_second(last) else last.head)
    behind = last.nbor()
    head = first.nbor(-1) if words_before(first, 1) == ["between"] else first
    opens = is_start(head) or head.nbor(-1).pos_ == "CCONJ"
    if behind.tag_ in ("VBD", "VBN") and opens:
        return True  # "40 were treated and 11 taken to hospital"
    if behind.lower_ in words("left_over"):
        return True
    return last.dep_ == "nummod" and behind.i == last.head.i and behind.tag_ in ("VBD", "VBP")


def is_part(number: Token) -> bool:
    """Whether it is a part of what the text has told: "11 of the 30"."""
    behind = [token.lower_ for token in number.doc[number.i + 1 : number.i + 3]]
    return len(behind) == 2 and behind[0] == "of" and behind[1] in words("parts")


def is_other(number: Number) -> bool:
    """Whether the number by itself tells a year, or "one"."""
    plain = not (number.spelled or number.grouped or number.power)
    return number.value < 2 or bool(number.letters) or (plain and int(number.value) in YEARS)


def stands_free(first: Token, last: Token) -> bool:
    """Whether nothing beside the number makes it a name, a score, an age or a place in a list."""
    if not is_start(first):
        before = first.nbor(-1)
        placed = before.pos_ in BEFORE or is_date(before) or before.lower_ in ("whom", "which")
        if not placed or before.text in MARKS or before.lower_ in words("labels"):
            return False
    if not is_end(last):
        behind = last.nbor()
        apart = behind.pos_ in BEHIND or is_date(behind) or behind.lower_ in words("left_over")
        if not apart or behind.text in MARKS:
            return False
    return words("ages").isdisjoint(words_before(first, NEAR))


def is_start(token: Token) -> bool:
    return token.i == 0 or bool(token.is_sent_start)


def is_end(token: Token) -> bool:
    return token.i + 1 == len(token.doc) or bool(token.nbor().is_sent_start)


def words_before(token: Token, most: int) -> list[str]:
    """At most so many words before a token in its sentence, in small letters."""
    found: list[str] = []
    while len(found) < most and not is_start(token):
        token = token.nbor(-1)
        found.append(token.lower_)
    return found[::-1]


def is_whole(number: Token) -> bool:
    """Whether its sentence opens with "of" and the number: what follows are parts of it."""
    opening = words_before(number, 3)
    return len(opening) in (1, 2) and opening[0] == "of"


def is_date(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME") and not token.like_num


def shared_unit(number: Token, earlier: Sequence[Earlier]) -> str:
    """What an earlier count of the sentence counts: "of 38 charges, 22", "40 men, of whom 3"."""
    near = words_before(number, NEAR)
    more = not {"another", "further"}.isdisjoint(near[-2:])
    part = near[-2:] in (["of", "whom"], ["of", "which"])
    if more or part:
        return earlier[0].unit
    return next((one.unit for one in earlier if one.whole), "")


def is_single(verb: Token) -> bool:
    """Whether the verb has one subject: "Seven is enough"."""
    if verb.pos_ not in ("VERB", "AUX"):
        return True
    finite = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    return any(token.tag_ == "VBZ" for token in finite) or any(
        token.lower_ == "was" for token in finite
    )


def subject_of(verb: Token) -> str:
    """The lemma of the verb's subject; "" without one."""
    return next((child.lemma_.lower() for child in verb.children if child.dep_ in SUBJECTS), "")


def unit_behind(number: Token, value: Number) -> str | None:
    """What a number behind a preposition counts: "of the 1,200, 300", "a crowd of 900"."""
    place = number.head
    if place.lower_ == "of":
        total = place.head.lemma_.lower() in words("totals")
        return "" if total or is_start(place) else None
    return unit_of_change(place) if value.value >= SMALL else None


def unit_of_change(place: Token) -> str | None:
    """What numbers behind "to", "from" or "by" count: "deaths rose by 12 to 95".

    "" where the subject is a number of something unnamed, None where it may be a level.
    """
    while place.dep_ == "prep" and place.head.dep_ == "prep":
        place = place.head  # "from 40 to 95"
    verb = place.head
    if place.lower_ not in ("to", "from", "by") or verb.lemma_ not in words("change_verbs"):
        return None
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if subject is None:
        return None
    lemma = subject.lemma_.lower()
    if lemma in words("totals"):
        named = [t for child in subject.children if child.lower_ == "of" for t in child.children]
        return next((noun.lower_ for noun in named if noun.tag_ == "NNS"), "")
    plain = subject.tag_ == "NNS" and lemma not in words("levels")
    return subject.lower_ if plain else None
