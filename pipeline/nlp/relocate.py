"""Moves records from offsets in the clean text to offsets in the source text."""

from __future__ import annotations

from dataclasses import replace

from pipeline.records import Analysis, CleanDocument, Span


def relocate(analysis: Analysis, document: CleanDocument) -> Analysis:
    """The same analysis with every span pointing into document.source.text."""

    def one(span: Span) -> Span:
        return document.to_source(span)

    def many(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(one(span) for span in spans)

    return replace(
        analysis,
        sentences=tuple(replace(s, span=one(s.span)) for s in analysis.sentences),
        dates=tuple(replace(d, span=one(d.span)) for d in analysis.dates),
        figures=tuple(replace(f, span=one(f.span)) for f in analysis.figures),
        mentions=tuple(replace(m, span=one(m.span)) for m in analysis.mentions),
        claims=tuple(
            replace(
                c,
                spans=many(c.spans),
                sentence=one(c.sentence),
                source=many(c.source),
                cue=many(c.cue),
            )
            for c in analysis.claims
        ),
    )
