"""A day of the story that the text does not name stays open; a count is no year."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.nlp.analyse import Input, as_doc


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("The trial failed. They stopped it the next day.", ["XXXX-XX-XX"], id="past"),
        pytest.param(
            "He quit on 3 March 2020. The next day, shares fell.",
            ["2020-03-03", "2020-03-04"],
            id="named-day-before",
        ),
        pytest.param("A survey of 1709 pupils was made.", [], id="count"),
        pytest.param("She won the 2008 elections.", ["2008"], id="year-with-determiner"),
    ],
)
def test_values(nlp: Language, text: str, values: list[str]) -> None:
    doc = nlp(as_doc(nlp, Input(text, "2021-05-03")))
    assert [date.value for date in doc._.dates] == values
