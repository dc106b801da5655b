"""The claims of a document as statements, from the tables."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pipeline.across.lexicon import affirmed, lexicon, side, tokens, verbs
from pipeline.across.statement import (
    Amount,
    Statement,
    bare_number,
    mood_of,
    unit_of,
    without,
    word_before,
)
from pipeline.ids import normalised

#: What a reviewer threw out neither supports nor contradicts anything.
STANDS = "coalesce({}.decision, '') NOT IN ('reject', 'duplicate')"
# CROSS JOIN keeps the order of the tables: from a document's claims along the indexes.
_CLAIMS = f"""
SELECT c.rowid, claim_id, claim_text, sentence, start, end, spans, source_spans, source_name,
  predicate, subject, polarity, certainty, c.published
FROM claims AS c WHERE doc_id = ? AND duplicate_of_claim IS NULL AND {STANDS.format("c")}
ORDER BY c.rowid
"""
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
