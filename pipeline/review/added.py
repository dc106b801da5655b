"""Claims that an analyst added: found in their article by their words, rows like the others."""

from __future__ import annotations

import re

from pipeline.export.columns import table
from pipeline.export.replay import GAP, Replay, storable
from pipeline.export.schema import Row
from pipeline.export.tables import Rows, date_cells, figure_cells, list_cell, spans_cell
from pipeline.ids import hashed, normalised
from pipeline.records import CleanDocument, DocumentResult, Span
from pipeline.review.decisions import WITHDRAW, Decision

RULE = "analyst"
LONGEST = 5_000  # characters of a claim

#: Characters that programs put for one another; one for one, so that offsets stay.
_SAME = str.maketrans("‘’‚‛“”„‟«»–—‑\u00a0", '\'\'\'\'""""""--- ')


def added_id(doc_id: str, words: str) -> str:
    """The row's own id: the same whoever adds these words to this document."""
    return hashed("c", doc_id, "added", normalised(words))


def find(document: CleanDocument, words: str) -> tuple[Span, ...]:
    """Where the words stand, one span for each part between " … "; () if they don't.

    Spaces, line breaks, case and the form of quotation marks make no difference. Words that
    cleaning removed are not found.
    """
    text = document.text.translate(_SAME)
    spans: list[Span] = []
    at = 0
    for part in storable(words)[:LONGEST].split(GAP.strip()):
        tokens = part.translate(_SAME).split()
        if not tokens:
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, tokens)), re.IGNORECASE)
        match = pattern.search(text, at)
        if match is None:
            return ()
        spans.append(document.to_source(Span(match.start(), match.end())))
        at = match.end()
    return tuple(spans)


def add(rows: Rows, result: DocumentResult, decisions: list[Decision]) -> None:
    """Put the added claims of one document into its rows, each once, in their place."""
    wanted: dict[str, Decision] = {}
    for made in decisions:
        if made.kind == "added":
            wanted[made.claim_id] = made
        elif made.decision == WITHDRAW:
            wanted.pop(made.claim_id, None)
    known = {row["claim_id"] for row in rows["claims"]}
    for claim_id, decision in wanted.items():
        assert decision.seen is not None  # check() in decisions.py
        spans = find(result.document, decision.seen.words)
        if spans and claim_id not in known:
            rows["claims"].append(claim_row(rows, result, claim_id, spans))
            rows["documents"][0]["n_claims"] = len(rows["claims"])
    if wanted:
        rows["claims"].sort(key=lambda row: (row["start"], row["end"], row["claim_id"]))


def claim_row(rows: Rows, result: DocumentResult, claim_id: str, spans: tuple[Span, ...]) -> Row:
    """The row; links to the dates, figures and names between its ends go into their tables."""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    document = rows["documents"][0]
    removals = [(r.span.start, r.span.end, r.replacement) for r in result.document.removals]
    words = storable(Replay(result.document.source.text, removals).joined(spans))

    def inside(name: str) -> list[Row]:
        return [row for row in rows[name] if start <= int(row["start"] or 0) < end]

    sentence = next((row for row in rows["sentences"] if encloses(row, start, end)), None)
    if sentence:
        sentence |= {"n_claims": int(sentence["n_claims"] or 0) + 1, "why_none": None}
    dates, money = inside("dates"), inside("money")
    mentions = [row for row in inside("mentions") if row["entity_id"]]
    for link, key, found in (
        ("claim_dates", "date_id", dates),
        ("claim_money", "money_id", money),
        ("claim_entities", "entity_id", mentions),
    ):
        ids = dict.fromkeys(row[key] for row in found)
        rows[link] += [{"claim_id": claim_id, key: id_, "role": "other"} for id_ in ids]
    names = {entity.entity_id: entity.name for entity in result.analysis.entities}
    return {
        **empty_cells(),
        "claim_id": claim_id,
        "doc_id": document["doc_id"],
        "sentence_id": sentence["sentence_id"] if sentence else None,
        **{name: document[name] for name in ("path", "title", "published")},
        "claim_text": words,
        "sentence": sentence["text"] if sentence else words,
        "start": start,
        "end": end,
        "spans": spans_cell(spans),
        "attribution": "authorial",
        "source_type": "unnamed",
        "polarity": "affirmed",
        "certainty": "asserted",
        **date_cells(dates),
        **figure_cells(money),
        "entities": list_cell(names.get(str(row["entity_id"]), "") for row in mentions),
        "flags": "added_by_analyst",
        "n_document_signs": len(result.document.signs),
        "rule": RULE,
    }


def encloses(row: Row, start: int, end: int) -> bool:
    return int(row["start"] or 0) <= start and end <= int(row["end"] or 0)


def empty_cells() -> Row:
    """A row of claims without words; an analyst is sure of every part of it."""
    sure: Row = {
        column.name: 1
        for column in table("claims").columns
        if column.required and column.type in ("number", "integer")
    }
    return {**dict.fromkeys(table("claims").names), **sure}
