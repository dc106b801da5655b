"""When claims say that something was: do two times go together?"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from pipeline.across.statement import Statement, When

#: agree; apart; loose where only an open end or an "about" lets them meet; open where one is not
#: dated, far where what the other speaks of was long before or after it.
Times = Literal["agree", "apart", "loose", "open", "far"]

SEASON = 60  # days within which undated claims may speak of one time
_EVER, _NEVER_ENDS = "0000-00-00", "9999-99-99"
#: Which side of its words a date takes; early, mid and late are in its bounds already.
_FORWARD = frozenset({"since", "from", "after"})
_BACK = frozenset({"until", "through", "by", "before"})
_INSIDE = frozenset(
    {"", "early", "mid", "late", "start", "end", "earlier", "later", "rest", "as_of"}
)
#: How far "about" reaches on both sides, in days, by the precision of the date.
_ABOUT = {4: 5 * 366, 7: 31, 10: 3}


def compare_times(one: Statement, other: Statement) -> Times:
    """How the dates of two claims stand to each other."""
    if not one.dates or not other.dates:
        dated, bare = (one, other) if one.dates else (other, one)
        far = dated.dates and all(_is_far(when, bare.published) for when in dated.dates)
        return "far" if far else "open"
    met = {_meet(a, b) for a in one.dates for b in other.dates}
    return "agree" if "agree" in met else "loose" if "loose" in met else "apart"


def share_period(one: Statement, other: Statement) -> bool:
    """True if they share a day, a month, a quarter, ... and not only a part of it."""
    return bool(set(map(_period, one.dates)) & set(map(_period, other.dates)))


def is_plain(when: When) -> bool:
    """True if one day, month or year is meant, and no side or part of it."""
    return not when.modifier and when.first == when.last


def days_between(one: str, other: str) -> int | None:
    """From one day to the other; None unless both are known to the day."""
    first, second = _day(one), _day(other)
    return (second - first).days if first and second else None


def _period(when: When) -> tuple[str, str, str]:
    return _first(when.first), _last(when.last), when.modifier


def _meet(one: When, other: When) -> Times:
    words_meet = _first(one.first) <= _last(other.last) and _first(other.first) <= _last(one.last)
    if one.modifier == other.modifier:
        return "agree" if words_meet else "apart"
    sides = {" ".join(_words(when) - _INSIDE) for when in (one, other)}
    if sides == {"", "since"} and _period(one)[:2] == _period(other)[:2]:
        return "agree"  # "on strike since Monday", "the strike began on Monday"
    (low, high), (least, most) = _reach(one), _reach(other)
    if low > most or least > high:
        return "apart"
    closed = _words(one) | _words(other) <= _INSIDE | {"about"}
    return "agree" if words_meet and closed else "loose"


def _reach(when: When) -> tuple[str, str]:
    """The first and the last day that it can mean."""
    first, last = _first(when.first), _last(when.last)
    words = _words(when)
    if words <= _INSIDE:
        return first, last
    if words & _FORWARD:
        return first, _NEVER_ENDS
    if words & _BACK:
        return _EVER, last
    if "about" in words:
        return _moved(first, -1, len(when.first)), _moved(last, 1, len(when.last))
    return _EVER, _NEVER_ENDS  # less_than, at_least, ...: nobody can tell


def _words(when: When) -> frozenset[str]:
    """Each word of the modifier: "since early" opens what "early" narrowed."""
    return frozenset(when.modifier.split())


def _moved(day: str, sign: int, precision: int) -> str:
    """A day some way before or after; the end of time where the calendar has none."""
    found = _day(day) or _day(f"{day[:8]}28") or _day(f"{day[:4]}-12-31")
    try:
        return (found + timedelta(sign * _ABOUT.get(precision, 0))).isoformat() if found else day
    except OverflowError:
        return _EVER if sign < 0 else _NEVER_ENDS


def _is_far(when: When, published: str) -> bool:
    """True if no day that it can mean is within a season of the publication; False if unknown."""
    news = _day(published)
    if news is None:
        return False
    low, high = _reach(when)
    try:
        first, last = news - timedelta(SEASON), news + timedelta(SEASON)
    except OverflowError:
        return False
    return high < first.isoformat() or low > last.isoformat()


@lru_cache(maxsize=4096)
def _day(words: str) -> date | None:
    if len(words) != 10:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _first(words: str) -> str:
    return words if len(words) == 10 else (words + "-01-01")[:10]


def _last(words: str) -> str:
    return words if len(words) == 10 else words + ("-99" if len(words) == 7 else "-99-99")
