"""How far to trust a row, from named doubts rather than one constant."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records import Attribution

LONG = 45  # words: the parser errs more often in longer sentences
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "i", "we", "you", "who", "which", "that", "this", "these", "those"}
)

#: What is left of the confidence for each doubt. Set by hand: a doubt about a value that the
#: row states weighs more than one about its form.
FACTORS = {
    "truncated_amount": 0.5,
    "ambiguous_source": 0.6,
    "ambiguous_amount": 0.7,
    "unresolved_date": 0.8,
    "anchored_on_estimate": 0.8,
    "currency_assumed": 0.9,
    "long_sentence": 0.85,
    "no_source": 0.9,
    "fragment": 0.8,
    "split_content": 0.9,
    "unclear_subject": 0.9,
}
OTHER = 0.9  # any further flag of a date or figure
NO_DOUBT = frozenset({"disputed", "retracted", "rhetorical", "repeated"})
BY_ATTRIBUTION: dict[Attribution, float] = {
    "authorial": 0.9,
    "direct": 0.95,
    "mixed": 0.9,
    "indirect": 0.9,
}


def doubts(
    *,
    words_in_sentence: int,
    rule: str,
    spans: int,
    attributed: bool,
    source_name: str,
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
    if attributed and not source_name:
        found.append("no_source")
    elif attributed and source_name.lower() in PRONOUNS:
        found.append("ambiguous_source")
    if not subject:
        found.append("unclear_subject")
    return tuple(found)


def confidence_of(attribution: Attribution, quote_confidence: float, flags: Iterable[str]) -> float:
    """0 to 1: the attribution's own, lowered by each doubt."""
    value = BY_ATTRIBUTION[attribution] * quote_confidence
    for flag in flags:
        if flag not in NO_DOUBT:
            value *= FACTORS.get(flag, OTHER)
    return round(value, 3)
