"""`claims review` as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from pipeline.cli import main

if TYPE_CHECKING:
    from conftest import Desk


def test_files_follow_the_word_review(desk: Desk) -> None:
    book = desk.edited({2: {"decision": "accept"}, 3: {"decision": "acept"}})
    command = ["review", str(book), "--out", str(desk.out), "--reviewer", "AQ"]
    tried = CliRunner().invoke(main, [*command, "--dry-run"])
    assert tried.exit_code == 3
    assert "1 would be taken: 1 accept" in tried.output
    assert "edited.xlsx, sheet Claims, row 3, column decision" in tried.output
    assert not desk.decisions.exists()
    done = CliRunner().invoke(main, command)
    assert str(desk.decisions) in done.output
    elsewhere = desk.folder / "mine.jsonl"
    CliRunner().invoke(main, [*command, "--decisions", str(elsewhere)])
    assert elsewhere.is_file()
    desk.run()
    assert "100%" in CliRunner().invoke(main, ["review", "stats", "--out", str(desk.out)]).output


def test_without_tables_it_says_where_to_look(desk: Desk) -> None:
    command = ["review", str(desk.book), "--out", str(desk.folder)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "--out" in result.output
