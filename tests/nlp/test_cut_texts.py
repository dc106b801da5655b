"""A text may begin and end anywhere: a headline, a caption, a page that was cut."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline.nlp.analyse import Input, as_doc, read_doc
from pipeline.nlp.dates.find import find_dates

STANCES = tomllib.loads((Path(__file__).parent / "claims" / "stances.toml").read_text("utf-8"))
SENTENCES = sorted({case["text"] for cases in STANCES.values() for case in cases})[::4]


def cuts(text: str) -> list[str]:
    words = text.split(" ")
    ends = [" ".join(words[:end]).rstrip(".,;:") for end in range(2, len(words) + 1)]
    return ends + [" ".join(words[begin:]) for begin in range(1, len(words) - 1)]


def test_a_text_may_be_cut_anywhere(nlp: Language) -> None:
    texts = [cut for text in SENTENCES for cut in cuts(text)]
    assert len(texts) > 500
    for text in texts:
        found = read_doc(nlp(as_doc(nlp, Input(text, "2021-03-04"))))
        spans = [span for claim in found.claims for span in (*claim.spans, *claim.source)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans), text


@pytest.mark.parametrize(
    "text", ["Anton Behr denied that", "The bank denied this", "She has confirmed it"]
)
def test_what_points_back_may_be_the_last_word(nlp: Language, text: str) -> None:
    assert read_doc(nlp(as_doc(nlp, Input(text, "")))).sentences


@pytest.mark.parametrize("words", ["A survey of", "before the", "since the second", "by the"])
def test_a_date_may_be_the_last_word(words: str) -> None:
    (date,) = find_dates(f"{words} 1709", "2021-03-04")
    assert date.value == "1709"
