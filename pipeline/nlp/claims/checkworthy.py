"""How much a statement is worth checking: facts above opinion and courtesy.

The score is the probability that a reader who follows the guidelines at the head of
tests/quality/checkworthy.txt gives the statement one of the two upper grades of four. It comes
from a linear model, so that each score is a sum of named parts (`explain`):

- what the statement holds (checkworthy_features.py): figures, dates, names, tense and mood of
  its verbs with their subjects, classes of words (checkworthy.toml), questions, length;
- its words: the mean of their scores, which say how far a word like this one stands in
  statements worth checking ("deficit") or not ("wonderful").

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

from pipeline.nlp.claims.checkworthy_features import features, vocabulary_of
from pipeline.nlp.claims.tree import Tree, read_tree

REASONS = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """The linear model, in log odds.

    Attributes:
        bias: of a statement without any feature.
        features: per feature of size 1.
        words: per word, in lower case, of a statement that holds it alone; 0 is the mean word.
            NUMBER stands for all that are written in digits.
    """

    bias: float
    features: dict[str, float]
    words: dict[str, float]


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
    found = features(tree, tokens)
    if not found:
        return 0.0
    weights = load_weights()
    odds = weights.bias + sum(
        size * weights.features.get(name, 0.0) for name, size in found.items()
    )
    scores = [weights.words[w] for w in vocabulary_of(tree, tokens) if w in weights.words]
    if scores:
        odds += sum(scores) / len(scores)
    return round(1 / (1 + math.exp(-odds)), 4)


def explain(tree: Tree, tokens: Sequence[int], most: int = REASONS) -> list[tuple[str, float]]:
    """The parts that weigh most, with their log odds, for (above 0) or against (below).

    A part is named after its feature, or after a word of the statement in quotation marks.
    """
    weights = load_weights()
    parts = {
        name: size * weights.features.get(name, 0.0)
        for name, size in features(tree, tokens).items()
    }
    known = [word for word in vocabulary_of(tree, tokens) if word in weights.words]
    for word in known:
        name = f'"{word}"'
        parts[name] = parts.get(name, 0.0) + weights.words[word] / len(known)
    found = [(name, round(size, 3)) for name, size in parts.items() if size]
    return sorted(found, key=lambda part: (-abs(part[1]), part[0]))[:most]
