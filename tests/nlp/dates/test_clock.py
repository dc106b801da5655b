"""Clock times in words and in pairs, and repeated times with an hour."""

from __future__ import annotations

import pytest

from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2021-11-05"  # a Friday


def values(text: str) -> list[str]:
    return [mention.value for mention in find_dates(text, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("It rang at ten past nine.", "T09:10", id="past"),
        pytest.param("It rang at half past seven in the evening.", "T19:30", id="half"),
        pytest.param("It rang at a quarter to six.", "T05:45", id="quarter-to"),
        pytest.param("It rang at twenty to six o'clock.", "T05:40", id="to-oclock"),
        pytest.param("It rang at seven thirty.", "T07:30", id="words"),
        pytest.param("It rang at two forty-five p.m. and again.", "T14:45", id="words-marked"),
        pytest.param("It will close on Monday at 17.30.", "2021-11-08T17:30", id="dotted"),
        pytest.param("The fair ran from 7 to 9 p.m.", "T19/T21", id="range"),
        pytest.param("The fair ran from 11 to 1 p.m.", "T11/T13", id="over-noon"),
        pytest.param("The fair ran from 10am-3.", "T10/T15", id="first-marked"),
        pytest.param(
            "It was open between 2 and 4:30 p.m. yesterday.",
            "2021-11-04T14/2021-11-04T16:30",
            id="with-day",
        ),
        pytest.param(
            "It was open on 3 May 2020 from 9:00 to 17:30.",
            "2020-05-03T09:00/2020-05-03T17:30",
            id="after-day",
        ),
        pytest.param("He spoke on Thursday night at 9:15.", "2021-11-04T21:15", id="in-daypart"),
        pytest.param("They meet every Monday at 4 p.m.", "XXXX-WXX-1T16", id="set-weekday"),
        pytest.param("It leaves every evening at 7:10.", "T19:10", id="set-daily"),
        pytest.param("Rent is due on the 15th of every month.", "XXXX-XX-15", id="day-of-every"),
        pytest.param("They held bi-weekly talks.", "P2W", id="bi-weekly"),
        pytest.param("It must end tomorrow before 5 p.m.", "2021-11-06T17", id="bounded"),
        pytest.param(
            "The blast at 10:35 a.m. (0735 GMT) Thursday hurt ten.",
            "2021-11-04T10:35",
            id="two-zones",
        ),
        pytest.param("It took 1 hour and 30 minutes.", "PT1H30M", id="summed"),
    ],
)
def test_clock(text: str, value: str) -> None:
    assert value in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "The court voted five to four.",
        "The motion fell by ten to six, he said.",
        "Profit rose in the quarter to 9 million.",
        "They won 6 to 3 at home.",
        "It is twenty past members who left.",
        "He bought two twenty pound notes.",
        "Rates stood at 6.45.",
        "Keep up to date.",
        "She is one of seven thirty people knew.",
    ],
)
def test_no_clock(text: str) -> None:
    assert not [value for value in values(text) if "T" in value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("6:45 pm – One of them is named.", "T18:45", id="sentence-behind"),
        pytest.param("6:45 pm – 3 dead.", "T18:45", id="count-behind"),
        pytest.param("It rang from 8 a.m. to 5 people.", "T08", id="noun-behind"),
    ],
)
def test_no_clock_range(text: str, value: str) -> None:
    assert values(text) == [value]


def test_quoted_title_is_no_date() -> None:
    assert values('He spoke on "This Week" and "60 Minutes" of it.') == []


def test_to_date_but_not_up_to_date() -> None:
    assert values("It sold two to date.") == ["PRESENT_REF"]
    assert values("It is kept up to date.") == []
