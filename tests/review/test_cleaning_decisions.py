# ruff: noqa: E501 (examples read better on one line)
"""Analysts' decisions about cleaning are written and read back beside the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.records import CleaningDecision, SourceDocument
from pipeline.review.cleaning import FILE, add_decision, decide, read_decisions

SOURCE = SourceDocument("d", "a.txt", "First line\n\nThird\u00a0line", "", "txt")


def test_what_is_written_is_read_back_in_order(tmp_path: Path) -> None:
    made = [
        CleaningDecision("restore", rule="footnote"),
        CleaningDecision("remove", line=3, words="x"),
    ]
    for decision in made:
        add_decision(tmp_path, "a.txt", decision)
    add_decision(tmp_path, "b.txt", made[0])
    assert read_decisions(tmp_path) == {"a.txt": tuple(made), "b.txt": (made[0],)}


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path) == {}


def test_every_problem_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.parent.mkdir()
    file.write_text(
        '{"path":"a","action":"keep","rule":"x"}\n\nno json\n{"path":"a","action":"remove","rule":"x"}\n'
    )
    with pytest.raises(ConfigError) as caught:
        read_decisions(tmp_path)
    assert all(f"line {n}:" in str(caught.value) for n in (1, 3, 4))


def test_targets_are_lines_or_rules() -> None:
    assert decide(SOURCE, "restore", "byline") == CleaningDecision("restore", rule="byline")
    assert decide(SOURCE, "remove", "3") == CleaningDecision("remove", line=3, words="Third line")


@pytest.mark.parametrize(
    ("action", "target"), [("remove", "byline"), ("remove", "2"), ("restore", "9")]
)
def test_a_target_that_makes_no_sense_is_an_error(action: str, target: str) -> None:
    with pytest.raises(ConfigError):
        decide(SOURCE, action, target)
