"""The analyst's word on entities holds on every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.records import (
    Analysis,
    CleanDocument,
    DocumentResult,
    Entity,
    EntityMention,
    Metadata,
    SourceDocument,
    Span,
)
from pipeline.review.entities import read_entity_decisions

TEXT = "Acme grew. ACME Corp sold Acme."


def result() -> DocumentResult:
    entities = (Entity("e_1", "Acme", "PERSON"), Entity("e_2", "ACME Corp", "ORG"))
    mentions = (
        EntityMention(Span(0, 4), "PERSON", "e_1"),
        EntityMention(Span(11, 20), "ORG", "e_2"),
        EntityMention(Span(26, 30), "PERSON", "e_1"),
    )
    source = SourceDocument("d_1", "a.txt", TEXT, "0" * 64, "txt")
    analysis = Analysis(entities=entities, mentions=mentions)
    return DocumentResult(CleanDocument(source, ()), Metadata(), "en", analysis)


def write(corpus: Path, *rows: str) -> None:
    (corpus / "_claims").mkdir(parents=True)
    text = "\r\n".join(["entity_id;action;value;words", *rows])
    (corpus / "_claims" / "entities.csv").write_text(text, "utf-8-sig")


def test_two_entities_become_one_and_the_old_id_leads_to_it(tmp_path: Path) -> None:
    write(tmp_path, "e_1;merge;e_2;")
    decided = read_entity_decisions([tmp_path])
    analysis = decided.applied(result())[0].analysis
    assert {mention.entity_id for mention in analysis.mentions} == {"e_2"}
    assert [entity.name for entity in analysis.entities] == ["ACME Corp"]
    assert decided.merges == [("e_1", "e_2")]


def test_a_name_is_changed_and_the_id_stays(tmp_path: Path) -> None:
    write(tmp_path, "e_2;rename;Acme Corporation;")
    analysis = read_entity_decisions([tmp_path]).applied(result())[0].analysis
    assert ("e_2", "Acme Corporation") in {(e.entity_id, e.name) for e in analysis.entities}


def test_a_renamed_target_of_a_merge_bears_its_new_name(tmp_path: Path) -> None:
    write(tmp_path, "e_2;rename;Acme Corporation;", "e_1;merge;e_2;")
    analysis = read_entity_decisions([tmp_path]).applied(result())[0].analysis
    assert [(e.entity_id, e.name) for e in analysis.entities] == [("e_2", "Acme Corporation")]


def test_without_a_file_nothing_changes(tmp_path: Path) -> None:
    assert read_entity_decisions([tmp_path]).applied(result()) == (result(), [])


def test_a_wrong_row_is_named(tmp_path: Path) -> None:
    write(tmp_path, "e_1;melt;e_2;")
    with pytest.raises(ConfigError, match=r"row 2, column action: 'melt'"):
        read_entity_decisions([tmp_path])


def test_merges_in_a_circle_are_told(tmp_path: Path) -> None:
    write(tmp_path, "e_1;merge;e_2;", "e_2;merge;e_1;")
    with pytest.raises(ConfigError, match="in a circle"):
        read_entity_decisions([tmp_path])
