"""Short ways to speak of places that the document has named: "the North", "D.C.", "Madeiran"."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from pipeline.nlp.entities.clusters import Cluster, Link, absorb
from pipeline.nlp.entities.countries import country_of_demonym
from pipeline.nlp.entities.names import PLACES

DIRECTIONS = frozenset({"north", "south", "east", "west"})
#: What a place's name gains when it becomes the name of its people.
PEOPLE_ENDING = re.compile(r"^(?:n|an|ian|ans|ians|ns|er|ers|ese|ite|ites|i|is)$")
SHORTEST = 4  # letters of a place whose people are recognised by their ending
CAPITAL_DISTRICT, CAPITAL = "washington dc", "washington"


def link_places(doc: Doc, clusters: list[Cluster]) -> list[Cluster]:
    """The clusters, with such words in the clusters of the places that they speak of."""
    gone: set[int] = set()
    places = [c for c in clusters if c.kind in PLACES and c.links]
    link_directions(doc, clusters, places, gone)
    link_district(places, gone)
    link_peoples(clusters, places, gone)
    return [cluster for cluster in clusters if id(cluster) not in gone]


def link_directions(
    doc: Doc, clusters: list[Cluster], places: list[Cluster], gone: set[int]
) -> None:
    """ "The North" is North Korea where that is the only country of the North that is named."""
    for cluster in clusters:
        if cluster.key not in DIRECTIONS or cluster.code:
            continue
        named = [p for p in places if p.code and p.fixed.casefold().startswith(f"{cluster.key} ")]
        if len(named) != 1:
            continue
        country = named[0]
        links = [
            link
            for link in cluster.links
            if link.name.start > country.start and doc[link.name.start - 1].lower_ == "the"
        ]
        if len(links) == len(cluster.links):
            absorb(country, cluster, "short_name", 0.75)
            gone.add(id(cluster))


def link_district(places: list[Cluster], gone: set[int]) -> None:
    """Washington and D.C. are one where both are named."""
    by_key = {place.key: place for place in places}
    short, long = by_key.get(CAPITAL), by_key.get(CAPITAL_DISTRICT)
    if short is not None and long is not None:
        absorb(long, short, "official_name", 0.85)
        gone.add(id(short))


def link_peoples(clusters: list[Cluster], places: list[Cluster], gone: set[int]) -> None:
    """The people of a place that is named goes to the place: "Madeiran" to "Madeira"."""
    stems: dict[str, Cluster] = {}
    for place in places:
        if " " not in place.key and len(place.key) >= SHORTEST and not place.code:
            stems.setdefault(place.key, place)
            if place.key[-1] in "aeiouy":
                stems.setdefault(place.key[:-1], place)
    for cluster in clusters:
        if cluster.kind != "NORP" or id(cluster) in gone or country_of_demonym(cluster.key):
            continue
        key = cluster.key
        for size in range(1, min(5, len(key) - SHORTEST + 1)):
            home = stems.get(key[:-size])
            if home is not None and PEOPLE_ENDING.match(key[-size:]):
                for link in cluster.links:
                    home.links.append(Link(link.name, "nationality", 0.85))
                gone.add(id(cluster))
                break
