# ruff: noqa: T201 (a tool prints)
"""Learns the check-worthiness score from checkworthy.txt and writes its weights as JSON.

One linear predictor for three steps of the grade (ordinal logistic regression: grade >= 1, >= 2,
>= 3 share their weights, each has its own bias), so that each feature and word has one weight.
Words enter by their vectors: for each part that words play in a statement it has the mean of
their vectors, and what is learned for the vector gives each of the model's most frequent words a
score of its own in that part. It learns twice: first from whole statements, then from blends of
each with the clause that the first model finds most worth checking.
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
from pipeline.nlp.claims.checkworthy import CLAUSE
from pipeline.nlp.claims.checkworthy_features import features
from pipeline.nlp.claims.checkworthy_parts import NUMBER, ROLES, clauses_of, has_digit, roles_of
from pipeline.nlp.claims.tree import Tree, read_tree
from pipeline.nlp.model import build

HERE = Path(__file__).resolve().parent
FOLDS = 10
#: How far a vector's part may move beside a feature, for each of ROLES: a prior, not learned.
VECTOR_SHARES = (0.1, 0.05, 0.05, 0.05, 0.05, 0.05)
PENALTY = 3.0
STEPS = (1, 2, 3)
WORTH = 2  # the grade from which on a statement is called worth checking
COMPONENTS = ("pipeline_entities", "pipeline_dates", "pipeline_money")
ABOUT = (
    "Weights of pipeline/nlp/claims/checkworthy.py in log odds, written by"
    " tests/quality/train_checkworthy.py from tests/quality/checkworthy.txt; words by way of the"
    " vectors of the language model, in hundredths by role."
)


@dataclass(frozen=True)
class Units:
    """One row a whole statement or a clause: sizes of features; a mean vector for each role.

    `vectors` has the roles' vectors beside one another; NaN where no known word has the role.
    """

    sizes: Any
    vectors: Any


@dataclass(frozen=True)
class Data:
    """Inputs of the regression, one row a statement, and one a clause with its statement's row."""

    grades: Any
    whole: Any
    clauses: Any
    owners: Any


@dataclass(frozen=True)
class Model:
    """Weights of the inputs, features first; the bias of each step."""

    weights: Any
    biases: Any

    def predictor(self, data: Data) -> Any:
        return blend(data, self.weights) @ self.weights


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
        if not has_digit(word):
            known[word] = vector / size
        elif word in own:
            numbers.append(vector / size)
    return known | {NUMBER: np.mean(numbers, axis=0)}


def read_trees(sentences: Sequence[tuple[int, str]], nlp: Language) -> list[Tree]:
    texts = (as_doc(nlp, Input(text, "")) for _, text in sentences)
    return [read_tree(doc) for doc in nlp.pipe(texts)]


def read_units(
    units: Sequence[tuple[Tree, Sequence[int]]], names: list[str], words: dict[str, Any]
) -> Units:
    """The units' features, of those named, and vectors."""
    sizes = np.zeros((len(units), len(names)))
    vectors = np.full((len(units), len(ROLES), len(words[NUMBER])), np.nan)
    for row, (tree, tokens) in enumerate(units):
        found = features(tree, tokens)
        sizes[row] = [found.get(name, 0.0) for name in names]
        by_role: list[list[Any]] = [[] for _ in ROLES]
        for word, roles in roles_of(tree, tokens):
            for role in roles if word in words else ():
                by_role[role].append(words[word])
        for role, known in enumerate(by_role):
            if known:
                vectors[row, role] = np.mean(known, axis=0)
    return Units(sizes, vectors)


@dataclass(frozen=True)
class Scale:
    """Brings each role's vectors to mean 0 and a spread of its share; one row a role."""

    mean: Any
    factor: Any

    @classmethod
    def of(cls, units: Units) -> Scale:
        spread = np.nanstd(units.vectors, axis=0).mean(-1)
        return cls(np.nanmean(units.vectors, axis=0), np.array(VECTOR_SHARES) / spread)

    def inputs(self, units: Units) -> Any:
        vectors = (units.vectors - self.mean) * self.factor[:, None]
        return np.hstack([units.sizes, np.nan_to_num(vectors).reshape(len(vectors), -1)])


def read_data(
    trees: list[Tree], grades: Any, words: dict[str, Any]
) -> tuple[Data, list[str], Scale]:
    """The inputs with the names of the features and how the vectors were scaled."""
    whole = [(tree, range(len(tree.lower))) for tree in trees]
    names = sorted({name for unit in whole for name in features(*unit)})
    clauses, owners = [], []
    for row, (tree, tokens) in enumerate(whole):
        for clause in clauses_of(tree, tokens):
            clauses.append((tree, clause))
            owners.append(row)
    units = read_units(whole, names, words)
    scale = Scale.of(units)
    parts = scale.inputs(read_units(clauses, names, words))
    return Data(grades, scale.inputs(units), parts, np.array(owners)), names, scale


def blend(data: Data, weights: Any) -> Any:
    """The inputs of each statement mixed with those of the clause that the weights put first."""
    scores = data.clauses @ weights
    best: dict[int, int] = {}
    for row, owner in enumerate(data.owners):
        if owner not in best or scores[row] > scores[best[owner]]:
            best[owner] = row
    mixed = data.whole.copy()
    rows = list(best)
    mixed[rows] = (1 - CLAUSE) * data.whole[rows] + CLAUSE * data.clauses[list(best.values())]
    return mixed


def learn(data: Data, rows: Any) -> Model:
    """From whole statements first, then from blends with their strongest clauses."""
    first = fit(data.whole[rows], data.grades[rows])
    return fit(blend(data, first.weights)[rows], data.grades[rows])


def fit(inputs: Any, grades: Any) -> Model:
    """Ordinal logistic regression with a quadratic penalty on all weights but the biases."""
    above = np.array([grades >= step for step in STEPS], float)

    def loss(weights: Any) -> tuple[float, Any]:
        own, biases = weights[: -len(STEPS)], weights[-len(STEPS) :]
        odds = inputs @ own + biases[:, None]
        wrong = 1 / (1 + np.exp(-odds)) - above
        value = np.sum(np.logaddexp(0, odds) - above * odds) + PENALTY * own @ own / 2
        slope = np.concatenate([inputs.T @ wrong.sum(0) + PENALTY * own, wrong.sum(1)])
        return float(value), slope

    start = np.zeros(inputs.shape[1] + len(STEPS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    return Model(found[: -len(STEPS)], found[-len(STEPS) :])


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
        model = learn(data, fold != number)
        rest = fold == number
        odds[rest] = model.predictor(data)[rest] + model.biases[STEPS.index(WORTH)]
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


def as_json(model: Model, names: list[str], words: dict[str, Any], scale: Scale) -> str:
    """The model with scores for each word, one line a word."""
    slopes = model.weights[len(names) :].reshape(scale.mean.shape) * scale.factor[:, None]
    means = (scale.mean * slopes).sum(-1)
    scores = {word: np.rint(100 * (slopes @ vector - means)) for word, vector in words.items()}
    weights = {
        name: round(float(weight), 3)
        for name, weight in zip(names, model.weights[: len(names)], strict=True)
    }
    raw = {
        "about": ABOUT,
        "bias": round(float(model.biases[STEPS.index(WORTH)]), 3),
        "features": dict(sorted(weights.items(), key=lambda item: -item[1])),
        "words": None,
    }
    lines = ",\n".join(
        json.dumps(word, ensure_ascii=False) + ":" + str([int(score) for score in found])
        for word, found in sorted(scores.items())
    )
    text = json.dumps(raw, ensure_ascii=False, indent=0)
    return text.replace('"words": null', '"words": {\n' + lines.replace(", ", ",") + "\n}") + "\n"


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
    data, names, scale = read_data(trees, grades, words)
    cross_validate(data)
    model = learn(data, np.ones(len(data.grades), bool))
    options.out.write_text(as_json(model, names, words, scale), "utf-8")
    print(f"written: {options.out} ({len(names)} features, {len(words)} words)")


if __name__ == "__main__":
    main()
