"""Currencies by their time: lira of 1998 are TRL, not the TRY that came in 2005."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from babel.core import get_global
from babel.numbers import get_currency_name

from pipeline.nlp.lexicons import remembered
from pipeline.nlp.money.lexicon import lexicon
from pipeline.records import DateMention, Figure

#: Codes of CLDR that ISO 4217 never had: sums of their time have no code.
NOT_ISO = frozenset({"ARM", "BGM", "BGO", "MKN", "VNN"})
#: The euro came everywhere at once under a new name: older sums have names of their own.
NO_HEIR = frozenset({"EUR", "USD"})
_YEARS = re.compile(r"\s*\([^)]*\)")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_REACH = 250  # characters on each side in which a date of the same sentence is looked for


@dataclass(frozen=True, slots=True)
class Reign:
    """A currency and the days on which it was money; ISO 8601, `until` "" if it still is."""

    code: str
    since: str
    until: str


#: What CLDR's table of a country lacks: before Russia's rouble there was the Soviet one.
SOVIET = Reign("SUR", "1961-01-01", "1991-12-25")


def _name(code: str) -> tuple[str, str]:
    """First and last word of the English name: ("turkish", "lira")."""
    words = _YEARS.sub("", get_currency_name(code, 1, "en")).lower().split()
    return words[0], words[-1]


def _day(parts: tuple[int, int, int] | None) -> str:
    return f"{parts[0]:04d}-{parts[1]:02d}-{parts[2]:02d}" if parts else ""


@remembered
def reigns() -> dict[str, tuple[Reign, ...]]:
    """Code -> its own reign and those of earlier currencies of the same country and name.

    Latest first. Only codes that replaced one of the same name are there.

    Source: CLDR's currencies of territories, in babel.
    """
    found: dict[str, tuple[Reign, ...]] = {}
    for tenders in get_global("territory_currencies").values():
        own = [Reign(c, _day(since), _day(until)) for c, since, until, tender in tenders if tender]
        for now in own:
            if not now.since or now.code in NO_HEIR:
                continue
            past = [
                old
                for old in own
                if old.until and old.code != now.code and old.since < now.since
                and _name(old.code) == _name(now.code)
            ]  # fmt: skip
            past += [SOVIET] if now.code == "RUB" else []
            if past and (now.code not in found or found[now.code][0].since > now.since):
                past.sort(key=lambda reign: reign.since, reverse=True)
                found[now.code] = (now, *past)
    return found


def code_at(code: str, first: str, last: str) -> tuple[str | None, bool]:
    """(the code of the same money in a period, whether the period leaves it open).

    Args:
        code: one of `reigns`.
        first, last: ISO 8601 days of the period.

    Returns:
        None: its money of that time has no ISO code.
    """
    now, *past = reigns()[code]
    if first >= now.since:
        return code, False
    if last >= now.since:
        return code, True
    for reign in past:
        if reign.since <= first:
            return (None if reign.code in NOT_ISO else reign.code), False
    return code, True


def _period(start: str, end: str) -> tuple[str, str]:
    """First and last day of dates at any precision ("2004", "2004-05")."""
    return (start + "-01-01")[:10], end + "-12-31"[len(end) - 10 :] if len(end) < 10 else end


def of_their_time(
    text: str, figures: Sequence[Figure], published: str, dates: Iterable[DateMention] = ()
) -> list[Figure]:
    """The figures, with former currencies where the text is, or speaks of a time, that old.

    A sum written with its ISO code or sign keeps it. The date of the clause is taken only where
    its sentence has no other; such a sum is flagged "currency_by_date".

    Args:
        published: ISO 8601 at its precision, "" if unknown.
        dates: of the same text, in order.
    """
    old = reigns()
    if not any(figure.currency in old for figure in figures):
        return list(figures)
    known = [date for date in dates if date.start and date.end and date.kind != "DURATION"]
    return [
        _settle(text, figure, published, known)
        if figure.currency in old and not _names_code(text, figure)
        else figure
        for figure in figures
    ]


def _names_code(text: str, figure: Figure) -> bool:
    """Whether the sum is written with the code or a sign that only this currency has."""
    words, code = figure.span.of(text), figure.currency or ""
    signs = (sign for sign, owner in lexicon().signs.items() if owner == code)
    return code in words or any(sign in words for sign in signs)


def _settle(text: str, figure: Figure, published: str, dates: list[DateMention]) -> Figure:
    code = figure.currency or ""
    if published:
        then, _ = code_at(code, *_period(published, published))
        if then != code:
            flags = figure.flags if then else (*figure.flags, "currency_unknown")
            return replace(figure, currency=then, flags=flags)
    since = reigns()[code][0].since
    near = [date for date in dates if _same_sentence(text, figure, date)]
    if not any(_period(date.start, date.end)[0] < since for date in near):
        return figure
    periods = {_period(date.start, date.end) for date in near}
    then, doubt = code_at(code, *periods.pop()) if len(periods) == 1 else (code, True)
    flag = "currency_assumed" if doubt else "currency_by_date" if then else "currency_unknown"
    return replace(figure, currency=then, flags=(*figure.flags, flag))


def _same_sentence(text: str, figure: Figure, date: DateMention) -> bool:
    first, last = sorted((figure.span, date.span))
    if last.start - first.end > _REACH:
        return False
    return last.start < first.end or not _SENTENCE_END.search(text, first.end, last.start)
