# ruff: noqa: T201 (a tool prints)
"""`make train`: learns the line model of the cleaner and writes its weights as JSON.

BENCH is the folder with raw.jsonl.gz, stress.jsonl.gz and score.py (see the README there for
sources and licences; nothing else is learned from). Deterministic: the same data, code and
versions give the same file. Needs lightgbm, which cleaning itself does not.

First it prints what cleaning is worth on pages of sites that the model has not seen: pages are
dealt out by site, and each fold is cleaned, by the same clean() as ever, with forests that
learned from the other folds alone. The shipped forests learn from all pages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
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

from pipeline.ingest import line_model
from pipeline.ingest.blocks import Page, read_page
from pipeline.ingest.clean import clean
from pipeline.ingest.features import page_features
from pipeline.ingest.line_model import blend, headline_look, read_model, second_look
from pipeline.ingest.rules import MODEL_RULE, all_rules, rule_hits
from pipeline.ingest.subject import Subject, read_subject
from pipeline.ingest.trees import read_forest
from pipeline.records import SourceDocument

FOLDS = 4
SEED = 7
THRESHOLD, INSIDE_THRESHOLD = 0.5, 0.2
ARTICLE_THRESHOLD, ARTICLE_SHARE, HEADLINE_THRESHOLD = 0.15, 0.7, 0.05
LONG = 1500  # characters from which a longer line counts no more
#: How much a page of each kind counts, and how many of its noise lines are learned from.
KINDS = {
    "raw": (1.0, 130),
    "stress": (0.6, 100),
    "part": (0.5, 30),
    "bare": (0.4, 20),
    "mixed": (0.5, 60),
}
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
    subject: Subject
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
    subject = read_subject(page)
    rows = page_features(page, rule_hits(page), names, subject)
    label = np.array([bool(mark and mark["keep"]) for mark in found], int)
    weight = np.array([float(bool(mark) and not mark.get("optional")) for mark in found])
    headline = np.array([bool(mark) and mark.get("role") == "headline" for mark in found], int)
    sizes = np.array([line.size for line in page.lines], np.float64)
    made = Example(kind, group, rows, label, weight, headline, sizes, subject)
    made.fold = fold_of(group)
    return made


def fold_of(group: str) -> int:
    return int(hashlib.sha1(group.encode()).hexdigest(), 16) % FOLDS


def sites(raw: list[dict[str, Any]]) -> dict[str, str]:
    """Record id -> site of its page."""
    return {
        r["id"]: ".".join((urlsplit(r["url"]).hostname or r["id"]).split(".")[-2:]) for r in raw
    }


def group_of(record: dict[str, Any], site: dict[str, str]) -> str:
    """The site of a record, or of the page that it was made from."""
    base = str(record.get("base", record["id"]))
    return site.get(base, base)


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


def body_range(record: dict[str, Any]) -> tuple[int, int]:
    """First and last line of the article, the headline included; the whole page if none is kept."""
    order = [mark["i"] for mark in record["lines"]]
    kept = [mark["i"] for mark in record["lines"] if mark["keep"]] or order
    return kept[0], kept[-1]


def transplanted(
    record: dict[str, Any], frame: dict[str, Any]
) -> tuple[str, dict[int, dict[str, Any]]]:
    """The article of one page between what stands above and below the article of another."""
    low, high = body_range(record)
    first, last = body_range(frame)
    lines: list[str] = []
    marks: dict[int, Any] = {}
    for page, start, end in (
        (frame, 0, first),
        (record, low, high + 1),
        (frame, last + 1, len(frame["raw_text"])),
    ):
        labels = {mark["i"]: mark for mark in page["lines"]}
        for i, text in enumerate(page["raw_text"].split("\n")[start:end], start):
            if i in labels:
                marks[len(lines)] = labels[i]
            lines.append(text)
    return "\n".join(lines), marks


def partner(record: dict[str, Any], raw: list[dict[str, Any]], site: dict[str, str]) -> Any:
    """A page of another site in the same fold, dumped the same way."""
    fold = fold_of(site[record["id"]])
    others = [
        other
        for other in raw
        if other["style"] == record["style"]
        and site[other["id"]] != site[record["id"]]
        and fold_of(site[other["id"]]) == fold
    ]
    return random.Random(record["id"]).choice(others or [record])


def examples(bench: Path) -> list[Example]:
    raw, stress = read(bench / "raw.jsonl.gz"), read(bench / "stress.jsonl.gz")
    site = sites(raw)
    rng = random.Random(SEED)
    out: list[Example] = []
    for kind, records in (("raw", raw), ("stress", stress)):
        for record in records:
            marks = {mark["i"]: mark for mark in record["lines"]}
            out.append(example(record["raw_text"], marks, kind, group_of(record, site)))
    for kind in ("part", "bare"):
        out += [example(*cut_down(r, kind, rng), kind, site[r["id"]]) for r in raw]
    out += [example(*transplanted(r, partner(r, raw, site)), "mixed", site[r["id"]]) for r in raw]
    return [e for e in out if len(e.sizes)]


def sample(page: Example, rng: np.random.Generator) -> Any:
    """Weights of the page's lines: long lists of noise are thinned out, the rest made up for it."""
    share, most = KINDS[page.kind]
    noise = page.label == 0
    q = min(1.0, most / max(1, noise.sum()))
    q_body = 1.0 if page.kind in ("raw", "stress") else 0.35
    drawn = rng.random(len(noise))
    long = np.sqrt(np.minimum(page.sizes, LONG))
    size = 0.5 + 0.5 * long / long.mean()
    thinned = size * np.where(noise, (drawn < q) / q, (drawn < q_body) / q_body)
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
        400,
        num_leaves=22,
        learning_rate=0.06,
        feature_fraction=0.25,
        min_data_in_leaf=25,
        max_depth=7,
    )


def fit_second(pages: list[Example]) -> Any:
    rng = np.random.default_rng(SEED)
    weight = np.concatenate([sample(page, rng) for page in pages])
    rows, label = stack(pages, "second"), stack(pages, "label")
    return fit(
        rows,
        label,
        weight,
        100,
        num_leaves=10,
        learning_rate=0.06,
        feature_fraction=0.5,
        min_data_in_leaf=100,
        max_depth=5,
        lambda_l2=20.0,
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
        page.second = second_look(page.rows, page.first_probability, page.sizes, page.subject)


def look_for_headline(pages: list[Example], second: Any) -> None:
    for page in pages:
        probability = second.predict(page.second, num_threads=1).astype(np.float32)
        page.probability = blend(page.first_probability, probability)
        page.third = headline_look(
            page.rows, page.probability, page.sizes, page.subject, len(rule_names())
        )
        page.top = len(page.third)


def cross_validate(pages: list[Example]) -> list[dict[str, Any]]:
    """Gives every page the opinions of forests that have seen no page of its site.

    Returns:
        For each fold the weights of its forests, in the form of line_model.json.
    """
    made: list[dict[str, Any]] = [{} for _ in range(FOLDS)]
    for name, train, looks in (
        ("first", fit_first, look_twice),
        ("second", fit_second, look_for_headline),
        ("headline", fit_headline, None),
    ):
        for fold in range(FOLDS):
            model = train([page for page in pages if page.fold != fold])
            made[fold][name] = as_json(model)
            if looks:
                looks([page for page in pages if page.fold == fold], model)
            print(f"{name} without fold {fold}: done", file=sys.stderr, flush=True)
    return [weights(**forests) for forests in made]


def measure(bench: Path, folds: list[dict[str, Any]]) -> None:
    """Prints the figures of clean() on every page, with the forests that do not know its site."""
    spec = importlib.util.spec_from_file_location("bench_score", bench / "score.py")
    assert spec and spec.loader, "the bench has no score.py"
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    raw, stress = read(bench / "raw.jsonl.gz"), read(bench / "stress.jsonl.gz")
    site = sites(raw)
    texts: dict[str, str] = {}
    shipped = line_model.load_model
    try:
        for number, forests in enumerate(folds):
            model = read_model(forests)
            line_model.load_model = lambda model=model: model
            for record in raw + stress:
                if fold_of(group_of(record, site)) == number:
                    source = SourceDocument(record["id"], "", record["raw_text"], "", "txt")
                    texts[record["id"]] = clean(source).text
    finally:
        line_model.load_model = shipped
    kinds = {
        "raw": raw,
        "author blocks": [r for r in stress if r["kind"] == "noise"],
        "look-alikes": [r for r in stress if r["kind"] == "negative"],
    }
    for kind, records in kinds.items():
        found = score.summary(score.score_docs(records, texts))
        keep, shingle = found["lines"]["keep"], found["shingle"]
        print(
            f"{kind} ({len(records)}): shingle F1 {shingle['f1']:.4f}"
            f" (P {shingle['precision']:.4f} R {shingle['recall']:.4f}),"
            f" keep F1 {keep['f1']:.4f} (P {keep['precision']:.4f} R {keep['recall']:.4f}),"
            f" no body line lost {found['docs_body_intact']}, perfect {found['docs_perfect']},"
            f" word for word {found['accuracy']:.3f}, headline kept {found['headline_kept']:.3f}"
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


def weights(
    first: list[dict[str, Any]], second: list[dict[str, Any]], headline: list[dict[str, Any]]
) -> dict[str, Any]:
    """The content of line_model.json."""
    return {
        "about": CREDIT,
        "rules": rule_names(),
        "threshold": THRESHOLD,
        "inside_threshold": INSIDE_THRESHOLD,
        "article_threshold": ARTICLE_THRESHOLD,
        "article_share": ARTICLE_SHARE,
        "headline_threshold": HEADLINE_THRESHOLD,
        "first": first,
        "second": second,
        "headline": headline,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pipeline/ingest/line_model.json"))
    options = parser.parse_args()
    pages = examples(options.bench)
    folds = cross_validate(pages)
    measure(options.bench, folds)
    # The later forests learn from opinions of models that did not know the page.
    first = fit_first(pages)
    made = weights(as_json(first), as_json(fit_second(pages)), as_json(fit_headline(pages)))
    check = read_forest(made["first"]).probability(pages[0].rows)
    wrong = np.abs(check - first.predict(pages[0].rows)).max()
    print(f"largest difference between the written and the trained forest: {wrong:.5f}")
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    # One tree a line: a diff of two versions stays readable.
    options.out.write_text(text.replace('},{"feature"', '},\n{"feature"') + "\n", "utf-8")
    print(f"written: {options.out}")


if __name__ == "__main__":
    main()
