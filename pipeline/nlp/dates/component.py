"""spaCy component `pipeline_dates`: find_dates with the tense and word classes of the parse."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.dates.find import find_dates
from pipeline.nlp.dates.parse_tense import ParseTense
from pipeline.nlp.dates.tokens import word_list
from pipeline.nlp.extensions import register, text_of
from pipeline.records import DateMention

#: A date of these grains that lies inside an entity of these types is a part of its name.
NAMED = frozenset({"month", "season", "year"})
NAME_TYPES = frozenset({"PERSON", "PRODUCT"})


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
