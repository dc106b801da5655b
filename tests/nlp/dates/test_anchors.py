"""What relative dates hang on: publication, the text, an estimate, or nothing."""

from __future__ import annotations

import pytest

from pipeline.nlp.dates.find import find_dates


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(
            "She left in March 2019. A month later he followed. That same year they met.",
            ["2019-03", "2019-04", "2019"],
            id="month-later",
        ),
        pytest.param(
            "It began on 5 May 2018 and ended two days later.",
            ["2018-05-05", "2018-05-07"],
            id="days-later",
        ),
        pytest.param(
            "It won in 2014, up from the year before.", ["2014", "2013"], id="the-year-before"
        ),
        pytest.param(
            "Profit rose in the third quarter of 2021 from the year-earlier quarter.",
            ["2021-Q3", "2020-Q3"],
            id="year-earlier-quarter",
        ),
    ],
)
def test_date_last_spoken_of(text: str, values: list[str]) -> None:
    found = find_dates(text, "2021-11-05")
    assert [mention.value for mention in found] == values
    assert all(mention.anchor == "text" for mention in found[1:])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("The vote was on July 11.", "XXXX-07-11", id="day"),
        pytest.param("He spoke on Tuesday.", "XXXX-WXX-2", id="weekday"),
        pytest.param("He spoke in July.", "XXXX-07", id="month"),
        pytest.param("The vote was on July 11 this year.", "XXXX-07-11", id="day-this-year"),
        pytest.param("He spoke last year.", "XXXX", id="year"),
        pytest.param("He spoke today.", "XXXX-XX-XX", id="today"),
        pytest.param("They met at Christmas.", "XXXX-12-25", id="christmas"),
    ],
)
def test_without_publication_nothing_is_guessed(text: str, value: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.value, mention.start, mention.end) == (value, "", "")
    assert "unresolved_date" in mention.flags


def test_latest_full_date_gives_an_estimate_of_the_year() -> None:
    found = find_dates("It was signed on 5 May 2018. In July it took effect.")
    assert (found[1].value, found[1].anchor) == ("2018-07", "estimate")
    assert "anchored_on_estimate" in found[1].flags


def test_estimate_never_gives_a_day() -> None:
    found = find_dates("It was signed on 5 May 2018. He spoke yesterday.")
    assert found[1].value == "XXXX-XX-XX"


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        pytest.param("2021-11", "He spoke yesterday.", "2021-11", id="month-yesterday"),
        pytest.param("2021-11", "He spoke last month.", "2021-10", id="month-last-month"),
        pytest.param("2021", "He spoke last year.", "2020", id="year-last-year"),
        pytest.param("2021", "He spoke last month.", "2021", id="year-last-month"),
    ],
)
def test_no_more_precision_than_the_anchor(published: str, text: str, value: str) -> None:
    (mention,) = find_dates(text, published)
    assert mention.value == value


def test_history_hangs_on_its_own_story() -> None:
    text = (
        "The league was founded in 1902 and dissolved in 1911. In May 1904 it met in Riga."
        " In 1905 it split. On June 3 the council resigned. By 1907 little was left."
    )
    values = {mention.span.of(text): mention for mention in find_dates(text, "2021-11-05")}
    assert values["June 3"].value == "1905-06-03"
    assert values["June 3"].flags == ("anchored_on_text",)


@pytest.mark.parametrize("published", ["", "garbage", "2021-13-45", "0000-00-00"])
def test_unreadable_publication_counts_as_unknown(published: str) -> None:
    (mention,) = find_dates("He spoke on Tuesday.", published)
    assert mention.value == "XXXX-WXX-2"


def test_given_tense_decides() -> None:
    text = "Talks on July 11."
    assert find_dates(text, "2021-09-01", lambda _: "future")[0].value == "2022-07-11"
    assert find_dates(text, "2021-09-01", lambda _: "past")[0].value == "2021-07-11"


def test_history_is_not_moved_by_a_look_ahead() -> None:
    text = (
        "The league was founded in 1902 and grew until 1911. In May 1904 it met in Riga,"
        " a quarrel that lasted until the spring of 1906 or May 1907. By early June it had split."
        " In 1905 it met again and in 1908 it closed."
    )
    values = {mention.span.of(text): mention.value for mention in find_dates(text, "2021-11-05")}
    assert values["early June"] == "1904-06"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("It ended two days after Christmas 2019.", "2019-12-27", id="after-holiday"),
        pytest.param("It ended two weeks before May 13, 1999.", "1999-04-29", id="before-day"),
        pytest.param("It opens a week from Friday.", "2021-11-12", id="from-weekday"),
        pytest.param("It opens three weeks from tomorrow.", "2021-11-27", id="from-tomorrow"),
        pytest.param("It opens Monday two weeks from now.", "2021-11-15", id="weekday-in-week"),
        pytest.param("It ended two years after March 3, 2010.", "2012", id="years-stay-years"),
    ],
)
def test_counted_from_a_named_date(text: str, value: str) -> None:
    (mention,) = find_dates(text, "2021-11-05")
    assert mention.value == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(
            "Five trading days after May 3, 2020 it fell.", ["P5D", "2020-05-03"], id="trading-days"
        ),
        pytest.param(
            "It lasted 64 days from May 3, 2020 to July 5, 2020.",
            ["P64D", "2020-05-03/2020-07-05"],
            id="length-of-a-range",
        ),
        pytest.param("He quit two days after the vote.", ["P2D"], id="event"),
        pytest.param("They met two days before May 2020.", ["P2D", "2020-05"], id="month"),
    ],
)
def test_not_counted_from_a_date(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_dates(text, "2021-11-05")] == values


def test_a_week_gives_no_day_to_a_clock_time() -> None:
    week, clock = find_dates("They meet this week, at 7:00 a.m.", "2021-11-05")
    assert (week.value, clock.value) == ("2021-W44", "T07:00")


WIRE = [
    pytest.param("PARIS, March 3 (AP) - ", "2021-03-02", id="agency"),
    pytest.param("LYON, France (AFP), 3 March - ", "2021-03-02", id="state-and-agency"),
    pytest.param("The plan of March 3 (the second) held. ", "XXXX-WXX-2", id="no-dateline"),
    pytest.param("Paris met, March 3 (AP) - ", "XXXX-WXX-2", id="no-place"),
]


@pytest.mark.parametrize(("head", "value"), WIRE)
def test_a_wire_dateline_without_a_year_is_an_estimate(head: str, value: str) -> None:
    text = f"{head}The report of 5 November 2020 came late, she said on Tuesday."
    last = find_dates(text)[-1]
    assert last.value == value
    assert ("anchored_on_estimate" in last.flags) is (value[0] != "X")


def test_a_weekday_that_ends_a_sentence_is_alone() -> None:
    found = find_dates("She said so on Tuesday. On July 11 he left.", "2021-11-05")
    assert [mention.value for mention in found] == ["2021-11-02", "2021-07-11"]
