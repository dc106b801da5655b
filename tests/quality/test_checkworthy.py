"""The graded sentences can be read, and the shipped weights still rank them."""

from __future__ import annotations

import re
from pathlib import Path

from spacy.language import Language

from pipeline.nlp.claims.checkworthy import check_worthiness

LINES = (Path(__file__).parent / "checkworthy.txt").read_text("utf-8").splitlines()
GRADED = [line for line in LINES if not line.startswith("#")]
SAMPLE = 8  # every eighth: a few seconds


def test_every_line_has_a_grade_and_none_stands_twice() -> None:
    assert [line for line in GRADED if not re.fullmatch(r"[0-3]\|\S.*\S", line)] == []
    assert len({line[2:] for line in GRADED}) == len(GRADED)


def test_upper_grades_score_higher(nlp: Language) -> None:
    sample = GRADED[::SAMPLE]
    scores = [check_worthiness(doc) for doc in nlp.pipe(line[2:] for line in sample)]
    worth = [line[0] in "23" for line in sample]
    right = [(score >= 0.5) == wanted for score, wanted in zip(scores, worth, strict=True)]
    assert sum(right) / len(right) > 0.85
