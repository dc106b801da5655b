"""Puts the names of one document together: each cluster is one entity.

Every link carries the rule that made it and how sure it is. Names are compared in the order of
the text.
"""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.nlp.entities.capitals import link_capitals
from pipeline.nlp.entities.clusters import Cluster
from pipeline.nlp.entities.names import Name
from pipeline.nlp.entities.people import link_people
from pipeline.nlp.entities.peoples import link_places
from pipeline.nlp.entities.stated import Pairs, merge_stated
from pipeline.nlp.entities.things import link_countries, link_things
from pipeline.nlp.entities.watchlist import Watchlist


def link_names(
    doc: Doc,
    names: list[Name],
    watchlist: Watchlist,
    aliases: Pairs,
    *,
    capital_government: bool,
) -> list[Cluster]:
    """The clusters of a document's names, in the order of their first mention.

    Args:
        aliases: first tokens of each two names that the text says are one thing's.
    """
    people = [name for name in names if name.label == "PERSON"]
    countries, things = link_countries([name for name in names if name.label != "PERSON"])
    clusters = link_people(people, aliases) + countries + link_things(doc, things)
    clusters = watchlist.claim(link_places(doc, merge_stated(clusters, aliases)))
    if capital_government:
        clusters = link_capitals(doc, clusters)
    for cluster in clusters:
        cluster.links.sort(key=lambda link: link.name.start)
    return sorted(clusters, key=lambda cluster: cluster.start)
