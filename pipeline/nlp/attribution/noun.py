"""Reporting nouns: "the allegation that", "their fear that", "the claim of “…”"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.attribution.complement import accusation_of, negated
from pipeline.nlp.attribution.found import Found, spans_of
from pipeline.nlp.attribution.holder import agent_of, subject_of
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.stretches import Stretch
from pipeline.nlp.attribution.tree import Tree

UNHELD = frozenset({"claim", "accusation", "denial"})  # classes that need no named holder


def find_nouns(tree: Tree, nouns: dict[str, str], stretches: list[Stretch]) -> Iterator[Found]:
    """Attributions by a noun with a that-clause, or with "of" and a quotation."""
    opens = {s.start for s in stretches}
    for i, lemma in enumerate(tree.lemmas):
        if lemma not in nouns or tree.pos[i] != "NOUN":
            continue
        tokens = _that_clause(tree, i)
        quotation = [] if tokens else _of_quotation(tree, i, opens)
        tokens = tokens or quotation
        if not tokens:
            continue
        content = spans_of(tree, tokens)
        if content:
            if (denial := _denied(tree, i)) is not None:
                verb, agent = denial
                yield Found(content, (verb,), agent, "denial", "noun", 0.85)
                continue
            holder = holder_of(tree, i, of=not quotation)
            if holder is not None and tree.lower[holder] in ("my", "our", "your"):
                continue
            if holder is None and nouns[lemma] not in UNHELD:
                continue
            confidence = 0.8 if holder is not None else 0.6
            yield Found(content, (i,), holder, nouns[lemma], "noun", confidence)


def _denied(tree: Tree, noun: int) -> tuple[int, int] | None:
    """The verb and who denies: "Rumours that she had resigned were denied by the company"."""
    verb = tree.heads[noun]
    denies = "denial" in lexicon().verbs.get(tree.lemmas[verb], {}).values()
    agent = agent_of(tree, verb) if tree.deps[noun] == "nsubjpass" and denies else None
    return None if agent is None or negated(tree, verb) else (verb, agent)


def _that_clause(tree: Tree, noun: int) -> list[int]:
    above = tree.kids[tree.heads[tree.heads[noun]]]  # "pleaded to charges that", seen from "to"
    for kid in (*above, *tree.kids[tree.heads[noun]]):
        if tree.deps[kid] == "ccomp" and accusation_of(tree, kid) == noun:
            return tree.subtree(kid)
    if (clause := told_by(tree, noun)) is not None:
        return tree.subtree(clause)
    # "the conclusion is that"
    head = tree.heads[noun]
    if tree.deps[noun] == "nsubj" and tree.lemmas[head] == "be":
        for kid in tree.children(head, "ccomp"):
            if any(tree.deps[k] == "mark" and tree.lower[k] == "that" for k in tree.kids[kid]):
                return tree.subtree(kid)
    return []


def told_by(tree: Tree, noun: int) -> int | None:
    """The that-clause that says what a noun reports: "the allegation that it paid"."""
    for kid in tree.kids[noun]:
        if tree.deps[kid] in ("acl", "ccomp", "relcl") and kid > noun and tree.is_verb(kid):
            mark = next((k for k in tree.kids[kid] if tree.lower[k] == "that"), None)
            if mark is not None and tree.deps[mark] == "mark":
                return kid
    return None


def _of_quotation(tree: Tree, noun: int, opens: set[int]) -> list[int]:
    of = next((k for k in tree.kids[noun] if tree.lower[k] == "of" and k == noun + 1), None)
    if of is None or of + 1 >= tree.size or tree.starts[of + 1] not in opens:
        return []
    what = tree.child(of, "pobj", "pcomp")
    return [] if what is None else tree.subtree(what)


def holder_of(tree: Tree, noun: int, *, of: bool) -> int | None:
    """Whose claim it is: possessive, "by" or "of" phrase, or the subject of a light verb."""
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    for kid in tree.children(noun, "prep"):
        if tree.lower[kid] in ("by", "from", "among") or (of and tree.lower[kid] == "of"):
            head = tree.child(kid, "pobj")
            if head is not None and not tree.is_verb(head):
                return head
    for kid in tree.children(noun, "compound", "nmod"):
        if tree.ents[kid] == "ORG":
            return kid  # "a Reuters report that"
    head = tree.heads[noun]
    if tree.deps[noun] == "dobj" and tree.lemmas[head] in lexicon().light:
        return subject_of(tree, head)
    if tree.deps[noun] == "pobj" and tree.deps[head] == "prep" and tree.is_verb(tree.heads[head]):
        verb = tree.heads[head]
        if tree.lemmas[verb] in ("come", "speak", "arrive"):
            return subject_of(tree, verb)
    return None
