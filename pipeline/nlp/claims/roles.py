"""What a sum is: price, fine, loss, … from the noun it measures or the verb it hangs on."""

from __future__ import annotations

from pipeline.nlp.claims.facts import Fact
from pipeline.nlp.claims.tree import Tree
from pipeline.nlp.lexicons import remembered, tables

STEPS = 6  # further up the tree a noun no longer tells what the sum is


@remembered
def _roles() -> tuple[dict[str, str], dict[str, str]]:
    data = tables("claims/roles")
    nouns, verbs = (
        {lemma: role for role, lemmas in data[key].items() for lemma in lemmas}
        for key in ("nouns", "verbs")
    )
    return nouns, verbs


def sum_role(tree: Tree, fact: Fact) -> str:
    """The role that the text gives a sum, or ""."""
    nouns, verbs = _roles()
    at = fact.last
    while tree.head[at] != at and fact.first <= tree.head[at] <= fact.last:
        at = tree.head[at]
    for k in tree.children[at]:
        # "$5 million in losses", "$20,000 bail"
        if k > fact.last and tree.dep[k] == "prep" and tree.lower[k] in ("in", "of"):
            for noun in tree.children[k]:
                if tree.lemma[noun] in nouns:
                    return nouns[tree.lemma[noun]]
    for _ in range(STEPS):
        lemma = tree.lemma[at].lower()
        if tree.is_predicate(at):
            subject = tree.subject(at)
            if lemma == "be" and subject is not None:
                return nouns.get(tree.lemma[subject].lower(), "")
            return verbs.get(lemma, "") or _argument_role(tree, at, nouns)
        if lemma in nouns:
            out = lemma == "bail" and tree.lower[at + 1 : at + 2] == ["out"]
            return "aid" if out else nouns[lemma]
        compound = next(
            (
                nouns[tree.lemma[c]]
                for c in tree.children[at]
                if c > fact.last and tree.lemma[c] in nouns
            ),
            "",
        )
        if compound:
            return compound
        if tree.head[at] == at:
            break
        at = tree.head[at]
    return ""


def _argument_role(tree: Tree, verb: int, nouns: dict[str, str]) -> str:
    """What the verb moves: "raised its revenue forecast to $5", "profit rose to $3"."""
    for dep in ("dobj", "nsubj", "nsubjpass"):
        for c in tree.children[verb]:
            if tree.dep[c] != dep:
                continue
            parts = [c, *(k for k in tree.children[c] if tree.dep[k] == "compound")]
            for lemma in (tree.lemma[k].lower() for k in parts):
                if lemma in nouns:
                    return nouns[lemma]
    return ""
