"""Kept and removed parts cover the source exactly, and every clean span leads back to it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import CleanDocument, Removal, SourceDocument, Span


@st.composite
def documents(draw: st.DrawFn) -> CleanDocument:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    removals = [
        Removal(Span(start, end), "rule", draw(st.sampled_from(["", "", " ", "fix"])))
        for start, end in list(itertools.pairwise(cuts))[::2]
    ]
    source = SourceDocument("d_1", "a.txt", text, "0" * 64, "txt")
    return CleanDocument(source, tuple(removals))


@given(documents())
def test_kept_and_removed_parts_cover_the_source(document: CleanDocument) -> None:
    text, at, kept = document.source.text, 0, ""
    for removal in document.removals:
        kept += text[at : removal.span.start] + removal.replacement
        at = removal.span.end
    assert document.text == kept + text[at:]


@given(documents(), st.data())
def test_a_clean_span_leads_back_to_its_words(document: CleanDocument, data: st.DataObject) -> None:
    if not document.text:
        return
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    place = document.to_source(Span(start, end))
    inside = tuple(r for r in document.removals if place.covers(r.span))
    assert all(place.covers(r.span) or not place.overlaps(r.span) for r in document.removals)
    part = SourceDocument("d_1", "a.txt", place.of(document.source.text), "0" * 64, "txt")
    moved = tuple(
        Removal(Span(r.span.start - place.start, r.span.end - place.start), r.rule, r.replacement)
        for r in inside
    )
    replayed = CleanDocument(part, moved).text
    assert document.text[start:end] in replayed


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_an_empty_or_backward_span_cannot_exist(start: int, end: int) -> None:
    if 0 <= start < end:
        assert Span(start, end).of("abcdef") == "abcdef"[start:end]
        return
    try:
        Span(start, end)
    except ValueError:
        return
    raise AssertionError("a span that holds nothing was made")
