"""Verbs that judge or measure: "described it as", "called it a mistake", "put it at $3"."""

from __future__ import annotations

from pipeline.nlp.attribution.holder import is_infinitive
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.tree import Tree

#: Tokens of the content, name of the construction, class of the cue, confidence.
Hit = tuple[list[int], str, str, float]


def judged_as(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "described the plan as a mistake" """
    if "as" not in frames:
        return None
    what = tree.child(verb, "dobj")
    if tree.lemmas[verb] in lexicon().naming and not _names_role(tree, verb, what):
        return None
    for kid in tree.kids[verb]:
        if tree.lower[kid] == "as" and tree.deps[kid] == "prep" and kid > verb:
            tokens = set(tree.subtree(kid))
            if what is not None and what > verb:
                tokens |= set(tree.subtree(what))
            else:
                tokens.discard(kid)
            return sorted(tokens), "as", frames["as"], 0.85
    if what is not None:
        for kid in tree.children(what, "prep"):
            if tree.lower[kid] == "as":
                return tree.subtree(what), "as", frames["as"], 0.8
    return None


def _names_role(tree: Tree, verb: int, what: int | None) -> bool:
    """ "Named the donor as Ann Lee" tells who it is, "named Ann Lee as coach" gives a post."""
    if what is None or tree.pos[what] == "PROPN":
        return False
    for at in (verb, what):
        for kid in tree.children(at, "prep"):
            name = tree.child(kid, "pobj") if tree.lower[kid] == "as" else None
            if name is not None:
                last = max([name, *tree.children(name, "appos")])
                return "PROPN" in (tree.pos[name], tree.pos[last])
    return False


def called(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "called the plan a mistake" """
    if "small" not in frames:
        return None
    what = tree.child(verb, "dobj", "dative")
    name = tree.child(verb, "oprd", "attr", "acomp")
    if name is not None and tree.pos[name] == "PROPN":
        return None  # "called him Birdie": a name, no judgement
    if name is not None and name > verb and what is not None:
        return sorted({*tree.subtree(what), *tree.subtree(name)}), "small", frames["small"], 0.85
    if what is not None and what > verb:
        # "called the remark unhelpful": an adjective behind its noun is what it is called.
        after = [k for k in tree.children(what, "amod") if k > what]
        if after and tree.subtree(what)[-1] == tree.subtree(after[-1])[-1]:
            return tree.subtree(what), "small", frames["small"], 0.8
    clause = tree.child(verb, "ccomp")
    if clause is not None and clause > verb and not is_infinitive(tree, clause):
        return tree.subtree(clause), "small", frames["small"], 0.8
    return None


def put_at(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "put the cost at $3 million" """
    what = tree.child(verb, "dobj") if "at" in frames else None
    if what is None or what < verb or tree.tags[verb] == "VBG":
        return None  # "offered $3 a share, valuing it at $9 million": the offer does
    last = tree.subtree(what)[-1]
    far = [k for k in tree.subtree(what) if tree.lower[k] == "at" and tree.subtree(k)[-1] == last]
    for kid in (*tree.children(verb, "prep"), *tree.children(what, "prep"), *far):
        value = tree.subtree(kid)
        if tree.lower[kid] == "at" and any(tree.pos[i] == "NUM" for i in value):
            return sorted({*tree.subtree(what), *value}), "at", frames["at"], 0.85
    return None
