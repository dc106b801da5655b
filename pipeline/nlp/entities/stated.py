"""Aliases that the text itself states: "also known as", "formerly", "better known as"."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc

from pipeline.nlp.entities.clusters import Cluster, absorb
from pipeline.nlp.entities.names import PLACES

LONGEST = 60  # characters between a name and its alias
ADVERBS = (
    r"(?:also|better|previously|formerly|originally|commonly|popularly|often|sometimes|usually|later"
    r"|then|now|officially|professionally)"
)
#: What stands between the two names. "Roe called Doe" is no alias: it takes "was called", "also".
STATED = re.compile(
    r"^(?:['’]s?)?(?:"
    rf"\s*[,(;\[]?\s*(?:(?:who|which)\s+)?(?:is\s+|was\s+|were\s+)?(?:{ADVERBS}\s+){{1,2}}"
    r"(?:known(?:\s+as)?|called|named|referred\s+to\s+as)"
    r"|\s*[,(;\[]?\s*(?:(?:who|which)\s+)?(?:is|was|were)\s+(?:called|named|nicknamed|renamed(?:\s+to)?)"
    r"|\s*[,(;\[]?\s*(?:is\s+|was\s+)?known(?:\s+simply)?\s+as"
    r"|\s*[,(;\[]\s*(?:nicknamed|abbreviated(?:\s+as)?|born|née|né|formerly|or\s+simply|shortened\s+to"
    r"|a\.?k\.?a\.?|alias|real\s+name|short\s+for|stylized\s+as|renamed)"
    r")[\s,:]*(?:the\s+)?[“\"'‘(]?$"
    # "Great Belt (Danish: Storebælt)", "South Gondar (or Debub Gondar)"
    r"|^\s*\((?:[^()]{0,20}\)\s*\()?(?:in\s+)?(?:[A-Z][a-z]+:|or)\s+[“\"'‘]?$",
    re.I,
)


#: A bracket, perhaps with the name of a language: "Roe (Arabic: ...".
FOREIGN = re.compile(r"^\s?\((?:in\s)?(?:[A-Z][a-z]+(?:\s[A-Z]?[a-z]+)?:\s?)?$")


def is_other_script(one: str, two: str) -> bool:
    """Whether one of two names is in Latin letters, the other in none."""
    latin = [any(char.isascii() and char.isalpha() for char in text) for text in (one, two)]
    return latin == [True, False] and any(char.isalpha() for char in two)


def merge_stated(doc: Doc, clusters: list[Cluster]) -> list[Cluster]:
    """The clusters, with those put together that the text says are one."""
    at = sorted(
        ((link.name, i) for i, cluster in enumerate(clusters) for link in cluster.links),
        key=lambda pair: pair[0].start,
    )
    gone: dict[int, int] = {}

    def final(i: int) -> int:
        while i in gone:
            i = gone[i]
        return i

    for (one, i), (two, j) in pairwise(at):
        start, end = doc[one.end - 1].idx + len(doc[one.end - 1]), doc[two.start].idx
        if end - start > LONGEST or end - start < 2:
            continue
        between = doc[one.end - 1].whitespace_ + doc[one.end : two.start].text_with_ws
        if not STATED.match(between) and not (
            FOREIGN.match(between) and is_other_script(one.text, two.text)
        ):
            continue
        into, other = final(i), final(j)
        if into != other and may_be_one(clusters[into], clusters[other]):
            absorb(clusters[into], clusters[other], "alias_stated", 0.9)
            gone[other] = into
    return [cluster for i, cluster in enumerate(clusters) if i not in gone]


def may_be_one(one: Cluster, two: Cluster) -> bool:
    """Whether two clusters are of kinds that can be one thing; countries stay what they are."""
    if one.code or two.code:
        return False
    if one.kind in PLACES or two.kind in PLACES:
        return one.kind in PLACES and two.kind in PLACES
    return (one.kind == "PERSON") == (two.kind == "PERSON")
