"""Dates of lists and headers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.metadata.dates import DateProblem, is_future, parse_date


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2021", "2021"),
        ("2021-11", "2021-11"),
        ("2021-11-05", "2021-11-05"),
        ("2021/11/5", "2021-11-05"),
        ("20211105", "2021-11-05"),
        ("2021-11-05T10:30:00Z", "2021-11-05"),
        ("2021-11-05T10:30:00.000+01:00", "2021-11-05"),
        ("2021-11-05 10:30", "2021-11-05"),
        ("5 March 2021", "2021-03-05"),
        ("5th of March, 2021", "2021-03-05"),
        ("March 5, 2021", "2021-03-05"),
        ("Mar. 5, 2021, 4:30 p.m. ET", "2021-03-05"),
        ("Friday, March 5, 2021", "2021-03-05"),
        ("Fri, 05 Mar 2021 10:00:00 +0000", "2021-03-05"),
        ("05-Mar-2021", "2021-03-05"),
        ("March 2021", "2021-03"),
        ("Sept 2021", "2021-09"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("05/05/2021", "2021-05-05"),
    ],
)
def test_dates_at_their_own_precision(words: str, value: str) -> None:
    assert parse_date(words) == value


@pytest.mark.parametrize(
    ("words", "order", "value"),
    [
        ("03/04/2021", "DMY", "2021-04-03"),
        ("03/04/2021", "MDY", "2021-03-04"),
        ("3.4.21", "DMY", "2021-04-03"),
        ("21-04-03", "YMD", "2021-04-03"),
    ],
)
def test_the_order_given_decides(words: str, order: str, value: str) -> None:
    assert parse_date(words, order) == value


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("03/04/2021", "ambiguous"),
        ("25/12/21", "ambiguous"),
        ("2021-02-30", "no day of the calendar"),
        ("31/31/2021", "no day of the calendar"),
        ("yesterday", "is not a date"),
        ("5 March", "is not a date"),
        ("12", "is not a date"),
        ("The bridge opened on 5 March 2021", "is not a date"),
        ("x" * 500, "too long"),
    ],
)
def test_what_is_no_date_says_why(words: str, problem: str) -> None:
    parsed = parse_date(words)
    assert isinstance(parsed, DateProblem)
    assert problem in parsed.problem


@given(st.text(max_size=60))
def test_any_words_are_a_date_or_a_problem(words: str) -> None:
    assert isinstance(parse_date(words), (str, DateProblem))


@given(st.dates())
def test_iso_dates_are_themselves(day: date) -> None:
    assert parse_date(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    ("value", "future"),
    [("2021-11-05", False), ("2021-11-06", True), ("2021-11", False), ("2021-12", True),
     ("2021", False), ("2022", True)],
)  # fmt: skip
def test_future_is_judged_at_the_value_s_precision(value: str, future: bool) -> None:
    assert is_future(value, date(2021, 11, 5)) is future
