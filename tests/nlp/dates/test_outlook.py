"""Dates to come told in the present or in the past, and what is counted from a year."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2023-08-16"  # a Wednesday


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("Harbour Rangers host Vale City on Sunday.", "2023-08-20", id="host"),
        pytest.param("The choir returns to the hall on Friday.", "2023-08-18", id="returns"),
        pytest.param("Stocks of the drug run out on Monday.", "2023-08-21", id="run-out"),
        pytest.param("The first race is at 3pm on Saturday.", "2023-08-19T15", id="is-at"),
        pytest.param("The ferry does not sail on 25 December.", "2023-12-25", id="not-sail"),
        pytest.param(
            "The dean says on Monday's programme that it is safe.", "2023-08-14", id="says"
        ),
        pytest.param("The raid on Sunday is the third this year.", "2023-08-13", id="of-a-noun"),
        pytest.param("Shares dip Monday as banks wobble.", "2023-08-14", id="headline"),
        pytest.param("A ruling follows Monday's raid.", "2023-08-14", id="owned"),
        pytest.param("The pier was to be finished by May.", "2023-05", id="was-to-be"),
        pytest.param("The gallery was due to open in June.", "2023-06", id="was-due"),
        pytest.param("The gallery is due to open in June.", "2024-06", id="is-due"),
        pytest.param("The works were due to start in September.", "2023-09", id="was-due-soon"),
        pytest.param("Growth is lower than forecast in the winter.", "2022-WI", id="than-forecast"),
        pytest.param("She asked that the fee be paid in October.", "2023-10", id="asked-that"),
    ],
)
def test_the_outlook_of_a_clause(nlp: Language, text: str, value: str) -> None:
    doc = nlp.make_doc(text)
    doc._.published = PUBLISHED
    assert nlp(doc)._.dates[0].value == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("The vote was moved to Thursday.", ["2023-08-17"], id="moved-to"),
        pytest.param("The trial was put off to November.", ["2023-11"], id="put-off"),
        pytest.param("It was adjourned until 4 September.", ["2023-09-04"], id="adjourned"),
        pytest.param("He walked to Monday's meeting.", ["2023-08-14"], id="went-to"),
        pytest.param("Five years after 2015 it closed.", ["2020"], id="years-after"),
        pytest.param("A decade before 1990 it was bare.", ["1980"], id="decade-before"),
        pytest.param("Ten years on from 2008 it was rebuilt.", ["2018"], id="years-on"),
        pytest.param("In the five years after 2015 it grew.", ["P5Y", "2015"], id="the-years"),
        pytest.param("It lasted three years after 1941.", ["P3Y", "1941"], id="lasted"),
        pytest.param("It starts a week on Monday.", ["2023-08-28"], id="week-on"),
        pytest.param("It closes a fortnight today.", ["2023-08-30"], id="fortnight-today"),
        pytest.param("He called once a week on Mondays.", ["P1W", "XXXX-WXX-1"], id="once-a-week"),
        pytest.param("The post came a day later than usual.", ["P1D"], id="later-than"),
        pytest.param("The post came a day later.", ["XXXX-XX-XX"], id="later"),
        pytest.param("Open on weekdays.", ["XXXX-WXX-WD"], id="weekdays"),
        pytest.param("Every weekday morning.", ["XXXX-WXX-WDTMO"], id="weekday-morning"),
        pytest.param("A weekday service.", [], id="weekday-service"),
        pytest.param("Closed in June each year.", ["XXXX-06"], id="each-year"),
        pytest.param(
            "From 1 May to 3 June every year.", ["XXXX-05-01/XXXX-06-03"], id="range-each-year"
        ),
        pytest.param("Profit fell in the March quarter.", ["2023-Q1"], id="march-quarter"),
        pytest.param("It fell in the quarter to March.", ["2023-Q1", "2023-03"], id="to-march"),
        pytest.param("The minutes of the meeting were read.", [], id="minutes-of-a-meeting"),
        pytest.param("In the year 99999 it fell.", [], id="far-year"),
        pytest.param("The law of that year was harsh.", ["XXXX"], id="that-year-of-none"),
        pytest.param("On 1 May 1851 it opened and by July it was full.",
                     ["1851-05-01", "1851-07"], id="framed"),
        pytest.param("Founded in 1926, the firm closed in March.",
                     ["1926", "2023-03"], id="not-framed"),
    ],
)  # fmt: skip
def test_forms(text: str, values: list[str]) -> None:
    found = [m.value for m in find_dates(text, PUBLISHED)]
    assert [value for value in found if value] == values
