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
VAGUE = 0.25
SHORT = 5  # words; less is hardly a proposition


@dataclass(frozen=True, slots=True)
class Counts:
    """How many checkable things a statement names; a vague one counts as a part of one."""

    figures: float
    dates: float
    names: int


def check_worthiness(words: Doc | Span) -> float:
    """0 (nothing to check) to 1 (a figure, a date and a named actor in an event)."""
    figures = dates = 0.0
    names = 0
    for ent in words.ents:
        # "one", "this year" can seldom be looked up; "$4 million", "1998" can.
        weight = 1.0 if _is_exact(ent.text) else VAGUE
        if ent.label_ in FIGURE_TYPES:
            figures += weight
        elif ent.label_ in DATE_TYPES:
            dates += weight
        elif ent.label_ in NAME_TYPES:
            names += 1
    counts = Counts(figures or sum(token.text[:1].isdigit() for token in words), dates, names)
    return worth_of(
        ((token.lower_, token.lemma_.lower(), token.tag_) for token in words if not token.is_space),
        counts,
    )


def _is_exact(text: str) -> bool:
    magnitudes = load_lists("checkworthy")["magnitudes"]
    return any(c.isdigit() for c in text) or any(w in magnitudes for w in text.lower().split())


def worth_of(tokens: Iterable[tuple[str, str, str]], counts: Counts) -> float:
    """The score of tokens (word in lower case, lemma, tag) with what they name.

    Hand-set points, no learned weights: what can be looked up raises the score, what only
    its speaker can know lowers it.
    """
    lists = load_lists("checkworthy")
    opinions, futures, facts = lists["opinion"], lists["future"], lists["fact"]
    count = past = first = opinion = future = fact = compared = 0
    nouns = numbers = bare = told = 0
    question = False
    for lower, lemma, tag in tokens:
        if not tag[:1].isalpha() and tag != "$":
            question = lower == "?"
            continue
        count += 1
        compared += tag in ("JJR", "JJS", "RBS")
        past += tag == "VBD"
        told += tag == "VBN"
        nouns += tag in ("NN", "NNS", "NNP", "NNPS")
        numbers += tag == "CD"
        bare += tag == "VB"  # plans, wishes and commands
        first += lower in ("i", "you", "me", "my", "your")
        opinion += lemma in opinions
        future += lower in futures
        fact += lemma in facts
    if not count:
        return 0.0
    points = -2.0 + 0.8 * min(counts.figures, 3) + 0.6 * min(counts.dates, 2)
    points += 0.4 * min(counts.names, 3) + 0.5 * min(fact, 3) + 0.3 * min(numbers, 2)
    points += 0.6 * min(past, 2) + 0.3 * min(told, 2) + 0.3 * min(compared, 2)
    points += 2.5 * nouns / count + 0.02 * min(count, 30)
    points -= 0.4 * min(first, 2) + 0.7 * min(opinion, 2) + 0.3 * min(future, 2)
    points -= 0.2 * min(bare, 3) + 2 * question + 1.5 * (count < SHORT)
    return round(1 / (1 + math.exp(-points)), 4)
