"""Capitals that stand for their government: "Tehran denied", "Washington said it would wait"."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.nlp.entities.clusters import Cluster, Link
from pipeline.nlp.entities.countries import atlas
from pipeline.nlp.entities.refer import speech_verbs

RULE, CONFIDENCE = "capital_government", 0.75


def link_capitals(doc: Doc, clusters: list[Cluster]) -> list[Cluster]:
    """The clusters, with capitals that speak or act moved to the cluster of their country."""
    countries = {cluster.code: cluster for cluster in clusters if cluster.code}
    added: list[Cluster] = []
    surnames = {cluster.words[-1] for cluster in clusters if len(cluster.words) > 1}
    for cluster in clusters:
        country = atlas().capitals.get(cluster.key) if cluster.kind in ("GPE", "ORG") else None
        if country is None or cluster.code or cluster.key in surnames:
            continue  # "Paris" may be Valeska Paris
        acting = [link for link in cluster.links if acts(doc, link)]
        if not acting:
            continue
        if country.code not in countries:
            new = Cluster("GPE", country.code, fixed=country.name, code=country.code)
            new.country = country.country
            countries[country.code] = new
            added.append(new)
        for link in acting:
            countries[country.code].links.append(Link(link.name, RULE, CONFIDENCE))
        cluster.links = [link for link in cluster.links if link not in acting]
    return [cluster for cluster in clusters if cluster.links] + added


def acts(doc: Doc, link: Link) -> bool:
    """Whether the name is the subject of a verb that cities do not do."""
    after = doc[link.name.end].text if link.name.end < len(doc) else ""
    if after in (",", "(", "-", "–", "—"):
        return False  # a dateline
    root = doc[link.name.start : link.name.end].root
    return root.dep_ in ("nsubj", "nsubjpass") and root.head.lemma_ in speech_verbs()
