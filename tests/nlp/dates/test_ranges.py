"""Ranges of every form are one mention, with their ends as parts."""

from __future__ import annotations

import pytest

from pipeline.annotate import annotate
from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2021-11-05"


@pytest.mark.parametrize(
    ("text", "value", "start", "end"),
    [
        pytest.param("between 1997 and 2005", "1997/2005", "1997", "2005", id="between"),
        pytest.param("from 1997 to 2005", "1997/2005", "1997", "2005", id="from-to"),
        pytest.param("in 1997-2005", "1997/2005", "1997", "2005", id="hyphen"),
        pytest.param("in 2020/21", "2020/2021", "2020", "2021", id="slash"),
        pytest.param("in 1995-96", "1995/1996", "1995", "1996", id="two-digits"),
        pytest.param(
            "on 12-13 April 2020", "2020-04-12/2020-04-13", "2020-04-12", "2020-04-13", id="days"
        ),
        pytest.param(
            "on July 13 to 15, 2020", "2020-07-13/2020-07-15", "2020-07-13", "2020-07-15", id="to"
        ),
        pytest.param("May-August 1950", "1950-05/1950-08", "1950-05", "1950-08", id="months"),
        pytest.param(
            "from October to March 2020",
            "2019-10/2020-03",
            "2019-10",
            "2020-03",
            id="over-new-year",
        ),
        pytest.param(
            "from May to July last year", "2020-05/2020-07", "2020-05", "2020-07", id="last-year"
        ),
        pytest.param(
            "8 February 1700 – 17 March 1782",
            "1700-02-08/1782-03-17",
            "1700-02-08",
            "1782-03-17",
            id="life",
        ),
    ],
)
def test_range(text: str, value: str, start: str, end: str) -> None:
    (mention,) = find_dates(f"It was {text}.", PUBLISHED)
    assert (mention.value, mention.start, mention.end) == (value, start, end)
    assert "/".join(part.value for part in mention.parts) == value


def test_parts_read_back_their_own_words() -> None:
    text = "It ran from 5 May to 7 June 2020."
    (mention,) = find_dates(text, PUBLISHED)
    assert [part.span.of(text) for part in mention.parts] == ["5 May", "7 June 2020"]


@pytest.mark.parametrize("text", ["In 2010 and 2012 it rained.", "It fell Friday to 2005 points."])
def test_no_range(text: str) -> None:
    assert all("/" not in mention.value for mention in find_dates(text, PUBLISHED))


def test_clock_range_shares_day_and_half() -> None:
    (mention,) = find_dates("They met on Tuesday from 2:00 to 2:30 pm.", PUBLISHED)[-1:]
    assert mention.value.endswith("T14:00/2021-11-02T14:30")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("In May, June and July 2019.", ["2019-05", "2019-06", "2019-07"], id="list"),
        pytest.param("In December and January 2020.", ["2019-12", "2020-01"], id="new-year"),
        pytest.param("In the spring and summer of 1979.", ["1979-SP", "1979-SU"], id="seasons"),
        pytest.param("On April 24 and 25, 2020.", ["2020-04-24/2020-04-25"], id="day-pair"),
        pytest.param("On 18 and 19 June 2020.", ["2020-06-18/2020-06-19"], id="pair-first"),
        pytest.param("In 1890 – 91, he wrote it.", ["1890/1891"], id="spaced-years"),
        pytest.param("The collapse of 2008-9 hurt.", ["2008/2009"], id="one-digit"),
        pytest.param("Since the 2007-09 crisis it grew.", ["2007/2009"], id="no-month"),
    ],
)
def test_year_of_a_list(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_dates(text, PUBLISHED)] == values


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("On April 24 and 25 people fell ill.", id="count-behind"),
        pytest.param("On April 3 and 9 more came.", id="days-apart"),
        pytest.param("It sold 1890 – 24, he said.", id="no-later-year"),
    ],
)
def test_no_pair(text: str) -> None:
    assert not [m for m in find_dates(text, PUBLISHED) if "/" in m.value]


def test_annotate_without_a_model_tags_the_ends_apart() -> None:
    (row,) = annotate([{"id": "a", "text": "It ran from 1997 to 2005."}], ("dates",), None)
    assert [span["value"] for span in row["spans"]] == ["1997", "2005"]
