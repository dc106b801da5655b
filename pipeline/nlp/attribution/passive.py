"""Passive cues: "is said to own", "it is reported that", "was accused of fraud"."""

from __future__ import annotations

from pipeline.nlp.attribution.complement import (
    complement_of,
    is_as_clause,
    is_question,
    near_part,
    negated,
    object_of,
)
from pipeline.nlp.attribution.found import Found, spans_of
from pipeline.nlp.attribution.holder import agent_of, is_infinitive, kind_of_holder
from pipeline.nlp.attribution.tree import Tree

HOLDERS = frozenset({"", "PERSON", "ORG", "GPE", "NORP"})  # no date, no number


def is_passive(tree: Tree, verb: int) -> bool:
    if tree.tags[verb] == "VBD":
        # "was held and told that …": to tell takes somebody who is told.
        return (
            tree.lemmas[verb] == "tell"
            and tree.deps[verb] == "conj"
            and tree.child(verb, "dobj", "dative", "nsubj", "aux") is None
            and tree.child(tree.heads[verb], "auxpass") is not None
        )
    if tree.tags[verb] != "VBN":
        return False
    if tree.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if tree.deps[verb] == "acl" or (
        tree.deps[verb] == "advcl" and tree.child(verb, "nsubj", "aux") is None
    ):
        return True
    head = tree.heads[verb]
    return (
        tree.deps[verb] == "conj"
        and tree.child(verb, "aux", "nsubj") is None
        and (tree.child(head, "auxpass") is not None)
    )


def find_passive(tree: Tree, verb: int, frames: dict[str, str]) -> Found | None:
    """ "is said to own", "it is reported that", "was accused of fraud", "as reported by" """
    if negated(tree, verb):
        return None
    holder = agent_of(tree, verb)
    if holder is None and is_as_clause(tree, verb):
        holder = document_of(tree, verb)
    name, tokens = reported(tree, verb, frames, holder)
    if name == "passive_to" and holder is None and (by := agent_behind(tree, tokens)) is not None:
        holder = tree.child(by, "pobj")
        tokens = [i for i in tokens if i < by]
    content = spans_of(tree, tokens)
    if not content:
        return None
    cue_class = (
        frames.get(
            {"passive_of": "of", "passive_with": "with", "passive_to": "passive_to"}.get(
                name, "passive"
            )
        )
        or frames.get("clause")
        or next(iter(frames.values()))
    )
    return Found(content, (verb,), holder, cue_class, f"verb:{name}", 0.8)


def agent_behind(tree: Tree, tokens: list[int]) -> int | None:
    """The "by" of "is reported to be 91 % effective by its makers", hung on the adjective."""
    by = next((i for i in reversed(tokens) if tree.lower[i] == "by"), None)
    who = None if by is None else tree.child(by, "pobj")
    if by is None or who is None or tree.subtree(by)[-1] != tokens[-1]:
        return None
    at = tree.heads[by]
    judged = tree.pos[at] == "ADJ" or (tree.lemmas[at] == "be" and tree.is_verb(at))
    named = tree.pos[who] in ("PROPN", "PRON") or tree.tags[who] == "NNS"
    return by if judged and named and tree.ents[who] in HOLDERS else None


def document_of(tree: Tree, verb: int) -> int | None:
    """Where it is written: "as stated in the report"."""
    for kid in tree.children(verb, "prep"):
        inner = tree.child(kid, "pobj") if tree.lower[kid] == "in" else None
        if inner is not None and kind_of_holder(tree, inner) == "document":
            return inner
    return None


def reported(
    tree: Tree, verb: int, frames: dict[str, str], holder: int | None
) -> tuple[str, list[int]]:
    """The name of the construction and the tokens it reports; [] where it reports nothing."""
    about = tree.child(verb, "nsubjpass", "nsubj")
    clause = complement_of(tree, verb)
    if clause is not None and {"passive", "clause"} & frames.keys():
        question = is_question(tree, clause, verb, wh=False)
        return "passive_clause", [] if question else tree.subtree(clause)
    infinitive = infinitive_of(tree, verb) if "passive_to" in frames else None
    if infinitive is not None:
        tokens = tree.subtree(infinitive)
        if about is not None:
            # From the subject on, the cue included: "Lee is said to own".
            # What stands between commas behind it ("Lee, who owns 9 %,") is the author's.
            aside = {
                k
                for k in tree.children(about, "relcl")
                if tree.words[tree.subtree(k)[0] - 1] == ","
            }
            subject = tree.subtree(about, without=aside)
            first = tree.subtree(about)[-1] + 1
            tokens = sorted({*subject, *range(first, tokens[0]), *tokens})
        elif tree.deps[verb] == "acl":
            # "a vaccine reported to work": the noun with its own words.
            noun = tree.heads[verb]
            words = tree.subtree(noun, without=set(tree.children(noun, "acl", "relcl", "appos")))
            tokens = sorted({*words, *range(verb, tokens[0]), *tokens})
        elif tree.deps[verb] == "conj":
            # "was sold in May and is said to be lost": it has the subject of the verb before.
            first = min([verb, *tree.children(verb, "aux", "auxpass")])
            tokens = sorted({*range(first, tokens[0]), *tokens})
        return "passive_to", tokens
    if tree.deps[verb] == "advcl" and holder is not None and is_as_clause(tree, verb):
        return "as_clause", near_part(tree, tree.subtree(tree.heads[verb], without={verb}), verb)
    for word in ("of", "with"):
        if word == "with" and tree.deps[verb] == "acl":
            continue  # "the office charged with collecting taxes"
        if word in frames and (accused := object_of(tree, verb, word)):
            return f"passive_{word}", accused
    if holder is not None and about is not None:
        return with_agent(tree, verb, frames, about)
    return "", []


def with_agent(tree: Tree, verb: int, frames: dict[str, str], about: int) -> tuple[str, list[int]]:
    """Passives whose holder is named: "was ordered by the court to pay", "described by X as Y"."""
    for kid in tree.kids[verb]:
        fits_as = "as" in frames and tree.lower[kid] == "as" and tree.deps[kid] == "prep"
        fits_to = "person_to" in frames and tree.deps[kid] == "xcomp" and is_infinitive(tree, kid)
        if fits_as or fits_to:
            tokens = sorted({*tree.subtree(about), *tree.subtree(kid)})
            return "passive_as" if fits_as else "passive_person_to", tokens
    return "", []


def infinitive_of(tree: Tree, verb: int) -> int | None:
    for kid in tree.children(verb, "xcomp", "advcl", "ccomp"):
        if is_infinitive(tree, kid):
            return kid
    return None
