"""`claims annotate`: one layer of the pipeline for other programs, JSON lines in and out.

Each layer takes records and gives records, one for one, in order, streaming. Offsets are
code points of the record's own `text`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import ConfigError, PipelineError
from pipeline.ingest.annotate import clean_record
from pipeline.nlp.analyse import Input, as_doc
from pipeline.nlp.dates.find import find_dates
from pipeline.nlp.dates.sides import open_range
from pipeline.nlp.entities.clusters import REFERRING
from pipeline.nlp.extensions import register
from pipeline.nlp.model import build
from pipeline.nlp.money.find import find_money
from pipeline.records import DateMention, Figure, Span

Record = dict[str, Any]
#: How the layer dates gives "from May to July": as two dates or as one; open ones too ("since").
Ranges = Literal["ends", "whole", "open"]
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


def date_spans(found: Iterable[DateMention], ranges: Ranges = "ends") -> Record:
    """TIMEX3 tags the two ends of a range apart, each with its own value; the tables don't.

    With open ranges, "since 2015" has the value 2015-01-01/.., not 2015.
    """
    if ranges == "ends":
        found = (end for date in found for end in date.parts or (date,))
    spans = [(date_span(date), date) for date in found]
    if ranges == "open":
        return {"spans": [span | {"value": open_range(d) or span["value"]} for span, d in spans]}
    return {"spans": [span for span, _ in spans]}


def dates(doc: Doc, record: Record, ranges: Ranges = "ends") -> Record:
    return date_spans(doc._.dates, ranges)


def money(doc: Doc, record: Record) -> Record:
    return {"spans": [money_span(f) for f in doc._.figures if f.kind == "money"]}


def entities(doc: Doc, record: Record) -> Record:
    return {
        "entities": [
            {"start": ent.start_char, "end": ent.end_char, "type": ent.label_} for ent in doc.ents
        ]
    }


def aliases(doc: Doc, record: Record) -> Record:
    """The name of a cluster is the longest that the document itself uses; the table's may not stand
    in it at all ("Brazil" for "Brazilian", the long form of "IMF").
    """
    clusters: dict[str, list[list[int]]] = {}
    used: dict[str, list[str]] = {}
    text = doc.text  # made anew at each access
    for mention in doc._.mentions:
        if mention.entity_id:
            clusters.setdefault(mention.entity_id, []).extend(pairs([mention.span]))
            if mention.rule not in REFERRING:
                words = " ".join(mention.span.of(text).split())
                used.setdefault(mention.entity_id, []).append(words)
    names = {entity.entity_id: entity.name for entity in doc._.entities}
    for entity in doc._.entities:
        own = used.get(entity.entity_id, [])
        if own and entity.name not in own:
            names[entity.entity_id] = max(own, key=len)
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


def dates_alone(record: Record, ranges: Ranges = "ends") -> Record:
    return date_spans(find_dates(record["text"], record.get("ref_date") or ""), ranges)


def money_alone(record: Record) -> Record:
    found = find_money(record["text"], record.get("ref_date") or "")
    return {"spans": [money_span(figure) for figure in found]}


WITHOUT_MODEL: dict[str, Callable[[Record], Record]] = {"dates": dates_alone, "money": money_alone}

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
        if "spans" in part:
            spans = out.get("spans", []) + part["spans"]
            part |= {"spans": sorted(spans, key=lambda span: (span["start"], span["end"]))}
        out |= part
    return out


def annotate(
    records: Iterable[Record],
    layers: tuple[str, ...],
    nlp: Language | None,
    ranges: Ranges = "ends",
) -> Iterator[Record]:
    """The records' ids with what the layers find, one for one, in order.

    Args:
        records: with "id" and "text" ("raw_text", "html" or "html_path" for `clean`);
            "ref_date" is the publication date.
        layers: names from LAYER_NAMES; `clean` stands alone.
        nlp: None for `clean`, and for dates and money without a model.
    """
    if layers == ("clean",):
        for record in records:
            yield {"id": record["id"], "text": clean_record(record)}
    elif nlp is None:
        alone = WITHOUT_MODEL | {"dates": partial(dates_alone, ranges=ranges)}
        for record in records:
            yield {"id": record["id"], **merge(alone[name](record) for name in layers)}
    else:
        yield from annotate_docs(records, layers, nlp, ranges)


def annotate_docs(
    records: Iterable[Record], layers: tuple[str, ...], nlp: Language, ranges: Ranges
) -> Iterator[Record]:
    register()
    found = {name: LAYERS[name][0] for name in layers} | {"dates": partial(dates, ranges=ranges)}
    rows = iter(records)
    while batch := list(islice(rows, BATCH)):
        with nlp.memory_zone():
            docs = nlp.pipe(
                as_doc(nlp, Input(record["text"], record.get("ref_date") or "")) for record in batch
            )
            for doc, record in zip(docs, batch, strict=True):
                yield {"id": record["id"], **merge(found[name](doc, record) for name in layers)}


def annotate_file(
    source: Path, layers: tuple[str, ...], model: str, no_model: bool, ranges: Ranges = "ends"
) -> Iterator[str]:
    """The records of a JSON-lines file (.gz too; "-" is standard input), annotated, as lines.

    Raises:
        ConfigError: an unknown layer, or layers that cannot be named together.
        PipelineError: a line is no record; says which.
    """
    unknown = [layer for layer in layers if layer not in LAYER_NAMES]
    if unknown:
        raise ConfigError(f"unknown layer {unknown[0]!r}; known: {', '.join(LAYER_NAMES)}")
    if "clean" in layers and len(layers) > 1:
        raise ConfigError("the layer clean stands alone: it changes the text")
    if no_model and not set(layers) <= {"dates", "money"}:
        raise ConfigError("--no-model goes with the layers dates and money only")
    nlp = None
    if layers != ("clean",) and not no_model:
        nlp = build(model, components_of(layers))
    records = read_records(source, TEXT_KEYS["clean" in layers])
    for record in annotate(records, layers, nlp, ranges):
        yield json.dumps(record, ensure_ascii=False)


#: What a record must have one of, for the layer clean and for the others.
TEXT_KEYS = {True: frozenset({"raw_text", "html", "html_path"}), False: frozenset({"text"})}


def read_records(source: Path, keys: frozenset[str]) -> Iterator[Record]:
    """The records of a JSON-lines file; `_folder` is where relative paths in them begin."""
    for number, line in enumerate(read_lines(source), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise PipelineError(f"{source}: line {number}: not JSON: {error}") from error
        if not isinstance(record, dict) or "id" not in record or not keys & record.keys():
            wanted = " or ".join(sorted(keys))
            raise PipelineError(f"{source}: line {number}: a record needs id and {wanted}")
        yield record | {"_folder": str(source.parent)}


def read_lines(source: Path) -> Iterator[str]:
    if str(source) == "-":
        yield from sys.stdin
        return
    try:
        with (
            gzip.open(source, "rt", encoding="utf-8")
            if source.suffix == ".gz"
            else source.open(encoding="utf-8") as opened
        ):
            yield from opened
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise PipelineError(f"{source}: cannot be read: {error}") from error
