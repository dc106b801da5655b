"""The clause that a cue reports: which one it is, and what belongs to it."""

from __future__ import annotations

from pipeline.nlp.attribution.edits import SUBJECTS
from pipeline.nlp.attribution.holder import DASHES, is_infinitive
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.tree import Tree

QUESTION = frozenset({"whether", "if"})
WH = frozenset({"how", "what", "why", "where", "when", "who", "which", "whom", "whose"})
ASKING = frozenset(
    {"ask", "wonder", "query", "question", "inquire", "enquire", "know", "decide", "determine"}
)
_CLOSERS = frozenset({'"', "”", "''", "’", "'", "»", ")"})
MARKS = frozenset({'"', "“", "”", "``", "''", "‘", "’", "'"})
_STOPS = frozenset({",", "?", "!", "—", "–", "-", "--", "…", "...", ".", *_CLOSERS})


def clause_of(tree: Tree, verb: int) -> int | None:
    """The head of the verb's finite complement clause."""
    for kid in tree.kids[verb]:
        if tree.deps[kid] == "ccomp" and not is_infinitive(tree, kid):
            return kid
    return None


def complement_of(tree: Tree, verb: int) -> int | None:
    """The clause that is reported: behind the verb, or in front of its subject and a comma."""
    behind: int | None = None
    ahead: int | None = None
    for kid in tree.kids[verb]:
        if tree.deps[kid] == "ccomp" and not is_infinitive(tree, kid):
            if accusation_of(tree, kid) is not None:
                continue
            if kid > verb and behind is None:
                behind = kid
            elif kid < verb and leads(tree, kid, verb):
                ahead = kid
    if behind is None and ahead is None:
        return _clause_of_statement(tree, verb)
    return ahead if behind is None else behind


def accusation_of(tree: Tree, clause: int) -> int | None:
    """The noun that a clause spells out: "pleaded not guilty to charges that she took bribes"."""
    mark = tree.child(clause, "mark")
    noun = -1 if mark is None else mark - 1
    if noun < 0 or tree.lower[noun + 1] != "that" or tree.pos[noun] != "NOUN":
        return None
    return noun if lexicon().nouns.get(tree.lemmas[noun]) == "accusation" else None


def _clause_of_statement(tree: Tree, verb: int) -> int | None:
    """The clause that the parser gave to a noun in between.

    "Said in a statement that", "said at the time that", "told the trial that".
    """
    nouns = [tree.child(kid, "pobj") for kid in tree.children(verb, "prep")]
    if tree.lemmas[verb] in lexicon().hearers:
        nouns.append(tree.child(verb, "dobj"))
    for noun in nouns:
        if noun is None or noun < verb:
            continue
        for clause in tree.children(noun, "acl", "relcl", "ccomp"):
            marks = [k for k in tree.children(clause, "mark", "advmod") if tree.lower[k] == "that"]
            own = tree.child(clause, "nsubj", "nsubjpass", "expl") is not None
            if marks and own and clause > noun and accusation_of(tree, clause) is None:
                return clause
    return None


def leads(tree: Tree, clause: int, verb: int) -> bool:
    """Is the clause in front set off by a comma or a mark: "Output fell, he said"?"""
    after = max(tree.subtree(clause)) + 1
    while after < verb and tree.words[after] in _CLOSERS:
        after += 1
    return tree.words[after - 1] in _STOPS or tree.words[min(after, verb)] in _STOPS


def is_question(tree: Tree, clause: int, verb: int, *, wh: bool) -> bool:
    """An indirect question: "whether"; "how" after a verb of asking or without the wh frame."""
    first = next((i for i in tree.subtree(clause) if tree.pos[i] not in ("PUNCT", "SPACE")), clause)
    if tree.lower[first] in QUESTION and tree.heads[first] == clause:
        return first > verb
    if tree.lower[first] in WH and first > verb:
        quoted = tree.words[first][:1].isupper()
        return not quoted and not (wh and tree.lemmas[verb] not in ASKING)
    return False


def is_finite(tree: Tree, clause: int) -> bool:
    """Has the clause a finite verb of its own? A clause with "that" always has."""
    if tree.child(clause, "mark") is not None:
        return True
    finite = ("VBD", "VBZ", "VBP", "MD")
    return (
        tree.tags[clause] in finite
        or any(
            tree.tags[k] in finite
            for k in tree.children(clause, "aux", "auxpass", "cop", "conj", "ccomp")
        )
        or (
            tree.tags[clause] == "VB"
            and tree.child(clause, "nsubj", "nsubjpass", "expl", "mark") is not None
        )
    )


def touches_mark(tree: Tree, clause: int) -> bool:
    first, last = min(tree.subtree(clause)), max(tree.subtree(clause))
    near = tree.words[max(0, first - 1) : first + 1] + tree.words[last : last + 3]
    return any(word in MARKS for word in near)


def begins_at_mark(tree: Tree, clause: int) -> bool:
    """Does a quotation begin, or end, with the first words of the clause?"""
    first = min(tree.subtree(clause))
    return any(tree.words[i] in MARKS for i in range(max(0, first - 1), first + 1))


def behind_dash(tree: Tree, clause: int, second: int) -> bool:
    """Does a second clause without "that" stand behind a dash: a remark of the author's?"""
    begin, end = max(tree.subtree(clause)), min(tree.subtree(second))
    apart = any(tree.words[i] in DASHES for i in range(begin, end))
    return apart and tree.child(second, "mark") is None


def lacks_subject(tree: Tree, verb: int, clause: int, words: set[int]) -> bool:
    """Is a bare "served" behind the cue no clause: "pointed to a table with soup served cold"?"""
    if clause < verb or tree.tags[clause] not in ("VBD", "VBN") or begins_at_mark(tree, clause):
        return False
    alone = tree.child(clause, "mark", "aux", "auxpass", *SUBJECTS) is None
    return alone and min(words) >= min(tree.subtree(clause))


def fronted_words(tree: Tree, verb: int, clause: int) -> set[int]:
    """Words in front of a clause that belong to it but hang on the cue.

    "said that in time, output will rise", "thinks by doing so, they win".
    """
    first = min(tree.subtree(clause))
    if first <= verb + 1:
        return set()
    between = range(verb + 1, first)
    for i in between:
        if tree.lower[i] == "that" and tree.pos[i] == "SCONJ":
            return set(range(i + 1, first))
    start = verb + 1
    fronted = (tree.heads[start] == verb and tree.deps[start] in ("prep", "advcl")) or (
        tree.deps[start] == "mark"
    )
    if (
        fronted
        and tree.words[first - 1] == ","
        and not any(tree.words[i] == "," for i in between[:-1])
    ):
        return set(between)
    return set()


def other_reports(tree: Tree, clause: int) -> set[int]:
    """Joined clauses that report for themselves: "said A, and critics warned that B"."""
    words = lexicon().verbs
    found: set[int] = set()
    for kid in tree.children(clause, "conj"):
        frames = words.get(tree.lemmas[kid], {})
        if tree.tags[kid] not in ("VBD", "VBZ", "VBP"):
            continue
        own = tree.child(kid, "nsubj") is not None
        accuses = "of" in frames and bool(object_of(tree, kid, "of"))
        judges = "at" in frames or frames.get("object") == "accusation"
        blames = judges and tree.child(kid, "dobj") is not None
        if ("clause" in frames and clause_of(tree, kid) is not None) or (
            own and (accuses or blames)
        ):
            found.add(kid)
    return found


def near_part(tree: Tree, tokens: list[int], cue: int) -> list[int]:
    """The tokens that no semicolon, and no colon ahead, parts from the cue."""
    first = max((i for i in tokens if i < cue and tree.words[i] in (";", ":")), default=-1)
    last = min((i for i in tokens if i > cue and tree.words[i] == ";"), default=tree.size)
    return [i for i in tokens if first < i < last]


def is_as_clause(tree: Tree, verb: int) -> bool:
    return any(
        tree.lower[k] == "as" and tree.deps[k] in ("mark", "advmod") for k in tree.kids[verb]
    )


def negated(tree: Tree, verb: int) -> bool:
    """ "Did not confirm that", "has yet to confirm that" """
    above = tree.heads[verb]
    yet = tree.deps[verb] == "xcomp" and tree.lemmas[above] in ("have", "be")
    return tree.child(verb, "neg") is not None or (
        yet and any(tree.lower[k] == "yet" for k in tree.kids[above])
    )


def object_of(tree: Tree, verb: int, preposition: str) -> list[int]:
    """The tokens behind the verb's preposition: "accused of fraud"; [] if there is none."""
    for kid in tree.children(verb, "prep"):
        if tree.lower[kid] == preposition:
            inner = tree.child(kid, "pobj", "pcomp")
            if inner is not None:
                # "called for a vote, which is due in May": when it is due is the author's to say.
                later = preposition == "for" and tree.words[tree.subtree(inner)[-1]] != '"'
                return tree.subtree(inner, without=_asides(tree, inner) if later else ())
    # "accused the party of planning riots": the parser may hang the deed on the party.
    what = tree.child(verb, "dobj") if preposition == "of" else None
    for kid in () if what is None else tree.children(what, "prep"):
        inner = tree.child(kid, "pobj", "pcomp")
        words = [] if inner is None or tree.lower[kid] != "of" else tree.subtree(inner)
        if words and kid > verb and any(_is_gerund(tree, i) for i in words[:2]):
            return [i for i in words if not _after_comma(tree, words[0], i)]
    return []


def _asides(tree: Tree, noun: int) -> list[int]:
    """Relative clauses of a noun behind a comma."""
    clauses = tree.children(noun, "relcl")
    return [k for k in clauses if tree.words[tree.subtree(k)[0] - 1] == ","]


def _is_gerund(tree: Tree, i: int) -> bool:
    """True for the "planning" of "planning strikes" also where the tagger saw a noun."""
    ing = tree.lower[i].endswith("ing") and tree.deps[i] in ("compound", "amod")
    return tree.tags[i] == "VBG" or ing


def _after_comma(tree: Tree, first: int, i: int) -> bool:
    return any(tree.words[k] == "," for k in range(first, i))


def strays(tree: Tree, verb: int, clause: int) -> set[int]:
    """Words of a clause without a subject that the parser hung on its cue.

    "These workers, he said, were paid" gives the cue two subjects, "said the plan helped"
    may give it an object.
    """
    if clause < verb or tree.child(clause, "nsubj", "nsubjpass", "expl") is not None:
        return set()
    heads = other_subjects(tree, verb)
    if tree.lemmas[verb] not in lexicon().hearers and is_finite(tree, clause):
        heads += [k for k in tree.children(verb, "dobj") if verb < k < clause]
    return {i for head in heads for i in tree.subtree(head)}


def other_subjects(tree: Tree, verb: int) -> list[int]:
    """Of several subjects in front of a verb all but the nearest, or all if one follows it."""
    subjects = tree.children(verb, "nsubj", "nsubjpass")
    return [k for k in subjects[:-1] if k < verb]
