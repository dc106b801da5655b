"""How far to trust a row, from named doubts rather than one constant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.records import Attribution

LONG = 45  # words: the parser errs more often in longer sentences
FEW = 6  # words: a shorter row without a value is often no row, or a part of one
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "i", "we", "you", "who", "which", "that", "this", "these", "those"}
)

#: What is left of the confidence for each doubt. Set by hand: a doubt about a value that the
#: row states weighs more than one about its form. Doubts of form: how much less often rows with
#: them were right, of 239 rows of articles that are no part of the bench (long 15 of 17, in parts
#: 10 of 11, without a subject 12 of 13, all others 94 in 100); of few words, see BY_ATTRIBUTION.
FACTORS = {
    "truncated_amount": 0.5,
    "ambiguous_source": 0.6,
    "ambiguous_amount": 0.7,
    "unresolved_date": 0.8,
    "anchored_on_estimate": 0.8,
    "currency_assumed": 0.9,
    "long_sentence": 0.95,
    "no_source": 0.9,
    "few_words": 0.85,
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
SEVERAL = {"several_dates": 0.9, "several_amounts": 0.9}  # the row's own column holds one of them
#: What share of rows was right at the first run on 30 articles of our own, all labelled before
#: (tests/quality/rows_own.toml; 544 rows), little changed towards the mean of all: the author's
#: with a date or figure 146 of 162 and more than FEW words, without one 70 with 0.76; quotations
#: 66 with 0.96, in part 15 with 0.80, indirect statements 116 with 0.84. Rows of few words without
#: a value: 0.85 of that. An author's row without a value may be no row, or somebody's statement
#: that was missed; marks of quotation are plain to see.
BY_ATTRIBUTION: dict[Attribution, float] = {
    "authorial": 0.88,
    "direct": 0.94,
    "mixed": 0.82,
    "indirect": 0.84,
}
NO_VALUE = 0.86  # what is left of an author's row that has none
#: The same of the sources: that no attribution was missed, and that the holder is the right one.
BY_SOURCE: dict[Attribution, float] = {
    "authorial": 0.9,
    "direct": 0.98,
    "mixed": 0.93,
    "indirect": 0.88,
}
#: The attribution's own confidence says less than it claims: rows of 0.7 were right nearly as
#: often as those of 0.9. Its cube root was best on the articles left out, each time, of four sets.
USUAL, ROOT = 0.9, 1 / 3


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
    few_words: bool = False,
) -> tuple[str, ...]:
    """The flags of a row: those of its date and amount, and those of its form."""
    found = list(dict.fromkeys(flags))
    if words_in_sentence > LONG:
        found.append("long_sentence")
    if few_words:
        found.append("few_words")
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
    attribution: Attribution,
    quote_confidence: float,
    flags: Iterable[str],
    date_flags: Sequence[str] | None,
    amount_flags: Sequence[str] | None,
) -> FieldConfidence:
    """How far to trust the row's source, date and amount.

    Args:
        quote_confidence: of the attribution; 1 for the author's own rows.
        flags: the row's.
        date_flags, amount_flags: those of the row's own dates and sums; None if it has none.
    """
    row = frozenset(flags)
    form = row & FORM
    source = BY_SOURCE[attribution] * _told(quote_confidence)
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


def confidence_of(
    attribution: Attribution, quote_confidence: float, flags: Iterable[str], *, value: bool = True
) -> float:
    """0 to 1: of the kind of row, lowered by each doubt.

    Args:
        quote_confidence: of the attribution; 1 for the author's own rows.
        value: whether the row has a date or a figure.
    """
    share = BY_ATTRIBUTION[attribution] * _told(quote_confidence)
    if attribution == "authorial" and not value:
        share *= NO_VALUE
    for flag in flags:
        if flag not in NO_DOUBT and flag not in SEVERAL:
            share *= FACTORS.get(flag, OTHER)
    return round(share, 3)


def _told(quote_confidence: float) -> float:
    return float(min(1.0, quote_confidence / USUAL) ** ROOT)
