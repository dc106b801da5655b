"""What analysts say of a document outranks metadata.csv."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.records import Fact, Metadata
from pipeline.review.decisions import Decision, DecisionFiles, append
from pipeline.review.metadata import analyst_rows, disputed


def said(path: str, who: str = "AQ", when: str = "2021-11-05T10:00:00Z", **facts: str) -> Decision:
    return Decision(when=when, who=who, kind="document", path=path, corrected=facts)


def test_it_outranks_metadata_csv_and_leaves_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "_claims" / "decisions.jsonl"
    append(file, [said("a.csv#2", outlet="Post"), said("a.csv#2", outlet="The Post", when="2022")])
    rows = {"a.csv#2": Metadata(outlet=Fact("Gazette", "metadata.csv"), title=Fact("T", "x"))}
    found = analyst_rows(rows, "a.csv", DecisionFiles([file]))
    assert found["a.csv#2"].outlet == Fact("The Post", "analyst")
    assert found["a.csv#2"].title == Fact("T", "x")
    assert analyst_rows({}, "b.txt", DecisionFiles([file])) == {}


def test_reviewers_who_disagree_change_nothing(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    append(file, [said("a.txt", outlet="Post"), said("a.txt", "BB", outlet="Mail")])
    assert analyst_rows({}, "a.txt", DecisionFiles([file])) == {}
    assert disputed(DecisionFiles([file]).of("a.txt")) == ["a.txt: outlet: AQ: Post; BB: Mail"]


def test_lines_that_make_no_sense_are_named(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    append(file, [said("a.txt", outlet="Post")])
    with file.open("a") as lines:
        lines.write('{"path": 1}\n{"when": "", "who": "", "kind": "claim", "path": "a"}\nhalf')
    with pytest.raises(ConfigError, match=r"line 2: .*\n.*line 3: .*seen\n.*line 4"):
        DecisionFiles([file])


def test_a_last_line_left_open_is_closed_first(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    append(file, [said("a.txt", outlet="Post")])
    file.write_text(file.read_text().rstrip("\n"))
    append(file, [said("b.txt", outlet="Mail")])
    assert DecisionFiles([file]).paths() == ["a.txt", "b.txt"]
