"""Words that only a heading's capitals make look like names."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from pipeline.nlp.entities.headings import drop_heading_words, heading_lines
from pipeline.nlp.entities.names import Name

NLP = English()
BODY = "The regional dynamics of trade raise concerns, and media follow them. Ibex Holdings grew."


def doc_of(heading: str) -> Doc:
    return NLP(f"{heading}\n{BODY}")


@pytest.mark.parametrize(
    ("heading", "name", "label", "stays"),
    [
        pytest.param("Regional Dynamics And Trade", "Regional Dynamics", "ORG", False, id="words"),
        pytest.param("Growing Concerns About Ibex", "Growing Concerns", "GPE", False, id="one"),
        pytest.param("Media Raise Their Concerns In Peru", "Peru", "GPE", True, id="country"),
        pytest.param("Trade Ministry Raises Its Dues", "Trade Ministry", "ORG", True, id="body"),
        pytest.param(
            "Concerns About Media Rise With Ivy Media", "Ivy Media", "PERSON", True, id="person"
        ),
        pytest.param(
            "Ibex Trade Grows Too Fast", "Zorblatt Quux", "ORG", True, id="no_common_word"
        ),
    ],
)
def test_names_in_headings(heading: str, name: str, label: str, stays: bool) -> None:
    doc = doc_of(heading if name in heading else f"{name} {heading}")
    span = doc.char_span(doc.text.index(name), doc.text.index(name) + len(name))
    assert span is not None
    kept = drop_heading_words(doc, [Name(span.start, span.end, label, "")])
    assert bool(kept) is stays


def test_a_name_of_the_body_stays_in_the_heading() -> None:
    doc = doc_of("Ibex Holdings Raises Trade Concerns")
    names = [Name(0, 2, "ORG", "")]
    start = next(token.i for token in doc if token.i > 5 and token.text == "Ibex")
    names.append(Name(start, start + 2, "ORG", ""))
    assert drop_heading_words(doc, names) == names


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Ibex Holdings grew again last year", id="sentence_case"),
        pytest.param("Ibex Holdings Grew Again Last Year.", id="full_stop"),
        pytest.param("Ibex Grew", id="too_short"),
    ],
)
def test_no_heading(line: str) -> None:
    assert heading_lines(NLP(line)) == []
