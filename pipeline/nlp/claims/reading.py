"""A claim in words that stand by themselves, with what was changed or added in [brackets].

Pronouns and roles give way to the canonical name that they were linked to, "the latter" to the
name before, a relative pronoun to its noun; a second verb gets the subject that it shares. What
cannot be read for sure leaves the claim without a reading: none is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.claims.facts import Facts, Linked
from pipeline.nlp.claims.ownership import Clause
from pipeline.nlp.claims.spo import phrase, subject_of, words
from pipeline.nlp.claims.statement import ACCUSING, POINTERS
from pipeline.nlp.claims.tree import AUXILIARIES, Tree
from pipeline.records import Claim, Quote, Span

SURE = 0.8  # of a link; a role linked with less stays as written
#: Words that point to somebody or something said before.
POINTING = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "hers", "theirs"}
    | {"himself", "herself", "itself", "themselves"}
)
PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
#: Who is meant by these the text alone does not say.
OPEN = frozenset({"we", "us", "our", "ours", "you", "your", "yours", "ourselves", "yourself"})
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
POINTING_BACK = DEMONSTRATIVES | {"the", "all", "both", "such"}
RELATIVES = frozenset({"who", "which", "that"})
MODIFIERS = frozenset({"amod", "compound"})
NOUNS = frozenset({"NOUN", "PROPN"})
APART = 2  # characters between two sentences, a paragraph's end at most


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens [first, last] that give way to `text`."""

    first: int
    last: int
    text: str


class UnsureError(Exception):
    """A word of the claim needs a reading that is not sure."""


def reading_of(
    tree: Tree,
    facts: Facts,
    clause: Clause,
    spans: Sequence[Span],
    quote: Quote | None,
    window: range,
) -> str:
    """The reading; "" where nothing had to change or a needed reading is not sure.

    Args:
        spans: the words of the claim, in offsets of the text.
        window: tokens of its sentence and the one before, where other names compete.
    """
    tokens = [i for span in spans for i in tree.tokens_of(span)]
    try:
        joined = quote is not None and quote.rule == "verb:passive_to" and clause.rule == "main"
        shared_by = replace(clause, rule="conjunct") if joined else clause  # "…, and is said to"
        name, shared = _shared_subject(tree, facts, shared_by, tokens, window)
        changes = _changes(tree, facts, tokens, quote, name, window)
    except UnsureError:
        return ""
    if not changes and not name:
        return ""
    added = [f"[{' '.join(filter(None, [name, shared]))}]"] if name else []
    return " ".join([*added, *(_replaced(tree, span, changes) for span in spans)])


def told_before(claim: Claim, before: Sequence[Claim]) -> Claim:
    """The claim with what its "this" stands for as its reading: "the company denied this".

    That is the row before it, if its sentence stands right before and has no other.

    Args:
        before: the last rows before this one, in the order of the text.
    """
    if claim.attribution != "indirect" or not before:
        return claim
    last = before[-1].sentence
    rows = [row for row in before if row.sentence == last]
    if claim.sentence.start - last.end > APART:
        return claim
    if _names_charges(claim):
        charges = [row.reading or row.text for row in rows if row.certainty == "alleged"]
        said = "; ".join(charges)
        return replace(claim, reading=f"[{_bare(said)}]") if said else claim
    if claim.text.lower() not in POINTERS or len(rows) != 1:
        return claim
    if rows[0].text.lower() in POINTERS:
        return claim  # "Lee denied it. The firm confirmed it.": that it is so, or that it is not
    said = rows[0].reading or rows[0].text
    return replace(claim, reading=f"[{_bare(said)}]")


def _bare(said: str) -> str:
    return said.replace("[", "").replace("]", "")


def _names_charges(claim: Claim) -> bool:
    """True for "these allegations" of "denied these allegations": those just told."""
    words = claim.text.lower().split()
    if claim.certainty != "denied" or len(words) != 2 or words[0] not in POINTING_BACK:
        return False
    noun = words[1].removesuffix("s")
    return lexicon().nouns.get(noun) in ACCUSING


def _replaced(tree: Tree, span: Span, changes: Sequence[Change]) -> str:
    pieces, at = [], span.start
    for change in changes:
        start, end = tree.start[change.first], tree.end[change.last]
        if span.start <= start and end <= span.end:
            pieces += [tree.text[at:start], f"[{change.text}]"]
            at = end
    return " ".join("".join([*pieces, tree.text[at : span.end]]).split())


def _changes(
    tree: Tree,
    facts: Facts,
    tokens: Sequence[int],
    quote: Quote | None,
    subject: str,
    window: range,
) -> list[Change]:
    """What gives way, in the order of the text.

    Args:
        subject: the name that is put in before the words, or "".
    """
    linked = facts.linked(tokens)
    known = {subject} - {""}  # what the reading has named already
    found: list[Change] = []
    done = -1
    for n, i in enumerate(tokens):
        if i <= done:
            continue
        link = linked.get(i)
        if link is not None and tree.lower[link.last] in ("latter", "former"):
            link = None  # read below, by the names or nouns that stand in pairs
        if link is not None:
            if link.rule == "pronoun" and _is_speaker(link, quote):
                raise UnsureError  # in one's own words "she" is somebody else
            change = _named(tree, link, known, facts.linked(window))
            known.add(link.name)
        else:
            bound = _is_bound(tree, tokens[:n], i, subject)
            change = _pointing(tree, facts, i, quote, window, first=n == 0, bound=bound)
        if change is not None:
            found.append(change)
            done = change.last
        elif link is not None:
            done = link.last
    return found


def _is_speaker(link: Linked, quote: Quote | None) -> bool:
    return quote is not None and quote.kind == "direct" and link.name == quote.source_name


def _is_bound(tree: Tree, before: Sequence[int], i: int, subject: str) -> bool:
    """True if a pronoun may stand for a noun that the claim names before it.

    For what its own verb takes it stands only as a possessive or reflexive.
    """
    if tree.tag[i] == "PRP$" or tree.lower[i].endswith(("self", "selves")):
        # "[The sanctions] limited their access": those of whom?
        by_subject = bool(subject) and tree.lower[i] != "their"
        return by_subject or any(tree.pos[k] in NOUNS for k in before)
    own = tree.clause_head(i)
    return any(tree.pos[k] in NOUNS and tree.clause_head(k) != own for k in before)


def _named(
    tree: Tree, link: Linked, known: set[str], around: Mapping[int, Linked]
) -> Change | None:
    if link.rule not in ("pronoun", "role") or link.name in known:
        return None  # a name, or bound inside the claim: "Berg sold her mill"
    if link.rule == "pronoun" and not _is_sure(tree, link, around):
        raise UnsureError
    if link.confidence < SURE:
        return None
    head = next(
        (
            i
            for i in range(link.first, link.last + 1)
            if not link.first <= tree.head[i] <= link.last
        ),
        link.last,
    )
    if link.rule == "role" and any(not link.first <= i <= link.last for i in phrase(tree, head)):
        return None  # "the minister of the time" says more than the name
    last = link.last
    possessive = tree.tag[head] == "PRP$"
    if tree.lower[last] in ("'s", "’s"):
        possessive = True
    return Change(link.first, last, _possessive(link.name) if possessive else link.name)


def _is_sure(tree: Tree, link: Linked, around: Mapping[int, Linked]) -> bool:
    """True if nobody else can be meant, by the names in this sentence and the one before.

    "She" is Berg where no other person is named; "it", for which any thing may be meant, is the
    subject of the sentence before, and itself a subject without a noun before it. "They" is
    never sure: a group need not be named at all.
    """
    word = tree.lower[link.first]
    others = [other for other in around.values() if other.name != link.name]
    if link.confidence < SURE or link.first != link.last:
        return False
    if word in PERSONAL:
        # A surname alone may as well be a place.
        full = len(link.name.split()) > 1
        return link.person and full and not any(other.person for other in others)
    if word not in ("it", "its") or link.person:
        return False
    start = tree.sentence_start(link.first)
    if any(tree.pos[i] in NOUNS for i in range(start, link.first)):
        return False
    told = tree.first_conjunct(tree.clause_head(link.first))
    before = (other for other in around.values() if other.last < start)
    return tree.dep[told] == "ROOT" and any(
        other.name == link.name and _is_subject(tree, other) for other in before
    )


def _is_subject(tree: Tree, link: Linked) -> bool:
    return any(
        tree.dep[i] in ("nsubj", "nsubjpass")
        and tree.dep[tree.first_conjunct(tree.head[i])] == "ROOT"
        for i in range(link.first, link.last + 1)
    )


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _pointing(
    tree: Tree,
    facts: Facts,
    i: int,
    quote: Quote | None,
    window: range,
    *,
    first: bool,
    bound: bool,
) -> Change | None:
    """The reading of a word that is no linked mention.

    Args:
        first: whether the claim begins with it.
        bound: whether the claim names something before it, which it may stand for.

    Raises:
        UnsureError: it points to something that the claim does not name.
    """
    word = tree.lower[i]
    if word in OPEN:
        raise UnsureError
    if word in SPEAKER:
        return _speaker(tree, i, quote)
    if word == "the" and tree.lower[i + 1 : i + 2] in (["latter"], ["former"]):
        if tree.dep[i + 1] in MODIFIERS:
            raise UnsureError  # "the former minister"
        name = facts.one_of_two(i, tree.lower[i + 1])
        if not name:
            raise UnsureError
        return Change(i, i + 1, name)
    if word in RELATIVES and first and tree.tag[i] in ("WP", "WDT"):
        return _relative(tree, facts, i, window)
    alone = word in DEMONSTRATIVES and tree.pos[i] == "PRON" and tree.tag[i] == "DT"
    if alone and tree.dep[i] in ("nsubj", "nsubjpass", "dobj", "pobj"):
        raise UnsureError
    points = word in POINTING and tree.dep[i] != "expl" and tree.pos[i] == "PRON"
    if points and not bound:
        raise UnsureError
    return None


def _speaker(tree: Tree, i: int, quote: Quote | None) -> Change:
    """The speaker's name for "I", where verb and name agree."""
    if quote is None or quote.source_type != "person" or not quote.source_name[:1].isupper():
        raise UnsureError
    word = tree.lower[i]
    if word in ("my", "mine"):
        return Change(i, i, _possessive(quote.source_name))
    verb = tree.head[i]
    if word == "i" and not _agrees(tree, verb):
        raise UnsureError
    return Change(i, i, quote.source_name)


def _agrees(tree: Tree, verb: int) -> bool:
    """True if a verb after "I" fits "she" too: past or with a modal."""
    finite = [verb, *(c for c in tree.children[verb] if tree.dep[c] in AUXILIARIES)]
    first = min(finite)
    return tree.tag[first] in ("VBD", "MD") and not tree.lower[first].startswith(("'", "’"))


def _relative(tree: Tree, facts: Facts, i: int, window: range) -> Change:
    """The noun that a relative pronoun at the head of a claim stands for."""
    verb = tree.head[i]
    if tree.dep[i] not in ("nsubj", "nsubjpass") or tree.dep[verb] != "relcl":
        raise UnsureError
    if tree.is_predicate(tree.head[verb]):
        raise UnsureError
    return Change(i, i, _noun_text(tree, facts, tree.head[verb], window))


def _noun_text(tree: Tree, facts: Facts, noun: int, window: range) -> str:
    """The words of a noun phrase, read; a pronoun or role by its name.

    Raises:
        UnsureError: it is a pronoun without a sure link.
    """
    tokens = phrase(tree, noun)
    for link in facts.linked(tokens).values():
        whole = link.first == tokens[0] and tokens[-1] <= link.last
        if whole and link.rule == "role" and link.confidence >= SURE:
            return link.name
        if whole and link.rule == "pronoun" and _is_sure(tree, link, facts.linked(window)):
            return link.name
    if any(tree.pos[k] == "PRON" for k in tokens) or tree.pos[noun] not in NOUNS:
        raise UnsureError
    return words(tree, tokens)


def name_of(tree: Tree, facts: Facts, noun: int | None, window: range) -> str:
    """The words of a noun phrase, a pronoun or role by its name; "" where that is not sure."""
    if noun is None:
        return ""
    try:
        return _noun_text(tree, facts, noun, window)
    except UnsureError:
        return ""


def _shared_subject(
    tree: Tree, facts: Facts, clause: Clause, tokens: Sequence[int], window: range
) -> tuple[str, str]:
    """The subject, and its auxiliaries, that a second verb shares with the first; "" for none.

    Raises:
        UnsureError: the verb shares more than can be put before it.
    """
    head = clause.head
    if clause.rule in ("list", "fragment", "absolute", "participle"):
        raise UnsureError
    if clause.rule != "conjunct" or tree.subject(head) is not None or not tree.is_predicate(head):
        return "", ""
    subject = subject_of(tree, head)
    if subject is None or subject in tokens:
        return "", ""
    name = _noun_text(tree, facts, subject, window)
    first = tree.first_conjunct(head)
    passive = any(tree.dep[c] == "auxpass" for c in tree.children[first])
    alone = tree.child(head, AUXILIARIES) is None
    if not tree.is_finite(first) or (passive and alone):
        raise UnsureError  # "was begun and abandoned", unlike "was held and died"
    if tokens[0] > 0 and tree.pos[tokens[0] - 1] in NOUNS:
        raise UnsureError  # a noun right before the words is their own subject, misread
    if tree.is_finite(head):
        return name, ""
    shared = [c for c in tree.children[first] if tree.dep[c] in (*AUXILIARIES, "neg")]
    if not shared or any(tree.dep[c] == "neg" for c in shared):
        raise UnsureError
    return name, words(tree, shared)
