"""The tense of the clause around an offset, from the parse."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from pipeline.nlp.dates.tense import guess_tense, tells_past
from pipeline.nlp.dates.tokens import word_list

VERBAL = frozenset({"VERB", "AUX"})
FINITE_PRESENT = frozenset({"VBP", "VBZ"})
#: What may stand between a verb and the date that tells when: "is at 7.45pm on Tuesday".
BETWEEN = frozenset({"ADP", "ADV", "NUM", "CCONJ", "PART"})
MOST_STEPS = 20


class ParseTense:
    """The tense of the clause at an offset, from the parse; the words around where it is silent."""

    def __init__(self, doc: Doc, text: str) -> None:
        self.doc, self.text = doc, text

    def __call__(self, offset: int) -> str:
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        if span is None or not len(span):
            return guess_tense(self.text, offset)
        token = span[0]
        direct, placed = True, False  # the date is the verb's own, and a preposition says so
        for _ in range(MOST_STEPS):
            if token.pos_ in VERBAL and (tense := clause_tense(token)):
                between = self.text[token.idx + len(token) : offset]
                plan = tense == "present" and direct and placed and tells_plan(token)
                return "scheduled" if plan and not tells_past(between) else tense
            if is_misread(token):
                return "scheduled"
            if token.head.i == token.i:
                break
            direct, placed = direct and tells_when(token), placed or token.pos_ == "ADP"
            token = token.head
        if is_verbless(span[0].sent):
            return "scheduled"
        return guess_tense(self.text, offset)


def tells_when(token: Token) -> bool:
    """Whether a token on the way from a date to its verb leaves the date the verb's own."""
    if token.lower_ in word_list("no_plan_prepositions"):
        return False
    return token.pos_ in BETWEEN or token.ent_type_ in ("DATE", "TIME")


def tells_plan(verb: Token) -> bool:
    """Whether the present tense of a verb beside a date can tell what is to come.

    "The shop closes on Friday", but not "she says on Friday". Without a preposition it is mostly
    a headline's way to tell what is over: "shares fall Friday".
    """
    return verb.lemma_.lower() not in word_list("telling_verbs")


def is_verbless(sentence: Span) -> bool:
    """Whether the model read the one verb of a timetable as a noun: "City host United on Sunday."

    A sentence with its full stop has a verb; one that ends in -ed is seldom taken for a noun.
    """
    if sentence[-1].text != "." or any(token.pos_ in VERBAL for token in sentence):
        return False
    return any(is_timetable_noun(token) for token in sentence[1:])


def is_misread(token: Token) -> bool:
    """Whether a noun with a subject is a verb: "it sold out, and tickets go on sale on Monday"."""
    return is_timetable_noun(token) and any(child.dep_ == "nsubj" for child in token.children)


def is_timetable_noun(token: Token) -> bool:
    """Whether a noun behind another may be the present tense of a verb of timetables."""
    if token.pos_ != "NOUN" or token.lemma_ not in word_list("timetabled_verbs") or not token.i:
        return False
    form = token.lower_ in (token.lemma_, f"{token.lemma_}s")
    return form and token.nbor(-1).pos_ in ("NOUN", "PROPN", "ADJ", "PART")


def clause_tense(verb: Token) -> str:
    """The tense of the clause of a verb: "past", "future", "present"; "" for bare forms."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in word_list("future_auxiliaries") for child in auxiliaries):
        return "future"
    modal = any(child.lower_ in word_list("modal_verbs") for child in auxiliaries)
    if modal and not any(child.lower_ == "have" for child in auxiliaries):
        return "future"
    if any(child.lower_ == "to" for child in auxiliaries):
        return infinitive_tense(verb)
    if is_ordered(verb, auxiliaries):
        return "future"
    ahead = verb.lemma_.lower() in word_list("future_verbs")
    if ahead and any(child.dep_ == "xcomp" for child in verb.children):
        return "future"
    if verb.tag_ == "VBD" and verb.lemma_.lower() in word_list("planning_verbs"):
        return "future"
    if is_standard(verb):
        return "past"
    if any(child.tag_ == "VBD" for child in (verb, *auxiliaries)):
        return "past"
    if any(child.lower_ in ("has", "have", "had", "'ve", "’ve") for child in auxiliaries):
        return "past"
    if is_timetabled(verb, auxiliaries):
        return "future"
    if verb.tag_ == "VBN" and not auxiliaries:
        loose = verb.dep_ == "advcl" and not any(child.dep_ == "mark" for child in verb.children)
        over = (loose or verb.dep_ == "acl") and not ahead
        return "past" if over else ""  # "a ruling announced Friday", not "a vote expected Friday"
    if verb.tag_ == "VB" and not auxiliaries and is_command(verb):
        return "future"
    if any(word.tag_ in FINITE_PRESENT for word in (verb, *auxiliaries)):
        return "present"
    return ""


def infinitive_tense(verb: Token) -> str:
    """The tense of "to open" by what governs it: "is to", "plans to", "was due to"."""
    governor = verb.head
    if is_perfect_past(governor):
        return "past"  # "had been due to expire Friday"
    if governor.i == verb.i or not resolves(governor):
        return ""
    above = governor.head if governor.dep_ in ("acomp", "xcomp") else governor
    words = (governor, above, *(child for child in above.children if "aux" in child.dep_))
    return "planned" if any(word.tag_ == "VBD" for word in words) else "future"


def is_standard(verb: Token) -> bool:
    """Whether the verb tells what something is measured by: "lower than forecast in May"."""
    kinds = {child.dep_ for child in verb.children}
    marked = any(child.dep_ == "mark" and child.lower_ == "than" for child in verb.children)
    return marked and not kinds & {"nsubj", "nsubjpass", "expl", "aux", "auxpass"}


def is_ordered(verb: Token, auxiliaries: list[Token]) -> bool:
    """Whether somebody asks for it: "ordered that he be freed on Friday"."""
    if verb.dep_ != "ccomp" or not any(child.lower_ == "that" for child in verb.children):
        return False
    bare = verb.tag_ == "VB" and not auxiliaries
    return bare or any(child.lower_ == "be" for child in auxiliaries)


def is_timetabled(verb: Token, auxiliaries: list[Token]) -> bool:
    """Whether the verb tells what a timetable holds: "the two meet Monday"."""
    if auxiliaries or verb.lemma_ not in word_list("timetabled_verbs"):
        return False
    if verb.tag_ in FINITE_PRESENT or (verb.tag_ == "VB" and verb.dep_ == "ROOT"):
        return True
    # "Supplies run out on Friday": the model takes it for a participle
    named = any(child.dep_ == "nsubj" for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ == "ROOT" and named and verb.lower_ == verb.lemma_


def resolves(word: Token) -> bool:
    """Whether an infinitive under the word is yet to come: "is to", "plans to", "a deal to"."""
    lemma = word.lemma_.lower()
    lists = ("future_verbs", "resolving_words")
    return word.lower_ in word_list("forms_of_be") or any(lemma in word_list(n) for n in lists)


def is_command(verb: Token) -> bool:
    """Whether a bare verb tells or invites somebody to do it: "call me Friday", "let's meet"."""
    if verb.dep_ == "ccomp":
        return verb.head.lemma_.lower() == "let"
    return verb.dep_ == "ROOT" and not any(
        child.dep_ in ("nsubj", "nsubjpass") for child in verb.children
    )


def is_perfect_past(verb: Token) -> bool:
    """Whether the verb is in the past perfect: "had planned"."""
    if verb.dep_ == "acomp":  # "had been due"
        verb = verb.head
    return any(
        child.dep_ in ("aux", "auxpass") and child.lower_ == "had" for child in verb.children
    )
