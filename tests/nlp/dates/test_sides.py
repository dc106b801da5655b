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


SIDES += [
    pytest.param("Since 2015 the quay has lost its crane.", "since", id="since"),
    pytest.param("Since early 2015 rents have risen.", "since early", id="since-early"),
    pytest.param("Since about 1850 it has stood there.", "since about", id="since-about"),
    pytest.param("He has known it since at least 2015.", "since", id="since-at-least"),
    pytest.param("After 2016 the fleet shrank.", "after", id="after"),
    pytest.param("The mill stood till 1912.", "until", id="till"),
    pytest.param("Up to 2015 it was legal.", "until", id="up-to"),
    pytest.param("Through 2020 the firm lost money.", "through", id="through"),
    pytest.param("Halfway through 2020 it stopped.", "mid", id="halfway-through"),
    pytest.param("The chapel was built about 1850.", "about", id="about"),
    pytest.param("He wrote a book about 1968.", "", id="about-its-topic"),
    pytest.param("They asked about Friday.", "", id="about-a-day"),
    pytest.param("By the end of 2015 it was gone.", "by end", id="by-the-end"),
    pytest.param("No year was as cold, followed by 2016.", "", id="by-its-doer"),
    pytest.param("Not until 2015 did it open.", "", id="not-until"),
    pytest.param("From 2016, every van must be electric.", "since", id="from-first"),
    pytest.param("Fares will rise from 2025.", "since", id="from-a-year-to-come"),
    pytest.param("A letter from 12 May 1915 was found.", "from", id="from-that-time"),
    pytest.param("Starting Monday fees rise.", "since", id="starting"),
    pytest.param("Beyond 2030 nothing is known.", "after", id="beyond"),
    pytest.param("Pre-2015 vans are banned.", "before", id="pre"),
    pytest.param("It will run to 2030.", "until", id="runs-to"),
    pytest.param("It was put off to 2030.", "", id="put-off-to"),
    pytest.param("The bank cut rates after 12 May's meeting.", "since", id="after-a-days-event"),
    pytest.param("After the 2008 crisis banks failed.", "since", id="after-a-years-event"),
    pytest.param("Since Rao's 2019 defeat it has changed.", "since", id="since-ones-event"),
    pytest.param("It is shut since the coup of 1 March 2019.", "since", id="since-an-event-of"),
    pytest.param("They met before the war of 1812.", "by", id="before-an-event-of"),
    pytest.param("The mill closed before 2020's vote.", "by", id="before-a-years-event"),
    pytest.param("Ahead of next month's poll he spoke.", "by", id="ahead-of-an-event"),
    pytest.param("It was shaken by Friday's blast.", "", id="by-an-event"),
    pytest.param("He paid by Friday's deadline.", "by", id="by-a-deadline"),
    pytest.param("The plan was set out in the 2019 budget.", "", id="in-a-years-event"),
    pytest.param("The ban holds until 12-14 May.", "until", id="before-a-range"),
    pytest.param("It stood from about 1850 to 1870.", "about", id="a-rough-range"),
    pytest.param("Monday until Friday it is shut.", "", id="until-its-end"),
]


@pytest.mark.parametrize(("text", "side"), SIDES)
def test_the_side_of_a_date(text: str, side: str) -> None:
    (mention,) = find_dates(text, PUBLISHED)
    assert mention.modifier == side


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Profit fell in the six months to June 2021.", id="to"),
        pytest.param("Profit fell in the year ended June 2021.", id="ended"),
    ],
)
def test_a_length_of_time_ends_at_its_date(text: str) -> None:
    assert [m.modifier for m in find_dates(text, PUBLISHED)] == ["", "until"]


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
