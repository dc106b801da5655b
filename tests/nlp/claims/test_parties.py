"""Who pays whom: precision and recall on labelled sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path

from spacy.language import Language

from pipeline.nlp.claims.facts import Facts
from pipeline.nlp.claims.parties import parties_of
from pipeline.nlp.claims.tree import read_tree

CASES = tomllib.loads((Path(__file__).parent / "parties.toml").read_text("utf-8"))["case"]
PRECISION, RECALL = 0.98, 0.9  # fall only by an explicit edit


def test_parties(nlp: Language) -> None:
    right = wrong = missed = 0
    for case in CASES:
        doc = nlp(case["text"])
        tree = read_tree(doc)
        facts = Facts(tree, doc._.dates, doc._.figures, doc._.mentions)
        sums = (f for f in facts.figures if doc._.figures[f.index].kind == "money")
        found = parties_of(tree, next(sums), facts.times)
        for want, noun in ((case["payer"], found.payer), (case["payee"], found.payee)):
            have = doc[noun].text if noun is not None else ""
            right += bool(have) and have == want
            wrong += bool(have) and have != want
            missed += bool(want) and have != want
    assert right / (right + wrong) >= PRECISION
    assert right / (right + missed) >= RECALL
