"""One sum of money: exact amount, currency and span, without a model."""

from decimal import Decimal

import pytest

from pipeline.nlp.money import find_money
from pipeline.records import Figure


def only(text: str) -> Figure:
    figures = find_money(text)
    assert len(figures) == 1, figures
    return figures[0]


SUMS = [
    pytest.param("It paid [$9 billion].", "9000000000", "USD", id="scale-word"),
    pytest.param("It paid [$5-million] for a yard.", "5000000", "USD", id="hyphen"),
    pytest.param("It paid [€5.25m] for a yard.", "5250000", "EUR", id="letter"),
    pytest.param("It paid [$54K] for a yard.", "54000", "USD", id="capital-k"),
    pytest.param("It paid [$3MM] for a yard.", "3000000", "USD", id="finance-mm"),
    pytest.param("It paid [£1.2 tn] for a yard.", "1200000000000", "GBP", id="letters-apart"),
    pytest.param("It paid [half a million euros].", "500000", "EUR", id="half-a"),
    pytest.param("It paid [two and a half billion dollars].", "2500000000", "USD", id="and-a-half"),
    pytest.param("It paid [a quarter of a million euros].", "250000", "EUR", id="a-quarter-of"),
    pytest.param("It paid [$1 1/2 million].", "1500000", "USD", id="fraction"),
    pytest.param("It paid [one point six billion euros].", "1600000000", "EUR", id="point"),
    pytest.param("It paid [five thousand million yen].", "5000000000", "JPY", id="two-scales"),
    pytest.param("It paid [Rs 5 crore] to Mumbai.", "50000000", "INR", id="crore"),
    pytest.param("It paid [20 lakh rupees] in Delhi.", "2000000", "INR", id="lakh"),
    pytest.param("It paid [12,34,567 Indian rupees].", "1234567", "INR", id="indian-groups"),
    pytest.param("It paid [1.234.567,89 €] then.", "1234567.89", "EUR", id="continental"),
    pytest.param("It paid [CHF 1'234.50] then.", "1234.5", "CHF", id="apostrophes"),
    pytest.param("It paid [10\u00a0000 euros] then.", "10000", "EUR", id="nbsp-groups"),
    pytest.param("It paid [29,90 €] then.", "29.9", "EUR", id="decimal-comma"),
    pytest.param("It paid [$１２.５０] then.", "12.5", "USD", id="full-width-digits"),
    pytest.param("It paid [٥٠٠ dollars] then.", "500", "USD", id="arabic-digits"),
    pytest.param("It paid [EUR 5m] then.", "5000000", "EUR", id="code-before"),
    pytest.param("It paid [5m EUR] then.", "5000000", "EUR", id="code-after"),
    pytest.param("It paid [48.5 MGBP] then.", "48500000", "GBP", id="mega-code"),
    pytest.param("It paid [75 USD million] then.", "75000000", "USD", id="code-inside"),
    pytest.param("It paid [US$40 billion] then.", "40000000000", "USD", id="us-dollar"),
    pytest.param("It paid [U.S. $8m] then.", "8000000", "USD", id="us-dotted"),
    pytest.param("It paid [$US7m] then.", "7000000", "USD", id="us-behind-the-sign"),
    pytest.param("It paid [NZ $ 26 million] then.", "26000000", "NZD", id="spaced-sign"),
    pytest.param("It paid [A$4.5 billion] then.", "4500000000", "AUD", id="australian"),
    pytest.param("It paid [C$9.625] then.", "9.625", "CAD", id="canadian-three-decimals"),
    pytest.param("It paid [HK$5] then.", "5", "HKD", id="hong-kong"),
    pytest.param("It paid [S$10] then.", "10", "SGD", id="singapore"),
    pytest.param("It paid [R$1.500,00] then.", "1500", "BRL", id="brazil"),
    pytest.param("A [$5 million] deal.", "5000000", "USD", id="article-is-no-country"),
    pytest.param("It paid [500 million Iranian rials].", "500000000", "IRR", id="adjective"),
    pytest.param("It paid [18 Canadian cents].", "0.18", "CAD", id="canadian-cents"),
    pytest.param("It paid [10,000 Swiss francs].", "10000", "CHF", id="swiss"),
    pytest.param("It paid [80 million French francs].", "80000000", "FRF", id="former-currency"),
    pytest.param("It paid [2.4 billion guilders].", "2400000000", "NLG", id="former-noun"),
    pytest.param("A [20 million euro] annual credit line.", "20000000", "EUR", id="attributive"),
    pytest.param("It paid [388 pence] a share.", "3.88", "GBP", id="pence"),
    pytest.param("It paid [26 cents] a share.", "0.26", "USD", id="cents"),
    pytest.param("It paid [20 dollars and 43 cents].", "20.43", "USD", id="major-and-minor"),
    pytest.param("It paid [5,000 kronor].", "5000", "SEK", id="kronor"),
    pytest.param("Oslo paid [300 kr] a head.", "300", "NOK", id="kr-by-evidence"),
    pytest.param("In Seoul it paid [10 million won].", "10000000", "KRW", id="won"),
    pytest.param("It fell by [-$5m].", "-5000000", "USD", id="minus-sign"),
    pytest.param("It is worth [$99] (AUD) now.", "99", "AUD", id="noted-behind"),
    pytest.param("It traded at [1.8350 marks] then.", "1.835", "DEM", id="exchange-rate"),
]


@pytest.mark.parametrize(("marked", "amount", "currency"), SUMS)
def test_sum(marked: str, amount: str, currency: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    figure = only(text)
    assert figure.span.of(text) == marked[marked.index("[") + 1 : marked.index("]")]
    assert (figure.amount, figure.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("In 2012 300 won prizes.", id="won-the-verb"),
        pytest.param("They won 3-2 in Room 12 on 5 May at 5 p.m.", id="scores-and-times"),
        pytest.param("Call 555-1234 or see Section 12 of ID 12345.", id="phone-and-law"),
        pytest.param("The Vaxin-2 dose and the FIM-92, F-16 and A320.", id="model-names"),
        pytest.param("The bag weighs 20 pounds, the gift 500 pounds of flour.", id="weight"),
        pytest.param("ALL 5 answers are wrong, TRY 3 others.", id="codes-that-are-words"),
        pytest.param("$ alone, $$$, $., a US$ and an € sign", id="signs-alone"),
        pytest.param("Prices rose 5 percent to 5 million units.", id="percent-and-count"),
        pytest.param("He has 5 real friends and 2 marks on 3 crowns.", id="everyday-words"),
        pytest.param("A PS5 and a #2 rank.", id="console-and-rank"),
        pytest.param("Costs $1.2.3 or 1,2,3 dollars-", id="no-number"),
        pytest.param("It paid " + "9" * 10_000 + " dollars.", id="ten-thousand-digits"),
    ],
)
def test_no_money(text: str) -> None:
    assert find_money(text) == []


RANGES = [
    pytest.param("for [$17 million to $19 million]", "17000000", "19000000", id="both-written"),
    pytest.param("between [5 and 6 million dollars]", "5000000", "6000000", id="between"),
    pytest.param("some [$4-5 million]", "4000000", "5000000", id="dash"),
    pytest.param("some [$4 to 5 million]", "4000000", "5000000", id="to-one-sign"),
    pytest.param("the [US $89 to $93 billion]", "89000000000", "93000000000", id="shared-scale"),
    pytest.param("ranging from [$200 to $4 million]", "200", "4000000", id="own-scales"),
    pytest.param("about [eight or nine euros]", "8", "9", id="alternative"),
    pytest.param("about [8 or $9]", "8", "9", id="sign-on-the-second"),
    pytest.param("[15 cents to 20 cents] a share", "0.15", "0.2", id="cents"),
    pytest.param("lost [5 to 10 million dollars]", "5000000", "10000000", id="lost-a-range"),
    pytest.param("[£3bn–£4bn]", "3000000000", "4000000000", id="en-dash"),
]


@pytest.mark.parametrize(("marked", "low", "high"), RANGES)
def test_range(marked: str, low: str, high: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    figure = only(text)
    assert figure.span.of(text) == marked[marked.index("[") + 1 : marked.index("]")]
    assert (figure.amount, figure.low, figure.high) == (None, Decimal(low), Decimal(high))


def test_change_is_two_sums() -> None:
    first, second = find_money("Sales rose from $4 million to $6 million.")
    assert (first.amount, first.role) == (Decimal(4_000_000), "from")
    assert (second.amount, second.role) == (Decimal(6_000_000), "to")


def test_moved_by_is_two_sums() -> None:
    first, second = find_money("The shares fell 30 cents to $2.10.")
    assert (first.amount, first.role) == (Decimal("0.3"), "fall")
    assert second.amount == Decimal("2.1")


def test_currency_carried_over() -> None:
    _, second = find_money("Profit was €5m, up from 3m a year earlier.")
    assert (second.amount, second.currency, second.per) == (Decimal(3_000_000), "EUR", "")
    assert second.flags == ("currency_carried",)


def test_carried_only_to_money() -> None:
    assert len(find_money("It earned $5m, up from 3 million barrels.")) == 1


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        pytest.param("Billions of dollars were lost.", "USD", id="billions"),
        pytest.param("Tens of thousands of euros were lost.", "EUR", id="tens-of-thousands"),
        pytest.param("A few million dollars were lost.", "USD", id="a-few-million"),
        pytest.param("Several hundred million euros were lost.", "EUR", id="several-hundred"),
        pytest.param("A multi-billion-euro fund failed.", "EUR", id="multi"),
    ],
)
def test_vague_sum_has_no_amount(text: str, currency: str) -> None:
    figure = only(text)
    assert (figure.amount, figure.low, figure.high) == (None, None, None)
    assert figure.currency == currency
    assert "vague_amount" in figure.flags


def test_a_tab_alone_before_a_number_is_nothing() -> None:
    assert find_money("\t5 and \t 6 rose") == []
