"""spaCy component `pipeline_entities`: repairs doc.ents and links every mention to its entity."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from pipeline.nlp.entities.clusters import Cluster
from pipeline.nlp.entities.definitions import read_definitions
from pipeline.nlp.entities.headings import drop_heading_words
from pipeline.nlp.entities.joined import split_joined
from pipeline.nlp.entities.link import link_names
from pipeline.nlp.entities.recall import find_missed, take_watched
from pipeline.nlp.entities.refer import refer
from pipeline.nlp.entities.repair import mend, mend_values, model_names
from pipeline.nlp.entities.retype import retype
from pipeline.nlp.entities.roles import read_roles
from pipeline.nlp.entities.shared import meant_by, split_shared
from pipeline.nlp.entities.stated import Pairs, read_aliases
from pipeline.nlp.entities.tokens import names_in
from pipeline.nlp.entities.watchlist import Watchlist, read_watchlist
from pipeline.nlp.extensions import register, text_of
from pipeline.records import Entity, EntityMention, Span

EMPTY = Watchlist()


@Language.factory("pipeline_entities", default_config={"watchlist": "", "capital_government": True})
def create(nlp: Language, name: str, watchlist: str, capital_government: bool) -> EntityLinker:
    register()
    return EntityLinker(watchlist, capital_government=capital_government)


class EntityLinker:
    """Sets doc.ents, doc._.mentions and doc._.entities.

    Args:
        watchlist: path of the analyst's list of names, "" for none.
        capital_government: whether a capital that speaks stands for its country.
    """

    def __init__(self, watchlist: str = "", *, capital_government: bool = True) -> None:
        self.watchlist = read_watchlist(watchlist)
        self.capital_government = capital_government

    def __call__(self, doc: Doc) -> Doc:
        return analyse(doc, self.watchlist, capital_government=self.capital_government)


def analyse(doc: Doc, watchlist: Watchlist = EMPTY, *, capital_government: bool = True) -> Doc:
    """The doc with its names repaired and linked."""
    split_joined(doc)
    aliases = repair_entities(doc, watchlist)
    names = names_in(doc)
    for name in names:
        name.text = meant_by(doc, name.start, name.text)
    read_roles(doc, names)
    clusters = link_names(doc, names, watchlist, aliases, capital_government=capital_government)
    refer(doc, clusters)
    publish(doc, clusters)
    return doc


def repair_entities(doc: Doc, watchlist: Watchlist = EMPTY) -> Pairs:
    """Sets doc.ents anew: names with repaired boundaries and types, and the model's values.

    Returns:
        The first tokens of each two names that the text says are one thing's.
    """
    names, values = model_names(doc)
    text = text_of(doc)
    names = read_definitions(doc, text, drop_heading_words(doc, mend(doc, names)))
    names, aliases = read_aliases(doc, text, names)
    retype(doc, names, aliases)
    if watchlist.entries:
        names = take_watched(doc, names, watchlist.find(text))
    names = split_shared(doc, find_missed(doc, names))
    spans: list[TokenSpan] = []
    for name in sorted(names + mend_values(doc, values), key=lambda name: name.start):
        # A sum may have taken in a sign that closes the name before it: the first one stays.
        if not spans or spans[-1].end <= name.start:
            spans.append(TokenSpan(doc, name.start, name.end, name.label))
    doc.ents = tuple(spans)
    return aliases


def publish(doc: Doc, clusters: list[Cluster]) -> None:
    """Clusters as records: entities in order of first mention, mentions in text order."""
    entities: dict[str, Entity] = {}
    mentions = []
    for cluster in clusters:
        entity = cluster.entity()
        entities.setdefault(entity.entity_id, entity)
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
    doc._.entities = tuple(entities.values())
    doc._.mentions = tuple(sorted(mentions, key=lambda mention: mention.span))
