"""Subject, predicate and object of a clause."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from pipeline.nlp.claims.lexicon import load_lists
from pipeline.nlp.claims.tree import AUXILIARIES, SUBJECTS, Tree

#: Relations of an object, the likeliest first.
OBJECT_DEPS = ("dobj", "attr", "oprd", "acomp", "xcomp", "ccomp", "dative")
COPULAS = frozenset(
    {"be", "become", "remain", "seem", "appear", "look", "feel", "stay", "turn", "prove"}
)
PAIRS = frozenset({"both", "either", "neither"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
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


def _listed(tree: Tree, noun: int) -> int | None:
    """The second of three names that the parser took for an apposition: "Oslo, Voss and Bergen"."""
    for c in tree.children[noun]:
        if tree.dep[c] == "appos" and tree.pos[c] == tree.pos[noun] == "PROPN":
            third = next((k for k in tree.children[c] if tree.dep[k] == "conj"), None)
            return c if third is not None and tree.pos[third] == "PROPN" else None
    return None


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
            told = _told(tree, up, at) if dep == "xcomp" else None
            if told is not None:
                return told
            at = up
            continue
        return None
    return None


def _told(tree: Tree, verb: int, infinitive: int) -> int | None:
    """Who is to do what: "ordered the bank to pay", unlike "promised the bank to pay"."""
    lists = load_lists("modality")
    if tree.lemma[verb] not in lists["directive_verbs"] | lists["rule_verbs"]:
        return None
    told = tree.child(verb, frozenset({"dobj"}))
    return told if told is not None and verb < told < infinitive else None


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
    while tree.dep[at] in ("conj", "ccomp") and tree.head[at] != at:
        at = tree.head[at]
    # In "The ban starts in May, which means …" it stands for the clause.
    about = tree.dep[at] == "relcl" and not tree.is_predicate(tree.head[at])
    return tree.head[at] if about else subject


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


def joined(tree: Tree, noun: int, inside: Container[int] | None = None) -> list[int]:
    """The words of a noun phrase and of those joined to it: "the bank and its owner".

    Args:
        inside: tokens of the clause; a noun outside them is a claim of its own. None for any.
    """
    found, last = phrase(tree, noun), noun
    while True:
        after = next((c for c in tree.children[last] if tree.dep[c] == "conj"), None)
        if after is None and last == noun:
            after = _listed(tree, noun)
        if after is None or tree.pos[after] not in NOMINAL or tree.subject(after) is not None:
            return sorted(found)
        if inside is not None and after not in inside:
            return sorted(found)
        for c in tree.children[last]:
            dep, pair = tree.dep[c], tree.lower[c] in PAIRS  # not the "not" of "not only"
            if c < after and (dep in ("cc", "punct") or (dep == "preconj" and pair)):
                found.append(c)
        found += phrase(tree, after)
        last = after


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


def parts_of(
    tree: Tree, head: int, times: Container[int] = (), inside: Container[int] | None = None
) -> Parts:
    """Subject, predicate and object; a passive with "by" is turned round.

    Args:
        times: tokens of dates: "signed by May" has no agent.
        inside: tokens of the clause, to which its object is kept; None for no bound.
    """
    subject = subject_of(tree, head)
    agent = _agent(tree, head)
    if agent is not None and agent in times:
        agent = None
    group = plain_group(tree, head)
    if agent is not None and subject is not None:
        verb = [i for i in group if tree.dep[i] != "auxpass"]
        # "…, starting with $2 and raised to $5 by Lee": what was raised the parse does not tell.
        loose = tree.dep[head] == "conj" and tree.tag[tree.head[head]] == "VBG" and verb == group
        return Parts(
            tuple(joined(tree, agent, inside)),
            tuple(verb),
            () if loose else tuple(joined(tree, subject)),
            passive=True,
        )
    target = _object(tree, head)
    first = tuple(joined(tree, subject)) if subject is not None else ()
    if target is None:
        for prep in tree.children[head]:
            noun = tree.child(prep, frozenset({"pobj", "pcomp"}))
            if noun is None or noun in times or tree.pos[noun] == "ADP":
                continue
            if tree.dep[prep] == "prep" and prep > head:
                return Parts(first, (*group, prep), tuple(joined(tree, noun, inside)))
        return Parts(first, tuple(group), ())
    if tree.is_predicate(target) and tree.dep[target] == "xcomp":
        return _infinitive(tree, first, group, target, inside)
    return Parts(first, tuple(group), tuple(joined(tree, target, inside)))


def _object(tree: Tree, head: int) -> int | None:
    for dep in OBJECT_DEPS:
        if dep == "attr" and tree.lemma[head] not in COPULAS:
            continue
        for c in tree.children[head]:
            if tree.dep[c] == dep and (dep != "ccomp" or c > head):
                return c
    return None


def _infinitive(
    tree: Tree,
    subject: tuple[int, ...],
    group: list[int],
    verb: int,
    inside: Container[int] | None,
) -> Parts:
    """The parts where both verbs are the predicate: "agreed to pay the fine"."""
    inner = parts_of(tree, verb, (), inside)
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
