"""The country of bare dollars and cents, and sums that look cut off: judged over the whole text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from pipeline.nlp.money import context
from pipeline.nlp.money.evidence import Evidence
from pipeline.nlp.money.lexicon import lexicon
from pipeline.records import Figure

_MINOR = re.compile(r"(?:cents?|¢|\dc)\Z", re.IGNORECASE)
_OPEN = re.compile(r"\s?\(\s?\Z")
_LIST = re.compile(r",\s|,?\s(?:and|or)\s")
_BARE = "bare"  # set by the reader of single sums, taken off here


def settle(text: str, figures: list[Figure], evidence: Evidence) -> list[Figure]:
    """The figures with the currency of bare signs decided and doubts flagged.

    A bare "$" is a US dollar unless the text itself says otherwise: the same amount written with
    its country elsewhere, or a conversion in brackets behind a sum in US dollars. Where the text
    speaks of another dollar country and never of the United States, it stays USD and is flagged.
    """
    family = frozenset(lexicon().nouns["dollars"].codes)
    named = [
        figure for figure in figures if figure.currency in family and _BARE not in figure.flags
    ]
    by_amount: dict[Decimal, set[str]] = {}
    for figure in named:
        if figure.amount is not None and figure.currency:
            by_amount.setdefault(figure.amount, set()).add(figure.currency)
    foreign = sorted({figure.currency for figure in named if figure.currency} - {"USD"})
    doubt = _doubt(foreign, any(f.currency == "USD" for f in named), evidence, family)
    main = _main_currency(figures)
    largest = max(
        (abs(figure.high or figure.amount or Decimal(0)) for figure in figures), default=Decimal(0)
    )
    settled: list[Figure] = []
    for figure in figures:
        last = settled[-1] if settled else None
        if _BARE in figure.flags:
            figure = _name(text, figure, last, by_amount, foreign, doubt, main)
        settled.append(_mark_cut(text, figure, largest))
    return _mark_lists(text, settled)


def _main_currency(figures: list[Figure]) -> str | None:
    """The currency with cents that most of the text's sums name outright; None without one.

    A company that reports in S$ pays its dividend of 12 cents in S$, too.
    """
    major = lexicon().nouns["cents"].codes
    counted = Counter(f.currency for f in figures if f.currency in major and _BARE not in f.flags)
    first = counted.most_common(2)
    if not first or (len(first) > 1 and first[1][1] * 2 > first[0][1]):
        return None
    return first[0][0]


def _mark_lists(text: str, figures: list[Figure]) -> list[Figure]:
    """Flag the small members of "$5, $6 and $7 million": they may share its scale."""
    marked = list(figures)
    for at in range(len(marked) - 2, -1, -1):
        one, following = marked[at], marked[at + 1]
        if one.amount is None or not 0 < one.amount < 1000 or one.per:
            continue
        scaled = abs(following.amount or following.low or Decimal(0)) >= 1_000_000
        if (scaled or "scale_unclear" in following.flags) and _LIST.fullmatch(
            text[one.span.end : following.span.start]
        ):
            marked[at] = replace(one, flags=(*one.flags, "scale_unclear"))
    return marked


def _doubt(foreign: list[str], us_named: bool, evidence: Evidence, family: frozenset[str]) -> bool:
    """The text gives reason to think of another country's dollar."""
    if us_named:
        return False
    if foreign:
        return True
    others = ("CAD", "AUD", "NZD", "SGD", "HKD")
    return any(evidence.any(code) for code in others if code in family) and not evidence.any("USD")


def _name(
    text: str,
    figure: Figure,
    last: Figure | None,
    by_amount: dict[Decimal, set[str]],
    foreign: list[str],
    doubt: bool,
    main: str | None,
) -> Figure:
    start, end = figure.span.start, figure.span.end
    flags = tuple(flag for flag in figure.flags if flag != _BARE)
    near = (
        last is not None and start - last.span.end < 60 and "\n" not in text[last.span.end : start]
    )
    if _MINOR.search(text[start:end]):
        if last is not None and near and last.currency not in (None, "USD", "GBP", "JPY"):
            major = lexicon().nouns["cents"].codes
            if last.currency in major:
                return replace(figure, currency=last.currency, flags=(*flags, "currency_assumed"))
        if main not in (None, "USD"):
            return replace(figure, currency=main, flags=(*flags, "currency_assumed"))
        return replace(figure, flags=flags)
    same = by_amount.get(figure.amount, set()) if figure.amount is not None else set()
    if len(same) == 1:
        return replace(figure, currency=next(iter(same)), flags=flags)
    opened = last is not None and _OPEN.fullmatch(text[last.span.end : start]) is not None
    if opened and last is not None and last.currency == "USD" and _BARE not in last.flags:
        # "US$5 million ($7 million)": the second is some other dollar.
        if len(foreign) == 1:
            return replace(figure, currency=foreign[0], flags=(*flags, "currency_assumed"))
        return replace(figure, currency=None, flags=(*flags, "currency_unknown"))
    if doubt and not opened:
        flags = (*flags, "currency_assumed")
    return replace(figure, flags=flags)


def _mark_cut(text: str, figure: Figure, largest: Decimal) -> Figure:
    amount = figure.amount
    if amount is None or amount < 0 or figure.per or figure.qualifier:
        return figure
    words = text[figure.span.start : figure.span.end]
    if not words[-1].isdigit() or not context.looks_cut(
        text, figure.span.start, figure.span.end, amount, largest
    ):
        return figure
    return replace(figure, flags=(*figure.flags, "truncated_amount"))
