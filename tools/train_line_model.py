#!/usr/bin/env python3
# ruff: noqa: T201 (a tool prints)
"""Train the line model of the cleaner and write its weights as JSON.

    python tools/train_line_model.py BENCH [--out pipeline/ingest/line_model.json]

BENCH is the folder with raw.jsonl.gz and stress.jsonl.gz (see the README there for sources and
licences). Deterministic: the same data, code and versions give the same file. Needs lightgbm,
which cleaning itself does not. Prints figures measured on pages of other sites (cross-validation).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm as lgb
import numpy as np

from pipeline.ingest.blocks import Page, read_page
from pipeline.ingest.features import page_features
from pipeline.ingest.line_model import candidates, content_words, second_look
from pipeline.ingest.rules import MODEL_RULE, all_rules, rule_hits
from pipeline.ingest.trees import read_forest

FOLDS = 4
SEED = 7
THRESHOLD, ARTICLE_THRESHOLD, ARTICLE_SHARE, HEADLINE_THRESHOLD = 0.42, 0.15, 0.7, 0.15
#: How much a page of each kind counts, and how many of its noise lines are learned from.
KINDS = {"raw": (1.0, 130), "stress": (0.6, 100), "part": (0.5, 30), "bare": (0.4, 20)}
CREDIT = (
    "Weights learned from line labels derived from: Article Extraction Benchmark,"
    " Scrapinghub/Zyte (MIT), github.com/scrapinghub/article-extraction-benchmark; WCXB Web Content"
    " Extraction Benchmark, Murrough Foley 2026 (CC-BY-4.0, changes: pages chosen, line labels"
    " derived), github.com/Murrough-Foley/web-content-extraction-benchmark; noise with names made"
    " by Faker (MIT). No text of these is contained."
)
COMMON = {
    "objective": "binary",
    "bagging_freq": 1,
    "bagging_fraction": 0.8,
    "num_threads": 1,
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "max_bin": 127,
    "lambda_l2": 5.0,
}


@dataclass
class Example:
    """A page with labels: 1 article, 0 not; weight 0 where readers differ."""

    kind: str
    group: str
    rows: Any
    label: Any
    weight: Any
    headline: Any
    sizes: Any
    content: list[frozenset[str]]
    second: Any = None
    third: Any = None
    first_probability: Any = None
    probability: Any = None
    top: int = 0
    fold: int = field(default=0)


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file]


def example(text: str, labels: dict[int, dict[str, Any]], kind: str, group: str) -> Example:
    page: Page = read_page(text)
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    names = rule_names()
    found = [labels.get(bisect_right(starts, line.start) - 1) for line in page.lines]
    rows = page_features(page, rule_hits(page), names)
    label = np.array([bool(mark and mark["keep"]) for mark in found], int)
    weight = np.array([float(bool(mark) and not mark.get("optional")) for mark in found])
    headline = np.array([bool(mark) and mark.get("role") == "headline" for mark in found], int)
    sizes = np.array([line.size for line in page.lines], np.float64)
    made = Example(kind, group, rows, label, weight, headline, sizes, content_words(page))
    made.fold = int(hashlib.sha1(group.encode()).hexdigest(), 16) % FOLDS
    return made


def rule_names() -> tuple[str, ...]:
    return tuple(r.name for r in all_rules() if not r.last and r.name != MODEL_RULE)


def cut_down(record: dict[str, Any], kind: str, rng: random.Random) -> tuple[str, dict[int, Any]]:
    """A page as somebody else may have copied it: only a part around the article, or it alone."""
    raw = record["raw_text"].split("\n")
    labels = {mark["i"]: mark for mark in record["lines"]}
    order = [mark["i"] for mark in record["lines"]]
    kept = [i for i in order if labels[i]["keep"]] or order
    low, high, share = kept[0], kept[-1], 1.0
    if kind == "part":
        low = order[max(0, order.index(low) - rng.choice([0, 0, 2, 6, 15]))]
        high = order[min(len(order) - 1, order.index(high) + rng.choice([0, 3, 8, 20, 60]))]
    else:
        share = rng.choice([0.0, 0.3, 1.0])
    lines: list[str] = []
    marks: dict[int, Any] = {}
    for i in range(low, high + 1):
        if i in labels and not labels[i]["keep"] and rng.random() >= share:
            continue
        if i in labels:
            marks[len(lines)] = labels[i]
        lines.append(raw[i])
    return "\n".join(lines), marks


def examples(bench: Path) -> list[Example]:
    raw, stress = read(bench / "raw.jsonl.gz"), read(bench / "stress.jsonl.gz")
    site = {
        r["id"]: ".".join((urlsplit(r["url"]).hostname or r["id"]).split(".")[-2:]) for r in raw
    }
    rng = random.Random(SEED)
    out: list[Example] = []
    for kind, records in (("raw", raw), ("stress", stress)):
        for record in records:
            base = record.get("base", record["id"])
            marks = {mark["i"]: mark for mark in record["lines"]}
            out.append(example(record["raw_text"], marks, kind, site.get(base, base)))
    for kind in ("part", "bare"):
        out += [example(*cut_down(r, kind, rng), kind, site[r["id"]]) for r in raw]
    return [e for e in out if len(e.sizes)]


def sample(page: Example, rng: np.random.Generator) -> Any:
    """Weights of the page's lines: long lists of noise are thinned out, the rest made up for it."""
    share, most = KINDS[page.kind]
    noise = page.label == 0
    q = min(1.0, most / max(1, noise.sum()))
    q_body = 1.0 if page.kind in ("raw", "stress") else 0.35
    drawn = rng.random(len(noise))
    thinned = np.where(noise, (drawn < q) / q, (drawn < q_body) / q_body)
    n = max(1.0, page.weight.sum())
    return page.weight * thinned * share * (n / 150) ** -0.4


def fit(rows: Any, label: Any, weight: Any, rounds: int, **more: Any) -> Any:
    used = weight > 0
    settings = {**COMMON, **more}
    data = lgb.Dataset(rows[used], label[used], weight=weight[used], params=settings)
    return lgb.train(settings, data, rounds)


def fit_first(pages: list[Example]) -> Any:
    rng = np.random.default_rng(SEED)
    weight = np.concatenate([sample(page, rng) for page in pages])
    rows, label = stack(pages, "rows"), stack(pages, "label")
    return fit(
        rows,
        label,
        weight,
        320,
        num_leaves=28,
        learning_rate=0.07,
        feature_fraction=0.3,
        min_data_in_leaf=25,
        max_depth=9,
    )


def fit_second(pages: list[Example]) -> Any:
    rng = np.random.default_rng(SEED)
    weight = np.concatenate([sample(page, rng) for page in pages])
    rows, label = stack(pages, "second"), stack(pages, "label")
    return fit(
        rows,
        label,
        weight,
        220,
        num_leaves=16,
        learning_rate=0.07,
        feature_fraction=0.35,
        min_data_in_leaf=25,
        max_depth=8,
    )


def fit_headline(pages: list[Example]) -> Any:
    pages = [page for page in pages if page.kind in ("raw", "stress")]
    rows = np.concatenate([page.third for page in pages])
    label = np.concatenate([page.headline[: page.top] for page in pages])
    share = {"raw": 1.0, "stress": 0.3}
    weight = np.concatenate([np.full(p.top, share[p.kind] * p.top**-0.3) for p in pages])
    return fit(
        rows,
        label,
        weight,
        150,
        num_leaves=12,
        learning_rate=0.08,
        feature_fraction=0.3,
        min_data_in_leaf=15,
        max_depth=7,
    )


def stack(pages: list[Example], name: str) -> Any:
    return np.concatenate([getattr(page, name) for page in pages])


def look_twice(pages: list[Example], first: Any) -> None:
    for page in pages:
        page.first_probability = first.predict(page.rows, num_threads=1).astype(np.float32)
        page.second = second_look(page.rows, page.first_probability, page.sizes, page.content)


def look_for_headline(pages: list[Example], second: Any) -> None:
    for page in pages:
        page.probability = second.predict(page.second, num_threads=1).astype(np.float32)
        page.top = candidates(page.probability, page.sizes)
        page.third = second_look(page.rows, page.probability, page.sizes, page.content)[: page.top]


def cross_validate(pages: list[Example]) -> None:
    """Give every page the opinions of models that have seen no page of its site; print figures."""
    for looks, train in ((look_twice, fit_first), (look_for_headline, fit_second)):
        for fold in range(FOLDS):
            model = train([page for page in pages if page.fold != fold])
            looks([page for page in pages if page.fold == fold], model)
            print(f"{train.__name__} fold {fold} done", file=sys.stderr, flush=True)
    for kind in ("raw", "stress"):
        found = [page for page in pages if page.kind == kind]
        keep, gold = stack(found, "probability") >= THRESHOLD, stack(found, "label") == 1
        counted = stack(found, "weight") > 0
        right = (keep & gold & counted).sum()
        precision, recall = right / (keep & counted).sum(), right / (gold & counted).sum()
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"{kind}: keep precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f} (other sites)"
        )


def as_json(model: Any) -> list[dict[str, Any]]:
    """LightGBM's trees in the form that pipeline.ingest.trees reads."""
    out = []
    for tree in model.dump_model()["tree_info"]:
        nodes: dict[str, list[Any]] = {
            "feature": [],
            "threshold": [],
            "left": [],
            "right": [],
            "value": [],
        }
        walk(tree["tree_structure"], nodes)
        out.append(nodes)
    return out


def walk(node: dict[str, Any], nodes: dict[str, list[Any]]) -> int:
    """Add a node and those below it; returns its number, ~number for a leaf."""
    if "leaf_value" in node:
        nodes["value"].append(round(node["leaf_value"], 5))
        return ~(len(nodes["value"]) - 1)
    at = len(nodes["feature"])
    nodes["feature"].append(node["split_feature"])
    nodes["threshold"].append(float(f"{node['threshold']:.7g}"))
    nodes["left"].append(0)
    nodes["right"].append(0)
    nodes["left"][at] = walk(node["left_child"], nodes)
    nodes["right"][at] = walk(node["right_child"], nodes)
    return at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pipeline/ingest/line_model.json"))
    options = parser.parse_args()
    pages = examples(options.bench)
    cross_validate(pages)
    # The later forests learn from opinions of models that did not know the page.
    second, headline = fit_second(pages), fit_headline(pages)
    first = fit_first(pages)
    data = {
        "about": CREDIT,
        "rules": rule_names(),
        "threshold": THRESHOLD,
        "article_threshold": ARTICLE_THRESHOLD,
        "article_share": ARTICLE_SHARE,
        "headline_threshold": HEADLINE_THRESHOLD,
        "first": as_json(first),
        "second": as_json(second),
        "headline": as_json(headline),
    }
    check = read_forest(data["first"]).probability(pages[0].rows)
    wrong = np.abs(check - first.predict(pages[0].rows)).max()
    print(f"largest difference between the written and the trained forest: {wrong:.5f}")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # One tree a line: a diff of two versions stays readable.
    options.out.write_text(text.replace('},{"feature"', '},\n{"feature"') + "\n", "utf-8")


if __name__ == "__main__":
    main()
