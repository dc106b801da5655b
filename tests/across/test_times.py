"""When two claims speak of: open ends, what is told loosely, and what is not dated at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.across.statement import Statement, When
from pipeline.across.times import compare_times, days_between, share_period

BARE: dict[str, Any] = dict.fromkeys(Statement.__struct_fields__)


def dated(*dates: When, published: str = "2020-03-02") -> Statement:
    """A claim of which only the dates matter."""
    return Statement(**BARE | {"dates": dates, "published": published})


def when(words: str, modifier: str = "") -> When:
    first, _, last = words.partition("/")
    return When(first, last or first, modifier)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(when("2016"), when("2016-07"), "agree", id="a-month-of-the-year"),
        pytest.param(when("2016"), when("2017"), "apart", id="two-years"),
        pytest.param(when("2016", "after"), when("2017"), "loose", id="after"),
        pytest.param(when("2016", "after"), when("2015"), "apart", id="not-after"),
        pytest.param(when("2015", "since"), when("2017"), "loose", id="since"),
        pytest.param(when("2015", "since"), when("2015"), "agree", id="since-its-beginning"),
        pytest.param(when("2015", "since"), when("2013", "since"), "apart", id="two-beginnings"),
        pytest.param(
            when("2013-01/2013-04", "since early"), when("2012"), "apart", id="since-early"
        ),
        pytest.param(
            when("2013-01/2013-04", "since early"), when("2013-09"), "loose", id="later-than-early"
        ),
        pytest.param(when("2013", "through late"), when("2014-02"), "apart", id="through-late"),
        pytest.param(when("2013", "from"), when("2012-02"), "apart", id="from"),
        pytest.param(when("2013-06", "by"), when("2013-05-04"), "loose", id="by"),
        pytest.param(when("2013", "until"), when("2014-01"), "apart", id="not-until"),
        pytest.param(when("1850", "about"), when("1852"), "loose", id="about"),
        pytest.param(when("1850", "about"), when("1850-06"), "agree", id="about-and-there"),
        pytest.param(when("1850", "about"), when("1920"), "apart", id="far-from-about"),
        pytest.param(when("2013-01/2013-04", "early"), when("2013-02"), "agree", id="early"),
        pytest.param(when("2013-01/2013-04", "early"), when("2013-11"), "apart", id="not-early"),
        pytest.param(when("1980/1989"), when("1987"), "agree", id="decade"),
        pytest.param(when("2013", "less_than"), when("1999"), "loose", id="unknown-side"),
        pytest.param(when("0001", "about"), when("9999"), "apart", id="ends-of-the-calendar"),
    ],
)
def test_two_dates(one: When, other: When, expected: str) -> None:
    assert compare_times(dated(one), dated(other)) == expected
    assert compare_times(dated(other), dated(one)) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        pytest.param(when("2014"), "far", id="years-ago"),
        pytest.param(when("2020-02-20"), "open", id="the-week-before"),
        pytest.param(when("2014", "since"), "open", id="since-then"),
        pytest.param(when("2020"), "open", id="this-year"),
        pytest.param(when("2031"), "far", id="years-ahead"),
    ],
)
def test_one_date(date: When, expected: str) -> None:
    assert compare_times(dated(date), dated()) == expected
    assert compare_times(dated(), dated(date, published="")) == expected
    assert compare_times(dated(date), dated(published="2020")) == "open"


def test_a_period_is_shared_with_its_side() -> None:
    assert share_period(dated(when("2019")), dated(when("2019"), when("2018")))
    assert not share_period(dated(when("2019")), dated(when("2019-04/2019-06")))
    assert not share_period(dated(when("2019", "since")), dated(when("2019")))


@given(st.text(max_size=12), st.text(max_size=12))
def test_days_between_any_words(one: str, other: str) -> None:
    gap = days_between(one, other)
    assert gap is None or gap == -(days_between(other, one) or 0)
