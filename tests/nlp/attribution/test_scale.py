"""Many quotations, cues and marks: the work grows with the text, not with its square."""

from __future__ import annotations

import time

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.nlp.attribution.component import QuoteFinder
from pipeline.nlp.extensions import register

TAGS = {"said": ("VBD", "VERB"), ",": (",", "PUNCT"), "“": ("``", "PUNCT"), "”": ("''", "PUNCT")}


def parsed(words: list[str], sentence: int) -> Doc:
    """A doc with a made-up parse: every token hangs on the first one of its sentence."""
    first = [i // sentence * sentence for i in range(len(words))]
    tags = [TAGS.get(word, ("NNP", "PROPN")) for word in words]
    return Doc(
        spacy.blank("en").vocab,
        words=words,
        heads=first,
        deps=["ROOT" if i == head else "dep" for i, head in enumerate(first)],
        sent_starts=[i == head for i, head in enumerate(first)],
        tags=[tag for tag, _ in tags],
        pos=[pos for _, pos in tags],
        lemmas=["say" if word == "said" else word for word in words],
    )


@pytest.mark.parametrize(
    ("unit", "sentence", "found"),
    [
        pytest.param(["“", "We", "won", "it", ",", "”", "Lee", "said", "."], 9, True, id="quotes"),
        pytest.param(["“", "We", "won", "it", ",", "”", "Lee", "said", "."], 900, True, id="long"),
        pytest.param(["“", "Nobody", "saw", "it", "coming", ".", "”"], 7, False, id="floating"),
        pytest.param(["said"], 25, False, id="cues"),
        pytest.param(['"'], 25, False, id="marks"),
        pytest.param(['"'], 30_000, False, id="one-sentence"),
        pytest.param(["“", "Lee", "said", "\n"], 4, False, id="unclosed"),
    ],
)
def test_grows_with_the_text(unit: list[str], sentence: int, found: bool) -> None:
    register()
    doc = parsed(unit * (30_000 // len(unit)), sentence)
    began = time.perf_counter()
    QuoteFinder()(doc)
    assert time.perf_counter() - began < 15
    if found:
        assert len(doc._.quotes) > 1000
