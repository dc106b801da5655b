"""Do two claims say the same thing, does one follow on the other, or do they contradict?

A wrong contradiction is worse than a missed one: what is not clear is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.across.lexicon import lexicon
from pipeline.across.statement import UNKNOWN, Amount, Statement

Kind = Literal["same", "update", "contradiction"]
About = Literal["", "amount", "date", "polarity"]

NEAR = 7  # days between articles on one event that is not dated
SEASON = 60  # days within which undated claims may speak of one time
# What every verdict below asks for at least: most pairs are told apart by this alone.
LEAST_WEIGHT, MOST_LESS, MOST_MORE = 2, 1, 4  # of `Words`: weight, least_extra, most_extra
NEARLY = Decimal("1.15")  # of a bound, what is still taken for the same number
DAYS_APART = 10  # days between two dates of what is still taken for one event


@dataclass(frozen=True, slots=True)
class Relation:
    """What two claims are to each other.

    Attributes:
        about: what differs, "" for the same.
        values: of the two claims, in words, () for the same.
        newer: 1 if the second claim is the newer one, 0 if the first is; for updates only.
    """

    kind: Kind
    about: About = ""
    values: tuple[str, str] = ("", "")
    newer: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of two claims share.

    Attributes:
        shared: concepts in both.
        left, right: those in one only.
        entities: ids in both.
        alone: ids in one only.
    """

    shared: frozenset[str]
    left: frozenset[str]
    right: frozenset[str]
    entities: frozenset[str]
    alone: frozenset[str]

    @property
    def weight(self) -> int:
        return len(self.shared) + len(self.entities)

    @property
    def least_extra(self) -> int:
        return min(len(self.left), len(self.right))

    @property
    def most_extra(self) -> int:
        return max(len(self.left), len(self.right))


def relation(one: Statement, other: Statement) -> Relation | None:
    """How two claims hang together; None if they don't, or nobody can tell.

    Args:
        one: the claim of the earlier document.
    """
    if one.mood != other.mood:
        return None
    words = _words(one, other)
    if words is None or not _one_scene(one, other, words):
        return None
    flipped = one.flipped != other.flipped
    figures = _figures(one.amounts, other.amounts)
    times = _times(one, other)
    if flipped:
        return _polarity(one, other, words, figures, times)
    if times == "apart":
        return _date(one, other, words, figures)
    if figures in ("differ", "may differ"):
        return _amount(one, other, words, times, sure=figures == "differ")
    return _same(one, other, words, figures, times)


# ---------------------------------------------------------------- what they speak of


def _words(one: Statement, other: Statement) -> Words | None:
    entities = one.entities & other.entities
    if not entities or (one.entities - entities and other.entities - entities):
        return None  # none of one's own, or two recipients of the same sum
    first, second = _about(one), _about(other)
    shared = first & second
    if not shared:
        return None
    left, right = first - shared, second - shared
    words = Words(shared, left, right, entities, one.entities ^ other.entities)
    few = words.weight < LEAST_WEIGHT or words.least_extra > MOST_LESS
    if few or words.most_extra > MOST_MORE or (left | right) & lexicon().distinct:
        return None
    return words


def _about(claim: Statement) -> frozenset[str]:
    """Its words; that a toll "rose" says no more than that it is one."""
    if claim.about & lexicon().running and len(claim.about) > 1:
        return claim.about - {"rise"}
    return claim.about


def _one_scene(one: Statement, other: Statement, words: Words) -> bool:
    """False where the same names do other things to each other."""
    if words.shared & lexicon().mutual:
        return True
    if one.side and other.side and one.side != other.side:
        return not one.actors & other.actors
    if one.actors & other.patients or one.patients & other.actors:
        return False
    return not (one.actors and other.actors) or bool(one.actors & other.actors)


# ---------------------------------------------------------------- figures and times


def _figures(ones: tuple[Amount, ...], others: tuple[Amount, ...]) -> str:
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
    return "may differ" if _overlaps(ones[0], others[0]) else "differ"


def _alike(one: Amount, other: Amount) -> bool:
    if one.kind != other.kind or one.change != other.change:
        return False
    if one.kind in ("money", "percent"):
        return one.unit == other.unit != UNKNOWN
    return one.unit == other.unit or not (one.unit and other.unit)


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
    # 45 for 45.2; but 200 is not 214, where the zeros may be exact
    return gap * 2 <= step and gap <= abs(coarse.value) * Decimal("0.02")


@lru_cache(maxsize=65_536)
def _digits(value: Decimal | None) -> int:
    """Significant digits: 1 of 9,000, 2 of 4.5."""
    return len(value.normalize().as_tuple().digits) if value is not None else 0


def _last_place(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # figures are finite
    return exponent


def _times(one: Statement, other: Statement) -> str:
    """agree, apart, or open where one of them is not dated."""
    if not one.dates or not other.dates:
        return "open"
    return "agree" if any(_overlap(a, b) for a in one.dates for b in other.dates) else "apart"


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """True if both can be of the same time; "2021-07" is all of July."""
    return _first(one) <= _last(other) and _first(other) <= _last(one)


def _one_period(one: Statement, other: Statement) -> bool:
    """True if they share a day, a month, a quarter, ... and not only a part of it."""
    return bool(
        {(_first(a), _last(a)) for a in one.dates} & {(_first(b), _last(b)) for b in other.dates}
    )


def _first(dates: tuple[str, str]) -> str:
    return dates[0] if len(dates[0]) == 10 else (dates[0] + "-01-01")[:10]


def _last(dates: tuple[str, str]) -> str:
    return dates[1] if len(dates[1]) == 10 else dates[1] + "-99"


def days_between(one: str, other: str) -> int | None:
    """From one publication to the other; None unless both are known to the day."""
    if len(one) != 10 or len(other) != 10:
        return None
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        return None


# ---------------------------------------------------------------- verdicts


def _same(
    one: Statement, other: Statement, words: Words, figures: str, times: str
) -> Relation | None:
    """Nothing differs; is enough the same?"""
    if figures == "other":
        return None
    gap = days_between(one.published, other.published)
    if times == "open" and gap is not None and abs(gap) > SEASON:
        return None
    if figures == "agree":
        enough = words.weight >= 2 and words.least_extra <= 1 and words.most_extra <= 4
    else:
        enough = words.weight >= 3 and words.least_extra == 0 and words.most_extra <= 2
        enough = enough or (times == "agree" and words.weight >= 2 and words.most_extra == 0)
    return Relation("same") if enough else None


def _is_firm(words: Words, weight: int = 2) -> bool:
    """True if the claims have the same words but for one, and no name that only one of them has."""
    return (
        words.weight >= weight
        and words.least_extra == 0
        and words.most_extra <= 1
        and not words.alone
    )


def _is_one_article(one: Statement, other: Statement) -> bool:
    """Within an article two values speak of two things, unless two sources are named."""
    return one.doc_id == other.doc_id and (not one.source or one.source == other.source)


def _polarity(
    one: Statement, other: Statement, words: Words, figures: str, times: str
) -> Relation | None:
    gap = days_between(one.published, other.published)
    if figures not in ("none", "agree") or times == "apart" or _is_one_article(one, other):
        return None
    if not _is_firm(words, 3) or (times != "agree" and gap is not None and abs(gap) > NEAR):
        return None
    values = tuple("denied" if claim.flipped else "affirmed" for claim in (one, other))
    return Relation("contradiction", "polarity", (values[0], values[1]))


def _date(one: Statement, other: Statement, words: Words, figures: str) -> Relation | None:
    """Two dates of one event that happens once."""
    if figures not in ("none", "agree") or len(one.dates) != 1 or len(other.dates) != 1:
        return None
    if _is_one_article(one, other) or not _is_firm(words):
        return None
    if not (one.single and other.single):
        return None
    (a,), (b,) = one.dates, other.dates
    if len(a[0]) != len(b[0]) or a[0] != a[1] or b[0] != b[1]:
        return None
    if len(a[0]) == 10 and abs(days_between(a[0], b[0]) or 0) > DAYS_APART:
        return None
    return Relation("contradiction", "date", (a[0], b[0]))


def _amount(
    one: Statement, other: Statement, words: Words, times: str, *, sure: bool
) -> Relation | None:
    """Two figures of one thing: a newer value, or a contradiction if they differ for sure."""
    (a,), (b,) = one.amounts, other.amounts
    values = (a.words, b.words)
    gap = days_between(one.published, other.published)
    if _is_one_article(one, other):
        return None
    if _is_version(one, other):
        return Relation("update", "amount", values) if _is_close(words) else None
    marked = one.newer != other.newer
    if gap or (gap == 0 and marked and times != "agree"):
        newer = 1 if gap or other.newer else 0
        if _is_update(one, other, words, times, newer):
            return Relation("update", "amount", values, newer) if _is_close(words) else None
        if gap and times != "agree" and words.shared & lexicon().running:
            return None  # a count goes on while an event lasts, and may be corrected downwards
    if not sure or not _is_firm(words) or one.newer or other.newer:
        return None
    if times == "agree":
        # The first quarter and the first half overlap, and have two figures.
        if not _one_period(one, other) and not (one.deal and other.deal):
            return None
        return Relation("contradiction", "amount", values)
    if one.deal and other.deal:
        return Relation("contradiction", "amount", values)
    if gap is None or abs(gap) > NEAR or (gap and (one.vague or other.vague)):
        return None
    return Relation("contradiction", "amount", values)


def _is_version(one: Statement, other: Statement) -> bool:
    """True if one's article is an update of the other's."""
    return one.lineage == other.lineage and one.doc_id != other.doc_id


def _is_close(words: Words) -> bool:
    return (
        words.weight >= 2 and words.least_extra <= 1 and words.most_extra <= 2 and not words.alone
    )


def _is_update(one: Statement, other: Statement, words: Words, times: str, newer: int) -> bool:
    """Can the later figure be a newer one of what changes or was corrected?"""
    early, late = (one, other) if newer else (other, one)
    if late.newer or (late.source and late.source == early.source):
        return True
    gap = abs(days_between(one.published, other.published) or 0)
    if words.shared & lexicon().running:
        first, second = _size(early.amounts[0]), _size(late.amounts[0])
        return gap <= SEASON and first is not None and second is not None and first < second
    if times == "agree":
        return False
    return early.mood != "real" or early.state or bool(words.shared & lexicon().states)


def _size(amount: Amount) -> Decimal | None:
    return amount.value if amount.value is not None else amount.low or amount.high
