"""The cue words: read, checked, extended."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.nlp.attribution.component import QuoteFinder
from pipeline.nlp.attribution.lexicon import build_lexicon, lexicon, source_words


def test_shipped_words_are_lower_case_and_classed() -> None:
    words = lexicon()
    assert words.verbs["say"]["clause"] == "speech"
    assert words.verbs["deny"]["clause"] == "denial"
    assert words.phrases["according to"] == "speech"
    for table in (words.verbs, words.adjectives, words.nouns, words.adverbs, words.phrases):
        assert all(word == word.lower() and word.strip() == word for word in table)
    assert source_words().outlet


def test_first_class_of_a_frame_stays() -> None:
    rows: list[dict[str, object]] = [
        {"class": "speech", "frames": ["clause"], "lemmas": ["reckon"]},
        {"class": "belief", "frames": ["clause", "wh"], "lemmas": ["reckon"]},
    ]
    assert build_lexicon({"verb": rows}).verbs == {"reckon": {"clause": "speech", "wh": "belief"}}


def test_broken_row_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="lemmas must be a list"):
        build_lexicon({"noun": [{"class": "speech", "lemmas": "claim"}]})


def test_own_words_extend_the_finder(nlp: Language) -> None:
    rows: list[dict[str, object]] = [{"class": "speech", "frames": ["clause"], "lemmas": ["fall"]}]
    doc = nlp.make_doc("The board said that output fell.")
    for name, pipe in nlp.pipeline:
        if name not in ("pipeline_attribution", "pipeline_claims"):
            doc = pipe(doc)
    assert QuoteFinder(build_lexicon({"verb": rows}))(doc)._.quotes == ()
    assert len(QuoteFinder()(doc)._.quotes) == 1
