"""The analyst's decisions on entities."""

from __future__ import annotations

import pytest

from pipeline.errors import ConfigError
from pipeline.nlp.entities.decisions import (
    Decision,
    apply_decisions,
    parse_decisions,
    redirects,
)
from pipeline.nlp.entities.normal import entity_id
from pipeline.records import Entity, EntityMention, Span

TEXT = "Roe and Doe"
ROE = Entity(entity_id("PERSON", "roe"), "Roe", "PERSON")
DOE = Entity(entity_id("PERSON", "doe"), "Doe", "PERSON")
MENTIONS = (
    EntityMention(Span(0, 3), "PERSON", ROE.entity_id),
    EntityMention(Span(8, 11), "PERSON", DOE.entity_id),
)
KNOWN = {ROE.entity_id: ROE, DOE.entity_id: DOE}


def apply(*decisions: Decision) -> tuple[tuple[Entity, ...], tuple[EntityMention, ...]]:
    return apply_decisions((ROE, DOE), MENTIONS, TEXT, decisions, KNOWN)


def test_nothing_decided_changes_nothing() -> None:
    assert apply() == ((ROE, DOE), MENTIONS)


def test_merge_moves_the_mentions_and_redirects_the_old_id() -> None:
    decision = Decision(DOE.entity_id, "merge", ROE.entity_id)
    entities, mentions = apply(decision)
    assert entities == (ROE,)
    assert {mention.entity_id for mention in mentions} == {ROE.entity_id}
    assert [mention.rule for mention in mentions] == ["name", "analyst"]
    assert redirects([decision], KNOWN) == {DOE.entity_id: ROE.entity_id}


def test_rename_keeps_the_id() -> None:
    entities, mentions = apply(Decision(ROE.entity_id, "rename", "Jane Roe"))
    assert entities[0] == Entity(ROE.entity_id, "Jane Roe", "PERSON")
    assert mentions == MENTIONS


def test_retype_gives_the_id_that_the_right_type_would_have_given() -> None:
    entities, _ = apply(Decision(ROE.entity_id, "retype", "ORG"))
    new = Entity(entity_id("ORG", "roe"), "Roe", "ORG")
    assert new in entities
    assert redirects([Decision(ROE.entity_id, "retype", "ORG")], KNOWN) == {
        ROE.entity_id: new.entity_id
    }


def test_split_takes_the_mentions_of_these_words() -> None:
    merged = (MENTIONS[0], EntityMention(Span(8, 11), "PERSON", ROE.entity_id))
    decision = Decision(ROE.entity_id, "split", "John Doe", "Doe")
    entities, mentions = apply_decisions((ROE,), merged, TEXT, (decision,), {})
    assert [entity.name for entity in entities] == ["Roe", "John Doe"]
    assert mentions[0] == MENTIONS[0]
    assert mentions[1].entity_id == entity_id("PERSON", "john doe")


def test_a_decision_holds_on_a_second_application() -> None:
    decision = Decision(DOE.entity_id, "merge", ROE.entity_id)
    once = apply(decision)
    assert apply_decisions(*once, TEXT, (decision,), KNOWN) == once


def test_all_problems_of_a_sheet_are_listed() -> None:
    rows = [
        {"entity_id": "e_1", "action": "", "value": "", "words": ""},
        {"entity_id": "", "action": "merge", "value": "e_2", "words": ""},
        {"entity_id": "e_1", "action": "explode", "value": "", "words": ""},
        {"entity_id": "e_1", "action": "retype", "value": "COMPANY", "words": ""},
        {"entity_id": "e_1", "action": "split", "value": "X", "words": ""},
    ]
    with pytest.raises(ConfigError) as error:
        parse_decisions(rows, "entities.csv")
    assert all(f"row {row}" in str(error.value) for row in (3, 4, 5, 6))
    assert "row 2" not in str(error.value)


def test_rows_are_read() -> None:
    rows = [{"entity_id": "e_1", "action": "Rename", "value": "X", "words": ""}]
    assert parse_decisions(rows, "entities.csv") == (Decision("e_1", "rename", "X"),)
