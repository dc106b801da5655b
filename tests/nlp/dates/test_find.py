"""Table tests of find_dates: words in, TIMEX3 value and calendar bounds out."""

from __future__ import annotations

import pytest

from pipeline.nlp.dates.find import find_dates
from pipeline.records import DateMention

PUBLISHED = "2021-11-05"  # a Friday


def only(text: str, published: str = PUBLISHED) -> DateMention:
    """The one mention of a text."""
    found = find_dates(text, published)
    assert len(found) == 1, [(m.span.of(text), m.value) for m in found]
    return found[0]


def marked(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its [brackets], and where they stood."""
    text, spans = "", []
    for at, piece in enumerate(sentence.replace("]", "[").split("[")):
        if at % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return text, spans


ABSOLUTE = [
    pytest.param("It opened on 5 November 2021.", "2021-11-05", id="day-first"),
    pytest.param("It opened on Nov. 5, 2021.", "2021-11-05", id="month-first"),
    pytest.param("It opened on Friday, November 5, 2021.", "2021-11-05", id="weekday"),
    pytest.param("The 4th of July 1995 was dry.", "1995-07-04", id="ordinal-of"),
    pytest.param("The twenty-first of June 2018 was dry.", "2018-06-21", id="spelled-ordinal"),
    pytest.param("It opened in November 2021.", "2021-11", id="month-year"),
    pytest.param("It opened in 1979.", "1979", id="year"),
    pytest.param("He left in nineteen ninety-six.", "1996", id="year-in-words"),
    pytest.param("The year 2030 is far.", "2030", id="the-year"),
    pytest.param("Music of the 1960s.", "196", id="decade"),
    pytest.param("Music of the '80s.", "198", id="short-decade"),
    pytest.param("It was built in the 19th century.", "18", id="century"),
    pytest.param("Rome was founded in 753 BC.", "BC0753", id="before-christ"),
    pytest.param("Output rose in the third quarter of 2019.", "2019-Q3", id="quarter"),
    pytest.param("Output rose in Q3 2019.", "2019-Q3", id="quarter-code"),
    pytest.param("Output rose in the first half of 2020.", "2020-H1", id="half"),
    pytest.param("It rained in the summer of 2019.", "2019-SU", id="season"),
    pytest.param("The file is dated 2021-11-05 at the top.", "2021-11-05", id="iso"),
    pytest.param("The file is dated 3-Aug-2019 at the top.", "2019-08-03", id="hyphens"),
    pytest.param("It was signed on 23/08/2021.", "2021-08-23", id="slashes"),
    pytest.param("They met on Christmas Day 2020.", "2020-12-25", id="holiday"),
    pytest.param("They met on Easter Monday 2021.", "2021-04-05", id="easter"),
    pytest.param("They met on the first Tuesday of October 2020.", "2020-10-06", id="nth-weekday"),
    pytest.param("They met on Friday, 11/20.", "2020-11-20", id="numbers-weekday"),
    pytest.param("They met on 20/10.", "2021-10-20", id="numbers-on"),
    pytest.param("It was signed in 03/2021.", "2021-03", id="month-slash-year"),
    pytest.param("They met on May twenty-nine, twenty twenty.", "2020-05-29", id="spelled-day"),
    pytest.param("They met on the 29th.", "2021-10-29", id="day-alone"),
    pytest.param("It was due by end of year.", "2021", id="end-of-year"),
    pytest.param("It fell after the September 11th terrorist attacks.", "2001-09-11", id="9-11"),
    pytest.param("They met in the last week of March 2021.", "2021-W12", id="last-week"),
    pytest.param("They met on ٥ November ٢٠٢١.", "2021-11-05", id="arabic-digits"),
    pytest.param("They met in ２０２１.", "2021", id="full-width-digits"),
]

RELATIVE = [
    pytest.param("He spoke on Tuesday.", "2021-11-02", id="past-weekday"),
    pytest.param("He will speak on Tuesday.", "2021-11-09", id="coming-weekday"),
    pytest.param("He spoke last Friday.", "2021-10-29", id="last-weekday"),
    pytest.param("He left last Christmas.", "2020-12-25", id="last-holiday"),
    pytest.param("By 2030 emissions must fall.", "2030", id="by-year-before-plural"),
    pytest.param("Sales fell in the March 2020 quarter.", "2020-03", id="month-quarter"),
    pytest.param("He spoke today.", "2021-11-05", id="today"),
    pytest.param("He spoke the day before yesterday.", "2021-11-03", id="before-yesterday"),
    pytest.param("It fell last month.", "2021-10", id="last-month"),
    pytest.param("It fell last year.", "2020", id="last-year"),
    pytest.param("It will rise next week.", "2021-W45", id="next-week"),
    pytest.param("It fell in March.", "2021-03", id="past-month"),
    pytest.param("It will open in March.", "2022-03", id="coming-month"),
    pytest.param("The vote is set for July 11.", "2022-07-11", id="coming-day"),
    pytest.param("The vote was held on July 11.", "2021-07-11", id="past-day"),
    pytest.param("It fell in July last year.", "2020-07", id="month-of-last-year"),
    pytest.param("Sales fell in this year's third quarter.", "2021-Q3", id="possessive"),
    pytest.param("He left two years ago.", "2019", id="years-ago"),
    pytest.param("He left three months ago.", "2021-08", id="months-ago"),
    pytest.param("He left ten days ago.", "2021-10-26", id="days-ago"),
    pytest.param("He spoke on Monday night.", "2021-11-01TNI", id="part-of-day"),
    pytest.param("They met at 9:30 a.m. on Tuesday.", "2021-11-02T09:30", id="clock"),
    pytest.param("It will open in three weeks.", "2021-W47", id="in-weeks"),
]

DURATIONS = [
    pytest.param("It lasted three days.", "DURATION", "P3D", id="days"),
    pytest.param("It lasted two and a half years.", "DURATION", "P2Y6M", id="and-a-half"),
    pytest.param("It lasted half an hour.", "DURATION", "PT30M", id="half-an-hour"),
    pytest.param("They signed a ten-year deal.", "DURATION", "P10Y", id="hyphen"),
    pytest.param("It lasted several years.", "DURATION", "PXY", id="several"),
    pytest.param("It was a decade-long feud.", "DURATION", "P10Y", id="long"),
    pytest.param("It took two to three weeks.", "DURATION", "P2W/P3W", id="between"),
    pytest.param("They meet every Friday.", "SET", "XXXX-WXX-5", id="every-friday"),
    pytest.param("They meet on Tuesdays.", "SET", "XXXX-WXX-2", id="tuesdays"),
    pytest.param("They report annually.", "SET", "P1Y", id="annually"),
    pytest.param("They report every three months.", "SET", "P3M", id="every-three-months"),
    pytest.param("It makes 20 cars a day.", "SET", "P1D", id="rate"),
    pytest.param("It is now open.", "DATE", "PRESENT_REF", id="now"),
    pytest.param("It opened recently.", "DATE", "PAST_REF", id="recently"),
    pytest.param("It may open in the near future.", "DATE", "FUTURE_REF", id="future"),
]


@pytest.mark.parametrize(("text", "value"), [*ABSOLUTE, *RELATIVE])
def test_value(text: str, value: str) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(("text", "kind", "value"), DURATIONS)
def test_kind_apart(text: str, kind: str, value: str) -> None:
    mention = only(text)
    assert (mention.kind, mention.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "start", "end", "modifier"),
    [
        pytest.param("It came in early 2016.", "2016-01", "2016-04", "early", id="early-year"),
        pytest.param("It came in mid-May 2016.", "2016-05-11", "2016-05-20", "mid", id="mid-month"),
        pytest.param("Music of the late 1960s.", "1967", "1969", "late", id="late-decade"),
        pytest.param("It came last week.", "2021-10-25", "2021-10-31", "", id="week"),
        pytest.param("It came in the summer of 2019.", "2019-06", "2019-08", "", id="summer"),
        pytest.param("It fell over the past 30 days.", "2021-10-06", "2021-11-05", "", id="days"),
        pytest.param("It has grown since 2010.", "2010", "2010", "since", id="since"),
        pytest.param("It ended before May 2001.", "2001-05", "2001-05", "before", id="before"),
        pytest.param("It rose in fiscal 2020.", "", "", "", id="fiscal-year-is-not-calendar"),
        pytest.param("It ended at the end of 2020.", "2020", "2020", "end", id="end-of"),
    ],
)
def test_bounds_and_modifier(text: str, start: str, end: str, modifier: str) -> None:
    mention = only(text)
    assert (mention.start, mention.end, mention.modifier) == (start, end, modifier)


@pytest.mark.parametrize(
    "text",
    [
        "He may march on and fall behind.",
        "She came second and will spring a surprise.",
        "Flight 1979 left gate 12 with 1,979 people who paid $1979.",
        "Call 555-1234 or 0171 555 2021.",
        "The score was 3-2 and then 10-12.",
        "The Boeing 747 passed an F-16.",
        "Room 2010, page 1999, No. 1984.",
        "COVID-19 and the G20.",
        "They killed 2000 soldiers.",
        "A six-year-old boy and a man of 52 years of age.",
        "Theresa May said no, and so did April Jones.",
        "Three quarters of the food is imported.",
        "In year 0 and in 99999.",
        "$ and / and 1/2/3/4/5",
    ],
)
def test_false_friends(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It ran from [May to July last year] in Rome.",
        "The war of [1939–1945] and [the early 1950s].",
        "On [5 March 2020], [two days later] and [that same month].",
        "[About three weeks before Christmas], he said.",
        "It closed [Friday]'s session on [Tuesday, Nov. 2, 2021].",
    ],
)
def test_spans(sentence: str) -> None:
    text, spans = marked(sentence)
    assert [(m.span.start, m.span.end) for m in find_dates(text, PUBLISHED)] == spans


def test_heading_does_not_run_into_the_next_line() -> None:
    text = "Results of Tuesday\nMarch 5 was cold."
    assert [m.value for m in find_dates(text, PUBLISHED)] == ["2021-11-02", "2021-03-05"]


def test_wrapped_line_is_read_across() -> None:
    text = "The committee said in its long report that output fell in the third\nquarter of 2019."
    assert [m.value for m in find_dates(text, PUBLISHED)] == ["2019-Q3"]


def test_swappable_day_and_month_keep_the_year_only() -> None:
    mention = only("It was signed on 03/04/2021.")
    assert (mention.value, mention.flags) == ("2021", ("day_month_order_unknown",))


def test_the_texts_own_order_settles_day_and_month() -> None:
    text = "Signed on 23/08/2021, sealed on 03/04/2021."
    assert [m.value for m in find_dates(text, PUBLISHED)] == ["2021-08-23", "2021-04-03"]


@pytest.mark.parametrize("words", ["28-29 February", "28 and 29 February", "Feb 28-29"])
def test_a_range_ends_on_a_day_of_the_calendar(words: str) -> None:
    (mention,) = find_dates(f"It ran on {words}.", "2021-03-04")
    assert (mention.value, mention.flags) == ("2021-02", ("impossible_day",))
    (mention,) = find_dates(f"It ran on {words}.", "2020-03-04")
    assert (mention.start, mention.end, mention.flags) == ("2020-02-28", "2020-02-29", ())


def test_a_range_of_an_unknown_year_has_no_days() -> None:
    (mention,) = find_dates("It ran on 5-6 March.", "")
    assert mention.value == "XXXX-03-05/XXXX-03-06"
    assert {(part.start, part.end) for part in (mention, *mention.parts)} == {("", "")}


def test_impossible_day_keeps_the_month_and_says_so() -> None:
    mention = only("It was signed on 30 February 2021.")
    assert (mention.value, mention.flags) == ("2021-02", ("impossible_day",))
