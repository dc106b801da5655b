"""The analyst's own list of names: found in every text, linked under their own id.

`watchlist.csv` has the columns name, aliases, type, id; aliases are parted by ";" or "|", the id
is any stable one, such as a Wikidata QID.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.nlp.entities.clusters import Cluster, absorb
from pipeline.nlp.entities.names import NAMED
from pipeline.nlp.entities.normal import normal_name
from pipeline.nlp.entities.phrases import Phrases

COLUMNS = ("name", "aliases", "type", "id")


@dataclass(frozen=True, slots=True)
class Watched:
    """One row: the canonical name, all names, the type (OntoNotes name) and the id."""

    name: str
    names: tuple[str, ...]
    type: str
    id: str


@dataclass(frozen=True)
class Watchlist:
    """The entries in their order; the first one wins where two have one name."""

    entries: tuple[Watched, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Watched]:
        """`normal_name` of every name -> its entry."""
        found: dict[str, Watched] = {}
        for entry in self.entries:
            for name in entry.names:
                found.setdefault(normal_name(name), entry)
        return found

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases(name for entry in self.entries for name in entry.names)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, type) of every name in the text as it is written, by character."""
        for start, end, name in self.phrases.find(text):
            entry = self.by_key.get(normal_name(name))
            if entry is not None:
                yield start, end, entry.type

    def claim(self, clusters: list[Cluster]) -> list[Cluster]:
        """The clusters, with those of a listed name under its name, type and id."""
        if not self.entries:
            return clusters
        owned: dict[str, Cluster] = {}
        kept = []
        for cluster in clusters:
            entry = self.entry_of(cluster)
            if entry is None:
                kept.append(cluster)
            elif entry.id in owned:
                absorb(owned[entry.id], cluster, "watchlist", 1.0)
            else:
                cluster.fixed, cluster.kind, cluster.code = entry.name, entry.type, entry.id
                owned[entry.id] = cluster
                kept.append(cluster)
        return kept

    def entry_of(self, cluster: Cluster) -> Watched | None:
        """The entry that one of the cluster's own names stands in."""
        for link in cluster.links:
            entry = self.by_key.get(link.name.key)
            if entry is not None and link.rule not in ("surname", "first_name", "name_part"):
                return entry
        return None


def read_watchlist(path: str) -> Watchlist:
    """The list in a CSV file; an empty list for the path "".

    Raises:
        ConfigError: the file cannot be read, or rows are wrong; all problems are listed.
    """
    if not path:
        return Watchlist()
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the watch list cannot be read: {error}") from error
    rows = csv.DictReader(text.splitlines())
    missing = [column for column in ("name", "type", "id") if column not in (rows.fieldnames or ())]
    if missing:
        raise ConfigError(f"{path}: no column {', '.join(missing)}; wanted: {', '.join(COLUMNS)}")
    entries, problems = [], []
    for number, row in enumerate(rows, 2):
        name, kind, ident = (str(row.get(key) or "").strip() for key in ("name", "type", "id"))
        if not name or not ident:
            problems.append(f"row {number}: name and id must not be empty")
        elif kind not in NAMED:
            problems.append(f"row {number}, column type: {kind!r} is none of {sorted(NAMED)}")
        else:
            aliases = re.split(r"[;|]", str(row.get("aliases") or ""))
            names = (name, *(alias.strip() for alias in aliases if alias.strip()))
            entries.append(Watched(name, names, kind, ident))
    if problems:
        raise ConfigError(f"{path}: " + "; ".join(problems))
    return Watchlist(tuple(entries))
