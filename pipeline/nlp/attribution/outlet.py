"""News outlets: which names are outlets, and which one a statement was made to."""

from __future__ import annotations

from pipeline.nlp.attribution.holder import agent_of, phrase_of
from pipeline.nlp.attribution.lexicon import source_words
from pipeline.nlp.attribution.tree import Tree

MADE_TO = frozenset({"to", "with", "in", "on", "by"})  # "said to", "in an interview"
HELD_BY = frozenset({"with", "by", "for", "to", "on"})  # "an interview with"
QUOTING = frozenset({"cite", "quote"})  # what media do with people
DEPTH = 2  # noun phrases between the verb and the outlet


def is_outlet(tree: Tree, head: int) -> bool:
    """A news outlet by its name: "LA Weekly", "the AFP news agency"."""
    if tree.pos[head] == "PRON":
        return False
    words = source_words().outlet
    phrase = phrase_of(tree, head)
    inside = tree.tokens_in(phrase.start, phrase.end)
    named = [
        i
        for i in inside
        if (tree.pos[i] == "PROPN" or tree.words[i][:1].isupper())
        and tree.deps[i] not in ("det", "nummod")  # "One observer"
        and tree.whole_word(i)[1] == i  # no "Reuters-seen"
    ]
    if tree.ents[head] == "PERSON" or not named:
        return False
    return any(tree.lower[i] in words for i in inside if i in named or i == head)


def shown_by(tree: Tree, holder: int) -> int | None:
    """The outlet that quotes a holder or saw a document: "a letter seen by Reuters"."""
    for kid in tree.children(holder, "acl", "relcl"):
        if tree.tags[kid] == "VBN" and tree.lemmas[kid] in source_words().shown:
            by = agent_of(tree, kid)
            if by is not None:
                quoting = tree.lemmas[kid] in QUOTING and tree.ents[by] == "ORG"
                return by if quoting or is_outlet(tree, by) else named_paper(tree, by)
    return None


def named_paper(tree: Tree, head: int) -> int | None:
    """The paper whose kind stands before its name: "the newspaper Diario Livre"."""
    kind = [*tree.children(head, "compound", "nmod", "amod"), *tree.children(head, "appos"), head]
    named = tree.pos[head] == "PROPN" or tree.child(head, "appos") is not None
    return head if named and any(tree.lemmas[k] in source_words().outlet for k in kind) else None


def outlet_of(tree: Tree, verb: int) -> int | None:
    """The outlet that was told: "told BBC News", "said in an interview with LA Weekly"."""
    for kid in tree.kids[verb]:
        dep = tree.deps[kid]
        if dep in ("dobj", "dative") and tree.lemmas[verb] == "tell":
            at = tree.child(kid, "pobj") if tree.pos[kid] == "ADP" else kid
        elif dep in ("prep", "dative") and tree.lower[kid] in MADE_TO:
            at = tree.child(kid, "pobj")
        else:
            continue
        for _ in range(DEPTH):
            if at is None:
                break
            if tree.ents[at] in ("ORG", "") and is_outlet(tree, at):
                return at
            inner = next((k for k in tree.children(at, "prep") if tree.lower[k] in HELD_BY), None)
            at = None if inner is None else tree.child(inner, "pobj")
    return None
