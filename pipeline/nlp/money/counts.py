"""Counts with what they count, from the parse: "90 member states", "two referendums"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.nlp.extensions import text_of
from pipeline.nlp.money.bare import Earlier, bare_unit, is_start, is_whole
from pipeline.nlp.money.lexicon import lexicon, read_data
from pipeline.nlp.money.measures import time_words
from pipeline.nlp.money.numbers import Number
from pipeline.nlp.money.tally import count_figure, group_counts, plain_unit
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
#: Beyond, what the model takes for a day or an hour is none: "Of the 1,200, 300 left".
MOST_DAYS = 31
MOST_EARLIER = 8  # counts of a sentence that a number may be a part of
_NUMERIC = {"nummod", "quantmod", "compound", "amod", "nmod"}


def find_counts(doc: Doc, numbers: Iterable[Number], taken: list[Span]) -> Iterator[Figure]:
    """Figures of the numbers that count something.

    Args:
        numbers: those that are no sum, percentage or measure, in order.
        taken: places that dates take up, in order.
    """
    text = text_of(doc)
    earlier: list[Earlier] = []
    seen = 0  # token behind the last number
    for tally in group_counts(text, _outside(numbers, taken)):
        last = tally[1] or tally[0]
        span = doc.char_span(tally[0].start, last.end, alignment_mode="expand")
        number = doc.char_span(last.start, last.end, alignment_mode="expand")
        if span is None or number is None or _is_name(number[0]):
            continue
        label = number[-1].ent_type_
        no_day = label in ("DATE", "TIME") and (last.grouped or last.value > MOST_DAYS)
        if label in _NAMES and not no_day:
            continue
        if earlier and any(is_start(token) for token in doc[seen : span.start + 1]):
            earlier.clear()
        seen = span.end
        figure = count_figure(text, tally, counted(number[-1]) or plain_unit(text, last))
        if is_idle(last, figure.unit):
            continue
        if not figure.unit:
            unit = bare_unit(span[0], number[-1], last, earlier)
            if unit is None and not figure.per:
                continue
            figure = replace(figure, unit=unit or "")
        earlier[:] = [Earlier(figure.unit, is_whole(span[0])), *earlier[:MOST_EARLIER]]
        yield figure


def is_idle(number: Number, unit: str) -> bool:
    """Whether the number counts nothing: "48 BC", "2054 gilts", "six figures"."""
    words = read_data("units.toml")["count"]
    year = not (number.spelled or number.grouped or number.power) and 1900 <= number.value <= 2100
    dated = year and unit.rpartition(" ")[2].lower() in words["dated"]
    return dated or unit in words["eras"] or (number.spelled and unit in words["idle"])


def _outside(numbers: Iterable[Number], taken: list[Span]) -> Iterator[Number]:
    """The numbers that lie in none of the places; both in order."""
    at = 0
    for number in numbers:
        while at < len(taken) and taken[at].end <= number.start:
            at += 1
        if at == len(taken) or taken[at].start >= number.end:
            yield number


def _is_name(number: Token) -> bool:
    """The number is part of a name: "Explorer 9 browser"."""
    return number.is_digit and number.i > 0 and number.nbor(-1).pos_ == "PROPN"


def counted(number: Token) -> str:
    """What the number counts: "member states", "people"; "" if nothing is found."""
    head = number.head
    while head.dep_ in ("quantmod", "nummod") and head.like_num and head.head != head:
        head = head.head
    if number.dep_ in _NUMERIC and head.i > number.i and head.pos_ in ("NOUN", "PROPN"):
        hyphen = number.i + 1 < len(number.doc) and number.nbor().text == "-"
        while head.dep_ == "compound" and head.head.i > head.i and not hyphen:
            head = head.head  # "32 death claims"
        if head.lower_ in time_words() or head.lemma_ in ("dozen", "score"):
            return ""
        return "" if hyphen and number.lower_ == "one" else _noun(head, number)
    if number.dep_ == "conj" and _stands_alone(number) and _has_number(number.head):
        if number.head.lower_ in lexicon().nouns:
            return ""  # money that does not say of which currency
        return _noun(number.head, number.head)  # "killed 40 people in one town and 10 in another"
    if number.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj"):
        return _of_what(number)
    return ""


def _stands_alone(number: Token) -> bool:
    """No noun or adjective follows that the number could belong to."""
    return number.i + 1 == len(number.doc) or number.nbor().pos_ in ("ADP", "PUNCT", "CCONJ")


def _has_number(noun: Token) -> bool:
    return any(child.like_num for child in noun.lefts)


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
    """What a number without a noun counts: "12 of the agreements", "seven were killed"."""
    for child in number.children if number.lower_ != "one" else ():
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.tag_ in ("NNS", "NNPS"):
                    return _noun(noun, child)
    verb = number.head
    if (
        number.dep_ in ("nsubj", "nsubjpass", "dobj")
        and verb.lemma_ in read_data("units.toml")["count"]["to_people"]
    ):
        return "people"
    return ""
