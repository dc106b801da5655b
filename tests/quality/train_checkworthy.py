# ruff: noqa: T201 (a tool prints)
"""Learns the check-worthiness score from checkworthy.txt and writes its weights as JSON.

One linear predictor for three steps of the grade (ordinal logistic regression: grade >= 1, >= 2,
>= 3 share their weights, each has its own bias), so that each feature and word has one weight.
Words enter by their vectors: a statement has the mean of its words' vectors, and what is learned
for the vector gives each of the model's most frequent words a score of its own.
First it prints figures from cross-validation over the same sentences. Deterministic.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from spacy.language import Language

from pipeline.nlp.analyse import Input, as_doc
from pipeline.nlp.claims.checkworthy_features import NUMBER, features, vocabulary_of
from pipeline.nlp.claims.tree import Tree, read_tree
from pipeline.nlp.model import build

HERE = Path(__file__).resolve().parent
FOLDS = 10
VECTOR_SHARE = 0.1  # how far a vector's part may move beside a feature: a prior, not learned
PENALTY = 3.0
STEPS = (1, 2, 3)
WORTH = 2  # the grade from which on a statement is called worth checking
COMPONENTS = ("pipeline_entities", "pipeline_dates", "pipeline_money")
ABOUT = (
    "Weights of pipeline/nlp/claims/checkworthy.py in log odds, written by"
    " tests/quality/train_checkworthy.py from tests/quality/checkworthy.txt; words by way of the"
    " vectors of the language model."
)


@dataclass(frozen=True)
class Data:
    """One row a sentence."""

    grades: Any
    names: list[str]
    sizes: Any
    vectors: Any


@dataclass(frozen=True)
class Model:
    """Weights of the features and of the vectors; the bias of each step."""

    features: Any
    vectors: Any
    biases: Any

    def predictor(self, data: Data, rows: Any) -> Any:
        return data.sizes[rows] @ self.features + data.vectors[rows] @ self.vectors


def read_sentences(path: Path) -> list[tuple[int, str]]:
    """Grade and sentence of each line that is no comment."""
    lines = path.read_text("utf-8").splitlines()
    return [(int(line[0]), line[2:]) for line in lines if line and not line.startswith("#")]


def vocabulary(nlp: Language, own: set[str]) -> dict[str, Any]:
    """Words in lower case and their vectors of length 1: the model's most frequent, and `own`.

    A model that shares vectors among words holds them in the order of frequency; the first word
    with a vector is the one that it was made for. NUMBER has the mean of the numbers in `own`.
    """
    vectors, strings = nlp.vocab.vectors, nlp.vocab.strings
    first: dict[int, int] = {}
    for key, row in vectors.key2row.items():
        first.setdefault(row, key)
    frequent = [strings[key].lower() for key in list(first.values())]
    known, numbers = {}, []
    for word in [*frequent, *sorted(own)]:
        vector = nlp.vocab[word].vector
        size = float(np.linalg.norm(vector))
        if not size or word in known or not any(c.isalnum() or c in "$£€%" for c in word):
            continue
        if not any(c.isdigit() for c in word):
            known[word] = vector / size
        elif word in own:
            numbers.append(vector / size)
    return known | {NUMBER: np.mean(numbers, axis=0)}


def read_trees(sentences: Sequence[tuple[int, str]], nlp: Language) -> list[Tree]:
    texts = (as_doc(nlp, Input(text, "")) for _, text in sentences)
    return [read_tree(doc) for doc in nlp.pipe(texts)]


def read_data(trees: list[Tree], grades: Any, words: dict[str, Any]) -> Data:
    found = [features(tree, range(len(tree.lower))) for tree in trees]
    names = sorted({name for each in found for name in each})
    sizes = np.array([[each.get(name, 0.0) for name in names] for each in found])
    width = len(next(iter(words.values())))
    means = np.zeros((len(trees), width))
    for k, tree in enumerate(trees):
        known = vocabulary_of(tree, range(len(tree.lower)))
        if rows := [words[word] for word in known if word in words]:
            means[k] = np.mean(rows, axis=0)
    return Data(grades, names, sizes, means)


def scaled(data: Data) -> tuple[Data, Any, Any]:
    """The data with vectors of mean 0 and spread VECTOR_SHARE; the mean and the factor."""
    mean, factor = data.vectors.mean(0), VECTOR_SHARE / data.vectors.std(0)
    vectors = (data.vectors - mean) * factor
    return Data(data.grades, data.names, data.sizes, vectors), mean, factor


def fit(data: Data, rows: Any) -> Model:
    """Ordinal logistic regression with a quadratic penalty on all weights but the biases."""
    inputs = np.hstack([data.sizes[rows], data.vectors[rows]])
    above = np.array([data.grades[rows] >= step for step in STEPS], float)

    def loss(weights: Any) -> tuple[float, Any]:
        own, biases = weights[: -len(STEPS)], weights[-len(STEPS) :]
        odds = inputs @ own + biases[:, None]
        wrong = 1 / (1 + np.exp(-odds)) - above
        value = np.sum(np.logaddexp(0, odds) - above * odds) + PENALTY * own @ own / 2
        slope = np.concatenate([inputs.T @ wrong.sum(0) + PENALTY * own, wrong.sum(1)])
        return float(value), slope

    start = np.zeros(inputs.shape[1] + len(STEPS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    cut = data.sizes.shape[1]
    return Model(found[:cut], found[cut : -len(STEPS)], found[-len(STEPS) :])


def average_precision(scores: Any, labels: Any) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = labels[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / hits.sum())


def cross_validate(data: Data) -> None:
    """Prints how well models rank and grade sentences that they have not seen."""
    fold = np.random.default_rng(7).permutation(len(data.grades)) % FOLDS
    odds = np.zeros(len(data.grades))
    for number in range(FOLDS):
        model = fit(data, fold != number)
        rest = fold == number
        odds[rest] = model.predictor(data, rest) + model.biases[STEPS.index(WORTH)]
    for step in STEPS:
        found = average_precision(odds, data.grades >= step)
        print(f"grade >= {step}: average precision {found:.3f} of {len(odds)} unseen sentences")
    share = 1 / (1 + np.exp(-odds))
    worth = data.grades >= WORTH
    print(f"accuracy at 0.5: {np.mean((share >= 0.5) == worth):.3f}")
    for low in np.arange(0, 1, 0.2):
        band = (share >= low) & (share < low + 0.2)
        print(
            f"score {low:.1f} to {low + 0.2:.1f}: {band.sum():4} sentences,"
            f" mean score {share[band].mean():.2f}, worth checking {worth[band].mean():.2f}"
        )


def as_json(data: Data, model: Model, words: dict[str, Any], mean: Any, factor: Any) -> str:
    """The model with one score a word; what vectors add for the mean word goes to the bias."""
    slope = model.vectors * factor
    scores = {word: round(float((vector - mean) @ slope), 2) for word, vector in words.items()}
    weights = {
        name: round(float(weight), 3)
        for name, weight in zip(data.names, model.features, strict=True)
    }
    raw = {
        "about": ABOUT,
        "bias": round(float(model.biases[STEPS.index(WORTH)]), 3),
        "features": dict(sorted(weights.items(), key=lambda item: -item[1])),
        "words": dict(sorted(scores.items())),
    }
    return json.dumps(raw, ensure_ascii=False, indent=0) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    out = Path("pipeline/nlp/claims/checkworthy.json")
    parser.add_argument("--out", type=Path, default=out)
    options = parser.parse_args()
    nlp = build(components=COMPONENTS)
    sentences = read_sentences(HERE / "checkworthy.txt")
    trees = read_trees(sentences, nlp)
    own = {word for tree in trees for word in tree.lower}
    words = vocabulary(nlp, own)
    grades = np.array([grade for grade, _ in sentences])
    data, mean, factor = scaled(read_data(trees, grades, words))
    cross_validate(data)
    model = fit(data, np.ones(len(data.grades), bool))
    options.out.write_text(as_json(data, model, words, mean, factor), "utf-8")
    print(f"written: {options.out} ({len(data.names)} features, {len(words)} words)")


if __name__ == "__main__":
    main()
