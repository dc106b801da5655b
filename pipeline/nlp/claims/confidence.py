"""How far to trust a row, from named doubts rather than one constant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.records import Attribution

LONG = 45  # words: the parser errs more often in longer sentences
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "i", "we", "you", "who", "which", "that", "this", "these", "those"}
)

#: What is left of the confidence for each doubt. Set by hand: a doubt about a value that the
#: row states weighs more than one about its form. Doubts of form: how much less often rows with
#: them were right, of 239 rows of articles that are no part of the bench (long 15 of 17, in parts
#: 10 of 11, without a subject 12 of 13, all others 94 in 100).
FACTORS = {
    "truncated_amount": 0.5,
    "ambiguous_source": 0.6,
    "ambiguous_amount": 0.7,
    "unresolved_date": 0.8,
    "anchored_on_estimate": 0.8,
    "currency_assumed": 0.9,
    "long_sentence": 0.95,
    "no_source": 0.9,
    "fragment": 0.95,
    "split_content": 0.97,
    "unclear_subject": 0.97,
}
OTHER = 0.9  # any further flag of a date or figure
NO_DOUBT = frozenset({"disputed", "retracted", "rhetorical", "repeated"})

#: Which doubts lower which field; the rest lower the row alone. Doubts about the sentence's form
#: lower all: they are doubts about what is bound to what.
FORM = frozenset({"long_sentence", "fragment", "split_content"})
SOURCE_DOUBTS = frozenset({"ambiguous_source", "no_source"}) | FORM
DATE_BASE, AMOUNT_BASE = 0.95, 0.97  # a value without doubts; an amount is written out more often
AUTHOR = 0.95  # that no attribution was missed
SEVERAL = {"several_dates": 0.9, "several_amounts": 0.9}  # the row's own column holds one of them
#: From counts on articles of our own before any of them had been run (tests/quality/rows_own.toml):
#: of 57 rows of the author 46 were right, of 24 quotations all, of 37 indirect ones 31. A row of
#: the author's may be somebody's statement that was missed; marks of quotation are plain to see.
#: They are multiplied by the attribution's own confidence, 0.9 on average.
BY_ATTRIBUTION: dict[Attribution, float] = {
    "authorial": 0.85,
    "direct": 1.0,
    "mixed": 1.0,
    "indirect": 0.95,
}


def doubts(
    *,
    words_in_sentence: int,
    rule: str,
    spans: int,
    attributed: bool,
    source_name: str,
    source_text: str,
    subject: str,
    flags: Iterable[str],
) -> tuple[str, ...]:
    """The flags of a row: those of its date and amount, and those of its form."""
    found = list(dict.fromkeys(flags))
    if words_in_sentence > LONG:
        found.append("long_sentence")
    if rule == "fragment":
        found.append("fragment")
    if spans > 1:
        found.append("split_content")
    # A pronoun that nobody could be found for names somebody; an empty cell names nobody.
    if attributed and (source_name or source_text).lower() in PRONOUNS:
        found.append("ambiguous_source")
    elif attributed and not source_name:
        found.append("no_source")
    if not subject and not (attributed and rule == "fragment"):
        found.append("unclear_subject")  # "called it a mistake": a noun phrase has none
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FieldConfidence:
    """0 to 1 for each field; 0 for a date or amount that the row does not have."""

    source: float
    date: float = 0.0
    amount: float = 0.0


def several(dates: int, amounts: int) -> tuple[str, ...]:
    """Flags of a row whose date or amount columns can show only one of several values."""
    found = (("several_dates", dates), ("several_amounts", amounts))
    return tuple(flag for flag, count in found if count > 1)


def fields_of(
    quote_confidence: float | None,
    flags: Iterable[str],
    date_flags: Sequence[str] | None,
    amount_flags: Sequence[str] | None,
) -> FieldConfidence:
    """How far to trust the row's source, date and amount.

    Args:
        quote_confidence: of the attribution; None for the author's own rows.
        flags: the row's.
        date_flags, amount_flags: those of the row's own dates and sums; None if it has none.
    """
    row = frozenset(flags)
    form = row & FORM
    source = AUTHOR if quote_confidence is None else quote_confidence
    return FieldConfidence(
        _lowered(source, row & SOURCE_DOUBTS),
        _value(DATE_BASE, date_flags, form | (row & {"several_dates"})),
        _value(AMOUNT_BASE, amount_flags, form | (row & {"several_amounts"})),
    )


def _value(base: float, own: Sequence[str] | None, doubts: frozenset[str]) -> float:
    return 0.0 if own is None else _lowered(base, doubts | frozenset(own))


def _lowered(value: float, doubts: Iterable[str]) -> float:
    for flag in sorted(doubts):
        value *= FACTORS.get(flag, SEVERAL.get(flag, OTHER))
    return round(value, 3)


def confidence_of(attribution: Attribution, quote_confidence: float, flags: Iterable[str]) -> float:
    """0 to 1: the attribution's own, lowered by each doubt."""
    value = BY_ATTRIBUTION[attribution] * quote_confidence
    for flag in flags:
        if flag not in NO_DOUBT and flag not in SEVERAL:
            value *= FACTORS.get(flag, OTHER)
    return round(value, 3)
