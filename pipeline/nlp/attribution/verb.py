"""Reporting verbs: "said that", "promised to", "urged them to", "described it as", "denied"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nlp.attribution.complement import (
    begins_at_mark,
    behind_dash,
    complement_of,
    fronted_words,
    is_as_clause,
    is_finite,
    is_question,
    lacks_subject,
    leads,
    near_part,
    negated,
    object_of,
    other_reports,
    other_subjects,
    strays,
    touches_mark,
)
from pipeline.nlp.attribution.found import Found, spans_of
from pipeline.nlp.attribution.holder import (
    NOBODY,
    agrees,
    is_infinitive,
    kind_of_holder,
    pronoun_of,
    subject_of,
)
from pipeline.nlp.attribution.judging import Hit, called, judged_as, put_at
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.noun import holder_of, told_by
from pipeline.nlp.attribution.outlet import outlet_of
from pipeline.nlp.attribution.passive import find_passive, is_passive
from pipeline.nlp.attribution.tree import Tree

NARRATOR = frozenset({"i", "we", "me", "us", "you", "one"})
OPENING = frozenset({'"', "“", "‘", "'", "``", "«"})
POINTING = frozenset({"this", "that"})
PRONOUNS = frozenset({"he", "she", "it", "they"})
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
        return find_passive(tree, verb, frames)
    if tree.tags[verb] == "VBN" and tree.deps[verb] == "amod":
        return None
    holder = subject_of(tree, verb)
    if holder is None or tree.lower[holder] in NOBODY:
        return None
    for frame in (
        _clause,
        _that_words,
        _infinitive,
        _gerund,
        _rising,
        _person_to,
        judged_as,
        called,
        put_at,
        _of_or_for,
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
                (verb,),
                holder,
                cue_class,
                f"verb:{name}",
                confidence,
                outlet=outlet_of(tree, verb),
                pronoun=pronoun_of(tree, verb),
            )
    return None


def _unlikely(tree: Tree, verb: int, holder: int, cue_class: str, name: str) -> bool:
    """Readings that report nothing: "this shows", "did not say"."""
    kind = kind_of_holder(tree, holder)
    if kind is None and (cue_class == "document" or tree.lemmas[verb] in lexicon().things):
        return True
    if cue_class in SAYING and negated(tree, verb):
        return True
    if name == "clause" and _kept_back(tree, verb, lexicon().silent):
        return True
    if name in ("clause", "object") and _kept_back(tree, verb, lexicon().obliged):
        return True
    if name == "parenthesis" and tree.lower[holder] == "you":
        return True  # "We are not all equal, you know"
    if name in ("clause", "quote", "parenthesis", "as_clause"):
        return False
    # "The visa required us to", "I invited them to": no statement of a party.
    return tree.lower[holder] in NARRATOR or (kind is None and tree.lower[holder] != "it")


def _kept_back(tree: Tree, verb: int, above: frozenset[str]) -> bool:
    """True for "declined to say how many", "is not required to disclose its donors"."""
    return tree.deps[verb] == "xcomp" and tree.lemmas[tree.heads[verb]] in above


def _clause(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    clause = complement_of(tree, verb)
    if clause is None or _is_noun_clause(tree, verb):
        return None
    name = "clause" if "clause" in frames else "quote" if "quote" in frames else ""
    if not is_finite(tree, clause) and not begins_at_mark(tree, clause):
        return None  # "found their paths blocked"
    if not name or is_question(tree, clause, verb, wh="wh" in frames):
        return None
    if name == "quote" and not touches_mark(tree, clause):
        return None
    found = {i for i in tree.subtree(clause, without=other_reports(tree, clause)) if i != verb}
    if clause > verb:
        for kid in tree.children(verb, "ccomp"):
            if kid > clause and is_finite(tree, kid) and not behind_dash(tree, clause, kid):
                found |= set(tree.subtree(kid))
    found |= second_verb(tree, verb, clause)
    found |= strays(tree, verb, clause)
    found |= joined_before(tree, verb, clause)
    if lacks_subject(tree, verb, clause, found):
        return None
    other = next((k for k in tree.children(verb, "ccomp") if k < verb < clause), None)
    if other is not None and leads(tree, other, verb) and touches_mark(tree, other):
        found |= set(tree.subtree(other))
    found |= fronted_words(tree, verb, clause)
    tokens = sorted(found)
    return tokens, name, frames[name], 0.95 if tree.child(clause, "mark") is not None else 0.9


def _is_noun_clause(tree: Tree, verb: int) -> bool:
    """True for "pictures of what it said were caves": what it said is a noun there."""
    what = tree.child(verb, "dobj", "nsubj")
    first = what is not None and tree.lower[what] == "what" and what < verb
    return first and tree.deps[verb] in ("pcomp", "csubj", "dobj")


def joined_before(tree: Tree, verb: int, clause: int) -> set[int]:
    """A clause joined to the one in front of the cue: "Two died and five were hurt, police said".

    The parser may hang both on the cue.
    """
    ahead = [k for k in tree.children(verb, "ccomp") if k < clause and is_finite(tree, k)]
    if clause > verb or not ahead:
        return set()
    first, last = tree.subtree(ahead[-1]), tree.subtree(clause)[0]
    if all(tree.deps[i] == "cc" or tree.pos[i] == "PUNCT" for i in range(first[-1] + 1, last)):
        return set(range(first[0], last))
    return set()


def second_verb(tree: Tree, verb: int, clause: int) -> set[int]:
    """A past verb joined to a present cue: "say it was ready, but withdrew" goes on reporting."""
    if clause < verb or tree.tags[verb] not in ("VBP", "VBZ"):
        return set()
    found: set[int] = set()
    for kid in tree.children(verb, "conj"):
        own = tree.child(kid, "nsubj", "nsubjpass", "expl", "aux", "auxpass")
        if kid > clause and tree.tags[kid] == "VBD" and own is None:
            found |= set(range(max(tree.subtree(clause)) + 1, max(tree.subtree(kid)) + 1))
    return found


def _that_words(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """Words behind "states that" where the parser saw no clause: to the end of the sentence."""
    end = tree.sentence_of(verb)[1]
    if "clause" not in frames or verb + 2 >= end or tree.lower[verb + 1] != "that":
        return None
    if tree.tags[verb + 1] != "IN" or tree.child(verb, "ccomp") is not None:
        return None
    if not any(tree.tags[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(verb + 2, end)):
        return None
    return list(range(verb + 2, end)), "clause", frames["clause"], 0.7


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
        having = any(tree.tags[k] == "VBG" for k in tree.children(kid, "aux", "auxpass"))
        if tree.tags[kid] == "VBG" or having:
            tokens = sorted({*tree.subtree(kid), *joined_nouns(tree, verb)})
            return tokens, "gerund", frames["gerund"], 0.85
    return None


def _rising(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "The bank sees growth slowing": nobody looks at growth, it is expected to slow."""
    if "rising" not in frames or tree.tags[verb] not in ("VBZ", "VBP"):
        return None
    for kid in tree.children(verb, "ccomp"):
        own = tree.child(kid, "nsubj")
        if kid > verb and tree.tags[kid] == "VBG" and own is not None and own > verb:
            return tree.subtree(kid), "rising", frames["rising"], 0.8
    return None


def joined_nouns(tree: Tree, verb: int) -> set[int]:
    """Nouns joined to the verb that are objects in truth: "reported losing 5 and a loss of 8"."""
    nouns = [k for k in tree.children(verb, "conj") if tree.pos[k] == "NOUN" and k > verb]
    return {i for noun in nouns for i in tree.subtree(noun)}


def _person_to(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "urged them to leave", "called on the bank to pay" """
    if "person_to" not in frames:
        return None
    if (swallowed := _far_infinitive(tree, verb)) is not None:
        return swallowed, "person_to", frames["person_to"], 0.8
    for kid in tree.kids[verb]:
        if tree.deps[kid] not in ("xcomp", "ccomp", "advcl") or not is_infinitive(tree, kid):
            continue
        person = tree.child(verb, "dobj", "dative") if tree.deps[kid] != "ccomp" else None
        own = person is not None or tree.child(kid, "nsubj") is not None
        if tree.lemmas[verb] == "call" and (own or tree.deps[kid] == "ccomp"):
            continue  # "called him to preach": only "called on him to" demands
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


def _far_infinitive(tree: Tree, verb: int) -> list[int] | None:
    """The object of "urged anyone who had been there to see a doctor".

    The parser gives the infinitive to the relative clause in between.
    """
    person = tree.child(verb, "dobj", "dative")
    between = None if person is None else tree.child(person, "relcl")
    if person is None or between is None or tree.child(verb, "xcomp", "ccomp") is not None:
        return None
    ends = (k for k in tree.children(between, "advcl", "xcomp") if is_infinitive(tree, k))
    last = next(ends, None)
    if last is None or tree.subtree(last)[-1] != tree.subtree(person)[-1]:
        return None
    return tree.subtree(person) if tree.words[tree.subtree(between)[0]].lower() == "who" else None


def _of_or_for(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "accused the bank of fraud", "called for elections", "blamed it for the loss" """
    for frame in ("of", "with", "for"):
        tokens = object_of(tree, verb, frame) if frame in frames else []
        if tokens:
            return tokens, frame, frames[frame], 0.85
    return None


def _matrix(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """A reporting clause within or after what it reports: "Output, he said, fell"; "as he said"."""
    put_it = "put_it" in frames and any(tree.lower[k] == "it" for k in tree.children(verb, "dobj"))
    # "told the court": a hearer, not what is told.
    hears = tree.lemmas[verb] in lexicon().hearers and tree.deps[verb] == "parataxis"
    told = ("xcomp",) if hears else ("dobj", "xcomp")
    if not put_it and (
        not {"clause", "quote"} & frames.keys() or tree.child(verb, *told) is not None
    ):
        return None
    head, dep = tree.heads[verb], tree.deps[verb]
    if tree.deps[head] in ("aux", "auxpass"):
        head = tree.heads[head]
    subject = tree.child(verb, "nsubj")
    if head == verb or subject is None or not (tree.is_verb(head) or dep == "parataxis"):
        return None
    as_clause = dep == "advcl" and is_as_clause(tree, verb)
    if dep != "parataxis" and not as_clause:
        return None
    if as_clause and not {"clause", "put_it"} & frames.keys():
        return None
    tokens = {*tree.subtree(head, without={verb, *_own_clauses(tree, verb, head, subject)})}
    for other in other_subjects(tree, verb):
        tokens |= set(tree.subtree(other))
    part = near_part(tree, sorted(tokens), verb)
    frame = next(name for name in ("clause", "quote", "put_it") if name in frames)
    return part, "as_clause" if as_clause else "parenthesis", frames[frame], 0.85


def _own_clauses(tree: Tree, verb: int, told: int, holder: int) -> list[int]:
    """Clauses behind a comment that only its speaker can be the subject of.

    "The bridge was weak, engineers said, but they did not close it": the author tells that.
    """
    about, found = tree.child(told, "nsubj", "nsubjpass"), []
    for kid in tree.children(told, "conj") if about is not None else ():
        own = tree.child(kid, "nsubj", "nsubjpass")
        if kid < verb or own is None or tree.lower[own] not in PRONOUNS or about is None:
            continue
        if agrees(tree, own, holder) and not agrees(tree, own, about):
            found.append(kid)
    return found


def _object(tree: Tree, verb: int, frames: dict[str, str]) -> Hit | None:
    """ "announced a merger"; with the frame object_said a reporting noun: "rejected the claim" """
    name = next((x for x in ("object", "object_said", "shown") if x in frames), "")
    if not name or (name == "shown" and not _is_shown(tree, verb)):
        return None
    what = tree.child(verb, "dobj")
    if what is None or what < verb:
        return None
    points = tree.lower[what] in POINTING or (tree.lower[what] == "it" and name == "object")
    if points and tree.lemmas[verb] in lexicon().upheld:
        # "Denied this: “…”" tells in its own words what is denied.
        told = tree.words[what + 1 : what + 2] == [":"]
        return None if told else ([what], name, frames[name], 0.7)
    refuses = frames[name] == "denial" and tree.child(verb, "dative") is not None
    if tree.pos[what] == "PRON" or refuses:
        return None  # "denied them entry": nothing is said to be untrue
    if any(kid > verb for kid in tree.children(verb, "ccomp")):
        return None
    if name == "object_said" and tree.lemmas[what] not in lexicon().nouns:
        return None
    more = [k for k in tree.children(verb, "xcomp") if is_infinitive(tree, k)]
    if len(more) != len(tree.children(verb, "xcomp")):
        return None
    if more:
        # "a process to choose and name": the second infinitive often hangs on the cue.
        more += [k for k in tree.children(verb, "conj") if tree.tags[k] == "VB" and k > more[-1]]
    tokens = {i for part in (what, *more) for i in tree.subtree(part)} | joined_nouns(tree, verb)
    # "blamed the cuts, which began in May": when they began is the author's to say.
    loose = frames[name] == "accusation"
    later = {
        k
        for k in tokens
        if tree.deps[k] == "relcl" and (loose or tree.words[tree.subtree(k)[0] - 1] == ",")
    }
    tokens -= {i for k in later for i in tree.subtree(k)}
    if tree.lemmas[verb] == "give" and not _gives_share(tree, verb, what):
        return None
    if frames[name] == "promise" or tree.lemmas[verb] == "give":
        # "Promised its owners no dividend and its banks $5": to whom belongs to what.
        given = [k for k in tree.children(verb, "dobj") if tree.child(k, "dative") is not None]
        if given or name == "shown":
            given += [k for k in tree.children(verb, "dative") if k < what]
        tokens |= {i for k in given for i in tree.subtree(k)}
        # To whom or for what it is promised hangs on the verb.
        preps = [k for k in tree.children(verb, "prep") if tree.lower[k] in ("to", "for")]
        tokens |= {i for prep in preps if prep > what for i in tree.subtree(prep)}
    if name == "object_said" and (clause := told_by(tree, what)) is not None:
        if holder_of(tree, what, of=True) is not None:
            return None  # "rejected Lee's claim that …": the claim is Lee's statement
        tokens = set(tree.subtree(clause))
    return before_colon(tree, sorted(tokens), what), name, frames[name], 0.7


def _is_shown(tree: Tree, verb: int) -> bool:
    """ "The figures show a fall": a document tells it, in a clause with a subject of its own."""
    holder = tree.child(verb, "nsubj")
    if holder is None or (tree.lemmas[holder] in lexicon().pictures and tree.tags[holder] != "NNS"):
        return False  # a caption: "The map shows the towns of the north"
    return kind_of_holder(tree, holder) == "document"


def _gives_share(tree: Tree, verb: int, what: int) -> bool:
    """ "The poll gave Lee 47%" tells it; "the law gave the mayor $3" gave it."""
    share = tree.lower[what] in ("%", "percent", "lead")
    share = share or any(tree.lower[k] == "per" for k in tree.kids[what])
    return share and tree.child(verb, "dative") is not None


def before_colon(tree: Tree, tokens: list[int], noun: int) -> list[int]:
    """The tokens in front of a colon and a quotation: "denied these charges: “…”"."""
    for i in range(noun + 1, tokens[-1]):
        if tree.words[i] == ":" and tree.words[i + 1] in OPENING:
            return [k for k in tokens if k < i]
    return tokens
