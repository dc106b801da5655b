"""Groups and links of claims, from the tables and into them."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from pipeline.across.flags import CHANGED_LATER, CONTRADICTION, UPDATED, flag
from pipeline.across.groups import Union, independent
from pipeline.across.lexicon import affirmed, lexicon, side, tokens, verbs
from pipeline.across.meetings import Filed, Meetings, filed
from pipeline.across.statement import (
    Amount,
    Statement,
    bare_number,
    mood_of,
    unit_of,
    without,
    word_before,
)
from pipeline.executors.base import Executor, all_of
from pipeline.ids import hashed, normalised

LISTED = 10  # ids in a cell
READ_AT_ONCE = 50  # documents whose claims are one task

#: What a reviewer threw out neither supports nor contradicts anything.
_STANDS = "coalesce({}.decision, '') NOT IN ('reject', 'duplicate')"
# CROSS JOIN keeps the order of the tables: from a document's claims along the indexes.
_CLAIMS = f"""
SELECT c.rowid, claim_id, claim_text, sentence, start, end, spans, source_spans, source_name,
  predicate, subject, polarity, certainty, c.published
FROM claims AS c WHERE doc_id = ? AND duplicate_of_claim IS NULL AND {_STANDS.format("c")}
ORDER BY c.rowid
"""
_IS_COPY = "SELECT 1 FROM documents WHERE doc_id = ? AND duplicate_of IS NOT NULL"
_MENTIONS = """
SELECT start, end, e.name, mention_text, coalesce(role, '')
FROM mentions AS m CROSS JOIN entities AS e ON e.entity_id = m.entity_id
WHERE doc_id = ? ORDER BY start, end
"""
_FIGURES = """
SELECT l.claim_id, v.figure_kind, v.unit, v.figure_value, v.figure_low, v.figure_high,
  v.amount_qualifier, v.figure_text
FROM claims AS c CROSS JOIN claim_money AS l ON l.claim_id = c.claim_id
  CROSS JOIN money AS v ON v.money_id = l.money_id
WHERE c.doc_id = ? ORDER BY l.rowid
"""
_DATES = """
SELECT l.claim_id, v.date_kind, v.date_start, v.date_end, v.date_text, l.role
FROM claims AS c CROSS JOIN claim_dates AS l ON l.claim_id = c.claim_id
  CROSS JOIN dates AS v ON v.date_id = l.date_id
WHERE c.doc_id = ? ORDER BY l.rowid
"""
_ROLES = """
SELECT l.claim_id, e.name, l.role
FROM claims AS c CROSS JOIN claim_entities AS l ON l.claim_id = c.claim_id
  CROSS JOIN entities AS e ON e.entity_id = l.entity_id
WHERE c.doc_id = ? ORDER BY l.rowid
"""
_STATED_ABOUT = frozenset({"statement", "publication"})
#: Concepts of a change, whose figure is a step or where it led to.
_MOVES = frozenset({"rise", "fall"})
_ACTORS = frozenset({"subject", "agent"})


_FOUND = """
CREATE TEMP TABLE found (
  one INTEGER, other INTEGER, kind TEXT, about TEXT, value TEXT, other_value TEXT,
  PRIMARY KEY (one, other)
) WITHOUT ROWID
"""


def link_claims(
    connection: sqlite3.Connection, order: list[str], lineage: dict[str, str], workers: Executor
) -> None:
    """Compare the claims of all documents and write what hangs together.

    Args:
        connection: in no transaction, as other processes read its file.
        order: all doc_ids, the earliest first.
        lineage: first version of each document that is a copy or update.
    """
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    places = [(doc_id, rank, lineage.get(doc_id, doc_id)) for rank, doc_id in enumerate(order)]
    read = partial(read_statements, file)
    parts = (places[at : at + READ_AT_ONCE] for at in range(0, len(places), READ_AT_ONCE))
    connection.execute(_FOUND)
    with Meetings(Path(file).parent) as meetings:
        for made in all_of(workers.map(read, parts), "reading claims"):
            meetings.add(made)
        connection.execute("BEGIN")
        for links in meetings.links(workers):
            connection.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?)", links)
    write_groups(connection, lineage)
    connection.execute("COMMIT")
    connection.execute("DROP TABLE found")


# ---------------------------------------------------------------- claims as statements


#: start, end, key of the entity, words, role in front of the name
_Mention = tuple[int, int, str, str, str]
_SUM = re.compile(r"\s*[$€£¥₹]\s?\d[\d.,]*$")
#: What refers to the speaker in "denied that it paid".
_SELF = re.compile(r"(?:it|they|he|she|its|their|his|her)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Facts:
    """A document's mentions, and by claim_id its figures, dates and roles."""

    mentions: list[_Mention]
    figures: dict[str, list[Any]]
    dates: dict[str, list[Any]]
    roles: dict[str, list[Any]]

    def mentions_in(self, start: int, end: int) -> list[_Mention]:
        at = bisect_left(self.mentions, (start,))
        found = []
        while at < len(self.mentions) and self.mentions[at][0] < end:
            found.append(self.mentions[at])
            at += 1
        return found


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """What stands for an entity: its name alone, as the model types one name in many ways.

    A sum that was taken into the name ("Brixco €430") is cut off.
    """
    return normalised(_SUM.sub("", name)) or name


def read_statements(file: str, places: Iterable[tuple[str, int, str]]) -> list[Filed]:
    """The claims of some documents, ready to be compared.

    Args:
        file: the database.
        places: doc_id, rank and lineage of each.
    """
    with closing(sqlite3.connect(f"{Path(file).as_uri()}?mode=ro", uri=True)) as connection:
        return [
            filed(made)
            for doc_id, rank, lineage in places
            # a copy says nothing that its first version does not
            if not connection.execute(_IS_COPY, (doc_id,)).fetchone()
            for made in statements(connection, doc_id, rank, lineage)
        ]


def statements(
    connection: sqlite3.Connection, doc_id: str, rank: int, lineage: str
) -> Iterator[Statement]:
    """The claims of a document that no earlier version has in the same words."""

    def by_claim(query: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for claim_id, *rest in connection.execute(query, (doc_id,)):
            found[claim_id].append(rest)
        return found

    facts = _Facts(
        [
            (start, end, name_key(name), words, role)
            for start, end, name, words, role in connection.execute(_MENTIONS, (doc_id,))
        ],
        *(by_claim(query) for query in (_FIGURES, _DATES, _ROLES)),
    )
    for row in connection.execute(_CLAIMS, (doc_id,)).fetchall():
        yield _statement(row, facts, doc_id, rank, lineage)


def _statement(row: tuple[Any, ...], facts: _Facts, doc: str, rank: int, lineage: str) -> Statement:
    number, claim_id, text, sentence, start, end, spans, source_spans, source_name, *rest = row
    predicate, subject, polarity, certainty, published = rest
    inside = _within(facts, _places(spans, (start, end)))
    holders = [mention[2] for mention in _within(facts, _places(source_spans))]
    roles = facts.roles.get(claim_id, [])
    entities = {mention[2] for mention in inside}
    actors = {name_key(name) for name, role in roles if role in _ACTORS} & entities
    own = not holders or bool(entities)
    if holders and (not entities or (certainty == "denied" and _SELF.match(subject or ""))):
        # "Gorman Steel reported a profit": the statement is about who makes it
        entities |= set(holders)
        actors = actors or {holders[0]}
    figures, dates = facts.figures.get(claim_id, []), facts.dates.get(claim_id, [])
    parts = [words for mention in inside for words in (mention[4], mention[3])]
    parts += [words for *_, words in figures] + [date[3] for date in dates]
    about, turned = affirmed(tokens(without(text, parts)))
    verb = verbs(predicate or "")
    mood = mood_of(certainty)
    return Statement(
        row=number,
        rank=rank,
        doc_id=doc,
        published=published or "",
        lineage=lineage,
        source=(holders[0] if holders else source_name or ""),
        about=about,
        entities=frozenset(entities),
        actors=frozenset(actors),
        patients=frozenset({name_key(name) for name, role in roles if role == "object"} & entities),
        side=side(predicate or ""),
        amounts=_amounts(figures, text, about),
        dates=tuple(
            (first, last)
            for kind, first, last, _, role in dates
            if kind == "DATE" and first and last and (role not in _STATED_ABOUT or not own)
        ),
        flipped=((polarity == "negated") != (mood == "denied")) != bool(turned),
        mood="real" if mood == "denied" else mood,
        single=bool(verb & lexicon().once),
        deal=bool(verb & (lexicon().once | lexicon().deals)),
        state=bool(verb & lexicon().stative),
        newer=lexicon().news.search(sentence.lower()) is not None,
        vague=(subject or "").lower().startswith(("a ", "an ")),
    )


def _places(cell: str | None, cover: tuple[int, int] | None = None) -> list[tuple[int, int]]:
    if cell:
        return [(start, end) for start, end in json.loads(cell)]
    return [cover] if cover else []


def _within(facts: _Facts, places: list[tuple[int, int]]) -> list[_Mention]:
    return [mention for place in places for mention in facts.mentions_in(*place)]


def _amounts(figures: list[Any], text: str, about: frozenset[str]) -> tuple[Amount, ...]:
    """The figures but for the 5 of "from 5 to 7 percent"; else the bare number of a toll."""
    moves = bool(about & _MOVES) and not about & lexicon().running
    found = [
        _amount(figure, text, moves)
        for figure in figures
        if word_before(text, figure[-1]) != "from"
    ]
    if not figures and about & lexicon().running and (number := bare_number(text)):
        value = Decimal(number.replace(",", ""))
        found = [Amount("count", "", value, None, None, loose=False, change=False, words=number)]
    return tuple(found)


def _amount(figure: list[Any], text: str, moves: bool) -> Amount:
    kind, unit, value, low, high, qualifier, words = figure
    exact, least, most = (
        Decimal(number) if number is not None else None for number in (value, low, high)
    )
    return Amount(
        kind,
        unit_of(kind, unit or ""),
        exact,
        least,
        most,
        loose=qualifier in ("about", "almost"),
        change=moves and kind != "count" and word_before(text, words) not in ("to", "at"),
        words=words,
    )


# ---------------------------------------------------------------- links and groups

_LINKS = """
SELECT a.claim_id, b.claim_id, kind, about, value, other_value
FROM found JOIN claims AS a ON a.rowid = one JOIN claims AS b ON b.rowid = other
WHERE kind <> 'same' ORDER BY a.rowid, b.rowid
"""
_COPIES = f"""
SELECT c.rowid, e.rowid FROM claims AS c JOIN claims AS e ON e.claim_id = c.duplicate_of_claim
WHERE {_STANDS.format("c")} AND {_STANDS.format("e")} ORDER BY c.rowid
"""
_VOICE = """
SELECT c.claim_id, d.doc_id, lower(d.outlet), lower(c.outlet), c.published, c.claim_text
FROM claims AS c JOIN documents AS d USING (doc_id) WHERE c.rowid = ?
"""


def write_groups(connection: sqlite3.Connection, lineage: dict[str, str]) -> None:
    """Fill claim_groups, claim_links and the columns of claims from `found`."""
    (size,) = connection.execute("SELECT coalesce(max(rowid), 0) + 1 FROM claims").fetchone()
    linked, alike = Union(size), Union(size)
    for one, other in connection.execute(_COPIES):
        linked.join(one, other)
        alike.join(one, other)
    for one, other, kind in connection.execute("SELECT one, other, kind FROM found"):
        linked.join(one, other)
        if kind == "same":
            alike.join(one, other)
    # a chain of roundings may make two claims alike that seem to differ: then nothing is said
    doubted = [
        (one, other)
        for one, other in connection.execute("SELECT one, other FROM found WHERE kind <> 'same'")
        if alike.find(one) == alike.find(other)
    ]
    connection.executemany("DELETE FROM found WHERE one = ? AND other = ?", doubted)
    members: dict[int, list[int]] = defaultdict(list)
    for row in range(1, size):
        if (root := linked.find(row)) != row:
            members[root].append(row)
    for root, others in members.items():
        write_group(connection, [root, *others], alike, lineage)
    write_links(connection)


def write_group(
    connection: sqlite3.Connection, rows: list[int], alike: Union, lineage: dict[str, str]
) -> None:
    voices = {row: connection.execute(_VOICE, (row,)).fetchone() for row in rows}
    group = hashed("g", min(voice[0] for voice in voices.values()))
    same: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        same[alike.find(row)].append(row)
    most = 0
    for agreeing in same.values():
        marks = [
            (lineage.get(voices[row][1], voices[row][1]), voices[row][2], voices[row][3])
            for row in agreeing
        ]
        support = independent(marks)
        most = max(most, support)
        connection.executemany(
            "UPDATE claims SET group_id = ?, support = ? WHERE rowid = ?",
            [(group, support, row) for row in agreeing],
        )
    dates = sorted(voice[4] for voice in voices.values() if voice[4])
    connection.execute(
        "INSERT INTO claim_groups VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(group, voices[rows[0]][5], len(rows), len(same), most),
            *((dates[0], dates[-1]) if dates else (None, None)),
        ),
    )


def write_links(connection: sqlite3.Connection) -> None:
    """Fill claim_links, and the columns and flags of the claims that it speaks of."""
    contradicted, newer = defaultdict(set), defaultdict(set)
    for one, other, kind, about, value, other_value in connection.execute(_LINKS).fetchall():
        connection.execute(
            "INSERT INTO claim_links VALUES (?, ?, ?, ?, ?, ?)",
            (one, other, kind, about, value, other_value),
        )
        if kind == "update":
            newer[one].add(other)
            flag(connection, one, CHANGED_LATER)
            flag(connection, other, UPDATED)
            continue
        for claim, against in ((one, other), (other, one)):
            contradicted[claim].add(against)
            flag(connection, claim, CONTRADICTION)
    for column, ids in (("contradicts", contradicted), ("updated_by", newer)):
        connection.executemany(
            f"UPDATE claims SET {column} = ? WHERE claim_id = ?",
            [("; ".join(sorted(others)[:LISTED]), claim) for claim, others in ids.items()],
        )
