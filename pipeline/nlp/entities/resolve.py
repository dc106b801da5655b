"""Which name a noun phrase or pronoun of a document stands for."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Span, Token

from pipeline.records import EntityMention

LOOK_BACK = 100  # mentions: no phrase holds more
BEFORE_OTHER = frozenset(
    {"of", "for", "at", "from", "with", "by", "in", "to", "on", "and", "'s", "’s"}
)


def name_of(doc: Doc, start_char: int, end_char: int) -> tuple[str, str, float]:
    """The canonical name that the words at [start_char, end_char) of Doc.text stand for.

    "he", "the minister" and "Raisi" give the full name; "Her attorney, Jane Roe" gives the
    attorney's; "the company's spokesman" names nobody.

    Returns:
        (canonical name, rule of the link, confidence); ("", "", 0.0) if nobody is named or no
        reading is clearly best.
    """
    nothing = ("", "", 0.0)
    length = doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0
    if not 0 <= start_char < end_char <= length:
        return nothing
    phrase = doc.char_span(start_char, end_char, alignment_mode="expand")
    if phrase is None:
        return nothing
    found = head_mention(doc, phrase, mentions_in(doc, phrase))
    if found is None:
        return nothing
    for entity in doc._.entities:
        if entity.entity_id == found.entity_id:
            return entity.name, found.rule, found.confidence
    return nothing


def mentions_in(doc: Doc, phrase: Span) -> list[EntityMention]:
    """The mentions that the phrase touches; doc._.mentions is in the order of the text."""
    mentions: tuple[EntityMention, ...] = doc._.mentions
    end = bisect_left(mentions, phrase.end_char, key=lambda mention: mention.span.start)
    found = []
    for mention in reversed(mentions[max(0, end - LOOK_BACK) : end]):
        if mention.span.end > phrase.start_char:
            found.append(mention)
    return found[::-1]


def head_mention(doc: Doc, phrase: Span, inside: list[EntityMention]) -> EntityMention | None:
    """The mention that the whole phrase is about, not one that only belongs to it."""
    if not inside:
        return None
    root = phrase.root
    people = [mention for mention in inside if mention.label == "PERSON"]
    for mention in people:
        if is_person_meant(doc, phrase, mention, root):
            return mention
    for mention in inside:
        if mention.span.start <= root.idx < mention.span.end and mention.label != "NORP":
            return mention
    for mention in reversed(inside):
        if is_apposed(doc, phrase, mention, root):
            return mention
    return None


def tokens_of(doc: Doc, mention: EntityMention) -> Span:
    span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    assert span is not None  # mentions lie inside the document
    return span


def is_person_meant(doc: Doc, phrase: Span, mention: EntityMention, root: Token) -> bool:
    """Whether a person named inside a phrase is whom it speaks of."""
    span = tokens_of(doc, mention)
    if span.end < len(doc) and doc[span.end].tag_ == "POS" and span.end < phrase.end:
        return False
    if span.start <= root.i < span.end:
        return True
    if span.end < phrase.end and doc[span.end].pos_ in ("NOUN", "PROPN", "ADJ"):
        return False  # "Biden aides"
    start = role_start(doc, span, mention)
    if start <= phrase.start:
        return True
    before = doc[start - 1]
    if before.text == ",":
        return True
    ends = span.end >= phrase.end or doc[span.end].is_punct  # no "a Biden spokesman"
    return ends and before.lower_ not in BEFORE_OTHER


def role_start(doc: Doc, span: Span, mention: EntityMention) -> int:
    """Token where the role in front of a name begins."""
    if not mention.role:
        return span.start
    words = mention.role.split()
    for start in range(span.start - 1, max(-1, span.start - 3 * len(words) - 4), -1):
        if doc[start : span.start].text.split() == words:
            return start
    return span.start


def is_apposed(doc: Doc, phrase: Span, mention: EntityMention, root: Token) -> bool:
    """Whether a name stands beside the head noun: "the agency Interfax"."""
    span = tokens_of(doc, mention)
    if mention.label not in ("ORG", "PRODUCT", "WORK_OF_ART"):
        return False
    if span.root.dep_ == "appos" and span.root.head == root:
        return True
    return span.start == root.i + 1 and span.root.head == root and span.root.dep_ != "poss"
