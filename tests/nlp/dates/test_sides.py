"""Dates that their words open to one side, or turn to the past or the future from behind."""

import pytest

from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2021-11-05"  # a Friday

SIDES = [
    pytest.param("Send it no later than 5 May 2020.", "by", id="no-later-than"),
    pytest.param("Send it on or before 5 May 2020.", "by", id="on-or-before"),
    pytest.param("Send it by 5 May 2020.", "by", id="by"),
    pytest.param("It opens on 5 May 2020 at the latest.", "by", id="at-the-latest"),
    pytest.param("It counts cars of 2012 or earlier.", "by", id="or-earlier"),
    pytest.param("It will not open before 2025.", "before", id="negated-verb"),
    pytest.param("It opens not before 2025.", "since", id="not-before"),
    pytest.param("It opens no earlier than 2025.", "since", id="no-earlier-than"),
    pytest.param("It counts cars of 2012 or later.", "since", id="or-later"),
    pytest.param("It counts cars from 2016 onwards.", "since", id="from-onwards"),
    pytest.param("It counts cars built 2016 onward.", "since", id="onward"),
    pytest.param("It is later than 2018.", "after", id="later-than"),
    pytest.param("It was built prior to 2010.", "before", id="prior-to"),
    pytest.param("In 2012 and before the war they met.", "", id="another-phrase-behind"),
    pytest.param("Never before 2020 had it rained so.", "", id="never-before"),
]


@pytest.mark.parametrize(("text", "side"), SIDES)
def test_the_side_of_a_date(text: str, side: str) -> None:
    (mention,) = find_dates(text, PUBLISHED)
    assert mention.modifier == side


BEHIND = [
    pytest.param("He died on Friday last.", "Friday last", "2021-10-29", id="friday-last"),
    pytest.param("On Monday last he left town.", "Monday last", "2021-11-01", id="goes-on"),
    pytest.param(
        "She wrote on the 12th of October last.",
        "the 12th of October last",
        "2021-10-12",
        id="day-of-month",
    ),
    pytest.param("It was to open in February next.", "February next", "2022-02", id="next"),
    pytest.param("They met on Monday next to the bank.", "Monday", "2021-11-01", id="next-to"),
    pytest.param("He came on Friday last of all.", "Friday", "2021-11-05", id="last-of-all"),
]


@pytest.mark.parametrize(("text", "words", "value"), BEHIND)
def test_last_and_next_behind_the_name(text: str, words: str, value: str) -> None:
    found = [(m.span.of(text), m.value) for m in find_dates(text, PUBLISHED)]
    assert found == [(words, value)]


def test_last_and_next_in_a_history_hang_on_its_own_time() -> None:
    story = "In 1859, 1860, 1861 and 1862 he wrote. In March 1863 he was ill. "
    text = story + "The edict of October last was read; it ends in February next."
    values = [m.value for m in find_dates(text, "2020-01-01")]
    assert values[-2:] == ["1862-10", "1863-02"]


UNTIL = [
    pytest.param("They had been in talks until April.", "2021-04", id="had-been"),
    pytest.param("The talks were put off until April.", "2022-04", id="put-off"),
    pytest.param("The works will run until at least 2040.", "2040", id="at-least-a-year"),
]


@pytest.mark.parametrize(("text", "value"), UNTIL)
def test_until_looks_ahead_unless_it_was_over(text: str, value: str) -> None:
    assert [m.value for m in find_dates(text, PUBLISHED)] == [value]


def test_at_least_before_a_number_is_no_year() -> None:
    assert find_dates("They need at least 2040 tonnes.", PUBLISHED) == []


SAID_TWICE = [
    pytest.param("A day earlier, on 3 May, the bank had closed.", "2021-05-03", id="contradicts"),
    pytest.param("Two years ago, in March 2019, it opened.", "2019", id="agrees"),
    pytest.param("A week later, in December 2018, it opened.", "2018-12", id="another-story"),
    pytest.param("Two years ago, 12 men opened it.", "2019", id="no-second-date"),
]


@pytest.mark.parametrize(("text", "value"), SAID_TWICE)
def test_the_second_date_says_what_the_first_means(text: str, value: str) -> None:
    assert find_dates(text, PUBLISHED)[0].value == value
