"""How many negations have a predicate in their scope."""

from __future__ import annotations

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.tree import SUBJECTS, Tree

#: After "not" or "no" these leave the predicate affirmed.
AFFIRMED = frozenset({"only", "just", "merely", "simply", "until", "matter", "least", "doubt"})
#: Verbs whose event a negative object denies.
HOLDING = frozenset({"have", "be", "get", "contain", "include", "exist", "remain"})
COMPARED = frozenset({"more", "less", "fewer", "later", "earlier", "sooner"})


def count_negations(tree: Tree, head: int, words: frozenset[int] | None) -> int:
    """How many negations have the predicate in scope.

    Args:
        words: the tokens of the proposition, which alone count; None to ask of the event
            alone: "sees no end" is a seeing, though the proposition is negative.
    """
    lists = load_lists("modality")
    count = 0
    for c in tree.children[head]:
        if words is not None and c not in words:
            continue
        word, dep = tree.lower[c], tree.dep[c]
        if word in lists["negators"] and dep in ("neg", "advmod", "preconj", "dep"):
            # "not only … but also" affirms.
            count += not _is_not_only(tree, c)
        elif dep == "advmod" and any(
            tree.lower[k] in ("no", "not", "never") and not _is_not_only(tree, k)
            for k in tree.children[c]
        ):
            count += 1  # "no longer", "never before"
        elif dep in ("acomp", "attr") and _negator_after(tree, head, c):
            count += 1  # "was n't forced": hung on the complement
        elif dep == "dobj" and word in ("nothing", "nobody", "none"):
            count += 1
        elif dep in SUBJECTS or (
            dep in ("dobj", "attr", "acomp") and (words is not None or tree.lemma[head] in HOLDING)
        ):
            # "has no plan", "offered no evidence", "is no more alert": the clause is negative.
            count += _is_negative_phrase(tree, c, lists["negative_determiners"])
    if tree.dep[head] == "conj":
        # "neither confirmed nor denied": the second half has its own negation.
        count += any(tree.lower[c] == "nor" for c in tree.children[tree.head[head]])
    if tree.lemma[head] in lists["negative_verbs"]:
        count += any(tree.dep[c] == "xcomp" for c in tree.children[head])
    return count


def _negator_after(tree: Tree, head: int, complement: int) -> bool:
    return any(
        tree.dep[k] == "neg" and head < k <= head + 2 and not _is_not_only(tree, k)
        for k in tree.children[complement]
    )


def _is_not_only(tree: Tree, i: int) -> bool:
    """True for "not" that does not deny: "not only", "not until May", "no matter how"."""
    return i + 1 < len(tree.lower) and tree.lower[i + 1] in AFFIRMED


def _is_negative_phrase(tree: Tree, i: int, determiners: frozenset[str]) -> bool:
    if tree.lower[i] in determiners:
        return True
    for c in tree.children[i]:
        if tree.lower[c] in determiners and tree.dep[c] in ("det", "neg", "preconj", "advmod"):
            # "no more than $5 million" is a bound
            return tree.lower[c + 1] not in COMPARED or tree.pos[i] == "ADJ"
        if tree.lower[c] in COMPARED and tree.pos[i] == "ADJ":
            return any(tree.lower[k] == "no" for k in tree.children[c])
    return False
