"""What is written over in the Entities sheet becomes a decision on the entity."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.errors import ConfigError
from pipeline.nlp.entities.decisions import Decision
from pipeline.records import Entity, EntityMention, Span
from pipeline.review.entities import FILE, read_entity_decisions
from pipeline.review.entity_rows import append_decisions

PORT, QUAY, AUTHORITY, LINE = "e_1", "e_2", "e_3", "e_4"
NAMED = {PORT: ("Port of Sel", "ORG"), QUAY: ("Sel Quay", "ORG"),
         AUTHORITY: ("Sel Port Authority", "ORG"), LINE: ("Sel", "GPE")}  # fmt: skip


@pytest.fixture
def named(desk: Any) -> Any:
    """The desk's article with four entities, one a row of the Entities sheet, in this order."""
    result = desk.article()
    entities = tuple(Entity(id_, name, kind) for id_, (name, kind) in NAMED.items())
    mentions = tuple(
        EntityMention(Span(at, at + 1), entity.type, entity.entity_id)
        for at, entity in enumerate(entities)
    )
    desk.run(
        replace(result, analysis=replace(result.analysis, entities=entities, mentions=mentions))
    )
    return desk


def rows(desk: Any) -> dict[str, int]:
    """Entity id -> its row in the sheet."""
    sheet = openpyxl.load_workbook(desk.book)["Entities"]
    return {str(cell.value): cell.row for cell in sheet["A"]}


def edited(desk: Any, **cells: dict[str, str]) -> Path:
    """The workbook with cells of entities, named by their ids, written over."""
    at = rows(desk)
    return Path(desk.edited({at[id_]: edit for id_, edit in cells.items()}, sheet="Entities"))


def taken(desk: Any) -> list[tuple[str, str, str]]:
    made = read_entity_decisions([desk.folder / "corpus"]).decisions
    return [(d.entity_id, d.action, d.value) for d in made]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({PORT: {"name": "Port of Sel Bay"}}, [(PORT, "rename", "Port of Sel Bay")],
                     id="rename"),
        pytest.param({QUAY: {"name": "port of SEL"}}, [(QUAY, "merge", PORT)], id="merge"),
        pytest.param({QUAY: {"name": "Sel"}}, [(QUAY, "rename", "Sel")], id="of-another-type"),
        pytest.param({PORT: {"name": "Sel Pier"}, QUAY: {"name": "Sel Pier"}},
                     [(PORT, "rename", "Sel Pier"), (QUAY, "merge", PORT)], id="both-to-a-third"),
        pytest.param({LINE: {"type": "loc"}}, [(LINE, "retype", "LOC")], id="retype"),
        pytest.param({}, [], id="nothing-changed"),
    ],
)  # fmt: skip
def test_a_name_or_type_is_written_over(
    named: Any, cells: dict[str, dict[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    file = edited(named, **cells)
    taking = named.review(file)
    assert not taking.refused
    assert taken(named) == expected
    assert len(named.review(file).entities) == 0, "the same file a second time"
    assert taken(named) == expected


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({PORT: {"name": " "}}, "is empty", id="empty"),
        pytest.param({PORT: {"type": "SHIP"}}, "'SHIP' is none of", id="no-type"),
        pytest.param({PORT: {"name": "Sel", "type": "GPE"}}, "change one, run", id="both"),
        pytest.param({PORT: {"name": "Sel Quay"}, QUAY: {"name": "Port of Sel"}},
                     "is made part of another", id="exchanged-names"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    named: Any, cells: dict[str, dict[str, str]], reason: str
) -> None:
    taking = named.review(edited(named, **cells))
    assert len(taking.refused) == 1
    assert reason in taking.refused[0].reason


def test_a_dry_run_writes_nothing(named: Any) -> None:
    taking = named.review(edited(named, e_2={"name": "Port of Sel"}), dry_run=True)
    assert [item.decision for item in taking.entities] == [Decision(QUAY, "merge", PORT)]
    assert not (named.folder / "corpus" / FILE).exists()


def test_the_row_of_an_entity_that_is_gone_is_counted(named: Any) -> None:
    file = edited(named, e_2={"name": "Port of Sel"})
    named.run(named.article())
    taking = named.review(file)
    assert (taking.entities, taking.gone_entities) == ([], 4)


def test_rows_are_added_to_a_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_bytes("value;note;entity_id;action;words\r\nÅl;x;e_9;rename;".encode("cp1252"))
    append_decisions(path, [Decision("e_1", "rename", "Sel; or Sil")], "AQ", "2024-01-01T00:00:00Z")
    assert path.read_text("utf-8-sig").splitlines() == [
        "value;note;entity_id;action;words",
        "Ål;x;e_9;rename;",
        '"Sel; or Sil";;e_1;rename;',
    ]


def test_a_new_file_says_who_decided_and_when(tmp_path: Path) -> None:
    append_decisions(
        tmp_path / FILE, [Decision("e_1", "merge", "e_2")], "AQ", "2024-01-01T00:00:00Z"
    )
    assert (tmp_path / FILE).read_text("utf-8-sig").splitlines() == [
        "entity_id,action,value,words,reviewer,decided_at",
        "e_1,merge,e_2,,AQ,2024-01-01T00:00:00Z",
    ]


def test_a_file_without_the_columns_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text("id,what\n")
    with pytest.raises(ConfigError, match="no column action, entity_id, value, words"):
        append_decisions(path, [Decision("e_1", "merge", "e_2")], "AQ", "")
    assert path.read_text() == "id,what\n"
