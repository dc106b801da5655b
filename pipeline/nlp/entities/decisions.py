"""The analyst's word on entities: merge, split, rename, retype.

Decisions are rows of `entities.csv`: entity_id, action, value, words. They are applied to the
records of each document on every run, after the machine's own links, so they hold on new texts.

    merge   entity_id becomes one with the entity `value` (an entity id)
    rename  its canonical name is `value`; the id stays
    retype  its type is `value`; the id is the one that this type gives, the old one redirects
    split   its mentions worded `words` are another entity of the name `value`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import ConfigError
from pipeline.nlp.entities.names import NAMED, person_words
from pipeline.nlp.entities.normal import entity_id, entity_redirects, normal_name
from pipeline.records import Entity, EntityMention

COLUMNS = ("entity_id", "action", "value", "words")
ACTIONS = ("merge", "split", "rename", "retype")
RULE = "analyst"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: see the head of this module."""

    entity_id: str
    action: str
    value: str
    words: str = ""


def canonical_key(kind: str, name: str) -> str:
    """The key that the id of an entity without a code is made of."""
    return normal_name(" ".join(person_words(name)) if kind == "PERSON" else name)


def is_own_name(entity: Entity) -> bool:
    """True if the id is made of this name; False if an analyst gave the name or the id."""
    keys = (entity.code, canonical_key(entity.type, entity.name), normal_name(entity.name))
    return entity.entity_id in [entity_id(entity.type, key) for key in keys if key]


def parse_decisions(rows: Iterable[Mapping[str, str]], path: str) -> tuple[Decision, ...]:
    """The decisions in the rows of a sheet; rows without an action are passed over.

    Raises:
        ConfigError: with all problems, each with its row and column.
    """
    found, problems = [], []
    for number, row in enumerate(rows, 2):
        cells = {
            key: (row.get(key) or "").strip() for key in ("entity_id", "action", "value", "words")
        }
        if not cells["action"]:
            continue
        action, value = cells["action"].lower(), cells["value"]
        if action not in ACTIONS:
            problems.append(f"row {number}, column action: {action!r} is none of {ACTIONS}")
        if not cells["entity_id"]:
            problems.append(f"row {number}, column entity_id: is empty")
        if not value:
            problems.append(f"row {number}, column value: is empty")
        elif action == "retype" and value not in NAMED:
            problems.append(f"row {number}, column value: {value!r} is none of {sorted(NAMED)}")
        if action == "split" and not cells["words"]:
            problems.append(f"row {number}, column words: a split needs the words to split off")
        found.append(Decision(cells["entity_id"], action, value, cells["words"]))
    if problems:
        raise ConfigError(f"{path}: " + "; ".join(problems))
    return tuple(found)


def redirects(decisions: Iterable[Decision], known: Mapping[str, Entity]) -> Mapping[str, str]:
    """Old entity id -> the id that stands for it after the decisions.

    Args:
        known: all entities by id, for the new ids of retyped ones.

    Raises:
        ValueError: merges run in a circle.
    """
    pairs = []
    for decision in decisions:
        if decision.action == "merge":
            pairs.append((decision.entity_id, decision.value))
        elif decision.action == "retype" and decision.entity_id in known:
            new = retyped(known[decision.entity_id], decision.value)
            pairs.append((decision.entity_id, new.entity_id))
    return entity_redirects(pairs)


def retyped(entity: Entity, kind: str) -> Entity:
    """The entity under another type, with the id that this type gives."""
    key = entity.code or canonical_key(kind, entity.name)
    return replace(entity, entity_id=entity_id(kind, key), type=kind)


def apply_decisions(
    entities: Sequence[Entity],
    mentions: Sequence[EntityMention],
    text: str,
    decisions: Sequence[Decision],
    known: Mapping[str, Entity],
) -> tuple[tuple[Entity, ...], tuple[EntityMention, ...]]:
    """Entities and mentions of one document after the analyst's decisions.

    Args:
        text: the text that the mentions' spans point into.
        known: all entities of the corpus by id, as the machine made them: the target of a merge
            need not stand in this document.
    """
    table = {entity.entity_id: entity for entity in entities}
    moved = list(mentions)
    final = redirects(decisions, known)
    names = {
        decision.entity_id: decision.value for decision in decisions if decision.action == "rename"
    }
    for decision in decisions:
        entity = table.get(decision.entity_id)
        if entity is None:
            continue
        if decision.action == "split":
            part = Entity(
                entity_id(entity.type, canonical_key(entity.type, decision.value)),
                decision.value,
                entity.type,
            )
            table[part.entity_id] = part
            moved = [
                relink(mention, part.entity_id)
                if mention.entity_id == entity.entity_id
                and normal_name(mention.span.of(text)) == normal_name(decision.words)
                else mention
                for mention in moved
            ]
            continue
        new = changed(entity, decision, final, {**known, **table})
        new = replace(new, name=names.get(new.entity_id, new.name))
        table[new.entity_id] = new
        if new.entity_id != entity.entity_id:
            del table[entity.entity_id]
            moved = [
                relink(mention, new.entity_id) if mention.entity_id == entity.entity_id else mention
                for mention in moved
            ]
    used = {mention.entity_id for mention in moved}
    kept = tuple(entity for entity in table.values() if entity.entity_id in used)
    return kept, tuple(moved)


def changed(
    entity: Entity, decision: Decision, final: Mapping[str, str], known: Mapping[str, Entity]
) -> Entity:
    """The entity that stands for `entity` after a merge, rename or retype."""
    if decision.action == "rename":
        return replace(entity, name=decision.value)
    if decision.action == "retype":
        return retyped(entity, decision.value)
    target = final.get(decision.value, decision.value)
    return known.get(target, replace(entity, entity_id=target))


def relink(mention: EntityMention, target: str) -> EntityMention:
    """The mention as the analyst links it."""
    return replace(mention, entity_id=target, rule=RULE, confidence=1.0)
