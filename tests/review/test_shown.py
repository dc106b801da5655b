"""What programs make of numbers and dates is no edit; what people write over them is one."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.shown import same_value, same_words

if TYPE_CHECKING:
    from conftest import Desk


@pytest.mark.parametrize(
    ("here", "there"),
    [
        pytest.param("7/11/2021", "2021-07-11", id="day-us"),
        pytest.param("11.07.2021", "2021-07-11", id="day-de"),
        pytest.param("11-Jul-21", "2021-07-11", id="day-named"),
        pytest.param("44388", "2021-07-11", id="day-serial"),
        pytest.param("44388.0", "2021-07-11", id="day-serial-float"),
        pytest.param("2021-07-11 00:00:00", "2021-07-11", id="day-with-hours"),
        pytest.param("Jul-21", "2021-07", id="month-named"),
        pytest.param("July 2021", "2021-07", id="month-in-full"),
        pytest.param("07/2021", "2021-07", id="month-in-digits"),
        pytest.param("1/7/2021", "2021-07", id="month-as-its-first-day"),
        pytest.param("44378", "2021-07", id="month-serial"),
        pytest.param("42,600,000 GBP", "42600000", id="amount-with-code"),
        pytest.param("42.600.000,50 EUR", "42600000.5", id="amount-de"),
        pytest.param("1.23457E+14", "123456700000000", id="amount-cut"),
        pytest.param("42600000.0", "42600000", id="amount-float"),
        pytest.param("0,5", "0.5", id="amount-comma"),
        pytest.param("-5", "-5.0", id="negative"),
    ],
)
def test_forms_of_the_same(here: str, there: str) -> None:
    assert same_value(here, there)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        pytest.param("7/12/2021", "2021-07-11", id="another-day"),
        pytest.param("44389", "2021-07-11", id="another-serial"),
        pytest.param("2022-07-11", "2021-07-11", id="another-year"),
        pytest.param("Aug-21", "2021-07", id="another-month"),
        pytest.param("2021-07-02", "2021-07", id="a-day-of-the-month"),
        pytest.param("2022", "2021", id="year"),
        pytest.param("Jul-21", "", id="none"),
        pytest.param("", "2021-07-11", id="emptied"),
        pytest.param("1,5", "15", id="comma-is-no-thousands"),
        pytest.param("1.23457E+14", "123567000000000", id="another-amount-cut"),
        pytest.param("42600001", "42600000", id="another-amount"),
        pytest.param("1E999999999", "1", id="huge"),
        pytest.param("NaN", "1", id="nan"),
        pytest.param("-5", "5", id="sign"),
        pytest.param("July", "2021-07", id="month-without-year"),
    ],
)
def test_something_else(here: str, there: str) -> None:
    assert not same_value(here, there)


def test_words_are_no_dates() -> None:
    assert same_words("  Harbour  news ", "harbour news")
    assert not same_words("Jul-21", "2021-07")


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    for form in ("%m/%d/%Y", "%d.%m.%Y", "%d-%b-%y", "%Y/%m/%d"):
        assert same_value(day.strftime(form), day.isoformat())
        assert same_value(day.strftime(form), f"{day:%Y-%m}") == (day.day == 1)


@given(st.text(max_size=50), st.text(max_size=50))
def test_any_text(here: str, there: str) -> None:
    assert same_value(here, here)
    same_value(here, there)


def test_a_csv_whose_dates_a_program_reformed(desk: Desk) -> None:
    """Imitates what Excel saves after it opened claims.csv: the decision holds."""
    with (desk.out / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    row = rows[0]
    month = date.fromisoformat(f"{row['date_start']}-01")
    row |= {"decision": "accept", "reviewer": "Ben", "date_start": f"{month:%b-%y}"}
    path = desk.folder / "saved.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(rows)
    taking = desk.review(path)
    assert not taking.remarks
    assert not taking.refused
    after = {found["claim_id"]: found for found in desk.run()}
    assert after[row["claim_id"]]["review_state"] == "same"
    assert after[row["claim_id"]]["decision"] == "accept"
