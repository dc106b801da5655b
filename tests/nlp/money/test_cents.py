"""Bare cents are of the currency that the text's other sums name."""

from __future__ import annotations

import pytest

from pipeline.nlp.money import find_money


@pytest.mark.parametrize(
    ("text", "currency", "assumed"),
    [
        pytest.param("Profit rose to S$9m and sales to S$80m.\nIt will pay 12 cents.", "SGD", True),
        pytest.param("It sold a unit for US$9m. The fare is 12 cents.", "USD", False),
        pytest.param("It costs 12 cents.", "USD", False),
        pytest.param("Sales were S$9m, costs A$8m.\nIt will pay 12 cents.", "USD", False),
    ],
    ids=["one-country", "united-states", "nothing-said", "two-countries"],
)
def test_cents(text: str, currency: str, assumed: bool) -> None:
    cents = find_money(text)[-1]
    assert (cents.currency, "currency_assumed" in cents.flags) == (currency, assumed)
