"""One document's result as rows of the tables in `columns.toml`; pure."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.errors import DocumentError
from pipeline.export.replay import Replay, storable
from pipeline.export.schema import DECIMAL_PLACES, DECIMAL_WHOLE, Row
from pipeline.ids import IdMaker
from pipeline.records import (
    Analysis,
    Claim,
    DateMention,
    DocumentResult,
    Fact,
    Figure,
    Link,
    Problem,
    Span,
)

Rows = dict[str, list[Row]]

#: Characters that a spreadsheet cell can hold.
CELL_LIMIT = 32_767
OTHER_ROLE = "other"
FLAG_CONTROL = "control_characters"
FLAG_LONG = "long_text"
FLAG_RANGE = "figure_out_of_range"

#: Filled when all documents are there, by pipeline.across.
ACROSS_DOCUMENTS = ("duplicate_group", "duplicate_of", "update_of")
ACROSS_CLAIMS = ("duplicate_of_claim", "group_id", "contradicts", "updated_by")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f�]")
_QUOTATION = re.compile(r'["“”„«»]')
_ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def rows_of(result: DocumentResult) -> Rows:
    """All rows of one document by table, each with every column of its table but those of the
    review. `entities` are summed up over all documents.

    Raises:
        DocumentError: the result speaks of things that it does not hold, a defect of the nlp
            stage in this one document.
    """
    check(result)
    return _Document(result).rows()


def check(result: DocumentResult) -> None:
    """See that every link of a result leads somewhere."""
    found = result.analysis
    known = {entity.entity_id for entity in found.entities} | {""}
    sizes = len(found.dates), len(found.figures), len(found.mentions)
    strays = [mention.entity_id for mention in found.mentions if mention.entity_id not in known]
    for claim in found.claims:
        for size, links in zip(sizes, (claim.dates, claim.figures, claim.mentions), strict=True):
            strays += [f"link {link.index}" for link in links if not 0 <= link.index < size]
    if strays:
        problem = (
            f"its analysis speaks of {', '.join(strays[:3])}, which it does not hold: a defect"
        )
        raise DocumentError(result.document.source.path, "inconsistent", problem)


def problem_row(problem: Problem) -> Row:
    """A row of `quarantine` or `set_aside`."""
    return {
        "path": storable(problem.path),
        "stage": problem.stage,
        "reason": problem.reason,
        "problem": text_cell(problem.problem),
    }


def text_cell(text: str) -> str | None:
    """The text as every file can hold it; None for no text."""
    return storable(text) or None


def decimal_cell(value: Decimal | None) -> str | None:
    """The number without an exponent; None if unknown or beyond `fits`."""
    if value is None or not fits(value):
        return None
    return f"{value:f}"


def fits(value: Decimal) -> bool:
    """True if every file, Parquet's decimal128(38, 10) too, holds the number exactly."""
    if not value.is_finite():
        return False
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # it is finite
    return -exponent <= DECIMAL_PLACES and len(digits) + exponent <= DECIMAL_WHOLE


def spans_cell(spans: Iterable[Span]) -> str | None:
    pairs = [[span.start, span.end] for span in spans]
    return json.dumps(pairs) if pairs else None


def list_cell(words: Iterable[str], separator: str = "; ") -> str | None:
    """The distinct words in their order, joined."""
    return text_cell(separator.join(dict.fromkeys(word for word in words if word)))


class _Document:
    """The result with what its rows share: ids, words and positions."""

    def __init__(self, result: DocumentResult) -> None:
        self.result = result
        self.source = result.document.source
        self.analysis: Analysis = result.analysis
        self.doc_id = self.source.doc_id
        self.replay = Replay(
            self.source.text,
            ((r.span.start, r.span.end, r.replacement) for r in result.document.removals),
        )
        self.ids = IdMaker(self.doc_id)
        self.date_rows = [self.date(date) for date in self.analysis.dates]
        self.money_rows = [self.figure(figure) for figure in self.analysis.figures]
        self.entity_names = {e.entity_id: e.name for e in self.analysis.entities}

    def rows(self) -> Rows:
        sentences = self.sentences()
        claims, links = self.claims(sentences)
        return {
            "documents": [self.document()],
            "texts": [{"doc_id": self.doc_id, "text": storable(self.source.text)}],
            "document_signs": self.signs(),
            "removals": self.removals(),
            "sentences": sentences,
            "dates": self.date_rows,
            "money": self.money_rows,
            "mentions": self.mentions(),
            "claims": claims,
            **links,
        }

    def text(self, span: Span) -> str:
        return storable(self.replay.words(span))

    def document(self) -> Row:
        meta, source = self.result.metadata, self.source
        removed = sum(
            r.span.end - r.span.start for r in self.result.document.removals if not r.replacement
        )
        return {
            "doc_id": self.doc_id,
            "path": storable(source.path),
            "sha256": source.sha256,
            "text_sha256": source.text_sha256,
            "reader": source.reader,
            **fact_cells("title", meta.title),
            **fact_cells("outlet", meta.outlet),
            **fact_cells("author", meta.author),
            **fact_cells("published", meta.published),
            **fact_cells("url", meta.url),
            "language": text_cell(self.result.language),
            "characters": len(source.text),
            "characters_removed": removed,
            "share_removed": round(removed / len(source.text), 4) if source.text else 0.0,
            "n_sentences": len(self.analysis.sentences),
            "n_claims": len(self.analysis.claims),
            "signs": list_cell(sign.name for sign in self.result.document.signs),
            **dict.fromkeys(ACROSS_DOCUMENTS),
            "metadata": extra_cell(meta.extra),
        }

    def signs(self) -> list[Row]:
        return [
            {
                "doc_id": self.doc_id,
                "sign": sign.name,
                "words": text_cell(sign.words),
                "start": sign.span.start if sign.span else None,
                "end": sign.span.end if sign.span else None,
            }
            for sign in self.result.document.signs
        ]

    def removals(self) -> list[Row]:
        return [
            {
                "removal_id": self.ids.make("r", removal.rule, removal.span.of(self.source.text)),
                **self.place(removal.span),
                "rule": removal.rule,
                "reason": text_cell(removal.reason),
                "replacement": text_cell(removal.replacement),
                "confidence": round(removal.confidence, 4),
                "text": text_cell(removal.span.of(self.source.text)),
            }
            for removal in self.result.document.removals
        ]

    def place(self, span: Span) -> Row:
        return {"doc_id": self.doc_id, "start": span.start, "end": span.end}

    def date(self, date: DateMention) -> Row:
        words = self.text(date.span)
        return {
            "date_id": self.ids.make("t", date.kind, words),
            **self.place(date.span),
            "date_text": words,
            "date_kind": date.kind,
            "date_value": text_cell(date.value),
            "date_start": text_cell(date.start),
            "date_end": text_cell(date.end),
            "date_granularity": text_cell(date.granularity),
            "date_modifier": text_cell(date.modifier),
            "date_anchor": text_cell(date.anchor),
            "flags": list_cell(date.flags),
        }

    def figure(self, figure: Figure) -> Row:
        words = self.text(figure.span)
        money = figure.kind == "money"
        value, low, high = map(decimal_cell, (figure.amount, figure.low, figure.high))
        flags = list(figure.flags)
        if (value, low, high).count(None) > (figure.amount, figure.low, figure.high).count(None):
            flags.append(FLAG_RANGE)
        return {
            "money_id": self.ids.make("m", figure.kind, words),
            **self.place(figure.span),
            "figure_text": words,
            "figure_kind": figure.kind,
            "figure_value": value,
            "figure_low": low,
            "figure_high": high,
            "unit": text_cell((figure.currency or "") if money else figure.unit),
            "amount_text": words if money else None,
            "amount": value if money else None,
            "amount_low": low if money else None,
            "amount_high": high if money else None,
            "currency": figure.currency or None,
            "amount_qualifier": text_cell(figure.qualifier),
            "per": text_cell(figure.per),
            "figure_role": text_cell(figure.role),
            "flags": list_cell(flags),
        }

    def mentions(self) -> list[Row]:
        rows: list[Row] = []
        for mention in self.analysis.mentions:
            words = self.text(mention.span)
            rows.append(
                {
                    "mention_id": self.ids.make("n", mention.label, words),
                    "entity_id": mention.entity_id or None,
                    **self.place(mention.span),
                    "mention_text": words,
                    "label": mention.label,
                    "rule": mention.rule,
                    "confidence": round(mention.confidence, 4),
                    "role": text_cell(mention.role),
                }
            )
        return rows

    def sentences(self) -> list[Row]:
        found = self.analysis
        figures = _Places(figure.span for figure in found.figures)
        dates = _Places(date.span for date in found.dates)
        actors = _Places(m.span for m in found.mentions if m.label in _ACTORS)
        rows: list[Row] = []
        for ordinal, sentence in enumerate(
            sorted(found.sentences, key=lambda sentence: sentence.span), start=1
        ):
            signals = (
                "figure" if figures.any_in(sentence.span) else "",
                "date" if dates.any_in(sentence.span) else "",
                "quotation" if _QUOTATION.search(sentence.text) else "",
                "actor" if actors.any_in(sentence.span) else "",
            )
            words = self.text(sentence.span)
            rows.append(
                {
                    "sentence_id": self.ids.make("s", words),
                    "ordinal": ordinal,
                    **self.place(sentence.span),
                    "text": words,
                    "n_claims": sentence.n_claims,
                    "why_none": text_cell(sentence.why_none),
                    "signals": list_cell(signals),
                }
            )
        return rows

    def claims(self, sentences: Sequence[Row]) -> tuple[list[Row], Rows]:
        """The claims in their order in the text, and the rows that link them."""
        at = {(row["start"], row["end"]): row["sentence_id"] for row in sentences}
        rows: list[Row] = []
        links: Rows = {"claim_dates": [], "claim_money": [], "claim_entities": []}
        for claim in sorted(self.analysis.claims, key=lambda claim: (claim.spans, claim.text)):
            claim_id = self.ids.claim(claim.text, claim.source_text, claim.cue_text)
            dates = [self.date_rows[link.index] for link in claim.dates]
            money = [self.money_rows[link.index] for link in claim.figures]
            names = [self.analysis.mentions[link.index].entity_id for link in claim.mentions]
            sentence_id = at.get((claim.sentence.start, claim.sentence.end))
            rows.append(
                {
                    "claim_id": claim_id,
                    "sentence_id": sentence_id,
                    **self.claim(claim),
                    **date_cells(own_dates(claim, dates)),
                    **figure_cells(money),
                    "entities": list_cell(self.entity_names.get(name, "") for name in names),
                }
            )
            links["claim_dates"] += link_rows(
                claim_id, "date_id", [row["date_id"] for row in dates], claim.dates
            )
            links["claim_money"] += link_rows(
                claim_id, "money_id", [row["money_id"] for row in money], claim.figures
            )
            links["claim_entities"] += link_rows(claim_id, "entity_id", names, claim.mentions)
        return rows, links

    def claim(self, claim: Claim) -> Row:
        """What a claim's row says without its id, links and figures."""
        meta = self.result.metadata
        sentence = self.text(claim.sentence)
        words = storable(claim.text)
        flags = list(claim.flags)
        if _CONTROL.search(sentence) or _CONTROL.search(words):
            flags.append(FLAG_CONTROL)
        if max(len(sentence), len(words)) > CELL_LIMIT:
            flags.append(FLAG_LONG)
        return {
            "doc_id": self.doc_id,
            "path": storable(self.source.path),
            "title": text_cell(meta.title.value) if meta.title else None,
            "published": text_cell(meta.published.value) if meta.published else None,
            "claim_text": words,
            "reading": text_cell(claim.reading),
            "sentence": sentence,
            "start": min(span.start for span in claim.spans),
            "end": max(span.end for span in claim.spans),
            "spans": spans_cell(claim.spans),
            "attribution": claim.attribution,
            "source_text": text_cell(claim.source_text),
            "source_spans": spans_cell(claim.source),
            "source_name": text_cell(claim.source_name),
            "source_type": claim.source_type,
            "source_chain": list_cell(claim.source_chain, " > "),
            "outlet": text_cell(claim.outlet),
            "cue_text": text_cell(claim.cue_text),
            "cue_spans": spans_cell(claim.cue),
            "cue_class": text_cell(claim.cue_class),
            "subject": text_cell(claim.subject),
            "predicate": text_cell(claim.predicate),
            "object": text_cell(claim.object),
            "payer": text_cell(claim.payer),
            "payee": text_cell(claim.payee),
            "polarity": claim.polarity,
            "certainty": claim.certainty,
            "certainty_cue": text_cell(claim.certainty_cue),
            **dict.fromkeys(ACROSS_CLAIMS),
            "support": 1,
            "check_worthiness": round(claim.check_worthiness, 4),
            "confidence": round(claim.confidence, 4),
            "confidence_source": round(claim.confidence_source, 4),
            "confidence_date": round(claim.confidence_date, 4) if claim.dates else None,
            "confidence_amount": round(claim.confidence_amount, 4) or None,
            "flags": list_cell(flags),
            "n_document_signs": len(self.result.document.signs),
            "rule": text_cell(claim.rule),
        }


class _Places:
    """Answers whether any of many places lies in a span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts = sorted(span.start for span in spans)

    def any_in(self, span: Span) -> bool:
        index = bisect_left(self._starts, span.start)
        return index < len(self._starts) and self._starts[index] < span.end


def fact_cells(name: str, fact: Fact | None) -> Row:
    return {
        name: text_cell(fact.value) if fact else None,
        f"{name}_origin": text_cell(fact.origin) if fact else None,
    }


def extra_cell(extra: tuple[tuple[str, str], ...]) -> str | None:
    cells = {storable(name): storable(value) for name, value in extra}
    return json.dumps(cells, ensure_ascii=False) if cells else None


_DATE_CELLS = (
    *("date_text", "date_value", "date_start", "date_end", "date_granularity", "date_modifier"),
)
_FIGURE_CELLS = (
    *("amount_text", "amount", "amount_low", "amount_high", "currency", "amount_qualifier"),
    *("figure_text", "figure_kind", "figure_value", "figure_low", "figure_high", "unit", "per"),
)


def own_dates(claim: Claim, dates: Sequence[Row]) -> list[Row]:
    """The dates of the claim's own predicate: not when it was said, nor a date it compares."""
    links = zip(claim.dates, dates, strict=True)
    return [row for link, row in links if link.role not in ("statement", "comparison")]


def date_cells(dates: Sequence[Row]) -> Row:
    """The one date of a claim: the first calendar date, else the first expression with a
    value, else the first."""
    chosen = next(
        (row for row in dates if row["date_kind"] == "DATE" and row["date_value"]),
        next((row for row in dates if row["date_value"]), dates[0] if dates else None),
    )
    return {name: chosen[name] if chosen else None for name in _DATE_CELLS}


def figure_cells(figures: Sequence[Row]) -> Row:
    """The one figure of a claim: the first sum of money, else the first figure."""
    chosen = next(
        (row for row in figures if row["figure_kind"] == "money"), figures[0] if figures else None
    )
    return {name: chosen[name] if chosen else None for name in _FIGURE_CELLS}


def link_rows(
    claim_id: str, column: str, ids: Sequence[str | int | float | None], links: Sequence[Link]
) -> list[Row]:
    """Rows of a link table, each pair and role once; a link to nothing known has none."""
    pairs = {
        (id_, link.role or OTHER_ROLE): None for id_, link in zip(ids, links, strict=True) if id_
    }
    return [{"claim_id": claim_id, column: id_, "role": role} for id_, role in pairs]
