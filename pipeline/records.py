"""The values that pass between stages, and nothing else.

Reader -> SourceDocument -> clean -> CleanDocument -> nlp -> Analysis -> export.
Offsets are code points, end exclusive. Inside `nlp` they point into CleanDocument.text
(the text of the spaCy Doc); every record that leaves the stage points into SourceDocument.text.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

Attribution = Literal["direct", "indirect", "mixed", "authorial"]
Polarity = Literal["affirmed", "negated"]
Certainty = Literal[
    "asserted", "alleged", "denied", "possible", "planned", "conditional", "hypothetical"
]
SourceType = Literal["person", "organisation", "document", "unnamed", "author"]
FigureKind = Literal["money", "percent", "count", "measure"]
TimexKind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end), in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


# ---------------------------------------------------------------- ingest


@dataclass(frozen=True, slots=True)
class Fact:
    """One metadata value and where it was read.

    `origin` is one of: command line, metadata.csv, front matter, page, text, analyst.
    """

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document; None is an honest "unknown".

    `published` is ISO 8601 at its real precision: 2021, 2021-11 or 2021-11-05.
    `extra` holds further columns of metadata.csv, in their order.
    """

    title: Fact | None = None
    outlet: Fact | None = None
    author: Fact | None = None
    published: Fact | None = None
    url: Fact | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Removal:
    """Audit trail: one place of SourceDocument.text that was removed or repaired.

    An empty `replacement` is a removal; else a repair or a join.
    `rule` is the id of a rule, a repair or the library that left the words out.
    """

    span: Span
    rule: str
    replacement: str = ""
    reason: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Sign:
    """Evidence about the whole document, such as "placeholder_author", with its words."""

    name: str
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What a reader returns; its text never changes again.

    Attributes:
        doc_id: hash of `path`.
        path: below the corpus root, with "/"; `path#record` in a file with many articles.
        text: before any repair or removal.
        sha256: of the raw file.
        reader: the reader's name, such as "txt" or "html".
        page: what the format itself says (front matter, HTML meta data).
        removals: what the reader's library leaves out of the article.
        headings: lines that the format marks as headings.
    """

    doc_id: str
    path: str
    text: str
    sha256: str
    reader: str
    page: Metadata = Metadata()
    removals: tuple[Removal, ...] = ()
    headings: tuple[Span, ...] = ()

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class CleaningDecision:
    """What an analyst decided about a document's cleaning; wins over every rule.

    Attributes:
        action: "restore" or "remove".
        rule: a restored rule's id, "" for a decision about a line.
        line: number of a line of SourceDocument.text, from 1; 0 for a decision about a rule.
        words: the line as the analyst saw it; it is found again by them when line numbers change.
    """

    action: Literal["restore", "remove"]
    rule: str = ""
    line: int = 0
    words: str = ""


@dataclass(frozen=True)  # no slots: .text is cached
class CleanDocument:
    """A source document with its removals applied.

    `removals` are sorted and do not overlap.
    """

    source: SourceDocument
    removals: tuple[Removal, ...]
    signs: tuple[Sign, ...] = ()

    @cached_property
    def text(self) -> str:
        return "".join(piece.words for piece in self._pieces)

    @cached_property
    def _pieces(self) -> list[_Piece]:
        pieces: list[_Piece] = []
        text, at, out = self.source.text, 0, 0

        def add(start: int, end: int, words: str, *, repaired: bool) -> None:
            nonlocal out
            if words:
                pieces.append(_Piece(out, start, end, words, repaired))
                out += len(words)

        for removal in self.removals:
            add(at, removal.span.start, text[at : removal.span.start], repaired=False)
            add(removal.span.start, removal.span.end, removal.replacement, repaired=True)
            at = removal.span.end
        add(at, len(text), text[at:], repaired=False)
        return pieces

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.clean for piece in self._pieces]

    def to_source(self, span: Span) -> Span:
        """The place in SourceDocument.text of a span of .text.

        A span that begins or ends inside a repair covers the whole repaired place.
        """
        first = self._pieces[bisect_right(self._starts, span.start) - 1]
        last = self._pieces[bisect_right(self._starts, span.end - 1) - 1]
        start = first.start if first.repaired else first.start + span.start - first.clean
        end = last.end if last.repaired else last.start + span.end - last.clean
        return Span(start, end)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of the clean text: their offset there, and the place they stand for in the source."""

    clean: int
    start: int
    end: int
    words: str
    repaired: bool


# ---------------------------------------------------------------- nlp


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that speak of a time, and their value.

    Attributes:
        kind: TIMEX3 kind.
        value: TIMEX3 value, such as 2021-07, XXXX-07-11, P3D, 2006-Q3; "" if it has none.
        start, end: first and last day, month or year, at the words' own precision
            ("2021-07" is July); "" where the value names no calendar date.
        granularity: day, week, month, quarter, half, season, year, decade, century, time, ...
        modifier: TIMEX3 mod in lower case: early, mid, late, about, before, after, at_least, ...
        anchor: what a relative date hangs on: "" (full date), publication, text, estimate.
        flags: doubts, such as "unresolved_date", "anchored_on_estimate".
        parts: the two ends of a range, each with its own words; TIMEX3 tags them apart.
    """

    span: Span
    kind: TimexKind
    value: str
    start: str = ""
    end: str = ""
    granularity: str = ""
    modifier: str = ""
    anchor: str = ""
    flags: tuple[str, ...] = ()
    parts: tuple[DateMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of money, percentage, count or measure.

    Attributes:
        amount: in whole units, exact; None for "billions of dollars" and for ranges.
        low, high: bounds of a range, or the one bound of "at least", "up to".
        currency: ISO 4217 code, None if unknown or not money.
        unit: what is counted or measured ("member states", "percent"); "" for money.
        qualifier: almost, about, more_than, less_than, at_least, at_most, range, ... or "".
        per: "year" in "$5 a year", "barrel", "share"; "" if none.
        role: what the words around say: loss, cut, rise, ... or "".
        flags: doubts, such as "truncated_amount", "currency_assumed".
    """

    span: Span
    kind: FigureKind
    amount: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str | None = None
    unit: str = ""
    qualifier: str = ""
    per: str = ""
    role: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that a document speaks of.

    Attributes:
        entity_id: "e_" and a hash of type and canonical key, never of arrival.
        type: OntoNotes name: PERSON, ORG, GPE, LOC, NORP, FAC, EVENT, PRODUCT, LAW, WORK_OF_ART.
        code: ISO 3166 code of a country, watch-list id, or "".
        country: ISO 3166 alpha-2 where unambiguous, or "".
    """

    entity_id: str
    name: str
    type: str
    code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Words that name, or refer to, an entity of this document.

    Attributes:
        label: type of the mention itself (NORP for "Iranian" though the entity is a GPE).
        entity_id: "" when no reading is clearly best.
        rule: how it was linked: name, surname, acronym, role, pronoun, ...
        role: title or role in front of the name ("Iranian Foreign Minister"), or "".
    """

    span: Span
    label: str
    entity_id: str
    rule: str = "name"
    confidence: float = 1.0
    role: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution: who (source) says (cue) what (content). Several spans each.

    Attributes:
        source: () when nobody is named ("reportedly").
        source_name: resolved name: pronouns and roles to a name of the article.
        outlet: the outlet that passes the statement on, or "".
        kind: direct, indirect or mixed.
        cue_class: speech, belief, expectation, document, denial, accusation, promise, ...
        rule: the rule that found it.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: Attribution
    source_name: str = ""
    source_type: SourceType = "unnamed"
    outlet: str = ""
    cue_class: str = "speech"
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """A date, figure or mention of the same document, by its index, and its role in the claim."""

    index: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition: one row of the table.

    Attributes:
        spans: the words of the proposition, first to last; several where content is split.
        text: those words after repair, parts joined by " … ".
        sentence: the whole sentence.
        source: the holder's words; () for the author.
        source_chain: names, outermost first, where statements nest.
        dates, figures, mentions: links into the Analysis; the first date and the first
            money figure are those of the row's own columns.
        rule: the rule that made the row.
        confidence_date, confidence_amount: 0 where the row has no date or sum of money.
        reading: the proposition in words that stand by themselves, what was changed or added
            in [brackets]; "" where nothing had to change or a reading is not sure.
        payer, payee: who pays and who receives the first sum of money, where the verb says.
        cue_class: class of the cue in the lexicon, "" for the author.
    """

    spans: tuple[Span, ...]
    text: str
    sentence: Span
    attribution: Attribution = "authorial"
    source: tuple[Span, ...] = ()
    source_text: str = ""
    source_name: str = ""
    source_type: SourceType = "author"
    source_chain: tuple[str, ...] = ()
    outlet: str = ""
    cue: tuple[Span, ...] = ()
    cue_text: str = ""
    subject: str = ""
    predicate: str = ""
    object: str = ""
    polarity: Polarity = "affirmed"
    certainty: Certainty = "asserted"
    certainty_cue: str = ""
    dates: tuple[Link, ...] = ()
    figures: tuple[Link, ...] = ()
    mentions: tuple[Link, ...] = ()
    check_worthiness: float = 0.0
    confidence: float = 0.0
    flags: tuple[str, ...] = ()
    rule: str = ""
    confidence_source: float = 0.0
    confidence_date: float = 0.0
    confidence_amount: float = 0.0
    reading: str = ""
    payer: str = ""
    payee: str = ""
    cue_class: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A kept sentence and its number of rows, or why it has none."""

    span: Span
    text: str
    n_claims: int
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the nlp stage found in one document, with offsets into SourceDocument.text."""

    sentences: tuple[Sentence, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """Everything about one document: the unit that is stored, merged and exported."""

    document: CleanDocument
    metadata: Metadata
    language: str
    analysis: Analysis = field(default_factory=Analysis)


@dataclass(frozen=True, slots=True)
class Problem:
    """A document that could not be used, for the quarantine or set-aside table."""

    path: str
    stage: str
    reason: str
    problem: str
