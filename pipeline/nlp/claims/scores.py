"""The scores of a row, from its draft: doubts about its values, confidence, check-worthiness."""

from __future__ import annotations

from dataclasses import replace

from pipeline.nlp.claims.binding import Draft
from pipeline.nlp.claims.checkworthy import worth_of
from pipeline.nlp.claims.confidence import fields_of, several
from pipeline.nlp.claims.facts import Facts
from pipeline.nlp.claims.tree import Tree
from pipeline.records import Claim, Quote


def value_flags(facts: Facts, draft: Draft) -> tuple[str, ...]:
    """The doubts about the row's own dates and figures, and whether there are several of each."""
    figures = [facts.figure_records[link.index] for link in draft.figures]
    events = [link for link in draft.dates if link.role == "event"]
    return (
        *(flag for link in draft.dates for flag in facts.date_records[link.index].flags),
        *(flag for figure in figures for flag in figure.flags),
        *several(len(events), sum(figure.kind == "money" for figure in figures)),
    )


def worth(tree: Tree, draft: Draft) -> float:
    """The row's check-worthiness."""
    return worth_of(tree, draft.clause.tokens)


def with_confidence(facts: Facts, claim: Claim, quote: Quote | None) -> Claim:
    """The claim with how far its source, its date and its sum are to be trusted."""
    dates = [facts.date_records[link.index] for link in claim.dates]
    figures = [facts.figure_records[link.index] for link in claim.figures]
    sums = [figure for figure in figures if figure.kind == "money"]
    found = fields_of(
        quote.confidence if quote else None,
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
