"""The currency of a sum goes on to the next number where the words hold the two together."""

from decimal import Decimal

import pytest

from pipeline.nlp.money import find_figures, find_money

CARRIED = [
    pytest.param("20 million euros of the 45 million it asked for", "45000000", "EUR", id="of-the"),
    pytest.param("US$17.5 billion, of which 3 billion is paid", "3000000000", "USD", id="of-which"),
    pytest.param("lost $3 million on sales of 40 million", "40000000", "USD", id="on-sales-of"),
    pytest.param("£5 million, including 3 million in cash", "3000000", "GBP", id="including"),
    pytest.param(
        "fell to 34.66 billion dollars at the end of May, from 37.1 billion a year before",
        "37100000000", "USD", id="a-date-between",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount", "currency"), CARRIED)
def test_the_currency_is_carried(text: str, amount: str, currency: str) -> None:
    second = find_money(text)[1]
    assert (second.amount, second.currency) == (Decimal(amount), currency)
    assert "currency_carried" in second.flags


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("$5 million of the 12 million votes", id="of-votes"),
        pytest.param("$5 million to 3 million people, including 2 million boys", id="people"),
    ],
)
def test_what_counts_other_things_is_no_money(text: str) -> None:
    assert [figure.amount for figure in find_money(text)] == [Decimal(5000000)]


def test_a_fraction_behind_cents_is_one_of_a_cent() -> None:
    cents, price = find_money("Wheat slid 2-3/4 cents to $6.31-1/2 a bushel.")
    assert (cents.amount, price.amount) == (Decimal("0.0275"), Decimal("6.315"))


def test_pence_for_each_unit_need_no_other_evidence() -> None:
    (duty,) = find_money("Fuel duty will stay at 52.95p a litre.")
    assert (duty.amount, duty.currency, duty.per) == (Decimal("0.5295"), "GBP", "litre")


def test_a_code_in_the_text_is_evidence_for_its_currency() -> None:
    found = find_money("The villa sold for DKK 24m, far above the 17 million kroner asked.")
    assert [figure.currency for figure in found] == ["DKK", "DKK"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("He bought his first boat, for 900 pounds.", ["money"], id="bought"),
        pytest.param("He caught a fish of 900 pounds.", ["measure"], id="caught"),
        pytest.param("They sold 900 pounds of fish.", ["measure"], id="pounds-of-fish"),
    ],
)
def test_pounds_near_paying_are_money(text: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in find_figures(text)] == kinds


def test_what_is_measured_may_stand_before_per_what() -> None:
    (coal,) = find_figures("It carried 60,000 tons of coal a year.")
    assert (coal.amount, coal.unit, coal.per) == (Decimal(60000), "tons", "year")
