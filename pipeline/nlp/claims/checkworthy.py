"""How much a statement is worth checking: facts above opinion and courtesy.

A statement deserves a check if it says something that a record, a count or a witness can show
to be right or wrong. Points follow from that alone, in three sizes, STRONG, MIDDLE and WEAK; no
weight is learned from labelled data.

For:
- an exact figure (STRONG): it is right or wrong; a vague one ("some") is WEAK;
- a calendar date (MIDDLE): it says where to look; a vague one ("today") is WEAK;
- a named actor (MIDDLE): somebody whose acts are known by others;
- an event (STRONG): a verb in the past or perfect; MIDDLE if nobody is seen to act ("it was"),
  or if the speaker tells it of himself ("I met …") and it left no record ("I voted …");
- what is going on, or so, with a subject other than speaker and hearer (MIDDLE for a named one,
  else WEAK): it can be seen, though less easily than what has happened;
- an act of record, a change on a scale, a counted thing, a comparison or quantifier (MIDDLE
  each): each names the record or count that would settle it;
- words that name things rather than hang on the situation (twice STRONG, by their share): the
  formality of Heylighen and Dewaele (1999), which sets information apart from talk.

Against:
- a question, a command (STRONG): they state nothing; courtesy and address (MIDDLE);
- an inner state in the first person (STRONG): only its holder knows; MIDDLE where it only
  introduces what is thought;
- a word of valuation (MIDDLE): nothing can show it right or wrong;
- what is to be or might be (MIDDLE, WEAK in a clause of less rank): it has not happened yet;
- "I" and "you" (WEAK): talk between persons;
- fewer than SHORT words (STRONG) or than twice as many (MIDDLE): they name too little to look up.

Every kind counts at most MOST times: length alone makes nothing worth checking.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.tree import AUXILIARIES, Tree, read_tree

STRONG, MIDDLE, WEAK = 1.0, 0.5, 0.25
MOST = 2
SHORT = 5  # words
START = -2.0  # a sentence without any of the marks is hardly worth a check

FIGURE_TYPES = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL"})
DATE_TYPES = frozenset({"DATE", "TIME"})
NAME_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LAW", "FAC", "EVENT", "LOC", "PRODUCT"})
SPEAKER = frozenset({"i", "me", "my", "myself"})
HEARER = frozenset({"you", "your", "yours", "yourself"})
EMPTY_SUBJECTS = frozenset({"it", "that", "this", "there", "what", "which", "one"})
THIRD = frozenset({"NOUN", "PRON", "NUM"})
FORMAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "ADP", "DET"})
CONTEXTUAL = frozenset({"PRON", "VERB", "AUX", "ADV", "INTJ"})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many checkable things a statement names; the vague ones apart."""

    figures: int = 0
    dates: int = 0
    names: int = 0
    vague: int = 0


def check_worthiness(doc: Doc) -> float:
    """0 (nothing to check) to 1 (a figure, a date and a named actor in an event)."""
    found = {"figures": 0, "dates": 0, "names": 0, "vague": 0}
    for ent in doc.ents:
        if ent.label_ in NAME_TYPES:
            found["names"] += 1
        elif ent.label_ in FIGURE_TYPES or ent.label_ in DATE_TYPES:
            # "one", "this year" can seldom be looked up; "$4 million", "1998" can.
            kind = "figures" if ent.label_ in FIGURE_TYPES else "dates"
            found[kind if _is_exact(ent.text) else "vague"] += 1
    tree = read_tree(doc)
    return worth_of(tree, range(len(tree.lower)), Counts(**found))


def _is_exact(text: str) -> bool:
    magnitudes = load_lists("checkworthy")["magnitudes"]
    return any(c.isdigit() for c in text) or any(w in magnitudes for w in text.lower().split())


def worth_of(tree: Tree, tokens: Sequence[int], counts: Counts) -> float:
    """The score of some tokens of a parse with the things that they name."""
    words = [i for i in tokens if tree.pos[i] not in ("PUNCT", "SPACE")]
    if not words:
        return 0.0
    points = START + _of_words(tree, words) + _of_verbs(tree, words)
    points += STRONG * min(counts.figures, MOST) + MIDDLE * min(counts.dates, MOST)
    points += MIDDLE * min(counts.names, MOST) + WEAK * min(counts.vague, MOST)
    points += 2 * STRONG * _formality(tree, words) - STRONG * (len(words) < SHORT)
    points -= MIDDLE * (len(words) < 2 * SHORT)
    points -= STRONG * any(tree.lower[i] == "?" for i in tokens)
    return round(1 / (1 + math.exp(-points)), 4)


def _formality(tree: Tree, words: Sequence[int]) -> float:
    """-1 to 1: how far words that name things outweigh words that hang on the situation."""
    formal = sum(tree.pos[i] in FORMAL for i in words)
    return (formal - sum(tree.pos[i] in CONTEXTUAL for i in words)) / len(words)


def _of_words(tree: Tree, words: Sequence[int]) -> float:
    """The points of single words."""
    lists = load_lists("checkworthy")
    marks = (
        ("record", MIDDLE),
        ("change", MIDDLE),
        ("measured", MIDDLE),
        ("valuation", -MIDDLE),
        ("address", -MIDDLE),
    )
    lemmas = [tree.lemma[i].lower() for i in words]
    points = sum(
        size * min(sum(lemma in lists[name] for lemma in lemmas), MOST) for name, size in marks
    )
    forms = [tree.lower[i] for i in words]
    compared = sum(
        form in lists["quantifiers"] or tree.tag[i] in ("JJR", "JJS", "RBR", "RBS")
        for i, form in zip(words, forms, strict=True)
    )
    points += MIDDLE * min(compared, MOST)
    points -= WEAK * min(sum(form in SPEAKER for form in forms), MOST)
    points -= WEAK * min(sum(form in HEARER for form in forms), MOST)
    return points


def _of_verbs(tree: Tree, words: Sequence[int]) -> float:
    """The points of who does what, and when."""
    found = sorted(
        (
            _of_verb(tree, i)
            for i in words
            if tree.is_predicate(i) and tree.dep[i] not in AUXILIARIES
        ),
        reverse=True,
    )
    gains = [points for points in found if points > 0]
    losses = [points for points in found if points < 0]
    return sum(gains[:MOST]) + sum(losses[-MOST:])


def _of_verb(tree: Tree, verb: int) -> float:
    lists = load_lists("checkworthy")
    auxiliaries = [c for c in tree.children[verb] if tree.dep[c] in AUXILIARIES]
    subject = tree.subject(verb)
    if any(tree.tag[c] == "MD" for c in auxiliaries):
        return -MIDDLE if tree.dep[verb] == "ROOT" else -WEAK
    if not tree.is_finite(verb):
        commands = tree.tag[verb] == "VB" and tree.dep[verb] == "ROOT" and not auxiliaries
        return -STRONG if commands and subject is None else 0.0
    speaker = subject is not None and tree.lower[subject] in SPEAKER | {"we"}
    alone = subject is not None and tree.lower[subject] in SPEAKER
    lemma = tree.lemma[verb].lower()
    if lemma in lists["attitude"]:
        if not speaker:
            return 0.0
        return -MIDDLE if tree.child(verb, frozenset({"ccomp"})) is not None else -STRONG
    perfect = any(tree.lemma[c] == "have" for c in auxiliaries)
    past = tree.tag[verb] == "VBD" or any(tree.tag[c] == "VBD" for c in auxiliaries)
    if past or perfect:
        if alone and lemma not in lists["record"]:
            return MIDDLE
        empty = subject is not None and tree.lower[subject] in EMPTY_SUBJECTS
        return MIDDLE if empty or lemma == "be" else STRONG
    if subject is None or tree.lower[subject] in EMPTY_SUBJECTS | SPEAKER | HEARER:
        return 0.0
    if tree.tag[verb] == "VBG":
        return MIDDLE  # going on now, for others to see
    return MIDDLE if tree.pos[subject] == "PROPN" else WEAK * (tree.pos[subject] in THIRD)
