"""The scores of a row, from its draft: its doubts, confidence, check-worthiness."""

from __future__ import annotations

from dataclasses import replace

from pipeline.nlp.claims.binding import Draft
from pipeline.nlp.claims.checkworthy import worth_of
from pipeline.nlp.claims.confidence import FEW, doubts, fields_of, several
from pipeline.nlp.claims.cover import words_of
from pipeline.nlp.claims.facts import Facts
from pipeline.nlp.claims.tree import Tree
from pipeline.records import Claim, Quote, Span


def value_flags(facts: Facts, draft: Draft) -> tuple[str, ...]:
    """The doubts about the row's own dates and figures, and whether there are several of each."""
    figures = [facts.figure_records[link.index] for link in draft.figures]
    events = [link for link in draft.dates if link.role == "event"]
    return (
        *(flag for link in draft.dates for flag in facts.date_records[link.index].flags),
        *(flag for figure in figures for flag in figure.flags),
        *several(len(events), sum(figure.kind == "money" for figure in figures)),
    )


def has_value(draft: Draft) -> bool:
    """True for a row with a figure, or with a date of its own."""
    return bool(draft.figures) or any(link.role == "event" for link in draft.dates)


def flags_of(
    tree: Tree,
    draft: Draft,
    sentence: Span,
    spans: int,
    quote: Quote | None,
    subject: str,
    flags: tuple[str, ...],
) -> tuple[str, ...]:
    """The doubts about a row.

    Args:
        spans: how many it has.
        subject: its words, "" for none.
        flags: those of its statement and of its values.
    """
    held, rule, verb = tree.tokens_of(sentence), draft.clause.rule, draft.clause.shared
    if rule == "list" and (verb is None or not tree.is_predicate(verb)):
        rule = "fragment"  # "reported a loss of $4 and revenue of $9": nouns without a verb
    return doubts(
        words_in_sentence=held.stop - held.start,
        rule=rule,
        spans=spans,
        attributed=quote is not None,
        source_name=quote.source_name if quote else "",
        source_text=words_of(tree.text, quote.source) if quote else "",
        subject=subject,
        flags=flags,
        few_words=_has_few_words(tree, draft),
    )


def _has_few_words(tree: Tree, draft: Draft) -> bool:
    """True for a row of few words and without a value."""
    words = sum(tree.pos[i] not in ("PUNCT", "SPACE") for i in draft.clause.tokens)
    return words < FEW and not has_value(draft)


def worth(tree: Tree, draft: Draft) -> float:
    """The row's check-worthiness."""
    return worth_of(tree, draft.clause.tokens)


def with_confidence(facts: Facts, claim: Claim, quote: Quote | None) -> Claim:
    """The claim with how far its source, its date and its sum are to be trusted."""
    dates = [facts.date_records[link.index] for link in claim.dates]
    figures = [facts.figure_records[link.index] for link in claim.figures]
    sums = [figure for figure in figures if figure.kind == "money"]
    found = fields_of(
        quote.kind if quote else "authorial",
        quote.confidence if quote else 1.0,
        claim.flags,
        dates[0].flags if dates else None,
        sums[0].flags if sums else None,
    )
    return replace(
        claim,
        confidence_source=found.source,
        confidence_date=found.date,
        confidence_amount=found.amount,
    )
