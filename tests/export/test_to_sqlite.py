"""The database: keys, entities over all documents, bounded work."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.export import to_sqlite
from pipeline.export.additions import Addition, addition
from pipeline.export.reader import TableReader
from pipeline.export.stats import stats
from pipeline.nlp.entities.normal import entity_id, normal_name
from pipeline.records import DocumentResult, Entity, EntityMention, Fact, Link, Problem

Build = Callable[..., DocumentResult]


def written(path: Path, *results: DocumentResult) -> Path:
    to_sqlite.write([addition(results)], path)
    return path


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def named(result: DocumentResult, name: str, published: str = "2021-11") -> DocumentResult:
    """The result with another name for its entity, and another date."""
    (entity,) = result.analysis.entities
    analysis = replace(result.analysis, entities=(replace(entity, name=name),))
    metadata = replace(result.metadata, published=Fact(published, "text"))
    return replace(result, analysis=analysis, metadata=metadata)


def test_an_entity_has_one_name_in_all_documents(make_result: Build, tmp_path: Path) -> None:
    path = written(
        tmp_path / "x",
        named(make_result("a.txt"), "The Union", "2021"),
        named(make_result("b.txt"), "Dockers' Union", "2020-03-01"),
        named(make_result("c.txt"), "Dockers' Union"),
    )
    assert query(path, "SELECT * FROM entities") == [
        (
            "e_00000000000000aa",
            "Dockers' Union",
            "ORG",
            None,
            "PT",
            3,
            3,
            None,
            "2020-03-01",
            "2021-11",
        )
    ]
    assert query(path, "SELECT DISTINCT entities FROM claims") == [("Dockers' Union",)]


def test_a_merged_entity_bears_the_name_that_its_id_is_made_of(
    make_result: Build, tmp_path: Path
) -> None:
    target = entity_id("ORG", normal_name("Orvale"))

    def merged(path: str, name: str) -> DocumentResult:
        result = named(make_result(path), name)
        (entity,) = result.analysis.entities
        mentions = tuple(replace(mention, entity_id=target) for mention in result.analysis.mentions)
        analysis = replace(
            result.analysis, entities=(replace(entity, entity_id=target),), mentions=mentions
        )
        return replace(result, analysis=analysis)

    shown = ("Orvale", "Quillon Construction", "Quillon Construction")
    results = [merged(f"{n}.txt", name) for n, name in enumerate(shown)]
    path = written(tmp_path / "a.sqlite", *results)
    assert query(path, "select name from entities") == [("Orvale",)]


def test_aliases_are_names_most_frequent_first(make_result: Build, tmp_path: Path) -> None:
    def with_rules(path: str, *rules: str) -> DocumentResult:
        result = make_result(path)
        (mention,) = result.analysis.mentions
        spans = [mention.span, *(date.span for date in result.analysis.dates)]
        mentions = tuple(
            EntityMention(span, "ORG", mention.entity_id, rule)
            for span, rule in zip(spans, rules, strict=False)
        )
        return replace(result, analysis=replace(result.analysis, mentions=mentions))

    path = written(
        tmp_path / "x",
        with_rules("a.txt", "name", "acronym"),
        with_rules("b.txt", "name"),
        with_rules("c.txt", "pronoun"),
    )
    assert query(path, "SELECT aliases, n_mentions, n_documents FROM entities") == [
        ("The union; Friday", 4, 3)
    ]


def test_an_entity_that_only_a_list_names(make_result: Build, tmp_path: Path) -> None:
    result = make_result()
    entities = (*result.analysis.entities, Entity("e_00000000000000bb", "Nobody", "PERSON"))
    result = replace(result, analysis=replace(result.analysis, entities=entities))
    path = written(tmp_path / "x", result)
    assert query(path, "SELECT name, n_mentions, aliases FROM entities ORDER BY 1 DESC") == [
        ("Nobody", 0, None),
        ("Dockers' Union", 1, None),
    ]


def test_a_result_that_makes_no_sense_goes_to_quarantine(
    make_result: Build, tmp_path: Path
) -> None:
    """One defect must not cost the others their outputs."""
    stray, broken = make_result("a.txt"), make_result("b.txt")
    stray = replace(stray, analysis=replace(stray.analysis, entities=()))
    (claim,) = broken.analysis.claims
    claims = (replace(claim, dates=(Link(7),)),)
    broken = replace(broken, analysis=replace(broken.analysis, claims=claims))
    path = written(tmp_path / "x", stray, broken, make_result("c.txt"))
    assert query(path, "SELECT path FROM documents") == [("c.txt",)]
    assert query(path, "SELECT path, stage, reason FROM quarantine") == [
        ("a.txt", "export", "inconsistent"),
        ("b.txt", "export", "inconsistent"),
    ]
    problems = query(path, "SELECT problem FROM quarantine")
    assert "e_00000000000000aa" in str(problems[0])
    assert "link 7" in str(problems[1])


def test_rows_that_fit_no_table_stop_the_export(make_result: Build, tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"a\.txt"):
        written(tmp_path / "x", make_result("a.txt"), make_result("a.txt"))


def test_a_mention_without_an_entity_is_kept(make_result: Build, tmp_path: Path) -> None:
    result = make_result()
    (mention,) = result.analysis.mentions
    mentions = (replace(mention, entity_id=""),)
    result = replace(result, analysis=replace(result.analysis, mentions=mentions))
    path = written(tmp_path / "x", result)
    assert query(path, "SELECT entity_id FROM mentions") == [(None,)]
    assert query(path, "SELECT count(*) FROM claim_entities") == [(0,)]


def test_problems_and_redirects_are_sorted(make_result: Build, tmp_path: Path) -> None:
    problems = [Problem("b", "nlp", "x", ""), Problem("a", "ingest", "y", "why")]
    redirects = [("e_2", "e_3"), ("e_1", "e_3"), ("e_2", "e_3")]
    made = addition([make_result()])
    made.quarantine, made.set_aside, made.redirects = problems[:1], problems[1:], redirects[:2]
    more = Addition(quarantine=problems[1:])
    path = tmp_path / "x"
    to_sqlite.write([made, more], path, set_aside=problems[:1], redirects=redirects[2:])
    rows: list[tuple[object, ...]] = [("a", "ingest", "y", "why"), ("b", "nlp", "x", None)]
    assert query(tmp_path / "x", "SELECT * FROM quarantine") == rows
    assert query(tmp_path / "x", "SELECT * FROM set_aside") == rows
    assert query(tmp_path / "x", "SELECT * FROM entity_redirects") == [
        ("e_1", "e_3"),
        ("e_2", "e_3"),
    ]


def test_no_documents_at_all(tmp_path: Path) -> None:
    with TableReader(written(tmp_path / "x")) as tables:
        counted = stats(tables)
        assert set(counted.rows.values()) == {0}
        assert counted.sums["characters"] == 0
        assert [len(frame) for frame in tables.frames("claims")] == [0]


def test_the_summary_counts(result: DocumentResult, tmp_path: Path) -> None:
    problem = Problem("bad", "ingest", "empty", "")
    made = addition([result])
    made.quarantine.append(problem)
    to_sqlite.write([made], tmp_path / "x")
    with TableReader(tmp_path / "x") as tables:
        counted = stats(tables)
    assert (counted.rows["documents"], counted.rows["claims"]) == (1, 1)
    assert counted.sums["sentences_without_claim"] == 2
    assert counted.groups["quarantined"] == {"empty": 1}
    assert counted.groups["unclaimed"] == {"heading": 1, "other": 1}
