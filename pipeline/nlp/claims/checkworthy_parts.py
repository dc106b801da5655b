"""The parts of a statement that the check-worthiness score looks at: its clauses, its words.

A sentence often holds its fact in one clause of several: "I am glad you asked, because exports
fell by half". And a word weighs by its part in the statement: "record" as what it is about is not
"record" as what somebody does.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.nlp.claims.tree import AUXILIARIES, PREDICATES, SUBJECTS, Tree

NO_WORDS = frozenset({"PUNCT", "SPACE"})
NUMBER = "#"  # stands for every word that holds a digit
OPENING = 3  # words that open a statement
LEAST = 3  # words; what is shorter is no clause of its own
DEPTH = 50  # steps up to the clause's verb
#: Parts that a word can play, in the order of its scores in checkworthy.json.
ROLES = ("word", "noun", "verb", "head", "subject", "opening")
NOUNS = frozenset({"NOUN", "PROPN"})


def words_of(tree: Tree, tokens: Sequence[int]) -> list[int]:
    """The tokens that are words or numbers."""
    return [i for i in tokens if tree.pos[i] not in NO_WORDS]


def key_of(word: str) -> str:
    """What a word in lower case is looked up by."""
    return word if word.isalpha() or not has_digit(word) else NUMBER


def has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


def roles_of(tree: Tree, tokens: Sequence[int]) -> list[tuple[str, list[int]]]:
    """What each word is looked up by, with its roles as places in ROLES."""
    words = words_of(tree, tokens)
    pos, dep, lower, head_of = tree.pos, tree.dep, tree.lower, tree.head
    inside = frozenset(tokens)
    head = next((i for i in words if head_of[i] == i or head_of[i] not in inside), -1)
    found = []
    for place, i in enumerate(words):
        roles = [0]
        if pos[i] in NOUNS:
            roles.append(1)
        elif pos[i] == "VERB":
            roles.append(2)
        if i == head:
            roles.append(3)
        if dep[i] in SUBJECTS and _is_of_verb(tree, i, inside):
            roles.append(4)
        if place < OPENING:
            roles.append(5)
        found.append((key_of(lower[i]), roles))
    return found


def _is_of_verb(tree: Tree, i: int, inside: frozenset[int]) -> bool:
    verb = tree.head[i]
    return verb in inside and tree.is_predicate(verb) and tree.dep[verb] not in AUXILIARIES


def clauses_of(tree: Tree, tokens: Sequence[int]) -> list[list[int]]:
    """The tokens by the nearest verb with tense above them; none where there is but one group."""
    inside = frozenset(tokens)
    verbs = {
        i
        for i in tokens
        if tree.pos[i] in PREDICATES and tree.dep[i] not in AUXILIARIES and tree.is_finite(i)
    }
    if not verbs:
        return []
    groups: dict[int, list[int]] = {}
    for i in tokens:
        at = i
        for _ in range(DEPTH):
            if at in verbs or tree.head[at] == at or tree.head[at] not in inside:
                break
            at = tree.head[at]
        groups.setdefault(at, []).append(i)
    if len(groups) < 2:
        return []
    return [group for group in groups.values() if len(words_of(tree, group)) >= LEAST]
