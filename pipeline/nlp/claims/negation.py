"""How many negations have a predicate in their scope."""

from __future__ import annotations

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.tree import AUXILIARIES, SUBJECTS, Tree

#: After "not" or "no" these leave the predicate affirmed.
AFFIRMED = frozenset({"only", "just", "merely", "simply", "until", "matter", "least", "doubt"})
#: Verbs whose event a negative object denies.
HOLDING = frozenset({"have", "be", "get", "contain", "include", "exist", "remain"})
#: Of whom "not all came" is said.
QUANTIFIERS = frozenset({"all", "many", "much", "both"})
COMPLEMENTS = frozenset({"pcomp", "acomp", "amod"})
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
            count += not (_is_not_only(tree, c) or _contrasts(tree, head, c))
        elif (
            dep == "advmod"
            and tree.lower[c + 1 : c + 2] != ["than"]
            and any(
                tree.lower[k] in ("no", "not", "never") and not _is_not_only(tree, k)
                for k in tree.children[c]
            )
        ):
            count += 1  # "no longer", "never before"; "no later than May" is a bound
        elif dep in ("acomp", "attr") and _negator_after(tree, head, c):
            count += 1  # "was n't forced": hung on the complement
        elif _far_from(tree, c) or _fronts_negation(tree, head, c):
            count += 1
        elif dep == "acomp" and word in lists["negative_adjectives"]:
            count += any(tree.dep[k] == "xcomp" for k in (*tree.children[c], *tree.children[head]))
        elif dep == "dobj" and word in ("nothing", "nobody", "none"):
            count += 1
        elif dep in SUBJECTS or (
            dep in ("dobj", "attr", "acomp") and (words is not None or tree.lemma[head] in HOLDING)
        ):
            # "has no plan", "offered no evidence", "is no more alert": the clause is negative.
            count += (
                _is_negative_phrase(tree, c, lists["negative_determiners"])
                and not _is_beyond_doubt(tree, head, c)
            ) or (dep in SUBJECTS and _begins_negative(tree, c, lists["negators"], words is None))
    count += is_not_yet(tree, head)
    if tree.dep[head] == "conj":
        # "neither confirmed nor denied": the second half has its own negation.
        count += any(tree.lower[c] == "nor" for c in tree.children[tree.head[head]])
    if not tree.is_predicate(head) and words is not None:
        count = count or is_denied_noun(tree, head)  # "promised no dividend"
    if tree.lemma[head] in lists["negative_verbs"] or words is not None:
        count += denials_below(tree, head, lists)
    return count


def denials_below(tree: Tree, head: int, lists: dict[str, frozenset[str]]) -> int:
    """Negations that come with the infinitive: "failed to sell", "has decided not to sell"."""
    below = [c for c in tree.children[head] if tree.dep[c] == "xcomp"]
    if tree.lemma[head] in lists["negative_verbs"]:
        return int(bool(below))
    if tree.lemma[head] in lists["planned_verbs"]:
        return int(any(tree.dep[k] == "neg" for c in below for k in tree.children[c]))
    return 0


def is_not_yet(tree: Tree, head: int) -> bool:
    """True for "has yet to sign" and "is yet to sign"."""
    return tree.lemma[head] in ("have", "be", "remain") and any(
        tree.lower[c] == "yet" and tree.lower[c + 1 : c + 2] == ["to"] for c in tree.children[head]
    )


def is_denied_noun(tree: Tree, noun: int) -> bool:
    """True for "no plans"."""
    return _is_negative_phrase(tree, noun, load_lists("modality")["negative_determiners"])


def _begins_negative(tree: Tree, subject: int, negators: frozenset[str], event: bool) -> bool:
    """True for "not one of them", "not all members", "hardly any passengers".

    Args:
        event: whether the event alone is asked for: of "not all came" there was a coming.

    "Not the bank but the buyer paid" and "barely 40 people came" say that somebody did.
    """
    phrase = tree.subtree(subject)
    if len(phrase) < 2 or tree.lower[phrase[0]] not in negators or _is_not_only(tree, phrase[0]):
        return False
    after = tree.lower[phrase[1]]
    if after.startswith("any"):
        return True
    if tree.lower[phrase[0]] != "not":
        return False
    some = after in QUANTIFIERS or after.startswith("every")
    return after in ("one", "a") or (some and not event)


def _contrasts(tree: Tree, head: int, negation: int) -> bool:
    """True for "the board decided it, not the owner"."""
    return (
        tree.lower[negation] == "not"
        and head < negation < len(tree.lower) - 1
        and tree.lower[negation - 1] == ","
        and tree.pos[negation + 1] in ("DET", "NOUN", "PROPN", "PRON")
    )


def _far_from(tree: Tree, i: int) -> bool:
    """True for "far from finished", not for "far from Oslo"."""
    return tree.lower[i] == "far" and any(
        tree.lower[c] == "from" and tree.child(c, COMPLEMENTS) is not None for c in tree.children[i]
    )


def _fronts_negation(tree: Tree, head: int, prep: int) -> bool:
    """True for "at no time did she …", "nor did she …": the verb before its subject tells."""
    if tree.dep[prep] not in ("prep", "cc"):
        return False
    subject, helper = tree.subject(head), tree.child(head, AUXILIARIES)
    if subject is None or helper is None or not prep < helper < subject:
        return False
    return tree.lower[prep] == "nor" or any(
        tree.dep[c] == "pobj" and is_denied_noun(tree, c) for c in tree.children[prep]
    )


def _negator_after(tree: Tree, head: int, complement: int) -> bool:
    return any(
        tree.dep[k] == "neg" and head < k <= head + 2 and not _is_not_only(tree, k)
        for k in tree.children[complement]
    )


def _is_beyond_doubt(tree: Tree, head: int, noun: int) -> bool:
    """True for "there is no doubt that it fell": it did."""
    if tree.lower[noun] not in load_lists("selection")["undoubted_nouns"]:
        return False
    told = any(tree.dep[c] in ("acl", "ccomp", "relcl") for c in tree.children[noun])
    told = told or any(tree.dep[c] == "ccomp" and c > noun for c in tree.children[head])
    return told and any(tree.lower[c] == "there" for c in tree.children[head])


def _is_not_only(tree: Tree, i: int) -> bool:
    """True for "not" that does not deny: "not only", "not until May", "no matter how"."""
    after = tree.lower[i + 1 : i + 4]
    ago = "ago" in after and "long" in after  # "not that long ago"
    return bool(after) and (after[0] in AFFIRMED or ago)


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
