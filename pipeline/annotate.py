"""`claims annotate`: one layer of the pipeline for other programs, JSON lines in and out.

Each layer takes records and gives records, one for one, in order, streaming. Offsets are
code points of the record's own `text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.ingest.annotate import clean_record
from pipeline.nlp.analyse import Input, as_doc
from pipeline.nlp.extensions import register
from pipeline.records import DateMention, Figure, Span

Record = dict[str, Any]
BATCH = 64  # records a batch; a batch's strings are freed together

E_COMPONENTS = ("pipeline_entities",)
DM_COMPONENTS = ("pipeline_entities", "pipeline_dates", "pipeline_money")
ALL_COMPONENTS = (*DM_COMPONENTS, "pipeline_attribution", "pipeline_claims")


def number(value: Decimal | None) -> int | float | None:
    """JSON has no decimals: whole numbers stay exact, the rest become floats."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def date_span(date: DateMention) -> Record:
    value = date.value or None
    return {"start": date.span.start, "end": date.span.end, "kind": date.kind, "value": value}


def money_span(figure: Figure) -> Record:
    value: Record = {"amount": number(figure.amount), "currency": figure.currency}
    if figure.amount is None:
        value |= {"low": number(figure.low), "high": number(figure.high)}
    return {"start": figure.span.start, "end": figure.span.end, "kind": "MONEY", "value": value}


def pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def dates(doc: Doc, record: Record) -> Record:
    return {"spans": [date_span(date) for date in doc._.dates]}


def money(doc: Doc, record: Record) -> Record:
    return {"spans": [money_span(f) for f in doc._.figures if f.kind == "money"]}


def entities(doc: Doc, record: Record) -> Record:
    return {
        "entities": [
            {"start": ent.start_char, "end": ent.end_char, "type": ent.label_} for ent in doc.ents
        ]
    }


def aliases(doc: Doc, record: Record) -> Record:
    clusters: dict[str, list[list[int]]] = {}
    for mention in doc._.mentions:
        if mention.entity_id:
            clusters.setdefault(mention.entity_id, []).extend(pairs([mention.span]))
    names = {entity.entity_id: entity.name for entity in doc._.entities}
    return {"clusters": list(clusters.values()), "names": [names[key] for key in clusters]}


def triples(doc: Doc, record: Record) -> Record:
    from pipeline.nlp.claims.triples import find_triples

    return {"triples": [{"rel": rel, "args": list(args)} for rel, args in find_triples(doc)]}


def attribution(doc: Doc, record: Record) -> Record:
    return {
        "attributions": [
            {
                "source": pairs(quote.source),
                "cue": pairs(quote.cue),
                "content": pairs(quote.content),
                "kind": quote.kind,
            }
            for quote in doc._.quotes
        ]
    }


def checkworthiness(doc: Doc, record: Record) -> Record:
    from pipeline.nlp.claims.checkworthy import check_worthiness

    score = check_worthiness(doc)
    return {"score": round(score, 4), "label": int(score >= 0.5)}


def modality(doc: Doc, record: Record) -> Record:
    from pipeline.nlp.claims.modality import annotate_modality

    return annotate_modality(doc, record)


#: Layer -> (what it adds to a record, the components it needs).
LAYERS: dict[str, tuple[Callable[[Doc, Record], Record], tuple[str, ...]]] = {
    "dates": (dates, DM_COMPONENTS),
    "money": (money, DM_COMPONENTS),
    "entities": (entities, E_COMPONENTS),
    "aliases": (aliases, E_COMPONENTS),
    "triples": (triples, E_COMPONENTS),
    "attribution": (attribution, ALL_COMPONENTS[:-1]),
    "checkworthiness": (checkworthiness, DM_COMPONENTS),
    "modality": (modality, DM_COMPONENTS),
}
LAYER_NAMES = ("clean", *LAYERS)


def components_of(layers: Iterable[str]) -> tuple[str, ...]:
    """The components that the layers need, in the pipeline's order."""
    needed = {component for layer in layers for component in LAYERS[layer][1]}
    return tuple(component for component in ALL_COMPONENTS if component in needed)


def merge(parts: Iterable[Record]) -> Record:
    """One record of several layers; `spans` of dates and money are put together in order."""
    out: Record = {}
    for part in parts:
        spans = out.get("spans", []) + part.pop("spans", [])
        out |= part
        if spans:
            out["spans"] = sorted(spans, key=lambda span: (span["start"], span["end"]))
    return out


def annotate(
    records: Iterable[Record], layers: tuple[str, ...], nlp: Language | None
) -> Iterator[Record]:
    """The records' ids with what the layers find, one for one, in order.

    Args:
        records: with "id" and "text" ("raw_text", "html" or "html_path" for `clean`);
            "ref_date" is the publication date.
        layers: names from LAYER_NAMES; `clean` stands alone.
        nlp: None for `clean`.
    """
    if layers == ("clean",):
        for record in records:
            yield {"id": record["id"], "text": clean_record(record)}
        return
    assert nlp is not None
    register()
    rows = iter(records)
    while batch := list(islice(rows, BATCH)):
        with nlp.memory_zone():
            docs = nlp.pipe(
                as_doc(nlp, Input(record["text"], record.get("ref_date") or ""))
                for record in batch
            )
            for doc, record in zip(docs, batch, strict=True):
                found = merge(LAYERS[layer][0](doc, record) for layer in layers)
                if "spans" not in found and {"dates", "money"} & set(layers):
                    found["spans"] = []
                yield {"id": record["id"], **found}
