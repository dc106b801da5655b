"""Periods that a text compares with others, and dates counted from a named day."""

import pytest

from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2021-11-05"  # a Friday


def readings(text: str, published: str = PUBLISHED) -> list[tuple[str, str]]:
    """The words and the value of every mention."""
    return [(m.span.of(text), m.value) for m in find_dates(text, published)]


COMPARED = [
    pytest.param(
        "In October exports grew. They fell in the same month a year ago.",
        ("the same month a year ago", "2020-10"),
        id="same-month-a-year-ago",
    ),
    pytest.param(
        "In the third quarter profit rose. In the quarter a year earlier it fell.",
        ("the quarter a year earlier", "2020-Q3"),
        id="quarter-a-year-earlier",
    ),
    pytest.param(
        "In August rents rose. They fell in the quarter a year earlier.",
        ("the quarter a year earlier", "2020-Q3"),
        id="quarter-of-the-month-spoken-of",
    ),
    pytest.param(
        "In the quarter ended Sept. 30 the mill earned more. A year earlier it lost money.",
        ("A year earlier", "2020-Q3"),
        id="after-a-quarter-that-ended",
    ),
    pytest.param(
        "They left the week before last.", ("the week before last", "2021-W42"), id="week"
    ),
    pytest.param(
        "It snowed the weekend before last.",
        ("the weekend before last", "2021-W42-WE"),
        id="weekend",
    ),
    pytest.param(
        "It snowed the night before last.",
        ("the night before last", "2021-11-03TNI"),
        id="night",
    ),
    pytest.param("They moved the year before last.", ("the year before last", "2019"), id="year"),
    pytest.param(
        "Clocks change on the last Sunday in March.",
        ("the last Sunday in March", "2021-03-28"),
        id="last-weekday-in-a-month",
    ),
    pytest.param(
        "Shops close the day before Thanksgiving.",
        ("the day before Thanksgiving", "2021-11-24"),
        id="day-before-holiday",
    ),
    pytest.param(
        "It thawed the day after May 5.", ("the day after May 5", "2021-05-06"), id="day-after"
    ),
    pytest.param(
        "They marched the night before 1 May 2019.",
        ("the night before 1 May 2019", "2019-04-30TNI"),
        id="night-before",
    ),
    pytest.param(
        "Polls open on the first Tuesday after 1 December.",
        ("the first Tuesday after 1 December", "2021-12-07"),
        id="weekday-after-day",
    ),
    pytest.param(
        "They met on the second Friday before 24 December 2020.",
        ("the second Friday before 24 December 2020", "2020-12-11"),
        id="weekday-before-day",
    ),
    pytest.param(
        "In the six months to September it fell; in the same period last year it rose.",
        ("the same period last year", "2020"),
        id="period-of-months",
    ),
    pytest.param(
        "She left in 1999 and came back two years later, in the autumn.",
        ("the autumn", "2001-FA"),
        id="season-of-the-year-before-it",
    ),
    pytest.param("Polls open on Sunday week.", ("Sunday week", "2021-11-14"), id="sunday-week"),
    pytest.param("They vote tomorrow week.", ("tomorrow week", "2021-11-13"), id="tomorrow-week"),
    pytest.param(
        "It fell ten years ago today.", ("ten years ago today", "2011-11-05"), id="to-the-day"
    ),
    pytest.param(
        "It snowed in the winter of 2010-11.", ("the winter of 2010-11", "2010-WI"), id="winter"
    ),
    pytest.param(
        "It runs for five years from 1 April 2019.", ("1 April 2019", "2019-04-01"), id="for-from"
    ),
    pytest.param(
        "Between 1997 and 2005 exports grew.", ("1997 and 2005", "1997/2005"), id="plural-behind"
    ),
]


@pytest.mark.parametrize(("text", "last"), COMPARED)
def test_comparisons(text: str, last: tuple[str, str]) -> None:
    assert readings(text)[-1] == last


QUARTERS = [
    pytest.param("For the quarter ended Sept. 30 it earned more.", "2021-Q3", id="september"),
    pytest.param("For the quarter ended July 31 it earned more.", "2021-Q2", id="july"),
    pytest.param("For the quarter ended Aug. 28 it earned more.", "2021-Q3", id="august"),
    pytest.param("For the quarter ended Jan. 2, 2021, it earned more.", "2020-Q4", id="january"),
]


@pytest.mark.parametrize(("text", "value"), QUARTERS)
def test_a_quarter_is_the_one_that_its_last_day_closes(text: str, value: str) -> None:
    assert readings(text)[0] == ("the quarter", value)


LOOK_ALIKES = [
    pytest.param("The day before the vote he fell ill.", id="event"),
    pytest.param("She was Player of the Year and Driver of the Month.", id="titles"),
    pytest.param("He finished last, Friday or not.".replace("Friday", "rain"), id="no-weekday"),
    pytest.param("In the small hours the wind fell.", id="small-hours"),
    pytest.param("The two were the last before next of kin came.", id="words-alone"),
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    assert readings(text) == []


def test_yesterday_is_no_last_thursday_and_tomorrow_no_next_saturday() -> None:
    assert readings("He left last Thursday.") == [("last Thursday", "2021-10-28")]
    assert readings("He left last Wednesday.") == [("last Wednesday", "2021-11-03")]
    assert readings("He left this past Thursday.") == [("this past Thursday", "2021-11-04")]
    assert readings("He will leave next Saturday.") == [("next Saturday", "2021-11-13")]
    assert readings("He will leave this coming Saturday.")[0][1] == "2021-11-06"


def test_a_quarter_without_a_year_is_the_near_one() -> None:
    assert readings("Plants were closed in the fourth quarter.", "2021-08-18")[0][1] == "2021-Q4"
    assert readings("Plants were closed in the fourth quarter.", "2021-02-18")[0][1] == "2020-Q4"
