"""Values that look right and are not: whole clauses of news, courts, history, sport, budgets."""

import pytest

from pipeline.nlp.dates.find import find_dates

PUBLISHED = "2023-06-14"  # a Wednesday

CLAUSES = [
    pytest.param(
        "The treaty of 1648, signed on 24 October, ended the war.",
        {"1648": "1648", "24 October": "1648-10-24"},
        id="participle-of-what-a-year-dates",
    ),
    pytest.param(
        "The strike of 1926 began on 3 May and lasted nine days.",
        {"1926": "1926", "3 May": "1926-05-03", "nine days": "P9D"},
        id="began-of-what-a-year-dates",
    ),
    pytest.param(
        "The law of 2015 was struck down on 3 May.",
        {"2015": "2015", "3 May": "2023-05-03"},
        id="struck-down-later",
    ),
    pytest.param(
        "The mayor, who took office in January 2020, will step down at the end of the month.",
        {"January 2020": "2020-01", "the end of the month": "2023-06"},
        id="the-month-is-to-come",
    ),
    pytest.param(
        "The ambassador was recalled a week ago on Tuesday.",
        {"a week ago on Tuesday": "2023-06-06"},
        id="week-ago-on-its-weekday",
    ),
    pytest.param(
        "The first warning came on 2 June, the second three days later.",
        {"2 June": "2023-06-02", "three days later": "2023-06-05"},
        id="the-second-of-something",
    ),
    pytest.param(
        "Sales fell in the first and third quarters.",
        {"the first": "2022-Q1", "third quarters": "2022-Q3"},
        id="quarters-of-one-year-that-is-over",
    ),
    pytest.param(
        "It has its best sales in the second and fourth quarters.",
        {"the second": "XXXX-Q2", "fourth quarters": "XXXX-Q4"},
        id="quarters-of-every-year",
    ),
    pytest.param(
        "Sales rose in the first, second and fourth quarters of 2022.",
        {"the first": "2022-Q1", "second": "2022-Q2", "fourth quarters of 2022": "2022-Q4"},
        id="quarters-of-a-named-year",
    ),
    pytest.param(
        "The ferry sank on Monday. By the next morning 31 bodies had been found.",
        {"Monday": "2023-06-12", "the next morning": "2023-06-13TMO"},
        id="a-number-behind-the-morning",
    ),
    pytest.param(
        "The quake struck at 03:12 local time on 6 February.",
        {"03:12 local time on 6 February": "2023-02-06T03:12"},
        id="local-time",
    ),
    pytest.param(
        "The fire began late on Tuesday and was out by early Wednesday.",
        {"Tuesday": "2023-06-13", "early Wednesday": "2023-06-14"},
        id="late-on-a-day",
    ),
    pytest.param(
        "The city fell in May 1453, and was burned on the 29th.",
        {"May 1453": "1453-05", "the 29th": "1453-05-29"},
        id="a-day-of-the-month-spoken-of",
    ),
    pytest.param(
        "The court gave him until the 22nd to pay.", {"the 22nd": "2023-06-22"}, id="until-a-day"
    ),
    pytest.param(
        "The council met on the 5th and again on the 7th.",
        {"the 5th": "2023-06-05", "the 7th": "2023-06-07"},
        id="two-days-of-this-month",
    ),
    pytest.param(
        "The 2026 tour runs from June 11 to July 19.",
        {"2026": "2026", "June 11 to July 19": "2026-06-11/2026-07-19"},
        id="a-range-in-the-year-of-its-event",
    ),
    pytest.param(
        "At 6:47 p.m. Eastern on March 3 the rocket lifted off.",
        {"6:47 p.m. Eastern on March 3": "2023-03-03T18:47"},
        id="a-zone-before-the-day",
    ),
    pytest.param(
        "The offer is good through Friday.", {"Friday": "2023-06-16"}, id="through-friday"
    ),
    pytest.param("By 2020 half of them had left.", {"2020": "2020"}, id="half-behind-a-year"),
    pytest.param(
        "In the first half of 2022 exports grew.",
        {"the first half of 2022": "2022-H1"},
        id="a-noun-behind-the-year-of-a-half",
    ),
    pytest.param(
        "He reigned from around 1140 until 1170.", {"1140 until 1170": "1140/1170"}, id="old-years"
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CLAUSES)
def test_the_dates_of_a_clause(text: str, wanted: dict[str, str]) -> None:
    assert {m.span.of(text): m.value for m in find_dates(text, PUBLISHED)} == wanted


def test_a_day_that_no_month_has_is_flagged() -> None:
    (mention,) = find_dates("In a letter dated Feb. 30, they claimed it.", PUBLISHED)
    assert (mention.value, mention.flags) == ("2023-02", ("impossible_day",))


OVER = [
    pytest.param("The town borrowed it over 25 years.", "25 years", "", id="a-stretch"),
    pytest.param("He taught for over 25 years.", "over 25 years", "more_than", id="for-over"),
    pytest.param("It is the lowest in over a decade.", "over a decade", "more_than", id="in-over"),
    pytest.param("He wed over 20 years ago.", "over 20 years ago", "more_than", id="ago"),
]


@pytest.mark.parametrize(("text", "words", "modifier"), OVER)
def test_over_a_length_of_time(text: str, words: str, modifier: str) -> None:
    (mention,) = find_dates(text, PUBLISHED)
    assert (mention.span.of(text), mention.modifier) == (words, modifier)
