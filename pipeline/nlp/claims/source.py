"""What a row takes from its attribution: source, cue, and of whom a judgement is said."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from pipeline.nlp.attribution.nest import CITING
from pipeline.nlp.claims.binding import Draft
from pipeline.nlp.claims.cover import cover, words_of
from pipeline.nlp.claims.ownership import Clause
from pipeline.nlp.claims.spo import APART, Parts, parts_of, phrase
from pipeline.nlp.claims.tree import Tree
from pipeline.records import Claim, Quote

OPENING, CLOSING = '"“„«', '"”“»'
JUDGEMENTS = frozenset({"verb:as", "verb:passive_as"})


def judged(
    tree: Tree, rule: str, cue: frozenset[int], region: list[int]
) -> tuple[tuple[int, ...], list[int]]:
    """Of "described X as Y" the tokens of X and of Y; else, or if Y is short, () and the region."""
    if rule not in JUDGEMENTS:
        return (), region
    for i in region:
        up = tree.head[i]
        if tree.lower[i] == "as" and tree.dep[i] == "prep" and (up in cue or tree.head[up] in cue):
            below = set(tree.subtree(i)) - {i}
            said = [k for k in region if k in below]
            topic = tuple(k for k in region if k < i)
            # "Historic" alone says nothing.
            if len(said) > len(topic):
                return topic, said
    return (), region


def cites(tree: Tree, clause: Clause, quotes: Sequence[Quote]) -> bool:
    """True for "citing two officials" in "reported, citing two officials, that …"."""
    whom = tree.child(clause.head, frozenset({"dobj"}))
    if tree.lower[clause.head] not in CITING or whom is None:
        return False
    at = tree.start[whom]
    return any(span.start <= at < span.end for quote in quotes for span in quote.source)


def parts_of_row(tree: Tree, draft: Draft, head: int, times: Container[int]) -> Parts:
    """Subject, predicate and object of a row; of words without a verb only the object."""
    clause = draft.clause
    if draft.topic:
        return Parts(_nominal(tree, draft.topic), (), _nominal(tree, clause.tokens))
    if clause.rule == "fragment" and not tree.is_predicate(clause.head):
        return Parts((), (), _nominal(tree, clause.tokens))
    parts = parts_of(tree, head, times, frozenset(clause.tokens))
    if clause.rule == "list":
        other = tree.child(clause.head, frozenset({"nsubj"}))
        subject = parts.subject if other is None else tuple(phrase(tree, other))
        said = phrase(tree, clause.head, APART | {"nsubj"})
        if not tree.is_predicate(head):
            return Parts((), (), tuple(said))  # "reported a loss of $4 and revenue of $9"
        return Parts(subject, parts.predicate, tuple(said))
    return parts


def _nominal(tree: Tree, tokens: Sequence[int]) -> tuple[int, ...]:
    """The tokens without marks at their edges."""
    return tuple(i for span in cover(tree, tokens, "") for i in tree.tokens_of(span))


def with_source(text: str, claim: Claim, quote: Quote) -> Claim:
    """The claim with the source, cue and chain of its attribution."""
    chain = (quote.outlet,) if quote.outlet else ()
    if quote.source_name:
        chain = (*chain, quote.source_name)
    return replace(
        claim,
        attribution="direct" if _is_quoted(text, claim, quote) else quote.kind,
        source=quote.source,
        source_text=words_of(text, quote.source),
        source_name=quote.source_name,
        source_type=quote.source_type,
        source_chain=chain,
        outlet=quote.outlet,
        cue=quote.cue,
        cue_text=words_of(text, quote.cue),
        cue_class=quote.cue_class,
        rule=f"{quote.rule}+{claim.rule}" if quote.rule else claim.rule,
    )


def _is_quoted(text: str, claim: Claim, quote: Quote) -> bool:
    """True where all that is left of "described X as “Y”" stands in quotation marks."""
    if quote.rule not in JUDGEMENTS or quote.kind != "mixed" or len(claim.spans) != 1:
        return False
    start, end = claim.spans[0].start, claim.spans[0].end
    before, after = text[max(0, start - 1) : start], text[end : end + 2].lstrip(".,")
    return before in OPENING and after[:1] in CLOSING and bool(before and after)
