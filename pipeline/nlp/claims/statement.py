"""Attributions that are none for the table: the author's own clause tells them better."""

from __future__ import annotations

from dataclasses import replace

from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.claims.facts import Facts
from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.negation import count_negations
from pipeline.nlp.claims.ownership import Clause
from pipeline.nlp.claims.tree import Tree
from pipeline.records import Quote

ASKING = frozenset({"who", "what", "which"})  # nobody's names: a question about the holder
SAID_OBJECT = "verb:object_said"
ACCUSING = frozenset({"accusation", "claim"})  # classes of nouns
POINTING = frozenset({"this", "that", "these", "those", "such", "any", "all", "both"})
POINTERS = frozenset({"this", "that", "it"})
PRONOUNS = frozenset({"he", "she", "it", "they"})
DEFINITE = frozenset({"the", "his", "her", "its", "their", "my", "our", "your"})


def is_no_statement(tree: Tree, quote: Quote) -> bool:
    """True for an attribution that the author's own clause tells better.

    "Did not deny", "nobody believes that P": nothing is denied there, and P is nobody's. "The law
    requires owners to pay": a standing rule. "Has begun urging people to leave": an event.
    "Who would have thought that": a question. "Confirmed these reports": what was reported
    is told elsewhere; whom a denial of it comes from is news.
    """
    cues = [i for span in quote.cue for i in tree.tokens_of(span) if tree.is_predicate(i)]
    if quote.source_name.lower() in ASKING:
        return True
    if any(tree.lower[i] in load_lists("modality")["conditional_marks"] for i in cues):
        return True  # "assuming that the court agrees": a condition
    denies = quote.cue_class == "denial" and (quote.rule != SAID_OBJECT or accuses(tree, quote))
    if quote.kind != "direct" and any(_is_denied(tree, i, quote) for i in cues):
        return True
    if cues and not denies and only_points(tree, quote):
        return True
    if quote.cue_class != "directive" or quote.kind == "direct":
        return False
    lists = load_lists("modality")
    for i in cues:
        if tree.lemma[i] in lists["rule_verbs"] and tree.tag[i] in ("VBZ", "VBP"):
            return True
        if tree.dep[i] == "xcomp" and tree.lemma[tree.head[i]] in lists["aspect_verbs"]:
            return True
    return False


def accuses(tree: Tree, quote: Quote) -> bool:
    """True for "rejected these allegations", not for "rejected the findings": that is an event."""
    said = lexicon().nouns
    words = [i for span in quote.content for i in tree.tokens_of(span)]
    return any(said.get(tree.lemma[i].lower()) in ACCUSING for i in words)


def _is_denied(tree: Tree, cue: int, quote: Quote) -> bool:
    """True for "did not expect a fall"; of "expected no fall" it is the fall that is denied."""
    said = {i for span in quote.content for i in tree.tokens_of(span)}
    telling = frozenset(c for c in tree.children[cue] if c not in said)
    return count_negations(tree, cue, telling) % 2 == 1


def without_comment(tree: Tree, clause: Clause) -> Clause:
    """What the author notes, of "it is important to note that the bank closed"; else the clause.

    "It" stands for nothing there, and "important" judges the telling, not what is told.
    """
    head, subject = clause.head, tree.subject(clause.head)
    if tree.lemma[head] != "be" or subject is None or tree.lower[subject] not in ("it", "there"):
        return clause
    if tree.lower[subject] == "there":
        return _undoubted(tree, clause)
    noting = load_lists("selection")["noting_verbs"]
    for i in clause.tokens:
        verb = tree.head[i]
        if tree.dep[i] != "ccomp" or tree.lemma[verb] not in noting or tree.subject(i) is None:
            continue
        if tree.head[verb] == head or tree.head[tree.head[verb]] == head:
            words = set(tree.subtree(i))
            return replace(clause, head=i, tokens=tuple(k for k in clause.tokens if k in words))
    return clause


def _undoubted(tree: Tree, clause: Clause) -> Clause:
    """What there is no doubt about, of "there is no denying that the two differ"."""
    sure = load_lists("selection")["undoubted_nouns"]
    for noun in tree.children[clause.head]:
        if tree.lower[noun] not in sure or noun < clause.head:
            continue
        kids = tree.children[noun]
        told = next((k for k in kids if tree.dep[k] in ("acl", "ccomp", "relcl")), None)
        none = any(tree.lower[k] in ("no", "little") for k in kids)
        if told is not None and none and any(tree.lower[k] == "that" for k in tree.children[told]):
            words = set(tree.subtree(told))
            return replace(clause, head=told, tokens=tuple(k for k in clause.tokens if k in words))
    return clause


def only_points(tree: Tree, quote: Quote) -> bool:
    """True for a content that only refers back: "these cuts", "both deals", "the report"."""
    if quote.kind != "indirect":
        return False
    words = [i for span in quote.content for i in tree.tokens_of(span) if tree.pos[i] != "SPACE"]
    if not 0 < len(words) <= 3 or tree.pos[words[-1]] != "NOUN":
        return False
    if any(tree.lower[i] not in POINTING | DEFINITE for i in words[:-1]):
        return False
    # "Blamed it for the delay" needs its "it"; "announced the delay" tells news.
    told = tree.lemma[words[-1]] in load_lists("modality")["statement_nouns"]
    bare = told or quote.rule != "verb:object"
    return tree.lower[words[0]] in POINTING or (bare and tree.lower[words[0]] in DEFINITE)


def is_bare(tree: Tree, quote: Quote, clause: Clause) -> bool:
    """True for "acknowledged the difficult questions": a topic, and no word of what was said."""
    if quote.rule != "verb:object" or clause.rule != "fragment":
        return False
    cues = {tree.lemma[i] for span in quote.cue for i in tree.tokens_of(span)}
    words = [i for i in clause.tokens if tree.pos[i] not in ("SPACE", "PUNCT")]
    return (
        bool(cues & load_lists("selection")["granting_verbs"])
        and tree.lower[words[0]] in DEFINITE
        and tree.tag[words[-1]] == "NNS"
        and all(tree.pos[i] == "ADJ" for i in words[1:-1])
    )


def weighs_statement(tree: Tree, clause: Clause, nouns: frozenset[int]) -> bool:
    """True for "The claim that … marks a turning point": the claim itself has a row.

    Args:
        nouns: tokens of the nouns that are cues.
    """
    subject, lists = tree.subject(clause.head), load_lists("selection")
    verbs = lists["equating_verbs"] | lists["interpreting_verbs"] | lists["linking_verbs"]
    return subject in nouns and tree.lemma[clause.head] in verbs


def points_back(tree: Tree, clause: Clause) -> bool:
    """True for the "this" of "denied this": what is denied stands in the sentence before."""
    words = [i for i in clause.tokens if tree.pos[i] not in ("PUNCT", "SPACE")]
    return len(words) == 1 and tree.lower[words[0]] in POINTERS


def held(tree: Tree, clause: Clause) -> Clause:
    """What is believed, of "said she believes P": the holder is the speaker anyway."""
    head = clause.head
    subject = tree.subject(head)
    if tree.lemma[head] not in load_lists("modality")["held_verbs"] or subject is None:
        return clause
    told = tree.child(head, frozenset({"ccomp"}))
    if told is None or tree.lower[subject] not in PRONOUNS or tree.subject(told) is None:
        return clause
    if any(tree.dep[c] == "neg" for c in tree.children[head]):
        return clause  # "he never thought that P" does not say P
    words = set(tree.subtree(told))
    tokens = tuple(i for i in clause.tokens if i in words)
    return replace(clause, head=told, tokens=tokens) if tokens else clause


def has_words(tree: Tree, facts: Facts, clause: Clause) -> bool:
    """False for marks and for a bare date: "In November 2018." answers, but says nothing."""
    return facts.has_sum(clause.tokens) or any(
        tree.pos[i] in ("NOUN", "PROPN", "ADJ", "VERB") and not facts.has_date([i])
        for i in clause.tokens
    )
