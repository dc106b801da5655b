"""Changes of a parse, made on the tree and remembered one by one."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.nlp.attribution.tree import Tree

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a token's head, relation, tag and part of speech are in truth."""

    token: int
    head: int
    dep: str
    tag: str
    pos: str


class Editor:
    """Changes one tree and remembers how."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.edits: list[Edit] = []

    def set(self, i: int, head: int, dep: str, tag: str = "", pos: str = "") -> None:
        tree = self.tree
        old = tree.heads[i]
        if old != i:
            tree.kids[old].remove(i)
        if head != i:
            tree.kids[head].append(i)
            tree.kids[head].sort()
        tree.heads[i], tree.deps[i] = head, dep
        tree.tags[i], tree.pos[i] = tag or tree.tags[i], pos or tree.pos[i]
        self.edits.append(Edit(i, head, dep, tree.tags[i], tree.pos[i]))

    def is_finite(self, verb: int) -> bool:
        tree = self.tree
        helpers = tree.children(verb, "aux", "auxpass")
        if any(tree.tags[k] in FINITE or tree.tags[k] == "MD" for k in helpers):
            return True
        return not helpers and tree.tags[verb] in FINITE
