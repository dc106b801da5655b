"""Do two claims say the same thing, does one follow on the other, or do they contradict?

A wrong contradiction is worse than a missed one: what is not clear is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.across.figures import Figures, compare_figures, size
from pipeline.across.lexicon import MOVES, lexicon
from pipeline.across.shared import LEAST_WEIGHT, Words, voices, words_of
from pipeline.across.statement import Statement, When
from pipeline.across.times import (
    SEASON,
    Times,
    compare_times,
    days_between,
    is_plain,
    share_period,
)

Kind = Literal["same", "update", "contradiction"]
About = Literal["", "amount", "date", "polarity"]

MONTH = 31
FULL = 4  # names and words that both share: with more a claim is told at length
NEAR = 7  # days between articles on one event that is not dated
DAYS_APART = 10  # days between two dates of what is still taken for one event
#: Moods of what is not yet: what is expected today is planned tomorrow.
_TO_COME = frozenset({"planned", "possible"})


@dataclass(frozen=True, slots=True)
class Relation:
    """What two claims are to each other.

    Attributes:
        about: what differs, or is rounded where both say the same; else "".
        values: of the two claims, in words, empty for the same.
        newer: 1 if the second claim is the newer one, 0 if the first is; for updates only.
    """

    kind: Kind
    about: About = ""
    values: tuple[str, str] = ("", "")
    newer: int = 1


def relation(one: Statement, other: Statement) -> Relation | None:
    """How two claims hang together; None if they don't, or nobody can tell.

    Args:
        one: the claim of the earlier document.
    """
    if one.mood != other.mood and not {one.mood, other.mood} <= _TO_COME:
        return None
    words = words_of(one, other)
    if words is None or not _one_scene(one, other, words):
        return None
    figures = compare_figures(one.amounts, other.amounts)
    times = compare_times(one, other)
    found = _verdict(one, other, words, figures, times)
    if found and one.mood != other.mood and found.kind != "update":
        return None
    return None if found and _is_doubtful(one, other, words, found) else found


def _is_doubtful(one: Statement, other: Statement, words: Words, found: Relation) -> bool:
    """True if two claims that differ need not exclude each other."""
    if one.mood == "possible" and found.about == "polarity":
        return True
    if found.kind != "contradiction":
        return False
    if one.mood == "possible" or (one.mood == "planned" and _is_forecast(one)):
        return True  # what may be does not rule out what else may be
    return not words.named and not _is_one_event(one, other, words)


def _is_one_event(one: Statement, other: Statement, words: Words) -> bool:
    """True if claims that name nobody cannot but speak of one thing.

    Not so "exports were worth 9" in an article on Galdia and "Galdia's exports were worth 2".
    """
    gap = days_between(one.published, other.published)
    if one.entities or other.entities or gap is None or abs(gap) > NEAR:
        return False
    if one.dates and other.dates:
        return True
    is_share = any(amount.kind == "percent" for amount in one.amounts)
    return voices(one, other) == "two" and not is_share


def _is_forecast(claim: Statement) -> bool:
    """True if a figure that is to come is a rate or a step: two forecasts may differ."""
    return any(amount.kind == "percent" or amount.change for amount in claim.amounts)


def _verdict(
    one: Statement, other: Statement, words: Words, figures: Figures, times: Times
) -> Relation | None:
    if one.flipped != other.flipped:
        return _polarity(one, other, words, figures, times)
    if times == "apart":
        return _date(one, other, words, figures)
    if figures in ("differ", "may differ"):
        return _amount(one, other, words, times, sure=figures == "differ")
    return _same(one, other, words, figures, times)


def _one_scene(one: Statement, other: Statement, words: Words) -> bool:
    """False where the same names do other things to each other."""
    if words.shared & lexicon().mutual:
        return True
    if one.side and other.side and one.side != other.side:
        return not one.actors & other.actors
    if one.goals & other.origins or one.origins & other.goals:
        return False  # exports of one to the other, and the other way round
    if one.actors & other.patients or one.patients & other.actors:
        return False
    return not (one.actors and other.actors) or bool(one.actors & other.actors)


# ---------------------------------------------------------------- verdicts


def _same(
    one: Statement, other: Statement, words: Words, figures: Figures, times: Times
) -> Relation | None:
    """Nothing differs; is enough the same?"""
    if figures == "other" or one.part != other.part or (times == "loose" and figures == "none"):
        return None
    gap = days_between(one.published, other.published)
    if times != "agree" and gap is not None and abs(gap) > SEASON:
        return None
    if figures == "agree":
        enough = words.weight >= 2 and words.least_extra <= 1 and words.most_extra <= 4
    elif len(words.alone) > 1 or bool(one.amounts) != bool(other.amounts):
        enough = False  # else "he leads with 61" and "he leads with 221" would meet in "he leads"
    elif not (words.left & one.acts | words.right & other.acts) <= lexicon().aspects:
        enough = False
    else:
        enough = words.weight >= 3 and words.least_extra == 0 and words.most_extra <= 1
        enough = enough or (times == "agree" and words.weight >= 2 and words.most_extra == 0)
    if not enough:
        return None
    is_rounded = figures == "agree" and not any(
        a.value is not None and a.value == b.value for a in one.amounts for b in other.amounts
    )
    return Relation("same", "amount" if is_rounded else "")


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
    if one.doc_id != other.doc_id:
        return False
    return voices(one, other) != "two"


def _polarity(
    one: Statement, other: Statement, words: Words, figures: Figures, times: Times
) -> Relation | None:
    gap = days_between(one.published, other.published)
    if figures not in ("none", "agree") or times in ("apart", "loose"):
        return None
    if _is_one_article(one, other) or not _is_firm(words, 3 if words.named else 4):
        return None
    if words.left & one.acts or words.right & other.acts:
        return None  # "would be honoured to meet" is not the contrary of "will not meet"
    near = MONTH if words.weight > FULL else NEAR
    if times != "agree" and gap is not None and abs(gap) > near:
        return None
    values = ("denied" if one.flipped else "affirmed", "denied" if other.flipped else "affirmed")
    if gap and (other.newer or (one.flipped and (one.state or one.mood in _TO_COME))):
        # "has not been paid" is no lie when it is paid the day after
        return Relation("update", "polarity", values)
    return Relation("contradiction", "polarity", values)


def _date(one: Statement, other: Statement, words: Words, figures: Figures) -> Relation | None:
    """Two dates of one event that happens once, or of one plan."""
    if figures not in ("none", "agree") or len(one.dates) != 1 or len(other.dates) != 1:
        return None
    if _is_one_article(one, other) or not _is_firm(words):
        return None
    (a,), (b,) = one.dates, other.dates
    gap = days_between(one.published, other.published)
    if gap and one.mood in _TO_COME and is_plain(a) and is_plain(b):
        told_anew = other.newer or voices(one, other) == "one"
        return Relation("update", "date", (a.first, b.first)) if told_anew else None
    if not _happens_once(one, other, words, a, b):
        return None
    return Relation("contradiction", "date", (a.first, b.first))


def _happens_once(one: Statement, other: Statement, words: Words, a: When, b: When) -> bool:
    """True if one of two dates must be wrong."""
    if not is_plain(a) or not is_plain(b) or len(a.first) != len(b.first):
        return False
    apart = abs(days_between(a.first, b.first) or 0)
    if apart > DAYS_APART:
        return False
    if "first" in words.shared:
        return True
    if one.single and other.single:
        # "a school was founded in 1871": which one?
        return bool(one.patients & other.patients) or not (one.vague or other.vague)
    return bool(apart) and one.rare and other.rare and not (one.vague or other.vague)


def _amount(
    one: Statement, other: Statement, words: Words, times: Times, *, sure: bool
) -> Relation | None:
    """Two figures of one thing: a newer value, or a contradiction if they differ for sure."""
    (a,), (b,) = one.amounts, other.amounts
    values = (a.words, b.words)
    gap = days_between(one.published, other.published)
    if _is_one_article(one, other) or one.part != other.part:
        return None
    if times == "far" and not (one.deal and other.deal):
        return None  # the quake of this week is not that of some years ago
    if _is_version(one, other):
        return Relation("update", "amount", values) if _is_close(words) else None
    marked = one.newer != other.newer
    if gap or (gap == 0 and marked and times != "agree"):
        newer = 1 if gap or other.newer else 0
        if _is_update(one, other, words, times, newer):
            close = _is_close(words) and _is_one_act(one, other, words)
            return Relation("update", "amount", values, newer) if close else None
        if gap and times != "agree" and words.shared & lexicon().running:
            return None  # a count goes on while an event lasts, and may be corrected downwards
    if not sure or not _is_firm(words) or one.newer or other.newer or times == "loose":
        return None
    if times == "agree":
        # The first quarter and the first half overlap, and have two figures.
        if not share_period(one, other) and not (one.deal and other.deal):
            return None
        return Relation("contradiction", "amount", values)
    deals = one.deal and other.deal
    # one is fined, or wins seats, time and again
    if gap is None or abs(gap) > (SEASON if deals else NEAR):
        return None
    if gap and not deals and (one.vague or other.vague):
        return None
    return Relation("contradiction", "amount", values)


def _is_version(one: Statement, other: Statement) -> bool:
    """True if one's article is an update of the other's."""
    return one.lineage == other.lineage and one.doc_id != other.doc_id


def _is_close(words: Words) -> bool:
    few = words.weight >= 2 and words.least_extra <= 1 and words.most_extra <= 2
    return few and words.one_thing and not words.alone


def _is_one_act(one: Statement, other: Statement, words: Words) -> bool:
    """True if one's verb is among the other's words: winning delegates is not needing some."""
    if words.shared & (lexicon().running | lexicon().states):
        return True
    if not one.acts or not other.acts:  # "has", "is at"
        return words.least_extra == 0
    return one.acts - MOVES <= other.about or other.acts - MOVES <= one.about


def _is_update(one: Statement, other: Statement, words: Words, times: Times, newer: int) -> bool:
    """Can the later figure be a newer one of what changes or was corrected?"""
    early, late = (one, other) if newer else (other, one)
    told_by = voices(one, other)
    if told_by == "two" and not words.shared & lexicon().running:
        return False  # what another says is not what it has become
    if late.newer or told_by == "one":
        return True
    gap = abs(days_between(one.published, other.published) or 0)
    if (
        words.shared & lexicon().running
        and words.weight + (not words.named) > LEAST_WEIGHT
        and early.amounts[0].kind in ("count", "money")
    ):
        first, second = size(early.amounts[0]), size(late.amounts[0])
        return gap <= SEASON and first is not None and second is not None and first < second
    if times in ("agree", "loose"):
        return False
    if early.mood != "real":
        # another's forecast is not a newer one
        return False
    return words.most_extra == 0 and (early.state or bool(words.shared & lexicon().states))
