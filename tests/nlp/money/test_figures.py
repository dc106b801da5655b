"""Percentages, measures, ages, ranks and counts, without a model."""

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nlp.money import find_figures, find_money

FIGURES = [
    pytest.param("[91.2%] effective", "percent", "91.2", "percent", id="percent-sign"),
    pytest.param("[forty per cent] of it", "percent", "40", "percent", id="spelled-percent"),
    pytest.param("up [25 basis points]", "percent", "25", "basis points", id="basis-points"),
    pytest.param("only [a quarter] of voters", "percent", "25", "percent", id="a-quarter"),
    pytest.param("[half] of the voters", "percent", "50", "percent", id="half"),
    pytest.param("[one in five] children", "percent", "20", "percent", id="one-in-five"),
    pytest.param("the [10-year-old] boy", "measure", "10", "years old", id="age-adjective"),
    pytest.param("a girl aged [14] who", "measure", "14", "years old", id="aged"),
    pytest.param(
        "by [a quarter of a percentage point] to",
        "percent",
        "0.25",
        "percentage points",
        id="part-of-a-point",
    ),
    pytest.param("stood [half a mile] away", "measure", "0.5", "miles", id="half-a-mile"),
    pytest.param("cut by [two-thirds].", "percent", "66.67", "percent", id="share-by-itself"),
    pytest.param("[1 in 10,000] children", "percent", "0.01", "percent", id="one-in-many"),
    pytest.param("[one in 30,000] people", "percent", "0.0033", "percent", id="rare"),
    pytest.param("when she was [six] and", "measure", "6", "years old", id="when-she-was"),
    pytest.param("Ann Lee, [42], said", "measure", "42", "years old", id="age-behind-a-name"),
    pytest.param("for [two hours] then", "measure", "2", "hours", id="duration"),
    pytest.param("ran [90 miles] then", "measure", "90", "miles", id="miles"),
    pytest.param("at [20 °C] then", "measure", "20", "degrees Celsius", id="degrees"),
    pytest.param("[2,000 barrels a day]", "measure", "2000", "barrels per day", id="rate"),
    pytest.param("at [-5 °C] then", "measure", "-5", "degrees Celsius", id="minus-sign"),
    pytest.param("a [30km] walk", "measure", "30", "kilometres", id="unit-touches"),
    pytest.param("the [#2] browser", "count", "2", "rank", id="rank"),
    pytest.param("[12] agreements", "count", "12", "agreements", id="count"),
    pytest.param("[3.5 million] people", "count", "3500000", "people", id="large-count"),
]


@pytest.mark.parametrize(("marked", "kind", "amount", "unit"), FIGURES)
def test_figure(marked: str, kind: str, amount: str, unit: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    (figure,) = find_figures(text)
    assert figure.span.of(text) == marked[marked.index("[") + 1 : marked.index("]")]
    assert (figure.kind, figure.amount, figure.unit) == (kind, Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("two years ago", id="relative-date"),
        pytest.param("over the past 30 days", id="look-back"),
        pytest.param("a third quarter of sales", id="quarter-of-a-year"),
        pytest.param("the second half of the season", id="half-of-a-season"),
        pytest.param("in the 1980s, on the 3rd floor", id="decade-and-ordinal"),
        pytest.param("nineteen ninety was no good", id="spelled-year"),
        pytest.param("won 3 to 1, a 2-1 vote, 5-4 votes", id="scores"),
        pytest.param("the two countries", id="refers-back"),
        pytest.param("she came in a third time", id="a-third-time"),
        pytest.param("dozens of people, no people", id="no-numbers"),
        pytest.param("at 10:35 on 9/11 in IE6 and 3:1", id="times-and-names"),
    ],
)
def test_no_figure(text: str) -> None:
    assert find_figures(text) == []


def test_rounded_share_says_so() -> None:
    (figure,) = find_figures("two thirds of the members")
    assert (figure.amount, figure.flags) == (Decimal("66.67"), ("rounded",))


@pytest.mark.parametrize("text", ["between 3 and 4 percent", "3%-4%", "3-4 %", "3 to 4 per cent"])
def test_range_of_percentages(text: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.amount, figure.low, figure.high) == (None, Decimal(3), Decimal(4))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("70,000 to 80,000 people fled", 70_000, 80_000, id="to"),
        pytest.param("1,000-1,500 jobs", 1_000, 1_500, id="dash"),
        pytest.param("between 5 and 6 million people", 5_000_000, 6_000_000, id="shared-scale"),
    ],
)
def test_range_of_counts(text: str, low: int, high: int) -> None:
    (figure,) = find_figures(text)
    assert (figure.kind, figure.amount, figure.low, figure.high) == ("count", None, low, high)


SNIPPETS = st.sampled_from(
    ["$", "US$", "€", "5", "3.2", "1,000", " ", " million", "bn", " to ", "-", " or ", "%", ".",
     " dollars", " cents", " and ", "half a ", "from ", "rose ", "\n", "people", "Rs ", "٣"]
)  # fmt: skip


@given(st.lists(SNIPPETS, max_size=30).map("".join))
def test_spans_are_ordered_apart_and_numeric(text: str) -> None:
    figures = find_figures(text)
    for figure, following in pairwise(figures):
        assert figure.span.end <= following.span.start
    for figure in figures:
        assert "\n" not in figure.span.of(text)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.kind == "money" or figure.currency is None


@given(st.decimals(0, 10**12, places=2))
def test_amounts_are_exact(amount: Decimal) -> None:
    (figure,) = find_money(f"It paid ${amount:,f} then.")
    assert figure.amount == amount


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1," * 50_000, id="digits-and-commas"),
        pytest.param("$" * 100_000, id="signs"),
        pytest.param("9" * 100_000, id="digits"),
        pytest.param("$" + " " * 100_000 + "5", id="spaces"),
        pytest.param("two and a " * 10_000, id="number-words"),
        pytest.param("one " + "million " * 10_000 + "dollars", id="scale-words"),
        pytest.param("$5 million million million million", id="too-large"),
        pytest.param("hundreds of millions of " * 4_000, id="vague-words"),
        pytest.param(" 000" * 25_000, id="groups"),
    ],
)
def test_hostile_text_gives_nothing_quickly(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("$5 to ", id="chained-ranges"),
        pytest.param("In 1998 it cost 5 Turkish lira. ", id="former-currencies"),
        pytest.param("5% to ", id="percentages"),
        pytest.param("Anna Bell, 52, ", id="ages"),
        pytest.param("$5 million ", id="sums"),
    ],
)
def test_time_grows_with_the_text_alone(words: str) -> None:
    """Four times the text takes about four times as long; eight leave room for a busy machine."""
    times = []
    for size in (20_000, 80_000):
        text = (words * (size // len(words) + 1))[:size]
        begin = time.process_time()
        find_figures(text)
        find_money(text, "1990-01-01")
        times.append(time.process_time() - begin)
    assert times[1] < 8 * times[0] + 0.5
