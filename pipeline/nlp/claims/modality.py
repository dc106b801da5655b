"""Polarity and certainty of a clause, with the words that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.nlp.claims.factuality import annotate_modality
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations
from pipeline.nlp.claims.tree import AUXILIARIES, Tree
from pipeline.records import Certainty, Polarity

__all__ = ["Stance", "annotate_modality", "certainty_of", "polarity_of", "stance_of"]

BE = "be"
WANTED = frozenset({"dobj", "ccomp"})
REACH = 6  # words between "plans" and its infinitive


@dataclass(frozen=True, slots=True)
class Stance:
    """How a proposition is put.

    Attributes:
        cue: the word that shows the certainty, or "".
        flags: disputed, retracted, rhetorical.
    """

    polarity: Polarity
    certainty: Certainty
    cue: str = ""
    flags: tuple[str, ...] = ()


def polarity_of(tree: Tree, head: int, words: frozenset[int]) -> Polarity:
    """Negated if an odd number of negations has the clause's own predicate in scope.

    Args:
        words: the clause's tokens; negations outside them do not count.
    """
    return "negated" if count_negations(tree, head, words) % 2 else "affirmed"


def certainty_of(tree: Tree, head: int, words: frozenset[int]) -> tuple[Certainty, str]:
    """What the clause's own words say, without its source: certainty and its cue."""
    lists = load_lists("modality")
    chain = _chain(tree, head, words)
    near = [c for h in chain for c in tree.children[h] if c in words]
    for c in near:
        if tree.lower[c] in lists["alleged_words"] and tree.dep[c] in ("advmod", "dep", "acomp"):
            return "alleged", tree.lower[c]
    for c in tree.children[head]:
        elected = tree.tag[c] == "VBN" and tree.lemma[c] != "compare"  # "if elected"
        if c in words and tree.dep[c] == "advcl" and (tree.is_finite(c) or elected):
            for k in tree.children[c]:
                if tree.dep[k] == "mark" and tree.lower[k] in lists["conditional_marks"]:
                    return "conditional", tree.lower[k]
            word = _inverted(tree, c)
            if word:
                return "conditional", word
    modal = next((c for c in tree.children[head] if tree.tag[c] == "MD" and c in words), None)
    if modal is None and tree.tag[head] in ("VB", "VBN"):
        modal = _shared_modal(tree, head)
    if modal is not None:
        word = tree.lower[modal]
        if word in lists["possible_modals"]:
            return "possible", word
        if word in lists["planned_modals"]:
            if word in ("would", "'d", "’d") and _has_perfect(tree, head):
                return "hypothetical", word
            if word == "would" and _keeps_silent(tree, head, lists):
                return "asserted", ""
            return "planned", word
    for c in near:
        if tree.lower[c] in lists["possible_words"] and tree.dep[c] in ("advmod", "acomp", "oprd"):
            return "possible", tree.lower[c]
    if _has_to(tree, head):
        for i in range(max(0, head - REACH), head):
            if i in words and tree.lemma[i] in lists["planned_nouns"]:
                return "planned", tree.lower[i]  # "plans to close 40 shops"
    for h in chain:
        word = _planned_word(tree, h, words, lists)
        if word:
            return "planned", word
    return "asserted", ""


def _inverted(tree: Tree, clause: int) -> str:
    """The first word of "Had she run, …", or ""."""
    subject = tree.subject(clause)
    helper = tree.child(clause, AUXILIARIES)
    if subject is None or helper is None or helper > subject:
        return ""
    return tree.lower[helper] if tree.lower[helper] in ("had", "were", "should") else ""


def _keeps_silent(tree: Tree, head: int, lists: dict[str, frozenset[str]]) -> bool:
    """True for "would not say whether": a refusal, which is an event."""
    refused = any(tree.dep[c] == "neg" for c in tree.children[head])
    return refused and tree.lemma[head] in lists["silence_verbs"]


def _has_perfect(tree: Tree, head: int) -> bool:
    return any(tree.lower[c] in ("have", "'ve", "’ve") for c in tree.children[head])


def _shared_modal(tree: Tree, head: int) -> int | None:
    """The modal of the first of coordinated verbs: "will raise … and quit"."""
    at = head
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
        if any(tree.dep[c] == "nsubj" for c in tree.children[head]):
            return None
        found = next((c for c in tree.children[at] if tree.tag[c] == "MD"), None)
        if found is not None:
            return found
    return None


def _chain(tree: Tree, head: int, words: frozenset[int]) -> list[int]:
    """The predicate and, under "begin to", "be to", its infinitives."""
    chain, at = [head], head
    for _ in range(3):
        below = next(
            (c for c in tree.children[at] if tree.dep[c] in ("xcomp", "oprd") and c in words), None
        )
        if below is None:
            break
        chain.append(below)
        at = below
    return chain


def _planned_word(
    tree: Tree, head: int, words: frozenset[int], lists: dict[str, frozenset[str]]
) -> str:
    """The word by which an infinitive under the predicate lies ahead, or ""."""
    to = [
        c
        for c in tree.children[head]
        if tree.dep[c] in ("xcomp", "ccomp", "advcl", "acl") and c > head and _has_to(tree, c)
    ]
    lemma = tree.lemma[head]
    if _is_standing_rule(tree, head, lists):
        return ""
    if lemma in lists["planned_verbs"] and to:
        return tree.lower[head]
    if lemma in ("want", "wish") and tree.child(head, WANTED) is not None:
        return tree.lower[head]  # "wants the dam closed", "wants $3"
    if lemma in ("plan", "propose", "schedule") and tree.child(head, frozenset({"dobj"})):
        return tree.lower[head]
    if lemma == BE and to:
        subject = tree.subject(head)
        if subject is not None and tree.lemma[subject] in lists["planned_nouns"]:
            return tree.lower[subject]
        if tree.dep[to[0]] == "xcomp":
            return tree.lower[head]
    if lemma in ("have", "make", "announce"):
        for c in tree.children[head]:
            ahead = any(_has_to(tree, k) for k in tree.children[c])
            if tree.dep[c] == "dobj" and tree.lemma[c] in lists["planned_nouns"] and ahead:
                return tree.lower[c]  # "has plans to"
    if lemma == "have" and to and tree.dep[to[0]] == "xcomp":
        past = tree.tag[head] == "VBD" or any(tree.lower[c] == "yet" for c in tree.children[head])
        return "" if past else tree.lower[head]  # "had to sell": they did; "has yet to": not so far
    if lemma == "go" and tree.tag[head] == "VBG" and to:
        return tree.lower[head]
    for c in tree.children[head]:
        if (
            c in words
            and tree.dep[c] in ("acomp", "attr")
            and tree.lemma[c] in lists["planned_verbs"]
            and any(_has_to(tree, k) for k in tree.children[c])
        ):
            return tree.lower[c]
    return ""


def _is_standing_rule(tree: Tree, head: int, lists: dict[str, frozenset[str]]) -> bool:
    """True for "Members are required to pay": a rule that holds, nothing that lies ahead."""
    if tree.lemma[head] not in lists["rule_verbs"] or tree.tag[head] != "VBN":
        return False
    passive = tree.child(head, frozenset({"auxpass"}))
    return passive is not None and tree.tag[passive] in ("VBZ", "VBP")


def _has_to(tree: Tree, i: int) -> bool:
    return any(tree.lower[c] == "to" and tree.dep[c] == "aux" for c in tree.children[i])


def stance_of(
    tree: Tree,
    head: int,
    words: Sequence[int],
    cue_lemmas: Sequence[str] = (),
    cue_class: str = "",
    source_words: Sequence[str] = (),
    *,
    direct: bool = False,
) -> Stance:
    """Polarity and certainty of a row.

    Args:
        cue_lemmas: lemmas of the reporting words; () for the author's rows.
        cue_class: the class that the attribution gave its cue.
        source_words: the holder's words in lower case.
        direct: whether all of it is quoted: then the words are the denier's own.
    """
    lists = load_lists("modality")
    own = frozenset(words)
    polarity = polarity_of(tree, head, own)
    certainty, cue = certainty_of(tree, head, own)
    by_cue = _certainty_of_cue(cue_lemmas, cue_class, source_words, lists)
    if by_cue is not None and by_cue[0] == "planned" and tree.is_finite(head):
        by_cue = None if cue_class != "promise" else by_cue  # "asked" may bring a question
    if direct and by_cue is not None and by_cue[0] == "denied":
        by_cue = None
    if by_cue is not None and (
        certainty == "asserted"
        or by_cue[0] in ("denied", "alleged", "hypothetical")
        or (certainty == "planned" and by_cue[1] in lists["forecast_cues"])
    ):
        certainty, cue = by_cue
    return Stance(polarity, certainty, cue, _remarks(tree, head, words))


def _remarks(tree: Tree, head: int, words: Sequence[int]) -> tuple[str, ...]:
    """The flags disputed, retracted and rhetorical."""
    lists = load_lists("modality")
    found = []
    for flag in ("disputed", "retracted"):
        of_it = (i for i in words if tree.lemma[i].lower() in lists[f"{flag}_words"])
        if any(_is_said_of_statement(tree, i) for i in of_it):
            found.append(flag)
    text = tree.text[tree.start[words[0]] : tree.end[words[-1]]].lower() if words else ""
    if any(word in text for word in lists["rhetorical_words"]) or _is_asked(tree, head):
        found.append("rhetorical")
    return tuple(found)


def _is_said_of_statement(tree: Tree, i: int) -> bool:
    """True for "the disputed claim", "retracted the report", "the report was retracted"."""
    nouns = load_lists("modality")["statement_nouns"]
    near = [tree.head[i]] if tree.dep[i] in ("amod", "acomp") else []
    near += [c for c in tree.children[i] if tree.dep[c] in ("dobj", "nsubjpass")]
    if tree.dep[i] == "acomp":
        near += [c for c in tree.children[tree.head[i]] if tree.dep[c] == "nsubj"]
    return any(tree.lemma[k].lower() in nouns for k in near)


def _is_asked(tree: Tree, head: int) -> bool:
    """True for a clause that hangs on a question: "Is it fair that the bank paid $4?"."""
    at = head
    for _ in range(REACH):
        if tree.head[at] == at or tree.dep[at] not in ("ccomp", "csubj", "acl", "xcomp"):
            break
        at = tree.head[at]
    return at != head and any(tree.lower[c] == "?" for c in tree.children[at])


def _certainty_of_cue(
    cue_lemmas: Sequence[str],
    cue_class: str,
    source_words: Sequence[str],
    lists: dict[str, frozenset[str]],
) -> tuple[Certainty, str] | None:
    for lemma in cue_lemmas:
        if lemma in lists["alleged_words"]:
            return "alleged", lemma
    order: tuple[Certainty, ...] = ("denied", "alleged", "hypothetical", "planned", "possible")
    for certainty in order:
        for lemma in cue_lemmas:
            if lemma in lists[f"{certainty}_cues"]:
                return certainty, lemma
    by_class: dict[str, Certainty] = {
        "denial": "denied",
        "accusation": "alleged",
        "hearsay": "alleged",
        "promise": "planned",
        "directive": "planned",
        "fear": "hypothetical",
    }
    if cue_class in by_class:
        return by_class[cue_class], cue_lemmas[0] if cue_lemmas else ""
    if source_words and source_words[-1] in lists["hearsay_sources"] and len(source_words) == 1:
        return "alleged", source_words[-1]
    return None
