"""Properties of find_dates on any input, and the arithmetic of values."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.nlp.dates.find import find_dates
from pipeline.nlp.dates.values import bounds, granularity_of

PIECES = """
hundred thousand billion billion million 9999999999999999999999 half a years days ago week month of
12-13 2020/21 30 31 February 00 0 24:00 1/2 first twenty third until now today yesterday night at
fiscal Q3 '82 the 18th 3-Aug-2019 05/06 BC AD 9999 0001 year-earlier period same weekend Sunday
the last next two few May march 2021 1999-2005 12-13 Friday early mid - , . of in to from between
and ago later quarter year 3/4/21 9:30 p.m. century 1960s Christmas every now
"""
WORDS = st.sampled_from([*PIECES.split(), "\n"])


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_mentions_are_ordered_and_inside_the_text(text: str) -> None:
    for published in ("2021-11-05", "2021", ""):
        end = 0
        for mention in find_dates(text, published):
            assert end <= mention.span.start < mention.span.end <= len(text)
            assert mention.value
            end = mention.span.end


@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)))
@settings(deadline=None)  # dateparser loads its languages at the first date
def test_written_day_reads_back(day: date) -> None:
    (mention,) = find_dates(f"It was on {day.day} {day:%B} {day.year:04d}.", "2021-11-05")
    assert (mention.value, mention.start, mention.end) == (day.isoformat(),) * 3


@given(st.dates(date(1000, 1, 1), date(2199, 12, 31)))
def test_a_day_lies_inside_its_week_and_quarter(day: date) -> None:
    year, week, _ = day.isocalendar()
    first, last = bounds(f"{year:04d}-W{week:02d}")
    assert first <= day.isoformat() <= last
    first, last = bounds(f"{day.year:04d}-Q{(day.month + 2) // 3}")
    assert first <= day.isoformat()[:7] <= last


@pytest.mark.parametrize(
    ("value", "granularity"),
    [
        ("2021-11-05", "day"),
        ("2021-11", "month"),
        ("2021", "year"),
        ("196", "decade"),
        ("19", "century"),
        ("2021-Q3", "quarter"),
        ("2021-H1", "half"),
        ("2021-SU", "season"),
        ("2021-W12", "week"),
        ("2021-W12-WE", "weekend"),
        ("2021-11-05TMO", "time"),
        ("XXXX-07-11", "day"),
        ("PAST_REF", ""),
    ],
)
def test_granularity(value: str, granularity: str) -> None:
    assert granularity_of(value) == granularity


@pytest.mark.parametrize(
    "unit",
    ["1", "1/", "12-", "12:", "1.", "two and ", "the last ", "early ", "twenty ", "\n", "'", "a "],
)
def test_hostile_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        find_dates(text, "2021-11-05")
        return time.process_time() - start

    assert seconds(80_000) < 8 * seconds(20_000) + 0.5


def test_many_dates_in_one_text() -> None:
    assert len(find_dates("May 5. " * 5000, "2021-11-05")) == 5000


def test_number_of_ten_thousand_digits() -> None:
    assert find_dates("1" * 10_000 + " and " + "2021" * 3_000, "2021-11-05") == []


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("On 5 November 2021 it rained. ", id="dates"),
        pytest.param("1/2/", id="slashes"),
        pytest.param("from 1990 to ", id="open-ranges"),
        pytest.param("(1990 (1991 ", id="nested"),
        pytest.param("٥ نوفمبر ٢٠٢١ ", id="arabic-indic"),
        pytest.param("two days after ", id="offsets"),
        pytest.param("Ramadan New Year ", id="named-days"),
        pytest.param("Friday and ", id="weekdays"),
        pytest.param("the week of ", id="weeks"),
    ],
)
def test_time_grows_with_the_text_alone(words: str) -> None:
    """Four times the text takes about four times as long; eight leave room for a busy machine."""
    times = []
    for size in (25_000, 100_000):
        text = (words * (size // len(words) + 1))[:size]
        begin = time.process_time()
        find_dates(text, "2021-11-05")
        times.append(time.process_time() - begin)
    assert times[1] < 8 * times[0] + 0.5
