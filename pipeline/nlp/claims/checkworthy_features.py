"""What is looked at in a statement to tell how much it is worth checking: names and sizes.

Each feature lies between 0 and 1 (formality: -1 and 1; the length: 0 and about 1), so that the
weights learned for them (checkworthy.json) can be compared and read as reasons.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from pipeline.nlp.claims.checkworthy_parts import has_digit, words_of
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.tree import AUXILIARIES, PREDICATES, Tree

MOST = 2  # of one kind: length alone makes nothing worth checking
SHORT = 5  # words
LONG = 60  # words; longer than this counts no more
UNIT_REACH = 2  # tokens between a number and its unit: "4.5 billion dollars"

PERSONS = {
    "I": frozenset({"i", "me", "my", "mine", "myself"}),
    "we": frozenset({"we", "us", "our", "ours", "ourselves"}),
    "you": frozenset({"you", "your", "yours", "yourself"}),
    "they": frozenset({"he", "she", "him", "her", "his", "hers", "they", "them", "their", "its"}),
}
EMPTY_SUBJECTS = frozenset({"it", "that", "this", "there", "what", "which", "one"})
#: Parts of speech that name things (1) or hang on the situation (-1).
SIDES = dict.fromkeys(("NOUN", "PROPN", "NUM", "ADJ", "ADP", "DET"), 1) | dict.fromkeys(
    ("PRON", "VERB", "AUX", "ADV", "INTJ"), -1
)
TENSELESS = ("modal", "to", "command", "asked")
CLASSES = ("record", "change", "measured", "valuation", "address")
DEGREES = {"JJR": "comparative", "RBR": "comparative", "JJS": "superlative", "RBS": "superlative"}


@lru_cache(maxsize=1)
def _kinds() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The features that a word form has, and those that a lemma has: one look instead of ten."""
    lists = load_lists("checkworthy")
    by_form: dict[str, tuple[str, ...]] = {}
    for name, forms in (*PERSONS.items(), ("quantifier", lists["quantifiers"])):
        for form in forms:
            by_form[form] = (*by_form.get(form, ()), name)
    by_lemma: dict[str, tuple[str, ...]] = {}
    for name in CLASSES:
        for lemma in lists[name]:
            by_lemma[lemma] = (*by_lemma.get(lemma, ()), name)
    return by_form, by_lemma


def features(
    tree: Tree, tokens: Sequence[int], seen: dict[int, list[str]] | None = None
) -> dict[str, float]:
    """The features of some tokens of a parse; those of size 0 are left out; {} without words.

    Args:
        seen: what `names_of` gave for tokens looked at before; takes those looked at now.
    """
    words = words_of(tree, tokens)
    if not words:
        return {}
    seen = {} if seen is None else seen
    counts: dict[str, int] = {}
    for i in words:
        names = seen.get(i)
        if names is None:
            names = seen[i] = names_of(tree, i)
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    found = {name: min(count, MOST) / MOST for name, count in counts.items()}
    found["formality"] = formality(tree, words)
    found["length"] = math.log(min(len(words), LONG)) / 4
    forms = {tree.lower[i] for i in tokens}
    whole = {"short": len(words) < SHORT, "question": "?" in forms, "exclamation": "!" in forms}
    return found | {name: 1.0 for name, holds in whole.items() if holds}


def names_of(tree: Tree, i: int) -> list[str]:
    """The features that a word adds to whatever it stands in."""
    by_form, by_lemma = _kinds()
    word, tag, pos, dep = tree.lower[i], tree.tag[i], tree.pos[i], tree.dep[i]
    found = [thing] if (thing := _thing(tree, i)) else []
    if kinds := by_form.get(word):
        found.extend(kinds)
    if kinds := by_lemma.get(tree.lemma[i].lower()):
        found.extend(kinds)
    if degree := DEGREES.get(tag):
        found.append(degree)
    if dep == "neg":
        found.append("negation")
    if pos == "INTJ":
        found.append("interjection")
    if pos in PREDICATES and dep not in AUXILIARIES:
        found.extend(_of_verb(tree, i))
    return found


def formality(tree: Tree, words: Sequence[int]) -> float:
    """-1 to 1: how far words that name things outweigh words that hang on the situation.

    Source: Heylighen and Dewaele (1999), which sets information apart from talk.
    """
    return sum(SIDES.get(tree.pos[i], 0) for i in words) / len(words)


def _thing(tree: Tree, i: int) -> str:
    """The kind of a figure, date or name; "" for any other word."""
    lists = load_lists("checkworthy")
    word, proper = tree.lower[i], tree.pos[i] == "PROPN"
    if tree.tag[i] == "CD":
        return _kind_of_number(tree, i, lists)
    if proper and word in lists["months"]:
        return "date"
    if word in lists["vague_times"]:
        return "vague date"
    return "name" if proper and (i == 0 or tree.pos[i - 1] != "PROPN") else ""


def _kind_of_number(tree: Tree, i: int, lists: dict[str, frozenset[str]]) -> str:
    word = tree.lower[i]
    near = tree.lower[max(0, i - UNIT_REACH) : i + UNIT_REACH + 1]
    if any(w in lists["units"] for w in near):
        return "sum or share"
    if len(word) == 4 and word.isdecimal() and word[:2] in ("18", "19", "20"):
        return "date"
    if has_digit(word) or word in lists["magnitudes"]:
        return "count"
    return "small number"  # "one" can seldom be looked up


def _of_verb(tree: Tree, verb: int) -> tuple[str, ...]:
    """Its tense or mood, and that with its rank and its subject: "past", "past of others"."""
    subject = tree.subject(verb)
    who = _who(tree, subject)
    lemma = tree.lemma[verb].lower()
    if who in ("I", "we") and lemma in load_lists("checkworthy")["attitude"]:
        return ("attitude",)
    form = _form(tree, verb, subject)
    if not form:
        return ()
    rank = "" if tree.dep[verb] in ("ROOT", "conj") else "below: "
    of_whom = "" if form in TENSELESS else f" of {who}"
    names = {f"{form} be" if lemma == "be" else form, f"{rank}{form}{of_whom}"}
    return tuple(sorted(names))


def _who(tree: Tree, subject: int | None) -> str:
    if subject is None:
        return "nobody"
    word = tree.lower[subject]
    for name in ("I", "we", "you"):
        if word in PERSONS[name]:
            return name
    return "it" if word in EMPTY_SUBJECTS else "others"


def _form(tree: Tree, verb: int, subject: int | None) -> str:
    """Tense or mood of a verb; "" for a participle or gerund."""
    if tree.dep[verb] == "ROOT" and any(tree.lower[c] == "?" for c in tree.children[verb]):
        return "asked"
    auxiliaries = [c for c in tree.children[verb] if tree.dep[c] in AUXILIARIES]
    tags = {tree.tag[c] for c in auxiliaries}
    if "MD" in tags:
        return "modal"
    if any(tree.lower[c] == "to" for c in auxiliaries):
        return "to"
    if not tree.is_finite(verb):
        commands = tree.tag[verb] == "VB" and tree.dep[verb] == "ROOT" and not auxiliaries
        return "command" if commands and subject is None else ""
    if any(tree.lemma[c] == "have" for c in auxiliaries):
        return "perfect"
    if tree.tag[verb] == "VBD" or "VBD" in tags:
        return "past"
    return "going on" if tree.tag[verb] == "VBG" else "present"
