"""`claims explain`: one article in the terminal, with what was removed and what was found."""

from __future__ import annotations

import itertools
from pathlib import Path

import click

from pipeline.articles import corpus_of, tasks_of
from pipeline.config import Settings
from pipeline.ingest.process import ingest_file
from pipeline.ingest.tasks import Ingested
from pipeline.inputs import nlp_work
from pipeline.nlp.analyse import Input
from pipeline.nlp.relocate import relocate
from pipeline.records import Analysis, Claim, Span
from pipeline.run import Request

#: What a stretch of text is -> how it is shown; later kinds are drawn over earlier ones.
STYLES: dict[str, dict[str, object]] = {
    "claim": {"underline": True},
    "source": {"fg": "cyan"},
    "cue": {"fg": "blue"},
    "date": {"fg": "green"},
    "figure": {"fg": "yellow"},
    "removed": {"fg": "red", "strikethrough": True},
}


def explain_file(path: Path, settings: Settings) -> str:
    """The article(s) of one file: metadata, marked text, removals with reasons, and rows."""
    parts: list[str] = []
    analyse = nlp_work(Request((corpus_of(path),), Path(), settings))
    for task in tasks_of(path, settings):
        outcome = ingest_file(task)
        parts += [f"{p.path}: {p.stage}: {p.problem}" for p in outcome.quarantined]
        parts += [f"{p.path}: set aside: {p.problem}" for p in outcome.set_aside]
        for item in outcome.documents:
            published = item.metadata.published
            given = Input(item.document.text, published.value if published else "")
            parts.append(explain(item, relocate(analyse(given).analysis, item.document)))
    return "\n\n".join(parts)


def explain(item: Ingested, analysis: Analysis) -> str:
    source = item.document.source
    facts = (
        (name, getattr(item.metadata, name))
        for name in ("title", "outlet", "author", "published", "url")
    )
    lines = [click.style(source.path, bold=True)]
    lines += [f"  {name}: {fact.value} (from {fact.origin})" for name, fact in facts if fact]
    lines += [f"  sign: {sign.name} {sign.words!r}" for sign in item.document.signs]
    legend = " ".join(click.style(kind, **style) for kind, style in STYLES.items())  # type: ignore[arg-type]
    lines += ["", legend, "", paint(source.text, marks(item, analysis)), ""]
    lines.append(click.style("Removed or repaired", bold=True))
    for removal in item.document.removals:
        words = " ".join(removal.span.of(source.text).split())
        shown = f"{words[:60]}…" if len(words) > 60 else words
        lines.append(f"  {removal.rule}: {shown!r} -> {removal.replacement!r} ({removal.reason})")
    lines += ["", click.style("Rows", bold=True)]
    lines += [describe(claim, analysis, source.text) for claim in analysis.claims]
    return "\n".join(lines)


def marks(item: Ingested, analysis: Analysis) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for claim in analysis.claims:
        found += [(span, "claim") for span in claim.spans]
        found += [(span, "source") for span in claim.source]
        found += [(span, "cue") for span in claim.cue]
    found += [(date.span, "date") for date in analysis.dates]
    found += [(figure.span, "figure") for figure in analysis.figures]
    found += [(r.span, "removed") for r in item.document.removals if not r.replacement]
    return found


def paint(text: str, found: list[tuple[Span, str]]) -> str:
    """The text with each stretch in the style of all marks over it."""
    edges = sorted({0, len(text), *(e for span, _ in found for e in (span.start, span.end))})
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for span, kind in found:
        opening.setdefault(span.start, []).append(kind)
        closing.setdefault(span.end, []).append(kind)
    active: list[str] = []
    out = []
    for start, end in itertools.pairwise(edges):
        for kind in closing.get(start, []):
            active.remove(kind)
        active += opening.get(start, [])
        style: dict[str, object] = {}
        for kind in STYLES:
            if kind in active:
                style |= STYLES[kind]
        words = text[start:end]
        out.append(click.style(words, **style) if style else words)  # type: ignore[arg-type]
    return "".join(out)


def describe(claim: Claim, analysis: Analysis, text: str) -> str:
    dates = [analysis.dates[link.index] for link in claim.dates]
    figures = [analysis.figures[link.index] for link in claim.figures]
    who = claim.source_name or claim.source_text or claim.attribution
    parts = [f"  {who}: {claim.text}", f"{claim.polarity}, {claim.certainty}"]
    parts += [f"{d.span.of(text)} = {d.value}" for d in dates]
    parts += [f"{f.span.of(text)} = {f.amount} {f.currency or f.unit}".rstrip() for f in figures]
    return " | ".join([*parts, *claim.flags])
