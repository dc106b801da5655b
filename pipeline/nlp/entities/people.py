"""Persons of one document: full names first, then surnames and first names to the full names."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.nlp.entities.clusters import MEMORY, Cluster, Link, dominant, likeliest
from pipeline.nlp.entities.lexicon import first_names, nicknames
from pipeline.nlp.entities.names import Name, person_words
from pipeline.nlp.entities.normal import normal_name
from pipeline.nlp.entities.stated import Pairs, merge_stated

Words = tuple[str, ...]
NOBODY: frozenset[int] = frozenset()


def same_person(one: Words, two: Words) -> bool:
    """Whether two full names can be one person's.

    An initial agrees with a name that begins so; a middle name may be missing, in front
    ("Doge John Roe") or behind ("Mary Jane", "Mary Jane Roe").
    """
    short, long = sorted((one, two), key=len)
    if len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short):
        return True
    if one[-1] != two[-1] or not agree(one[0], two[0]):
        return False
    middle, inner = set(one[1:-1]), set(two[1:-1])
    return not (middle and inner) or bool({w[0] for w in middle} & {w[0] for w in inner})


def agree(first: str, other: str) -> bool:
    """Whether two first names are the same, or one is the other's initial or short form."""
    if first == other or is_nickname(first, other):
        return True
    short, long = sorted((first, other), key=len)
    return len(short) == 1 and long.startswith(short)


def is_nickname(first: str, other: str) -> bool:
    """Whether two different first names can be forms of one: "bill", "william"."""
    groups = nicknames()
    return first != other and bool(groups.get(first, NOBODY) & groups.get(other, NOBODY))


def link_people(names: list[Name], aliases: Pairs = ()) -> list[Cluster]:
    """One cluster for each person.

    Two people may share a full name; where nothing in the text tells them apart they are one.

    Args:
        aliases: first tokens of each two names that the text says are one thing's.
    """
    parsed = [(name, person_words(name.text)) for name in names]
    clusters = link_full_names([(name, words) for name, words in parsed if len(words) > 1])
    clusters = merge_stated(clusters, aliases)
    for cluster in clusters:
        cluster.gender = gender_of(cluster)
    by_word: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        forms = (cluster.words, *cluster.others)
        parts = {part for words in forms for word in words for part in (word, *word.split("-"))}
        for word in parts:
            by_word.setdefault(word, []).append(cluster)
    singles: dict[str, Cluster] = {}
    for name, words in parsed:
        if len(words) > 1:
            continue
        key = words[0] if words else name.key
        found = find_person(name, key, by_word.get(key, []))
        if found is not None:
            cluster, rule, confidence = found
            cluster.links.append(Link(name, rule, confidence))
            continue
        if key not in singles:
            singles[key] = Cluster("PERSON", "", [], (key,))
            clusters.append(singles[key])
        singles[key].links.append(Link(name))
    for cluster in clusters:
        cluster.links.sort(key=lambda link: link.name.start)
        cluster.key = normal_name(" ".join(person_words(cluster.name)))
        cluster.gender = cluster.gender or gender_of(cluster)
    return clusters


def link_full_names(parsed: list[tuple[Name, Words]]) -> list[Cluster]:
    """Clusters of the names of two words or more."""
    clusters: list[Cluster] = []
    by_edge: dict[str, list[Cluster]] = {}  # one person's names share the first or last word
    for name, words in parsed:
        near = [*by_edge.get(words[0], ()), *by_edge.get(words[-1], ())]
        near = list({id(cluster): cluster for cluster in near}.values())
        same = [cluster for cluster in near if cluster.words == words]
        close = same or [cluster for cluster in near if same_person(cluster.words, words)]
        if not close:
            cluster = Cluster("PERSON", "", [Link(name)], words)
            clusters.append(cluster)
        else:
            cluster = close[0] if len(close) == 1 else likeliest(close, name.start)
            nick = not same and is_nickname(words[0], cluster.words[0])
            loose = Link(name, "nickname", 0.75) if nick else Link(name, "full_name", 0.9)
            cluster.links.append(Link(name) if same else loose)
            if len(words) > len(cluster.words) or len(words[0]) > len(cluster.words[0]) == 1:
                cluster.words = words
        if not same:
            for word in {words[0], words[-1]}:
                by_edge.setdefault(word, []).append(cluster)
    return clusters


def find_person(name: Name, key: str, full: list[Cluster]) -> tuple[Cluster, str, float] | None:
    """The full name that a surname or first name belongs to."""
    tests: tuple[tuple[str, Callable[[Words], bool], float], ...] = (
        ("surname", lambda words: words[-1] == key, 0.95),
        ("first_name", lambda words: words[0] == key, 0.85),
        ("name_part", lambda words: key in words or key in words[-1].split("-"), 0.8),
    )
    for rule, fits, confidence in tests:
        found = [cluster for cluster in full if any(map(fits, (cluster.words, *cluster.others)))]
        if name.gender:
            found = [c for c in found if c.gender in ("", name.gender)]
        if len(found) == 1:
            return found[0], rule, confidence
        if found:
            found = [cluster for cluster in found if not is_only_kin(cluster, name)] or found
            if len(found) == 1 and found[0].start < name.start:
                return found[0], f"{rule}_usual", 0.7
            near = named_near(found, name)
            if len(near) == 1:
                return near[0], f"{rule}_near", 0.6
            usual = dominant(near or found, name.start)
            return None if usual is None else (usual, f"{rule}_usual", 0.6)
    return None


def is_only_kin(cluster: Cluster, name: Name) -> bool:
    """Whether a person has been named only to say whose relative somebody is."""
    before = [link.name.kin for link in cluster.links[-MEMORY:] if link.name.start < name.start]
    return bool(before) and all(before)


def named_near(clusters: list[Cluster], name: Name) -> list[Cluster]:
    """The persons whose full name stands in front of a short one in its paragraph."""
    return [
        cluster
        for cluster in clusters
        if any(
            link.name.line == name.line and link.name.start < name.start and " " in link.name.text
            for link in cluster.links[-MEMORY:]
        )
    ]


def gender_of(cluster: Cluster) -> str:
    """From titles and roles, else from the first name; "" if unknown."""
    for link in cluster.links:
        if link.name.gender:
            return link.name.gender
    for link in cluster.links:
        words = [w for w in link.name.text.split() if w.casefold().strip(".") in cluster.words]
        if len(words) > 1:
            found = first_names().get(words[0].strip("."), "")
            if found:
                return found
    return ""
