"""Events as several outlets tell them, from the articles to the tables: what of the labelled
contradictions, updates and groups is found, and what is told that is none."""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import DocumentResult

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE.parent / "quality" / "across.toml").read_text("utf-8"))
MARK = re.compile(r"\[([a-z]\d+)\]")
KINDS = ("contradiction", "update", "group")
#: Parts of the events, and the file where each stands.
PARTS = dict.fromkeys(("first", "closed"), "stories.toml")
PARTS |= dict.fromkeys(("second", "blind"), "stories_more.toml")

#: A claim by its mark: "ferry fire/a1".
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its path, text, outlet and date, and the places of its marks in the text."""

    path: str
    text: str
    outlet: str
    published: str
    marks: dict[str, int]


@dataclass(slots=True)
class Labels:
    """Labelled pairs by kind; group holds all pairs that speak of one fact."""

    pairs: dict[str, set[Pair]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    alike: set[Pair] = field(default_factory=set)
    open: set[Pair] = field(default_factory=set)


@dataclass(slots=True)
class Score:
    """Of each kind how many pairs are right, told and labelled, and which are not right."""

    right: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    alike: int = 0

    def precision(self, kind: str) -> float:
        return self.right[kind] / self.told[kind] if self.told[kind] else 1.0

    def recall(self, kind: str) -> float:
        return self.right[kind] / self.labelled[kind] if self.labelled[kind] else 1.0


def read(path: Path, part: str) -> tuple[list[Story], Labels]:
    """The articles and labels of one part of the file."""
    made, labels = [], Labels()
    for told in tomllib.loads(path.read_text("utf-8"))["sets"]:
        if told["part"] == part:
            made += [_story(told["name"], article) for article in told["articles"]]
            _label(told, labels)
    return made, labels


def _story(name: str, article: dict[str, str]) -> Story:
    pieces = MARK.split(article["text"].lstrip())
    text, marks = pieces[0], {}
    for mark, words in zip(pieces[1::2], pieces[2::2], strict=True):
        marks[f"{name}/{mark}"] = len(text)
        text += words
    folder = name.replace(" ", "_")
    path = f"{folder}/{article['path']}"
    return Story(path, text, article["outlet"], article["published"], marks)


def _label(told: dict[str, Any], labels: Labels) -> None:
    def pairs(key: str) -> set[Pair]:
        names = [re.findall(r"\w+", label) for label in told.get(key, [])]
        return {
            frozenset(f"{told['name']}/{mark}" for mark in pair)
            for listed in names
            for pair in combinations(listed, 2)
        }

    labels.pairs["contradiction"] |= pairs("contradictions")
    labels.pairs["update"] |= pairs("updates")
    labels.pairs["group"] |= pairs("same") | pairs("contradictions") | pairs("updates")
    labels.alike |= pairs("alike")
    labels.open |= pairs("open")


def named(connection: sqlite3.Connection, stories: list[Story]) -> dict[str, str]:
    """For each claim_id its marks, joined by "+", else its path and words."""
    rows: dict[str, list[tuple[int, str, list[tuple[int, int]]]]] = {}
    found: dict[str, str] = {}
    query = "SELECT path, claim_id, claim_text, start, end, spans FROM claims"
    for path, claim, words, start, end, spans in connection.execute(query):
        places = [(a, b) for a, b in json.loads(spans)] if spans else [(start, end)]
        size = sum(b - a for a, b in places)
        rows.setdefault(path, []).append((size, claim, places))
        found[claim] = f"{path}: {words}"
    marks: dict[str, list[str]] = {}
    for story in stories:
        for mark, at in story.marks.items():
            over = [
                (size, claim)
                for size, claim, places in rows.get(story.path, [])
                if any(a <= at < b for a, b in places)
            ]
            if over:
                marks.setdefault(min(over)[1], []).append(mark)
    return found | {claim: "+".join(listed) for claim, listed in marks.items()}


def score(connection: sqlite3.Connection, stories: list[Story], labels: Labels) -> Score:
    """How the links and groups of a database stand to the labels."""
    names = named(connection, stories)
    made = Score()
    seen: dict[str, set[Pair]] = {kind: set() for kind in KINDS}
    for kind, one, other, values in _told(connection):
        pairs = _pairs(names[one], names[other])
        if pairs & labels.open or any(pair in seen[kind] for pair in pairs):
            continue
        seen[kind] |= pairs
        made.told[kind] += 1
        if pairs & labels.pairs[kind]:
            made.right[kind] += 1
        else:
            made.alike += bool(pairs & labels.alike)
            made.wrong.append(f"{kind}{values}: {names[one]} | {names[other]}")
    for kind in KINDS:
        made.labelled[kind] = len(labels.pairs[kind])
        lost = labels.pairs[kind] - seen[kind]
        made.missed += sorted(f"{kind}: {' | '.join(sorted(pair))}" for pair in lost)
    return made


def _pairs(one: str, other: str) -> set[Pair]:
    return {frozenset((a, b)) for a in one.split("+") for b in other.split("+")}


def _told(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    query = "SELECT relation, claim_id, other_id, value, other_value FROM claim_links"
    for kind, one, other, value, other_value in connection.execute(query):
        yield kind, one, other, f" ({value} / {other_value})"
    query = (
        "SELECT a.claim_id, b.claim_id FROM claims AS a JOIN claims AS b"
        " ON a.group_id = b.group_id AND a.claim_id < b.claim_id"
    )
    for one, other in connection.execute(query):
        yield "group", one, other, ""


@pytest.mark.parametrize("part", PARTS)
def test_what_is_told_of_several_articles_keeps_its_precision_and_recall(
    part: str, article: Callable[..., DocumentResult], link: Callable[..., sqlite3.Connection]
) -> None:
    stories, labels = read(HERE / PARTS[part], part)
    made = [article(told.path, told.text, told.published, told.outlet) for told in stories]
    found = score(link(made), stories, labels)
    for kind in KINDS:
        floor = FLOORS["stories"][part][kind]
        assert found.precision(kind) >= floor["precision"], (kind, found.wrong)
        assert found.recall(kind) >= floor["recall"], (kind, found.missed)
    assert found.alike <= FLOORS["stories"][part]["alike"], found.wrong


def test_the_labels_are_many_enough_and_speak_of_marks_that_are_there() -> None:
    parts = [read(HERE / file, part) for part, file in PARTS.items()]
    marks = {mark for stories, _ in parts for told in stories for mark in told.marks}
    labels = [labelled for _, labelled in parts]
    pairs = set().union(*(x.alike | x.open | x.pairs["group"] for x in labels))
    assert {mark for pair in pairs for mark in pair} <= marks
    assert sum(len(x.alike) for x in labels) >= 100
    assert sum(len(x.pairs["contradiction"] | x.pairs["update"]) for x in labels) >= 60
