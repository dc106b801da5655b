"""Results built by hand; no model is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal

import pytest

from pipeline import ids
from pipeline.records import (
    Analysis,
    Claim,
    CleanDocument,
    DateMention,
    DocumentResult,
    Entity,
    EntityMention,
    Fact,
    Figure,
    Link,
    Metadata,
    Removal,
    Sentence,
    Sign,
    SourceDocument,
    Span,
)

Build = Callable[..., DocumentResult]

BODY = "Dock strike over\nThe union said on Friday\xa0that the strike cost €3.50 million.\n"
FOOTER = "Share this story\nA port spokesman did not answer.\n"


def span(text: str, words: str, nth: int = 0) -> Span:
    """The nth place of the words in the text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def build(
    path: str = "news/dock.txt", before: str = "", title: str | None = None
) -> DocumentResult:
    """A small article with one claim; `before` is boilerplate that comes and goes."""
    text = before + BODY + FOOTER
    removals = [Removal(span(text, "Share this story\n"), "share_bar", reason="share links")]
    removals.append(Removal(span(text, "\xa0"), "nbsp", " ", "no-break space"))
    if before:
        removals.append(Removal(Span(0, len(before)), "navigation"))
    source = SourceDocument(
        doc_id=ids.doc_id(path),
        path=path,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="txt",
    )
    sign = Sign("placeholder_author", "Share this", span(text, "Share this"))
    document = CleanDocument(source, tuple(sorted(removals)), (sign,))
    content = span(text, "the strike cost €3.50 million")
    sentence = span(text, "The union said on Friday\xa0that the strike cost €3.50 million.")
    claim = Claim(
        spans=(content,),
        text="the strike cost €3.50 million",
        sentence=sentence,
        attribution="indirect",
        source=(span(text, "The union"),),
        source_text="The union",
        source_name="Dockers' Union",
        source_type="organisation",
        source_chain=("AFP", "Dockers' Union"),
        cue=(span(text, "said"),),
        cue_text="said",
        subject="the strike",
        predicate="cost",
        object="€3.50 million",
        dates=(Link(0, "event"),),
        figures=(Link(0, "cost"),),
        mentions=(Link(0, "source"),),
        check_worthiness=0.8,
        confidence=0.45,
        flags=("ambiguous_source",),
        rule="speech_verb",
    )
    heading = span(text, "Dock strike over")
    last = span(text, "A port spokesman did not answer.")
    analysis = Analysis(
        sentences=(
            Sentence(heading, heading.of(text), 0, "heading"),
            Sentence(sentence, sentence.of(text).replace("\xa0", " "), 1),
            Sentence(last, last.of(text), 0, "other"),
        ),
        dates=(
            DateMention(
                *(span(text, "Friday"), "DATE", "2021-10-29", "2021-10-29", "2021-10-29", "day"),
                anchor="publication",
            ),
        ),
        figures=(Figure(span(text, "€3.50 million"), "money", Decimal("3.50E+6"), currency="EUR"),),
        entities=(Entity("e_00000000000000aa", "Dockers' Union", "ORG", country="PT"),),
        mentions=(EntityMention(span(text, "The union"), "ORG", "e_00000000000000aa", "definite"),),
        claims=(claim,),
    )
    metadata = Metadata(
        title=Fact("Dock strike over", "text"),
        published=Fact("2021-11", "metadata.csv"),
        url=Fact("https://example.org/dock", "page"),
        extra=(("desk", "ports"), ("it's", '"x"')),
    )
    return DocumentResult(document, metadata, "en", analysis)


@pytest.fixture
def result() -> DocumentResult:
    return build()


@pytest.fixture(scope="session")
def make_result() -> Build:
    return build
