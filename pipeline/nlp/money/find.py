"""Figures of a text, without a trained model: sums of money, percentages, plain measures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.nlp.money import context, dollars
from pipeline.nlp.money.evidence import Evidence
from pipeline.nlp.money.history import of_their_time
from pipeline.nlp.money.lexicon import read_data
from pipeline.nlp.money.measures import find_measures
from pipeline.nlp.money.numbers import RAISED, SP, Number, find_numbers, shift
from pipeline.nlp.money.parse import Sum, read_after, read_sum
from pipeline.nlp.money.tally import find_plain_counts
from pipeline.nlp.money.vague import find_misread, find_vague
from pipeline.records import Figure, Span

_GAP = re.compile(
    rf"(?:{SP}?(?P<dash>[-–—−]|\.\.\.?){SP}?|(?:{SP}|-)(?P<word>to|and|or)(?:{SP}|-)"
    rf"(?:(?:about|around|nearly|almost|maybe|perhaps|as{SP}much{SP}as|even|between|over|more{SP}than){SP})?)\Z"
)
_BETWEEN = re.compile(rf"\b(?:between|ranging{SP}between){SP}(?:\w+{SP})?\Z", re.IGNORECASE)
_CARRY = re.compile(
    rf"(?:{SP}(?:at|in|on|by|last|this)(?:{SP}[\w’']+){{1,5}})?"  # "$5m at the end of May, from 3m"
    rf",?{SP}?(?:(?:up|down|compared|versus|against|rather{SP}than|instead{SP}of|not)(?:{SP}(?:from|with|to))?"
    rf"|from|than|vs\.?|of(?:{SP}(?:which|the|its|their|his|her))|including|on{SP}(?:sales|revenues?|turnover|income){SP}of)(?:{SP}an?{SP}(?:profit|loss|deficit|surplus|total|gain|debt){SP}of)?(?:{SP}(?:about|around|just|only|nearly|almost|a|an|some|over|under)){{0,2}}{SP}\Z"
)
#: Behind digits: cents ("$4⁹⁹"), a power, or the mark of a note; "$5m²" is no five dollars either.
_RAISED = re.compile(rf"(?:{SP}?m)?[{RAISED}]{{1,3}}")
CARRIED_WITHIN = 60  # characters from a sum to the number that takes its currency
_MINOR_JOIN = re.compile(rf",?{SP}(?:and{SP})?\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """A number on its way to a figure: alone, as a sum, or as a range of two."""

    number: Number
    sum: Sum | None

    @property
    def start(self) -> int:
        return self.sum.start if self.sum else self.number.start

    @property
    def end(self) -> int:
        return self.sum.end if self.sum else self.number.end


def find_money(text: str, published: str = "") -> list[Figure]:
    """Sums of money in order of position; `published` (ISO 8601) tells former currencies."""
    found = _money(text, list(find_numbers(text)), Evidence(text))[0]
    return of_their_time(text, found, published)


def find_figures(text: str) -> list[Figure]:
    """Sums of money, percentages and plain measures in order of position; none overlap."""
    figures, rest = read_figures(text)
    return _apart([*figures, *find_plain_counts(text, rest)])


def read_figures(text: str) -> tuple[list[Figure], list[Number]]:
    """(sums, percentages and measures, the numbers left over that may count something)."""
    money, rest = _money(text, list(find_numbers(text)), Evidence(text))
    measures, rest = find_measures(text, rest)
    return _apart([*money, *measures]), rest


def _apart(figures: list[Figure]) -> list[Figure]:
    """The figures in order, without those that overlap another; money is kept first."""
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda figure: figure.span):
        if not kept or kept[-1].span.end <= figure.span.start:
            kept.append(figure)
        elif figure.kind == "money" and kept[-1].kind != "money":
            kept[-1] = figure
    return kept


def _money(
    text: str, numbers: list[Number], evidence: Evidence
) -> tuple[list[Figure], list[Number]]:
    """Sums of money, and the numbers that belong to none."""
    vague = [*find_vague(text, evidence), *find_misread(text, evidence)]
    numbers = _outside(numbers, vague)
    items = [Item(number, read_sum(text, number, evidence)) for number in numbers]
    items = _without_shared_words(text, items, evidence)
    items = _carry_over(text, items)
    items = _join_minor(text, items)
    figures, rest = _group(text, items)
    return dollars.settle(text, _apart([*figures, *vague]), evidence), rest


def _outside(numbers: Iterable[Number], figures: list[Figure]) -> list[Number]:
    """The numbers that overlap none of the figures; both in any order."""
    taken = sorted((figure.span.start, figure.span.end) for figure in figures)
    kept, at = [], 0
    for number in numbers:
        while at < len(taken) and taken[at][1] <= number.start:
            at += 1
        if at == len(taken) or taken[at][0] >= number.end:
            kept.append(number)
    return kept


def _without_shared_words(text: str, items: list[Item], evidence: Evidence) -> list[Item]:
    """Each sign to one number: "5 USD 7" is five dollars, and a seven."""
    kept: list[Item] = []
    for item in items:
        if kept and item.sum and item.start < kept[-1].end:
            item = Item(item.number, read_after(text, item.number, evidence))
        kept.append(item)
    return kept


def _join_minor(text: str, items: list[Item]) -> list[Item]:
    """Put "20 dollars and 43 cents" together to one sum."""
    kept: list[Item] = []
    for item in items:
        last = kept[-1].sum if kept else None
        if (
            last is not None
            and item.sum is not None
            and item.sum.part != 1
            and last.part == 1
            and item.number.value < 100
            and item.start - last.end < 8
            and last.number.integer
            and not last.number.power
            and _MINOR_JOIN.fullmatch(text[last.end : item.start])
        ):
            whole = replace(last, end=item.end, value=last.value + item.sum.value)
            kept[-1] = Item(kept[-1].number, whole)
        else:
            kept.append(item)
    return kept


def _carry_over(text: str, items: list[Item]) -> list[Item]:
    """Give "3m" in "$5m, up from 3m" the currency of the sum before it."""
    kept: list[Item] = []
    for item in items:
        last = kept[-1].sum if kept else None
        if (
            item.sum is None
            and last is not None
            and item.number.power >= 3
            and item.start - last.end < CARRIED_WITHIN
            and _CARRY.fullmatch(text[last.end : item.start])
            and _free(text, item.number)
        ):
            carried = replace(
                last, start=item.start, end=item.end, value=item.number.value,
                number=item.number, negative=False, bare=last.bare,
                flags=(*last.flags, "currency_carried"),
            )  # fmt: skip
            item = Item(item.number, carried)
        kept.append(item)
    return kept


def _free(text: str, number: Number) -> bool:
    """No noun of another kind follows: "from 3 million barrels" is no money."""
    behind = re.match(rf"{SP}([^\W\d_]+)", text[number.end : number.end + 16])
    return behind is None or behind[1] in read_data("units.toml")["count"]["behind_money"]


def _group(text: str, items: list[Item]) -> tuple[list[Figure], list[Number]]:
    """Figures of single sums and ranges, and the numbers without money."""
    figures: list[Figure] = []
    rest: list[Number] = []
    at = 0
    while at < len(items):
        item = items[at]
        pair = items[at + 1] if at + 1 < len(items) else None
        joined = _range(text, item, pair) if pair else None
        if joined is not None and pair is not None:
            figures += joined
            at += 2
            continue
        if item.sum is not None:
            figures.append(_single(text, item.sum, _moved(text, item.sum)))
        else:
            rest.append(item.number)
        at += 1
    return figures, rest


def _moved(text: str, one: Sum) -> str:
    return "from" if context.is_change(text, one.start) else ""


def _range(text: str, first: Item, second: Item) -> list[Figure] | None:
    """One figure for a range or alternative, two for a change; None if the two do not belong."""
    if (first.sum is None and second.sum is None) or second.start - first.end > 20:
        return None
    gap = _GAP.fullmatch(text[first.end : second.start]) if second.start > first.end else None
    if gap is None:
        return None
    if first.sum and second.sum and first.sum.currency != second.sum.currency:
        return None
    word = gap["word"] or "-"
    between = _BETWEEN.search(text[max(0, first.start - 24) : first.start]) is not None
    if word == "and" and not between:
        return None
    if word == "to" and context.moved_by(text, first.start, named=bool(first.sum)):
        return None
    money = second.sum or first.sum
    assert money is not None
    low, high = _scaled(first, second, money)
    if low is None or high is None or not _alike(text, first, second, word, low, high):
        return None
    if word == "to" and context.is_change(text, first.start):
        if first.sum is None:
            start = replace(money, start=first.start, end=first.end, value=low, number=first.number,
                            negative=False, flags=(*money.flags, "currency_carried"))  # fmt: skip
        else:
            start = first.sum
        if second.sum is None:
            return None
        return [_single(text, start, "from"), _single(text, second.sum, "to")]
    span = Span(first.start, second.end)
    flags = tuple(sorted({*(first.sum.flags if first.sum else ()), *money.flags}))
    per, _ = context.read_per(text, span.start, span.end)
    if (first.sum or money).bare and money.bare:
        flags = (*flags, "bare")
    role = context.read_role(text, span.start, span.end)
    return [
        Figure(
            span, "money", None, min(low, high), max(low, high), money.currency,
            qualifier="range" if word != "or" else "either", per=per, role=role, flags=flags,
        )
    ]  # fmt: skip


def _scaled(first: Item, second: Item, money: Sum) -> tuple[Decimal | None, Decimal | None]:
    """The two values, with the scale and the unit that the first one shares with the second."""
    high = second.sum.value if second.sum else _in_unit(second.number.value, money)
    low = first.sum.value if first.sum else _in_unit(first.number.value, money)
    if first.number.power == 0 and second.number.power and not first.number.grouped:
        shared = shift(low, second.number.power)
        # "$89 to $93 billion", but "$200 to $4 million".
        if shared < high or first.sum is None:
            low = shared
    elif second.sum is None and first.number.power and not second.number.power:
        high = shift(high, first.number.power)  # "$2 million to 3"
    return low, high


def _in_unit(value: Decimal, money: Sum) -> Decimal:
    return shift(value, money.part.adjusted())


def _alike(text: str, first: Item, second: Item, word: str, low: Decimal, high: Decimal) -> bool:
    """The two numbers can be ends of one range."""
    if low == high:
        return False
    if word == "or" and not (low < high <= 10 * low):
        return False
    if second.sum is None:
        # "$5 to 6 million", "$10-20"; but not "$5 to 3 men" or "$5 - 10 people".
        tail = text[second.end : second.end + 12]
        named = re.match(rf"{SP}(?!a\b|an\b|per\b|and\b|or\b|for\b|in\b|each\b)[^\W\d_]", tail)
        return low < high and (second.number.power > 0 or named is None)
    if first.sum is None:
        if text[first.start - 1 : first.start].isalpha():
            return False
        if first.number.value < 1 or (second.sum.sign == "before" and word != "or"):
            return False  # "in the first half to $3 million", "Sept. 30 to $3 million"
        return low < high
    return low < high or word != "-"


def _single(text: str, one: Sum, change: str) -> Figure:
    """The figure of one sum, with what the words around it say."""
    value = one.value.copy_negate() if one.negative and one.value else one.value
    per, behind = context.read_per(text, one.start, one.end)
    bound = context.read_bound(text, one.start, behind, value, value)
    role = change or context.read_role(text, one.start, behind)
    if one.negative:
        role = role or "minus"
    flags = (*one.flags, "bare") if one.bare else one.flags
    if text[one.end - 1].isdigit() and (raised := _RAISED.match(text, one.end)):
        # Cents, a power or a note: any amount would be a guess.
        span, flags = Span(one.start, raised.end()), (*flags, "raised_digits")
        return Figure(span, "money", None, currency=one.currency, role=role, flags=flags)
    return Figure(
        Span(one.start, one.end), "money", value, bound.low, bound.high, one.currency,
        qualifier=bound.qualifier, per=per, role=role, flags=tuple(dict.fromkeys(flags)),
    )  # fmt: skip
