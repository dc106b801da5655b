"""What the parse adds: counts with their noun, and durations that are no dates."""

import pytest
from spacy.language import Language

from pipeline.records import Figure


def figures(nlp: Language, text: str) -> list[Figure]:
    return list(nlp(text)._.figures)


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        pytest.param(
            "The council has 90 member states.", "90", "member states", id="compound-noun"
        ),
        pytest.param("They signed two new agreements.", "two", "agreements", id="adjective"),
        pytest.param("Seven were killed in the fire.", "Seven", "people", id="people-killed"),
        pytest.param("The yard builds 15 a year.", "15", "", id="rate-without-noun"),
    ],
)
def test_count(nlp: Language, text: str, words: str, unit: str) -> None:
    (figure,) = figures(nlp, text)
    assert (figure.span.of(text), figure.kind, figure.unit) == (words, "count", unit)


def test_second_count_takes_the_first_noun(nlp: Language) -> None:
    found = figures(nlp, "The storm killed 40 people in Lima and 10 in Quito.")
    assert [(int(f.amount or 0), f.unit) for f in found] == [(40, "people"), (10, "people")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("One of the men spoke.", id="one-of"),
        pytest.param("No one spoke.", id="no-one"),
        pytest.param("The Treasury sold 2054 gilts.", id="the-year-of-bonds"),
        pytest.param("He owes the taxman six figures.", id="six-figures"),
        pytest.param("The library burned in 47 or 48 BC.", id="years-of-an-era"),
        pytest.param("She flew in a Boeing 747 to Rome.", id="name"),
    ],
)
def test_no_count(nlp: Language, text: str) -> None:
    assert figures(nlp, text) == []


def test_all_kinds_in_order(nlp: Language) -> None:
    text = "It paid $5m for 12 planes, 20 percent of which fly 90 miles."
    found = figures(nlp, text)
    assert [f.kind for f in found] == ["money", "count", "percent", "measure"]


def test_a_measure_with_a_rate_is_kept_beside_its_date(nlp: Language) -> None:
    doc = nlp("The well yields 2,000 barrels a day, and closed two weeks ago.")
    (figure,) = doc._.figures
    assert (figure.span.of(doc.text), figure.unit) == ("2,000 barrels a day", "barrels per day")
