"""Who speaks: the subject of a cue, the words of its noun phrase, and the kind of source."""

from __future__ import annotations

from pipeline.nlp.attribution.lexicon import source_words
from pipeline.nlp.attribution.tree import Tree
from pipeline.nlp.entities.lexicon import titles
from pipeline.records import SourceType, Span

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
#: Branches below a noun that are no part of a source's words.
LOOSE = frozenset(
    {"relcl", "acl", "advcl", "parataxis", "ccomp", "dep", "cc", "conj", "appos", "punct"}
)
#: Branches below a part of a hyphenated word that belong to the whole word.
NEAR = frozenset({"det", "amod", "compound", "poss", "nmod", "nummod", "prep"})
CLIMB = 6
TIMES = ("DATE", "TIME")
NOBODY = frozenset({"there", "that", "this", "what", "nothing", "these"})
DATELINE = 6  # tokens of a dateline
MORE_THAN = frozenset({"over", "under", "around", "about", "above", "below", "near"})
DASHES = ("-", "--", "–", "—")
BRACKETS = {"(": ")", "[": "]"}
BRACKET = 12  # tokens in a bracket after a name
WHO = frozenset({"who", "which", "that", "whom", "whose"})
QUOTING = frozenset({"quoting", "citing"})
PERSON_PRONOUNS = frozenset({"he", "she", "i", "him", "her", "me", "himself", "herself", "myself"})


def subject_of(tree: Tree, verb: int) -> int | None:
    """The token that does the verb: its own subject, or the one it shares with a higher verb."""
    at = verb
    for _ in range(CLIMB):
        own = [
            k
            for k in tree.children(at, "nsubj", "nsubjpass")
            if tree.ents[k] not in TIMES and (tree.words[k][0].isalnum() or tree.words[k] == "%")
        ]
        if own and at != verb and is_infinitive(tree, verb) and tree.lower[own[-1]] == "it":
            return None  # "it is fair to say"
        if own:
            # Of two subjects the nearer: "These workers, he said, were paid".
            return after_dateline(tree, antecedent(tree, min(own, key=lambda i: abs(i - at))))
        head, dep = tree.heads[at], tree.deps[at]
        if at == verb and dep == "advcl" and (other := with_whom(tree, verb)) is not None:
            return other
        if at == verb and (cited := before_bracket(tree, verb)) is not None:
            return cited
        if head == at:
            return None
        if dep in ("acl", "relcl") and tree.pos[head] in ("NOUN", "PROPN", "PRON"):
            if not is_infinitive(tree, at):
                return head
            # "missed the chance to say": who misses, not the chance.
            if tree.deps[head] not in ("dobj", "pobj"):
                return None
            at = tree.heads[head]
            continue
        if (
            dep == "pcomp"
            and tree.deps[head] == "prep"
            and tree.pos[tree.heads[head]] in ("NOUN", "PROPN")
        ):
            # "the decision of saying": climb over the noun to its verb.
            at = tree.heads[head]
            continue
        if dep == "conj" and other_acts(tree, head, at):
            return None
        if dep in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "aux") or (
            dep == "ccomp" and tree.tags[at] in ("VBG", "VB")
        ):
            at = head
            continue
        return None
    return None


def other_acts(tree: Tree, first: int, verb: int) -> bool:
    """True where a noun behind "and" is somebody's subject, but by the parse not the verb's.

    "The paper found P, but researchers, who re-read it, put it at 1": no paper puts it so.
    """
    joined = max((k for k in tree.children(first, "cc") if k < verb), default=verb)
    own = None
    for i in range(joined + 1, verb):
        if tree.deps[i] in SUBJECTS and tree.pos[i] in ("NOUN", "PROPN"):
            own = own or set(tree.subtree(verb))
            if i not in own:
                return True
    return False


def with_whom(tree: Tree, verb: int) -> int | None:
    """Who does it in "The party split, with one member, Ann Lee, calling it a farce"."""
    before = verb - 1
    while before > 0 and tree.words[before] == ",":
        before -= 1
    for prep in tree.children(tree.heads[verb], "prep"):
        apart = prep > 0 and tree.words[prep - 1] == "," and tree.tags[verb] == "VBG"
        if tree.lower[prep] == "with" and prep < before and apart:
            nouns = tree.children(prep, "pobj")
            if nouns and tree.subtree(nouns[-1])[-1] in (before, before + 1):
                return nouns[-1]
    return None


def before_bracket(tree: Tree, verb: int) -> int | None:
    """The name in front of a citation that the parser took for the subject: "Lee [13] argues"."""
    if verb < 2 or tree.words[verb - 1] not in (")", "]"):
        return None
    for i in range(verb - 2, max(0, verb - BRACKET), -1):
        if tree.words[i] in BRACKETS:
            return i - 1 if tree.pos[i - 1] in ("NOUN", "PROPN") else None
    return None


def after_dateline(tree: Tree, i: int) -> int:
    """The speaker behind "LONDON — " that the parser hung on the place."""
    first, end = tree.sentence_of(i)
    if not tree.words[i].isupper() or i - first > DATELINE:
        return i
    dash = next((k for k in range(i + 1, min(i + DATELINE, end)) if tree.words[k] in DASHES), None)
    if dash is None:
        return i
    return next((k for k in tree.children(i, "appos", "conj", "nmod") if k > dash), i)


def is_infinitive(tree: Tree, i: int) -> bool:
    return any(tree.tags[k] == "TO" and tree.deps[k] == "aux" for k in tree.kids[i])


def pronoun_of(tree: Tree, verb: int) -> int | None:
    """The relative pronoun that is the verb's own subject: "who said"."""
    for own in tree.children(verb, "nsubj"):
        if tree.lower[own] in WHO and antecedent(tree, own) != own:
            return own
    return None


def antecedent(tree: Tree, i: int) -> int:
    """The noun that a relative pronoun stands for, else the token itself."""
    if tree.lower[i] in WHO and tree.tags[i] in ("WP", "WDT", "WP$", "IN"):
        verb = tree.heads[i]
        for _ in range(CLIMB):
            if tree.deps[verb] == "relcl":
                return tree.heads[verb]
            if tree.deps[verb] not in ("conj", "ccomp", "xcomp", "aux") or tree.heads[verb] == verb:
                return i
            verb = tree.heads[verb]
    return i


def quoted_by(tree: Tree, holder: int) -> int | None:
    """Whom an outlet quotes: "Reuters, citing the ministry"."""
    for kid in tree.children(holder, "acl"):
        if tree.lower[kid] in QUOTING:
            return tree.child(kid, "dobj")
    # Between its commas the parser may hang it on the verb: "Reuters, quoting Lee, reported".
    end = phrase_of(tree, holder).end
    after = tree.tokens_in(end, end + 1).start
    if after + 1 < tree.size and tree.words[after] == "," and tree.lower[after + 1] in QUOTING:
        return tree.child(after + 1, "dobj")
    return None


def agent_of(tree: Tree, verb: int) -> int | None:
    """The holder of a passive: "by the court"."""
    by = tree.child(verb, "agent")
    if by is None:
        by = next((k for k in tree.children(verb, "prep") if tree.lower[k] == "by"), None)
    return None if by is None else tree.child(by, "pobj")


def phrase_of(tree: Tree, head: int) -> Span:
    """The noun phrase of a head: determiner, title and role in, trailing apposition out.

    A common noun keeps the name that follows it ("Her attorney, Ann Lee"), and a name its
    acronym in brackets. Coordinated heads are kept together.
    """
    inside = _words_of(tree, head)
    first, last = tree.whole_word(head)
    while first - 1 in inside or (
        first - 1 > 0 and tree.words[first - 1] in "-/" and first - 2 in inside
    ):
        first -= 1
    while last + 1 in inside or (
        last + 2 in inside and tree.deps[last + 1] == "punct" and tree.words[last + 1] in ",-/(&’'"
    ):
        if tree.words[last + 1] in BRACKETS:
            closed = _bracket_end(tree, last + 1)
            if closed is None:
                break
            last = closed
        else:
            last += 1
    if last + 1 < tree.size and tree.words[last + 1] == ")" and "(" in tree.words[first : last + 1]:
        last += 1
    first, last = tree.whole_word(first)[0], tree.whole_word(last)[1]
    return Span(tree.starts[first], tree.ends[last])


def _words_of(tree: Tree, head: int) -> set[int]:
    """The tokens that belong to a noun; parts of a hyphenated word count as one."""
    found: set[int] = set()
    todo = [head]
    while todo:
        at = todo.pop()
        if at in found:
            continue
        found.add(at)
        for kid in tree.kids[at]:
            if tree.pos[at] == "PROPN" and counts(tree, kid):
                continue
            if tree.deps[kid] not in LOOSE or _belongs(tree, at, kid, head):
                todo.append(kid)
        first, last = tree.whole_word(at)
        for part in range(first, last + 1 if last > first else first):
            found.add(part)
            todo += [kid for kid in tree.kids[part] if tree.deps[kid] in NEAR]
    return found


def counts(tree: Tree, i: int) -> bool:
    """True for the "over" of "According to the ministry over 90 people fled"."""
    number = i + 1 < tree.size and tree.pos[i + 1] == "NUM"
    return number and tree.deps[i] == "prep" and tree.lower[i] in MORE_THAN


def _bracket_end(tree: Tree, opened: int) -> int | None:
    """The closing bracket of a name's acronym or party; None if none is near."""
    for i in range(opened, min(opened + BRACKET, tree.size)):
        if tree.words[i] == BRACKETS[tree.words[opened]]:
            return i
    return None


def _belongs(tree: Tree, at: int, kid: int, head: int) -> bool:
    """Is a loose branch part of the name or of a coordination of the head?"""
    dep = tree.deps[kid]
    if dep == "appos":
        if kid > 0 and tree.words[kid - 1] == "(":
            return True
        role = tree.pos[at] in ("NOUN", "NUM") and tree.pos[kid] == "PROPN"
        role = role or (
            tree.pos[kid] == "PROPN"
            and (tree.ents[at] in ("", "NORP") or tree.lower[at] in titles().roles)
        )
        return role and at == head
    if dep == "conj":
        return tree.pos[kid] in ("NOUN", "PROPN", "PRON") and not _has_verb_between(tree, at, kid)
    return dep == "cc" and any(
        tree.deps[k] == "conj" and _belongs(tree, at, k, head) for k in tree.kids[at]
    )


def _has_verb_between(tree: Tree, first: int, last: int) -> bool:
    return any(tree.is_verb(i) for i in range(min(first, last) + 1, max(first, last)))


def kind_of_holder(tree: Tree, head: int) -> SourceType | None:
    """Person, organisation, document or unnamed; None if the noun tells none of them."""
    first, head = tree.whole_word(head)  # "e-mail", "vice-president"
    lemma, ent = tree.lemmas[head], tree.ents[head]
    lower = tree.text[tree.starts[first] : tree.ends[head]].lower()
    words = source_words()
    if tree.pos[head] == "PRON" or tree.tags[head] == "PRP":
        if lower in PERSON_PRONOUNS:
            return "person"
        return (
            "unnamed" if lower in ("who", "some", "many", "others", "they", "we", "one") else None
        )
    if ent == "PERSON":
        return "person"
    if ent in ("ORG", "GPE", "NORP") and tree.pos[head] == "PROPN":
        return "organisation"
    if _has_name(tree, head, "appos"):
        return "person"
    for name, group in (("document", words.document), ("organisation", words.organisation)):
        if lemma in group or lower in group:
            return "document" if name == "document" else "organisation"
    if tree.pos[head] == "PROPN" and _has_name(tree, head, "compound"):
        return "person"
    if lemma in words.unnamed or lower in words.unnamed or tree.ents[head] == "NORP":
        return "unnamed"
    if lemma in titles().roles or lemma in titles().honorifics:
        # "the mayor" is one person, "a mayor" and "mayors" are nobody in particular.
        some = any(tree.lower[kid] in ("a", "an", "one", "another") for kid in tree.kids[head])
        return "unnamed" if some or tree.tags[head] == "NNS" else "person"
    if tree.pos[head] == "PROPN":
        return "person" if ent != "WORK_OF_ART" else "document"
    return None


def _has_name(tree: Tree, head: int, dep: str) -> bool:
    """A role with a name beside it: "her attorney, Ann Lee"."""
    return any(tree.ents[kid] == "PERSON" for kid in tree.children(head, dep))


def several(tree: Tree, head: int) -> bool:
    """Two holders joined: "the mayor and the union"."""
    return any(_belongs(tree, head, kid, head) for kid in tree.children(head, "conj"))


def agrees(tree: Tree, pronoun: int, noun: int) -> bool:
    """May "he", "it" or "they" stand for the noun, by its number and kind?"""
    plural = tree.tags[noun] in ("NNS", "NNPS") or several(tree, noun)
    if tree.lower[pronoun] == "they" or plural:
        return tree.lower[pronoun] == "they" and plural
    person = kind_of_holder(tree, noun) == "person"
    return person == (tree.lower[pronoun] in ("he", "she"))


def named_beside(tree: Tree, head: int) -> int | None:
    """The name that follows a role: "her attorney, Ann Lee"."""
    for kid in tree.children(head, "appos"):
        named = tree.pos[kid] == "PROPN" and _belongs(tree, head, kid, head)
        # A bracket holds an acronym or another name of the body, not the speaker's.
        if named and tree.words[max(0, tree.subtree(kid)[0] - 1)] != "(":
            return kid
    for kid in tree.children(head, "acl"):
        # "A rebel commander known as Falcon".
        known = tree.child(kid, "prep") if tree.lower[kid] == "known" else None
        name = None if known is None or tree.lower[known] != "as" else tree.child(known, "pobj")
        if name is not None and tree.pos[name] == "PROPN":
            return name
    return None


def is_body_of_person(tree: Tree, head: int) -> bool:
    """A body that is named after a person: "the Lee government"."""
    return (
        tree.ents[head] != "PERSON"
        and tree.lemmas[head] in source_words().organisation
        and (_has_name(tree, head, "compound") or _has_name(tree, head, "poss"))
    )
