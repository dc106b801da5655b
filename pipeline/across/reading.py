"""The claims of a document as statements, from the tables."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

import msgspec

from pipeline.across.lexicon import MOVES, affirmed, lexicon, side, tokens, verbs
from pipeline.across.statement import (
    TOPIC,
    UNKNOWN,
    Amount,
    Statement,
    When,
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
SELECT start, end, e.name, mention_text, coalesce(role, ''), coalesce(e.code, ''),
  coalesce(e.country, ''), label
FROM mentions AS m CROSS JOIN entities AS e ON e.entity_id = m.entity_id
WHERE doc_id = ? ORDER BY start, end
"""
_FIGURES = """
SELECT l.claim_id, v.figure_kind, v.unit, v.figure_value, v.figure_low, v.figure_high,
  v.amount_qualifier, coalesce(v.per, ''), coalesce(v.flags, ''), v.figure_text
FROM claims AS c CROSS JOIN claim_money AS l ON l.claim_id = c.claim_id
  CROSS JOIN money AS v ON v.money_id = l.money_id
WHERE c.doc_id = ? ORDER BY l.rowid
"""
_DATES = """
SELECT l.claim_id, v.date_kind, v.date_start, v.date_end, v.date_modifier, v.date_text, l.role
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
#: How many names are kept of a document, or of one without names how many words.
_NAMES, _TOPICS = 6, 8
#: Kinds of dates that lie on the calendar; "Monday evening" has its day.
_CALENDAR = frozenset({"DATE", "TIME"})
_STATED_ABOUT = frozenset({"statement", "publication"})
_ACTORS = frozenset({"subject", "agent"})

#: start, end, key of the entity, words, role in front of the name, code and country of the
#: entity, label
_Mention = tuple[int, int, str, str, str, str, str, str]
_SUM = re.compile(r"\s*[$€£¥₹]\s?\d[\d.,]*$")
#: What refers to the speaker in "denied that it paid".
_SELF = re.compile(r"(?:it|they|he|she|its|their|his|her|i|we|my|our)\b", re.I)
_CAPITAL = re.compile(r"[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)*")
_NUMBER = re.compile(r"\s(\d[\d.,]*)$")
_GOAL = re.compile(r"\b(?:to|into|against) (?:the )?([^\W\d_a-z]\w+)")
_ORIGIN = re.compile(r"\b(?:from|of) (?:the )?([^\W\d_a-z]\w+)")
#: What tells between commas who somebody is: ", the shipbuilder from Kiel,".
_APPOSITION = re.compile(r", (?:the|an?|its|his|her) ([a-z][^,;:()\d]{1,60}),")
_ARTICLE = re.compile(r"^[Tt]he ")
#: Flag of a figure that the article cut off.
_TRUNCATED = "truncated_amount"


@dataclass(frozen=True, slots=True)
class _Facts:
    """A document's mentions, its names, those it speaks of most, start, end and words of its
    claims in their order, and by claim_id their figures, dates and roles."""

    mentions: list[_Mention]
    names: dict[str, str]
    setting: tuple[str, ...]
    claims: list[tuple[int, int, str]]
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
) -> list[Statement]:
    """The claims of a document that no earlier version has in the same words."""

    def by_claim(query: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for claim_id, *rest in connection.execute(query, (doc_id,)):
            found[claim_id].append(rest)
        return found

    rows = connection.execute(_CLAIMS, (doc_id,)).fetchall()
    mentions = [
        (start, end, _key(name, code), words, role, code, country, label)
        for start, end, name, words, role, code, country, label in connection.execute(
            _MENTIONS, (doc_id,)
        )
    ]
    facts = _Facts(
        mentions,
        {_ARTICLE.sub("", mention[3]): mention[2] for mention in mentions},
        _most((mention[2] for mention in mentions), _NAMES),
        sorted((row[4], row[5], row[2]) for row in rows),
        *(by_claim(query) for query in (_FIGURES, _DATES, _ROLES)),
    )
    made = [_statement(row, facts, doc_id, rank, lineage) for row in rows]
    if facts.setting:
        return made
    words = _most((word for one in made for word in sorted(one.about)), _TOPICS)
    topics = tuple(f"{TOPIC}{word}" for word in words)
    return [msgspec.structs.replace(one, setting=topics) for one in made]


def _most(items: Iterable[str], count: int) -> tuple[str, ...]:
    """The commonest, of equally common ones the first."""
    return tuple(item for item, _ in Counter(items).most_common(count))


def _key(name: str, code: str) -> str:
    """The key of an entity; of a name that a country shares with others, with its code."""
    key = name_key(name)
    return f"{key} {code}" if code and key in lexicon().namesakes else key


def _statement(row: tuple[Any, ...], facts: _Facts, doc: str, rank: int, lineage: str) -> Statement:
    number, claim_id, text, sentence, start, end, spans, source_spans, source_name, *rest = row
    predicate, subject, polarity, certainty, published = rest
    subject = subject or ""
    figures, dates = facts.figures.get(claim_id, []), facts.dates.get(claim_id, [])
    places = _places(spans, (start, end))
    inside = [_without_number(mention, figures) for mention in _within(facts, places)]
    holders = [mention[2] for mention in _within(facts, _places(source_spans))]
    referent, meant = _meant(subject, text, facts)
    aside_names, nouns = _beside(inside, text, subject)
    entities = {mention[2] for mention in inside} - aside_names | meant
    actors, patients = _parties(facts.roles.get(claim_id, []), entities, inside, subject)
    own = not holders or bool(entities)
    of_self = _SELF.match(subject) is not None
    nobody_else = not entities and (of_self or not subject or not figures)
    if holders and (nobody_else or (of_self and certainty == "denied")):
        # "Gorman Steel reported a profit": the statement is about who makes it
        entities |= set(holders)
        actors = actors or {holders[0]}
    parts = [words for mention in inside for words in (mention[4], mention[3])]
    parts += [words for *_, words in figures] + [date[4] for date in dates] + nouns
    left_over = f"{referent} {without(text, parts)}"
    about, turned = affirmed(tokens(left_over))
    aside = _aside(about, left_over, _clauses_in(start, end, text, facts))
    verb, giving, deal = verbs(predicate or text), side(predicate or ""), False
    if "pay" in about and _pays_for(text, figures):
        about, giving, deal = about - {"pay"} | {"trade"}, -1, True
    mood = mood_of(certainty)
    # of a verb in another clause the date may be, too
    one_clause = lexicon().clauses.search(text.lower()) is None
    return Statement(
        row=number,
        rank=rank,
        doc_id=doc,
        published=published or "",
        lineage=lineage,
        source=name_key(_ARTICLE.sub("", source_name)) if source_name else "",
        about=about,
        acts=tokens(predicate or ""),
        aside=aside,
        entities=frozenset(entities),
        setting=facts.setting,
        actors=frozenset(actors),
        patients=frozenset(patients),
        goals=frozenset(_GOAL.findall(text)),
        origins=frozenset(_ORIGIN.findall(text)),
        side=giving,
        amounts=_amounts(figures, text, subject, about),
        dates=_dates(dates, own=own),
        flipped=((polarity == "negated") != (mood == "denied")) != bool(turned),
        mood="real" if mood == "denied" else mood,
        single=one_clause and bool(verb & lexicon().once),
        rare=one_clause and bool(verb & lexicon().rare),
        deal=deal or bool(verb & (lexicon().once | lexicon().deals)),
        state=bool(verb & lexicon().stative),
        newer=lexicon().news.search(sentence.lower()) is not None,
        vague=subject.lower().startswith(("a ", "an ")),
        part=lexicon().parts.search(text.lower()) is not None,
    )


def _parties(
    roles: list[Any], entities: set[str], inside: list[_Mention], subject: str
) -> tuple[set[str], set[str]]:
    """Those of the entities that do it, and those it is done to."""
    actors = {name_key(name) for name, role in roles if role in _ACTORS} & entities
    actors -= {mention[2] for mention in inside if _lies_within(subject, mention[3])}
    return actors, {name_key(name) for name, role in roles if role == "object"} & entities


def _aside(about: frozenset[str], left_over: str, clauses: list[str]) -> frozenset[str]:
    """What stands only in the clauses."""
    return about - affirmed(tokens(without(left_over, clauses)))[0] if clauses else frozenset()


def _clauses_in(start: int, end: int, text: str, facts: _Facts) -> list[str]:
    """Words of the claims in a claim that stand behind "after", "when", "because", ..."""
    at = bisect_right(facts.claims, (start, end, text))
    found = []
    while at < len(facts.claims) and facts.claims[at][0] < end:
        words = facts.claims[at][2]
        if facts.claims[at][1] <= end and word_before(text, words) in lexicon().openers:
            found.append(words)
        at += 1
    return found


def _dates(dates: list[Any], *, own: bool) -> tuple[When, ...]:
    """The calendar dates; that of the statement, too, where the claim has nothing of its own."""
    found = [
        When(first, last, modifier or "")
        for kind, first, last, modifier, _, role in dates
        if kind in _CALENDAR and first and last and (role not in _STATED_ABOUT or not own)
    ]
    if any(not when.modifier for when in found):
        # what "rose from a year earlier" is compared with
        found = [when for when in found if when.modifier != "from"]
    return tuple(found)


def _without_number(mention: _Mention, figures: list[Any]) -> _Mention:
    """Lido, where the model took "Lido 12.5" of "Lido 12.5 million euros" for a name."""
    found = _NUMBER.search(mention[3])
    if not found or not any(words.startswith(found[1]) for *_, words in figures):
        return mention
    name = mention[3][: found.start()]
    return (mention[0], mention[0] + len(name), name_key(name), name, *mention[4:])


def _meant(subject: str, text: str, facts: _Facts) -> tuple[str, set[str]]:
    """The words and entities of a subject that stands only in what "which" or "it" refers to."""
    if not subject or subject in text:
        return "", set()
    found = {name.removeprefix("The ") for name in _CAPITAL.findall(subject)}
    names = found & facts.names.keys()
    return without(subject, list(names)), {facts.names[name] for name in names}


def _countries_of(inside: list[_Mention], text: str) -> set[str]:
    """Countries that only tell where a place lies: "the Peruvian province of Arequipa"."""
    found: set[str] = set()
    for one, other in pairwise(inside):
        country, place = (one, other) if one[5] else (other, one)
        if not country[5] or place[5] or country[5] != place[6]:
            continue
        start = text.find(one[3])
        end = text.find(other[3], start + len(one[3])) if start >= 0 else -1
        between = text[start + len(one[3]) : end].lower().replace(",", " ").split()
        if end >= 0 and lexicon().of_place.issuperset(between):
            found.add(country[2])
    return found


def _nationalities_of(inside: list[_Mention], text: str) -> tuple[set[str], list[str]]:
    """Countries and words that only introduce a name: "the Korean firm Hanbuk"."""
    found: set[str] = set()
    nouns = []
    for one, other in pairwise(inside):
        start, end = text.find(one[3]) + len(one[3]), text.find(other[3])
        between = text[start:end].split() if 0 < start < end else []
        if one[7] == "NORP" and len(between) == 1 and between[0].islower():
            found.add(one[2])
            nouns += between
    return found, nouns


def _beside(inside: list[_Mention], text: str, subject: str) -> tuple[set[str], list[str]]:
    """Names and words that only tell which one another name means."""
    names, nouns = _nationalities_of(inside, text)
    introductions = _introductions(inside, text, subject)
    told = {mention[2] for mention in inside if mention[3] not in " ".join(introductions)}
    if told:  # "Lumex's head, Nils Berg, earned": not Lumex
        names |= {mention[2] for mention in inside} - told
    return names | _countries_of(inside, text), nouns + introductions


def _introductions(inside: list[_Mention], text: str, subject: str) -> list[str]:
    """Words beside a name that only tell who or what it is."""
    found = []
    for name in {mention[3] for mention in inside}:
        at = text.find(name)
        if at < 0:
            continue
        before, behind = text[max(0, at - 60) : at], text[at + len(name) :]
        if introduced := lexicon().kinds.search(before):
            found.append(introduced[1])
        if subject and before.endswith(f"{subject}, ") and behind.startswith(","):
            found.append(subject)  # "The driver, Jan Berg, ran", where the driver is the subject
        if told := _APPOSITION.match(behind):
            found.append(told[1])
    return found


def _lies_within(subject: str, words: str) -> bool:
    """True if a name only tells which: the fire on the Silvana is not the Silvana."""
    before = word_before(subject, words)
    return (word_before(subject, f"the {words}") if before == "the" else before) in lexicon().inside


def _pays_for(text: str, figures: list[Any]) -> bool:
    return any(f"{words} for " in text for kind, *_, words in figures if kind == "money")


def _places(cell: str | None, cover: tuple[int, int] | None = None) -> list[tuple[int, int]]:
    if cell:
        return [(start, end) for start, end in json.loads(cell)]
    return [cover] if cover else []


def _within(facts: _Facts, places: list[tuple[int, int]]) -> list[_Mention]:
    return [mention for place in places for mention in facts.mentions_in(*place)]


def _amounts(
    figures: list[Any], text: str, subject: str, about: frozenset[str]
) -> tuple[Amount, ...]:
    """The figures but for the 5 of "from 5 to 7 percent" and the 9 of "3 of the 9 seats"; else the
    bare number of a toll."""
    found = []
    listed = _of_main_clause(figures, text, subject)
    wholes = {
        whole[-1]
        for part, whole in pairwise(listed)
        if f"{part[-1]} of the {whole[-1]}" in text or f"{part[-1]} of {whole[-1]}" in text
    }
    for figure in listed:
        before = word_before(text, figure[-1])
        # "millions of euros" could be any sum
        if figure[2:5] != [None, None, None] and before != "from" and figure[-1] not in wholes:
            found.append(_amount(figure, step=_is_step(before, about)))
    if not figures and about & lexicon().running and (number := bare_number(text)):
        value = Decimal(number.replace(",", ""))
        found = [Amount("count", "", value, None, None, loose=False, change=False, words=number)]
    return tuple(found)


def _is_step(before: str, about: frozenset[str]) -> bool:
    """True if a figure tells how far something went, by the word before it."""
    moves = about & MOVES and not about & lexicon().running
    if before in ("to", "at"):
        # "growth was revised to 2 percent" is no more than that it was 2 percent
        return bool(moves and about & lexicon().corrects)
    return bool(moves) or (before == "by" and bool(about & lexicon().moved))


def _of_main_clause(figures: list[Any], text: str, subject: str) -> list[Any]:
    """Without the half of "With half of the ballots counted, she has 11 percent"."""
    begin = text.find(subject) if subject and text.startswith("With ") else -1
    behind = [figure for figure in figures if text.find(figure[-1]) > begin]
    return behind or figures


def _amount(figure: list[Any], *, step: bool) -> Amount:
    kind, unit, value, low, high, qualifier, per, flags, words = figure
    exact, least, most = (
        Decimal(number) if number is not None else None for number in (value, low, high)
    )
    return Amount(
        kind,
        UNKNOWN if _TRUNCATED in flags else unit_of(kind, unit or "", per),
        exact,
        least,
        most,
        loose=qualifier in ("about", "almost"),
        change=step and kind != "count",
        words=words,
    )
