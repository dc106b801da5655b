"""Reporting verbs: "said that", "promised to", "urged them to", "described it as", "denied"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.attribution.found import Found, spans_of
from pipeline.nlp.attribution.holder import (
    agent_of,
    is_infinitive,
    is_outlet,
    kind_of_holder,
    pronoun_of,
    subject_of,
)
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.tree import Tree

QUESTION = frozenset({"whether", "if"})
WH = frozenset({"how", "what", "why", "where", "when", "who", "which", "whom", "whose"})
ASKING = frozenset(
    {"ask", "wonder", "query", "question", "inquire", "enquire", "know", "decide", "determine"}
)
NARRATOR = frozenset({"i", "we", "me", "us", "you", "one"})
NOBODY = frozenset({"there", "that", "this", "what", "nothing", "these"})
SAYING = frozenset({"speech", "claim", "document"})


def find_verbs(tree: Tree, frames_of: dict[str, dict[str, str]]) -> Iterator[Found]:
    """Attributions by a verb and its clause, infinitive or object."""
    for i, lemma in enumerate(tree.lemmas):
        frames = frames_of.get(lemma)
        if frames is None or not tree.tags[i].startswith("VB"):
            continue
        found = at_verb(tree, i, frames)
        if found is not None:
            yield found


def at_verb(tree: Tree, verb: int, frames: dict[str, str]) -> Found | None:
    """The attribution of one verb, by the first frame that fits."""
    if is_passive(tree, verb):
        return _passive(tree, verb, frames)
    if tree.tags[verb] == "VBN" and tree.deps[verb] == "amod":
        return None
    holder = subject_of(tree, verb)
    if holder is None or tree.lower[holder] in NOBODY:
        return None
    for frame in (
        _clause,
        _infinitive,
        _gerund,
        _person_to,
        _as,
        _small,
        _of_for,
        _matrix,
        _object,
    ):
        hit = frame(tree, verb, frames)
        if hit is None:
            continue
        tokens, name, cue_class, confidence = hit
        if _unlikely(tree, verb, holder, cue_class, name):
            return None
        content = spans_of(tree, tokens)
        if content:
            return Found(
                content,
                cue_tokens(tree, verb),
                holder,
                cue_class,
                f"verb:{name}",
                confidence,
                outlet=outlet_of(tree, verb),
                pronoun=pronoun_of(tree, verb),
            )
    return None


Hit = tuple[list[int], str, str, float]


def cue_tokens(tree: Tree, verb: int) -> tuple[int, ...]:
    return (verb,)


def is_passive(tree: Tree, verb: int) -> bool:
    if tree.tags[verb] != "VBN":
        return False
    if tree.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if tree.deps[verb] == "acl" or (
        tree.deps[verb] == "advcl" and tree.child(verb, "nsubj", "aux") is None
    ):
        return True
    head = tree.heads[verb]
    return (
        tree.deps[verb] == "conj"
        and tree.child(verb, "aux", "nsubj") is None
        and (tree.child(head, "auxpass") is not None)
    )


def negated(tree: Tree, verb: int) -> bool:
    return tree.child(verb, "neg") is not None


def _unlikely(tree: Tree, verb: int, holder: int, cue_class: str, name: str) -> bool:
    """Readings that report nothing: "this shows", "did not say"."""
    kind = kind_of_holder(tree, holder)
    if kind is None and (cue_class == "document" or tree.lemmas[verb] in lexicon().things):
        return True
    if negated(tree, verb) and cue_class in SAYING:
        return True
    if name in ("clause", "quote", "parenthesis", "as_clause"):
        return False
    # "The visa required us to", "I invited them to": no statement of a party.
    return tree.lower[holder] in NARRATOR or (kind is None and tree.lower[holder] != "it")


def clause_of(tree: Tree, verb: int) -> int | None:
    """The head of the verb's finite complement clause."""
    for kid in tree.kids[verb]:
        if tree.deps[kid] == "ccomp" and not is_infinitive(tree, kid):
            return kid
    return None


def is_question(tree: Tree, clause: int, verb: int, *, wh: bool) -> bool:
    """An indirect question: "whether", or "how" after a verb of asking or one without the wh frame."""
    for kid in tree.kids[clause]:
        if kid < clause and tree.lower[kid] in QUESTION and tree.deps[kid] in ("mark", "dep"):
            return kid > verb
    first = next((i for i in tree.subtree(clause) if tree.pos[i] not in ("PUNCT", "SPACE")), clause)
    if tree.lower[first] in WH and first > verb:
        quoted = tree.words[first][:1].isupper()
        return not quoted and not (wh and tree.lemmas[verb] not in ASKING)
    return False


def complement_of(tree: Tree, verb: int) -> int | None:
    """The clause that is reported: behind the verb, or in front of its subject and a comma."""
    behind: int | None = None
    ahead: int | None = None
    for kid in tree.kids[verb]:
        if tree.deps[kid] == "ccomp" and not is_infinitive(tree, kid):
            if kid > verb and behind is None:
                behind = kid
            elif kid < verb and _leads(tree, kid, verb):
                ahead = kid
    if behind is None and ahead is None:
        return _clause_of_statement(tree, verb)
    return ahead if behind is None else behind


def _clause_of_statement(tree: Tree, verb: int) -> int | None:
    """The clause that the parser gave to a noun in between: "said in a statement that"."""
    for kid in tree.children(verb, "prep"):
        noun = tree.child(kid, "pobj")
        if noun is None or kid < verb:
            continue
        for clause in tree.children(noun, "acl", "relcl", "ccomp"):
            marks = [k for k in tree.children(clause, "mark") if tree.lower[k] == "that"]
            if marks and clause > noun:
                return clause
    return None


def _leads(tree: Tree, clause: int, verb: int) -> bool:
    """Is the clause in front set off by a comma or a mark: "Output fell, he said"?"""
    after = max(tree.subtree(clause)) + 1
    while after < verb and tree.words[after] in _CLOSERS:
        after += 1
    return tree.words[after - 1] in _STOPS or tree.words[min(after, verb)] in _STOPS


_CLOSERS = frozenset({'"', "”", "''", "’", "'", "»", ")"})
_STOPS = frozenset({",", "?", "!", "—", "–", "-", "--", "…", "...", ".", *_CLOSERS})


def _clause(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    clause = complement_of(tree, verb)
    if clause is None:
        return None
    name = "clause" if "clause" in frames else "quote" if "quote" in frames else ""
    if not is_finite(tree, clause) and not _touches_mark(tree, clause):
        return None  # "found their paths blocked"
    if not name or is_question(tree, clause, verb, wh="wh" in frames):
        return None
    if name == "quote" and not _touches_mark(tree, clause):
        return None
    found = {i for i in tree.subtree(clause, without=other_reports(tree, clause)) if i != verb}
    if clause > verb:
        for kid in tree.children(verb, "ccomp"):
            if kid > clause and is_finite(tree, kid):
                found |= set(tree.subtree(kid))
    if tree.child(clause, "nsubj", "nsubjpass", "expl") is None and clause > verb:
        # "These workers, he said, were paid": the parser gave both subjects to the cue.
        subjects = tree.children(verb, "nsubj", "nsubjpass")
        if len(subjects) > 1 and subjects[-1] < verb:
            found |= {i for other in subjects[:-1] for i in tree.subtree(other)}
    other = next((k for k in tree.children(verb, "ccomp") if k < verb < clause), None)
    if other is not None and _leads(tree, other, verb) and _touches_mark(tree, other):
        found |= set(tree.subtree(other))
    found |= _fronted(tree, verb, clause)
    tokens = sorted(found)
    return tokens, name, frames[name], 0.95 if tree.child(clause, "mark") is not None else 0.9


def _fronted(tree: Tree, verb: int, clause: int) -> set[int]:
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
    fronted = (
        tree.heads[start] == verb
        and tree.deps[start] in ("prep", "advcl")
        or (tree.deps[start] == "mark")
    )
    if (
        fronted
        and tree.words[first - 1] == ","
        and not any(tree.words[i] == "," for i in between[:-1])
    ):
        return set(between)
    return set()


def other_reports(tree: Tree, clause: int) -> set[int]:
    """Clauses joined to this one that report for themselves: "said A, and critics warned that B"."""
    words = lexicon().verbs
    return {
        kid
        for kid in tree.children(clause, "conj")
        if "clause" in words.get(tree.lemmas[kid], {})
        and clause_of(tree, kid) is not None
        and tree.tags[kid] in ("VBD", "VBZ", "VBP")
    }


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


def _touches_mark(tree: Tree, clause: int) -> bool:
    first, last = min(tree.subtree(clause)), max(tree.subtree(clause))
    near = tree.words[max(0, first - 1) : first + 1] + tree.words[last : last + 3]
    return any(word in ('"', "“", "”", "``", "''", "‘", "’", "'") for word in near)


def _infinitive(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    if "to" not in frames or tree.child(verb, "dobj", "dative") is not None:
        return None
    for kid in tree.children(verb, "xcomp"):
        if is_infinitive(tree, kid):
            return tree.subtree(kid), "to", frames["to"], 0.85
    return None


def _gerund(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    if "gerund" not in frames:
        return None
    for kid in tree.children(verb, "xcomp", "ccomp"):
        if tree.tags[kid] == "VBG":
            tokens = sorted({*tree.subtree(kid), *joined_nouns(tree, verb)})
            return tokens, "gerund", frames["gerund"], 0.85
    return None


def joined_nouns(tree: Tree, verb: int) -> set[int]:
    """Nouns joined to the verb that are objects in truth: "reported losing 5 and a loss of 8"."""
    nouns = [k for k in tree.children(verb, "conj") if tree.pos[k] == "NOUN" and k > verb]
    return {i for noun in nouns for i in tree.subtree(noun)}


def _person_to(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "urged them to leave", "called on the bank to pay" """
    if "person_to" not in frames:
        return None
    for kid in tree.kids[verb]:
        if tree.deps[kid] not in ("xcomp", "ccomp", "advcl") or not is_infinitive(tree, kid):
            continue
        person = tree.child(verb, "dobj", "dative") if tree.deps[kid] != "ccomp" else None
        tokens = tree.subtree(kid)
        if person is not None:
            tokens = sorted({*tree.subtree(person), *tokens})
        elif tree.child(kid, "nsubj") is None:
            on = next(
                (k for k in tree.children(verb, "prep") if tree.lower[k] in ("on", "upon", "to")),
                None,
            )
            pobj = None if on is None else tree.child(on, "pobj")
            if pobj is None:
                continue
            tokens = sorted({*tree.subtree(pobj), *tokens})
        return [i for i in tokens if i > verb], "person_to", frames["person_to"], 0.85
    return None


def _as(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "described the plan as a mistake" """
    if "as" not in frames:
        return None
    what = tree.child(verb, "dobj")
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


def _small(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "called the plan a mistake" """
    if "small" not in frames:
        return None
    what = tree.child(verb, "dobj", "dative")
    name = tree.child(verb, "oprd", "attr", "acomp")
    if name is not None and tree.pos[name] == "PROPN":
        return None  # "called him Birdie": a name, no judgement
    if name is not None and name > verb and what is not None:
        return sorted({*tree.subtree(what), *tree.subtree(name)}), "small", frames["small"], 0.85
    clause = tree.child(verb, "ccomp")
    if clause is not None and clause > verb and not is_infinitive(tree, clause):
        return tree.subtree(clause), "small", frames["small"], 0.8
    return None


def _of_for(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "accused the bank of fraud", "called for elections", "blamed it for the loss" """
    for frame in ("of", "for"):
        if frame not in frames:
            continue
        for kid in tree.children(verb, "prep"):
            if tree.lower[kid] != frame:
                continue
            inner = tree.child(kid, "pobj", "pcomp")
            if inner is not None:
                return tree.subtree(inner), frame, frames[frame], 0.85
    return None


def _matrix(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """A reporting clause within or after what it reports: "Output, he said, fell"; "as he said"."""
    put_it = "put_it" in frames and any(tree.lower[k] == "it" for k in tree.children(verb, "dobj"))
    if not put_it and (
        not {"clause", "quote"} & frames.keys() or tree.child(verb, "dobj", "xcomp") is not None
    ):
        return None
    head, dep = tree.heads[verb], tree.deps[verb]
    subject = tree.child(verb, "nsubj")
    if head == verb or subject is None or not (tree.is_verb(head) or dep == "parataxis"):
        return None
    as_clause = dep == "advcl" and is_as_clause(tree, verb)
    if dep != "parataxis" and not as_clause:
        return None
    if as_clause and not {"clause", "put_it"} & frames.keys():
        return None
    tokens = near_part(tree, tree.subtree(head, without={verb}), verb)
    frame = next(name for name in ("clause", "quote", "put_it") if name in frames)
    return tokens, "as_clause" if as_clause else "parenthesis", frames[frame], 0.85


def is_as_clause(tree: Tree, verb: int) -> bool:
    return any(
        tree.lower[k] == "as" and tree.deps[k] in ("mark", "advmod") for k in tree.kids[verb]
    )


def near_part(tree: Tree, tokens: list[int], cue: int) -> list[int]:
    """The tokens that no semicolon parts from the cue."""
    stops = [i for i in tokens if tree.words[i] == ";"]
    first = max((i for i in stops if i < cue), default=-1)
    last = min((i for i in stops if i > cue), default=tree.size)
    return [i for i in tokens if first < i < last]


def _object(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "announced a merger"; with the frame object_said a reporting noun: "rejected the claim" """
    name = "object" if "object" in frames else "object_said"
    if name not in frames:
        return None
    what = tree.child(verb, "dobj")
    if what is None or what < verb or tree.pos[what] == "PRON" or tree.child(verb, "ccomp"):
        return None
    if "object" not in frames and tree.lemmas[what] not in lexicon().nouns:
        return None
    more = [k for k in tree.children(verb, "xcomp") if is_infinitive(tree, k)]
    if len(more) != len(tree.children(verb, "xcomp")):
        return None
    tokens = {i for part in (what, *more) for i in tree.subtree(part)} | joined_nouns(tree, verb)
    return sorted(tokens), name, frames[name], 0.7


def _passive(tree: Tree, verb: int, frames: dict[str, str]) -> Found | None:
    """ "is said to own", "it is reported that", "was accused of fraud", "is quoted as saying" """
    holder = agent_of(tree, verb)
    about = tree.child(verb, "nsubjpass", "nsubj")
    if negated(tree, verb):
        return None
    clause = complement_of(tree, verb)
    tokens: list[int] = []
    name = ""
    if clause is not None and {"passive", "clause"} & frames.keys():
        if is_question(tree, clause, verb, wh=False):
            return None
        name, tokens = "passive_clause", tree.subtree(clause)
    elif "passive" in frames and (inf := _passive_infinitive(tree, verb)) is not None:
        name = "passive_to"
        tokens = tree.subtree(inf)
        if about is not None:
            tokens = sorted(
                {*tree.subtree(about), *range(max(tree.subtree(about)) + 1, min(tokens)), *tokens}
            )
    elif tree.deps[verb] == "advcl" and holder is not None and is_as_clause(tree, verb):
        name = "as_clause"
        tokens = near_part(tree, tree.subtree(tree.heads[verb], without={verb}), verb)
    elif "of" in frames and (hit := _of_for(tree, verb, {"of": frames["of"]})) is not None:
        name, tokens = "passive_of", hit[0]
    elif holder is not None and (hit := _passive_agent(tree, verb, frames, about)) is not None:
        name, tokens = hit[1], hit[0]
    if not tokens:
        return None
    content = spans_of(tree, tokens)
    if not content:
        return None
    frame = {"passive_of": "of"}.get(name, "passive")
    cue_class = frames.get(frame) or frames.get("clause") or next(iter(frames.values()), "speech")
    return Found(content, cue_tokens(tree, verb), holder, cue_class, f"verb:{name}", 0.8)


def _passive_agent(
    tree: Tree, verb: int, frames: dict[str, str], about: int | None
) -> tuple[list[int], str] | None:
    """Passives whose holder is named: "was ordered by the court to pay", "described by X as Y"."""
    if about is None:
        return None
    for kid in tree.kids[verb]:
        fits_as = "as" in frames and tree.lower[kid] == "as" and tree.deps[kid] == "prep"
        fits_to = "person_to" in frames and tree.deps[kid] == "xcomp" and is_infinitive(tree, kid)
        if fits_as or fits_to:
            tokens = sorted({*tree.subtree(about), *tree.subtree(kid)})
            return tokens, "passive_as" if fits_as else "passive_person_to"
    return None


def _passive_infinitive(tree: Tree, verb: int) -> int | None:
    for kid in tree.children(verb, "xcomp", "advcl", "ccomp"):
        if is_infinitive(tree, kid):
            return kid
    return None


def outlet_of(tree: Tree, verb: int) -> int | None:
    """The outlet that was told: "told BBC News", "said in an interview with LA Weekly"."""
    for kid in tree.kids[verb]:
        if tree.deps[kid] in ("dobj", "dative") and tree.lemmas[verb] == "tell":
            head = tree.child(kid, "pobj") if tree.pos[kid] == "ADP" else kid
            if head is not None and is_outlet(tree, head):
                return head
        if tree.deps[kid] in ("prep", "dative") and tree.lower[kid] in (
            "to",
            "with",
            "in",
            "on",
            "by",
        ):
            head = tree.child(kid, "pobj")
            for _ in range(2):
                if head is None:
                    break
                if tree.ents[head] in ("ORG", "") and is_outlet(tree, head):
                    return head
                inner = next(
                    (
                        k
                        for k in tree.children(head, "prep")
                        if tree.lower[k] in ("with", "by", "for", "to", "on")
                    ),
                    None,
                )
                head = None if inner is None else tree.child(inner, "pobj")
    return None
