"""Are two figures of one number?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.across.figures import compare_figures
from pipeline.across.statement import UNKNOWN, Amount, unit_of


def figure(
    kind: str = "count",
    value: float | None = None,
    unit: str = "",
    *,
    low: float | None = None,
    high: float | None = None,
    loose: bool = False,
    change: bool = False,
) -> Amount:
    exact, least, most = (None if x is None else Decimal(str(x)) for x in (value, low, high))
    return Amount(kind, unit, exact, least, most, loose=loose, change=change, words="")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(figure(value=7), figure(value=9), "differ", id="two-counts"),
        pytest.param(figure(value=7, low=7), figure(value=9), "may differ", id="at-least"),
        pytest.param(figure(value=300, low=300), figure(value=301), "agree", id="just-more"),
        pytest.param(figure(value=100), figure(value=99), "may differ", id="small-counts"),
        pytest.param(figure(value=5200), figure(value=5187), "agree", id="rounded"),
        pytest.param(figure(value=12), figure(value=3, unit="child"), "may differ", id="a-part"),
        pytest.param(figure(value=9, unit="dos"), figure(value=9, unit="dos vaccin"), "agree",
                     id="doses-of-vaccine"),
        pytest.param(figure("percent", 2, "percent"), figure("percent", 3, "points"), "other",
                     id="points"),
        pytest.param(figure("percent", 2, "points", change=True), figure("percent", 9, "points"),
                     "other", id="by-and-to"),
        pytest.param(figure("money", 14, "EUR /hour"), figure("money", 2100, "EUR /month"), "other",
                     id="rates"),
        pytest.param(figure("money", 9, "AUD"), figure("money", 6, "USD"), "other", id="dollars"),
        pytest.param(figure("money", 9, UNKNOWN), figure("money", 6, UNKNOWN), "other",
                     id="currency-unknown"),
        pytest.param(figure(value=8, unit="car"), figure(value=9, unit="car /day"), "other",
                     id="a-rate-and-a-count"),
        pytest.param(figure("money", 8_000_000, "EUR", low=8_000_000),
                     figure("money", 5_000_000, "EUR"), "differ", id="below-the-bound"),
    ],
)  # fmt: skip
def test_two_figures(one: Amount, other: Amount, expected: str) -> None:
    assert compare_figures((one,), (other,)) == expected
    assert compare_figures((other,), (one,)) == expected


def test_a_part_beside_the_total_changes_nothing() -> None:
    total, part = figure(value=12), figure(value=3, unit="child")
    assert compare_figures((total,), (total, part)) == "agree"
    assert compare_figures((), (total,)) == "none"


def test_units() -> None:
    assert unit_of("percent", "percentage points") == "points"
    assert unit_of("money", "") == UNKNOWN
    assert unit_of("money", "EUR", "month") == "EUR /month"
