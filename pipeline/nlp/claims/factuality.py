"""Polarity and certainty of one event word, on the finer scale of event factuality."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations
from pipeline.nlp.claims.tree import Tree, read_tree
from pipeline.records import Span

CERTAIN, PROBABLE, POSSIBLE, UNKNOWN = 3.0, 1.5, 0.75, 0.0
EMBEDDED = frozenset({"xcomp", "ccomp", "acl", "advcl", "pcomp", "csubj", "oprd", "relcl"})
DEPTH = 12  # embedded deeper than this nothing is read


def annotate_modality(doc: Doc, record: dict[str, Any]) -> dict[str, Any]:
    """negated, certainty (certain, probable, possible, unknown) and factuality (-3 to 3).

    Args:
        record: with `event_span`, [start, end] in the text, or without: then the whole text
            is asked for negation, and `cues` lists the places of the negating words.
    """
    tree = read_tree(doc)
    span = record.get("event_span")
    if not span:
        cues = _negation_cues(tree)
        return {"negated": bool(cues), "cues": cues, "certainty": "certain", "factuality": 3.0}
    tokens = tree.tokens_of(Span(span[0], span[1]))
    if not tokens or not doc.has_annotation("DEP"):
        return {"negated": False, "certainty": "unknown", "factuality": UNKNOWN}
    value = factuality(tree, _top(tree, tokens))
    return {"negated": value <= -1, "certainty": name_of(value), "factuality": value}


def _top(tree: Tree, tokens: range) -> int:
    return next((i for i in tokens if tree.head[i] not in tokens), tokens[0])


def name_of(value: float) -> str:
    """The name of a factuality value's strength."""
    size = abs(value)
    if size >= 2:
        return "certain"
    if size >= 1:
        return "probable"
    return "possible" if size >= 0.5 else "unknown"


def factuality(tree: Tree, event: int) -> float:
    """-3 (surely not) to 3 (surely), read from the event up to its root."""
    lists = load_lists("factuality")
    strength, sign = CERTAIN, 1
    at = event
    for _ in range(DEPTH):
        strength = min(strength, _own_strength(tree, at))
        if count_negations(tree, at, None) % 2:
            sign = -sign
        up, dep = tree.head[at], tree.dep[at]
        if up == at:
            break
        if dep == "conj":
            strength = min(strength, _shared_strength(tree, at))
            at = _first(tree, at)
            up, dep = tree.head[at], tree.dep[at]
            if up == at:
                break
        if dep == "advcl":
            strength = min(strength, _adverbial_strength(tree, at))
            break
        if dep in ("relcl", "csubj", "parataxis"):
            break
        if dep == "acl" and not _has_to(tree, at):
            break
        if dep not in EMBEDDED:
            break
        if dep in ("ccomp", "xcomp", "acl", "oprd", "pcomp"):
            lemma = tree.lemma[up]
            infinitive = _has_to(tree, at)
            if lemma in lists["negative"] and (infinitive or dep in ("pcomp", "xcomp")):
                sign = -sign
            elif lemma in lists["factive"] and not infinitive:
                break
            elif lemma in lists["implicative"]:
                pass
            elif lemma in lists["belief"]:
                strength = min(strength, PROBABLE)
            elif lemma in lists["open"] or dep == "acl" or infinitive:
                return sign * min(strength, UNKNOWN if infinitive else POSSIBLE)
            elif lemma in lists["report"] or dep == "ccomp":
                break
        at = up
    return sign * strength


def _first(tree: Tree, at: int) -> int:
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
    return at


def _shared_strength(tree: Tree, at: int) -> float:
    """The second of coordinated verbs shares the first one's modal."""
    if any(tree.dep[c] in ("aux", "nsubj") for c in tree.children[at]):
        return CERTAIN
    return _own_strength(tree, _first(tree, at)) if tree.tag[at] == "VB" else CERTAIN


def _own_strength(tree: Tree, at: int) -> float:
    lists = load_lists("modality")
    strength = CERTAIN
    for c in tree.children[at]:
        word = tree.lower[c]
        if tree.tag[c] == "MD":
            if word in ("will", "'ll", "’ll", "shall", "wo"):
                strength = min(strength, PROBABLE)
            else:
                strength = min(strength, POSSIBLE)
        elif tree.dep[c] in ("advmod", "acomp") and word in lists["possible_words"]:
            strength = min(strength, PROBABLE if word in ("likely", "probably") else POSSIBLE)
        elif tree.dep[c] == "advmod" and word in lists["alleged_words"]:
            strength = min(strength, PROBABLE)
    return strength


def _adverbial_strength(tree: Tree, at: int) -> float:
    lists = load_lists("modality")
    if any(
        tree.dep[c] == "mark" and tree.lower[c] in lists["conditional_marks"]
        for c in tree.children[at]
    ):
        return UNKNOWN
    return UNKNOWN if _has_to(tree, at) else CERTAIN


def _has_to(tree: Tree, at: int) -> bool:
    return any(tree.tag[c] == "TO" for c in tree.children[at])


def _negation_cues(tree: Tree) -> list[list[int]]:
    lists = load_lists("modality")
    known = lists["negators"] | lists["negative_determiners"] | {"without"}
    return [
        [tree.start[i], tree.end[i]]
        for i, word in enumerate(tree.lower)
        if word in known and not (word == "no" and tree.dep[i] == "intj")
    ]
