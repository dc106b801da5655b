"""Raised digits behind a sum: the mark of a note behind a word, a doubt behind digits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.nlp.money import find_money


@pytest.mark.parametrize(
    ("text", "words", "amount"),
    [
        ("The hall cost $5 million³ in all.", "$5 million", Decimal(5_000_000)),
        ("A loan of £3bn¹ was signed.", "£3bn", Decimal(3_000_000_000)),
        ("They owe $1.5 million¹² to the port.", "$1.5 million", Decimal(1_500_000)),
    ],
)
def test_a_mark_behind_the_scale_changes_nothing(text: str, words: str, amount: Decimal) -> None:
    (found,) = find_money(text)
    assert (found.span.of(text), found.amount, found.flags) == (words, amount, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A bottle costs $4⁹⁹ there.", "$4⁹⁹"),
        ("Debts of €10⁶ were paid.", "€10⁶"),
        ("It took $5³ to mend.", "$5³"),
        ("They ask $5m² for it.", "$5m²"),
    ],
)
def test_raised_digits_behind_digits_leave_no_amount(text: str, words: str) -> None:
    (found,) = find_money(text)
    assert (found.span.of(text), found.amount, found.flags) == (words, None, ("raised_digits",))
