"""How much a statement is worth checking: facts above opinion and courtesy."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from pipeline.nlp.claims.lexicon import load_lists

FIGURE_TYPES = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL"})
DATE_TYPES = frozenset({"DATE", "TIME"})
NAME_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LAW", "FAC", "EVENT", "LOC", "PRODUCT"})


def check_worthiness(words: Doc | Span) -> float:
    """0 (nothing to check) to 1 (a figure, a date and a named actor in an event).

    Hand-set points, no learned weights: what can be looked up raises the score, what only
    its speaker can know lowers it.
    """
    lists = load_lists("checkworthy")
    points = -1.4
    types = [ent.label_ for ent in words.ents]
    figures = sum(t in FIGURE_TYPES for t in types) or sum(t.like_num for t in words)
    points += min(figures, 3) * 0.9
    points += 0.6 * min(sum(t in DATE_TYPES for t in types), 2)
    points += 0.5 * min(sum(t in NAME_TYPES for t in types), 3)
    count = 0
    past = first = opinion = future = fact = 0
    for token in words:
        if token.is_punct or token.is_space:
            continue
        count += 1
        lemma, lower = token.lemma_.lower(), token.lower_
        past += token.tag_ in ("VBD", "VBN")
        first += lower in ("i", "you", "me", "my", "your")
        opinion += lemma in lists["opinion"]
        future += lower in lists["future"]
        fact += lemma in lists["fact"]
    if not count:
        return 0.0
    points += 0.5 * min(past, 2) + 0.5 * min(fact, 3)
    points -= 0.5 * min(first, 2) + 0.7 * min(opinion, 2) + 0.4 * min(future, 2)
    points += 0.02 * min(count, 30)
    text = words.text.rstrip()
    if text.endswith("?"):
        points -= 2
    if count < 5:
        points -= 1.5
    return 1 / (1 + 2.718281828459045**-points)
