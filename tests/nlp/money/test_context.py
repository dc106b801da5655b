"""Bounds, rates, roles and doubts of sums."""

from decimal import Decimal

import pytest

from pipeline.nlp.money import find_money


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        pytest.param("almost $9", "almost", None, None, id="almost"),
        pytest.param("about $9", "about", None, None, id="about"),
        pytest.param("an estimated $9", "about", None, None, id="estimated"),
        pytest.param("more than $9", "more_than", 9, None, id="more-than"),
        pytest.param("Over $9", "more_than", 9, None, id="capital"),
        pytest.param("less than a $9", "less_than", None, 9, id="article-between"),
        pytest.param("at least $9", "at_least", 9, None, id="at-least"),
        pytest.param("$9 or more", "at_least", 9, None, id="or-more"),
        pytest.param("$9-plus", "at_least", 9, None, id="plus"),
        pytest.param("up to $9", "at_most", None, 9, id="up-to"),
        pytest.param("no more than $9", "at_most", None, 9, id="no-more-than"),
        pytest.param("as much as $9", "at_most", None, 9, id="as-much-as"),
        pytest.param("paid $9", "", None, None, id="none"),
    ],
)
def test_bound(text: str, qualifier: str, low: int | None, high: int | None) -> None:
    (figure,) = find_money(text)
    assert figure.amount == 9
    assert (figure.qualifier, figure.low, figure.high) == (qualifier, low, high)
    assert figure.span.of(text) == "$9"


@pytest.mark.parametrize(
    ("text", "per"),
    [
        pytest.param("$9 a year", "year", id="a-year"),
        pytest.param("$9-a-share offer", "share", id="hyphens"),
        pytest.param("$9 per barrel", "barrel", id="per"),
        pytest.param("$9/hour", "hour", id="slash"),
        pytest.param("$9 annually", "year", id="annually"),
        pytest.param("an annual fee of $9", "year", id="annual-before"),
        pytest.param("a $9 annual fee", "year", id="annual-after"),
        pytest.param("bikes each of $9", "each", id="each"),
        pytest.param("$9 a year ago", "", id="a-year-ago"),
        pytest.param("$9 a person said", "person", id="a-person"),
        pytest.param("$9 in fees", "", id="none"),
    ],
)
def test_per(text: str, per: str) -> None:
    (figure,) = find_money(text)
    assert figure.per == per


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("It reported a net loss of $9.", "loss", id="loss-of"),
        pytest.param("It reported a $9 loss.", "loss", id="loss-behind"),
        pytest.param("It cut spending by $9.", "cut", id="cut-by"),
        pytest.param("Costs rose by $9.", "rise", id="rose-by"),
        pytest.param("She was fined $9.", "fine", id="fined"),
        pytest.param("It made a profit of $9.", "profit", id="profit"),
        pytest.param("It spoke of $9.", "", id="none"),
    ],
)
def test_role_of_a_positive_amount(text: str, role: str) -> None:
    (figure,) = find_money(text)
    assert (figure.amount, figure.role) == (Decimal(9), role)


def flags(text: str) -> list[tuple[str, ...]]:
    return [figure.flags for figure in find_money(text)]


def test_cut_off_in_a_quotation() -> None:
    text = "He said the state lacks the capacity to promise $300.” Other loans came to $4 billion."
    assert flags(text) == [("truncated_amount",), ()]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ticket costs $30. The stadium cost $4 billion.", id="small-and-meant"),
        pytest.param("The bank offers a loan of $3,000.” It has $4 billion.", id="grouped"),
        pytest.param("The bank charges $30 a month. It has $4 billion.", id="rate"),
    ],
)
def test_not_cut_off(text: str) -> None:
    assert flags(text)[0] == ()


def test_misread_digits_give_no_amount() -> None:
    figures = find_money("They paid $1O0 million and €l5,000.")
    assert [(f.amount, f.currency, f.flags) for f in figures] == [
        (None, "USD", ("ocr_digits",)),
        (None, "EUR", ("ocr_digits",)),
    ]


def test_ambiguous_separator() -> None:
    assert flags("It cost R$1.500 then.") == [("ambiguous_separator",)]


@pytest.mark.parametrize(
    ("text", "currency", "doubt"),
    [
        pytest.param("It paid $5.", "USD", (), id="plain"),
        pytest.param("Ottawa paid $5 to Canada Post.", "USD", ("currency_assumed",), id="doubt"),
        pytest.param("A Canadian paid $5 in New York.", "USD", (), id="us-named-too"),
        pytest.param("It paid $5m. The A$5m were late.", "AUD", (), id="same-sum-named"),
        pytest.param("It paid 30,000 dinars.", None, ("currency_unknown",), id="many-dinars"),
        pytest.param("Iraq paid 30,000 dinars.", "IQD", (), id="dinar-by-country"),
        pytest.param("It paid ¥5m.", "JPY", (), id="yen-sign"),
        pytest.param("Beijing paid ¥5m.", "CNY", ("currency_assumed",), id="yuan-by-country"),
        pytest.param("It paid 5 lakh rupees.", "INR", ("currency_assumed",), id="rupees"),
    ],
)
def test_currency_by_evidence(text: str, currency: str | None, doubt: tuple[str, ...]) -> None:
    figure = find_money(text)[0]
    assert (figure.currency, figure.flags) == (currency, doubt)


def test_conversion_in_brackets_is_not_the_same_dollar() -> None:
    named, other = find_money("It owed US$5 million ($7 million).")
    assert (named.currency, other.currency) == ("USD", None)
    assert other.flags == ("currency_unknown",)


def test_scale_of_a_list_is_in_doubt() -> None:
    assert flags("They paid $5, $6 and $7 million.") == [("scale_unclear",), ("scale_unclear",), ()]
