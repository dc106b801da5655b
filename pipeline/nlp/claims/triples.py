"""Open triples: who did what to whom, for each predicate of a text."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.nlp.claims.spo import phrase, subject_of, verb_group, words
from pipeline.nlp.claims.tree import Tree, read_tree

Triple = tuple[str, tuple[str, ...]]


def find_triples(doc: Doc) -> Iterator[Triple]:
    """Relation and arguments (subject first) of each predicate, in the order of the text."""
    if not doc.has_annotation("DEP"):
        return
    tree = read_tree(doc)
    for i in range(len(tree.head)):
        if tree.is_predicate(i) and tree.dep[i] not in ("aux", "auxpass", "amod", "compound"):
            yield from _of_predicate(tree, i)


def _of_predicate(tree: Tree, head: int) -> Iterator[Triple]:
    subject = subject_of(tree, head)
    if subject is None:
        return
    rel = verb_group(tree, head)
    targets = [
        c
        for c in tree.children[head]
        if tree.dep[c] in ("dobj", "attr", "oprd", "acomp", "dative", "ccomp", "xcomp")
    ]
    preps = [c for c in tree.children[head] if tree.dep[c] in ("prep", "agent")]
    adjuncts = [c for c in tree.children[head] if tree.dep[c] in ("npadvmod", "advmod", "advcl")]
    for name in _conjuncts(tree, subject):
        who = words(tree, phrase(tree, name))
        if targets:
            for target in targets:
                yield words(tree, rel), (who, words(tree, tree.subtree(target)))
        for prep in preps:
            noun = next((c for c in tree.children[prep] if tree.dep[c] in ("pobj", "pcomp")), None)
            if noun is not None:
                yield words(tree, [*rel, prep]), (who, words(tree, tree.subtree(noun)))
        if not targets and not preps:
            for other in adjuncts[:1]:
                yield words(tree, rel), (who, words(tree, tree.subtree(other)))


def _conjuncts(tree: Tree, noun: int) -> list[int]:
    """The noun and those joined to it."""
    found, todo = [], [noun]
    while todo:
        at = todo.pop(0)
        found.append(at)
        todo.extend(c for c in tree.children[at] if tree.dep[c] == "conj")
    return found
