"""Attributions within attributions: which one speaks, and which one only passes it on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from pipeline.nlp.attribution.complement import negated
from pipeline.nlp.attribution.found import Found
from pipeline.nlp.attribution.holder import kind_of_holder, quoted_by
from pipeline.nlp.attribution.outlet import is_outlet, shown_by
from pipeline.nlp.attribution.tree import Tree

OPINION = frozenset({"belief", "expectation", "fear", "hope"})
CITING = frozenset({"citing", "quoting"})
RELAYING = frozenset({"report"})
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})


def unnest(tree: Tree, found: list[Found]) -> list[Found]:
    """One attribution for each statement.

    - "AFP reported that the minister said P": the minister's, passed on by AFP.
    - "Lee said she believes P": Lee's, cue "said", content P.
    - Whatever else is reported inside a statement stays its speaker's.
    """
    found = [quoting(tree, item) for item in found]
    inside: dict[int, list[int]] = defaultdict(list)
    for number, item in enumerate(found):
        for span in item.content:
            for token in tree.tokens_in(span.start, span.end):
                inside[token].append(number)
    dropped: set[int] = set()
    for number, item in enumerate(found):
        if not item.cue:
            continue
        length = item.end - item.start
        outer = [
            n
            for n in inside.get(item.cue[0], ())
            # Of two that hold each other's cue the one with the longer content stays.
            if n != number and found[n].end - found[n].start >= length
        ]
        relay = next((n for n in outer if passes_on(tree, found[n], item)), None)
        if relay is not None and len(outer) == 1:
            found[number] = replace(item, outlet=found[relay].holder)
            dropped.add(relay)
        elif outer:
            dropped.add(number)
            for n in outer:
                if own_opinion(tree, found[n], item):
                    found[n] = replace(found[n], content=item.content)
    return [item for number, item in enumerate(found) if number not in dropped]


def quoting(tree: Tree, item: Found) -> Found:
    """ "Reuters, citing the ministry, reported": the ministry's words, passed on by Reuters."""
    if item.holder is None:
        return item
    behind = cited_behind(tree, item)
    if behind is not None:
        return replace(item, holder=behind, outlet=item.holder)
    if not is_outlet(tree, item.holder):
        by = shown_by(tree, item.holder) if item.outlet is None else None
        return item if by is None else replace(item, outlet=by)
    quoted = quoted_by(tree, item.holder)
    return item if quoted is None else replace(item, holder=quoted, outlet=item.holder)


def cited_behind(tree: Tree, item: Found) -> int | None:
    """Whom a relayer cites behind its verb: "The paper reported, citing two officials, that"."""
    if not item.cue or item.holder is None or item.rule != "verb:clause":
        return None
    cue = item.cue[0]
    behind = (k for k in tree.children(cue, "advcl") if k > cue and tree.lower[k] in CITING)
    citing = next(behind, None)
    if citing is None or tree.words[citing - 1] != ",":
        return None
    relays = tree.lemmas[cue] in RELAYING or is_outlet(tree, item.holder)
    return tree.child(citing, "dobj") if relays else None


def is_top(tree: Tree, outer: Found, cue: int) -> bool:
    """Is the cue the main verb of the other's content?"""
    head = tree.heads[cue]
    at = tree.starts[head]
    return head == cue or not any(span.start <= at < span.end for span in outer.content)


def passes_on(tree: Tree, outer: Found, item: Found) -> bool:
    """Does an outlet report that somebody said it, or a document ("according to the paper")?"""
    return (
        item.holder is not None
        and outer.holder is not None
        and item.holder != outer.holder
        and is_top(tree, outer, item.cue[0])
        and (is_outlet(tree, outer.holder) or _is_document_of(tree, outer, item.holder))
    )


def _is_document_of(tree: Tree, outer: Found, holder: int) -> bool:
    """ "According to emails, her adviser wrote that …"; not for what its own writer says."""
    return (
        outer.rule == "according_to"
        and outer.holder is not None
        and tree.lower[holder] not in PRONOUNS
        and kind_of_holder(tree, outer.holder) == "document"
    )


def own_opinion(tree: Tree, outer: Found, item: Found) -> bool:
    """Does the speaker state a belief of their own: "said she believes", not "never believed"?"""
    return (
        item.cue_class in OPINION
        and item.holder is not None
        and tree.lower[item.holder] in PRONOUNS
        and is_top(tree, outer, item.cue[0])
        and outer.start == tree.starts[item.holder]
        and len(outer.content) == 1
        and not negated(tree, item.cue[0])
    )
