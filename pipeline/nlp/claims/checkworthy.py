"""How much a statement is worth checking: facts above opinion and courtesy.

The score is the probability that a reader who follows the guidelines at the head of
tests/quality/checkworthy.txt gives the statement one of the two upper grades of four. It comes
from a linear model, so that each score is a sum of named parts (`explain`):

- what the statement holds (checkworthy_features.py): figures, dates, names, tense and mood of
  its verbs with their subjects, classes of words (checkworthy.toml), questions, length;
- its words: for each part that a word plays in it (checkworthy_parts.py), the mean of their
  scores, which say how far a word like this one stands in statements worth checking ("deficit")
  or not ("wonderful").

Of a statement with several clauses a third of the score is that of the clause which is most worth
checking: a fact said among courtesies and opinions is a fact all the same.

The weights were learned from the project's own sentences in that file and from nothing else, by
tests/quality/train_checkworthy.py; the words' scores go through the word vectors of the language
model, so that words not in the file have one, too.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from spacy.tokens import Doc

from pipeline.nlp.claims.checkworthy_features import features
from pipeline.nlp.claims.checkworthy_parts import ROLES, clauses_of, roles_of
from pipeline.nlp.claims.tree import Tree, read_tree

REASONS = 5
CLAUSE = 1 / 3  # of the score: the strongest clause's; set by hand


@dataclass(frozen=True, slots=True)
class Weights:
    """The linear model, in log odds.

    Attributes:
        bias: of a statement without any feature.
        features: per feature of size 1.
        words: per word, in lower case, one for each of ROLES, in hundredths: of a statement in
            which this word alone has the role; 0 is the mean word. NUMBER stands for all that are
            written in digits.
    """

    bias: float
    features: dict[str, float]
    words: dict[str, list[int]]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights of checkworthy.json beside this module."""
    raw = json.loads(
        (resources.files("pipeline.nlp.claims") / "checkworthy.json").read_text("utf-8")
    )
    return Weights(raw["bias"], raw["features"], raw["words"])


def check_worthiness(doc: Doc) -> float:
    """0 (nothing to check) to 1 (surely worth a check), of the whole Doc."""
    tree = read_tree(doc)
    return worth_of(tree, range(len(tree.lower)))


def worth_of(tree: Tree, tokens: Sequence[int]) -> float:
    """The score of some tokens of a parse; 0 without words."""
    weights = load_weights()
    seen: dict[int, list[str]] = {}
    parts = _parts(tree, tokens, weights, seen)
    if not parts:
        return 0.0
    odds = _sum(parts)
    clauses = clauses_of(tree, tokens)
    if clauses:
        best = max(_sum(_parts(tree, clause, weights, seen)) for clause in clauses)
        odds += CLAUSE * (best - odds)
    return round(1 / (1 + math.exp(-weights.bias - odds)), 4)


def explain(tree: Tree, tokens: Sequence[int], most: int = REASONS) -> list[tuple[str, float]]:
    """The parts that weigh most, with their log odds, for (above 0) or against (below).

    A part is named after its feature, or after a word of the statement in quotation marks.
    """
    weights = load_weights()
    whole = _parts(tree, tokens, weights)
    clauses = [_parts(tree, clause, weights) for clause in clauses_of(tree, tokens)]
    best = max(clauses, key=_sum) if clauses else whole
    sizes: dict[str, float] = {}
    for share, parts in ((1 - CLAUSE, whole), (CLAUSE, best)):
        for name, size in parts:
            sizes[name] = sizes.get(name, 0.0) + share * size
    found = [(name, round(size, 3)) for name, size in sizes.items() if size]
    return sorted(found, key=lambda part: (-abs(part[1]), part[0]))[:most]


def _sum(parts: list[tuple[str, float]]) -> float:
    return sum(size for _, size in parts)


def _parts(
    tree: Tree,
    tokens: Sequence[int],
    weights: Weights,
    seen: dict[int, list[str]] | None = None,
) -> list[tuple[str, float]]:
    """Log odds of each feature and of each word, in quotation marks; [] without words.

    Args:
        seen: as in `features`.
    """
    known = weights.features
    parts = [
        (name, size * known[name]) for name, size in features(tree, tokens).items() if name in known
    ]
    of_words = weights.words
    words = [word for word in roles_of(tree, tokens) if word[0] in of_words]
    counts = [0] * len(ROLES)
    for _, roles in words:
        for role in roles:
            counts[role] += 1
    shares = [0.01 / max(count, 1) for count in counts]  # scores are in hundredths
    for word, roles in words:
        scores, size = of_words[word], 0.0
        for role in roles:
            size += scores[role] * shares[role]
        parts.append((f'"{word}"', size))
    return parts
