"""How much claims speak of: are two figures of one number?"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.across.statement import PER, UNKNOWN, Amount

Figures = Literal["none", "agree", "other", "differ", "may differ"]

COUNTED = 1_000  # from here on counts are rounded without a word
NEARLY = Decimal("1.15")  # of a bound, what is still taken for the same number


def compare_figures(ones: tuple[Amount, ...], others: tuple[Amount, ...]) -> Figures:
    """none (one or both have none), agree, other; of one figure each, of one kind: differ, or
    may differ where a number fits both."""
    if not ones or not others:
        return "none"
    pairs = [(a, b) for a in ones for b in others if _alike(a, b)]
    if not pairs:
        return "other"
    if agreed := [(a, b) for a, b in pairs if agree(a, b)]:
        # of one side at least, each figure that can be compared agrees with some other
        ones_agree = {one for one, _ in pairs} == {one for one, _ in agreed}
        others_agree = {other for _, other in pairs} == {other for _, other in agreed}
        return "agree" if ones_agree or others_agree else "other"
    if len(ones) > 1 or len(others) > 1:
        return "other"
    return "may differ" if _may_be_one(ones[0], others[0]) else "differ"


def _may_be_one(one: Amount, other: Amount) -> bool:
    """True if they need not exclude each other: of 12 people 3 may be children."""
    if one.unit != other.unit or _overlaps(one, other):
        return True
    first, second = size(one), size(other)
    return first is not None and second is not None and _is_near(first, second)


def _alike(one: Amount, other: Amount) -> bool:
    if one.kind != other.kind or one.change != other.change:
        return False
    if one.kind in ("money", "percent"):
        return one.unit == other.unit and not one.unit.startswith(UNKNOWN)
    # "doses" and "doses of vaccine"
    first, second = set(one.unit.split()), set(other.unit.split())
    if UNKNOWN in first | second or any(word.startswith(PER) for word in first ^ second):
        return False
    return first <= second or second <= first


def agree(one: Amount, other: Amount) -> bool:
    """True if both figures are likely of one and the same number."""
    if one.value is not None and other.value is not None and not (_bound(one) or _bound(other)):
        return one.value == other.value or _rounded(one, other)
    (low, high), (least, most) = _range(one), _range(other)
    if (low, high) == (least, most):
        return True
    if not _overlaps(one, other):
        return False
    # of "more than 300" and 301 both ends are near; of "more than 300" and 620 they are not
    ends = [end for end in (low, high, least, most) if end is not None]
    return max(ends) <= min(ends) * NEARLY if _open(one) or _open(other) else True


def _bound(amount: Amount) -> bool:
    return amount.low is not None or amount.high is not None


def _range(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest number that it can be; None where there is no end."""
    return (amount.low, amount.high) if _bound(amount) else (amount.value, amount.value)


def _open(amount: Amount) -> bool:
    return _bound(amount) and (amount.low is None or amount.high is None)


def _overlaps(one: Amount, other: Amount) -> bool:
    """True if some number fits both: 620 is "more than 300"."""
    (low, high), (least, most) = _range(one), _range(other)
    return (high is None or least is None or least <= high) and (
        most is None or low is None or low <= most
    )


def _rounded(one: Amount, other: Amount) -> bool:
    """True if the coarser value is the finer one with fewer digits, or is said to be about it."""
    assert one.value is not None and other.value is not None
    coarse, fine = sorted((one, other), key=lambda amount: _digits(amount.value))
    assert coarse.value is not None and fine.value is not None
    if not coarse.value or _digits(coarse.value) == _digits(fine.value):
        return False
    exponent = _last_place(coarse.value)
    step = Decimal(1).scaleb(exponent)
    gap = abs(coarse.value - fine.value)
    if coarse.loose and gap <= abs(coarse.value) * Decimal("0.05"):
        return True
    if one.kind == "count" and max(one.value, other.value) < COUNTED:
        return False
    # 45 for 45.2; but 200 is not 214, where the zeros may be exact
    return gap * 2 <= step and _is_near(coarse.value, fine.value)


def _is_near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(abs(one), abs(other)) * Decimal("0.02")


@lru_cache(maxsize=65_536)
def _digits(value: Decimal | None) -> int:
    """Significant digits: 1 of 9,000, 2 of 4.5."""
    return len(value.normalize().as_tuple().digits) if value is not None else 0


def _last_place(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # figures are finite
    return exponent


def size(amount: Amount) -> Decimal | None:
    """Its value, or the bound that is known."""
    return amount.value if amount.value is not None else amount.low or amount.high
