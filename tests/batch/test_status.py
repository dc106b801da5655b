"""`claims status` says why each document would run again; the logs say which run wrote them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest
import spacy


@pytest.fixture
def done(place: Any, story: Any, claims: Any) -> Any:
    """A place in which a run has ended."""
    for n in range(4):
        (place.corpus / f"a{n}.txt").write_text(story(n))
    assert claims(place.words("run")).status == 0
    return place


def status(claims: Any, place: Any, *more: str) -> dict[str, str]:
    ended = claims(place.words("status", "--json", *more))
    assert ended.status == 0, ended.stderr
    return dict(json.loads(ended.stdout))


def test_files_that_came_changed_moved_and_went(done: Any, story: Any, claims: Any) -> None:
    assert status(claims, done) == {}
    (done.corpus / "new.txt").write_text(story(9))
    (done.corpus / "a0.txt").write_text(story(8))
    (done.corpus / "a1.txt").rename(done.corpus / "b1.txt")
    (done.corpus / "a2.txt").unlink()
    gone = "gone: its rows will be removed"
    assert status(claims, done) == {
        "new.txt": "new", "a0.txt": "changed", "b1.txt": "moved from a1.txt", "a1.txt": gone,
        "a2.txt": gone,
    }  # fmt: skip


def test_metadata_and_settings(done: Any, claims: Any) -> None:
    (done.corpus / "metadata.csv").write_text("path,published\na0.txt,2021-05-03\n")
    assert status(claims, done) == {"a0.txt": "its rows in metadata.csv changed"}
    (done.corpus / "metadata.csv").unlink()
    found = status(claims, done, "--outlet", "Example Post")
    assert set(found.values()) == {"metadata on the command line changed"}
    assert len(found) == 4


@pytest.mark.parametrize("name", ["metadata.csv", "watchlist.csv"])
def test_a_control_file_that_leads_out_of_the_corpus(done: Any, claims: Any, name: str) -> None:
    secret = done.folder / "secret"
    secret.write_text("path,published\na0.txt,2021-05-03\n")
    (done.corpus / name).symlink_to(secret)
    ended = claims(done.words("run"))
    assert ended.status == 2
    assert f"{name}: a link out of the corpus is not followed" in ended.stderr


def test_another_model(done: Any, claims: Any) -> None:
    other = done.folder / "other"
    nlp = spacy.blank("en")
    nlp.meta["name"] = "other"
    nlp.to_disk(other)
    words = done.words("status", "--json")
    words[words.index("--model") + 1] = str(other)
    found = json.loads(claims(words).stdout)
    assert set(found.values()) == {"the model changed: to be analysed again"}
    assert len(found) == 4


def test_a_file_that_was_read_but_not_analysed(done: Any, story: Any, claims: Any) -> None:
    (done.corpus / "new.txt").write_text(story(9))
    assert claims(done.words("ingest")).status == 0
    assert list(status(claims, done)) == ["new.txt"]


def test_lost_memory_costs_time_only(done: Any, claims: Any, pure: Any) -> None:
    before = pure(done.out)
    shutil.rmtree(done.folder / "state")
    assert set(status(claims, done).values()) == {"new"}
    assert claims(done.words("run")).status == 0
    assert pure(done.out) == before


def test_what_a_retry_mends_is_in_the_tables(done: Any, story: Any, claims: Any, pure: Any) -> None:
    before = pure(done.out)
    (done.corpus / "bad.txt").write_bytes(b"\x00" * 900)
    assert claims(done.words("run")).status == 3
    assert claims(done.words("run")).status == 0
    assert claims(done.words("retry")).status == 3
    (done.corpus / "bad.txt").unlink()
    assert claims(done.words("retry")).status == 0
    assert pure(done.out) == before


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_every_line_of_the_log_names_the_run(place: Any, log_format: str) -> None:
    (place.corpus / "bad.txt").write_bytes(b"")
    command = [sys.executable, "-m", "pipeline", *place.words("run", "--log-format", log_format)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    run = json.loads((place.out / "run.json").read_text())["id"]
    lines = ended.stderr.splitlines()
    assert len(lines) > 3
    if log_format == "json":
        assert {json.loads(line)["run"] for line in lines} == {run}
        assert any(json.loads(line)["level"] == "warning" for line in lines)
    else:
        assert all(run in line for line in lines)
