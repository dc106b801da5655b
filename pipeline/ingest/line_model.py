"""The learned line model: for each line the probability that it belongs to the article.

Forests of decision trees. The first sees the features of lines and neighbours (features.py);
the second sees the first one's opinion of the lines around, which is what makes the decision
one over the whole sequence: body is contiguous, and so is what is not. A third finds the
headline, of which a page has one.
Weights are in line_model.json, made by `make train`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.ingest.blocks import Page
from pipeline.ingest.features import Floats, own_width, page_features, window_mean
from pipeline.ingest.rules import explicit_proposals, rule_hits
from pipeline.ingest.subject import Subject, likeness, read_subject
from pipeline.ingest.trees import Forest, read_forest

SURE = 0.7  # probability from which a line's words tell the article's subject
TOP = 30  # most frequent words that stand for the subject
FIRM = 0.95  # confidence of a rule that tells a raw page from a cleaned text
#: Confidence of a rule from which a line says itself what it is: "Photo: …", "Donate today".
#: The model does not overrule it, and it tells nothing of the lines around: one credit that was
#: left over makes no raw page of a cleaned text.
PLAIN = 0.94
SAFE = 0.5
DOUBT = 1.1  # the forests are a little too sure of what they keep
SETTLED = 0.8  # mean probability of a page that may have been cleaned before
CERTAIN = 0.09  # below this a line goes even there
REACH = 5  # lines on each side whose probability the second forest sees
LEAD = 2  # lines between headline and text that may belong to the text
NOTE = 5  # lines; of a text no longer than this only the rules remove something
SMALL = 40  # lines; a text no longer than this keeps its sentences if nothing else would stay
STYLE = (0, 4, 5, 6, 7, 9, 16)  # columns of features.own that are much the same in one article
BESIDE = 5  # lines below and above a headline whose rule hits count
FAR = 60  # distances beyond this are one


@dataclass(frozen=True, eq=False)
class LineModel:
    """The forests and what belongs to them.

    Attributes:
        headline: the forest that finds the headline among the lines above the body.
        threshold: probability below which a line is removed.
        inside_threshold: the same for lines inside the article of which no rule speaks.
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
    inside_threshold: float
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
        safe: probability from which a line is safe from rules that are not FIRM.
        headline: index of the headline, -1 if none was found.
    """

    probability: Floats
    keep: npt.NDArray[np.bool_]
    safe: float = 0.5
    headline: int = -1


@lru_cache(maxsize=1)
def load_model() -> LineModel:
    """The model shipped with the package."""
    text = (resources.files("pipeline.ingest") / "line_model.json").read_text("utf-8")
    return read_model(json.loads(text))


def read_model(data: dict[str, Any]) -> LineModel:
    """A model from the content of its JSON file."""
    return LineModel(
        read_forest(data["first"]),
        read_forest(data["second"]),
        read_forest(data["headline"]),
        float(data["threshold"]),
        float(data["inside_threshold"]),
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
    subject = read_subject(page)
    rows = page_features(page, hits, model.rules, subject)
    sizes = np.array([line.size for line in page.lines], np.float64)
    first = model.first.probability(rows)
    second = model.second.probability(second_look(rows, first, sizes, subject))
    opinion = blend(first, second)
    title = model.headline.probability(
        headline_look(rows, opinion, sizes, subject, len(model.rules))
    )
    threshold, safe = thresholds(page, opinion, hits, model)
    keep = opinion >= threshold
    start, end = best_stretch(opinion.astype(np.float64), sizes)
    best = int(np.argmax(title))
    found = bool(title[best] >= model.headline_threshold)
    if found:
        keep[best] = True
        opinion[best] = max(opinion[best], title[best])
        # Prose right below the headline is inside too.
        start = max(best, start - LEAD) if best < start else start
    hit = np.array([bool(found) for found in hits])
    # What stands in the middle of the article and offends no rule is most likely part of it.
    keep[start:end] |= (opinion >= model.inside_threshold)[start:end] & ~hit[start:end]
    keep |= note_lines(page, ~hit, keep)
    return Verdict(opinion, keep, safe, best if found else -1)


def note_lines(
    page: Page, free: npt.NDArray[np.bool_], keep: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """The lines that stay because the text is too short for the neighbours to tell anything.

    Args:
        free: lines of which no rule speaks.
        keep: lines that the model keeps.
    """
    if len(free) <= NOTE:
        return free
    closed = np.array([line.ends_sentence for line in page.lines], np.bool_)
    sentences: npt.NDArray[np.bool_] = free & closed
    emptied = len(free) <= SMALL and not (keep & sentences).any()
    if not sentences.any() or not (emptied or free.sum() <= NOTE):
        return np.zeros_like(free)
    stay = sentences.copy()
    above = np.flatnonzero(free[: int(np.argmax(sentences))])
    # The headline stands above the first sentence.
    stay[above[-1:]] = True
    return stay


def blend(first: Floats, second: Floats) -> Floats:
    """The opinion of both forests: each corrects errors of the other (mean of the log odds)."""
    odds = (log_odds(first) + log_odds(second)) / 2
    both: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return both


def log_odds(probability: Floats) -> npt.NDArray[np.float64]:
    p = probability.astype(np.float64)
    odds: npt.NDArray[np.float64] = np.log((p + 1e-4) / (1 - p + 1e-4))
    return odds


def thresholds(
    page: Page, probability: Floats, hits: Sequence[frozenset[str]], model: LineModel
) -> tuple[float, float]:
    """Below which probability lines of this page go, and from which they are safe from rules."""
    unhit = probability[np.array([not found for found in hits])]
    share = float(unhit.mean()) if unhit.size else 0.0
    firm = any(proposal.confidence >= FIRM for proposal in explicit_proposals(page))
    if share >= SETTLED and not firm:
        # Nothing on the page is surely furniture: somebody has cleaned it, or it never had any.
        return CERTAIN, CERTAIN
    if share >= model.article_share:
        return model.article_threshold, SAFE
    sizes = np.array([line.size for line in page.lines], np.float64)
    return min(model.threshold, DOUBT * fair_threshold(probability, sizes)), SAFE


def fair_threshold(probability: Floats, sizes: npt.NDArray[np.float64]) -> float:
    """Half of the best F1 that can be expected of the page, at most 0.5.

    That is the probability below which keeping a line makes the expected F1 smaller: the less sure
    the model is of a page, the more of it has to stay.
    """
    order = np.argsort(-probability, kind="stable")
    right = np.cumsum((probability.astype(np.float64) * sizes)[order])
    return float((right / (np.cumsum(sizes[order]) + right[-1])).max())


def candidates(probability: Floats, sizes: npt.NDArray[np.float64]) -> int:
    """How many lines from the top may be the headline: those above the body and its first three."""
    start, _ = best_stretch(probability.astype(np.float64), sizes)
    return min(start + 4, len(sizes))


def second_look(
    rows: Floats,
    first: Floats,
    sizes: npt.NDArray[np.float64],
    subject: Subject,
    top: int | None = None,
) -> Floats:
    """The first forest's opinions of the lines around, and how like the sure lines each line is.

    Nothing of the rows themselves: a second forest that saw them too would only learn by heart
    what the pages that it learns from look like.

    Args:
        rows: shape (lines, features).
        first: probabilities of the first forest, shape (lines,).
        sizes: characters of each line.
        subject: the words of the page's lines.
        top: number of lines from the top whose rows are wanted; None for all.
    """
    n = len(first)
    p = first.astype(np.float64)
    odds = log_odds(first)
    columns: list[npt.NDArray[Any]] = [odds]
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
    opinions = np.stack(columns, axis=1).astype(np.float32)
    core = inside & (p > SURE)
    about = likeness(subject, core, TOP)
    style = unlike(rows[:, STYLE], core, weight)
    return np.concatenate([opinions[:top], style[:top], about[:top]], axis=1)


def unlike(values: Floats, core: npt.NDArray[np.bool_], weight: npt.NDArray[np.float64]) -> Floats:
    """How the lines, alone and with their neighbours, differ from the mean of the sure ones."""
    if not core.any():
        return np.zeros((len(values), 2 * values.shape[1]), np.float32)
    mean = np.average(values[core], axis=0, weights=weight[core]).astype(np.float32)
    return np.concatenate([values - mean, window_mean(values, 3) - mean], axis=1)


def headline_look(
    rows: Floats, opinion: Floats, sizes: npt.NDArray[np.float64], subject: Subject, rules: int
) -> Floats:
    """What the third forest sees of the lines that may be the headline, the page's first ones.

    A page has one headline: what counts is how a line compares with the other candidates, and
    whether byline and date stand below it, a menu above it.

    Args:
        rules: how many columns of `rows` show the hits of the rules.
    """
    top = candidates(opinion, sizes)
    seen = second_look(rows, opinion, sizes, subject, top)
    likes = seen[:, -3:]
    short = np.log1p(sizes[:top])[:, None]
    compared = np.concatenate([likes, short, seen[:, :1]], axis=1)
    behind = compared - compared.max(axis=0)
    ranks = np.stack(
        [top - np.searchsorted(np.sort(c), c, side="right") for c in compared.T], axis=1
    )
    place = np.stack([np.full(top, top), top - np.arange(top)], axis=1)
    hits = rows[:, own_width() : own_width() + rules].astype(np.float64)
    sums = np.concatenate([np.zeros((1, rules)), np.cumsum(hits, axis=0)])
    at, n = np.arange(top), len(rows)
    below = sums[np.minimum(at + 1 + BESIDE, n)] - sums[np.minimum(at + 1, n)]
    above = sums[at] - sums[np.maximum(at - BESIDE, 0)]
    columns = [rows[:top], seen, behind, ranks, place, below, above]
    return np.concatenate(columns, axis=1).astype(np.float32)


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
    distance: npt.NDArray[np.float64] = np.minimum(np.arange(n) - before, FAR).astype(np.float64)
    return distance
