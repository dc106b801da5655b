"""How much a statement is worth checking: facts above opinion and courtesy."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pipeline.nlp.claims.lexicon import load_lists

FIGURE_TYPES = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL"})
DATE_TYPES = frozenset({"DATE", "TIME"})
NAME_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LAW", "FAC", "EVENT", "LOC", "PRODUCT"})
SHORT = 5  # words; less is hardly a proposition


@dataclass(frozen=True, slots=True)
class Counts:
    """How many checkable things a statement names."""

    figures: int
    dates: int
    names: int


def check_worthiness(words: Doc | Span) -> float:
    """0 (nothing to check) to 1 (a figure, a date and a named actor in an event)."""
    types = [ent.label_ for ent in words.ents]
    figures = sum(t in FIGURE_TYPES for t in types) or sum(token.like_num for token in words)
    counts = Counts(
        figures,
        sum(t in DATE_TYPES for t in types),
        sum(t in NAME_TYPES for t in types),
    )
    return worth_of(
        ((token.lower_, token.lemma_.lower(), token.tag_) for token in words if not token.is_space),
        counts,
    )


def worth_of(tokens: Iterable[tuple[str, str, str]], counts: Counts) -> float:
    """The score of tokens (word in lower case, lemma, tag) with what they name.

    Hand-set points, no learned weights: what can be looked up raises the score, what only
    its speaker can know lowers it.
    """
    lists = load_lists("checkworthy")
    opinions, futures, facts = lists["opinion"], lists["future"], lists["fact"]
    count = past = first = opinion = future = fact = 0
    question = False
    for lower, lemma, tag in tokens:
        if not tag[:1].isalpha() and tag != "$":
            question = lower == "?"
            continue
        count += 1
        past += tag in ("VBD", "VBN")
        first += lower in ("i", "you", "me", "my", "your")
        opinion += lemma in opinions
        future += lower in futures
        fact += lemma in facts
    if not count:
        return 0.0
    points = -1.4 + 0.9 * min(counts.figures, 3) + 0.6 * min(counts.dates, 2)
    points += 0.5 * min(counts.names, 3) + 0.5 * min(past, 2) + 0.5 * min(fact, 3)
    points -= 0.5 * min(first, 2) + 0.7 * min(opinion, 2) + 0.4 * min(future, 2)
    points += 0.02 * min(count, 30) - 2 * question - 1.5 * (count < SHORT)
    return round(1 / (1 + math.exp(-points)), 4)
