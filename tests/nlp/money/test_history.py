"""Currencies that changed their code and kept their name."""

import pytest

from pipeline.nlp.dates.find import find_dates
from pipeline.nlp.money.find import find_money
from pipeline.nlp.money.history import of_their_time, reigns
from pipeline.records import Figure


def one(text: str, published: str) -> Figure:
    """The text's only sum, as the component reads it."""
    found = of_their_time(text, find_money(text), published, find_dates(text, published))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "published", "code"),
    [
        pytest.param("A loan of 5 million Turkish lira", "1998-06-26", "TRL", id="old-lira"),
        pytest.param("A loan of 5 million Turkish lira", "2010-06-26", "TRY", id="new-lira"),
        pytest.param("The plant cost 25bn roubles", "1995", "RUR", id="russia"),
        pytest.param("The plant cost 25bn roubles", "1985-03", "SUR", id="soviet-union"),
        pytest.param("A fine of 300,000 Mexican pesos", "1990-03-01", "MXP", id="silver-peso"),
        pytest.param("A fine of 300,000 Polish zlotys", "1993-03-01", "PLZ", id="zloty"),
        pytest.param("A fine of 900,000 German marks", "2015-03-01", "DEM", id="gone-by-name"),
        pytest.param("A fine of TRY 300,000", "1998-03-01", "TRY", id="code-as-written"),
        pytest.param("A fine of 300,000 euros", "1985-03-01", "EUR", id="no-predecessor"),
        pytest.param("A loan of 5 million Turkish lira", "", "TRY", id="undated"),
    ],
)
def test_the_day_of_the_text_tells_the_currency(text: str, published: str, code: str) -> None:
    figure = one(text, published)
    assert (figure.currency, figure.flags) == (code, ())


@pytest.mark.parametrize(
    ("text", "code", "flag"),
    [
        pytest.param(
            "In 1998 the flat cost 5 billion Turkish lira.", "TRL", "currency_by_date", id="past"
        ),
        pytest.param("In 2012 it cost 5,000 Turkish lira.", "TRY", None, id="its-own-time"),
        pytest.param(
            "Built in 1998, it sold for 5,000 Turkish lira in 2012.", "TRY", "currency_assumed",
            id="two-dates",
        ),
        pytest.param("It opened in 1998. It cost 5,000 Turkish lira.", "TRY", None, id="elsewhere"),
        pytest.param(
            "In 1965 the hall cost 800,000 Argentine pesos.", None, "currency_unknown", id="no-code"
        ),
    ],
)  # fmt: skip
def test_the_date_of_the_sentence_tells_it_too(text: str, code: str, flag: str | None) -> None:
    figure = one(text, "2015-03-01")
    assert figure.currency == code
    assert figure.flags == ((flag,) if flag else ())


def test_every_chain_goes_back_in_time() -> None:
    for code, chain in reigns().items():
        assert chain[0].code == code
        assert [reign.since for reign in chain] == sorted(
            (reign.since for reign in chain), reverse=True
        )


@pytest.mark.parametrize(
    ("text", "per"),
    [
        pytest.param("She paid $5 perhaps.", "", id="perhaps"),
        pytest.param("She paid $5 personally.", "", id="personally"),
        pytest.param("She paid $5 per share.", "share", id="per"),
        pytest.param("She paid $5/share.", "share", id="slash"),
        pytest.param("She paid $5 every month.", "month", id="every"),
        pytest.param("She paid $5 everywhere.", "", id="everywhere"),
    ],
)
def test_per_is_a_word(text: str, per: str) -> None:
    assert find_money(text)[0].per == per
