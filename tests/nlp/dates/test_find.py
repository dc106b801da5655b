"""Table tests of find_dates: words in, TIMEX3 value out."""

from __future__ import annotations

import pytest

from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2021-11-05"  # a Friday

ABSOLUTE = [
    pytest.param("It opened on 5 November 2021.", "2021-11-05", id="day-first"),
    pytest.param("It opened on Nov. 5, 2021.", "2021-11-05", id="month-first"),
    pytest.param("It opened in November 2021.", "2021-11", id="month-year"),
    pytest.param("It opened in 1979.", "1979", id="year"),
    pytest.param("Music of the 1960s.", "196", id="decade"),
    pytest.param("It was built in the 19th century.", "18", id="century"),
]


@pytest.mark.parametrize(("text", "value"), ABSOLUTE)
def test_absolute(text: str, value: str) -> None:
    assert [mention.value for mention in find_dates(text, PUBLISHED)] == [value]
