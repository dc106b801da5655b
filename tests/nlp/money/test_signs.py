"""Scales, signs and periods in short forms; the word "minus"; letters that are always money."""

from decimal import Decimal

import pytest

from pipeline.nlp.money.find import find_figures, find_money

SUMS = [
    pytest.param("A $1.2tr plan.", "1200000000000", "USD", id="tr"),
    pytest.param("A 3tr euro plan.", "3000000000000", "EUR", id="tr-before-name"),
    pytest.param("It made $1 million and a half.", "1500000", "USD", id="and-a-half"),
    pytest.param("The fare is kr 500 there.", "500", None, id="kr-unknown"),
    pytest.param("In Norway the fare is 500 kr.", "500", "NOK", id="kr-of-a-country"),
    pytest.param("Rice costs ৳70.", "70", "BDT", id="taka"),
    pytest.param("The result was minus $5 million.", "-5000000", "USD", id="minus"),
    pytest.param("It fell to minus 3m euros.", "-3000000", "EUR", id="minus-before-name"),
    pytest.param("Sales minus $5 million of costs.", "5000000", "USD", id="subtracted"),
]


@pytest.mark.parametrize(("text", "amount", "currency"), SUMS)
def test_sums(text: str, amount: str, currency: str | None) -> None:
    (figure,) = find_money(text)
    assert (figure.amount, figure.currency) == (Decimal(amount), currency)
    assert ("currency_unknown" in figure.flags) is (currency is None)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        pytest.param("Oil cost $80/bbl.", "barrel", id="bbl"),
        pytest.param("They earn $5/hr.", "hour", id="hr"),
        pytest.param("It costs 15 cents per kilowatt-hour.", "kilowatt-hour", id="hyphen"),
        pytest.param("It paid $5 per share.", "share", id="share"),
    ],
)
def test_short_units_of_a_rate_are_written_out(text: str, per: str) -> None:
    assert find_money(text)[0].per == per


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        pytest.param("He won $5 million plus.", "at_least", id="plus"),
        pytest.param("He won $5 million-plus in bets.", "at_least", id="hyphen"),
        pytest.param("He paid $5 million plus costs.", "", id="adds"),
    ],
)
def test_plus_is_a_bound_unless_it_adds(text: str, qualifier: str) -> None:
    assert find_money(text)[0].qualifier == qualifier


def test_a_profit_is_set_against_a_loss_in_the_same_currency() -> None:
    lost, won = find_money("It lost €4.3 million, against a profit of 2.1 million in 2019.")
    assert (lost.currency, won.currency, won.amount) == ("EUR", "EUR", Decimal(2100000))
    assert "currency_carried" in won.flags


@pytest.mark.parametrize("text", ["A lorry of 5 tr.", "BP 5 opened.", "Ask the kr."])
def test_no_money(text: str) -> None:
    assert find_money(text) == []


def test_basis_points_in_two_letters() -> None:
    (figure,) = find_figures("Yields rose by 50bp.")
    assert (figure.kind, figure.amount, figure.unit) == ("percent", Decimal(50), "basis points")
