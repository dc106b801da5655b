"""Clauses that leave their verb out: "Lee lost $4 and Berg $2", "gave Lee 47% and Berg 43%".

A noun right in front of a sum, joined by "and" to a verb with such a sum, takes the place of the
verb's subject, or of whom it gives to. No parser of whole sentences sees that reliably.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.nlp.attribution.edits import SUBJECTS, Editor
from pipeline.nlp.attribution.tree import Tree

NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "PART"})
NOUNS = frozenset({"NOUN", "PROPN"})
JOINS = frozenset({"and", "but"})
TIMES = frozenset({"DATE", "TIME"})
HELPING = frozenset({"aux", "auxpass", "amod"})  # relations of verbs that govern no clause
#: What may follow the second sum: no noun that it counts, no verb.
BEHIND = frozenset({"PUNCT", "SPACE", "ADP", "SCONJ", "ADV"})
LONGEST = 6  # tokens of the noun in front of the second sum
REACH = 25  # tokens from the verb to "and"


@dataclass(frozen=True, slots=True)
class Sum:
    """Tokens [first, last] of a sum of money or a percentage; the others hang on `head`."""

    kind: str
    first: int
    last: int
    head: int


def fill_gaps(editor: Editor) -> None:
    """Hangs the second sum on the verb, and its noun on the sum, as "nsubj" or "dative"."""
    tree = editor.tree
    for i, word in enumerate(tree.lower):
        if word == "of" and i and tree.pos[i - 1] == "NOUN" and tree.heads[i] < i - 1:
            _own_sum(editor, i)
    for i, tag in enumerate(tree.tags):
        if tag not in ("$", "CD") or i < 2 or tree.pos[i - 1] not in NOUNS:
            continue
        begin, end = tree.sentence_of(i)
        second, joined = _sum_at(tree, i, end), _join_before(tree, i, begin)
        if second is None or joined is None:
            continue
        after = second.last + 1
        if after < end and tree.pos[after] not in BEHIND and tree.ents[after] not in TIMES:
            continue
        _fill(editor, second, joined, begin)


def _own_sum(editor: Editor, of: int) -> None:
    """ "A loss of $5 and revenue of $9": the second "of" is that of the noun right before it."""
    tree, noun, above = editor.tree, of - 1, editor.tree.heads[of]
    if tree.pos[above] != "NUM" or tree.deps[of] != "prep":
        return
    editor.set(of, noun, "prep")
    first = tree.heads[above]  # the "of" of the first sum
    if tree.deps[noun] == "conj" and tree.heads[noun] == above and tree.lower[first] == "of":
        told = tree.heads[first]
        if tree.pos[told] == "NOUN" and told < first:
            editor.set(noun, told, "conj")


def _sum_at(tree: Tree, i: int, end: int) -> Sum | None:
    """The sum that begins with a token: "$5 million", "5 per cent", "5%"; None if none does."""
    last = i
    while last + 1 < end and tree.tags[last + 1] == "CD":
        last += 1
    if tree.tags[i] == "$" and last + 1 < end and tree.starts[last + 1] == tree.ends[last]:
        last += tree.pos[last + 1] in NOUNS  # the "m" of "£40m"
    if tree.tags[i] == "$":
        return Sum("money", i, last, last) if last > i else None
    after = tree.lower[last + 1 : last + 3]
    if after[:1] == ["%"] or after[:1] == ["percent"]:
        return Sum("percent", i, last + 1, last + 1)
    return Sum("percent", i, last + 2, last) if after == ["per", "cent"] else None


def _join_before(tree: Tree, second: int, begin: int) -> int | None:
    """The "and" in front of the noun that ends right before the sum."""
    for i in range(second - 1, max(begin, second - 1 - LONGEST), -1):
        if tree.lower[i] in JOINS:
            return i if i < second - 1 else None
        part = tree.pos[i] in NOMINAL or tree.lower[i] == "of"  # "and those of Nordic Air $5"
        if not part or tree.ents[i] in TIMES:
            return None
    return None


def _fill(editor: Editor, second: Sum, joined: int, begin: int) -> None:
    tree = editor.tree
    before = range(joined - 1, max(begin, joined - REACH) - 1, -1)
    verb = next((i for i in before if tree.is_verb(i) and tree.deps[i] not in HELPING), None)
    if verb is None:
        return
    sums = (
        _sum_at(tree, i, joined) for i in range(verb + 1, joined) if tree.tags[i] in ("$", "CD")
    )
    alike = [found for found in sums if found is not None and found.kind == second.kind]
    first = alike[0] if alike else None
    if first is None:
        _promise(editor, second, joined, verb)
        return
    if alike[-1].last != first.last:
        return
    between = [i for i in range(verb + 1, first.first) if tree.pos[i] not in ("ADV", "SYM")]
    given = bool(between) and all(tree.pos[i] in NOMINAL for i in between)
    subject = tree.child(verb, *SUBJECTS)
    if (between and not given) or (not given and (subject is None or subject > verb)):
        return
    _hang_sum(editor, first, verb)
    _hang_sum(editor, second, verb)
    other = _hang_noun(editor, range(joined + 1, second.first), second.head)
    editor.set(other, second.head, "dative" if given else "nsubj")
    editor.set(joined, verb, "cc")
    if given:
        to = _hang_noun(editor, range(between[0], first.first), verb)
        editor.set(to, verb, "dative")


def _promise(editor: Editor, second: Sum, joined: int, verb: int) -> None:
    """ "Promised its owners no dividend and its banks $5": what the owners get is no sum."""
    tree = editor.tree
    to, what = tree.child(verb, "dative"), tree.child(verb, "dobj")
    if to is None or what is None or not verb < to < what < joined or tree.pos[to] not in NOUNS:
        return
    _hang_sum(editor, second, verb)
    other = _hang_noun(editor, range(joined + 1, second.first), second.head)
    editor.set(other, second.head, "dative")
    editor.set(joined, verb, "cc")


def _hang_sum(editor: Editor, found: Sum, verb: int) -> None:
    """The head of the sum on the verb, its other tokens on the head."""
    tree, inside = editor.tree, range(found.first, found.last + 1)
    for i in inside:
        if i != found.head and tree.heads[i] not in inside:
            editor.set(i, found.head, "prep" if tree.pos[i] == "ADP" else "nummod")
    editor.set(found.head, verb, "dobj")


def _hang_noun(editor: Editor, inside: range, above: int) -> int:
    """The head of a noun phrase, all of whose tokens hang on it; what else did goes above."""
    tree = editor.tree
    noun = inside[-1]
    for i in inside[:-1]:
        if tree.heads[i] not in inside:
            editor.set(i, noun, "compound" if tree.pos[i] in NOUNS else "det")
    if tree.heads[noun] in inside:
        top = tree.heads[noun]
        editor.set(noun, above, "dep")
        editor.set(top, noun, "compound")
    for kid in [k for k in tree.kids[noun] if k not in inside]:
        editor.set(kid, above, tree.deps[kid])
    return noun
