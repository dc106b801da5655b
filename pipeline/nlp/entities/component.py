"""spaCy component `pipeline_entities`: repairs doc.ents and links every mention to its entity."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from pipeline.nlp.entities.clusters import Cluster
from pipeline.nlp.entities.link import link_names
from pipeline.nlp.entities.names import names_in
from pipeline.nlp.entities.recall import find_missed
from pipeline.nlp.entities.refer import refer
from pipeline.nlp.entities.repair import mend, mend_values, model_names
from pipeline.nlp.entities.retype import retype
from pipeline.nlp.entities.roles import read_roles
from pipeline.nlp.extensions import register
from pipeline.records import EntityMention, Span


@Language.factory("pipeline_entities", default_config={"watchlist": ""})
def create(nlp: Language, name: str, watchlist: str) -> EntityLinker:
    register()
    return EntityLinker(watchlist)


class EntityLinker:
    """Sets doc.ents, doc._.mentions and doc._.entities."""

    def __init__(self, watchlist: str = "") -> None:
        self.watchlist = watchlist

    def __call__(self, doc: Doc) -> Doc:
        return analyse(doc)


def analyse(doc: Doc) -> Doc:
    """The doc with its names linked."""
    repair_entities(doc)
    names = names_in(doc)
    read_roles(doc, names)
    clusters = link_names(doc, names)
    refer(doc, clusters)
    publish(doc, clusters)
    return doc


def repair_entities(doc: Doc) -> None:
    """Sets doc.ents anew: names with repaired boundaries and types, and the model's values."""
    names, values = model_names(doc)
    names = mend(doc, names)
    retype(doc, names)
    names = find_missed(doc, names)
    spans: list[TokenSpan] = []
    for name in sorted(names + mend_values(doc, values), key=lambda name: name.start):
        # A sum may have taken in a sign that closes the name before it: the first one stays.
        if not spans or spans[-1].end <= name.start:
            spans.append(TokenSpan(doc, name.start, name.end, name.label))
    doc.ents = tuple(spans)


def publish(doc: Doc, clusters: list[Cluster]) -> None:
    """Clusters as records: entities in order of first mention, mentions in text order."""
    mentions = []
    entities = []
    for cluster in clusters:
        entity = cluster.entity()
        entities.append(entity)
        for link in cluster.links:
            span = doc[link.name.start : link.name.end]
            mentions.append(
                EntityMention(
                    Span(span.start_char, span.end_char),
                    link.name.label,
                    entity.entity_id,
                    link.rule,
                    link.confidence,
                    link.name.role,
                )
            )
    doc._.entities = tuple({entity.entity_id: entity for entity in entities}.values())
    doc._.mentions = tuple(sorted(mentions, key=lambda mention: mention.span))
