"""A text may begin and end anywhere: a headline, a caption, a page that was cut."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time

import pytest
from spacy.language import Language

from pipeline.nlp.analyse import Input, as_doc, read_doc
from pipeline.nlp.attribution.colon import is_sentence
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


@pytest.mark.parametrize("run", ["=" * 3000, '"' * 3000, "$ " * 700 + "$" * 1001, "😀" * 501])
def test_a_run_of_signs_is_cut_for_the_tokenizer(nlp: Language, run: str) -> None:
    text = f"Sales rose to $5 million.\n{run}\nCosts fell by 3%."
    doc = as_doc(nlp, Input(text, "2021-03-04"))
    assert doc.text == text
    assert doc._.published == "2021-03-04"
    tail = [token.text for token in nlp.make_doc("\nCosts fell by 3%.")]
    assert [token.text for token in doc][-len(tail) :] == tail


def test_a_long_line_without_a_stop_costs_no_more_than_its_length(nlp: Language) -> None:
    line = "Smith: " + "we sold more, " * 20_000
    began = process_time()
    assert not is_sentence(line)
    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("We sold more than that.", True),
        ("WE SOLD MORE", False),
        ("We sold more than that.”) ", True),
        ("We sold more than that", False),
        ("We did.", False),
        ("", False),
    ],
)
def test_a_line_is_a_sentence_by_its_stop(line: str, expected: bool) -> None:
    assert is_sentence(line) is expected
