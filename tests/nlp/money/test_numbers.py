"""Numbers in digits and words, exact whatever their length."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.money.numbers import find_numbers, parse_digits, parse_words, shift


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("1,234.5", "1234.5", id="english"),
        pytest.param("1.234,5", "1234.5", id="continental"),
        pytest.param("1,234,567", "1234567", id="groups"),
        pytest.param("1.234.567", "1234567", id="dotted-groups"),
        pytest.param("12,34,567", "1234567", id="indian"),
        pytest.param("1 234", "1234", id="spaces"),
        pytest.param("29,90", "29.9", id="decimal-comma"),
        pytest.param("0,125", "0.125", id="zero-and-comma"),
        pytest.param("1,500", "1500", id="thousand"),
        pytest.param("1.500", "1.5", id="english-decimal"),
        pytest.param("٣٫٥", "3.5", id="arabic-decimal"),
        pytest.param("1,2,3", None, id="list"),
        pytest.param("1.2.3", None, id="version"),
        pytest.param("01.02.2020", None, id="date"),
        pytest.param("9" * 39, None, id="too-long"),
    ],
)
def test_digits(text: str, value: str | None) -> None:
    found = parse_digits(text)
    assert (found[0] if found else None) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("twenty-two", "22", id="tens"),
        pytest.param("one hundred and two", "102", id="hundred-and"),
        pytest.param("twelve hundred", "1200", id="twelve-hundred"),
        pytest.param("a hundred thirty million", "130000000", id="american"),
        pytest.param("five hundred thousand two hundred and one", "500201", id="long"),
        pytest.param("a thousand million", "1000000000", id="two-scales"),
        pytest.param("half a million", "500000", id="half-a"),
        pytest.param("a half million", "500000", id="a-half"),
        pytest.param("two and a half billion", "2500000000", id="and-a-half"),
        pytest.param("three quarters of a million", "750000", id="quarters"),
        pytest.param("one point six billion", "1600000000", id="point"),
        pytest.param("one and one half million", "1500000", id="and-one-half"),
        pytest.param("two million and a half", "2500000", id="half-behind"),
        pytest.param("one hundred hundred", None, id="hundred-twice"),
        pytest.param("nineteen ninety", None, id="year"),
        pytest.param("one two", None, id="counting"),
        pytest.param("million", None, id="bare-scale"),
    ],
)
def test_words(text: str, value: str | None) -> None:
    found = parse_words(text)
    assert (found[0] if found else None) == (Decimal(value) if value else None)


@given(st.integers(1, 10**30), st.integers(-9, 15))
def test_shift_is_exact(whole: int, power: int) -> None:
    assert shift(shift(Decimal(whole), power), -power) == whole


@given(st.text(alphabet="0123456789.,' \u00a0½/-kmon", max_size=40))
def test_numbers_stand_where_they_say(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert any(char.isdigit() or char == "½" for char in text[number.start : number.end])
