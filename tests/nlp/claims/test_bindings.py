"""Figures and dates go to the clause that they belong to: precision and recall of the links."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

CASES = tomllib.loads((Path(__file__).parent / "bindings.toml").read_text("utf-8"))["case"]
PRECISION, RECALL = 0.999, 0.98  # fall only by an explicit edit

Pair = tuple[str, str]


def links(nlp: Language, text: str) -> list[Pair]:
    """(words of the value, words of the row) of each link that was made."""
    doc = nlp.make_doc(text)
    doc._.published = "2012-06-15"
    doc = nlp(doc)
    found = []
    for claim in doc._.claims:
        dates = [doc._.dates[link.index].span for link in claim.dates]
        figures = [doc._.figures[link.index].span for link in claim.figures]
        found += [(span.of(text), claim.text) for span in dates + figures]
    return found


def is_same(gold: Pair, made: Pair) -> bool:
    """The value by overlap of its words, the row by the words that mark it."""
    value, row = made
    return (gold[0] in value or value in gold[0]) and gold[1] in row


def judge(nlp: Language, case: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    gold = [tuple(pair) for pair in case["pairs"] + case.get("also", [])]
    made = links(nlp, case["text"])
    for pair in gold:
        yield "recall", any(is_same(pair, link) for link in made)
    values = {pair[0] for pair in gold}
    for link in made:
        if any(value in link[0] or link[0] in value for value in values):
            yield "precision", any(is_same(pair, link) for pair in gold)


def test_links_are_right(nlp: Language) -> None:
    seen: dict[str, list[bool]] = {"precision": [], "recall": []}
    wrong = []
    for case in CASES:
        for figure, right in judge(nlp, case):
            seen[figure].append(right)
            if not right:
                wrong.append(f"{figure}: {case['text']} {links(nlp, case['text'])}")
    shares = {figure: sum(values) / len(values) for figure, values in seen.items()}
    assert len(seen["recall"]) >= 100
    assert shares["recall"] >= RECALL, "\n".join(wrong)
    assert shares["precision"] >= PRECISION, "\n".join(wrong)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["text"][:50]) for case in CASES if "roles" in case]
)
def test_roles(nlp: Language, case: dict[str, Any]) -> None:
    doc = nlp.make_doc(case["text"])
    doc._.published = "2012-06-15"
    doc = nlp(doc)
    found = {}
    for claim in doc._.claims:
        for records, linked in ((doc._.dates, claim.dates), (doc._.figures, claim.figures)):
            found.update({records[x.index].span.of(case["text"]): x.role for x in linked})
    assert {words: found.get(words) for words, _ in case["roles"]} == dict(case["roles"])


def test_the_new_sum_and_its_year_come_first(nlp: Language) -> None:
    text = "The fee rose from $40 in 2010 to $52 in 2011."
    doc = nlp(text)
    (claim,) = doc._.claims
    assert doc._.dates[claim.dates[0].index].span.of(text) == "2011"
    assert doc._.figures[claim.figures[0].index].span.of(text) == "$52"
