"""Counts with what they count, from the parse: "90 member states", "two referendums"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from pipeline.nlp.money import context
from pipeline.nlp.money.measures import refers_back, time_words
from pipeline.nlp.money.numbers import Number
from pipeline.records import Figure, Span

#: Entities whose numbers are names: "Boeing 747", "Apollo 11", "Article 5".
_NAMES = {
    "PRODUCT",
    "LAW",
    "WORK_OF_ART",
    "FAC",
    "ORG",
    "PERSON",
    "EVENT",
    "GPE",
    "LOC",
    "DATE",
    "TIME",
}
#: "Seven were killed": what happens to people.
_TO_PEOPLE = {
    "kill",
    "injure",
    "wound",
    "arrest",
    "die",
    "detain",
    "hurt",
    "displace",
    "hospitalize",
}
_NUMERIC = {"nummod", "quantmod", "compound", "amod", "nmod"}


def find_counts(doc: Doc, numbers: Iterable[Number], taken: list[Span]) -> Iterator[Figure]:
    """Figures of the numbers that count something.

    Args:
        numbers: those that are no sum, percentage or measure, in order.
        taken: places that dates take up, in order.
    """
    at = 0
    text = doc.text  # built anew at each call
    for number in numbers:
        while at < len(taken) and taken[at].end <= number.start:
            at += 1
        if at < len(taken) and taken[at].start < number.end:
            continue
        span = doc.char_span(number.start, number.end)
        if span is None or not number.integer:
            continue
        if _is_name(span[0]) or refers_back(text, number):
            continue
        figure = _count(text, number, counted(span[-1]))
        if figure.unit or figure.per:
            yield figure


def _is_name(number: Token) -> bool:
    """The number is part of a name: "Explorer 9 browser"."""
    return number.is_digit and number.i > 0 and number.nbor(-1).pos_ == "PROPN"


def counted(number: Token) -> str:
    """What the number counts: "member states", "people"; "" if nothing is found."""
    if number.ent_type_ in _NAMES:
        return ""
    head = number.head
    while head.dep_ in ("quantmod", "nummod") and head.like_num and head.head != head:
        head = head.head
    if number.dep_ in _NUMERIC and head.i > number.i and head.pos_ in ("NOUN", "PROPN"):
        hyphen = number.i + 1 < len(number.doc) and number.nbor().text == "-"
        while head.dep_ == "compound" and head.head.i > head.i and not hyphen:
            head = head.head  # "32 death claims"
        return "" if head.lower_ in time_words() else _noun(head, number)
    if number.dep_ == "conj" and any(child.like_num for child in number.head.lefts):
        return _noun(number.head, number.head)  # "killed 40 people in one town and 10 in another"
    if number.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj"):
        return _of_what(number)
    return ""


def _noun(head: Token, number: Token) -> str:
    """The noun with the nouns that stand right before it, in small letters but for names."""
    first = head
    while (
        first.i - 1 > number.i and first.nbor(-1).dep_ == "compound" and not first.nbor(-1).like_num
    ):
        first = first.nbor(-1)
    words = [
        token.text if token.pos_ == "PROPN" else token.lower_
        for token in head.doc[first.i : head.i + 1]
    ]
    return " ".join(words) if head.text[0].isalpha() else ""


def _of_what(number: Token) -> str:
    """ "12 of the agreements" counts agreements, "seven were killed" people."""
    for child in number.children if number.lower_ != "one" else ():
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.tag_ in ("NNS", "NNPS"):
                    return _noun(noun, child)
    verb = number.head
    if number.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.lemma_ in _TO_PEOPLE:
        return "people"
    return ""


def _count(text: str, number: Number, unit: str) -> Figure:
    per, behind = context.read_per(text, number.start, number.end)
    bound = context.read_bound(text, number.start, behind, number.value, number.value)
    return Figure(
        Span(number.start, number.end), "count", number.value, bound.low, bound.high, unit=unit,
        qualifier=bound.qualifier, per=per,
    )  # fmt: skip
