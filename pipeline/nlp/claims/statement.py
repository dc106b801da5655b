"""Attributions that are none for the table: the author's own clause tells them better."""

from __future__ import annotations

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations
from pipeline.nlp.claims.tree import Tree
from pipeline.records import Quote

ASKING = frozenset({"who", "what", "which"})  # nobody's names: a question about the holder
POINTING = frozenset(
    {"the", "this", "that", "these", "those", "such", "any", "all", "both"}
    | {"his", "her", "its", "their", "my", "our", "your"}
)


def is_no_statement(tree: Tree, quote: Quote) -> bool:
    """True for an attribution that the author's own clause tells better.

    "Did not deny", "neither confirmed nor denied": nothing is denied there. "The law
    requires owners to pay": a standing rule. "Has begun urging people to leave": an event.
    "Who would have thought that": a question. "Rejected the allegation": what was alleged
    is told elsewhere.
    """
    cues = [i for span in quote.cue for i in tree.tokens_of(span) if tree.is_predicate(i)]
    if quote.source_name.lower() in ASKING or (cues and only_points(tree, quote)):
        return True
    if quote.cue_class == "denial":
        return any(count_negations(tree, i, None) % 2 for i in cues)
    if quote.cue_class != "directive" or quote.kind == "direct":
        return False
    lists = load_lists("modality")
    for i in cues:
        if tree.lemma[i] in lists["rule_verbs"] and tree.tag[i] in ("VBZ", "VBP"):
            return True
        if tree.dep[i] == "xcomp" and tree.lemma[tree.head[i]] in lists["aspect_verbs"]:
            return True
    return False


def only_points(tree: Tree, quote: Quote) -> bool:
    """True for a content that only refers back: "the delay", "these allegations", "both deals"."""
    if quote.kind != "indirect":
        return False
    words = [i for span in quote.content for i in tree.tokens_of(span) if tree.pos[i] != "SPACE"]
    if not words or tree.pos[words[-1]] != "NOUN" or tree.lower[words[0]] not in POINTING:
        return False
    return len(words) <= 2 or (len(words) == 3 and tree.lower[words[1]] in POINTING)
