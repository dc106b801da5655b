"""`claims metadata`: what analysts say is shown, and the file is as their program wants it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.review.decisions import Decision, append, beside

TEXT = "Quay sold\n\nThe council sold the quay on Monday. It had been empty for years, she said.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "quay.txt").write_text(TEXT)
    return folder


def metadata(*words: str) -> str:
    done = CliRunner().invoke(main, ["metadata", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def said(**facts: str) -> Decision:
    return Decision(when="2021", who="AQ", kind="document", path="quay.txt", corrected=facts)


def test_it_shows_what_analysts_said(corpus: Path, tmp_path: Path) -> None:
    append(beside(corpus), [said(outlet="The Post"), said(url="https://example.org/quay")])
    shown = metadata(str(corpus))
    assert "The Post [analyst]" in shown
    assert "https://example.org/quay [analyst]" in shown
    append(tmp_path / "mine.jsonl", [said(outlet="The Mail")])
    assert "The Mail [analyst]" in metadata(
        str(corpus), "--decisions", str(tmp_path / "mine.jsonl")
    )


@pytest.mark.parametrize(("named", "mark"), [(";", ";"), ("tab", "\t"), (",", ",")])
def test_the_delimiter_can_be_chosen_and_stays(corpus: Path, named: str, mark: str) -> None:
    for options in (["--delimiter", named], []):
        metadata(str(corpus), "--init", *options)
        header = (corpus / "metadata.csv").read_text("utf-8-sig").splitlines()[0]
        assert header == mark.join(("path", "title", "outlet", "author", "published", "url"))
