"""Clock times with a length, counts in odd places, and short forms of periods."""

import pytest

from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2021-11-05"  # a Friday

FORMS = [
    pytest.param("They meet from 2pm for 2 hours.", ["T14/T16"], id="from-for"),
    pytest.param("They meet from 10 am for 3 hours 30 minutes.", ["T10/T13:30"], id="and-minutes"),
    pytest.param("They meet for half an hour from 9:30 a.m.", ["T09:30/T10:00"], id="for-from"),
    pytest.param("They meet from 11 p.m. for 3 hours.", ["T23", "PT3H"], id="past-midnight"),
    pytest.param("He ran two hours from 9 towns.", ["PT2H"], id="a-count-of-towns"),
    pytest.param("It took from 5 for 2 people to lift.", [], id="people"),
    pytest.param("They left at 1430 hours.", ["T14:30"], id="military"),
    pytest.param("They left at 0600 hrs.", ["T06:00"], id="military-zero"),
    pytest.param("It flew for 1430 hours.", ["PT1430H"], id="a-count-of-hours"),
    pytest.param("The square was full by mid afternoon.", ["TAF"], id="mid-afternoon"),
    pytest.param("Late evening light is soft.", [], id="no-preposition"),
    pytest.param("Sales rose in the 5 past years.", ["P5Y"], id="count-before-past"),
    pytest.param("It is due in 2 upcoming months.", ["P2M"], id="count-before-upcoming"),
    pytest.param("He had 3 last year.", ["2020"], id="a-count-of-something-else"),
    pytest.param("It took one and a quarter years.", ["P1.25Y"], id="and-a-quarter"),
    pytest.param("It took one and half hours.", ["PT1H30M"], id="and-half"),
    pytest.param("He is away the next fortnight.", ["P2W"], id="next-fortnight"),
    pytest.param("The court sat all day.", ["P1D"], id="all-day"),
    pytest.param("The court sat all week long.", ["P1W"], id="all-week-long"),
    pytest.param("The All Day Group rose, above all in sales.", [], id="no-length"),
    pytest.param("A one-second delay was enough.", ["PT1S"], id="one-second"),
    pytest.param("He got one second chance.", [], id="second-chance"),
    pytest.param("He rests on weekends.", ["XXXX-WXX-WE"], id="weekends"),
    pytest.param("It closes by EOY.", ["2021"], id="end-of-year"),
    pytest.param("Sales in FY2021 rose.", ["2021"], id="fiscal-year"),
    pytest.param("Sales in Q3 FY21 rose.", ["2021-Q3"], id="fiscal-quarter"),
    pytest.param("Sales in FY 2020/21 rose.", ["2020/2021"], id="two-fiscal-years"),
    pytest.param("They met on 12/13 April 2020.", ["2020-04-12/2020-04-13"], id="slash-days"),
    pytest.param("Rome fell in the 5th century BC.", ["BC04"], id="century-bc"),
    pytest.param("Rome rose in the 3rd century AD.", ["02"], id="century-ad"),
    pytest.param("The post-1959 politics split them.", ["1959"], id="post"),
    pytest.param("He will one day be mayor.", ["FUTURE_REF"], id="some-day"),
    pytest.param("It took one day.", ["P1D"], id="a-day-long"),
    pytest.param("In a Wednesday statement it denied this.", ["2021-11-03"], id="event"),
    pytest.param("He writes for a Sunday newspaper.", [], id="weekly-thing"),
    pytest.param("We whittle it down on a Monday.", [], id="any-monday"),
    pytest.param(
        "It was moved from Tuesday to Thursday.", ["2021-11-02", "2021-11-04"], id="moved"
    ),
    pytest.param("In May and June last year.", ["2020-05", "2020-06"], id="list-of-last-year"),
    pytest.param("She was born on 03/18/40.", ["1940-03-18"], id="short-year-past"),
    pytest.param("The lease ends on 03/18/30.", ["2030-03-18"], id="short-year-ahead"),
    pytest.param("He had lived there since '38.", ["1938"], id="apostrophe"),
    pytest.param("They met at 8 p.m. last night.", ["2021-11-04T20"], id="hour-last-night"),
    pytest.param("It ends at midnight tonight.", ["2021-11-05T24:00"], id="midnight-tonight"),
    pytest.param("It rained two Sundays ago.", ["2021-10-24"], id="two-sundays-ago"),
    pytest.param("He was born c. 1450 in Ulm.", ["1450"], id="circa"),
    pytest.param("He left two-and-a-half years ago.", ["2019"], id="hyphens"),
    pytest.param("Shops were full on Black Friday.", ["2020-11-27"], id="over"),
    pytest.param("Shops will be full on Cyber Monday.", ["2021-11-29"], id="cyber-monday"),
    pytest.param(
        "It came at 3 a.m. local time (0100 GMT) on Sunday.",
        ["2021-10-31T03", "2021-10-31T01:00Z", "2021-10-31"],
        id="local-time",
    ),
]


@pytest.mark.parametrize(("text", "values"), FORMS)
def test_forms(text: str, values: list[str]) -> None:
    assert [m.value for m in find_dates(text, PUBLISHED)] == values


def test_a_fiscal_year_has_no_days() -> None:
    (mention,) = find_dates("Sales in FY2021 rose.", PUBLISHED)
    assert (mention.start, mention.end, mention.flags) == ("", "", ("fiscal_year",))


def test_some_day_of_a_tale_is_no_length() -> None:
    assert find_dates("One day, he left.", PUBLISHED) == []


ORDERED = [
    pytest.param("It rose from October to March, then fell.", "2020-10/2021-03", id="over"),
    pytest.param("It will run from October to March.", "2022-10/2023-03", id="yet-to-come"),
    pytest.param("It will run from Monday to Thursday.", "2021-11-08/2021-11-11", id="days"),
    pytest.param("It will run from Monday to Sunday.", "2021-11-08/2021-11-14", id="next-sunday"),
    pytest.param("It was shut from Friday to Sunday.", "2021-10-29/2021-10-31", id="last-week"),
    pytest.param("They met between May 2019 and July.", "2019-05/2019-07", id="same-year"),
    pytest.param("They met between May 2019 and March.", "2019-05/2020-03", id="next-year"),
    pytest.param(
        "He was away from 28 December 2019 to 3 January.", "2019-12-28/2020-01-03", id="new-year"
    ),
    pytest.param(
        "It was shut from 5 p.m. on Friday to 3 a.m. on Saturday.",
        "2021-10-29T17/2021-10-30T03",
        id="hours",
    ),
    pytest.param(
        "They waited from 9 a.m. until noon on Saturday.",
        "2021-10-30T09/2021-10-30T12:00",
        id="hours-of-one-day",
    ),
    pytest.param("In the 18th and 19th centuries it grew.", "17/18", id="centuries"),
]


@pytest.mark.parametrize(("text", "value"), ORDERED)
def test_a_range_ends_after_it_begins(text: str, value: str) -> None:
    assert [m.value for m in find_dates(text, PUBLISHED)] == [value]


def test_a_story_goes_on_from_the_end_of_a_range() -> None:
    story = "In 1941, 1942, 1943 and 1944 they fought. In May 1945 it ended. "
    text = story + "They had fought from October to March, and met in June."
    assert [m.value for m in find_dates(text, "2020-01-01")][-2:] == ["1944-10/1945-03", "1945-06"]
