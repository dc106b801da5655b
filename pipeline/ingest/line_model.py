"""The learned line model: for each line the probability that it belongs to the article.

Forests of decision trees. The first sees the features of lines and neighbours (features.py);
the second sees them again with the first one's opinion of the lines around, which is what makes
the decision one over the whole sequence: body is contiguous, and so is what is not. A third
finds the headline, of which a page has one.
Weights are in line_model.json, made by tools/train_line_model.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from pipeline.ingest.blocks import Page
from pipeline.ingest.features import Floats, page_features, window_mean
from pipeline.ingest.rules import rule_hits
from pipeline.ingest.trees import Forest, read_forest

REACH = 5  # lines on each side whose probability the second forest sees
FAR = 60  # distances beyond this are one


@dataclass(frozen=True, eq=False)
class LineModel:
    """The forests and what belongs to them.

    Attributes:
        headline: the forest that finds the headline among the lines above the body.
        threshold: probability below which a line is removed.
        article_threshold: the same on pages that are nearly all article, where what looks odd is
            more likely part of it.
        article_share: mean probability from which a page is nearly all article.
        headline_threshold: probability from which the best candidate is kept as headline.
        rules: names of the rules that the features show, in the order of training.
    """

    first: Forest
    second: Forest
    headline: Forest
    threshold: float
    article_threshold: float
    article_share: float
    headline_threshold: float
    rules: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Verdict:
    """The model's view of a page.

    Attributes:
        probability: for each line that it is article, shape (lines,).
        keep: which lines stay.
    """

    probability: Floats
    keep: npt.NDArray[np.bool_]


@lru_cache(maxsize=1)
def load_model() -> LineModel:
    """The model shipped with the package."""
    data = json.loads((resources.files("pipeline.ingest") / "line_model.json").read_text("utf-8"))
    return LineModel(
        read_forest(data["first"]),
        read_forest(data["second"]),
        read_forest(data["headline"]),
        float(data["threshold"]),
        float(data["article_threshold"]),
        float(data["article_share"]),
        float(data["headline_threshold"]),
        tuple(data["rules"]),
    )


@lru_cache(maxsize=2)
def judge(page: Page) -> Verdict:
    """Which lines of a page the model keeps."""
    if not page.lines:
        return Verdict(np.zeros(0, np.float32), np.zeros(0, np.bool_))
    model = load_model()
    hits = rule_hits(page)
    rows = page_features(page, hits, model.rules)
    sizes = np.array([line.size for line in page.lines], np.float64)
    first = model.first.probability(rows)
    second = model.second.probability(second_look(rows, first, sizes))
    top = candidates(second, sizes)
    title = model.headline.probability(second_look(rows, second, sizes)[:top])
    unhit = second[np.array([not found for found in hits])]
    article = unhit.size > 0 and float(unhit.mean()) >= model.article_share
    keep = second >= (model.article_threshold if article else model.threshold)
    best = int(np.argmax(title))
    if title[best] >= model.headline_threshold:
        keep[best] = True
        second[best] = max(second[best], title[best])
    return Verdict(second, keep)


def candidates(probability: Floats, sizes: npt.NDArray[np.float64]) -> int:
    """How many lines from the top may be the headline: those above the body and its first three."""
    start, _ = best_stretch(probability.astype(np.float64), sizes)
    return min(start + 4, len(sizes))


def second_look(rows: Floats, first: Floats, sizes: npt.NDArray[np.float64]) -> Floats:
    """The rows with the first forest's opinions of the lines around.

    Args:
        rows: shape (lines, features).
        first: probabilities of the first forest, shape (lines,).
        sizes: characters of each line.
    """
    n = len(first)
    p = first.astype(np.float64)
    odds = np.log((p + 1e-4) / (1 - p + 1e-4))
    columns = [odds]
    for step in range(1, REACH + 1):
        below, above = np.full(n, -12.0), np.full(n, -12.0)
        if n > step:
            below[:-step], above[step:] = odds[step:], odds[:-step]
        columns += [below, above]
    columns += [window_mean(first[:, None], width)[:, 0] for width in (3, 8, 20)]
    weight = p * sizes
    total = weight.sum() + 1e-6
    upto, count = np.cumsum(weight), np.cumsum(p)
    columns += [(upto - weight) / total, (total - upto) / total, count - p, count[-1] - count]
    start, end = best_stretch(p, sizes)
    index = np.arange(n)
    inside = (index >= start) & (index < end)
    columns += [
        np.clip(index - start, -FAR, FAR),
        np.clip(end - 1 - index, -FAR, FAR),
        inside,
        np.full(n, (end - start) / n),
        np.full(n, p[start:end].mean() if end > start else 0.0),
        np.full(n, p.mean()),
        np.full(n, weight.sum() / sizes.sum()),
        since(p > 0.8),
        since((p > 0.8)[::-1])[::-1],
    ]
    return np.concatenate([rows, np.stack(columns, axis=1).astype(np.float32)], axis=1)


def best_stretch(p: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> tuple[int, int]:
    """[start, end) of the lines with the largest sum of opinions, long lines weighing more."""
    sums = np.concatenate([[0.0], np.cumsum((p - 0.5) * np.log1p(sizes))])
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - lowest))
    start = int(np.argmin(sums[: end + 1]))
    return (start, end) if end > start else (0, len(p))


def since(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """For each line the distance to the nearest flagged line before it, FAR at most."""
    n = len(flags)
    last = np.maximum.accumulate(np.where(flags, np.arange(n), -FAR))
    before = np.concatenate([[-FAR], last[:-1]]) if n else last
    return np.minimum(np.arange(n) - before, FAR).astype(np.float64)
