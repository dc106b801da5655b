"""Who pays and who receives the sum of a claim, where the verb that it hangs on says so."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from pipeline.nlp.claims.facts import Fact
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.spo import subject_of
from pipeline.nlp.claims.tree import Tree

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Parties:
    """The head nouns of payer and payee; None where the text does not say."""

    payer: int | None = None
    payee: int | None = None


def parties_of(tree: Tree, fact: Fact, times: Container[int] = ()) -> Parties:
    """The parties of a sum.

    Args:
        fact: the sum.
        times: tokens of dates: "from May" names no payer.
    """
    verb = tree.clause_head(fact.first)
    kind = next(
        (name for name, lemmas in load_lists("parties").items() if tree.lemma[verb] in lemmas), ""
    )
    if not kind or not tree.is_predicate(verb):
        return Parties()
    held = frozenset(range(fact.first, fact.last + 1))
    passive = tree.child(verb, frozenset({"auxpass"})) is not None
    subject = _subject(tree, verb)
    objects = [c for c in tree.children[verb] if tree.dep[c] in ("dobj", "dative")]
    goods = [c for c in objects if not _measures(tree, c, held) and tree.pos[c] in NOUNS]
    if passive:
        moved = None if subject is None or _measures(tree, subject, held) else subject
        doer = _after(tree, verb, "by", times)
    else:
        moved, doer = (goods[0] if goods else None), subject
    if doer is not None and (_measures(tree, doer, held) or _is_label(tree, doer)):
        return Parties()
    to = _after(tree, verb, "to", times)
    if kind == "giving":
        return Parties(doer, to if to is not None else moved)
    if kind == "awarding":
        return Parties(None, to if to is not None else moved)
    if kind == "settling":
        return Parties(doer, moved)
    if kind == "fining":
        return Parties(moved, None)
    if kind == "spending":
        return Parties(doer, None)
    if kind == "selling":
        return Parties(to, doer)
    other = _after(tree, verb, "from", times)
    return Parties(doer, other) if kind == "buying" else Parties(other, doer)


def _subject(tree: Tree, verb: int) -> int | None:
    """Who does it, through "agreed to pay" and "ordered the bank to pay"."""
    if tree.subject(verb) is None:
        up, dep = tree.head[verb], tree.dep[verb]
        if dep == "xcomp":
            told = tree.child(up, frozenset({"dobj"}))
            return told if told is not None else _subject(tree, up) if up != verb else None
        if dep not in ("conj", "acl"):
            return None
        if dep == "acl" and any(tree.tag[c] == "TO" for c in tree.children[verb]):
            return None  # "a plan to pay": by whom?
    return subject_of(tree, verb)


def _is_label(tree: Tree, noun: int) -> bool:
    """True for a speaker's label that the parser took for the subject: "Berg: The bank paid"."""
    return ":" in tree.lower[noun : noun + 3]


def _measures(tree: Tree, noun: int, held: frozenset[int]) -> bool:
    """True if the noun is the sum, or is measured by it: "a fine of $4 million"."""
    return noun in held or any(i in held for i in tree.subtree(noun))


def _after(tree: Tree, verb: int, word: str, times: Container[int]) -> int | None:
    """The noun after a preposition of the verb, or of the sum that hangs on it."""
    near = [verb, *(c for c in tree.children[verb] if tree.dep[c] == "dobj")]
    for at in near:
        for prep in tree.children[at]:
            if tree.lower[prep] != word or tree.dep[prep] not in ("prep", "dative", "agent"):
                continue
            noun = tree.child(prep, frozenset({"pobj"}))
            if noun is not None and noun not in times and tree.pos[noun] in NOUNS:
                return noun
    return None
