""" "According to X", "in the words of X", "as reported by X"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.attribution.found import Found, spans_of
from pipeline.nlp.attribution.holder import counts
from pipeline.nlp.attribution.outlet import is_outlet
from pipeline.nlp.attribution.tree import Tree

CLIMB = 8
QUOTING = frozenset({"quoting", "citing"})
VIEWS = frozenset({"view", "opinion", "words", "judgment", "judgement", "estimation"})
COUNTS = frozenset({"count", "estimate", "reckoning", "calculation", "calculations", "estimates"})
NARRATOR = frozenset({"my", "our", "your"})


def find_phrases(tree: Tree, phrases: dict[str, str]) -> Iterator[Found]:
    """Attributions by a prepositional phrase, from the phrases of the lexicon."""
    last_words = {phrase.split()[-1]: [] for phrase in phrases}  # type: dict[str, list[list[str]]]
    for phrase in phrases:
        last_words[phrase.split()[-1]].append(phrase.split())
    for i, word in enumerate(tree.lower):
        for words in last_words.get(word, ()):
            first = i - len(words) + 1
            if first >= 0 and tree.lower[first : i + 1] == words:
                found = _at_phrase(tree, first, i, phrases[" ".join(words)])
                if found is not None:
                    yield found
        if word in VIEWS | COUNTS and (found := _in_view(tree, i)) is not None:
            yield found


def _in_view(tree: Tree, noun: int) -> Found | None:
    """ "In her view, the deal is dead", "in Lee's words", "by the bank's count"."""
    prep, holder = tree.heads[noun], tree.child(noun, "poss")
    if (
        tree.lower[prep] != ("by" if tree.lower[noun] in COUNTS else "in")
        or holder is None
        or tree.deps[noun] != "pobj"
    ):
        return None
    phrase = set(tree.subtree(prep))
    if len(phrase) > len(tree.subtree(holder)) + 2 or tree.lower[holder] in NARRATOR:
        return None
    content = spans_of(tree, clause_around(tree, prep, phrase))
    if not content:
        return None
    return Found(content, (noun,), holder, "belief", "according_to", 0.85)


def _at_phrase(tree: Tree, first: int, last: int, cue_class: str) -> Found | None:
    holder = tree.child(last, "pobj", "pcomp")
    if holder is None or tree.pos[holder] == "VERB":
        return None
    if tree.pos[holder] == "NUM" and not _counts_people(tree, holder):
        return None
    if first == last and not (is_outlet(tree, holder) or tree.ents[holder] == "ORG"):
        return None  # "per cent", "per year"
    top = first if tree.heads[first] not in range(first, last + 1) else tree.heads[first]
    phrase = set(tree.subtree(top)) | set(tree.subtree(first))
    phrase -= swallowed(tree, holder, phrase)
    tokens = clause_around(tree, first, phrase)
    cue = tuple(range(first, last + 1))
    outlet: int | None = None
    after = max(phrase) + 1
    if after + 1 < tree.size and tree.words[after] == "," and tree.lower[after + 1] in QUOTING:
        # "According to Reuters, citing the ministry, output fell": the ministry's words.
        quoted = tree.child(after + 1, "dobj")
        if quoted is not None and is_outlet(tree, holder):
            comma = next(
                (i for i in range(quoted, tree.sentence_of(first)[1]) if tree.words[i] == ","),
                after,
            )
            tokens = [i for i in tokens if not after <= i <= comma]
            holder, outlet, cue = quoted, holder, (after + 1,)
    content = spans_of(tree, tokens)
    if not content:
        return None
    return Found(content, cue, holder, cue_class, "according_to", 0.9, outlet=outlet)


def _counts_people(tree: Tree, number: int) -> bool:
    """True for "one of the largest trials": a number that stands for those that it counts."""
    return any(tree.lower[kid] == "of" for kid in tree.children(number, "prep"))


def swallowed(tree: Tree, holder: int, phrase: set[int]) -> set[int]:
    """The subject of the clause that the parser drew into the phrase before it.

    "According to the minister, the plan works": an apposition of the minister, if the verb
    behind has no subject; "According to the ministry over 90 people fled": joined to the cue.
    """
    last = max(phrase)
    verb = next((i for i in range(last + 1, tree.sentence_of(last)[1]) if tree.is_verb(i)), None)
    while verb is not None and tree.deps[verb] in ("aux", "auxpass"):
        verb = tree.heads[verb]
    if verb is None or tree.child(verb, "nsubj", "nsubjpass", "csubj", "expl") is not None:
        return set()
    for i in sorted(i for i in phrase if i > holder):
        branch = tree.subtree(i)
        if tree.deps[i] == "appos" and branch[-1] == last and tree.words[branch[0] - 1] == ",":
            return {k for k in phrase if k >= branch[0] - 1}
        if branch[0] == i and counts(tree, i):
            return {k for k in phrase if k >= i}
    return set()


def clause_around(tree: Tree, at: int, phrase: set[int]) -> list[int]:
    """The tokens of the clause that a phrase comments on, less the phrase.

    At the edge of a sentence it comments on all of it, in the middle on the finite clause that
    it hangs on.
    """
    first, end = tree.sentence_of(at)
    # A semicolon parts one statement from the next.
    end = next((i for i in range(max(phrase) + 1, end) if tree.words[i] == ";"), end)
    first = next((i + 1 for i in range(min(phrase) - 1, first, -1) if tree.words[i] == ";"), first)
    before = [i for i in range(first, min(phrase)) if tree.pos[i] not in ("PUNCT", "SPACE")]
    if (
        before
        and len(before) <= 2
        and all(tree.pos[i] in ("CCONJ", "ADV", "SCONJ") for i in before)
    ):
        before = []
    after = [i for i in range(max(phrase) + 1, end) if tree.pos[i] not in ("PUNCT", "SPACE")]
    if not before or not after:
        return [i for i in range(first, end) if i not in phrase]
    clause = tree.heads[min(phrase, key=lambda i: (i != at, i))]
    for _ in range(CLIMB):
        if tree.is_clause(clause) or tree.heads[clause] == clause:
            break
        clause = tree.heads[clause]
    return [i for i in tree.subtree(clause) if i not in phrase and first <= i < end]
