"""Adverbs that attribute a clause to nobody: "reportedly", "allegedly"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.attribution.found import Found, spans_of
from pipeline.nlp.attribution.tree import Tree

CLIMB = 8


def find_adverbs(tree: Tree, adverbs: dict[str, str]) -> Iterator[Found]:
    """The clauses of such adverbs, without a source."""
    for i, word in enumerate(tree.lower):
        if word not in adverbs or tree.pos[i] != "ADV":
            continue
        clause = i
        for _ in range(CLIMB):
            clause = tree.heads[clause]
            if tree.is_clause(clause) or tree.heads[clause] == clause:
                break
        if not tree.is_verb(clause):
            continue
        without = {k for k in tree.kids[clause] if tree.deps[k] == "conj" and tree.is_clause(k)}
        tokens = [t for t in tree.subtree(clause, without=without) if t != i]
        content = spans_of(tree, tokens)
        if content:
            yield Found(content, (i,), None, adverbs[word], "adverb", 0.8)
