"""A document that hangs, kills or fills a worker costs only itself, is named, can be retried."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from pipeline.nlp.analyse import Analysed
from pipeline.records import Analysis
from pipeline.store.state import State

#: `claims` with a reader that obeys the first word of a file.
COMMAND = """
import os, signal
from pipeline.ingest import process
from pipeline.ingest.readers import txt
from pipeline.records import SourceDocument

read = txt.read

def obey(raw, path, options):
    if raw.startswith(b"HANG"):
        while True:
            pass
    if raw.startswith(b"DIE"):
        os.kill(os.getpid(), signal.SIGKILL)
    if raw.startswith(b"EAT"):
        bytearray(3_000_000_000)
    if raw.startswith(b"FAIL"):
        raise RuntimeError("a bug")
    return read(raw, path, options)

def obey_article(source, task):
    word = source.text.split()[0]
    if word == "HANG":
        while True:
            pass
    if word == "DIE":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "EAT":
        bytearray(3_000_000_000)
    return process_one(source, task)

if os.path.exists(os.environ["OBEY"]):
    txt.read = obey
    process_one = process.ingest_document
    process.ingest_document = obey_article
"""


def start(folder: Path, words: list[str], seconds: int) -> subprocess.Popen[str]:
    """`claims`, started anew, whose workers are started anew and import sitecustomize too."""
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "sitecustomize.py").write_text(COMMAND)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder / "site"), *sys.path]),
        "OBEY": str(folder / "obey"),
        "CLAIMS_TASK_SECONDS": str(seconds),
        "CLAIMS_TASK_MEMORY_MB": "2000",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def status_of(folder: Path, words: list[str], seconds: int = 8) -> int:
    run = start(folder, words, seconds)
    run.communicate()
    return run.returncode


def quarantine(out: Path) -> dict[str, str]:
    with sqlite3.connect(out / "claims.sqlite") as db:
        return dict(db.execute("select path, reason from quarantine"))


def test_each_costs_only_itself(place: Any, story: Any) -> None:
    for name in ("hang", "die", "eat", "fail"):
        (place.corpus / f"{name}.txt").write_text(f"{name.upper()} {story(1)}")
    (place.corpus / "good.txt").write_text(story(2))
    (place.folder / "obey").touch()
    assert status_of(place.folder, place.words("run")) == 3
    assert quarantine(place.out) == {
        "hang.txt": "timeout", "die.txt": "crashed", "eat.txt": "out_of_memory",
        "fail.txt": "reader_failed",
    }  # fmt: skip
    with sqlite3.connect(place.out / "claims.sqlite") as db:
        assert db.execute("select path from documents").fetchall() == [("good.txt",)]
    # What stays in quarantine after a retry is told; what a retry did not try is not.
    assert status_of(place.folder, place.words("retry", "--reason", "crashed")) == 3
    (place.folder / "obey").unlink()
    assert status_of(place.folder, place.words("retry", "--reason", "timeout")) == 0
    assert set(quarantine(place.out)) == {"die.txt", "eat.txt", "fail.txt"}
    assert status_of(place.folder, place.words("retry")) == 0
    assert quarantine(place.out) == {}


def test_an_article_of_a_list_costs_only_itself(place: Any, story: Any) -> None:
    texts = [story(1), f"HANG {story(2)}", story(3), f"DIE {story(4)}", f"EAT {story(5)}", story(6)]
    (place.corpus / "list.jsonl").write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in texts)
    )
    (place.folder / "obey").touch()
    assert status_of(place.folder, place.words("run")) == 3
    reasons = quarantine(place.out)
    assert sorted(reasons.values()) == ["crashed", "out_of_memory", "timeout"]
    with sqlite3.connect(place.out / "claims.sqlite") as db:
        assert db.execute("select count(*) from documents").fetchone() == (3,)
    (place.folder / "obey").unlink()
    assert status_of(place.folder, place.words("retry")) == 0
    assert quarantine(place.out) == {}


def test_a_copy_of_a_text_that_cannot_be_analysed_is_told(
    place: Any, story: Any, claims: Any
) -> None:
    (place.corpus / "a.txt").write_text(story(1))
    assert claims(place.words("run")).status == 0
    spoil_analyses(place.folder / "state")
    assert claims(place.words("run")).status == 0  # nothing new is in quarantine
    (place.corpus / "b.txt").write_text(story(1))
    assert claims(place.words("run")).status == 3


def spoil_analyses(folder: Path) -> None:
    """As if the model had failed on each text."""
    with State(folder) as state:
        failed = msgspec.msgpack.encode(Analysed(Analysis(), "nlp_failed", "no words"))
        for (key,) in state._db.execute("select key from analyses").fetchall():
            state.put_analysis(key, failed, "nlp_failed")
        state.commit()


def test_no_worker_outlives_a_killed_run(place: Any) -> None:
    (place.corpus / "hang.txt").write_text("HANG")
    (place.folder / "obey").touch()
    run = start(place.folder, place.words("run"), 1)
    wait_for(lambda: len(session(run.pid)) > 1)
    time.sleep(1)
    run.kill()
    run.communicate()
    wait_for(lambda: not session(run.pid))


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def session(leader: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 a plain list, at once
        try:
            fields = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(name))
    return found
