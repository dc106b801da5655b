"""Every bad document ends in quarantine, set aside or in a result: no crash, silence or leak."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from poison import FILES, HIDDEN, SPECIAL, write

ROUGHLY_SECONDS = 40  # a limit for each task, on a machine that does other things too


@dataclass(frozen=True)
class Ended:
    """The run over the bad documents: file -> where it ended."""

    status: int
    stderr: str
    places: dict[str, set[str]]
    reasons: dict[str, str]
    text: str


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory, claims: Any, model: Path) -> Iterator[Ended]:
    folder = tmp_path_factory.mktemp("poison")
    corpus, out = folder / "corpus", folder / "out"
    corpus.mkdir()
    assert write(corpus) >= 40
    done = claims(
        ["run", str(corpus), "--out", str(out), "--state", str(folder / "state"),
         "--model", str(model), "--workers", "2", "--json"],
        env={"CLAIMS_TASK_SECONDS": str(ROUGHLY_SECONDS), "CLAIMS_TASK_MEMORY_MB": "3000"},
    )  # fmt: skip
    places: dict[str, set[str]] = {}
    reasons: dict[str, str] = {}
    with sqlite3.connect(out / "claims.sqlite") as db:
        for table in ("documents", "quarantine", "set_aside"):
            for (path,) in db.execute(f"select path from {table}"):
                file = path if path in FILES else path.split("#")[0]
                places.setdefault(file, set()).add(table)
        for path, reason in db.execute("select path, reason from quarantine"):
            reasons[path.split("#")[0]] = reason
        text = "\n".join(row[0] or "" for row in db.execute("select text from texts"))
    yield Ended(done.status, done.stderr, places, reasons, text)


def test_the_run_ends_and_says_that_documents_went_into_quarantine(ended: Ended) -> None:
    assert ended.status == 3, ended.stderr[-3000:]


@pytest.mark.parametrize("name", [*FILES, *SPECIAL, "not-utf-8-\\xff.txt"], ids=ascii)
def test_a_bad_document_ends_somewhere(ended: Ended, name: str) -> None:
    if name in HIDDEN or name == "folder.txt":
        assert name not in ended.places
    else:
        assert ended.places.get(name), f"{json.dumps(name)} is nowhere"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.txt", "empty"), ("binary.txt", "binary"), ("bomb.txt.gz", "too_large"),
        ("cut.txt.gz", "broken"), ("protected.pdf", "protected"), ("bomb.docx", "too_large"),
        ("old-office.docx", "protected"), ("noise.docx", "broken"), ("long-word.txt", "too_long"),
    ],
)  # fmt: skip
def test_the_reason_is_the_right_one(ended: Ended, name: str, reason: str) -> None:
    assert ended.reasons[name] == reason


def test_no_reader_failed_in_a_way_that_nobody_foresaw(ended: Ended) -> None:
    own = {"reader_failed", "cleaning_failed", "nlp_failed", "timeout", "crashed", "out_of_memory"}
    assert {name: why for name, why in ended.reasons.items() if why in own} == {}


def test_nothing_outside_the_corpus_is_read(ended: Ended) -> None:
    assert "root:x:" not in ended.text
    assert "haha" not in ended.text
    assert not Path("/tmp/climbed.txt").exists()
