"""spaCy component `pipeline_dates`: find_dates with the tense and word classes of the parse."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.nlp.dates.find import find_dates
from pipeline.nlp.dates.tense import guess_tense
from pipeline.nlp.dates.tokens import word_list
from pipeline.nlp.extensions import register, text_of
from pipeline.records import DateMention

#: A date of these grains that lies inside an entity of these types is a part of its name.
NAMED = frozenset({"month", "season", "year"})
NAME_TYPES = frozenset({"PERSON", "PRODUCT"})
VERBAL = frozenset({"VERB", "AUX"})


@Language.factory("pipeline_dates")
def create(nlp: Language, name: str) -> DateFinder:
    register()
    return DateFinder()


class DateFinder:
    """Sets doc._.dates from the text, doc._.published and the parse."""

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        reader = ParseTense(doc, text) if doc.has_annotation("DEP") else None
        found = find_dates(text, doc._.published, reader)
        doc._.dates = tuple(d for d in found if not is_name(doc, d) and not is_count(doc, d))
        return doc


def is_name(doc: Doc, date: DateMention) -> bool:
    """Whether a lone month, season or year is a word of a longer name: "June Carter"."""
    if date.granularity not in NAMED or date.parts:
        return False
    span = doc.char_span(date.span.start, date.span.end, alignment_mode="expand")
    if span is None or len(span) != 1 or span[0].ent_type_ not in NAME_TYPES:
        return False
    name = next(ent for ent in doc.ents if ent.start <= span.start < ent.end)
    return len(name) > 1


def is_count(doc: Doc, date: DateMention) -> bool:
    """Whether a lone year counts the noun behind it: "a survey of 1709 pupils".

    With a determiner it names the year: "the 2008 elections".
    """
    if date.granularity != "year" or date.span.end - date.span.start != 4:
        return False
    span = doc.char_span(date.span.start, date.span.end)
    if span is None or len(span) != 1 or span[0].dep_ != "nummod":
        return False
    noun = span[0].head
    return (
        noun.tag_ == "NNS"
        and noun.lower_ not in word_list("year_nouns")
        and noun.i == span[0].i + 1
        and span[0].i > 0
        and doc[span[0].i - 1].pos_ in ("ADP", "VERB", "ADV")
        and not any(child.dep_ in ("det", "poss") for child in noun.children)
    )


class ParseTense:
    """The tense of the clause at an offset, from the parse; the words around where it is silent."""

    def __init__(self, doc: Doc, text: str) -> None:
        self.doc, self.text = doc, text

    def __call__(self, offset: int) -> str:
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        if span is None or not len(span):
            return guess_tense(self.text, offset)
        token = span[0]
        for _ in range(20):
            if token.pos_ in VERBAL and (tense := clause_tense(token)):
                return tense
            if token.head.i == token.i:
                break
            token = token.head
        return guess_tense(self.text, offset)


def clause_tense(verb: Token) -> str:
    """The tense of the clause of a verb: "past", "future", "present"; "" for bare forms."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in word_list("future_auxiliaries") for child in auxiliaries):
        return "future"
    modal = any(child.lower_ in word_list("modal_verbs") for child in auxiliaries)
    if modal and not any(child.lower_ == "have" for child in auxiliaries):
        return "future"
    if any(child.lower_ == "to" for child in auxiliaries):
        governor = verb.head
        if is_perfect_past(governor):
            return "past"  # "had been due to expire Friday"
        if governor.i != verb.i and resolves(governor):
            return "future"  # "is to open", "plans to open"
        return ""
    ahead = verb.lemma_.lower() in word_list("future_verbs")
    if ahead and any(child.dep_ == "xcomp" for child in verb.children):
        return "future"
    if verb.tag_ == "VBD" and verb.lemma_.lower() in word_list("planning_verbs"):
        return "future"
    if any(child.tag_ == "VBD" for child in (verb, *auxiliaries)):
        return "past"
    if any(child.lower_ in ("has", "have", "had", "'ve", "’ve") for child in auxiliaries):
        return "past"
    if verb.tag_ == "VBN" and not auxiliaries:
        if any(child.dep_ == "mark" and child.lower_ in ("than", "as") for child in verb.children):
            return "past"  # "half a point more than forecast in May"
        loose = verb.dep_ == "advcl" and not any(child.dep_ == "mark" for child in verb.children)
        over = (loose or verb.dep_ == "acl") and not ahead
        return "past" if over else ""  # "a ruling announced Friday", not "a vote expected Friday"
    told = verb.tag_ in ("VBP", "VBZ") or (verb.tag_ == "VB" and verb.dep_ == "ROOT")
    if told and not auxiliaries and verb.lemma_ in word_list("timetabled_verbs"):
        return "future"  # "the two meet Monday"
    if verb.tag_ == "VB" and not auxiliaries and is_command(verb):
        return "future"
    if verb.tag_ in ("VBZ", "VBP") or any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries):
        return "present"
    return ""


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
