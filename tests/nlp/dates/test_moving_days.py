"""Named days of calendars that follow the moon, and names that only look like days."""

import pytest

from pipeline.nlp.dates.find import find_dates
from pipeline.nlp.dates.holidays import day_of, moving, value_in

CASES = [
    pytest.param("Shops close for Eid al-Fitr 2018.", "2018-06-15", id="eid"),
    pytest.param("It rained on Eid ul-Adha in 2018.", "2018-08-21", id="spelling"),
    pytest.param("Prices rose during Ramadan 2018.", "2018-05-16/2018-06-14", id="a-month"),
    pytest.param("She flew home for Chinese New Year 2019.", "2019-02-05", id="lunar-new-year"),
    pytest.param("The court sat before Yom Kippur 2018.", "2018-09-19", id="hebrew"),
    pytest.param("Hanukkah in 2026 begins late.", "2026-12-05/2026-12-12", id="eight-days"),
    pytest.param("Diwali 2019 was quiet.", "2019-10-27", id="diwali"),
    pytest.param("Eid al-Fitr 2000 was quiet.", "2000", id="two-in-one-year"),
    pytest.param("Diwali 1890 was quiet.", "1890", id="outside-the-table"),
    pytest.param("In 2019 Christmas fell on a weekday.", "2019-12-25", id="year-in-front"),
]


@pytest.mark.parametrize(("text", "value"), CASES)
def test_a_moving_day_has_the_day_of_its_year(text: str, value: str) -> None:
    assert find_dates(text, "2024-02-10")[0].value == value


def test_its_day_is_marked_as_differing_between_countries() -> None:
    mention = find_dates("Shops close for Eid al-Fitr.", "2022-03-17")[0]
    assert (mention.value, mention.flags) == ("2022-05-02", ("observed_day_varies",))
    assert find_dates("Shops close for Easter.", "2022-03-17")[0].flags == ()


def test_two_days_after_a_feast_count_from_its_end() -> None:
    text = "The office reopens two days after Ramadan."
    assert find_dates(text, "2024-03-01")[0].value == "2024-04-11"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Tariq Ramadan spoke.", id="surname"),
        pytest.param("Mr. Stein met Rabbi Holi Green.", id="first-name"),
        pytest.param("It opens in the new year.", id="no-day"),
        pytest.param("They broke their New Year's resolutions.", id="attribute"),
    ],
)
def test_what_only_looks_like_a_named_day_is_none(text: str) -> None:
    assert find_dates(text, "2024-02-10") == []


def test_new_year_is_a_day_behind_a_preposition() -> None:
    text = "They will meet five days before New Year."
    assert find_dates(text, "2016-11-07")[0].value == "2016-12-27"


@pytest.mark.parametrize("name", sorted(moving()))
def test_the_tables_are_whole(name: str) -> None:
    starts = moving()[name].starts
    assert len(starts) >= 30
    for year, day in starts.items():
        assert day.year == year
        assert day_of(name, year) == day
        assert value_in(name, year)[:4] == str(year)
