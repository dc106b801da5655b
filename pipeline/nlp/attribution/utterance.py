"""Quotations as text: which are utterances, and arithmetic of their spans."""

from __future__ import annotations

import re

from pipeline.nlp.attribution.stretches import Stretch
from pipeline.nlp.attribution.tree import Tree
from pipeline.records import Span

WORD = re.compile(r"\w+")
#: Words in lower case inside a title.
TITLE_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to"})
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
LABEL = re.compile(r"\W*[A-Z][A-Z.' -]+:")
TITLE_MARKS = ".,!?…—–-"


def is_utterance(text: str, stretch: Stretch) -> bool:
    """Is it somebody's utterance, not a title, a term or words in scare quotes?"""
    inner = text[stretch.inner_start : stretch.inner_end].strip()
    words = WORD.findall(inner)
    ends = inner[-1:] in ",?!—" or text[stretch.end : stretch.end + 1] == ","
    if len(words) < 2:
        return bool(words) and inner[-1:] in "?!"
    if not (inner[0].isupper() or not inner[0].isalpha()):
        before = text[max(0, stretch.start - 2) : stretch.start].rstrip()
        return len(words) > 2 and (ends or before[-1:] in (":", ","))
    capitals = sum(word[0].isupper() for word in words)
    titled = capitals > 1 and all(
        word[0].isupper() or word[0].isdigit() or word in TITLE_WORDS for word in words
    )
    if titled and inner[-1:] not in "!?":
        return False
    return len(words) > 3 or inner[-1:] in TITLE_MARKS


def is_personal(words: str) -> bool:
    """Does the speaker speak of "I" or "we", which no author of an article is?"""
    return FIRST_PERSON.search(words) is not None and LABEL.match(words) is None


def is_shown(tree: Tree, stretch: Stretch) -> bool:
    """Does only a "be" stand in the sentence in front of it: "The proof is clear: “…”"?"""
    end = tree.tokens_in(0, stretch.start).stop
    verbs = [i for i in range(tree.sentence_of(max(0, end - 1))[0], end) if tree.is_verb(i)]
    return bool(verbs) and all(tree.lemmas[i] == "be" for i in verbs)


def sentence_ends_at(tree: Tree, at: int) -> bool:
    """Is the character a stop, or the parser's end of a sentence?"""
    tokens = tree.tokens_in(at, at + 1)
    if not tokens:
        return True
    token = tokens[-1]
    return tree.words[token][0] in ".!?…" or token + 1 == tree.sentence_of(token)[1]


def clip(spans: tuple[Span, ...], stretch: Stretch) -> tuple[Span, ...]:
    """The parts of the spans within the marks: what is reported inside stays inside."""
    return tuple(
        Span(max(s.start, stretch.inner_start), min(s.end, stretch.inner_end))
        for s in spans
        if s.start < stretch.inner_end and stretch.inner_start < s.end
    )


def union(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            if span.end > out[-1].end:
                out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)
