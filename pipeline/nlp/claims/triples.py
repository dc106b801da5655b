"""Open triples: who did what to whom, for each predicate of a text."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.nlp.claims.spo import phrase, subject_of, verb_group, words
from pipeline.nlp.claims.tree import SUBJECTS, Tree, read_tree

Triple = tuple[str, tuple[str, ...]]

#: Relations that are no predicate of their own.
NO_PREDICATE = frozenset({"aux", "auxpass", "amod", "compound", "prep", "case", "mark"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp", "dative", "ccomp"})
MOST = 20  # coordinated nouns; a longer list is not multiplied out
NOMINAL = ("dobj", "attr")
SAID_APART = frozenset({"relcl", "appos", "punct", "cc", "conj", "preconj"})
EMPTY_PHRASES = frozenset({"instance", "example", "course", "addition", "fact", "contrast"})


def find_triples(doc: Doc) -> Iterator[Triple]:
    """Relation and arguments (subject first) of each predicate, in the order of the text."""
    if not doc.has_annotation("DEP"):
        return
    tree = read_tree(doc)
    for i in range(len(tree.head)):
        if tree.is_predicate(i) and tree.dep[i] not in NO_PREDICATE and not _merged(tree, i):
            yield from _of_predicate(tree, i)


def _merged(tree: Tree, i: int) -> bool:
    """True for an infinitive that its verb's own triple holds: "refused to sell"."""
    up = tree.head[i]
    return tree.dep[i] == "xcomp" and tree.is_predicate(up) and tree.child(i, SUBJECTS) is None


def _of_predicate(tree: Tree, head: int) -> Iterator[Triple]:
    subject = _subject(tree, head)
    if subject is None:
        return
    rel, last = _relation(tree, head)
    verb = words(tree, rel)
    heads = [last] if last == head else [last, head]
    targets = [c for h in heads for c in tree.children[h] if _is_object(tree, h, c)]
    preps = [found for h in heads for found in _phrases(tree, h)]
    pairs = list(_pairs(tree, verb, targets, preps))
    if not pairs:
        others = (c for c in tree.children[head] if tree.dep[c] in ("npadvmod", "advcl"))
        pairs = [(verb, words(tree, tree.subtree(c))) for c in others if c > head][:1]
    for name in _conjuncts(tree, subject):
        who = words(tree, _subject_words(tree, name, head))
        for relation, item in pairs:
            yield relation, (who, item)


def _is_object(tree: Tree, head: int, i: int) -> bool:
    if tree.dep[i] not in OBJECTS:
        return False
    # "Sales fell; profits rose": the first clause hangs on the second one's verb.
    return tree.dep[i] != "ccomp" or ";" not in tree.lower[i:head]


def _pairs(
    tree: Tree, verb: str, targets: list[int], preps: list[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """Relation and object: "sold ; the mill", "sold the mill to ; Anna"."""
    for target in targets:
        for item in _items(tree, target):
            yield verb, item
        if tree.dep[target] in NOMINAL:
            short = words(tree, phrase(tree, target, SAID_APART | {"prep", "acl"}))
            for prep, noun in _phrases(tree, target):
                for item in _items(tree, noun):
                    yield f"{verb} {short} {words(tree, [prep])}", item
    held = next((c for c in targets if tree.dep[c] in NOMINAL), None)
    for prep, noun in preps:
        inner = []
        if held is not None and held < noun:
            inner = [words(tree, phrase(tree, held, SAID_APART))]
        for item in _items(tree, noun):
            yield " ".join([verb, *inner, words(tree, [prep])]), item


def _subject(tree: Tree, head: int) -> int | None:
    """The subject; what is said of the complement of "be" is said of its subject."""
    found = subject_of(tree, head)
    if found is None or (tree.lower[found] in ("there", "it") and tree.dep[found] == "expl"):
        return None
    up = tree.head[found]
    if tree.dep[head] in ("acl", "relcl") and tree.dep[found] == "attr" and tree.lemma[up] == "be":
        return subject_of(tree, up) or found
    return found


def _subject_words(tree: Tree, name: int, verb: int) -> list[int]:
    """The subject's phrase without the clause that the triple is about."""
    about = set(tree.subtree(verb)) if tree.dep[verb] in ("acl", "relcl") else set()
    if name in about:
        about = set()  # the clause has a subject of its own
    without = {
        k
        for c in tree.children[name]
        if tree.dep[c] == "appos" and tree.lower[c - 1] in (",", "(", "-", "–", "—")
        for k in tree.subtree(c)
    }
    kept = phrase(tree, name, SAID_APART - {"appos"})
    return [k for k in kept if k not in about and k not in without]


def _relation(tree: Tree, head: int) -> tuple[list[int], int]:
    """The words of the relation and its last verb: "agreed to pay"."""
    rel, at = verb_group(tree, head), head
    for _ in range(3):
        below = next(
            (c for c in tree.children[at] if tree.dep[c] == "xcomp" and tree.is_predicate(c)), None
        )
        if below is None or tree.child(below, SUBJECTS) is not None:
            break
        if any(tree.dep[c] in OBJECTS for c in tree.children[at]):
            break
        rel += verb_group(tree, below)
        at = below
    return rel, at


def _phrases(tree: Tree, head: int) -> list[tuple[int, int]]:
    """The prepositions that hang on a word, with their nouns."""
    found = []
    for c in tree.children[head]:
        if tree.dep[c] not in ("prep", "agent"):
            continue
        noun = next((k for k in tree.children[c] if tree.dep[k] in ("pobj", "pcomp")), None)
        if noun is not None and tree.lower[noun] not in EMPTY_PHRASES:
            found.append((c, noun))
    return found


def _items(tree: Tree, target: int) -> list[str]:
    """The words of an argument, one for each of coordinated nouns."""
    if tree.is_predicate(target) or tree.dep[target] == "acomp":
        return [words(tree, tree.subtree(target))]
    return [words(tree, phrase(tree, noun, SAID_APART)) for noun in _conjuncts(tree, target)]


def _conjuncts(tree: Tree, noun: int) -> list[int]:
    """The noun and those joined to it."""
    found: list[int] = []
    todo = [noun]
    while todo and len(found) < MOST:
        at = todo.pop(0)
        found.append(at)
        todo.extend(c for c in tree.children[at] if tree.dep[c] == "conj")
    return found
