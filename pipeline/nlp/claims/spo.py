"""Subject, predicate and object of a clause."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from pipeline.nlp.claims.tree import AUXILIARIES, SUBJECTS, Tree

#: Relations of an object, the likeliest first.
OBJECT_DEPS = ("dobj", "attr", "oprd", "acomp", "xcomp", "ccomp", "dative")
COPULAS = frozenset(
    {"be", "become", "remain", "seem", "appear", "look", "feel", "stay", "turn", "prove"}
)
RELATIVE_WORDS = frozenset({"who", "whom", "which", "that", "whose"})
#: What hangs on a noun and is said of it apart: not part of its short form.
APART = frozenset({"relcl", "appos", "punct", "cc", "conj", "preconj"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Token numbers of the three parts; empty where a clause has none.

    Attributes:
        passive: True if the verb is passive and subject and object were turned.
    """

    subject: tuple[int, ...]
    predicate: tuple[int, ...]
    object: tuple[int, ...]
    passive: bool = False


def subject_of(tree: Tree, head: int) -> int | None:
    """The subject's noun, shared with an earlier verb or found before a relative clause."""
    seen: set[int] = set()
    at = head
    while at not in seen:
        seen.add(at)
        own = tree.subject(at)
        if own is not None:
            return _antecedent(tree, at, own)
        dep, up = tree.dep[at], tree.head[at]
        if dep == "acl" or (dep == "relcl" and at == head):
            return up
        if dep == "pcomp":
            return _accused(tree, up)
        if dep in ("conj", "xcomp", "advcl") and up != at and tree.is_predicate(up):
            at = up
            continue
        return None
    return None


def _accused(tree: Tree, prep: int) -> int | None:
    """Who does what "accused Berg of stealing", "Berg was charged with stealing" tell of."""
    verb = tree.head[prep]
    if tree.lower[prep] not in ("of", "with", "for", "from") or not tree.is_predicate(verb):
        return None
    told = tree.child(verb, frozenset({"dobj"}))
    return told if told is not None else tree.child(verb, frozenset({"nsubjpass"}))


def _antecedent(tree: Tree, verb: int, subject: int) -> int:
    """The noun that a relative pronoun stands for."""
    if tree.lower[subject] not in RELATIVE_WORDS:
        return subject
    at = verb
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
    return tree.head[at] if tree.dep[at] == "relcl" else subject


def phrase(tree: Tree, noun: int, without: frozenset[str] = APART) -> list[int]:
    """The words of a noun phrase without what is said of it apart."""
    found, todo = [], [noun]
    while todo:
        at = todo.pop()
        found.append(at)
        for c in tree.children[at]:
            if at == noun and tree.dep[c] in without and not _inner_mark(tree, c, noun):
                continue
            todo.append(c)
    return sorted(found)


def _inner_mark(tree: Tree, c: int, noun: int) -> bool:
    """Hyphens and quotation marks inside a name stay."""
    return tree.dep[c] == "punct" and c < noun and tree.lower[c] in ("-", "'", '"', "“", "”")


def verb_group(tree: Tree, head: int) -> list[int]:
    """Auxiliaries, negation, particles and the verb."""
    keep = {head}
    for c in tree.children[head]:
        dep = tree.dep[c]
        if dep in AUXILIARIES or dep in ("neg", "prt"):
            keep.add(c)
    return sorted(keep)


def plain_group(tree: Tree, head: int) -> list[int]:
    """The verb without negation and modals, which have columns of their own."""
    return [
        i
        for i in verb_group(tree, head)
        if tree.dep[i] != "neg" and tree.tag[i] not in ("MD", "TO")
    ]


def parts_of(tree: Tree, head: int, times: Container[int] = ()) -> Parts:
    """Subject, predicate and object; a passive with "by" is turned round.

    Args:
        times: tokens of dates: "signed by May" has no agent.
    """
    subject = subject_of(tree, head)
    agent = _agent(tree, head)
    if agent is not None and agent in times:
        agent = None
    group = plain_group(tree, head)
    if agent is not None and subject is not None:
        verb = [i for i in group if tree.dep[i] != "auxpass"]
        return Parts(
            tuple(phrase(tree, agent)), tuple(verb), tuple(phrase(tree, subject)), passive=True
        )
    target = _object(tree, head)
    first = tuple(phrase(tree, subject)) if subject is not None else ()
    if target is None:
        for prep in tree.children[head]:
            noun = tree.child(prep, frozenset({"pobj", "pcomp"}))
            if noun is None or noun in times or tree.pos[noun] == "ADP":
                continue
            if tree.dep[prep] == "prep" and prep > head:
                return Parts(first, (*group, prep), tuple(phrase(tree, noun)))
        return Parts(first, tuple(group), ())
    if tree.is_predicate(target) and tree.dep[target] == "xcomp":
        return _infinitive(tree, first, group, target)
    return Parts(first, tuple(group), tuple(phrase(tree, target)))


def _object(tree: Tree, head: int) -> int | None:
    for dep in OBJECT_DEPS:
        if dep == "attr" and tree.lemma[head] not in COPULAS:
            continue
        for c in tree.children[head]:
            if tree.dep[c] == dep and (dep != "ccomp" or c > head):
                return c
    return None


def _infinitive(tree: Tree, subject: tuple[int, ...], group: list[int], verb: int) -> Parts:
    """The parts where both verbs are the predicate: "agreed to pay the fine"."""
    inner = parts_of(tree, verb)
    to = [c for c in tree.children[verb] if tree.tag[c] == "TO"]
    words = sorted({*group, *to, *inner.predicate})
    return Parts(subject, tuple(words), inner.object)


def _agent(tree: Tree, head: int) -> int | None:
    for c in tree.children[head]:
        if tree.dep[c] == "agent":
            return tree.child(c, frozenset({"pobj"}))
    return None


def words(tree: Tree, tokens: Iterable[int]) -> str:
    """The tokens' words with single spaces where the text has any."""
    out: list[str] = []
    last = -1
    for i in sorted(tokens):
        if tree.pos[i] == "SPACE":
            continue
        if out and (last != i - 1 or tree.start[i] > tree.end[last]):
            out.append(" ")
        out.append(tree.text[tree.start[i] : tree.end[i]])
        last = i
    return " ".join("".join(out).split())


def has_subject(tree: Tree, head: int) -> bool:
    return tree.child(head, SUBJECTS) is not None
