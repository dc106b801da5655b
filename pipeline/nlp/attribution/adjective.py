"""Adjectives with a clause: "is confident that", "were worried the law would pass"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.attribution.complement import clause_of, is_question
from pipeline.nlp.attribution.found import Found, spans_of
from pipeline.nlp.attribution.holder import kind_of_holder, subject_of
from pipeline.nlp.attribution.tree import Tree


def find_adjectives(tree: Tree, adjectives: dict[str, str]) -> Iterator[Found]:
    """Attributions by an adjective or participle and its clause."""
    for i, word in enumerate(tree.lower):
        if word not in adjectives or tree.pos[i] not in ("ADJ", "VERB"):
            continue
        clause = clause_of(tree, i)
        if clause is None or clause < i or is_question(tree, clause, i, wh=False):
            continue
        holder = _holder(tree, i)
        if holder is None or (
            kind_of_holder(tree, holder) is None and tree.lower[holder] in ("it", "this", "that")
        ):
            continue
        content = spans_of(tree, tree.subtree(clause))
        if content:
            yield Found(content, (i,), holder, adjectives[word], "adjective", 0.8)


def _holder(tree: Tree, i: int) -> int | None:
    own = tree.child(i, "nsubj", "nsubjpass")
    if own is not None:
        return own
    head = tree.heads[i]
    return (
        subject_of(tree, head)
        if tree.deps[i] in ("acomp", "oprd", "conj", "amod", "attr")
        else subject_of(tree, i)
    )
