"""Stretches of time that run from the day of writing on, and calendar units that do not."""

import pytest

from pipeline.nlp.dates.find import find_dates

FROM = "2024-02-10"

AHEAD = [
    pytest.param("Sales will rise in the coming year.", "P1Y", "2024", "2025", id="year"),
    pytest.param("It will cost more this coming year.", "P1Y", "2024", "2025", id="this-coming"),
    pytest.param("Seas will rise over the next decade.", "P10Y", "2024", "2034", id="decade"),
    pytest.param("Fewer will come in the next month.", "P1M", "2024-02", "2024-03", id="in-the"),
    pytest.param("Rain will fall in the coming weeks.", "PXW", "", "", id="weeks"),
]


@pytest.mark.parametrize(("text", "value", "start", "end"), AHEAD)
def test_the_time_ahead_is_a_stretch(text: str, value: str, start: str, end: str) -> None:
    mention = find_dates(text, FROM)[0]
    assert (mention.kind, mention.value) == ("DURATION", value)
    assert (mention.start, mention.end) == (start, end)


CALENDAR = [
    pytest.param("Sales will rise next year.", "2025", id="next-year"),
    pytest.param("A vote is due in the coming quarter.", "2024-Q2", id="quarter"),
    pytest.param("It will open this coming Friday.", "2024-02-16", id="friday"),
    pytest.param("They will ski in the coming winter.", "2024-WI", id="season"),
]


@pytest.mark.parametrize(("text", "value"), CALENDAR)
def test_a_unit_of_the_calendar_keeps_its_name(text: str, value: str) -> None:
    assert find_dates(text, FROM)[0].value == value


def test_in_a_story_the_next_year_follows_the_one_spoken_of() -> None:
    found = find_dates("He joined in March 1996. In the next year he left.", FROM)
    assert [mention.value for mention in found] == ["1996-03", "1997"]


FORMS = [
    pytest.param("See you at 9.am.", "", "T09", id="dot-before-am"),
    pytest.param("Lunch will be noonish.", "", "T12:00", id="noonish"),
    pytest.param("She will be there 11ish.", "", "T11", id="11ish"),
    pytest.param("He was away for 3h.", "", "PT3H", id="glued-hours"),
    pytest.param("It lasted for 3.5 years.", "", "P3.5Y", id="written-decimal"),
    pytest.param("It lasted two and a half years.", "", "P2Y6M", id="spelled-half"),
    pytest.param("Sales in Q1-2019 rose.", "", "2019-Q1", id="quarter-and-year"),
    pytest.param("It opens on October, 1st.", "2023-09-01", "2023-10-01", id="comma"),
    pytest.param("Closed between 0730-0930.", "", "T07:30/T09:30", id="clock-to-24"),
    pytest.param("Set it up for Friday 7/6.", "2018-07-01", "2018-07-06", id="weekday-decides"),
]


@pytest.mark.parametrize(("text", "published", "value"), FORMS)
def test_forms(text: str, published: str, value: str) -> None:
    assert [mention.value for mention in find_dates(text, published)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the dawn of a new age", id="dawn-of"),
        pytest.param("a ratio of 30/4.85", id="two-signs"),
        pytest.param("a film in 3D", id="3d"),
        pytest.param("October, first of all, was wet", id="first-of-all"),
        pytest.param("from 1998 to 2005", id="years"),
    ],
)
def test_look_alikes_stay_what_they_are(text: str) -> None:
    values = [mention.value for mention in find_dates(text, "2024-02-10")]
    assert values in ([], ["2023-10"], ["1998/2005"])


def test_a_weekday_that_neither_reading_has_leaves_the_day_open() -> None:
    mention = find_dates("It is due Monday 5/12.", "2024-02-10")[0]
    assert (mention.value, mention.flags) == ("XXXX-WXX-1", ("unresolved_date",))


def test_later_belongs_to_the_week_behind_it() -> None:
    found = find_dates("Find 30 minutes later this week.", "2024-02-10")
    assert [mention.value for mention in found] == ["PT30M", "2024-W06"]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        pytest.param("Monday, 5 November 2019", ("weekday_differs",), id="slip"),
        pytest.param("Tuesday, 5 November 2019", (), id="right"),
        pytest.param("Friday, March 8", (), id="year-by-weekday"),
    ],
)
def test_a_weekday_that_the_calendar_denies_is_flagged(text: str, flags: tuple[str, ...]) -> None:
    assert find_dates(text, "2024-02-10")[0].flags == flags


PERIODS = [
    pytest.param("the last quarter of the year", ["2024-Q4"], id="quarter-of-the-year"),
    pytest.param("the last month of last year", ["2023-12"], id="month-of-last-year"),
    pytest.param("the spring of next year", ["2025-SP"], id="spring-of"),
    pytest.param("in the last month of the war", [], id="month-of-an-event"),
    pytest.param("in the last year of his life", [], id="year-of-a-life"),
    pytest.param("the fall of the wall", [], id="no-season"),
    pytest.param("They leave in three years' time.", ["2027"], id="years-time"),
    pytest.param("They leave in a fortnight's time.", ["2024-02-24"], id="fortnights-time"),
    pytest.param(
        "away from 2pm till tomorrow 4:30pm", ["2024-02-10T14/2024-02-11T16:30"], id="till-tomorrow"
    ),
    pytest.param("from two thirty to two forty five", ["T02:30/T02:45"], id="spelled-times"),
]


@pytest.mark.parametrize(("text", "values"), PERIODS)
def test_periods_and_ranges(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_dates(text, "2024-02-10")] == values


def test_a_raised_digit_is_no_digit() -> None:
    assert find_dates("H² rose and Q² fell.", "2024-02-10") == []


@pytest.mark.parametrize("published", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_stop_nothing(published: str) -> None:
    for mention in find_dates("It opens next week, next year or in the next decade.", published):
        assert mention.end <= "9999-12-31"
